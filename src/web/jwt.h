/*
 * jwt.h - signed JSON Web Tokens (RFC 7519, JWS compact form of RFC 7515) and the public keys they are checked with (JWKS,
 * RFC 7517).
 *
 * What a token says of itself decides nothing: the algorithm is that of the key, RS256 with 2,048 to 8,192 bits or ES256
 * (RFC 7518), so that neither "none" nor a public key used as a secret of HS256 can be a signature.
 */
#ifndef WEB_JWT_H
#define WEB_JWT_H

#include "format/json.h"

enum { JWT_MAX = 16 << 10,                  /* bytes of a token                                   */
       JWKS_MAX = 256 << 10, JWKS_KEYS = 64 };          /* bytes and keys of a list               */

enum jwt_alg { JWT_NONE, JWT_RS256, JWT_ES256 };

struct jwk  { Str id; enum jwt_alg alg; Str n, e, x, y; };  /* numbers, big-endian: RSA n, e; P-256 x, y */
struct jwks { struct jwk *p; size_t n, cap; };

/* Keys of other kinds and for other uses are left out.  ERR_INVALID: not a list of keys. */
enum err jwks_read(struct arena *a, Str json, struct jwks *out, Message *why) MUST_USE;

struct jwt {
    Str                  signing;           /* header.claims as they were signed                  */
    Str                  signature;         /* decoded                                            */
    Str                  key;               /* "kid"; empty: not said                             */
    enum jwt_alg         alg;               /* as it says                                         */
    const struct json_t *claims;
};

/* Takes it apart; nothing is believed yet.  ERR_INVALID: not a token, or of another algorithm; ERR_TOO_BIG. */
enum err jwt_read(struct arena *a, Str text, struct jwt *out, Message *why) MUST_USE;

/* ERR_MISSING: there is no key of its name and algorithm (a token that names none: the only key of its algorithm);
 * ERR_DENIED: that key did not sign it. */
enum err jwt_verify(const struct jwt *t, const struct jwks *keys, Message *why) MUST_USE;

#endif
