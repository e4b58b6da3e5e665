/*
 * mail.h - the outbox.  A mail is a row written in the transaction of what it tells, so that there is no mail without the fact
 * and no fact without the mail; host/post.c sends the rows one by one.  One that fails is tried again after 1, 2, 4 ... minutes, later every
 * 4 hours, for three days in all.  What has failed for ever stays until somebody has it tried again or drops it.
 *
 * Text only, UTF-8.  "{base}" in the text becomes the address people use (--base-url) when it is sent.  A sent mail keeps who, when and subject; its text
 * goes, since it may hold a ticket.
 */
#ifndef MODEL_DESK_MAIL_H
#define MODEL_DESK_MAIL_H

#include "model/model.h"

enum {
    MAIL_WAIT_MOST = 240,                   /* minutes between two tries                          */
    MAIL_TRIES     = 26,                    /* 1 + 2 + ... + 128 minutes, then 17 times 4 hours   */
    MAIL_KEPT_DAYS = 366,                   /* how long it is known what was sent                 */
};

/* next_try 0: failed for ever; fewer: where its reader chooses to get fewer such mails, after "{base}"; empty: they asked for it. */
struct mail { int64_t id, made, next_try; Str to, subject, text, error, fewer; int tries; };
struct mails { struct mail *p; size_t n, cap; };

bool     mail_is_address(Str s);                            /* name@host, ASCII, nothing that ends it */
/* Inside a write, as all that change something.  ERR_INVALID: to is no address, or subject no line: a header cannot be forged. */
enum err mail_put(struct work *w, Str to, Str subject, Str text) MUST_USE;
enum err mail_put_unasked(struct work *w, Str to, Str subject, Str text, Str fewer) MUST_USE;
/* The next that is due; id 0: none. */
enum err mail_next(struct work *w, struct mail *out) MUST_USE;
enum err mail_sent(struct work *w, int64_t id) MUST_USE;
enum err mail_failed(struct work *w, int64_t id, Str why, bool for_ever) MUST_USE;  /* 5xx answers: for ever */
enum err mails_forget(struct work *w) MUST_USE;             /* daily: those sent long ago         */

/* ---- for the administrator ------------------------------------------------------------------ */

struct mail_state { int64_t waiting, failed, sent; int64_t oldest; };       /* oldest: when the oldest not yet sent was written; 0: none */
enum err mail_state(struct work *w, struct mail_state *out) MUST_USE;
enum err mails_unsent(struct work *w, int limit, struct mails *out) MUST_USE;       /* without their texts; those that failed first */
enum err mail_again(struct work *w, int64_t id) MUST_USE;   /* tried at once, as if new; 0: all that are not sent */
enum err mail_drop(struct work *w, int64_t id) MUST_USE;

#endif
