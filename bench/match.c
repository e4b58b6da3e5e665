/*
 * match.c - demands of twenty criteria and words, asked of engine/match over made-up enterprises: the best 50 with the answers to every
 * criterion.  bench/match.sh asks the same of PostgreSQL and DuckDB.
 *
 *     bench_match FIRMS DEMANDS [DIR]
 *
 * With DIR, the rows go there as CSV, and SQL of some demands beside what it must answer: without words, whose impacts SQL does not know,
 * so SQL has less to do.
 */
#include "abilities.h"
#include "engine/match/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SEED = 20261122, BEST = 50, PASSES = 3, SQL_DEMANDS = 5, BATCH = 1000 };

static const struct search_schema schema = {
    .fields = E_FIELDS, .facets = E_FACETS, .field = { { 8, 8 }, { 5, 12 }, { 4, 8 }, { 1, 12 }, { 8, 1 } },
};
static const char *const words[] = { "linh kiện nhựa", "khuôn mẫu", "cơ khí chính xác", "gia công CNC", "đúc áp lực", "ép phun nhựa", "phụ tùng ô tô",
    "bánh răng thép", "sơn tĩnh điện", "vỏ nhôm xe máy", "lò xo", "van đồng", "dập nguội", "hàn robot", "khuon duc", "bảng mạch điện tử" };

static double clock_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int ascending(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double percentile(const double *sorted, size_t n, double p) { return sorted[(size_t)(p * (double)(n - 1) + 0.5)]; }

/* ------------------------------------------------------------------ the rows ---------------- */

/* One table for each kind of fact, with the columns that it uses. */
static const struct { const char *name, *columns; int numbers; bool code, days, also; } tables[A_KINDS] = {
    [A_PROCESS]     = { "process", "code text, n0 real, n1 real, n2 real, also text[]", 3, true, false, true },
    [A_MACHINE]     = { "machine", "code text, n0 real, n1 real, n2 real, n3 real", 4, true, false, false },
    [A_PRODUCT]     = { "product", "code text", 0, true, false, false },
    [A_CERTIFICATE] = { "certificate", "code text, holds integer, until integer", 0, true, true, false },
    [A_PLACE]       = { "place", "code text, n0 real, n1 real", 2, true, false, false },
    [A_EXPORT]      = { "export", "n0 real", 1, false, false, false },
    [A_GRADE]       = { "grade", "code text", 0, true, false, false },
    [A_LANGUAGE]    = { "language", "code text", 0, true, false, false },
    [A_CONFIRMED]   = { "confirmed", "n0 real", 1, false, false, false },
};

struct files { FILE *enterprise, *fact[A_KINDS]; };

static FILE *file_in(const char *dir, const char *name, const char *end)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s%s", dir, name, end);
    FILE *f = fopen(path, "w");
    MUST(f);
    return f;
}

static struct files files_open(const char *dir)
{
    struct files f = { .enterprise = file_in(dir, "enterprise", ".csv") };
    FILE *sql = file_in(dir, "tables", ".sql");
    fprintf(sql, "CREATE TABLE enterprise (id integer, sort integer);\n");
    for (int k = 0; k < A_KINDS; k++) {
        f.fact[k] = file_in(dir, tables[k].name, ".csv");
        fprintf(sql, "CREATE TABLE %s (e integer, %s);\n", tables[k].name, tables[k].columns);
    }
    fclose(sql);
    return f;
}

static void files_close(struct files *f)
{
    fclose(f->enterprise);
    for (int k = 0; k < A_KINDS; k++) fclose(f->fact[k]);
}

static void write_fact(FILE *out, int64_t id, const struct fact *f)
{
    fprintf(out, "%d", (int)id);
    if (tables[f->kind].code) fprintf(out, ",%.*s", FMT(f->code));
    if (tables[f->kind].days) fprintf(out, ",%d,%d", f->from, f->until);
    for (int k = 0; k < tables[f->kind].numbers; k++) {
        if (isnan(f->number[k])) fprintf(out, ",");
        else fprintf(out, ",%.9g", (double)f->number[k]);
    }
    if (tables[f->kind].also) {
        fprintf(out, ",\"{");
        for (size_t i = 0; i < f->also_n; i++) fprintf(out, "%s%.*s", i ? "," : "", FMT(f->also[i]));
        fprintf(out, "}\"");
    }
    fprintf(out, "\n");
}

/* The order of equals is by number here, which SQL can have cheaply. */
static struct search *build(int64_t firms, struct files *files)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    struct search_build *b = search_build_open(&schema, (size_t)12 << 30);
    struct abilities *able = malloc(sizeof *able);
    double us = 0;
    for (int64_t id = 1; id <= firms; id++) {
        struct enterprise e = enterprise_of(&a, SEED, id);
        SearchValues facet[E_FACETS];
        for (int f = 0; f < E_FACETS; f++) facet[f] = (SearchValues){ e.value[f].p, e.value[f].n };
        abilities_of(&a, SEED, id, able);
        struct search_doc doc = { .id = id, .sort = str_f(&a, "%09d", (int)id), .field = e.text, .facet = facet, .facts = able->fact, .facts_n = able->n };
        double from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        MUST(!search_build_add(b, &doc));
        us += clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from;
        if (files) {
            fprintf(files->enterprise, "%d,%d\n", (int)id, (int)id);
            for (size_t i = 0; i < able->n; i++) write_fact(files->fact[able->fact[i].kind], id, &able->fact[i]);
        }
        if (id % BATCH == 0) arena_reset(&a);
    }
    double from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    struct search *s = search_build_close(b, 2);
    printf("- %lld enterprises: index of words and facts built in %.1f s of processor time, holds %.0f bytes an enterprise.\n", (long long)firms,
           (us + clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from) / 1000, (double)search_bytes(s) / (double)firms);
    free(able);
    arena_free(&a);
    return s;
}

/* ------------------------------------------------------------------ SQL --------------------- */

/* Points of a part, as an expression. */
static void put_part(FILE *out, const struct match_part *p)
{
    char stated[512];
    if (p->rule == WITHIN_KM)
        snprintf(stated, sizeof stated, "(2*6371.0088*asin(sqrt(power(sin((n0::float8-%.17g)*pi()/360),2)+cos(%.17g*pi()/180)*cos(n0::float8*pi()/180)*"
                 "power(sin((n1::float8-%.17g)*pi()/360),2))))", (double)p->lat, (double)p->lat, (double)p->lon);
    else
        snprintf(stated, sizeof stated, "n%d::float8", p->number);
    double asked = p->value, slack = p->slack * fabs(asked);
    fprintf(out, "CASE WHEN %s%s%.17g THEN 1000", stated, p->rule == AT_LEAST ? ">=" : "<=", asked);
    if (slack > 0) fprintf(out, " ELSE greatest(0,least(999,floor(1000*(1-abs(%.17g-%s)/%.17g))))", asked, stated, slack);
    else fprintf(out, " ELSE 0");
    fprintf(out, " END");
}

static void put_criterion(FILE *out, const struct match_criterion *c)
{
    fprintf(out, "SELECT e, %d*max(", c->weight);
    if (c->parts) put_part(out, &c->part[0]);
    else fprintf(out, "1000");
    fprintf(out, ")::float8 AS points FROM %s WHERE true", tables[c->kind].name);
    if (c->codes_n) fprintf(out, " AND code='%.*s'", FMT(c->codes[0].code));
    if (c->also_n) fprintf(out, " AND also @> ARRAY['%.*s']", FMT(c->also[0].code));
    if (c->day != DAY_UNKNOWN) fprintf(out, " AND %d BETWEEN holds AND until", c->day);
    for (size_t i = 0; i < c->parts && c->part[i].rule != WITHIN_KM; i++) {
        double asked = c->part[i].value, edge = asked * (c->part[i].rule == AT_LEAST ? 1 - (double)c->part[i].slack : 1 + (double)c->part[i].slack);
        fprintf(out, " AND n%d%s%.17g", c->part[i].number, c->part[i].rule == AT_LEAST ? ">=" : "<=", edge);
    }
    fprintf(out, " GROUP BY e");
}

static void write_sql(const struct search *s, struct arena *a, const char *dir, int number)
{
    struct match_demand d = { .criteria = demand_of(a, SEED, number), .n = A_CRITERIA, .most = BEST };
    struct match_result r;
    char name[32];
    snprintf(name, sizeof name, "demand-%d", number);
    FILE *sql = file_in(dir, name, ".sql"), *want = file_in(dir, name, ".want");
    fprintf(sql, "SELECT id, sum(points)::bigint AS score FROM (");
    for (size_t i = 0; i < d.n; i++) {
        if (i) fprintf(sql, "\nUNION ALL ");
        put_criterion(sql, &d.criteria[i]);
    }
    fprintf(sql, ") AS answers JOIN enterprise ON id=e\n");
    for (size_t i = 0, n = 0; i < d.n; i++)
        if (d.criteria[i].must) fprintf(sql, "%s e IN (SELECT e FROM %s WHERE code='%.*s')", n++ ? " AND" : "WHERE", tables[d.criteria[i].kind].name, FMT(d.criteria[i].codes[0].code));
    fprintf(sql, " GROUP BY id, sort ORDER BY 2 DESC, sort, id LIMIT %d;\n", BEST);
    MUST(!match_find(s, a, &d, false, &r));
    for (size_t i = 0; i < r.n; i++) fprintf(want, "%lld|%lld\n", (long long)r.hits[i].id, (long long)r.hits[i].score);
    fclose(sql);
    fclose(want);
}

/* ------------------------------------------------------------------ ours -------------------- */

static void ask(const struct search *s, int demands)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    double *ms = calloc((size_t)demands, sizeof *ms), *cpu = calloc((size_t)demands, sizeof *cpu);
    size_t fitting = 0;
    for (int pass = 0; pass < PASSES; pass++)
        for (int i = 0; i < demands; i++, arena_reset(&a)) {
            struct match_demand d = { .criteria = demand_of(&a, SEED, i), .n = A_CRITERIA, .words = str_of(words[(size_t)i % COUNT(words)]),
                                      .words_weight = 50, .most = BEST };
            struct match_result r;
            double from = clock_ms(CLOCK_MONOTONIC), own = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
            MUST(!match_find(s, &a, &d, false, &r));
            double took = clock_ms(CLOCK_MONOTONIC) - from, took_cpu = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - own;
            if (!pass || took < ms[i]) ms[i] = took;
            if (!pass || took_cpu < cpu[i]) cpu[i] = took_cpu;
            fitting += r.fitting;
        }
    qsort(ms, (size_t)demands, sizeof *ms, ascending);
    qsort(cpu, (size_t)demands, sizeof *cpu, ascending);
    printf("- %d demands, best of %d passes, milliseconds: p50 %.2f, p99 %.2f on the clock; p50 %.2f, p99 %.2f of processor time; %.0f enterprises fit on average.\n",
           demands, PASSES, percentile(ms, (size_t)demands, 0.5), percentile(ms, (size_t)demands, 0.99), percentile(cpu, (size_t)demands, 0.5),
           percentile(cpu, (size_t)demands, 0.99), (double)fitting / PASSES / demands);
    free(ms);
    free(cpu);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    int64_t firms = argc > 1 ? atoll(argv[1]) : 100000;
    int demands = argc > 2 ? atoi(argv[2]) : 300;
    const char *dir = argc > 3 ? argv[3] : NULL;
    struct files files;
    if (dir) files = files_open(dir);
    struct search *s = build(firms, dir ? &files : NULL);
    ask(s, demands);
    struct arena a = arena_make((size_t)1 << 30, NULL);
    if (dir) files_close(&files);
    for (int i = 0; dir && i < SQL_DEMANDS; i++) write_sql(s, &a, dir, i);
    arena_free(&a);
    search_release(s);
    return 0;
}
