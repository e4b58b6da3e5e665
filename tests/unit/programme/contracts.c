#include "contracts.h"

#include "model/save.h"
#include "programme/inside.h"

Val text_of(const char *z) { return v_text(str_of(z)); }

/* ---- the task and its money ---------------------------------------------------------------------------- */

static struct record *provided_task(struct work *w, const struct record *plan_of)
{
    struct record *fair = kept(w, new_activity(w, plan_of, "Hội chợ năm 2026", "3.1", "2026-11-25", "2026-12-20"));
    struct record *r = new_task(w, fair, "Tổ chức khu gian hàng");
    r->v[TASK_MODE] = text_of("provider");
    r->v[TASK_RESULT] = text_of("Khu gian hàng 40 gian, có điện và mạng");
    add_cost(w, r, "Gian hàng", 12, 20000000, 144000000);
    add_cost(w, r, "Dàn dựng", 1, 100000001, 100000001)->v[COST_KIND] = key_in(w, "expense_kind", "stand");
    return kept(w, r);
}

static enum err allocate_inside(struct work *w, void *arg)
{
    static const struct { const char *source, *kind; int64_t amount; } money[] = {
        { "city_recurrent", "space", 144000000 }, { "participants", "space", 96000000 }, { "city_recurrent", "stand", 100000001 },
    };
    struct posting p[COUNT(money)];
    Message why;
    for (size_t i = 0; i < COUNT(money); i++) {
        p[i] = (struct posting){ .amount = money[i].amount, .stage = MONEY_ALLOCATED, .on = { 2026, 1, 10 }, .document = S("2/QĐ") };
        TRY(budget_line_of(w, 2026, v_str(key_in(w, "agency", "SCT")), v_str(key_in(w, "fund_source", money[i].source)), v_str(key_in(w, "programme_content", "3.1")),
                           v_str(key_in(w, "expense_kind", money[i].kind)), &p[i].line));
    }
    return money_post(w, p, COUNT(money), &why);
}

static struct record *unit(struct work *w, const char *name, const struct work *account)
{
    struct record *r = record_make(w->a, &provider);
    r->v[PROVIDER_NAME] = text_of(name);
    r->v[PROVIDER_KIND] = text_of("promotion");
    r->v[PROVIDER_ACCOUNT] = v_int(account->actor.account);
    return kept(w, r);
}

void people_of(const struct contract_cast *c, struct work *out[CONTRACT_PEOPLE])
{
    struct work *const all[CONTRACT_PEOPLE] = { c->officer, c->finance, c->leader, c->ward, c->agency, c->admin, c->chair, c->secretary, c->member, c->one, c->two };
    memcpy(out, all, sizeof all);
}

/* In pages and in notices. */
static enum err speak_english(struct work *w, void *arg)
{
    struct record *was, *now;
    bool changed;
    w->lang = EN;
    TRY(record_load(w, &account_entity, w->actor.account, &was));
    now = record_copy(w->a, was);
    now->v[ACCOUNT_LANGUAGE] = v_text(S("en"));
    return record_save(w, was, now, &changed);
}

struct contract_cast contract_cast(struct work *w)
{
    struct plan_cast p = plan_cast(w);
    struct contract_cast c = {
        .officer = p.officer, .finance = p.finance, .leader = p.leader, .ward = p.ward, .agency = p.agency,
        .admin = someone(w, "quantri@sct.example", "admin", 0, NULL),
        .chair = someone(w, "chutich@sct.example", "officer", 0, NULL), .secretary = someone(w, "thuky@vien.example", "reviewer", 0, NULL),
        .member = someone(w, "uyvien@truong.example", "reviewer", 0, NULL), .one = someone(w, "mot@donvi.example", "provider", 0, NULL),
        .two = someone(w, "hai@donvi.example", "provider", 0, NULL),
    };
    struct work *people[CONTRACT_PEOPLE];
    people_of(&c, people);
    for (size_t i = 0; i < COUNT(people); i++) CHECK_INT(work_write(people[i], speak_english, NULL), OK);
    c.plan = kept(c.officer, new_plan(c.officer, 2026));
    c.task = provided_task(c.officer, c.plan);
    approve_plan(&p, c.plan, "1/QĐ");
    CHECK_INT(work_write(c.finance, allocate_inside, NULL), OK);
    c.unit_one = unit(c.officer, "Trung tâm Hội chợ Một", c.one);
    c.unit_two = unit(c.officer, "Công ty Sự kiện Hai", c.two);
    return c;
}

void on_day(struct contract_cast *c, const char *day)
{
    struct work *people[CONTRACT_PEOPLE];
    people_of(c, people);
    for (size_t i = 0; i < COUNT(people); i++) CHECK(date_from_iso(str_of(day), &people[i]->today));
}

/* ---- the call -------------------------------------------------------------------------------------------- */

static void add_criterion(struct work *w, struct record *r, const char *title, int weight, double least)
{
    struct record *c = record_add(w->a, r, CALL_CRITERIA);
    c->v[CRITERION_TITLE] = text_of(title);
    c->v[CRITERION_WEIGHT] = v_int(weight);
    c->v[CRITERION_LEAST] = v_real(least);
}

static void add_member(struct work *w, struct record *r, const char *name, const char *role, const struct work *account)
{
    struct record *m = record_add(w->a, r, CALL_COUNCIL);
    m->v[MEMBER_NAME] = text_of(name);
    m->v[MEMBER_ROLE] = text_of(role);
    m->v[MEMBER_ACCOUNT] = v_int(account->actor.account);
}

struct record *made_call(const struct contract_cast *c, const char *reach)
{
    struct work *w = c->officer;
    struct record *r = record_make(w->a, &call);
    r->v[CALL_TITLE_VI] = text_of("Chọn đơn vị tổ chức khu gian hàng");
    r->v[CALL_TASK] = v_int(c->task->id);
    r->v[CALL_TERMS] = text_of("Dựng 40 gian, vận hành bốn ngày.");
    r->v[CALL_CEILING] = v_int(TASK_COSTS_DONG);
    r->v[CALL_REACH] = text_of(reach);
    r->v[CALL_CLOSES_ON] = text_of("2026-11-24");
    add_criterion(w, r, "Năng lực", 60, 50);
    add_criterion(w, r, "Giá", 40, 0);
    add_member(w, r, "Nguyễn Văn Chủ", "chair", c->chair);
    add_member(w, r, "Trần Thị Thư", "secretary", c->secretary);
    add_member(w, r, "Lê Văn Ủy", "member", c->member);
    if (str_is(str_of(reach), "invited")) record_add(w->a, r, CALL_INVITED)->v[INVITED_PROVIDER] = v_int(c->unit_one->id);
    return kept(w, r);
}

struct record *open_call(const struct contract_cast *c, const char *reach)
{
    struct record *r = made_call(c, reach);
    step(c->officer, r, "open");
    return now_is(c->officer, r);
}

struct record *made_bid(struct work *by, const struct record *call_of, int64_t price)
{
    struct record *r = record_make(by->a, &bid);
    r->v[BID_CALL] = v_int(call_of->id);
    r->v[BID_PRICE] = v_int(price);
    r->v[BID_TEXT] = text_of("Chúng tôi dựng gian trong ba ngày.");
    return kept(by, r);
}

struct record *sent_bid(struct work *by, const struct record *call_of, int64_t price)
{
    struct record *r = made_bid(by, call_of, price);
    step(by, r, "send");
    return now_is(by, r);
}

enum err scores(struct work *by, const struct record *bid_of, const char *criterion, double points, const char *comment)
{
    struct record *r = record_make(by->a, &bid_score);
    struct saving s = { .now = r };
    r->v[SCORE_BID] = v_int(bid_of->id);
    r->v[SCORE_CRITERION] = text_of(criterion);
    r->v[SCORE_POINTS] = v_real(points);
    if (comment) r->v[SCORE_COMMENT] = text_of(comment);
    return record_keep(by, &s);
}

void scored(const struct contract_cast *c, const struct record *bid_of, double chair, double secretary, double member)
{
    const struct { struct work *by; double points; } given[] = { { c->chair, chair }, { c->secretary, secretary }, { c->member, member } };
    for (size_t i = 0; i < COUNT(given); i++) {
        CHECK_INT(scores(given[i].by, bid_of, "Năng lực", given[i].points, "Đã làm việc tương tự"), OK);
        CHECK_INT(scores(given[i].by, bid_of, "Giá", given[i].points, "Giá hợp lý"), OK);
    }
}

struct decision { const struct record *of; const struct deciding_as *as; int64_t *contract; Message *why; };

static enum err decide_inside(struct work *w, void *arg)
{
    const struct decision *d = arg;
    struct date on = { 0 };
    if (d->as->day) CHECK(date_from_iso(str_of(d->as->day), &on));
    return call_decide(w, d->of->id, d->as->seq, d->as->bid, str_of(d->as->decision), on, str_of(d->as->reason), d->contract, d->why);
}

enum err decided(struct work *by, const struct record *of, const struct deciding_as *as, int64_t *contract_id, Message *why)
{
    return work_write(by, decide_inside, &(struct decision){ of, as, contract_id, why });
}

/* ---- the contract ------------------------------------------------------------------------------------------ */

struct record *drafted_contract(struct contract_cast *c, int64_t price)
{
    struct record *of = open_call(c, "anybody"), *won = sent_bid(c->one, of, price), *r;
    int64_t id;
    Message why = NO_MESSAGE;
    on_day(c, "2026-11-26");
    step(c->officer, of, "open_bids");
    scored(c, won, 80, 80, 80);
    enum err e = decided(c->officer, of, &(struct deciding_as){ won->id, 0, "15/QĐ-SCT", "2026-11-26", "" }, &id, &why);
    if (e) test_fail(__FILE__, __LINE__, "decide: error %d: %.*s", (int)e, FMT(message_str(c->officer->a, EN, why)));
    CHECK_INT(record_load(c->officer, &contract, id, &r), OK);
    return r;
}

void approved_and_signed(struct contract_cast *c, const struct record *r)
{
    step(c->officer, r, "send");
    step(c->finance, r, "agree");
    step(c->leader, r, "approve");
    on_day(c, "2026-11-27");
    CHECK_STR(set_field(c->officer, r, CONTRACT_NUMBER, text_of("07/HĐ-SCT")), S(""));
    CHECK_STR(set_field(c->officer, r, CONTRACT_SIGNED_ON, text_of("2026-11-27")), S(""));
    CHECK_STR(set_field(c->officer, r, CONTRACT_FILE, v_text(str_f(c->officer->a, "%064d hop-dong.pdf", 7))), S(""));
    step(c->officer, r, "sign");
}

struct record *contract_in_force(struct contract_cast *c, int64_t price)
{
    struct record *r = drafted_contract(c, price);
    approved_and_signed(c, r);
    return now_is(c->officer, r);
}

struct record *only_milestone(struct work *w, const struct record *of)
{
    struct records list;
    CHECK_INT(records_with(w, &milestone, MILESTONE_CONTRACT, v_int(of->id), &list), OK);
    CHECK(list.n);
    return list.p[0];
}

struct record *new_milestone(struct work *by, const struct record *of, const char *title, int64_t amount)
{
    struct record *r = record_make(by->a, &milestone);
    r->v[MILESTONE_TITLE] = text_of(title);
    r->v[MILESTONE_CONTRACT] = v_int(of->id);
    r->v[MILESTONE_DUE_ON] = text_of("2026-12-15");
    r->v[MILESTONE_AMOUNT] = v_int(amount);
    r->v[MILESTONE_CRITERIA] = text_of("Biên bản bàn giao");
    return r;
}

struct record *more_milestone(struct work *by, const struct record *of, const char *title, int64_t amount) { return kept(by, new_milestone(by, of, title, amount)); }

void accepted(const struct contract_cast *c, const struct record *r)
{
    step(c->one, r, "deliver");
    CHECK_INT(taken_by_program(c->officer, &milestone, r->id, "accept"), OK);
}

struct record *new_payment(struct work *by, const struct record *of, int64_t amount)
{
    struct record *r = record_make(by->a, &payment_request);
    r->v[PAYMENT_MILESTONE] = v_int(of->id);
    r->v[PAYMENT_AMOUNT] = v_int(amount);
    r->v[PAYMENT_INVOICE] = text_of("0000123");
    return kept(by, r);
}

void paid(const struct contract_cast *c, const struct record *r, const char *order)
{
    step(c->officer, r, "agree");
    CHECK_STR(set_field(c->finance, r, PAYMENT_ORDER, text_of(order)), S(""));
    step(c->finance, r, "pay");
}

/* ---- steps and fields ---------------------------------------------------------------------------------------- */

Str told_against(struct work *by, const struct record *r, const char *name)
{
    Message why = NO_MESSAGE;
    enum err e = step_take(by, r->e, r->id, 0, step_named(r->e, str_of(name)), S(""), &why);
    if (e && !why.id) test_fail(__FILE__, __LINE__, "%s %s: error %d without a word", r->e->name, name, (int)e);
    return e ? message_str(by->a, EN, why) : S("");
}

Str set_field(struct work *by, const struct record *r, int field, Val v)
{
    Str why;
    enum err e = changed_field(by, now_is(by, r), field, v, &why);
    if (e && !why.n) return str_f(by->a, "error %d", (int)e);
    return why;
}

struct program_step { const struct entity *e; int64_t id; const char *step; };

static enum err step_inside_write(struct work *w, void *arg)
{
    const struct program_step *s = arg;
    Message why;
    return step_auto(w, s->e, s->id, s->step, &why);
}

enum err taken_by_program(struct work *w, const struct entity *e, int64_t id, const char *name)
{
    return work_write(w, step_inside_write, &(struct program_step){ e, id, name });
}
