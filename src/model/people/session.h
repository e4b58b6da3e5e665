/*
 * session.h - who is signed in.  The browser holds a random token of 256 bits; the database only its SHA-256, so that a copy
 * of the database opens no session.  A session ends after 12 hours, after 2 hours of silence, when its account is disabled or
 * changes its password, or when it is revoked.
 */
#ifndef MODEL_PEOPLE_SESSION_H
#define MODEL_PEOPLE_SESSION_H

#include "model/people/account.h"

struct session {
    int64_t id, account, began, seen;       /* microseconds UTC                                   */
    Str     address, agent;                 /* where from: for its holder to recognise            */
    Str     secret;                         /* of this session; forms' tokens are made from it    */
    bool    strong;                         /* a one-time code was given                          */
};
struct sessions { struct session *p; size_t n, cap; };

/* Inside work_write; *token is for the cookie and nowhere else. */
enum err session_begin(struct work *w, int64_t account, bool strong, Str address, Str agent, Str *token) MUST_USE;
/* ERR_MISSING: none, over, or of an account no longer active.  Reads only. */
enum err session_find(struct work *w, Str token, struct session *out, struct actor *actor) MUST_USE;
enum err session_seen(struct work *w, int64_t session) MUST_USE;    /* inside a write; at most once a minute matters */
enum err session_end(struct work *w, int64_t account, int64_t session) MUST_USE;   /* 0: all of the account */
enum err sessions_of(struct work *w, int64_t account, struct sessions *out) MUST_USE;

/* The token of forms (CSRF): HMAC-SHA256 of the session's secret; compared in constant time. */
Str      form_token(struct arena *a, Str secret);
bool     form_token_is(struct arena *a, Str secret, Str token);

/* ---- tickets: what is sent by mail and used once ------------------------------------------- */

enum ticket_kind { TICKET_CONFIRM, TICKET_INVITE, TICKET_RESET };       /* valid 3 days, 14 days, 1 hour */
enum err ticket_make(struct work *w, enum ticket_kind kind, int64_t account, Str *token) MUST_USE;   /* inside work_write; older ones of the kind end */
enum err ticket_look(struct work *w, enum ticket_kind kind, Str token, int64_t *account) MUST_USE;   /* ERR_MISSING: none, used or over */
enum err ticket_use(struct work *w, enum ticket_kind kind, Str token, int64_t *account) MUST_USE;    /* inside work_write */

/* ---- API tokens ------------------------------------------------------------------------------ */

/* "mx_" + 43 characters.  A token may do what its account may, cut down to its verbs and lists; it ends on a day. */
struct token { int64_t id, account, made, used, uses; Str name, hint, lists; unsigned verbs; Str ends; };   /* lists: ";enterprises;", empty: all; hint: its last 4 characters; ends: YYYY-MM-DD */
struct tokens { struct token *p; size_t n, cap; };
enum err token_make(struct work *w, int64_t account, Str name, unsigned verbs, Str lists, Str ends, Str *token) MUST_USE;
enum err token_find(struct work *w, Str token, struct token *out, struct actor *actor) MUST_USE;     /* ERR_MISSING */
enum err token_used(struct work *w, int64_t token) MUST_USE;         /* inside a write: counts by day */
enum err token_end(struct work *w, int64_t account, int64_t token) MUST_USE;
enum err tokens_of(struct work *w, int64_t account, struct tokens *out) MUST_USE;
struct use { Str day; int64_t count; };
enum err token_uses(struct work *w, int64_t token, struct use *out, size_t *n, size_t most) MUST_USE;     /* the last days, newest first */

#endif
