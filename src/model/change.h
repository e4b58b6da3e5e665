/*
 * change.h - the change log: what was, what is, who, when, from which file and row.
 *
 * One entry for each write of a record with its children, in the same transaction.  delta is JSON: for each changed field
 * [was, is]; for a list of children an object by child id, where "+" marks a new one and "-" a removed one.  Each entry
 * carries the SHA-256 of the one before and of its own content, so that no entry can be changed or taken out unseen.
 */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

#include "model/record.h"

enum change_kind { CHANGE_INSERT, CHANGE_UPDATE, CHANGE_DELETE };

struct change {
    int64_t          seq, at, batch, record;
    Str              actor, entity, delta;
    enum change_kind kind;
    struct source    source;
    Str              hash;
};

/* Inside work_write.  seq and hash are given to it; at is set by the caller. */
enum err change_append(struct work *w, struct change *c) MUST_USE;
enum err change_last(struct work *w, int64_t *seq) MUST_USE;            /* 0: an empty log         */

/* The delta between two states (either may be NULL); an empty Str when they are equal.  Gives new children ids. */
Str delta_make(struct work *w, const struct record *was, const struct record *now);

/* Newest first; record 0: of all records of the entity; NULL entity: of all. */
struct changes { struct change *p; size_t n, cap; };
enum err changes_of(struct work *w, const struct entity *e, int64_t record, int64_t before, int limit,
                    struct changes *out) MUST_USE;
/* After a sequence number, oldest first: how caches and indexes follow. */
enum err changes_since(struct work *w, int64_t seq, int limit, struct changes *out) MUST_USE;

/* The record as it was just before a log entry (ERR_MISSING: it did not exist then). */
enum err record_before(struct work *w, const struct entity *e, int64_t id, int64_t seq, struct record **out) MUST_USE;

/*
 * Takes one entry back, in the actor's name and as a new entry: an edit, where the fields it set still stand; a new record; a deletion,
 * which brings the record back under its own number.  ERR_CONFLICT: *why says what stands against it; ERR_DENIED.
 */
enum err change_undo(struct work *w, int64_t seq, struct change *entry, Message *why) MUST_USE;

/* ---- batches: an import, a bulk edit, an undo --------------------------------------------- */

struct batch { int64_t id, at, undone_by; Str kind, actor, file; int64_t changes; };
enum err batch_open(struct work *w, Str kind, Str file) MUST_USE;       /* inside db_write; sets w->batch */
enum err batch_note(struct work *w) MUST_USE;               /* for work_write alone: how far the batch reaches */
enum err batches_list(struct work *w, int limit, struct batch **out, size_t *n) MUST_USE;

enum err batch_undone(struct work *w, int64_t batch, bool *undone) MUST_USE;
/* Which entities a batch has changed. */
struct changed_entities { const struct entity **p; size_t n, cap; };
enum err batch_entities(struct work *w, int64_t batch, struct changed_entities *out) MUST_USE;
/* The records of the entity it made or changed, ascending; none for a batch there is not. */
enum err batch_records(struct work *w, const struct entity *e, int64_t batch, const int64_t **ids, size_t *n) MUST_USE;

struct undone { int64_t batch, undone, kept; }; /* its own batch; records put back; edited since and left */
/* Puts back every change of the batch, newest first, but keeps later edits.  ERR_MISSING: no such batch;
 * ERR_CONFLICT: it is undone already. */
enum err batch_undo(struct work *w, int64_t batch, struct undone *out) MUST_USE;

/* ---- proof --------------------------------------------------------------------------------- */

struct finding { int64_t seq; Str entity; int64_t record; Message what; };
/* last: the hash of the last good entry.  Kept elsewhere it shows a removal of the newest, which the chain alone cannot. */
struct findings { struct finding *p; size_t n, cap; int64_t entries, records; char last[65]; };
/* Walks the chain, folds the log into states and compares them with the rows, checks references and lists of codes. */
enum err log_verify(struct work *w, struct findings *out) MUST_USE;

#endif
