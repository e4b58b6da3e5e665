/*
 * credential.h - what proves that somebody is the holder of an account: a password (argon2id by libsodium), a one-time code
 * (TOTP, RFC 6238, by liboath), recovery codes.  Kept in a table of its own that no entity, list, export or log shows.
 *
 * Failures are counted per account and per address, in the database: after 5 the next attempt must wait, twice as long each time up to 15 minutes.
 * What the caller is told is the same whether the account exists or not, and takes as long: an unknown e-mail is checked against a made-up hash.
 */
#ifndef MODEL_PEOPLE_CREDENTIAL_H
#define MODEL_PEOPLE_CREDENTIAL_H

#include "model/people/account.h"

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200, RECOVERY_CODES = 10 };

/* What is wrong with a new password: too short, too common (data/common_passwords.txt), or the e-mail itself. */
Message  password_check(const struct work *w, Str email, Str password);
enum err password_set(struct work *w, int64_t account, Str password) MUST_USE;      /* inside work_write */

enum sign_in { SIGN_IN_OK, SIGN_IN_WRONG, SIGN_IN_WAIT, SIGN_IN_CODE };     /* WAIT: too many failures; CODE: a one-time code is asked for */
/*
 * Not inside a transaction: counts the failure in one of its own.  code: empty, or a one-time or recovery code.  The account is given only with SIGN_IN_OK.
 * wait: seconds until the next attempt, with SIGN_IN_WAIT.
 */
enum err sign_in(struct work *w, Str email, Str password, Str code, Str address, enum sign_in *out, struct record **account, int *wait) MUST_USE;

/* One-time codes.  A secret is proposed, and counts once a code of it was shown.  otpauth:// for a QR code or by hand. */
bool     totp_is_on(struct work *w, int64_t account);
enum err totp_propose(struct work *w, int64_t account, Str *secret_base32, Str *uri) MUST_USE;      /* inside work_write; overwrites one not yet confirmed */
enum err totp_confirm(struct work *w, int64_t account, Str code, Str recovery[RECOVERY_CODES], Message *why) MUST_USE;
enum err totp_off(struct work *w, int64_t account) MUST_USE;

#endif
