/* registering.h - the part of an activity's public page by which an enterprise registers itself, or takes that back; for others, how they can. */
#ifndef PAGES_PLAN_REGISTERING_H
#define PAGES_PLAN_REGISTERING_H

#include "pages/plan/planning.h"

/* why: as what was sent was refused, with what was typed; NO_MESSAGE: nothing was sent. */
enum err put_registration(struct html *h, struct request *q, struct reply *r, const struct record *of, Message why) MUST_USE;

/* What the forms of it do, from q->form.  An error with *why is for the page to say. */
typedef enum err registration_act(struct request *q, const struct record *of, Message *why);
registration_act register_own, withdraw_own;

#endif
