/*
 * credential.h - the password of an account, kept as argon2id (RFC 9106, by libsodium: 2 passes over 64 MB, about
 * 100 ms of one core) in a table of its own that no entity, list, export or log shows.
 */
#ifndef MODEL_PEOPLE_CREDENTIAL_H
#define MODEL_PEOPLE_CREDENTIAL_H

#include "model/people/account.h"

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200 };         /* characters; bytes                  */

/*
 * What is wrong with a new password: too short, too long, one that everybody tries (data/common_passwords.txt), or the e-mail.  A common one
 * stays common with another case, without accents, and with up to six digits or signs behind it.
 */
Message  password_check(const struct work *w, Str email, Str password);

typedef struct { Str hash; } Password;                      /* as it is kept                      */

/* Outside a write, since it takes so long.  ERR_BUSY: there is no memory for it now. */
enum err password_make(struct arena *a, Str password, Password *out) MUST_USE;
/* Inside work_write.  Every session of the account ends. */
enum err password_set(struct work *w, int64_t account, Password password) MUST_USE;

enum password { PASSWORD_WRONG, PASSWORD_RIGHT, PASSWORD_STALE };       /* STALE: right, but kept in a way of before */
/* Reads only.  Account 0, or one without a password: WRONG, after as long as for any other. */
enum err password_is(struct work *w, int64_t account, Str password, enum password *out) MUST_USE;
/* A STALE one kept in today's way; inside work_write.  Sessions stay. */
enum err password_renew(struct work *w, int64_t account, Password password) MUST_USE;

#endif
