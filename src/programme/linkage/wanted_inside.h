/* wanted_inside.h - what the ways of reading a demand share. */
#ifndef PROGRAMME_LINKAGE_WANTED_INSIDE_H
#define PROGRAMME_LINKAGE_WANTED_INSIDE_H

#include "programme/linkage/wanted.h"

/* A want as the table has it, without what is asked; NULL: there are MATCH_CRITERIA already. */
struct want *want_add(struct work *w, struct wanted *d, const struct criterion *c);
/* One code more: a want of its own where each is to be met, else one more of the criterion's want.  What is there already is not added.
 * The want it is in; NULL as above. */
struct want *want_add_code(struct work *w, struct wanted *d, const struct criterion *c, Str key);
struct want *want_named(const struct wanted *d, const struct criterion *c);    /* the first; NULL: none */

void wrong_add(struct work *w, struct wrong_parts *wrong, Str where, Message what);

bool want_sets_least(const struct criterion *c);            /* does its number say the least that there must be? */

/* Each takes a text as people write it, and says what is wrong with it. */
Message want_read_code(struct work *w, const struct criterion *c, Str text, Str *key);
Message want_read_number(struct work *w, const struct criterion *c, enum lang lang, Str text, double *out);     /* "250 t", "≥ 250 t" */
Message want_read_amount(struct work *w, enum lang lang, Str text, double *out, Str *unit);     /* of capacity: "20.000 chiếc"; unit empty: none said */
bool    want_landmark(struct work *w, const struct code *landmark, struct spot *at);    /* where it is; false: not known, or NULL */
Str     want_place(struct work *w, const struct want *x);   /* what a distance's place is called, in w->lang: a landmark's name where it is one */
Message want_read_place(struct work *w, Str text, struct spot *at);    /* a landmark's name, or degrees */

#endif
