/*
 * exposure.h - where what a firm uses comes from in the end, looked at through all tiers: dependence on countries, concentration,
 * localisation.
 *
 * A firm's inputs are its purchases in the network and its direct imports; cost[j] is their sum (or more, where the rest is known
 * and its origin is not).  M[i,j] = W[i,j] / cost[j];  F[c,j] = imports of j from country c / cost[j].
 */
#ifndef ENGINE_NETWORK_EXPOSURE_H
#define ENGINE_NETWORK_EXPOSURE_H

#include "engine/network/network.h"

struct imports {                    /* by firm and country; repeats are summed                   */
    size_t          n;
    const uint32_t *firm, *country;
    const double   *value;
};

/* Bytes for the working of exposure_countries(), which takes the most; out and hhi are not counted. */
size_t exposure_bytes(const struct network *n, size_t imports, int threads);

enum { EXPOSURE_ROUNDS = 1000 };    /* so many rounds, given back, mean: it had not converged yet */

/*
 * Dependence on countries: E = F (I - M)^-1, that is E[c,j] = F[c,j] + sum over i of E[c,i] M[i,j], by iteration until no entry
 * moves by more than 1e-12 (De Michelis and Somale, FEDS Notes 2023; OECD TiVA).  A cycle that adds nothing from outside converges
 * to 0.  out [countries * firms], row: country.  hhi [firms]: sum over countries of (E[c,j] / sum of E[.,j])^2, 0 where nothing
 * is imported.  cost NULL, or NAN for a firm: purchases and imports; an entry below them is raised to them.  hhi NULL: not wanted.
 * ERR_INVALID: numbers out of range, values that are negative or not finite.
 */
enum err exposure_countries(const struct network *n, const struct imports *im, uint32_t countries, const double *cost,
                            int threads, double *out, double *hhi, unsigned *rounds) MUST_USE;

/* The HHI of shares that need not sum to 1: 1/n .. 1; 0: there is nothing. */
double hhi_of(const double *value, size_t n);
/* The suppliers of each firm: HHI over all purchases and imports (a country counts as a supplier); and of each (firm,
 * supplier's industry) in the order of the network's purchases: at [firms + 1] into industry, hhi, value; in the arena. */
struct concentration { const double *of_firm; const size_t *at; const uint32_t *industry; const double *hhi, *value; };
enum err exposure_concentration(struct arena *a, const struct network *n, const struct imports *im, struct concentration *out) MUST_USE;

/*
 * Localisation (SATS 1286:2011).  Direct: purchases from local firms / all inputs.  Through the tiers: L[j] = v[j] + sum over
 * local i of a[i,j] L[i], with v[j] the share of its own value added in its output and a[i,j] = W[i,j] / output[j]; imports and
 * what is of unknown origin count as 0.  local[firms]: firms of the place; the others have L = 0.  output[firms] NULL, or NAN for a
 * firm: the larger of sales and inputs; an entry below them is raised to them.  NAN: direct of a firm without inputs, through of one
 * without output.
 */
enum err exposure_localisation(const struct network *n, const struct imports *im, const bool *local, const double *output,
                               double *direct, double *through, unsigned *rounds) MUST_USE;

#endif
