/* contract_bids.c - proposals stay sealed until their day, the council alone gives points, and a call is decided once. */
#include "contracts.h"

#include "model/change.h"
#include "model/list/list.h"
#include "model/reference.h"
#include "model/save.h"
#include "programme/inside.h"

#include <math.h>
#include <pthread.h>

static Str state(struct work *w, const struct record *r) { return v_str(now_is(w, r)->v[r->e->workflow->state]); }

/* By itself, in the list, in files of the list, in the notes on steps, in notices, by words, and among the deleted. */
static void check_sealed_from(struct work *by, const struct record *sealed)
{
    struct list_query q = { .sort = -1, .limit = 100 };
    struct list list = { 0 };
    struct records said, steps;
    struct record *r = now_is(by, sealed);
    CHECK(!record_visible(by, r) && !record_listed(by, r));
    if (may_list(by, &bid)) {
        CHECK_INT(list_load(by, &bid, &q, false, &list), OK);
        for (size_t i = 0; i < list.records.n; i++) CHECK(list.records.p[i]->id != sealed->id);
        CHECK(!str_has(exported_of(by, &bid, "csv"), public_id(by->a, &bid, sealed->id)));
    }
    CHECK_INT(records_named(by, &bid, public_id(by->a, &bid, sealed->id), 10, &said), OK);
    CHECK_INT((int)said.n, 0);
    CHECK_INT(records_with(by, &step_taken_entity, field_index(&step_taken_entity, S("entity")), v_text(S("bid")), &steps), OK);
    CHECK_INT((int)steps.n, 0);
    CHECK(!str_has(last_notice(by), str_of("Trung tâm Hội chợ Một")));
}

TEST_REGISTER(before_it_is_opened_a_proposal_is_its_makers_alone)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody"), *draft = made_bid(c.two, of, 333444555), *sent = sent_bid(c.one, of, 333444555);
    struct work *people[CONTRACT_PEOPLE], *others[] = { work_of(w, SYSTEM), work_of(w, VISITOR), someone(w, "an@an.example", "enterprise", 0, NULL), someone(w, "kim@kim.example", "buyer", 0, NULL) };
    people_of(&c, people);
    for (size_t i = 0; i < COUNT(people); i++) {
        if (people[i] != c.one) check_sealed_from(people[i], sent);
        if (people[i] != c.two) check_sealed_from(people[i], draft);
    }
    for (size_t i = 0; i < COUNT(others); i++) check_sealed_from(others[i], sent);
    CHECK(record_visible(c.one, sent) && str_has(exported_of(c.one, &bid, "csv"), S("333444555")));
    struct bid_ranks ranks;
    CHECK_INT(bids_rank(c.officer, of, &ranks), OK);
    CHECK_INT((int)ranks.n, 0);
    on_day(&c, "2026-11-25");
    step(c.officer, of, "open_bids");
    CHECK(record_visible(c.officer, now_is(w, sent)) && record_visible(c.member, now_is(w, sent)) && record_visible(c.finance, now_is(w, sent)));
    CHECK(!record_visible(c.two, now_is(w, sent)) && !record_visible(c.ward, now_is(w, sent)) && !record_visible(work_of(w, VISITOR), now_is(w, sent)));
    CHECK_STR(state(w, draft), S("withdrawn"));                     /* never sent: never opened */
    CHECK(!record_visible(c.officer, now_is(w, draft)));
}

TEST_REGISTER(an_expert_reads_what_its_own_councils_have_opened_and_no_other_proposal)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody"), *sent = sent_bid(c.one, of, 333444555);
    struct work *stranger = someone(w, "khac@vien.example", "reviewer", 0, NULL);
    struct list_query q = { .sort = -1, .limit = 100 };
    struct list list;
    on_day(&c, "2026-11-25");
    stranger->today = c.officer->today;
    step(c.officer, of, "open_bids");
    struct { struct work *by; int sees; } people[] = { { c.member, 1 }, { c.secretary, 1 }, { stranger, 0 } };
    for (size_t i = 0; i < COUNT(people); i++) {
        int64_t n = -1;
        struct record *r = now_is(people[i].by, sent);
        CHECK_INT(record_visible(people[i].by, r), people[i].sees);
        CHECK_INT(list_load(people[i].by, &bid, &q, false, &list), OK);
        CHECK_INT((int)list.records.n, people[i].sees);
        CHECK_INT(list_count(people[i].by, &bid, &q, 0, &n), OK);
        CHECK_INT(n, people[i].sees);
        CHECK_INT(str_has(exported_of(people[i].by, &bid, "csv"), S("333444555")), people[i].sees);
    }
}

/* Each with who tried and why it was refused. */
static int tries_written_down(struct work *w, const struct record *of)
{
    struct records list;
    int n = 0;
    CHECK_INT(records_with(w, &step_taken_entity, field_index(&step_taken_entity, S("record")), v_int(of->id), &list), OK);
    for (size_t i = 0; i < list.n; i++) {
        const Val *v = list.p[i]->v;
        if (v_is(v[field_index(&step_taken_entity, S("to_state"))])) continue;
        CHECK(str_is(v_str(v[field_index(&step_taken_entity, S("step"))]), "open_bids") && str_has(v_str(v[field_index(&step_taken_entity, S("note"))]), S("24 Nov 2026")));
        CHECK_STR(v_str(v[field_index(&step_taken_entity, S("actor"))]), w->actor.name);
        n++;
    }
    return n;
}

TEST_REGISTER(the_last_day_comes_no_nearer_by_taking_back)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody");
    struct changes log;
    struct change entry;
    Message why;
    CHECK_STR(set_field(c.officer, of, CALL_CLOSES_ON, text_of("2026-12-20")), S(""));
    CHECK_INT(changes_of(w, &call, of->id, 0, 1, &log), OK);
    CHECK_INT(change_undo(c.officer, log.p[0].seq, &entry, &why), ERR_CONFLICT);
    CHECK(str_has(message_str(w->a, EN, why), S("its last day may be moved later, not earlier")));
    CHECK_STR(v_str(now_is(w, of)->v[CALL_CLOSES_ON]), S("2026-12-20"));
}

TEST_REGISTER(nobody_opens_proposals_before_the_last_day_is_over)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody"), *one = sent_bid(c.one, of, 300000000), *late;
    CHECK(str_has(told_against(c.officer, of, "open_bids"), S("before that nobody may open them")));
    on_day(&c, "2026-11-24");
    CHECK(str_has(told_against(c.officer, of, "open_bids"), S("24 Nov 2026")));
    CHECK_STR(state(w, one), S("sent"));
    CHECK_INT(tries_written_down(c.officer, of), 2);
    CHECK_STR(set_field(c.officer, of, CALL_CLOSES_ON, text_of("2026-11-23")), S("The call is open: its last day may be moved later, not earlier."));
    late = made_bid(c.two, of, 310000000);
    on_day(&c, "2026-11-25");
    CHECK(str_has(told_against(c.two, late, "send"), S("it has passed")));
    CHECK(str_has(told_against(c.one, one, "withdraw"), S("it has passed")));
    CHECK_STR(set_field(c.officer, of, CALL_CLOSES_ON, text_of("2026-12-24")), S("The last day has passed; it cannot be moved any more."));
    CHECK_INT(stepped(c.leader, of, "open_bids", ""), ERR_DENIED);
    CHECK_INT(taken_by_program(c.officer, &bid, late->id, "open"), OK);         /* no such step from there */
    CHECK_STR(state(w, late), S("draft"));
    step(c.officer, of, "open_bids");
    CHECK_STR(state(w, one), S("opened"));
}

TEST_REGISTER(a_call_is_answered_by_whom_it_invites_once_and_in_time)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "invited"), *again = record_make(c.one->a, &bid), *seen, *one;
    struct saving s;
    CHECK_INT(call_for(c.one, of->id, &seen), OK);
    CHECK_INT(call_for(c.two, of->id, &seen), ERR_DENIED);
    CHECK_INT(call_for(c.member, of->id, &seen), OK);
    CHECK_INT(call_for(work_of(w, VISITOR), of->id, &seen), ERR_DENIED);
    CHECK(str_has(last_notice(c.one), S("Chọn đơn vị tổ chức khu gian hàng")));
    one = sent_bid(c.one, of, 300000000);
    again->v[BID_CALL] = v_int(of->id);
    again->v[BID_PRICE] = v_int(1);
    again->v[BID_TEXT] = text_of("Lần hai");
    s = (struct saving){ .now = record_copy(w->a, again) };
    CHECK_INT(record_keep(c.one, &s), ERR_INVALID);
    CHECK_STR(message_str(w->a, EN, s.wrong.p[0].what), S("You have a proposal for this call already: change that one, or withdraw it first."));
    s = (struct saving){ .now = record_copy(w->a, again) };
    CHECK_INT(record_keep(c.two, &s), ERR_INVALID);
    CHECK_STR(message_str(w->a, EN, s.wrong.p[0].what), S("There is no such call that you may answer."));
    s = (struct saving){ .now = record_copy(w->a, again) };
    CHECK_INT(record_keep(c.officer, &s), ERR_DENIED);              /* nobody makes one for another   */
    CHECK(str_has(set_field(c.one, one, BID_PRICE, v_int(1)), S("stands as it is")));
    step(c.one, one, "revise");
    CHECK_STR(set_field(c.one, one, BID_PRICE, v_int(299999999)), S(""));
    step(c.one, one, "send");
    CHECK_INT(v_i64(now_is(w, one)->v[BID_PRICE]), 299999999);
}

TEST_REGISTER(a_sealed_proposal_is_not_learnt_of_by_naming_it)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody"), *one = sent_bid(c.one, of, 300000000), *r = record_make(c.officer->a, &contract);
    struct saving s = { .now = r };
    r->v[CONTRACT_TITLE] = text_of("Thử");
    r->v[CONTRACT_TASK] = v_int(c.task->id);
    r->v[CONTRACT_CALL] = v_int(of->id);
    r->v[CONTRACT_BID] = v_int(one->id);
    r->v[CONTRACT_PROVIDER] = v_int(c.unit_one->id);
    r->v[CONTRACT_STARTS] = r->v[CONTRACT_ENDS] = text_of("2026-12-01");
    struct record *share = record_add(w->a, r, CONTRACT_SHARES);
    share->v[SHARE_LINE] = v_int(1);
    share->v[SHARE_AMOUNT] = v_int(1);
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
    CHECK_STR(message_str(w->a, EN, s.wrong.p[0].what), S("There is no such proposal that was chosen."));
    CHECK(scores(c.member, one, "Giá", 50, "Thử") != OK);
}

/* ---- points ---------------------------------------------------------------------------------------------- */

struct appraised { struct contract_cast c; struct record *of, *one, *two; };

static struct appraised appraising(struct work *w, int64_t price_one, int64_t price_two)
{
    struct appraised t = { .c = contract_cast(w) };
    t.of = open_call(&t.c, "anybody");
    t.one = sent_bid(t.c.one, t.of, price_one);
    t.two = sent_bid(t.c.two, t.of, price_two);
    on_day(&t.c, "2026-11-26");
    step(t.c.officer, t.of, "open_bids");
    return t;
}

TEST_REGISTER(members_of_the_council_alone_give_points_each_once_for_a_criterion_and_with_a_comment)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody"), *one = sent_bid(c.one, of, 300000000), *other;
    struct records found;
    CHECK_INT(scores(c.member, one, "Giá", 80, "Tốt"), ERR_INVALID);        /* sealed                */
    on_day(&c, "2026-11-26");
    step(c.officer, of, "open_bids");
    CHECK_INT(scores(c.member, one, "Giá", 80, NULL), ERR_INVALID);
    CHECK_INT(scores(c.member, one, "Khác", 80, "Không có tiêu chí này"), ERR_INVALID);
    CHECK_INT(scores(c.officer, one, "Giá", 80, "Không ở trong hội đồng"), ERR_INVALID);
    CHECK(scores(c.one, one, "Giá", 100, "Của mình") != OK);
    CHECK(scores(c.leader, one, "Giá", 100, "Không chấm") != OK);
    CHECK_INT(scores(c.member, one, "Giá", 80, "Tốt"), OK);
    CHECK_INT(scores(c.member, one, "Giá", 70, "Xem lại"), OK);             /* told again: the same record */
    CHECK_INT((int)count_of(w, "bid_score"), 1);
    CHECK_INT(records_load(w, &bid_score, 0, 10, false, &found), OK);
    CHECK_INT(v_i64(found.p[0]->v[SCORE_MEMBER]), c.member->actor.account);
    CHECK(v_f64(found.p[0]->v[SCORE_POINTS]) == 70);
    other = record_copy(w->a, found.p[0]);
    other->v[SCORE_POINTS] = v_real(0);
    struct saving s = { .was = found.p[0], .now = other };
    CHECK_INT(record_keep(c.chair, &s), ERR_DENIED);                /* another member's              */
    CHECK(record_visible(c.member, found.p[0]) && !record_visible(c.secretary, found.p[0]) && !record_visible(c.one, found.p[0]));
}

TEST_REGISTER(the_ranking_weighs_the_means_says_how_far_members_differ_and_who_is_out)
{
    struct appraised t = appraising(w, 300000000, 290000000);
    struct bid_ranks ranks;
    CHECK_INT(scores(t.c.chair, t.one, "Năng lực", 90, "Tốt"), OK);
    CHECK_INT(scores(t.c.chair, t.one, "Giá", 60, "Cao"), OK);
    CHECK_INT(scores(t.c.secretary, t.one, "Năng lực", 70, "Khá"), OK);
    CHECK_INT(scores(t.c.secretary, t.one, "Giá", 60, "Cao"), OK);
    scored(&t.c, t.two, 40, 50, 45);                                /* 45 < 50 on what needs 50 of 100 */
    CHECK_INT(bids_rank(t.c.officer, now_is(w, t.of), &ranks), OK);
    CHECK_INT((int)ranks.n, 2);
    CHECK_INT(ranks.p[0].bid->id, t.one->id);
    CHECK(fabs(ranks.p[0].points - (60 * 80 + 40 * 60) / 100.0) < 1e-9);
    CHECK_INT(ranks.p[0].members, 2);
    CHECK(fabs(ranks.p[0].spread - 6) < 1e-9);                         /* totals 78 and 66 */
    CHECK(ranks.p[1].out && str_has(message_str(w->a, EN, ranks.p[1].why), S("45 points on average, at least 50")));
    CHECK(fabs(ranks.p[1].points - 45) < 1e-9);
}

TEST_REGISTER(a_price_above_the_highest_is_out_and_of_equals_the_cheaper_is_first)
{
    struct appraised t = appraising(w, 300000001, 300000000);
    struct bid_ranks ranks;
    scored(&t.c, t.one, 80, 80, 80);
    scored(&t.c, t.two, 80, 80, 80);
    CHECK_INT(bids_rank(t.c.officer, now_is(w, t.of), &ranks), OK);
    CHECK_INT(ranks.p[0].bid->id, t.two->id);
    struct record *cheap = record_copy(w->a, now_is(w, t.of));
    cheap->v[CALL_CEILING] = v_int(300000000);
    CHECK_INT(bids_rank(t.c.officer, cheap, &ranks), OK);
    CHECK(!ranks.p[0].out && ranks.p[1].out && str_has(message_str(w->a, EN, ranks.p[1].why), S("300,000,001")));
}

/* ---- the decision ------------------------------------------------------------------------------------------ */

TEST_REGISTER(a_decision_needs_all_points_papers_and_a_reason_for_passing_over_the_first)
{
    struct appraised t = appraising(w, 300000000, 290000000);
    int64_t id;
    Message why;
    struct work *o = t.c.officer;
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ t.one->id, 0, "15/QĐ", "2026-11-26", "" }, &id, &why), ERR_INVALID);
    CHECK(str_has(message_str(w->a, EN, why), S("Points of its members that are missing: 12")));
    scored(&t.c, t.one, 90, 90, 90);
    scored(&t.c, t.two, 80, 80, 80);
    CHECK_INT(decided(t.c.finance, t.of, &(struct deciding_as){ t.one->id, 0, "15/QĐ", "2026-11-26", "" }, &id, &why), ERR_DENIED);
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ t.one->id, 0, " ", "2026-11-26", "" }, &id, &why), ERR_INVALID);
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ t.one->id, 0, "15/QĐ", "2026-11-27", "" }, &id, &why), ERR_INVALID);
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ t.one->id, 0, "15/QĐ", "2026-11-24", "" }, &id, &why), ERR_INVALID);
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ 9999, 0, "15/QĐ", "2026-11-26", "" }, &id, &why), ERR_INVALID);
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ t.one->id, t.of->seq, "15/QĐ", "2026-11-26", "" }, &id, &why), ERR_CONFLICT);    /* of before it was opened */
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ t.two->id, 0, "15/QĐ", "2026-11-26", "" }, &id, &why), ERR_INVALID);
    CHECK(str_has(message_str(w->a, EN, why), S("Another proposal has more points")));
    CHECK_STR(state(w, t.of), S("appraising"));
    CHECK_INT((int)count_of(w, "contract"), 0);
    CHECK_INT(decided(o, t.of, &(struct deciding_as){ t.two->id, 0, "15/QĐ", "2026-11-26", "Rẻ hơn và đủ năng lực" }, &id, &why), OK);
    CHECK_STR(state(w, t.two), S("awarded"));
    CHECK_STR(state(w, t.one), S("not_awarded"));
    struct record *of = now_is(w, t.of);
    Str minutes = v_str(of->v[CALL_MINUTES]);
    CHECK(str_has(minutes, S("Trần Thị Thư")) && str_has(minutes, S("Đã làm việc tương tự")) && str_has(minutes, S("Rẻ hơn và đủ năng lực")) && str_has(minutes, S("Chosen: Công ty Sự kiện Hai")));
    CHECK_STR(v_str(of->v[CALL_AWARDED]), S("Công ty Sự kiện Hai"));
    CHECK(str_has(last_notice(t.c.one), S("another proposal was chosen")) && str_has(last_notice(t.c.two), S("your proposal was chosen")));
    CHECK(record_visible(work_of(w, VISITOR), of) && !field_seen(&call.fields[CALL_MINUTES], reach_of(work_of(w, VISITOR), of).reads));
}

struct racer { struct work *w; const struct record *of; struct deciding_as as; int64_t contract; enum err err; Message why; };

static void *race(void *arg)
{
    struct racer *r = arg;
    r->err = decided(r->w, r->of, &r->as, &r->contract, &r->why);
    return NULL;
}

TEST_DB(of_two_councils_deciding_at_once_one_is_told_who_was_first)
{
    struct appraised t = appraising(register_on(a, db), 300000000, 290000000);
    struct work *deciders[2] = { t.c.officer, t.c.leader };
    struct arena arenas[2];
    struct racer racers[2] = { { .as = { t.one->id, 0, "15/QĐ", "2026-11-26", "" } }, { .as = { t.two->id, 0, "16/QĐ", "2026-11-26", "Rẻ hơn" } } };
    pthread_t threads[2];
    scored(&t.c, t.one, 90, 90, 90);
    scored(&t.c, t.two, 80, 80, 80);
    for (int i = 0; i < 2; i++) {
        arenas[i] = arena_make((size_t)64 << 20, NULL);
        racers[i].w = NEW(a, struct work);
        *racers[i].w = *deciders[i];
        racers[i].w->a = &arenas[i];
        racers[i].of = t.of;
        CHECK_INT(db_open(url, 0, &racers[i].w->db), OK);
    }
    for (int i = 0; i < 2; i++) CHECK_INT(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    int first = racers[0].err ? 1 : 0;
    CHECK_INT(racers[first].err, OK);
    CHECK_INT(racers[!first].err, ERR_CONFLICT);
    Str said = message_str(a, EN, racers[!first].why);
    CHECK(str_has(said, S("was already done here by")) && str_has(said, racers[first].w->actor.name) && str_has(said, S("22 Nov 2026 12:00")));
    for (int i = 0; i < 2; i++) db_close(racers[i].w->db), arena_free(&arenas[i]);
    CHECK_INT((int)count_of(t.c.officer, "contract"), 1);
    CHECK_INT((int)count_of(t.c.officer, "milestone"), 1);
    check_log(t.c.officer);
}

TEST_REGISTER(a_call_that_ends_without_a_result_gives_the_task_back)
{
    struct contract_cast c = contract_cast(w);
    struct record *of = open_call(&c, "anybody"), *one = sent_bid(c.one, of, 300000000);
    CHECK_STR(state(w, c.task), S("choosing"));
    CHECK(str_has(told_against(c.officer, of, "end"), S("Write a note")));
    CHECK_INT(stepped(c.officer, of, "end", "Không đủ hồ sơ"), OK);
    CHECK_STR(state(w, c.task), S("planned"));
    CHECK_STR(state(w, one), S("withdrawn"));
    CHECK(!record_visible(c.officer, now_is(w, one)));              /* it went back unopened         */
    CHECK_STR(state(w, open_call(&c, "anybody")), S("open"));
}
