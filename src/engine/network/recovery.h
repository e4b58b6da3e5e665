/*
 * recovery.h - how long each firm may be out before it hurts: time to survive, time to recover, risk exposure.
 *
 * Simchi-Levi, Schmidt, Wei et al., "Identifying Risks and Mitigating Disruptions in the Automotive Supply Chain", Interfaces 45(5),
 * 2015.  A firm is out for its time to recover TTR; the others go on from stock and from other suppliers as well as they can:
 *     exposure (RE)            the least output the others lose over TTR, in the unit of the values; a linear program for each firm
 *     time to survive (TTS)    the longest time for which nobody else need lose anything
 * A firm is at risk where TTR > TTS, which is where its exposure is above 0.  Its own loss is not counted: that is its output.
 *
 * Values are by year, times in days; over TTR a firm makes r[i] TTR / 365, with r its revenue (network.h).  For the firm x that is
 * out, lost shares of output f[i,t] in [0,1] of every firm i, which come to it through at most t tiers, t = 0 .. depth:
 *
 *     least    TTR / 365  sum over i other than x of  r[i] f[i,depth]
 *     where    f[x,t] = max(0, 1 - S[x] / TTR),  f[i,0] = 0                                   S stock in days: it goes out first
 *              f[j,t] + S[j] / TTR  >=  m[j,k,t] / sum of W[i,j] over i of k                  each industry k of class 2
 *              f[j,t] + S[j] / TTR  >=  sum over k of class 1 of m[j,k,t]  /  c[j]
 *              m[j,k,t]  >=  sum over i of industry k of W[i,j] f[i,t-1]  -  y[j,k],  m >= 0  what of k is missing
 *              y[j,k] >= 0                                                                    what others of k supply instead
 *              sum over j of y[j,k]  <=  sum over i of industry k but x of  e[i] r[i] (1 - f[i,depth])       e spare capacity
 *
 * So what a firm cannot deliver is missing in proportion to what each customer buys, any firm of the industry may step in with what
 * it has spare (in the measure in which it works itself), and spare capacity finds its inputs.  TTS is where f = 0 beside x ends,
 * which only the customers of x and the spare capacity of its industry decide: a closed form.
 *
 * Lost shares below RECOVERY_LEAST are not followed further; the program is solved to about 1e-7.
 */
#ifndef ENGINE_NETWORK_RECOVERY_H
#define ENGINE_NETWORK_RECOVERY_H

#include "engine/network/network.h"

#define RECOVERY_LEAST 1e-6

struct recovery_input {             /* [firms] each                                              */
    const double *recover_days;     /* TTR; NAN: unknown                                         */
    const double *stock_days;       /* of each firm's own finished goods; NULL: none             */
    const double *spare;            /* capacity free above its output, as a share of it; NULL: none */
    uint32_t      depth;            /* tiers downstream that are looked at; 0: 3                 */
};
struct recovery {
    double exposure;                /* NAN: TTR is unknown                                       */
    double survive_days;            /* INFINITY: nobody is ever hurt                             */
    bool   at_risk;                 /* never where TTR is unknown                                */
    bool   at_most;                 /* the program was too large, or too hard for GLPK: exposure is what is lost with y = 0 */
};

/* Bytes for the working of recovery_of(), the network not included. */
size_t recovery_bytes(uint32_t firms, uint32_t industries, size_t links, int threads);

/*
 * Each of the firms, out[0 .. count); firms NULL: all of them.  threads 0: as many as processors; the same bytes for any number.
 * progress NULL: nobody asks.  ERR_INVALID: a number out of range, or days or shares that are negative or infinite.  ERR_BUSY: stopped.
 */
enum err recovery_of(const struct network *n, const struct recovery_input *in, const uint32_t *firms, size_t count, int threads,
                     struct progress *progress, struct recovery *out) MUST_USE;

#endif
