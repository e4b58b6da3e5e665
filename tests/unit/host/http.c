/* The server over real sockets on the loopback. */
#include "test.h"
#include "base/hash.h"
#include "host/log.h"
#include "host/server.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the application that is served ---------------------------------------------------------- */

static atomic_ullong version;
static atomic_int    rendered;

static uint64_t version_now(UNUSED void *state) { return version; }

static const void *acquire(UNUSED void *state, uint64_t *now)
{
    *now = version;
    return NULL;
}

static void release(UNUSED void *state, UNUSED const void *snapshot) {}

static enum err counted(struct request *q, struct reply *r)
{
    struct buf b = buf_make(q->a);
    put_f(&b, "version %llu\n", (unsigned long long)q->version);
    for (int i = 0; i < 200; i++) put_f(&b, "line %d\n", i);
    rendered++;
    return reply_body(r, TYPE_TEXT, buf_str(&b));
}

static enum err from_database(struct request *q, struct reply *r)
{
    int64_t answer = 0;
    TRY(db_one_int(q->db, q->a, SQL("SELECT 40 + $1"), ARGS(v_int(2)), &answer));
    return reply_body(r, TYPE_TEXT, str_f(q->a, "%lld", (long long)answer));
}

static enum err whole_table(struct request *q, struct reply *r)
{
    FILE *f;
    TRY(reply_download(q, r, TYPE_CSV, S("all.csv"), &f));
    for (int i = 0; i < 200000; i++) fprintf(f, "%07d\r\n", i);
    return OK;
}

static enum err take_form(struct request *q, struct reply *r)
{
    return reply_body(r, TYPE_TEXT, params_get(&q->form, "name"));
}

static enum err fail(UNUSED struct request *q, UNUSED struct reply *r) { return ERR_BROKEN; }

static int started[2], go_on[2];                   /* pipes: the handler runs; it may go on       */

static enum err wait_to_go_on(UNUSED struct request *q, struct reply *r)
{
    char c = 0;
    CHECK(write(started[1], &c, 1) == 1 && read(go_on[0], &c, 1) == 1);
    return reply_body(r, TYPE_TEXT, S("finished"));
}

static enum err size_of_files(struct request *q, struct reply *r)
{
    struct buf b = buf_make(q->a);
    for (size_t i = 0; i < q->files_n; i++)
        put_f(&b, "%.*s %zu %016llx\n", FMT(q->files[i].file_name), q->files[i].bytes.n, (unsigned long long)str_hash(q->files[i].bytes));
    return reply_body(r, TYPE_TEXT, buf_str(&b));
}

static enum err write_a_row(struct request *q, struct reply *r)
{
    int64_t n = 0;
    TRY(db_exec(q->db, q->a, SQL("INSERT INTO t VALUES (1)"), NO_ARGS));
    TRY(db_one_int(q->db, q->a, SQL("SELECT count(*) FROM t"), NO_ARGS, &n));
    return reply_body(r, TYPE_TEXT, str_f(q->a, "%lld", (long long)n));
}

/* What the server understood of who asks. */
static enum err say_head(struct request *q, struct reply *r)
{
    const struct request_head *h = &q->head;
    rendered++;
    return reply_body(r, TYPE_TEXT, str_f(q->a, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", FMT(h->address), FMT(h->authorization), FMT(h->origin),
                                          FMT(h->fetch_site), FMT(h->if_match), FMT(h->idempotency_key), FMT(h->user_agent), FMT(h->accept_language)));
}

static enum err identify(struct request *q, UNUSED Message *why)
{
    q->token.id = q->head.authorization.n > 0;
    return OK;
}

static const struct route rows[] = {
    { GET,  "/head",  AS_PAGE,           ANYONE, say_head,      CACHE_VERSION },
    { POST, "/row",   AS_PAGE,           ANYONE, write_a_row,   CACHE_NEVER },
    { GET,  "/row",   AS_PAGE,           ANYONE, write_a_row,   CACHE_NEVER },
    { POST, "/files", AS_PAGE,           ANYONE, size_of_files, CACHE_NEVER, ROUTE_FILES },
    { GET,  "/wait",  AS_PAGE,           ANYONE, wait_to_go_on, CACHE_NEVER },
    { GET,  "/page",  AS_PAGE | AS_JSON, ANYONE, counted,       CACHE_VERSION },
    { GET,  "/fresh", AS_PAGE,           ANYONE, counted,       CACHE_NEVER },
    { GET,  "/db",    AS_PAGE,           ANYONE, from_database, CACHE_NEVER },
    { GET,  "/all",   AS_CSV,            ANYONE, whole_table,   CACHE_VERSION },
    { POST, "/form",  AS_PAGE,           ANYONE, take_form,     CACHE_NEVER },
    { GET,  "/fail",  AS_PAGE,           ANYONE, fail,          CACHE_NEVER },
};

struct running { struct application app; struct server *server; int port; };

static const struct application application = {
    .site = { rows, COUNT(rows), NULL, identify }, .version = version_now, .acquire = acquire, .release = release,
};

static struct config config_for(const char *db)
{
    return (struct config){
        .db = str_of(db), .listen = S("127.0.0.1:0"), .base_url = S("https://vi.example"), .connections = 200,
        .per_address = 200, .slots = 2, .cache_mb = 4, .timeout = 15,
    };
}

static struct running start_with(struct arena *a, const struct config *c)
{
    static struct running r;
    r = (struct running){ .app = application };
    assets_add(a, &r.app.assets, (struct asset){
        S("app.css"), S("/assets/app.12345678.css"), S("text/css; charset=utf-8"), { S("body{}"), S("zipped"), S("br") },
    });
    CHECK_INT(log_open(S("-"), LOG_ERROR), OK);
    CHECK_INT(server_start(c, &r.app, &r.server, &(Message){ 0 }), OK);
    r.port = server_port(r.server);
    version = 1;
    rendered = 0;
    return r;
}

static const char *database(struct arena *a)
{
    struct db *db;
    const char *url = str_z(a, str_f(a, "sqlite:%s/http.db", test_dir()));
    CHECK_INT(db_open(url, DB_CREATE, &db), OK);
    CHECK_INT(db_exec(db, a, SQL("CREATE TABLE IF NOT EXISTS t (id INTEGER)"), NO_ARGS), OK);
    db_close(db);
    return url;
}

static struct running start(struct arena *a)
{
    struct config c = config_for(database(a));
    return start_with(a, &c);
}

/* ---- a client -------------------------------------------------------------------------------- */

static int connect_to(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(fd >= 0 && !connect(fd, (struct sockaddr *)&at, sizeof at));
    return fd;
}

static void send_all(int fd, Str s)
{
    while (s.n) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
        if (n <= 0) return;                         /* refused while we were still sending       */
        s = str_sub(s, (size_t)n, s.n);
    }
}

static Str read_all(struct arena *a, int fd)
{
    struct buf b = buf_make(a);
    ssize_t n;
    while ((n = recv(fd, buf_room(&b, 65536), 65536, 0)) > 0) b.n += (size_t)n;
    close(fd);
    return buf_str(&b);
}

static Str raw(struct arena *a, const struct running *r, Str request)
{
    int fd = connect_to(r->port);
    send_all(fd, request);
    return read_all(a, fd);
}

static Str ask(struct arena *a, const struct running *r, const char *line, const char *headers)
{
    return raw(a, r, str_f(a, "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n", line, headers));
}

static int status_of(Str answer)
{
    int64_t status = 0;
    CHECK(str_starts(answer, S("HTTP/1.1 ")));
    CHECK(str_to_i64(str_sub(answer, 9, 3), &status));
    return (int)status;
}

static Str body_of(Str answer)
{
    size_t at;
    CHECK(str_find(answer, S("\r\n\r\n"), &at));
    return str_sub(answer, at + 4, answer.n);
}

static Str header_of(struct arena *a, Str answer, const char *name)
{
    size_t at;
    if (!str_find(answer, str_f(a, "\r\n%s: ", name), &at)) return (Str){ 0 };
    Str value, rest;
    str_cut(str_sub(answer, at + strlen(name) + 4, answer.n), '\r', &value, &rest);
    return value;
}

/* ---- tests ----------------------------------------------------------------------------------- */

TEST(a_page_is_rendered_once_for_each_change_of_the_data)
{
    struct running r = start(a);
    for (int i = 0; i < 5; i++) CHECK_INT(status_of(ask(a, &r, "GET /page", "")), 200);
    CHECK_INT(rendered, 1);
    CHECK(str_starts(body_of(ask(a, &r, "GET /page", "")), S("version 1\n")));
    version = 2;
    CHECK(str_starts(body_of(ask(a, &r, "GET /page", "")), S("version 2\n")));
    CHECK_INT(rendered, 2);
    ask(a, &r, "GET /en/page", "");
    ask(a, &r, "GET /page.json", "");
    ask(a, &r, "GET /page?q=1", "");
    CHECK_INT(rendered, 5);
    for (int i = 0; i < 3; i++) ask(a, &r, "GET /fresh", "");
    CHECK_INT(rendered, 8);
    server_stop(r.server);
}

TEST(what_the_client_has_already_is_not_sent_again)
{
    struct running r = start(a);
    Str first = ask(a, &r, "GET /page", ""), tag = header_of(a, first, "ETag");
    CHECK(tag.n > 2);
    CHECK_STR(header_of(a, first, "Cache-Control"), S("no-cache"));
    Str again = ask(a, &r, "GET /page", str_z(a, str_f(a, "If-None-Match: %.*s\r\n", FMT(tag))));
    CHECK_INT(status_of(again), 304);
    CHECK_STR(body_of(again), S(""));
    CHECK_STR(header_of(a, again, "ETag"), tag);
    version = 2;
    CHECK_INT(status_of(ask(a, &r, "GET /page", str_z(a, str_f(a, "If-None-Match: %.*s\r\n", FMT(tag))))), 200);
    server_stop(r.server);
}

TEST(a_page_is_packed_for_who_can_unpack_it)
{
    struct running r = start(a);
    for (int i = 0; i < 2; i++) {
        Str packed = ask(a, &r, "GET /page", "Accept-Encoding: gzip\r\n"), plain = ask(a, &r, "GET /page", "");
        CHECK_STR(header_of(a, packed, "Content-Encoding"), S("gzip"));
        CHECK_STR(header_of(a, packed, "Vary"), S("Accept-Encoding, Cookie"));
        CHECK_STR(header_of(a, plain, "Content-Encoding"), S(""));
        CHECK(body_of(packed).n < body_of(plain).n / 2);
        CHECK(!str_eq(header_of(a, packed, "ETag"), header_of(a, plain, "ETag")));
    }
    CHECK_INT(rendered, 2);
    server_stop(r.server);
}

TEST(every_answer_carries_the_security_headers)
{
    struct running r = start(a);
    static const char *const lines[] = { "GET /page", "GET /nothing", "GET /assets/app.12345678.css", "GET /all.csv" };
    static const struct { const char *name; Str value; } wanted[] = {
        { "Content-Security-Policy", S_("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; "
                                        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'") },
        { "X-Frame-Options", S_("DENY") },
        { "X-Content-Type-Options", S_("nosniff") },
        { "Referrer-Policy", S_("strict-origin-when-cross-origin") },
        { "Cross-Origin-Opener-Policy", S_("same-origin") },
        { "Strict-Transport-Security", S_("max-age=31536000") },
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        Str answer = ask(a, &r, lines[i], "");
        for (size_t h = 0; h < COUNT(wanted); h++) CHECK_STR(header_of(a, answer, wanted[h].name), wanted[h].value);
    }
    server_stop(r.server);
}

TEST(assets_are_kept_for_ever_and_come_in_the_best_form)
{
    struct running r = start(a);
    const char *line = "GET /assets/app.12345678.css";
    Str plain = ask(a, &r, line, "");
    CHECK_STR(body_of(plain), S("body{}"));
    CHECK_STR(header_of(a, plain, "Cache-Control"), S("public, max-age=31536000, immutable"));
    CHECK_STR(header_of(a, plain, "Content-Type"), S("text/css; charset=utf-8"));
    CHECK_STR(body_of(ask(a, &r, line, "Accept-Encoding: gzip, br\r\n")), S("br"));
    CHECK_STR(body_of(ask(a, &r, line, "Accept-Encoding: gzip\r\n")), S("zipped"));
    CHECK_INT(status_of(ask(a, &r, line, "If-None-Match: *\r\n")), 304);
    CHECK_INT(status_of(ask(a, &r, "GET /assets/../../../etc/passwd", "")), 404);
    CHECK_INT(status_of(ask(a, &r, "GET /assets/%2e%2e%2f%2e%2e%2fetc/passwd", "")), 404);
    server_stop(r.server);
}

TEST(head_is_get_without_the_body)
{
    struct running r = start(a);
    Str get = ask(a, &r, "GET /page", ""), head = ask(a, &r, "HEAD /page", "");
    CHECK_INT(status_of(head), 200);
    CHECK_STR(body_of(head), S(""));
    CHECK_STR(header_of(a, head, "ETag"), header_of(a, get, "ETag"));
    CHECK_STR(header_of(a, head, "Content-Length"), str_f(a, "%zu", body_of(get).n));
    CHECK_INT(status_of(ask(a, &r, "OPTIONS /page", "")), 204);
    CHECK_STR(header_of(a, ask(a, &r, "BREW /page", ""), "Allow"), S("GET, HEAD, OPTIONS"));
    server_stop(r.server);
}

TEST(a_handler_has_a_database_and_its_failure_is_a_page)
{
    struct running r = start(a);
    CHECK_STR(body_of(ask(a, &r, "GET /db", "")), S("42"));
    Str failed = ask(a, &r, "GET /en/fail", "");
    CHECK_INT(status_of(failed), 500);
    CHECK(str_has(failed, S("<html lang=\"en\">")));
    CHECK_STR(body_of(ask(a, &r, "GET /db", "")), S("42"));
    server_stop(r.server);
}

TEST(without_a_database_the_answer_is_a_sentence)
{
    struct config c = config_for("sqlite:/no/such/directory/x.db");
    struct running r = start_with(a, &c);
    Str answer = ask(a, &r, "GET /en/page", "");
    CHECK_INT(status_of(answer), 503);
    CHECK(str_has(answer, S("The server is busy.")));
    server_stop(r.server);
}

static Str post(struct arena *a, const struct running *r, const char *path, const char *headers, Str body)
{
    struct buf b = buf_make(a);
    put_f(&b, "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer x\r\n%sContent-Length: %zu\r\n\r\n", path, headers, body.n);
    put(&b, body);
    return raw(a, r, buf_str(&b));
}

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"

TEST(a_form_arrives_and_one_too_large_is_refused_before_it_is_read)
{
    struct running r = start(a);
    CHECK_INT(status_of(post(a, &r, "/form", FORM_TYPE, S("name=H%C3%A0+N%C3"))), 400);
    CHECK_STR(body_of(post(a, &r, "/form", FORM_TYPE, S("name=H%C3%A0&"))), S("Hà"));
    Str sent = raw(a, &r, S("POST /form HTTP/1.1\r\nHost: x\r\n" FORM_TYPE "Content-Length: 9000000000\r\nExpect: 100-continue\r\n\r\n"));
    CHECK_INT(status_of(sent), 413);
    CHECK(!str_has(sent, S("100 Continue")));
    server_stop(r.server);
}

static Str form_with_a_file(struct arena *a, size_t n)
{
    struct buf b = buf_make(a);
    put_z(&b, "--xyz\r\nContent-Disposition: form-data; name=\"drawing\"; filename=\"part.step\"\r\n\r\n");
    for (size_t i = 0; i < n; i++) put_c(&b, (char)(i * i >> 8));
    put_z(&b, "\r\n--xyz--\r\n");
    return buf_str(&b);
}

#define FILES_TYPE "Content-Type: multipart/form-data; boundary=xyz\r\n"

TEST(a_file_arrives_whole_where_files_are_taken)
{
    struct running r = start(a);
    static const size_t sizes[] = { 0, 10, BODY_MAX - 200, BODY_MAX + 1, 30 << 20 };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        Str form = form_with_a_file(a, sizes[i]);
        Str bytes = str_sub(form, form.n - sizes[i] - 11, sizes[i]);
        Str answer = post(a, &r, "/files", FILES_TYPE, form);
        CHECK_STR(body_of(answer), str_f(a, "part.step %zu %016llx\n", sizes[i], (unsigned long long)str_hash(bytes)));
    }
    for (int i = 0; i < 10; i++) CHECK_INT(status_of(post(a, &r, "/form", FILES_TYPE, form_with_a_file(a, 8 << 20))), 413);  /* heard to its end */
    server_stop(r.server);
}

TEST(a_form_with_files_over_the_limit_is_refused_before_it_is_read)
{
    struct running r = start(a);
    Str sent = raw(a, &r, str_f(a, "POST /en/files HTTP/1.1\r\nHost: x\r\n" FILES_TYPE "Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", UPLOAD_BODY_MAX + 1));
    CHECK_INT(status_of(sent), 413);
    CHECK(str_has(sent, S("larger than 40 MB")));
    server_stop(r.server);
}

TEST(only_so_many_large_bodies_of_an_address_arrive_at_once_and_one_that_is_cut_off_makes_room)
{
    struct running r = start(a);
    int held[4];
    char answer[25];
    const char *begin = "POST /files HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" FILES_TYPE "Content-Length: 5000000\r\nExpect: 100-continue\r\n\r\n";
    for (size_t i = 0; i < COUNT(held); i++) {
        held[i] = connect_to(r.port);
        send_all(held[i], str_of(begin));
        CHECK_INT(recv(held[i], answer, sizeof answer, MSG_WAITALL), sizeof answer);
        CHECK(str_starts((Str){ answer, sizeof answer }, S("HTTP/1.1 100 Continue")));
    }
    Str refused = raw(a, &r, str_of(begin));
    CHECK_INT(status_of(refused), 503);
    CHECK_STR(header_of(a, refused, "Retry-After"), S("5"));
    shutdown(held[0], SHUT_RDWR);                           /* cut off: nothing is answered, its place is free */
    CHECK_STR(read_all(a, held[0]), S(""));
    Str taken;
    do taken = post(a, &r, "/files", FILES_TYPE, form_with_a_file(a, 2 << 20));
    while (status_of(taken) == 503);                        /* until the server has seen it      */
    CHECK_INT(status_of(taken), 200);
    for (size_t i = 1; i < COUNT(held); i++) close(held[i]);
    server_stop(r.server);
}

TEST(two_lengths_of_one_body_are_refused)
{
    struct running r = start(a);
    Str sent = raw(a, &r, S("POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" FORM_TYPE "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    CHECK_INT(status_of(sent), 400);
    server_stop(r.server);
}

TEST(only_a_method_that_may_change_something_can_write)
{
    struct running r = start(a);
    CHECK_INT(status_of(post(a, &r, "/row", FORM_TYPE, S(""))), 200);
    CHECK_INT(status_of(ask(a, &r, "GET /row", "")), 403);  /* the handle itself refuses         */
    CHECK_INT(status_of(post(a, &r, "/row", FORM_TYPE, S(""))), 200);
    server_stop(r.server);
}

TEST(the_server_tells_who_asks)
{
    struct running r = start(a);
    Str answer = ask(a, &r, "GET /head", "Authorization: Bearer t\r\nOrigin: https://o\r\nSec-Fetch-Site: none\r\nIf-Match: \"1\"\r\nIdempotency-Key: k\r\n"
                                         "User-Agent: u\r\nAccept-Language: vi\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7, 203.0.113.9\r\n");
    CHECK_STR(body_of(answer), S("203.0.113.9|Bearer t|https://o|none|\"1\"|k|u|vi"));
    server_stop(r.server);
}

TEST(what_is_asked_with_a_session_or_a_token_is_made_anew_and_kept_for_nobody)
{
    struct running r = start(a);
    static const char *const personal[] = { "Cookie: a=b; __Host-session=s\r\n", "Authorization: Bearer x\r\n" };
    for (int i = 0; i < 2; i++) ask(a, &r, "GET /page", "");
    CHECK_INT(rendered, 1);
    for (size_t i = 0; i < COUNT(personal); i++)
        for (int k = 0; k < 2; k++) ask(a, &r, "GET /page", personal[i]);
    CHECK_INT(rendered, 5);
    ask(a, &r, "GET /head", "Authorization: Bearer x\r\n");
    CHECK(!str_has(ask(a, &r, "GET /head", ""), S("Bearer")));
    CHECK_STR(header_of(a, ask(a, &r, "GET /assets/app.12345678.css", personal[0]), "Vary"), S("Accept-Encoding"));
    server_stop(r.server);
}

TEST(limits_of_address_and_headers_are_held)
{
    struct running r = start(a);
    char *many = NEW_ARRAY(a, char, 60001);
    memset(many, 'a', 60000);
    CHECK_INT(status_of(ask(a, &r, str_z(a, str_f(a, "GET /page?q=%.9000s", many)), "")), 414);
    CHECK_INT(status_of(ask(a, &r, str_z(a, str_f(a, "GET /page?q=%s", many)), "")), 414);
    CHECK_INT(status_of(ask(a, &r, "GET /page", str_z(a, str_f(a, "X: %s\r\n", many)))), 431);
    CHECK_INT(status_of(ask(a, &r, "GET /page?q=%FF", "")), 400);
    CHECK_INT(status_of(ask(a, &r, "GET /page", "")), 200);
    server_stop(r.server);
}

TEST(bytes_that_are_no_request_do_no_harm)
{
    struct running r = start(a);
    static const Str wrong[] = {
        S_("\r\n\r\n"), S_("GET\r\n\r\n"), S_("\0\0\0\0\r\n\r\n"), S_("GET /\x01\xff HTTP/1.1\r\nHost: x\r\n\r\n"),
        S_("GET / HTTP/9.9\r\n\r\n"), S_("GET /page HTTP/1.1\r\n\r\n"), S_("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"),
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        int fd = connect_to(r.port);
        send_all(fd, wrong[i]);
        shutdown(fd, SHUT_WR);
        read_all(a, fd);
    }
    CHECK_INT(status_of(ask(a, &r, "GET /page", "")), 200);
    server_stop(r.server);
}

TEST(a_slow_reader_holds_no_slot)
{
    struct running r = start(a);
    int slow[8];
    for (size_t i = 0; i < COUNT(slow); i++) {      /* more than there are slots; none reads      */
        slow[i] = connect_to(r.port);
        send_all(slow[i], S("GET /all.csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    }
    for (int i = 0; i < 4; i++) CHECK_STR(body_of(ask(a, &r, "GET /db", "")), S("42"));
    for (size_t i = 0; i < COUNT(slow); i++) CHECK_INT(body_of(read_all(a, slow[i])).n, 200000 * 9);
    server_stop(r.server);
}

TEST(one_address_has_only_so_many_connections)
{
    struct config c = config_for(database(a));
    c.per_address = 2;
    struct running r = start_with(a, &c);
    int held[2];
    Str line = S("GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
    char answer[1];
    for (size_t i = 0; i < COUNT(held); i++) {
        held[i] = connect_to(r.port);
        send_all(held[i], line);
        CHECK_INT(recv(held[i], answer, 1, 0), 1);
    }
    CHECK_STR(raw(a, &r, line), S(""));
    for (size_t i = 0; i < COUNT(held); i++) close(held[i]);
    server_stop(r.server);
}

/* The server as a process of its own; its first words give the port. */
static pid_t start_process(const struct config *c, int *port)
{
    int said[2];
    CHECK(!pipe(said));
    pid_t child = fork();
    CHECK(child >= 0);
    if (!child) {
        dup2(said[1], STDOUT_FILENO);
        _exit(err_exit(server_run(c, &application, &(Message){ 0 })));
    }
    FILE *f = fdopen(said[0], "r");
    close(said[1]);
    CHECK(f && fscanf(f, "serving http://127.0.0.1:%d", port) == 1);
    fclose(f);
    return child;
}

TEST(a_server_told_to_stop_finishes_what_it_is_answering)
{
    struct config c = config_for(database(a));
    char byte = 0;
    int port, status;
    CHECK(!pipe(started) && !pipe(go_on));
    pid_t child = start_process(&c, &port);
    int fd = connect_to(port);
    send_all(fd, S("GET /wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    CHECK_INT(read(started[0], &byte, 1), 1);
    CHECK(!kill(child, SIGTERM));
    CHECK_INT(write(go_on[1], &byte, 1), 1);
    CHECK_STR(body_of(read_all(a, fd)), S("finished"));
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

struct crowd { const struct running *server; atomic_int right; };

static void *member(void *arg)
{
    struct crowd *crowd = arg;
    struct arena a = arena_make(64 << 20, NULL);
    static const char *const lines[] = { "GET /page", "GET /fresh", "GET /db", "GET /page?x=1", "GET /nothing", "GET /en/page" };
    for (size_t i = 0; i < 30; i++) {
        int status = status_of(ask(&a, crowd->server, lines[i % COUNT(lines)], i % 2 ? "Accept-Encoding: gzip\r\n" : ""));
        if (i % 10 == 0) version++;
        crowd->right += status == (i % COUNT(lines) == 4 ? 404 : 200);
        arena_reset(&a);
    }
    arena_free(&a);
    return NULL;
}

TEST(many_clients_at_once_while_the_data_change_are_all_answered)
{
    struct running r = start(a);
    struct crowd crowd = { .server = &r };
    pthread_t threads[16];
    for (size_t i = 0; i < COUNT(threads); i++) CHECK(!pthread_create(&threads[i], NULL, member, &crowd));
    for (size_t i = 0; i < COUNT(threads); i++) pthread_join(threads[i], NULL);
    CHECK_INT(crowd.right, 16 * 30);
    server_stop(r.server);
}

TEST(a_port_that_is_taken_or_no_address_is_an_error)
{
    struct running r = start(a);
    struct server *other;
    struct config c = { .db = S("sqlite:x"), .connections = 10, .per_address = 10, .slots = 1, .timeout = 15 };
    c.listen = str_f(a, "127.0.0.1:%d", r.port);
    Message why = NO_MESSAGE;
    CHECK_INT(server_start(&c, &r.app, &other, &why), ERR_BUSY);
    CHECK(str_starts(message_str(a, EN, why), c.listen));
    c.listen = S("nowhere");
    CHECK_INT(server_start(&c, &r.app, &other, &why), ERR_INVALID);
    CHECK(str_has(message_str(a, EN, why), c.listen));
    server_stop(r.server);
}
