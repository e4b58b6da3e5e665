/*
 * mail.h - the outbox.  A mail is a row written in the transaction of what it tells, so that there is no mail without the fact
 * and no fact without the mail; host/post.c sends the rows one by one and tries again, later each time, for three days.
 *
 * Text only, UTF-8.  "{base}" in the text becomes the address people use (--base-url) when it is sent.  A sent mail keeps who, when and subject; its text
 * goes, since it may hold a ticket.
 */
#ifndef MODEL_DESK_MAIL_H
#define MODEL_DESK_MAIL_H

#include "model/model.h"

struct mail { int64_t id, made; Str to, subject, text; int tries; };
/* Inside a write.  Newlines in to or subject are refused (ERR_INVALID): a header cannot be forged. */
enum err mail_put(struct work *w, Str to, Str subject, Str text) MUST_USE;
/* The next that is due; id 0: none. */
enum err mail_next(struct work *w, struct mail *out) MUST_USE;
enum err mail_sent(struct work *w, int64_t id) MUST_USE;
enum err mail_failed(struct work *w, int64_t id, Str why, bool for_ever) MUST_USE;  /* 5xx answers: for ever */
struct mail_state { int64_t waiting, failed, sent; int64_t oldest; Str last_error; };
enum err mail_state(struct work *w, struct mail_state *out) MUST_USE;

#endif
