/*
 * message.h - a mail as it travels: RFC 5322 with a text in UTF-8 as quoted-printable (RFC 2045), encoded words in the header
 * (RFC 2047), lines ended by CR LF and none longer than 78 characters of the header or 76 of the text.
 *
 * It says that a program wrote it (Auto-Submitted, RFC 3834) and, where it may be unwanted, where to get fewer (List-Unsubscribe,
 * RFC 2369).  The Message-ID is the mail's own, so that one sent twice can be told to be the same.
 */
#ifndef HOST_MESSAGE_H
#define HOST_MESSAGE_H

#include "model/desk/mail.h"

/* from: "name@host"; base_url stands for "{base}" in the text. */
void put_mail_message(struct buf *b, const struct mail *m, Str from, Str base_url);

#endif
