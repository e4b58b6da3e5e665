/* build.h - making a segment: from the caller's documents, or from those of other segments. */
#ifndef ENGINE_SEARCH_BUILD_H
#define ENGINE_SEARCH_BUILD_H

#include "engine/search/segment.h"

/* Takes over the documents of a segment, but those whose bit is set; NULL: all of them. */
enum err        build_take(struct search_build *b, const struct segment *s, const uint64_t *without) MUST_USE;
struct segment *build_segment(struct search_build *b, int threads);     /* and frees it          */
void            build_free(struct search_build *b);

uint64_t fingerprint(struct arena *scratch, const struct search_schema *schema, const struct search_doc *doc);

#endif
