/* lanes.c - the sweeps of every make that this processor can do, on the same losses, byte by byte. */
#include "engine/network/lanes.h"
#include "small_networks.h"

enum { FIRMS = 300, LINKS = 2500 };

static void fill(struct rng *r, struct lane_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (int lane = 0; lane < LANES; lane++) {
            double x = chance(r);
            rows[i].lane[lane] = x < 0.3 ? 0 : x > 0.9 ? 1 : chance(r);
        }
}

/* What each sweep leaves behind, in the order of a step. */
struct trace {
    struct lane_row left[FIRMS], shares[FIRMS], down[FIRMS], up[FIRMS], emptied[2 * FIRMS], sum[3], most[2];
};

static void keep_rows(struct lane_row *to, const struct lane_row *from, size_t n) { memcpy(to, from, n * sizeof *to); }

static struct trace *traced(struct arena *a, const struct operators *o, const struct sweep *sweep)
{
    struct trace *t = NEW(a, struct trace);
    struct lanes l;
    struct lane_row keep;
    struct rng r = { 11 };
    uint32_t n = o->n->firms, industries = o->n->industries;
    lanes_make(a, o, sweep, &l);
    fill(&r, l.up, n);
    fill(&r, l.down, n);
    for (int lane = 0; lane < LANES; lane++) keep.lane[lane] = lane % 3 != 0;
    sweep->lost(&l, 0, industries);
    keep_rows(t->left, l.left, industries);
    sweep->shares(&l, 0, n / 2);
    sweep->shares(&l, n / 2, n);
    keep_rows(t->shares, l.spare, n);
    sweep->downstream(&l, 0, n, &t->most[0]);
    keep_rows(t->down, l.down, n);
    sweep->upstream(&l, 0, n, &t->most[1]);
    keep_rows(t->up, l.spare, n);
    sweep->finish(&l, 0, n, &keep, t->sum);
    keep_rows(t->emptied, l.up, n);
    keep_rows(t->emptied + n, l.down, n);
    return t;
}

TEST(every_make_of_the_sweeps_gives_the_same_bytes)
{
    struct rng r = { 3 };
    struct operators *o = operators_make(a, network_random(a, &r, FIRMS, LINKS));
    struct trace *portable = traced(a, o, sweep_make(SWEEP_PORTABLE));
    CHECK(portable->sum[0].lane[1] > 0 && portable->most[0].lane[1] > 0);
    for (int make = SWEEP_PORTABLE + 1; make < SWEEP_MAKES; make++)
        if (sweep_make(make)) CHECK(!memcmp(traced(a, o, sweep_make(make)), portable, sizeof *portable));
}
