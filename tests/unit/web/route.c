#include "test.h"
#include "web/route.h"

static enum err say_home(UNUSED struct request *q, struct reply *r) { return reply_body(r, TYPE_TEXT, S("home")); }

static enum err say_id(struct request *q, struct reply *r)
{
    return reply_body(r, TYPE_TEXT, request_capture(q, "id"));
}

static enum err say_missing(struct request *q, struct reply *r)
{
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no enterprise {1}."), request_capture(q, "id")));
}

static enum err take_all_room(struct request *q, UNUSED struct reply *r)
{
    FILE *f;
    TRY(reply_download(q, r, TYPE_CSV, S("x.csv"), &f));
    for (;;) NEW_ARRAY(q->a, char, 1 << 16);
}

static enum err download(struct request *q, struct reply *r)
{
    FILE *f;
    TRY(reply_download(q, r, TYPE_CSV, S("danh bạ \"1\".csv"), &f));
    fputs("a,b\r\n", f);
    return OK;
}


static const struct route rows[] = {
    { GET,  "/",                 AS_PAGE,           ANYONE,  say_home,      CACHE_VERSION },
    { GET,  "/enterprise/new",   AS_PAGE,           OFFICER, say_id,        CACHE_NEVER },
    { GET,  "/enterprise/{id}",  AS_PAGE | AS_JSON, ANYONE,  say_id,        CACHE_VERSION },
    { POST, "/enterprise/{id}",  AS_PAGE,           ANYONE,  say_id,        CACHE_NEVER },
    { GET,  "/missing/{id}",     AS_PAGE | AS_JSON, ANYONE,  say_missing,   CACHE_VERSION },
    { GET,  "/huge",             AS_PAGE,           ANYONE,  take_all_room, CACHE_VERSION },
    { GET,  "/list",             AS_CSV,            ANYONE,  download,      CACHE_NEVER },
};
static const struct site site = { rows, COUNT(rows), NULL };

static struct reply ask(struct arena *a, enum method method, const char *target)
{
    struct request q = { .a = a, .actor = VISITING, .head = { .method = method, .target = str_of(target) } };
    struct reply r;
    route_run(&site, &q, &r);
    return r;
}

static Str header_of(const struct reply *r, const char *name)
{
    for (size_t i = 0; i < r->header_n; i++)
        if (!strcmp(r->headers[i].name, name)) return r->headers[i].value;
    return (Str){ 0 };
}

TEST(a_path_finds_its_handler_and_its_captures)
{
    struct reply r = ask(a, GET, "/enterprise/HN-0001?x=1");
    CHECK_INT(r.status, 200);
    CHECK_INT(r.cache, CACHE_VERSION);
    CHECK_STR(r.body, S("HN-0001"));
    CHECK_STR(ask(a, GET, "/en").body, S("home"));
    CHECK_STR(ask(a, HEAD, "/").body, S("home"));
}

TEST(an_address_nobody_has_is_a_page_that_says_so)
{
    struct reply r = ask(a, GET, "/en/nothing/here");
    CHECK_INT(r.status, 404);
    CHECK_INT(r.cache, CACHE_NEVER);
    CHECK_STR(r.type, TYPE_HTML);
    CHECK(str_has(r.body, S("<html lang=\"en\">")));
    CHECK(str_has(r.body, S("There is no page at this address.")));
    CHECK(str_has(ask(a, GET, "/nothing").body, S("<html lang=\"vi\">")));
    CHECK_INT(ask(a, GET, "/enterprise").status, 404);
    CHECK_INT(ask(a, GET, "/enterprise/1/2").status, 404);
    CHECK_INT(ask(a, GET, "/../etc/passwd").status, 404);
    CHECK_INT(ask(a, GET, "/enterprise/%2e%2e/x").status, 404);
}

TEST(data_asked_for_and_not_there_are_problem_details)
{
    struct reply r = ask(a, GET, "/en/missing/7.json");
    CHECK_INT(r.status, 404);
    CHECK_STR(r.type, S("application/problem+json; charset=utf-8"));
    CHECK_STR(r.body, S("{\"title\":\"Not found\",\"status\":404,\"detail\":\"There is no enterprise 7.\"}"));
}

TEST(what_an_error_page_repeats_is_escaped)
{
    struct reply r = ask(a, GET, "/missing/%3Cscript%3E");
    CHECK(str_has(r.body, S("&lt;script&gt;")));
    CHECK(!str_has(r.body, S("<script>")));
}

TEST(another_method_is_refused_with_those_allowed)
{
    struct reply r = ask(a, DELETE, "/enterprise/1");
    CHECK_INT(r.status, 405);
    CHECK_STR(header_of(&r, "Allow"), S("GET, POST, HEAD, OPTIONS"));
    CHECK_INT(ask(a, (enum method)0, "/").status, 405);
    CHECK_INT(ask(a, DELETE, "/nothing").status, 404);
}

TEST(options_are_answered)
{
    struct reply r = ask(a, OPTIONS, "/");
    CHECK_INT(r.status, 204);
    CHECK_STR(header_of(&r, "Allow"), S("GET, HEAD, OPTIONS"));
    CHECK_INT(ask(a, OPTIONS, "*").status, 204);
    CHECK_INT(ask(a, OPTIONS, "/nothing").status, 404);
}

TEST(an_address_of_the_api_answers_errors_as_data)
{
    struct reply r = ask(a, GET, "/en/api/v1/nothing");
    CHECK_INT(r.status, 404);
    CHECK_STR(r.type, S("application/problem+json; charset=utf-8"));
}

TEST(a_form_of_data_that_is_not_offered_is_404)
{
    CHECK_INT(ask(a, GET, "/enterprise/1.json").status, 200);
    CHECK_INT(ask(a, GET, "/enterprise/1.xlsx").status, 404);
    CHECK_INT(ask(a, GET, "/list").status, 404);
}

TEST(a_final_slash_leads_to_the_one_address_of_the_page)
{
    struct reply r = ask(a, GET, "/en/enterprise/1/?q=a");
    CHECK_INT(r.status, 308);
    CHECK_STR(header_of(&r, "Location"), S("/en/enterprise/1?q=a"));
    CHECK_INT(ask(a, GET, "//example.com/").status, 404);
}

TEST(a_page_that_takes_all_its_room_is_413_and_its_file_is_closed)
{
    struct arena small = arena_make(4 << 20, NULL);
    struct reply r = ask(&small, GET, "/en/huge?q=1");
    CHECK_INT(r.status, 413);
    CHECK(!r.file);
    CHECK(str_has(r.body, S("This page is too large.")));
    arena_free(&small);
}

TEST(a_download_is_a_file_under_its_name_in_any_script)
{
    struct reply r = ask(a, GET, "/list.csv");
    char line[16];
    CHECK_INT(r.status, 200);
    CHECK_STR(header_of(&r, "Content-Disposition"),
              S("attachment; filename=\"danh_b_____1_.csv\"; filename*=UTF-8''danh%20b%E1%BA%A1%20%221%22.csv"));
    rewind(r.file);
    CHECK(fgets(line, sizeof line, r.file) != NULL);
    CHECK_STR(str_of(line), S("a,b\r\n"));
    fclose(r.file);
}

TEST(the_table_can_be_read)
{
    struct buf b = buf_make(a);
    put_routes(&b, &site);
    CHECK(str_has(buf_str(&b), S("GET     /enterprise/{id}                 page json | anyone | cached\n")));
}
