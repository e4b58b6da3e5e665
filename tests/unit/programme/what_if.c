/* what_if.c - scenarios: what each firm can do at the start, what is lost in the end and where; and who could supply instead. */
#include "supplies.h"

#include "programme/network/alternatives.h"
#include "programme/network/event.h"
#include "programme/network/what_if.h"

#include <math.h>

static const double BILLION = 1e9, NEARLY = 1e-9;

/* Steel A -> castings B -> assembly C, which cannot do without castings. */
struct chain { int64_t a, b, c; };

static struct chain chain_of(struct work *w)
{
    struct chain c = {
        made_firm(w, (struct made_firm){ "Thép A", "2410", "00004", .revenue = 100, .employees = 50 }),
        made_firm(w, (struct made_firm){ "Đúc B", "2431", "00008", .revenue = 50, .employees = 80 }),
        made_firm(w, (struct made_firm){ "Lắp ráp C", "2910", "00008", .revenue = 500, .employees = 1000, .exports = 200 }),
    };
    made_link(w, c.a, c.b, 20, false);
    made_link(w, c.b, c.c, 40, true);
    return c;
}

static struct what_if_ask closing(int64_t firm) { return (struct what_if_ask){ .firm = { firm }, .firms = 1, .days = 73, .tolerance = 1e-6 }; }

static struct what_if run(struct work *w, const struct supply_view *v, const struct what_if_ask *ask)
{
    struct what_if x;
    CHECK_INT(what_if_run(w, v, ask, NULL, 0, &x), OK);
    return x;
}

static bool near(double a, double b) { return fabs(a - b) <= NEARLY * fmax(1, fabs(b)); }
static double psi_of(const struct what_if *x, int64_t firm) { return x->psi[supply_node(x->v, false, firm)]; }
static double left_of(const struct what_if *x, int64_t firm) { return x->left[supply_node(x->v, false, firm)]; }

/* ---- what is lost ----------------------------------------------------------------------------- */

TEST_REGISTER(a_supplier_of_what_is_essential_stops_its_customer_for_the_time)
{
    struct chain c = chain_of(w);
    struct supply_view *v = made_view(w);
    struct what_if_ask ask = closing(c.b);
    struct what_if x = run(w, v, &ask);
    CHECK(near(left_of(&x, c.b), 0) && near(left_of(&x, c.c), 0));
    CHECK(near(left_of(&x, c.a), 0.8));                     /* a fifth of its sales went there     */
    CHECK_INT(x.all.firms, 3);
    CHECK(near(x.all.output, (50 + 500 + 0.2 * 100) * BILLION / 5));        /* 73 days are a fifth of a year */
    CHECK(near(x.all.jobs, 80 + 1000 + 0.2 * 50));
    CHECK(near(x.all.exports, 200 * BILLION / 5));
    CHECK_INT(x.figures_missing, 2);                        /* A and B state no exports            */
    CHECK_INT(x.begun, 1);
    supply_view_release(v);
}

TEST_REGISTER(losses_are_told_by_tier_industry_and_place_and_add_up)
{
    struct chain c = chain_of(w);
    struct supply_view *v = made_view(w);
    struct what_if_ask ask = closing(c.b);
    struct what_if x = run(w, v, &ask);
    CHECK_INT((long long)x.by_tier.n, 3);
    CHECK(x.by_tier.p[0].tier == 0 && near(x.by_tier.p[0].lost.output, 10 * BILLION));
    const struct lost_groups *const all[] = { &x.by_tier, &x.by_industry, &x.by_ward };
    for (size_t i = 0; i < COUNT(all); i++) {
        double output = 0, jobs = 0;
        for (size_t k = 0; k < all[i]->n; k++) output += all[i]->p[k].lost.output, jobs += all[i]->p[k].lost.jobs;
        CHECK(near(output, x.all.output) && near(jobs, x.all.jobs));
    }
    CHECK_STR(x.by_industry.p[0].code, S("2025/29"));
    CHECK_STR(x.by_ward.p[0].code, v_str(code_of(w, "ward", "00008")));
    CHECK_INT(x.firms[0].node, supply_node(v, false, c.c));
    CHECK(x.firms[0].tier == 1 && !x.firms[0].upstream);
    bool found = false;
    for (size_t i = 0; i < x.firms_n; i++)
        if (x.firms[i].node == supply_node(v, false, c.a)) found = x.firms[i].upstream && x.firms[i].tier == 1;
    CHECK(found);
    supply_view_release(v);
}

TEST_REGISTER(half_a_capacity_loses_half_and_a_day_a_three_hundred_and_sixty_fifth)
{
    struct chain c = chain_of(w);
    struct supply_view *v = made_view(w);
    struct what_if_ask ask = closing(c.c);
    ask.capacity = 0.5;
    ask.days = 1;
    struct what_if x = run(w, v, &ask);
    CHECK(near(psi_of(&x, c.c), 0.5));
    CHECK(near(x.firms[0].output, 0.5 * 500 * BILLION / 365));
    supply_view_release(v);
}

/* ---- what each firm begins with --------------------------------------------------------------------- */

TEST_REGISTER(a_ward_stops_the_sites_in_it_and_an_industry_what_lies_below_it)
{
    struct chain c = chain_of(w);
    struct record *was = enterprise_at(w, c.c), *now = record_copy(a, was);
    static const char *const wards[] = { "00004", "00008", "00008", "00008" };
    for (size_t i = 0; i < COUNT(wards); i++) {
        struct record *s = record_add(a, now, ENTERPRISE_SITES);
        s->v[0] = v_text(str_f(a, "Nhà máy %zu", i + 1));
        s->v[2] = code_of(w, "ward", wards[i]);
    }
    CHECK_INT(work_write(w, save_pair, &(struct pair){ was, now }), OK);
    struct supply_view *v = made_view(w);
    struct what_if x = run(w, v, &(struct what_if_ask){ .wards = v_text(str_f(a, ";%.*s;", FMT(v_str(code_of(w, "ward", "00004"))))), .days = 1 });
    CHECK(near(psi_of(&x, c.a), 0) && near(psi_of(&x, c.b), 1) && near(psi_of(&x, c.c), 0.75));
    x = run(w, v, &(struct what_if_ask){ .industries = v_text(str_f(a, ";%.*s;", FMT(v_str(code_of(w, "vsic", "24"))))), .days = 1 });
    CHECK(near(psi_of(&x, c.a), 0) && near(psi_of(&x, c.b), 0) && near(psi_of(&x, c.c), 1));
    supply_view_release(v);
}

TEST_REGISTER(a_country_stops_its_companies_and_the_part_of_the_inputs_that_comes_from_it)
{
    struct chain c = chain_of(w);
    made_link_from_company(w, made_company(w, "Seoul Steel", "KR"), c.a, 10);
    made_import(w, c.b, "Nhôm", "KR", 15, false);           /* of 20 bought, 15 and 5 imported     */
    made_import(w, c.b, "Nhôm", "CN", 5, false);
    made_import(w, c.c, "Chip", "KR", 30, true);
    made_import(w, c.c, "Chip", "JP", 10, true);
    struct supply_view *v = made_view(w);
    struct what_if x = run(w, v, &(struct what_if_ask){ .countries = v_text(str_f(a, ";%.*s;", FMT(v_str(code_of(w, "country", "KR"))))), .days = 1 });
    CHECK(near(x.psi[v->nodes_n - 1], 0));
    CHECK(near(psi_of(&x, c.a), 1));
    CHECK(near(psi_of(&x, c.b), 1 - 15.0 / 40));
    CHECK(near(psi_of(&x, c.c), 0.25));
    supply_view_release(v);
}

TEST_REGISTER(an_event_stops_each_site_as_far_as_it_said)
{
    struct chain c = chain_of(w);
    struct record *e = record_make(a, &event);
    e->v[EVENT_NAME] = v_text(S("Mất điện"));
    e->v[EVENT_KIND] = v_text(S("power"));
    e->v[EVENT_STARTED] = v_text(S("2026-11-21"));
    e->v[EVENT_WARDS] = v_text(str_f(a, ";%.*s;", FMT(v_str(code_of(w, "ward", "00008")))));
    e->v[EVENT_CAPACITY] = v_real(30);
    CHECK_INT(work_write(w, save_pair, &(struct pair){ NULL, e }), OK);
    Message why;
    CHECK_INT(step_take(w, &event, e->id, 0, step_named(&event, S("open")), (Str){ 0 }, &why), OK);
    struct supply_view *v = made_view(w);
    struct what_if_ask ask = { .event = e->id, .days = 1 };
    struct what_if x = run(w, v, &ask);
    CHECK(near(psi_of(&x, c.a), 1) && near(psi_of(&x, c.b), 0.3) && near(psi_of(&x, c.c), 0.3));
    struct records sites;
    CHECK_INT(event_sites(w, e->id, true, &sites), OK);
    CHECK_INT(step_take(w, &event_site, sites.p[0]->id, 0, step_named(&event_site, S("clear")), (Str){ 0 }, &why), OK);
    x = run(w, v, &ask);
    CHECK(near(psi_of(&x, c.b), 1));
    supply_view_release(v);
}

TEST_REGISTER(what_a_saved_scenario_asks_is_what_was_chosen)
{
    struct chain c = chain_of(w);
    struct record *s = record_make(a, &scenario), *found;
    struct what_if_ask ask;
    s->v[SCENARIO_NAME] = v_text(S("Đúc B ngừng"));
    s->v[SCENARIO_DAYS] = v_int(14);
    s->v[SCENARIO_CAPACITY] = v_real(25);
    record_add(a, s, SCENARIO_FIRMS)->v[SCENARIO_FIRM] = v_int(c.b);
    CHECK_INT(work_write(w, save_pair, &(struct pair){ NULL, s }), OK);
    CHECK_INT(record_load(w, &scenario, s->id, &found), OK);
    what_if_of(found, &ask);
    CHECK(ask.firms == 1 && ask.firm[0] == c.b && ask.days == 14 && near(ask.capacity, 0.25) && !what_if_is_empty(&ask));
    int field;
    CHECK(scenario.check(w, record_make(a, &scenario), &field).id);
}

/* ---- instead ------------------------------------------------------------------------------------------ */

static void can(struct work *w, int64_t firm, const char *process_code, double free_percent)
{
    struct record *was = enterprise_at(w, firm), *now = record_copy(w->a, was), *p = record_add(w->a, now, ENTERPRISE_PROCESSES);
    p->v[field_index(&process, S("process"))] = v_text(str_of(process_code));
    p->v[field_index(&process, S("free_share"))] = v_real(free_percent);
    CHECK_INT(work_write(w, save_pair, &(struct pair){ was, now }), OK);
}

TEST_REGISTER(who_can_do_the_same_and_has_room_comes_first_among_alternatives)
{
    struct chain c = chain_of(w);
    int64_t able = made_firm(w, (struct made_firm){ "Đúc Đồng Lực", "2431", .place = "21.00000,105.80000", .revenue = 80 });
    int64_t full = made_firm(w, (struct made_firm){ "Đúc Kín Lịch", "2431", .revenue = 60 });
    made_firm(w, (struct made_firm){ "May mặc", "1410", .revenue = 60 });
    can(w, c.b, "2026/casting", 0);
    can(w, able, "2026/casting", 50);
    can(w, full, "2026/welding", 0);
    struct supply_view *v = made_view(w);
    struct alternative *list;
    size_t n;
    uint32_t seller = supply_node(v, false, c.b), buyer = supply_node(v, false, c.c);
    CHECK_INT(alternatives_for(w, v, seller, buyer, NULL, 5, &list, &n), OK);
    CHECK_INT((long long)n, 2);
    CHECK_INT(list[0].node, supply_node(v, false, able));
    CHECK(near(list[0].processes, 1) && near(list[1].processes, 0) && isnan(list[0].products) && near(list[0].room, 40 * BILLION));
    double *left = NEW_ARRAY(a, double, v->nodes_n);
    for (uint32_t i = 0; i < v->nodes_n; i++) left[i] = 1;
    left[list[0].node] = 0.5;
    CHECK_INT(alternatives_for(w, v, seller, buyer, left, 5, &list, &n), OK);
    CHECK_INT((long long)n, 1);
    supply_view_release(v);
}

TEST_REGISTER(another_supplier_that_is_tried_takes_over_its_share_of_the_loss)
{
    struct chain c = chain_of(w);
    int64_t other = made_firm(w, (struct made_firm){ "Đúc D", "2431", .revenue = 80 });
    struct supply_view *v = made_view(w);
    struct what_if_ask ask = closing(c.b);
    struct what_if x;
    struct moved half = { supply_node(v, false, c.b), supply_node(v, false, c.c), supply_node(v, false, other), 0.5 };
    CHECK_INT(what_if_run(w, v, &ask, &half, 1, &x), OK);
    CHECK(near(left_of(&x, c.b), 0));
    CHECK(left_of(&x, c.c) > 0.4 && left_of(&x, c.c) < 0.6);
    half.share = 1;
    CHECK_INT(what_if_run(w, v, &ask, &half, 1, &x), OK);
    CHECK(near(left_of(&x, c.c), 1));
    supply_view_release(v);
}
