#include "programme/linkage/lack.h"

#include "base/unicode.h"
#include "model/type.h"

#include <math.h>
#include <stdlib.h>

enum { LOOKED_AT = 300 };                   /* suppliers of each question                         */
static const size_t SCRATCH = (size_t)64 << 20;

/* A demand, or a search as often as it was made. */
struct asking { int64_t demand, times; double dong; struct wanted wanted; };

struct ids { int64_t *p; size_t n, cap; };
struct near { int64_t id, questions; };
struct group {                              /* a lacking while it is gathered                     */
    struct lacking  x;
    struct ids      missing, unlocked;
    struct map      place;                  /* of an enterprise in nearly                         */
    struct { struct near *p; size_t n, cap; } nearly;
    size_t          missing_in, unlocked_in;    /* the question that was last counted, so that each counts once */
};
struct gathering {
    struct work         *w;                 /* its arena lives as long as the groups              */
    const struct search *index;
    struct map           by_key;
    struct { struct group *p; size_t n, cap; } groups;
    size_t               question;
};

/* ---- how well a supplier answers ------------------------------------------------------------- */

/* Criterion d->n is the words. */
static size_t answers_n(const struct wanted *d) { return d->n + (d->words.n > 0); }
static bool is_must(const struct wanted *d, size_t i) { return i < d->n ? d->p[i].must : d->words_must; }
static int weight_of(const struct wanted *d, size_t i) { return i < d->n ? d->p[i].weight : WORDS_WEIGHT; }

static int points_of(const struct wanted *d, const struct match_hit *hit, size_t i)
{
    return i == d->n && hit->reasons[i].answer == MET ? 1000 : hit->reasons[i].points;
}

static double percent_of(const struct wanted *d, const struct match_hit *hit, size_t were_met)
{
    int64_t score = 0;
    for (size_t i = 0; i < answers_n(d); i++) score += (int64_t)weight_of(d, i) * (i == were_met ? 1000 : points_of(d, hit, i));
    return wanted_percent(d, score);
}

/* Every must, but for this one. */
static bool meets_musts(const struct wanted *d, const struct match_hit *hit, size_t but)
{
    for (size_t i = 0; i < answers_n(d); i++)
        if (i != but && is_must(d, i) && hit->reasons[i].answer != MET) return false;
    return true;
}

double met_percent(const struct wanted *d, const struct match_hit *hit)
{
    return meets_musts(d, hit, SIZE_MAX) ? percent_of(d, hit, SIZE_MAX) : 0;
}

/* ---- things that are missing ------------------------------------------------------------------- */

Str lacking_key(struct arena *a, const struct lacking *x)
{
    return str_f(a, "%s.%s.%.*s", x->is ? x->is->name : "words", x->of ? x->of->name : "", FMT(x->is ? x->code : text_slug(a, x->code)));
}

/* Fewer kilometres, finer tolerances and fresher profiles are harder, and more of all else. */
static bool is_harder(const struct criterion *c, double a, double b)
{
    bool less = c->rule != AT_LEAST || c->quantity == DURATION;
    return isnan(b) || (less ? a < b : a > b);
}

static struct group *group_of(struct gathering *g, const struct lacking *x)
{
    bool added;
    struct arena *a = g->w->a;
    int64_t place = *map_put(&g->by_key, lacking_key(a, x), (int64_t)g->groups.n, &added);
    if (added) {
        struct group *fresh = GROW(a, g->groups);
        fresh->x = *x;
        fresh->x.code = str_dup(a, x->code);
        fresh->place = map_make(a, 0);
    }
    struct group *found = &g->groups.p[place];
    if (!isnan(x->value) && is_harder(x->is, x->value, found->x.value)) found->x.value = x->value;
    return found;
}

static const struct want *first_of(const struct wanted *d, const struct criterion *c)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->p[i].is == c && v_is(d->p[i].codes)) return &d->p[i];
    return NULL;
}

/* What a number is asked of: the machine, or the process that it serves. */
static const struct want *narrowed_by(const struct wanted *d, const struct criterion *c)
{
    const struct want *x = c->of ? first_of(d, criterion_named(str_of(c->of))) : NULL;
    return x ? x : c->of ? first_of(d, criterion_named(S("process"))) : NULL;
}

typedef void each_lacking(struct gathering *g, const struct asking *q, struct group *lacking, int64_t enterprise_id);

/* The things that criterion i asks for: of codes of which any would do, each. */
static void each_thing(struct gathering *g, const struct asking *q, size_t i, int64_t enterprise_id, each_lacking *each)
{
    const struct wanted *d = &q->wanted;
    const struct want *x = i < d->n ? &d->p[i] : NULL, *narrow = x ? narrowed_by(d, x->is) : NULL;
    struct lacking one = { .is = x ? x->is : NULL, .of = narrow ? narrow->is : NULL, .code = x ? x->place : d->words, .value = x ? x->value : NAN };
    Str rest = narrow ? v_str(narrow->codes) : (Str){ 0 };
    if (x && x->is->list) one.of = x->is, rest = v_str(x->codes);
    bool any = many_next(&rest, &one.code);
    do each(g, q, group_of(g, &one), enterprise_id);
    while (any && one.of == one.is && many_next(&rest, &one.code));
}

static void count(struct gathering *g, const struct asking *q, struct lack_sum *sum, struct ids *demands)
{
    if (!q->demand) {
        sum->searches += q->times;
        return;
    }
    *GROW(g->w->a, *demands) = q->demand;
    if (isnan(q->dong)) return;
    sum->valued++;
    sum->dong += q->dong;
}

static void is_missing(struct gathering *g, const struct asking *q, struct group *l, UNUSED int64_t enterprise_id)
{
    if (l->missing_in == g->question) return;
    l->missing_in = g->question;
    count(g, q, &l->x.missing, &l->missing);
}

static struct near *near_of(struct arena *a, struct group *l, int64_t enterprise_id)
{
    bool added;
    Str key = { (const char *)&enterprise_id, sizeof enterprise_id };
    int64_t place;
    if (map_get(&l->place, key, &place)) return &l->nearly.p[place];
    map_put(&l->place, str_dup(a, key), (int64_t)l->nearly.n, &added);
    struct near *fresh = GROW(a, l->nearly);
    fresh->id = enterprise_id;
    return fresh;
}

static void would_unlock(struct gathering *g, const struct asking *q, struct group *l, int64_t enterprise_id)
{
    near_of(g->w->a, l, enterprise_id)->questions++;
    if (l->unlocked_in == g->question) return;
    l->unlocked_in = g->question;
    count(g, q, &l->x.unlocks, &l->unlocked);
}

/* ---- one question --------------------------------------------------------------------------------- */

static struct wanted as_wishes(struct arena *a, const struct wanted *d)
{
    struct wanted wishes = *d;
    wishes.p = NEW_ARRAY(a, struct want, d->n + 1);
    wishes.words_must = false;
    for (size_t i = 0; i < d->n; i++) wishes.p[i] = d->p[i], wishes.p[i].must = false;
    return wishes;
}

/* The musts that the nearest supplier does not meet, or what costs it most. */
static void find_missing(struct gathering *g, const struct asking *q, const struct match_hit *nearest)
{
    const struct wanted *d = &q->wanted;
    size_t worst = 0;
    int64_t most = 0;
    bool all = meets_musts(d, nearest, SIZE_MAX);
    for (size_t i = 0; i < answers_n(d); i++) {
        int64_t lost = (int64_t)weight_of(d, i) * (1000 - points_of(d, nearest, i));
        if (lost > most) worst = i, most = lost;
        if (is_must(d, i) && nearest->reasons[i].answer != MET) each_thing(g, q, i, 0, is_missing);
    }
    if (all) each_thing(g, q, worst, 0, is_missing);
}

/* Of suppliers that nearly fit: who has nothing of what is asked does not. */
static void find_unlocks(struct gathering *g, const struct asking *q, const struct match_hit *hit)
{
    const struct wanted *d = &q->wanted;
    if (!hit->score) return;
    for (size_t i = 0; i < answers_n(d); i++)
        if (hit->reasons[i].answer != MET && meets_musts(d, hit, i) && percent_of(d, hit, i) >= WELL) each_thing(g, q, i, hit->id, would_unlock);
}

static enum err find(struct work *w, const struct search *index, const struct wanted *d, struct match_result *out)
{
    struct match_demand asked = wanted_demand(w, d, LOOKED_AT);
    return match_find(index, w->a, &asked, false, out);
}

/* w: for what is forgotten after it. */
static enum err judge(struct gathering *g, struct work *w, const struct asking *q)
{
    struct match_result found;
    struct wanted wishes = as_wishes(w->a, &q->wanted);
    g->question++;
    TRY(find(w, g->index, &q->wanted, &found));
    for (size_t i = 0; i < found.n; i++)
        if (met_percent(&q->wanted, &found.hits[i]) >= WELL) return OK;
    TRY(find(w, g->index, &wishes, &found));
    if (found.n) find_missing(g, q, &found.hits[0]);
    for (size_t i = 0; i < found.n; i++) find_unlocks(g, q, &found.hits[i]);
    return OK;
}

/* ---- all questions ---------------------------------------------------------------------------------- */

double dong_of(const struct codes *codes, double amount, Str currency)
{
    Str rates = setting_value(codes, S("exchange_rates")), rate, name, value;
    double dong;
    if (str_is(currency, "VND")) return amount;
    while (str_next(&rates, ';', &rate))
        if (str_cut(rate, '=', &name, &value) && str_eq(str_trim(name), currency) && str_to_f64(str_trim(value), &dong)) return amount * dong;
    return NAN;
}

static enum err judge_demand(struct gathering *g, struct work *w, const struct record *r)
{
    struct asking q = { .demand = r->id, .dong = NAN, .wanted = wanted_of(w, r) };
    if (!record_listed(w, r) || (!q.wanted.n && !q.wanted.words.n)) return OK;
    if (v_is(r->v[DEMAND_VALUE])) q.dong = dong_of(w->codes, v_f64(r->v[DEMAND_VALUE]), v_str(r->v[DEMAND_VALUE_CURRENCY]));
    return judge(g, w, &q);
}

static enum err judge_demands(struct gathering *g, struct work *w, Str since)
{
    struct ids ids = { 0 };
    struct records one;
    struct rows r = db_query(g->w->db, g->w->a, SQL("SELECT id FROM demand WHERE state IN ($1, $2) AND quotes_by >= $3 ORDER BY id DESC LIMIT $4"),
                             ARGS(v_text(S("open")), v_text(S("nobody")), v_text(since), v_int(LACK_QUESTIONS)));
    while (rows_next(&r)) *GROW(g->w->a, ids) = row_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < ids.n; i++) {
        arena_reset(w->a);
        TRY(records_of(w, &demand, &ids.p[i], 1, true, &one));
        if (one.n) TRY(judge_demand(g, w, one.p[0]));
    }
    return OK;
}

struct searched { Str query; int64_t times; };

static enum err judge_searches(struct gathering *g, struct work *w, Str since)
{
    struct { struct searched *p; size_t n, cap; } all = { 0 };
    struct rows r = db_query(g->w->db, g->w->a, SQL("SELECT query, CAST(sum(times) AS bigint) FROM unmet_search WHERE day >= $1"
                                                    " GROUP BY query ORDER BY 2 DESC, query LIMIT $2"), ARGS(v_text(since), v_int(LACK_QUESTIONS)));
    while (rows_next(&r)) *GROW(g->w->a, all) = (struct searched){ row_text(&r, 0), row_int(&r, 1) };
    TRY(rows_end(&r));
    for (size_t i = 0; i < all.n; i++) {
        arena_reset(w->a);
        struct asking q = { .times = all.p[i].times, .dong = NAN };
        if (wanted_again(w, all.p[i].query, &q.wanted)) TRY(judge(g, w, &q));
    }
    return OK;
}

/* ---- in order ----------------------------------------------------------------------------------------- */

static int most_questions_first(const void *a, const void *b)
{
    const struct near *x = a, *y = b;
    if (x->questions != y->questions) return x->questions > y->questions ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int most_unlocked_first(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (x->x.unlocks.dong != y->x.unlocks.dong) return x->x.unlocks.dong > y->x.unlocks.dong ? -1 : 1;
    if (x->unlocked.n != y->unlocked.n) return x->unlocked.n > y->unlocked.n ? -1 : 1;
    if (x->x.unlocks.searches != y->x.unlocks.searches) return x->x.unlocks.searches > y->x.unlocks.searches ? -1 : 1;
    if (x->missing.n != y->missing.n) return x->missing.n > y->missing.n ? -1 : 1;
    return str_cmp(x->x.code, y->x.code);
}

/* Words of a search or two are as likely a slip, or nothing that is made. */
static bool is_rare(const struct group *x)
{
    return !x->x.is && !x->missing.n && !x->unlocked.n && x->x.missing.searches < LACK_WORDS_LEAST && x->x.unlocks.searches < LACK_WORDS_LEAST;
}

static void finish(struct gathering *g, struct lackings *out)
{
    struct arena *a = g->w->a;
    if (g->groups.n) qsort(g->groups.p, g->groups.n, sizeof *g->groups.p, most_unlocked_first);
    for (size_t i = 0; i < g->groups.n; i++) {
        struct group *from = &g->groups.p[i];
        if (is_rare(from)) continue;
        struct lacking *x = GROW(a, *out);
        if (from->nearly.n) qsort(from->nearly.p, from->nearly.n, sizeof *from->nearly.p, most_questions_first);
        *x = from->x;
        x->missing.demands = from->missing.p, x->missing.n = from->missing.n;
        x->unlocks.demands = from->unlocked.p, x->unlocks.n = from->unlocked.n;
        x->nearly_n = from->nearly.n < NEARLY_MOST ? from->nearly.n : NEARLY_MOST;
        int64_t *ids = NEW_ARRAY(a, int64_t, x->nearly_n + 1);
        for (size_t k = 0; k < x->nearly_n; k++) ids[k] = from->nearly.p[k].id;
        x->nearly = ids;
    }
}

enum err lacking_of(struct work *w, const struct search *index, struct date since, struct lackings *out)
{
    struct arena scratch = arena_make(SCRATCH, w->a->full);
    struct work inner = *w;
    struct gathering g = { .w = w, .index = index, .by_key = map_make(w->a, 64) };
    *out = (struct lackings){ 0 };
    inner.a = &scratch;
    enum err e = judge_demands(&g, &inner, date_iso(w->a, since));
    if (!e) e = judge_searches(&g, &inner, date_iso(w->a, since));
    if (!e) finish(&g, out);
    arena_free(&scratch);
    return e;
}

Str lacking_text(struct work *w, const struct lacking *x)
{
    struct want as = { .is = x->is, .value = x->value, .at = { NAN, NAN }, .place = x->of ? (Str){ 0 } : x->code };
    if (!x->is) return message_str(w->a, w->lang, MSG(N_("Words: {1}"), x->code));
    if (x->of == x->is && x->code.n) as.codes = v_text(str_f(w->a, ";%.*s;", FMT(x->code)));
    const struct code *narrow = x->of && x->of != x->is ? code_find(w->codes, str_of(x->of->list), x->code) : NULL;
    return narrow ? str_f(w->a, "%.*s (%.*s)", FMT(want_text(w, &as)), FMT(narrow->name[w->lang])) : want_text(w, &as);
}
