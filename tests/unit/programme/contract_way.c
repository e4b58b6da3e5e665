/* contract_way.c - from a call to the settlement, with amounts that do not divide evenly, on both databases. */
#include "contracts.h"

#include "programme/inside.h"

static Str state(struct work *w, const struct record *r) { return v_str(now_is(w, r)->v[r->e->workflow->state]); }

static int64_t share_on(const struct record *of, size_t i) { return v_i64(of->children[CONTRACT_SHARES].p[i]->v[SHARE_AMOUNT]); }

static void check_contract_balance(struct work *w, const struct record *of, int64_t committed, int64_t disbursed, int64_t settled)
{
    struct balance b;
    CHECK_INT(balance_of_contract(w, of->id, &b), OK);
    CHECK_INT(b.of[MONEY_COMMITTED], committed);
    CHECK_INT(b.of[MONEY_DISBURSED], disbursed);
    CHECK_INT(b.of[MONEY_SETTLED], settled);
}

static struct record *settlement_with(struct work *by, const struct record *of, int64_t actual, int64_t eligible)
{
    struct record *r = record_make(by->a, &settlement), *item = record_add(by->a, r, SETTLEMENT_ITEMS);
    r->v[SETTLEMENT_CONTRACT] = v_int(of->id);
    item->v[ITEM_TITLE] = text_of("Thuê và dựng gian hàng");
    item->v[ITEM_DOCUMENT] = text_of("HĐ 0000123 ngày 10/12/2026");
    item->v[ITEM_ACTUAL] = v_int(actual);
    item->v[ITEM_ELIGIBLE] = v_int(eligible);
    if (eligible < actual) item->v[ITEM_WHY] = text_of("Hai gian không sử dụng");
    return kept(by, r);
}

TEST_REGISTER(a_task_goes_from_its_call_to_its_settlement_with_every_dong_accounted_for)
{
    enum { PRICE = 333333333, FIRST = 111111111, INELIGIBLE = 10000007 };
    struct contract_cast c = contract_cast(w);
    struct record *r = drafted_contract(&c, PRICE), *first, *second, *p;
    int64_t room;
    CHECK_INT(v_i64(r->v[CONTRACT_VALUE]), PRICE);
    CHECK_INT((int)r->children[CONTRACT_SHARES].n, 3);
    /* 144,000,000, 96,000,000 and 100,000,001 of 340,000,001, each times the price */
    CHECK_INT(share_on(r, 0), 141176470);
    CHECK_INT(share_on(r, 1), 94117647);
    CHECK_INT(share_on(r, 2), 98039216);
    CHECK_STR(state(w, c.task), S("choosing"));
    first = only_milestone(w, r);
    CHECK_INT(v_i64(first->v[MILESTONE_AMOUNT]), PRICE);
    CHECK_STR(set_field(c.officer, first, MILESTONE_AMOUNT, v_int(FIRST)), S(""));
    CHECK(str_has(told_against(c.officer, r, "send"), S("differ by 222,222,222")));
    second = more_milestone(c.officer, r, "Bàn giao", PRICE - FIRST);
    check_contract_balance(w, r, 0, 0, 0);
    approved_and_signed(&c, r);
    CHECK_STR(state(w, c.task), S("under_way"));
    check_contract_balance(w, r, PRICE, 0, 0);

    accepted(&c, first);
    CHECK_INT(payment_room(w, now_is(w, first), &room), OK);
    CHECK_INT(room, FIRST);
    p = new_payment(c.one, first, 50000000);
    step(c.one, p, "send");
    paid(&c, p, "UNC 01");
    check_contract_balance(w, r, PRICE, 50000000, 0);
    CHECK_STR(state(w, first), S("accepted"));                      /* not all of it is paid */
    p = new_payment(c.one, first, FIRST - 50000000);
    step(c.one, p, "send");
    paid(&c, p, "UNC 02");
    CHECK_STR(state(w, first), S("paid"));
    CHECK_STR(state(w, r), S("in_force"));
    accepted(&c, second);
    p = new_payment(c.officer, second, PRICE - FIRST);
    step(c.officer, p, "send");
    paid(&c, p, "UNC 03");
    CHECK_STR(state(w, r), S("completed"));
    check_contract_balance(w, r, PRICE, PRICE, 0);

    CHECK_INT(taken_by_program(c.officer, &task, c.task->id, "accept"), OK);
    p = settlement_with(c.one, r, PRICE, PRICE - INELIGIBLE);
    step(c.one, p, "submit");
    p = now_is(w, p);
    CHECK_INT(v_i64(p->v[SETTLEMENT_PAID]), PRICE);
    CHECK_INT(v_i64(p->v[SETTLEMENT_REFUND]), INELIGIBLE);
    step(c.finance, p, "approve");
    check_contract_balance(w, r, PRICE, PRICE, PRICE - INELIGIBLE);
    CHECK(str_has(told_against(c.finance, p, "close"), S("10,000,007")));
    CHECK_STR(set_field(c.finance, p, SETTLEMENT_REFUNDED_ON, text_of("2026-11-27")), S(""));
    CHECK(str_has(told_against(c.finance, p, "close"), S("minutes")));
    CHECK_STR(set_field(c.finance, p, SETTLEMENT_MINUTES, text_of("09/BB")), S(""));
    CHECK_STR(set_field(c.finance, p, SETTLEMENT_FILE, v_text(str_f(w->a, "%064d bien-ban.pdf", 9))), S(""));
    step(c.finance, p, "close");
    check_contract_balance(w, r, PRICE, PRICE - INELIGIBLE, PRICE - INELIGIBLE);
    CHECK_STR(state(w, r), S("settled"));
    CHECK_STR(state(w, c.task), S("settled"));
    check_log(w);
}

TEST_REGISTER(what_is_paid_back_and_settled_is_even_on_every_share)
{
    enum { PRICE = 100000003, INELIGIBLE = 33333334 };
    struct contract_cast c = contract_cast(w);
    struct record *r = contract_in_force(&c, PRICE), *m = only_milestone(w, r), *p;
    struct shares shares;
    accepted(&c, m);
    p = new_payment(c.one, m, PRICE);
    step(c.one, p, "send");
    paid(&c, p, "UNC 01");
    p = settlement_with(c.officer, r, PRICE, PRICE - INELIGIBLE);
    step(c.officer, p, "submit");
    step(c.finance, p, "approve");
    CHECK_STR(set_field(c.finance, p, SETTLEMENT_REFUNDED_ON, text_of("2026-11-27")), S(""));
    CHECK_STR(set_field(c.finance, p, SETTLEMENT_MINUTES, text_of("09/BB")), S(""));
    CHECK_STR(set_field(c.officer, p, SETTLEMENT_FILE, v_text(str_f(w->a, "%064d bien-ban.pdf", 9))), S(""));
    step(c.finance, p, "close");
    CHECK_INT(shares_of(w, r->id, 0, &shares), OK);
    CHECK_INT((int)shares.n, 3);
    for (size_t i = 0; i < shares.n; i++) CHECK_INT(shares.p[i].balance.of[MONEY_DISBURSED], shares.p[i].balance.of[MONEY_SETTLED]);
}

TEST_REGISTER(a_task_of_the_agencys_own_is_paid_as_the_plan_pays_for_it_and_no_more)
{
    struct contract_cast c = contract_cast(w);
    struct record *p = record_make(c.officer->a, &payment_request), *own;
    struct plan_cast people = { .officer = c.officer, .leader = c.leader };
    struct balance b;
    CHECK_INT(stepped(c.officer, c.plan, "adjust", "Thêm nhiệm vụ"), OK);
    own = new_task(c.officer, named(w, c.task, TASK_ACTIVITY, &activity), "Mời doanh nghiệp");
    add_cost(c.officer, own, "Giấy mời", 1, 5000001, 5000001)->v[COST_KIND] = key_in(w, "expense_kind", "stand");
    own = kept(c.officer, own);
    approve_plan(&people, c.plan, "3/QĐ");
    step(c.officer, own, "begin");
    p->v[PAYMENT_TASK] = v_int(own->id);
    p->v[PAYMENT_AMOUNT] = v_int(5000002);
    p->v[PAYMENT_INVOICE] = text_of("0000200");
    p = kept(c.officer, p);
    step(c.officer, p, "send");
    step(c.officer, p, "agree");
    CHECK_STR(set_field(c.finance, p, PAYMENT_ORDER, text_of("UNC 05")), S(""));
    CHECK(str_has(told_against(c.finance, p, "pay"), S("5,000,001")));
    CHECK_INT(stepped(c.finance, p, "send_back", "Vượt dự toán"), OK);
    CHECK_STR(set_field(c.officer, p, PAYMENT_AMOUNT, v_int(5000001)), S(""));
    step(c.officer, p, "send");
    step(c.officer, p, "agree");
    step(c.finance, p, "pay");
    CHECK_INT(balance_of_task(w, own->id, &b), OK);
    CHECK_INT(b.of[MONEY_COMMITTED], 5000001);
    CHECK_INT(b.of[MONEY_DISBURSED], 5000001);
}
