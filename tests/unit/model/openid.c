/* Which account an identity of a sign-in service opens. */
#include "fixture.h"
#include "base/date.h"
#include "model/people/openid.h"

#define ISSUER S("https://id.example")

static struct record *account(struct work *w, const char *email, const char *state)
{
    struct record *r = record_make(w->a, &account_entity);
    r->v[ACCOUNT_EMAIL] = v_text(str_of(email));
    r->v[ACCOUNT_NAME] = v_text(S("Hoà"));
    r->v[ACCOUNT_ROLES] = v_text(S(";officer;"));
    r->v[ACCOUNT_STATE] = v_text(str_of(state));
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

struct coming { Str issuer, subject, email; bool verified; struct record *account; Message why; };
static enum err come(struct work *w, void *arg)
{
    struct coming *c = arg;
    return openid_account(w, c->issuer, c->subject, c->email, c->verified, &c->account, &c->why);
}

/* The account's number, or 0 with a reason. */
static int64_t opens(struct work *w, Str subject, const char *email, bool verified)
{
    struct coming c = { ISSUER, subject, str_of(email), verified, NULL, NO_MESSAGE };
    enum err e = work_write(w, come, &c);
    CHECK(e == OK || e == ERR_DENIED);
    CHECK(!e == !c.why.id);
    return e ? 0 : c.account->id;
}

TEST_MODEL(an_identity_opens_the_account_with_its_verified_address)
{
    struct record *r = account(w, "hoa@example.vn", "active");
    CHECK_INT(opens(w, S("7"), "Hoa@Example.VN", true), r->id);
    CHECK_INT(opens(w, S("7"), "hoa@example.vn", true), r->id);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM openid"), 1);
}

TEST_MODEL(an_address_the_service_has_not_verified_opens_nothing)
{
    account(w, "hoa@example.vn", "active");
    CHECK_INT(opens(w, S("7"), "hoa@example.vn", false), 0);
    CHECK_INT(opens(w, S("7"), "", true), 0);
    CHECK_INT(opens(w, S("7"), "nobody@example.vn", true), 0);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM openid"), 0);
}

TEST_MODEL(once_bound_the_identity_counts_and_not_the_address)
{
    struct record *r = account(w, "hoa@example.vn", "active"), *other = account(w, "nam@example.vn", "active");
    CHECK_INT(opens(w, S("7"), "hoa@example.vn", true), r->id);
    CHECK_INT(opens(w, S("7"), "nam@example.vn", true), r->id);
    CHECK_INT(opens(w, S("7"), "", false), r->id);
    CHECK_INT(opens(w, S("8"), "hoa@example.vn", true), 0); /* the address was given to somebody else there */
    CHECK_INT(opens(w, S("8"), "nam@example.vn", true), other->id);
}

static enum err forget(struct work *w, void *account) { return openid_forget(w, *(int64_t *)account); }

TEST_MODEL(an_account_that_was_reset_is_bound_anew)
{
    struct record *r = account(w, "hoa@example.vn", "active");
    CHECK_INT(opens(w, S("7"), "hoa@example.vn", true), r->id);
    CHECK_INT(work_write(w, forget, &r->id), OK);
    CHECK_INT(opens(w, S("8"), "hoa@example.vn", true), r->id);
    CHECK_INT(opens(w, S("7"), "hoa@example.vn", true), 0);
}

TEST_MODEL(an_account_that_is_not_active_is_not_opened)
{
    account(w, "invited@example.vn", "invited"), account(w, "new@example.vn", "unconfirmed");
    struct record *was = account(w, "hoa@example.vn", "active");
    CHECK_INT(opens(w, S("1"), "invited@example.vn", true), 0);
    CHECK_INT(opens(w, S("2"), "new@example.vn", true), 0);
    CHECK_INT(opens(w, S("3"), "hoa@example.vn", true), was->id);
    struct record *now = record_copy(a, was);
    now->v[ACCOUNT_STATE] = v_text(S("disabled"));
    CHECK_INT(save(w, was, now), OK);
    CHECK_INT(opens(w, S("3"), "hoa@example.vn", true), 0);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM openid"), 1);
}

TEST_MODEL(subjects_of_two_services_are_two_identities)
{
    struct record *r = account(w, "hoa@example.vn", "active");
    CHECK_INT(opens(w, S("7"), "hoa@example.vn", true), r->id);
    struct coming c = { S("https://other.example"), S("7"), S("nam@example.vn"), true, NULL, NO_MESSAGE };
    CHECK_INT(work_write(w, come, &c), ERR_DENIED);
    c.email = S("hoa@example.vn");
    CHECK_INT(work_write(w, come, &c), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM openid"), 2);
}

static enum err use(struct work *w, void *state) { return openid_attempt_use(w, *(Str *)state); }

TEST_MODEL(an_attempt_is_used_once_and_forgotten_when_it_is_too_old_anyhow)
{
    Str one = S("state-1"), two = S("state-2");
    CHECK_INT(work_write(w, use, &one), OK);
    CHECK_INT(work_write(w, use, &one), ERR_CONFLICT);
    time_set_now(time_now() + 2 * HOURS);
    CHECK_INT(work_write(w, use, &two), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM openid_used"), 1);
}
