/* Sign-in by OpenID Connect, without a network: the provider is a function. */
#include "token.h"
#include "base/date.h"
#include "base/secret.h"
#include "web/oidc.h"
#include "base/url.h"

#include <string.h>

static const int64_t NOW = 1795323600000000;
#define SECRET S("bí mật của chúng ta")
#define ISSUER S("https://id.example")
#define BACK   S("https://matxich.example/sign-in/openid/return")

static const struct signer *key(void)
{
    static struct signer s;
    if (!s.key) s = p256_signer("one");
    return &s;
}
static const struct signer *next_key(void)
{
    static struct signer s;
    if (!s.key) s = p256_signer("two");
    return &s;
}

/* ---- attempts -------------------------------------------------------------------------------------- */

TEST(an_attempt_is_found_again_by_its_cookie)
{
    Str cookie;
    struct attempt made = attempt_make(a, SECRET, S("/workspace/tasks"), NOW, &cookie), read;
    CHECK(attempt_read(a, SECRET, cookie, NOW + 5, &read));
    CHECK_STR(read.state, made.state);
    CHECK_STR(read.nonce, made.nonce);
    CHECK_STR(read.verifier, made.verifier);
    CHECK_STR(read.next, S("/workspace/tasks"));
    CHECK(made.verifier.n >= 43 && !str_eq(made.state, made.nonce) && !str_eq(made.nonce, made.verifier));
    CHECK(!str_has(cookie, made.state) && !str_has(cookie, made.verifier));
}

TEST(no_two_attempts_are_the_same)
{
    Str one, two;
    CHECK(!str_eq(attempt_make(a, SECRET, S(""), NOW, &one).state, attempt_make(a, SECRET, S(""), NOW, &two).state));
}

TEST(an_attempt_ends_after_ten_minutes)
{
    Str cookie;
    struct attempt read;
    attempt_make(a, SECRET, S(""), NOW, &cookie);
    CHECK(attempt_read(a, SECRET, cookie, NOW + 600 * 1000000LL, &read));
    CHECK(!attempt_read(a, SECRET, cookie, NOW + 601 * 1000000LL, &read));
    CHECK(!attempt_read(a, SECRET, cookie, NOW - 1, &read));
}

TEST(a_cookie_that_is_not_ours_is_none)
{
    Str cookie;
    struct attempt read;
    attempt_make(a, SECRET, S("/x"), NOW, &cookie);
    CHECK(!attempt_read(a, S("another"), cookie, NOW, &read));
    for (size_t n = 0; n < cookie.n; n++) CHECK(!attempt_read(a, SECRET, str_sub(cookie, 0, n), NOW, &read));
    for (size_t i = 0; i < cookie.n; i++) {
        Str wrong = str_dup(a, cookie);
        ((char *)(uintptr_t)wrong.p)[i] ^= 1;
        CHECK(!attempt_read(a, SECRET, wrong, NOW, &read));
    }
}

/* ---- the provider ------------------------------------------------------------------------------ */

#define DISCOVERY S("{\"issuer\":\"https://id.example\",\"authorization_endpoint\":\"https://id.example/auth?tenant=1\"," \
                    "\"token_endpoint\":\"https://id.example/token\",\"jwks_uri\":\"https://id.example/keys\"}")

TEST(the_browser_is_sent_with_everything_the_provider_needs)
{
    struct provider p;
    Message why;
    Str cookie, wanted[] = { S("response_type=code"), S("client_id=m%20x"), S("scope=openid%20email"), S("code_challenge_method=S256"),
                             S("redirect_uri=https%3A%2F%2Fmatxich.example%2Fsign-in%2Fopenid%2Freturn") };
    struct attempt t = attempt_make(a, SECRET, S(""), NOW, &cookie);
    CHECK_INT(provider_read(a, DISCOVERY, ISSUER, &p, &why), OK);
    Str url = authorization_url(a, &p, S("m x"), BACK, &t);
    CHECK(str_starts(url, S("https://id.example/auth?tenant=1&")));
    for (size_t i = 0; i < COUNT(wanted); i++) CHECK(str_has(url, wanted[i]));
    CHECK(str_has(url, t.state) && str_has(url, t.nonce) && !str_has(url, t.verifier));
}

TEST(the_challenge_is_that_of_rfc_7636)                     /* appendix B                         */
{
    struct provider p = { .authorization = S("https://id.example/auth") };
    struct attempt t = { .verifier = S("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") };
    CHECK(str_has(authorization_url(a, &p, S("c"), BACK, &t), S("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")));
}

TEST(a_provider_that_calls_itself_something_else_is_refused)
{
    struct provider p;
    Message why = NO_MESSAGE;
    CHECK_INT(provider_read(a, DISCOVERY, S("https://id.example/"), &p, &why), ERR_INVALID);
    CHECK_INT(provider_read(a, S("{\"issuer\":\"https://id.example\"}"), ISSUER, &p, &why), ERR_INVALID);
    CHECK_INT(provider_read(a, S("<html>"), ISSUER, &p, &why), ERR_INVALID);
    CHECK(why.id);
}

/* ---- what a token must say ---------------------------------------------------------------------- */

struct told { const char *from, *to; };

/* The claims of a good token, with one text in them replaced. */
static Str claims(struct arena *a, const char *from, const char *to)
{
    Str s = str_f(a, "{\"iss\":\"https://id.example\",\"sub\":\"7\",\"aud\":\"mx\",\"exp\":%lld,\"iat\":%lld,\"nonce\":\"n-1\","
                     "\"email\":\"hoa@example.vn\",\"email_verified\":true}", (long long)(NOW / 1000000 + 300), (long long)(NOW / 1000000 - 5));
    size_t at;
    if (!from) return s;
    CHECK(str_find(s, str_of(from), &at));
    return str_f(a, "%.*s%s%.*s", (int)at, s.p, to, FMT(str_sub(s, at + strlen(from), s.n)));
}

static enum err judged(struct arena *a, Str claims_text, struct identity *who)
{
    struct jwt t;
    Message why = NO_MESSAGE;
    CHECK_INT(jwt_read(a, token_signed(a, key(), claims_text), &t, &why), OK);
    enum err e = identity_read(&t, &(struct expected){ ISSUER, S("mx"), S("n-1"), NOW }, who, &why);
    CHECK(!e == !why.id);
    return e;
}

TEST(a_good_token_says_who_it_is)
{
    struct identity who;
    CHECK_INT(judged(a, claims(a, NULL, NULL), &who), OK);
    CHECK_STR(who.subject, S("7"));
    CHECK_STR(who.email, S("hoa@example.vn"));
    CHECK(who.email_verified);
    CHECK_INT(judged(a, claims(a, "\"email_verified\":true", "\"email_verified\":false"), &who), OK);
    CHECK(!who.email_verified);
    CHECK_INT(judged(a, claims(a, ",\"email_verified\":true", ""), &who), OK);
    CHECK(!who.email_verified);
}

TEST(tokens_that_say_something_wrong_are_refused)
{
    static const struct told wrong[] = {
        { "https://id.example", "https://evil.example" }, { "\"aud\":\"mx\"", "\"aud\":\"other\"" }, { "\"aud\":\"mx\"", "\"aud\":[\"other\"]" },
        { "\"aud\":\"mx\"", "\"aud\":[\"mx\",\"other\"]" }, { "\"aud\":\"mx\"", "\"aud\":\"mx\",\"azp\":\"other\"" }, { "\"aud\":\"mx\",", "" },
        { "\"aud\":\"mx\"", "\"aud\":{\"mx\":1}" }, { "n-1", "n-2" }, { "\"nonce\":\"n-1\",", "" }, { "\"nonce\":\"n-1\"", "\"nonce\":1" },
        { "\"sub\":\"7\",", "" }, { "\"sub\":\"7\"", "\"sub\":\"\"" }, { "\"exp\":", "\"ex\":" }, { "\"exp\":", "\"exp\":\"x\",\"x\":" },
        { "\"iat\":", "\"ia\":" }, { "\"iat\":", "\"nbf\":99999999999,\"iat\":" },
    };
    struct identity who;
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (judged(a, claims(a, wrong[i].from, wrong[i].to), &who) != ERR_DENIED)
            test_fail(__FILE__, __LINE__, "accepted with %s instead of %s", wrong[i].to, wrong[i].from);
}

TEST(a_list_of_audiences_counts_with_us_as_the_authorized_party)
{
    struct identity who;
    CHECK_INT(judged(a, claims(a, "\"aud\":\"mx\"", "\"aud\":[\"mx\"]"), &who), OK);
    CHECK_INT(judged(a, claims(a, "\"aud\":\"mx\"", "\"aud\":[\"other\",\"mx\"],\"azp\":\"mx\""), &who), OK);
}

static enum err judged_at(struct arena *a, int64_t seconds_later)
{
    struct jwt t;
    struct identity who;
    Message why;
    CHECK_INT(jwt_read(a, token_signed(a, key(), claims(a, NULL, NULL)), &t, &why), OK);
    return identity_read(&t, &(struct expected){ ISSUER, S("mx"), S("n-1"), NOW + seconds_later * 1000000 }, &who, &why);
}

TEST(a_minute_of_difference_between_clocks_is_forgiven_and_no_more)
{
    CHECK_INT(judged_at(a, 359), OK);
    CHECK_INT(judged_at(a, 360), ERR_DENIED);               /* expired 60 s ago                   */
    CHECK_INT(judged_at(a, -65), OK);
    CHECK_INT(judged_at(a, -66), ERR_DENIED);               /* issued in 61 s                     */
    CHECK_INT(judged_at(a, 86400), ERR_DENIED);
}

/* ---- the whole exchange ------------------------------------------------------------------------- */

static struct {
    const struct signer *signs, *published;
    Str                  nonce, body, authorization;
    const char          *fails;             /* end of the address that gives no answer            */
    int                  token_status, asked_keys, asked_discovery;
    Str                  token;             /* instead of the one made                            */
} provider;

static enum err fake_fetch(struct arena *a, Str url, Str body, Str authorization, struct fetched *out, Message *why)
{
    *out = (struct fetched){ .status = 200, .type = S("application/json") };
    if (provider.fails && str_ends(url, str_of(provider.fails))) return *why = MSG("no answer"), ERR_BUSY;
    if (str_ends(url, S("/.well-known/openid-configuration"))) out->body = DISCOVERY, provider.asked_discovery++;
    else if (str_ends(url, S("/keys"))) out->body = jwks_of(a, &provider.published, 1), provider.asked_keys++;
    else {
        provider.body = body;
        provider.authorization = authorization;
        if (provider.token_status) out->status = provider.token_status;
        Str nonce = str_f(a, "\"%.*s\"", FMT(provider.nonce));
        Str token = provider.token.n ? provider.token : token_signed(a, provider.signs, claims(a, "\"n-1\"", str_z(a, nonce)));
        out->body = str_f(a, "{\"id_token\":\"%.*s\"}", FMT(token));
    }
    return OK;
}

static struct instance instance_of(struct oidc *o)
{
    memset(&provider, 0, sizeof provider);
    provider.signs = provider.published = key();
    return (struct instance){ .fetch = fake_fetch, .openid_issuer = ISSUER, .openid_client = S("mx"), .openid_secret = S("a:b"), .oidc = o };
}

static enum err finished(struct arena *a, const struct instance *i, const struct attempt *t, struct identity *who)
{
    Message why = NO_MESSAGE;
    enum err e = oidc_finish(a, i, S("c&1"), BACK, t, NOW, who, &why);
    CHECK(!e == !why.id);
    return e;
}

TEST(a_code_becomes_an_identity)
{
    struct oidc *o = oidc_open();
    struct instance i = instance_of(o);
    struct identity who;
    Str cookie, url;
    Message why;
    struct attempt t = attempt_make(a, SECRET, S(""), NOW, &cookie);
    provider.nonce = t.nonce;
    CHECK_INT(oidc_begin(a, &i, BACK, &t, &url, &why), OK);
    CHECK_INT(finished(a, &i, &t, &who), OK);
    CHECK_STR(who.subject, S("7"));
    CHECK(str_has(provider.body, S("code=c%261")) && str_has(provider.body, t.verifier));
    CHECK_STR(provider.authorization, S("Basic bXg6YSUzQWI="));      /* mx:a%3Ab                  */
    CHECK_INT(finished(a, &i, &t, &who), OK);
    CHECK_INT(provider.asked_discovery, 1);
    CHECK_INT(provider.asked_keys, 1);
    oidc_close(o);
}

TEST(a_token_of_another_attempt_is_refused)
{
    struct oidc *o = oidc_open();
    struct instance i = instance_of(o);
    struct identity who;
    Str cookie;
    struct attempt t = attempt_make(a, SECRET, S(""), NOW, &cookie), other = attempt_make(a, SECRET, S(""), NOW, &cookie);
    provider.nonce = other.nonce;
    CHECK_INT(finished(a, &i, &t, &who), ERR_DENIED);
    provider.nonce = (Str){ 0 };
    CHECK_INT(finished(a, &i, &t, &who), ERR_DENIED);
    oidc_close(o);
}

TEST(a_new_key_of_the_provider_is_fetched_but_not_at_every_wrong_token)
{
    struct oidc *o = oidc_open();
    struct instance i = instance_of(o);
    struct identity who;
    Str cookie;
    struct attempt t = attempt_make(a, SECRET, S(""), NOW, &cookie);
    provider.nonce = t.nonce;
    CHECK_INT(finished(a, &i, &t, &who), OK);
    provider.signs = next_key();
    for (int n = 0; n < 5; n++) CHECK_INT(finished(a, &i, &t, &who), ERR_DENIED);
    CHECK_INT(provider.asked_keys, 1);                      /* asked less than ten seconds ago    */
    oidc_close(o);
    o = oidc_open();
    i.oidc = o;
    provider.published = next_key();
    CHECK_INT(finished(a, &i, &t, &who), OK);
    oidc_close(o);
}

TEST(answers_that_are_none_are_told_apart_from_refusals)
{
    struct oidc *o = oidc_open();
    struct instance i = instance_of(o);
    struct identity who;
    Str cookie;
    struct attempt t = attempt_make(a, SECRET, S(""), NOW, &cookie);
    static const char *const ends[] = { "/.well-known/openid-configuration", "/token", "/keys" };
    provider.nonce = t.nonce;
    for (size_t n = 0; n < COUNT(ends); n++) {
        provider.fails = ends[n];
        CHECK_INT(finished(a, &i, &t, &who), ERR_BUSY);
    }
    provider.fails = NULL;
    provider.token_status = 400;                            /* the code was used already          */
    CHECK_INT(finished(a, &i, &t, &who), ERR_DENIED);
    provider.token_status = 500;
    CHECK_INT(finished(a, &i, &t, &who), ERR_BUSY);
    provider.token_status = 0;
    provider.token = token_with(a, S("{\"alg\":\"none\"}"), claims(a, "n-1", str_z(a, t.nonce)), S(""));
    CHECK_INT(finished(a, &i, &t, &who), ERR_DENIED);
    oidc_close(o);
}
