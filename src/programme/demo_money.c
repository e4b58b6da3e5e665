/*
 * demo_money.c - the money of a demonstration's year: what each budget line is asked for by the plan is allocated in January, one line gets more in July; what
 * an agency carries out itself is committed when it begins and paid ten days after its end.
 */
#include "programme/demo_year.h"
#include "programme/money/money.h"

static enum err post(struct work *w, const struct posting *p, size_t n)
{
    Message why;
    enum err e = money_post(w, p, n, &why);
    MUST(!why.id);                                          /* the demonstration's own figures     */
    return e;
}

/* ---- lines ------------------------------------------------------------------------------------------------ */

struct asked { struct posting *p; size_t n, cap; };

/* A posting for each share of an estimate, its line made where it is not there yet; of one task, or of all. */
static enum err postings_of(struct work *w, const struct demo_year *y, const struct estimates *list, int64_t task_id, struct asked *out)
{
    *out = (struct asked){ 0 };
    for (size_t i = 0; i < list->n; i++) {
        const struct estimate *e = &list->p[i];
        int64_t line;
        if (task_id && e->task != task_id) continue;
        TRY(budget_line_of(w, y->year, e->agency, e->source, e->content, e->kind, &line));
        *GROW(w->a, *out) = (struct posting){ .line = line, .amount = e->amount, .task = task_id };
    }
    return OK;
}

/* The same with one posting a line. */
static struct asked by_line(struct arena *a, const struct asked *from)
{
    struct asked to = { 0 };
    for (size_t i = 0; i < from->n; i++) {
        size_t k = 0;
        while (k < to.n && to.p[k].line != from->p[i].line) k++;
        if (k < to.n) to.p[k].amount += from->p[i].amount;
        else *GROW(a, to) = from->p[i];
    }
    return to;
}

static enum err post_as(struct work *w, const struct asked *list, enum money_stage stage, const char *document)
{
    for (size_t i = 0; i < list->n; i++) {
        list->p[i].stage = stage;
        list->p[i].on = w->today;
        list->p[i].document = str_of(document);
    }
    return post(w, list->p, list->n);
}

/* More for publicity, which the fair needs when its halls have grown. */
static enum err adjust(struct work *w, const struct demo_year *y)
{
    int64_t line;
    TRY(budget_line_of(w, y->year, S("SCT"), S("city_recurrent"), S("3.1"), S("media"), &line));
    demo_turn(w, &y->now, demo_day(y, 7, 22));
    return post(w, &(struct posting){ .line = line, .stage = MONEY_ALLOCATED, .amount = 120000000, .on = w->today, .document = S("DEMO-121/QĐ-STC"),
                                      .reason = S("Bổ sung kinh phí truyền thông hội chợ theo Quyết định DEMO-118/QĐ-UBND") }, 1);
}

/* ---- what an agency carries out itself --------------------------------------------------------------------- */

static struct date day_in(const struct record *of, int field, int64_t later)
{
    struct date d;
    MUST(date_from_iso(v_str(of->v[field]), &d));
    return date_from_days(date_days(d) + later);
}

/* Nineteen twentieths of what was planned, to a thousand đồng. */
static int64_t spent_of(int64_t planned) { return planned * 19 / 20000 * 1000; }

static enum err carry_out(struct work *w, const struct demo_year *y, const struct estimates *planned, const struct record *of, int number)
{
    struct asked list;
    struct date ended = day_in(of, TASK_ENDS, 10);
    TRY(postings_of(w, y, planned, of->id, &list));
    demo_turn(w, &y->now, day_in(of, TASK_STARTS, 0));
    TRY(post_as(w, &list, MONEY_COMMITTED, str_z(w->a, str_f(w->a, "DEMO-%d/QĐ-SCT", 40 + number))));
    if (!demo_reached(y, ended)) return OK;
    demo_turn(w, &y->now, ended);
    for (size_t i = 0; i < list.n; i++) list.p[i].amount = spent_of(list.p[i].amount);
    return post_as(w, &list, MONEY_DISBURSED, str_z(w->a, str_f(w->a, "DEMO-UNC-%03d", number)));
}

static enum err carry_out_own(struct work *w, const struct demo_year *y, const struct estimates *planned)
{
    struct plan_view v;
    struct date allocated = demo_day(y, 1, 15);
    TRY(plan_load(w, y->plan, &v));
    for (size_t i = 0; i < v.tasks.n; i++) {
        const struct record *of = v.tasks.p[i];
        bool own = str_is(v_str(of->v[TASK_MODE]), "own"), begun = str_is(v_str(of->v[TASK_STATE]), "under_way");
        if (own && begun && date_days(day_in(of, TASK_STARTS, 0)) > date_days(allocated)) TRY(carry_out(w, y, planned, of, (int)i + 1));
    }
    return OK;
}

/* ---- the year ------------------------------------------------------------------------------------------------ */

enum err demo_money(struct work *w, void *arg)
{
    const struct demo_year *y = arg;
    struct estimates planned;
    struct asked all;
    if (!demo_reached(y, demo_day(y, 1, 15))) return OK;
    TRY(estimates_of(w, y->year, &planned));
    TRY(postings_of(w, y, &planned, 0, &all));
    all = by_line(w->a, &all);
    demo_turn(w, &y->now, demo_day(y, 1, 15));
    TRY(demo_as(w, "finance@demo.example"));
    TRY(post_as(w, &all, MONEY_ALLOCATED, "DEMO-9/QĐ-STC"));
    if (demo_reached(y, demo_day(y, 7, 22))) TRY(adjust(w, y));
    return carry_out_own(w, y, &planned);
}
