/*
 * risk.h - what is lost when firms stop: the Economic Systemic Risk Index of every firm, and any other scenario.
 *
 * Diem, Borsos, Reisch, Kertész, Thurner, "Quantifying firm-level economic systemic risk from nation-wide supply networks",
 * Scientific Reports 12:7719 (2022).  With psi[i] in [0,1] what firm i can still do, and h = 1 at full work:
 *     Lu[i,j] = W[i,j] / revenue[i]
 *     Ld[i,j] = W[i,j] / sum of W[l,j] over l of i's industry, class 2;  W[i,j] / c[j], class 1;  0, class 0
 *     sigma[i] = min(1, s[i] / sum of s[l] hd[l] over l of i's industry), 1 where that sum vanishes
 *     D[j,k]   = sum over i of industry k of sigma[i] Ld[i,j] (1 - hd[i])
 *     hd'[j]   = max(0, min(psi[j], min over k of class 2 of (1 - D[j,k]), 1 - sum over k of class 1 of D[j,k]))
 *     hu'[i]   = max(0, min(psi[i], 1 - sum over j of Lu[i,j] (1 - hu[j])))
 * from hu = hd = psi, all firms at once, until the largest drop of a step, over both, is at most the tolerance; both take the same
 * number T of steps.  Then, with w the weights,
 *     total = sum of w[i] (1 - min(hu[i], hd[i])) / sum of w,  upstream and downstream alike with hu or hd alone.
 * A closure is psi = 1 but 0 for one firm; its total is the firm's index.
 *
 * Scores depend on the tolerance (where every firm has customers inside the data, losses go on upstream to 100 %), so they are
 * shown with it and with T, and never compared across tolerances.
 *
 * Exact: double precision, T equal to and scores within 1e-12 of the plain recursion.  The same bytes for any number of threads,
 * any set of firms asked for, and both paths (the processor's widest vectors; portable C).
 */
#ifndef ENGINE_NETWORK_RISK_H
#define ENGINE_NETWORK_RISK_H

#include "engine/network/network.h"

struct risk {
    double   total, upstream, downstream;       /* shares of all weight lost, 0 .. 1             */
    uint32_t steps;                             /* T                                             */
};

struct risk_options {
    double           tolerance;                 /* above 0, below 1                              */
    uint32_t         most_steps;                /* stop there anyway; 0: 1000                    */
    int              threads;                   /* 0: as many as processors                      */
    bool             portable;                  /* never the vector path; for tests              */
    struct progress *progress;                  /* NULL: nobody asks                             */
};

/* Bytes for the working of risk_closures(), the network not included. */
size_t risk_bytes(uint32_t firms, uint32_t industries, size_t links, int threads);

/*
 * The closure of each of the firms, out[0 .. count); firms NULL: all of them.  Cost: about the links within T steps of each firm,
 * hubs a full sweep shared with others.  ERR_INVALID: a number or the tolerance out of range.  ERR_BUSY: stopped.
 */
enum err risk_closures(const struct network *n, const struct risk_options *o, const uint32_t *firms, size_t count, struct risk *out) MUST_USE;

/*
 * Any scenario: psi[firms].  hu, hd [firms]: each firm's state in the end; NULL: not wanted.  Cost: T sweeps over the links at
 * most, shared by the threads.
 */
enum err risk_scenario(const struct network *n, const struct risk_options *o, const double *psi, double *hu, double *hd,
                       struct risk *out) MUST_USE;

/* ---- after an edit ------------------------------------------------------------------------- */

/*
 * All closures of a network, kept so that after an edit only what it touches is computed again.  The edited network has the same
 * firms, industries and classes; edited names the suppliers and customers of the links that came, went or changed (values are not
 * looked at; firms whose revenue or weight is another are found by themselves).  The result is what risk_closures() would give for
 * the new network, byte for byte.  Where tolerance or steps are not those of the old ranking it is made anew.  ERR_INVALID: other
 * numbers of firms, links of firms that there are not.  ERR_BUSY: stopped.
 */
struct ranking;
enum err ranking_make(struct arena *a, const struct network *n, const struct risk_options *o, struct ranking **out) MUST_USE;
enum err ranking_edit(struct arena *a, const struct ranking *old, const struct network *now, const struct links *edited,
                      const struct risk_options *o, struct ranking **out) MUST_USE;
const struct risk *ranking_risks(const struct ranking *r);      /* [firms]                        */
size_t ranking_renewed(const struct ranking *r);                /* how many closures were computed for it */

#endif
