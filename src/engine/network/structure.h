/*
 * structure.h - the shape of the network: tiers, and the firms through which everything goes.  But for
 * upstreamness, only which links there are counts here, and self-links are left out.  ERR_INVALID: a buyer that is no firm.
 */
#ifndef ENGINE_NETWORK_STRUCTURE_H
#define ENGINE_NETWORK_STRUCTURE_H

#include "engine/network/network.h"

#define NO_TIER UINT32_MAX

/*
 * Tiers upstream of some buyers (tier 0).  shortest: the fewest links on the way to one of them, by breadth-first search.
 * longest: the most on a path of the condensation (firms in one cycle share a tier; a buyer that supplies another is above 0).
 * NO_TIER: supplies none of them.
 * upstreamness (Antràs, Chor, Fally, Hillberry 2012), value-weighted: U[i] = 1 + sum over j of (W[i,j] / revenue[i]) U[j], NAN where
 * it has no finite value (a cycle that keeps all but 1e-9 of its sales, and what sells to it) or does not converge in 1000
 * rounds, to 1e-12 of itself a round.  [firms] each, NULL: not wanted.
 */
enum err structure_tiers(const struct network *n, const uint32_t *buyers, size_t count, uint32_t *shortest, uint32_t *longest,
                         double *upstreamness) MUST_USE;

/*
 * What is reached from the buyers, against the links.  dominator[i]: the firm through which every path from i to the buyers
 * goes, the nearest to i (NO_TIER: several ways, or none); guarded[i]: how many others have i on every path.  Lengauer and
 * Tarjan (1979), from one made-up buyer of all buyers.
 */
enum err structure_dominators(const struct network *n, const uint32_t *buyers, size_t count, uint32_t *dominator, uint32_t *guarded) MUST_USE;

/* Firms without which the network, links taken both ways, falls apart into more pieces (Hopcroft and Tarjan 1973). */
enum err structure_articulation(const struct network *n, bool *cuts) MUST_USE;

/*
 * Diamonds: of a buyer's direct suppliers (its first tier), how many depend on a firm within `depth` further tiers, by ways not
 * through the buyer.  The firms on which at least two depend, most first, in the arena.
 */
struct diamond { uint32_t firm, dependents; };
enum err structure_diamonds(struct arena *a, const struct network *n, uint32_t buyer, uint32_t depth, struct diamond **out, size_t *count) MUST_USE;

/* Essential inputs (class 2) that a firm buys from one supplier only. */
struct single_source { uint32_t customer, supplier, industry; double value; };
enum err structure_single_sources(struct arena *a, const struct network *n, struct single_source **out, size_t *count) MUST_USE;

/*
 * Betweenness on shortest paths, directed, not normalised (Brandes 2001).  samples: from so many sources spread evenly by a fixed
 * seed, scaled up; 0: all, which costs firms * links.  The same bytes for any number of threads.  p NULL: nobody asks.  ERR_BUSY:
 * stopped; ERR_TOO_BIG: more shortest paths between two firms than a double counts, 1e308.
 */
enum err structure_betweenness(const struct network *n, uint32_t samples, int threads, struct progress *p, double *out) MUST_USE;

#endif
