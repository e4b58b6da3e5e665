/*
 * freshness.h - when each key fact of a record (CONFIRM) was last said to be right: by being entered or changed, or by "still
 * correct" (A10).
 *
 * The dates are kept in one INTERNAL text of the record itself (entity.confirmations), written by record_save.  So whatever writes
 * keeps them right, they cost no query and no walk through the log, a list or the search index has them with the row, and undo
 * and "as it was on" bring back the dates with the values.  "2026-11-22 phone=2027-01-15": the oldest date, then those that
 * differ.  A record from before has no such text; then its last change counts for all.
 */
#ifndef MODEL_FRESHNESS_H
#define MODEL_FRESHNESS_H

#include "model/record.h"

/* record_save: what differs from `was` (NULL: a new record) is right today, unless `now` brings dates of its own. */
void        freshness_follow(const struct work *w, const struct record *was, struct record *now);

/* When a CONFIRM field was last said to be right. */
struct date confirmed_on(const struct record *r, int field);
/* The oldest such date of the facts that are there; year 0: there are none. */
struct date confirmed_since(const struct record *r);
/* Whether that is longer ago than the setting fresh_months. */
bool        is_stale(const struct work *w, struct date confirmed);
bool        record_stale(const struct work *w, const struct record *r);

/*
 * "Still correct", in a transaction of its own: one field, or all that are there (field -1).  Whoever may change the record or
 * propose changes to it may say so: ERR_DENIED.  ERR_INVALID: not a fact to be confirmed, or there is none.
 */
enum err    record_confirm(struct work *w, const struct entity *e, int64_t id, int field, Message *why) MUST_USE;

#endif
