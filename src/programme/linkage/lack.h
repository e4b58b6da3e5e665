/*
 * lack.h - what the city lacks (C14): demands and searches without a good answer, by what was missing; and what would unlock them.
 *
 * A demand is met when a supplier answers every must with met and has WELL of 100 points.  It is nearly met by a supplier whom exactly one criterion
 * keeps from that.  Unlock: for each thing missing (a certificate, process, machine of a size, place), the demands and yearly value that would
 * be met if their nearly fitting suppliers had it, and who those are, most value first.
 */
#ifndef PROGRAMME_LINKAGE_LACK_H
#define PROGRAMME_LINKAGE_LACK_H

#include "programme/linkage/search.h"

struct lacking {                            /* one thing missing                                   */
    const struct criterion *is;
    Str           code;                     /* with its version; empty: a number                   */
    double        value;                    /* the most that is asked, in the quantity's unit; NAN: none */
    const int64_t *demands;   size_t demands_n;     /* open or ended without a choice, by number    */
    double        dong;                     /* a year, of those that state a value                  */
    int64_t       searches;                 /* times it was searched for in vain                    */
    const int64_t *nearly;    size_t nearly_n;      /* enterprises, most demands first              */
};
struct lackings { struct lacking *p; size_t n, cap; };
/* since: demands and searches from this day on.  Costs a match for each. */
enum err lacking_of(struct work *w, const struct search *index, struct date since, struct lackings *out) MUST_USE;

#endif
