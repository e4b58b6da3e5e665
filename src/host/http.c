/*
 * http.c - the server; it and response.c are the only files that know libmicrohttpd.
 *
 * A few threads poll all connections and answer at once what is finished already: assets, pages in the cache,
 * 304.  What must be made is handed to the workers, and its connection sleeps until the page is there.  (Not
 * MHD_USE_EPOLL: in 0.9.75 its loop stalls when exactly a multiple of 128 sockets are ready.  Polling in a few
 * threads also answered more requests here than a thread for each connection.)
 */
#include "host/server.h"

#include "base/date.h"
#include "host/body.h"
#include "host/client.h"
#include "host/log.h"
#include "host/mask.h"
#include "host/response.h"
#include "host/workers.h"

#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

enum {
    POLLERS     = 8,
    DOWNLOADS   = 2,                /* whole tables made at once                                 */
    WRITERS     = 2,                /* requests that may change something, at once; they take turns in the database */
    STACK       = 512 << 10,
    CONNECTION  = 48 << 10,         /* bytes for its headers and parameters (64 for each): 431 beyond */
    FAREWELL_MS = 5000,             /* how long running answers may take when told to stop       */
};

struct exchange {                           /* one request and its answer                        */
    struct errand            work;            /* first: the workers give it back                   */
    struct server         *server;
    struct MHD_Connection *connection;
    struct exchange       *next_free;
    struct body            body;
    int64_t                began;           /* ticks                                             */
    bool                   heard;           /* its headers are read                              */
    int                    status;          /* that was sent; 0: none                            */
    char                   address[ADDRESS_ROOM];
    char                   target[TARGET_MAX + 1];
};

enum pool { PAGES, WHOLE_TABLES, CHANGES, POOLS };  /* however many ask for one, the others go on */

struct server {
    const struct application *app;
    struct config             config;
    struct MHD_Daemon        *daemon;
    struct workers           *workers[POOLS];
    struct page_cache        *cache;
    struct bodies             bodies;       /* that arrive                                       */
    struct page             **asset_pages;  /* [asset][encoding]; NULL: not made                 */
    bool                      tls;          /* in front of us                                    */
    atomic_bool               stopping;
    pthread_mutex_t           lock;
    pthread_cond_t            idle;
    struct exchange          *free;
    size_t                    busy;         /* exchanges under way                               */
    struct arena              arena;
};

/* ---- assets -------------------------------------------------------------------------------- */

static void make_asset_pages(struct server *s)
{
    const struct assets *l = &s->app->assets;
    s->asset_pages = NEW_ARRAY(&s->arena, struct page *, l->n * ENCODINGS);
    for (size_t i = 0; i < l->n * ENCODINGS; i++) {
        const struct asset *asset = &l->p[i / ENCODINGS];
        enum encoding e = i % ENCODINGS;
        if (!asset->form[e].n) continue;
        struct reply r = { .status = 200, .type = asset->type, .cache = CACHE_FOREVER };
        s->asset_pages[i] = page_around(&r, asset->form[e], e);
        response_prepare(s->asset_pages[i], s->tls);
    }
}

static struct page *asset_page(const struct server *s, Str target, unsigned accepted)
{
    Str path, query;
    str_cut(target, '?', &path, &query);
    const struct asset *asset = asset_at(&s->app->assets, path);
    if (!asset) return NULL;
    unsigned offered = 0;
    for (unsigned e = PLAIN; e < ENCODINGS; e++)
        if (asset->form[e].n) offered |= 1u << e;
    return s->asset_pages[(size_t)(asset - s->app->assets.p) * ENCODINGS + encoding_choose(offered, accepted)];
}

/* ---- exchanges ------------------------------------------------------------------------------- */

/* libmicrohttpd is about to read a request; this is the only place that shows its target undecoded. */
static void *begin(void *context, const char *target, UNUSED struct MHD_Connection *connection)
{
    struct server *s = context;
    pthread_mutex_lock(&s->lock);
    struct exchange *x = s->free;
    if (x) s->free = x->next_free;
    else x = NEW(&s->arena, struct exchange);
    s->busy++;
    pthread_mutex_unlock(&s->lock);
    size_t n = strnlen(target, sizeof x->target);   /* one over TARGET_MAX tells that it is too long */
    memcpy(x->target, target, n);
    x->work = (struct errand){ .head.target = { x->target, n } };
    x->server = s;
    x->began = time_ticks();
    x->heard = false;
    x->status = 0;
    return x;
}

static void log_exchange(const struct exchange *x)
{
    char target[512];
    LOG(LOG_INFO, "request", F_TEXT("address", x->work.head.address), F_TEXT("method", str_of(method_name(x->work.head.method))),
        F_NUMBER("status", x->status), F_NUMBER("us", time_ticks() - x->began),
        F_TEXT("target", target_masked(x->work.head.target, target, sizeof target)));
}

static void end(void *context, UNUSED struct MHD_Connection *connection, void **state,
                UNUSED enum MHD_RequestTerminationCode code)
{
    struct server *s = context;
    struct exchange *x = *state;
    if (!x) return;
    if (log_wants(LOG_INFO)) log_exchange(x);
    if (x->work.page) page_release(s->cache, x->work.page);
    body_drop(&x->body);
    pthread_mutex_lock(&s->lock);
    x->next_free = s->free;
    s->free = x;
    if (!--s->busy) pthread_cond_broadcast(&s->idle);
    pthread_mutex_unlock(&s->lock);
}

static Str header(struct MHD_Connection *connection, const char *name)
{
    const char *value = NULL;
    size_t n = 0;
    MHD_lookup_connection_value_n(connection, MHD_HEADER_KIND, name, strlen(name), &value, &n);
    return (Str){ value, value ? n : 0 };
}

static enum MHD_Result keep_last(void *context, UNUSED enum MHD_ValueKind kind, const char *name, const char *value)
{
    if (!strcasecmp(name, "X-Forwarded-For")) *(Str *)context = str_of(value);
    return MHD_YES;
}

static Str address_of(struct exchange *x)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    Str forwarded = { 0 };
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, keep_last, &forwarded);
    return client_address(&x->server->config, info ? info->client_addr : NULL, forwarded, x->address);
}

static void read_head(struct exchange *x, struct MHD_Connection *connection, const char *method)
{
    static const struct { const char *name; size_t place; } read[] = {
#define PLACE(member) offsetof(struct request_head, member)
        { MHD_HTTP_HEADER_ACCEPT_ENCODING, PLACE(accept_encoding) }, { MHD_HTTP_HEADER_IF_NONE_MATCH, PLACE(if_none_match) },
        { MHD_HTTP_HEADER_COOKIE, PLACE(cookie) },                   { MHD_HTTP_HEADER_CONTENT_TYPE, PLACE(content_type) },
        { MHD_HTTP_HEADER_HOST, PLACE(host) },                       { MHD_HTTP_HEADER_AUTHORIZATION, PLACE(authorization) },
        { "Origin", PLACE(origin) },                                 { "Sec-Fetch-Site", PLACE(fetch_site) },
        { MHD_HTTP_HEADER_IF_MATCH, PLACE(if_match) },               { "Idempotency-Key", PLACE(idempotency_key) },
        { MHD_HTTP_HEADER_USER_AGENT, PLACE(user_agent) },           { MHD_HTTP_HEADER_ACCEPT_LANGUAGE, PLACE(accept_language) },
#undef PLACE
    };
    struct request_head *h = &x->work.head;
    if (!method_from(str_of(method), &h->method)) h->method = 0;    /* no route has it: 405      */
    for (size_t i = 0; i < COUNT(read); i++) {
        Str value = header(connection, read[i].name);
        memcpy((char *)h + read[i].place, &value, sizeof value);
    }
    x->connection = connection;
    h->address = address_of(x);
    x->heard = true;
}

/* ---- answering ------------------------------------------------------------------------------- */

static enum MHD_Result send_page(struct exchange *x, const struct page *p)
{
    bool unchanged = p->etag[0] && etag_matches(x->work.head.if_none_match, str_of(p->etag));
    x->status = unchanged ? MHD_HTTP_NOT_MODIFIED : p->status;
    return MHD_queue_response(x->connection, (unsigned)x->status, unchanged ? p->unchanged : p->sent);
}

/* An error of the server's own, made here and now: too large, too busy. */
static struct page *page_without_slot(struct server *s, const struct request_head *head, int status)
{
    const struct site plain = { 0 };
    struct arena arena = arena_make(1 << 20, NULL);
    struct request q = { .a = &arena, .head = *head, .base_url = s->config.base_url };
    struct reply r = { 0 };
    Message why = NO_MESSAGE;
    int broken;
    if (request_read(&q, &broken, &why)) status = broken;
    if (status == 413) why = MSG(N_("What was sent is larger than {1} MB."), str_f(&arena, "%zu", route_body_max(&s->app->site, head) >> 20));
    route_error(&plain, &q, &r, status, why);
    if (status == 503) reply_header(&r, "Retry-After", S("5"));
    struct page *p = page_make(&r, head->target, r.body, PLAIN);
    response_prepare(p, s->tls);
    arena_free(&arena);
    return p;
}

/* The answer to what failed on its way in; its body is not kept. */
static enum MHD_Result send_refusal(struct exchange *x, int status)
{
    x->work.page = page_without_slot(x->server, &x->work.head, status);
    return send_page(x, x->work.page);
}

/* A whole table takes seconds where a page takes none. */
static bool is_download(Str target)
{
    static const enum as whole[] = { AS_CSV, AS_XLSX, AS_NDJSON };
    Str path, query;
    str_cut(target, '?', &path, &query);
    for (size_t i = 0; i < COUNT(whole); i++)
        if (str_ends(path, str_of(as_suffix(whole[i])))) return true;
    return false;
}

static enum pool pool_for(const struct request_head *head)
{
    return request_changes(head) ? CHANGES : is_download(head->target) ? WHOLE_TABLES : PAGES;
}

static enum MHD_Result answer(struct exchange *x)
{
    struct server *s = x->server;
    struct request_head *head = &x->work.head;
    unsigned accepted = encodings_accepted(head->accept_encoding);
    x->work.asked = encoding_choose(1u << PLAIN | 1u << GZIP, accepted);
    if (head->method == GET || head->method == HEAD) {
        const struct page *asset = asset_page(s, head->target, accepted);
        if (asset) return send_page(x, asset);
        if (!request_personal(head)) x->work.page = page_cache_find(s->cache, head->target, x->work.asked, s->app->version(s->app->state));
        if (x->work.page) return send_page(x, x->work.page);
    }
    if (!body_end(&x->body, &head->body)) return send_refusal(x, x->body.failed);
    MHD_suspend_connection(x->connection);
    if (!workers_give(s->workers[pool_for(head)], &x->work)) {
        x->work.page = page_without_slot(s, head, 503);
        MHD_resume_connection(x->connection);
    }
    return MHD_YES;
}

static void prepare(void *context, struct page *p)
{
    const struct server *s = context;
    response_prepare(p, s->tls);
}

static void made(UNUSED void *context, struct errand *w)
{
    MHD_resume_connection(((struct exchange *)w)->connection);
}

/* What cannot be taken is refused before "100 Continue" asks for it, or where it is too much to be heard to its end. */
static enum MHD_Result start_reading(struct exchange *x, struct MHD_Connection *connection, const char *method)
{
    int64_t length = 0;
    size_t most = BODY_MAX;
    read_head(x, connection, method);
    bool said = str_to_i64(header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH), &length);
    if (said && header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING).n) return send_refusal(x, 400);  /* two lengths: one is a lie */
    if (length > BODY_MAX) most = route_body_max(&x->server->app->site, &x->work.head);
    if (body_begin(&x->body, &x->server->bodies, x->work.head.address, said ? (size_t)length : 0, most)) return MHD_YES;
    bool waits = header(connection, MHD_HTTP_HEADER_EXPECT).n, short_enough = length > 0 && length <= UPLOAD_BODY_MAX;
    return short_enough && !waits ? MHD_YES : send_refusal(x, x->body.failed);
}

/* Called with the headers, then for each piece of the body, then at its end, then again when a page was made. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, UNUSED const char *url,
                                  const char *method, UNUSED const char *version, const char *data, size_t *n,
                                  void **state)
{
    const struct server *s = context;
    struct exchange *x = *state;
    if (!x || (!x->heard && atomic_load(&s->stopping))) return MHD_NO;      /* closes the connection */
    if (!x->heard) return start_reading(x, connection, method);
    if (!*n) return x->work.page ? send_page(x, x->work.page) : answer(x);
    bool go_on = body_add(&x->body, (Str){ data, *n }, time_ticks());
    *n = 0;
    return go_on ? MHD_YES : MHD_NO;
}

/* ---- starting and stopping ------------------------------------------------------------------- */

__attribute__((format(printf, 2, 0)))
static void to_log(UNUSED void *context, const char *fmt, va_list ap)
{
    char line[512];
    vsnprintf(line, sizeof line, fmt, ap);
    LOG(LOG_DEBUG, "http", F_TEXT("said", str_trim(str_of(line))));
}

/* "127.0.0.1:8080", "[::1]:8080", ":8080" (all addresses). */
static enum err read_address(struct arena *a, Str listen, struct addrinfo **out)
{
    size_t colon = listen.n;
    while (colon && listen.p[colon - 1] != ':') colon--;
    if (!colon) return ERR_INVALID;
    Str host = str_sub(listen, 0, colon - 1);
    if (str_starts(host, S("[")) && str_ends(host, S("]"))) host = str_sub(host, 1, host.n - 2);
    const struct addrinfo wanted = {
        .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM,
    };
    const char *name = host.n ? str_z(a, host) : NULL, *port = str_z(a, str_sub(listen, colon, listen.n));
    return getaddrinfo(name, port, &wanted, out) ? ERR_INVALID : OK;
}

static struct MHD_Daemon *start_daemon(struct server *s, const struct config *c, const struct addrinfo *at)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
                     (at->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0);
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, s,
        MHD_OPTION_EXTERNAL_LOGGER, to_log, NULL,
        MHD_OPTION_SOCK_ADDR, at->ai_addr,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)POLLERS,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)c->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)c->per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)c->timeout,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION,
        MHD_OPTION_URI_LOG_CALLBACK, begin, s,
        MHD_OPTION_NOTIFY_COMPLETED, end, s,
        MHD_OPTION_END);
}

enum err server_start(const struct config *c, const struct application *app, struct server **out, Message *why)
{
    size_t exchanges = (size_t)c->connections + POLLERS, pages = app->assets.n * ENCODINGS;
    size_t room = 2 * exchanges * sizeof(struct exchange) + pages * sizeof(struct page *) + (1 << 20);
    struct arena arena = arena_make(room, NULL);
    struct server *s = NEW(&arena, struct server);
    struct addrinfo *at;
    s->arena = arena;
    if (read_address(&s->arena, c->listen, &at)) {
        arena = s->arena;
        arena_free(&arena);
        *why = MSG(N_("“{1}” is no address to serve at: --listen wants one like 127.0.0.1:8080."), c->listen);
        return ERR_INVALID;
    }
    s->app = app;
    s->config = *c;
    bodies_open(&s->bodies);
    s->tls = str_starts(c->base_url, S("https://"));
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->idle, NULL);
    s->cache = page_cache_open((size_t)c->cache_mb << 20, response_drop);
    static const struct { size_t n; unsigned access; } pools[POOLS] = {
        [PAGES] = { 0, DB_READ }, [WHOLE_TABLES] = { DOWNLOADS, DB_READ }, [CHANGES] = { WRITERS, 0 },
    };
    struct workers_hooks hooks = { prepare, made, s };
    for (enum pool i = 0; i < POOLS; i++)
        s->workers[i] = workers_start(c, app, s->cache, hooks, pools[i].n ? pools[i].n : (size_t)c->slots, pools[i].access);
    make_asset_pages(s);
    s->daemon = start_daemon(s, c, at);
    freeaddrinfo(at);
    if (!s->daemon) {
        server_stop(s);
        *why = MSG(N_("{1} is taken by another program. Stop that, or choose another with --listen."), c->listen);
        return ERR_BUSY;
    }
    if (str_ends(c->base_url, S(":0"))) {           /* any free port: known only now                */
        Str host = str_sub(c->base_url, 0, c->base_url.n - 1);
        Str base = str_f(&s->arena, "%.*s%d", FMT(host), server_port(s));
        s->config.base_url = base;
        for (enum pool i = 0; i < POOLS; i++) workers_set_base_url(s->workers[i], base);
    }
    *out = s;
    return OK;
}

int server_port(const struct server *s)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

static void wait_until_idle(struct server *s)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += FAREWELL_MS / 1000;
    pthread_mutex_lock(&s->lock);
    while (s->busy && !pthread_cond_timedwait(&s->idle, &s->lock, &until)) continue;
    pthread_mutex_unlock(&s->lock);
}

void server_stop(struct server *s)
{
    if (s->daemon) {
        int listening = MHD_quiesce_daemon(s->daemon);
        if (listening >= 0) close(listening);
        atomic_store(&s->stopping, true);
        wait_until_idle(s);
    }
    for (enum pool i = 0; i < POOLS; i++) workers_stop(s->workers[i]);      /* wakes every connection that sleeps */
    if (s->daemon) MHD_stop_daemon(s->daemon);
    for (size_t i = 0; i < s->app->assets.n * ENCODINGS; i++)
        if (s->asset_pages[i]) page_release(s->cache, s->asset_pages[i]);
    page_cache_close(s->cache);
    bodies_close(&s->bodies);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->idle);
    struct arena arena = s->arena;
    arena_free(&arena);
}

static sigset_t stop_signals(void)
{
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    return stop;
}

void server_hold_signals(void)
{
    sigset_t stop = stop_signals();
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void wait_for_the_end(const struct config *c, const struct server *s)
{
    sigset_t stop = stop_signals();
    int signal_;
    Str host = str_sub(c->listen, 0, c->listen.n);
    while (host.n && host.p[host.n - 1] != ':') host.n--;
    printf("serving http://%.*s%d\n", FMT(host), server_port(s));
    fflush(stdout);
    LOG(LOG_INFO, "serving", F_TEXT("listen", c->listen), F_NUMBER("port", server_port(s)));
    sigwait(&stop, &signal_);
    LOG(LOG_INFO, "stopping", F_NUMBER("signal", signal_));
}

enum err server_run(const struct config *c, const struct application *app, Message *why)
{
    struct server *s;
    server_hold_signals();
    TRY(server_start(c, app, &s, why));
    enum err e = app->listening ? app->listening(app->state, s->config.base_url, why) : OK;
    if (!e) wait_for_the_end(c, s);
    server_stop(s);
    return e;
}
