/*
 * leontief.h - x = b + A x, or what comes of it when each passes its share on through all tiers: the sum b + A b + A A b + ...
 * (Leontief's inverse), for several b at once.
 *
 * A[i,k] = value of the arrow i -> k / whole[i], not negative; a firm whose whole is 0 has no arrows.  Components are solved one after the other, what they lead to
 * first, so that what is in no cycle takes one pass; a cycle by Gauss-Seidel, with Aitken's extrapolation of its slowest part,
 * until no entry moves by more than 1e-12 (of itself, where it is above 1).
 */
#ifndef ENGINE_NETWORK_LEONTIEF_H
#define ENGINE_NETWORK_LEONTIEF_H

#include "engine/network/graph.h"

enum { LANES = 8 };                 /* as many b at once                                         */

struct leontief {
    struct arrows            arrows;
    const double            *value;         /* of each arrow                                     */
    const double            *whole;         /* [firms]                                           */
    const struct components *components;    /* of the arrows                                     */
};

/*
 * x [firms * lanes], lanes 1 or LANES: b when called, the solution then; x[i * lanes + l].  work [firms * lanes * 2].  sums: the
 * solution may be infinite, as b is above 0 everywhere: NAN for a cycle that keeps all but 1e-9 of what it passes on, and for
 * all that leads there.  Gives the most rounds that a cycle took; at `most` it did not converge (with sums: it is NAN).
 */
unsigned leontief_solve(const struct leontief *s, size_t lanes, bool sums, unsigned most, double *x, double *work);

#endif
