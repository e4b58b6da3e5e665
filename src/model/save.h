/*
 * save.h - saving what somebody typed over what somebody else may have changed meanwhile, with all that a save must ask: rights
 * on the record as it is now, what stands against it, unique values, the state a new one begins in.
 */
#ifndef MODEL_SAVE_H
#define MODEL_SAVE_H

#include "model/form.h"
#include "model/three_way.h"

struct saving {
    const struct record *was;               /* what they saw; NULL: a new record                  */
    struct record       *now;               /* what they typed                                    */
    const struct asked  *typed;             /* the form, to say at which input something is wrong */
    size_t               typed_n;
    struct picks         picks;             /* how conflicts are decided                          */
    int64_t              picked_at;         /* the version they were decided on                   */
    /* What comes of it: */
    struct record       *current, *saved;   /* current: as it was found                           */
    struct conflicts     conflicts;
    struct form_problems wrong;
    bool                 changed, merged;   /* merged: somebody's changes of meanwhile are in it too */
};

/* In its own transaction.  ERR_CONFLICT: conflicts are open; ERR_INVALID: wrong says what; ERR_MISSING: it is gone; ERR_DENIED: not theirs to change. */
enum err record_keep(struct work *w, struct saving *s) MUST_USE;
/* The same inside a transaction. */
enum err record_keep_inside(struct work *w, struct saving *s) MUST_USE;

/*
 * A record being made, with all that follows: what its values say (entity.complete), whose it is.  Where a record has its key, two tell of
 * one thing: *was is that one and *now what was told laid over it, as far as it is the actor's to write; else *was is NULL and *now = fresh.
 */
enum err record_whole(struct work *w, struct record *fresh, struct record **was, struct record **now) MUST_USE;

/* Why the record is not to be deleted (entity.stays); NO_MESSAGE: it may. */
Message  record_stays(const struct work *w, const struct record *r);
/* Inside a transaction: deletes it in the actor's name.  ERR_INVALID: *why it stays; ERR_DENIED; ERR_CONFLICT: other records name it. */
enum err record_remove(struct work *w, const struct record *r, Message *why) MUST_USE;

/* The record that has the key of this one (COMPUTED | KEY), which may be itself; NULL: none. */
enum err record_of_its_key(struct work *w, const struct record *r, struct record **out) MUST_USE;

/* The record as it was in this version (the log entry that last changed it). */
enum err record_version(struct work *w, const struct entity *e, int64_t id, int64_t seq, struct record **out) MUST_USE;
/* The record as it was at an instant; ERR_MISSING: it did not exist then. */
enum err record_at(struct work *w, const struct entity *e, int64_t id, int64_t at, struct record **out) MUST_USE;

#endif
