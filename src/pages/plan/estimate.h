/*
 * estimate.h - the estimate of a plan in the offices' own layout: contents, activities, tasks and their lines of cost, with who pays beside each; and the
 * lines as they are to be by a sheet that was sent back.
 */
#ifndef PAGES_PLAN_ESTIMATE_H
#define PAGES_PLAN_ESTIMATE_H

#include "pages/office_sheet.h"
#include "pages/plan/planning.h"

enum { SOURCES = 5 };                       /* columns of who pays                                */
enum estimate_column { ROW_NUMBER, ROW_OF_WHAT, ROW_UNIT, ROW_QUANTITY, ROW_PRICE, ROW_TOTAL, ROW_SOURCE, ROW_KEY = ROW_SOURCE + SOURCES, ESTIMATE_COLUMNS };
extern const struct office_column estimate_columns[ESTIMATE_COLUMNS];

/* What a line costs and who pays it, by column. */
struct costed { double quantity; int64_t price, total, paid[SOURCES]; };

struct estimate_line {
    const struct record *activity_of, *task_of, *cost;
    struct costed        is, then;          /* then: as it is to be; the same where nothing is changed */
    bool                 in_sheet;
};
struct estimate_plan {
    struct planning p;
    struct { struct estimate_line *p; size_t n, cap; } lines;      /* in the order of the sheet    */
    int64_t         seen;                   /* the newest version of a task                       */
};
enum err estimate_open(struct request *q, struct reply *r, struct estimate_plan *out) MUST_USE;

/* The column in which an amount from this source stands; the source of a column, for a line that has none of its own there. */
int  column_of_source(const struct work *w, Str source);
Str  source_of_column(const struct work *w, int column);

/* Sums of what is under a content, activity or task: `of` names which, as estimate_key() says it; empty: of all. */
struct costed estimate_sum(const struct estimate_plan *e, Str of, bool then);
/* What stands in the key column: "NV-000012-3/45" of a line, "Σ NV-000012-3", "Σ HD-000001-3", "Σ 2026/3.1" of sums, "Σ 4711" of all: the version that was downloaded. */
Str  line_key(struct arena *a, const struct estimate_line *l);
bool is_sum_key(Str key, Str *of);

struct office_sheet estimate_sheet(struct estimate_plan *e);
bool may_send_estimate(const struct estimate_plan *e);

/* estimate_read.c: what the stored sheet of this hash would change, to be looked at and answered; POST: saves it. */
enum err estimate_review(struct estimate_plan *e, Str hash, bool save) MUST_USE;

#endif
