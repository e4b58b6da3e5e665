/* inside.h - what the entities of carrying out share among themselves. */
#ifndef PROGRAMME_DELIVERY_INSIDE_H
#define PROGRAMME_DELIVERY_INSIDE_H

#include "programme/delivery/delivery.h"
#include "programme/inside.h"

/* What a paper that names a milestone, or a task, follows from. */
struct followed { const struct record *milestone, *contract, *task; };      /* NULL: none        */
struct followed followed_of(const struct work *w, const struct record *r, int milestone_field, int task_field);

/* The record without its children; NULL: there is none. */
struct record *named_alone(const struct work *w, const struct record *r, int field, const struct entity *e);
bool           in_its_state(const struct record *r, const char *state);
Str            shown_day(const struct work *w, Val day);
/* The title in Vietnamese: what papers are called after. */
Str            called(const struct work *w, const struct record *r);

/* registration.c */
bool           registers_itself(const struct work *w);     /* the actor is an enterprise, not the office */
Message        registration_closed(const struct work *w, const struct record *activity_of);

#endif
