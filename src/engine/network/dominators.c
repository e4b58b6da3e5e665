/*
 * dominators.c - Lengauer and Tarjan (1979), with simple path compression.  Firms are numbered as a depth-first search from the made-up
 * buyer of all buyers, number 0, comes upon them; all below is in those numbers.
 */
#include "engine/network/structure.h"
#include "engine/network/graph.h"
#include "engine/network/large.h"

struct tree {
    const struct network *network;
    uint32_t  n;                    /* numbers given, the made-up buyer's included               */
    uint32_t *number, *firm;        /* of a firm, NOBODY: not reached; and the other way round   */
    bool     *buyer;                /* supplies the made-up one                                  */
    uint32_t *parent;               /* in the search's tree                                      */
    uint32_t *semi;                 /* semidominator                                             */
    uint32_t *above, *best;         /* the forest of what is linked, and the least semi on the way up in it */
    uint32_t *bucket, *next;        /* those of a semidominator: the first, and the one after    */
    uint32_t *dominator;
    uint32_t *path;
};

static struct tree tree_make(struct arena *a, const struct network *n)
{
    size_t m = (size_t)n->firms + 1;
    struct tree t = { .network = n, .number = NEW_LARGE(a, uint32_t, m), .firm = NEW_ARRAY(a, uint32_t, m),
                      .buyer = NEW_ARRAY(a, bool, m), .parent = NEW_ARRAY(a, uint32_t, m),
                      .semi = NEW_LARGE(a, uint32_t, m), .above = NEW_LARGE(a, uint32_t, m), .best = NEW_LARGE(a, uint32_t, m),
                      .bucket = NEW_ARRAY(a, uint32_t, m), .next = NEW_ARRAY(a, uint32_t, m), .dominator = NEW_ARRAY(a, uint32_t, m),
                      .path = NEW_ARRAY(a, uint32_t, m) };
    for (size_t i = 0; i < n->firms; i++) t.number[i] = NOBODY;
    t.firm[t.n++] = NOBODY;
    return t;
}

static void tree_add(struct tree *t, uint32_t firm, uint32_t parent)
{
    uint32_t v = t->n++;
    t->number[firm] = v;
    t->firm[v] = firm;
    t->parent[v] = parent;
}

static void tree_search(struct arena *a, struct tree *t, const uint32_t *buyers, size_t count)
{
    const struct network *n = t->network;
    size_t *next = NEW_ARRAY(a, size_t, n->firms);
    for (size_t i = 0; i < n->firms; i++) next[i] = n->bought_at[i];
    for (size_t k = 0; k < count; k++) {
        t->buyer[buyers[k]] = true;
        if (t->number[buyers[k]] == NOBODY) tree_add(t, buyers[k], 0);
        for (uint32_t v = t->number[buyers[k]]; v;) {
            uint32_t j = t->firm[v];
            if (next[j] == n->bought_at[j + 1]) {
                v = t->parent[v];
                continue;
            }
            uint32_t i = n->bought_from[next[j]++];
            if (t->number[i] != NOBODY) continue;
            tree_add(t, i, v);
            v = t->number[i];
        }
    }
}

/* The number of least semidominator on the way from v up to the root of its tree in the forest, the root left out. */
static uint32_t best_above(struct tree *t, uint32_t v)
{
    uint32_t depth = 0;
    if (t->above[v] == NOBODY) return v;
    for (uint32_t u = v; t->above[t->above[u]] != NOBODY; u = t->above[u]) t->path[depth++] = u;
    while (depth) {                                 /* from the top, each now right below the root */
        uint32_t u = t->path[--depth], up = t->above[u];
        if (t->semi[t->best[up]] < t->semi[t->best[u]]) t->best[u] = t->best[up];
        t->above[u] = t->above[up];
    }
    return t->best[v];
}

static void find_semidominator(struct tree *t, uint32_t v)
{
    const struct network *n = t->network;
    uint32_t i = t->firm[v];
    if (t->buyer[i]) t->semi[v] = 0;
    for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++) {
        uint32_t from = t->number[n->sold_to[k]];
        if (from == NOBODY) continue;
        uint32_t semi = t->semi[best_above(t, from)];
        if (semi < t->semi[v]) t->semi[v] = semi;
    }
}

static void find_dominators(struct tree *t)
{
    for (uint32_t v = 0; v < t->n; v++) {
        t->semi[v] = t->best[v] = v;
        t->above[v] = t->bucket[v] = NOBODY;
    }
    for (uint32_t v = t->n - 1; v; v--) {
        uint32_t parent = t->parent[v];
        find_semidominator(t, v);
        t->next[v] = t->bucket[t->semi[v]];
        t->bucket[t->semi[v]] = v;
        t->above[v] = parent;
        for (uint32_t u = t->bucket[parent]; u != NOBODY; u = t->next[u]) {
            uint32_t best = best_above(t, u);
            t->dominator[u] = t->semi[best] < parent ? best : parent;
        }
        t->bucket[parent] = NOBODY;
    }
    for (uint32_t v = 1; v < t->n; v++)
        if (t->dominator[v] != t->semi[v]) t->dominator[v] = t->dominator[t->dominator[v]];
}

enum err structure_dominators(const struct network *n, const uint32_t *buyers, size_t count, uint32_t *dominator, uint32_t *guarded)
{
    if (!firms_valid(n, buyers, count)) return ERR_INVALID;
    struct arena a = scratch_for(n, 64, 4, 0);
    struct tree t = tree_make(&a, n);
    tree_search(&a, &t, buyers, count);
    find_dominators(&t);
    for (uint32_t i = 0; i < n->firms; i++) {
        dominator[i] = t.number[i] == NOBODY ? NO_TIER : t.firm[t.dominator[t.number[i]]];
        guarded[i] = 0;
    }
    for (uint32_t v = t.n - 1; v; v--)              /* a dominator comes before what it guards   */
        if (t.dominator[v]) guarded[t.firm[t.dominator[v]]] += guarded[t.firm[v]] + 1;
    arena_free(&a);
    return OK;
}
