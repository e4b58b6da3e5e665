/* map.h - a hash table from text to a number (an index into somebody's array), inside an arena. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/text.h"

struct map_cell { Str key; uint64_t hash; int64_t value; };
struct map {
    struct arena    *a;
    struct map_cell *cells;         /* a power of two of them; key.p == NULL means empty         */
    size_t           n, cap;
};

struct map map_make(struct arena *a, size_t expected);
bool       map_get(const struct map *m, Str key, int64_t *value);
/* Puts the value unless the key is there; the stored value's place either way, good until the next
 * map_put().  The key is borrowed. */
int64_t   *map_put(struct map *m, Str key, int64_t value, bool *added);

#endif
