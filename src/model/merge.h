/*
 * merge.h - two records that are one: what the survivor lacks it takes from the other, whose children it takes too; the other's number
 * then leads to the survivor for ever.  One batch, so that undoing it brings both back as they were.
 */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/record.h"

/* In its own transaction.  ERR_MISSING: one of the two is not there; ERR_INVALID: they are the same. */
enum err record_merge(struct work *w, const struct entity *e, int64_t from, int64_t into) MUST_USE;
/* Where a number leads: *to = 0 if nothing was merged under it. */
enum err record_redirect(struct work *w, const struct entity *e, int64_t id, int64_t *to) MUST_USE;

#endif
