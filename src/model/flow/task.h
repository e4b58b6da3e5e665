/*
 * task.h - what waits for an actor, over everything: records in a state with a step that is theirs (other than one that only
 * refuses or ends, STEP_BAD), proposals among them; rows of imports to decide; an own profile to confirm.  Read from the tables of
 * workflows; costs one query along the index of the state for each entity with a workflow.
 */
#ifndef MODEL_FLOW_TASK_H
#define MODEL_FLOW_TASK_H

#include "model/flow/workflow.h"

struct task {
    const struct entity *e;
    const struct record *record;            /* without children; NULL: `count` of a kind (rows of imports) */
    Str                  title, state;      /* in w->lang                                         */
    struct date          due;               /* year 0: no deadline                                */
    int                  days_left;         /* working days; negative: overdue                    */
    int64_t              count;             /* 1 for a record                                     */
    Str                  path;              /* where it is done, without language: "/workspace/claims/YC-000001-3" */
};
struct tasks { struct task *p; size_t n, cap; bool more; };
/* The most urgent first, those without a deadline last; at most limit. */
enum err tasks_of(struct work *w, int limit, struct tasks *out) MUST_USE;
/* Records to take a step on; overdue: those of them whose deadline lies before today. */
enum err tasks_count(struct work *w, int64_t *n, int64_t *overdue) MUST_USE;

/* Daily: tells those whose turn it is of what is due within two working days or overdue, once each; inside work_write. */
enum err tasks_remind(struct work *w) MUST_USE;

#endif
