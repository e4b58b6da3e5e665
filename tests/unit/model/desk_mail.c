/* Notices and the outbox. */
#include "fixture.h"
#include "model/desk/desk.h"
#include "model/desk/mail.h"
#include "model/people/account.h"

static const int64_t MINUTE = 60 * 1000000;

static struct record *account(struct work *w, const char *email, const char *state, const char *language, const char *digest)
{
    struct record *r = record_make(w->a, &account_entity);
    r->v[ACCOUNT_EMAIL] = v_text(str_of(email));
    r->v[ACCOUNT_NAME] = v_text(S("Nguyễn Thị Hoà"));
    r->v[ACCOUNT_ROLES] = v_text(S(";officer;"));
    r->v[ACCOUNT_STATE] = v_text(str_of(state));
    r->v[ACCOUNT_LANGUAGE] = v_text(str_of(language));
    r->v[ACCOUNT_DIGEST] = v_text(str_of(digest));
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

struct telling { const struct record *account; Message text; Str path; };
static enum err tell(struct work *w, void *arg)
{
    struct telling *t = arg;
    return notify(w, t->account, t->text, t->path);
}
static void told(struct work *w, const struct record *to, const char *what)
{
    CHECK_INT(work_write(w, tell, &(struct telling){ to, MSG("Change what is said of {1}", str_of(what)), S("/workspace/things/T-1") }), OK);
}
static enum err remind_of(struct work *w, void *arg)
{
    struct telling *t = arg;
    return notify_due(w, t->account, t->text, t->path);
}
static enum err see(struct work *w, void *arg) { return notices_seen(w, *(int64_t *)arg); }
static enum err digest(struct work *w, void *arg) { return notices_digest(w); }

static struct mail next(struct work *w)
{
    struct mail m;
    CHECK_INT(mail_next(w, &m), OK);
    return m;
}
static enum err put_one(struct work *w, void *arg)
{
    const Str *s = arg;
    return mail_put(w, s[0], s[1], s[2]);
}
static void mail_to(struct work *w, const char *to)
{
    CHECK_INT(work_write(w, put_one, (Str[]){ str_of(to), S("Chủ đề"), S("Nội dung") }), OK);
}
struct failing { int64_t id; bool for_ever; };
static enum err fail(struct work *w, void *arg)
{
    struct failing *f = arg;
    return mail_failed(w, f->id, S("450 later"), f->for_ever);
}
static enum err sent(struct work *w, void *arg) { return mail_sent(w, *(int64_t *)arg); }
static enum err again(struct work *w, void *arg) { return mail_again(w, *(int64_t *)arg); }
static enum err drop(struct work *w, void *arg) { return mail_drop(w, *(int64_t *)arg); }
static enum err forget(struct work *w, void *arg) { return mails_forget(w); }

static struct notices seen_by(struct work *w, const struct record *r)
{
    struct work *p = work_as(w, OFFICER, VI);
    struct notices list;
    p->actor.account = r->id;
    CHECK_INT(notices_of(p, 0, 10, &list), OK);
    return list;
}

/* ---- notices ----------------------------------------------------------------------------------- */

TEST_MODEL(a_notice_is_on_the_page_and_in_a_mail_that_says_where_and_how_to_get_fewer)
{
    struct record *r = account(w, "hoa@example.vn", "active", "en", "each");
    told(w, r, "Máy ép");
    struct notices list = seen_by(w, r);
    CHECK_INT(list.n, 1);
    CHECK_STR(list.p[0].text, S("Change what is said of Máy ép"));
    CHECK(!list.p[0].seen);
    struct mail m = next(w);
    CHECK_STR(m.to, S("hoa@example.vn"));
    CHECK_STR(m.subject, S("Change what is said of Máy ép"));
    CHECK(str_has(m.text, S("Dear Nguyễn Thị Hoà,")));
    CHECK(str_has(m.text, S("\n{base}/en/workspace/things/T-1\n")));
    CHECK(str_has(m.text, S("\n{base}/en/account\n")));
    CHECK_STR(m.fewer, S("/en/account"));
}

TEST_MODEL(a_notice_is_in_the_language_of_who_is_told)
{
    struct record *vi = account(w, "vi@example.vn", "active", "vi", "each"), *en = account(w, "en@example.vn", "active", "en", "each");
    Message m = MSG("Enterprise");
    CHECK_INT(work_write(w, tell, &(struct telling){ vi, m, S("/x") }), OK);
    CHECK_INT(work_write(w, tell, &(struct telling){ en, m, S("/x") }), OK);
    CHECK_STR(seen_by(w, vi).p[0].text, S("Doanh nghiệp"));
    CHECK_STR(seen_by(w, en).p[0].text, S("Enterprise"));
    CHECK(str_has(next(w).text, S("{base}/x\n")));
}

TEST_MODEL(who_wants_no_mail_still_has_the_notice_and_who_is_not_active_has_neither)
{
    struct record *none = account(w, "none@example.vn", "active", "vi", "none"), *gone = account(w, "gone@example.vn", "disabled", "vi", "each");
    told(w, none, "a"), told(w, gone, "b");
    CHECK_INT(work_write(w, digest, NULL), OK);
    CHECK_INT(seen_by(w, none).n, 1);
    CHECK_INT(seen_by(w, gone).n, 0);
    CHECK_INT(next(w).id, 0);
}

TEST_MODEL(a_daily_mail_has_what_was_neither_sent_nor_seen_and_comes_once)
{
    struct record *r = account(w, "hoa@example.vn", "active", "vi", "daily"), *other = account(w, "nam@example.vn", "active", "vi", "daily");
    told(w, r, "thứ nhất"), told(w, r, "thứ hai"), told(w, r, "thứ ba"), told(w, other, "khác");
    CHECK_INT(next(w).id, 0);
    CHECK_INT(run_sql(w, "UPDATE notice SET seen = 1 WHERE id = 2"), OK);
    CHECK_INT(work_write(w, digest, NULL), OK);
    struct mail m = next(w);
    CHECK_STR(m.to, S("hoa@example.vn"));
    CHECK(str_has(m.text, S("thứ nhất")) && !str_has(m.text, S("thứ hai")) && str_has(m.text, S("thứ ba")) && !str_has(m.text, S("khác")));
    CHECK_INT(work_write(w, digest, NULL), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM mail"), 2);
}

TEST_MODEL(a_daily_mail_of_very_many_notices_leads_to_the_page_for_the_rest)
{
    struct record *r = account(w, "hoa@example.vn", "active", "en", "daily");
    for (int i = 0; i < 60; i++) told(w, r, "x");
    CHECK_INT(work_write(w, digest, NULL), OK);
    struct mail m = next(w);
    CHECK_STR(m.subject, S("New notices: 60"));
    CHECK(str_has(m.text, S("{base}/en/workspace/notices")));
    CHECK(m.text.n < 10000);
}

TEST_MODEL(notices_are_counted_until_they_are_seen_and_paged_from_the_newest)
{
    struct record *r = account(w, "hoa@example.vn", "active", "en", "none"), *other = account(w, "nam@example.vn", "active", "en", "none");
    struct work *p = work_as(w, OFFICER, VI);
    struct notices list;
    int64_t n;
    p->actor.account = r->id;
    told(w, r, "1"), told(w, other, "-"), told(w, r, "2"), told(w, r, "3");
    CHECK_INT(notices_of(p, 0, 2, &list), OK);
    CHECK_INT(list.n, 2);
    CHECK_INT(list.p[0].id, 4);
    CHECK_INT(notices_of(p, list.p[1].id, 2, &list), OK);
    CHECK_INT(list.n, 1);
    CHECK_STR(list.p[0].text, S("Change what is said of 1"));
    CHECK_INT(notices_count(p, &n), OK);
    CHECK_INT(n, 3);
    int64_t up_to = 3;
    CHECK_INT(work_write(p, see, &up_to), OK);
    CHECK_INT(notices_count(p, &n), OK);
    CHECK_INT(n, 1);
    CHECK(!seen_by(w, other).p[0].seen);
}

TEST_MODEL(a_title_with_a_lines_end_makes_no_header_and_a_long_one_is_cut)
{
    struct record *r = account(w, "hoa@example.vn", "active", "en", "each");
    told(w, r, "x\r\nBcc: everybody@example.vn");
    CHECK_STR(next(w).subject, S("Change what is said of x  Bcc: everybody@example.vn"));
    int64_t id = next(w).id;
    CHECK_INT(work_write(w, sent, &id), OK);
    struct buf b = buf_make(a);
    for (int i = 0; i < 100; i++) put_z(&b, "ệ");
    told(w, r, str_z(a, buf_str(&b)));
    Str subject = next(w).subject;
    CHECK(subject.n < 160 && str_ends(subject, S("ệ…")));
}

/* ---- the outbox -------------------------------------------------------------------------------- */

TEST_MODEL(a_mail_waits_until_it_is_sent_and_then_its_text_is_gone)
{
    struct mail_state s;
    mail_to(w, "a@example.vn"), mail_to(w, "b@example.vn");
    struct mail m = next(w);
    CHECK_STR(m.to, S("a@example.vn"));
    CHECK_STR(m.text, S("Nội dung"));
    CHECK_INT(work_write(w, sent, &m.id), OK);
    CHECK_STR(next(w).to, S("b@example.vn"));
    CHECK_INT(count_sql(w, "SELECT count(*) FROM mail WHERE body IS NOT NULL"), 1);
    CHECK_INT(mail_state(w, &s), OK);
    CHECK_INT(s.waiting, 1);
    CHECK_INT(s.sent, 1);
    CHECK_INT(s.failed, 0);
    CHECK_INT(s.oldest, time_now());
}

TEST_MODEL(what_could_forge_a_header_or_a_recipient_is_refused)
{
    static const Str bad[][2] = { { S_("a@example.vn\r\nBcc: b@example.vn"), S_("x") }, { S_("a@example.vn"), S_("x\nBcc: b@example.vn") },
                                  { S_("a@example.vn\rX"), S_("x") }, { S_(""), S_("x") }, { S_("a@example.vn"), S_("a\0b") },
                                  { S_("a@example.vn> <b@example.vn"), S_("x") }, { S_("a@example.vn,b@example.vn"), S_("x") },
                                  { S_("nowhere"), S_("x") } };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK_INT(work_write(w, put_one, (Str[]){ bad[i][0], bad[i][1], S("text") }), ERR_INVALID);
    CHECK_INT(next(w).id, 0);
}

TEST_MODEL(a_mail_that_fails_is_tried_again_later_each_time_for_three_days)
{
    int64_t began = time_now(), wait[MAIL_TRIES] = { 0 };
    int tries = 0;
    mail_to(w, "a@example.vn");
    for (int64_t minute = 0; minute <= 5 * 1440; minute++) {
        time_set_now(began + minute * MINUTE);
        struct mail m = next(w);
        if (!m.id) continue;
        CHECK(tries < MAIL_TRIES);
        CHECK_INT(m.tries, tries);
        wait[tries++] = minute;
        CHECK_INT(work_write(w, fail, &(struct failing){ m.id, false }), OK);
    }
    CHECK_INT(tries, MAIL_TRIES);
    CHECK_INT(wait[1], 1);
    CHECK_INT(wait[2], 3);
    CHECK_INT(wait[3], 7);
    CHECK_INT(wait[8], 255);
    CHECK_INT(wait[9], 255 + 240);
    CHECK_INT(wait[MAIL_TRIES - 1] / 60, 72);
    struct mails list;
    CHECK_INT(mails_unsent(w, 10, &list), OK);
    CHECK_STR(list.p[0].error, S("450 later"));
    CHECK_INT(list.p[0].next_try, 0);
}

TEST_MODEL(a_mail_refused_for_ever_is_kept_until_it_is_tried_again_or_dropped)
{
    struct mail_state s;
    struct mails list;
    int64_t bad = 1, other = 2, none = 0;
    mail_to(w, "a@example.vn"), mail_to(w, "b@example.vn");
    CHECK_INT(work_write(w, fail, &(struct failing){ bad, true }), OK);
    CHECK_INT(mail_state(w, &s), OK);
    CHECK_INT(s.failed, 1);
    CHECK_INT(s.waiting, 1);
    CHECK_INT(next(w).id, other);
    CHECK_INT(work_write(w, sent, &other), OK);
    CHECK_INT(work_write(w, again, &bad), OK);
    CHECK_INT(next(w).id, bad);
    CHECK_INT(work_write(w, fail, &(struct failing){ bad, true }), OK);
    CHECK_INT(work_write(w, again, &none), OK);
    CHECK_INT(next(w).id, bad);
    CHECK_INT(work_write(w, drop, &bad), OK);
    CHECK_INT(work_write(w, drop, &other), OK);             /* a sent one stays known              */
    CHECK_INT(mails_unsent(w, 10, &list), OK);
    CHECK_INT(list.n, 0);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM mail"), 1);
}

TEST_MODEL(what_was_sent_is_known_for_a_year)
{
    int64_t id = 1, began = time_now();
    mail_to(w, "a@example.vn"), mail_to(w, "b@example.vn");
    CHECK_INT(work_write(w, sent, &id), OK);
    time_set_now(began + 360 * 1440 * MINUTE);
    CHECK_INT(work_write(w, forget, NULL), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM mail"), 2);
    time_set_now(began + 370 * 1440 * MINUTE);
    CHECK_INT(work_write(w, forget, NULL), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM mail"), 1);
    CHECK_INT(next(w).id, 2);
}

TEST_MODEL(reminders_are_mailed_as_is_chosen_for_them_or_else_as_other_notices)
{
    struct record *like_others = account(w, "a@vidu.vn", "active", "vi", "none"), *apart = account(w, "b@vidu.vn", "active", "vi", "none");
    struct record *chosen = record_copy(w->a, apart);
    chosen->v[ACCOUNT_REMINDERS] = v_text(S("each"));
    CHECK_INT(save(w, apart, chosen), OK);
    CHECK_INT(work_write(w, remind_of, &(struct telling){ like_others, MSG("It ends soon"), S("/workspace/things/T-1") }), OK);
    CHECK_INT(work_write(w, remind_of, &(struct telling){ chosen, MSG("It ends soon"), S("/workspace/things/T-1") }), OK);
    told(w, chosen, "T-1");
    struct mail m = next(w);
    CHECK_STR(m.to, S("b@vidu.vn"));
    CHECK_INT(work_write(w, sent, &m.id), OK);
    CHECK_INT(next(w).id, 0);
}
