/*
 * snapshot.h - the index as its holders see it: a main segment, beside it a small one with what changed since, and the
 * documents of the main one that are no longer.  Segments are shared with the index before.
 */
#ifndef ENGINE_SEARCH_SNAPSHOT_H
#define ENGINE_SEARCH_SNAPSHOT_H

#include "engine/search/segment.h"

enum { MAIN, RECENT, PARTS };

struct search {
    atomic_int           holders;
    struct arena         a;         /* what it lives in itself                                   */
    size_t               room;
    struct search_schema schema;
    struct segment      *part[PARTS];       /* no RECENT: NULL                                   */
    uint64_t            *dead;      /* documents of MAIN; NULL: none                             */
    uint32_t             deads;
    struct {                        /* values of both parts: those of MAIN first                 */
        const Str *value;
        uint32_t   values;
        uint32_t  *of_recent;       /* the number here of each of RECENT                         */
    } facet[SEARCH_FACETS];
};

#endif
