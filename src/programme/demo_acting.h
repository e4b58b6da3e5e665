/*
 * demo_acting.h - how the demonstration writes down what would have happened: on the day it happened, in the name of whose turn it was, by the steps that
 * people take.  Inside a write.
 */
#ifndef PROGRAMME_DEMO_ACTING_H
#define PROGRAMME_DEMO_ACTING_H

#include "model/flow/workflow.h"

struct demo_clock { struct date today; int64_t at; };       /* at: the instant of the write        */

void     demo_turn(struct work *w, const struct demo_clock *c, struct date day);        /* to a day, at the same hour */
enum err demo_as(struct work *w, const char *email) MUST_USE;
enum err demo_take(struct work *w, const struct entity *e, int64_t id, const char *step, const char *note) MUST_USE;     /* note may be NULL */
enum err demo_save(struct work *w, struct record *fresh) MUST_USE;
/* One field of a record that is there. */
enum err demo_change(struct work *w, const struct entity *e, int64_t id, int field, Val v) MUST_USE;
Val      demo_code(struct work *w, const char *list, Str bare);      /* its key; null: no such code (any more), or none asked for */

#endif
