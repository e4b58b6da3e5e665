/* contract_rules.c - what is refused, with its sentence: steps out of order, money that is not there, what stands, what an amendment may change. */
#include "contracts.h"

#include "model/change.h"
#include "model/check.h"
#include "model/import/import.h"
#include "model/save.h"
#include "programme/inside.h"

static Str state(struct work *w, const struct record *r) { return v_str(now_is(w, r)->v[r->e->workflow->state]); }

static int64_t committed_of(struct work *w, const struct record *of)
{
    struct balance b;
    CHECK_INT(balance_of_contract(w, of->id, &b), OK);
    return b.of[MONEY_COMMITTED];
}

/* ---- calls ---------------------------------------------------------------------------------------------------- */

TEST_REGISTER(a_call_says_what_it_needs_before_it_opens)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = made_call(&c, "anybody"), *second = made_call(&c, "anybody"), *none;
    struct saving s;
    CHECK(str_has(set_field(c.officer, of, CALL_CEILING, v_int(TASK_COSTS_DONG + 1)), S("340,000,001")));
    CHECK_STR(set_field(c.officer, of, CALL_CLOSES_ON, text_of("2026-11-22")), S(""));
    CHECK_STR(told_against(c.officer, of, "open"), S("First set a last day for proposals that lies ahead."));
    CHECK_STR(set_field(c.officer, of, CALL_CLOSES_ON, text_of("2026-11-24")), S(""));
    s = (struct saving){ .was = now_is(w, of), .now = record_copy(w->a, now_is(w, of)) };
    s.now->children[CALL_COUNCIL].p[0]->v[MEMBER_ACCOUNT] = v_int(c.finance->actor.account);
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
    CHECK(str_has(message_str(w->a, EN, s.wrong.p[0].what), S("not an active one of an expert or an officer")));
    step(c.officer, of, "open");
    CHECK(str_has(told_against(c.officer, second, "open"), S("a unit is being selected for it")));
    CHECK(str_has(set_field(c.officer, of, CALL_TERMS, text_of("Khác")), S("stands as it was opened")));
    on_day(&c, "2026-11-25");
    none = now_is(w, of);
    CHECK_STR(told_against(c.officer, none, "open_bids"), S("No proposal was sent. End the call without a result."));
}

TEST_REGISTER(proposals_are_not_opened_without_a_council)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody"), *now;
    sent_bid(c.one, of, 300000000);
    of = now_is(w, of);
    now = record_copy(w->a, of);
    now->children[CALL_COUNCIL].n = 2;
    struct saving s = { .was = of, .now = now };
    CHECK_INT(record_keep(c.officer, &s), OK);
    on_day(&c, "2026-11-25");
    CHECK(str_has(told_against(c.officer, of, "open_bids"), S("at least 3 members")));
}

/* ---- contracts ------------------------------------------------------------------------------------------------ */

TEST_REGISTER(a_contract_goes_to_finance_and_a_leader_in_this_order_and_stands_meanwhile)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = drafted_contract(&c, 300000000), *m = only_milestone(w, r);
    Message why;
    CHECK_INT(step_take(c.leader, &contract, r->id, 0, step_named(&contract, S("approve")), S(""), &why), ERR_CONFLICT);
    CHECK(str_has(message_str(w->a, EN, why), S("This step cannot be taken in the state “Being written”")));
    CHECK_INT(stepped(c.finance, r, "send", ""), ERR_DENIED);
    step(c.officer, r, "send");
    CHECK_INT(stepped(c.officer, r, "agree", ""), ERR_DENIED);
    CHECK(str_has(set_field(c.officer, r, CONTRACT_ENDS, text_of("2026-12-31")), S("stands as it is")));
    CHECK(str_has(set_field(c.officer, m, MILESTONE_AMOUNT, v_int(1)), S("its milestones stand")));
    CHECK(str_has(told_against(c.officer, m, "cancel"), S("an amendment changes them")));
    CHECK_INT(stepped(c.finance, r, "return", "Thiếu phụ lục"), OK);
    CHECK_STR(set_field(c.officer, r, CONTRACT_ENDS, text_of("2026-12-15")), S(""));
    CHECK(str_has(told_against(c.officer, r, "send"), S("outside the time of the contract")));
    CHECK_STR(set_field(c.officer, m, MILESTONE_DUE_ON, text_of("2026-12-14")), S(""));
    step(c.officer, r, "send");
    step(c.finance, r, "agree");
    CHECK_INT(stepped(c.finance, r, "approve", ""), ERR_DENIED);
    step(c.leader, r, "approve");
    CHECK_STR(told_against(c.officer, r, "sign"), S("First enter the number of the contract, the day it was signed and the signed copy."));
    CHECK_STR(set_field(c.officer, r, CONTRACT_NUMBER, text_of("07/HĐ")), S(""));
    CHECK(str_has(set_field(c.officer, r, CONTRACT_SIGNED_ON, text_of("2026-11-28")), S("still to come")));
    CHECK_STR(set_field(c.officer, r, CONTRACT_FILE, v_text(str_f(w->a, "%064d hop-dong.pdf", 7))), S(""));
    CHECK_INT(committed_of(w, r), 0);
    on_day(&c, "2026-11-28");
    CHECK_STR(set_field(c.officer, r, CONTRACT_SIGNED_ON, text_of("2026-11-28")), S(""));
    step(c.officer, r, "sign");
    CHECK_INT(committed_of(w, r), 300000000);
    CHECK(str_has(set_field(c.officer, r, CONTRACT_NUMBER, text_of("08/HĐ")), S("stands as it is")));
    CHECK_STR(set_field(c.officer, r, CONTRACT_GUARANTEE_UNTIL, text_of("2027-01-31")), S(""));
    CHECK(str_has(last_notice(c.one), S("the contract is in force")));
}

static enum err save_over_inside(struct work *w, void *arg)
{
    struct record **pair = arg;
    bool changed;
    return record_save(w, pair[0], pair[1], &changed);
}

TEST_REGISTER(what_stands_stands_on_every_way_of_writing)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = drafted_contract(&c, 300000000), *now;
    struct changes log;
    struct change entry;
    Message why;
    CHECK_STR(set_field(c.officer, r, CONTRACT_ENDS, text_of("2026-12-19")), S(""));
    CHECK_STR(set_field(c.officer, only_milestone(w, r), MILESTONE_DUE_ON, text_of("2026-12-18")), S(""));
    CHECK_INT(changes_of(w, &contract, r->id, 0, 1, &log), OK);
    approved_and_signed(&c, r);
    CHECK_INT(change_undo(c.officer, log.p[0].seq, &entry, &why), ERR_CONFLICT);
    CHECK(why.id != NULL);
    r = now_is(w, r);
    now = record_copy(w->a, r);
    now->children[CONTRACT_SHARES].p[0] = record_copy(w->a, now->children[CONTRACT_SHARES].p[0]);
    now->children[CONTRACT_SHARES].p[0]->v[SHARE_AMOUNT] = v_int(1);
    CHECK_INT(work_write(c.officer, save_over_inside, (struct record *[]){ r, now }), ERR_DENIED);
    struct saving s = { .was = r, .now = now };
    CHECK_INT(record_keep(work_of(w, SYSTEM), &s), ERR_INVALID);     /* the command line too          */
    CHECK_INT(v_i64(now_is(w, r)->v[CONTRACT_VALUE]), 300000000);
}

TEST_REGISTER(a_contract_needs_money_that_is_still_there_and_says_how_much_is_left)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = drafted_contract(&c, 300000000), *line = named(w, r->children[CONTRACT_SHARES].p[0], SHARE_LINE, &budget_line);
    struct record *now = record_copy(w->a, r), *m = only_milestone(w, r);
    now->children[CONTRACT_SHARES].p[0] = record_copy(w->a, r->children[CONTRACT_SHARES].p[0]);
    now->children[CONTRACT_SHARES].p[0]->v[SHARE_AMOUNT] = v_int(144000001);
    struct saving s = { .was = r, .now = now };
    CHECK_INT(record_keep(c.officer, &s), OK);
    CHECK_STR(set_field(c.officer, m, MILESTONE_AMOUNT, now_is(w, r)->v[CONTRACT_VALUE]), S(""));
    Str said = told_against(c.officer, r, "send");
    CHECK(str_has(said, record_title(w, line)) && str_has(said, S("144,000,000 đồng left to commit; 144,000,001")));
}

TEST_REGISTER(the_norm_of_the_day_of_signing_holds)
{
    struct contract_cast c = contract_cast(w);
    struct plan_cast people = { .officer = c.officer, .leader = c.leader };
    struct record *of, *now, *old = record_make(w->a, &norm), *line;
    fill_norms(w);
    CHECK_INT(stepped(c.officer, c.plan, "adjust", "Thêm định mức"), OK);
    old->v[NORM_CODE] = text_of("thu-nghiem/2026");
    old->v[NORM_TITLE_VI] = text_of("Hỗ trợ gian hàng");
    old->v[NORM_KIND] = key_in(w, "expense_kind", "space");
    old->v[NORM_PERCENT] = v_real(60);
    old->v[NORM_FROM] = text_of("2026-01-01");
    old->v[NORM_CITATION] = text_of("Điều 7, Thông tư 99/2026/TT-BTC");
    old = kept(c.officer, old);
    of = now_is(w, c.task);
    now = record_copy(w->a, of);
    line = now->children[TASK_COSTS].p[0] = record_copy(w->a, of->children[TASK_COSTS].p[0]);
    line->v[COST_NORM] = v_int(old->id);
    struct saving s = { .was = of, .now = now };
    CHECK_INT(record_keep(c.officer, &s), OK);
    approve_plan(&people, c.plan, "3/QĐ");
    struct record *r = drafted_contract(&c, 300000000);              /* 144 of 240 million: just 60 %  */
    step(c.officer, r, "send");
    step(c.finance, r, "agree");
    step(c.leader, r, "approve");
    CHECK_STR(set_field(c.officer, old, NORM_TO, text_of("2026-11-20")), S(""));
    struct record *next = record_copy(w->a, old);
    next->id = next->seq = 0;
    next->v[NORM_CODE] = text_of("thu-nghiem/2026-11");
    next->v[NORM_PERCENT] = v_real(50);
    next->v[NORM_FROM] = text_of("2026-11-21");
    next = kept(c.officer, next);
    CHECK_STR(set_field(c.officer, old, NORM_NEXT, v_int(next->id)), S(""));
    CHECK_STR(set_field(c.officer, r, CONTRACT_NUMBER, text_of("07/HĐ")), S(""));
    CHECK_STR(set_field(c.officer, r, CONTRACT_SIGNED_ON, text_of("2026-11-26")), S(""));
    CHECK_STR(set_field(c.officer, r, CONTRACT_FILE, v_text(str_f(w->a, "%064d hop-dong.pdf", 7))), S(""));
    CHECK(str_has(told_against(c.officer, r, "sign"), S("Điều 7, Thông tư 99/2026/TT-BTC")));
    CHECK_STR(state(w, r), S("approved"));
    CHECK_INT(committed_of(w, r), 0);
}

static enum err save_made(struct work *w, void *r)
{
    bool changed;
    return record_save(w, NULL, r, &changed);
}

TEST_REGISTER(an_account_works_for_one_unit_at_most)
{
    struct contract_cast c = contract_cast(w);
    struct record *other = record_make(w->a, &provider);
    other->v[PROVIDER_NAME] = text_of("Trung tâm Thứ ba");
    other->v[PROVIDER_KIND] = text_of("promotion");
    kept(c.officer, record_copy(w->a, other));                      /* two units may both have none */
    other->v[PROVIDER_ACCOUNT] = c.unit_one->v[PROVIDER_ACCOUNT];
    struct saving s = { .now = record_copy(w->a, other) };
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
    CHECK(str_has(message_str(w->a, EN, s.wrong.p[0].what), S("belongs already to")) && str_is(s.wrong.p[0].input, "account"));
    CHECK_INT(work_write(c.officer, save_made, record_copy(w->a, other)), ERR_CONFLICT);        /* by whichever way */
}

TEST_REGISTER(the_day_of_what_has_happened_is_never_still_to_come)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = drafted_contract(&c, 300000001);             /* on 26 November */
    CHECK_STR(set_field(c.officer, r, CONTRACT_SIGNED_ON, text_of("2026-12-31")), S("31 Dec 2026 is still to come; enter the day on which it happened, 26 Nov 2026 at the latest"));
    CHECK_STR(set_field(c.officer, r, CONTRACT_SIGNED_ON, text_of("2026-11-26")), S(""));
    struct { const struct entity *e; int field; } done[] = {
        { &voucher, VOUCHER_ON }, { &payment_request, PAYMENT_PAID_ON }, { &settlement, SETTLEMENT_REFUNDED_ON }, { &call, CALL_DECIDED_ON }, { &contract, CONTRACT_SIGNED_ON },
        { &yearly_plan, PLAN_DECIDED_ON },
    };
    for (size_t i = 0; i < COUNT(done); i++) {
        const struct field *f = &done[i].e->fields[done[i].field];
        CHECK(day_ahead(c.officer, f, text_of("2026-11-27")).id && !day_ahead(c.officer, f, text_of("2026-11-26")).id && !day_ahead(c.officer, f, v_null()).id);
    }
    CHECK(!day_ahead(c.officer, &contract.fields[CONTRACT_ENDS], text_of("2030-01-01")).id);
}

TEST_REGISTER(what_was_done_is_told_in_words_and_not_in_codes)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = drafted_contract(&c, 300000001);
    struct records steps;
    step(c.officer, r, "send");
    CHECK_INT(records_with(w, &step_taken_entity, field_index(&step_taken_entity, S("entity")), v_text(S("contract")), &steps), OK);
    CHECK_INT((int)steps.n, 1);
    static const struct { const char *field, *said; } want[] = { { "entity", "Contracts" }, { "step", "Send to finance" }, { "from_state", "Being written" }, { "to_state", "Being checked by finance" } };
    for (size_t i = 0; i < COUNT(want); i++) CHECK_STR(record_text(c.officer, steps.p[0], field_index(&step_taken_entity, str_of(want[i].field))), str_of(want[i].said));
    CHECK_STR(record_text(c.officer, steps.p[0], field_index(&step_taken_entity, S("record"))), public_id(w->a, &contract, r->id));
}

TEST_REGISTER(a_contract_ended_early_keeps_what_was_paid_and_gives_back_the_rest)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = drafted_contract(&c, 300000001), *first = only_milestone(w, r), *second, *p;
    struct shares shares;
    CHECK_STR(set_field(c.officer, first, MILESTONE_AMOUNT, v_int(100000000)), S(""));
    second = more_milestone(c.officer, r, "Bàn giao", 200000001);
    approved_and_signed(&c, r);
    accepted(&c, first);
    CHECK_INT(stepped(c.leader, r, "terminate", "Đơn vị giải thể"), ERR_INVALID);       /* accepted and not paid */
    p = new_payment(c.one, first, 100000000);
    step(c.one, p, "send");
    paid(&c, p, "UNC 01");
    CHECK_INT(stepped(c.officer, r, "terminate", "Đơn vị giải thể"), ERR_DENIED);
    CHECK_INT(stepped(c.leader, r, "terminate", "Đơn vị giải thể"), OK);
    CHECK_INT(committed_of(w, r), 100000000);
    CHECK_INT(v_i64(now_is(w, r)->v[CONTRACT_VALUE]), 100000000);
    CHECK_STR(state(w, second), S("cancelled"));
    CHECK_STR(state(w, c.task), S("planned"));
    CHECK_INT(shares_of(w, r->id, 0, &shares), OK);
    for (size_t i = 0; i < shares.n; i++) CHECK_INT(shares.p[i].balance.of[MONEY_COMMITTED], shares.p[i].balance.of[MONEY_DISBURSED]);
    check_log(w);
}

TEST_REGISTER(who_takes_over_a_units_account_takes_over_its_contracts)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = contract_in_force(&c, 300000000), *m = only_milestone(w, r), *p;
    struct work *fresh = someone(w, "moi@donvi.example", "provider", 0, NULL);
    accepted(&c, m);
    p = new_payment(c.one, m, 1000);
    step(c.one, p, "send");
    CHECK_STR(set_field(c.officer, c.unit_one, PROVIDER_ACCOUNT, v_int(fresh->actor.account)), S(""));
    const struct record *const all[] = { r, m, p };
    for (size_t i = 0; i < COUNT(all); i++) CHECK(record_visible(fresh, now_is(w, all[i])) && !record_visible(c.one, now_is(w, all[i])));
    CHECK_STR(state(w, p), S("sent"));
    check_log(w);
}

/* ---- amendments ------------------------------------------------------------------------------------------------- */

static struct record *amendment_of(struct work *by, const struct record *of, const char *ends, int64_t more)
{
    struct record *r = record_make(by->a, &amendment);
    r->v[AMENDMENT_CONTRACT] = v_int(of->id);
    r->v[AMENDMENT_NUMBER] = text_of("PL01");
    r->v[AMENDMENT_REASON] = text_of("Thêm gian hàng");
    if (ends) r->v[AMENDMENT_ENDS] = text_of(ends);
    if (more) {
        struct record *s = record_add(by->a, r, AMENDMENT_SHARES);
        s->v[AMENDMENT_SHARE_LINE] = of->children[CONTRACT_SHARES].p[0]->v[SHARE_LINE];
        s->v[AMENDMENT_SHARE_AMOUNT] = v_int(more);
    }
    return kept(by, r);
}

static void approve_amendment(const struct contract_cast *c, const struct record *r)
{
    step(c->officer, r, "send");
    step(c->finance, r, "agree");
    step(c->leader, r, "approve");
}

TEST_REGISTER(an_amendment_alone_changes_a_contract_in_force_and_says_what_it_changed)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = contract_in_force(&c, 300000000), *m = only_milestone(w, r), *change, *p;
    Str before;
    change = amendment_of(c.officer, r, "2026-12-28", 1000000);
    CHECK_INT(stepped(c.leader, change, "approve", ""), ERR_CONFLICT);
    approve_amendment(&c, change);
    r = now_is(w, r);
    CHECK_INT(v_i64(r->v[CONTRACT_VALUE]), 301000000);
    CHECK_INT(committed_of(w, r), 301000000);
    CHECK_INT(v_i64(r->v[CONTRACT_VERSION]), 2);
    CHECK_STR(v_str(r->v[CONTRACT_ENDS]), S("2026-12-28"));
    before = v_str(now_is(w, change)->v[AMENDMENT_BEFORE]);
    CHECK(str_has(before, S("300.000.000 → 301.000.000")) && str_has(before, S("300,000,000 → 301,000,000")) && str_has(before, S("20/12/2026")));
    accepted(&c, m);
    p = new_payment(c.one, m, 100);
    CHECK(str_has(told_against(c.one, p, "send"), S("differ by 1,000,000")));        /* until the milestones are in line again */
    more_milestone(c.officer, r, "Gian hàng thêm", 1000000);
    step(c.one, p, "send");
    struct saving s = { .now = new_milestone(c.officer, r, "Thêm nữa", 1) };
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);              /* they add up: closed again      */
    check_log(w);
}

TEST_REGISTER(an_amendment_takes_no_more_than_there_is_and_not_below_what_was_paid)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = contract_in_force(&c, 300000000), *m = only_milestone(w, r), *p, *change;
    struct record *fresh = record_make(w->a, &amendment), *s;
    int64_t share = v_i64(r->children[CONTRACT_SHARES].p[0]->v[SHARE_AMOUNT]);
    struct saving saving = { .now = fresh };
    change = amendment_of(c.officer, r, NULL, 144000000 - share + 1);
    CHECK(str_has(told_against(c.officer, change, "send"), S("left to commit")));
    accepted(&c, m);
    p = new_payment(c.one, m, 300000000 - 5);
    step(c.one, p, "send");
    paid(&c, p, "UNC 01");
    fresh->v[AMENDMENT_CONTRACT] = v_int(r->id);
    fresh->v[AMENDMENT_NUMBER] = text_of("PL02");
    fresh->v[AMENDMENT_REASON] = text_of("Giảm");
    s = record_add(w->a, fresh, AMENDMENT_SHARES);
    s->v[AMENDMENT_SHARE_LINE] = r->children[CONTRACT_SHARES].p[0]->v[SHARE_LINE];
    s->v[AMENDMENT_SHARE_AMOUNT] = v_int(-share - 1);
    CHECK_INT(record_keep(c.officer, &saving), ERR_INVALID);
    change = amendment_of(c.officer, r, NULL, -1000);
    step(c.officer, change, "send");
    step(c.finance, change, "agree");
    CHECK(str_has(told_against(c.leader, change, "approve"), S("paid already")));
    CHECK_INT(v_i64(now_is(w, r)->v[CONTRACT_VERSION]), 1);
    CHECK_INT(committed_of(w, r), 300000000);
}

/* ---- payments and settlements ------------------------------------------------------------------------------------ */

TEST_REGISTER(no_more_is_paid_than_was_accepted_and_contracted_and_the_room_is_shown)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = contract_in_force(&c, 300000000), *m = only_milestone(w, r), *p = new_payment(c.one, m, 200000000), *q, *foreign = record_make(w->a, &payment_request);
    int64_t room;
    CHECK(str_has(told_against(c.one, p, "send"), S("It is paid after it was accepted")));
    accepted(&c, m);
    step(c.one, p, "send");
    q = new_payment(c.one, m, 100000001);
    CHECK(str_has(told_against(c.one, q, "send"), S("100,000,001 đồng are asked for; what may still be asked for is 100,000,000 đồng")));
    CHECK_INT(payment_room(w, now_is(w, m), &room), OK);
    CHECK_INT(room, 100000000);
    CHECK_INT(stepped(c.one, p, "agree", ""), ERR_DENIED);
    CHECK_INT(stepped(c.finance, p, "pay", ""), ERR_CONFLICT);        /* the programme has not agreed   */
    step(c.officer, p, "agree");
    CHECK_STR(told_against(c.finance, p, "pay"), S("First enter the number of the payment order."));
    CHECK(str_has(set_field(c.officer, p, PAYMENT_AMOUNT, v_int(1)), S("stands as it is")));
    CHECK_STR(set_field(c.officer, p, PAYMENT_ORDER, text_of("UNC")), S("error 2"));
    CHECK_STR(set_field(c.finance, p, PAYMENT_ORDER, text_of("UNC 01")), S(""));
    step(c.finance, p, "pay");
    CHECK_INT(stepped(c.finance, p, "pay", ""), ERR_CONFLICT);
    foreign->v[PAYMENT_MILESTONE] = v_int(m->id);
    foreign->v[PAYMENT_AMOUNT] = v_int(1);
    struct saving s = { .now = foreign };
    CHECK_INT(record_keep(c.two, &s), ERR_INVALID);                  /* another unit's milestone       */
    CHECK(!record_visible(c.two, now_is(w, p)) && !record_visible(c.two, now_is(w, m)) && !record_visible(c.two, now_is(w, r)) && record_visible(c.one, now_is(w, p)));
}

TEST_REGISTER(steps_out_of_order_are_refused_with_a_sentence)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = contract_in_force(&c, 300000000), *m = only_milestone(w, r), *p = record_make(w->a, &settlement), *item = record_add(w->a, p, SETTLEMENT_ITEMS);
    Message why;
    p->v[SETTLEMENT_CONTRACT] = v_int(r->id);
    item->v[ITEM_TITLE] = text_of("Chi phí");
    item->v[ITEM_DOCUMENT] = text_of("HĐ 1");
    item->v[ITEM_ACTUAL] = v_int(5);
    item->v[ITEM_ELIGIBLE] = v_int(6);
    struct saving s = { .now = record_copy(w->a, p) };
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
    CHECK_STR(message_str(w->a, EN, s.wrong.p[0].what), S("No more can be eligible than was spent."));
    item->v[ITEM_ELIGIBLE] = v_int(5);
    p = kept(c.officer, p);
    CHECK(str_has(told_against(c.officer, p, "submit"), S("It is settled when all its milestones are paid")));
    CHECK_INT(step_take(c.finance, &settlement, p->id, 0, step_named(&settlement, S("close")), S(""), &why), ERR_CONFLICT);
    CHECK_INT(step_take(c.officer, &milestone, m->id, 0, step_named(&milestone, S("accept")), S(""), &why), ERR_DENIED);       /* by an acceptance alone */
    CHECK_INT(step_take(c.officer, &contract, r->id, 0, step_named(&contract, S("settle")), S(""), &why), ERR_DENIED);
    struct saving twice = { .now = record_make(w->a, &settlement) };
    twice.now->v[SETTLEMENT_CONTRACT] = v_int(r->id);
    CHECK_INT(record_keep(c.officer, &twice), ERR_INVALID);
    CHECK_STR(message_str(w->a, EN, twice.wrong.p[0].what), S("The contract has a settlement already."));
}

/* ---- days that are watched ---------------------------------------------------------------------------------------- */

static enum err remind_inside(struct work *w, void *arg) { return contracts_remind(w); }

static void reminded(struct work *w, const char *day)
{
    struct work *program = work_of(w, SYSTEM);
    CHECK(date_from_iso(str_of(day), &program->today));
    CHECK_INT(work_write(program, remind_inside, NULL), OK);
}

static int notices_that_say(struct work *w, const char *what)
{
    struct notices list;
    int n = 0;
    CHECK_INT(notices_of(w, 0, 100, &list), OK);
    for (size_t i = 0; i < list.n; i++) n += str_has(list.p[i].text, str_of(what));
    return n;
}

TEST_REGISTER(days_are_reminded_of_at_thirty_seven_and_one_days_once_each)
{
    struct contract_cast c = contract_cast(w);
    struct record *r = contract_in_force(&c, 300000000);            /* ends, with its milestone, on 20 December */
    CHECK_STR(set_field(c.officer, r, CONTRACT_GUARANTEE_UNTIL, text_of("2027-01-20")), S(""));
    const char *const days[] = { "2026-11-27", "2026-11-28", "2026-12-13", "2026-12-14", "2026-12-19", "2026-12-20", "2026-12-21" };
    const int told[] = { 1, 1, 2, 2, 3, 3, 3 };
    for (size_t i = 0; i < COUNT(days); i++) {
        reminded(w, days[i]);
        CHECK_INT(notices_that_say(c.one, "is to be delivered by 20 Dec 2026"), told[i]);
        CHECK_INT(notices_that_say(c.officer, "ends on 20 Dec 2026"), told[i]);
    }
    CHECK_INT(notices_that_say(c.one, "The guarantee of"), 1);       /* 20 January, seen on 21 December */
    CHECK_INT(notices_that_say(c.two, "20 Dec 2026"), 0);
}

TEST_REGISTER(who_began_a_proposal_is_reminded_of_the_last_day_and_nobody_else_learns_of_it)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody");
    made_bid(c.one, of, 300000000);
    sent_bid(c.two, of, 300000000);
    reminded(w, "2026-11-23");
    reminded(w, "2026-11-23");
    CHECK_INT(notices_that_say(c.one, "not sent yet"), 1);
    CHECK_INT(notices_that_say(c.two, "not sent yet"), 0);
    CHECK_INT(notices_that_say(c.officer, "not sent yet"), 0);
}
