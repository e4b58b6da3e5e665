#include "web/gate.h"

#include "web/limit.h"

static bool refuse(const struct site *site, struct request *q, struct reply *r, int status, Message why, const char *refused)
{
    route_error(site, q, r, status, why);
    r->refused = refused;
    if (status == 401) reply_header(r, "WWW-Authenticate", S("Bearer"));
    return false;
}

/* ---- how often ------------------------------------------------------------------------------- */

static bool takes(const struct site *site, struct request *q, struct reply *r, enum limit kind, Str who, int cost)
{
    struct limiter *l = q->instance ? q->instance->limiter : NULL;
    int seconds = l ? limiter_take(l, kind, who, cost, q->ticks) : 0;
    if (!seconds) return true;
    Str wait = str_f(q->a, "%d", seconds);
    refuse(site, q, r, 429, MSG(N_("Too many requests came in a short time. Try again in {1} s."), wait), "rate");
    reply_header(r, "Retry-After", wait);
    return false;
}

static int cost_of(const struct request *q) { return q->as & (AS_CSV | AS_XLSX | AS_NDJSON) ? LIMIT_DOWNLOAD : LIMIT_PAGE; }

static bool within_rate(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    if (route && route->is & ROUTE_LIMIT && !takes(site, q, r, LIMIT_TEMPTING, q->head.address, 1)) return false;
    if (q->token.id) return takes(site, q, r, LIMIT_TOKEN, str_f(q->a, "%lld", (long long)q->token.id), cost_of(q));
    if (q->session.id) return takes(site, q, r, LIMIT_ACCOUNT, str_f(q->a, "%lld", (long long)q->session.account), cost_of(q));
    return takes(site, q, r, LIMIT_ADDRESS, q->head.address, cost_of(q));
}

/* ---- who ------------------------------------------------------------------------------------- */

static bool is_known(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    Message why = NO_MESSAGE;
    enum err e = site->identify ? site->identify(q, &why) : OK;
    if (!e) return true;
    if (e != ERR_DENIED) return refuse(site, q, r, err_status(e), why, NULL);
    if (!takes(site, q, r, LIMIT_ADDRESS, q->head.address, LIMIT_WRONG_TOKEN)) return false;
    return refuse(site, q, r, 401, why, "token");
}

/* To where they sign in, and from there back to this page. */
static bool ask_to_sign_in(struct request *q, struct reply *r)
{
    struct buf b = buf_make(q->a);
    put(&b, request_link(q, S("/sign-in")));
    put_z(&b, "?next=");
    put_url(&b, q->head.target);
    reply_redirect(r, 303, buf_str(&b));
    return false;
}

static bool is_data(const struct route *route, const struct request *q) { return route->is & ROUTE_API || q->as & (AS_JSON | AS_NDJSON); }

static bool is_admitted(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    if (route->who & q->actor.roles) return true;
    if (q->actor.account) return refuse(site, q, r, 403, NO_MESSAGE, "role");
    if (is_data(route, q)) return refuse(site, q, r, 401, NO_MESSAGE, "visitor");
    if (!request_changes(&q->head)) return ask_to_sign_in(q, r);
    return refuse(
        site, q, r, 401,
        MSG(N_("You are not signed in any more, so nothing was changed. Sign in in another tab; then go back, where what you "
               "typed still stands, and send it again.")),
        "visitor");
}

/* Who has to give one-time codes and never did is led to where they are set up. */
static bool is_strong(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    if (route->who & VISITOR || q->token.id || q->session.strong) return true;
    if (request_changes(&q->head) || is_data(route, q))
        return refuse(site, q, r, 403, MSG(N_("This needs a one-time code. Set one up in your account, then go on.")), "code");
    reply_redirect(r, 303, request_link(q, S("/account/codes")));
    return false;
}

/* ---- what is at the address ------------------------------------------------------------------- */

static bool is_there(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    if (!route) return route_none(site, q, r), false;
    if (route->as & q->as) return true;
    return refuse(site, q, r, 404, MSG(N_("This page is not offered as {1}."), str_of(as_suffix(q->as))), NULL);
}

static bool is_its_one_address(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    if (q->path.n == 1 || !str_ends(q->path, S("/"))) return true;
    reply_redirect(r, 308, url_of(q->a, q->lang, str_sub(q->path, 0, q->path.n - 1), q->as, &q->query));
    return false;
}

/* ---- what is sent ------------------------------------------------------------------------------ */

static bool body_is_read(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    unsigned taken = (route->is & ROUTE_API ? BODY_JSON : BODY_FORM) | (route->is & ROUTE_FILES ? BODY_FILES : 0u);
    int status;
    Message why = NO_MESSAGE;
    if (!request_read_body(q, taken, &status, &why)) return true;
    return refuse(site, q, r, status, why, NULL);
}

/* Behind TLS, the address we know ourselves by; else (a developer's machine) whatever name the browser found us under. */
static bool is_our_origin(const struct request *q)
{
    Str origin = q->head.origin;
    if (str_eq(origin, q->base_url)) return true;
    return str_starts(q->base_url, S("http://")) && str_starts(origin, S("http://")) && q->head.host.n &&
           str_eq(str_sub(origin, 7, origin.n), q->head.host);
}

static bool comes_from_elsewhere(const struct request *q)
{
    Str site = q->head.fetch_site;
    return (q->head.origin.n && !is_our_origin(q)) || str_is(site, "cross-site") || str_is(site, "same-site");
}

/* Against forged requests: a browser sends cookies along with what other sites make it send, but never a token by itself. */
static bool is_from_our_pages(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    if (!request_changes(&q->head) || q->token.id) return true;
    if (comes_from_elsewhere(q))
        return refuse(
            site, q, r, 403,
            MSG(N_("This was sent from another website, so nothing was changed. Open the page here and send it from there.")),
            "origin");
    if (route->is & ROUTE_API)
        return q->session.id
                   ? refuse(site, q, r, 401,
                            MSG(N_("Changes through the API need a token of their own; make one in your account.")), "session")
                   : true;
    if (form_token_is(q->a, q->form_secret, params_get(&q->form, "form_token"))) return true;
    return refuse(
        site, q, r, 403,
        MSG(N_("This form is out of date, so nothing was changed. Go back: what you typed still stands there. Copy what you "
               "need, reload the page and send it again.")),
        "form token");
}

typedef bool gate(const struct site *site, const struct route *route, struct request *q, struct reply *r);

bool gates_pass(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    static gate *const gates[] = { is_known, within_rate, is_there, is_admitted, is_strong, is_its_one_address, body_is_read, is_from_our_pages };
    for (size_t i = 0; i < COUNT(gates); i++)
        if (!gates[i](site, route, q, r)) return false;
    return true;
}
