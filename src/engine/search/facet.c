#include "engine/search/facet.h"
#include "engine/search/kernel.h"

#include <stdlib.h>

enum { FEW = 256 };                                 /* documents: not worth a table of sets      */

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

static uint32_t value_number(struct facet_build *b, Str value)
{
    int64_t known;
    bool added;
    if (map_get(&b->values, value, &known)) return (uint32_t)known;
    Str copy = str_dup(b->a, value);
    map_put(&b->values, copy, (int64_t)b->value.n, &added);
    *GROW(b->a, b->value) = copy;
    return (uint32_t)b->value.n - 1;
}

static uint32_t set_number(struct facet_build *b, const uint32_t *values, size_t n)
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
    for (size_t i = 0; i < set.n; i++) number[i] = value_number(b, set.p[i]);
    return set_number(b, number, set.n);
}

uint32_t *facet_build_take(struct facet_build *b, struct arena *scratch, const struct facet *f)
{
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, f->sets), *value = NEW_ARRAY(scratch, uint32_t, f->values);
    for (uint32_t set = 0; set < f->sets; set++) {
        uint32_t from = f->set_start[set], n = f->set_start[set + 1] - from;
        for (uint32_t i = 0; i < n; i++) value[i] = value_number(b, f->value[f->set_value[from + i]]);
        number[set] = set_number(b, value, n);
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
static void number_sets(struct facet *f, uint32_t *set, uint32_t docs, uint32_t *used, uint32_t *number)
{
    for (uint32_t d = 0; d < docs; d++) {
        if (!number[set[d]]) {
            used[f->sets++] = set[d];
            number[set[d]] = f->sets;               /* from 1, since 0 says unseen               */
        }
        set[d] = number[set[d]] - 1;
    }
}

static void keep_sets(struct facet *f, struct arena *a, const uint32_t *set, uint32_t docs)
{
    if (f->sets <= UINT8_MAX + 1) f->set8 = NEW_ARRAY(a, uint8_t, docs);
    else if (f->sets <= UINT16_MAX + 1) f->set16 = NEW_ARRAY(a, uint16_t, docs);
    else f->set32 = NEW_ARRAY(a, uint32_t, docs);
    for (uint32_t d = 0; d < docs; d++) {
        if (f->set8) f->set8[d] = (uint8_t)set[d];
        else if (f->set16) f->set16[d] = (uint16_t)set[d];
        else f->set32[d] = set[d];
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

static void make_lists(struct segment *s, int facet, struct arena *scratch)
{
    struct facet *f = &s->facet[facet];
    uint32_t *count = NEW_ARRAY(scratch, uint32_t, f->values), *at = NEW_ARRAY(scratch, uint32_t, f->values);
    for (uint32_t d = 0; d < s->docs; d++)
        for (uint32_t set = set_of(s, d, facet), i = f->set_start[set]; i < f->set_start[set + 1]; i++)
            count[f->set_value[i]]++;
    postings_plan(&f->docs, &s->a, count, f->values, s->docs, false, at);
    for (uint32_t d = 0; d < s->docs; d++)
        for (uint32_t set = set_of(s, d, facet), i = f->set_start[set]; i < f->set_start[set + 1]; i++)
            postings_put(&f->docs, at, f->set_value[i], d, 0);
    f->scan_cost = f->docs.start[f->values] + f->docs.commons * (size_t)s->words / 2;
}

void facet_make(struct segment *s, int facet, const struct facet_build *b, uint32_t *set)
{
    struct arena scratch = arena_make(s->room, NULL);
    uint32_t *used = NEW_ARRAY(&scratch, uint32_t, b->set.n), *number = NEW_ARRAY(&scratch, uint32_t, b->set.n);
    number_sets(&s->facet[facet], set, s->docs, used, number);
    keep_sets(&s->facet[facet], &s->a, set, s->docs);
    make_values(&s->facet[facet], &s->a, b, used, &scratch);
    make_lists(s, facet, &scratch);
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

static uint32_t *docs_of_bits(struct arena *a, const uint64_t *bits, uint32_t n, uint32_t words)
{
    uint32_t *docs = NEW_ARRAY(a, uint32_t, n), *to = docs;
    for (uint32_t w = 0; w < words && to < docs + n; w++)
        for (uint64_t left = bits[w]; left && to < docs + n; left &= left - 1)
            *to++ = w * 64 + (uint32_t)__builtin_ctzll(left);
    return docs;
}

const uint32_t *matches_docs(struct matches *m, struct arena *a, uint32_t words)
{
    if (!m->docs) m->docs = docs_of_bits(a, m->bits, m->n, words);
    return m->docs;
}

const uint32_t *matches_first(const struct matches *m, struct arena *a, uint32_t words, uint32_t n)
{
    return m->docs ? m->docs : docs_of_bits(a, m->bits, n, words);
}

static void add_set(const struct facet *f, uint32_t set, uint32_t times, uint32_t *count)
{
    for (uint32_t k = f->set_start[set]; k < f->set_start[set + 1]; k++) count[f->set_value[k]] += times;
}

/* A list of facets, by their bits. */
struct chosen { int facet[SEARCH_FACETS], n; };

static struct chosen chosen_of(unsigned bits)
{
    struct chosen c = { .n = 0 };
    for (; bits; bits &= bits - 1) c.facet[c.n++] = __builtin_ctz(bits);
    return c;
}

/* Some documents of a segment: an array, or those whose bit is set, or, flipped, is not. */
struct those { const uint32_t *docs; uint32_t n; const uint64_t *bits; uint64_t flip; };

/*
 * How often each set appears, in two tables by turns: one sum need not wait for the other where neighbours have the same set.  width is
 * known where this is called, so each width has loops of its own.
 */
static inline __attribute__((always_inline)) void tally_of(const struct segment *s, const struct facet *f, const struct those *t, uint32_t *seen, int width)
{
#define SET(doc) (width == 1 ? f->set8[doc] : width == 2 ? f->set16[doc] : f->set32[doc])
    for (uint32_t i = 0; t->docs && i < t->n; i++) seen[SET(t->docs[i]) * (size_t)2 + (i & 1)]++;
    for (uint32_t w = 0; !t->docs && w < s->words; w++) {
        uint64_t left = t->bits[w] ^ t->flip;
        if (w + 1 == s->words && s->docs % 64) left &= ~(uint64_t)0 >> (64 - s->docs % 64);
        for (uint32_t i; left; left &= left - 1) {
            i = (uint32_t)__builtin_ctzll(left);
            seen[SET(w * 64 + i) * (size_t)2 + (i & 1)]++;
        }
    }
#undef SET
}

static void tally(const struct segment *s, const struct facet *f, const struct those *t, uint32_t *seen)
{
    if (f->set8) tally_of(s, f, t, seen, 1);
    else if (f->set16) tally_of(s, f, t, seen, 2);
    else tally_of(s, f, t, seen, 4);
}

/* Many documents: first how often each set appears, then what is in the sets. */
static void count_sets(const struct segment *s, struct arena *a, const struct those *t, unsigned facets, uint32_t sign,
                       uint32_t *const count[SEARCH_FACETS])
{
    for (struct chosen c = chosen_of(facets); c.n--;) {
        const struct facet *f = &s->facet[c.facet[c.n]];
        uint32_t *seen = NEW_ARRAY(a, uint32_t, (size_t)f->sets * 2);
        tally(s, f, t, seen);
        for (uint32_t set = 0; set < f->sets; set++) {
            uint32_t times = seen[set * (size_t)2] + seen[set * (size_t)2 + 1];
            if (times) add_set(f, set, sign * times, count[c.facet[c.n]]);
        }
    }
}

static void count_few(const struct segment *s, const uint32_t *docs, uint32_t n, unsigned facets,
                      uint32_t *const count[SEARCH_FACETS])
{
    struct chosen c = chosen_of(facets);
    for (uint32_t i = 0; i < n; i++)
        for (int k = 0; k < c.n; k++)
            add_set(&s->facet[c.facet[k]], set_of(s, docs[i], c.facet[k]), 1, count[c.facet[k]]);
}

/* A facet of few values: each value's bitmap with the documents'. */
static void count_lists(const struct facet *f, uint32_t words, const uint64_t *bits, uint32_t *count)
{
    for (uint32_t v = 0; v < f->values; v++) {
        struct list l = postings_list(&f->docs, v);
        if (l.bits) count[v] += (uint32_t)kernel->count(l.bits, bits, words);
        else for (uint32_t i = 0; i < l.n; i++) count[v] += bit_of(bits, l.docs[i]);
    }
}

/* Of nearly all documents, those that are not there are counted and taken from the whole. */
static void count_missing(const struct segment *s, struct arena *a, struct matches *m, unsigned facets,
                          uint32_t *const count[SEARCH_FACETS])
{
    struct chosen c = chosen_of(facets);
    for (int k = 0; k < c.n; k++)
        for (uint32_t v = 0; v < s->facet[c.facet[k]].values; v++)
            count[c.facet[k]][v] += postings_list(&s->facet[c.facet[k]].docs, v).n;
    count_sets(s, a, &(struct those){ .bits = m->bits, .flip = ~(uint64_t)0 }, facets, ~0u, count);
}

void facets_count(const struct segment *s, struct arena *a, struct matches *m, unsigned facets,
                  uint32_t *const count[SEARCH_FACETS])
{
    uint32_t missing = s->docs - m->n, least = m->n < missing ? m->n : missing;
    struct chosen c = chosen_of(facets);
    for (int k = 0; k < c.n && m->bits; k++) {
        if (s->facet[c.facet[k]].scan_cost >= least) continue;
        count_lists(&s->facet[c.facet[k]], s->words, m->bits, count[c.facet[k]]);
        facets &= ~(1u << c.facet[k]);
    }
    if (!facets) return;
    if (m->bits && missing < m->n) count_missing(s, a, m, facets, count);
    else if (m->n < FEW) count_few(s, matches_docs(m, a, s->words), m->n, facets, count);
    else count_sets(s, a, &(struct those){ .docs = m->docs, .n = m->n, .bits = m->bits }, facets, 1, count);
}
