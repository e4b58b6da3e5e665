/*
 * workflow.h - a workflow is a const table of states and steps beside the table of its entity.  Which states there are is the
 * choices of the entity's state field; who may take which step from where, what must hold, what follows and who is told is here.
 *
 *     static const struct step steps[] = {
 *         { "submit", N_("Submit"), "draft",     "submitted", ENTERPRISE, ROWS_MINE, CLAIM_ACCOUNT },
 *         { "accept", N_("Accept"), "submitted", "accepted",  OFFICER, .guard = has_papers, .effect = give, .tell = ENTERPRISE },
 *         { "reject", N_("Reject"), "submitted", "rejected",  OFFICER, .is = STEP_NOTE, .tell = ENTERPRISE },
 *     };
 *     const struct workflow claim_flow = { CLAIM_STATE, CLAIM_DUE, STEPS(steps) };
 *
 * The first choice of the state field is where a record begins: saving a new one sees to it, and saving an old one never changes
 * its state or deadline.  Only a step does.  A step and all that follows from it (effect, notices, mails, the entry in step_taken)
 * is one transaction; a step somebody else has taken first is ERR_CONFLICT.  Deadlines count Vietnamese working days (Labour Code
 * 45/2019/QH14, Articles 111 and 112; the list holiday).
 */
#ifndef MODEL_FLOW_WORKFLOW_H
#define MODEL_FLOW_WORKFLOW_H

#include "model/flow/tell.h"

enum { STEP_NOTE = 1 << 0,                  /* a note is needed                                   */
       STEP_BAD  = 1 << 1,                  /* refuses or ends: shown as such, and by itself no task of anybody */
       STEP_AUTO = 1 << 2,                  /* taken by the program only (SYSTEM)                 */
       STEP_QUIET = 1 << 3,                 /* by itself no task of anybody: its records have a desk of their own */
       STEP_WATCHED = 1 << 4 };             /* who tries it while its guard refuses is written down too: in step_taken, leading nowhere */
enum { NOTE_MOST = 4000 };                  /* bytes                                              */

struct step {
    const char *name, *label;               /* "accept"; N_("Accept")                             */
    const char *from, *to;                  /* states; from: '|' between several, "*": any but `to` */
    Roles       who;
    enum scope  rows;                       /* of which records; ROWS_PUBLISHED (0) stands for all that `who` may read */
    int         field;
    unsigned    is;
    /* What hinders it, for people; NO_MESSAGE: nothing. */
    Message   (*guard)(const struct work *w, const struct record *r);
    /* Inside the transaction, after the state is set in now and before it is saved.  May change now and save other records. */
    enum err  (*effect)(struct work *w, const struct record *was, struct record *now, Str note, Message *why);
    Roles       tell;                       /* those of these roles that the record concerns are told (tell.h) */
    const char *told;                       /* N_(): "{1}" is the record's title; NULL: "{1}: LABEL" */
};

struct workflow {
    int                state, due;          /* fields: state_type, INDEXED; date_type, STEPPED, or -1 */
    const struct step *steps;
    int                n;
};
#define STEPS(table) .steps = table, .n = (int)COUNT(table)
#define EACH_STEP(s, flow) (const struct step *s = (flow)->steps; s < (flow)->steps + (flow)->n; s++)

/* What makes no sense in the table: an unknown state, one that cannot be reached or left, a step twice ...  NULL: nothing. */
const char *workflow_wrong(const struct entity *e);
/* Stops the program where there is something. */
void     workflow_must(const struct entity *e);

/*
 * For record_save alone: gives a record that has none (a new one; one from before there was a workflow) its first state and
 * deadline, and keeps those of any other unless a step is taken.
 */
void     workflow_keep(const struct work *w, const struct record *was, struct record *now);
const struct choice *state_named(const struct entity *e, Str code);     /* NULL: no such            */
const struct choice *state_of(const struct record *r);      /* not yet begun: the first; NULL: a code that is no state */
struct date due_of(const struct record *r);                 /* year 0: no deadline                */

bool     step_leaves(const struct step *s, Str state);      /* whether it can be taken from there */
/* The actor with none but the roles that may take it: seeing a record by another role is no ground to decide on it. */
struct work step_as(const struct work *w, const struct step *s);
/* Whether it is the actor's to take on this record, in whichever state. */
bool     step_theirs(const struct work *w, const struct record *r, const struct step *s);
/* Whether the actor may take it now; *why (may be NULL): what hinders it although the step is theirs. */
bool     step_open(const struct work *w, const struct record *r, const struct step *s, Message *why);
const struct step *step_named(const struct entity *e, Str name);        /* NULL: none             */

/*
 * Takes the step in a transaction of its own.  seq: the version the person saw (0: whichever).  ERR_MISSING: no such record;
 * ERR_DENIED: not theirs; ERR_CONFLICT: somebody was first, with this step or another; ERR_INVALID: a note is needed, the guard or
 * the effect refuses; *why says it.
 */
enum err step_take(struct work *w, const struct entity *e, int64_t id, int64_t seq, const struct step *s, Str note,
                   Message *why) MUST_USE;
/* What of it asks who and from which state alone, before anything is written for it: ERR_DENIED or ERR_CONFLICT, as above. */
enum err step_untaken(struct work *w, const struct record *was, const struct step *s, Message *why) MUST_USE;
/* The same as step_take() inside a transaction, of the record as it is in the database. */
enum err step_inside(struct work *w, const struct record *was, const struct step *s, Str note, Message *why) MUST_USE;

/* What has been done on a record that is not confidential, without what was refused: the entity step_taken, newest first; actor: “somebody else” where the reader may not know who. */
extern const struct entity step_taken_entity;
struct taken { int64_t at; Str actor, note; const struct step *step; Str from, to; };   /* step: NULL: there is no such any more */
struct takens { struct taken *p; size_t n, cap; };
enum err steps_taken(struct work *w, const struct record *r, struct takens *out) MUST_USE;

/* ERR_CONFLICT, and says who changed the record when: for whoever decides on another version of it. */
enum err record_changed_since(struct work *w, const struct record *r, Message *why) MUST_USE;

/* The states and steps drawn, as SVG, and the same as a table; in w->lang. */
Html     workflow_html(struct work *w, const struct entity *e);

#endif
