/*
 * form.h - the form of an entity, read from its table.  What was typed comes back as it was typed, with what is wrong beside
 * each field and in a summary above; nothing typed is lost.
 *
 * Children are rows of a table inside the form, their inputs named FIELD.ROW.NAME, with one empty row to add; a row whose
 * inputs are all empty is no child.
 */
#ifndef MODEL_FORM_H
#define MODEL_FORM_H

#include "model/check.h"
#include "model/list.h"

struct form_problem { Str input; const struct field *f; Message what; bool sentence; };       /* as struct problem says */
struct form_problems { struct form_problem *p; size_t n, cap; };

/* The fields that w->roles may write, filled from what was typed or else from the record (either may be empty, NULL). */
Html form_html(struct work *w, const struct entity *e, const struct record *r, const struct asked *typed, size_t n,
               const struct form_problems *wrong);
/*
 * What was typed, laid over the record `was` (NULL: a new one).  ERR_INVALID: wrong says what; *out is what could be read.
 */
enum err form_read(struct work *w, const struct entity *e, const struct record *was, const struct asked *typed, size_t n,
                   struct record **out, struct form_problems *wrong) MUST_USE;

#endif
