/*
 * snapshot.h - the index as its holders see it: segments, the first of them the greatest, each later one with what changed since, and of
 * each the documents that are no longer.  Segments are shared with the index before.
 */
#ifndef ENGINE_SEARCH_SNAPSHOT_H
#define ENGINE_SEARCH_SNAPSHOT_H

#include "engine/search/segment.h"

enum { PARTS = 6 };                 /* at most; a new one takes in those that are not much greater than itself */

struct part {
    struct segment *s;
    uint64_t       *dead;           /* its documents that are no longer; NULL: all are            */
    uint32_t        deads;
};

struct search {
    atomic_int           holders;
    struct arena         a;         /* what it lives in itself                                   */
    size_t               room;
    struct search_schema schema;
    struct part          part[PARTS];
    int                  parts;     /* one at least                                              */
    struct {                        /* values of all parts: those of the first, then others      */
        const Str *value;
        uint32_t   values;
        uint32_t  *of_part[PARTS];  /* the number here of each of its; of the first: NULL, the same */
    } facet[SEARCH_FACETS];
};

static inline uint32_t part_docs(const struct part *p) { return p->s->docs - p->deads; }

/* Takes over a holding of each segment; copies dead. */
struct search *search_of_parts(size_t room, const struct part *part, int parts);

#endif
