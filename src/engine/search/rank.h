/* rank.h - the best documents of a segment. */
#ifndef ENGINE_SEARCH_RANK_H
#define ENGINE_SEARCH_RANK_H

#include "engine/search/best.h"
#include "engine/search/match.h"

/* The best n by score, then number; or the first n by number.  Gives how many there are. */
size_t rank_best(const struct segment *s, struct arena *a, const struct scoring *by, struct matches *m, size_t n,
                 struct ranked *out);
size_t rank_first(const struct segment *s, struct arena *a, const struct scoring *by, struct matches *m, size_t n,
                  struct ranked *out);

#endif
