#include "people.h"

#include "model/people/session.h"

struct begun { int64_t account; Str token; };

static enum err begin_it(struct work *w, void *arg)
{
    struct begun *b = arg;
    return session_begin(w, b->account, false, S("203.0.113.7"), S("Firefox\x01 \xff"), &b->token);
}

static Str begin(struct work *w, int64_t account)
{
    struct begun b = { account };
    CHECK_INT(work_write(w, begin_it, &b), OK);
    return b.token;
}

struct ended { int64_t account, session; };

static enum err end_it(struct work *w, void *arg)
{
    const struct ended *e = arg;
    return session_end(w, e->account, e->session);
}

static enum err see_it(struct work *w, void *arg) { return session_seen(w, *(int64_t *)arg); }

static enum err find(struct work *w, Str token)
{
    struct session s;
    struct actor actor;
    return session_find(w, token, &s, &actor);
}

TEST_MODEL(a_session_is_found_by_its_token_and_by_nothing_else)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    Str token = begin(w, lan);
    struct session s;
    struct actor actor;
    CHECK_INT(session_find(w, token, &s, &actor), OK);
    CHECK_INT(s.account, lan);
    CHECK_INT(actor.account, lan);
    CHECK_INT(actor.roles, OFFICER);
    CHECK_STR(s.address, S("203.0.113.7"));
    CHECK_STR(s.agent, S("Firefox \xEF\xBF\xBD"));
    CHECK(!s.strong && s.secret.n == 43 && !str_eq(s.secret, token));
    CHECK_INT(find(w, s.secret), ERR_MISSING);
    CHECK_INT(find(w, S("")), ERR_MISSING);
    CHECK_INT(find(w, str_sub(token, 0, token.n - 1)), ERR_MISSING);
    CHECK_INT(find(w, S("' OR '1'='1\xff")), ERR_MISSING);
}

TEST_MODEL(the_database_holds_no_token_of_a_session)
{
    Str token = begin(w, account_in(w, "lan@sct.vn", ";officer;"));
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, a, SQL("SELECT count(*) FROM session WHERE hash = $1 OR secret = $1"), ARGS(v_text(token)), &n), OK);
    CHECK_INT(n, 0);
}

TEST_MODEL(a_session_ends_after_two_hours_of_silence_and_after_twelve_hours_however_busy)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;"), began = time_now();
    Str silent = begin(w, lan), busy = begin(w, lan);
    struct session s;
    struct actor actor;
    CHECK_INT(session_find(w, busy, &s, &actor), OK);
    for (int64_t at = 1 * HOURS; at < 12 * HOURS; at += 1 * HOURS) {
        time_set_now(began + at);
        CHECK_INT(find(w, busy), OK);
        CHECK_INT(work_write(w, see_it, &s.id), OK);
        CHECK_INT(find(w, silent), at < 2 * HOURS ? OK : ERR_MISSING);
    }
    time_set_now(began + 12 * HOURS - 1);
    CHECK_INT(find(w, busy), OK);
    time_set_now(began + 12 * HOURS);
    CHECK_INT(find(w, busy), ERR_MISSING);
}

TEST_MODEL(a_session_is_revoked_by_its_own_account_only)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;"), minh = account_in(w, "minh@sct.vn", ";officer;");
    Str first = begin(w, lan), second = begin(w, lan);
    struct sessions all;
    CHECK_INT(sessions_of(w, lan, &all), OK);
    CHECK_INT(all.n, 2);
    int64_t id = all.p[1].id;
    CHECK_INT(work_write(w, end_it, &(struct ended){ minh, id }), OK);
    CHECK_INT(find(w, first), OK);
    CHECK_INT(work_write(w, end_it, &(struct ended){ lan, id }), OK);
    CHECK_INT(find(w, first), ERR_MISSING);
    CHECK_INT(find(w, second), OK);
    CHECK_INT(work_write(w, end_it, &(struct ended){ lan, 0 }), OK);
    CHECK_INT(find(w, second), ERR_MISSING);
}

TEST_MODEL(a_disabled_account_has_no_session)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    Str token = begin(w, lan);
    account_to(w, lan, "disabled");
    CHECK_INT(find(w, token), ERR_MISSING);
}

TEST_MODEL(an_account_has_at_most_twenty_sessions_and_the_oldest_goes)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    struct sessions all;
    Str first = begin(w, lan), second = begin(w, lan);
    for (int i = 0; i < 19; i++) begin(w, lan);
    CHECK_INT(sessions_of(w, lan, &all), OK);
    CHECK_INT(all.n, 20);
    CHECK_INT(find(w, first), ERR_MISSING);
    CHECK_INT(find(w, second), OK);
}

TEST(a_token_of_forms_is_of_one_secret)
{
    Str token = form_token(a, S("secret"));
    CHECK_INT(token.n, 64);
    CHECK(form_token_is(a, S("secret"), token));
    CHECK(!form_token_is(a, S("another"), token));
    CHECK(!form_token_is(a, S("secret"), S("")));
    CHECK(!form_token_is(a, S(""), form_token(a, S(""))));
}
