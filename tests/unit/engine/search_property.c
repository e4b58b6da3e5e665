/* The index against the slow reference: random documents, queries and updates; the seed is the test's, so a failure
 * comes again. */
#include "test.h"
#include "reference.h"
#include "base/hash.h"
#include "engine/search/kept.h"

#include <math.h>
#include <stdio.h>

static const char *const syllables[] = {
    "khuôn", "mẫu", "đúc", "Đức", "duc", "hòa", "hoà", "hoá", "HÒA", "ma", "má", "mã", "mạ", "man", "mang", "khu", "khuon",
    "CNC", "ISO", "9001", "nhựa", "nhua", "thép", "Thép", "ốc", "vít", "cơ", "khí", "Cơ Khí", "Hà Nội", "hà nội", "ép",
    "dập", "đập", "công ty", "Công Ty", "linh kiện", "ô tô", "Đ", "d", "quý", "quí", "khuôn mẫu đúc",
};
static const char *const joints[] = { " ", " ", " ", " ", ", ", "-", "\n", " – ", "  ", ". ", "/" };
static const char *const values[] = { "A", "B", "C", "D", "E", "F", "G", "00004", "Phường", "", "iso-9001", "x\ny" };

static const struct search_schema schema = {
    .fields = 3, .facets = 3, .numbers = 1,
    .field = { { 8, 8 }, { 5, 12 }, { 1, 20 } },
};

/* Common ones far more often than rare ones. */
static uint64_t skewed(struct rng *r, uint64_t n)
{
    uint64_t a = rng_below(r, n), b = rng_below(r, n), c = rng_below(r, n);
    return a < b ? (a < c ? a : c) : (b < c ? b : c);
}

static void put_words(struct buf *b, struct rng *r, uint64_t most)
{
    for (uint64_t n = rng_below(r, most + 1); n--;) {
        if (rng_below(r, 12)) put_z(b, syllables[skewed(r, COUNT(syllables))]);
        else put_f(b, "x%d", (int)rng_below(r, 50));
        put_z(b, joints[rng_below(r, COUNT(joints))]);
    }
}

static Str random_text(struct arena *a, struct rng *r, uint64_t most)
{
    struct buf b = buf_make(a);
    put_words(&b, r, most);
    return buf_str(&b);
}

static SearchValues random_values(struct arena *a, struct rng *r, size_t most)
{
    size_t n = rng_below(r, most + 1);
    Str *p = NEW_ARRAY(a, Str, n);
    for (size_t i = 0; i < n; i++) p[i] = str_of(values[skewed(r, COUNT(values))]);
    return (SearchValues){ p, n };
}

static struct search_doc random_doc(struct arena *a, struct rng *r, int64_t id)
{
    Str *field = NEW_ARRAY(a, Str, 3);
    SearchValues *facet = NEW_ARRAY(a, SearchValues, 3);
    double *number = NEW(a, double);
    for (int f = 0; f < 3; f++) field[f] = random_text(a, r, f == 2 ? 12 : 5);
    for (size_t f = 0; f < 3; f++) facet[f] = random_values(a, r, f ? f * 2 : 1);
    *number = rng_below(r, 5) ? (double)rng_below(r, 10) : NAN;
    return (struct search_doc){ .id = id, .sort = str_f(a, "%c", (int)('a' + rng_below(r, 20))), .field = field,
                                .facet = facet, .number = number };
}

static Str random_words(struct arena *a, struct rng *r)
{
    struct buf b = buf_make(a);
    put_words(&b, r, 3);
    if (rng_below(r, 6) == 0) {
        put_c(&b, '"');
        put_words(&b, r, 3);
        if (rng_below(r, 2)) put_c(&b, '"');
    }
    put_words(&b, r, 1);
    Str s = buf_str(&b);
    bool begun = rng_below(r, 3) == 0;              /* cut off the last letters, if they are ASCII */
    while (begun && s.n && (unsigned char)s.p[s.n - 1] < 0x80 && rng_below(r, 2)) s.n--;
    return s;
}

static struct search_query random_query(struct arena *a, struct rng *r)
{
    struct search_filter *filter = NEW_ARRAY(a, struct search_filter, 3);
    struct search_range *range = NEW(a, struct search_range);
    struct search_query q = { .words = random_words(a, r), .prefix = rng_below(r, 2), .count = 7, .filter = filter,
                              .range = range, .offset = rng_below(r, 4) ? 0 : rng_below(r, 40), .limit = rng_below(r, 30) };
    q.order = rng_below(r, 4) ? SEARCH_BEST_FIRST : SEARCH_BY_SORT_KEY;
    for (q.filters = rng_below(r, 3); q.filters && !rng_below(r, 2);) q.filters--;
    for (size_t i = 0; i < q.filters; i++)
        filter[i] = (struct search_filter){ (int)rng_below(r, 3), random_values(a, r, 3) };
    q.ranges = rng_below(r, 8) == 0;
    int64_t *only = NEW_ARRAY(a, int64_t, 20);
    if (rng_below(r, 8) == 0) q.only = only, q.only_n = rng_below(r, 20);
    for (size_t i = 0; i < q.only_n; i++) only[i] = (int64_t)rng_below(r, 200);
    *range = (struct search_range){ 0, (double)rng_below(r, 5), (double)rng_below(r, 12) };
    return q;
}

static void check_same(struct arena *a, const struct shelf *shelf, const struct search *s, const struct search_query *q)
{
    struct search_result want = reference_find(shelf, a, q), got = search_find(s, a, q);
    bool same = got.total == want.total && got.hits == want.hits && got.loose == want.loose &&
                str_eq(got.used, want.used);
    for (size_t i = 0; same && i < want.hits; i++)
        same = got.hit[i].id == want.hit[i].id && got.hit[i].score == want.hit[i].score;
    for (int f = 0; f < 3; f++) {
        same = same && got.counts[f].n == want.counts[f].n;
        for (size_t i = 0; same && i < want.counts[f].n; i++)
            same = got.counts[f].p[i].docs == want.counts[f].p[i].docs &&
                   str_eq(got.counts[f].p[i].value, want.counts[f].p[i].value);
    }
    if (!same)
        test_fail(__FILE__, __LINE__, "\"%.*s\" prefix %d: total %zu, want %zu; hits %zu, want %zu; used \"%.*s\", want \"%.*s\"",
                  FMT(q->words), q->prefix, got.total, want.total, got.hits, want.hits, FMT(got.used), FMT(want.used));
}

static void check_queries(struct rng *r, const struct shelf *shelf, const struct search *s, int queries)
{
    struct arena own = arena_make((size_t)1 << 30, NULL);
    CHECK_INT(search_docs(s), shelf->docs.n);
    for (int i = 0; i < queries; i++) {
        struct search_query q = random_query(&own, r);
        check_same(&own, shelf, s, &q);
        arena_reset(&own);
    }
    arena_free(&own);
}

static struct search *build(struct arena *a, struct rng *r, struct shelf *shelf, size_t docs, int threads)
{
    struct search_build *b = search_build_open(&schema, (size_t)1 << 30);
    shelf->schema = schema;
    for (size_t i = 0; i < docs; i++) {
        struct search_doc doc = random_doc(a, r, (int64_t)rng_below(r, docs * 4));
        shelf_put(a, shelf, doc);
        CHECK_INT(search_build_add(b, &doc), OK);
    }
    return search_build_close(b, threads);
}

TEST(search_finds_counts_and_orders_what_reading_every_document_does)
{
    struct rng r = { 20261122 };
    for (size_t docs = 0; docs < 300; docs += docs / 3 + 1) {
        struct shelf shelf = { 0 };
        struct search *s = build(a, &r, &shelf, docs, 1 + (int)(docs % 2));
        check_queries(&r, &shelf, s, 60);
        search_release(s);
    }
}

TEST(search_finds_the_same_over_several_chunks_of_documents)
{
    struct rng r = { 7 };
    struct shelf shelf = { 0 };
    struct search *s = build(a, &r, &shelf, 5000, 2);
    check_queries(&r, &shelf, s, 12);
    search_release(s);
}

/* Some documents of the shelf are changed or removed, some are new, some ids unknown. */
static struct search *change(struct arena *a, struct rng *r, struct shelf *shelf, const struct search *old, size_t most)
{
    size_t changes = rng_below(r, most + 1), removals = rng_below(r, most / 2 + 1);
    struct search_doc *changed = NEW_ARRAY(a, struct search_doc, changes);
    int64_t *removed = NEW_ARRAY(a, int64_t, removals);
    for (size_t i = 0; i < removals; i++) shelf_remove(shelf, removed[i] = (int64_t)rng_below(r, 1200));
    for (size_t i = 0; i < changes; i++) shelf_put(a, shelf, changed[i] = random_doc(a, r, (int64_t)rng_below(r, 1200)));
    struct search *new;
    CHECK_INT(search_update(old, changed, changes, removed, removals, &new), OK);
    return new;
}

TEST(search_after_updates_finds_what_an_index_made_anew_does)
{
    struct rng r = { 42 };
    struct shelf shelf = { 0 };
    struct search *s = build(a, &r, &shelf, 300, 1);
    for (int step = 0; step < 30; step++) {
        struct search *old = s;
        s = change(a, &r, &shelf, old, step % 10 == 9 ? 700 : 30);
        search_release(old);
        check_queries(&r, &shelf, s, 20);
        for (size_t i = 0; i < shelf.docs.n; i++) CHECK_INT(search_check(s, &shelf.docs.p[i]), SEARCH_SAME);
    }
    search_release(s);
}

TEST(search_readers_of_an_old_index_see_it_unchanged_after_updates)
{
    struct rng r = { 5 };
    struct shelf before = { 0 };
    struct search *old = build(a, &r, &before, 200, 1);
    struct shelf after = { .schema = schema };
    for (size_t i = 0; i < before.docs.n; i++) shelf_put(a, &after, before.docs.p[i]);
    struct search *new = change(a, &r, &after, old, 50), *reader = search_keep(old);
    search_release(old);
    check_queries(&r, &before, reader, 30);
    search_release(reader);
    check_queries(&r, &after, new, 30);
    search_release(new);
}

TEST(search_merged_beside_the_updates_that_go_on_finds_what_an_index_made_anew_does)
{
    struct rng r = { 77 };
    struct shelf shelf = { 0 };
    struct search *s = build(a, &r, &shelf, 3000, 1);
    for (int round = 0; round < 8; round++) {
        struct search *base = search_keep(s), *merged, *adopted;
        for (int step = 0; step < round; step++) {
            struct search *old = s;
            s = change(a, &r, &shelf, old, 5 + (size_t)step * 9);
            search_release(old);
        }
        CHECK_INT(search_merge(base, &merged), OK);
        CHECK_INT(search_adopt(s, base, merged, &adopted), OK);
        check_queries(&r, &shelf, adopted, 30);
        search_release(merged);
        search_release(base);
        search_release(s);
        s = adopted;
        check_queries(&r, &shelf, s, 5);
    }
    search_release(s);
}

TEST(search_kept_in_a_file_is_the_same_index_and_follows_updates_and_merges_as_it_does)
{
    struct rng r = { 99 };
    struct shelf shelf = { 0 };
    struct search *s = build(a, &r, &shelf, 1500, 1);
    const char *path = str_z(a, str_f(a, "%s/kept.index", test_dir()));
    for (uint64_t round = 0; round < 6; round++) {
        struct search_stamp stamp = { { round, 2, 3, 4 } }, back;
        struct search *opened, *old = s;
        CHECK_INT(search_save(s, path, &stamp), OK);
        CHECK_INT(search_open(path, &schema, (size_t)1 << 30, &back, &opened), OK);
        CHECK(!memcmp(&stamp, &back, sizeof stamp));
        search_release(old);
        check_queries(&r, &shelf, opened, 20);
        s = change(a, &r, &shelf, opened, 40);
        search_release(opened);
        check_queries(&r, &shelf, s, 10);
        for (size_t i = 0; i < shelf.docs.n; i++) CHECK_INT(search_check(s, &shelf.docs.p[i]), SEARCH_SAME);
    }
    search_release(s);
}
