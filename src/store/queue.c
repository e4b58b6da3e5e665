#include "store/queue.h"

#include "store/driver.h"

#include <pthread.h>

struct entry {                              /* a statement, its arguments, and the bytes of their texts */
    struct statement *st;
    size_t            size;                 /* of all that, up to the next entry                  */
    int               n;
    Val               v[];
};

struct chunk { char *bytes; size_t used; };

struct queue {
    struct arena    memory;                 /* in which it stands itself                          */
    struct db      *db;
    struct chunk    chunks[2], *filling;
    bool            threaded;
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  turn;                   /* `given` or `over` has changed                      */
    struct chunk   *given;                  /* the second thread's; NULL: it is at rest           */
    bool            over;
    enum err        err;                    /* the first; to be looked at when it is at rest      */
};

struct queue *queue_open(struct db *db)
{
    struct arena memory = arena_make((size_t)4 * QUEUE_CHUNK, NULL);
    struct queue *q = NEW(&memory, struct queue);
    for (size_t i = 0; i < COUNT(q->chunks); i++)
        q->chunks[i].bytes = arena_raw(&memory, QUEUE_CHUNK, _Alignof(struct entry), 1);
    q->memory = memory;
    q->db = db;
    q->filling = &q->chunks[0];
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->turn, NULL);
    return q;
}

/* ---- carrying out --------------------------------------------------------------------------- */

static enum err run(struct db *db, struct statement *st, Args args)
{
    enum err e = OK;
    TRY(db->driver->run(db, st, args));
    while (db->driver->next(db, st, &e)) continue;
    enum err ended = db->driver->done(db, st);
    return e ? e : ended;
}

static enum err carry_out(struct db *db, struct chunk *c)
{
    enum err e = OK;
    const struct entry *entry;
    for (size_t at = 0; !e && at < c->used; at += entry->size) {
        entry = (const struct entry *)(c->bytes + at);
        e = run(db, entry->st, (Args){ entry->v, entry->n });
    }
    c->used = 0;
    return e;
}

static void *second_thread(void *arg)
{
    struct queue *q = arg;
    pthread_mutex_lock(&q->lock);
    for (;;) {
        while (!q->given && !q->over) pthread_cond_wait(&q->turn, &q->lock);
        if (!q->given) break;
        pthread_mutex_unlock(&q->lock);
        enum err e = carry_out(q->db, q->given);
        pthread_mutex_lock(&q->lock);
        q->err = e;
        q->given = NULL;
        pthread_cond_signal(&q->turn);
    }
    pthread_mutex_unlock(&q->lock);
    return NULL;
}

static enum err rest(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->given) pthread_cond_wait(&q->turn, &q->lock);
    pthread_mutex_unlock(&q->lock);
    return q->err;
}

enum err queue_settle(struct queue *q)
{
    TRY(rest(q));
    return q->err = carry_out(q->db, q->filling);
}

/* Without a second thread, when the system has none to give, it is only slower. */
static enum err hand_over(struct queue *q)
{
    TRY(rest(q));
    if (!q->threaded) q->threaded = !pthread_create(&q->thread, NULL, second_thread, q);
    if (!q->threaded) return queue_settle(q);
    pthread_mutex_lock(&q->lock);
    q->given = q->filling;
    q->filling = q->filling == &q->chunks[0] ? &q->chunks[1] : &q->chunks[0];
    pthread_cond_signal(&q->turn);
    pthread_mutex_unlock(&q->lock);
    return OK;
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->over = true;
    pthread_cond_signal(&q->turn);
    pthread_mutex_unlock(&q->lock);
    if (q->threaded) pthread_join(q->thread, NULL);
    pthread_cond_destroy(&q->turn);
    pthread_mutex_destroy(&q->lock);
    struct arena memory = q->memory;
    arena_free(&memory);
}

/* ---- adding --------------------------------------------------------------------------------- */

static size_t size_of(Args args)
{
    size_t size = sizeof(struct entry) + (size_t)args.n * sizeof(Val), align = _Alignof(struct entry);
    for (int i = 0; i < args.n; i++) size += v_str(args.v[i]).n;
    return (size + align - 1) / align * align;
}

bool queue_fits(Args args) { return size_of(args) <= QUEUE_CHUNK; }

enum err queue_add(struct queue *q, struct statement *st, Args args)
{
    size_t size = size_of(args);
    if (q->filling->used + size > QUEUE_CHUNK) TRY(hand_over(q));
    struct entry *entry = (struct entry *)(q->filling->bytes + q->filling->used);
    *entry = (struct entry){ .st = st, .size = size, .n = args.n };
    char *text = (char *)(entry->v + args.n);
    for (int i = 0; i < args.n; i++) {
        Str s = v_str(args.v[i]);
        entry->v[i] = args.v[i];
        if (!s.n) continue;
        entry->v[i].s.p = memcpy(text, s.p, s.n);
        text += s.n;
    }
    q->filling->used += size;
    return OK;
}
