/* measures.h - the programme's targets and, beside them, what the register measures now; for the home and programme pages. */
#ifndef PAGES_MEASURES_H
#define PAGES_MEASURES_H

#include "pages/shell.h"
#include "programme/facts.h"

struct aim { Str period, target; };         /* "2030", "about 1,200"                              */
struct measure {
    Str   label, now, baseline, source, url;        /* url: the list behind the figure            */
    Html  progress;
    bool  measured;                         /* now, url and progress are there                    */
    Items aims;
};
extern const struct slot measure_slots[];

struct measures { struct measure *p; size_t n, cap; };
/* The targets of one of the programme's contents ("3.1"; empty: of the programme as a whole), one measure for each. */
struct measures measures_of(struct request *q, const struct facts *facts, Str content);
/* What the register counts for a target; false: nothing counts it yet. */
bool measured_now(const struct snapshot *s, Str code, double *now);

#endif
