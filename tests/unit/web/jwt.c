/* Signed tokens, right and wrong. */
#include "token.h"
#include "web/jwt.h"

#include <string.h>

static const struct signer *rsa(void)
{
    static struct signer s;
    if (!s.key) s = rsa_signer("one", 2048);
    return &s;
}
static const struct signer *other_rsa(void)
{
    static struct signer s;
    if (!s.key) s = rsa_signer("two", 2048);
    return &s;
}
static const struct signer *p256(void)
{
    static struct signer s;
    if (!s.key) s = p256_signer("three");
    return &s;
}

static struct jwks keys(struct arena *a, Str json)
{
    struct jwks k;
    Message why;
    CHECK_INT(jwks_read(a, json, &k, &why), OK);
    return k;
}

static struct jwks usual_keys(struct arena *a)
{
    return keys(a, jwks_of(a, (const struct signer *const[]){ rsa(), other_rsa(), p256() }, 3));
}

/* What becomes of a token: OK, or why not. */
static enum err judged(struct arena *a, Str token, const struct jwks *k)
{
    struct jwt t;
    Message why = NO_MESSAGE;
    enum err e = jwt_read(a, token, &t, &why);
    if (!e) e = jwt_verify(&t, k, &why);
    CHECK(!e == !why.id);
    return e;
}

#define CLAIMS S("{\"sub\":\"Hoà\"}")

TEST(a_token_signed_by_a_known_key_is_believed)
{
    struct jwks k = usual_keys(a);
    CHECK_INT(k.n, 3);
    CHECK_INT(judged(a, token_signed(a, rsa(), CLAIMS), &k), OK);
    CHECK_INT(judged(a, token_signed(a, p256(), CLAIMS), &k), OK);
    struct jwt t;
    Message why;
    CHECK_INT(jwt_read(a, token_signed(a, rsa(), CLAIMS), &t, &why), OK);
    CHECK_STR(json_str(json_member(t.claims, "sub")), S("Hoà"));
}

TEST(a_token_whose_claims_were_changed_is_not)
{
    struct jwks k = usual_keys(a);
    Str good = token_signed(a, p256(), CLAIMS), head, rest, signature;
    struct jwt t;
    Message why;
    CHECK(str_cut(good, '.', &head, &rest) && str_cut(rest, '.', &rest, &signature));
    CHECK_INT(jwt_read(a, good, &t, &why), OK);
    CHECK_INT(judged(a, token_with(a, S("{\"alg\":\"ES256\",\"kid\":\"three\"}"), S("{\"sub\":\"admin\"}"), t.signature), &k), ERR_DENIED);
}

TEST(a_token_signed_by_another_key_is_not)
{
    struct jwks k = usual_keys(a);
    CHECK_INT(judged(a, token_of(a, other_rsa(), S("{\"alg\":\"RS256\",\"kid\":\"one\"}"), CLAIMS), &k), ERR_DENIED);
    static struct signer stranger;
    stranger = p256_signer("three");
    CHECK_INT(judged(a, token_signed(a, &stranger, CLAIMS), &k), ERR_DENIED);
}

TEST(a_token_of_a_key_nobody_knows_asks_for_the_key)
{
    struct jwks k = keys(a, jwks_of(a, (const struct signer *const[]){ rsa() }, 1));
    CHECK_INT(judged(a, token_signed(a, other_rsa(), CLAIMS), &k), ERR_MISSING);
    CHECK_INT(judged(a, token_signed(a, p256(), CLAIMS), &k), ERR_MISSING);
}

TEST(a_token_that_names_no_key_may_mean_the_only_one)
{
    struct jwks one = keys(a, jwks_of(a, (const struct signer *const[]){ rsa(), p256() }, 2)), two = usual_keys(a);
    Str token = token_of(a, rsa(), S("{\"alg\":\"RS256\"}"), CLAIMS);
    CHECK_INT(judged(a, token, &one), OK);
    CHECK_INT(judged(a, token, &two), ERR_MISSING);
}

TEST(no_algorithm_but_ours_is_a_signature)
{
    struct jwks k = usual_keys(a);
    static const char *const none[] = { "none", "None", "NONE", "", "RS512", "PS256", "HS256", "ES384", "rs256" };
    for (size_t i = 0; i < COUNT(none); i++) {
        Str header = str_f(a, "{\"alg\":\"%s\",\"kid\":\"one\"}", none[i]);
        CHECK_INT(judged(a, token_with(a, header, CLAIMS, S("")), &k), ERR_INVALID);
        CHECK_INT(judged(a, token_of(a, rsa(), header, CLAIMS), &k), ERR_INVALID);
    }
    CHECK_INT(judged(a, token_with(a, S("{\"kid\":\"one\"}"), CLAIMS, S("")), &k), ERR_INVALID);
    CHECK_INT(judged(a, token_with(a, S("{\"alg\":[\"RS256\"],\"kid\":\"one\"}"), CLAIMS, S("")), &k), ERR_INVALID);
}

TEST(the_public_key_is_no_secret_to_sign_with)
{
    struct jwks k = usual_keys(a);
    Str pem = public_pem(a, rsa());
    CHECK_INT(judged(a, token_hs256(a, S("{\"alg\":\"HS256\",\"kid\":\"one\"}"), CLAIMS, pem), &k), ERR_INVALID);
    CHECK_INT(judged(a, token_hs256(a, S("{\"alg\":\"RS256\",\"kid\":\"one\"}"), CLAIMS, pem), &k), ERR_DENIED);
}

TEST(a_key_of_one_kind_checks_no_token_of_another)
{
    struct jwks k = usual_keys(a);
    CHECK_INT(judged(a, token_of(a, p256(), S("{\"alg\":\"RS256\",\"kid\":\"three\"}"), CLAIMS), &k), ERR_MISSING);
    CHECK_INT(judged(a, token_of(a, p256(), S("{\"alg\":\"RS256\",\"kid\":\"one\"}"), CLAIMS), &k), ERR_DENIED);
}

TEST(a_token_cut_anywhere_is_refused)
{
    struct jwks k = usual_keys(a);
    Str token = token_signed(a, p256(), CLAIMS);
    for (size_t n = 0; n < token.n; n++) CHECK(judged(a, str_sub(token, 0, n), &k) != OK);
}

TEST(a_token_with_one_wrong_bit_is_refused)
{
    struct jwks k = usual_keys(a);
    Str token = token_signed(a, p256(), CLAIMS);
    for (size_t i = 0; i < token.n - 1; i++) {              /* the last character has bits that count for nothing */
        Str wrong = str_dup(a, token);
        ((char *)(uintptr_t)wrong.p)[i] ^= 1;
        CHECK(judged(a, wrong, &k) != OK);
    }
}

TEST(a_huge_token_is_not_even_looked_at)
{
    struct jwks k = usual_keys(a);
    char *bytes = arena_raw(a, 1, 1, 1 << 20);
    memset(bytes, 'A', 1 << 20);
    bytes[10] = bytes[20] = '.';
    CHECK_INT(judged(a, (Str){ bytes, 1 << 20 }, &k), ERR_TOO_BIG);
}

TEST(what_must_be_understood_and_is_not_is_refused)
{
    struct jwks k = usual_keys(a);
    CHECK_INT(judged(a, token_of(a, rsa(), S("{\"alg\":\"RS256\",\"kid\":\"one\",\"crit\":[\"exp\"]}"), CLAIMS), &k), ERR_INVALID);
}

TEST(texts_that_are_no_tokens_are_refused)
{
    struct jwks k = usual_keys(a);
    static const char *const texts[] = { "", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30.e30.e30", "e30=.e30.AA", "W10.W10.AA", "bnVsbA.bnVsbA.AA" };
    for (size_t i = 0; i < COUNT(texts); i++) CHECK_INT(judged(a, str_of(texts[i]), &k), ERR_INVALID);
}

TEST(keys_that_are_too_weak_or_for_something_else_are_left_out)
{
    static struct signer weak;
    weak = rsa_signer("weak", 1024);
    CHECK_INT(keys(a, jwks_of(a, (const struct signer *const[]){ &weak, rsa() }, 2)).n, 1);
    static const char *const useless[] = {
        "{\"kty\":\"oct\",\"k\":\"AAAA\"}", "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}", "{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AA\",\"y\":\"AA\"}", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}", "7", "null", "[]", "{}",
    };
    for (size_t i = 0; i < COUNT(useless); i++) CHECK_INT(keys(a, str_f(a, "{\"keys\":[%s]}", useless[i])).n, 0);
    Str good = jwk_of(a, rsa());
    CHECK_INT(keys(a, str_f(a, "{\"keys\":[{\"use\":\"enc\",%.*s]}", FMT(str_sub(good, 1, good.n)))).n, 0);
    CHECK_INT(keys(a, str_f(a, "{\"keys\":[{\"alg\":\"PS256\",%.*s]}", FMT(str_sub(good, 1, good.n)))).n, 0);
}

TEST(a_point_that_is_on_no_curve_checks_nothing)
{
    struct jwks k = keys(a, S("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"three\",\"x\":\"AQ\",\"y\":\"AQ\"}]}"));
    CHECK_INT(k.n, 1);
    CHECK_INT(judged(a, token_signed(a, p256(), CLAIMS), &k), ERR_DENIED);
}

TEST(a_text_that_is_no_list_of_keys_is_refused)
{
    static const char *const texts[] = { "", "[]", "{}", "{\"keys\":null}", "{\"keys\":", "<html>" };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct jwks k;
        Message why = NO_MESSAGE;
        CHECK_INT(jwks_read(a, str_of(texts[i]), &k, &why), ERR_INVALID);
        CHECK(why.id);
    }
}
