/*
 * lanes.h - many closures at once, for those that reach a large part of the network: the plain recursion of risk.h over all links,
 * with a lane for each closure, so that a link is read once for all of them.  A closure may come with some steps behind it, and
 * leaves when it is over; another takes its lane.
 *
 * The sweeps come in three makes: AVX-512, AVX2, portable.  All do the same additions and multiplications in the same order, lane
 * by lane, so all give the same bytes, whatever stands in the other lanes.
 */
#ifndef ENGINE_NETWORK_LANES_H
#define ENGINE_NETWORK_LANES_H

#include "engine/network/operators.h"
#include "engine/network/risk.h"

enum { LANES = 16 };

struct lane_row { double lane[LANES]; } __attribute__((aligned(64)));

struct lanes {
    const struct operators *o;
    const struct sweep *sweep;
    struct lane_row *up, *down;         /* [firms]: losses; 0 in lanes that are free             */
    struct lane_row *spare;             /* [firms]: shares of the market lost, then the next losses upstream */
    struct lane_row *left;              /* [industries]: sales left of the market                */
    int      closures;                  /* in lanes                                              */
    bool     busy[LANES];
    size_t   place[LANES];              /* whatever the one who asked knows the closure by       */
    uint32_t firm[LANES], steps[LANES];
};

/* Each works on some firms, or industries, only: [from, to).  most: the largest drop so far, in each lane. */
struct sweep {
    void (*lost)(struct lanes *l, uint32_t from, uint32_t to);                              /* left, by industry */
    void (*shares)(struct lanes *l, uint32_t from, uint32_t to);                            /* into spare */
    void (*downstream)(struct lanes *l, uint32_t from, uint32_t to, struct lane_row *most); /* down, from spare */
    void (*upstream)(struct lanes *l, uint32_t from, uint32_t to, struct lane_row *most);   /* spare, from up */
    /* Adds what is lost: total, upstream, downstream; a lane with keep 0 is made empty. */
    void (*finish)(struct lanes *l, uint32_t from, uint32_t to, const struct lane_row *keep, struct lane_row sum[3]);
};
enum { SWEEP_PORTABLE, SWEEP_AVX2, SWEEP_AVX512, SWEEP_MAKES };
const struct sweep *sweep_make(int make);       /* NULL: not on this processor                   */
const struct sweep *sweep_widest(void);         /* the best that this processor can do           */

size_t lanes_bytes(uint32_t firms, uint32_t industries);
void   lanes_make(struct arena *a, const struct operators *o, const struct sweep *sweep, struct lanes *l);

/* A free lane, there must be one, for a closure that has steps behind it: the caller puts its losses into up and down. */
int lanes_take(struct lanes *l, size_t place, uint32_t firm, uint32_t steps);

/* When closures are over, who takes their results, and whether to stop before. */
struct lane_end {
    double   tolerance;
    uint32_t most_steps;
    void   (*done)(void *with, size_t place, const struct risk *lost);      /* sums of weights, not shares */
    void    *with;
    const atomic_bool *stop;                    /* NULL: nobody stops it                        */
};
void lanes_step(struct lanes *l, const struct lane_end *end);   /* one step for all in lanes    */

#endif
