/* The demonstration's money keeps the laws, and adds up to the đồng in every view. */
#include "purse.h"

#include "programme/demo.h"

static void check_sum(struct work *w, struct money_asked asked, const struct money_row *want)
{
    struct money_rows rows;
    struct money_row total, sum = { 0 };
    CHECK_INT(money_rows(w, &asked, &rows, &total), OK);
    for (size_t i = 0; i < rows.n; i++) {
        sum.estimate += rows.p[i].estimate;
        for (int s = 0; s < MONEY_STAGES; s++) sum.balance.of[s] += rows.p[i].balance.of[s];
    }
    CHECK_INT(sum.estimate, want->estimate);
    CHECK_INT(total.estimate, want->estimate);
    for (int s = 0; s < MONEY_STAGES; s++) {
        CHECK_INT(sum.balance.of[s], want->balance.of[s]);
        CHECK_INT(total.balance.of[s], want->balance.of[s]);
    }
}

static int64_t sum_of(struct work *w, const char *stage)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, w->a, SQL("SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM voucher WHERE year = 2026 AND stage = $1"), ARGS(v_text(str_of(stage))), &n), OK);
    return n;
}

TEST_REGISTER(the_demonstrations_money_adds_up_in_every_view_and_keeps_every_law)
{
    struct money_row all = { 0 };
    struct estimates planned;
    struct counterparts theirs;
    struct cash_forecast cash;
    CHECK_INT(demo_fill(w, 150, DEMO_SEED), OK);
    CHECK_INT(demo_accounts(w), OK);
    CHECK_INT(demo_year(w, str_f(a, "%s/files", test_dir())), OK);
    CHECK_INT(estimates_of(w, 2026, &planned), OK);
    for (size_t i = 0; i < planned.n; i++) all.estimate += planned.p[i].amount;
    for (int s = 0; s < MONEY_STAGES; s++) all.balance.of[s] = sum_of(w, money_stages[s].code);
    CHECK_INT(all.balance.of[MONEY_SUBMITTED], all.estimate);
    CHECK_INT(all.balance.of[MONEY_ALLOCATED], all.estimate + 120000000);
    CHECK(all.balance.of[MONEY_COMMITTED] > all.balance.of[MONEY_DISBURSED] && all.balance.of[MONEY_DISBURSED] > 0);
    for (int by = 0; by < MONEY_VIEWS; by++) check_sum(w, (struct money_asked){ .year = 2026, .by = (enum money_by)by }, &all);
    CHECK_INT(counterparts_of(w, 2026, &theirs), OK);
    CHECK(theirs.n > 0);
    for (size_t i = 0; i < theirs.n; i++) CHECK(theirs.p[i].planned > 0 && theirs.p[i].support > 0 && theirs.p[i].share_asked >= 0 && theirs.p[i].share <= 1);
    CHECK_INT(cash_forecast_of(w, 2026, &cash), OK);
    CHECK_INT(cash.n, 12);
    int64_t to_pay = -cash.without_day;
    for (size_t i = 0; i < cash.items.n; i++) to_pay += cash.items.p[i].amount;
    for (size_t i = 0; i < cash.n; i++) to_pay -= cash.p[i].due + cash.p[i].late, all.balance.of[MONEY_DISBURSED] -= cash.p[i].paid;
    CHECK_INT(all.balance.of[MONEY_DISBURSED], 0);
    CHECK(cash.items.n > 0);
    CHECK_INT(to_pay, 0);
    check_log(w);
}
