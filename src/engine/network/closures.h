/* closures.h - closures before they are shares of all weight, for what keeps them from one network to the next (ranking.c). */
#ifndef ENGINE_NETWORK_CLOSURES_H
#define ENGINE_NETWORK_CLOSURES_H

#include "engine/network/risk.h"

/* As risk_closures(), but with sums of the weights lost. */
enum err closures_lost(const struct network *n, const struct risk_options *o, const uint32_t *firms, size_t count,
                       struct risk *out) MUST_USE;

/*
 * How many links a closure may follow alone; what follows more goes to the lanes, which sum in another order.  0: all go there.  A
 * power of two, so that hardly any edit of the network changes it.
 */
size_t closures_alone(const struct network *n);

static inline struct risk risk_shares(struct risk lost, double all)
{
    if (!(all > 0)) all = 1;            /* nothing has any weight                                */
    return (struct risk){ lost.total / all, lost.upstream / all, lost.downstream / all, lost.steps };
}

#endif
