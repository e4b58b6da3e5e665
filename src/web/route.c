#include "web/route.h"

#include "format/html.h"
#include "format/json.h"

/* What a status is called, and what is said when nothing better is known. */
static const struct { int status; const char *title, *said; } statuses[] = {
    { 400, N_("Bad request"),        N_("The address of this page is broken. Follow a link, or begin at the home page.") },
    { 403, N_("Not allowed"),        N_("You may not see this page.") },
    { 404, N_("Not found"),          N_("There is no page at this address. Search for it, or begin at the home page.") },
    { 405, N_("Method not allowed"), N_("This address cannot be used in this way.") },
    { 409, N_("Conflict"),           N_("Somebody else has changed this in the meantime. Look at it again.") },
    { 412, N_("Changed meanwhile"),  N_("Somebody else has changed this in the meantime. Look at it again.") },
    { 413, N_("Too large"),          N_("This page is too large. Narrow it with a filter, or download the data.") },
    { 414, N_("Address too long"),   N_("The address is too long. Choose fewer filters.") },
    { 415, N_("Wrong content type"), N_("This address takes only a form.") },
    { 422, N_("Not valid"),          N_("What was sent is not valid. Check it and send it again.") },
    { 500, N_("Server error"),       N_("The server has failed; the reason is in its log. Try again later.") },
    { 507, N_("Disk full"),          N_("The disk of the server is full, so nothing was written. Tell its administrator.") },
    { 503, N_("Busy"),               N_("The server is busy. Try again in a minute.") },
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

/* RFC 9457. */
static void problem_details(struct request *q, struct reply *r, Message why, const struct json_problems *wrong)
{
    struct buf b = buf_make(q->a);
    struct json_writer w = json_write_to(&b);
    json_write_object(&w);
    json_write_key(&w, S("title"));
    json_write_string(&w, tr(q->lang, statuses[row_of(r->status)].title));
    json_write_key(&w, S("status"));
    json_write_int(&w, r->status);
    json_write_key(&w, S("detail"));
    json_write_string(&w, message_str(q->a, q->lang, why));
    put_wrong(&w, q, wrong);
    json_write_end(&w);
    json_write_done(&w);
    reply_body(r, S("application/problem+json; charset=utf-8"), buf_str(&b));
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
    for (unsigned m = GET; m <= OPTIONS; m <<= 1) {
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

static void no_route(const struct site *site, struct request *q, struct reply *r)
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
    bool slash = q->path.n > 1 && str_ends(q->path, S("/"));
    if (!route)
        no_route(site, q, r);
    else if (!(route->as & q->as))
        route_error(site, q, r, 404, MSG(N_("This page is not offered as {1}."), str_of(as_suffix(q->as))));
    else if (!(route->who & q->actor.roles))
        route_error(site, q, r, 403, NO_MESSAGE);
    else if (slash)                                             /* one page, one address         */
        reply_redirect(r, 308, url_of(q->a, q->lang, str_sub(q->path, 0, q->path.n - 1), q->as, &q->query));
    else
        run(site, route, q, r);
}

/* All that was in the arena is gone; what is left of the request are values and the wire's bytes. */
static void escaped(const struct site *site, struct request *q, struct reply *r)
{
    arena_reset(q->a);
    q->query = q->form = (struct params){ 0 };
    q->segments = q->captures = 0;
    r->header_n = 0;
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

void put_routes(struct buf *b, const struct site *site)
{
    static const struct { enum as as; const char *name; } forms[] = {
        { AS_PAGE, "page" }, { AS_JSON, "json" }, { AS_CSV, "csv" }, { AS_XLSX, "xlsx" }, { AS_NDJSON, "ndjson" },
    };
    for (size_t i = 0; i < site->n; i++) {
        const struct route *r = &site->routes[i];
        put_f(b, "%-7s %-32s", method_name(r->method), r->pattern);
        for (size_t f = 0; f < COUNT(forms); f++)
            if (r->as & forms[f].as) put_f(b, " %s", forms[f].name);
        put_z(b, r->cache == CACHE_VERSION ? " cached\n" : "\n");
    }
}
