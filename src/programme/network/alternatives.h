/*
 * alternatives.h - who of the register could supply an input that is lost (E10): enterprises of the supplier's industry, or of its group of
 * industries where fewer than three are in it.
 *
 * Ranked by a score of 0 .. 1, the mean of its terms by weight: capability 0.6, free capacity 0.25, nearness 0.15.  Capability is the mean of how
 * well the candidate meets what the lost supplier can do, as the match engine answers it (engine/match/match.h): its product groups, its processes, its
 * certificates valid today, each the mean of the points for each of the supplier's, in which related processes count in part (linkage/wanted.h); and
 * the industry (1 the same, 1/2 the same group).  What the supplier does not state is left out of the mean.  Nearness is 1 / (1 + km / 20) to the
 * customer; what is not known counts 0.
 */
#ifndef PROGRAMME_NETWORK_ALTERNATIVES_H
#define PROGRAMME_NETWORK_ALTERNATIVES_H

#include "programme/network/view.h"

struct alternative {
    uint32_t node;
    double   score, capability;             /* 0 .. 1                                             */
    double   products, processes, certificates, industry;       /* 0 .. 1; NAN: the supplier states none */
    double   free;                          /* capacity free, 0 .. 1; NAN: not stated             */
    double   room;                          /* free * revenue, đồng a year; NAN: not known        */
    double   km;                            /* to the customer; NAN: not known                    */
    bool     known;                         /* the customer buys from it already                  */
};

/*
 * The best `most` for what the supplier sells to the customer, best first; never the two themselves.  left [nodes]: what each firm can
 * still do, those with less than all are no alternatives; NULL: all can.  A foreign supplier is compared by industry alone.
 */
enum err alternatives_for(struct work *w, const struct supply_view *v, uint32_t seller, uint32_t buyer, const double *left, size_t most,
                          struct alternative **out, size_t *n) MUST_USE;

#endif
