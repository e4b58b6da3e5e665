#include "web/oidc.h"

#include "base/date.h"
#include "base/secret.h"
#include "base/url.h"

#include <openssl/sha.h>
#include <pthread.h>
#include <sodium.h>

/* ---- an attempt -------------------------------------------------------------------------------- */

static Str derived(struct arena *a, Str secret, const char *what, Str seed)
{
    return hmac_sha256(a, secret, str_f(a, "openid %s %.*s", what, FMT(seed)));
}

static struct attempt attempt_of(struct arena *a, Str secret, Str seed, Str next, int64_t at)
{
    return (struct attempt){ derived(a, secret, "state", seed), derived(a, secret, "nonce", seed),
                             derived(a, secret, "verifier", seed), next, at };
}

/* seed.time.next.signature, next as in a URL but without dots */
struct attempt attempt_make(struct arena *a, Str secret, Str next, int64_t now, Str *cookie)
{
    Str seed = random_token(a);
    struct buf b = buf_make(a);
    put_f(&b, "%.*s.%lld.", FMT(seed), (long long)now);
    put_base64url(&b, next);
    Str mac = derived(a, secret, "cookie", buf_str(&b));
    *cookie = str_f(a, "%.*s.%.*s", FMT(buf_str(&b)), FMT(mac));
    return attempt_of(a, secret, seed, next, now);
}

bool attempt_read(struct arena *a, Str secret, Str cookie, int64_t now, struct attempt *out)
{
    Str seed, time, next, mac, rest, path = { 0 };
    int64_t at;
    if (!str_cut(cookie, '.', &seed, &rest) || !str_cut(rest, '.', &time, &rest) || !str_cut(rest, '.', &next, &mac)) return false;
    if (!secret_eq(mac, derived(a, secret, "cookie", str_sub(cookie, 0, cookie.n - mac.n - 1)))) return false;
    if (!str_to_i64(time, &at) || at > now || now - at > ATTEMPT_S * SECONDS) return false;
    if (next.n && !base64url_read(a, next, &path)) return false;
    *out = attempt_of(a, secret, seed, path, at);
    return true;
}

/* ---- the provider ------------------------------------------------------------------------------ */

enum err provider_read(struct arena *a, Str json, Str issuer, struct provider *out, Message *why)
{
    const struct json_t *v;
    if (json_read(a, json, &v, why)) return ERR_INVALID;
    *out = (struct provider){ json_str(json_member(v, "issuer")), json_str(json_member(v, "authorization_endpoint")),
                              json_str(json_member(v, "token_endpoint")), json_str(json_member(v, "jwks_uri")) };
    if (!str_eq(out->issuer, issuer)) return *why = MSG(N_("The sign-in service calls itself {1}, not {2}."), out->issuer, issuer), ERR_INVALID;
    if (out->authorization.n && out->token.n && out->keys.n) return OK;
    return *why = MSG(N_("The sign-in service {1} does not say where to sign in."), issuer), ERR_INVALID;
}

static void put_parameter(struct buf *b, const char *name, Str value)
{
    put_f(b, "%s%s=", b->n && b->p[b->n - 1] != '?' ? "&" : "", name);
    put_url(b, value);
}

static Str challenge_of(struct arena *a, Str verifier)
{
    char hash[SHA256_DIGEST_LENGTH];
    struct buf b = buf_make(a);
    SHA256((const unsigned char *)verifier.p, verifier.n, (unsigned char *)hash);
    put_base64url(&b, (Str){ hash, sizeof hash });
    return buf_str(&b);
}

Str authorization_url(struct arena *a, const struct provider *p, Str client, Str back, const struct attempt *t)
{
    struct buf b = buf_make(a);
    put(&b, p->authorization);
    if (!memchr(p->authorization.p, '?', p->authorization.n)) put_c(&b, '?');
    put_parameter(&b, "response_type", S("code"));
    put_parameter(&b, "client_id", client);
    put_parameter(&b, "redirect_uri", back);
    put_parameter(&b, "scope", S("openid email"));
    put_parameter(&b, "state", t->state);
    put_parameter(&b, "nonce", t->nonce);
    put_parameter(&b, "code_challenge", challenge_of(a, t->verifier));
    put_parameter(&b, "code_challenge_method", S("S256"));
    return buf_str(&b);
}

/* ---- the ID token -------------------------------------------------------------------------------- */

/* "aud" is one name or a list of them; of a list, "azp" must say that we are meant. */
static bool is_audience(const struct json_t *claims, Str client)
{
    const struct json_t *aud = json_member(claims, "aud"), *azp = json_member(claims, "azp");
    if (!json_is_missing(azp) && !str_eq(json_str(azp), client)) return false;
    if (json_is_str(aud)) return str_eq(json_str(aud), client);
    if (json_count(aud) > 1 && json_is_missing(azp)) return false;
    for (size_t i = 0; i < json_count(aud); i++)
        if (str_eq(json_str(json_item(aud, i)), client)) return true;
    return false;
}

static bool is_of_now(const struct json_t *claims, int64_t now_s)
{
    int64_t ends, made, from;
    if (!json_to_i64(json_member(claims, "exp"), &ends) || ends <= now_s - CLOCK_SKEW_S) return false;
    if (!json_to_i64(json_member(claims, "iat"), &made) || made > now_s + CLOCK_SKEW_S || made < now_s - TOKEN_AGE_S) return false;
    const struct json_t *nbf = json_member(claims, "nbf");
    return json_is_missing(nbf) || (json_to_i64(nbf, &from) && from <= now_s + CLOCK_SKEW_S);
}

enum err identity_read(const struct jwt *t, const struct expected *x, struct identity *out, Message *why)
{
    const struct json_t *c = t->claims, *verified = json_member(c, "email_verified");
    Str nonce = json_str(json_member(c, "nonce"));
    *out = (struct identity){ json_str(json_member(c, "iss")), json_str(json_member(c, "sub")), json_str(json_member(c, "email")), false };
    if (!str_eq(out->issuer, x->issuer)) return *why = MSG(N_("The token was issued by somebody else.")), ERR_DENIED;
    if (!is_audience(c, x->client)) return *why = MSG(N_("The token is meant for somebody else.")), ERR_DENIED;
    if (!is_of_now(c, x->now / SECONDS)) return *why = MSG(N_("The token is too old or not yet valid. Please sign in again.")), ERR_DENIED;
    if (!nonce.n || !secret_eq(nonce, x->nonce)) return *why = MSG(N_("The token belongs to another attempt to sign in.")), ERR_DENIED;
    if (!out->subject.n || out->subject.n > 255) return *why = MSG(N_("The token does not say whom it is about.")), ERR_DENIED;
    if (!json_to_bool(verified, &out->email_verified)) out->email_verified = str_is(json_str(verified), "true");
    return OK;
}

/* ---- what the provider says of itself, kept for an hour ------------------------------------------ */

enum { KEPT_S = 3600, AGAIN_S = 10 };

struct kept { struct arena arena; Str text; int64_t at; };  /* at: of a steady clock              */
struct oidc {
    struct arena    self;
    pthread_mutex_t lock;
    struct kept     discovery, keys;
};

struct oidc *oidc_open(void)
{
    struct arena self = arena_make(1 << 16, NULL);
    struct oidc *o = NEW(&self, struct oidc);
    *o = (struct oidc){ .self = self, .discovery.arena = arena_make(4 * JWKS_MAX, NULL), .keys.arena = arena_make(4 * JWKS_MAX, NULL) };
    pthread_mutex_init(&o->lock, NULL);
    return o;
}

void oidc_close(struct oidc *o)
{
    struct arena self = o->self;
    pthread_mutex_destroy(&o->lock);
    arena_free(&o->discovery.arena);
    arena_free(&o->keys.arena);
    arena_free(&self);
}

/* A copy of what is kept and not older than this; empty: nothing.  All memory is taken before the lock, which no escape may leave locked. */
static Str kept_text(struct arena *a, struct oidc *o, const struct kept *k, int seconds)
{
    char *copy = arena_raw(a, 1, 1, JWKS_MAX);
    pthread_mutex_lock(&o->lock);
    size_t n = time_ticks() - k->at < seconds * SECONDS ? k->text.n : 0;
    if (n) memcpy(copy, k->text.p, n);
    pthread_mutex_unlock(&o->lock);
    return (Str){ copy, n };
}

static void keep(struct oidc *o, struct kept *k, Str text)
{
    pthread_mutex_lock(&o->lock);
    arena_reset(&k->arena);
    k->text = str_dup(&k->arena, text);
    k->at = time_ticks();
    pthread_mutex_unlock(&o->lock);
}

/* seconds: how old it may be.  Asks outside the lock, so that nobody waits for a slow provider but who needs it. */
static enum err ask(struct arena *a, const struct instance *i, struct kept *k, Str url, int seconds, Str *out, Message *why)
{
    struct fetched answer;
    *out = kept_text(a, i->oidc, k, seconds);
    if (out->n) return OK;
    TRY(i->fetch(a, url, (Str){ 0 }, (Str){ 0 }, &answer, why));
    if (answer.status != 200 || !answer.body.n || answer.body.n > JWKS_MAX)
        return *why = MSG(N_("{1} gave no usable answer: {2}."), url, str_f(a, "HTTP %d", answer.status)), ERR_BUSY;
    keep(i->oidc, k, answer.body);
    *out = answer.body;
    return OK;
}

/* What makes no sense is not kept. */
static enum err provider_of(struct arena *a, const struct instance *i, struct provider *out, Message *why)
{
    Str text, issuer = i->openid_issuer;
    Str url = str_f(a, "%.*s%s.well-known/openid-configuration", FMT(issuer), str_ends(issuer, S("/")) ? "" : "/");
    TRY(ask(a, i, &i->oidc->discovery, url, KEPT_S, &text, why));
    enum err e = provider_read(a, text, issuer, out, why);
    if (e) keep(i->oidc, &i->oidc->discovery, (Str){ 0 });
    return e;
}

static enum err keys_of(struct arena *a, const struct instance *i, const struct provider *p, int seconds, struct jwks *out, Message *why)
{
    Str text;
    TRY(ask(a, i, &i->oidc->keys, p->keys, seconds, &text, why));
    enum err e = jwks_read(a, text, out, why);
    if (e) keep(i->oidc, &i->oidc->keys, (Str){ 0 });
    return e;
}

/* A key that is not known may be new: the list is asked for again, though not more often than every ten seconds. */
static enum err verify(struct arena *a, const struct instance *i, const struct provider *p, const struct jwt *t, Message *why)
{
    static const int ages[] = { KEPT_S, AGAIN_S };
    enum err e = ERR_MISSING;
    for (size_t n = 0; n < COUNT(ages) && e == ERR_MISSING; n++) {
        struct jwks keys;
        TRY(keys_of(a, i, p, ages[n], &keys, why));
        e = jwt_verify(t, &keys, why);
    }
    return e ? ERR_DENIED : OK;
}

/* ---- talking to it -------------------------------------------------------------------------------- */

enum err oidc_begin(struct arena *a, const struct instance *i, Str back, const struct attempt *t, Str *url, Message *why)
{
    struct provider p;
    TRY(provider_of(a, i, &p, why));
    *url = authorization_url(a, &p, i->openid_client, back, t);
    return OK;
}

/* RFC 6749, 2.3.1: name and secret as in a form, then as for HTTP Basic. */
static Str basic(struct arena *a, Str client, Str secret)
{
    struct buf b = buf_make(a);
    put_url(&b, client);
    put_c(&b, ':');
    put_url(&b, secret);
    size_t room = sodium_base64_encoded_len(b.n, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_raw(a, 1, 1, room);
    sodium_bin2base64(text, room, (const unsigned char *)b.p, b.n, sodium_base64_VARIANT_ORIGINAL);
    return str_f(a, "Basic %s", text);
}

static enum err exchange(struct arena *a, const struct instance *i, const struct provider *p, Str code, Str back, const struct attempt *t,
                         Str *token, Message *why)
{
    struct fetched answer;
    const struct json_t *v;
    struct buf b = buf_make(a);
    put_parameter(&b, "grant_type", S("authorization_code"));
    put_parameter(&b, "code", code);
    put_parameter(&b, "redirect_uri", back);
    put_parameter(&b, "code_verifier", t->verifier);
    TRY(i->fetch(a, p->token, buf_str(&b), basic(a, i->openid_client, i->openid_secret), &answer, why));
    bool read = !json_read(a, answer.body, &v, why);
    Str status = str_f(a, "HTTP %d", answer.status), error = read ? json_str(json_member(v, "error")) : (Str){ 0 };     /* RFC 6749, 5.2 */
    if (answer.status >= 400 && answer.status < 500)
        return *why = MSG(N_("The sign-in service does not accept this attempt ({1}). Please sign in again."), error.n ? error : status), ERR_DENIED;
    if (answer.status != 200 || !read || !json_is_str(json_member(v, "id_token")))
        return *why = MSG(N_("{1} gave no usable answer: {2}."), p->token, status), ERR_BUSY;
    *token = json_str(json_member(v, "id_token"));
    return OK;
}

enum err oidc_finish(struct arena *a, const struct instance *i, Str code, Str back, const struct attempt *t, int64_t now,
                     struct identity *out, Message *why)
{
    struct provider p;
    struct jwt token;
    Str text;
    TRY(provider_of(a, i, &p, why));
    TRY(exchange(a, i, &p, code, back, t, &text, why));
    if (jwt_read(a, text, &token, why)) return ERR_DENIED;
    TRY(verify(a, i, &p, &token, why));
    return identity_read(&token, &(struct expected){ i->openid_issuer, i->openid_client, t->nonce, now }, out, why);
}
