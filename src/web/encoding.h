/*
 * encoding.h - what a client accepts and what it already has: Accept-Encoding, If-None-Match, gzip (RFC 9110).
 */
#ifndef WEB_ENCODING_H
#define WEB_ENCODING_H

#include "base/text.h"

enum encoding { PLAIN, GZIP, BROTLI, ENCODINGS };

enum { GZIP_WORTH = 512 };                          /* bytes below which it is not tried         */

const char *encoding_name(enum encoding e);         /* as in Content-Encoding; "" for PLAIN      */
/* Bits 1 << encoding; PLAIN is always among them: who refuses it gets it all the same. */
unsigned    encodings_accepted(Str accept_encoding);
/* The best of those offered that is accepted, by saving: BROTLI, GZIP, PLAIN. */
enum encoding encoding_choose(unsigned offered, unsigned accepted);

/* The gzip form, or empty where it would not be smaller. */
Str         gzipped(struct arena *a, Str s, int level);

/* Does If-None-Match name this tag?  Weak comparison, as a 304 wants it. */
bool        etag_matches(Str if_none_match, Str etag);

#endif
