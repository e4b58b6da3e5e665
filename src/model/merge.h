/*
 * merge.h - two records that are one: what the survivor lacks it takes from the other, whose children it takes too, with their
 * numbers; what referred to the other refers to the survivor, and the other's number leads there.  One batch: undoing it brings
 * both back as they were, each under its own number.
 *
 * What comes to have the key of another by that (the two took part in one activity, stand on one list) tells of one thing, and is made one in the same
 * way and batch.  Where both say something the survivor's stands, of numbers that are LARGER the larger; what is given up is in the log.
 */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/record.h"

/* In its own transaction; *batch is what undoes it.  ERR_MISSING: one of the two is not there; ERR_INVALID: they are the same. */
enum err record_merge(struct work *w, const struct entity *e, int64_t from, int64_t into, int64_t *batch) MUST_USE;
/* The same, where a person chose: theirs says for each field whether the survivor takes the other's value although it has one; NULL: never. */
enum err record_merge_choosing(struct work *w, const struct entity *e, int64_t from, int64_t into, const bool *theirs, int64_t *batch) MUST_USE;
/* What the survivor would be; nothing is written. */
struct record *record_merged(struct work *w, const struct record *from, const struct record *into, const bool *theirs);
/* Where a number leads, through merge after merge: *to = 0 if its record was not merged, is parted again, or leads
 * to what the actor may not see. */
enum err record_redirect(struct work *w, const struct entity *e, int64_t id, int64_t *to) MUST_USE;

#endif
