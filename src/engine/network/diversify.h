/*
 * diversify.h - which link to add so that less breaks: for a customer and an essential input that comes from one source, another
 * supplier of the same industry with room for it, the share to give it, and the risk before and after.
 *
 * After Zelbi, Ialongo and Thurner (2026), who lower the risk of networks by 16 to 50 % with such exchanges of suppliers.
 *
 * A supplier may step in if it has room for at least a quarter of what `from` sells to the customer (it gets half where it has room
 * for that), sells nothing to the customer yet and does not itself need `from`: no essential input of its own comes from it within
 * three tiers.  Which are tried first goes by what can be said beforehand: the stop of i costs a customer with one source the market
 * share of i in its industry, so the fall is about  share (market share of from - that of to),  of what the customer's own stop
 * costs.  Those that promise most are then computed in full on the network as it would be, and kept if the sum of both indexes falls.
 */
#ifndef ENGINE_NETWORK_DIVERSIFY_H
#define ENGINE_NETWORK_DIVERSIFY_H

#include "engine/network/risk.h"

struct diversify_input {
    const struct network *network;
    const double         *spare;            /* [firms]: value it could sell more; NULL: a tenth of sales */
    struct risk_options   risk;
    uint32_t              candidates;       /* suppliers considered for each input of a customer, at most 64; 0: 8 */
};
struct suggestion {
    uint32_t customer, from, to;            /* part of what `from` sells to the customer goes to `to` */
    double   share;                         /* of it, 0 .. 1                                     */
    double   before, after;                 /* the loss when `from` stops (its index)            */
    double   to_before, to_after;           /* the index of `to`                                 */
};

/*
 * The best suggestions for one customer, greatest fall of before + to_before first, at most `most`; in the arena.  Twice as many,
 * up to 16, are computed in full, each at the cost of a call of risk_closures() for two firms.  ERR_INVALID: numbers out of range.
 * ERR_BUSY: stopped.
 */
enum err diversify_customer(struct arena *a, const struct diversify_input *in, uint32_t customer, size_t most,
                            struct suggestion **out, size_t *count) MUST_USE;

/* For the whole network: after the closures of all firms, four times `most` are computed in full, one for each customer and input. */
enum err diversify_network(struct arena *a, const struct diversify_input *in, size_t most, struct suggestion **out, size_t *count) MUST_USE;

/*
 * The network in which so much of what `from` sells to the customer comes from `to`, of the same industry, which sold it nothing
 * before; byte for byte what network_make() would give.  A revenue or weight that is the firm's sales stays so; other revenues
 * move with the sale, other weights stay.  In the arena, parts that do not change shared with the old network.
 */
struct network *network_moved(struct arena *a, const struct network *n, uint32_t customer, uint32_t from, uint32_t to, double value);
size_t network_moved_bytes(const struct network *n);

#endif
