/* facet.h - facets: gathering sets of values, what each document has, and counting it. */
#ifndef ENGINE_SEARCH_FACET_H
#define ENGINE_SEARCH_FACET_H

#include "engine/search/segment.h"
#include "base/map.h"

/* The values sorted by bytes, each once. */
SearchValues values_set(struct arena *a, SearchValues v);

struct facet_build {                /* values and sets are numbered as they come                 */
    struct arena *a;
    struct map    values, sets;     /* a set's key: the bytes of its values' numbers             */
    struct { Str *p; size_t n, cap; } value, set;
};

struct facet_build facet_build_make(struct arena *a);
uint32_t  facet_build_set(struct facet_build *b, struct arena *scratch, SearchValues values);
/* Takes over the sets of a facet: the new number of each, in scratch. */
uint32_t *facet_build_take(struct facet_build *b, struct arena *scratch, const struct facet *f);
/* set: of each document, numbered as in b; afterwards as in the facet. */
void      facet_make(struct segment *s, int facet, const struct facet_build *b, uint32_t *set);
/* When all facets are made: which share a column; and the columns, from the sets of the documents by facet. */
void      columns_plan(struct segment *s);
void      columns_make(struct segment *s, uint32_t *const set[SEARCH_FACETS]);

bool facet_value(const struct facet *f, Str value, uint32_t *number);

struct matches {                    /* some documents of a segment                               */
    uint32_t        n;
    const uint32_t *docs;           /* ascending; NULL: only bits                                */
    const uint64_t *bits;           /* NULL: only docs                                           */
};
/* The documents as an array; made once. */
const uint32_t *matches_docs(struct matches *m, struct arena *a, uint32_t words);
const uint32_t *matches_first(const struct matches *m, struct arena *a, uint32_t words, uint32_t n);

/* count.c.  For each facet whose bit is set: count[facet][value] += how many of the documents have it. */
void facets_count(const struct segment *s, struct arena *a, struct matches *m, unsigned facets,
                  uint32_t *const count[SEARCH_FACETS]);

#endif
