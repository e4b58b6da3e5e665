/*
 * openid.c - sign-in by OpenID Connect: to the service and back.  What comes back is a link, and a link changes nothing: it shows a
 * button, and only that form uses the code, once.  A one-time code of ours is asked for as after a password.
 */
#include "pages/sign/sign.h"

#include "base/secret.h"
#include "model/people/openid.h"
#include "web/oidc.h"

#define ATTEMPT_COOKIE "__Host-openid"
#define NOT_HERE N_("This sign-in was begun in another browser, or more than ten minutes ago. Please begin again.")

/* Registered at the service: one address, whichever language it was begun in. */
static Str back(const struct request *q) { return str_f(q->a, "%.*s/sign-in/openid/return", FMT(q->base_url)); }

static void attempt_cookie(struct request *q, struct reply *r, Str value, int seconds)
{
    reply_header(r, "Set-Cookie", str_f(q->a, ATTEMPT_COOKIE "=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d", FMT(value), seconds));
}

static bool offered(const struct request *q) { return q->instance && q->instance->oidc; }

static enum err not_offered(struct reply *r) { return reply_fail(r, ERR_MISSING, MSG(N_("No sign-in service is set up here."))); }

/* ---- there ------------------------------------------------------------------------------------- */

enum err openid_begin(struct request *q, struct reply *r)
{
    Str cookie, url;
    Message why;
    if (!offered(q)) return not_offered(r);
    struct attempt t = attempt_make(q->a, q->instance->openid_secret, next_of(q), q->now, &cookie);
    enum err e = oidc_begin(q->a, q->instance, back(q), &t, &url, &why);
    if (e) return reply_fail(r, ERR_BUSY, why);
    attempt_cookie(q, r, cookie, ATTEMPT_S);
    return reply_redirect(r, 303, url);
}

/* ---- and back ------------------------------------------------------------------------------------ */

/* Why it came to nothing, and the other way in. */
static enum err refused(struct slip *s, Message why)
{
    html_open(&s->h, "div");
    html_class(&s->h, "alert alert-danger");
    html_attr(&s->h, "role", S("alert"));
    html_leaf(&s->h, "p", message_str(s->q->a, s->q->lang, why));
    html_close(&s->h, "div");
    html_link(&s->h, request_link(s->q, S("/sign-in")), "button", slip_tr(s, N_("Sign in")));
    attempt_cookie(s->q, s->r, S(""), 0);
    s->r->refused = "openid";
    TRY(slip_reply(s, N_("Sign in")));
    s->r->status = 403;
    return OK;
}

/* The attempt this browser began, where the service answers that very one. */
static bool attempt_answered(const struct request *q, const struct params *said, struct attempt *out)
{
    Str cookie = request_cookie(q, ATTEMPT_COOKIE);
    return attempt_read(q->a, q->instance->openid_secret, cookie, q->now, out) && secret_eq(params_get(said, "state"), out->state);
}

enum err openid_return_page(struct request *q, struct reply *r)
{
    struct attempt t;
    if (!offered(q)) return not_offered(r);
    bool ours = attempt_answered(q, &q->query, &t);
    if (ours && str_starts(t.next, S("/en/"))) q->lang = EN;
    struct slip s = slip_of(q, r);
    if (!ours) return refused(&s, MSG(NOT_HERE));
    if (!params_get(&q->query, "code").n)
        return refused(&s, MSG(N_("The sign-in service did not let you in. Try again, or sign in with e-mail and password.")));
    slip_form(&s, "/sign-in/openid/return", "card sign-form");
    html_leaf(&s.h, "p", message_str(q->a, q->lang, MSG(N_("{1} has confirmed who you are."), q->instance->openid_label)));
    desk_hidden(&s.h, "state", params_get(&q->query, "state"));
    desk_hidden(&s.h, "code", params_get(&q->query, "code"));
    desk_submit(&s.h, q, "button", slip_tr(&s, N_("Continue")));
    html_close(&s.h, "form");
    return slip_reply(&s, N_("Sign in"));
}

static enum err use_attempt(struct work *w, void *state) { return openid_attempt_use(w, *(Str *)state); }

struct opening { const struct identity *who; struct record *account; Message why; };

static enum err open_account(struct work *w, void *arg)
{
    struct opening *o = arg;
    return openid_account(w, o->who->issuer, o->who->subject, o->who->email, o->who->email_verified, &o->account, &o->why);
}

enum err openid_return_post(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct attempt t;
    struct identity who;
    struct opening o = { .who = &who };
    if (!offered(q)) return not_offered(r);
    if (!attempt_answered(q, &q->form, &t)) return refused(&s, MSG(NOT_HERE));
    enum err e = work_write(&s.w, use_attempt, &t.state);
    if (e == ERR_CONFLICT) return refused(&s, MSG(N_("This sign-in has been used already. Please begin again.")));
    TRY(e);
    e = oidc_finish(q->a, q->instance, params_get(&q->form, "code"), back(q), &t, q->now, &who, &o.why);
    if (!e) e = work_write(&s.w, open_account, &o);
    if (e == ERR_DENIED) return refused(&s, o.why);
    if (e) return o.why.id ? reply_fail(r, ERR_BUSY, o.why) : e;
    attempt_cookie(q, r, S(""), 0);
    return come_in_or_code(&s, o.account, t.next);
}
