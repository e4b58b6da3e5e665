/*
 * upstream.h - the losses upstream of one closure, touching only what it reaches.
 *
 * Upstream is linear: what a firm loses in a step is what its customers lost in the step before, each times its share in the
 * firm's revenue.  So a step pushes the last step's losses on, and losses add up.  The closed firm takes nothing more.
 */
#ifndef ENGINE_NETWORK_UPSTREAM_H
#define ENGINE_NETWORK_UPSTREAM_H

#include "engine/network/operators.h"

struct drop { uint32_t firm; double loss; };

struct upstream {
    const struct operators *o;
    uint32_t     closed;
    struct drop *drops;                 /* of the last step                                      */
    uint32_t     n;
    uint32_t    *touched, touched_n;    /* firms with a loss                                     */
    double      *loss, *next;           /* [firms]; 0 between closures; next: 0 between steps    */
    uint32_t    *order;
    size_t       links;
};

size_t upstream_bytes(uint32_t firms);
void   upstream_make(struct arena *a, const struct operators *o, struct upstream *u);
void   upstream_start(struct upstream *u, uint32_t firm);
double upstream_step(struct upstream *u);               /* gives the largest drop                */
void   upstream_clear(struct upstream *u);

#endif
