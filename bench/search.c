/*
 * search.c - a fixed mix of queries over made-up enterprises, asked of engine/search and of SQLite's FTS5 in one run.
 *
 *     bench_search DOCUMENTS [PASSES]       PASSES 0: ours alone, the best pass of each query
 *
 * Each query wants the total, the best 20 and the counts of six facets.  FTS5 has what helps it: a database in memory,
 * text folded beforehand as ours folds it, a contentless optimised index, statements prepared once, one pass over the matches into a
 * table in memory that ranking and counting then use.  Both totals must be equal, so both found the same.
 */
#include "enterprises.h"
#include "base/date.h"
#include "base/unicode.h"
#include "engine/search/search.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { SEED = 20261122, BATCH = 1000, LIMIT = 20, OURS_PASSES = 40 };

static const struct search_schema schema = {
    .fields = E_FIELDS, .facets = E_FACETS,
    .field = { { 8, 8 }, { 5, 12 }, { 4, 8 }, { 1, 12 }, { 8, 1 } },
};

/* ------------------------------------------------------------------ the queries ------------- */

enum kind { COMMON, RARE, THREE, FACETS, KINDS };
static const char *const kinds[KINDS] = { "one common word", "rare words", "three words", "words and two facets" };

static const struct query { enum kind kind; const char *words, *ward, *industry; } queries[] = {
    { COMMON, "nhựa" }, { COMMON, "thép" }, { COMMON, "khuôn" }, { COMMON, "cơ khí" }, { COMMON, "công ty" },
    { COMMON, "CNC" }, { COMMON, "ô tô" }, { COMMON, "linh kiện" }, { COMMON, "nhom" }, { COMMON, "Việt Nam" },
    { RARE, "0100000610" }, { RARE, "0100003660" }, { RARE, "silicon má phanh Tín" }, { RARE, "vikophago" },
    { RARE, "rotanoxbax" }, { RARE, "Trí Dương Tín" }, { RARE, "hàng không khắc laser két" }, { RARE, "neluri" },
    { RARE, "SMT Yên Nghĩa composite" }, { RARE, "dao cụ anod hàng không" },
    { THREE, "linh kiện nhựa" }, { THREE, "khuôn mẫu đúc" }, { THREE, "khuon mau duc" }, { THREE, "cơ khí chính xác" },
    { THREE, "gia công CNC" }, { THREE, "đúc áp lực" }, { THREE, "ép phun nhựa" }, { THREE, "phụ tùng ô tô" },
    { THREE, "bánh răng thép" }, { THREE, "son tinh dien" },
    { FACETS, "khuôn", "Đông Anh", "C10" }, { FACETS, "nhựa", "Phú Xuân", "C11" }, { FACETS, "linh kiện", "Đông Anh", "C12" },
    { FACETS, "cơ khí", "Thanh Mai", "C10" }, { FACETS, "thép ô tô", "Đông Xuân", "C10" }, { FACETS, "dap nguoi", "Phú Anh", "C13" },
    { FACETS, "gia công CNC", "Đông Anh", "C10" }, { FACETS, "đúc", "Hoàng Anh", "C15" }, { FACETS, "xe máy", "Tây Lâm", "C11" },
    { FACETS, "công ty", "Đông Anh", "C10" },
};

struct samples { double *p; size_t n; };            /* microseconds                              */

static int ascending(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double percentile(const struct samples *s, double p)
{
    qsort(s->p, s->n, sizeof *s->p, ascending);
    return s->p[(size_t)(p * (double)(s->n - 1) + 0.5)];
}

static double clock_us(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double now_us(void) { return clock_us(CLOCK_MONOTONIC); }

/* Queries wait for nothing but the processor: their time is the thread's own, so that other work on the machine does not count. */
static double own_us(void) { return clock_us(CLOCK_THREAD_CPUTIME_ID); }

static double peak_mb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

/* ------------------------------------------------------------------ ours -------------------- */

static struct search_doc doc_of(struct arena *a, const struct enterprise *e)
{
    SearchValues *facet = NEW_ARRAY(a, SearchValues, E_FACETS);
    for (int f = 0; f < E_FACETS; f++) facet[f] = (SearchValues){ e->value[f].p, e->value[f].n };
    return (struct search_doc){ .id = e->id, .sort = e->text[E_NAME], .field = e->text, .facet = facet };
}

/* Only adding and closing are timed, not the making of enterprises: on the clock and of both threads' processors. */
static struct search *build_ours(int64_t docs, double *us, double *cpu_us)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    struct search_build *b = search_build_open(&schema, (size_t)8 << 30);
    *us = *cpu_us = 0;
    for (int64_t id = 1; id <= docs; id += BATCH) {
        struct enterprise *e = NEW_ARRAY(&a, struct enterprise, BATCH);
        struct search_doc *doc = NEW_ARRAY(&a, struct search_doc, BATCH);
        int64_t n = docs - id + 1 < BATCH ? docs - id + 1 : BATCH;
        for (int64_t i = 0; i < n; i++) {
            e[i] = enterprise_of(&a, SEED, id + i);
            doc[i] = doc_of(&a, &e[i]);
        }
        double from = now_us(), cpu = clock_us(CLOCK_PROCESS_CPUTIME_ID);
        for (int64_t i = 0; i < n; i++) MUST(!search_build_add(b, &doc[i]));
        *us += now_us() - from;
        *cpu_us += clock_us(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        arena_reset(&a);
    }
    double from = now_us(), cpu = clock_us(CLOCK_PROCESS_CPUTIME_ID);
    struct search *s = search_build_close(b, 2);
    *us += now_us() - from;
    *cpu_us += clock_us(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    arena_free(&a);
    return s;
}

static size_t ask_ours(const struct search *s, struct arena *a, const struct query *q)
{
    Str ward = str_of(q->ward), industry = str_of(q->industry);
    struct search_filter filter[] = { { E_WARD, { &ward, 1 } }, { E_INDUSTRY, { &industry, 1 } } };
    struct search_query query = { .words = str_of(q->words), .filter = filter, .filters = q->ward ? 2 : 0,
                                  .count = (1u << E_FACETS) - 1, .limit = LIMIT };
    struct search_result r = search_find(s, a, &query);
    return r.loose ? 0 : r.total;
}

/* One document changed, as after every edit in the register. */
static double update_ours(const struct search *s)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    struct enterprise e = enterprise_of(&a, SEED + 1, 1);
    struct search_doc doc = doc_of(&a, &e);
    struct search *changed;
    double from = now_us();
    MUST(!search_update(s, &doc, 1, NULL, 0, &changed));
    double us = now_us() - from;
    search_release(changed);
    arena_free(&a);
    return us;
}

/* ------------------------------------------------------------------ FTS5 -------------------- */

static void sql_run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why)) fprintf(stderr, "%s\n", why);
    MUST(!why);
}

static sqlite3_stmt *sql_prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st;
    MUST(!sqlite3_prepare_v2(db, sql, -1, &st, NULL));
    return st;
}

static void bind_text(sqlite3_stmt *st, int at, Str s)
{
    MUST(!sqlite3_bind_text64(st, at, s.p, s.n, SQLITE_TRANSIENT, SQLITE_UTF8));
}

static void step_to_end(sqlite3_stmt *st)
{
    int rc;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {}
    MUST(rc == SQLITE_DONE);
    sqlite3_reset(st);
}

static void add_fts(struct arena *a, const struct enterprise *e, sqlite3_stmt *text, sqlite3_stmt *doc,
                    sqlite3_stmt *many)
{
    static const int single[] = { E_INDUSTRY, E_WARD, E_SIZE, E_OWNERSHIP }, several[] = { E_FIELD, E_CERTIFICATE };
    sqlite3_bind_int64(text, 1, e->id);
    for (int f = 0; f < E_FIELDS; f++) bind_text(text, f + 2, text_fold(a, e->text[f]));
    step_to_end(text);
    sqlite3_bind_int64(doc, 1, e->id);
    for (int i = 0; i < 4; i++) bind_text(doc, i + 2, e->value[single[i]].p[0]);
    step_to_end(doc);
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < e->value[several[i]].n; k++) {
            sqlite3_bind_int64(many, 1, e->id);
            sqlite3_bind_int(many, 2, several[i]);
            bind_text(many, 3, e->value[several[i]].p[k]);
            step_to_end(many);
        }
}

static sqlite3 *build_fts(int64_t docs, double *us)
{
    sqlite3 *db;
    MUST(!sqlite3_open(":memory:", &db));
    sql_run(db, "PRAGMA temp_store=MEMORY;"
                "CREATE VIRTUAL TABLE ft USING fts5(name,products,processes,address,tax_code,content='',tokenize='ascii');"
                "CREATE TABLE doc(id INTEGER PRIMARY KEY,industry TEXT,ward TEXT,size TEXT,ownership TEXT);"
                "CREATE TABLE many(doc INTEGER,facet INTEGER,value TEXT,PRIMARY KEY(doc,facet,value)) WITHOUT ROWID;"
                "CREATE TEMP TABLE hit(id INTEGER PRIMARY KEY,score REAL,industry TEXT,ward TEXT,size TEXT,ownership TEXT);"
                "BEGIN");
    sqlite3_stmt *text = sql_prepare(db, "INSERT INTO ft(rowid,name,products,processes,address,tax_code)"
                                         "VALUES(?,?,?,?,?,?)");
    sqlite3_stmt *doc = sql_prepare(db, "INSERT INTO doc VALUES(?,?,?,?,?)");
    sqlite3_stmt *many = sql_prepare(db, "INSERT INTO many VALUES(?,?,?)");
    struct arena a = arena_make((size_t)64 << 20, NULL);
    double from = now_us();
    for (int64_t id = 1; id <= docs; id++) {
        struct enterprise e = enterprise_of(&a, SEED, id);
        add_fts(&a, &e, text, doc, many);
        arena_reset(&a);
    }
    sqlite3_finalize(text);
    sqlite3_finalize(doc);
    sqlite3_finalize(many);
    sql_run(db, "COMMIT; INSERT INTO ft(ft) VALUES('optimize'); ANALYZE");
    *us = now_us() - from;
    arena_free(&a);
    return db;
}

/* The choice in a facet does not restrict its own counts: hits are all that have the words, conditions come after. */
#define CHOSEN_WARD "(?1 IS NULL OR ward=?1)"
#define CHOSEN_INDUSTRY "(?2 IS NULL OR industry=?2)"
#define CHOSEN CHOSEN_WARD " AND " CHOSEN_INDUSTRY

static const char *const ask_sql[] = {
    "DELETE FROM hit",
    "INSERT INTO hit SELECT ft.rowid,bm25(ft,8,5,4,1,8),industry,ward,size,ownership FROM ft JOIN doc ON doc.id=ft.rowid "
        "WHERE ft MATCH ?3",
    "SELECT id,score FROM hit WHERE " CHOSEN " ORDER BY score LIMIT 20",
    "SELECT industry,count(*) FROM hit WHERE " CHOSEN_WARD " GROUP BY 1",
    "SELECT ward,count(*) FROM hit WHERE " CHOSEN_INDUSTRY " GROUP BY 1",
    "SELECT size,count(*) FROM hit WHERE " CHOSEN " GROUP BY 1",
    "SELECT ownership,count(*) FROM hit WHERE " CHOSEN " GROUP BY 1",
    "SELECT facet,value,count(*) FROM hit CROSS JOIN many ON doc=id WHERE " CHOSEN " GROUP BY 1,2",
    "SELECT count(*) FROM hit WHERE " CHOSEN,
};

static size_t ask_fts(sqlite3_stmt **st, struct arena *a, const struct query *q)
{
    Str words = text_fold(a, str_of(q->words)), ward = str_of(q->ward), industry = str_of(q->industry);
    size_t total = 0;
    for (size_t i = 0; i < COUNT(ask_sql); i++) {
        int n = sqlite3_bind_parameter_count(st[i]);
        if (n >= 1) bind_text(st[i], 1, ward);
        if (n >= 2) bind_text(st[i], 2, industry);
        if (n >= 3) bind_text(st[i], 3, words);
        int rc;
        while ((rc = sqlite3_step(st[i])) == SQLITE_ROW) total = (size_t)sqlite3_column_int64(st[i], 0);
        MUST(rc == SQLITE_DONE);
        sqlite3_reset(st[i]);
    }
    return total;
}

/* ------------------------------------------------------------------ side by side ------------ */

struct run { struct samples kind[KINDS + 1]; };     /* the last: all                             */

static struct run run_make(struct arena *a, size_t passes)
{
    struct run r;
    for (int k = 0; k <= KINDS; k++) r.kind[k] = (struct samples){ NEW_ARRAY(a, double, passes * COUNT(queries)), 0 };
    return r;
}

static void run_put(struct run *r, enum kind kind, double us)
{
    r->kind[kind].p[r->kind[kind].n++] = us;
    r->kind[KINDS].p[r->kind[KINDS].n++] = us;
}

static void row(int64_t docs, const char *what, struct samples *fts, struct samples *ours)
{
    double f50 = percentile(fts, 0.5), f99 = percentile(fts, 0.99), o50 = percentile(ours, 0.5), o99 = percentile(ours, 0.99);
    printf("| %lld | %s | %.3f | %.3f | **%.0f** | %.3f | %.3f | **%.0f** |\n", (long long)docs, what, f50 / 1e3, o50 / 1e3,
           f50 / o50, f99 / 1e3, o99 / 1e3, f99 / o99);
}

static void ask_all_ours(const struct search *s, struct run *times, size_t total[COUNT(queries)])
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    for (size_t pass = 0; pass < OURS_PASSES; pass++)
        for (size_t i = 0; i < COUNT(queries); i++, arena_reset(&a)) {
            double from = own_us();
            total[i] = ask_ours(s, &a, &queries[i]);
            run_put(times, queries[i].kind, own_us() - from);
        }
    arena_free(&a);
}

/* times: as they were asked, not yet sorted. */
static void row_alone(int64_t docs, const struct samples *times)
{
    double best[COUNT(queries)];
    for (size_t i = 0; i < times->n; i++)
        if (i < COUNT(queries) || times->p[i] < best[i % COUNT(queries)]) best[i % COUNT(queries)] = times->p[i];
    const struct samples of = { best, COUNT(queries) };
    printf("| %lld | ours alone, best of %d | p50 %.3f | p99 %.3f |\n", (long long)docs, OURS_PASSES, percentile(&of, 0.5) / 1e3, percentile(&of, 0.99) / 1e3);
}

static void ask_all_fts(sqlite3 *db, struct run *times, size_t passes, const size_t total[COUNT(queries)])
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    sqlite3_stmt *st[COUNT(ask_sql)];
    for (size_t i = 0; i < COUNT(ask_sql); i++) st[i] = sql_prepare(db, ask_sql[i]);
    for (size_t pass = 0; pass < passes; pass++)
        for (size_t i = 0; i < COUNT(queries); i++, arena_reset(&a)) {
            double from = own_us();
            size_t n = ask_fts(st, &a, &queries[i]);
            run_put(times, queries[i].kind, own_us() - from);
            if (n != total[i]) fprintf(stderr, "%s: FTS5 %zu, ours %zu\n", queries[i].words, n, total[i]);
            MUST(n == total[i]);
        }
    for (size_t i = 0; i < COUNT(ask_sql); i++) sqlite3_finalize(st[i]);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    int64_t docs = argc > 1 ? atoll(argv[1]) : 100000;
    size_t passes = argc > 2 ? (size_t)atoll(argv[2]) : 3, total[COUNT(queries)];
    struct arena keep = arena_make((size_t)1 << 30, NULL);
    struct run ours = run_make(&keep, OURS_PASSES), fts = run_make(&keep, passes);
    double build_us, build_cpu_us, fts_build_us;

    struct search *s = build_ours(docs, &build_us, &build_cpu_us);
    double peak = peak_mb(), update_us = update_ours(s);
    ask_all_ours(s, &ours, total);
    if (!passes) return row_alone(docs, &ours.kind[KINDS]), 0;
    sqlite3 *db = build_fts(docs, &fts_build_us);
    ask_all_fts(db, &fts, passes, total);

    for (int k = 0; k < KINDS; k++) row(docs, kinds[k], &fts.kind[k], &ours.kind[k]);
    row(docs, "**the whole mix**", &fts.kind[KINDS], &ours.kind[KINDS]);
    printf("- %lld enterprises: index built in %.2f s (2 threads, %.2f s of processor time; making the enterprises not counted), holds %.0f MB, peak of "
           "the process while building %.0f MB; one enterprise changed in %.2f ms. FTS5 built in %.1f s (making counted), "
           "holds %.0f MB.\n", (long long)docs, build_us / 1e6, build_cpu_us / 1e6, (double)search_bytes(s) / 1048576, peak, update_us / 1e3, fts_build_us / 1e6,
           (double)sqlite3_memory_used() / 1048576);
    sqlite3_close(db);
    search_release(s);
    arena_free(&keep);
    return 0;
}
