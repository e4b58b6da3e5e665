#include "engine/network/structure.h"
#include "engine/network/graph.h"
#include "engine/network/large.h"

struct search {
    const struct network *network;
    size_t   *next;                 /* the link to follow next: its sales, then its purchases    */
    uint32_t *number;               /* in order of discovery from 1; 0: not yet                  */
    uint32_t *low;                  /* the least number reached by one link from it or those after it */
    uint32_t *path, depth, numbered;
    bool     *cuts;
};

/* The next neighbour of i by links of either direction; NOBODY: that was all. */
static uint32_t next_neighbour(struct search *s, uint32_t i)
{
    const struct network *n = s->network;
    size_t k = s->next[i]++, sales = n->sold_at[i + 1] - n->sold_at[i];
    if (k < sales) return n->sold_to[n->sold_at[i] + k];
    k += n->bought_at[i] - sales;
    return k < n->bought_at[i + 1] ? n->bought_from[k] : NOBODY;
}

static void enter(struct search *s, uint32_t i)
{
    s->number[i] = s->low[i] = ++s->numbered;
    s->path[s->depth++] = i;
}

/* i has been followed to the end.  Its predecessor on the path cuts it off where nothing from it on goes back beyond. */
static void leave(struct search *s, uint32_t i)
{
    if (!--s->depth) return;
    uint32_t before = s->path[s->depth - 1];
    if (s->low[i] < s->low[before]) s->low[before] = s->low[i];
    if (s->depth > 1 && s->low[i] >= s->number[before]) s->cuts[before] = true;
}

static void follow(struct search *s, uint32_t root)
{
    uint32_t branches = 0;
    enter(s, root);
    while (s->depth) {
        uint32_t i = s->path[s->depth - 1], to = next_neighbour(s, i);
        if (to == NOBODY) leave(s, i);
        else if (s->number[to]) {
            if (s->number[to] < s->low[i]) s->low[i] = s->number[to];
        } else {
            branches += i == root;
            enter(s, to);
        }
    }
    s->cuts[root] = branches > 1;
}

enum err structure_articulation(const struct network *n, bool *cuts)
{
    struct arena a = scratch_for(n, 32, 3, 0);
    struct search s = { n, .next = NEW_LARGE(&a, size_t, n->firms), .number = NEW_LARGE(&a, uint32_t, n->firms),
                        .low = NEW_LARGE(&a, uint32_t, n->firms), .path = NEW_ARRAY(&a, uint32_t, n->firms), .cuts = cuts };
    for (uint32_t i = 0; i < n->firms; i++) cuts[i] = false;
    for (uint32_t i = 0; i < n->firms; i++)
        if (!s.number[i]) follow(&s, i);
    arena_free(&a);
    return OK;
}
