/*
 * desk.h - what a person has on the desk and is nobody's record: drafts, preferences, saved views, notices.  None of it is in
 * the change log; all of it is in the database, so that it is there on another device.
 */
#ifndef MODEL_DESK_DESK_H
#define MODEL_DESK_DESK_H

#include "model/rights.h"

/* ---- drafts: what was typed and not yet saved ----------------------------------------------- */

/* form: as a form's body, a=1&b=2; at most 1 MB.  record 0: a new one.  Each inside a write. */
struct draft { int64_t at, seq; Str form; };                /* seq: the version of the record it began from */
enum err draft_keep(struct work *w, const struct entity *e, int64_t record, int64_t seq, Str form) MUST_USE;
enum err draft_drop(struct work *w, const struct entity *e, int64_t record) MUST_USE;
enum err draft_find(struct work *w, const struct entity *e, int64_t record, struct draft *out) MUST_USE;    /* at 0: none */
struct drafted { const struct entity *e; int64_t record, at; };
struct drafteds { struct drafted *p; size_t n, cap; };
enum err drafts_of(struct work *w, struct drafteds *out) MUST_USE;

/* ---- preferences: small texts by name ("columns.enterprise" = "name_vi,tax_code") ------------ */

enum err preference_set(struct work *w, Str name, Str value) MUST_USE;
enum err preference_get(struct work *w, Str name, Str *value) MUST_USE;     /* empty: not set      */

/* ---- saved views of lists ---------------------------------------------------------------------- */

struct view { int64_t id, account; Str name, query; bool shared, mine, usual; };     /* query: the state of the list as in its URL; usual: opened when the list is */
struct views { struct view *p; size_t n, cap; };
enum err view_keep(struct work *w, const struct entity *e, Str name, Str query, bool shared, bool usual, int64_t *id) MUST_USE;   /* the same name: instead of it */
enum err view_drop(struct work *w, int64_t id) MUST_USE;    /* ERR_DENIED: another's              */
enum err views_of(struct work *w, const struct entity *e, struct views *out) MUST_USE;     /* own ones and shared ones */

/* ---- notices ---------------------------------------------------------------------------------- */

/*
 * Something an account should know, with where it is.  Kept for the notice page, and as mail where the account wants that: at once,
 * or in one mail a day.  path: without language: "/workspace/claims/YC-000001-2".
 */
struct notice { int64_t id, at; Str text, path; bool seen; };
struct notices { struct notice *p; size_t n, cap; };
enum err notify(struct work *w, const struct record *account, Message text, Str path) MUST_USE;      /* inside work_write; in the account's language */
enum err notices_of(struct work *w, int64_t before, int limit, struct notices *out) MUST_USE;
enum err notices_count(struct work *w, int64_t *unseen) MUST_USE;
enum err notices_seen(struct work *w, int64_t up_to) MUST_USE;
/* Daily: one mail to each account that wants them so, of what it has not been told; inside work_write. */
enum err notices_digest(struct work *w) MUST_USE;

#endif
