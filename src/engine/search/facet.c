#include "engine/search/facet.h"
#include "engine/search/kernel.h"

#include <stdlib.h>

static int by_bytes(const void *x, const void *y) { return str_cmp(*(const Str *)x, *(const Str *)y); }

SearchValues values_set(struct arena *a, SearchValues v)
{
    Str *p = NEW_ARRAY(a, Str, v.n);
    size_t n = 0;
    if (v.n) memcpy(p, v.p, v.n * sizeof *p);
    if (v.n > 1) qsort(p, v.n, sizeof *p, by_bytes);
    for (size_t i = 0; i < v.n; i++)
        if (!n || !str_eq(p[n - 1], p[i])) p[n++] = p[i];
    return (SearchValues){ p, n };
}

/* ------------------------------------------------------------------ making ------------------ */

struct facet_build facet_build_make(struct arena *a)
{
    return (struct facet_build){ .a = a, .values = map_make(a, 64), .sets = map_make(a, 64) };
}

static uint32_t value_of(struct facet_build *b, Str value)
{
    int64_t known;
    bool added;
    if (map_get(&b->values, value, &known)) return (uint32_t)known;
    Str copy = str_dup(b->a, value);
    map_put(&b->values, copy, (int64_t)b->value.n, &added);
    *GROW(b->a, b->value) = copy;
    return (uint32_t)b->value.n - 1;
}

static uint32_t set_of(struct facet_build *b, const uint32_t *values, size_t n)
{
    Str key = { (const char *)values, n * sizeof *values };
    int64_t known;
    bool added;
    if (map_get(&b->sets, n ? key : S(""), &known)) return (uint32_t)known;
    Str copy = n ? (Str){ memcpy(NEW_ARRAY(b->a, uint32_t, n), values, key.n), key.n } : S("");
    map_put(&b->sets, copy, (int64_t)b->set.n, &added);
    *GROW(b->a, b->set) = copy;
    return (uint32_t)b->set.n - 1;
}

uint32_t facet_build_set(struct facet_build *b, struct arena *scratch, SearchValues values)
{
    SearchValues set = values_set(scratch, values);
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, set.n);
    for (size_t i = 0; i < set.n; i++) number[i] = value_of(b, set.p[i]);
    return set_of(b, number, set.n);
}

uint32_t *facet_build_take(struct facet_build *b, struct arena *scratch, const struct facet *f)
{
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, f->sets), *value = NEW_ARRAY(scratch, uint32_t, f->values);
    for (uint32_t set = 0; set < f->sets; set++) {
        uint32_t from = f->set_start[set], n = f->set_start[set + 1] - from;
        for (uint32_t i = 0; i < n; i++) value[i] = value_of(b, f->value[f->set_value[from + i]]);
        number[set] = set_of(b, value, n);
    }
    return number;
}

static size_t set_size(const struct facet_build *b, uint32_t set) { return b->set.p[set].n / sizeof(uint32_t); }

static uint32_t set_item(const struct facet_build *b, uint32_t set, size_t i)
{
    uint32_t value;
    memcpy(&value, b->set.p[set].p + i * sizeof value, sizeof value);
    return value;
}

/* Numbers the sets in use as they appear; used[] becomes their old numbers. */
static void make_column(struct facet *f, struct arena *a, const uint32_t *set, uint32_t docs, uint32_t *used,
                        uint32_t *number)
{
    f->set_of = NEW_ARRAY(a, uint32_t, docs);
    for (uint32_t d = 0; d < docs; d++) {
        if (!number[set[d]]) {
            used[f->sets++] = set[d];
            number[set[d]] = f->sets;               /* from 1, since 0 says unseen               */
        }
        f->set_of[d] = number[set[d]] - 1;
    }
}

static void make_values(struct facet *f, struct arena *a, const struct facet_build *b, const uint32_t *used,
                        struct arena *scratch)
{
    bool *seen = NEW_ARRAY(scratch, bool, b->value.n);
    size_t items = 0;
    for (uint32_t set = 0; set < f->sets; set++)
        for (size_t i = 0; i < set_size(b, used[set]); i++, items++) seen[set_item(b, used[set], i)] = true;
    f->value = NEW_ARRAY(a, Str, b->value.n);
    for (size_t v = 0; v < b->value.n; v++)
        if (seen[v]) f->value[f->values++] = str_dup(a, b->value.p[v]);
    if (f->values) qsort(f->value, f->values, sizeof *f->value, by_bytes);
    f->set_start = NEW_ARRAY(a, uint32_t, f->sets + (size_t)1);
    f->set_value = NEW_ARRAY(a, uint32_t, items);
    uint32_t n = 0;
    for (uint32_t set = 0; set < f->sets; set++) {
        f->set_start[set] = n;
        for (size_t i = 0; i < set_size(b, used[set]); i++)
            MUST(facet_value(f, b->value.p[set_item(b, used[set], i)], &f->set_value[n++]));
    }
    f->set_start[f->sets] = n;
}

static void make_lists(struct facet *f, struct arena *a, uint32_t docs, struct arena *scratch)
{
    uint32_t *count = NEW_ARRAY(scratch, uint32_t, f->values), *at = NEW_ARRAY(scratch, uint32_t, f->values);
    for (uint32_t d = 0; d < docs; d++)
        for (uint32_t i = f->set_start[f->set_of[d]]; i < f->set_start[f->set_of[d] + 1]; i++) count[f->set_value[i]]++;
    postings_plan(&f->docs, a, count, f->values, docs, false, at);
    for (uint32_t d = 0; d < docs; d++)
        for (uint32_t i = f->set_start[f->set_of[d]]; i < f->set_start[f->set_of[d] + 1]; i++)
            postings_put(&f->docs, at, f->set_value[i], d, 0);
    f->scan_cost = f->docs.start[f->values] + f->docs.commons * (size_t)(docs / 64 + 1) / 2;
}

void facet_make(struct facet *f, struct arena *a, const struct facet_build *b, const uint32_t *set, uint32_t docs)
{
    struct arena scratch = arena_make(SIZE_MAX / 2, NULL);      /* a small multiple of what b holds  */
    uint32_t *used = NEW_ARRAY(&scratch, uint32_t, b->set.n), *number = NEW_ARRAY(&scratch, uint32_t, b->set.n);
    make_column(f, a, set, docs, used, number);
    make_values(f, a, b, used, &scratch);
    make_lists(f, a, docs, &scratch);
    arena_free(&scratch);
}

/* ------------------------------------------------------------------ asking ------------------ */

bool facet_value(const struct facet *f, Str value, uint32_t *number)
{
    uint32_t low = 0, high = f->values;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (str_cmp(f->value[mid], value) < 0) low = mid + 1;
        else high = mid;
    }
    *number = low;
    return low < f->values && str_eq(f->value[low], value);
}

static uint32_t *docs_of_bits(struct arena *a, const uint64_t *bits, uint64_t flip, uint32_t n, uint32_t words)
{
    uint32_t *docs = NEW_ARRAY(a, uint32_t, n), *to = docs;
    for (uint32_t w = 0; w < words && to < docs + n; w++)
        for (uint64_t left = bits[w] ^ flip; left && to < docs + n; left &= left - 1)
            *to++ = w * 64 + (uint32_t)__builtin_ctzll(left);
    return docs;
}

const uint32_t *matches_docs(struct matches *m, struct arena *a, uint32_t words)
{
    if (!m->docs) m->docs = docs_of_bits(a, m->bits, 0, m->n, words);
    return m->docs;
}

const uint32_t *matches_first(const struct matches *m, struct arena *a, uint32_t words, uint32_t n)
{
    return m->docs ? m->docs : docs_of_bits(a, m->bits, 0, n, words);
}

/* The column: how often each set appears, then what is in the sets.  Four counters for each set, since the same one
 * often comes twice in a row and would wait for itself. */
static void count_column(const struct facet *f, struct arena *a, const uint32_t *docs, uint32_t n, uint32_t sign,
                         uint32_t *count)
{
    if (n < f->sets) {
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t k = f->set_start[f->set_of[docs[i]]]; k < f->set_start[f->set_of[docs[i]] + 1]; k++)
                count[f->set_value[k]] += sign;
        return;
    }
    enum { LANES = 4 };
    uint32_t (*seen)[LANES] = arena_alloc(a, sizeof *seen, 16, f->sets), i = 0;
    for (; i + LANES <= n; i += LANES)
        for (uint32_t lane = 0; lane < LANES; lane++) seen[f->set_of[docs[i + lane]]][lane]++;
    for (; i < n; i++) seen[f->set_of[docs[i]]][0]++;
    for (uint32_t set = 0; set < f->sets; set++) {
        uint32_t all = seen[set][0] + seen[set][1] + seen[set][2] + seen[set][3];
        if (!all) continue;
        for (uint32_t k = f->set_start[set]; k < f->set_start[set + 1]; k++) count[f->set_value[k]] += sign * all;
    }
}

static void count_lists(const struct facet *f, uint32_t words, const uint64_t *bits, uint32_t *count)
{
    for (uint32_t v = 0; v < f->values; v++) {
        struct list l = postings_list(&f->docs, v);
        if (l.bits) count[v] += (uint32_t)kernel->count(l.bits, bits, words);
        else for (uint32_t i = 0; i < l.n; i++) count[v] += bit_of(bits, l.docs[i]);
    }
}

/* Of nearly all documents, those that are not there are counted and taken from the whole. */
static void count_missing(const struct facet *f, const struct segment *s, struct arena *a, struct matches *m,
                          uint32_t *count)
{
    uint32_t missing = s->docs - m->n;
    for (uint32_t v = 0; v < f->values; v++) count[v] += postings_list(&f->docs, v).n;
    if (!m->missing) m->missing = docs_of_bits(a, m->bits, ~(uint64_t)0, missing, s->words);
    count_column(f, a, m->missing, missing, ~0u, count);
}

void facet_count(const struct facet *f, const struct segment *s, struct arena *a, struct matches *m, uint32_t *count)
{
    uint32_t missing = s->docs - m->n, least = m->n < missing ? m->n : missing;
    if (m->bits && f->scan_cost < least) count_lists(f, s->words, m->bits, count);
    else if (m->bits && missing < m->n) count_missing(f, s, a, m, count);
    else count_column(f, a, matches_docs(m, a, s->words), m->n, 1, count);
}
