#include "web/route.h"

#include "format/html.h"
#include "format/json.h"
#include "model/rights.h"
#include "web/gate.h"

/* What a status is called, what is said when nothing better is known, and its type for programs (NULL: the status says all). */
static const struct { int status; const char *title, *said, *type; } statuses[] = {
    { 400, N_("Bad request"),        N_("The address of this page is broken. Follow a link, or begin at the home page."), NULL },
    { 401, N_("Not signed in"),      N_("Sign in first."), "not-signed-in" },
    { 403, N_("Not allowed"),        N_("You may not see this page."), "not-allowed" },
    { 404, N_("Not found"),          N_("There is no page at this address. Search for it, or begin at the home page."), NULL },
    { 405, N_("Method not allowed"), N_("This address cannot be used in this way."), NULL },
    { 409, N_("Conflict"),           N_("Somebody else has changed this in the meantime. Look at it again."), "conflict" },
    { 412, N_("Changed meanwhile"),  N_("Somebody else has changed this since you read it. Read it again."), "changed-meanwhile" },
    { 413, N_("Too large"),          N_("This page is too large. Narrow it with a filter, or download the data."), NULL },
    { 414, N_("Address too long"),   N_("The address is too long. Choose fewer filters."), NULL },
    { 415, N_("Wrong content type"), N_("This address takes only a form."), NULL },
    { 422, N_("Not valid"),          N_("What was sent is not valid. Check it and send it again."), "not-valid" },
    { 428, N_("Version not given"),  N_("Say which version you change: send If-Match with the ETag you have read."), "version-not-given" },
    { 429, N_("Too many requests"),  N_("Too many requests came in a short time. Try again in a minute."), "too-many-requests" },
    { 500, N_("Server error"),       N_("The server has failed; the reason is in its log. Try again later."), NULL },
    { 503, N_("Busy"),               N_("The server is busy. Try again in a minute."), NULL },
    { 507, N_("Disk full"),          N_("The disk of the server is full, so nothing was written. Tell its administrator."), NULL },
};

static size_t row_of(int status)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (statuses[i].status == status) return i;
    bug_at(__FILE__, __LINE__, "a status without a sentence");
}

static void plain_page(struct request *q, struct reply *r, Message why)
{
    Str title = tr(q->lang, statuses[row_of(r->status)].title);
    struct html h = html_make(q->a);
    html_open(&h, "html");
    html_attr(&h, "lang", str_of(lang_code(q->lang)));
    html_open(&h, "head");
    html_open(&h, "meta");
    html_attr(&h, "charset", S("utf-8"));
    html_open(&h, "meta");
    html_attr(&h, "name", S("viewport"));
    html_attr(&h, "content", S("width=device-width, initial-scale=1"));
    html_leaf(&h, "title", title);
    html_close(&h, "head");
    html_open(&h, "body");
    html_open(&h, "main");
    html_leaf(&h, "h1", title);
    html_leaf(&h, "p", message_str(q->a, q->lang, why));
    html_open(&h, "a");
    html_href(&h, "href", request_link(q, S("/")));
    html_text(&h, tr(q->lang, N_("Home page")));
    html_close(&h, "a");
    html_close(&h, "main");
    html_close(&h, "body");
    html_close(&h, "html");
    struct buf b = buf_make(q->a);
    put_z(&b, "<!DOCTYPE html>");
    put(&b, html_done(&h).s);
    reply_body(r, TYPE_HTML, buf_str(&b));
}

static void put_wrong(struct json_writer *w, struct request *q, const struct json_problems *wrong)
{
    if (!wrong->n) return;
    json_write_key(w, S("errors"));
    json_write_array(w);
    for (size_t i = 0; i < wrong->n; i++) {
        json_write_object(w);
        json_write_key(w, S("pointer"));
        json_write_string(w, wrong->p[i].pointer);
        json_write_key(w, S("detail"));
        json_write_string(w, message_str(q->a, q->lang, wrong->p[i].what));
        json_write_end(w);
    }
    json_write_end(w);
}

#define PROBLEMS "/api/v1/problems/"

static void problem_details(struct request *q, struct reply *r, Message why, const struct json_problems *wrong)
{
    struct buf b = buf_make(q->a);
    struct json_writer w = json_write_to(&b);
    size_t row = row_of(r->status);
    json_write_object(&w);
    if (statuses[row].type) {
        json_write_key(&w, S("type"));
        json_write_string(&w, str_f(q->a, "%.*s" PROBLEMS "%s", FMT(q->base_url), statuses[row].type));
    }
    json_write_key(&w, S("title"));
    json_write_string(&w, tr(q->lang, statuses[row].title));
    json_write_key(&w, S("status"));
    json_write_int(&w, r->status);
    json_write_key(&w, S("detail"));
    json_write_string(&w, message_str(q->a, q->lang, why));
    put_wrong(&w, q, wrong);
    json_write_end(&w);
    json_write_done(&w);
    reply_body(r, S("application/problem+json; charset=utf-8"), buf_str(&b));
}

enum err route_problem(struct request *q, struct reply *r)
{
    Str type = request_capture(q, "type");
    for (size_t i = 0; i < COUNT(statuses); i++) {
        if (!statuses[i].type || !str_is(type, statuses[i].type)) continue;
        r->status = statuses[i].status;
        problem_details(q, r, MSG(statuses[i].said), &r->wrong);
        r->status = 200;
        return reply_body(r, TYPE_JSON, r->body);
    }
    return ERR_MISSING;
}

static void forget(struct reply *r)
{
    if (r->file) fclose(r->file);
    *r = (struct reply){ 0 };
}

void route_error(const struct site *site, struct request *q, struct reply *r, int status, Message why)
{
    struct json_problems wrong = r->wrong;
    forget(r);
    r->status = status;
    r->cache = CACHE_NEVER;
    if (!why.id) why = MSG(statuses[row_of(status)].said);
    if (q->as == AS_JSON || q->as == AS_NDJSON) problem_details(q, r, why, &wrong);
    else (site->error ? site->error : plain_page)(q, r, why);
}

/* ---- matching -------------------------------------------------------------------------------- */

static bool match(const struct route *route, struct request *q)
{
    Str rest = str_of(route->pattern + 1), part;
    size_t i = 0;
    q->captures = 0;
    if (!rest.n) return !q->segments;
    for (; str_next(&rest, '/', &part); i++) {
        if (i == q->segments) return false;
        if (str_starts(part, S("{"))) {
            MUST(q->captures < CAPTURES_MAX);
            q->capture[q->captures++] = (struct capture){ str_sub(part, 1, part.n - 2), q->segment[i] };
        } else if (!str_eq(part, q->segment[i])) {
            return false;
        }
    }
    return i == q->segments;
}

static unsigned methods_here(const struct site *site, struct request *q)
{
    unsigned here = 0;
    for (size_t i = 0; i < site->n; i++)
        if (match(&site->routes[i], q)) here |= site->routes[i].method;
    if (here & GET) here |= HEAD;
    return here ? here | OPTIONS : 0;
}

static void put_methods(struct buf *b, unsigned methods)
{
    const char *between = "";
    for (unsigned m = GET; m <= PATCH; m <<= 1) {
        if (!(methods & m)) continue;
        put_f(b, "%s%s", between, method_name((enum method)m));
        between = ", ";
    }
}

static void say_methods(struct request *q, struct reply *r, unsigned methods)
{
    struct buf b = buf_make(q->a);
    put_methods(&b, methods);
    reply_header(r, "Allow", buf_str(&b));
}

static const struct route *find(const struct site *site, struct request *q)
{
    enum method method = q->head.method == HEAD ? GET : q->head.method;
    for (size_t i = 0; i < site->n; i++)
        if (site->routes[i].method == method && match(&site->routes[i], q)) return &site->routes[i];
    return NULL;
}

/* ---- answering ------------------------------------------------------------------------------- */

void route_none(const struct site *site, struct request *q, struct reply *r)
{
    unsigned methods = methods_here(site, q);
    if (q->head.method == OPTIONS && (methods || str_is(q->head.target, "*"))) {
        r->status = 204;
        say_methods(q, r, methods ? methods : GET | HEAD | OPTIONS);
    } else if (methods) {
        route_error(site, q, r, 405, NO_MESSAGE);
        say_methods(q, r, methods);
    } else {
        route_error(site, q, r, 404, NO_MESSAGE);
    }
}

static void run(const struct site *site, const struct route *route, struct request *q, struct reply *r)
{
    r->status = 200;
    r->cache = route->cache;
    enum err e = route->run(q, r);
    if (!e && r->file && (fflush(r->file) || ferror(r->file))) e = ERR_BROKEN;
    if (e) route_error(site, q, r, r->refusal ? r->refusal : err_status(e), r->problem);
    if (q->actor.account) r->cache = CACHE_NEVER;
}

static void answer(const struct site *site, struct request *q, struct reply *r)
{
    int status;
    Message why = NO_MESSAGE;
    if (request_read(q, &status, &why)) {
        route_error(site, q, r, status, why);
        return;
    }
    const struct route *route = find(site, q);
    if (gates_pass(site, route, q, r)) run(site, route, q, r);
}

size_t route_body_max(const struct site *site, const struct request_head *head)
{
    struct arena a = arena_make(1 << 20, NULL);
    struct request q = { .a = &a, .head = *head };
    int status;
    Message why;
    const struct route *route = request_read(&q, &status, &why) ? NULL : find(site, &q);
    arena_free(&a);
    return route && route->is & ROUTE_FILES ? UPLOAD_BODY_MAX : BODY_MAX;
}

/* All that was in the arena is gone; what is left of the request are values and the wire's bytes. */
static void escaped(const struct site *site, struct request *q, struct reply *r)
{
    arena_reset(q->a);
    q->query = q->form = (struct params){ 0 };
    q->segments = q->captures = q->files_n = 0;
    r->header_n = 0;
    r->wrong = (struct json_problems){ 0 };
    route_error(site, q, r, 413, NO_MESSAGE);
}

void route_run(const struct site *site, struct request *q, struct reply *r)
{
    jmp_buf full;
    *r = (struct reply){ 0 };
    q->a->full = &full;
    if (!setjmp(full)) {
        answer(site, q, r);
        q->a->full = NULL;
    } else {
        q->a->full = NULL;
        if (q->db) db_sweep(q->db);
        escaped(site, q, r);
    }
}

/* ---- the table as text ----------------------------------------------------------------------- */

static void put_who(struct buf *b, Roles who)
{
    static const struct { Roles who; const char *name; } groups[] = { { ANYONE, "anyone" }, { SIGNED_IN, "signed-in" }, { STAFF, "staff" } };
    for (size_t i = 0; i < COUNT(groups); i++) {
        if ((who & groups[i].who) != groups[i].who) continue;
        put_f(b, " %s", groups[i].name);
        who &= ~groups[i].who;
    }
    for (const struct word *role = role_words; role->bit; role++)
        if (who & role->bit) put_f(b, " %s", role->code);
}

void put_routes(struct buf *b, const struct site *site)
{
    static const struct { enum as as; const char *name; } forms[] = {
        { AS_PAGE, "page" }, { AS_JSON, "json" }, { AS_CSV, "csv" }, { AS_XLSX, "xlsx" }, { AS_NDJSON, "ndjson" },
    };
    static const struct { unsigned is; const char *name; } marks[] = {
        { ROUTE_API, "api" }, { ROUTE_FILES, "files" }, { ROUTE_LIMIT, "limited" },
    };
    for (size_t i = 0; i < site->n; i++) {
        const struct route *r = &site->routes[i];
        put_f(b, "%-7s %-32s", method_name(r->method), r->pattern);
        for (size_t f = 0; f < COUNT(forms); f++)
            if (r->as & forms[f].as) put_f(b, " %s", forms[f].name);
        put_z(b, " |");
        put_who(b, r->who);
        put_z(b, r->cache == CACHE_VERSION || r->is ? " |" : "");
        if (r->cache == CACHE_VERSION) put_z(b, " cached");
        for (size_t m = 0; m < COUNT(marks); m++)
            if (r->is & marks[m].is) put_f(b, " %s", marks[m].name);
        put_c(b, '\n');
    }
}
