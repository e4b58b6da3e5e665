/*
 * command_serve.c - the portal as a running program: one thread follows the change log and keeps the snapshot that all pages are
 * made from up to date; services.c has the other threads, http.c does the rest.
 */
#include "host/cli.h"

#include "host/bell.h"
#include "host/log.h"
#include "host/server.h"
#include "host/services.h"
#include "model/change.h"
#include "pages/site.h"
#include "pages/snapshot.h"

#include <pthread.h>

enum { LOOK_EVERY_MS = 250 };

struct follower {
    const struct cli *cli;
    struct services  *services;
    pthread_mutex_t   lock;                 /* of now                                             */
    struct snapshot  *now;
    uint64_t          version;              /* of now; read without the lock                      */
    struct bell       stop;
    pthread_t         thread;
};

static uint64_t version(void *state)
{
    struct follower *f = state;
    return __atomic_load_n(&f->version, __ATOMIC_ACQUIRE);
}

static const void *acquire(void *state, uint64_t *v)
{
    struct follower *f = state;
    pthread_mutex_lock(&f->lock);
    struct snapshot *s = snapshot_keep(f->now);
    pthread_mutex_unlock(&f->lock);
    *v = s->version;
    return s;
}

static void release(void *state, const void *snapshot)
{
    snapshot_release((struct snapshot *)(uintptr_t)snapshot);
}

static enum err listening(void *state, Str base_url, Message *why)
{
    const struct follower *f = state;
    return services_post(f->cli, f->services, base_url, why);
}

static void put_in_place(struct follower *f, struct snapshot *next)
{
    pthread_mutex_lock(&f->lock);
    struct snapshot *before = f->now;
    f->now = next;
    pthread_mutex_unlock(&f->lock);
    __atomic_store_n(&f->version, next->version, __ATOMIC_RELEASE);
    snapshot_release(before);
}

static enum err look(struct follower *f, struct work *w)
{
    struct snapshot *next;
    w->today = date_today();
    enum err e = snapshot_follow(w, f->now, &next);
    if (!e) put_in_place(f, next);
    db_sweep(w->db);
    return e;
}

/* When the database cannot be read, what is shown stays as it is, and the log says so once. */
static void *follow(void *arg)
{
    struct follower *f = arg;
    struct arena a = arena_make((size_t)4 << 30, NULL);
    struct work w = f->cli->w;
    bool failing = false;
    w.a = &a;
    while (bell_sleep(&f->stop, LOOK_EVERY_MS)) {
        arena_reset(&a);
        enum err e = look(f, &w);
        if (e && !failing) LOG(LOG_ERROR, "follow", F_TEXT("why", str_of(db_why(w.db))));
        failing = e != OK;
    }
    arena_free(&a);
    return NULL;
}

static enum err serve(struct cli *c, struct follower *f, const struct application *app, Message *why)
{
    portal_prepare(c->a);
    if (pthread_create(&f->thread, NULL, follow, f)) {
        *why = MSG(N_("The system gives no more threads."));
        return ERR_BUSY;
    }
    enum err e = server_run(c->config, app, why);
    bell_ring(&f->stop);
    pthread_join(f->thread, NULL);
    return e;
}

/* What the making needs besides the snapshot itself is gone when it is made. */
static enum err first_snapshot(const struct cli *c, struct snapshot **out)
{
    struct arena a = arena_make((size_t)4 << 30, NULL);
    struct work w = c->w;
    w.a = &a;
    enum err e = snapshot_make(&w, out);
    arena_free(&a);
    return e;
}

int command_serve(struct cli *c)
{
    struct services services;
    struct follower f = { .cli = c, .services = &services, .lock = PTHREAD_MUTEX_INITIALIZER };
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    if (log_open(c->config->log, (enum log_level)c->config->log_level))
        return cli_fail(c, ERR_BROKEN, MSG(N_("The log {1} cannot be written."), c->config->log));
    bell_open(&f.stop);
    enum err e = first_snapshot(c, &f.now);
    if (e) return cli_done(c, e);
    f.version = f.now->version;
    Message why = NO_MESSAGE;
    server_hold_signals();
    struct application app = {
        .site = portal, .assets = assets_embedded(c->a), .instance = &services.instance, .state = &f,
        .version = version, .acquire = acquire, .release = release, .listening = listening,
    };
    e = services_start(c, &app, &services, &why);
    if (!e) e = serve(c, &f, &app, &why);
    services_stop(&services);
    bell_close(&f.stop);
    snapshot_release(f.now);
    return e && why.id ? cli_fail(c, e, why) : cli_done(c, e);
}
