/*
 * Any request: method, target, cookie, authorization, Origin, Sec-Fetch-Site and content type, a line each, then the body.  Whatever
 * comes, there is an answer, and nothing is changed for somebody who did not show the token of our form or of a program.
 */
#include "web/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool changed;

static enum err read_it(struct request *q, struct reply *r) { return reply_body(r, TYPE_TEXT, S("read")); }

static enum err change_it(struct request *q, struct reply *r)
{
    changed = true;
    return reply_body(r, TYPE_TEXT, S("changed"));
}

static enum err identify(struct request *q, Message *why)
{
    Str cookie = request_cookie(q, SESSION_COOKIE);
    if (str_is(q->head.authorization, "Bearer t")) q->token.id = 1;
    else if (q->head.authorization.n) return ERR_DENIED;
    if (str_is(cookie, "s")) q->session = (struct session){ .id = 1, .account = 1, .strong = true };
    if (q->token.id || q->session.id) q->actor = (struct actor){ .account = 1, .roles = OFFICER };
    if (q->session.id) q->form_secret = S("secret");
    return OK;
}

static const struct route rows[] = {
    { GET,   "/",         AS_PAGE | AS_CSV, ANYONE,    read_it,   CACHE_VERSION },
    { POST,  "/form",     AS_PAGE,          SIGNED_IN, change_it, CACHE_NEVER },
    { POST,  "/files",    AS_PAGE,          SIGNED_IN, change_it, CACHE_NEVER, ROUTE_FILES },
    { PATCH, "/api/{id}", AS_JSON,          SIGNED_IN, change_it, CACHE_NEVER, ROUTE_API },
};
static const struct site site = { rows, COUNT(rows), NULL, identify };

static struct request_head head_of(Str in)
{
    struct request_head head = { 0 };
    Str method, *const lines[] = { &method, &head.target, &head.cookie, &head.authorization, &head.origin, &head.fetch_site, &head.content_type };
    for (size_t i = 0; i < COUNT(lines); i++) str_cut(in, '\n', lines[i], &in);
    if (!method_from(method, &head.method)) head.method = 0;
    head.body = in;
    return head;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make(64 << 20, NULL);
    struct request q = { .a = &a, .actor = VISITING, .base_url = S("https://register.example"), .head = head_of((Str){ (const char *)data, n }) };
    struct reply r;
    changed = false;
    route_run(&site, &q, &r);
    MUST(r.status >= 200 && r.status < 500);
    if (changed) {
        Str shown = params_get(&q.form, "form_token"); /* as decoded: the body may write its letters as %66, or with control characters between */
        MUST(request_changes(&q.head) && q.actor.account && r.cache == CACHE_NEVER);
        MUST(q.token.id || (str_eq(shown, form_token(&a, S("secret"))) && (!q.head.origin.n || str_is(q.head.origin, "https://register.example"))));
    }
    arena_free(&a);
    return 0;
}
