/*
 * target.h - indicators, their targets, what is measured beside them, and what was published.
 *
 * An indicator is data: one of the measures below with what it is narrowed to.  A measure counts records, and every number is the length or sum of the list that
 * measure_of() gives with it; so no number can differ from the list it opens.
 */
#ifndef PROGRAMME_TARGET_H
#define PROGRAMME_TARGET_H

#include "programme/delivery/delivery.h"

extern const struct entity indicator, target, published_figure;

enum indicator_field {
    INDICATOR_CODE, INDICATOR_TITLE_VI, INDICATOR_TITLE_EN, INDICATOR_MEASURE,          /* one of `measures` */
    INDICATOR_CONTENT, INDICATOR_ACTIVITY_KIND, INDICATOR_SOURCE_OF_FUNDS,              /* narrowed to; empty: all */
    INDICATOR_UNIT, INDICATOR_SPLIT, INDICATOR_OWNER, INDICATOR_FREQUENCY,              /* split: none, ward, content, industry, agency; owner: agency */
    INDICATOR_OVER,                         /* "day": as it stands; "year": what happened in it; "phase": from the programme's first year on */
    INDICATOR_VERSION, INDICATOR_FROM, INDICATOR_TO, INDICATOR_SOURCE, INDICATOR_NOTE,
    INDICATOR_TARGETS,                      /* children: target                                   */
    INDICATOR_FIELD_COUNT,
};
enum target_field { TARGET_FROM_YEAR, TARGET_TO_YEAR, TARGET_AGENCY, TARGET_COMPARISON, TARGET_LEAST, TARGET_MOST, TARGET_SOURCE, TARGET_FIELD_COUNT };
/* Frozen: what was said, by which query, on which data.  A correction is another edition that names the one before and what changed. */
enum published_field { PUBLISHED_NAME, PUBLISHED_INDICATOR, PUBLISHED_PERIOD, PUBLISHED_EDITION, PUBLISHED_VALUE, PUBLISHED_OF, PUBLISHED_QUERY, PUBLISHED_DATA_VERSION, PUBLISHED_LIST,
                       PUBLISHED_ON, PUBLISHED_BY, PUBLISHED_REPLACES, PUBLISHED_CHANGES, PUBLISHED_FIELD_COUNT };

/* "enterprises", "international_share", "direct_suppliers", "participations", "participating_enterprises", "money_allocated", "money_disbursed" ... */
struct measure { const char *code, *label, *unit; const struct entity *of; };      /* of: what its list holds */
extern const struct measure measures[];     /* code NULL at the end                               */

struct period { int from_year, to_year; struct date day; };     /* day: up to it; of what stands, on it */
/* value: a number, or a share in per cent with part and whole; ids: of the records it counts (of part, for a share).  split: the same by codes, adding up to part. */
struct measured { double value, part, whole; const int64_t *ids; size_t n; struct measured_split { Str key; double value; } *split; size_t splits; int64_t data_version; };
enum err measure_of(struct work *w, const struct record *indicator_of, struct period p, struct measured *out) MUST_USE;

/* Against the target of that period: light and gap.  ahead: the target is of a later year, and the straight line from its start to it is what is asked for today. */
enum light { LIGHT_NONE, LIGHT_GREEN, LIGHT_AMBER, LIGHT_RED };
struct against { enum light light; double least, most, asked_today, gap; bool has, ahead; };
struct against against_of(const struct work *w, const struct record *indicator_of, const struct record *target_of, double value);

/* Where it will stand at the end of the target's last year: least-squares line over the yearly (or monthly, in the first two years) values so far, with the 80 % prediction interval of
 * Student's t; needs three points, else has is false and why says so. */
struct forecast { bool has; double value, low, high; int points; Message why; };
enum err forecast_of(struct work *w, const struct record *indicator_of, const struct record *target_of, struct forecast *out) MUST_USE;

/* Inside a write: freezes what the indicator measures for the period.  A later one for the same period is the next edition; ERR_INVALID: it needs a reason, or nothing has changed. */
enum err figure_publish(struct work *w, int64_t indicator_id, struct period p, Str reason, int64_t *id, Message *why) MUST_USE;

#endif
