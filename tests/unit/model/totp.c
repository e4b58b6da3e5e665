#include "people.h"

#include "model/people/totp.h"

#include <liboath/oath.h>
#include <stdlib.h>

/* The secret of RFC 6238, appendix B: "12345678901234567890". */
#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

struct shown { int64_t account; Str code, recovery[RECOVERY_CODES], secret; bool right; };

static enum err propose_it(struct work *w, void *arg)
{
    struct shown *k = arg;
    return totp_propose(w, k->account, &k->secret);
}

static enum err confirm_it(struct work *w, void *arg)
{
    struct shown *k = arg;
    return totp_confirm(w, k->account, k->code, &k->right, k->recovery);
}

static enum err take_it(struct work *w, void *arg)
{
    struct shown *k = arg;
    return totp_take(w, k->account, k->code, &k->right);
}

static enum err turn_off(struct work *w, void *arg) { return totp_off(w, *(int64_t *)arg); }
static enum err renew_it(struct work *w, void *arg) { return recovery_renew(w, ((struct shown *)arg)->account, ((struct shown *)arg)->recovery); }

static bool take(struct work *w, int64_t account, Str code)
{
    struct shown k = { account, code };
    CHECK_INT(work_write(w, take_it, &k), OK);
    return k.right;
}

static Str code_at(struct arena *a, Str secret, int64_t seconds)
{
    char *bytes, code[7];
    size_t n;
    CHECK_INT(oath_base32_decode(secret.p, secret.n, &bytes, &n), OATH_OK);
    CHECK_INT(oath_totp_generate(bytes, n, (time_t)seconds, 30, 0, 6, code), OATH_OK);
    free(bytes);
    return str_dup(a, str_of(code));
}

static int64_t now(void) { return time_now() / SECONDS; }

/* Turned on, with the codes of 90 seconds ago used. */
static struct shown turned_on(struct work *w, const char *email)
{
    struct shown k = { account_in(w, email, ";officer;") };
    CHECK_INT(work_write(w, propose_it, &k), OK);
    k.code = code_at(w->a, k.secret, now());
    CHECK_INT(work_write(w, confirm_it, &k), OK);
    CHECK(k.right);
    time_set_now(time_now() + 90 * SECONDS);
    return k;
}

TEST_MODEL(codes_are_those_of_rfc_6238)
{
    static const struct { int64_t at; const char *code; } vectors[] = {
        { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
    };
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    CHECK_INT(run_sql(w, "INSERT INTO credential (account, totp, totp_step) VALUES (1, '" RFC_SECRET "', 0)"), OK);
    for (size_t i = 0; i < COUNT(vectors); i++) {
        time_set_now(vectors[i].at * SECONDS);
        CHECK(!take(w, lan, S("123456")));
        CHECK(take(w, lan, str_of(vectors[i].code)));
    }
}

TEST_MODEL(a_code_counts_for_a_step_before_and_after_and_only_once)
{
    struct shown k = turned_on(w, "lan@sct.vn");
    Str early = code_at(a, k.secret, now() - 30), right = code_at(a, k.secret, now()), late = code_at(a, k.secret, now() + 30);
    CHECK(!take(w, k.account, code_at(a, k.secret, now() - 60)));
    CHECK(!take(w, k.account, code_at(a, k.secret, now() + 60)));
    CHECK(take(w, k.account, early));
    CHECK(!take(w, k.account, early));
    CHECK(take(w, k.account, late));
    CHECK(!take(w, k.account, late));
    CHECK(!take(w, k.account, right));                      /* older than one that was used       */
}

TEST_MODEL(the_code_that_turned_codes_on_cannot_be_used_to_sign_in)
{
    struct shown k = turned_on(w, "lan@sct.vn");
    time_set_now(time_now() - 90 * SECONDS);
    CHECK(!take(w, k.account, k.code));
}

TEST_MODEL(codes_are_on_once_one_was_shown_and_not_before)
{
    struct shown k = { account_in(w, "lan@sct.vn", ";officer;"), S("000000") };
    bool on;
    CHECK_INT(work_write(w, confirm_it, &k), OK);
    CHECK(!k.right);                                        /* nothing was proposed               */
    CHECK_INT(work_write(w, propose_it, &k), OK);
    CHECK_INT(totp_is_on(w, k.account, &on), OK);
    CHECK(!on);
    Str code = code_at(a, k.secret, now());
    CHECK(!take(w, k.account, code));
    k.code = code_at(a, k.secret, now() + 300);
    CHECK_INT(work_write(w, confirm_it, &k), OK);
    CHECK(!k.right);
    k.code = str_f(a, "%.3s %.3s", code.p, code.p + 3);
    CHECK_INT(work_write(w, confirm_it, &k), OK);
    CHECK(k.right);
    CHECK_INT(totp_is_on(w, k.account, &on), OK);
    CHECK(on);
    CHECK_INT(work_write(w, turn_off, &k.account), OK);
    CHECK_INT(totp_is_on(w, k.account, &on), OK);
    CHECK(!on);
    CHECK(!take(w, k.account, k.recovery[0]));
}

TEST_MODEL(each_recovery_code_is_used_once_however_it_is_typed)
{
    struct shown k = turned_on(w, "lan@sct.vn");
    int left;
    CHECK_INT(k.recovery[0].n, 19);
    CHECK_INT(recovery_left(w, k.account, &left), OK);
    CHECK_INT(left, RECOVERY_CODES);
    for (int i = 0; i < RECOVERY_CODES; i++) {
        CHECK(!take(w, k.account, S("aaaa-bbbb-cccc-dddd")));
        CHECK(take(w, k.account, i ? k.recovery[i] : str_f(a, " %.4s%.4s%.4s%.4s", k.recovery[0].p, k.recovery[0].p + 5, k.recovery[0].p + 10, k.recovery[0].p + 15)));
        CHECK(!take(w, k.account, k.recovery[i]));
    }
    CHECK_INT(recovery_left(w, k.account, &left), OK);
    CHECK_INT(left, 0);
    CHECK(!take(w, k.account, S("")));
}

TEST_MODEL(new_recovery_codes_end_the_old_ones_and_none_is_kept_as_it_is)
{
    struct shown k = turned_on(w, "lan@sct.vn");
    Str old = k.recovery[3];
    CHECK_INT(work_write(w, renew_it, &k), OK);
    CHECK(!take(w, k.account, old));
    CHECK(take(w, k.account, k.recovery[3]));
    CHECK_INT(count_sql(w, str_z(a, str_f(a, "SELECT count(*) FROM credential WHERE recovery LIKE '%%%.4s%%' AND recovery LIKE '%%%.*s%%'",
                                          k.recovery[4].p, FMT(k.recovery[4])))), 0);
}

TEST(the_uri_for_apps_names_the_account_and_the_issuer)
{
    CHECK_STR(totp_uri(a, S("lan@sct.vn"), S("ABC")), S("otpauth://totp/M%E1%BA%AFt%20X%C3%ADch:lan@sct.vn?secret=ABC&issuer=M%E1%BA%AFt%20X%C3%ADch"));
}
