#include "token.h"

#include "base/secret.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

struct signer rsa_signer(const char *id, int bits) { return (struct signer){ EVP_RSA_gen((unsigned)bits), "RS256", id }; }
struct signer p256_signer(const char *id) { return (struct signer){ EVP_EC_gen("P-256"), "ES256", id }; }

static Str base64url(struct arena *a, Str bytes)
{
    struct buf b = buf_make(a);
    put_base64url(&b, bytes);
    return buf_str(&b);
}

/* ---- signing ------------------------------------------------------------------------------------ */

static Str raw_p256(struct arena *a, const unsigned char *der, size_t n)
{
    unsigned char *out = arena_alloc(a, 1, 1, 64);
    const BIGNUM *r, *s;
    ECDSA_SIG *both = d2i_ECDSA_SIG(NULL, &der, (long)n);
    ECDSA_SIG_get0(both, &r, &s);
    CHECK(BN_bn2binpad(r, out, 32) == 32 && BN_bn2binpad(s, out + 32, 32) == 32);
    ECDSA_SIG_free(both);
    return (Str){ (char *)out, 64 };
}

static Str sign(struct arena *a, const struct signer *s, Str text)
{
    unsigned char signature[1024];
    size_t n = sizeof signature;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    CHECK(EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, s->key) == 1);
    CHECK(EVP_DigestSign(c, signature, &n, (const unsigned char *)text.p, text.n) == 1);
    EVP_MD_CTX_free(c);
    return strcmp(s->alg, "ES256") ? str_dup(a, (Str){ (char *)signature, n }) : raw_p256(a, signature, n);
}

Str token_with(struct arena *a, Str header, Str claims, Str signature)
{
    Str h = base64url(a, header), c = base64url(a, claims), s = base64url(a, signature);
    return str_f(a, "%.*s.%.*s.%.*s", FMT(h), FMT(c), FMT(s));
}

static Str signing_input(struct arena *a, Str header, Str claims)
{
    Str h = base64url(a, header), c = base64url(a, claims);
    return str_f(a, "%.*s.%.*s", FMT(h), FMT(c));
}

Str token_of(struct arena *a, const struct signer *s, Str header, Str claims)
{
    return token_with(a, header, claims, sign(a, s, signing_input(a, header, claims)));
}

Str token_signed(struct arena *a, const struct signer *s, Str claims)
{
    return token_of(a, s, str_f(a, "{\"alg\":\"%s\",\"kid\":\"%s\"}", s->alg, s->id), claims);
}

Str token_hs256(struct arena *a, Str header, Str claims, Str secret)
{
    unsigned char mac[32];
    Str text = signing_input(a, header, claims);
    CHECK(HMAC(EVP_sha256(), secret.p, (int)secret.n, (const unsigned char *)text.p, text.n, mac, NULL) != NULL);
    return token_with(a, header, claims, (Str){ (char *)mac, 32 });
}

/* ---- keys ---------------------------------------------------------------------------------------- */

Str public_pem(struct arena *a, const struct signer *s)
{
    char *bytes;
    BIO *out = BIO_new(BIO_s_mem());
    CHECK(PEM_write_bio_PUBKEY(out, s->key));
    long n = BIO_get_mem_data(out, &bytes);
    Str pem = str_dup(a, (Str){ bytes, (size_t)n });
    BIO_free(out);
    return pem;
}

static Str parameter(struct arena *a, const struct signer *s, const char *name)
{
    BIGNUM *n = NULL;
    unsigned char bytes[1024];
    CHECK(EVP_PKEY_get_bn_param(s->key, name, &n));
    int width = strcmp(s->alg, "ES256") ? BN_num_bytes(n) : 32;
    CHECK(BN_bn2binpad(n, bytes, width) == width);
    BN_free(n);
    return base64url(a, (Str){ (char *)bytes, (size_t)width });
}

Str jwk_of(struct arena *a, const struct signer *s)
{
    if (!strcmp(s->alg, "ES256")) {
        Str x = parameter(a, s, OSSL_PKEY_PARAM_EC_PUB_X), y = parameter(a, s, OSSL_PKEY_PARAM_EC_PUB_Y);
        return str_f(a, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s\",\"x\":\"%.*s\",\"y\":\"%.*s\"}", s->id,
                     FMT(x), FMT(y));
    }
    Str n = parameter(a, s, OSSL_PKEY_PARAM_RSA_N), e = parameter(a, s, OSSL_PKEY_PARAM_RSA_E);
    return str_f(a, "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%.*s\",\"e\":\"%.*s\"}", s->id, FMT(n), FMT(e));
}

Str jwks_of(struct arena *a, const struct signer *const *list, size_t n)
{
    struct buf b = buf_make(a);
    put_z(&b, "{\"keys\":[");
    for (size_t i = 0; i < n; i++) put_f(&b, "%s%.*s", i ? "," : "", FMT(jwk_of(a, list[i])));
    put_z(&b, "]}");
    return buf_str(&b);
}
