/*
 * count.c - how many of the documents found have each value of the facets.  First how often each cell of a column appears, one look at a
 * document for all facets of the column; then how often each set does, facet by facet; then what is in the sets.
 */
#include "engine/search/facet.h"

enum {
    CHUNK = 64,                                     /* words of a bitmap made numbers at a time  */
    SHARE = 32,                                     /* of fewer documents than one for so many cells: one by one */
};

static void add_set(const struct facet *f, uint32_t set, uint32_t times, uint32_t *count)
{
    for (uint32_t k = f->set_start[set]; k < f->set_start[set + 1]; k++) count[f->set_value[k]] += times;
}

/* ------------------------------------------------------------------ cells ------------------- */

/* Columns to be counted, and how often each of their cells appears. */
struct tally { const struct column *column[SEARCH_FACETS]; uint32_t *times[SEARCH_FACETS]; int n; };

static void tally_docs(const struct tally *t, const uint32_t *docs, uint32_t n)
{
    for (int k = 0; k < t->n; k++) {
        const struct column *c = t->column[k];
        uint32_t *times = t->times[k];
        for (uint32_t i = 0; c->cell8 && i < n; i++) times[c->cell8[docs[i]]]++;
        for (uint32_t i = 0; c->cell16 && i < n; i++) times[c->cell16[docs[i]]]++;
        for (uint32_t i = 0; c->cell32 && i < n; i++) times[c->cell32[docs[i]]]++;
    }
}

static void tally_bits(const struct tally *t, const uint64_t *bits, uint32_t words)
{
    uint32_t docs[CHUNK * 64];
    for (uint32_t from = 0; from < words; from += CHUNK) {
        uint32_t n = 0;
        for (uint32_t w = from; w < words && w < from + CHUNK; w++)
            for (uint64_t left = bits[w]; left; left &= left - 1) docs[n++] = w * 64 + (uint32_t)__builtin_ctzll(left);
        tally_docs(t, docs, n);
    }
}

/* ------------------------------------------------------------------ sets -------------------- */

/* Of `higher` rows of `sets` cells each: adds up the columns, and puts the sum of each row in its place. */
static void add_up(uint32_t *times, uint32_t higher, uint32_t sets, uint32_t *seen)
{
    for (uint32_t row = 0; row < higher; row++) {
        uint32_t sum = 0;
        for (uint32_t set = 0; set < sets; set++) {
            uint32_t here = times[(size_t)row * sets + set];
            seen[set] += here;
            sum += here;
        }
        times[row] = sum;
    }
}

/* A column's facets from that of the lowest place on.  times is used up. */
static void give_counts(const struct segment *s, struct arena *a, int column, uint32_t *times, unsigned facets, uint32_t sign,
                        uint32_t *const count[SEARCH_FACETS])
{
    uint32_t higher = s->column[column].cells;
    for (int k = 0; k < s->schema.facets; k++) {
        const struct facet *f = &s->facet[k];
        if (f->column != column) continue;
        uint32_t *seen = NEW_ARRAY(a, uint32_t, f->sets);
        add_up(times, higher /= f->sets, f->sets, seen);
        for (uint32_t set = 0; facets >> k & 1 && set < f->sets; set++)
            if (seen[set]) add_set(f, set, sign * seen[set], count[k]);
    }
}

/* ------------------------------------------------------------------ documents --------------- */

static unsigned facets_in(const struct segment *s, int column)
{
    unsigned facets = 0;
    for (int f = 0; f < s->schema.facets; f++) facets |= (unsigned)(s->facet[f].column == column) << f;
    return facets;
}

static void count_each(const struct segment *s, struct arena *a, struct matches *m, unsigned facets, uint32_t *const count[SEARCH_FACETS])
{
    const uint32_t *docs = matches_docs(m, a, s->words);
    for (uint32_t i = 0; i < m->n; i++)
        for (unsigned left = facets; left; left &= left - 1) {
            int f = __builtin_ctz(left);
            add_set(&s->facet[f], set_of(s, docs[i], f), 1, count[f]);
        }
}

static void count_cells(const struct segment *s, struct arena *a, const struct matches *m, unsigned facets, uint32_t sign,
                        uint32_t *const count[SEARCH_FACETS])
{
    struct tally t = { .n = 0 };
    for (int c = 0; c < s->columns; c++) {
        if (!(facets & facets_in(s, c))) continue;
        t.column[t.n] = &s->column[c];
        t.times[t.n++] = NEW_ARRAY(a, uint32_t, s->column[c].cells);
    }
    if (m->docs) tally_docs(&t, m->docs, m->n);
    else tally_bits(&t, m->bits, s->words);
    for (int k = 0; k < t.n; k++) give_counts(s, a, (int)(t.column[k] - s->column), t.times[k], facets, sign, count);
}

/* Of nearly all documents, those that are not there are counted and taken from the whole. */
static void count_missing(const struct segment *s, struct arena *a, const struct matches *m, unsigned facets,
                          uint32_t *const count[SEARCH_FACETS])
{
    uint64_t *missing = NEW_ARRAY(a, uint64_t, s->words);
    for (uint32_t w = 0; w < s->words; w++) missing[w] = ~m->bits[w];
    if (s->docs % 64) missing[s->words - 1] &= ~(uint64_t)0 >> (64 - s->docs % 64);
    for (unsigned left = facets; left; left &= left - 1) {
        int f = __builtin_ctz(left);
        for (uint32_t v = 0; v < s->facet[f].values; v++) count[f][v] += postings_list(&s->facet[f].docs, v).n;
    }
    count_cells(s, a, &(struct matches){ .n = s->docs - m->n, .bits = missing }, facets, ~0u, count);
}

void facets_count(const struct segment *s, struct arena *a, struct matches *m, unsigned facets, uint32_t *const count[SEARCH_FACETS])
{
    unsigned each = 0;
    for (int c = 0; c < s->columns; c++)
        if (m->n < s->column[c].cells / SHARE) each |= facets & facets_in(s, c);
    if (each) count_each(s, a, m, each, count);
    facets &= ~each;
    if (!facets) return;
    if (m->bits && s->docs - m->n < m->n) count_missing(s, a, m, facets, count);
    else count_cells(s, a, m, facets, 1, count);
}
