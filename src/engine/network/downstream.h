/*
 * downstream.h - the losses downstream of one closure, touching only what it reaches.
 *
 * Losses only ever grow from step to step (a market with less left makes shares larger), so a step adds what changed: a firm
 * whose market share times loss has moved pushes the difference into the slots of its customers, and a slot that grew may raise
 * its customer's loss.  What was reached is held close together, in the order of reaching.
 */
#ifndef ENGINE_NETWORK_DOWNSTREAM_H
#define ENGINE_NETWORK_DOWNSTREAM_H

#include "engine/network/operators.h"

struct reached {
    uint32_t firm, industry;
    double   sales, loss;
    double   pushed;                    /* market share times loss, as its customers' slots have it */
    double   upstream;                  /* its loss upstream, as far as it is known              */
};

struct downstream {
    const struct operators *o;
    struct reached *reached;            /* the first is the firm that stops                      */
    uint32_t  n;
    double   *next;                     /* [firms]: loss after the step; 0: not reached          */
    uint64_t *is_reached;               /* a bit for each firm: small enough to stay in the cache */
    uint32_t *place;                    /* [firms]: where in reached it is, if it is             */
    uint32_t *fresh;                    /* [firms]: those reached in this step                   */
    double   *slot;                     /* [slots]: loss of each; 0 between closures             */
    double   *lost;                     /* [industries]: sales lost; 0 between closures          */
    size_t    links;                    /* how many links were followed for this closure         */
    size_t    ahead;                    /* how many go out from those reached in the last step   */
};

size_t downstream_bytes(uint32_t firms, uint32_t industries, size_t links);
void   downstream_make(struct arena *a, const struct operators *o, struct downstream *d);
void   downstream_start(struct downstream *d, uint32_t firm);
double downstream_step(struct downstream *d);           /* gives the largest rise of a loss      */
void   downstream_clear(struct downstream *d);          /* to be called before the next start    */

/* NULL: not reached. */
static inline struct reached *downstream_at(const struct downstream *d, uint32_t firm)
{
    return d->is_reached[firm / 64] >> firm % 64 & 1 ? &d->reached[d->place[firm]] : NULL;
}

#endif
