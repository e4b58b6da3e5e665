/* Any bytes as a query, with filters and pages, over a small index with changes: what is found keeps the order, the
 * page and the counts that search.h promises. */
#include "engine/search/search.h"
#include "base/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct search_schema schema = { .fields = 2, .facets = 1, .numbers = 1, .field = { { 8, 8 }, { 5, 12 } } };

static const char *const names[] = {
    "Khuôn mẫu đúc", "Khuôn mẫu Đức", "Cơ khí Hòa Bình", "Hoà Phát", "Nhựa An Phát", "ISO 9001:2015", "đ Đ d", "Mẫu khuôn",
};
static const char *const wards[] = { "Đông Anh", "Sóc Sơn", "Gia Lâm" };

static const struct concepts *thesaurus(void)
{
    static const Str casting[] = { S_("đúc"), S_("casting"), S_("压铸") }, mould[] = { S_("khuôn mẫu"), S_("mould") }, above[] = { S_("casting") };
    const struct concept_given given[] = { { S_("casting"), casting, COUNT(casting), NULL, 0 }, { S_("mould"), mould, COUNT(mould), above, 1 } };
    struct concepts *c;
    size_t faults;
    MUST(!concepts_make(given, COUNT(given), &c, &faults));
    return c;
}

static struct search_doc doc_of(struct arena *a, size_t i)
{
    Str *text = NEW_ARRAY(a, Str, 3);
    SearchValues *ward = NEW(a, SearchValues);
    double *number = NEW(a, double);
    text[0] = str_of(names[i % COUNT(names)]);
    text[1] = str_f(a, "%s\n%s", names[i / 3 % COUNT(names)], names[i / 7 % COUNT(names)]);
    text[2] = str_of(wards[i % COUNT(wards)]);
    *ward = (SearchValues){ &text[2], i % 4 ? 1 : 0 };
    *number = (double)i;
    return (struct search_doc){ .id = (int64_t)i, .sort = text[0], .field = text, .facet = ward, .number = number };
}

static struct search *make_index(void)
{
    enum { DOCS = 200, CHANGED = 20 };
    struct arena a = arena_make((size_t)64 << 20, NULL);
    schema.concepts = thesaurus();
    struct search_build *b = search_build_open(&schema, (size_t)64 << 20);
    for (size_t i = 0; i < DOCS; i++) {
        struct search_doc doc = doc_of(&a, i);
        MUST(!search_build_add(b, &doc));
    }
    struct search *first = search_build_close(b, 1), *changed;
    struct search_doc doc[CHANGED];
    for (size_t i = 0; i < CHANGED; i++) doc[i] = doc_of(&a, DOCS - CHANGED / 2 + i);
    MUST(!search_update(first, doc, CHANGED, (const int64_t[]){ 0, 5 }, 2, &changed));
    search_release(first);
    concepts_release(schema.concepts);
    arena_free(&a);
    return changed;
}

/* The first two bytes choose filter, page and order; the rest are the words. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct search *s;
    if (!s) s = make_index();
    if (n < 2) return 0;
    struct arena a = arena_make((size_t)256 << 20, NULL);
    Str ward = str_of(wards[data[0] % COUNT(wards)]);
    struct search_filter filter = { 0, { &ward, 1 } };
    struct search_range range = { 0, data[0], 255 };
    struct search_query q = {
        .words = { (const char *)data + 2, n - 2 }, .prefix = data[0] & 4, .order = data[0] & 8 ? SEARCH_BY_SORT_KEY : 0,
        .filter = &filter, .filters = data[0] >> 4 & 1, .range = &range, .ranges = data[0] >> 5 & 1, .count = 1,
        .offset = data[1] & 15, .limit = data[1] >> 4,
    };
    struct search_result r = search_find(s, &a, &q);
    MUST(r.total <= search_docs(s) && r.hits <= q.limit);
    MUST(r.hits == (r.total < q.offset ? 0 : r.total - q.offset < q.limit ? r.total - q.offset : q.limit));
    for (size_t i = 1; i < r.hits && q.order == SEARCH_BEST_FIRST; i++) MUST(r.hit[i - 1].score >= r.hit[i].score);
    for (size_t i = 1; i < r.counts[0].n; i++) MUST(r.counts[0].p[i - 1].docs >= r.counts[0].p[i].docs);
    MUST(utf8_valid(r.used) && r.loose == (r.used.n > 0));
    arena_free(&a);
    return 0;
}
