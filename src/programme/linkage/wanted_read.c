/* wanted_read.c - a demand from a form or an address, and back: and how a single answer to a criterion is read, wherever it stands. */
#include "programme/linkage/wanted_inside.h"

#include "base/url.h"
#include "model/type.h"

#include <math.h>

/* ---- single answers ----------------------------------------------------------------------------------- */

Message want_read_code(struct work *w, const struct criterion *c, Str text, Str *key)
{
    size_t several;
    const struct code *k = code_match(w->codes, w->a, str_of(c->list), text, &several);
    if (!k) return several ? MSG(N_("“{1}” means several things; write the code."), text) : MSG(N_("“{1}” is not in the list."), text);
    *key = k->key;
    return NO_MESSAGE;
}

static const struct { Str sign; bool least, most; } comparisons[] = {
    { S_("≥"), true, false }, { S_(">="), true, false }, { S_(">"), true, false }, { S_("≤"), false, true }, { S_("<="), false, true },
    { S_("<"), false, true }, { S_("±"), false, true }, { S_("+/-"), false, true }, { S_("="), true, true },
};

/* A confirmation is asked by how long ago it may be, while the engine compares its day. */
bool want_sets_least(const struct criterion *c) { return c->rule == AT_LEAST && c->quantity != DURATION; }

Message want_read_number(struct work *w, const struct criterion *c, enum lang lang, Str text, double *out)
{
    Message why;
    size_t i = 0;
    Str s = str_trim(text);
    while (i < COUNT(comparisons) && !str_starts(s, comparisons[i].sign)) i++;
    if (i < COUNT(comparisons)) {
        if (!(want_sets_least(c) ? comparisons[i].least : comparisons[i].most))
            return MSG(want_sets_least(c) ? N_("“{1}” sets an upper limit, where the least is asked.") : N_("“{1}” sets a lower limit, where the most is asked."), text);
        s = str_sub(s, comparisons[i].sign.n, s.n);
    }
    return quantity_read(w->a, c->quantity, lang, w->lang, s, out, &why) ? NO_MESSAGE : why;
}

Message want_read_amount(struct work *w, enum lang lang, Str text, double *out, Str *unit)
{
    struct quantity_begun b;
    Message why;
    *unit = (Str){ 0 };
    if (!quantity_begins(w->a, QUANTITY_NONE, lang, w->lang, text, &b, &why)) return why.id ? why : MSG(N_("“{1}” is not a number."), text);
    *out = b.value;
    Str said = str_trim(b.rest);
    return said.n ? want_read_code(w, criterion_named(S("capacity")), said, unit) : NO_MESSAGE;
}

bool want_landmark(struct work *w, const struct code *landmark, struct spot *at)
{
    Str degrees = landmark ? str_f(w->a, "%.*s,%.*s", FMT(code_extra(landmark, S("lat"))), FMT(code_extra(landmark, S("lon")))) : (Str){ 0 };
    return spot_read(degrees, at);
}

Str want_place(struct work *w, const struct want *x)
{
    static const double SAME_KM = 0.05;
    struct spot at;
    size_t n = 0;
    const struct code *const *landmarks = spot_read(x->place, &at) ? codes_of(w->codes, S("landmark"), &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (want_landmark(w, landmarks[i], &at) && spot_km(at, x->at) < SAME_KM) return code_short(landmarks[i], w->lang);
    return x->place;
}

Message want_read_place(struct work *w, Str text, struct spot *at)
{
    if (spot_read(text, at)) return NO_MESSAGE;
    if (want_landmark(w, code_match(w->codes, w->a, S("landmark"), text, NULL), at)) return NO_MESSAGE;
    return MSG(N_("Where “{1}” is, is not known; name a place of the list of landmarks, or write degrees north and east, as 21.22, 105.81."), text);
}

/* ---- from pairs ------------------------------------------------------------------------------------------ */

struct reading {
    struct work        *w;
    const struct asked *asked;
    size_t              n;
    struct wanted      *out;
    struct wrong_parts *wrong;
    bool                too_many;
};

static Str value_of(const struct reading *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_is(r->asked[i].name, name) && str_trim(r->asked[i].value).n) return str_trim(r->asked[i].value);
    return (Str){ 0 };
}

static bool said(struct reading *r, Str name, Message m)
{
    if (m.id) wrong_add(r->w, r->wrong, name, m);
    return m.id;
}

static bool added(struct reading *r, const struct want *x)
{
    if (!x) r->too_many = true;
    return x;
}

/* "any" of foreign customers: no code is asked. */
static bool is_any(const struct criterion *c, Str text)
{
    return c->kind == FACT_FOREIGN && (str_is(text, "1") || str_is(text, "any"));
}

/* "a|b": one of them will do, where each of several is asked otherwise. */
static void read_alternatives(struct reading *r, const struct criterion *c, Str text)
{
    struct want *x = NULL;
    Str rest = text, one, key;
    while (str_next(&rest, '|', &one)) {
        if (said(r, str_of(c->name), want_read_code(r->w, c, str_trim(one), &key))) continue;
        if (!x && !(x = want_add_code(r->w, r->out, c, key))) r->too_many = true;
        if (r->too_many) return;
        if (!many_has(x->codes, key)) x->codes = v_text(str_f(r->w->a, "%.*s%.*s;", FMT(v_str(x->codes)), FMT(key)));
    }
}

/* One name, which may have any sign in it, or several between ';'. */
static void read_codes(struct reading *r, const struct criterion *c, Str text)
{
    Str rest = text, one, key;
    if (is_any(c, text)) {
        if (!want_named(r->out, c)) added(r, want_add(r->w, r->out, c));
        return;
    }
    if (!want_read_code(r->w, c, text, &key).id) {
        added(r, want_add_code(r->w, r->out, c, key));
        return;
    }
    while (!r->too_many && str_next(&rest, ';', &one))
        if (str_trim(one).n) read_alternatives(r, c, str_trim(one));
}

static void read_amount(struct reading *r, const struct criterion *c, Str text)
{
    double value;
    Str unit, other = value_of(r, "capacity_unit");
    if (said(r, str_of(c->name), want_read_amount(r->w, r->w->lang, text, &value, &unit))) return;
    if (!unit.n && !other.n) {
        said(r, str_of(c->name), MSG(N_("Write the unit too, as in “20,000 pieces”.")));
        return;
    }
    if (!unit.n && said(r, S("capacity_unit"), want_read_code(r->w, c, other, &unit))) return;
    struct want *x = want_add(r->w, r->out, c);
    if (!added(r, x)) return;
    x->value = value;
    x->codes = v_text(str_f(r->w->a, ";%.*s;", FMT(unit)));
}

static void read_number(struct reading *r, const struct criterion *c, Str text)
{
    double value;
    struct spot at = { NAN, NAN };
    Str place = c->rule == WITHIN_KM ? value_of(r, "place") : (Str){ 0 };
    const struct want *before = want_named(r->out, c);
    if (said(r, str_of(c->name), want_read_number(r->w, c, r->w->lang, text, &value))) return;
    if (c->rule == WITHIN_KM && !place.n) {
        said(r, S("place"), MSG(N_("Say from which place the distance is.")));
        return;
    }
    if (place.n && said(r, S("place"), want_read_place(r->w, place, &at))) return;
    if (before && before->value != value) said(r, str_of(c->name), MSG(N_("This is asked twice, and not the same.")));
    struct want *x = before ? NULL : want_add(r->w, r->out, c);
    if (before || !added(r, x)) return;
    x->value = value;
    x->at = at;
    x->place = place;
}

static void read_one(struct reading *r, const struct criterion *c, Str text)
{
    if (c->number == NO_NUMBER) read_codes(r, c, text);
    else if (c->list) read_amount(r, c, text);
    else read_number(r, c, text);
}

/* NAME.must and NAME.weight, of the wants from `first` on. */
static void read_weighing(struct reading *r, const struct asked *a, bool must, size_t first)
{
    int64_t v;
    bool good = str_to_i64(str_trim(a->value), &v) && (must ? v == 0 || v == 1 : v >= 1 && v <= 100);
    if (!good) said(r, a->name, must ? MSG(N_("Write 1 for a must and 0 for a wish.")) : MSG(N_("A weight is a whole number from 1 to 100.")));
    for (size_t i = first; good && i < r->out->n; i++) {
        if (must) r->out->p[i].must = v;
        else r->out->p[i].weight = (int)v;
    }
}

static void read_criterion(struct reading *r, const struct criterion *c)
{
    size_t first = r->out->n;
    bool weighed = false;
    Str must = str_f(r->w->a, "%s.must", c->name), weight = str_f(r->w->a, "%s.weight", c->name);
    for (size_t i = 0; i < r->n && !r->too_many; i++) {
        const struct asked *a = &r->asked[i];
        Str text = str_trim(a->value);
        if (!text.n) continue;
        bool is_must = str_eq(a->name, must), is_weight = str_eq(a->name, weight);
        if (str_is(a->name, c->name)) {
            if (weighed) first = r->out->n;
            weighed = false;
            read_one(r, c, text);
        } else if (is_must || is_weight) {
            read_weighing(r, a, is_must, first);
            weighed = true;
        }
    }
}

enum err wanted_read(struct work *w, const struct asked *asked, size_t n, struct wanted *out, struct wrong_parts *wrong)
{
    struct reading r = { w, asked, n, out, wrong, false };
    *out = (struct wanted){ .words = value_of(&r, "words"), .words_must = str_is(value_of(&r, "words.must"), "1") };
    *wrong = (struct wrong_parts){ 0 };
    Str day = value_of(&r, "day");
    Val read;
    static const struct field day_field = { .name = "day", .type = &date_type };
    if (out->words.n > WORDS_MOST) {
        said(&r, S("words"), MSG(N_("Words are text of at most {1} bytes."), str_f(w->a, "%d", WORDS_MOST)));
        out->words = (Str){ 0 };
    }
    if (day.n && date_type.read(w, &day_field, (enum spelling)w->lang, day, &read).id)
        said(&r, S("day"), MSG(N_("“{1}” is not a date; write it as 31/12/2025."), day));
    else if (day.n) MUST(date_from_iso(v_str(read), &out->day));
    for (size_t i = 0; i < criteria_n && !r.too_many; i++) read_criterion(&r, &criteria[i]);
    if (r.too_many) return ERR_TOO_BIG;
    return wrong->n ? ERR_INVALID : OK;
}

/* ---- and back ---------------------------------------------------------------------------------------------- */

static void put_pair(struct buf *b, Str name, Str value)
{
    if (b->n) put_c(b, '&');
    put_url(b, name);
    put_c(b, '=');
    put_url(b, value);
}

/* Ten digits that are read as the same in every language: never three behind a point, which might group; never an exponent. */
static Str neutral(struct arena *a, double v)
{
    enum { DIGITS = 10 };
    int whole = v == 0 ? 0 : (int)floor(log10(fabs(v))), places = DIGITS - 1 - whole;
    Str s = str_f(a, "%.*f", places < 0 ? 0 : places, v);
    const char *point = memchr(s.p, '.', s.n);
    while (point && s.p[s.n - 1] == '0') s.n--;
    if (point && s.p[s.n - 1] == '.') s.n--;
    return point && s.p[0] != '0' && s.p + s.n - point == 4 ? str_f(a, "%.*s0", FMT(s)) : s;
}

/* The bare code where that means the same. */
static Str bare(struct work *w, const struct criterion *c, Str key)
{
    const struct code *k = code_find(w->codes, str_of(c->list), key);
    return k && code_find(w->codes, str_of(c->list), k->code) == k ? k->code : key;
}

static void put_codes(struct buf *b, struct work *w, const struct want *x, const char *name)
{
    Str rest = v_str(x->codes), key;
    struct buf together = buf_make(w->a);
    while (many_next(&rest, &key)) {
        if (!x->is->each) put_pair(b, str_of(name), bare(w, x->is, key));
        else put_f(&together, "%s%.*s", together.n ? "|" : "", FMT(bare(w, x->is, key)));
    }
    if (x->is->each) put_pair(b, str_of(name), buf_str(&together));
    else if (!v_is(x->codes)) put_pair(b, str_of(name), S("1"));
}

static bool differs(const struct want *x) { return x->must != x->is->must || x->weight != x->is->weight; }

/* Weighing is said of each want of a criterion once it is said of one, since it counts for all before it. */
static bool is_weighed(const struct wanted *d, const struct criterion *c)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->p[i].is == c && differs(&d->p[i])) return true;
    return false;
}

static void put_want(struct buf *b, struct work *w, const struct wanted *d, const struct want *x)
{
    const struct criterion *c = x->is;
    if (c->number == NO_NUMBER) put_codes(b, w, x, c->name);
    else put_pair(b, str_of(c->name), neutral(w->a, x->value));
    if (c->number != NO_NUMBER && c->list) put_codes(b, w, x, "capacity_unit");
    if (c->rule == WITHIN_KM) put_pair(b, S("place"), x->place);
    if (!is_weighed(d, c)) return;
    put_pair(b, str_f(w->a, "%s.must", c->name), x->must ? S("1") : S("0"));
    put_pair(b, str_f(w->a, "%s.weight", c->name), str_f(w->a, "%d", x->weight));
}

Str wanted_query(struct work *w, const struct wanted *d)
{
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < criteria_n; i++)
        for (size_t k = 0; k < d->n; k++)
            if (d->p[k].is == &criteria[i]) put_want(&b, w, d, &d->p[k]);
    if (d->words.n) put_pair(&b, S("words"), d->words);
    if (d->words.n && d->words_must) put_pair(&b, S("words.must"), S("1"));
    if (d->day.year) put_pair(&b, S("day"), date_iso(w->a, d->day));
    return buf_str(&b);
}
