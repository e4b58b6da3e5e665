#include "people.h"

#include "model/people/sign_in.h"
#include "model/people/totp.h"

static const char PASSWORD[] = "bốn từ không liên quan", ADDRESS[] = "203.0.113.7";

struct tried { enum sign_in how; struct record *account; int wait; };

static struct tried try_from(struct work *w, const char *email, const char *password, const char *address)
{
    struct tried t;
    CHECK_INT(sign_in(w, str_of(email), str_of(password), str_of(address), &t.how, &t.account, &t.wait), OK);
    return t;
}

static struct tried try(struct work *w, const char *email, const char *password) { return try_from(w, email, password, ADDRESS); }

static int64_t lan_with_password(struct work *w)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    password_of(w, lan, PASSWORD);
    return lan;
}

TEST_MODEL(the_holder_signs_in_with_e_mail_and_password)
{
    int64_t lan = lan_with_password(w);
    struct tried t = try(w, " Lan@SCT.vn ", PASSWORD);
    CHECK_INT(t.how, SIGN_IN_OK);
    CHECK_INT(t.account->id, lan);
    t = try(w, "lan@sct.vn", "something else");
    CHECK(t.how == SIGN_IN_WRONG && !t.account);
}

TEST_MODEL(known_and_unknown_e_mails_are_told_the_same_to_the_end)
{
    lan_with_password(w);
    for (int i = 0; i < 12; i++) {
        struct tried known = try_from(w, "lan@sct.vn", "something else", "203.0.113.1");
        struct tried unknown = try_from(w, "nobody@sct.vn", "something else", "203.0.113.2");
        CHECK(known.how == unknown.how && known.wait == unknown.wait && !known.account && !unknown.account);
        time_set_now(time_now() + known.wait * SECONDS);
    }
    CHECK_INT(count_sql(w, "SELECT max(failures) FROM failure"), 8);       /* five, then every other one was let wait */
    CHECK_INT(count_sql(w, "SELECT min(failures) FROM failure"), 8);
}

TEST_MODEL(after_five_failures_each_attempt_waits_twice_as_long_up_to_fifteen_minutes)
{
    static const int waits[] = { 30, 60, 120, 240, 480, 900, 900 };
    lan_with_password(w);
    for (int i = 0; i < 5; i++) CHECK_INT(try(w, "lan@sct.vn", "something else").how, SIGN_IN_WRONG);
    for (size_t i = 0; i < COUNT(waits); i++) {
        struct tried t = try_from(w, "lan@sct.vn", PASSWORD, "198.51.100.1");       /* the right one, from elsewhere */
        CHECK_INT(t.how, SIGN_IN_WAIT);
        CHECK_INT(t.wait, waits[i]);
        time_set_now(time_now() + (t.wait - 1) * SECONDS);
        t = try(w, "lan@sct.vn", "something else");
        CHECK_INT(t.how, SIGN_IN_WAIT);
        CHECK_INT(t.wait, 1);
        time_set_now(time_now() + 1 * SECONDS);
        CHECK_INT(try(w, "lan@sct.vn", "something else").how, SIGN_IN_WRONG);
    }
    time_set_now(time_now() + 900 * SECONDS);
    CHECK_INT(try(w, "lan@sct.vn", PASSWORD).how, SIGN_IN_OK);
    CHECK_INT(try(w, "lan@sct.vn", "something else").how, SIGN_IN_WRONG);   /* and counting began anew */
}

TEST_MODEL(a_day_without_failures_forgets_them)
{
    for (int i = 0; i < 5; i++) try(w, "lan@sct.vn", "something else");
    time_set_now(time_now() + 1 * DAYS + 31 * SECONDS);
    for (int i = 0; i < 5; i++) CHECK_INT(try(w, "lan@sct.vn", "something else").how, SIGN_IN_WRONG);
}

TEST_MODEL(an_address_that_tries_many_accounts_waits_even_when_it_signs_in_to_its_own_between)
{
    lan_with_password(w);
    for (int i = 0; i < 20; i++) {
        const char *email = str_z(a, str_f(a, "victim%d@sct.vn", i));
        CHECK_INT(try(w, email, "something else").how, SIGN_IN_WRONG);
        if (i < 19) CHECK_INT(try(w, "lan@sct.vn", PASSWORD).how, SIGN_IN_OK);
    }
    CHECK_INT(try(w, "victim20@sct.vn", "something else").how, SIGN_IN_WAIT);
    CHECK_INT(try_from(w, "victim20@sct.vn", "something else", "203.0.113.8").how, SIGN_IN_WRONG);
}

TEST_MODEL(whoever_has_a_network_of_version_6_has_one_address)
{
    for (int i = 0; i < 20; i++)
        CHECK_INT(try_from(w, str_z(a, str_f(a, "victim%d@sct.vn", i)), "x", str_z(a, str_f(a, "2001:db8:1:2::%d", i))).how, SIGN_IN_WRONG);
    CHECK_INT(try_from(w, "victim20@sct.vn", "x", "2001:db8:1:2:ffff::1").how, SIGN_IN_WAIT);
    CHECK_INT(try_from(w, "victim20@sct.vn", "x", "2001:db8:1:3::1").how, SIGN_IN_WRONG);
}

TEST_MODEL(a_disabled_account_is_told_no_more_than_wrong)
{
    account_to(w, lan_with_password(w), "disabled");
    struct tried t = try(w, "lan@sct.vn", PASSWORD);
    CHECK(t.how == SIGN_IN_WRONG && !t.account);
}

TEST_MODEL(only_who_knows_the_password_is_told_that_the_e_mail_is_not_confirmed)
{
    account_to(w, lan_with_password(w), "unconfirmed");
    CHECK_INT(try(w, "lan@sct.vn", "something else").how, SIGN_IN_WRONG);
    CHECK_INT(try(w, "lan@sct.vn", PASSWORD).how, SIGN_IN_UNCONFIRMED);
}

static struct tried code(struct work *w, const struct record *account, const char *code)
{
    struct tried t = { 0 };
    CHECK_INT(sign_in_code(w, account, str_of(code), str_of(ADDRESS), &t.how, &t.wait), OK);
    return t;
}

TEST_MODEL(codes_cannot_be_guessed_by_giving_the_password_again_and_again)
{
    lan_with_password(w);
    CHECK_INT(run_sql(w, "UPDATE credential SET totp = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', totp_step = 0"), OK);
    for (int i = 0; i < 5; i++) {
        struct tried t = try(w, "lan@sct.vn", PASSWORD);
        CHECK_INT(t.how, SIGN_IN_CODE);
        CHECK_INT(code(w, t.account, "000000").how, SIGN_IN_WRONG);
    }
    CHECK_INT(try(w, "lan@sct.vn", PASSWORD).how, SIGN_IN_WAIT);
}

TEST_MODEL(the_right_code_signs_in_and_forgets_failures)
{
    struct record *account = load(w, &account_entity, lan_with_password(w));
    CHECK_INT(run_sql(w, "UPDATE credential SET totp = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', totp_step = 0"), OK);
    time_set_now(1111111109 * SECONDS);
    for (int i = 0; i < 4; i++) CHECK_INT(code(w, account, "000000").how, SIGN_IN_WRONG);
    CHECK_INT(code(w, account, "081804").how, SIGN_IN_OK);
    for (int i = 0; i < 5; i++) CHECK_INT(code(w, account, "081804").how, SIGN_IN_WRONG);
}

TEST_MODEL(the_holder_says_the_password_again)
{
    struct record *account = load(w, &account_entity, lan_with_password(w));
    enum sign_in how;
    int wait;
    CHECK_INT(sign_in_again(w, account, str_of(PASSWORD), str_of(ADDRESS), &how, &wait), OK);
    CHECK_INT(how, SIGN_IN_OK);
    for (int i = 0; i < 5; i++) {
        CHECK_INT(sign_in_again(w, account, S("something else"), str_of(ADDRESS), &how, &wait), OK);
        CHECK_INT(how, SIGN_IN_WRONG);
    }
    CHECK_INT(sign_in_again(w, account, str_of(PASSWORD), str_of(ADDRESS), &how, &wait), OK);
    CHECK_INT(how, SIGN_IN_WAIT);
}

TEST_MODEL(a_stale_password_is_kept_anew_when_its_holder_signs_in)
{
    lan_with_password(w);
    CHECK_INT(run_sql(w, "UPDATE credential SET password = '$argon2id$v=19$m=8192,t=2,p=1$yZaRu3n+d90y9xZpH4Th4Q$YOteXybUgc7yRP+DOXGlaxd8ke9H+TWfwDCWkJnQMPQ'"), OK);
    CHECK_INT(try(w, "lan@sct.vn", "old password").how, SIGN_IN_OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM credential WHERE password LIKE '%m=65536%'"), 1);
    CHECK_INT(try(w, "lan@sct.vn", "old password").how, SIGN_IN_OK);
}
