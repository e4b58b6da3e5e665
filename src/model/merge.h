/*
 * merge.h - two records that are one: what the survivor lacks it takes from the other, whose children it takes too, with their
 * numbers; what referred to the other refers to the survivor, and the other's number leads there.  One batch: undoing it brings
 * both back as they were, each under its own number.
 */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/record.h"

/* In its own transaction; *batch is what undoes it.  ERR_MISSING: one of the two is not there; ERR_INVALID: they are the same. */
enum err record_merge(struct work *w, const struct entity *e, int64_t from, int64_t into, int64_t *batch) MUST_USE;
/* Where a number leads, through merge after merge: *to = 0 if its record was not merged, or is parted again. */
enum err record_redirect(struct work *w, const struct entity *e, int64_t id, int64_t *to) MUST_USE;

#endif
