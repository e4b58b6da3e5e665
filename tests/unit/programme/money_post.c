/* The laws of docs/balance-laws.md, one by one: what keeps them is posted, what would break them is refused with what remains, and nothing is written. */
#include "purse.h"

#include "model/change.h"
#include "model/rights.h"

static struct posting with(struct posting p, int64_t contract_id, int64_t task_id)
{
    p.contract = contract_id, p.task = task_id;
    return p;
}

static struct balance line_now(const struct purse *p, int i)
{
    struct balance b;
    CHECK_INT(balance_of_line(p->w, p->line[i], &b), OK);
    return b;
}

/* A line with 1,000 allocated and, for task 2, as much committed and paid as said. */
static struct purse with_money(struct work *w, int64_t committed, int64_t disbursed)
{
    struct purse p = purse_make(w);
    posted(w, posting_of(p.line[0], MONEY_ALLOCATED, 1000));
    if (committed) posted(w, with(posting_of(p.line[0], MONEY_COMMITTED, committed), 0, p.task[2]));
    if (disbursed) posted(w, with(posting_of(p.line[0], MONEY_DISBURSED, disbursed), 0, p.task[2]));
    return p;
}

TEST_REGISTER(b1_no_more_is_committed_than_allocated_and_the_remaining_amount_is_told)
{
    struct purse p = with_money(w, 250, 0);
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_COMMITTED, 1751), 0, p.task[2])),
              S("“2026 · Sở Công Thương · NSTP thường xuyên · 3.1 · Mặt bằng” has 750 đồng left to commit; 1,751 were asked for."));
    posted(w, with(posting_of(p.line[0], MONEY_COMMITTED, 750), 0, p.task[1]));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_COMMITTED, 1), 0, p.task[1])),
              S("“2026 · Sở Công Thương · NSTP thường xuyên · 3.1 · Mặt bằng” has 0 đồng left to commit; 1 were asked for."));
    check_balance(line_now(&p, 0), 1000, 1000, 0, 0);
}

TEST_REGISTER(b1_an_allocation_cannot_fall_below_what_is_committed)
{
    struct purse p = with_money(w, 700, 0);
    posted(w, posting_of(p.line[0], MONEY_ALLOCATED, -300));
    CHECK_STR(post_one(w, posting_of(p.line[0], MONEY_ALLOCATED, -1)),
              S("The allocation of “2026 · Sở Công Thương · NSTP thường xuyên · 3.1 · Mặt bằng” cannot fall to 699 đồng: 700 are committed already."));
    check_balance(line_now(&p, 0), 700, 700, 0, 0);
}

TEST_REGISTER(b2_no_task_is_paid_more_than_is_committed_for_it_whatever_the_line_holds)
{
    struct purse p = with_money(w, 300, 100);
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_DISBURSED, 201), 0, p.task[2])), S("“Nhiệm vụ 2” has 200 đồng committed and not yet paid; 201 were asked for."));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_DISBURSED, 1), 0, p.task[1])), S("“Nhiệm vụ 1” has 0 đồng committed and not yet paid; 1 were asked for."));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_COMMITTED, -201), 0, p.task[2])), S("What is committed for “Nhiệm vụ 2” cannot fall to 99 đồng: 100 are paid already."));
    posted(w, with(posting_of(p.line[0], MONEY_DISBURSED, 200), 0, p.task[2]));
    check_balance(line_now(&p, 0), 1000, 300, 300, 0);
}

TEST_REGISTER(b3_a_contract_is_committed_share_by_share_as_it_is_written)
{
    struct purse p = with_money(w, 0, 0);
    Message why;
    posted(w, posting_of(p.line[1], MONEY_ALLOCATED, 1000));
    const struct posting first = with(posting_of(p.line[0], MONEY_COMMITTED, 600), p.contract[0], p.task[0]);
    const struct posting second = with(posting_of(p.line[1], MONEY_COMMITTED, 400), p.contract[0], 0);      /* the task is the contract's */
    CHECK_STR(post_one(w, first), S("The contract “Hợp đồng 0” is worth 400 đồng on one of its budget lines; 0 would be committed there."));
    CHECK_INT(post_all(w, (struct posting[]){ first, second, with(posting_of(p.line[2], MONEY_ALLOCATED, 1), p.contract[0], 0) }, 3, &why), OK);
    CHECK_STR(post_one(w, first), S("“2026 · Sở Công Thương · NSTP thường xuyên · 3.1 · Mặt bằng” has 400 đồng left to commit; 600 were asked for."));
    CHECK_STR(post_one(w, second), S("The contract “Hợp đồng 0” is worth 400 đồng on one of its budget lines; 800 would be committed there."));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_COMMITTED, 500), p.contract[1], p.task[0])), S("The contract “Hợp đồng 1” is not for that task."));
    struct balance b;
    CHECK_INT(balance_of_task(w, p.task[0], &b), OK);
    check_balance(b, 1, 1000, 0, 0);
}

TEST_REGISTER(b3_what_a_contract_no_longer_needs_is_freed_down_to_what_was_paid)
{
    struct purse p = with_money(w, 0, 0);
    posted(w, with(posting_of(p.line[0], MONEY_COMMITTED, 500), p.contract[1], 0));
    posted(w, with(posting_of(p.line[0], MONEY_DISBURSED, 200), p.contract[1], 0));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_COMMITTED, -301), p.contract[1], 0)), S("What is committed for “Hợp đồng 1” cannot fall to 199 đồng: 200 are paid already."));
    posted(w, with(posting_of(p.line[0], MONEY_COMMITTED, -300), p.contract[1], 0));
    check_balance(line_now(&p, 0), 1000, 200, 200, 0);
}

TEST_REGISTER(b4_no_more_is_settled_than_paid_and_a_refund_leaves_what_is_settled)
{
    struct purse p = with_money(w, 500, 400);
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_SETTLED, 401), 0, p.task[2])), S("“Nhiệm vụ 2” has 400 đồng paid and not yet settled; 401 were asked for."));
    posted(w, with(posting_of(p.line[0], MONEY_SETTLED, 350), 0, p.task[2]));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_DISBURSED, -51), 0, p.task[2])), S("What is paid for “Nhiệm vụ 2” cannot fall to 349 đồng: 350 are settled already."));
    posted(w, with(posting_of(p.line[0], MONEY_DISBURSED, -50), 0, p.task[2]));
    check_balance(line_now(&p, 0), 1000, 500, 350, 350);
}

TEST_REGISTER(b5_no_balance_falls_below_nothing)
{
    struct purse p = with_money(w, 0, 0);
    for (enum money_stage s = MONEY_SUBMITTED; s < MONEY_STAGES; s++) {
        Str said = post_one(w, with(posting_of(p.line[2], s, -1), 0, p.task[2]));
        CHECK(str_ends(said, S("no more than 0 đồng can be taken back; 1 were asked for.")));
    }
    CHECK(str_has(post_one(w, posting_of(p.line[0], MONEY_ALLOCATED, -1001)), S("no more than 1,000 đồng can be taken back; 1,001 were asked for.")));
}

TEST_REGISTER(b6_a_voucher_is_taken_back_once_by_just_its_amount)
{
    struct purse p = with_money(w, 0, 0);
    struct posting back = posting_of(p.line[0], MONEY_ALLOCATED, -1000);
    back.reverses = last_voucher(w);
    struct posting wrong = back, twice[] = { back, back }, early = back;
    Message why;
    wrong.amount = -999;
    early.on = (struct date){ 2026, 5, 31 };
    CHECK_STR(post_one(w, wrong), S("“QĐ 1” can only be taken back as it is: 1,000 đồng, on its own line and stage."));
    wrong = back, wrong.line = p.line[1];
    CHECK_STR(post_one(w, wrong), S("“QĐ 1” can only be taken back as it is: 1,000 đồng, on its own line and stage."));
    CHECK_STR(post_one(w, early), S("“QĐ 1” cannot be taken back before its own day."));
    CHECK_INT(post_all(w, twice, 2, &why), ERR_INVALID);
    CHECK_INT(count_of(w, "voucher"), 1);
    posted(w, back);
    CHECK_STR(post_one(w, back), S("“QĐ 1” has been taken back already."));
    back.reverses = last_voucher(w), back.amount = 1000;
    CHECK_STR(post_one(w, back), S("“QĐ 1” takes another voucher back itself. Enter the amount anew instead."));
    check_balance(line_now(&p, 0), 0, 0, 0, 0);
}

struct one_posting { struct posting p; Message why; };
static enum err post_today(struct work *w, void *arg)
{
    struct one_posting *one = arg;
    return money_post(w, &one->p, 1, &one->why);
}

TEST_REGISTER(a_document_of_a_day_still_to_come_is_not_posted)
{
    struct purse p = purse_make(w);
    struct one_posting tomorrow = { .p = posting_of(p.line[0], MONEY_ALLOCATED, 1000) }, today = tomorrow;
    tomorrow.p.on = (struct date){ 2026, 11, 23 }, today.p.on = w->today;
    CHECK_INT(work_write(w, post_today, &tomorrow), ERR_INVALID);
    CHECK_STR(message_str(w->a, VI, tomorrow.why), S("Ngày chứng từ: 23/11/2026 chưa đến; hãy nhập ngày việc đã diễn ra, muộn nhất là 22/11/2026"));
    CHECK_INT(work_write(w, post_today, &today), OK);
}

TEST_REGISTER(days_belong_to_the_budget_year_with_what_the_law_allows_before_and_after)
{
    static const struct { struct date on; bool good[MONEY_STAGES]; } days[] = {
        { { 2024, 12, 31 }, { 0 } },
        { { 2025, 12, 20 }, { true, true } },
        { { 2026, 1, 1 }, { true, true, true, true, true } },
        { { 2026, 12, 31 }, { true, true, true, true, true } },
        { { 2027, 1, 31 }, { [MONEY_DISBURSED] = true, [MONEY_SETTLED] = true } },
        { { 2027, 2, 1 }, { [MONEY_SETTLED] = true } },
        { { 2029, 12, 31 }, { [MONEY_SETTLED] = true } },
        { { 2030, 1, 1 }, { 0 } },
        { { 2026, 2, 30 }, { 0 } },
        { { 0 }, { 0 } },
    };
    struct purse p = with_money(w, 900, 800);
    for (size_t i = 0; i < COUNT(days); i++)
        for (enum money_stage s = MONEY_SUBMITTED; s < MONEY_STAGES; s++) {
            struct posting one = with(posting_of(p.line[0], s, 1), 0, p.task[2]);
            one.on = days[i].on;
            Str said = post_one(w, one);
            if (!said.n != days[i].good[s]) test_fail(__FILE__, __LINE__, "%04d-%02d-%02d at %s: %.*s", one.on.year, one.on.month, one.on.day, money_stages[s].code, FMT(said));
        }
    struct posting refund = with(posting_of(p.line[0], MONEY_DISBURSED, -1), 0, p.task[2]), late = posting_of(p.line[0], MONEY_COMMITTED, 1);
    refund.on = (struct date){ 2027, 6, 1 };
    refund.reason = S("hoàn trả");
    CHECK_STR(post_one(w, refund), S(""));
    late.on = (struct date){ 2027, 1, 5 };
    CHECK_STR(post_one(w, late), S("5 Jan 2027 does not belong to the budget year 2026. Commitments bear a day of that year."));
}

TEST_REGISTER(amounts_that_no_budget_knows_and_entries_without_a_document_are_refused)
{
    struct purse p = purse_make(w);
    struct posting one = posting_of(p.line[0], MONEY_ALLOCATED, 0);
    CHECK_STR(post_one(w, one), S("An amount of nothing changes nothing. Say how much."));
    for (int i = 0; i < 4; i++) {
        one.amount = (int64_t[]){ MONEY_MOST + 1, -MONEY_MOST - 1, INT64_MAX, INT64_MIN }[i];
        one.reason = S("x");
        CHECK(str_ends(post_one(w, one), S("is more than one entry may move: at most 10,000,000,000,000. Look for a digit too many.")));
    }
    posted(w, posting_of(p.line[0], MONEY_ALLOCATED, MONEY_MOST));
    CHECK(str_ends(post_one(w, posting_of(p.line[0], MONEY_ALLOCATED, 1)), S("more than a line can: at most 10,000,000,000,000. Look for a digit too many.")));
    one.amount = 5, one.document = S("  ");
    CHECK_STR(post_one(w, one), S("Say by which document: the number of the decision, order or minutes."));
    one = posting_of(p.line[0], MONEY_ALLOCATED, -5), one.reason = S(" ");
    CHECK_STR(post_one(w, one), S("Say why it is reduced or taken back."));
    CHECK_STR(post_one(w, posting_of(4711, MONEY_ALLOCATED, 5)), S("There is no such budget line."));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_ALLOCATED, 5), 4711, 0)), S("There is no such contract or task."));
    CHECK_STR(post_one(w, with(posting_of(p.line[0], MONEY_ALLOCATED, 5), 0, 4711)), S("There is no such contract or task."));
    one = posting_of(p.line[0], MONEY_ALLOCATED, -5), one.reverses = 4711;
    CHECK_STR(post_one(w, one), S("There is no such voucher to take back."));
}

TEST_REGISTER(a_set_is_posted_whole_in_any_order_or_not_at_all)
{
    struct purse p = purse_make(w);
    Message why;
    const struct posting set[] = {
        with(posting_of(p.line[0], MONEY_SETTLED, 30), 0, p.task[2]), with(posting_of(p.line[0], MONEY_DISBURSED, 40), 0, p.task[2]),
        with(posting_of(p.line[0], MONEY_COMMITTED, 50), 0, p.task[2]), posting_of(p.line[0], MONEY_ALLOCATED, 60), posting_of(p.line[1], MONEY_COMMITTED, 1),
    };
    CHECK_INT(post_all(w, set, 5, &why), ERR_INVALID);
    CHECK_INT(count_of(w, "voucher"), 0);
    CHECK_INT(post_all(w, set, 4, &why), OK);
    check_balance(line_now(&p, 0), 60, 50, 40, 30);
    check_log(w);
}

TEST_REGISTER(a_budget_line_is_one_for_its_five_parts_and_stays_while_vouchers_name_it)
{
    struct purse p = with_money(w, 0, 0);
    struct change entry;
    struct record *line;
    Message why;
    CHECK_INT(count_of(w, "budget_line"), PURSE_LINES);
    CHECK_INT(line_of(w, 2026, "city_recurrent", "3.1"), p.line[0]);
    CHECK_INT(record_load(w, &budget_line, p.line[0], &line), OK);
    CHECK_INT(change_undo(w, line->seq, &entry, &why), ERR_CONFLICT);
    for (const struct word *role = role_words; role->bit; role++)
        for (int i = LINE_YEAR; i <= LINE_KIND; i++) {
            struct work *by = work_of(w, role->bit);
            CHECK(!field_written(by, &budget_line.fields[i], reach_of(by, line), false));
        }
    CHECK_INT(deleted(w, line), ERR_CONFLICT);
    check_log(w);
}
