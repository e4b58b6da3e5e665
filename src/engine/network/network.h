/*
 * network.h - who sells how much to whom: the supply network in arrays.  Plain arrays in, plain arrays out; no database, no names.
 *
 * Firms are numbers 0 .. firms-1, industries 0 .. industries-1.  A link (i, j, value) says: i sells j so much a year, in whatever
 * unit, the same for all.  A firm may sell to itself; repeated links are summed; links of value 0 are dropped.
 *
 * Symbols as in the papers, used by all headers of this folder:
 *     W[i,j]  value of the link i -> j          s[i] = sum over j of W[i,j], its sales
 *     g[i]    industry of i                     c[j] = sum over i of W[i,j], its purchases
 *     E[k,l]  class of what industry k sells to industry l: 2 essential (Leontief), 1 replaceable in part (linear),
 *             0 without effect downstream (still counted in s, c and upstream)
 *
 * A network never changes once made and may be read by any number of threads.
 */
#ifndef ENGINE_NETWORK_H
#define ENGINE_NETWORK_H

#include "base/base.h"

#include <stdatomic.h>

struct links {
    size_t          n;
    const uint32_t *supplier, *customer;
    const double   *value;          /* finite, not negative                                      */
};

struct network_input {              /* borrowed for the call only                                */
    uint32_t        firms, industries;
    const uint32_t *industry;       /* [firms]                                                   */
    struct links    links;          /* in any order                                              */
    const uint8_t  *classes;        /* [industries * industries], row: supplier's; NULL: all 1    */
    const double   *revenue;        /* [firms], sales to final demand included; NULL, or NAN for a firm: s */
    const double   *weight;         /* [firms], what a loss is counted in: jobs, exports, value added; NULL: s */
};

struct network {
    uint32_t        firms, industries;
    size_t          links;          /* after summing repeats                                     */
    const uint32_t *industry;
    const uint8_t  *classes;        /* never NULL                                                */
    const size_t   *sold_at;        /* [firms + 1]; the sales of i: sold_to, sold [sold_at[i] .. sold_at[i+1]), by customer */
    const uint32_t *sold_to;
    const double   *sold;
    const size_t   *bought_at;      /* [firms + 1]; the purchases of j, by the supplier's industry, then supplier */
    const uint32_t *bought_from;
    const double   *bought;
    const double   *sales, *purchases;          /* s, c                                          */
    const double   *revenue;        /* the denominator upstream; 0: its losses upstream are 0    */
    const double   *weight;
    double          all_sales, all_weight;
};

/* Bytes that a network takes, its making included: known before it starts, from counts alone. */
size_t network_bytes(uint32_t firms, uint32_t industries, size_t links);

/*
 * The network, in the arena.  ERR_INVALID: numbers out of range, values that are not finite or negative, classes but 0, 1, 2;
 * the caller, who knows lines and names, says so better beforehand.  ERR_TOO_BIG: more than 2^32 - 1 firms or links.
 */
enum err network_make(struct arena *a, const struct network_input *in, struct network **out) MUST_USE;

static inline uint8_t network_class(const struct network *n, uint32_t seller, uint32_t buyer)
{
    return n->classes[(size_t)n->industry[seller] * n->industries + n->industry[buyer]];
}

/* Long work tells how far it is, and stops soon after it is asked to (its call then gives ERR_BUSY, and its results are not there). */
struct progress {
    atomic_size_t done, all;
    atomic_bool   stop;
};

#endif
