/*
 * upstream.h - the losses upstream of one closure, without following all they reach.
 *
 * Upstream is linear as long as no firm's sales are above its revenue (struct operators, cushioned): with u(t) the losses that step
 * t adds, u(0) = 1 at the closed firm and u(t+1) = Lu u(t), but for the closed firm, which has nothing more to lose.  Losses of a
 * step only ever get smaller then, largest against largest.  Four things follow.
 *
 * What all firms lose in T steps need not be added up firm by firm.  With weights w, passed_on[r] = sum over s <= r of w Lu^s is
 * known for every firm before the first closure; what came back to the closed firm is taken off, with all that it would have led to:
 *     lost(T) = passed_on[T] - sum over r of returned[r] passed_on[T - r]
 *
 * When it is over can be told from large losses alone: rows of Lu sum to at most 1, so leaving out losses up to x makes no later
 * loss smaller by more than x.  If that leaves it open, a step more is made in full.
 *
 * Single firms' losses are wanted only where the loss downstream may be the larger one.  They can be pulled over several steps from
 * the last step made: u(t+1)[i] = sum over j of Lu[i,j] u(t)[j], and so on for each j.
 *
 * Pulling or another step in full: what follows fewer links is taken.
 */
#ifndef ENGINE_NETWORK_UPSTREAM_H
#define ENGINE_NETWORK_UPSTREAM_H

#include "engine/network/downstream.h"

enum { PASSED_ON = 8, MOST_PULLED = 3, MOST_ALONE = 1024 };     /* steps                         */

/* What is known before the first closure, for all of them. */
struct upstream_tables {
    const struct operators *o;
    const double   (*passed_on)[PASSED_ON];     /* [firms]                                       */
    const uint32_t (*walks)[MOST_PULLED];       /* [firms]: links to follow for a pull over 1, 2, 3 steps */
};
size_t upstream_tables_bytes(uint32_t firms);
void   upstream_tables_make(struct arena *a, const struct operators *o, struct upstream_tables *t);

struct drop { uint32_t firm; double loss; };
struct drops { struct drop *p; uint32_t n; };

struct upstream {
    const struct upstream_tables *tables;
    double       tolerance;
    size_t       links, most_links;     /* followed for this closure; how many it may            */
    uint32_t     closed, steps;         /* steps made in full                                    */
    struct drop *drops;                 /* what each lost, step by step; of step t: [at[t], at[t+1]) */
    size_t       at[MOST_ALONE + 2];
    double       returned[MOST_ALONE + 2];      /* what came back to the closed firm in each step */
    double      *last;                  /* [firms]: the losses of the last step made; otherwise 0 */
    double      *next;                  /* [firms]: 0 between steps                              */
    struct drops large, larger;         /* looking ahead                                         */
};

size_t upstream_bytes(uint32_t firms, size_t links);
void   upstream_make(struct arena *a, const struct upstream_tables *t, double tolerance, size_t most_links, struct upstream *u);

/* The first step whose largest loss is at most the tolerance, at most most; 0: too many links for one alone. */
uint32_t upstream_steps(struct upstream *u, uint32_t firm, uint32_t most);

/*
 * After T steps, T at least what upstream_steps gave: all weight lost upstream, and more, the weight lost downstream above that,
 * firm by firm.  False: too many links.
 */
bool upstream_sum(struct upstream *u, struct downstream *d, uint32_t steps, double *lost, double *more);
void upstream_clear(struct upstream *u);

#endif
