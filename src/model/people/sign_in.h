/*
 * sign_in.h - somebody says who they are.  Attempts are counted in the database by e-mail and by address, before they are looked at, so
 * that many at once gain nothing: after 5 failures for an e-mail, or 20 from an address, the next must wait 30 seconds, then
 * twice as long each time up to 15 minutes; a day without failures forgets them.
 *
 * What is told is the same whether the account exists or not, and takes as long: an e-mail that nobody has is counted too, and its password is
 * checked against a made-up hash.  Only who knows the password learns more.
 */
#ifndef MODEL_PEOPLE_SIGN_IN_H
#define MODEL_PEOPLE_SIGN_IN_H

#include "model/people/account.h"

enum sign_in {
    SIGN_IN_OK,
    SIGN_IN_WRONG,                          /* unknown, disabled, or a wrong password or code     */
    SIGN_IN_WAIT,                           /* too many failures: not even looked at              */
    SIGN_IN_CODE,                           /* the password is right, a one-time code is needed too */
    SIGN_IN_UNCONFIRMED,                    /* the password is right, the e-mail is not confirmed */
};

/* Each not inside a transaction: counts in ones of its own.  wait: seconds until the next attempt, with SIGN_IN_WAIT. */

/* account: with SIGN_IN_OK, _CODE and _UNCONFIRMED, else NULL. */
enum err sign_in(struct work *w, Str email, Str password, Str address, enum sign_in *out, struct record **account, int *wait) MUST_USE;
/* The second step of an account whose password was right. */
enum err sign_in_code(struct work *w, const struct record *account, Str code, Str address, enum sign_in *out, int *wait) MUST_USE;
/* The holder, signed in, says the password again before something grave: OK, WRONG or WAIT. */
enum err sign_in_again(struct work *w, const struct record *account, Str password, Str address, enum sign_in *out, int *wait) MUST_USE;

/* Failures of more than a day ago; inside a write. */
enum err attempts_forget(struct work *w) MUST_USE;

#endif
