/* Every way in which a request is refused before its handler is run, and that the handler then was not. */
#include "test.h"
#include "web/limit.h"
#include "web/route.h"

static int runs;

static enum err run(struct request *q, struct reply *r)
{
    runs++;
    return reply_body(r, TYPE_TEXT, S("done"));
}

static const struct route rows[] = {
    { GET,    "/page",        AS_PAGE,           ANYONE,    run, CACHE_VERSION },
    { GET,    "/desk",        AS_PAGE | AS_CSV,  SIGNED_IN, run, CACHE_VERSION },
    { POST,   "/desk",        AS_PAGE,           SIGNED_IN, run, CACHE_NEVER },
    { GET,    "/desk/data",   AS_JSON,           SIGNED_IN, run, CACHE_NEVER },
    { GET,    "/admin",       AS_PAGE,           ADMIN,     run, CACHE_NEVER },
    { POST,   "/report",      AS_PAGE,           ANYONE,    run, CACHE_NEVER, ROUTE_LIMIT },
    { POST,   "/upload",      AS_PAGE,           SIGNED_IN, run, CACHE_NEVER, ROUTE_FILES },
    { GET,    "/table",       AS_CSV,            ANYONE,    run, CACHE_NEVER },
    { GET,    "/api/v1/x",    AS_JSON,           SIGNED_IN, run, CACHE_NEVER, ROUTE_API },
    { PATCH,  "/api/v1/x",    AS_JSON,           SIGNED_IN, run, CACHE_NEVER, ROUTE_API },
    { DELETE, "/api/v1/x",    AS_JSON,           SIGNED_IN, run, CACHE_NEVER, ROUTE_API },
    { POST,   "/api/v1/open", AS_JSON,           ANYONE,    run, CACHE_NEVER, ROUTE_API },
    { GET,    "/api/v1/problems/{type}", AS_JSON, ANYONE, route_problem, CACHE_NEVER, ROUTE_API },
};

/* Who asks is written into the cookie and the authorization here, as text. */
static enum err identify(struct request *q, Message *why)
{
    Str who = request_cookie(q, SESSION_COOKIE);
    q->form_secret = request_cookie(q, "__Host-form");
    if (str_is(q->head.authorization, "Bearer good")) {
        q->token = (struct token){ .id = 5, .account = 7 };
        q->actor = (struct actor){ .account = 7, .roles = OFFICER };
    } else if (q->head.authorization.n) {
        *why = MSG(N_("This token is not valid."));
        return ERR_DENIED;
    } else if (str_is(who, "officer") || str_is(who, "weak")) {
        q->session = (struct session){ .id = 3, .account = 7, .strong = str_is(who, "officer") };
        q->actor = (struct actor){ .account = 7, .roles = OFFICER };
        q->form_secret = S("secret of the session");
    }
    return OK;
}

static const struct site site = { rows, COUNT(rows), NULL, identify };

#define OFFICER_COOKIE S("__Host-session=officer")
#define FORM S("application/x-www-form-urlencoded")

static struct reply answer(struct arena *a, struct request_head head, const struct instance *instance)
{
    static const struct instance nothing;
    struct reply r;
    struct request q = {
        .a = a, .actor = VISITING, .head = head, .base_url = S("https://register.example"), .instance = instance ? instance : &nothing,
    };
    runs = 0;
    route_run(&site, &q, &r);
    CHECK_INT(runs, r.status == 200 && !str_has(head.target, S("/problems/")));
    return r;
}

static struct reply ask(struct arena *a, struct request_head head) { return answer(a, head, NULL); }

static Str header_of(const struct reply *r, const char *name)
{
    for (size_t i = 0; i < r->header_n; i++)
        if (!strcmp(r->headers[i].name, name)) return r->headers[i].value;
    return (Str){ 0 };
}

/* ---- who -------------------------------------------------------------------------------------- */

TEST(a_visitor_is_sent_to_sign_in_and_from_there_to_the_page_asked_for)
{
    struct reply r = ask(a, (struct request_head){ .method = GET, .target = S("/en/desk?q=Hà&page=2") });
    CHECK_INT(r.status, 303);
    CHECK_INT(r.cache, CACHE_NEVER);
    CHECK_STR(header_of(&r, "Location"), S("/en/sign-in?next=%2Fen%2Fdesk%3Fq%3DH%C3%A0%26page%3D2"));
    CHECK_STR(header_of(&r, "WWW-Authenticate"), S(""));
}

TEST(a_program_without_a_token_or_with_a_wrong_one_is_told_so)
{
    static const struct { Str target, authorization; } cases[] = {
        { S_("/en/api/v1/x"), S_("") }, { S_("/en/desk/data.json"), S_("") }, { S_("/en/api/v1/x"), S_("Bearer bad") }, { S_("/en/page"), S_("Basic x") },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reply r = ask(a, (struct request_head){ .method = GET, .target = cases[i].target, .authorization = cases[i].authorization });
        CHECK_INT(r.status, 401);
        CHECK_STR(header_of(&r, "WWW-Authenticate"), S("Bearer"));
        CHECK_INT(r.cache, CACHE_NEVER);
        if (i < 3) CHECK(str_has(r.body, S("\"type\":\"https://register.example/api/v1/problems/not-signed-in\"")));
    }
}

TEST(who_sends_a_form_after_the_session_ended_is_told_that_nothing_is_lost)
{
    struct reply r = ask(a, (struct request_head){ .method = POST, .target = S("/en/desk"), .content_type = FORM, .body = S("a=1") });
    CHECK_INT(r.status, 401);
    CHECK(str_has(r.body, S("what you typed still stands")));
}

TEST(somebody_with_another_role_is_refused)
{
    struct reply r = ask(a, (struct request_head){ .method = GET, .target = S("/admin"), .cookie = OFFICER_COOKIE });
    CHECK_INT(r.status, 403);
    CHECK_STR(str_of(r.refused), S("role"));
}

TEST(who_must_give_a_one_time_code_sees_what_visitors_see_until_it_is_set_up)
{
    static const Str weak = S_("__Host-session=weak");
    struct reply r = ask(a, (struct request_head){ .method = GET, .target = S("/en/desk"), .cookie = weak });
    CHECK_INT(r.status, 303);
    CHECK_STR(header_of(&r, "Location"), S("/en/account/codes"));
    CHECK_INT(ask(a, (struct request_head){ .method = POST, .target = S("/desk"), .cookie = weak }).status, 403);
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/desk/data.json"), .cookie = weak }).status, 403);
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/api/v1/x"), .cookie = weak }).status, 403);
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/page"), .cookie = weak }).status, 200);
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/desk"), .cookie = OFFICER_COOKIE }).status, 200);
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/api/v1/x"), .authorization = S("Bearer good") }).status, 200);
}

TEST(what_somebody_signed_in_sees_is_kept_by_nobody)
{
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/page") }).cache, CACHE_VERSION);
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/page"), .cookie = OFFICER_COOKIE }).cache, CACHE_NEVER);
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/page"), .authorization = S("Bearer good") }).cache, CACHE_NEVER);
}

/* ---- forged forms --------------------------------------------------------------------------------- */

static struct request_head form_of(struct arena *a, Str secret)
{
    return (struct request_head){
        .method = POST, .target = S("/en/desk"), .cookie = OFFICER_COOKIE, .content_type = FORM, .origin = S("https://register.example"),
        .fetch_site = S("same-origin"), .host = S("register.example"), .body = str_f(a, "a=1&form_token=%.*s", FMT(form_token(a, secret))),
    };
}

TEST(a_form_of_our_own_pages_is_taken)
{
    struct request_head head = form_of(a, S("secret of the session"));
    CHECK_INT(ask(a, head).status, 200);
    head.origin = head.fetch_site = (Str){ 0 };             /* a browser that sends neither        */
    CHECK_INT(ask(a, head).status, 200);
    head.fetch_site = S("none");
    CHECK_INT(ask(a, head).status, 200);
}

TEST(a_form_sent_by_another_website_is_refused)
{
    static const struct { Str origin, fetch_site; } cases[] = {
        { S_("https://evil.example"), S_("") },          { S_("null"), S_("") },           { S_("http://register.example"), S_("") },
        { S_("https://register.example.evil.example"), S_("") }, { S_("https://register.example:444"), S_("") },
        { S_(""), S_("cross-site") },                    { S_(""), S_("same-site") },      { S_("https://register.example"), S_("cross-site") },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct request_head head = form_of(a, S("secret of the session"));
        head.origin = cases[i].origin;
        head.fetch_site = cases[i].fetch_site;
        struct reply r = ask(a, head);
        CHECK_INT(r.status, 403);
        CHECK_STR(str_of(r.refused), S("origin"));
    }
}

TEST(a_form_without_the_token_of_this_session_is_refused_and_says_that_nothing_is_lost)
{
    Str wrong[] = { form_token(a, S("another session")), S(""), S("0"), str_sub(form_token(a, S("secret of the session")), 0, 63) };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct request_head head = form_of(a, S("x"));
        head.body = str_f(a, "a=1&form_token=%.*s", FMT(wrong[i]));
        struct reply r = ask(a, head);
        CHECK_INT(r.status, 403);
        CHECK_STR(str_of(r.refused), S("form token"));
        CHECK(str_has(r.body, S("what you typed still stands")));
    }
    struct request_head head = form_of(a, S("x"));
    head.target = str_f(a, "/en/desk?form_token=%.*s", FMT(form_token(a, S("secret of the session"))));
    head.body = S("a=1");
    CHECK_INT(ask(a, head).status, 403);                    /* not from the address               */
}

TEST(a_visitors_form_needs_the_token_of_the_visitors_cookie)
{
    struct request_head head = form_of(a, S("made for this visitor"));
    head.target = S("/report");
    head.cookie = (Str){ 0 };
    CHECK_INT(ask(a, head).status, 403);
    head.cookie = S("__Host-form=made for this visitor");
    CHECK_INT(ask(a, head).status, 200);
    head.body = str_f(a, "form_token=%.*s", FMT(form_token(a, S(""))));
    head.cookie = S("__Host-form=");
    CHECK_INT(ask(a, head).status, 403);
}

TEST(without_tls_the_name_the_browser_found_us_under_is_ours)
{
    static const struct { Str origin, host; int status; } cases[] = {
        { S_("http://127.0.0.1:8080"), S_("127.0.0.1:8080"), 200 }, { S_("http://localhost:8080"), S_("localhost:8080"), 200 },
        { S_("http://localhost:8081"), S_("localhost:8080"), 403 }, { S_("https://localhost:8080"), S_("localhost:8080"), 403 },
        { S_("http://"), S_(""), 403 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct request_head head = form_of(a, S("secret of the session"));
        struct reply r;
        head.origin = cases[i].origin;
        head.host = cases[i].host;
        struct request q = { .a = a, .actor = VISITING, .head = head, .base_url = S("http://127.0.0.1:8080") };
        route_run(&site, &q, &r);
        CHECK_INT(r.status, cases[i].status);
    }
}

TEST(the_api_changes_things_with_a_token_and_never_with_a_cookie)
{
    struct request_head head = { .method = PATCH, .target = S("/en/api/v1/x"), .content_type = S("application/merge-patch+json"), .body = S("{}") };
    CHECK_INT(ask(a, head).status, 401);
    head.cookie = OFFICER_COOKIE;
    struct reply r = ask(a, head);
    CHECK_INT(r.status, 401);
    CHECK(str_has(r.body, S("Changes through the API need a token")));
    head.authorization = S("Bearer good");
    CHECK_INT(ask(a, head).status, 200);
    head.origin = S("https://elsewhere.example");           /* a token is no cookie: nobody else's browser sends it */
    CHECK_INT(ask(a, head).status, 200);
    head.body = (Str){ 0 };
    head.method = DELETE;
    CHECK_INT(ask(a, head).status, 200);
}

TEST(a_token_with_a_cookie_beside_it_is_judged_as_a_token)
{
    struct request_head head = form_of(a, S("x"));
    head.authorization = S("Bearer good");
    CHECK_INT(ask(a, head).status, 200);
}

TEST(what_anybody_may_send_through_the_api_still_must_not_come_from_another_website)
{
    struct request_head head = { .method = POST, .target = S("/api/v1/open"), .content_type = S("application/json"), .body = S("{}") };
    CHECK_INT(ask(a, head).status, 200);
    head.origin = S("https://evil.example");
    CHECK_INT(ask(a, head).status, 403);
}

/* ---- bodies ------------------------------------------------------------------------------------------ */

TEST(a_body_of_another_kind_is_refused)
{
    static const struct { Str target, type; } cases[] = {
        { S_("/desk"), S_("application/json") }, { S_("/desk"), S_("multipart/form-data; boundary=x") }, { S_("/desk"), S_("text/plain") },
        { S_("/upload"), S_("application/json") },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct request_head head = form_of(a, S("secret of the session"));
        head.target = cases[i].target;
        head.content_type = cases[i].type;
        CHECK_INT(ask(a, head).status, 415);
    }
    struct request_head head = { .method = PATCH, .target = S("/api/v1/x"), .authorization = S("Bearer good"), .content_type = FORM, .body = S("a=1") };
    CHECK_INT(ask(a, head).status, 415);
}

TEST(only_where_files_are_taken_a_body_may_be_large)
{
    struct request_head head = { .method = POST, .target = S("/en/upload") };
    CHECK_INT(route_body_max(&site, &head), UPLOAD_BODY_MAX);
    static const Str others[] = { S_("/desk"), S_("/nothing"), S_("/upload/x"), S_("/%FF"), S_("") };
    for (size_t i = 0; i < COUNT(others); i++) {
        head.target = others[i];
        CHECK_INT(route_body_max(&site, &head), BODY_MAX);
    }
    head = (struct request_head){ .method = GET, .target = S("/upload") };
    CHECK_INT(route_body_max(&site, &head), BODY_MAX);
}

/* ---- how often --------------------------------------------------------------------------------------- */

static int asked_until_refused(struct arena *a, const struct instance *in, struct request_head head, struct reply *last)
{
    int n = 0;
    while ((*last = answer(a, head, in)).status != 429) n++;
    return n;
}

TEST(too_many_requests_are_refused_with_the_time_to_wait)
{
    struct instance in = { .limiter = limiter_open(RATE_USUAL) };
    struct request_head head = { .method = GET, .target = S("/en/page"), .address = S("203.0.113.9") };
    struct reply r;
    CHECK_INT(asked_until_refused(a, &in, head, &r), 300);
    CHECK_STR(header_of(&r, "Retry-After"), S("1"));
    CHECK_INT(r.cache, CACHE_NEVER);
    CHECK(str_has(r.body, S("Try again in 1 s.")));
    head.address = S("203.0.113.10");
    CHECK_INT(answer(a, head, &in).status, 200);
    limiter_close(in.limiter);
}

TEST(what_is_tempting_is_refused_sooner_and_the_rest_goes_on)
{
    struct instance in = { .limiter = limiter_open(RATE_USUAL) };
    struct request_head head = form_of(a, S("x"));
    struct reply r;
    head.target = S("/report");
    head.cookie = (Str){ 0 };
    CHECK_INT(asked_until_refused(a, &in, head, &r), 10);
    head = (struct request_head){ .method = GET, .target = S("/page") };
    CHECK_INT(answer(a, head, &in).status, 200);
    limiter_close(in.limiter);
}

TEST(downloads_wrong_tokens_and_addresses_nobody_has_count_too)
{
    static const struct { struct request_head head; int n; } cases[] = {
        { { .method = GET, .target = S_("/table.csv") }, 15 },
        { { .method = GET, .target = S_("/page"), .authorization = S_("Bearer bad") }, 30 },
        { { .method = GET, .target = S_("/nothing") }, 300 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct instance in = { .limiter = limiter_open(RATE_USUAL) };
        struct reply r;
        CHECK_INT(asked_until_refused(a, &in, cases[i].head, &r), cases[i].n);
        limiter_close(in.limiter);
    }
}

TEST(people_and_programs_are_counted_by_who_they_are)
{
    struct instance in = { .limiter = limiter_open(RATE_USUAL) };
    struct request_head page = { .method = GET, .target = S("/page") }, person = page, program = page;
    struct reply r;
    person.cookie = OFFICER_COOKIE;
    program.authorization = S("Bearer good");
    CHECK_INT(asked_until_refused(a, &in, page, &r), 300);
    CHECK_INT(asked_until_refused(a, &in, person, &r), 600);
    CHECK_INT(asked_until_refused(a, &in, program, &r), 100);
    limiter_close(in.limiter);
}

TEST(a_type_of_problem_leads_to_what_it_means)
{
    struct reply r = ask(a, (struct request_head){ .method = GET, .target = S("/en/api/v1/problems/conflict") });
    CHECK_INT(r.status, 200);
    CHECK_STR(r.type, TYPE_JSON);
    CHECK(str_has(r.body, S("\"status\":409")));
    CHECK_INT(ask(a, (struct request_head){ .method = GET, .target = S("/en/api/v1/problems/none") }).status, 404);
}
