/* small_networks.h - networks written down in a test, random ones, and what the slow ways of checking them share. */
#ifndef TEST_SMALL_NETWORKS_H
#define TEST_SMALL_NETWORKS_H

#include "base/hash.h"
#include "engine/network/network.h"
#include "test.h"

struct link { uint32_t supplier, customer; double value; };

/* Industry of a firm: its number, by default.  revenue NULL: sales. */
struct network *network_of(struct arena *a, uint32_t firms, const struct link *links, size_t n, const double *revenue);
#define NETWORK(a, firms, ...) \
    network_of(a, firms, (struct link[]){ __VA_ARGS__ }, COUNT(((struct link[]){ __VA_ARGS__ })), NULL)

/* Links between any two firms, self-links and repeats too. */
struct network *network_random(struct arena *a, struct rng *r, uint32_t firms, size_t links);
/* The same firms and links, with a revenue of each firm. */
struct network *network_with_revenue(struct arena *a, const struct network *n, const double *revenue);

double sales_between(const struct network *n, uint32_t supplier, uint32_t customer);
double chance(struct rng *r);                   /* 0 .. 1                                        */

/* x of matrix x = right, matrix [n * n] row by row; by elimination, in place. */
void solve_dense(uint32_t n, double *matrix, double *right);
bool near(double got, double want, double tolerance);

#endif
