/* Views, narrowing, counterparts, forecasts and splitting: what a reader sees, worked out by hand. */
#include "purse.h"

/* ---- a small year --------------------------------------------------------------------------------------- */

static enum err change(struct work *w, void *arg)
{
    struct record **r = arg;
    bool changed;
    return record_save(w, r[0], r[1], &changed);
}

static Val code(struct work *w, const char *list, const char *of) { return v_text(code_find(w->codes, str_of(list), str_of(of))->key); }

/* A line of cost: `support` of the total from the city, the rest from those who take part; norm 0: none. */
static void add_cost(struct work *w, int64_t task_id, const char *item, int64_t total, int64_t support, int64_t norm_id)
{
    struct record *r[2];
    CHECK_INT(record_load(w, &task, task_id, &r[0]), OK);
    r[1] = record_copy(w->a, r[0]);
    struct record *c = record_add(w->a, r[1], TASK_COSTS);
    c->v[COST_ITEM] = v_text(str_of(item));
    c->v[COST_KIND] = code(w, "expense_kind", "space");
    c->v[COST_QUANTITY] = v_real(1);
    c->v[COST_PRICE] = v_int(total);
    c->v[COST_SOURCE] = code(w, "fund_source", "city_recurrent");
    c->v[COST_SUPPORT] = v_int(support);
    if (support < total) c->v[COST_REST_SOURCE] = code(w, "fund_source", "participants");
    if (norm_id) c->v[COST_NORM] = v_int(norm_id);
    CHECK_INT(work_write(w, change, r), OK);
}

static int64_t half_norm(struct work *w)
{
    struct record *r = record_make(w->a, &norm);
    r->v[NORM_CODE] = v_text(S("half/2026"));
    r->v[NORM_TITLE_VI] = v_text(S("Một nửa"));
    r->v[NORM_PERCENT] = v_real(50);
    r->v[NORM_FROM] = v_text(S("2026-01-01"));
    r->v[NORM_CITATION] = v_text(S("Điều 1"));
    return kept_record(w, r);
}

static struct posting on_day(struct posting p, int month, int64_t task_id)
{
    p.on.month = month, p.task = task_id;
    return p;
}

/* Task 0 costs 1,000, half of it theirs; task 1 costs 300, all the city's.  In March 400 and 300 of theirs were paid for task 0. */
static struct purse small_year(struct work *w)
{
    struct purse p = purse_make(w);
    add_cost(w, p.task[0], "Gian hàng", 1000, 500, half_norm(w));
    add_cost(w, p.task[1], "Tài liệu", 300, 300, 0);
    for (int i = 0; i < 4; i++) posted(w, on_day(posting_of(p.line[i], MONEY_ALLOCATED, 1000), 1, 0));
    posted(w, on_day(posting_of(p.line[0], MONEY_COMMITTED, 500), 2, p.task[0]));
    posted(w, on_day(posting_of(p.line[3], MONEY_COMMITTED, 500), 2, p.task[0]));
    posted(w, on_day(posting_of(p.line[0], MONEY_DISBURSED, 400), 3, p.task[0]));
    posted(w, on_day(posting_of(p.line[3], MONEY_DISBURSED, 300), 3, p.task[0]));
    posted(w, (struct posting){ .line = p.line[4], .stage = MONEY_ALLOCATED, .amount = 77, .on = { 2026, 12, 20 }, .document = S("QĐ 2") });
    return p;
}

/* "key id: estimate allocated committed disbursed;" for each row. */
static Str told(struct work *w, struct money_asked asked)
{
    struct money_rows rows;
    struct money_row total;
    struct buf b = buf_make(w->a);
    asked.year = 2026;
    CHECK_INT(money_rows(w, &asked, &rows, &total), OK);
    for (size_t i = 0; i <= rows.n; i++) {
        const struct money_row *r = i < rows.n ? &rows.p[i] : &total;
        put_f(&b, "%.*s%s %lld %lld %lld %lld;", FMT(i < rows.n ? r->key : S("all")), asked.by == BY_TASK && i < rows.n && r->id ? "task" : "", (long long)r->estimate,
              (long long)r->balance.of[MONEY_ALLOCATED], (long long)r->balance.of[MONEY_COMMITTED], (long long)r->balance.of[MONEY_DISBURSED]);
    }
    return buf_str(&b);
}

TEST_REGISTER(a_year_in_each_view_has_the_same_total)
{
    small_year(w);
    CHECK_STR(told(w, (struct money_asked){ .by = BY_SOURCE }),
              S("2026/city_investment 0 1000 0 0;2026/city_recurrent 800 2000 500 400;2026/participants 500 1000 500 300;all 1300 4000 1000 700;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_CONTENT }), S("2026/3.1 1300 3000 1000 700;2026/3.2 0 1000 0 0;all 1300 4000 1000 700;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_AGENCY }), S("2026/SCT 1300 4000 1000 700;all 1300 4000 1000 700;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_KIND }), S("2026/space 1300 4000 1000 700;all 1300 4000 1000 700;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_MONTH }), S(" 1300 0 0 0;2026-01 0 4000 0 0;2026-02 0 0 1000 0;2026-03 0 0 0 700;all 1300 4000 1000 700;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_TASK }), S(" 0 4000 0 0;task 1000 0 1000 700;task 300 0 0 0;all 1300 4000 1000 700;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_LINE }),
              S("2026|2026/SCT|2026/city_investment|2026/3.1|2026/space 0 1000 0 0;2026|2026/SCT|2026/city_recurrent|2026/3.1|2026/space 800 1000 500 400;"
                "2026|2026/SCT|2026/city_recurrent|2026/3.2|2026/space 0 1000 0 0;2026|2026/SCT|2026/participants|2026/3.1|2026/space 500 1000 500 300;all 1300 4000 1000 700;"));
}

TEST_REGISTER(a_view_is_narrowed_by_what_lines_and_tasks_belong_to)
{
    struct purse p = small_year(w);
    CHECK_STR(told(w, (struct money_asked){ .by = BY_CONTENT, .source = S("city_recurrent") }), S("2026/3.1 800 1000 500 400;2026/3.2 0 1000 0 0;all 800 2000 500 400;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_SOURCE, .task = p.task[0] }), S("2026/city_recurrent 500 0 500 400;2026/participants 500 0 500 300;all 1000 0 1000 700;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_MONTH, .task = p.task[0], .source = S("2026/participants") }), S(" 500 0 0 0;2026-02 0 0 500 0;2026-03 0 0 0 300;all 500 0 500 300;"));
    CHECK_STR(told(w, (struct money_asked){ .by = BY_AGENCY, .agency = S("STC") }), S("all 0 0 0 0;"));
}

TEST_REGISTER(what_participants_pay_is_held_against_what_the_norm_leaves_them)
{
    struct purse p = small_year(w);
    struct counterparts list;
    CHECK_INT(counterparts_of(w, 2026, &list), OK);
    CHECK_INT(list.n, 1);
    CHECK_INT(list.p[0].task, p.task[0]);
    CHECK_INT(list.p[0].planned, 500);
    CHECK_INT(list.p[0].support, 500);
    CHECK_INT(list.p[0].came, 300);
    CHECK_INT(list.p[0].support_paid, 400);
    CHECK_INT((int)(list.p[0].share_asked * 100), 50);
    CHECK(!list.p[0].enough);                               /* 3 of 7                              */
    posted(w, on_day(posting_of(p.line[3], MONEY_DISBURSED, 100), 4, p.task[0]));
    CHECK_INT(counterparts_of(w, 2026, &list), OK);
    CHECK(list.p[0].enough);                                /* 4 of 8                              */
}

static const struct cash_month *month_in(const struct cash_forecast *f, int year, int month)
{
    size_t i = 0;
    while (i < f->n && !(f->p[i].year == year && f->p[i].month == month)) i++;
    CHECK(i < f->n);
    return &f->p[i];
}

TEST_REGISTER(a_task_without_a_contract_is_paid_at_its_end_and_what_is_late_stands_in_this_month)
{
    struct cash_forecast f;
    small_year(w);
    w->today = (struct date){ 2026, 3, 10 };
    CHECK_INT(db_exec(w->db, w->a, SQL("UPDATE contract SET state = 'dropped'"), NO_ARGS), OK);
    CHECK_INT(cash_forecast_of(w, 2026, &f), OK);
    CHECK_INT(f.n, 12);
    CHECK_INT(month_in(&f, 2026, 3)->paid, 700);
    CHECK_INT(month_in(&f, 2026, 11)->due, 300 + 300);      /* what is left of both                */
    w->today = (struct date){ 2026, 12, 1 };
    CHECK_INT(cash_forecast_of(w, 2026, &f), OK);
    CHECK_INT(f.n, 12);
    CHECK_INT(month_in(&f, 2026, 3)->paid, 700);
    CHECK_INT(month_in(&f, 2026, 12)->late, 600);
    CHECK_INT(month_in(&f, 2026, 12)->due + f.without_day, 0);
}

TEST_REGISTER(payments_stand_in_the_months_of_their_year_and_as_far_after_it_as_something_falls)
{
    struct cash_forecast f;
    small_year(w);
    w->today = (struct date){ 2025, 11, 3 };                /* before the year                     */
    CHECK_INT(cash_forecast_of(w, 2026, &f), OK);
    CHECK_INT(f.p[0].year * 100 + f.p[0].month, 202511);
    CHECK_INT(f.p[f.n - 1].year * 100 + f.p[f.n - 1].month, 202612);
    w->today = (struct date){ 2028, 2, 10 };                /* long after it                       */
    CHECK_INT(db_exec(w->db, w->a, SQL("UPDATE contract SET state = 'dropped'"), NO_ARGS), OK);
    CHECK_INT(cash_forecast_of(w, 2026, &f), OK);
    CHECK_INT(f.p[0].year * 100 + f.p[0].month, 202601);
    CHECK_INT(month_in(&f, 2028, 2)->late, 600);
    CHECK_INT(f.n, 26);
}

static void make_milestone(const struct purse *p, int number, const char *due, int64_t amount)
{
    struct record *r = record_make(p->w->a, &milestone);
    r->v[MILESTONE_TITLE] = v_text(str_of(due));
    r->v[MILESTONE_CONTRACT] = v_int(p->contract[number]);
    r->v[MILESTONE_DUE_ON] = v_text(str_of(due));
    r->v[MILESTONE_AMOUNT] = v_int(amount);
    r->v[MILESTONE_CRITERIA] = v_text(S("đủ"));
    kept_record(p->w, r);
}

TEST_REGISTER(a_contract_is_paid_by_its_milestones_and_the_rest_on_a_day_not_known)
{
    struct purse p = purse_make(w);
    struct cash_forecast f;
    w->today = (struct date){ 2026, 6, 15 };
    make_milestone(&p, 0, "2026-06-10", 100);
    make_milestone(&p, 0, "2026-06-20", 200);
    make_milestone(&p, 0, "2026-09-01", 300);
    make_milestone(&p, 1, "2026-09-30", 500);
    CHECK_INT(cash_forecast_of(w, 2026, &f), OK);
    CHECK_INT(month_in(&f, 2026, 6)->late, 100);
    CHECK_INT(month_in(&f, 2026, 6)->due, 200);
    CHECK_INT(month_in(&f, 2026, 9)->due, 800);
    CHECK_INT(f.without_day, 400);
}

/* ---- splitting ------------------------------------------------------------------------------------------- */

TEST(an_amount_is_split_as_what_is_left_stands_and_adds_up_to_the_dong)
{
    struct share of[] = { { 1, { { 0, 0, 600, 0, 0 } } }, { 2, { { 0, 0, 300, 0, 0 } } }, { 3, { { 0, 0, 100, 0, 0 } } } };
    struct shares s = { of, 3, 3 };
    int64_t each[3];
    CHECK(shares_split(a, &s, MONEY_DISBURSED, 101, each));
    CHECK_INT(each[0], 61);                                 /* 60.6, 30.3 and 10.1                 */
    CHECK_INT(each[1], 30);
    CHECK_INT(each[2], 10);
    CHECK(shares_split(a, &s, MONEY_DISBURSED, 1000, each));
    CHECK_INT(each[2], 100);
    CHECK(!shares_split(a, &s, MONEY_DISBURSED, 1001, each));
    CHECK(!shares_split(a, &s, MONEY_DISBURSED, -1, each));
    CHECK(shares_split(a, &s, MONEY_DISBURSED, 0, each));
    CHECK_INT(each[0] + each[1] + each[2], 0);
}

static uint64_t next(uint64_t *state) { return *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407), *state >> 33; }

TEST(random_amounts_on_random_shares_add_up_and_no_share_takes_more_than_is_left_on_it)
{
    uint64_t dice = 20261122;
    for (int round = 0; round < 20000; round++) {
        struct share of[8];
        struct shares s = { of, 1 + next(&dice) % 8, 8 };
        int64_t each[8], left = 0, taken = 0, sum = 0, limit = round % 3 ? 50 : MONEY_MOST;
        enum money_stage stage = next(&dice) % 2 ? MONEY_DISBURSED : MONEY_SETTLED;
        bool back = next(&dice) % 3 == 0;
        for (size_t i = 0; i < s.n; i++) {
            int64_t *b = of[i].balance.of;
            b[MONEY_COMMITTED] = (int64_t)(next(&dice) * next(&dice) % (uint64_t)(limit + 1));
            b[MONEY_DISBURSED] = (int64_t)(next(&dice) % (uint64_t)(b[MONEY_COMMITTED] + 1));
            b[MONEY_SETTLED] = (int64_t)(next(&dice) % (uint64_t)(b[MONEY_DISBURSED] + 1));
            left += b[stage - 1] - b[stage];
            taken += stage == MONEY_SETTLED ? b[stage] : b[stage] - b[stage + 1];
        }
        int64_t most = back ? taken : left, amount = (int64_t)(next(&dice) * next(&dice) % (uint64_t)(most + 2));
        CHECK(shares_split(a, &s, stage, back ? -amount : amount, each) == (amount <= most));
        for (size_t i = 0; i < s.n && amount <= most; i++) {
            const int64_t *b = of[i].balance.of;
            int64_t room = !back ? b[stage - 1] - b[stage] : stage == MONEY_SETTLED ? b[stage] : b[stage] - b[stage + 1];
            CHECK(back ? each[i] <= 0 && -each[i] <= room : each[i] >= 0 && each[i] <= room);
            sum += each[i];
        }
        if (amount <= most) CHECK_INT(sum, back ? -amount : amount);
        arena_reset(a);
    }
}
