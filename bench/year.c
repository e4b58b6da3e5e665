/*
 * year.c - what the programme's figures cost after ten years of it, as bench/year.sh asks for them.
 *
 *     bench_year make DATABASE YEARS          fills a new database: years from PROGRAMME_FROM on, each the same size and, for its number, with the same content
 *     bench_year ask DATABASE ONE [TIMES]     each view, dashboard figure and target of the first year; ONE is a database of that year alone, asked in turns
 *
 * A year: 30 activities with 60 tasks, 120 lines of cost and 30 contracts, 1,000 participations of 1,200 enterprises, 5,160 vouchers.  All is written by the
 * kernel, with its log, vouchers by money_post; only the states that people's steps would have led to are set behind it.
 */
#include "model/schema.h"
#include "programme/demo.h"
#include "programme/entities.h"
#include "programme/target/target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ENTERPRISES = 1200, ACTIVITIES = 30, TASKS = 2 * ACTIVITIES, PARTICIPATIONS = 1000, TIMES = 200 };
enum { PIECES = 39 };                                       /* payments of a task, each settled    */

static void must(enum err e, const char *what)
{
    if (e) fprintf(stderr, "%s: error %d\n", what, (int)e), exit(1);
}

static struct work work_on(struct arena *a, const char *url, unsigned flags)
{
    struct work w = { .m = model_make(a, entities), .a = a, .lang = VI, .today = { PROGRAMME_FROM, 11, 22 }, .actor = { .roles = SYSTEM | OFFICER, .name = S("bench") } };
    if (db_open(url, flags, &w.db)) fprintf(stderr, "%s: %s\n", url, db_why(NULL)), exit(1);
    return w;
}

/* ---- filling ------------------------------------------------------------------------------------------- */

static const char *const sources[] = { "city_recurrent", "city_investment", "participants" }, *const kinds[] = { "space", "stand", "experts", "media" };
static const char *const agencies[] = { "SCT", "SKHCN", "BQLKCN" };

struct filling { int year; int64_t activity[ACTIVITIES], task[TASKS], contract[TASKS], provider; };

static Val code(const struct work *w, const char *list, const char *of)
{
    const struct code *k = code_find(w->codes, str_of(list), str_of(of));
    MUST(k);
    return v_text(k->key);
}

static Val content(const struct work *w, int i) { return code(w, "programme_content", str_z(w->a, str_f(w->a, "3.%d", i % 9 + 1))); }
static Val day(const struct work *w, int year, int month, int d) { return v_text(str_f(w->a, "%04d-%02d-%02d", year, month, d)); }

static enum err save(struct work *w, struct record *r)
{
    bool changed;
    return record_save(w, NULL, r, &changed);
}

static enum err make_activity(struct work *w, struct filling *f, int64_t plan, int i)
{
    size_t n;
    const struct code *const *all = codes_of(w->codes, S("activity_kind"), &n);
    struct record *r = record_make(w->a, &activity);
    r->v[ACTIVITY_TITLE_VI] = v_text(str_f(w->a, "Hoạt động %d năm %d", i + 1, f->year));
    r->v[ACTIVITY_PLAN] = v_int(plan);
    r->v[ACTIVITY_CONTENT] = content(w, i);
    r->v[ACTIVITY_KIND] = v_text(all[(size_t)i % n]->key);
    r->v[ACTIVITY_AGENCY] = code(w, "agency", agencies[i % 3]);
    r->v[ACTIVITY_STARTS] = day(w, f->year, i % 10 + 1, 5);
    r->v[ACTIVITY_ENDS] = day(w, f->year, i % 10 + 1, 20);
    r->v[ACTIVITY_PARTICIPATIONS] = v_int(PARTICIPATIONS / ACTIVITIES);
    r->v[ACTIVITY_APPROVED] = v_int(1);
    TRY(save(w, r));
    f->activity[i] = r->id;
    return OK;
}

static enum err make_task(struct work *w, struct filling *f, int i)
{
    struct record *r = record_make(w->a, &task);
    r->v[TASK_TITLE_VI] = v_text(str_f(w->a, "Nhiệm vụ %d năm %d", i + 1, f->year));
    r->v[TASK_ACTIVITY] = v_int(f->activity[i / 2]);
    r->v[TASK_AGENCY] = code(w, "agency", agencies[i / 2 % 3]);
    r->v[TASK_MODE] = v_text(i % 2 ? S("provider") : S("own"));
    r->v[TASK_STARTS] = day(w, f->year, i / 2 % 10 + 1, 5);
    r->v[TASK_ENDS] = day(w, f->year, i / 2 % 10 + 2, 20);
    for (int k = 0; k < 2; k++) {
        struct record *c = record_add(w->a, r, TASK_COSTS);
        c->v[COST_ITEM] = v_text(str_f(w->a, "Khoản %d", k + 1));
        c->v[COST_KIND] = code(w, "expense_kind", kinds[(i + k) % 4]);
        c->v[COST_QUANTITY] = v_real(10);
        c->v[COST_PRICE] = v_int(12345678 + 1000 * i);
        c->v[COST_SOURCE] = code(w, "fund_source", sources[k]);
        c->v[COST_SUPPORT] = v_int(60000000);
        c->v[COST_REST_SOURCE] = code(w, "fund_source", sources[2]);
    }
    TRY(save(w, r));
    f->task[i] = r->id;
    return OK;
}

struct part { int64_t line, amount; };                      /* of a task's money                   */
struct split { struct part *p; size_t n, cap; };

/* What each line pays for the task, by the plan. */
static enum err parts_of(struct work *w, const struct filling *f, const struct estimates *all, int64_t task_id, struct split *out)
{
    *out = (struct split){ 0 };
    for (size_t i = 0; i < all->n; i++) {
        const struct estimate *e = &all->p[i];
        int64_t line;
        if (e->task != task_id) continue;
        TRY(budget_line_of(w, f->year, e->agency, e->source, e->content, e->kind, &line));
        *GROW(w->a, *out) = (struct part){ line, e->amount };
    }
    return OK;
}

static enum err make_contract(struct work *w, struct filling *f, int i, const struct split *parts)
{
    struct record *r = record_make(w->a, &contract);
    r->v[CONTRACT_NUMBER] = v_text(str_f(w->a, "%d/%d/HĐ", i + 1, f->year));
    r->v[CONTRACT_TITLE] = v_text(str_f(w->a, "Hợp đồng %d năm %d", i + 1, f->year));
    r->v[CONTRACT_TASK] = v_int(f->task[i]);
    r->v[CONTRACT_PROVIDER] = v_int(f->provider);
    r->v[CONTRACT_STARTS] = day(w, f->year, i / 2 % 10 + 1, 5);
    r->v[CONTRACT_ENDS] = day(w, f->year, i / 2 % 10 + 2, 20);
    for (size_t k = 0; k < parts->n; k++) {
        struct record *share = record_add(w->a, r, CONTRACT_SHARES);
        share->v[SHARE_LINE] = v_int(parts->p[k].line);
        share->v[SHARE_AMOUNT] = v_int(parts->p[k].amount);
    }
    TRY(save(w, r));
    f->contract[i] = r->id;
    for (int k = 0; k < 3; k++) {
        struct record *m = record_make(w->a, &milestone);
        m->v[MILESTONE_TITLE] = v_text(str_f(w->a, "Đợt %d", k + 1));
        m->v[MILESTONE_CONTRACT] = v_int(r->id);
        m->v[MILESTONE_DUE_ON] = day(w, f->year, i / 2 % 10 + 2, 5 + 5 * k);
        m->v[MILESTONE_AMOUNT] = v_int(v_i64(r->v[CONTRACT_VALUE]) / 3);
        m->v[MILESTONE_CRITERIA] = v_text(S("Theo hợp đồng"));
        TRY(save(w, m));
    }
    return OK;
}

struct postings { struct posting *p; size_t n, cap; };

static void add(struct work *w, struct postings *to, const struct posting *as, enum money_stage stage, const struct part *of, int64_t amount)
{
    struct posting *p = GROW(w->a, *to);
    *p = *as;
    p->stage = stage, p->line = of->line, p->amount = amount;
}

/* Allocated, committed, and nine tenths of it paid and settled in pieces. */
static enum err post_task(struct work *w, const struct filling *f, int i, const struct split *parts)
{
    struct postings list = { 0 };
    struct posting as = { .on = { f->year, 1, 15 }, .task = f->task[i], .contract = f->contract[i], .document = str_f(w->a, "CT-%d-%d", f->year, i) };
    Message why;
    for (size_t k = 0; k < parts->n; k++) {
        add(w, &list, &as, MONEY_ALLOCATED, &parts->p[k], parts->p[k].amount);
        list.p[list.n - 1].task = list.p[list.n - 1].contract = 0;
        add(w, &list, &as, MONEY_COMMITTED, &parts->p[k], parts->p[k].amount);
    }
    for (int piece = 0; piece < PIECES; piece++) {
        const struct part *of = &parts->p[(size_t)piece % parts->n];
        int64_t amount = of->amount * 9 / 10 / (PIECES / (int64_t)parts->n + 1);
        as.on = (struct date){ f->year, piece % 12 + 1, piece % 28 + 1 };
        add(w, &list, &as, MONEY_DISBURSED, of, amount);
        add(w, &list, &as, MONEY_SETTLED, of, amount);
    }
    return money_post(w, list.p, list.n, &why);
}

static enum err fill_money(struct work *w, struct filling *f)
{
    struct estimates all;
    TRY(estimates_of(w, f->year, &all));
    for (int i = 0; i < TASKS; i++) {
        struct split parts;
        TRY(parts_of(w, f, &all, f->task[i], &parts));
        if (i % 2) TRY(make_contract(w, f, i, &parts));
        TRY(post_task(w, f, i, &parts));
    }
    return OK;
}

static enum err fill_plan(struct work *w, struct filling *f)
{
    struct record *plan = record_make(w->a, &yearly_plan), *unit = record_make(w->a, &provider);
    plan->v[PLAN_TITLE_VI] = v_text(str_f(w->a, "Kế hoạch năm %d", f->year));
    plan->v[PLAN_YEAR] = v_int(f->year);
    TRY(save(w, plan));
    unit->v[PROVIDER_NAME] = v_text(str_f(w->a, "Trung tâm %d", f->year));
    TRY(save(w, unit));
    f->provider = unit->id;
    for (int i = 0; i < ACTIVITIES; i++) TRY(make_activity(w, f, plan->id, i));
    for (int i = 0; i < TASKS; i++) TRY(make_task(w, f, i));
    return OK;
}

static enum err fill_participations(struct work *w, struct filling *f)
{
    for (int i = 0; i < PARTICIPATIONS; i++) {
        bool first;
        Message why;
        int which = i % ACTIVITIES;
        struct date on = { f->year, which % 10 + 1, 6 };
        enum err e = participation_attend(w, f->activity[which], 1 + (i * 7 + f->year) % ENTERPRISES, on, 1 + i % 4, &first, &why);
        if (e && why.id) fprintf(stderr, "%.*s\n", FMT(message_str(w->a, EN, why)));
        TRY(e);
    }
    return OK;
}

/* Where people's steps would have led: contracts of years that are over are settled, those of the year that is asked for are in force. */
static enum err set_states(struct work *w, const struct filling *f)
{
    const Val year[] = { v_int(f->year) };
    const Sql all[] = { SQL("UPDATE yearly_plan SET state = 'approved' WHERE year = $1"), SQL("UPDATE activity SET state = 'carried_out' WHERE year = $1"),
                        SQL("UPDATE task SET state = 'under_way' WHERE year = $1"),
                        f->year == PROGRAMME_FROM ? SQL("UPDATE contract SET state = 'in_force' WHERE task IN (SELECT id FROM task WHERE year = $1)")
                                                  : SQL("UPDATE contract SET state = 'settled' WHERE task IN (SELECT id FROM task WHERE year = $1)") };
    for (size_t i = 0; i < COUNT(all); i++) TRY(db_exec(w->db, w->a, all[i], (Args){ year, 1 }));
    return OK;
}

static enum err fill_year(struct work *w, void *arg)
{
    struct filling *f = arg;
    TRY(fill_plan(w, f));
    TRY(fill_money(w, f));
    TRY(fill_participations(w, f));
    return set_states(w, f);
}

static enum err fill_lists(struct work *w, void *arg)
{
    TRY(codes_init(w));
    TRY(norms_init(w));
    return indicators_init(w);
}

static void make(struct arena *a, const char *url, int years)
{
    struct work w = work_on(a, url, DB_CREATE);
    Message why;
    must(schema_grow(&w, &why), "tables");
    must(work_write(&w, fill_lists, NULL), "lists");
    must(codes_load(&w, a, &w.codes), "lists");
    must(demo_fill(&w, ENTERPRISES, DEMO_SEED), "enterprises");
    struct arena scratch = arena_make((size_t)1 << 30, NULL);
    for (int i = 0; i < years; i++, arena_reset(&scratch)) {
        struct filling f = { .year = PROGRAMME_FROM + i };
        w.a = &scratch;
        w.today = (struct date){ f.year, 12, 31 };
        must(work_write(&w, fill_year, &f), "a year");
    }
    arena_free(&scratch);
    db_close(w.db);
}

/* ---- asking ---------------------------------------------------------------------------------------------- */

typedef enum err ask_fn(struct work *w, int which);

static enum err ask_view(struct work *w, int which)
{
    struct money_rows rows;
    struct money_row total;
    return money_rows(w, &(struct money_asked){ .year = PROGRAMME_FROM, .by = (enum money_by)which }, &rows, &total);
}

static enum err ask_counterparts(struct work *w, int which)
{
    struct counterparts list;
    return counterparts_of(w, PROGRAMME_FROM, &list);
}

static enum err ask_forecast(struct work *w, int which)
{
    struct cash_forecast f;
    return cash_forecast_of(w, PROGRAMME_FROM, &f);
}

static enum err ask_counts(struct work *w, int which)
{
    struct participation_counts counts;
    return participations_count(w, &(struct participation_asked){ PROGRAMME_FROM, PROGRAMME_FROM }, &counts);
}

static enum err ask_indicator(struct work *w, int which)
{
    struct records all;
    struct measured m;
    TRY(indicators_load(w, &all));
    if ((size_t)which >= all.n) return OK;
    return measure_of(w, all.p[which], period_of(w, all.p[which], PROGRAMME_FROM), &m);
}

static enum err ask_standing(struct work *w, int which)
{
    struct records all;
    struct standing s;
    TRY(indicators_load(w, &all));
    if ((size_t)which >= all.n) return OK;
    return standing_of(w, all.p[which], PROGRAMME_FROM, &s);
}

struct question { Str what; ask_fn *fn; int which; };
struct questions { struct question *p; size_t n, cap; };

static struct questions questions(struct work *w)
{
    static const char *const views[] = { "line", "agency", "source", "content", "kind", "month", "task" };
    struct questions all = { 0 };
    struct records indicators;
    for (int i = 0; i < MONEY_VIEWS; i++) *GROW(w->a, all) = (struct question){ str_f(w->a, "money by %s", views[i]), ask_view, i };
    *GROW(w->a, all) = (struct question){ S("participants’ share"), ask_counterparts, 0 };
    *GROW(w->a, all) = (struct question){ S("payments by month"), ask_forecast, 0 };
    *GROW(w->a, all) = (struct question){ S("participations and enterprises"), ask_counts, 0 };
    must(indicators_load(w, &indicators), "indicators");
    for (size_t i = 0; i < indicators.n; i++) {
        Str of = v_str(indicators.p[i]->v[INDICATOR_CODE]);
        *GROW(w->a, all) = (struct question){ str_f(w->a, "%.*s: number and list", FMT(of)), ask_indicator, (int)i };
        *GROW(w->a, all) = (struct question){ str_f(w->a, "%.*s: with light and forecast", FMT(of)), ask_standing, (int)i };
    }
    return all;
}

static int ascending(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Microseconds of processor time of this thread: another's work on a busy machine is not ours. */
static int64_t worked(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct took { int64_t waited, worked; };

static struct took took(struct work *w, const struct question *q)
{
    struct arena scratch = arena_make((size_t)256 << 20, NULL), *keep = w->a;
    struct took t = { time_ticks(), worked() };
    w->a = &scratch;
    must(q->fn(w, q->which), str_z(keep, q->what));
    w->a = keep;
    t = (struct took){ time_ticks() - t.waited, worked() - t.worked };
    arena_free(&scratch);
    return t;
}

/* Of what was taken TIMES times: sorted, in milliseconds. */
struct sorted { int64_t *p; size_t n; };
static double at(const struct sorted *s, size_t percent) { return (double)s->p[s->n * percent / 100] / 1e3; }

static struct sorted sorted_of(struct arena *a, size_t n) { return (struct sorted){ NEW_ARRAY(a, int64_t, n), n }; }
static void sort(struct sorted *s) { qsort(s->p, s->n, sizeof *s->p, ascending); }

static void ask(struct arena *a, const char *url, const char *one_url, size_t times)
{
    struct work w = work_on(a, url, DB_READ), one = work_on(a, one_url, DB_READ);
    struct sorted waited = sorted_of(a, times), worked_ten = sorted_of(a, times), worked_one = sorted_of(a, times);
    must(codes_load(&w, a, &w.codes), "lists");
    must(codes_load(&one, a, &one.codes), "lists");
    struct questions all = questions(&w);
    for (size_t q = 0; q < all.n; q++) {
        for (size_t i = 0; i < times; i++) {
            struct took t = took(&w, &all.p[q]);
            waited.p[i] = t.waited, worked_ten.p[i] = t.worked;
            worked_one.p[i] = took(&one, &all.p[q]).worked;
        }
        sort(&waited), sort(&worked_ten), sort(&worked_one);
        printf("| %.*s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", FMT(all.p[q].what), at(&waited, 50), at(&waited, 99), at(&worked_ten, 50), at(&worked_ten, 99),
               at(&worked_one, 50), at(&worked_ten, 50) / at(&worked_one, 50));
    }
    db_close(w.db);
    db_close(one.db);
}

int main(int argc, char **argv)
{
    struct arena a = arena_make((size_t)2 << 30, NULL);
    if (argc == 4 && !strcmp(argv[1], "make")) make(&a, argv[2], atoi(argv[3]));
    else if (argc >= 4 && !strcmp(argv[1], "ask")) ask(&a, argv[2], argv[3], argc > 4 ? (size_t)atoi(argv[4]) : TIMES);
    else return fprintf(stderr, "bench_year make DATABASE YEARS | ask DATABASE ONE [TIMES]\n"), 2;
    return 0;
}
