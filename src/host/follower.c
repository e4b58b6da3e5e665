#include "host/follower.h"

#include "host/bell.h"
#include "host/log.h"
#include "host/routine.h"
#include "pages/snapshot.h"

#include <pthread.h>

enum { LOOK_EVERY_MS = 50, KEEP_LOOKS_EVERY_MS = 1000 };
enum { KEEP_AFTER_CHANGES = 10000, KEEP_AFTER_MS = 10 * 60 * 1000 };
enum { APART_LEAST = 4096, APART_SHARE = 32 };              /* so many changes, and one for so many enterprises, are merged beside the following */
static const size_t ROOM = (size_t)4 << 30;

struct follower {
    const struct cli *cli;
    struct arena      a;
    const char       *path;                 /* of the index                                       */
    pthread_mutex_t   lock;                 /* of now, base and merged                            */
    struct snapshot  *now;
    struct snapshot  *base, *merged;        /* what a merge made of what; NULL: nothing to take over */
    uint64_t          version;              /* of now; read without the lock                      */
    struct bell       stop;
    pthread_t         thread;
    bool              follows;
    struct routine   *keeping;
    int64_t           kept_seq, kept_at;    /* of the file: the last change, and when it was written; -1: it is not there */
    int64_t           kept_day;
};

/* ---- asked by the server --------------------------------------------------------------------- */

uint64_t follower_version(void *state)
{
    struct follower *f = state;
    return __atomic_load_n(&f->version, __ATOMIC_ACQUIRE);
}

static struct snapshot *held(struct follower *f)
{
    pthread_mutex_lock(&f->lock);
    struct snapshot *s = snapshot_keep(f->now);
    pthread_mutex_unlock(&f->lock);
    return s;
}

const void *follower_acquire(void *state, uint64_t *version)
{
    struct snapshot *s = held(state);
    *version = s->version;
    return s;
}

void follower_release(void *state, const void *snapshot) { snapshot_release((struct snapshot *)(uintptr_t)snapshot); }

/* ---- following ------------------------------------------------------------------------------- */

static void put_in_place(struct follower *f, struct snapshot *next)
{
    pthread_mutex_lock(&f->lock);
    struct snapshot *before = f->now;
    f->now = next;
    pthread_mutex_unlock(&f->lock);
    __atomic_store_n(&f->version, next->version, __ATOMIC_RELEASE);
    snapshot_release(before);
}

/* A merge that was overtaken by another is let go. */
static void take_over(struct follower *f)
{
    pthread_mutex_lock(&f->lock);
    struct snapshot *base = f->base, *merged = f->merged, *next;
    f->base = f->merged = NULL;
    pthread_mutex_unlock(&f->lock);
    if (!merged) return;
    if (!snapshot_adopt(f->now, base, merged->finder->index, &next)) put_in_place(f, next);
    snapshot_release(base);
    snapshot_release(merged);
}

static enum err look(struct follower *f, struct work *w)
{
    struct snapshot *next;
    w->today = date_today();
    take_over(f);
    enum err e = snapshot_follow(w, f->now, &next);
    if (!e) put_in_place(f, next);
    db_sweep(w->db);
    return e;
}

/* When the database cannot be read, what is shown stays as it is, and the log says so once. */
static void *follow(void *arg)
{
    struct follower *f = arg;
    struct arena a = arena_make(ROOM, NULL);
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

/* ---- the index in its file -------------------------------------------------------------------- */

static int64_t seq_of(const struct snapshot *s) { return __atomic_load_n(&s->seq, __ATOMIC_ACQUIRE); }

static void keep(struct follower *f, struct work *w, const struct snapshot *s)
{
    int64_t seq = seq_of(s), from = time_ticks();
    enum err e = snapshot_save(w, s, f->path);
    f->kept_at = time_ticks();
    if (!e) f->kept_seq = seq, f->kept_day = date_days(s->today);
    if (e) LOG(LOG_ERROR, "index", F_TEXT("not_written", str_of(f->path)), F_NUMBER("error", e));
    else LOG(LOG_INFO, "index", F_TEXT("written", str_of(f->path)), F_NUMBER("seq", seq), F_NUMBER("ms", (f->kept_at - from) / 1000));
}

static bool is_kept(const struct follower *f, const struct snapshot *s) { return seq_of(s) == f->kept_seq && date_days(s->today) == f->kept_day; }

static bool is_due(const struct follower *f, const struct snapshot *s)
{
    bool long_ago = time_ticks() - f->kept_at >= KEEP_AFTER_MS * INT64_C(1000);
    return f->kept_seq < 0 || seq_of(s) - f->kept_seq >= KEEP_AFTER_CHANGES || (long_ago && !is_kept(f, s));
}

static bool is_in_many_parts(const struct snapshot *s)
{
    size_t apart = search_apart(s->finder->index);
    return apart > APART_LEAST && apart > search_docs(s->finder->index) / APART_SHARE;
}

/* For take_over(). */
static void hand_over(struct follower *f, struct snapshot *base, struct snapshot *merged)
{
    pthread_mutex_lock(&f->lock);
    bool waits = f->merged;                                 /* the one before has not been taken yet */
    if (!waits) {
        f->base = snapshot_keep(base);
        f->merged = snapshot_keep(merged);
    }
    pthread_mutex_unlock(&f->lock);
}

static enum err merge(struct follower *f, struct work *w, struct snapshot *base)
{
    struct search *index;
    struct snapshot *merged;
    TRY(search_merge(base->finder->index, &index));
    enum err e = snapshot_adopt(base, base, index, &merged);
    search_release(index);
    if (e) return e;
    hand_over(f, base, merged);
    keep(f, w, merged);
    snapshot_release(merged);
    return OK;
}

static enum err keep_if_due(UNUSED struct routine *r, struct work *w, void *arg, UNUSED bool *more)
{
    struct follower *f = arg;
    struct snapshot *s = held(f);
    enum err e = OK;
    if (is_in_many_parts(s)) e = merge(f, w, s);
    else if (is_due(f, s)) keep(f, w, s);
    snapshot_release(s);
    return e;
}

static const struct routine_kind keeping = { "index", KEEP_LOOKS_EVERY_MS, keep_if_due, .gives_way = true };

/* Beside the database; for a server's among the files. */
static const char *path_of(struct arena *a, const struct config *c)
{
    bool file = str_starts(c->db, S("sqlite:"));
    return str_z(a, file ? str_f(a, "%.*s.index", FMT(str_sub(c->db, 7, c->db.n))) : str_f(a, "%.*s/search.index", FMT(c->files)));
}

/* ---- from start to stop ------------------------------------------------------------------------ */

/* What the making needs besides the snapshot itself is gone when it is made. */
static enum err first_snapshot(struct follower *f)
{
    struct arena a = arena_make(ROOM, NULL);
    struct work w = f->cli->w;
    w.a = &a;
    enum err e = snapshot_open(&w, f->path, &f->now);
    f->kept_seq = e ? -1 : seq_of(f->now) - (int64_t)search_apart(f->now->finder->index);      /* about as many changes since */
    f->kept_day = e ? 0 : date_days(f->now->today);
    if (e == ERR_MISSING) e = snapshot_make(&w, &f->now);
    arena_free(&a);
    return e;
}

enum err follower_open(const struct cli *c, struct follower **out)
{
    struct arena a = arena_make(1 << 20, NULL);
    struct follower *f = NEW(&a, struct follower);
    *f = (struct follower){ .cli = c, .a = a, .lock = PTHREAD_MUTEX_INITIALIZER, .kept_at = time_ticks() };
    f->path = path_of(&f->a, c->config);
    bell_open(&f->stop);
    enum err e = first_snapshot(f);
    if (e) {
        f->now = NULL;
        follower_close(f);
        return e;
    }
    f->version = f->now->version;
    *out = f;
    return OK;
}

enum err follower_start(struct follower *f)
{
    f->follows = !pthread_create(&f->thread, NULL, follow, f);
    if (!f->follows) return ERR_BUSY;
    return routine_start(f->cli->config, &f->cli->w, &keeping, f, &f->keeping);
}

void follower_stop(struct follower *f)
{
    bell_ring(&f->stop);
    if (f->follows) pthread_join(f->thread, NULL);
    routine_stop(f->keeping);
    if (!f->follows || is_kept(f, f->now)) return;
    struct arena a = arena_make(ROOM, NULL);
    struct work w = f->cli->w;
    w.a = &a;
    keep(f, &w, f->now);
    arena_free(&a);
}

void follower_close(struct follower *f)
{
    snapshot_release(f->now);
    snapshot_release(f->base);
    snapshot_release(f->merged);
    bell_close(&f->stop);
    struct arena a = f->a;
    arena_free(&a);
}
