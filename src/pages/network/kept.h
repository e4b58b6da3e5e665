/*
 * kept.h - the supply network in memory, from which all its pages are made.  A thread follows the change log: soon after links change,
 * the next view stands in the place of the one before, its ranking computed again only where the change reaches (E13).  Views of
 * other days (E14) are made when they are first asked for, few at a time, and forgotten when the data change.
 *
 * Handlers find it as q->instance->network.  Safe from all threads.
 */
#ifndef PAGES_NETWORK_KEPT_H
#define PAGES_NETWORK_KEPT_H

#include "programme/network/view.h"

enum { KEPT_DAYS = 4 };                     /* other days at a time                               */

struct kept;
struct kept *kept_open(void);
void         kept_close(struct kept *k);    /* when nobody follows or asks any more               */
/* Looks once, in the name of the program, and makes what is to be made; w: a database that may be written, the model, an arena for
 * the making.  *more: there is more to do at once. */
enum err     kept_follow(struct kept *k, struct work *w, bool *more) MUST_USE;
void         kept_stop(struct kept *k);     /* a computation under way ends soon, and no other begins */

/* Held for the caller (supply_view_release); NULL: it is not made yet, ask again in a moment. */
struct supply_view *kept_now(struct kept *k);
struct supply_view *kept_on(struct kept *k, struct date day);

#endif
