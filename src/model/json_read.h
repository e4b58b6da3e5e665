/*
 * json_read.h - a record as a program writes it: what json.h puts out is understood again, and so is any part of it.
 *
 * A member stands for its field: null empties it, one that is missing leaves it as it was (RFC 7396, JSON merge patch).  A code
 * is given by its key ("ward_code": "2025/00376") or by its name ("ward"); where both stand there, the key counts.  Children are a
 * whole list, each with the "id" it has or none where it is new; those missing are removed.  BRIEF children are told in
 * full under NAME_details; BY_KEY ones are an object, merged by key: null removes one.
 *
 * What the actor may not write, and names no field has, are refused; only what a record tells and nobody sets (its id, derived
 * fields, titles of BRIEF children) may be sent back as it came.
 */
#ifndef MODEL_JSON_READ_H
#define MODEL_JSON_READ_H

#include "format/json.h"
#include "model/rights.h"

enum { JSON_PROBLEMS = 100 };                               /* told at once                       */
struct json_problem { Str pointer; Message what; };         /* "/products_details/0/name_vi" (RFC 6901) */
struct json_problems { struct json_problem *p; size_t n, cap; };

/* Laid over the record `was` (NULL: a new one) and checked.  ERR_INVALID: wrong says what; ERR_DENIED: not the actor's to write. */
enum err record_from_json(struct work *w, const struct entity *e, const struct record *was, const struct json_t *body,
                          struct record **out, struct json_problems *wrong) MUST_USE;
/* The same check of a record that more was done to. */
enum err record_check_json(struct work *w, const struct record *r, struct json_problems *wrong) MUST_USE;

#endif
