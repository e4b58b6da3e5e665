/*
 * facts.h - what the programme's decision says: its nine contents, and the figures it starts from; data files built into the program, each row with
 * its source.  Its targets are those of indicators: programme/target/target.h.
 */
#ifndef PROGRAMME_FACTS_H
#define PROGRAMME_FACTS_H

#include "base/base.h"

struct content { Str code, title[LANGS], description[LANGS], section, source; };
struct figure_stated {
    Str    code, label[LANGS], comparison, unit, period, group, source;
    double value;
};

struct facts {
    struct { struct content *p; size_t n, cap; } contents;
    struct { struct figure_stated *p; size_t n, cap; } figures;
};

/* Reads the two files; a wrong one stops the program. */
struct facts facts_read(struct arena *a);
/* "about 1,200", "more than 40%", in the language. */
Str figure_str(struct arena *a, enum lang l, const struct figure_stated *f);
const struct figure_stated *figure_find(const struct figure_stated *list, size_t n, Str code, Str period);     /* NULL: none */

#endif
