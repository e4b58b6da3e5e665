/* inside.h - what the entities of linkage share among themselves. */
#ifndef PROGRAMME_LINKAGE_INSIDE_H
#define PROGRAMME_LINKAGE_INSIDE_H

#include "programme/linkage/linkage.h"

extern const struct choice currencies[];

bool is_past(const struct work *w, Val day);                /* a date that lies before today       */
/* The record that a reference names; NULL: it names none, or there is none. */
struct record *named(const struct work *w, const struct record *r, int field, const struct entity *e);
/* The records whose field has this value, oldest first. */
enum err records_with(struct work *w, const struct entity *e, int field, Val v, struct records *out) MUST_USE;

/* Takes a step that is the program's own (STEP_AUTO) in the name of whoever acts.  No step from this state: nothing happens. */
enum err step_auto(struct work *w, const struct entity *e, int64_t id, const char *step, Message *why) MUST_USE;

/* Whether the buyer has let this supplier in: it invited it itself, admitted it, or does not mind who knows. */
bool buyer_knows(const struct record *invitation_of, const struct record *demand_of);

/* Inside a write: nobody was chosen; what suppliers sent or were asked for comes to its end, and they are told. */
enum err demand_left(struct work *w, int64_t demand_id, Message *why) MUST_USE;

/* Tells who works for the enterprise that the field names, or the account that it names; but not the actor. */
enum err tell_side(struct work *w, const struct record *r, int side, Message text, Str path) MUST_USE;

#endif
