/*
 * diversify.h - which link to add so that less breaks: for a customer and an essential input that comes from one source, another
 * supplier of the same industry with room for it, the share to give it, and the risk before and after.
 *
 * After Zelbi, Ialongo and Thurner (2026), who lower the risk of networks by 16 to 50 % with such exchanges of suppliers.
 */
#ifndef ENGINE_NETWORK_DIVERSIFY_H
#define ENGINE_NETWORK_DIVERSIFY_H

#include "engine/network/risk.h"

struct diversify_input {
    const struct network *network;
    const double         *spare;            /* [firms]: value it could sell more; NULL: a tenth of sales */
    struct risk_options   risk;
    uint32_t              candidates;       /* suppliers tried for each input; 0: 8               */
};
struct suggestion {
    uint32_t customer, from, to;            /* part of what `from` sells to the customer goes to `to` */
    double   share;                         /* of it, 0 .. 1                                     */
    double   before, after;                 /* the loss when `from` stops (its index)            */
    double   to_before, to_after;           /* the index of `to`, which rises                    */
};
/* The best suggestions for one customer, greatest fall of before + to_before first, at most `most`; in the arena. */
enum err diversify_customer(struct arena *a, const struct diversify_input *in, uint32_t customer, size_t most,
                            struct suggestion **out, size_t *count) MUST_USE;
/* For the whole network: the firms of greatest index first, their customers with a single essential source. */
enum err diversify_network(struct arena *a, const struct diversify_input *in, size_t most, struct suggestion **out, size_t *count) MUST_USE;

#endif
