/* networks_made_up.h - networks for the tests of risks, and what those share. */
#ifndef TEST_NETWORKS_MADE_UP_H
#define TEST_NETWORKS_MADE_UP_H

#include "engine/network/risk.h"
#include "supply_networks.h"

#if defined(__has_feature)                          /* clang's way to say it                     */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
enum { SLOW = 1 };
#else
enum { SLOW = 0 };
#endif

static const double tolerances[] = { 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6 };

double random_value(struct rng *r);                             /* over three powers of ten      */
double *all_ones(struct arena *a, uint32_t n);

/* A larger one; the kinds are both families with each kind of classes, over and over. */
enum { KINDS = SUPPLY_FAMILIES * SUPPLY_CLASSES };
struct network_input network_of_kind(struct arena *a, uint64_t kind, uint32_t firms);

/* Any firms, self-links, repeats, zeros, firms without links; every kind of input, or its absence. */
struct network_input random_network(struct arena *a, struct rng *r);

/* Some of each firm's revenue comes from outside the data; losses are counted in something else than sales. */
void add_demand(struct arena *a, struct network_input *in);

struct network *made(struct arena *a, const struct network_input *in);
bool same_bytes(const void *x, const void *y, size_t n);
bool same_risks(const struct risk *x, const struct risk *y, size_t n);

#endif
