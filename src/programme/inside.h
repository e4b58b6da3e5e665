/* inside.h - what the entities of the programme share among themselves. */
#ifndef PROGRAMME_INSIDE_H
#define PROGRAMME_INSIDE_H

#include "model/flow/workflow.h"

bool is_past(const struct work *w, Val day);                /* a date that lies before today       */
/* The record that a reference names; NULL: it names none, or there is none. */
struct record *named(const struct work *w, const struct record *r, int field, const struct entity *e);
/* The records whose field has this value, oldest first. */
enum err records_with(struct work *w, const struct entity *e, int field, Val v, struct records *out) MUST_USE;

/* Whether lists of children are the same, one after another, as far as people write them. */
bool same_children(const struct records *a, const struct records *b);
/* The first field in which they differ, and that is none of `free` (ended by -1); -1: none.  For records of which all else stands as it was decided. */
int field_held(const struct record *was, const struct record *now, const int *free);

/* "1.250.000", grouped as the reader writes it. */
Str amount_str(const struct work *w, int64_t amount);

/* Takes a step that is the program's own (STEP_AUTO) in the name of whoever acts.  No step from this state: nothing happens. */
enum err step_auto(struct work *w, const struct entity *e, int64_t id, const char *step, Message *why) MUST_USE;

/* Tells who works for the enterprise that the field names, or the account that it names. */
enum err tell_side(struct work *w, const struct record *r, int side, Message text, Str path) MUST_USE;
/* Reminds an account of what is due.  sentence: {1} the title, {2} the day, in its language. */
enum err tell_due(struct work *w, const struct record *account, const char *sentence, Str title, Val day, Str path) MUST_USE;

#endif
