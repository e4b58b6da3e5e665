/* contract_demo.c - the demonstration has calls, contracts, payments and settlements at every place of their way, and its balances add up. */
#include "contracts.h"

#include "programme/demo.h"
#include "programme/inside.h"

static int64_t in_its_state(struct work *w, const struct entity *e, const char *state)
{
    struct records list;
    int64_t n = 0;
    CHECK_INT(records_load(w, e, 0, 10000, false, &list), OK);
    for (size_t i = 0; i < list.n; i++) n += str_is(v_str(list.p[i]->v[e->workflow->state]), state);
    return n;
}

static int64_t share_of_line(const struct record *of, int64_t line)
{
    const struct records *list = &of->children[CONTRACT_SHARES];
    for (size_t i = 0; i < list->n; i++)
        if (v_i64(list->p[i]->v[SHARE_LINE]) == line) return v_i64(list->p[i]->v[SHARE_AMOUNT]);
    return 0;
}

static void check_shares_of(struct work *w, const struct record *of)
{
    struct shares s;
    CHECK_INT(shares_of(w, of->id, 0, &s), OK);
    CHECK_INT((int)s.n, (int)of->children[CONTRACT_SHARES].n);
    for (size_t i = 0; i < s.n; i++) {
        CHECK_INT(s.p[i].balance.of[MONEY_COMMITTED], share_of_line(of, s.p[i].line));
        CHECK(s.p[i].balance.of[MONEY_DISBURSED] <= s.p[i].balance.of[MONEY_COMMITTED]);
    }
}

TEST_REGISTER(a_demonstration_shows_calls_and_contracts_at_every_place_of_their_way)
{
    static const struct { const struct entity *e; const char *state; } there[] = {
        { &call, "open" }, { &call, "appraising" }, { &call, "decided" }, { &contract, "checking" }, { &contract, "approved" }, { &contract, "in_force" },
        { &contract, "completed" }, { &contract, "settled" }, { &milestone, "planned" }, { &milestone, "delivered" }, { &milestone, "paid" },
        { &amendment, "approved" }, { &payment_request, "paid" }, { &settlement, "draft" }, { &settlement, "submitted" }, { &settlement, "closed" },
    };
    struct records list;
    struct record *account;
    CHECK_INT(demo_fill(w, 60, DEMO_SEED), OK);
    CHECK_INT(demo_accounts(w), OK);
    CHECK_INT(demo_year(w, str_f(a, "%s/files", test_dir())), OK);
    for (size_t i = 0; i < COUNT(there); i++)
        if (!in_its_state(w, there[i].e, there[i].state)) test_fail(__FILE__, __LINE__, "no %s %s", there[i].e->name, there[i].state);
    CHECK_INT(records_load(w, &contract, 0, 100, true, &list), OK);
    CHECK(list.n > 20);
    for (size_t i = 0; i < list.n; i++)
        if (v_is(list.p[i]->v[CONTRACT_SIGNED_ON])) check_shares_of(w, list.p[i]);
    CHECK_INT(account_with_email(w, S("provider@demo.example"), &account), OK);
    CHECK_INT(records_with(w, &contract, CONTRACT_ACCOUNT, v_int(account->id), &list), OK);
    CHECK(list.n);
    check_log(w);
}
