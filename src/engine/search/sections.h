/*
 * sections.h - an index as a row of sections, arrays that are the same bytes in memory and in its file.  One walk over them serves both
 * ways, so that what is written and what is read cannot differ: saving gathers them, opening points into the file.
 */
#ifndef ENGINE_SEARCH_SECTIONS_H
#define ENGINE_SEARCH_SECTIONS_H

#include "engine/search/snapshot.h"

enum { SECTION_ALIGN = 64 };

struct section { uint64_t at, bytes; };             /* in the file                                */
struct piece   { const void *p; size_t bytes; };    /* in memory                                  */

struct walk {
    struct arena *a;                /* what is needed beside the file; it lives with what is opened */
    bool          opening;
    struct { struct piece *p; size_t n, cap; } pieces;      /* saving: all sections               */
    Str                   file;     /* opening                                                   */
    const struct section *section;
    size_t                sections, next;
    bool                  wrong;    /* the file is not what the walk expects: nothing more is looked at */
};

/* opening: docs, schema, arena and room of s are the caller's. */
void walk_segment(struct walk *w, struct segment *s);
void walk_parts(struct walk *w, int *parts);
void walk_dead(struct walk *w, struct part *p);

/*
 * Whether whatever bytes came with an opened part can be worked on: every number that is an index is within its array, every list is
 * ascending, every count is true.  Not whether they are the right ones.
 */
enum { ASPECTS = 4 + SEARCH_FACETS + FACT_KINDS };               /* to be looked at in any order, by several threads */
bool part_sound(const struct part *p, size_t aspect);

#endif
