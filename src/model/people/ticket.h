/*
 * ticket.h - what is handed out and used once: by mail to confirm an address, to accept an invitation, to choose a new password.
 * Its holder has a random token of 256 bits, the database only its SHA-256.
 */
#ifndef MODEL_PEOPLE_TICKET_H
#define MODEL_PEOPLE_TICKET_H

#include "model/people/account.h"

enum ticket_kind {
    TICKET_CONFIRM,                         /* 3 days                                             */
    TICKET_INVITE,                          /* 14 days                                            */
    TICKET_RESET,                           /* 1 hour                                             */
    TICKET_CODE,                            /* 10 minutes; in a cookie: the password was right, the code is still to come */
};

/* Inside work_write; older ones of the account and kind end.  Account 0: one that opens nothing, for who must not see a difference. */
enum err ticket_make(struct work *w, enum ticket_kind kind, int64_t account, Str *token) MUST_USE;
/* ERR_MISSING: none, used or over. */
enum err ticket_look(struct work *w, enum ticket_kind kind, Str token, int64_t *account) MUST_USE;
/* The same, and it cannot be used again; inside work_write. */
enum err ticket_use(struct work *w, enum ticket_kind kind, Str token, int64_t *account) MUST_USE;
enum err tickets_forget(struct work *w) MUST_USE;           /* daily, inside a write: those that are over */

#endif
