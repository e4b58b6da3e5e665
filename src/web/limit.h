/*
 * limit.h - how much one client may ask for: a bucket of tokens for each address, account and API token, filled again steadily.
 *
 * The table has a fixed size; where it is full, the fullest bucket makes room.  IPv6 addresses count by their
 * /64 network, which is what one subscriber has.  Finished pages are sent without asking here: they cost nothing.
 * Safe from all threads.
 */
#ifndef WEB_LIMIT_H
#define WEB_LIMIT_H

#include "base/text.h"

enum limit {
    LIMIT_ADDRESS,              /* whoever is not signed in                                      */
    LIMIT_ACCOUNT,
    LIMIT_TOKEN,                /* programs                                                      */
    LIMIT_TEMPTING,             /* sign-in and the like, of an address                           */
    LIMITS
};

enum { LIMIT_PAGE = 1, LIMIT_DOWNLOAD = 20, LIMIT_WRONG_TOKEN = 10 };       /* what things cost   */
enum { RATE_USUAL = 600 };      /* pages a minute from one address                               */

struct limiter;
/* rate: as RATE_USUAL; all limits grow and shrink with it. */
struct limiter *limiter_open(int64_t rate);
void            limiter_close(struct limiter *l);
/* 0: granted, and taken; else the seconds until it could be.  now: microseconds of a steady clock. */
int             limiter_take(struct limiter *l, enum limit kind, Str who, int cost, int64_t now);

#endif
