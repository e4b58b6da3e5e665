/*
 * tell.h - whom a record concerns: accounts that have it among their rows by a right of its table.  That somebody may read what
 * is published concerns nobody in particular.
 */
#ifndef MODEL_FLOW_TELL_H
#define MODEL_FLOW_TELL_H

#include "model/rights.h"

/* Active accounts with one of the roles that a right to read gives this record to; a query for each such right. */
enum err accounts_concerned(struct work *w, const struct record *r, Roles who, struct records *out) MUST_USE;

/*
 * Inside a write: tells them, but not the actor, each in their own language.  told: N_(): "{1}" is the record's title, "{2}" the
 * label, which may be NULL.
 */
enum err record_tell(struct work *w, const struct record *r, Roles who, const char *told, const char *label) MUST_USE;

/* Where a record is worked on, without language: "/workspace/claims/YC-000001-3". */
Str      workspace_path(struct arena *a, const struct entity *e, int64_t id);

#endif
