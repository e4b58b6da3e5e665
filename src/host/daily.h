/*
 * daily.h - what is to be done once a day: reminders, mails with a day's notices, and forgetting what need not be kept.  The day begins at 6 in
 * the morning in Hà Nội; one that was missed, as nothing ran then, is made up for at the start.
 *
 * Each is one transaction with the note that it is done, so that it is done once, also where several servers share a database.
 */
#ifndef HOST_DAILY_H
#define HOST_DAILY_H

#include "host/routine.h"
#include "host/server.h"

struct search;

/* app: whose snapshot (pages/snapshot.h) has the suppliers that saved searches look among. */
enum err daily_start(const struct config *c, const struct work *like, const struct application *app, struct routine **out) MUST_USE;
/* All of it that is not yet done for the day of this moment; suppliers NULL: but what looks among them. */
enum err daily_run(struct work *w, const struct search *suppliers) MUST_USE;

#endif
