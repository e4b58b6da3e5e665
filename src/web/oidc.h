/*
 * oidc.h - sign-in by OpenID Connect (Core 1.0): the authorization code flow with PKCE S256 (RFC 7636), for one provider that
 * this server is configured with.
 *
 * An attempt to sign in is one random number in a signed cookie of ten minutes; state, nonce and PKCE verifier all follow from it and
 * the server's secret, so that nothing is kept here meanwhile.  What the provider says of itself is kept for an hour.
 */
#ifndef WEB_OIDC_H
#define WEB_OIDC_H

#include "web/instance.h"
#include "web/jwt.h"

/* ---- an attempt -------------------------------------------------------------------------------- */

enum { ATTEMPT_S = 600 };
struct attempt { Str state, nonce, verifier, next; int64_t at; };           /* next: where to go then; microseconds */

struct attempt attempt_make(struct arena *a, Str secret, Str next, int64_t now, Str *cookie);
/* False: no cookie of ours, or over ten minutes old. */
bool           attempt_read(struct arena *a, Str secret, Str cookie, int64_t now, struct attempt *out);

/* ---- the provider ------------------------------------------------------------------------------ */

struct provider { Str issuer, authorization, token, keys; };        /* keys: address of its JWKS          */
/* Its discovery document (OpenID Connect Discovery 1.0).  ERR_INVALID: it is another's, or lacks what is needed. */
enum err provider_read(struct arena *a, Str json, Str issuer, struct provider *out, Message *why) MUST_USE;
/* Where the browser is sent. */
Str      authorization_url(struct arena *a, const struct provider *p, Str client, Str back, const struct attempt *t);

/* ---- the ID token -------------------------------------------------------------------------------- */

struct expected { Str issuer, client, nonce; int64_t now; };        /* now: microseconds                  */
struct identity { Str issuer, subject, email; bool email_verified; };
enum { CLOCK_SKEW_S = 60, TOKEN_AGE_S = 600 };
/* Of a verified token: issuer, audience, authorized party, times and nonce (Core 1.0, 3.1.3.7).  ERR_DENIED: *why says which. */
enum err identity_read(const struct jwt *t, const struct expected *x, struct identity *out, Message *why) MUST_USE;

/* ---- talking to it -------------------------------------------------------------------------------- */

struct oidc;
struct oidc *oidc_open(void);
void         oidc_close(struct oidc *o);
/* ERR_BUSY: it does not answer, ERR_INVALID: not as it should. */
enum err oidc_begin(struct arena *a, const struct instance *i, Str back, const struct attempt *t, Str *url, Message *why) MUST_USE;
/* The code for the identity.  ERR_DENIED: the provider or its token does not hold. */
enum err oidc_finish(struct arena *a, const struct instance *i, Str code, Str back, const struct attempt *t, int64_t now,
                     struct identity *out, Message *why) MUST_USE;

#endif
