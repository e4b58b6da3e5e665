/*
 * best.h - the best documents of a segment so far, by score, then number: a heap with the worst of them on top.
 */
#ifndef ENGINE_SEARCH_BEST_H
#define ENGINE_SEARCH_BEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ranked { uint32_t doc, score; };
struct best { uint64_t *key; size_t n, most; };         /* score << 32 | ~doc; room for `most`, which is not 0 */

void   best_put(struct best *b, uint64_t key);
size_t best_empty(struct best *b, struct ranked *out);  /* best first                                */

static inline bool     best_full(const struct best *b) { return b->n == b->most; }
static inline uint32_t best_worst(const struct best *b) { return (uint32_t)(b->key[0] >> 32); }      /* there is one */
static inline void     best_offer(struct best *b, uint32_t score, uint32_t doc)
{
    uint64_t key = (uint64_t)score << 32 | (uint32_t)~doc;
    if (b->n < b->most || key > b->key[0]) best_put(b, key);
}

#endif
