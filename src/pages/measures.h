/* measures.h - the programme's figures as the register measures them now, beside their targets; for the home and programme pages. */
#ifndef PAGES_MEASURES_H
#define PAGES_MEASURES_H

#include "pages/shell.h"
#include "programme/facts.h"

struct measure {
    Str  label, now, target, period, baseline, source, url;     /* now empty: not measured yet; url: the list behind it */
    Html progress;
    bool measured;
};
extern const struct slot measure_slots[];

struct measures { struct measure *p; size_t n, cap; };
/* The targets of a year (empty: of all periods), each with what is measured. */
struct measures measures_of(struct request *q, const struct facts *facts, Str period);

#endif
