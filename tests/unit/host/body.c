#include "test.h"
#include "base/date.h"
#include "host/body.h"

static Str piece_of(struct arena *a, size_t n)
{
    char *p = NEW_ARRAY(a, char, n);
    memset(p, 'x', n);
    return (Str){ p, n };
}

static size_t places_taken(const struct bodies *all)
{
    size_t n = 0;
    for (size_t i = 0; i < UPLOADS; i++) n += all->from[i] != 0;
    return n;
}

TEST(a_body_is_the_pieces_it_came_in)
{
    struct bodies all;
    bodies_open(&all);
    struct body b;
    Str got;
    CHECK(body_begin(&b, &all, S("::1"), 0, BODY_MAX));
    CHECK(body_add(&b, S("name="), b.began) && body_add(&b, S("Hà"), b.began));
    CHECK(body_end(&b, &got));
    CHECK_STR(got, S("name=Hà"));
    CHECK_INT(all.in_memory, 8);
    body_drop(&b);
    CHECK_INT(all.in_memory, 0);
}

TEST(a_large_body_takes_a_file_and_no_memory)
{
    struct bodies all;
    bodies_open(&all);
    struct body b;
    Str piece = piece_of(a, 1 << 20), got;
    CHECK(body_begin(&b, &all, S("::1"), 30 << 20, UPLOAD_BODY_MAX));
    for (int i = 0; i < 30; i++) CHECK(body_add(&b, piece, b.began));
    CHECK(body_end(&b, &got));
    CHECK_INT(got.n, 30 << 20);
    CHECK(got.p[0] == 'x' && got.p[got.n - 1] == 'x');
    CHECK_INT(arena_used(&b.arena), 0);
    CHECK_INT(places_taken(&all), 1);
    body_drop(&b);
    CHECK_INT(places_taken(&all), 0);
}

/* Sent in two pieces; 0: the connection is to be closed. */
static int status_after(struct body *b, struct bodies *all, size_t length, size_t most, Str piece, int64_t seconds)
{
    Str got;
    int64_t then = time_ticks() + seconds * SECONDS;
    body_begin(b, all, S("::1"), length, most);
    if (!body_add(b, piece, then) || !body_add(b, piece, then)) return 0;
    return body_end(b, &got) ? 200 : b->failed;
}

TEST(what_is_too_large_is_heard_to_its_end_and_what_is_too_slow_is_given_up)
{
    struct bodies all;
    struct body b;
    static const struct { size_t length, most, piece; int64_t seconds; int status; } cases[] = {
        { 20, BODY_MAX, 10, 0, 200 },                        { BODY_MAX + 1, BODY_MAX, 1, 0, 413 },
        { UPLOAD_BODY_MAX + 1, UPLOAD_BODY_MAX, 1, 0, 413 }, { 0, UPLOAD_BODY_MAX, BODY_MAX, 0, 413 },
        { 0, UPLOAD_BODY_MAX, UPLOAD_BODY_MAX, 0, 0 },       { 20, BODY_MAX, 10, PATIENCE_S - 1, 200 },
        { 20, BODY_MAX, 10, PATIENCE_S + 2, 0 },             { BODY_MAX, BODY_MAX, BODY_MAX / 2, PATIENCE_S + 2, 200 },
    };
    bodies_open(&all);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_INT(status_after(&b, &all, cases[i].length, cases[i].most, piece_of(a, cases[i].piece), cases[i].seconds), cases[i].status);
        body_drop(&b);
        CHECK_INT(all.in_memory + places_taken(&all), 0);
    }
    bodies_close(&all);
}

TEST(all_bodies_together_have_so_much_room)
{
    struct bodies all;
    bodies_open(&all);
    struct body b[BODIES_ROOM / BODY_MAX + 1];
    Str piece = piece_of(a, BODY_MAX / 2);
    for (size_t i = 0; i < COUNT(b); i++) CHECK_INT(status_after(&b[i], &all, BODY_MAX, BODY_MAX, piece, 0), i + 1 < COUNT(b) ? 200 : 503);
    for (size_t i = 0; i < COUNT(b); i++) body_drop(&b[i]);
    CHECK_INT(status_after(&b[0], &all, BODY_MAX, BODY_MAX, piece, 0), 200);
    body_drop(&b[0]);
    CHECK_INT(all.in_memory, 0);
}

TEST(one_address_cannot_take_all_places_for_files)
{
    struct bodies all;
    struct body b[UPLOADS + UPLOADS_EACH];
    size_t n = 0, refused = 0;
    bodies_open(&all);
    for (int address = 0; address < UPLOADS / UPLOADS_EACH; address++) {
        struct body more;
        for (int i = 0; i < UPLOADS_EACH; i++) CHECK(body_begin(&b[n++], &all, str_f(a, "192.0.2.%d", address), BODY_MAX + 1, UPLOAD_BODY_MAX));
        if (!body_begin(&more, &all, str_f(a, "192.0.2.%d", address), BODY_MAX + 1, UPLOAD_BODY_MAX)) refused++;
        body_drop(&more);
    }
    CHECK_INT(refused, UPLOADS / UPLOADS_EACH);
    CHECK(!body_begin(&b[n], &all, S("192.0.2.200"), BODY_MAX + 1, UPLOAD_BODY_MAX));
    CHECK_INT(b[n].failed, 503);
    body_drop(&b[n]);
    body_drop(&b[0]);
    CHECK(body_begin(&b[0], &all, S("192.0.2.200"), BODY_MAX + 1, UPLOAD_BODY_MAX));
    for (size_t i = 0; i < n; i++) body_drop(&b[i]);
    CHECK_INT(places_taken(&all), 0);
    bodies_close(&all);
}
