/* planning.h - what the pages of a plan share: where each is, the plan of the address with all in it, money by source, the menu among its views. */
#ifndef PAGES_PLAN_PLANNING_H
#define PAGES_PLAN_PLANNING_H

#include "pages/plan/plan_pages.h"
#include "pages/workspace/workspace.h"

/* "/plan/KH-000001-3/calendar"; rest: NULL or what follows.  Without language. */
Str plan_path(struct arena *a, int64_t id, const char *rest);
Str activity_path(struct arena *a, int64_t id);
Str task_path(struct arena *a, int64_t id);
/* Where the record of at lies for its reader (desks.c), without language; empty: it has no desk for them. */
Str planning_desk(struct at *at);

/* The norms, and the day on which they must hold: that of the decision; today, while none has been taken. */
struct norms_then { struct records all; struct date on; };
enum err norms_then_of(struct work *w, const struct record *plan_of, struct norms_then *out) MUST_USE;
/* What is wrong with a line that is above its norm, with the citation; NO_MESSAGE: it is not. */
Message  norm_wrong(struct work *w, const struct norms_then *norms, const struct record *cost);

struct planning {
    struct at        at;                    /* its record is the plan                             */
    struct plan_view view;
    struct norms_then norms;
};
/* The plan {id} names, for who reads all plans; else r says 404. */
enum err planning_at(struct request *q, struct reply *r, struct planning *out) MUST_USE;
int      plan_year(const struct planning *p);

/* The page of what has been put into p->at.h, below the menu of the plan's views.  rest: which of them, as plan_path(); title: NULL for the plan itself. */
enum err planning_reply(struct planning *p, const char *rest, const char *title, Html actions);

/* ---- money ----------------------------------------------------------------------------------------------- */

enum paid_by { PAID_IN_ALL, PAID_BY_BUDGET, PAID_BY_PARTICIPANTS, PAID_BY_OTHERS, PAID_BY };
struct paid { int64_t of[PAID_BY]; };
void paid_add_from(const struct work *w, struct paid *sum, Str source, int64_t amount);     /* of a line, or of many of one source */
void    paid_add(const struct work *w, struct paid *sum, const struct record *task_of);
int64_t paid_from(const struct record *cost, Str source);   /* what the source pays of the line   */
struct paid paid_of_task(const struct work *w, const struct record *task_of);

/* ---- parts of pages ------------------------------------------------------------------------------------------ */

Str     days_text(struct work *w, const struct record *r, int starts, int ends);    /* 05/03/2027 – 07/03/2027 */
bool    plan_changeable(const struct record *plan_of);      /* its activities and costs may be changed */

#endif
