/* plan_pages.h - the pages of a year's plan: its tree, calendar, Gantt chart, versions, costs against norms, and the estimate as offices write it. */
#ifndef PAGES_PLAN_PAGES_H
#define PAGES_PLAN_PAGES_H

#include "pages/desk.h"
#include "pages/network/grid.h"
#include "programme/plan/plan.h"

/* plans.c: GET /plan, all years side by side; POST /plan: a plan for another year, empty or copied */
handler plans_page, plans_make;
/* plan_tree.c: GET /plan/{id} (page, files), one year: contents → activities → tasks with dates, unit, money by source */
handler plan_page;
/* calendar.c: GET /plan/{id}/calendar?month=2027-03; gantt.c: GET /plan/{id}/gantt */
handler plan_calendar, plan_gantt;
/* versions.c: GET /plan/{id}/versions?older=&newer= */
handler plan_versions;
/* task_desk.c: GET /plan/tasks/{id}: one task from cost to settlement, with what may be done next; activity_desk.c: GET /plan/activities/{id} */
handler task_desk, activity_desk;
/*
 * estimate_sheet.c: GET /plan/{id}/estimate (page, xlsx) the estimate in the offices' layout; POST: the same sheet, which is stored and leads to ?sheet=HASH,
 * estimate_read.c: what differs and what is not certain; POST there saves it
 */
handler plan_estimate, plan_estimate_send;
/* public_activities.c: GET /activities (page, files), /activities/{id}: what the public may come to; both as iCalendar too; POST there by an enterprise for itself */
handler activities_public, activity_public, activity_register, activity_withdraw, activities_ics, activity_ics;

/* Money of `amount` đồng for people, in full: "1.250.000.000 đồng". */
Str dong(struct arena *a, enum lang l, int64_t amount);

#endif
