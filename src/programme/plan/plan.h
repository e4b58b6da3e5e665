/*
 * plan.h - the programme's plan of a year (Decision 6126/QĐ-UBND, parts II.3, III and IV): plan → activity → task → lines of cost, each of the
 * nine contents; the norms that bound what the budget may pay; and the plan's versions.
 *
 * A task is one record from plan to settlement: adjusting a plan changes it where it is.  A version is the plan as it was decided,
 * frozen with number, decision and day (plan_version), so that any two can be laid beside each other.
 */
#ifndef PROGRAMME_PLAN_H
#define PROGRAMME_PLAN_H

#include "model/flow/workflow.h"
#include "programme/register.h"

/*
 * Code lists of the programme (data/lists, with their sources): "programme_content" 3.1 ... 3.9, "activity_kind" (fair, consulting, training,
 * research ...), "expense_kind" (what money is spent on), "fund_source" (city_recurrent, city_investment, participants, sponsorship, other; extra
 * "budget=1" marks the two of the city's budget), "agency" (who is responsible, to whom money is allocated).
 */
bool is_budget(const struct work *w, Str source);            /* one of the two of the city's budget */

extern const struct entity yearly_plan, plan_version, activity, task, cost_line, norm;

/* ---- plan: draft → submitted (to finance) → approved ⇄ adjusting → closed; returned ------------------- */

enum plan_field {
    PLAN_TITLE_VI, PLAN_TITLE_EN,
    PLAN_YEAR,                              /* UNIQUE: one plan a year; within the programme's years */
    PLAN_NOTE,
    PLAN_COPIED_FROM,                       /* reference: the plan it was copied from; or empty   */
    PLAN_DECISION, PLAN_DECIDED_ON,         /* of the version in force                            */
    PLAN_VERSION,                           /* its number; 0: none approved yet                   */
    PLAN_REASON,                            /* why it is being adjusted; set by that step         */
    PLAN_STATE, PLAN_DUE, PLAN_FIELD_COUNT,
};
/* What was decided: the whole plan as JSON (activities, tasks, lines of cost, sums), made when it is approved; never changed. */
enum plan_version_field { VERSION_NAME, VERSION_PLAN, VERSION_NUMBER, VERSION_DECISION, VERSION_DECIDED_ON, VERSION_REASON, VERSION_TOTAL, VERSION_CONTENT,
                          VERSION_FIELD_COUNT };

/* ---- activity: what is done for enterprises; counted in participations; public once its plan is approved ---- */

enum activity_field {
    ACTIVITY_TITLE_VI, ACTIVITY_TITLE_EN, ACTIVITY_PLAN, ACTIVITY_YEAR,         /* year: computed, INDEXED */
    ACTIVITY_CONTENT, ACTIVITY_KIND, ACTIVITY_TEXT,
    ACTIVITY_AGENCY,                        /* the responsible unit: code of "agency"             */
    ACTIVITY_STARTS, ACTIVITY_ENDS, ACTIVITY_PLACE, ACTIVITY_WARD,
    ACTIVITY_PARTICIPATIONS, ACTIVITY_ENTERPRISES,      /* expected                              */
    ACTIVITY_REGISTER_BY, ACTIVITY_PLACES,  /* until when, and how many, enterprises may register themselves; null: until it begins, as many as come */
    ACTIVITY_APPROVED,                      /* it stands in an approved plan, so everybody may read it; set with the plan's approval */
    ACTIVITY_STATE, ACTIVITY_FIELD_COUNT,   /* planned → open → carried_out | cancelled            */
};

/* ---- task: what somebody is to deliver, with its money: planned → choosing → under_way → accepted → settled | cancelled ---- */

enum task_field {
    TASK_TITLE_VI, TASK_TITLE_EN, TASK_ACTIVITY, TASK_YEAR, TASK_CONTENT,       /* year, content: computed from the activity */
    TASK_AGENCY, TASK_MODE,                 /* mode: "own" (the agency itself), "provider" (selected, programme/contract) */
    TASK_STARTS, TASK_ENDS, TASK_PLACE, TASK_WARD,      /* ward: takes part in the acceptance     */
    TASK_RESULT,                            /* what is to be there in the end                     */
    TASK_COSTS,                             /* children: cost_line                                */
    TASK_TOTAL, TASK_SUPPORT,               /* computed: what its lines cost, and what the city's budget pays of that */
    TASK_REPORTS,                           /* progress reports: "none", "monthly", "quarterly"    */
    TASK_STATE, TASK_FIELD_COUNT,
};
/* A line of cost: total = quantity × price, rounded to the đồng (half up); support is what `source` pays of it, the rest comes from rest_source. */
enum cost_field {
    COST_ITEM, COST_KIND, COST_QUANTITY, COST_UNIT, COST_PRICE, COST_TOTAL,     /* total: computed */
    COST_SOURCE, COST_SUPPORT, COST_REST_SOURCE, COST_REST,                     /* rest: computed  */
    COST_NORM, COST_NORM_UNITS,             /* the norm it stands on; how many of what the norm's cap is for (participants, booths) */
    COST_FIELD_COUNT,
};
/* What a line costs, in đồng: quantity (of at most three decimals) × price.  false: more than MONEY_MOST (money.h), which *total is then. */
bool cost_total(const struct record *cost, int64_t *total);

/* ---- norms: the most that the budget may pay; versioned data with their citation ---------------------- */

enum norm_field {
    NORM_CODE,                              /* UNIQUE with version: "tt29-fair-domestic/2018"       */
    NORM_TITLE_VI, NORM_TITLE_EN, NORM_KIND, NORM_ACTIVITY_KIND,
    NORM_PERCENT,                           /* of the total; empty: no percentage                 */
    NORM_CAP, NORM_CAP_UNIT,                /* đồng for each unit; empty: no cap                  */
    NORM_FROM, NORM_TO,                     /* days it is in force; TO empty: still               */
    NORM_CITATION, NORM_URL, NORM_NOTE, NORM_NEXT,      /* next: reference to the norm that replaced it */
    NORM_FIELD_COUNT,
};
/*
 * The norm as it stood on `day` (what replaced it, or what it replaced) against a line: allowed is the lower of percentage of the total (rounded down)
 * and cap × units.  INT64_MAX: neither is set.  bound: which of the two.  over: what the city's budget pays beyond it; other sources are bound by
 * nothing.  found: the line names a norm; in_force: one held on that day.
 */
enum norm_bound { NORM_BY_NOTHING, NORM_BY_PERCENT, NORM_BY_CAP };
struct norm_answer { bool found, in_force; const struct record *norm; int64_t units, allowed, over; enum norm_bound bound; };
enum err norms_load(struct work *w, struct records *out) MUST_USE;             /* all, once for many lines */
void     norm_answer_in(const struct work *w, const struct records *norms, const struct record *cost, struct date day, struct norm_answer *out);
enum err norm_answer_of(struct work *w, const struct record *cost, struct date day, struct norm_answer *out) MUST_USE;     /* both, for one */
Message  norm_sentence(struct work *w, const struct norm_answer *a);            /* with the citation; NO_MESSAGE: within it */
/* Inside a write: the norms built into the program (data/norms.csv) that have not come yet: all at first, after an upgrade those that are new. */
enum err norms_init(struct work *w) MUST_USE;

/* ---- what others ask ---------------------------------------------------------------------------------- */

/* The plan of a year with everything in it, loaded once: activities by content and start, tasks by activity.  ERR_MISSING: no plan. */
struct plan_view { const struct record *plan; struct records activities, tasks; };      /* tasks with their lines, parallel to nothing */
enum err plan_load(struct work *w, int64_t plan_id, struct plan_view *out) MUST_USE;
enum err plan_of_year(struct work *w, int year, int64_t *id) MUST_USE;          /* 0: none         */

/* Inside a write: a draft for another year with all activities, tasks and lines, days moved by whole years (29 February to 28); ERR_CONFLICT:
 * that year has one. */
enum err plan_copy(struct work *w, int64_t from, int year, int64_t *id, Message *why) MUST_USE;
/* The plan as it was decided: records that are in no database. */
enum err version_read(struct work *w, const struct record *version_of, struct plan_view *out) MUST_USE;
/* What differs between two versions, as sentences in w->lang: activities and tasks that came, went, moved, cost more or less. */
struct plan_difference { Str what, was, now; int64_t money_was, money_now; };
struct plan_differences { struct plan_difference *p; size_t n, cap; };
enum err plan_differences(struct work *w, const struct record *older, const struct record *newer, struct plan_differences *out) MUST_USE;

/* Estimates: what each budget line is asked for, from lines of cost; rows with one task's share of one line.  Adds up to the plan's total. */
struct estimate { Str agency, source, content, kind; int64_t task, amount; };
struct estimates { struct estimate *p; size_t n, cap; };
enum err estimates_of(struct work *w, int year, struct estimates *out) MUST_USE;

#endif
