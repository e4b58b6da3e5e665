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
    INDICATOR_CONTENT,                      /* whose it is; what has a content is counted of it alone; empty: all */
    INDICATOR_ACTIVITY_KIND, INDICATOR_SOURCE_OF_FUNDS,     /* narrowed to; empty: all             */
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
 * Frozen: what was said, by which query, on which data; never changed (entity.permanent).  A correction is another edition that names the one
 * before and why; what changed is the difference of the two lists.  FROM_YEAR and TO_YEAR: the period; DAY: up to which it was measured.
 */
enum published_field {
    PUBLISHED_NAME, PUBLISHED_INDICATOR, PUBLISHED_FROM_YEAR, PUBLISHED_TO_YEAR, PUBLISHED_DAY, PUBLISHED_EDITION,
    PUBLISHED_IDENTITY,                     /* computed, UNIQUE: indicator, years and edition     */
    PUBLISHED_VALUE, PUBLISHED_PART, PUBLISHED_WHOLE,
    PUBLISHED_QUERY, PUBLISHED_DATA_VERSION,
    PUBLISHED_LIST,                         /* what it counted: see figure_rows()                 */
    PUBLISHED_BY, PUBLISHED_REPLACES, PUBLISHED_REASON, PUBLISHED_FIELD_COUNT,
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
const struct entity *measured_entity(const struct record *indicator_of);        /* what its list holds */
const char *measured_split_list(const struct record *indicator_of);     /* the list that the keys of its split are codes of; NULL: it is not split */
bool measured_by_agency(const struct record *indicator_of);
bool measured_by(const struct record *indicator_of, int narrowing);     /* INDICATOR_CONTENT, _ACTIVITY_KIND or _SOURCE_OF_FUNDS narrows what it counts */
bool is_measured(const struct entity *e);                   /* whether a change of its records may change what is measured */

/* Years of what happened; what stands is asked of the day alone, which is today.  Nothing later than the day counts. */
struct period { int from_year, to_year; struct date day; };
/* Of an indicator over years the year itself, over the phase from the programme's first year to this one, as it stands this one; up to today. */
struct period period_of(const struct work *w, const struct record *indicator_of, int year);

/*
 * What is counted, in the order of ids.  counts: 1 for each record, people or đồng where these are summed.  day: on which it happened (date_days;
 * of what stands, 0).  part: of a share, whether it is in the part; else true.  split: code key, SEVERAL where it has more than one, or empty.
 */
#define SEVERAL "*"
struct measured_row { int64_t id, counts; int64_t day; bool part; Str split; };
struct measured_split { Str key; int64_t part, whole; };
/* value: part, or of a share its per cent of the whole (0 of nothing).  The parts of the splits add up to part.  query: as it was asked. */
struct measured {
    double value;
    int64_t part, whole, data_version;
    struct { struct measured_row *p; size_t n, cap; } rows;
    struct { struct measured_split *p; size_t n, cap; } splits;         /* by key; the largest first  */
    Str query;
};
enum err measure_of(struct work *w, const struct record *indicator_of, struct period p, struct measured *out) MUST_USE;
/* The same of what is one agency's (key); empty: of all. */
enum err measure_of_agency(struct work *w, const struct record *indicator_of, struct period p, Str agency, struct measured *out) MUST_USE;

/* ---- targets ------------------------------------------------------------------------------------------- */

/* The target that the year is measured against: of that year, or the next whose years it leads to; NULL: none.  agency: its own; empty: the one of all. */
const struct record *target_of_year(const struct record *indicator_of, int year);
const struct record *target_of_agency(const struct record *indicator_of, int year, Str agency);

/*
 * A traffic light compares with what is asked for today.  That grows on a straight line to the target: of a year or phase from nothing on its first
 * day, of what stands from where it stood (INDICATOR_START), where that is known; whole things are asked for as soon as they are whole.
 *     green  the value reaches what is asked for ("more than": goes beyond it)
 *     amber  it reaches nine tenths of it
 *     red    less than that
 *     none   there is no target, or the period has not begun
 * Of a target from … to …, the lesser number is asked for; over: the value is beyond the greater, which is told and is no fault.
 */
enum light { LIGHT_NONE, LIGHT_GREEN, LIGHT_AMBER, LIGHT_RED };
struct against { enum light light; double least, most, asked_today, gap; bool over; };      /* most: 0, none; gap: value − asked_today */
struct against against_of(const struct record *indicator_of, const struct record *target_of, struct period p, double value);

/*
 * Where it will stand at the end of the target's period: the least-squares line and the 80 % prediction interval of engine/trend/trend.h.
 * Its points: of what happened, the sums at the end of each month so far, of each year once three are over; of what stands, the published figures by
 * their days, and today.  At least three.  What happened does not unhappen: neither value nor interval is below what is counted already, save money.
 */
struct forecast_point { struct date day; double value; };
struct forecast { bool has; double value, low, high; struct { struct forecast_point *p; size_t n, cap; } points; Message why; };        /* why: it has none */
enum err forecast_of(struct work *w, const struct record *indicator_of, const struct record *target_of, struct period p, const struct measured *now,
                     struct forecast *out) MUST_USE;

/* An indicator in a year, of all or of one agency: measured now, or of what stood in a year that is over, as it was published last. */
struct standing {
    const struct record *indicator, *target, *published;    /* target, published: NULL, none      */
    struct period        period;
    bool                 known;             /* false: it stood in another year, and nobody published it */
    double               value;
    struct measured      measured;          /* empty where the value is a published one           */
    struct against       against;
    struct forecast      forecast;
};
enum err standing_of(struct work *w, const struct record *indicator_of, int year, struct standing *out) MUST_USE;
enum err standing_of_agency(struct work *w, const struct record *indicator_of, int year, Str agency, struct standing *out) MUST_USE;
enum err indicators_load(struct work *w, struct records *out) MUST_USE;          /* all, in the order of their making */
enum err indicator_named(struct work *w, Str code, struct record **out) MUST_USE;         /* ERR_MISSING: none  */

/* ---- published figures --------------------------------------------------------------------------------- */

/* The editions of the indicator's figures: by period, the newest first. */
enum err figures_published(struct work *w, int64_t indicator_id, struct records *out) MUST_USE;
/*
 * Inside a write: freezes what the indicator measures for the year (its phase up to it).  edition: the one it is to be; 1, or the last plus 1.
 * ERR_CONFLICT: somebody else has published that edition meanwhile; ERR_INVALID: a correction needs a reason, nothing has changed, or it is a year
 * whose standing can no longer be measured; ERR_DENIED: only officers publish.
 */
enum err figure_publish(struct work *w, int64_t indicator_id, int year, int edition, Str reason, int64_t *id, Message *why) MUST_USE;
/* What an edition counted, as rows with id, counts and part; and what came, went or counts otherwise since the one before it. */
struct figure_rows { struct measured_row *p; size_t n, cap; };
struct figure_rows    figure_rows(struct arena *a, const struct record *published);
struct figure_change { int64_t id; const struct measured_row *was, *now; };     /* NULL: not counted */
struct figure_changes { struct figure_change *p; size_t n, cap; };
struct figure_changes figure_changes(struct arena *a, const struct record *before, const struct record *after);

/* Inside a write: the indicators and targets of the decision (data/indicators.csv, data/targets.csv) that have not come yet, as with norms. */
enum err indicators_init(struct work *w) MUST_USE;

#endif
