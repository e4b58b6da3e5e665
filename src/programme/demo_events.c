/*
 * demo_events.c - what happens in a demonstration: an open event of which some sites have answered, two scenarios that were kept, and a list
 * of whom to strengthen first.  Nobody is sent a mail: the answers are entered as if they had come through the links.
 */
#include "programme/demo.h"

#include "model/people/account.h"
#include "programme/network/event.h"
#include "programme/network/scenario.h"
#include "programme/network/support_list.h"

enum { SENT = 3 };                          /* enterprises on the list                            */

static Val codes(const struct work *w, const char *list, const char *bare)
{
    const struct code *k = code_find(w->codes, str_of(list), str_of(bare));
    MUST(k);
    return v_text(str_f(w->a, ";%.*s;", FMT(k->key)));
}

static enum err save_new(struct work *w, struct record *r)
{
    bool changed;
    return record_save(w, NULL, r, &changed);
}

/* ---- an event ------------------------------------------------------------------------------------ */

static const struct said { const char *answer; int capacity, days; const char *step, *note; } answers[] = {
    { "not_affected", 100, 0, "clear", NULL },
    { "affected", 60, 5, "confirm", "Nước vào kho nguyên liệu, hai dây chuyền vẫn chạy." },
    { NULL, 0, 0, NULL, NULL },
    { "stopped", 0, 12, "confirm", "Mất điện toàn bộ, máy nén khí bị ngập." },
    { NULL, 0, 0, NULL, NULL },
    { "not_affected", 100, 0, "clear", NULL },
    { "affected", 80, 3, "confirm", NULL },
};

static enum err answer(struct work *w, struct record *hit, const struct said *said, int64_t at)
{
    struct record *now = record_copy(w->a, hit);
    Message why;
    bool changed;
    now->v[EVENT_SITE_ASKED_AT] = v_int(at - 6 * HOURS);
    if (said->answer) {
        now->v[EVENT_SITE_ANSWER] = v_text(str_of(said->answer));
        now->v[EVENT_SITE_ANSWERED_AT] = v_int(at - HOURS);
        now->v[EVENT_SITE_CAPACITY] = v_real(said->capacity);
        if (said->days) now->v[EVENT_SITE_DAYS] = v_int(said->days);
        if (said->note) now->v[EVENT_SITE_ANSWER_NOTE] = v_text(str_of(said->note));
    }
    TRY(record_save(w, hit, now, &changed));
    return said->step ? step_inside(w, now, step_named(&event_site, str_of(said->step)), (Str){ 0 }, &why) : OK;
}

static enum err call(struct work *w, struct record *hit)
{
    struct record *now = record_copy(w->a, hit), *said = record_add(w->a, now, EVENT_SITE_CONTACTS);
    bool changed;
    said->v[CONTACT_ON] = v_text(date_iso(w->a, w->today));
    said->v[CONTACT_TIME] = v_text(S("07:15"));
    said->v[CONTACT_CHANNEL] = v_text(S("telephone"));
    said->v[CONTACT_SAID] = v_text(S("Bảo vệ cho biết xưởng đang bơm nước; quản đốc gọi lại trước 10 giờ."));
    return record_save(w, hit, now, &changed);
}

static enum err make_event(struct work *w)
{
    struct record *e = record_make(w->a, &event);
    struct records sites;
    Message why;
    e->v[EVENT_NAME] = v_text(S("Ngập úng sau mưa lớn tại KCN Phú Nghĩa"));
    e->v[EVENT_KIND] = v_text(S("flood"));
    e->v[EVENT_STARTED] = v_text(date_iso(w->a, date_from_days(date_days(w->today) - 1)));
    e->v[EVENT_SEVERITY] = v_text(S("serious"));
    e->v[EVENT_ZONES] = codes(w, "industrial_zone", "KCN-PHU-NGHIA");
    e->v[EVENT_CAPACITY] = v_real(40);
    e->v[EVENT_DAYS] = v_int(7);
    TRY(save_new(w, e));
    TRY(step_inside(w, e, step_named(&event, S("open")), (Str){ 0 }, &why));
    TRY(event_sites(w, e->id, true, &sites));
    for (size_t i = 0; i < sites.n; i++) TRY(answer(w, sites.p[i], &answers[i % COUNT(answers)], w->writing.at));
    TRY(event_sites(w, e->id, true, &sites));
    return sites.n > 2 ? call(w, sites.p[2]) : OK;
}

/* ---- scenarios and a list ---------------------------------------------------------------------------- */

static enum err make_scenarios(struct work *w)
{
    struct record *zone = record_make(w->a, &scenario), *country = record_make(w->a, &scenario);
    zone->v[SCENARIO_NAME] = v_text(S("KCN Thăng Long mất điện hai tuần"));
    zone->v[SCENARIO_ZONES] = codes(w, "industrial_zone", "KCN-THANG-LONG");
    zone->v[SCENARIO_CAPACITY] = v_real(20);
    zone->v[SCENARIO_DAYS] = v_int(14);
    country->v[SCENARIO_NAME] = v_text(S("Không nhập được hàng từ Trung Quốc trong một tháng"));
    country->v[SCENARIO_COUNTRIES] = codes(w, "country", "CN");
    country->v[SCENARIO_CAPACITY] = v_real(0);
    country->v[SCENARIO_DAYS] = v_int(30);
    TRY(save_new(w, zone));
    return save_new(w, country);
}

static enum err rank(struct work *w, struct record **list)
{
    double weight[FIRST_TERMS];
    struct supply_view *v;
    struct first *ranking;
    size_t n, place[SENT];
    for (int t = 0; t < FIRST_TERMS; t++) weight[t] = first_terms[t].usual;
    for (size_t i = 0; i < SENT; i++) place[i] = i;
    TRY(supply_view_make(w, w->today, NULL, NULL, &v));
    enum err e = first_rank(w, v, weight, &ranking, &n);
    if (!e) *list = support_list_of(w, v, weight, ranking, place, n < SENT ? n : SENT);
    supply_view_release(v);
    if (!e) (*list)->v[SUPPORT_NAME] = v_text(S("Ưu tiên hỗ trợ, đợt đầu"));
    return e;
}

static enum err write_all(struct work *w, void *list)
{
    TRY(make_event(w));
    TRY(make_scenarios(w));
    return save_new(w, record_copy(w->a, list));
}

enum err demo_events(struct work *w)
{
    struct actor before = w->actor;
    struct record *officer, *list;
    bool demo;
    TRY(demo_is(w, &demo));
    if (!demo) return ERR_DENIED;
    TRY(account_with_email(w, S("officer@demo.example"), &officer));
    TRY(rank(w, &list));
    w->actor = actor_of(officer);
    enum err e = work_write(w, write_all, list);
    w->actor = before;
    return e;
}
