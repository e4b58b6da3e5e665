/* wanted.c - a demand as criteria: from a record, and into the engine's question. */
#include "programme/linkage/wanted_inside.h"

#include "model/type.h"

#include <math.h>

/* ---- making one ------------------------------------------------------------------------------------- */

struct want *want_add(struct work *w, struct wanted *d, const struct criterion *c)
{
    if (d->n == MATCH_CRITERIA) return NULL;
    struct want *x = GROW(w->a, *d);
    *x = (struct want){ .is = c, .value = NAN, .at = { NAN, NAN }, .must = c->must, .weight = c->weight };
    return x;
}

struct want *want_named(const struct wanted *d, const struct criterion *c)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->p[i].is == c) return &d->p[i];
    return NULL;
}

struct want *want_add_code(struct work *w, struct wanted *d, const struct criterion *c, Str key)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->p[i].is == c && many_has(d->p[i].codes, key)) return &d->p[i];
    struct want *x = c->each ? NULL : want_named(d, c);
    if (!x && !(x = want_add(w, d, c))) return NULL;
    Str before = v_str(x->codes);
    x->codes = v_text(str_f(w->a, "%.*s%.*s;", FMT(before.n ? before : S(";")), FMT(key)));
    return x;
}

void wrong_add(struct work *w, struct wrong_parts *wrong, Str where, Message what)
{
    if (wrong->n < WRONG_MOST) *GROW(w->a, *wrong) = (struct wrong_part){ where, message_brief(w->a, what) };
}

/* ---- from a record ------------------------------------------------------------------------------------ */

static Val named(const struct record *r, const char *name)
{
    int i = field_index(r->e, str_of(name));
    return i < 0 ? v_null() : r->v[i];
}

static double real(Val v) { return v.type == V_INT ? (double)v.i : v.type == V_REAL ? v.r : NAN; }

static void add_number(struct work *w, struct wanted *d, const struct criterion *c, const struct record *r)
{
    double value = real(named(r, c->name));
    struct spot at;
    if (isnan(value)) return;
    bool placed = c->rule != WITHIN_KM || spot_read(v_str(named(r, "place")), &at);
    struct want *x = placed ? want_add(w, d, c) : NULL;
    if (!x) return;
    x->value = value;
    if (c->list) x->codes = named(r, str_z(w->a, str_f(w->a, "%s_unit", c->name)));
    if (c->rule != WITHIN_KM) return;
    x->at = at;
    x->place = v_str(named(r, "place"));
}

static void add_codes(struct work *w, struct wanted *d, const struct criterion *c, Val codes)
{
    Str rest = v_str(codes), key;
    while (many_next(&rest, &key)) want_add_code(w, d, c, key);
}

/* Musts and weights are a child for each criterion they are said of. */
static void weigh(struct wanted *d, const struct record *child)
{
    Str name = v_str(named(child, "criterion"));
    Val must = named(child, "must"), weight = named(child, "weight");
    if (str_is(name, "words") && v_is(must)) d->words_must = v_i64(must);
    for (size_t i = 0; i < d->n; i++) {
        if (!str_is(name, d->p[i].is->name)) continue;
        if (v_is(must)) d->p[i].must = v_i64(must);
        if (v_is(weight)) d->p[i].weight = (int)v_i64(weight);
    }
}

struct wanted wanted_of(struct work *w, const struct record *r)
{
    struct wanted d = { .words = v_str(named(r, "words")) };
    for (size_t i = 0; i < criteria_n; i++) {
        const struct criterion *c = &criteria[i];
        if (c->number == NO_NUMBER) add_codes(w, &d, c, named(r, c->name));
        else add_number(w, &d, c, r);
    }
    if (!date_from_iso(v_str(named(r, "day")), &d.day) && !date_from_iso(v_str(named(r, "quotes_by")), &d.day)) d.day = (struct date){ 0 };
    int weights = field_index(r->e, S("weights"));
    for (size_t i = 0; weights >= 0 && i < r->children[weights].n; i++) weigh(&d, r->children[weights].p[i]);
    return d;
}

/* ---- codes that are near ------------------------------------------------------------------------------- */

struct near_codes { struct match_code *p; size_t n, cap; };

/* How many steps k is below `above`; 0: it is it; -1: it is not below it. */
static int steps_up(const struct codes *codes, const struct code *k, const struct code *above)
{
    enum { DEEPEST = 8 };
    for (int steps = 0; k && steps < DEEPEST; steps++, k = code_parent(codes, k))
        if (k == above) return steps;
    return -1;
}

static int nearness(const struct codes *codes, const struct code *k, const struct code *asked, bool near)
{
    if (steps_up(codes, k, asked) >= 0) return 1000;
    int above = near ? steps_up(codes, asked, k) : -1;
    if (above > 0) return NEARNESS_BROADER >> (above - 1);
    const struct code *parent = near ? code_parent(codes, k) : NULL;
    return parent && parent == code_parent(codes, asked) ? NEARNESS_SIBLING : 0;
}

/* Of a code that stands alone for one of those that are asked, the nearest. */
static int nearest(struct work *w, const struct criterion *c, const struct code *k, Val asked)
{
    Str rest = v_str(asked), key;
    int best = 0;
    while (many_next(&rest, &key)) {
        const struct code *one = code_find(w->codes, str_of(c->list), key);
        int n = one ? nearness(w->codes, k, one, c->near) : 0;
        if (n > best) best = n;
    }
    return best;
}

static void add_near(struct work *w, struct near_codes *out, Str key, int near)
{
    if (near && out->n < MATCH_CODES) *GROW(w->a, *out) = (struct match_code){ key, (uint16_t)near };
}

/* A key that is in no list is itself alone. */
static void find_near(struct work *w, const struct criterion *c, Val asked, struct near_codes *out)
{
    size_t n;
    const struct code *const *all = codes_of(w->codes, str_of(c->list), &n);
    Str rest = v_str(asked), key;
    for (size_t i = 0; i < n; i++) add_near(w, out, all[i]->key, nearest(w, c, all[i], asked));
    while (many_next(&rest, &key)) {
        const struct code *k = code_find(w->codes, str_of(c->list), key);
        if (!k || code_find(w->codes, str_of(c->list), k->code) != k) add_near(w, out, k ? k->key : key, 1000);
    }
}

/* The kinds of machine that serve the processes asked, as near as those are. */
static void find_serving(struct work *w, const struct wanted *d, struct near_codes *out)
{
    size_t n;
    const struct criterion *asked = criterion_named(S("process"));
    const struct code *const *machines = codes_of(w->codes, S("machine"), &n);
    for (size_t i = 0; i < n; i++) {
        const struct code *served = code_find(w->codes, S("process"), code_extra(machines[i], S("process")));
        int best = 0;
        for (size_t k = 0; served && k < d->n; k++) {
            int near = d->p[k].is == asked ? nearest(w, asked, served, d->p[k].codes) : 0;
            if (near > best) best = near;
        }
        add_near(w, out, machines[i]->key, best);
    }
}

/* The codes of the criterion that narrows this one. */
static void find_narrowing(struct work *w, const struct wanted *d, const struct criterion *c, struct near_codes *out)
{
    const struct criterion *of = c->of ? criterion_named(str_of(c->of)) : NULL;
    for (size_t i = 0; of && i < d->n; i++)
        if (d->p[i].is == of) find_near(w, of, d->p[i].codes, out);
    if (of && of->kind == FACT_MACHINE && !out->n) find_serving(w, d, out);
}

/* ---- the question ---------------------------------------------------------------------------------------- */

/* A unit may stand as one code or as a list of one. */
static Str only_code(Val v)
{
    Str rest = v_str(v), key = { 0 };
    many_next(&rest, &key);
    return key;
}

static bool is_dated(const struct criterion *c) { return c->kind == FACT_CERTIFICATE || c->kind == FACT_GRADE; }

static struct match_part part_of(struct work *w, const struct want *x)
{
    static const double days_of_month = 365.2425 / 12;
    const struct criterion *c = x->is;
    struct match_part p = { .number = (uint8_t)c->number, .rule = c->rule, .value = (float)x->value, .slack = c->slack };
    p.lat = (float)x->at.lat;
    p.lon = (float)x->at.lon;
    if (c->list) p.value = (float)in_base(w->codes, only_code(x->codes), x->value).amount;
    if (c->quantity != DURATION) return p;
    double ago = x->value * days_of_month, since = (double)date_days(w->today) - floor(ago);
    p.value = (float)since;                                 /* a day; twice as long ago counts nothing */
    p.slack = (float)(c->slack * ago / since);
    return p;
}

static struct match_criterion asked_of(struct work *w, const struct wanted *d, const struct want *x)
{
    const struct criterion *c = x->is;
    struct near_codes codes = { 0 }, also = { 0 };
    struct match_criterion m = { .kind = (uint8_t)c->kind, .must = x->must, .weight = (uint16_t)x->weight, .day = DAY_UNKNOWN };
    if (is_dated(c)) m.day = (int32_t)date_days(d->day.year ? d->day : w->today);
    find_narrowing(w, d, c, &codes);
    if (c->list && c->number == NO_NUMBER) find_near(w, c, x->codes, c->also ? &also : &codes);
    else if (c->list && v_is(x->codes)) add_near(w, &codes, in_base(w->codes, only_code(x->codes), 0).unit, 1000);
    if (c->number != NO_NUMBER) m.part[m.parts++] = part_of(w, x);
    m.codes = codes.p;
    m.codes_n = codes.n;
    m.also = also.p;
    m.also_n = also.n;
    return m;
}

struct match_demand wanted_demand(struct work *w, const struct wanted *d, size_t most)
{
    struct match_criterion *all = NEW_ARRAY(w->a, struct match_criterion, d->n + 1);
    for (size_t i = 0; i < d->n; i++) all[i] = asked_of(w, d, &d->p[i]);
    return (struct match_demand){ .criteria = all, .n = d->n, .words = d->words, .words_must = d->words_must, .words_weight = WORDS_WEIGHT, .most = most };
}

double wanted_percent(const struct wanted *d, int64_t score)
{
    int64_t all = d->words.n ? WORDS_WEIGHT : 0;
    for (size_t i = 0; i < d->n; i++) all += d->p[i].weight;
    return all ? (double)score / (double)all / 10 : 0;
}
