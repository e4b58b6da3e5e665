/*
 * secret.h - random bytes, and what is made with secrets.  Comparing takes the same time wherever the difference lies; a secret
 * is never printed, logged or compared with str_eq.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/text.h"

void random_bytes(void *out, size_t n);                     /* the system's; never fails          */
Str  random_token(struct arena *a);                         /* 256 bits as 43 characters of base64url */
Str  hmac_sha256(struct arena *a, Str key, Str text);       /* 64 lower-case hex digits           */
bool secret_eq(Str a, Str b);

void put_base64url(struct buf *b, Str bytes);               /* without '='                        */
bool base64url_read(struct arena *a, Str text, Str *bytes); /* false: not base64url               */

#endif
