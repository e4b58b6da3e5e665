/*
 * ticket.h - what is sent by mail and used once: to confirm an address, to accept an invitation, to choose a new password.
 * The mail holds a random token of 256 bits, the database only its SHA-256.
 */
#ifndef MODEL_PEOPLE_TICKET_H
#define MODEL_PEOPLE_TICKET_H

#include "model/people/account.h"

enum ticket_kind { TICKET_CONFIRM, TICKET_INVITE, TICKET_RESET };       /* valid 3 days, 14 days, 1 hour */

/* Inside work_write; older ones of the account and kind end. */
enum err ticket_make(struct work *w, enum ticket_kind kind, int64_t account, Str *token) MUST_USE;
/* ERR_MISSING: none, used or over. */
enum err ticket_look(struct work *w, enum ticket_kind kind, Str token, int64_t *account) MUST_USE;
/* The same, and it cannot be used again; inside work_write. */
enum err ticket_use(struct work *w, enum ticket_kind kind, Str token, int64_t *account) MUST_USE;

#endif
