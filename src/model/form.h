/*
 * form.h - the form of an entity, read from its table.  What was typed comes back as it was typed, with what is wrong beside
 * each field and in a summary above; nothing typed is lost.
 *
 * A field's `section` begins a part with a heading.  Children are rows inside the form, their inputs named FIELD.ROW.NAME, with one
 * empty row to add; a row whose inputs are all empty, or that is to be removed (FIELD.ROW.remove), is no child.  The
 * button ".more" asks for the form again with one more row.
 *
 * A field of file_type has FIELD with what is stored and FIELD.file for a new one; whoever takes the form stores
 * what came and puts its text into FIELD before form_read().
 */
#ifndef MODEL_FORM_H
#define MODEL_FORM_H

#include "model/check.h"
#include "model/list/list.h"

struct form_problem { Str input; const struct field *f; Message what; bool sentence; };       /* as struct problem says */
struct form_problems { struct form_problem *p; size_t n, cap; };

/* The fields that the actor may write, filled from what was typed or else from the record (either may be empty, NULL). */
Html form_html(struct work *w, const struct entity *e, const struct record *r, const struct asked *typed, size_t n,
               const struct form_problems *wrong);
/* The first that is wrong at that input; NULL: none. */
const struct form_problem *form_problem_at(const struct form_problems *wrong, const char *input);
/* What is wrong, with a link to each input; nothing where nothing is. */
void put_form_summary(struct html *h, struct work *w, const struct form_problems *wrong);
/* The input of one field by itself, with label and help: for edits of many records and for filters. */
Html form_field_html(struct work *w, const struct field *f, Str name, Str value, const struct form_problem *wrong);
/* Of a field with a list: only codes of ";a;b;" are on offer, and what is its value anyway.  Empty: all. */
Html form_field_among_html(struct work *w, const struct field *f, Str name, Str value, const struct form_problem *wrong, Str among);
/* Whether a form of the entity may bring files. */
bool form_has_files(const struct entity *e);

/*
 * What was typed, laid over the record `was` (NULL: a new one).  ERR_INVALID: wrong says what; *out is what could be read.
 */
enum err form_read(struct work *w, const struct entity *e, const struct record *was, const struct asked *typed, size_t n,
                   struct record **out, struct form_problems *wrong) MUST_USE;
/* The value of one input; nothing typed is null. */
Message  form_read_value(struct work *w, const struct field *f, Str typed, Val *out);
/* Whether the record may be saved; problems are told at the inputs they are typed in. */
enum err form_check(struct work *w, const struct record *r, const struct asked *typed, size_t n, struct form_problems *wrong) MUST_USE;

#endif
