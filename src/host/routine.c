#include "host/routine.h"

#include "host/bell.h"
#include "host/log.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

enum { AFTER_FAILURE_MS = 5000, GIVING_WAY = 10 };          /* of niceness                        */

struct routine {
    const struct routine_kind *kind;
    void                      *arg;
    const char                *db_url;
    const struct model        *model;
    struct arena               self, arena; /* of the thread; of one run                          */
    pthread_t                  thread;
    struct bell                stop;
};

bool routine_stopping(struct routine *r) { return bell_rung(&r->stop); }

static enum err once(struct routine *r, struct db **db, bool *more)
{
    struct work w = { .m = r->model, .a = &r->arena, .actor = { .roles = SYSTEM, .name = S("matxich") }, .today = date_today() };
    *more = false;
    if (!*db) TRY(db_open(r->db_url, 0, db));
    w.db = *db;
    return r->kind->run(r, &w, r->arg, more);
}

static void *run(void *arg)
{
    struct routine *r = arg;
    struct db *db = NULL;
    bool failing = false, more;
    if (r->kind->gives_way) setpriority(PRIO_PROCESS, (id_t)gettid(), GIVING_WAY);
    do {
        arena_reset(&r->arena);
        enum err e = once(r, &db, &more);
        if (e && !failing) LOG(LOG_ERROR, r->kind->name, F_TEXT("why", str_of(db_why(db))));
        if (e && db) {
            db_close(db);
            db = NULL;
        }
        failing = e != OK;
    } while (bell_sleep(&r->stop, failing ? AFTER_FAILURE_MS : more ? 0 : r->kind->every_ms));
    if (db) db_close(db);
    return NULL;
}

static void forget(struct routine *r)
{
    bell_close(&r->stop);
    arena_free(&r->arena);
    struct arena self = r->self;
    arena_free(&self);
}

enum err routine_start(const struct config *c, const struct work *like, const struct routine_kind *kind, void *arg, struct routine **out)
{
    struct arena self = arena_make(1 << 16, NULL);
    struct routine *r = NEW(&self, struct routine);
    *r = (struct routine){ .kind = kind, .arg = arg, .model = like->m, .arena = arena_make((size_t)4 << 30, NULL) };
    r->db_url = str_z(&self, c->db);
    r->self = self;
    bell_open(&r->stop);
    bool runs = !pthread_create(&r->thread, NULL, run, r);
    if (!runs) forget(r);
    *out = runs ? r : NULL;
    return runs ? OK : ERR_BUSY;
}

void routine_stop(struct routine *r)
{
    if (!r) return;
    bell_ring(&r->stop);
    pthread_join(r->thread, NULL);
    forget(r);
}
