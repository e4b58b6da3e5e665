/* inside.h - what the files of programme/target share among themselves. */
#ifndef PROGRAMME_TARGET_INSIDE_H
#define PROGRAMME_TARGET_INSIDE_H

#include "programme/target/target.h"

enum over { OVER_DAY, OVER_YEAR, OVER_PHASE };
enum split { SPLIT_NONE, SPLIT_WARD, SPLIT_CONTENT, SPLIT_INDUSTRY, SPLIT_AGENCY, SPLITS };
enum over  over_of(const struct record *indicator_of);
enum split split_of(const struct record *indicator_of);

int         measure_number(const struct record *indicator_of);      /* of `measure_choices`; -1: no such measure */
const char *measure_unit(int measure);                              /* of `measure_units`         */
/* What an indicator asks of its measure that this cannot tell: a time, a split or what it is narrowed to. */
Message     measure_refuses(const struct work *w, const struct record *indicator_of, int *field);

#endif
