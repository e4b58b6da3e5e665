/* inside.h - what the files of the plan share. */
#ifndef PROGRAMME_PLAN_INSIDE_H
#define PROGRAMME_PLAN_INSIDE_H

#include "programme/inside.h"
#include "programme/money/money.h"

/* Not a part of the plan any more. */
static inline bool is_cancelled(const struct record *r) { return str_is(v_str(r->v[r->e->workflow->state]), "cancelled"); }

/* Whether activities, tasks and costs may be changed: the plan is being written or adjusted, and nobody has decided on it. */
bool     plan_open(const struct record *plan_of);
/*
 * What is wrong with saving r, an activity or a task of this plan, while the plan is not open: nothing may come, go, or differ from what is
 * stored but the fields of `free` (ended by -1), which say how it is carried out.  *field: the first that differs.
 */
Message  plan_holds(const struct work *w, const struct record *plan_of, const struct record *r, const int *free, int *field);
/* The same for entity.stays. */
Message  plan_keeps(const struct work *w, const struct record *plan_of);
/* The same for entity.follow, which every write passes: ERR_DENIED. */
enum err plan_kept(struct work *w, const struct record *plan_of, const struct record *was, const struct record *now, const int *free) MUST_USE;

/* What is wrong with the days of r: not both in order, or not both in that year (where it is not 0). */
Message  check_days(const struct work *w, const struct record *r, int starts, int ends, int year, int *field);

/* The part of a line that the city's budget pays: support and rest, each where its source is the budget's. */
int64_t  cost_of_budget(const struct work *w, const struct record *cost);

/* Makes the version that has just been approved, with number, decision and reason of the plan. */
enum err version_make(struct work *w, const struct record *plan_of) MUST_USE;

#endif
