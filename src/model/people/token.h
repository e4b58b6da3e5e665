/*
 * token.h - API tokens: what a program signs in with on behalf of an account.  "mx_" and 43 characters, shown once; the database
 * holds only the SHA-256.  A token may do what its account may, cut down to its verbs and lists; it ends on a day.
 */
#ifndef MODEL_PEOPLE_TOKEN_H
#define MODEL_PEOPLE_TOKEN_H

#include "model/people/account.h"

enum { TOKENS_MOST = 50 };                  /* of one account                                     */

struct token {
    int64_t  id, account, made, used, uses; /* used: last; uses: in all                           */
    Str      name, hint, lists, ends;       /* hint: its last 4 characters; lists: ";enterprises;", empty: all; ends: YYYY-MM-DD, its last day */
    unsigned verbs;
};
struct tokens { struct token *p; size_t n, cap; };

/* Inside a write.  ERR_TOO_BIG: the account has TOKENS_MOST already. */
enum err token_make(struct work *w, int64_t account, Str name, unsigned verbs, Str lists, Str ends, Str *token) MUST_USE;
/* ERR_MISSING: none, over, or of an account no longer active.  Reads only; `used` and `uses` are not filled. */
enum err token_find(struct work *w, Str token, struct token *out, struct actor *actor) MUST_USE;
enum err token_used(struct work *w, int64_t token, int64_t times) MUST_USE;     /* inside a write: counts by day */
enum err token_end(struct work *w, int64_t account, int64_t token) MUST_USE;    /* inside a write     */
enum err tokens_of(struct work *w, int64_t account, struct tokens *out) MUST_USE;

struct use { Str day; int64_t count; };
/* The last days with any use, newest first; *n: how many of at most `most`. */
enum err token_uses(struct work *w, int64_t token, struct use *out, size_t *n, size_t most) MUST_USE;

#endif
