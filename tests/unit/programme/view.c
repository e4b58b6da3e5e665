/* The supply network in memory is what the register says: who, whom, how much, on which day; and what follows from it. */
#include "fixture.h"
#include "programme/network/supply.h"
#include "programme/network/why.h"

#include <math.h>

static const double BILLION = 1e9;

/* ---- a small register ----------------------------------------------------------------------- */

struct saving { const struct record *was; struct record *now; };

static enum err save(struct work *w, void *arg)
{
    struct saving *s = arg;
    bool changed;
    return record_save(w, s->was, s->now, &changed);
}

static int64_t keep(struct work *w, const struct record *was, struct record *now)
{
    CHECK_INT(work_write(w, save, &(struct saving){ was, now }), OK);
    return now->id;
}

static Val code(const struct work *w, const char *list, const char *bare)
{
    const struct code *k = code_find(w->codes, str_of(list), str_of(bare));
    CHECK(k);
    return v_text(k->key);
}

/* industry: VSIC; revenue in billions, 0: not known. */
static int64_t firm(struct work *w, const char *name, const char *industry, double revenue)
{
    struct record *r = record_make(w->a, &enterprise);
    r->v[ENTERPRISE_NAME_VI] = v_text(str_of(name));
    r->v[ENTERPRISE_VSIC] = v_text(str_f(w->a, ";%.*s;", FMT(v_str(code(w, "vsic", industry)))));
    r->v[ENTERPRISE_WARD] = code(w, "ward", "00004");
    if (revenue > 0) {
        struct record *f = record_add(w->a, r, ENTERPRISE_FIGURES);
        f->v[FIGURE_YEAR] = v_int(2025);
        f->v[FIGURE_REVENUE] = v_int((int64_t)(revenue * BILLION));
    }
    return keep(w, NULL, r);
}

static int64_t company_in(struct work *w, const char *name, const char *country)
{
    struct record *r = record_make(w->a, &outside_company);
    r->v[OUTSIDE_NAME] = v_text(str_of(name));
    r->v[OUTSIDE_COUNTRY] = code(w, "country", country);
    return keep(w, NULL, r);
}

static struct record *new_link(struct work *w, int64_t from, int64_t to, const char *goods, double billions)
{
    struct record *r = record_make(w->a, &supply_link);
    r->v[LINK_SUPPLIER] = v_int(from);
    r->v[LINK_BUYER] = v_int(to);
    r->v[LINK_PRODUCT] = v_text(str_of(goods));
    if (billions > 0) r->v[LINK_VALUE_BY_SUPPLIER] = v_int((int64_t)(billions * BILLION));
    return r;
}

static int64_t put_link(struct work *w, int64_t from, int64_t to, const char *goods, double billions)
{
    return keep(w, NULL, new_link(w, from, to, goods, billions));
}

static int64_t put_essential(struct work *w, int64_t from, int64_t to, const char *goods, double billions)
{
    struct record *r = new_link(w, from, to, goods, billions);
    r->v[LINK_ESSENTIAL] = v_int(1);
    return keep(w, NULL, r);
}

static struct supply_view *view_after(struct work *w, const struct supply_view *before)
{
    struct supply_view *v;
    CHECK_INT(supply_view_make(w, w->today, before, NULL, &v), OK);
    return v;
}

static const struct risk *risk_of(const struct supply_view *v, int64_t enterprise_id)
{
    return supply_risk(v, supply_node(v, false, enterprise_id));
}

/* A sells to B, B to C. */
struct chain { int64_t a, b, c; };

static struct chain chain_of(struct work *w)
{
    struct chain c = { firm(w, "Thép A", "2410", 100), firm(w, "Đúc B", "2431", 50), firm(w, "Lắp ráp C", "2910", 500) };
    put_link(w, c.a, c.b, "Thép cuộn", 20);
    put_essential(w, c.b, c.c, "Vỏ hộp số", 40);
    return c;
}

/* ---- what is read --------------------------------------------------------------------------- */

TEST_REGISTER(a_view_has_every_enterprise_and_the_companies_that_links_name)
{
    struct chain c = chain_of(w);
    struct record *imported = new_link(w, 0, c.a, "Quặng", 5);
    imported->v[LINK_SUPPLIER] = v_null();
    imported->v[LINK_SUPPLIER_COMPANY] = v_int(company_in(w, "Seoul Ore", "KR"));
    keep(w, NULL, imported);
    struct supply_view *v = view_after(w, NULL);
    CHECK_INT(v->enterprises_n, 3);
    CHECK_INT(v->nodes_n, 4);
    CHECK_INT(v->links_n, 3);
    uint32_t node = supply_node(v, false, c.b);
    CHECK_STR(v->nodes[node].name[VI], S("Đúc B"));
    CHECK_STR(v->nodes[node].public_id, public_id(a, &enterprise, c.b));
    CHECK(v->nodes[node].revenue == 50 * BILLION && isnan(v->nodes[node].employees));
    CHECK_STR(v->nodes[v->links[v->links_n - 1].supplier].name[VI], S("Seoul Ore"));
    CHECK_INT(supply_node(v, false, 99), NO_NODE);
    supply_view_release(v);
}

TEST_REGISTER(links_stand_by_supplier_and_are_found_from_both_ends)
{
    struct chain c = chain_of(w);
    struct supply_view *v = view_after(w, NULL);
    uint32_t b = supply_node(v, false, c.b);
    size_t sales, purchases;
    const struct view_link *sold = supply_sales(v, b, &sales);
    const uint32_t *bought = supply_purchases(v, b, &purchases);
    CHECK_INT(sales, 1);
    CHECK_INT(purchases, 1);
    CHECK_STR(sold[0].product, S("Vỏ hộp số"));
    CHECK_STR(v->links[bought[0]].product, S("Thép cuộn"));
    CHECK(sold[0].essential && !v->links[bought[0]].essential);
    CHECK(sold[0].value == 40 * BILLION && !sold[0].value_inferred);
    supply_view_release(v);
}

TEST_REGISTER(a_link_counts_on_the_days_it_is_valid_on)
{
    struct chain c = chain_of(w);
    struct record *ended = new_link(w, c.a, c.c, "Thép tấm", 1), *later = new_link(w, c.c, c.a, "Phế liệu", 1);
    ended->v[LINK_UNTIL] = v_text(S("2026-06-30"));
    later->v[LINK_SINCE] = v_text(S("2026-12-01"));
    keep(w, NULL, ended);
    keep(w, NULL, later);
    struct supply_view *june, *now = view_after(w, NULL);
    CHECK_INT(supply_view_make(w, (struct date){ 2026, 6, 30 }, now, NULL, &june), OK);
    CHECK_INT(now->links_n, 2);
    CHECK_INT(june->links_n, 3);
    supply_view_release(now);
    supply_view_release(june);
}

TEST_REGISTER(on_a_day_gone_by_a_link_is_worth_what_was_stated_then)
{
    struct chain c = chain_of(w);
    struct record *was, *now;
    struct supply_view *then, *today;
    time_set_now(time_now() + 3 * DAYS);
    w->today = date_today();
    CHECK_INT(record_load(w, &supply_link, 1, &was), OK);
    now = record_copy(a, was);
    now->v[LINK_VALUE_BY_SUPPLIER] = v_int((int64_t)(30 * BILLION));
    keep(w, was, now);
    today = view_after(w, NULL);
    CHECK_INT(supply_view_make(w, date_from_days(date_days(w->today) - 2), today, NULL, &then), OK);
    CHECK(today->links[today->sales_at[supply_node(today, false, c.a)]].value == 30 * BILLION);
    CHECK(then->links[then->sales_at[supply_node(then, false, c.a)]].value == 20 * BILLION);
    supply_view_release(then);
    supply_view_release(today);
}

TEST_REGISTER(a_value_that_nobody_stated_is_inferred_and_counted_as_such)
{
    struct chain c = chain_of(w);
    put_link(w, c.a, c.c, "Thép tấm", 0);
    struct supply_view *v = view_after(w, NULL);
    size_t n;
    const struct view_link *sold = supply_sales(v, supply_node(v, false, c.a), &n);
    CHECK_INT(n, 2);
    CHECK(sold[1].value_inferred && sold[1].value > 0);
    CHECK(fabs(v->inferred_share - sold[1].value / (60 * BILLION + sold[1].value)) < 1e-12);
    supply_view_release(v);
}

/* ---- what follows --------------------------------------------------------------------------- */

TEST_REGISTER(what_the_city_loses_is_counted_in_the_sales_of_its_enterprises)
{
    struct chain c = chain_of(w);
    struct supply_view *v = view_after(w, NULL);
    /* Without B, C lacks what it cannot do without, and A a fifth of its sales. */
    CHECK(fabs(risk_of(v, c.b)->total - (50 + 500 + 20.0) / 650) < 1e-12);
    /* Without A all stops: B has no other steel. */
    CHECK(fabs(risk_of(v, c.a)->total - 1) < 1e-12);
    CHECK_INT(v->nodes[v->by_index[0]].id, c.a);
    CHECK_INT(v->ranks[supply_node(v, false, c.b)].index, 2);
    CHECK_INT(v->ranks[supply_node(v, false, c.c)].revenue, 1);
    CHECK_INT(v->ranks[supply_node(v, false, c.c)].employees, 0);
    CHECK_INT(v->tier[supply_node(v, false, c.c)], 0);
    CHECK_INT(v->tier[supply_node(v, false, c.a)], 2);
    supply_view_release(v);
}

TEST_REGISTER(after_an_edit_the_ranking_is_what_it_would_be_made_anew)
{
    struct chain c = chain_of(w);
    for (int i = 0; i < 30; i++) put_link(w, c.a, firm(w, str_z(a, str_f(a, "Xưởng %d", i)), "2592", 10), "Thép", 1 + i);
    struct supply_view *before = view_after(w, NULL);
    put_link(w, c.b, c.a, "Khuôn", 3);
    struct supply_view *edited = view_after(w, before), *anew = view_after(w, NULL);
    CHECK(!memcmp(ranking_risks(edited->ranking), ranking_risks(anew->ranking), anew->nodes_n * sizeof(struct risk)));
    supply_view_release(before);
    CHECK(!memcmp(ranking_risks(edited->ranking), ranking_risks(anew->ranking), anew->nodes_n * sizeof(struct risk)));
    supply_view_release(edited);
    supply_view_release(anew);
}

TEST_REGISTER(an_essential_input_of_one_supplier_is_a_single_source_until_there_is_a_second)
{
    struct chain c = chain_of(w);
    struct supply_view *v = view_after(w, NULL);
    CHECK_INT(v->single_n, 1);
    CHECK_INT(v->nodes[v->links[v->single[0]].customer].id, c.c);
    supply_view_release(v);
    put_link(w, firm(w, "Đúc D", "2431", 5), c.c, "Vỏ hộp số", 1);
    v = view_after(w, NULL);
    CHECK_INT(v->single_n, 0);
    supply_view_release(v);
}

TEST_REGISTER(what_comes_from_abroad_is_seen_through_the_tiers)
{
    struct chain c = chain_of(w);
    struct record *was, *now, *ore = new_link(w, 0, c.a, "Quặng", 60);
    ore->v[LINK_SUPPLIER] = v_null();
    ore->v[LINK_SUPPLIER_COMPANY] = v_int(company_in(w, "Seoul Ore", "KR"));
    keep(w, NULL, ore);
    was = enterprise_at(w, c.b);
    now = record_copy(a, was);
    struct record *input = record_add(a, now, ENTERPRISE_IMPORTS);
    input->v[IMPORT_PRODUCT] = v_text(S("Niken"));
    input->v[IMPORT_COUNTRY] = code(w, "country", "JP");
    input->v[IMPORT_VALUE] = v_int((int64_t)(20 * BILLION));
    input->v[IMPORT_YEAR] = v_int(2025);
    keep(w, was, now);
    struct supply_view *v = view_after(w, NULL);
    uint32_t b = supply_node(v, false, c.b), last = supply_node(v, false, c.c);
    /* A buys all abroad; B half of A and half directly; so do all inputs of C in the end. */
    CHECK(fabs(v->foreign[b] - 1) < 1e-9 && fabs(v->foreign[last] - 1) < 1e-9);
    CHECK(fabs(v->hhi[b] - 0.5) < 1e-9);
    CHECK(fabs(v->local_direct[b] - 0.5) < 1e-9 && v->local_direct[supply_node(v, false, c.a)] == 0);
    CHECK_INT(v->imported_at[b + 1] - v->imported_at[b], 1);
    supply_view_release(v);
}

TEST_REGISTER(a_place_costs_what_all_of_its_enterprises_cost_together)
{
    chain_of(w);
    struct supply_view *v = view_after(w, NULL);
    CHECK_INT(supply_view_add_places(w, v, NULL), OK);
    CHECK_INT(v->places->n, 1);
    CHECK_INT(v->places->p[0].firms, 3);
    CHECK(!v->places->p[0].zone && fabs(v->places->p[0].loss.total - 1) < 1e-12);
    supply_view_release(v);
}

/* ---- why ------------------------------------------------------------------------------------ */

TEST_REGISTER(the_losses_that_explain_a_score_add_up_to_it_and_say_their_way)
{
    struct chain c = chain_of(w);
    struct supply_view *v = view_after(w, NULL);
    uint32_t first = supply_node(v, false, c.a), last = supply_node(v, false, c.c);
    struct why why;
    CHECK_INT(why_of(a, v, first, 100, &why), OK);
    CHECK(fabs(why.lost / v->network->all_weight - risk_of(v, c.a)->total) < 1e-12);
    CHECK_INT(why.losses_n, 3);
    CHECK_INT(why.losses[0].node, last);
    CHECK_INT(why.losses[0].steps, 2);
    CHECK_INT(why.losses[0].way[0], supply_node(v, false, c.b));
    CHECK_INT(why.losses[0].way[1], last);
    CHECK(!why.losses[0].upstream && why.hidden == 0);
    CHECK(fabs(why.by_tier[0] + why.by_tier[1] + why.by_tier[2] - why.lost) < 1);
    CHECK_INT(why.others, 2);
    CHECK_INT(v->reasons_n, 3);
    CHECK_INT(v->reasons[0].hit, 2);
    CHECK_INT(v->reasons[1].node, supply_node(v, false, c.b));
    CHECK_INT(v->reasons[1].alone, 1);
    supply_view_release(v);
}

TEST_REGISTER(links_given_in_confidence_are_summed_but_stand_nowhere_as_links)
{
    struct work *giver;
    for (int i = 0; i < 3; i++) {
        int64_t seller = firm(w, str_z(a, str_f(a, "Bán %d", i)), "2592", 10), buyer = firm(w, str_z(a, str_f(a, "Mua %d", i)), "2910", 10);
        giver = someone(w, str_z(a, str_f(a, "g%d@example.org", i)), "enterprise", seller, NULL);
        struct record *r = record_make(a, &confidential_link);
        r->v[CONFIDENTIAL_GIVER] = v_int(seller);
        r->v[CONFIDENTIAL_DIRECTION] = v_text(S("sells"));
        r->v[CONFIDENTIAL_PARTNER] = v_int(buyer);
        r->v[CONFIDENTIAL_PRODUCT] = v_text(S("Linh kiện"));
        r->v[CONFIDENTIAL_VALUE] = v_int((int64_t)((i + 1) * BILLION));
        keep(giver, NULL, r);
    }
    struct supply_view *v = view_after(w, NULL);
    CHECK_INT(v->links_n, 0);
    CHECK_INT(v->network->links, 9);
    CHECK(fabs(v->network->all_sales - 6 * BILLION) < 1);
    for (size_t i = 1; i < v->network->links; i++) CHECK(v->network->sold[i] == v->network->sold[0]);
    supply_view_release(v);
}
