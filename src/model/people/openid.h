/*
 * openid.h - which account an identity of a sign-in service (OpenID Connect) opens.  At first it is the active account with the
 * e-mail address the service has verified; from then on its issuer and subject are bound to that account, whatever its address
 * becomes, and no other identity of that issuer opens it.
 */
#ifndef MODEL_PEOPLE_OPENID_H
#define MODEL_PEOPLE_OPENID_H

#include "model/people/account.h"

/* Inside work_write; an attempt to sign in is used once.  ERR_CONFLICT: it was used already. */
enum err openid_attempt_use(struct work *w, Str state) MUST_USE;

/* Inside work_write.  ERR_DENIED: *why says why it opens none. */
enum err openid_account(struct work *w, Str issuer, Str subject, Str email, bool email_verified, struct record **account,
                        Message *why) MUST_USE;
/* Inside work_write: the next identity with its address is bound anew. */
enum err openid_forget(struct work *w, int64_t account) MUST_USE;

#endif
