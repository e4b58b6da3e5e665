/* wording.h - values, targets, lights and periods of indicators in words. */
#ifndef PAGES_TARGET_WORDING_H
#define PAGES_TARGET_WORDING_H

#include "pages/shell.h"
#include "programme/target/target.h"

Str value_text(struct work *w, const struct record *indicator_of, double value);        /* "1.200", "35,2 %", "1.250.000.000 đồng" */
/* The difference of two values: of shares in percentage points. */
Str gap_text(struct work *w, const struct record *indicator_of, double v);
Str gap_unit_text(struct work *w, const struct record *indicator_of);
/* What records count for: đồng are said with their unit; of a share, its two parts are counts. */
Str counted_text(struct work *w, const struct record *indicator_of, int64_t n);
Str unit_text(struct work *w, const struct record *indicator_of);                       /* "enterprises" */
Str target_text(struct work *w, const struct record *indicator_of, const struct record *target_of);     /* "about 1,200", "500 to 600" */
Str target_period(struct work *w, const struct record *indicator_of, const struct record *target_of);   /* "2030", "2026–2030", "each year 2026–2030" */
Str period_text(struct work *w, const struct record *indicator_of, struct period p);    /* "2026", "2026–2028", "on 22/11/2026" */
Str day_text(struct work *w, struct date day);
Str light_text(struct work *w, const struct against *a);                                /* a sign and a word; empty: no light */
/* What styles know it by, and its word alone, to which they add the sign; NULL: no light. */
struct light_look { const char *class, *sign, *word; };
const struct light_look *light_look(enum light light);

#endif
