/*
 * fetch.h - asks another server, for what sign-in by OpenID Connect needs: instance.fetch (web/instance.h).  https with a
 * certificate that is checked, or http on this machine; no redirects; 10 seconds; at most 1 MB.
 */
#ifndef HOST_FETCH_H
#define HOST_FETCH_H

#include "web/instance.h"

/* ERR_BUSY: no answer, *why says so; ERR_TOO_BIG; ERR_INVALID: not such an address.  Any status is an answer. */
enum err fetch(struct arena *a, Str url, Str body, Str authorization, struct fetched *out, Message *why) MUST_USE;

#endif
