/*
 * recovery.h - how long each firm may be out before it hurts: time to survive, time to recover, risk exposure.
 *
 * Simchi-Levi, Schmidt, Wei et al., "Identifying Risks and Mitigating Disruptions in the Automotive Supply Chain", Interfaces 45(5),
 * 2015.  A node out for its time to recover TTR; the others go on from stock and other suppliers as well as they can, which is
 * a linear program (solved by GLPK) over the firms downstream of it:
 *     exposure (RE)      the least output lost, in the unit of the values, over TTR
 *     time to survive    the longest time for which nothing at all need be lost
 * A node is at risk where TTR > TTS.
 */
#ifndef ENGINE_NETWORK_RECOVERY_H
#define ENGINE_NETWORK_RECOVERY_H

#include "engine/network/network.h"

struct recovery_input {             /* [firms] each                                              */
    const double *recover_days;     /* TTR; NAN: unknown, the firm is left out                   */
    const double *stock_days;       /* of each firm's own finished goods; NULL: none             */
    const double *spare;            /* capacity free above sales, as a share of sales; NULL: none */
    uint32_t      depth;            /* tiers downstream that are looked at; 0: 3                 */
};
struct recovery { double exposure, survive_days; bool at_risk; };       /* exposure NAN: unknown */

enum err recovery_of(const struct network *n, const struct recovery_input *in, const uint32_t *firms, size_t count, int threads,
                     struct progress *p, struct recovery *out) MUST_USE;

#endif
