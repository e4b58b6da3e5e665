/* inside.h - what the files of programme/target share among themselves. */
#ifndef PROGRAMME_TARGET_INSIDE_H
#define PROGRAMME_TARGET_INSIDE_H

#include "programme/target/target.h"

enum over { OVER_DAY, OVER_YEAR, OVER_PHASE };
enum split { SPLIT_NONE, SPLIT_WARD, SPLIT_CONTENT, SPLIT_INDUSTRY, SPLIT_AGENCY, SPLITS };
enum over  over_of(const struct record *indicator_of);
enum split split_of(const struct record *indicator_of);

const char *measure_unit(const struct record *indicator_of);       /* of `measure_units`         */
static inline bool is_percent(const struct record *indicator_of) { return str_is(str_of(measure_unit(indicator_of)), "percent"); }
static inline bool is_money(const struct record *indicator_of) { return str_is(str_of(measure_unit(indicator_of)), "dong"); }
/* What an indicator asks of its measure that this cannot tell: a time, a split or what it is narrowed to. */
Message     measure_refuses(const struct record *indicator_of, int *field);

bool indicator_built_in(Str code);          /* one of data/indicators.csv                         */

struct date year_end(int64_t year);
struct date period_end(const struct record *indicator_of, const struct record *target_of, struct period p);     /* of the target, where there is one */
struct date period_now(struct period p);                            /* its day, or its last where that is over */

#endif
