#include "test.h"
#include "web/request.h"

static struct request request_for(struct arena *a, const char *target)
{
    return (struct request){ .a = a, .actor = VISITING, .head = { .method = GET, .target = str_of(target) } };
}

static struct request good(struct arena *a, const char *target)
{
    struct request q = request_for(a, target);
    int status;
    Message why = NO_MESSAGE;
    CHECK_INT(request_read(&q, &status, &why), OK);
    return q;
}

static int bad(struct request q)
{
    int status = 0;
    Message why = NO_MESSAGE;
    CHECK(request_read(&q, &status, &why) != OK);
    return status;
}

TEST(an_address_says_language_page_form_and_state)
{
    struct request q = good(a, "/en/enterprise/0123.csv?field=mould");
    CHECK_INT(q.lang, EN);
    CHECK_INT(q.as, AS_CSV);
    CHECK_STR(q.path, S("/enterprise/0123"));
    CHECK_INT(q.segments, 2);
    CHECK_STR(q.segment[1], S("0123"));
    CHECK_STR(params_get(&q.query, "field"), S("mould"));
}

TEST(vietnamese_is_at_the_root_and_english_below_en)
{
    static const struct { const char *target, *path; enum lang lang; } cases[] = {
        { "/", "/", VI }, { "/en", "/", EN }, { "/en/", "/", EN }, { "/english", "/english", VI },
        { "/en/zone", "/zone", EN }, { "/?q=1", "/", VI }, { "/en?q=1", "/", EN },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct request q = good(a, cases[i].target);
        CHECK_INT(q.lang, cases[i].lang);
        CHECK_STR(q.path, str_of(cases[i].path));
    }
}

TEST(the_home_page_is_to_be_had_as_data_too)
{
    struct request q = good(a, "/en/.json");
    CHECK_INT(q.as, AS_JSON);
    CHECK_STR(q.path, S("/"));
    CHECK_STR(request_url_as(&q, AS_JSON), S("/en/.json"));
}

TEST(the_language_switch_stays_on_the_page_and_its_state)
{
    struct request q = good(a, "/directory?field=mould&q=khu%C3%B4n");
    CHECK_STR(request_url_in(&q, EN), S("/en/directory?field=mould&q=khu%C3%B4n"));
    struct request back = good(a, "/en/directory?field=mould&q=khu%C3%B4n");
    CHECK_STR(request_url_in(&back, VI), S("/directory?field=mould&q=khu%C3%B4n"));
    CHECK_STR(request_url_as(&back, AS_XLSX), S("/en/directory.xlsx?field=mould&q=khu%C3%B4n"));
    CHECK_STR(request_link(&back, S("/zone")), S("/en/zone"));
}

TEST(segments_are_decoded_each_for_itself)
{
    struct request q = good(a, "/zone/a%2Fb/%C4%91");
    CHECK_INT(q.segments, 3);
    CHECK_STR(q.segment[1], S("a/b"));
    CHECK_STR(q.segment[2], S("đ"));
}

TEST(a_broken_address_is_refused)
{
    static const struct { const char *target; int status; } cases[] = {
        { "", 400 }, { "directory", 400 }, { "http://other/", 400 }, { "*", 400 },
        { "/%", 400 }, { "/%FF", 400 }, { "/a%00b", 400 }, { "/a\x01", 400 }, { "/?q=%FF", 400 },
        { "//example.com/", 404 }, { "/a//b", 404 }, { "/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7", 404 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) CHECK_INT(bad(request_for(a, cases[i].target)), cases[i].status);
}

TEST(an_address_over_the_limit_is_414_in_the_readers_language)
{
    struct buf b = buf_make(a);
    put_z(&b, "/en/directory?q=");
    while (b.n <= TARGET_MAX) put_c(&b, 'a');
    struct request q = { .a = a, .head = { .method = GET, .target = buf_str(&b) } };
    int status;
    Message why;
    CHECK_INT(request_read(&q, &status, &why), ERR_TOO_BIG);
    CHECK_INT(status, 414);
    CHECK_INT(q.lang, EN);
}

static struct request form_of(struct arena *a, const char *type, Str body)
{
    struct request q = request_for(a, "/feedback");
    q.head.method = POST;
    q.head.content_type = str_of(type);
    q.head.body = body;
    return q;
}

static int body_status(struct request q, unsigned taken)
{
    int status = 200;
    Message why = NO_MESSAGE;
    CHECK_INT(request_read(&q, &status, &why), OK);
    return request_read_body(&q, taken, &status, &why) ? status : 200;
}

TEST(a_form_is_read)
{
    struct request q = form_of(a, "application/x-www-form-urlencoded; charset=UTF-8", S("name=B%C3%B9i&note=1%0D%0A2"));
    int status;
    Message why;
    CHECK_INT(request_read_body(&q, BODY_FORM, &status, &why), OK);
    CHECK_STR(params_get(&q.form, "name"), S("Bùi"));
    CHECK_STR(params_get(&q.form, "note"), S("1\n2"));
}

TEST(a_form_with_files_is_read)
{
    struct request q = form_of(a, "multipart/form-data; boundary=x", S("--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nHà\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"drawing\"; filename=\"a.pdf\"\r\n\r\n%PDF-\0\r\n--x--\r\n"));
    int status;
    Message why;
    CHECK_INT(request_read_body(&q, BODY_FORM | BODY_FILES, &status, &why), OK);
    CHECK_STR(params_get(&q.form, "note"), S("Hà"));
    CHECK_INT(q.files_n, 1);
    CHECK_STR(q.files[0].file_name, S("a.pdf"));
    CHECK_STR(q.files[0].bytes, S("%PDF-\0"));
}

TEST(a_body_is_taken_only_as_what_the_address_takes)
{
    static const struct { const char *type; unsigned taken; int status; } cases[] = {
        { "application/x-www-form-urlencoded", BODY_FORM, 200 },  { "Application/X-WWW-Form-Urlencoded ; charset=utf-8", BODY_FORM, 200 },
        { "application/json",                  BODY_FORM, 415 },  { "application/json",                   BODY_JSON, 200 },
        { "application/merge-patch+json",      BODY_JSON, 200 },  { "text/plain",                         BODY_JSON, 415 },
        { "application/x-www-form-urlencoded", BODY_JSON, 415 },  { "",                                   BODY_FORM, 415 },
        { "multipart/form-data; boundary=x",   BODY_FORM, 415 },  { "multipart/form-data; boundary=x",    BODY_FILES, 400 },
        { "multipart/form-data",               BODY_FILES, 400 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) CHECK_INT(body_status(form_of(a, cases[i].type, S("a=1")), cases[i].taken), cases[i].status);
    CHECK_INT(body_status(form_of(a, "text/plain", S("")), BODY_FORM), 200);
    CHECK_INT(body_status(form_of(a, "application/x-www-form-urlencoded", S("a=%FF")), BODY_FORM), 400);
    CHECK_INT(body_status(form_of(a, "application/x-www-form-urlencoded", (Str){ "", BODY_MAX + 1 }), BODY_FORM), 413);
}

TEST(a_cookie_of_a_session_or_a_token_makes_the_answer_personal)
{
    CHECK(!request_personal(&(struct request_head){ .cookie = S("__Host-form=x; theme=dark") }));
    CHECK(request_personal(&(struct request_head){ .cookie = S("theme=dark; __Host-session=x") }));
    CHECK(request_personal(&(struct request_head){ .authorization = S("Bearer mx_1") }));
}

TEST(cookies_are_found_by_their_whole_name)
{
    struct request q = request_for(a, "/");
    q.head.cookie = S("xlang=1; lang=en;theme=dark");
    CHECK_STR(request_cookie(&q, "lang"), S("en"));
    CHECK_STR(request_cookie(&q, "theme"), S("dark"));
    CHECK_STR(request_cookie(&q, "them"), S(""));
}
