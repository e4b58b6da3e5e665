#include "web/jwt.h"

#include "base/secret.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

enum { RSA_LEAST = 2048 / 8, RSA_MOST = 8192 / 8, EXPONENT_MOST = 8, P256 = 32 };

static const struct { enum jwt_alg alg; const char *name, *kind; } algorithms[] = {
    { JWT_RS256, "RS256", "RSA" },
    { JWT_ES256, "ES256", "EC" },
};

/* ---- keys ---------------------------------------------------------------------------------------- */

/* A member of a key: base64url of a big-endian number, without zeros before it. */
static bool number(struct arena *a, const struct json_t *key, const char *name, Str *out)
{
    Str text = json_str(json_member(key, name));
    if (!text.n || !base64url_read(a, text, out)) return false;
    while (out->n && !out->p[0]) *out = str_sub(*out, 1, out->n);
    return out->n > 0;
}

/* Coordinates have the full width, whatever zeros are before them. */
static bool coordinate(struct arena *a, const struct json_t *key, const char *name, Str *out)
{
    Str digits;
    if (!number(a, key, name, &digits) || digits.n > P256) return false;
    char *full = arena_alloc(a, 1, 1, P256);
    memcpy(full + P256 - digits.n, digits.p, digits.n);
    *out = (Str){ full, P256 };
    return true;
}

static enum jwt_alg algorithm_of(const struct json_t *key)
{
    const struct json_t *said = json_member(key, "alg"), *use = json_member(key, "use");
    if (!json_is_missing(use) && !str_is(json_str(use), "sig")) return JWT_NONE;
    for (size_t i = 0; i < COUNT(algorithms); i++)
        if (str_is(json_str(json_member(key, "kty")), algorithms[i].kind)
            && (json_is_missing(said) || str_is(json_str(said), algorithms[i].name)))
            return algorithms[i].alg;
    return JWT_NONE;
}

static bool read_key(struct arena *a, const struct json_t *v, struct jwk *k)
{
    *k = (struct jwk){ .id = json_str(json_member(v, "kid")), .alg = algorithm_of(v) };
    if (k->alg == JWT_RS256)
        return number(a, v, "n", &k->n) && number(a, v, "e", &k->e) && k->n.n >= RSA_LEAST && k->n.n <= RSA_MOST && k->e.n <= EXPONENT_MOST;
    return k->alg == JWT_ES256 && str_is(json_str(json_member(v, "crv")), "P-256") && coordinate(a, v, "x", &k->x)
        && coordinate(a, v, "y", &k->y);
}

enum err jwks_read(struct arena *a, Str json, struct jwks *out, Message *why)
{
    const struct json_t *list;
    struct jwk k;
    *out = (struct jwks){ 0 };
    if (json.n > JWKS_MAX || json_read(a, json, &list, why)) return *why = MSG(N_("The list of keys cannot be read.")), ERR_INVALID;
    list = json_member(list, "keys");
    if (json_is_missing(list)) return *why = MSG(N_("The list of keys cannot be read.")), ERR_INVALID;
    for (size_t i = 0; i < json_count(list) && out->n < JWKS_KEYS; i++)
        if (read_key(a, json_item(list, i), &k)) *GROW(a, *out) = k;
    return OK;
}

/* ---- a token ------------------------------------------------------------------------------------- */

static const struct json_t *part(struct arena *a, Str text)
{
    const struct json_t *v;
    Str json;
    Message ignored;
    return base64url_read(a, text, &json) && !json_read(a, json, &v, &ignored) ? v : NULL;
}

enum err jwt_read(struct arena *a, Str text, struct jwt *out, Message *why)
{
    Str header, rest, claims, signature;
    *out = (struct jwt){ 0 };
    *why = MSG(N_("This is no signed token."));
    if (text.n > JWT_MAX) return ERR_TOO_BIG;
    if (!str_cut(text, '.', &header, &rest) || !str_cut(rest, '.', &claims, &signature)) return ERR_INVALID;
    const struct json_t *head = part(a, header);
    out->claims = part(a, claims);
    out->signing = str_sub(text, 0, header.n + 1 + claims.n);
    if (!head || !out->claims || !base64url_read(a, signature, &out->signature)) return ERR_INVALID;
    *why = MSG(N_("The token is signed in a way that is not accepted."));
    if (json_member(head, "crit")) return ERR_INVALID;      /* RFC 7515, 4.1.11: must be understood */
    for (size_t i = 0; i < COUNT(algorithms); i++)
        if (str_is(json_str(json_member(head, "alg")), algorithms[i].name)) out->alg = algorithms[i].alg;
    out->key = json_str(json_member(head, "kid"));
    if (out->alg == JWT_NONE) return ERR_INVALID;
    *why = NO_MESSAGE;
    return OK;
}

/* ---- the signature -------------------------------------------------------------------------------- */

static BIGNUM *big(Str s) { return BN_bin2bn((const unsigned char *)s.p, (int)s.n, NULL); }

static EVP_PKEY *from_parameters(const char *kind, OSSL_PARAM_BLD *b)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    OSSL_PARAM *p = OSSL_PARAM_BLD_to_param(b);
    if (!c || !p || EVP_PKEY_fromdata_init(c) <= 0 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, p) <= 0) key = NULL;
    OSSL_PARAM_free(p);
    EVP_PKEY_CTX_free(c);
    return key;
}

static EVP_PKEY *rsa_key(const struct jwk *k, OSSL_PARAM_BLD *b)
{
    BIGNUM *n = big(k->n), *e = big(k->e);
    EVP_PKEY *key = NULL;
    if (n && e && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e))
        key = from_parameters("RSA", b);
    BN_free(n);
    BN_free(e);
    return key;
}

static EVP_PKEY *p256_key(const struct jwk *k, OSSL_PARAM_BLD *b)
{
    unsigned char point[1 + 2 * P256] = { 4 };              /* uncompressed (SEC 1, 2.3.3)        */
    memcpy(point + 1, k->x.p, P256);
    memcpy(point + 1 + P256, k->y.p, P256);
    if (!OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0)
        || !OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point))
        return NULL;
    return from_parameters("EC", b);
}

static bool signed_by(EVP_PKEY *key, Str text, const unsigned char *signature, size_t n)
{
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool good = c && EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, key) == 1
             && EVP_DigestVerify(c, signature, n, (const unsigned char *)text.p, text.n) == 1;
    EVP_MD_CTX_free(c);
    return good;
}

/* JWS has r and s one after the other, OpenSSL wants them as DER. */
static bool signed_by_p256(EVP_PKEY *key, const struct jwt *t)
{
    if (t->signature.n != 2 * P256) return false;
    ECDSA_SIG *both = ECDSA_SIG_new();
    BIGNUM *r = big(str_sub(t->signature, 0, P256)), *s = big(str_sub(t->signature, P256, P256));
    MUST(both && r && s && ECDSA_SIG_set0(both, r, s));     /* which owns r and s from here on    */
    unsigned char *der = NULL;
    int n = i2d_ECDSA_SIG(both, &der);
    bool good = n > 0 && signed_by(key, t->signing, der, (size_t)n);
    OPENSSL_free(der);
    ECDSA_SIG_free(both);
    return good;
}

static bool verified(const struct jwt *t, const struct jwk *k)
{
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    MUST(b);
    EVP_PKEY *key = k->alg == JWT_RS256 ? rsa_key(k, b) : p256_key(k, b);
    bool good = key && (k->alg == JWT_RS256 ? signed_by(key, t->signing, (const unsigned char *)t->signature.p, t->signature.n)
                                            : signed_by_p256(key, t));
    EVP_PKEY_free(key);
    OSSL_PARAM_BLD_free(b);
    ERR_clear_error();                                      /* of this thread: not for who comes next */
    return good;
}

enum err jwt_verify(const struct jwt *t, const struct jwks *keys, Message *why)
{
    const struct jwk *key = NULL;
    size_t fitting = 0;
    for (size_t i = 0; i < keys->n; i++)
        if (keys->p[i].alg == t->alg && (!t->key.n || str_eq(keys->p[i].id, t->key))) {
            key = &keys->p[i];
            fitting++;
        }
    if (fitting != 1) return *why = MSG(N_("The key the token is signed with is not known.")), ERR_MISSING;
    if (!verified(t, key)) return *why = MSG(N_("The token's signature is wrong.")), ERR_DENIED;
    return OK;
}
