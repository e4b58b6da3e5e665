/* graph.h - what the measures of structure.h and exposure.h share: links as arrows, the cycles among them, lists of firms. */
#ifndef ENGINE_NETWORK_GRAPH_H
#define ENGINE_NETWORK_GRAPH_H

#include "engine/network/network.h"

#define NOBODY UINT32_MAX

/* Arrows from i to to[at[i] .. at[i+1]), of one direction or the other; cut[i]: i has none after all; NULL: none is cut. */
struct arrows {
    uint32_t        n;
    const size_t   *at;
    const uint32_t *to;
    const bool     *cut;
};
static inline struct arrows arrows_sold(const struct network *n) { return (struct arrows){ n->firms, n->sold_at, n->sold_to }; }
static inline struct arrows arrows_bought(const struct network *n) { return (struct arrows){ n->firms, n->bought_at, n->bought_from }; }
static inline size_t arrows_end(const struct arrows *g, uint32_t i) { return g->cut && g->cut[i] ? g->at[i] : g->at[i + 1]; }

/*
 * The strongly connected components: firms from each of which arrows lead to all others of it (a cycle), or a single firm.
 * Arrows between components lead from greater to lesser numbers.  firm[at[c] .. at[c+1]) are those of c, in such an order that
 * most arrows within it lead back too.
 */
struct components {
    uint32_t        n;
    const size_t   *at;
    const uint32_t *firm, *of;
};
struct components components_of(struct arena *a, const struct arrows *g);

/* An arena for the working of one call: so many bytes for each firm at most, so many large arrays among them, more beside that. */
size_t scratch_bytes(const struct network *n, size_t firm_bytes, size_t large, size_t more);
struct arena scratch_for(const struct network *n, size_t firm_bytes, size_t large, size_t more);

/* The end of the slot of purchases that begins at `from`: what j buys of one industry. */
static inline size_t slot_end(const struct network *n, uint32_t j, size_t from)
{
    size_t end = from + 1;
    while (end < n->bought_at[j + 1] && n->industry[n->bought_from[end]] == n->industry[n->bought_from[from]]) end++;
    return end;
}

bool firms_valid(const struct network *n, const uint32_t *firms, size_t count);

#endif
