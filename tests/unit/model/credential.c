#include "people.h"

#include "model/people/credential.h"
#include "model/people/session.h"

struct setting { int64_t account; Password password; };

static enum err set_it(struct work *w, void *arg)
{
    const struct setting *s = arg;
    return password_set(w, s->account, s->password);
}

void password_of(struct work *w, int64_t account, const char *password)
{
    struct setting s = { account };
    CHECK_INT(password_make(w->a, str_of(password), &s.password), OK);
    CHECK_INT(work_write(w, set_it, &s), OK);
}

static enum password is(struct work *w, int64_t account, Str password)
{
    enum password found;
    CHECK_INT(password_is(w, account, password, &found), OK);
    return found;
}

TEST_MODEL(a_password_is_kept_as_argon2id_and_known_again)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    password_of(w, lan, "bốn từ không liên quan");
    CHECK_INT(is(w, lan, S("bốn từ không liên quan")), PASSWORD_RIGHT);
    CHECK_INT(is(w, lan, S("bốn từ không liên quan ")), PASSWORD_WRONG);
    CHECK_INT(is(w, lan, (Str){ 0 }), PASSWORD_WRONG);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM credential WHERE password LIKE '$argon2id$v=19$m=65536,t=2,p=1$%'"), 1);
}

TEST_MODEL(nobody_and_who_has_no_password_yet_are_wrong)
{
    CHECK_INT(is(w, 0, S("anything at all")), PASSWORD_WRONG);
    CHECK_INT(is(w, account_in(w, "lan@sct.vn", ";officer;"), S("anything at all")), PASSWORD_WRONG);
}

TEST_MODEL(a_password_kept_with_smaller_figures_is_right_but_stale)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    password_of(w, lan, "bốn từ không liên quan");      /* then that of "old password" with 8 MB */
    CHECK_INT(run_sql(w, "UPDATE credential SET password = '$argon2id$v=19$m=8192,t=2,p=1$yZaRu3n+d90y9xZpH4Th4Q$YOteXybUgc7yRP+DOXGlaxd8ke9H+TWfwDCWkJnQMPQ'"), OK);
    CHECK_INT(is(w, lan, S("old password")), PASSWORD_STALE);
    CHECK_INT(is(w, lan, S("another password")), PASSWORD_WRONG);
}

static enum err begin_it(struct work *w, void *arg)
{
    Str *token = arg;
    return session_begin(w, 1, false, S(""), S(""), token);
}

TEST_MODEL(a_new_password_ends_every_session)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;");
    Str token;
    struct session s;
    struct actor actor;
    CHECK_INT(lan, 1);
    CHECK_INT(work_write(w, begin_it, &token), OK);
    CHECK_INT(session_find(w, token, &s, &actor), OK);
    password_of(w, lan, "bốn từ không liên quan");
    CHECK_INT(session_find(w, token, &s, &actor), ERR_MISSING);
}

TEST(passwords_that_everybody_tries_are_refused)
{
    static const char *const common[] = {
        "1234567890", "qwertyuiop", "Password123", "MATKHAU@2026", "MậtKhẩu123!", "anhyeuem123", "anhyêuem2026", "p@ssw0rd99", "ILoveYou!!!", "hanoi123456",
        "Nguyễnvăna1",
    };
    struct work w = { .a = a };
    for (size_t i = 0; i < COUNT(common); i++)
        if (!password_check(&w, S("lan@sct.vn"), str_of(common[i])).id) test_fail(__FILE__, __LINE__, "taken: %s", common[i]);
}

TEST(good_passwords_are_taken)
{
    static const char *const good[] = { "bốn từ không liên quan", "correct horse battery staple", "anhyeuem va 7 con meo", "k3#fQ9zLw2", "密码密码密码密码密码" };
    struct work w = { .a = a };
    for (size_t i = 0; i < COUNT(good); i++)
        if (password_check(&w, S("lan@sct.vn"), str_of(good[i])).id) test_fail(__FILE__, __LINE__, "refused: %s", good[i]);
}

TEST(length_of_a_password_is_counted_in_characters_and_its_own_e_mail_is_none)
{
    struct work w = { .a = a };
    char longest[PASSWORD_MOST + 1];
    memset(longest, 'x', sizeof longest);
    CHECK(password_check(&w, S("lan@sct.vn"), S("chín ký t")).id);
    CHECK(!password_check(&w, S("lan@sct.vn"), S("mười ký tự")).id);
    CHECK(!password_check(&w, S("lan@sct.vn"), (Str){ longest, PASSWORD_MOST }).id);
    CHECK(password_check(&w, S("lan@sct.vn"), (Str){ longest, PASSWORD_MOST + 1 }).id);
    CHECK(password_check(&w, S("lanlanlan@sct.vn"), S("LanLanLan@sct.vn")).id);
    CHECK(password_check(&w, S("lan.nguyen.thi@sct.vn"), S("lan.nguyen.thi")).id);
}
