#include "test.h"
#include "engine/search/kernel.h"
#include "engine/search/search.h"
#include "base/hash.h"

#include <math.h>

/* Two fields, name and products; one facet, ward; one number, employees. */
static const struct search_schema schema = { .fields = 2, .facets = 2, .numbers = 1, .field = { { 8, 8 }, { 5, 12 } } };

struct row { const char *name, *products, *ward, *field; double employees; };

static const struct row rows[] = {
    { "Công ty Khuôn mẫu Đức",          "linh kiện nhựa",                "Đông Anh", "mould", 40 },
    { "Công ty Cơ khí Hòa Bình",        "khuôn mẫu đúc\nđồ gá",          "Sóc Sơn",  "mould", 120 },
    { "Công ty Hoà Phát",               "thép cuộn, ống thép",           "Đông Anh", "metal", 2000 },
    { "Công ty Mẫu Khuôn Việt",         "đúc áp lực khuôn cát",          "Sóc Sơn",  "metal", NAN },
    { "Nhựa An Phát",                   "bao bì khuôn\nmẫu đúc",         "Gia Lâm",  "plastic", 15 },
};

static struct search_doc doc_of(struct arena *a, size_t i, const struct row *row)
{
    Str *field = NEW_ARRAY(a, Str, 2), *value = NEW_ARRAY(a, Str, 2);
    SearchValues *facet = NEW_ARRAY(a, SearchValues, 2);
    field[0] = str_of(row->name);
    field[1] = str_of(row->products);
    for (size_t f = 0; f < 2; f++) facet[f] = (SearchValues){ &value[f], 1 };
    value[0] = str_of(row->ward);
    value[1] = str_of(row->field);
    return (struct search_doc){ .id = (int64_t)i + 1, .sort = field[0], .field = field, .facet = facet,
                                .number = &row->employees };
}

static struct search *index_of_rows(struct arena *a)
{
    struct search_build *b = search_build_open(&schema, (size_t)64 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct search_doc doc = doc_of(a, i, &rows[i]);
        CHECK_INT(search_build_add(b, &doc), OK);
    }
    return search_build_close(b, 1);
}

/* The ids found, as "2 1 4"; the rows above are numbered from 1. */
static Str ids(struct arena *a, const struct search_result *r)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < r->hits; i++) put_f(&b, "%s%d", i ? " " : "", (int)r->hit[i].id);
    return buf_str(&b);
}

static Str found_with(struct arena *a, struct search_query q)
{
    struct search *s = index_of_rows(a);
    q.limit = 10;
    struct search_result r = search_find(s, a, &q);
    search_release(s);
    return r.loose ? str_f(a, "%.*s (%.*s)", FMT(ids(a, &r)), FMT(r.used)) : ids(a, &r);
}

static Str found(struct arena *a, const char *words)
{
    return found_with(a, (struct search_query){ .words = str_of(words) });
}

static Str begun(struct arena *a, const char *words)
{
    return found_with(a, (struct search_query){ .words = str_of(words), .prefix = true });
}

TEST(search_without_accents_finds_every_accent)
{
    CHECK_STR(found(a, "khuon mau duc"), S("1 2 5 4"));
    CHECK_STR(found(a, "KHUON MAU DUC"), S("1 2 5 4"));
}

TEST(search_puts_what_is_written_exactly_as_typed_first)
{
    CHECK_STR(found(a, "khuôn mẫu đúc"), S("2 4 5 1"));
    CHECK_STR(found(a, "khuôn mẫu Đức"), S("1 2 4 5"));
}

TEST(search_does_not_mind_where_the_tone_mark_stands)
{
    CHECK_STR(found(a, "hoà bình"), S("2"));
    CHECK_STR(found(a, "hòa phát"), S("3"));
}

TEST(search_takes_decomposed_letters_for_what_they_are)
{
    CHECK_STR(found(a, "khuo\xCC\x82n"), S("4 1 2 5"));
    CHECK_STR(found(a, "Ho\xCC\x80""a Bi\xCC\x80nh"), S("2"));
}

TEST(search_in_quotes_wants_neighbours_in_one_value)
{
    CHECK_STR(found(a, "\"khuon mau duc\""), S("1 2"));
    CHECK_STR(found(a, "\"khuôn mẫu đúc\""), S("2"));
    CHECK_STR(found(a, "“khuôn mẫu”"), S("1 2"));
    CHECK_STR(found(a, "\"mau khuon\""), S("4"));
    CHECK_STR(found(a, "\"mẫu đúc\" nhựa"), S("5"));
}

TEST(search_ranks_neighbours_before_scattered_words)
{
    CHECK_STR(found(a, "mau khuon"), S("4 1 2 5"));
    CHECK_STR(found(a, "khuon mau"), S("1 2 4 5"));
}

TEST(search_as_one_types_takes_the_last_word_as_begun)
{
    CHECK_STR(begun(a, "hoa ph"), S("3"));
    CHECK_STR(begun(a, "khuôn mẫ"), S("1 4 2 5"));
    CHECK_STR(found(a, "hoa ph"), S("3 2 (hoa)"));
    CHECK_STR(begun(a, "\"hoa ph\""), S("3 2 (hoa)"));
}

TEST(search_without_a_full_match_leaves_words_out_and_says_so)
{
    CHECK_STR(found(a, "khuôn abcxyz răng"), S("4 1 2 5 (khuôn)"));
    CHECK_STR(found(a, "thép bình"), S("3 (thép)"));
    CHECK_STR(found(a, "abcxyz"), S(""));
}

TEST(search_without_words_gives_all_by_sort_key)
{
    CHECK_STR(found(a, ""), S("2 3 1 4 5"));
    CHECK_STR(found(a, " \"-\" ?"), S("2 3 1 4 5"));
}

TEST(search_by_sort_key_keeps_the_scores)
{
    struct search *s = index_of_rows(a);
    struct search_query q = { .words = S("khuôn"), .order = SEARCH_BY_SORT_KEY, .limit = 2, .offset = 1 };
    struct search_result r = search_find(s, a, &q);
    CHECK_STR(ids(a, &r), S("1 4"));
    CHECK_INT(r.total, 4);
    CHECK(r.hit[0].score > 65536);
    search_release(s);
}

TEST(search_survives_any_bytes)
{
    CHECK_STR(found(a, "\xFF\xC3 khu\xF4n \"m\xE1\xBA"), S(""));
    CHECK_STR(found(a, "\xC3 bình \x01\xF0\x9F"), S("2"));
    char *big = NEW_ARRAY(a, char, 100001);
    for (size_t i = 0; i < 100000; i++) big[i] = " khuon\""[i % 7];
    CHECK_STR(found(a, big), S("4 1 2 5"));
}

static Str counts(struct arena *a, const struct search_result *r, int facet)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < r->counts[facet].n; i++)
        put_f(&b, "%s%.*s %u", i ? ", " : "", FMT(r->counts[facet].p[i].value), r->counts[facet].p[i].docs);
    return buf_str(&b);
}

TEST(search_counts_of_a_facet_ignore_what_is_chosen_in_it)
{
    struct search *s = index_of_rows(a);
    const Str wards[] = { S_("Đông Anh"), S_("Sóc Sơn") };
    struct search_filter filter[] = { { 0, { wards, 2 } } };
    struct search_query q = { .words = S("khuon"), .filter = filter, .filters = 1, .count = 3, .limit = 10 };
    struct search_result r = search_find(s, a, &q);
    CHECK_STR(ids(a, &r), S("4 1 2"));
    CHECK_STR(counts(a, &r, 0), S("Sóc Sơn 2, Gia Lâm 1, Đông Anh 1"));
    CHECK_STR(counts(a, &r, 1), S("mould 2, metal 1"));
    search_release(s);
}

TEST(search_by_a_number_leaves_out_those_without)
{
    struct search_range range = { 0, 15, 120 };
    CHECK_STR(found_with(a, (struct search_query){ .range = &range, .ranges = 1 }), S("2 1 5"));
}

TEST(search_check_tells_a_changed_document_from_the_same)
{
    struct search *s = index_of_rows(a);
    struct row changed = rows[0];
    changed.ward = "Gia Lâm";
    struct search_doc same = doc_of(a, 0, &rows[0]), other = doc_of(a, 0, &changed), absent = doc_of(a, 99, &rows[0]);
    CHECK_INT(search_check(s, &same), SEARCH_SAME);
    CHECK_INT(search_check(s, &other), SEARCH_DIFFERENT);
    CHECK_INT(search_check(s, &absent), SEARCH_ABSENT);
    int64_t id = 1;
    struct search *without;
    CHECK_INT(search_update(s, NULL, 0, &id, 1, &without), OK);
    CHECK_INT(search_check(without, &same), SEARCH_ABSENT);
    CHECK_INT(search_check(s, &same), SEARCH_SAME);
    search_release(without);
    search_release(s);
}

TEST(search_leaves_words_out_by_the_documents_that_are_still_there)
{
    struct search *s = index_of_rows(a), *without;
    struct search_query q = { .words = S("thép bình"), .limit = 10 };
    int64_t removed = 3;                            /* the only one with "thép"                  */
    CHECK_INT(search_update(s, NULL, 0, &removed, 1, &without), OK);
    struct search_result r = search_find(without, a, &q);
    CHECK_STR(ids(a, &r), S("2"));
    CHECK_STR(r.used, S("bình"));
    search_release(without);
    search_release(s);
}

TEST(search_finds_a_word_of_a_field_far_longer_than_usual)
{
    struct buf b = buf_make(a);
    for (int i = 0; i < 3000; i++) put_f(&b, "w%d ", i);
    const struct search_schema one = { .fields = 1, .field = { { 1, 1 } } };
    Str text = buf_str(&b);
    struct search_doc doc = { .id = 1, .field = &text };
    struct search_build *build = search_build_open(&one, (size_t)64 << 20);
    CHECK_INT(search_build_add(build, &doc), OK);
    struct search *s = search_build_close(build, 1);
    struct search_query q = { .words = S("\"w7 w8 w9\""), .limit = 1 };
    struct search_result r = search_find(s, a, &q);
    CHECK_INT(r.hits, 1);
    CHECK_INT(r.hit[0].score, 5);                   /* three words and two pairs, 1 each         */
    search_release(s);
}

TEST(search_finds_words_up_to_the_limit_of_a_field_only)
{
    struct buf b = buf_make(a);
    for (int i = 0; i <= SEARCH_FIELD_WORDS; i++) put_f(&b, "w%d%s", i, i % 100 ? " " : "\n");
    const struct search_schema one = { .fields = 1, .field = { { 255, 4096 } } };
    Str text = buf_str(&b);
    struct search_doc doc = { .id = 1, .field = &text };
    struct search_build *build = search_build_open(&one, (size_t)64 << 20);
    CHECK_INT(search_build_add(build, &doc), OK);
    struct search *s = search_build_close(build, 1);
    struct search_query last = { .words = S("w4095") }, beyond = { .words = S("w4096") };
    CHECK_INT(search_find(s, a, &last).total, 1);
    CHECK_INT(search_find(s, a, &beyond).total, 0);
    search_release(s);
}

TEST(search_kernels_of_this_machine_agree_with_the_portable_ones)
{
    enum { WORDS = 5 };
    const struct kernel *k = kernel_avx2();
    if (!k) test_skip("no AVX2 on this machine");
    struct rng r = { 3 };
    uint64_t x[WORDS], y[WORDS], bits[2][WORDS];
    uint8_t  impact[64 * WORDS], best[2][64 * WORDS] = { { 0 } }, peak[2][WORDS];
    uint32_t sum[2][64 * WORDS];
    for (int round = 0; round < 100; round++) {
        for (size_t i = 0; i < WORDS; i++) x[i] = rng_next(&r), y[i] = rng_next(&r);
        for (size_t i = 0; i < COUNT(impact); i++) {
            impact[i] = rng_below(&r, 2) ? (uint8_t)rng_next(&r) : 0;
            sum[0][i] = sum[1][i] = (uint32_t)rng_below(&r, 200000);
        }
        CHECK_INT(k->count(x, y, WORDS), kernel_portable.count(x, y, WORDS));
        k->bits(bits[0], impact, WORDS);
        kernel_portable.bits(bits[1], impact, WORDS);
        CHECK(!memcmp(bits[0], bits[1], sizeof bits[0]));
        k->peaks(peak[0], impact, WORDS);
        kernel_portable.peaks(peak[1], impact, WORDS);
        CHECK(!memcmp(peak[0], peak[1], sizeof peak[0]));
        k->add(sum[0], impact, 65536, WORDS);
        kernel_portable.add(sum[1], impact, 65536, WORDS);
        CHECK(!memcmp(sum[0], sum[1], sizeof sum[0]));
        k->best(best[0], impact, round & 1, WORDS);
        kernel_portable.best(best[1], impact, round & 1, WORDS);
        CHECK(!memcmp(best[0], best[1], sizeof best[0]));
        for (size_t i = 0; i < COUNT(impact); i += 3) best[0][i] = best[1][i] = 0;
        CHECK(k->above(sum[0], 100000) == kernel_portable.above(sum[0], 100000));
    }
}

static size_t ascending(struct rng *r, uint32_t *p, size_t most, uint64_t step)
{
    size_t n = rng_below(r, most + 1);
    for (size_t i = 0; i < n; i++) p[i] = (i ? p[i - 1] : 0) + 1 + (uint32_t)rng_below(r, step);
    return n;
}

TEST(search_kernels_agree_on_what_two_arrays_share)
{
    enum { MOST = 60 };
    const struct kernel *k = kernel_avx2();
    if (!k) test_skip("no AVX2 on this machine");
    struct rng r = { 9 };
    for (int round = 0; round < 2000; round++) {
        uint32_t x[2][MOST], y[MOST];
        size_t n = ascending(&r, x[0], MOST, 1 + rng_below(&r, 5)), m = ascending(&r, y, MOST, 1 + rng_below(&r, 5));
        memcpy(x[1], x[0], sizeof x[0]);
        size_t left = k->intersect(x[0], n, y, m);
        CHECK_INT(left, kernel_portable.intersect(x[1], n, y, m));
        CHECK(!memcmp(x[0], x[1], left * sizeof *y));
    }
}
