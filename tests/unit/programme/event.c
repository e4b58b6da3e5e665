/* event.c - events: which sites lie in an area, who is asked, and what an answer by link changes. */
#include "fixture.h"

#include "model/desk/mail.h"
#include "model/flow/task.h"
#include "programme/network/event.h"

#include <math.h>

/* ---- places --------------------------------------------------------------------------------- */

static struct spot spot_of(const char *text)
{
    struct spot s;
    CHECK(spot_read(str_of(text), &s));
    return s;
}

TEST(the_distance_of_two_places_is_that_of_the_great_circle)
{
    double hanoi_saigon = spot_km(spot_of("21.0285,105.8542"), spot_of("10.7769,106.7009"));
    CHECK(fabs(hanoi_saigon - 1143.5) < 1);
    CHECK(fabs(spot_km(spot_of("0,179"), spot_of("0,-179")) - 222.4) < 0.1);
    CHECK(isnan(spot_km((struct spot){ NAN, NAN }, spot_of("0,0"))));
}

TEST(a_polygon_has_what_lies_within_its_corners)
{
    struct area l = { .centre = { NAN, NAN } };
    Message wrong = polygon_read(a, S("0,0; 0,2; 1,2; 1,1; 2,1; 2,0;"), &l.corner, &l.corners);
    CHECK(!wrong.id);
    CHECK_INT((long long)l.corners, 6);
    CHECK(area_has_spot(&l, spot_of("0.5,1.5")));
    CHECK(area_has_spot(&l, spot_of("1.5,0.5")));
    CHECK(!area_has_spot(&l, spot_of("1.5,1.5")));
    CHECK(!area_has_spot(&l, spot_of("-0.5,0.5")));
}

TEST(a_polygon_that_is_none_is_refused)
{
    const struct spot *corners;
    size_t n;
    static const char *const bad[] = { "", "0,0; 1,1", "0,0; 1,1; here", "0,0; 1,1; 91,0", "0,0; 1,1; 1", "0,0; 1,1; nan,1" };
    for (size_t i = 0; i < COUNT(bad); i++) CHECK(polygon_read(a, str_of(bad[i]), &corners, &n).id);
    struct buf many = buf_make(a);
    for (int i = 0; i <= POLYGON_MOST; i++) put_z(&many, "1,1;");
    CHECK(polygon_read(a, buf_str(&many), &corners, &n).id);
}

/* ---- a register with places ------------------------------------------------------------------- */

static enum err save_it(struct work *w, void *arg)
{
    bool changed;
    return record_save(w, NULL, arg, &changed);
}

static struct record *made(struct work *w, struct record *r)
{
    CHECK_INT(work_write(w, save_it, r), OK);
    return r;
}

static struct record *firm_named(struct work *w, const char *name, const char *ward, const char *place)
{
    struct record *r = record_make(w->a, &enterprise);
    r->v[ENTERPRISE_NAME_VI] = v_text(str_of(name));
    if (ward) r->v[ENTERPRISE_WARD] = v_text(str_of(ward));
    if (place) r->v[ENTERPRISE_PLACE] = v_text(str_of(place));
    return r;
}

static void add_site(struct work *w, struct record *firm, const char *name, const char *kind, const char *ward)
{
    struct record *s = record_add(w->a, firm, ENTERPRISE_SITES);
    s->v[0] = v_text(str_of(name));
    s->v[1] = v_text(str_of(kind));
    if (ward) s->v[2] = v_text(str_of(ward));
}

static struct record *flood_in(struct work *w, const char *ward)
{
    struct record *r = record_make(w->a, &event);
    r->v[EVENT_NAME] = v_text(S("Ngập sau bão"));
    r->v[EVENT_KIND] = v_text(S("flood"));
    r->v[EVENT_STARTED] = v_text(S("2026-11-21"));
    if (ward) r->v[EVENT_WARDS] = v_text(str_f(w->a, ";%s;", ward));
    return made(w, r);
}

static enum err step(struct work *w, const struct record *r, const char *name, const char *note)
{
    Message why;
    return step_take(w, r->e, r->id, 0, step_named(r->e, str_of(name)), str_of(note), &why);
}

static struct records hit_by(struct work *w, const struct record *e)
{
    struct records all;
    CHECK_INT(event_sites(w, e->id, true, &all), OK);
    return all;
}

#define BA_DINH "2025/00004"
#define NGOC_HA "2025/00008"

TEST_REGISTER(opening_an_event_finds_the_sites_in_its_wards)
{
    struct record *here = made(w, firm_named(w, "Đúc Ba Đình", BA_DINH, NULL)), *two = firm_named(w, "Hai xưởng", NGOC_HA, NULL);
    made(w, firm_named(w, "Nơi khác", NGOC_HA, NULL));
    add_site(w, two, "Xưởng 1", "factory", BA_DINH);
    add_site(w, two, "Xưởng 2", "factory", NGOC_HA);
    add_site(w, two, "Văn phòng", "office", BA_DINH);
    made(w, two);
    struct record *e = flood_in(w, BA_DINH);
    CHECK_INT((long long)hit_by(w, e).n, 0);
    CHECK_INT(step(w, e, "open", ""), OK);
    struct records sites = hit_by(w, e);
    CHECK_INT((long long)sites.n, 2);
    CHECK_INT(v_i64(sites.p[0]->v[EVENT_SITE_ENTERPRISE]), here->id);
    CHECK(!v_is(sites.p[0]->v[EVENT_SITE_SITE]));
    CHECK_STR(v_str(sites.p[1]->v[EVENT_SITE_SITE]), S("Xưởng 1"));
    CHECK_INT(event_count(&sites).possible, 2);
    check_log(w);
}

TEST_REGISTER(a_part_of_an_enterprise_in_an_area_is_told_from_all_of_it)
{
    struct record *two = firm_named(w, "Hai xưởng", NULL, "21.00000,105.00000");
    add_site(w, two, "Xưởng 1", "factory", BA_DINH);
    add_site(w, two, "Xưởng 2", "factory", NULL);
    made(w, two);
    struct placed_list found;
    CHECK_INT(area_sites(w, &(struct area){ .wards = v_text(S(";" BA_DINH ";")), .centre = { NAN, NAN } }, &found), OK);
    CHECK_INT((long long)found.n, 1);
    CHECK_INT(found.p[0].of, 2);
    CHECK_INT(area_sites(w, &(struct area){ .centre = { 21.05, 105 }, .radius = 6 }, &found), OK);
    CHECK_INT((long long)found.n, 1);
    CHECK_STR(found.p[0].name, S("Xưởng 2"));
    CHECK_INT(area_sites(w, &(struct area){ .centre = { NAN, NAN }, .provinces = v_text(S(";2025/01;")) }, &found), OK);
    CHECK_STR(found.p[0].name, S("Xưởng 1"));
}

TEST_REGISTER(finding_again_adds_only_what_is_new)
{
    made(w, firm_named(w, "Đúc Ba Đình", BA_DINH, NULL));
    struct record *e = flood_in(w, BA_DINH);
    CHECK_INT(step(w, e, "open", ""), OK);
    made(w, firm_named(w, "Mới đến", BA_DINH, NULL));
    CHECK_INT(step(w, e, "close", ""), OK);
    CHECK_INT(step(w, e, "reopen", "Nước lại lên"), OK);
    CHECK_INT((long long)hit_by(w, e).n, 2);
}

TEST_REGISTER(an_event_without_an_area_or_with_half_a_circle_is_not_opened)
{
    struct record *e = flood_in(w, NULL);
    int field = -1;
    CHECK_INT(step(w, e, "open", ""), ERR_INVALID);
    e->v[EVENT_CENTRE] = v_text(S("21.00000,105.00000"));
    CHECK(event.check(w, e, &field).id);
    CHECK_INT(field, EVENT_RADIUS);
    e->v[EVENT_RADIUS] = v_real(5);
    CHECK(!event.check(w, e, &field).id);
    e->v[EVENT_ENDED] = v_text(S("2026-11-20"));
    CHECK(event.check(w, e, &field).id);
}

TEST_REGISTER(a_ward_works_on_its_own_sites_and_no_others)
{
    made(w, firm_named(w, "Đúc Ba Đình", BA_DINH, NULL));
    made(w, firm_named(w, "Ngọc Hà", NGOC_HA, NULL));
    struct record *e = flood_in(w, BA_DINH);
    e->v[EVENT_WARDS] = v_text(S(";" BA_DINH ";" NGOC_HA ";"));
    struct record *both = record_copy(a, e);
    both->id = 0;
    made(w, both);
    CHECK_INT(step(w, both, "open", ""), OK);
    struct work *ward = someone(w, "phuong@vidu.vn", "ward", 0, BA_DINH);
    struct records all = hit_by(w, both), theirs = hit_by(ward, both);
    CHECK_INT((long long)all.n, 2);
    CHECK_INT((long long)theirs.n, 1);
    CHECK_INT(step(ward, theirs.p[0], "confirm", ""), OK);
    CHECK_INT(step(ward, all.p[1], "confirm", ""), ERR_DENIED);
    CHECK_INT(step(work_of(w, LEADER), all.p[1], "confirm", ""), ERR_DENIED);
}

TEST_REGISTER(hundreds_of_sites_are_no_tasks_but_the_event_is_one)
{
    struct tasks tasks;
    made(w, firm_named(w, "Đúc Ba Đình", BA_DINH, NULL));
    struct record *e = flood_in(w, BA_DINH);
    CHECK_INT(step(w, e, "open", ""), OK);
    CHECK_INT(tasks_of(w, 10, &tasks), OK);
    CHECK_INT((long long)tasks.n, 1);
    CHECK(tasks.p[0].e == &event);
}

/* ---- asking and answering ------------------------------------------------------------------------ */

static struct record *open_event(struct work *w, const char *email)
{
    struct record *firm = firm_named(w, "Đúc Ba Đình", BA_DINH, NULL);
    if (email) firm->v[ENTERPRISE_EMAIL] = v_text(str_of(email));
    made(w, firm);
    struct record *e = flood_in(w, BA_DINH);
    CHECK_INT(step(w, e, "open", ""), OK);
    return e;
}

struct asking { const struct record *e; int64_t asked, no_address; };
static enum err ask_all(struct work *w, void *arg)
{
    struct asking *x = arg;
    return event_ask_all(w, x->e, &x->asked, &x->no_address);
}

static struct asking ask(struct work *w, const struct record *e)
{
    struct asking x = { .e = e };
    CHECK_INT(work_write(w, ask_all, &x), OK);
    return x;
}

/* The ticket of the mail that is next in the outbox, which is then sent. */
static enum err sent(struct work *w, void *arg) { return mail_sent(w, *(const int64_t *)arg); }
static Str mailed_ticket(struct work *w)
{
    struct mail m;
    size_t at = 0;
    CHECK_INT(mail_next(w, &m), OK);
    CHECK(str_find(m.text, S("{base}/status/"), &at));
    CHECK_INT(work_write(w, sent, &m.id), OK);
    return str_sub(m.text, at + 14, 43);
}

static enum err answer(struct work *w, Str ticket, enum status_answer answer, Val capacity)
{
    Message why;
    return event_site_answer(w, ticket, &(struct status){ answer, capacity, v_int(7), v_null() }, &why);
}

static Str state(struct work *w, const struct record *e) { return v_str(hit_by(w, e).p[0]->v[EVENT_SITE_STATE]); }

TEST_REGISTER(the_mail_asks_in_both_languages_and_its_key_is_kept_nowhere)
{
    struct record *e = open_event(w, "lienhe@duc.vn");
    struct mail m;
    CHECK_INT(ask(w, e).asked, 1);
    CHECK_INT(mail_next(w, &m), OK);
    CHECK_STR(m.to, S("lienhe@duc.vn"));
    CHECK(str_has(m.text, S("{base}/en/status/")) && str_has(m.text, S("Ngập sau bão")));
    Str ticket = mailed_ticket(w);
    CHECK(!str_has(v_str(hit_by(w, e).p[0]->v[EVENT_SITE_TICKET]), ticket));
    CHECK(!field_seen(&event_site.fields[EVENT_SITE_TICKET], ALL_FIELDS));
}

TEST_REGISTER(an_answer_counts_at_once_and_may_be_corrected)
{
    struct record *e = open_event(w, "lienhe@duc.vn");
    ask(w, e);
    Str ticket = mailed_ticket(w);
    CHECK_INT(answer(w, ticket, STOPPED, v_null()), OK);
    struct records sites = hit_by(w, e);
    CHECK_STR(v_str(sites.p[0]->v[EVENT_SITE_STATE]), S("confirmed"));
    CHECK(sites.p[0]->v[EVENT_SITE_CAPACITY].r == 0);
    CHECK_INT(event_count(&sites).answered, 1);
    CHECK_INT(answer(w, ticket, AFFECTED, v_real(60)), OK);
    CHECK(hit_by(w, e).p[0]->v[EVENT_SITE_CAPACITY].r == 60);
    CHECK_INT(answer(w, ticket, NOT_AFFECTED, v_null()), OK);
    CHECK_STR(state(w, e), S("not_hit"));
    CHECK(w->actor.roles == OFFICER);
    check_log(w);
}

TEST_REGISTER(a_link_is_good_for_its_own_site_only_while_the_event_is_open)
{
    struct record *e = open_event(w, "lienhe@duc.vn");
    ask(w, e);
    Str first = mailed_ticket(w);
    ask(w, e);
    Str second = mailed_ticket(w);
    CHECK_INT(answer(w, first, STOPPED, v_null()), ERR_MISSING);
    CHECK_INT(answer(w, S("gia-mao"), STOPPED, v_null()), ERR_MISSING);
    CHECK_INT(answer(w, (Str){ 0 }, STOPPED, v_null()), ERR_MISSING);
    CHECK_INT(answer(w, v_str(hit_by(w, e).p[0]->v[EVENT_SITE_TICKET]), STOPPED, v_null()), ERR_MISSING);
    CHECK_STR(state(w, e), S("possible"));
    CHECK_INT(step(w, e, "close", ""), OK);
    CHECK_INT(answer(w, second, STOPPED, v_null()), ERR_MISSING);
    CHECK_INT(step(w, hit_by(w, e).p[0], "confirm", ""), ERR_INVALID);
}

TEST_REGISTER(a_link_is_over_after_its_days)
{
    struct record *e = open_event(w, "lienhe@duc.vn");
    ask(w, e);
    Str ticket = mailed_ticket(w);
    time_set_now(time_now() + (ASKED_DAYS * DAYS + SECONDS));
    CHECK_INT(answer(w, ticket, STOPPED, v_null()), ERR_MISSING);
}

TEST_REGISTER(who_has_answered_is_not_asked_again_and_who_has_no_address_is_told)
{
    struct record *e = open_event(w, "lienhe@duc.vn");
    ask(w, e);
    CHECK_INT(answer(w, mailed_ticket(w), NOT_AFFECTED, v_null()), OK);
    made(w, firm_named(w, "Không thư điện tử", BA_DINH, NULL));
    CHECK_INT(step(w, e, "close", ""), OK);
    CHECK_INT(step(w, e, "reopen", "Thêm một nơi"), OK);
    struct asking again = ask(w, e);
    CHECK_INT(again.asked, 0);
    CHECK_INT(again.no_address, 1);
}
