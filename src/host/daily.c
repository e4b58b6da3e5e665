#include "host/daily.h"

#include "base/date.h"
#include "host/log.h"
#include "model/desk/desk.h"
#include "model/desk/mail.h"
#include "model/flow/task.h"
#include "model/people/session.h"
#include "model/people/sign_in.h"
#include "model/people/ticket.h"
#include "model/schema.h"
#include "pages/api/api.h"
#include "pages/snapshot.h"
#include "programme/delivery/delivery.h"
#include "programme/linkage/search.h"
#include "programme/remind.h"

enum { LOOK_EVERY_MS = 60 * 1000, BEGINS_AT = 6 };          /* o'clock                            */

/* One of the two. */
static const struct chore {
    const char *name;
    enum err  (*run)(struct work *w);
    enum err  (*look)(struct work *w, const struct search *suppliers);
} chores[] = {
    { "daily.tasks",        tasks_remind },
    { "daily.freshness",    freshness_remind },
    { "daily.certificates", certificates_remind },
    { "daily.linkage",      linkage_remind },
    { "daily.contracts",    contracts_remind },
    { "daily.delivery",     delivery_remind },
    { "daily.searches",     .look = saved_searches_tell },
    { "daily.digest",       notices_digest },               /* after what tells                   */
    { "daily.mails",        mails_forget },
    { "daily.sessions",     sessions_forget },
    { "daily.tickets",      tickets_forget },
    { "daily.attempts",     attempts_forget },
    { "daily.answers",      api_answers_forget },
};

struct day { const struct chore *chore; Str date; const struct search *suppliers; };

static enum err is_done(struct work *w, const struct day *d, bool *yes)
{
    Str last;
    TRY(property_get(w, str_of(d->chore->name), &last));
    *yes = str_eq(last, d->date);
    return OK;
}

static enum err do_unless_done(struct work *w, void *arg)
{
    const struct day *d = arg;
    bool done;
    TRY(is_done(w, d, &done));
    if (done) return OK;
    TRY(d->chore->run ? d->chore->run(w) : d->chore->look(w, d->suppliers));
    return property_set(w, str_of(d->chore->name), d->date);
}

static enum err do_today(struct work *w, const struct chore *chore, Str date, const struct search *suppliers)
{
    struct day d = { chore, date, suppliers };
    bool done;
    TRY(is_done(w, &d, &done));
    if (done) return OK;
    if (!w->codes) TRY(codes_load(w, w->a, &w->codes));
    enum err e = work_write(w, do_unless_done, &d);
    LOG(e ? LOG_ERROR : LOG_INFO, chore->name, F_TEXT("day", date), F_NUMBER("error", e));
    return e;
}

/* One that fails keeps no other from being done. */
enum err daily_run(struct work *w, const struct search *suppliers)
{
    Str date = date_iso(w->a, time_date(time_now() - BEGINS_AT * HOURS));
    enum err first = OK;
    for (size_t i = 0; i < COUNT(chores); i++) {
        if (chores[i].look && !suppliers) continue;
        enum err e = do_today(w, &chores[i], date, suppliers);
        if (!first) first = e;
    }
    return first;
}

static enum err look(struct routine *r, struct work *w, void *arg, bool *more)
{
    const struct application *app = arg;
    uint64_t version;
    const struct snapshot *s = app->acquire(app->state, &version);
    enum err e = daily_run(w, s->finder->index);
    app->release(app->state, s);
    return e;
}

static const struct routine_kind daily = { "daily", LOOK_EVERY_MS, look };

enum err daily_start(const struct config *c, const struct work *like, const struct application *app, struct routine **out)
{
    return routine_start(c, like, &daily, (void *)(uintptr_t)app, out);
}
