/*
 * session.h - who is signed in.  The browser holds a random token of 256 bits; the database only its SHA-256, so that a copy
 * of the database opens no session.  A session ends after 12 hours, after 2 hours of silence, when its account is disabled or
 * changes its password, or when it is revoked.  An account has at most 20: the oldest ends when another begins.
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
enum err session_strengthen(struct work *w, int64_t session) MUST_USE;  /* inside a write: a one-time code was given */
enum err session_end(struct work *w, int64_t account, int64_t session) MUST_USE;   /* inside a write; 0: all of the account */
enum err sessions_of(struct work *w, int64_t account, struct sessions *out) MUST_USE;  /* those not over; latest seen first */

enum err sessions_forget(struct work *w) MUST_USE;          /* daily, inside a write: those that are over */

/* The token of forms (CSRF): HMAC-SHA256 of the session's secret; compared in constant time. */
Str      form_token(struct arena *a, Str secret);
bool     form_token_is(struct arena *a, Str secret, Str token);

#endif
