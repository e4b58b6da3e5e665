/*
 * proposal.h - changes somebody proposes and somebody else accepts field by field (A07).  Whoever may propose but not change uses
 * the same form; what it says becomes a proposal: the delta between the record they saw and what they typed.
 *
 * The entity `proposal` has a workflow of its own (open, decided, withdrawn).  Deciding gives each field yes or no, with one note
 * where anything is refused; the accepted ones are laid over the record as it is then, in one transaction, and its history names
 * the proposal as their source.  A field that somebody changed meanwhile shows all three values.  Children are one item each
 * where they are added or removed, and field by field where they are changed.
 */
#ifndef MODEL_FLOW_PROPOSAL_H
#define MODEL_FLOW_PROPOSAL_H

#include "model/change.h"
#include "model/flow/workflow.h"

enum proposal_field {
    PROPOSAL_TITLE, PROPOSAL_ENTITY, PROPOSAL_RECORD, PROPOSAL_ACCOUNT, PROPOSAL_ORGANISATION, PROPOSAL_NOTE, PROPOSAL_STATE,
    PROPOSAL_DUE, PROPOSAL_ANSWER, PROPOSAL_DELTA, PROPOSAL_DECISIONS, PROPOSAL_FIELDS,
};
extern const struct entity proposal_entity;

/* One thing to decide.  key names its input: "phone"; "products.17.name_vi"; "products.17", which goes; "products.+1", which comes. */
struct proposed {
    Str                 key;
    const struct field *f;                  /* the field; of a whole child the list it stands in  */
    const struct field *list;               /* children: the field that holds them; NULL: the record's own field */
    int64_t             child;              /* its id; below 0: a new one                         */
    Str                 part;               /* the child's title; empty: the record's own field   */
    Str                 was, now, is;       /* for people; now: today's, where it is no longer `was` */
    bool                changed_meanwhile;
    int                 decided;            /* 0 open, 1 accepted, -1 refused                     */
};
struct proposeds { struct proposed *p; size_t n, cap; };

/*
 * Inside work_write: `was` is what they saw, `now` what they typed.  ERR_INVALID: nothing differs; ERR_DENIED: a field is not theirs
 * to propose.
 */
enum err proposal_make(struct work *w, const struct record *was, const struct record *now, Str note, int64_t *id) MUST_USE;
/* The record it is about, or the one that was merged into; NULL: it is gone. */
enum err proposal_target(struct work *w, const struct record *proposal, struct record **out) MUST_USE;
enum err proposal_items(struct work *w, const struct record *proposal, struct proposeds *out) MUST_USE;
/*
 * In its own transaction.  seq: the version of the record (not of the proposal) that the person saw; 0: whichever.  accepted: the
 * keys accepted; all others are refused.  ERR_CONFLICT: it is decided already, or what is accepted was changed after that version;
 * ERR_INVALID: a note is needed, or the result is not valid; ERR_DENIED; *why says it.
 */
enum err proposal_decide(struct work *w, int64_t proposal, int64_t seq, const Str *accepted, size_t n, Str note,
                         Message *why) MUST_USE;
/* Open proposals on a record, oldest first. */
enum err proposals_on(struct work *w, const struct record *r, struct records *out) MUST_USE;

#endif
