/* What is done once a day. */
#include "database.h"
#include "host/daily.h"
#include "base/date.h"
#include "host/log.h"
#include "model/desk/desk.h"
#include "model/people/account.h"
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
    CHECK_INT(daily_run(w), OK);
    CHECK_INT(mails(w), 1);
    CHECK_INT(work_write(w, tell, account), OK);
    CHECK_INT(daily_run(w), OK);
    CHECK_INT(mails(w), 1);
    time_set_now(NOON + 17 * HOURS);                        /* 05:00: the day has not begun       */
    CHECK_INT(daily_run(w), OK);
    CHECK_INT(mails(w), 1);
    time_set_now(NOON + 18 * HOURS);
    CHECK_INT(daily_run(w), OK);
    CHECK_INT(mails(w), 2);
    time_set_now(0);
    db_close(w->db);
}

TEST(a_days_work_is_done_once_and_again_from_six_the_next_morning_on_sqlite) { once_a_day(a, SQLITE); }
TEST(a_days_work_is_done_once_and_again_from_six_the_next_morning_on_postgresql) { once_a_day(a, POSTGRES); }
