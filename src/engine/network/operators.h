/*
 * operators.h - a network made ready for the recursions of risk.h: shares instead of values, one list for each way of going.
 *
 * Upstream, Lu[i,j] = W[i,j] / revenue[i] stands twice: with the customers of i, to pull the loss of i from them, and with the
 * suppliers of j, to push the loss of j to them.
 *
 * Downstream, a slot is what a customer feels as one: all its inputs of class 1 together, or those of class 2 from one industry.
 * Its loss is the largest of its slots' losses, a slot's is the sum of Ld[i,j] sigma[i] loss[i] over its suppliers.  Slots are
 * numbered customer by customer, the one of class 1 first.  Here too: suppliers of a slot to pull, slots of a supplier to push.
 *
 * Inside this folder only.  Offsets are 32 bits wide since links are fewer than 2^32.
 */
#ifndef ENGINE_NETWORK_OPERATORS_H
#define ENGINE_NETWORK_OPERATORS_H

#include "engine/network/large.h"
#include "engine/network/network.h"

/* Twelve bytes, so that few lines of memory hold the links of a firm. */
struct share {
    uint32_t firm;
    double   share;
} __attribute__((packed, aligned(4)));

struct slot_share {
    uint32_t slot, customer;
    double   share;
};

enum { FETCH_AHEAD = 16 };                      /* customers and inputs go on so far behind their end, for who fetches what comes next */

struct operators {
    const struct network *n;
    const uint32_t *customers_at;               /* [firms + 1], into customers: Lu by supplier, then customer */
    const struct share *customers;
    const uint32_t *suppliers_at;               /* [firms + 1], into suppliers: Lu by customer   */
    const struct share *suppliers;
    uint32_t slots;
    const uint32_t *slots_at;                   /* [firms + 1]: the slots of j are slots_at[j] .. slots_at[j+1] */
    const uint32_t *inputs_at;                  /* [slots + 1], into inputs: Ld by slot          */
    const struct share *inputs;
    const uint32_t *outputs_at;                 /* [firms + 1], into outputs: Ld by supplier     */
    const struct slot_share *outputs;
    const double *market;                       /* [industries]: sum of the sales of its firms   */
    const uint32_t *members_at, *members;       /* [industries + 1] into the firms by industry   */
    bool cushioned;                             /* sales of no firm are above its revenue: losses upstream need no bound of 1 */
};

/* Bytes that operators_make takes from the arena. */
size_t operators_bytes(uint32_t firms, uint32_t industries, size_t links);
struct operators *operators_make(struct arena *a, const struct network *n);

/*
 * The market share that a firm of sales s holds when its industry still sells so much: sigma of risk.h.  Where so little is left
 * of the industry's market that the difference of two sums has lost its digits (market_doubtful), take market_left() instead.
 */
static inline double market_share(double s, double left) { return left > s ? s / left : 1; }
static inline bool market_doubtful(double left, double market) { return left < market * 0x1p-10; }
double market_left(const struct operators *o, uint32_t industry, const double *loss);     /* summed anew; loss: 1 - hd */

bool network_cushioned(const struct network *n);        /* as in operators                       */

#endif
