/*
 * post.h - sends the outbox (model/desk/mail.h) by SMTP, one mail at a time, from a thread of its own.  What a server refuses
 * for ever (5xx) is not tried again; an answer of 4xx, no answer, or a refused sign-in (which is for us to set right) is.
 *
 * A mail is marked as sent after the server took it, so that a crash in between sends it twice and never not at all.  One
 * server of a database sends.  Outside of this machine TLS is asked for, by smtps:// or STARTTLS, with a certificate that is checked.
 */
#ifndef HOST_POST_H
#define HOST_POST_H

#include "host/config.h"
#include "model/model.h"

struct post;
/* *out NULL with OK: no mail server is configured, and mails wait.  ERR_INVALID: --smtp or --mail-from makes no sense. */
enum err post_start(const struct config *c, const struct work *like, Str base_url, struct post **out, Message *why) MUST_USE;
void     post_stop(struct post *p);         /* NULL: nothing                                      */

#endif
