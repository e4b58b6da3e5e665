/*
 * letter.h - the mails about an account itself, in the language of its holder.  They hold a ticket, never a password, and do
 * not repeat what somebody else typed: the program must not carry a stranger's words to a stranger.
 */
#ifndef MODEL_PEOPLE_LETTER_H
#define MODEL_PEOPLE_LETTER_H

#include "model/people/ticket.h"

/* Inside work_write: makes the ticket and puts the mail that leads to "/confirm/TICKET" and the like. */
enum err letter_with_ticket(struct work *w, enum ticket_kind kind, const struct record *account) MUST_USE;
/* To who has an account already and whose address was used to sign up: somebody did, and how to sign in. */
enum err letter_known(struct work *w, const struct record *account) MUST_USE;

/* Where a ticket is used, without language: "/reset/TICKET". */
Str ticket_path(struct arena *a, enum ticket_kind kind, Str token);

#endif
