/* token.h - signed tokens as a provider makes them, and wrong ones as nobody should. */
#ifndef TOKEN_H
#define TOKEN_H

#include "test.h"

struct signer { void *key; const char *alg, *id; };         /* key: OpenSSL's                     */

/* Made once in a run; id as their "kid". */
struct signer rsa_signer(const char *id, int bits);
struct signer p256_signer(const char *id);
Str token_of(struct arena *a, const struct signer *s, Str header, Str claims);      /* signed by its own algorithm, whatever the header says */
Str token_signed(struct arena *a, const struct signer *s, Str claims);              /* with the right header */
Str token_with(struct arena *a, Str header, Str claims, Str signature);             /* not signed at all  */
Str token_hs256(struct arena *a, Str header, Str claims, Str secret);
Str public_pem(struct arena *a, const struct signer *s);
Str jwk_of(struct arena *a, const struct signer *s);
Str jwks_of(struct arena *a, const struct signer *const *list, size_t n);

#endif
