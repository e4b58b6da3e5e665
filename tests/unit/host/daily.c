/* What is done once a day. */
#include "database.h"
#include "host/daily.h"
#include "base/date.h"
#include "host/log.h"
#include "model/desk/desk.h"
#include "model/people/session.h"
#include "model/people/sign_in.h"
#include "model/people/ticket.h"
#include "model/record.h"
#include "model/schema.h"
#include "programme/entities.h"

static const int64_t NOON = 1795323600000000;               /* 22 November 2026, 12:00 in Hà Nội   */

static struct work *opened(struct arena *a, enum dialect d)
{
    struct work *w = NEW(a, struct work);
    Message why;
    *w = (struct work){ .m = model_make(a, entities), .a = a, .actor = { .roles = SYSTEM, .name = S("test") }, .today = { 2026, 11, 22 } };
    CHECK_INT(db_open(test_db_url(a, d), DB_CREATE, &w->db), OK);
    CHECK_INT(schema_grow(w, &why), OK);
    time_set_now(NOON);
    return w;
}

static int64_t mails(struct work *w)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM mail"), NO_ARGS, &n), OK);
    return n;
}

static enum err somebody(struct work *w, void *out)
{
    struct record *r = record_make(w->a, &account_entity);
    bool changed;
    r->v[ACCOUNT_EMAIL] = v_text(S("hoa@example.vn"));
    r->v[ACCOUNT_NAME] = v_text(S("Hoà"));
    r->v[ACCOUNT_ROLES] = v_text(S(";officer;"));
    r->v[ACCOUNT_STATE] = v_text(S("active"));
    r->v[ACCOUNT_DIGEST] = v_text(S("daily"));
    *(struct record **)out = r;
    return record_save(w, NULL, r, &changed);
}

static enum err tell(struct work *w, void *account) { return notify(w, account, MSG("Something"), S("/x")); }

static void once_a_day(struct arena *a, enum dialect d)
{
    struct work *w = opened(a, d);
    struct record *account;
    CHECK_INT(log_open(S("/dev/null"), LOG_ERROR), OK);
    CHECK_INT(work_write(w, somebody, &account), OK);
    CHECK_INT(work_write(w, tell, account), OK);
    CHECK_INT(daily_run(w, NULL), OK);
    CHECK_INT(mails(w), 1);
    CHECK_INT(work_write(w, tell, account), OK);
    CHECK_INT(daily_run(w, NULL), OK);
    CHECK_INT(mails(w), 1);
    time_set_now(NOON + 17 * HOURS);                        /* 05:00: the day has not begun       */
    CHECK_INT(daily_run(w, NULL), OK);
    CHECK_INT(mails(w), 1);
    time_set_now(NOON + 18 * HOURS);
    CHECK_INT(daily_run(w, NULL), OK);
    CHECK_INT(mails(w), 2);
    time_set_now(0);
    db_close(w->db);
}

static enum err begin_what_ends(struct work *w, void *account)
{
    Str token;
    const struct record *r = account;
    TRY(session_begin(w, r->id, false, S("203.0.113.7"), S("Firefox"), &token));
    TRY(ticket_make(w, TICKET_INVITE, r->id, &token));
    return db_exec(w->db, w->a, SQL("INSERT INTO idempotency (account, key, request, status, at) VALUES ($1, $2, $3, 201, $4)"),
                   ARGS(v_int(r->id), v_text(S("key")), v_text(S("request")), v_int(time_now())));
}

static int64_t left(struct work *w)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, w->a, SQL("SELECT (SELECT count(*) FROM session) + 10 * (SELECT count(*) FROM ticket)"
                                          " + 100 * (SELECT count(*) FROM idempotency) + 1000 * (SELECT count(*) FROM failure)"), NO_ARGS, &n), OK);
    return n;
}

static void cleared(struct arena *a, enum dialect d)
{
    static const struct { int64_t days, left; } then[] = { { 0, 2111 }, { 1, 2110 }, { 2, 110 }, { 7, 110 }, { 8, 10 }, { 14, 0 } };
    struct work *w = opened(a, d);
    struct record *account;
    enum sign_in how;
    int wait;
    CHECK_INT(log_open(S("/dev/null"), LOG_ERROR), OK);
    CHECK_INT(work_write(w, somebody, &account), OK);
    CHECK_INT(sign_in(w, S("hoa@example.vn"), S("not the password"), S("203.0.113.7"), &how, &(struct record *){ NULL }, &wait), OK);
    CHECK_INT(work_write(w, begin_what_ends, account), OK);
    for (size_t i = 0; i < COUNT(then); i++) {
        time_set_now(NOON + then[i].days * DAYS);
        CHECK_INT(daily_run(w, NULL), OK);
        CHECK_INT(left(w), then[i].left);
    }
    time_set_now(0);
    db_close(w->db);
}

TEST(what_is_over_is_deleted_on_sqlite) { cleared(a, SQLITE); }
TEST(what_is_over_is_deleted_on_postgresql) { cleared(a, POSTGRES); }

TEST(a_days_work_is_done_once_and_again_from_six_the_next_morning_on_sqlite) { once_a_day(a, SQLITE); }
TEST(a_days_work_is_done_once_and_again_from_six_the_next_morning_on_postgresql) { once_a_day(a, POSTGRES); }
