/*
 * leontief.h - x = b + A x, or what comes of it when each passes its share on through all tiers: the sum b + A b + A A b + ...
 * (Leontief's inverse), for several b at once.
 *
 * Components are solved one after the other, what they lead to first, so that what is in no cycle takes one pass; a cycle by
 * Gauss-Seidel, with Aitken's extrapolation of its slowest part, until no entry moves by more than 1e-12 (of itself, where it is
 * above 1).  Firms stand in that order, so that all but x is read from front to back.
 */
#ifndef ENGINE_NETWORK_LEONTIEF_H
#define ENGINE_NETWORK_LEONTIEF_H

#include "engine/network/graph.h"

enum {
    LANES = 8,                      /* as many b at once                                         */
    LEONTIEF_FIRM_BYTES = 72,       /* that leontief_make takes in the arena at most             */
    LEONTIEF_LINK_BYTES = 12,
};

struct leontief {
    uint32_t        n;
    const uint32_t *firm;           /* the firm that stands at p; x, b and all below are by place */
    uint32_t        parts;
    const size_t   *part_at;        /* [parts + 1]: the places of a component                    */
    const size_t   *at;             /* [n + 1]; what p takes part in: x of the places to, times share */
    const uint32_t *to;
    const double   *share;
    const double   *left;           /* [n]: of 1, when that is gone which p passes to itself; share is of that */
};

/* A[i,k] = value of the arrow i -> k / whole[i], not negative; a firm whose whole is 0 has no arrows. */
struct leontief leontief_make(struct arena *a, const struct arrows *g, const double *value, const double *whole);

/* Room for so many x of LANES each, as leontief_solve() reads them: a large array. */
double *leontief_room(struct arena *a, size_t n);

/*
 * x [n * lanes], lanes 1 or LANES: b when called, the solution then; x[p * lanes + l].  work [n * lanes * 2]; with LANES both from
 * leontief_room().  sums: the solution may be infinite, as b is above 0 everywhere: NAN for a cycle that keeps all but 1e-9 of
 * what it passes on, and for all that leads there.  Gives the most rounds that a cycle took; at `most` it did not converge (with
 * sums: it is NAN).
 */
unsigned leontief_solve(const struct leontief *s, size_t lanes, bool sums, unsigned most, double *x, double *work);

#endif
