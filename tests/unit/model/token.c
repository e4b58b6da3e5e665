#include "people.h"

#include "model/people/token.h"

struct made { int64_t account; const char *ends; Str token; };

static enum err make_it(struct work *w, void *arg)
{
    struct made *m = arg;
    return token_make(w, m->account, S("ERP"), MAY_READ | MAY_CHANGE, S(";things;"), str_of(m->ends), &m->token);
}

static Str make(struct work *w, int64_t account, const char *ends)
{
    struct made m = { account, ends };
    CHECK_INT(work_write(w, make_it, &m), OK);
    return m.token;
}

static enum err use_it(struct work *w, void *arg) { return token_used(w, *(int64_t *)arg, 1); }

static enum err end_it(struct work *w, void *arg)
{
    const struct token *t = arg;
    return token_end(w, t->account, t->id);
}

static enum err find(struct work *w, Str token)
{
    struct token t;
    struct actor actor;
    return token_find(w, token, &t, &actor);
}

TEST_MODEL(a_token_says_whose_it_is_and_what_it_may)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    Str token = make(w, lan, "2026-12-31");
    struct token t;
    struct actor actor;
    CHECK(str_starts(token, S("mx_")) && token.n == 46);
    CHECK_INT(token_find(w, token, &t, &actor), OK);
    CHECK_INT(actor.account, lan);
    CHECK_INT(actor.roles, OFFICER);
    CHECK_INT(t.verbs, MAY_READ | MAY_CHANGE);
    CHECK_STR(t.lists, S(";things;"));
    CHECK_STR(t.name, S("ERP"));
    CHECK_STR(t.hint, str_sub(token, 42, 4));
    CHECK_INT(find(w, str_sub(token, 3, 43)), ERR_MISSING);
    CHECK_INT(find(w, S("mx_forged")), ERR_MISSING);
    account_to(w, lan, "disabled");
    CHECK_INT(find(w, token), ERR_MISSING);
}

TEST_MODEL(a_token_is_good_on_its_last_day_and_not_on_the_next)
{
    Str token = make(w, account_in(w, "lan@sct.vn", ";officer;"), "2026-11-22");
    CHECK_INT(find(w, token), OK);
    w->today = (struct date){ 2026, 11, 23 };
    CHECK_INT(find(w, token), ERR_MISSING);
}

TEST_MODEL(uses_of_a_token_are_counted_by_day)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;"), id;
    struct tokens all;
    struct use uses[30];
    size_t n;
    make(w, lan, "2026-12-31");
    CHECK_INT(tokens_of(w, lan, &all), OK);
    CHECK_INT(all.n, 1);
    CHECK_INT(all.p[0].uses, 0);
    CHECK_INT(all.p[0].used, 0);
    id = all.p[0].id;
    for (int i = 0; i < 3; i++) CHECK_INT(work_write(w, use_it, &id), OK);
    w->today = (struct date){ 2026, 11, 23 };
    CHECK_INT(work_write(w, use_it, &id), OK);
    CHECK_INT(token_uses(w, id, uses, &n, COUNT(uses)), OK);
    CHECK_INT(n, 2);
    CHECK_STR(uses[0].day, S("2026-11-23"));
    CHECK_INT(uses[0].count, 1);
    CHECK_INT(uses[1].count, 3);
    CHECK_INT(token_uses(w, id, uses, &n, 1), OK);
    CHECK_INT(n, 1);
    CHECK_INT(tokens_of(w, lan, &all), OK);
    CHECK_INT(all.p[0].uses, 4);
    CHECK_INT(all.p[0].used, time_now());
}

TEST_MODEL(a_token_is_revoked_by_its_own_account_only)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;"), minh = account_in(w, "minh@sct.vn", ";officer;");
    Str token = make(w, lan, "2026-12-31");
    struct tokens all;
    CHECK_INT(tokens_of(w, lan, &all), OK);
    CHECK_INT(work_write(w, use_it, &all.p[0].id), OK);
    CHECK_INT(work_write(w, end_it, &(struct token){ .id = all.p[0].id, .account = minh }), OK);
    CHECK_INT(find(w, token), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM token_use"), 1);
    CHECK_INT(work_write(w, end_it, &(struct token){ .id = all.p[0].id, .account = lan }), OK);
    CHECK_INT(find(w, token), ERR_MISSING);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM token_use"), 0);
}

TEST_MODEL(an_account_has_at_most_fifty_tokens)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    struct made m = { lan, "2026-12-31" };
    for (int i = 0; i < TOKENS_MOST; i++) make(w, lan, "2026-12-31");
    CHECK_INT(work_write(w, make_it, &m), ERR_TOO_BIG);
}
