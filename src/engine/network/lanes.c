#include "engine/network/lanes.h"

enum { BLOCK = 4096 };              /* firms between two looks at whether to stop                */

size_t lanes_bytes(uint32_t firms, uint32_t industries)
{
    return sizeof(struct lane_row) * (3 * (size_t)firms + industries + 4) + ((size_t)5 << 20);
}

void lanes_make(struct arena *a, const struct operators *o, const struct sweep *sweep, struct lanes *l)
{
    uint32_t n = o->n->firms;
    *l = (struct lanes){ .o = o, .sweep = sweep, .up = NEW_ARRAY(a, struct lane_row, n), .down = NEW_ARRAY(a, struct lane_row, n),
                         .spare = NEW_ARRAY(a, struct lane_row, n), .left = NEW_ARRAY(a, struct lane_row, o->n->industries) };
}

struct run {
    struct lanes *l;
    const struct lane_work *w;
    size_t   place[LANES];
    uint32_t firm[LANES], steps[LANES];
    bool     busy[LANES];
    int      closures;                              /* in lanes                                  */
};

static bool stopped(const struct run *r) { return r->w->stop && atomic_load_explicit(r->w->stop, memory_order_relaxed); }

/* The next block of 0 .. n-1, unless the run is to stop. */
static bool next_block(const struct run *r, uint32_t n, uint32_t *from, uint32_t *to)
{
    *from = *to;
    if (*from >= n || stopped(r)) return false;
    *to = n - *from < BLOCK ? n : *from + BLOCK;
    return true;
}
#define EACH_BLOCK(r, n) for (uint32_t from, to = 0; next_block(r, n, &from, &to);)

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

static void step(struct run *r, struct lane_row *most)
{
    struct lanes *l = r->l;
    uint32_t firms = l->o->n->firms;
    for (uint32_t g = 0; g < l->o->n->industries && !stopped(r); g++) l->sweep->lost(l, g, g + 1);
    sum_doubtful(l);
    EACH_BLOCK(r, firms) l->sweep->shares(l, from, to);
    EACH_BLOCK(r, firms) l->sweep->downstream(l, from, to, most);
    EACH_BLOCK(r, firms) l->sweep->upstream(l, from, to, most);
    struct lane_row *next = l->spare;
    l->spare = l->up;
    l->up = next;
}

static void close_firm(struct run *r, int lane)
{
    r->l->up[r->firm[lane]].lane[lane] = r->l->down[r->firm[lane]].lane[lane] = 1;
}

static void fill(struct run *r)
{
    for (int lane = 0; lane < LANES; lane++) {
        if (r->busy[lane] || !r->w->next(r->w->with, &r->place[lane], &r->firm[lane])) continue;
        r->busy[lane] = true;
        r->steps[lane] = 0;
        r->closures++;
        close_firm(r, lane);
    }
}

/* Takes the results of the lanes that are done, and empties them. */
static void finish(struct run *r, const bool *done)
{
    struct lane_row keep, sum[3] = { 0 };
    double all = r->l->o->n->all_weight;
    for (int lane = 0; lane < LANES; lane++) keep.lane[lane] = r->busy[lane] && !done[lane];
    EACH_BLOCK(r, r->l->o->n->firms) r->l->sweep->finish(r->l, from, to, &keep, sum);
    for (int lane = 0; lane < LANES; lane++) {
        if (!done[lane] || stopped(r)) continue;
        struct risk risk = { risk_part(sum[0].lane[lane], all), risk_part(sum[1].lane[lane], all), risk_part(sum[2].lane[lane], all),
                             r->steps[lane] };
        r->w->done(r->w->with, r->place[lane], &risk);
        r->busy[lane] = false;
        r->closures--;
    }
}

void lanes_run(struct lanes *l, const struct lane_work *w)
{
    struct run r = { l, w };
    for (fill(&r); r.closures && !stopped(&r); fill(&r)) {
        struct lane_row most = { 0 };
        bool done[LANES] = { 0 }, any = false;
        step(&r, &most);
        for (int lane = 0; lane < LANES; lane++) {
            if (!r.busy[lane]) continue;
            close_firm(&r, lane);
            done[lane] = ++r.steps[lane] >= w->most_steps || !(most.lane[lane] > w->tolerance);
            any |= done[lane];
        }
        if (any) finish(&r, done);
    }
}
