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
    double   next;                      /* its loss after the step                               */
    double   pushed;                    /* market share times loss, as its customers' slots have it */
    double   upstream;                  /* its loss upstream, as far as it is known              */
};

struct downstream {
    const struct operators *o;
    struct reached *reached;            /* the first is the firm that stops                      */
    uint32_t  n;
    uint32_t *place;                    /* [firms]: its place in reached + 1; 0: not reached     */
    double   *slot;                     /* [slots]: loss of each; 0 between closures             */
    double   *lost;                     /* [industries]: sales lost; 0 between closures          */
    size_t    links;                    /* how many links were followed for this closure         */
};

size_t downstream_bytes(uint32_t firms, uint32_t industries, size_t links);
void   downstream_make(struct arena *a, const struct operators *o, struct downstream *d);
void   downstream_start(struct downstream *d, uint32_t firm);
double downstream_step(struct downstream *d);           /* gives the largest rise of a loss      */
void   downstream_clear(struct downstream *d);          /* to be called before the next start    */

#endif
