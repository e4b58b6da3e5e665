/*
 * list.c - pages of a workspace list of 100,000 enterprises, filtered and sorted, as bench/list.sh asks for them.
 *
 *     bench_list make DATABASE            fills a new database
 *     bench_list ask DATABASE [PASSES]    an officer's pages from 16 threads at once, a database handle each; then the
 *                                         same records by their numbers, which is what their reading alone costs
 *
 * DATABASE is a URL.  A page is what list_load gives: 50 records with their children, and whether there is another.
 */
#include "enterprises.h"
#include "model/list/list.h"
#include "model/schema.h"
#include "programme/entities.h"
#include "programme/register.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SEED = 20261122, RECORDS = 100000, THREADS = 16, PASSES = 20, PAGES = 5 };

/* What people ask for: filters as they stand in a URL, then the order. */
static const struct { const char *what, *query; } queries[] = {
    { "no filter, by name",                "sort=name_vi" },
    { "no filter, by ward, downwards",     "sort=-ward" },
    { "the commonest ward, by name",       "sort=name_vi&ward=00004" },
    { "a ward as others, by name",         "sort=name_vi&ward=00166" },
    { "legal form, by name",               "sort=name_vi&legal_form=CP" },
    { "founded since 2015, by ward",       "sort=ward&founded.min=2015" },
    { "name contains, by name",            "sort=name_vi&name_vi.like=KHUÔN MẪU" },
    { "two wards or a year, by tax code",  "sort=tax_code&g1.ward=00166&g1.ward=00256&g1.founded=1999" },
    { "industry and no website, by name",  "sort=-name_vi&industries=A-AU&website.empty=1" },
};

static struct work work_on(struct arena *a, const struct model *m, const char *url, unsigned flags)
{
    struct work w = { .m = m, .a = a, .lang = VI, .today = { 2026, 11, 22 }, .actor = { .roles = OFFICER, .name = S("bench") } };
    if (db_open(url, flags, &w.db)) fprintf(stderr, "%s: %s\n", url, db_why(NULL)), exit(1);
    return w;
}

static void must(enum err e, const char *what)
{
    if (e) fprintf(stderr, "%s: error %d\n", what, e), exit(1);
}

/* ---- filling -------------------------------------------------------------------------------- */

static Val one_of(const struct work *w, struct rng *r, const char *list)
{
    size_t n;
    const struct code *const *codes = codes_of(w->codes, str_of(list), &n);
    return v_text(codes[e_zipf(r, n)]->key);
}

static Val some_of(const struct work *w, struct rng *r, const char *list)
{
    return v_text(str_f(w->a, ";%.*s;", FMT(v_str(one_of(w, r, list)))));
}

static void add_lines(const struct work *w, struct record *r, int field, Str lines)
{
    Str line;
    while (str_next(&lines, '\n', &line))
        if (line.n) record_add(w->a, r, field)->v[0] = v_text(line);
}

static enum err add_one(struct work *w, int64_t id)
{
    bool changed;
    struct enterprise e = enterprise_of(w->a, SEED, id);
    struct rng rng = { SEED + (uint64_t)id };
    struct record *r = record_make(w->a, &enterprise);
    r->v[ENTERPRISE_NAME_VI] = v_text(e.text[E_NAME]);
    r->v[ENTERPRISE_TAX_CODE] = v_text(e.text[E_TAX_CODE]);
    r->v[ENTERPRISE_ADDRESS] = v_text(e.text[E_ADDRESS]);
    r->v[ENTERPRISE_WARD] = one_of(w, &rng, "ward");
    r->v[ENTERPRISE_LEGAL_FORM] = one_of(w, &rng, "legal_form");
    r->v[ENTERPRISE_OWNERSHIP] = one_of(w, &rng, "ownership");
    r->v[ENTERPRISE_STATUS] = one_of(w, &rng, "enterprise_status");
    r->v[ENTERPRISE_INDUSTRIES] = some_of(w, &rng, "si_industry");
    r->v[ENTERPRISE_FIELDS] = some_of(w, &rng, "si_field");
    r->v[ENTERPRISE_FOUNDED] = v_int(2025 - (int64_t)e_zipf(&rng, 35));
    r->v[ENTERPRISE_CHARTER_CAPITAL] = v_int((int64_t)rng_below(&rng, 900) * 100000000);
    if (rng_below(&rng, 3)) r->v[ENTERPRISE_WEBSITE] = v_text(str_f(w->a, "https://vidu%lld.example", (long long)id));
    add_lines(w, r, ENTERPRISE_PRODUCTS, e.text[E_PRODUCTS]);
    return record_save(w, NULL, r, &changed);
}

static enum err fill_lists(struct work *w, void *arg) { return codes_init(w); }

static enum err fill(struct work *w, void *arg)
{
    struct arena *outer = w->a, scratch = arena_make((size_t)64 << 20, NULL);
    for (int64_t id = 1; id <= RECORDS; id++, arena_reset(&scratch)) {
        w->a = &scratch;
        TRY(add_one(w, id));
    }
    w->a = outer;
    arena_free(&scratch);
    return OK;
}

static void make(struct arena *a, const char *url)
{
    struct work w = work_on(a, model_make(a, entities), url, DB_CREATE);
    Message why;
    must(schema_grow(&w, &why), "tables");
    must(work_write(&w, fill_lists, NULL), "lists");
    must(codes_load(&w, a, &w.codes), "lists");
    must(work_write(&w, fill, NULL), "enterprises");
    db_close(w.db);
}

/* ---- asking --------------------------------------------------------------------------------- */

struct sample { double waited, worked; };                   /* milliseconds: on the clock, of processor time */
struct samples { struct sample *p; size_t n, cap; };
struct asker {
    pthread_t           thread;
    const char         *url;
    const struct model *m;
    const struct codes *codes;
    int                 passes;
    struct arena        keep;
    struct samples      listed[COUNT(queries)], read;
};

static void read_query(struct work *w, const char *text, struct list_query *q)
{
    struct asked asked[8];
    Str rest = str_of(text), pair;
    Message why;
    size_t n = 0;
    while (str_next(&rest, '&', &pair)) {
        str_cut(pair, '=', &asked[n].name, &asked[n].value);
        n++;
    }
    if (list_read(w, &enterprise, asked, n, NULL, q, &why))
        fprintf(stderr, "%s: %.*s\n", text, FMT(message_str(w->a, EN, why))), exit(1);
}

static double milliseconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct sample now(void) { return (struct sample){ milliseconds(CLOCK_MONOTONIC), milliseconds(CLOCK_THREAD_CPUTIME_ID) }; }
static struct sample between(struct sample a, struct sample b) { return (struct sample){ b.waited - a.waited, b.worked - a.worked }; }

/* The first pages of the list, each from where the one before ended, and the records of each again by their numbers. */
static void ask_pages(struct asker *asker, struct work *w, size_t i)
{
    struct list_query q;
    struct list page = { .more = true };
    read_query(w, queries[i].query, &q);
    for (int k = 0; k < PAGES && page.more; k++) {
        int64_t ids[LIST_LIMIT_MAX];
        struct records again;
        struct sample start = now();
        must(list_load(w, &enterprise, &q, true, &page), queries[i].query);
        struct sample listed = now();
        for (size_t r = 0; r < page.records.n; r++) ids[r] = page.records.p[r]->id;
        if (!page.records.n) fprintf(stderr, "%s: nothing found\n", queries[i].query), exit(1);
        must(records_of(w, &enterprise, ids, page.records.n, true, &again), "records");
        *GROW(&asker->keep, asker->listed[i]) = between(start, listed);
        *GROW(&asker->keep, asker->read) = between(listed, now());
        q.after = ids[page.records.n - 1];
        q.after_value = page.records.p[page.records.n - 1]->v[q.sort];
    }
}

static void *ask_all(void *arg)
{
    struct asker *asker = arg;
    struct arena scratch = arena_make((size_t)256 << 20, NULL);
    struct work w = work_on(&scratch, asker->m, asker->url, DB_READ);
    w.codes = asker->codes;
    for (int pass = 0; pass < asker->passes; pass++)
        for (size_t i = 0; i < COUNT(queries); i++, arena_reset(&scratch)) ask_pages(asker, &w, i);
    db_close(w.db);
    arena_free(&scratch);
    return NULL;
}

static int by_waited(const void *x, const void *y)
{
    const struct sample *a = x, *b = y;
    return (a->waited > b->waited) - (a->waited < b->waited);
}

static int by_worked(const void *x, const void *y)
{
    const struct sample *a = x, *b = y;
    return (a->worked > b->worked) - (a->worked < b->worked);
}

static void gather(struct arena *a, struct samples *all, const struct samples *more)
{
    for (size_t i = 0; i < more->n; i++) *GROW(a, *all) = more->p[i];
}

static void report(const char *what, struct samples *s)
{
    const struct sample *p50 = &s->p[s->n / 2], *p99 = &s->p[(size_t)(0.99 * (double)(s->n - 1) + 0.5)];
    qsort(s->p, s->n, sizeof *s->p, by_waited);
    printf("| %s | %.2f | %.2f |", what, p50->waited, p99->waited);
    qsort(s->p, s->n, sizeof *s->p, by_worked);
    printf(" %.2f | %.2f |\n", p50->worked, p99->worked);
}

static void ask(struct arena *a, const char *url, int passes)
{
    struct asker askers[THREADS] = { 0 };
    struct work w = work_on(a, model_make(a, entities), url, DB_READ);
    struct samples all = { 0 }, read = { 0 };
    must(codes_load(&w, a, &w.codes), "lists");
    for (size_t t = 0; t < THREADS; t++) {
        askers[t] = (struct asker){ .url = url, .m = w.m, .codes = w.codes, .passes = passes, .keep = arena_make((size_t)64 << 20, NULL) };
        if (pthread_create(&askers[t].thread, NULL, ask_all, &askers[t])) exit(1);
    }
    for (size_t t = 0; t < THREADS; t++) pthread_join(askers[t].thread, NULL);
    for (size_t i = 0; i < COUNT(queries); i++) {
        struct samples one = { 0 };
        for (size_t t = 0; t < THREADS; t++) gather(a, &one, &askers[t].listed[i]);
        gather(a, &all, &one);
        report(queries[i].what, &one);
    }
    for (size_t t = 0; t < THREADS; t++) gather(a, &read, &askers[t].read);
    report("**all of them**", &all);
    report("the same records by their numbers", &read);
    db_close(w.db);
}

int main(int argc, char **argv)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    if (argc == 3 && !strcmp(argv[1], "make")) make(&a, argv[2]);
    else if (argc >= 3 && !strcmp(argv[1], "ask")) ask(&a, argv[2], argc > 3 ? atoi(argv[3]) : PASSES);
    else return fprintf(stderr, "bench_list make DATABASE | ask DATABASE [PASSES]\n"), 2;
    return 0;
}
