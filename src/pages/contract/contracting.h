/*
 * contracting.h - what the desks of calls, bids, contracts, payments and settlements share: where each is, and how a form that could not be carried
 * out comes back.
 *
 * A POST that changed something leads on with a redirect; one that was refused is answered with its desk again (struct refusal): the sentence on
 * top, and in the form what was typed.
 */
#ifndef PAGES_CONTRACT_CONTRACTING_H
#define PAGES_CONTRACT_CONTRACTING_H

#include "pages/contract/contract_pages.h"
#include "pages/workspace/workspace.h"

/* "/contracts/calls/MT-000001-3/minutes"; rest: NULL or what follows.  Without language. */
Str call_desk_path(struct arena *a, int64_t id, const char *rest);
Str contract_path(struct arena *a, int64_t id, const char *rest);
Str payment_path(struct arena *a, int64_t id, const char *rest);
Str settlement_path(struct arena *a, int64_t id, const char *rest);

/* Where a record without a desk of its own lies: a proposal with its call, milestones and amendments with their contract (desks.c); else empty. */
Str contracting_desk(struct at *at);

/* The record {id} names, for whoever may read it; else r says 404.  A call also for the units that are invited and its council (call_for). */
enum err contracting_at(struct request *q, struct reply *r, const struct entity *e, struct at *out) MUST_USE;

/* ---- a refusal ---------------------------------------------------------------------------------------- */

/* Whether e leads back to the form: then the reply has its status. */
bool refused(struct at *at, enum err e, Message why);
/* Takes the step of that name on r.  ERR_MISSING: there is none; *why says why it was not taken. */
enum err try_step(struct at *at, const struct record *r, Str name, Str note, Message *why) MUST_USE;

/* ---- steps ---------------------------------------------------------------------------------------------- */

/* A step that is taken together with fields which it needs: number and day of a payment order, say.  fields: -1 at the end. */
struct written_step { const char *step, *title; const int *fields; };
/* The form of it, a section, where the step is the reader's; and what it posts: the fields are saved and the step is taken, or neither. */
void     put_written_step(struct at *at, const struct written_step *s, Str path);
enum err take_written_step(struct at *at, const struct written_step *s, Message *why) MUST_USE;
/* Buttons beside the title: the reader's steps but the written one (NULL: all), editing, the whole record; and what hinders a step of theirs. */
void     put_doing(struct html *h, struct at *at, Str path, const struct written_step *but);
void     put_hindrances(struct at *at, const struct written_step *but);

/* ---- parts ---------------------------------------------------------------------------------------------- */

/* What is asked for in the call at->record, for whoever call_for() lets read it: PUBLIC fields alone. */
void put_call_asked(struct at *at);
/* A sentence for each state, on what is to be done next; the desk's table ends with a NULL. */
struct next { const char *state, *sentence; };
void put_next(struct at *at, const struct next *nexts);
/* The record that a reference names, if the reader may see it; NULL: none. */
const struct record *seen(struct at *at, const struct record *r, int field, const struct entity *e);
/* A cell with a link to a record's desk, or its title alone; empty where r is NULL. */
void put_record_cell(struct at *at, const char *head, const struct record *r);
void put_record_link(struct html *h, struct at *at, const struct record *r);
/* A cell of an amount of money. */
void put_money_cell(struct at *at, const char *head, int64_t amount);

#endif
