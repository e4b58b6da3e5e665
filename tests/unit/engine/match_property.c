/* The engine against the slow reference: random registers and demands, score for score, reason for reason, order for order.  The seed is
 * the test's, so a failure comes again. */
#include "test.h"
#include "match_reference.h"
#include "base/hash.h"

#include <math.h>

static const struct search_schema schema = { .fields = 2, .facets = 1, .field = { { 8, 8 }, { 3, 20 } } };
static const uint8_t kinds[] = { 0, 1, 2, 15 };         /* 2: places                                */
static const char *const words[] = { "die", "casting", "mold", "press", "iso9001", "x1", "x2", "x3" };
static const float numbers[] = { 0, 1, 2, 2.5f, 3, 10, 100, -5, 0.05f, 1e30f, INFINITY, -INFINITY };
static const float lats[] = { 21.03f, 21.2f, 20.9f, -33, 90, -90, 0, 91 }, lons[] = { 105.85f, 105.8f, 106.2f, 180, -180, 179.9f, -179.9f, 0, 190 };

static uint64_t below(struct rng *r, uint64_t n) { return rng_below(r, n); }
#define PICK(r, list) (list)[below(r, COUNT(list))]

static Str random_code(struct arena *a, struct rng *r) { return below(r, 8) ? str_f(a, "c%d", (int)(below(r, 4) * below(r, 4))) : S(""); }

static float random_degrees(struct rng *r, bool east)
{
    if (!below(r, 8)) return NAN;
    if (below(r, 3)) return (east ? 105.5f : 20.8f) + (float)below(r, 1000) / 1300;
    return east ? PICK(r, lons) : PICK(r, lats);
}

static float random_number(struct rng *r)
{
    return below(r, 3) ? PICK(r, numbers) : (float)below(r, 1000) / 8;
}

static int32_t random_day(struct rng *r, int32_t open)
{
    return !below(r, 3) ? open : !below(r, 6) ? DAY_UNKNOWN : (int32_t)below(r, 20);
}

static struct fact random_fact(struct arena *a, struct rng *r, bool days)
{
    struct fact f = { .kind = PICK(r, kinds), .code = random_code(a, r), .from = DAY_ALWAYS, .until = DAY_NO_END };
    Str *also = NEW_ARRAY(a, Str, 3);
    f.also = also;
    if (f.kind != 1)
        for (f.also_n = below(r, 4); f.also_n && below(r, 2);) f.also_n--;
    for (size_t i = 0; i < f.also_n; i++) also[i] = random_code(a, r);
    for (int k = 0; k < FACT_NUMBERS; k++) f.number[k] = k < 3 && below(r, 3) ? random_number(r) : NAN;
    if (f.kind == 2)
        for (int k = 0; k < 2; k++) f.number[k] = random_degrees(r, k);
    if (days && f.kind != 1) f.from = random_day(r, DAY_ALWAYS), f.until = random_day(r, DAY_NO_END);
    return f;
}

static Str random_words(struct arena *a, struct rng *r, uint64_t most)
{
    struct buf b = buf_make(a);
    for (uint64_t n = below(r, most + 1); n--; put_c(&b, ' ')) put_z(&b, PICK(r, words));
    return buf_str(&b);
}

/* in_order: facts come kind by kind, as they do where they are kept so. */
struct habits { bool days, in_order; uint64_t facts; };

static struct search_doc random_doc(struct arena *a, struct rng *r, const struct habits *h, int64_t id)
{
    Str *field = NEW_ARRAY(a, Str, 2), *value = NEW(a, Str);
    SearchValues *facet = NEW(a, SearchValues);
    struct fact *facts = NEW_ARRAY(a, struct fact, h->facts);
    size_t n = below(r, h->facts + 1);
    for (size_t i = 0; i < n; i++) facts[i] = random_fact(a, r, h->days);
    for (size_t i = 1; h->in_order && i < n; i++)
        for (size_t k = i; k && facts[k - 1].kind > facts[k].kind; k--) {
            struct fact f = facts[k];
            facts[k] = facts[k - 1];
            facts[k - 1] = f;
        }
    for (int f = 0; f < 2; f++) field[f] = random_words(a, r, 4);
    *value = str_f(a, "w%d", (int)below(r, 3));
    *facet = (SearchValues){ value, below(r, 2) };
    return (struct search_doc){ .id = id, .sort = str_f(a, "%c", (int)('a' + below(r, 20))), .field = field, .facet = facet,
                                .facts = facts, .facts_n = n };
}

static const struct match_code *random_codes(struct arena *a, struct rng *r, size_t *n)
{
    *n = below(r, 2) ? 0 : 1 + below(r, 4);
    struct match_code *codes = NEW_ARRAY(a, struct match_code, *n);
    for (size_t i = 0; i < *n; i++)
        codes[i] = (struct match_code){ str_f(a, "c%d", (int)below(r, 12)), below(r, 2) ? 1000 : (uint16_t)(1 + below(r, 1000)) };
    return codes;
}

static struct match_part random_part(struct rng *r, uint8_t kind)
{
    struct match_part p = { .number = (uint8_t)below(r, 4), .rule = below(r, 2) ? AT_LEAST : AT_MOST, .value = random_number(r) };
    if (!isfinite(p.value)) p.value = 2;
    if (kind == 2 && below(r, 3)) {
        p.rule = WITHIN_KM;
        p.value = (float)below(r, 50);
        p.lat = below(r, 3) ? 21 + (float)below(r, 1000) / 2000 : (float)below(r, 181) - 90;
        p.lon = below(r, 3) ? 105.8f : below(r, 2) ? 179.95f : -180;
        if (!below(r, 4)) p.value *= 300;
    }
    p.slack = below(r, 3) ? (float)below(r, 300) / 100 : 0;
    return p;
}

static struct match_demand random_demand(struct arena *a, struct rng *r)
{
    struct match_demand d = { .most = below(r, 4) ? below(r, 30) : 1000, .words_weight = (uint16_t)(1 + below(r, 1000)), .n = below(r, 8) };
    struct match_criterion *c = NEW_ARRAY(a, struct match_criterion, d.n);
    for (size_t i = 0; i < d.n; i++) {
        c[i] = (struct match_criterion){ .kind = below(r, 12) ? PICK(r, kinds) : 7, .must = !below(r, 4), .weight = (uint16_t)(1 + below(r, below(r, 2) ? 1000 : 3)),
                                         .day = below(r, 2) ? DAY_UNKNOWN : (int32_t)below(r, 20) };
        c[i].codes = random_codes(a, r, &c[i].codes_n);
        if (below(r, 2)) c[i].also = random_codes(a, r, &c[i].also_n);
        c[i].parts = below(r, 2) ? 0 : 1 + below(r, 2);
        for (size_t k = 0; k < c[i].parts; k++) c[i].part[k] = random_part(r, c[i].kind);
    }
    d.criteria = c;
    if (below(r, 2)) d.words = random_words(a, r, 3), d.words_must = below(r, 2);
    struct search_filter *filter = NEW(a, struct search_filter);
    Str *value = NEW(a, Str);
    *value = str_f(a, "w%d", (int)below(r, 4));
    *filter = (struct search_filter){ 0, { value, 1 } };
    d.filter = filter;
    d.filters = !below(r, 4);
    int64_t *only = NEW_ARRAY(a, int64_t, 60);
    for (size_t i = 0; i < 60; i++) only[i] = (int64_t)(i * 7 + below(r, 7));
    if (!below(r, 6)) d.only = only, d.only_n = 60;
    return d;
}

/* ------------------------------------------------------------------ the same? --------------- */

static bool same_hit(const struct match_hit *x, const struct match_hit *y, size_t reasons)
{
    bool same = x->id == y->id && x->score == y->score;
    for (size_t i = 0; i < reasons && same; i++)
        same = x->reasons[i].answer == y->reasons[i].answer && x->reasons[i].points == y->reasons[i].points && x->reasons[i].fact == y->reasons[i].fact;
    return same;
}

static void check_result(const struct match_demand *d, const struct match_result *want, const struct match_result *got, const char *what)
{
    if (want->n != got->n || want->fitting != got->fitting)
        test_fail(__FILE__, __LINE__, "%s: %zu of %zu fitting, want %zu of %zu", what, got->n, got->fitting, want->n, want->fitting);
    for (size_t i = 0; i < want->n; i++)
        if (!same_hit(&want->hits[i], &got->hits[i], d->n + (d->words.n > 0)))
            test_fail(__FILE__, __LINE__, "%s: hit %zu of %zu is %lld with %lld, want %lld with %lld", what, i, want->n, (long long)got->hits[i].id,
                      (long long)got->hits[i].score, (long long)want->hits[i].id, (long long)want->hits[i].score);
}

/* Each document found explains itself in the same way, and so do its facts by themselves. */
static void check_reasons(struct arena *a, const struct shelf *shelf, const struct search *s, const struct match_demand *d, const struct match_hit *hit)
{
    struct match_hit alone;
    CHECK_INT(match_explain(s, a, d, hit->id, &alone), OK);
    CHECK(same_hit(hit, &alone, d->n + (d->words.n > 0)));
    for (size_t i = 0; i < shelf->docs.n; i++) {
        const struct search_doc *doc = &shelf->docs.p[i];
        for (size_t c = 0; doc->id == hit->id && c < d->n; c++) {
            struct match_reason r = match_answer(&d->criteria[c], doc->facts, doc->facts_n);
            CHECK(r.answer == hit->reasons[c].answer && r.points == hit->reasons[c].points && r.fact == hit->reasons[c].fact);
        }
    }
}

static void check_demands(struct rng *r, const struct shelf *shelf, const struct search *s, int demands)
{
    struct arena own = arena_make((size_t)1 << 30, NULL);
    CHECK_INT(search_docs(s), shelf->docs.n);
    for (int i = 0; i < demands; i++) {
        struct match_demand d = random_demand(&own, r);
        struct match_result want = reference_match(shelf, &own, &d), got;
        CHECK_INT(match_find(s, &own, &d, false, &got), OK);
        check_result(&d, &want, &got, "vector");
        CHECK_INT(match_find(s, &own, &d, true, &got), OK);
        check_result(&d, &want, &got, "portable");
        if (want.n) check_reasons(&own, shelf, s, &d, &want.hits[below(r, want.n)]);
        arena_reset(&own);
    }
    arena_free(&own);
}

static struct search *build(struct arena *a, struct rng *r, struct shelf *shelf, const struct habits *h, size_t docs)
{
    struct search_build *b = search_build_open(&schema, (size_t)2 << 30);
    shelf->schema = schema;
    for (size_t i = 0; i < docs; i++) {
        struct search_doc doc = random_doc(a, r, h, (int64_t)i);
        shelf_put(a, shelf, doc);
        CHECK_INT(search_build_add(b, &doc), OK);
    }
    return search_build_close(b, 1);
}

/* Some documents change, some go, some are new. */
static struct search *change(struct arena *a, struct rng *r, struct shelf *shelf, const struct habits *h, const struct search *s, size_t most)
{
    struct search_doc *changed = NEW_ARRAY(a, struct search_doc, most);
    int64_t *removed = NEW_ARRAY(a, int64_t, most);
    size_t changes = below(r, most + 1), removals = below(r, most + 1);
    for (size_t i = 0; i < removals; i++) shelf_remove(shelf, removed[i] = (int64_t)below(r, 400));
    for (size_t i = 0; i < changes; i++) {
        changed[i] = random_doc(a, r, h, (int64_t)(i * 10 + below(r, 10)));
        shelf_put(a, shelf, changed[i]);
    }
    struct search *out;
    CHECK_INT(search_update(s, changed, changes, removed, removals, &out), OK);
    return out;
}

TEST(the_engine_equals_the_plain_reference_on_ten_thousand_registers_and_demands)
{
    struct rng r = { 20261122 };
    for (int i = 0; i < 250; i++) {
        struct arena own = arena_make((size_t)1 << 30, NULL);
        struct shelf shelf = { 0 };
        struct habits h = { below(&r, 2), below(&r, 2), below(&r, 2) ? 4 : 16 };
        struct search *s = build(&own, &r, &shelf, &h, below(&r, 300)), *next;
        check_demands(&r, &shelf, s, 20);
        for (int k = 0; k < 2; k++) {
            next = change(&own, &r, &shelf, &h, s, k ? 40 : 10);
            check_demands(&r, &shelf, next, 10);
            search_release(s);
            s = next;
        }
        for (size_t k = 0; k < shelf.docs.n && k < 20; k++) CHECK_INT(search_check(s, &shelf.docs.p[k]), SEARCH_SAME);
        search_release(s);
        arena_free(&own);
    }
}

TEST(a_merged_index_has_the_facts_of_all_its_parts)
{
    struct rng r = { 5 };
    struct shelf shelf = { 0 };
    struct habits h = { true, false, 8 };
    struct search *s = build(a, &r, &shelf, &h, 500);
    for (int i = 0; i < 12; i++) {
        struct search *next = change(a, &r, &shelf, &h, s, 80), *merged;
        search_release(s);
        s = next;
        CHECK_INT(search_merge(s, &merged), OK);
        check_demands(&r, &shelf, merged, 5);
        search_release(merged);
    }
    search_release(s);
}

TEST(a_register_that_two_threads_share_is_ranked_as_by_one)
{
    struct rng r = { 7 };
    struct arena own = arena_make((size_t)4 << 30, NULL);
    struct shelf shelf = { .schema = schema };
    struct habits h = { true, true, 3 };
    struct search_build *b = search_build_open(&schema, (size_t)4 << 30);
    for (int64_t id = 0; id < 140000; id++) {
        struct search_doc doc = random_doc(&own, &r, &h, id);
        *GROW(&own, shelf.docs) = doc;
        CHECK_INT(search_build_add(b, &doc), OK);
    }
    struct search *s = search_build_close(b, 2);
    check_demands(&r, &shelf, s, 12);
    search_release(s);
    arena_free(&own);
}
