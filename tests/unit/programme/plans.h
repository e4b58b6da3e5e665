/* plans.h - a year's plan in the making: an officer who writes it, finance who checks it, a leader who approves it. */
#ifndef PROGRAMME_PLANS_H
#define PROGRAMME_PLANS_H

#include "linkages.h"
#include "programme/plan/plan.h"

struct plan_cast { struct work *officer, *finance, *leader, *agency, *ward, *visitor; };
struct plan_cast plan_cast(struct work *w);

/* Not saved yet; days "2026-03-01"; codes bare. */
struct record *new_plan(struct work *w, int year);
struct record *new_activity(struct work *w, const struct record *plan_of, const char *title, const char *content, const char *starts, const char *ends);
struct record *new_task(struct work *w, const struct record *activity_of, const char *title);
/* A line of the task: all of it from the city's recurrent budget unless a part is said; the rest then from the participants. */
struct record *add_cost(struct work *w, struct record *task_of, const char *item, double quantity, int64_t price, int64_t support);
Val            key_in(struct work *w, const char *list, const char *bare);

/* A plan of 2026 with a fair (40 booths at 20 million, 12 of them supported) and a class, as a draft; and the same approved by decision 1/QĐ. */
struct small_plan { struct record *plan, *fair, *class, *stands, *lessons; };
struct small_plan small_plan(const struct plan_cast *c);
void              approve_plan(const struct plan_cast *c, const struct record *plan_of, const char *decision);

/* Saving a change of one field as a form does; what the first problem says. */
enum err changed_field(struct work *by, const struct record *r, int field, Val v, Str *why);
/* The norms built into the program. */
void     fill_norms(struct work *w);
struct record *norm_with(struct work *w, const char *code);

#endif
