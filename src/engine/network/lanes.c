#include "engine/network/lanes.h"

enum { BLOCK = 4096 };              /* firms between two looks at whether to stop                */

size_t lanes_bytes(uint32_t firms, uint32_t industries)
{
    return 3 * LARGE_BYTES(struct lane_row, firms) + LARGE_BYTES(struct lane_row, industries);
}

void lanes_make(struct arena *a, const struct operators *o, const struct sweep *sweep, struct lanes *l)
{
    uint32_t n = o->n->firms;
    *l = (struct lanes){ .o = o, .sweep = sweep, .up = NEW_LARGE(a, struct lane_row, n), .down = NEW_LARGE(a, struct lane_row, n),
                         .spare = NEW_LARGE(a, struct lane_row, n), .left = NEW_LARGE(a, struct lane_row, o->n->industries) };
}

static void close_firm(struct lanes *l, int lane) { l->up[l->firm[lane]].lane[lane] = l->down[l->firm[lane]].lane[lane] = 1; }

int lanes_take(struct lanes *l, size_t place, uint32_t firm, uint32_t steps)
{
    int lane = 0;
    while (l->busy[lane]) MUST(++lane < LANES);
    l->closures++;
    l->busy[lane] = true;
    l->place[lane] = place;
    l->firm[lane] = firm;
    l->steps[lane] = steps;
    close_firm(l, lane);
    return lane;
}

/* ---- a step --------------------------------------------------------------------------------- */

static bool stopped(const struct lane_end *end) { return end->stop && atomic_load_explicit(end->stop, memory_order_relaxed); }

/* The next block of 0 .. n-1, unless the work is to stop. */
static bool next_block(const struct lane_end *end, uint32_t n, uint32_t *from, uint32_t *to)
{
    *from = *to;
    if (*from >= n || stopped(end)) return false;
    *to = n - *from < BLOCK ? n : *from + BLOCK;
    return true;
}
#define EACH_BLOCK(end, n) for (uint32_t from, to = 0; next_block(end, n, &from, &to);)

/* Where differences of sums do not tell what is left of a market, it is summed firm by firm. */
static void sum_doubtful(struct lanes *l)
{
    const struct operators *o = l->o;
    for (uint32_t g = 0; g < o->n->industries; g++)
        for (int lane = 0; lane < LANES; lane++) {
            if (!market_doubtful(l->left[g].lane[lane], o->market[g])) continue;
            double left = 0;
            for (uint32_t m = o->members_at[g]; m < o->members_at[g + 1]; m++)
                left += o->n->sales[o->members[m]] * (1 - l->down[o->members[m]].lane[lane]);
            l->left[g].lane[lane] = left;
        }
}

static void sweep_all(struct lanes *l, const struct lane_end *end, struct lane_row *most)
{
    uint32_t firms = l->o->n->firms;
    for (uint32_t g = 0; g < l->o->n->industries && !stopped(end); g++) l->sweep->lost(l, g, g + 1);
    sum_doubtful(l);
    EACH_BLOCK(end, firms) l->sweep->shares(l, from, to);
    EACH_BLOCK(end, firms) l->sweep->downstream(l, from, to, most);
    EACH_BLOCK(end, firms) l->sweep->upstream(l, from, to, most);
    struct lane_row *next = l->spare;
    l->spare = l->up;
    l->up = next;
}

/* Hands over the results of the lanes that are done, and empties them. */
static void finish(struct lanes *l, const struct lane_end *end, const bool *done)
{
    struct lane_row keep, sum[3] = { 0 };
    for (int lane = 0; lane < LANES; lane++) keep.lane[lane] = l->busy[lane] && !done[lane];
    EACH_BLOCK(end, l->o->n->firms) l->sweep->finish(l, from, to, &keep, sum);
    for (int lane = 0; lane < LANES; lane++) {
        if (!done[lane]) continue;
        struct risk lost = { sum[0].lane[lane], sum[1].lane[lane], sum[2].lane[lane], l->steps[lane] };
        if (!stopped(end)) end->done(end->with, l->place[lane], &lost);
        l->busy[lane] = false;
        l->closures--;
    }
}

void lanes_step(struct lanes *l, const struct lane_end *end)
{
    struct lane_row most = { 0 };
    bool done[LANES] = { 0 }, any = false;
    sweep_all(l, end, &most);
    for (int lane = 0; lane < LANES; lane++) {
        if (!l->busy[lane]) continue;
        close_firm(l, lane);
        done[lane] = ++l->steps[lane] >= end->most_steps || !(most.lane[lane] > end->tolerance) || stopped(end);
        any |= done[lane];
    }
    if (any) finish(l, end, done);
}
