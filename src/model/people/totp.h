/*
 * totp.h - one-time codes beside the password (TOTP, RFC 6238, by liboath: SHA-1, 6 digits, 30 seconds, one step early or late),
 * and ten recovery codes for who has lost the telephone.  A code is never accepted twice.
 *
 * The secret must be kept as it is, since codes are made from it; recovery codes are kept as hashes.
 */
#ifndef MODEL_PEOPLE_TOTP_H
#define MODEL_PEOPLE_TOTP_H

#include "model/people/account.h"

enum { RECOVERY_CODES = 10, TOTP_STEP = 30 };               /* seconds                            */

enum err totp_is_on(struct work *w, int64_t account, bool *on) MUST_USE;
/* Inside work_write; counts only once a code of it was shown, and then overwrites what was before.  For an app by hand or, as otpauth:// URI, by QR code. */
enum err totp_propose(struct work *w, int64_t account, Str *secret_base32) MUST_USE;
Str      totp_uri(struct arena *a, Str email, Str secret_base32);
enum err totp_proposed(struct work *w, int64_t account, Str *secret_base32) MUST_USE;  /* empty: none */
/* Inside work_write.  *right: codes are asked for from now on, and recovery is what to write down. */
enum err totp_confirm(struct work *w, int64_t account, Str code, bool *right, Str recovery[RECOVERY_CODES]) MUST_USE;
enum err totp_off(struct work *w, int64_t account) MUST_USE;           /* inside work_write       */

/* Inside work_write: whether it is a one-time or a recovery code that has not been used; now it is. */
enum err totp_take(struct work *w, int64_t account, Str code, bool *right) MUST_USE;
enum err recovery_left(struct work *w, int64_t account, int *n) MUST_USE;
/* Inside work_write: ten new ones; those of before are good no more. */
enum err recovery_renew(struct work *w, int64_t account, Str recovery[RECOVERY_CODES]) MUST_USE;

#endif
