#include "host/routine.h"

#include "host/log.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { AFTER_FAILURE_MS = 5000 };

struct routine {
    const struct routine_kind *kind;
    void                      *arg;
    const char                *db_url;
    const struct model        *model;
    struct arena               self, arena; /* of the thread; of one run                          */
    pthread_t                  thread;
    pthread_mutex_t            lock;
    pthread_cond_t             wake;
    bool                       stopping;
};

/* false: it is to stop. */
static bool wait_for(struct routine *r, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&r->lock);
    int waited = 0;
    while (!r->stopping && waited != ETIMEDOUT) waited = pthread_cond_timedwait(&r->wake, &r->lock, &until);
    bool stopping = r->stopping;
    pthread_mutex_unlock(&r->lock);
    return !stopping;
}

bool routine_stopping(struct routine *r)
{
    pthread_mutex_lock(&r->lock);
    bool stopping = r->stopping;
    pthread_mutex_unlock(&r->lock);
    return stopping;
}

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
    do {
        arena_reset(&r->arena);
        enum err e = once(r, &db, &more);
        if (e && !failing) LOG(LOG_ERROR, r->kind->name, F_TEXT("why", str_of(db_why(db))));
        if (e && db) {
            db_close(db);
            db = NULL;
        }
        failing = e != OK;
    } while (wait_for(r, failing ? AFTER_FAILURE_MS : more ? 0 : r->kind->every_ms));
    if (db) db_close(db);
    return NULL;
}

static void forget(struct routine *r)
{
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->lock);
    arena_free(&r->arena);
    struct arena self = r->self;
    arena_free(&self);
}

enum err routine_start(const struct config *c, const struct work *like, const struct routine_kind *kind, void *arg, struct routine **out)
{
    struct arena self = arena_make(1 << 16, NULL);
    struct routine *r = NEW(&self, struct routine);
    pthread_condattr_t attributes;
    *r = (struct routine){ .kind = kind, .arg = arg, .model = like->m, .arena = arena_make((size_t)4 << 30, NULL) };
    r->db_url = str_z(&self, c->db);
    r->self = self;
    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&r->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    bool runs = !pthread_create(&r->thread, NULL, run, r);
    if (!runs) forget(r);
    *out = runs ? r : NULL;
    return runs ? OK : ERR_BUSY;
}

void routine_stop(struct routine *r)
{
    if (!r) return;
    pthread_mutex_lock(&r->lock);
    r->stopping = true;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    forget(r);
}
