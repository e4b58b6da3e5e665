/*
 * money_steps.c - random steps of people on a contract: milestones, payments, amendments, settlements, attempts to end it, and allocations cut and raised between
 * them, by whoever, in whichever order.  After each, every law of docs/balance-laws.md holds on sums that are worked out here from the vouchers alone, the
 * contract's shares are what is committed, and a step that was refused has left no trace.
 */
#include "contracts.h"

#include "model/save.h"
#include "programme/inside.h"

enum { STEPS = 400, PRICE = 200000003 };

struct walk { struct contract_cast c; struct record *contract; struct work *w; uint64_t dice; int took, refused, paid; };

static int roll(struct walk *k, int sides)                  /* SplitMix64                          */
{
    uint64_t z = k->dice += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((z ^ (z >> 31)) % (uint64_t)sides);
}

/* ---- the laws, on sums of vouchers ------------------------------------------------------------------------- */

struct holds { int64_t line, contract; int64_t of[MONEY_STAGES]; };

static size_t read_holdings(struct walk *k, const char *by, struct holds *out, size_t most)
{
    size_t n = 0;
    struct rows r = db_query(k->w->db, k->w->a, (Sql){ str_z(k->w->a, str_f(k->w->a, "SELECT line, %s, stage, CAST(sum(amount) AS bigint) FROM voucher GROUP BY line, %s, stage"
                                                                                   " ORDER BY line, %s", by, by, by)) }, NO_ARGS);
    while (rows_next(&r)) {
        int64_t line = row_int(&r, 0), of = row_int(&r, 1);
        if (!n || out[n - 1].line != line || out[n - 1].contract != of) CHECK(n < most), out[n++] = (struct holds){ line, of, { 0 } };
        out[n - 1].of[money_stage_named(row_text(&r, 2))] = row_int(&r, 3);
    }
    CHECK_INT(rows_end(&r), OK);
    return n;
}

static void check_laws(struct walk *k, int at)
{
    struct holds held[100];
    size_t n = read_holdings(k, "year", held, COUNT(held));
    for (size_t i = 0; i < n; i++) {
        const int64_t *of = held[i].of;
        if (of[MONEY_COMMITTED] > of[MONEY_ALLOCATED]) test_fail(__FILE__, __LINE__, "step %d: B1", at);
        for (int s = 0; s < MONEY_STAGES; s++) CHECK(of[s] >= 0);
    }
    n = read_holdings(k, "coalesce(contract, -task)", held, COUNT(held));
    for (size_t i = 0; i < n; i++) {
        const int64_t *of = held[i].of;
        if (of[MONEY_DISBURSED] > of[MONEY_COMMITTED]) test_fail(__FILE__, __LINE__, "step %d: B2", at);
        if (of[MONEY_SETTLED] > of[MONEY_DISBURSED]) test_fail(__FILE__, __LINE__, "step %d: B4", at);
        for (int s = MONEY_COMMITTED; s < MONEY_STAGES; s++) CHECK(of[s] >= 0);
    }
}

/* B3, to the đồng; and the contract says of itself what its shares add up to. */
static void check_shares(struct walk *k, int at)
{
    const struct record *r = now_is(k->w, k->contract);
    const struct records *shares = &r->children[CONTRACT_SHARES];
    struct shares posted;
    int64_t sum = 0, committed = 0;
    CHECK_INT(shares_of(k->w, r->id, 0, &posted), OK);
    for (size_t i = 0; i < posted.n; i++) {
        int64_t share = 0;
        for (size_t j = 0; j < shares->n; j++)
            if (v_i64(shares->p[j]->v[SHARE_LINE]) == posted.p[i].line) share = v_i64(shares->p[j]->v[SHARE_AMOUNT]);
        if (posted.p[i].balance.of[MONEY_COMMITTED] != share) test_fail(__FILE__, __LINE__, "step %d: B3", at);
        committed += share;
    }
    for (size_t j = 0; j < shares->n; j++) sum += v_i64(shares->p[j]->v[SHARE_AMOUNT]);
    CHECK_INT(sum, committed);
    CHECK_INT(v_i64(r->v[CONTRACT_VALUE]), sum);
}

/* ---- moves ------------------------------------------------------------------------------------------------------- */

static struct work *somebody(struct walk *k)
{
    struct work *const all[] = { k->c.officer, k->c.finance, k->c.leader, k->c.one, k->c.two, k->c.admin };
    return all[roll(k, roll(k, 5) ? 4 : 6)];
}

static int64_t some_amount(struct walk *k) { return (int64_t[]){ 1, PRICE / 3, PRICE / 2, PRICE, PRICE + 1, 999, -5, 0 }[roll(k, 8)]; }

/* One of the contract's records of the entity, most often one that is not yet done; NULL: there is none. */
static struct record *some_record(struct walk *k, const struct entity *e, int field)
{
    struct records list;
    CHECK_INT(records_with(k->w, e, field, v_int(k->contract->id), &list), OK);
    for (int tries = 0; tries < 5 && list.n; tries++) {
        struct record *r = list.p[roll(k, (int)list.n)];
        if (!state_of(r)->done) return r;
    }
    return list.n ? list.p[0] : NULL;
}

static struct record *any_record(struct walk *k)
{
    switch (roll(k, 10)) {
    case 0:  return now_is(k->w, k->contract);
    case 1:  return some_record(k, &milestone, MILESTONE_CONTRACT);
    case 2:  return some_record(k, &amendment, AMENDMENT_CONTRACT);
    case 3:  return some_record(k, &settlement, SETTLEMENT_CONTRACT);
    default: return some_record(k, &payment_request, PAYMENT_CONTRACT);
    }
}

/* A step that can be taken from where the record stands, most often by somebody whose it is.  The contract is ended early in the second half only (walk). */
static enum err take_step(struct walk *k)
{
    struct record *r = any_record(k);
    struct work *by = somebody(k);
    const struct step *s = NULL;
    Message why;
    if (!r) return OK;
    const struct workflow *flow = r->e->workflow;
    for (int tries = 0; tries < 20 && !s; tries++) {
        const struct step *t = &flow->steps[roll(k, flow->n)];
        bool accept = r->e == &milestone && !strcmp(t->name, "accept");
        bool forward = step_leaves(t, v_str(r->v[flow->state])) && (accept || !(t->is & STEP_AUTO)) && (!(t->is & STEP_BAD) || !roll(k, 12));
        if (forward || !roll(k, 60)) s = t;
    }
    if (!s || !strcmp(s->name, "terminate")) return OK;
    for (int tries = 0; tries < 10 && !step_theirs(by, r, s); tries++) by = somebody(k);
    if (r->e == &milestone && !strcmp(s->name, "accept")) return taken_by_program(k->c.officer, &milestone, r->id, "accept");
    enum err e = step_take(by, r->e, r->id, 0, s, S("vì sao"), &why);
    k->paid += !e && !strcmp(s->name, "pay") && r->e == &payment_request;
    return e;
}

static enum err keep(struct work *by, struct record *fresh)
{
    struct saving s = { .now = fresh };
    return record_keep(by, &s);
}

static enum err ask_for_payment(struct walk *k)
{
    struct record *of = some_record(k, &milestone, MILESTONE_CONTRACT), *r = record_make(k->w->a, &payment_request);
    r->v[PAYMENT_MILESTONE] = v_int(of->id);
    r->v[PAYMENT_AMOUNT] = v_int(roll(k, 4) ? v_i64(of->v[MILESTONE_AMOUNT]) / (1 + roll(k, 3)) : some_amount(k));
    r->v[PAYMENT_INVOICE] = text_of("0000123");
    return keep(roll(k, 4) ? k->c.one : somebody(k), r);
}

static enum err write_amendment(struct walk *k)
{
    const struct record *of = now_is(k->w, k->contract);
    struct record *r = record_make(k->w->a, &amendment);
    r->v[AMENDMENT_CONTRACT] = v_int(of->id);
    r->v[AMENDMENT_NUMBER] = v_text(str_f(k->w->a, "PL%d", roll(k, 1000)));
    r->v[AMENDMENT_REASON] = text_of("Thêm gian hàng");
    for (size_t i = 0; i < of->children[CONTRACT_SHARES].n; i++) {
        if (roll(k, 2)) continue;
        struct record *s = record_add(k->w->a, r, AMENDMENT_SHARES);
        s->v[AMENDMENT_SHARE_LINE] = of->children[CONTRACT_SHARES].p[i]->v[SHARE_LINE];
        s->v[AMENDMENT_SHARE_AMOUNT] = v_int(roll(k, 2) ? roll(k, 2000) - 1000 : some_amount(k) - PRICE / 2);
    }
    return keep(k->c.officer, r);
}

/* What an amendment adds, or any other part, as a milestone. */
static enum err write_milestone(struct walk *k)
{
    return keep(k->c.officer, new_milestone(k->c.officer, k->contract, "Thêm", roll(k, 8) ? 1 + roll(k, 1000) : some_amount(k)));
}

/* Half of the milestones are then made to fit the contract's value. */
static enum err fit_milestone(struct walk *k)
{
    struct records list;
    struct record *of = some_record(k, &milestone, MILESTONE_CONTRACT);
    int64_t others = 0;
    Str why;
    CHECK_INT(records_with(k->w, &milestone, MILESTONE_CONTRACT, v_int(k->contract->id), &list), OK);
    for (size_t i = 0; i < list.n; i++)
        if (list.p[i]->id != of->id && !str_is(v_str(list.p[i]->v[MILESTONE_STATE]), "cancelled")) others += v_i64(list.p[i]->v[MILESTONE_AMOUNT]);
    return changed_field(k->c.officer, of, MILESTONE_AMOUNT, v_int(v_i64(now_is(k->w, k->contract)->v[CONTRACT_VALUE]) - others), &why);
}

static enum err write_settlement(struct walk *k)
{
    struct record *r = record_make(k->w->a, &settlement), *item = record_add(k->w->a, r, SETTLEMENT_ITEMS);
    int64_t actual = roll(k, 3) ? PRICE : some_amount(k);
    r->v[SETTLEMENT_CONTRACT] = v_int(k->contract->id);
    item->v[ITEM_TITLE] = text_of("Thuê gian hàng");
    item->v[ITEM_DOCUMENT] = text_of("HĐ 0000123");
    item->v[ITEM_ACTUAL] = v_int(actual);
    item->v[ITEM_ELIGIBLE] = v_int(actual - roll(k, 1000));
    item->v[ITEM_WHY] = text_of("Không sử dụng");
    return keep(roll(k, 2) ? k->c.one : k->c.officer, r);
}

/* Fields that a step asks for, set by finance. */
static enum err fill_in(struct walk *k)
{
    struct record *p = some_record(k, &payment_request, PAYMENT_CONTRACT), *s = some_record(k, &settlement, SETTLEMENT_CONTRACT);
    Str why;
    if (s && roll(k, 2)) {
        static const int fields[] = { SETTLEMENT_REFUNDED_ON, SETTLEMENT_MINUTES, SETTLEMENT_FILE };
        int which = roll(k, COUNT(fields));
        Val v = which == 0 ? text_of("2026-11-27") : which == 1 ? text_of("09/BB") : v_text(str_f(k->w->a, "%064d bien-ban.pdf", 9));
        return changed_field(k->c.finance, s, fields[which], v, &why);
    }
    return p ? changed_field(k->c.finance, p, PAYMENT_ORDER, v_text(str_f(k->w->a, "UNC %d", roll(k, 1000))), &why) : OK;
}

/* What good people do next with a payment or a settlement; whoever else was at it before. */
static enum err push(struct walk *k, struct record *r)
{
    static const struct { const char *state, *step; enum { UNIT, OFFICE, MONEY } by; int field; const char *value; } ways[] = {
        { "draft", "send", UNIT }, { "returned", "send", UNIT }, { "sent", "agree", OFFICE }, { "programme_approved", "pay", MONEY, PAYMENT_ORDER, "UNC 1" },
        { "draft", "submit", UNIT }, { "submitted", "approve", MONEY }, { "approved", "close", MONEY, SETTLEMENT_MINUTES, "09/BB" },
    };
    struct work *const people[] = { k->c.one, k->c.officer, k->c.finance };
    Message why;
    Str said;
    for (size_t i = 0; r && i < COUNT(ways); i++) {
        const struct step *s = step_named(r->e, str_of(ways[i].step));
        if (!s || !str_is(v_str(r->v[r->e->workflow->state]), ways[i].state)) continue;
        if (ways[i].value && !v_is(r->v[ways[i].field])) return changed_field(k->c.finance, r, ways[i].field, text_of(ways[i].value), &said);
        enum err e = step_take(people[ways[i].by], r->e, r->id, 0, s, S(""), &why);
        k->paid += !e && ways[i].field == PAYMENT_ORDER;
        return e;
    }
    return OK;
}

static enum err push_payment(struct walk *k) { return push(k, some_record(k, &payment_request, PAYMENT_CONTRACT)); }
static enum err push_settlement(struct walk *k) { return push(k, some_record(k, &settlement, SETTLEMENT_CONTRACT)); }

static enum err post_one_inside(struct work *w, void *arg)
{
    Message why;
    return money_post(w, arg, 1, &why);
}

static enum err allocate(struct walk *k)
{
    const struct records *shares = &now_is(k->w, k->contract)->children[CONTRACT_SHARES];
    if (!shares->n) return OK;
    struct posting p = { .line = v_i64(shares->p[roll(k, (int)shares->n)]->v[SHARE_LINE]), .amount = roll(k, 2) ? -roll(k, 90000000) - 1 : roll(k, 5000) + 1, .stage = MONEY_ALLOCATED,
                         .on = { 2026, 11, 27 }, .document = S("QĐ"), .reason = S("điều chỉnh") };
    return work_write(k->c.finance, post_one_inside, &p);
}

static enum err move(struct walk *k)
{
    static enum err (*const others[])(struct walk *) = { ask_for_payment, ask_for_payment, write_amendment, write_milestone, fit_milestone, fit_milestone, fit_milestone,
                                                           write_settlement, push_payment, push_payment, push_payment, push_settlement, fill_in, fill_in, allocate };
    return roll(k, 2) ? take_step(k) : others[roll(k, COUNT(others))](k);
}

/* ---- the walk ------------------------------------------------------------------------------------------------------ */

/* In force, with three milestones. */
static void begin(struct walk *k)
{
    k->contract = drafted_contract(&k->c, PRICE);
    CHECK_STR(set_field(k->c.officer, only_milestone(k->w, k->contract), MILESTONE_AMOUNT, v_int(PRICE / 2)), S(""));
    more_milestone(k->c.officer, k->contract, "Đợt hai", PRICE / 4);
    more_milestone(k->c.officer, k->contract, "Đợt ba", PRICE - PRICE / 2 - PRICE / 4);
    approved_and_signed(&k->c, k->contract);
    k->contract = now_is(k->w, k->contract);
}

static void walk(struct work *w, uint64_t seed)
{
    struct walk k = { .c = contract_cast(w), .w = w, .dice = seed };
    begin(&k);
    check_laws(&k, -1);
    check_shares(&k, -1);
    for (int at = 0; at < STEPS; at++) {
        int64_t log = count_of(w, "change"), vouchers = count_of(w, "voucher");
        enum err e = at > STEPS / 2 && !roll(&k, 12) ? stepped(k.c.leader, k.contract, "terminate", "dừng") : move(&k);
        if (e && (count_of(w, "change") != log || count_of(w, "voucher") != vouchers)) test_fail(__FILE__, __LINE__, "seed %llu step %d: refused, and yet written", (unsigned long long)seed, at);
        *(e ? &k.refused : &k.took) += 1;
        check_laws(&k, at);
        check_shares(&k, at);
    }
    CHECK(k.took > STEPS / 8 && k.refused > STEPS / 8 && k.paid > 0);
    check_log(w);
}

TEST_REGISTER(random_steps_on_a_contract_keep_every_law) { walk(w, 1); }
TEST_REGISTER(random_steps_on_a_contract_keep_every_law_with_other_dice_too) { walk(w, 6126); }
