/* components.c - strongly connected components by Tarjan (1972), with a path of its own instead of recursion. */
#include "engine/network/graph.h"

struct search {
    const struct arrows *arrows;
    size_t   *next;                 /* the arrow to follow next                                  */
    uint32_t *number;               /* in order of discovery from 1; 0: not yet                  */
    uint32_t *low;                  /* the least number known to be reached within the component */
    uint32_t *path, *open;          /* firms being followed; those whose component is not known  */
    uint32_t  numbered, depth, opened;
    uint32_t *of, *firm, components, closed;
    size_t   *at;
};

static void enter(struct search *s, uint32_t i)
{
    s->number[i] = s->low[i] = ++s->numbered;
    s->next[i] = s->arrows->at[i];
    s->path[s->depth++] = s->open[s->opened++] = i;
}

/* i has been followed to the end: the root of its component takes all that was opened after it. */
static void leave(struct search *s, uint32_t i)
{
    s->depth--;
    if (s->depth) {
        uint32_t before = s->path[s->depth - 1];
        if (s->low[i] < s->low[before]) s->low[before] = s->low[i];
    }
    if (s->low[i] != s->number[i]) return;
    for (uint32_t member = NOBODY; member != i; s->of[member] = s->components)
        s->firm[s->closed++] = member = s->open[--s->opened];
    s->at[++s->components] = s->closed;
}

static void follow(struct search *s, uint32_t from)
{
    enter(s, from);
    while (s->depth) {
        uint32_t i = s->path[s->depth - 1];
        if (s->next[i] == arrows_end(s->arrows, i)) {
            leave(s, i);
            continue;
        }
        uint32_t to = s->arrows->to[s->next[i]++];
        if (!s->number[to]) enter(s, to);
        else if (s->of[to] == NOBODY && s->number[to] < s->low[i]) s->low[i] = s->number[to];
    }
}

struct components components_of(struct arena *a, const struct arrows *g)
{
    size_t n = g->n;
    struct search s = { .arrows = g, .next = NEW_ARRAY(a, size_t, n), .number = NEW_ARRAY(a, uint32_t, n), .low = NEW_ARRAY(a, uint32_t, n),
                        .path = NEW_ARRAY(a, uint32_t, n), .open = NEW_ARRAY(a, uint32_t, n), .of = NEW_ARRAY(a, uint32_t, n),
                        .firm = NEW_ARRAY(a, uint32_t, n), .at = NEW_ARRAY(a, size_t, n + 1) };
    for (size_t i = 0; i < n; i++) s.of[i] = NOBODY;
    for (uint32_t i = 0; i < g->n; i++)
        if (!s.number[i]) follow(&s, i);
    return (struct components){ s.components, s.at, s.firm, s.of };
}
