/* plan_norm.c - what a line of cost comes to, exactly, and what its norm allows on a day. */
#include "plans.h"

#include "model/save.h"

static bool says(Str text, const char *what)
{
    size_t at;
    return str_find(text, str_of(what), &at);
}

/* A line that is in no database, on this norm. */
static struct record *line(struct work *w, const char *norm_code, double quantity, int64_t price, int64_t support, int64_t units)
{
    struct record *c = add_cost(w, record_make(w->a, &task), "Dòng thử", quantity, price, support);
    c->v[COST_NORM] = v_int(norm_with(w, norm_code)->id);
    c->v[COST_NORM_UNITS] = v_int(units);
    return c;
}

static struct norm_answer answer(struct work *w, const struct record *c, int year, int month, int day)
{
    struct norm_answer a;
    CHECK_INT(norm_answer_of(w, c, (struct date){ year, month, day }, &a), OK);
    return a;
}

TEST_REGISTER(a_line_costs_quantity_times_price_to_the_dong_rounded_half_up)
{
    static const struct { double quantity; int64_t price, total; } lines[] = {
        { 30.5, 1500000, 45750000 }, { 0.1, 3, 0 }, { 0.5, 3, 2 }, { 0.499, 1, 0 }, { 0.001, 500, 1 }, { 0.001, 499, 0 },
        { 1.005, 1000, 1005 }, { 2.675, 100, 268 }, { 0, 5, 0 },
    };
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct record *t = new_task(w, p.fair, "Thử");
        add_cost(w, t, "Dòng", lines[i].quantity, lines[i].price, 0);
        t = now_is(w, kept(c.officer, t));
        CHECK_INT(v_i64(t->children[TASK_COSTS].p[0]->v[COST_TOTAL]), lines[i].total);
        CHECK_INT(v_i64(t->children[TASK_COSTS].p[0]->v[COST_REST]), lines[i].total);
        CHECK_INT(v_i64(t->v[TASK_TOTAL]), lines[i].total);
        CHECK_INT(v_i64(t->v[TASK_SUPPORT]), 0);
    }
    CHECK_INT(v_i64(p.stands->v[TASK_TOTAL]), 800000000);
    CHECK_INT(v_i64(p.stands->v[TASK_SUPPORT]), 144000000);
    check_log(w);
}

TEST_REGISTER(a_line_that_makes_no_sense_is_refused_at_its_field)
{
    static const struct { double quantity; int64_t price, support; bool rest; const char *at, *says; } lines[] = {
        { 1.2345, 1000, 0, true, "quantity", "three decimals" },
        { 1000000, 10000000000, 0, true, "price", "a digit too many" },
        { 2, 1000, 2001, true, "support", "2,000" },
        { 2, 1000, 1999, false, "rest_source", "pays the rest of 1" },
    };
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    c.officer->lang = EN;
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct record *t = new_task(w, p.fair, "Thử");
        struct record *one = add_cost(w, t, "Dòng", lines[i].quantity, lines[i].price, lines[i].support);
        struct saving s = { .now = t };
        if (!lines[i].rest) one->v[COST_REST_SOURCE] = v_null();
        CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
        CHECK_STR(str_of(s.wrong.p[0].f->name), str_of(lines[i].at));
        Str why = message_str(w->a, EN, s.wrong.p[0].what);
        if (!says(why, lines[i].says)) test_fail(__FILE__, __LINE__, "%s: %.*s", lines[i].at, FMT(why));
    }
}

TEST_REGISTER(the_budget_pays_the_lower_of_percentage_and_cap)
{
    fill_norms(w);
    struct record *within = line(w, "tt29-fair-home/2018", 40, 20000000, 480000000, 40);
    struct norm_answer n = answer(w, within, 2026, 9, 9);
    CHECK(n.found && n.in_force && n.bound == NORM_BY_CAP);
    CHECK_INT(n.allowed, 480000000);                        /* 40 × 12 million, less than 70 % of 800 million */
    CHECK_INT(n.over, 0);
    CHECK(!norm_sentence(w, &n).id);
    struct record *cheap = line(w, "tt29-fair-home/2018", 40, 10000001, 300000000, 40);
    n = answer(w, cheap, 2026, 9, 9);
    CHECK(n.bound == NORM_BY_PERCENT);
    CHECK_INT(n.allowed, 280000028);                        /* 70 % of 400,000,040, rounded down   */
    CHECK_INT(n.over, 19999972);
}

TEST_REGISTER(what_is_over_a_norm_is_said_in_both_languages_with_the_citation)
{
    fill_norms(w);
    struct norm_answer n = answer(w, line(w, "tt29-fair-home/2018", 40, 20000000, 500000000, 40), 2026, 9, 9);
    w->lang = EN;
    CHECK_STR(message_str(w->a, EN, norm_sentence(w, &n)),
              S("The budget may pay at most 480,000,000 đồng (12,000,000 đồng × 40 (participating unit)), which is 20,000,000 đồng less than the line says. "
                "Thông tư 29/2018/TT-BTC ngày 28/3/2018."));
    n = answer(w, line(w, "nd205-research/2025", 1, 100000000, 60000000, 0), 2026, 9, 9);
    CHECK(says(message_str(w->a, EN, norm_sentence(w, &n)), "50,000,000 đồng (50% of the cost), which is 10,000,000 đồng less"));
    w->lang = VI;
    CHECK(says(message_str(w->a, VI, norm_sentence(w, &n)), "Nghị định 205/2025/NĐ-CP"));
    CHECK(says(message_str(w->a, VI, norm_sentence(w, &n)), "50.000.000 đồng"));
}

TEST_REGISTER(what_participants_pay_themselves_no_norm_bounds)
{
    fill_norms(w);
    struct record *c = line(w, "tt29-fair-home/2018", 40, 20000000, 800000000, 40);
    c->v[COST_SOURCE] = key_in(w, "fund_source", "sponsorship");
    CHECK_INT(answer(w, c, 2026, 9, 9).over, 0);
    c->v[COST_SOURCE] = key_in(w, "fund_source", "city_investment");
    CHECK_INT(answer(w, c, 2026, 9, 9).over, 320000000);
}

/* The norm changes on 1 July: before it the old one holds, from then on the new one, whichever of them the line names. */
TEST_REGISTER(the_norm_of_the_day_holds_when_it_changed_between_plan_and_contract)
{
    struct plan_cast c = plan_cast(w);
    Str why;
    fill_norms(w);
    struct record *old = norm_with(w, "tt29-fair-home/2018"), *next = record_copy(w->a, old);
    next->id = next->seq = 0;
    next->v[NORM_CODE] = v_text(S("tt29-fair-home/2026"));
    next->v[NORM_CAP] = v_int(15000000);
    next->v[NORM_FROM] = v_text(S("2026-07-01"));
    next->v[NORM_CITATION] = v_text(S("Thông tư mới"));
    struct saving early = { .now = next };
    CHECK_INT(record_keep(c.officer, &early), ERR_INVALID);                          /* the old one has no end yet */
    CHECK_STR(str_of(early.wrong.p[0].f->name), str_of("from_day"));
    CHECK_INT(changed_field(c.officer, old, NORM_TO, v_text(S("2026-06-30")), &why), OK);
    next = kept(c.officer, next);
    CHECK_INT(changed_field(c.officer, now_is(w, old), NORM_NEXT, v_int(next->id), &why), OK);
    struct record *by_old = line(w, "tt29-fair-home/2018", 40, 20000000, 550000000, 40), *by_new = line(w, "tt29-fair-home/2026", 40, 20000000, 550000000, 40);
    CHECK_INT(answer(w, by_old, 2026, 6, 30).over, 70000000);
    CHECK_INT(answer(w, by_new, 2026, 6, 30).over, 70000000);
    CHECK_INT(answer(w, by_old, 2026, 7, 1).allowed, 560000000);                     /* 70 % of 800 million, below 40 × 15 million */
    CHECK_INT(answer(w, by_old, 2026, 7, 1).over, 0);
    CHECK_INT(answer(w, by_new, 2026, 7, 1).over, 0);
    CHECK_INT(answer(w, by_old, 2026, 7, 1).norm->id, next->id);
    struct norm_answer before_any = answer(w, by_old, 2018, 1, 1);
    CHECK(before_any.found && !before_any.in_force);
    CHECK(says(message_str(w->a, EN, norm_sentence(w, &before_any)), "not in force on that day"));
}

TEST_REGISTER(a_norm_by_which_costs_were_planned_keeps_its_figures)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct record *used, *t = new_task(w, p.fair, "Thử");
    Str why;
    fill_norms(w);
    used = norm_with(w, "tt29-fair-home/2018");
    CHECK_INT(changed_field(c.officer, used, NORM_CAP, v_int(13000000), &why), OK);
    struct record *cost = add_cost(w, t, "Dòng", 1, 1000000, 100000);
    cost->v[COST_NORM] = v_int(used->id);
    cost->v[COST_NORM_UNITS] = v_int(1);
    kept(c.officer, t);
    CHECK_INT(changed_field(c.officer, now_is(w, used), NORM_CAP, v_int(14000000), &why), ERR_INVALID);
    CHECK(says(why, "so this stands"));
    CHECK_INT(changed_field(c.officer, now_is(w, used), NORM_TO, v_text(S("2030-12-31")), &why), OK);
}

TEST_REGISTER(the_norms_built_in_are_loaded_once_and_those_changed_stay)
{
    struct plan_cast c = plan_cast(w);
    Str why;
    fill_norms(w);
    CHECK_INT((int)count_of(w, "norm"), 11);
    CHECK_INT(changed_field(c.officer, norm_with(w, "tt29-fair-home/2018"), NORM_CAP, v_int(1), &why), OK);
    fill_norms(w);
    CHECK_INT((int)count_of(w, "norm"), 11);
    CHECK_INT(v_i64(norm_with(w, "tt29-fair-home/2018")->v[NORM_CAP]), 1);
    CHECK(v_f64(norm_with(w, "tt29-fair-home/2018")->v[NORM_PERCENT]) == 70);
}

/* ---- an upgrade --------------------------------------------------------------------------------------- */

/* The database as a version left it that did not have this norm. */
static void forget(struct work *w, const char *code)
{
    Val name = v_text(str_f(w->a, "built in: norm %s", code));
    CHECK_INT(db_exec(w->db, w->a, SQL("DELETE FROM norm WHERE code = $1"), ARGS(v_text(str_of(code)))), OK);
    CHECK_INT(db_exec(w->db, w->a, SQL("DELETE FROM property WHERE name = $1 OR name = 'built in: data/norms.csv'"), ARGS(name)), OK);
}

TEST_REGISTER(an_upgrade_brings_norms_that_are_new_and_leaves_what_officers_changed_or_deleted)
{
    static const char *const fresh = "tt29-fair-home/2018", *const changed = "tt29-advice/2018", *const deleted = "tt29-investment-seminar/2018";
    struct plan_cast c = plan_cast(w);
    fill_norms(w);
    int64_t n = count_of(w, "norm");
    Message why;
    Str cause;
    CHECK_INT(changed_field(c.officer, norm_with(w, changed), NORM_NOTE, v_text(S("Theo Sở Tài chính")), &cause), OK);
    CHECK_INT(removed(c.officer, norm_with(w, deleted), &why), OK);
    forget(w, fresh);
    fill_norms(w);
    CHECK_INT(count_of(w, "norm"), n - 1);
    CHECK_STR(v_str(norm_with(w, fresh)->v[NORM_CITATION]), v_str(norm_with(w, changed)->v[NORM_CITATION]));
    CHECK_STR(v_str(norm_with(w, changed)->v[NORM_NOTE]), S("Theo Sở Tài chính"));
    fill_norms(w);
    CHECK_INT(count_of(w, "norm"), n - 1);
}
