#include "host/workers.h"

#include "base/date.h"
#include "host/log.h"
#include "host/mask.h"

#include <pthread.h>

enum { STACK = 512 << 10, KEEP_ROOM = 4 << 20 };

struct slot {
    struct workers *all;
    pthread_t       thread;
    struct db      *db;                             /* NULL: not open yet, or lost               */
    struct arena    arena, packed;                  /* of the page; of its gzip form             */
};

struct workers {
    const struct application *app;
    struct page_cache        *cache;
    struct workers_hooks      hooks;
    const char               *db_url;
    unsigned                  access;
    Str                       base_url;
    pthread_mutex_t           lock;
    pthread_cond_t            more;
    struct errand              *first, **last;
    size_t                    waiting;
    bool                      stopping;
    struct arena              arena;
    struct slot              *slots;
    size_t                    n;
};

/* ---- one page -------------------------------------------------------------------------------- */

static bool compresses(Str type)
{
    return str_starts(type, S("text/")) || str_has(type, S("json")) || str_has(type, S("xml;"));
}

static void log_failure(const struct slot *s, const struct errand *w, int status)
{
    char target[512];
    LOG(LOG_ERROR, "failed", F_NUMBER("status", status), F_TEXT("why", str_of(db_why(s->db))),
        F_TEXT("target", target_masked(w->head.target, target, sizeof target)));
}

static void log_refusal(const struct request *q, const struct reply *r)
{
    char target[512];
    LOG(LOG_INFO, "refused", F_TEXT("why", str_of(r->refused)), F_NUMBER("status", r->status), F_TEXT("address", q->head.address),
        F_NUMBER("account", q->actor.account), F_TEXT("origin", q->head.origin),
        F_TEXT("target", target_masked(q->head.target, target, sizeof target)));
}

/* Without a database even the error page is made from the request alone. */
static bool open_slot(struct slot *s, struct request *q, struct reply *r)
{
    if (s->db || !db_open(s->all->db_url, s->all->access, &s->db)) return true;
    const struct site plain = { 0 };
    int status;
    Message why = NO_MESSAGE;
    if (!request_read(q, &status, &why)) status = 503;
    route_error(&plain, q, r, status, why);
    return false;
}

static struct page *finish(struct slot *s, struct errand *w, struct reply *r, uint64_t version)
{
    bool keep = r->status == 200 && r->cache == CACHE_VERSION && !r->file && !request_personal(&w->head);
    Str packed = { 0 };
    if (w->asked == GZIP && compresses(r->type)) packed = gzipped(&s->packed, r->body, keep ? 6 : 1);
    struct page *p = page_make(r, w->head.target, packed.n ? packed : r->body, packed.n ? GZIP : PLAIN);
    s->all->hooks.prepare(s->all->hooks.context, p);
    if (keep) page_cache_keep(s->all->cache, p, w->asked, version);
    return p;
}

static struct page *make_page(struct slot *s, struct errand *w, const void *snapshot, uint64_t version)
{
    struct reply r = { 0 };
    struct request q = {
        .a = &s->arena, .app = snapshot, .version = version, .instance = s->all->app->instance, .actor = VISITING, .now = time_now(),
        .ticks = time_ticks(), .base_url = s->all->base_url, .head = w->head,
    };
    if (open_slot(s, &q, &r)) {
        q.db = s->db;
        route_run(&s->all->app->site, &q, &r);
    }
    if (r.status >= 500) log_failure(s, w, r.status);
    else if (r.refused) log_refusal(&q, &r);
    struct page *p = finish(s, w, &r, version);
    if (r.status >= 500 && s->db) {                 /* a lost connection is opened anew          */
        db_close(s->db);
        s->db = NULL;
    }
    return p;
}

static void clear(struct arena *a)
{
    if (arena_used(a) > KEEP_ROOM) arena_free(a);
    else arena_reset(a);
}

static void do_work(struct slot *s, struct errand *w)
{
    const struct application *app = s->all->app;
    uint64_t version;
    const void *snapshot = app->acquire(app->state, &version);
    bool shared = (w->head.method == GET || w->head.method == HEAD) && !request_personal(&w->head);
    if (shared) w->page = page_cache_find(s->all->cache, w->head.target, w->asked, version);
    if (!w->page) w->page = make_page(s, w, snapshot, version);   /* nobody made it while it waited */
    app->release(app->state, snapshot);
    clear(&s->arena);
    clear(&s->packed);
    s->all->hooks.done(s->all->hooks.context, w);
}

/* ---- the queue ------------------------------------------------------------------------------- */

bool workers_give(struct workers *all, struct errand *w)
{
    pthread_mutex_lock(&all->lock);
    bool room = all->waiting < WAITING_MAX && !all->stopping;
    if (room) {
        w->next = NULL;
        *all->last = w;
        all->last = &w->next;
        all->waiting++;
        pthread_cond_signal(&all->more);
    }
    pthread_mutex_unlock(&all->lock);
    return room;
}

static struct errand *next_work(struct workers *all)      /* NULL: stop                            */
{
    pthread_mutex_lock(&all->lock);
    while (!all->first && !all->stopping) pthread_cond_wait(&all->more, &all->lock);
    struct errand *w = all->first;
    if (w) {
        all->first = w->next;
        if (!all->first) all->last = &all->first;
        all->waiting--;
    }
    pthread_mutex_unlock(&all->lock);
    return w;
}

static void *run(void *arg)
{
    struct slot *s = arg;
    struct errand *w;
    s->arena = arena_make(SLOT_ROOM, NULL);
    s->packed = arena_make(2 * (size_t)SLOT_ROOM, NULL);
    while ((w = next_work(s->all))) do_work(s, w);
    if (s->db) db_close(s->db);
    arena_free(&s->arena);
    arena_free(&s->packed);
    return NULL;
}

struct workers *workers_start(const struct config *c, const struct application *app, struct page_cache *cache,
                              struct workers_hooks hooks, size_t n, unsigned access)
{
    struct arena arena = arena_make(1 << 20, NULL);
    struct workers *all = NEW(&arena, struct workers);
    pthread_attr_t small;
    all->app = app;
    all->cache = cache;
    all->hooks = hooks;
    all->last = &all->first;
    all->n = n;
    all->access = access;
    all->slots = NEW_ARRAY(&arena, struct slot, all->n);
    all->db_url = str_z(&arena, c->db);
    all->base_url = c->base_url;
    all->arena = arena;
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->more, NULL);
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK);
    for (size_t i = 0; i < all->n; i++) {
        all->slots[i].all = all;
        MUST(!pthread_create(&all->slots[i].thread, &small, run, &all->slots[i]));
    }
    pthread_attr_destroy(&small);
    return all;
}

void workers_set_base_url(struct workers *all, Str url)
{
    pthread_mutex_lock(&all->lock);
    all->base_url = url;
    pthread_mutex_unlock(&all->lock);
}

void workers_stop(struct workers *all)
{
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_broadcast(&all->more);
    pthread_mutex_unlock(&all->lock);
    for (size_t i = 0; i < all->n; i++) pthread_join(all->slots[i].thread, NULL);
    pthread_mutex_destroy(&all->lock);
    pthread_cond_destroy(&all->more);
    struct arena arena = all->arena;
    arena_free(&arena);
}
