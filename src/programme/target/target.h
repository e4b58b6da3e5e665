/*
 * target.h - indicators, their targets, what is measured beside them, and what was published.
 *
 * An indicator is data: one of the measures below with what it is narrowed to.  A measure gives rows, and every number is the sum of what its
 * rows count for; so no number can differ from the list it opens, and the parts of a split add up to it.
 */
#ifndef PROGRAMME_TARGET_H
#define PROGRAMME_TARGET_H

#include "programme/delivery/delivery.h"

extern const struct entity indicator, target, published_figure;

enum indicator_field {
    INDICATOR_CODE, INDICATOR_TITLE_VI, INDICATOR_TITLE_EN, INDICATOR_MEASURE,          /* one of `measure_choices` */
    INDICATOR_CONTENT, INDICATOR_ACTIVITY_KIND, INDICATOR_SOURCE_OF_FUNDS,              /* narrowed to; empty: all */
    INDICATOR_UNIT,                         /* derived: the measure's                             */
    INDICATOR_SPLIT, INDICATOR_OWNER, INDICATOR_FREQUENCY,      /* split: none, ward, content, industry, agency; owner: agency */
    INDICATOR_OVER,                         /* "day": as it stands; "year": what happened in it; "phase": from the programme's first year on */
    INDICATOR_START_YEAR, INDICATOR_START,  /* where it stood at the end of that year, as the decision states it; empty: not stated */
    INDICATOR_VERSION,                      /* computed: counts changes of the formula            */
    INDICATOR_FROM, INDICATOR_TO, INDICATOR_SOURCE, INDICATOR_NOTE,
    INDICATOR_TARGETS,                      /* children: target                                   */
    INDICATOR_FIELD_COUNT,
};
/* Of each year from FROM_YEAR to TO_YEAR where the indicator is over years, else of the end of TO_YEAR. */
enum target_field { TARGET_FROM_YEAR, TARGET_TO_YEAR, TARGET_AGENCY, TARGET_COMPARISON, TARGET_LEAST, TARGET_MOST, TARGET_SOURCE, TARGET_FIELD_COUNT };
/*
 * Frozen: what was said, by which query, on which data; never changed.  A correction is another edition that names the one before, why, and what
 * changed.  FROM_YEAR and TO_YEAR: the period; DAY: up to which it was measured.
 */
enum published_field {
    PUBLISHED_NAME, PUBLISHED_INDICATOR, PUBLISHED_FROM_YEAR, PUBLISHED_TO_YEAR, PUBLISHED_DAY, PUBLISHED_EDITION,
    PUBLISHED_IDENTITY,                     /* computed, UNIQUE: indicator, years and edition     */
    PUBLISHED_VALUE, PUBLISHED_PART, PUBLISHED_WHOLE,
    PUBLISHED_QUERY, PUBLISHED_DATA_VERSION,
    PUBLISHED_LIST,                         /* "id:counts;id:counts": of what it counts, in the order of ids */
    PUBLISHED_BY, PUBLISHED_REPLACES, PUBLISHED_REASON, PUBLISHED_CHANGES, PUBLISHED_FIELD_COUNT,
};

/* ---- measures ------------------------------------------------------------------------------------------ */

enum measure_number {
    MEASURE_ENTERPRISES, MEASURE_INTERNATIONAL, MEASURE_INTERNATIONAL_SHARE, MEASURE_DIRECT_SUPPLIERS,
    MEASURE_PARTICIPATIONS, MEASURE_PARTICIPATING, MEASURE_PEOPLE, MEASURE_ACTIVITIES,
    MEASURE_SUBMITTED, MEASURE_ALLOCATED, MEASURE_COMMITTED, MEASURE_DISBURSED, MEASURE_SETTLED,
    MEASURE_CONTRACTS, MEASURE_TASKS, MEASURES,
};
extern const struct choice measure_choices[];               /* by number: "enterprises" ...       */
extern const struct choice measure_units[];                 /* "enterprise", "participation", "percent", "dong" ... */

#endif
