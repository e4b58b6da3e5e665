/*
 * diamonds.c - a search against the links from each direct supplier of a buyer, for 64 of them at once: a firm keeps a word with a bit
 * for each that depends on it (Then et al., "The More the Merrier: Efficient Multi-Source Graph Traversal", PVLDB 8(4), 2014).
 */
#include "engine/network/structure.h"
#include "engine/network/graph.h"

#include <stdlib.h>

enum { BITS = 64 };

struct firm_list { uint32_t *p, n; };

struct search {
    const struct network *network;
    uint32_t  buyer;
    uint64_t *seen, *now, *next;    /* by firm: dependents found so far, in the last step, in this one */
    struct firm_list touched, front, ahead;
    uint32_t *dependents;
};

static void list_add(struct firm_list *l, uint32_t firm) { l->p[l->n++] = firm; }

/* One tier further, not through the buyer. */
static void step(struct search *s)
{
    const struct network *n = s->network;
    s->ahead.n = 0;
    for (uint32_t f = 0; f < s->front.n; f++) {
        uint32_t j = s->front.p[f];
        for (size_t k = n->bought_at[j]; k < n->bought_at[j + 1]; k++) {
            uint32_t i = n->bought_from[k];
            uint64_t fresh = s->now[j] & ~s->seen[i];
            if (!fresh || i == s->buyer) continue;
            if (!s->next[i]) list_add(&s->ahead, i);
            s->next[i] |= fresh;
        }
    }
    for (uint32_t f = 0; f < s->front.n; f++) s->now[s->front.p[f]] = 0;
    for (uint32_t f = 0; f < s->ahead.n; f++) {
        uint32_t i = s->ahead.p[f];
        if (!s->seen[i]) list_add(&s->touched, i);
        s->seen[i] |= s->now[i] = s->next[i];
        s->next[i] = 0;
    }
    struct firm_list done = s->front;
    s->front = s->ahead;
    s->ahead = done;
}

static void count_dependents(struct search *s, const uint32_t *suppliers, uint32_t count, uint32_t depth)
{
    s->front.n = s->touched.n = 0;
    for (uint32_t b = 0; b < count; b++) {
        s->seen[suppliers[b]] = s->now[suppliers[b]] = 1ull << b;
        list_add(&s->front, suppliers[b]);
        list_add(&s->touched, suppliers[b]);
    }
    for (uint32_t tier = 0; tier < depth && s->front.n; tier++) step(s);
    for (uint32_t f = 0; f < s->front.n; f++) s->now[s->front.p[f]] = 0;
    for (uint32_t t = 0; t < s->touched.n; t++) {
        uint32_t i = s->touched.p[t];
        s->dependents[i] += (uint32_t)__builtin_popcountll(s->seen[i]);
        s->seen[i] = 0;
    }
    for (uint32_t b = 0; b < count; b++) s->dependents[suppliers[b]]--;     /* not on itself      */
}

static int most_first(const void *x, const void *y)
{
    const struct diamond *a = x, *b = y;
    if (a->dependents != b->dependents) return a->dependents > b->dependents ? -1 : 1;
    return a->firm < b->firm ? -1 : a->firm > b->firm;
}

static struct search search_make(struct arena *a, const struct network *n, uint32_t buyer)
{
    struct search s = { n, buyer, NEW_ARRAY(a, uint64_t, n->firms), NEW_ARRAY(a, uint64_t, n->firms), NEW_ARRAY(a, uint64_t, n->firms) };
    s.touched.p = NEW_ARRAY(a, uint32_t, n->firms);
    s.front.p = NEW_ARRAY(a, uint32_t, n->firms);
    s.ahead.p = NEW_ARRAY(a, uint32_t, n->firms);
    s.dependents = NEW_ARRAY(a, uint32_t, n->firms);
    return s;
}

enum err structure_diamonds(struct arena *a, const struct network *n, uint32_t buyer, uint32_t depth, struct diamond **out, size_t *count)
{
    if (!firms_valid(n, &buyer, 1)) return ERR_INVALID;
    struct arena scratch = scratch_for(n, 64, 0, 0);
    struct search s = search_make(&scratch, n, buyer);
    for (size_t k = n->bought_at[buyer], end = n->bought_at[buyer + 1]; k < end;) {
        uint32_t suppliers[BITS], some = 0;
        for (; k < end && some < BITS; k++)
            if (n->bought_from[k] != buyer) suppliers[some++] = n->bought_from[k];
        count_dependents(&s, suppliers, some, depth);
    }
    *count = 0;
    for (uint32_t i = 0; i < n->firms; i++) *count += s.dependents[i] > 1;
    struct diamond *d = *out = NEW_ARRAY(a, struct diamond, *count);
    for (uint32_t i = 0; i < n->firms; i++)
        if (s.dependents[i] > 1) *d++ = (struct diamond){ i, s.dependents[i] };
    qsort(*out, *count, sizeof **out, most_first);
    arena_free(&scratch);
    return OK;
}
