/* inside.h - what the files of programme/contract share among themselves. */
#ifndef PROGRAMME_CONTRACT_INSIDE_H
#define PROGRAMME_CONTRACT_INSIDE_H

#include "programme/contract/contract.h"
#include "programme/inside.h"

/* ---- records ---------------------------------------------------------------------------------------- */

static inline bool in_state(const struct record *r, const char *state) { return str_is(v_str(r->v[r->e->workflow->state]), state); }
bool     in_states(const struct record *r, const char *states);         /* "draft|returned"           */
int64_t  sum_of(const struct records *list, int field);
Str      day_shown(const struct work *w, Val day);
Val      v_today(const struct work *w);
static inline bool is_before(Val a, Val b) { return v_is(a) && v_is(b) && str_cmp(v_str(a), v_str(b)) < 0; }

enum err save_over(struct work *w, const struct record *was, struct record *now) MUST_USE;
/* The same for what only an effect may change (below). */
enum err save_as_program(struct work *w, const struct record *was, struct record *now) MUST_USE;
/* What fn says, in Vietnamese and below it in English: what is kept for readers of both. */
enum err in_both_languages(struct work *w, enum err (*fn)(struct work *w, const struct record *of, Str *out), const struct record *of, Str *out) MUST_USE;
/* A step of the program's that must be possible: ERR_CONFLICT says who was first. */
enum err step_of_program(struct work *w, const struct entity *e, int64_t id, const char *step, Message *why) MUST_USE;
/* That step on all records whose field names the other one, from where it can be taken. */
enum err step_all(struct work *w, const struct entity *e, int field, int64_t of, const char *step, Message *why) MUST_USE;

/*
 * What stands from a state on: which fields are still free in it.  A list of these ends with states NULL; a state it does not name leaves all fields
 * free.  stands_as_sent() is for entity.check, with `says`; stood_as_sent() for entity.follow, which every other way of writing passes: ERR_DENIED
 * but for the program's own effects.
 */
struct standing { const char *states; const int *free; };       /* free: ended by -1                   */
Message  stands_as_sent(const struct work *w, const struct standing *table, const struct record *r, const char *says, int *field);
enum err stood_as_sent(const struct work *w, const struct standing *table, const struct record *was, const struct record *now) MUST_USE;

/* ---- units and tasks -------------------------------------------------------------------------------- */

/* The unit whose account acts; NULL: none. */
struct record *own_provider(const struct work *w);

/* What the plan pays of a task from each budget line, as if it were committed (money.h); lines are made where they are not there yet: inside a write. */
enum err planned_shares(struct work *w, const struct record *task_of, struct shares *out) MUST_USE;
/* What exceeds a norm as it stands on this day; NO_MESSAGE: nothing does. */
enum err norms_exceeded(struct work *w, const struct record *task_of, struct date day, Message *why) MUST_USE;

/* ---- councils --------------------------------------------------------------------------------------- */

/* How many points of its members the council still owes. */
enum err scores_missing(struct work *w, const struct record *call_of, int *missing) MUST_USE;

/* ---- contracts -------------------------------------------------------------------------------------- */

/* Those that are not cancelled. */
enum err milestones_of(struct work *w, int64_t contract_id, struct records *out) MUST_USE;
/* What hinders: the milestones do not add up to the value. */
Message  milestones_short(struct work *w, const struct record *contract_of);
/* What hinders: a line has less left than the amounts (a share list of a contract or an amendment) ask of it. */
Message  lines_short(struct work *w, const struct records *amounts, int line_field, int amount_field);
/* Draws up the contract that follows from the award. */
enum err contract_draft(struct work *w, const struct record *call_of, const struct record *bid_of, struct date on, int64_t *id, Message *why) MUST_USE;

/* One voucher for each share, amounts of 0 left out; `as` says all but line and amount. */
enum err post_each(struct work *w, const struct shares *s, const int64_t *each, struct posting as, Message *why) MUST_USE;
/* What may be asked for, leaving this request out. */
enum err room_beside(struct work *w, const struct record *milestone_of, int64_t request_id, int64_t *room) MUST_USE;

#endif
