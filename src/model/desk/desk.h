/*
 * desk.h - what a person has on the desk and is nobody's record: drafts, preferences, saved views, notices.  None of it is in
 * the change log; all of it is in the database, so that it is there on another device.
 */
#ifndef MODEL_DESK_DESK_H
#define MODEL_DESK_DESK_H

#include "model/rights.h"

/* ---- drafts: what was typed and not yet saved ----------------------------------------------- */

/* form: as a form's body, a=1&b=2.  record 0: a new one.  Keeping and dropping inside a write. */
enum { DRAFT_MOST = 1 << 20 };              /* bytes: ERR_TOO_BIG beyond, as for all that follow   */
struct draft { int64_t at, seq; Str form; };                /* seq: the version of the record it began from */
enum err draft_keep(struct work *w, const struct entity *e, int64_t record, int64_t seq, Str form) MUST_USE;
enum err draft_drop(struct work *w, const struct entity *e, int64_t record) MUST_USE;
enum err draft_find(struct work *w, const struct entity *e, int64_t record, struct draft *out) MUST_USE;    /* at 0: none */
struct drafted { const struct entity *e; int64_t record, at; };
struct drafteds { struct drafted *p; size_t n, cap; };
enum err drafts_of(struct work *w, struct drafteds *out) MUST_USE;

/* ---- preferences: small texts by name ("columns.enterprise" = "name_vi,tax_code") ------------ */

enum { PREFERENCE_NAME_MOST = 100, PREFERENCE_MOST = 8 << 10 };
enum err preference_set(struct work *w, Str name, Str value) MUST_USE;      /* inside a write; empty: no longer set */
enum err preference_get(struct work *w, Str name, Str *value) MUST_USE;     /* empty: not set      */

/* ---- saved views of lists ---------------------------------------------------------------------- */

/* query: the state of the list as in its URL; shared: for all who work on the list; usual: opened when the list is. */
enum { VIEW_NAME_MOST = 100, VIEW_QUERY_MOST = 8 << 10, VIEWS_MOST = 200 };
struct view { int64_t id, account; Str name, query; bool shared, mine, usual; };
struct views { struct view *p; size_t n, cap; };
/* Inside a write; instead of an own one of the same name.  ERR_INVALID: no name; ERR_DENIED: only staff shares. */
enum err view_keep(struct work *w, const struct entity *e, Str name, Str query, bool shared, bool usual, int64_t *id) MUST_USE;
enum err view_drop(struct work *w, int64_t id) MUST_USE;    /* inside a write; ERR_MISSING, also where it is another's and the actor no administrator */
enum err views_of(struct work *w, const struct entity *e, struct views *out) MUST_USE;     /* own ones, then those others share */

/* ---- notices ---------------------------------------------------------------------------------- */

/*
 * Something an account should know, with where it is.  Kept for the notice page, and as mail where the account wants that: at once,
 * or in one mail a day.  path: without language: "/workspace/claims/YC-000001-3".
 */
struct notice { int64_t id, at; Str text, path; bool seen; };
struct notices { struct notice *p; size_t n, cap; };
/* Inside a write; in the account's language.  An account that is not active is told nothing. */
enum err notify(struct work *w, const struct record *account, Message text, Str path) MUST_USE;
/* The same of what is due or runs out, mailed as the account wants its reminders. */
enum err notify_due(struct work *w, const struct record *account, Message text, Str path) MUST_USE;
/* The actor's, newest first, with an id below `before` (0: from the newest). */
enum err notices_of(struct work *w, int64_t before, int limit, struct notices *out) MUST_USE;
enum err notices_count(struct work *w, int64_t *unseen) MUST_USE;
enum err notices_seen(struct work *w, int64_t up_to) MUST_USE;              /* inside a write; ids up to this one */
/* Daily: one mail to each account that wants them so, of what it has neither been sent nor seen; inside a write. */
enum err notices_digest(struct work *w) MUST_USE;

#endif
