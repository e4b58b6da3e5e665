/*
 * index.c - the portal's index over many enterprises: built from the database, opened from its file, and asked while changes come in.
 *
 *     bench_index make DATABASE FIRMS     fills a new database: each with 3 to 8 products, processes, machines and certificates
 *     bench_index run DATABASE INDEX      builds, writes and opens the index; then searches alone, and with 1,000 changes a second
 *
 * DATABASE is a URL, INDEX the file.  Rows are written as they are, past the change log, so that a million takes minutes.
 */
#include "enterprises.h"
#include "model/schema.h"
#include "pages/snapshot.h"
#include "programme/entities.h"
#include "programme/register.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SEED = 20261122, LEAST = 3, MOST = 8, BATCH = 20000, QUERIES = 2000, CHANGES_A_SECOND = 1000, CHANGE_BATCH = 50, SECONDS_EACH = 10 };

static void must(enum err e, const char *what)
{
    if (e) fprintf(stderr, "%s: error %d\n", what, e), exit(1);
}

static struct work work_on(struct arena *a, const char *url, unsigned flags)
{
    struct work w = { .m = model_make(a, entities), .a = a, .lang = VI, .today = date_today(), .actor = { .roles = SYSTEM, .name = S("bench") } };
    if (db_open(url, flags, &w.db)) fprintf(stderr, "%s: %s\n", url, db_why(NULL)), exit(1);
    return w;
}

static double clock_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double now_ms(void) { return clock_ms(CLOCK_MONOTONIC); }
/* Of the processor, so that other work on the machine does not count. */
static double own_ms(void) { return clock_ms(CLOCK_THREAD_CPUTIME_ID); }

/* ---- filling --------------------------------------------------------------------------------- */

struct filling { int64_t from, to; int64_t next_child; struct rng rng; };

static Val one_of(const struct work *w, struct rng *r, const char *list)
{
    size_t n;
    const struct code *const *codes = codes_of(w->codes, str_of(list), &n);
    return v_text(codes[e_zipf(r, n)]->key);
}

static Val some_of(const struct work *w, struct rng *r, const char *list) { return v_text(str_f(w->a, ";%.*s;", FMT(v_str(one_of(w, r, list))))); }

static enum err insert(struct work *w, const struct record *r)
{
    const struct shape *s = shape_of(w->m, r->e);
    Val *v = NEW_ARRAY(w->a, Val, (size_t)s->columns + 3);
    int n = 0;
    v[n++] = v_int(r->id);
    v[n++] = v_int(r->e->parent ? r->parent : 1);
    if (!r->e->parent) v[n++] = v_int(0);
    for (int c = 0; c < s->columns; c++) v[n++] = r->v[s->field_of[c]];
    return db_exec(w->db, w->a, s->insert, (Args){ v, n });
}

static void fill_child(const struct work *w, struct record *c, struct rng *r)
{
    if (c->e == &product) {
        c->v[PRODUCT_NAME_VI] = v_text(str_f(w->a, "%s %s cho %s", E_PICK(r, e_things), E_PICK(r, e_materials), E_PICK(r, e_uses)));
        c->v[PRODUCT_CAPACITY] = v_real((double)(1 + rng_below(r, 1000)) * 1000);
        c->v[PRODUCT_CAPACITY_UNIT] = one_of(w, r, "unit");
    } else if (c->e == &process) {
        c->v[PROCESS_PROCESS] = one_of(w, r, "process");
        c->v[PROCESS_MATERIALS] = some_of(w, r, "material");
        c->v[PROCESS_TOLERANCE] = v_real((double)(1 + rng_below(r, 20)) / 100);
        c->v[PROCESS_FREE_SHARE] = v_real((double)rng_below(r, 100));
    } else if (c->e == &equipment) {
        c->v[EQUIPMENT_NAME] = v_text(str_f(w->a, "Máy %s", E_PICK(r, e_processes)));
        c->v[EQUIPMENT_KIND] = one_of(w, r, "machine");
        c->v[EQUIPMENT_FORCE] = v_real((double)rng_below(r, 1000));
        c->v[EQUIPMENT_AXES] = v_int(2 + (int64_t)rng_below(r, 4));
    } else {
        c->v[CERTIFICATE_STANDARD] = one_of(w, r, "standard");
        c->v[CERTIFICATE_EXPIRES_ON] = v_text(str_f(w->a, "20%d-06-30", (int)(25 + rng_below(r, 5))));
    }
}

static enum err add_children(struct work *w, struct filling *f, int64_t parent)
{
    static const struct entity *const kinds[] = { &product, &process, &equipment, &certificate };
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (uint64_t n = LEAST + rng_below(&f->rng, MOST - LEAST + 1); n--;) {
            struct record *c = record_make(w->a, kinds[k]);
            c->id = f->next_child++;
            c->parent = parent;
            fill_child(w, c, &f->rng);
            TRY(insert(w, c));
        }
    return OK;
}

static enum err add_one(struct work *w, struct filling *f, int64_t id)
{
    struct enterprise e = enterprise_of(w->a, SEED, id);
    struct record *r = record_make(w->a, &enterprise);
    r->id = id;
    r->v[ENTERPRISE_NAME_VI] = v_text(e.text[E_NAME]);
    r->v[ENTERPRISE_TAX_CODE] = v_text(e.text[E_TAX_CODE]);
    r->v[ENTERPRISE_ADDRESS] = v_text(e.text[E_ADDRESS]);
    r->v[ENTERPRISE_WARD] = one_of(w, &f->rng, "ward");
    r->v[ENTERPRISE_OWNERSHIP] = one_of(w, &f->rng, "ownership");
    r->v[ENTERPRISE_INDUSTRIES] = some_of(w, &f->rng, "si_industry");
    r->v[ENTERPRISE_FIELDS] = some_of(w, &f->rng, "si_field");
    TRY(insert(w, r));
    return add_children(w, f, id);
}

static enum err fill_batch(struct work *w, void *arg)
{
    struct filling *f = arg;
    struct arena *outer = w->a, scratch = arena_make((size_t)64 << 20, NULL);
    w->a = &scratch;
    enum err e = OK;
    for (int64_t id = f->from; id < f->to && !e; id++, arena_reset(&scratch)) e = add_one(w, f, id);
    w->a = outer;
    arena_free(&scratch);
    return e;
}

static enum err fill_lists(struct work *w, UNUSED void *arg) { return codes_init(w); }

static void make(struct arena *a, const char *url, int64_t firms)
{
    struct work w = work_on(a, url, DB_CREATE);
    Message why;
    struct filling f = { .next_child = 1, .rng = { SEED } };
    must(schema_grow(&w, &why), "tables");
    must(work_write(&w, fill_lists, NULL), "lists");
    must(codes_load(&w, a, &w.codes), "lists");
    for (f.from = 1; f.from <= firms; f.from = f.to) {
        f.to = f.from + BATCH < firms + 1 ? f.from + BATCH : firms + 1;
        must(work_write(&w, fill_batch, &f), "enterprises");
    }
    db_close(w.db);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static const char *const queries[] = { "khuôn mẫu", "nhựa", "thep", "linh kiện ô tô", "gia công CNC", "cơ khí chính xác", "đúc áp lực",
                                       "bánh răng thép", "IATF 16949", "dap nguoi", "vikophago", "ép phun nhựa" };

static int ascending(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

struct shared {                             /* the snapshot of the moment, as the server keeps it */
    pthread_mutex_t  lock;
    struct snapshot *now;
    atomic_bool      stop;
    const char      *url;
    struct work      like;
    atomic_int       changes;
    double           made[1 << 16], made_own[1 << 16];      /* ms of each next snapshot, on the clock and of the processor */
    size_t           n;
};

static struct snapshot *held(struct shared *s)
{
    pthread_mutex_lock(&s->lock);
    struct snapshot *now = snapshot_keep(s->now);
    pthread_mutex_unlock(&s->lock);
    return now;
}

static void ask(struct shared *s, const char *what, double ms)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    static double took[1 << 20];
    size_t n = 0;
    for (double end = now_ms() + ms; n < COUNT(took) && (n < QUERIES || now_ms() < end); n++) {
        struct snapshot *now = held(s);
        struct search_query q = { .words = str_of(queries[n % COUNT(queries)]), .count = 0x3F, .limit = 20 };
        double from = own_ms();
        search_find(now->finder->index, &a, &q);
        took[n] = own_ms() - from;
        snapshot_release(now);
        arena_reset(&a);
    }
    qsort(took, n, sizeof *took, ascending);
    printf("| %s | p50 %.2f ms, p99 %.2f ms |\n", what, took[n / 2], took[n * 99 / 100]);
    arena_free(&a);
}

struct renaming { int64_t first; int n; };

static enum err rename_some(struct work *w, void *arg)
{
    const struct renaming *r = arg;
    for (int i = 0; i < r->n; i++) {
        struct record *was, *now;
        bool changed;
        TRY(record_load(w, &enterprise, r->first + i, &was));
        now = record_copy(w->a, was);
        now->v[ENTERPRISE_NAME_VI] = v_text(str_f(w->a, "%.*s %d", FMT(v_str(was->v[ENTERPRISE_NAME_VI])), i));
        TRY(record_save(w, was, now, &changed));
    }
    return OK;
}

/* So many changes a second, a transaction of some at a time. */
static void *change(void *arg)
{
    struct shared *s = arg;
    struct arena a = arena_make((size_t)1 << 30, NULL);
    struct work w = s->like;
    int64_t last = 0;
    w.a = &a;
    must(db_open(s->url, 0, &w.db), "database");
    must(db_one_int(w.db, &a, SQL("SELECT max(id) FROM enterprise"), NO_ARGS, &last), "enterprises");
    struct rng r = { 3 };
    for (double next = now_ms(); !atomic_load(&s->stop); next += 1000.0 * CHANGE_BATCH / CHANGES_A_SECOND, arena_reset(&a)) {
        struct renaming some = { 1 + (int64_t)rng_below(&r, (uint64_t)(last - CHANGE_BATCH)), CHANGE_BATCH };
        must(work_write(&w, rename_some, &some), "changes");
        atomic_fetch_add(&s->changes, CHANGE_BATCH);
        double wait = next - now_ms();
        if (wait > 0) usleep((useconds_t)(wait * 1000));
        else next = now_ms();
    }
    db_close(w.db);
    arena_free(&a);
    return NULL;
}

static void *follow(void *arg)
{
    struct shared *s = arg;
    struct arena a = arena_make((size_t)4 << 30, NULL);
    struct work w = s->like;
    w.a = &a;
    must(db_open(s->url, 0, &w.db), "database");
    for (; !atomic_load(&s->stop); arena_reset(&a), usleep(50000)) {
        struct snapshot *next, *before = s->now;
        double from = now_ms(), own = own_ms();
        must(snapshot_follow(&w, before, &next), "following");
        pthread_mutex_lock(&s->lock);
        s->now = next;
        pthread_mutex_unlock(&s->lock);
        if (next != before && s->n < COUNT(s->made)) {
            s->made_own[s->n] = own_ms() - own;
            s->made[s->n++] = now_ms() - from;
        }
        snapshot_release(before);
    }
    db_close(w.db);
    arena_free(&a);
    return NULL;
}

static void say_made(const char *what, double *ms, size_t n)
{
    if (!n) return;
    qsort(ms, n, sizeof *ms, ascending);
    printf("| %s | p50 %.1f ms, p99 %.1f ms, most %.1f ms |\n", what, ms[n / 2], ms[n * 99 / 100], ms[n - 1]);
}

static void under_changes(struct shared *s)
{
    pthread_t changing, following;
    MUST(!pthread_create(&changing, NULL, change, s) && !pthread_create(&following, NULL, follow, s));
    ask(s, "searches while changes come in", 1000.0 * SECONDS_EACH);
    atomic_store(&s->stop, true);
    pthread_join(changing, NULL);
    pthread_join(following, NULL);
    printf("| changes a second | %d |\n", atomic_load(&s->changes) / SECONDS_EACH);
    say_made("the next snapshot made in", s->made, s->n);
    say_made("of processor time", s->made_own, s->n);
}

static void run(struct arena *a, const char *url, const char *path)
{
    static struct shared s = { .lock = PTHREAD_MUTEX_INITIALIZER };
    s.like = work_on(a, url, 0);
    s.url = url;
    double from = now_ms(), own = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    must(snapshot_make(&s.like, &s.now), "building");
    double made = now_ms(), processor = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - own;
    size_t docs = search_docs(s.now->finder->index), bytes = search_bytes(s.now->finder->index);
    printf("| %zu enterprises, built from the database in | %.1f s, %.0f a second; %.1f s of processor time, %.0f a second of it |\n", docs,
           (made - from) / 1e3, (double)docs / (made - from) * 1e3, processor / 1e3, (double)docs / processor * 1e3);
    printf("| the index in memory | %zu MB, %zu bytes an enterprise |\n", bytes >> 20, bytes / (docs ? docs : 1));
    must(snapshot_save(&s.like, s.now, path), "writing");
    struct stat file;
    MUST(!stat(path, &file));
    printf("| written in | %.1f s, %lld MB |\n", (now_ms() - made) / 1e3, (long long)file.st_size >> 20);
    snapshot_release(s.now);
    from = now_ms();
    must(snapshot_open(&s.like, path, &s.now), "opening");
    printf("| opened from its file, checked, in | %.0f ms |\n", now_ms() - from);
    ask(&s, "searches, total, best 20 and six facets, alone", 0);
    under_changes(&s);
    snapshot_release(s.now);
}

int main(int argc, char **argv)
{
    struct arena a = arena_make((size_t)4 << 30, NULL);
    if (argc == 4 && !strcmp(argv[1], "make")) make(&a, argv[2], atoll(argv[3]));
    else if (argc == 4 && !strcmp(argv[1], "run")) run(&a, argv[2], argv[3]);
    else return fprintf(stderr, "usage: bench_index make DATABASE FIRMS | run DATABASE INDEX\n"), 2;
    arena_free(&a);
    return 0;
}
