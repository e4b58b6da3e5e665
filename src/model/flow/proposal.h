/*
 * proposal.h - changes somebody proposes and somebody else accepts field by field (A07).  Whoever may propose but not change uses
 * the same form; what it says becomes a proposal: the delta between the record they saw and what they typed.
 *
 * The entity `proposal` has a workflow of its own (open, decided, withdrawn).  Deciding gives each field yes or no, with one note
 * where anything is refused; the accepted ones are laid over the record as it is then, in one transaction, with the proposer as
 * source.  A field that somebody changed meanwhile shows all three values.  Children are one item each: added, changed, removed.
 */
#ifndef MODEL_FLOW_PROPOSAL_H
#define MODEL_FLOW_PROPOSAL_H

#include "model/change.h"
#include "model/flow/workflow.h"

extern const struct entity proposal_entity;

struct proposed {                           /* one thing to decide                                */
    Str                 key;                /* "phone"; "products.17"; "products.+1"; names the input */
    const struct field *f;
    int64_t             child;              /* children: its id; 0: the field itself              */
    Str                 was, now, is;       /* for people; is: today's, where it is no longer `was` */
    bool                changed_meanwhile;
    int                 decided;            /* 0 open, 1 accepted, -1 refused                     */
};
struct proposeds { struct proposed *p; size_t n, cap; };

/* Inside work_write: `was` is what they saw, `now` what they typed.  ERR_INVALID: nothing differs. */
enum err proposal_make(struct work *w, const struct record *was, const struct record *now, Str note, int64_t *id) MUST_USE;
enum err proposal_items(struct work *w, const struct record *proposal, struct proposeds *out) MUST_USE;
/* accepted: the keys accepted; all others are refused.  In its own transaction.  ERR_INVALID, *why: a note is needed, or the result is not valid. */
enum err proposal_decide(struct work *w, int64_t proposal, int64_t seq, const Str *accepted, size_t n, Str note, Message *why) MUST_USE;
/* Open proposals on a record, oldest first. */
enum err proposals_on(struct work *w, const struct record *r, struct records *out) MUST_USE;

#endif
