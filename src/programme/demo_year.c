/*
 * demo_year.c - the plan of a demonstration's year: twenty-eight activities in all nine contents with their tasks and costs (data/demo/activities.csv,
 * tasks.csv, costs.csv), written in December, approved in January, adjusted in July; and the next year's, copied in October.  What had not come by the
 * day of the demonstration has not happened.
 *
 * The other parts of the year are named in demo_year.h; `parts` calls them in their order.
 */
#include "programme/demo_year.h"

#include "base/map.h"
#include "format/csv_table.h"
#include "model/people/account.h"
#include "programme/demo.h"
#include "programme/plan/plan.h"

struct date demo_day(const struct demo_year *y, int month, int day) { return (struct date){ y->year, month, day }; }

bool demo_reached(const struct demo_year *y, struct date d) { return date_days(d) <= date_days(y->now.today); }

/* ---- from the tables ---------------------------------------------------------------------------------------- */

static Val said(Str s) { return s.n ? v_text(s) : v_null(); }

static Val number(Str s)
{
    int64_t i;
    return str_to_i64(s, &i) ? v_int(i) : v_null();
}

/* "03-16" of the year. */
static Val day_of(struct work *w, const struct demo_year *y, Str month_and_day)
{
    return month_and_day.n ? v_text(str_f(w->a, "%d-%.*s", y->year, FMT(month_and_day))) : v_null();
}

/* "@" is the ward whose officer has an account in the demonstration. */
static Val ward_of(struct work *w, const struct demo_year *y, Str s)
{
    return str_is(s, "@") ? v_text(y->ward) : demo_code(w, "ward", s);
}

static struct record *activity_from(struct work *w, const struct demo_year *y, const struct csv_table *t)
{
    struct record *r = record_make(w->a, &activity);
    r->v[ACTIVITY_TITLE_VI] = said(csv_table_cell(t, "title_vi"));
    r->v[ACTIVITY_TITLE_EN] = said(csv_table_cell(t, "title_en"));
    r->v[ACTIVITY_PLAN] = v_int(y->plan);
    r->v[ACTIVITY_CONTENT] = demo_code(w, "programme_content", csv_table_cell(t, "content"));
    r->v[ACTIVITY_KIND] = demo_code(w, "activity_kind", csv_table_cell(t, "kind"));
    r->v[ACTIVITY_TEXT] = said(csv_table_cell(t, "text"));
    r->v[ACTIVITY_AGENCY] = demo_code(w, "agency", csv_table_cell(t, "agency"));
    r->v[ACTIVITY_STARTS] = day_of(w, y, csv_table_cell(t, "starts"));
    r->v[ACTIVITY_ENDS] = day_of(w, y, csv_table_cell(t, "ends"));
    r->v[ACTIVITY_PLACE] = said(csv_table_cell(t, "place"));
    r->v[ACTIVITY_WARD] = ward_of(w, y, csv_table_cell(t, "ward"));
    r->v[ACTIVITY_PARTICIPATIONS] = number(csv_table_cell(t, "participations"));
    r->v[ACTIVITY_ENTERPRISES] = number(csv_table_cell(t, "enterprises"));
    return r;
}

static struct record *task_from(struct work *w, const struct demo_year *y, const struct csv_table *t, const struct record *of)
{
    struct record *r = record_make(w->a, &task);
    Str starts = csv_table_cell(t, "starts"), ends = csv_table_cell(t, "ends");
    r->v[TASK_TITLE_VI] = said(csv_table_cell(t, "title_vi"));
    r->v[TASK_TITLE_EN] = said(csv_table_cell(t, "title_en"));
    r->v[TASK_ACTIVITY] = v_int(of->id);
    r->v[TASK_AGENCY] = of->v[ACTIVITY_AGENCY];
    r->v[TASK_MODE] = said(csv_table_cell(t, "mode"));
    r->v[TASK_STARTS] = starts.n ? day_of(w, y, starts) : of->v[ACTIVITY_STARTS];
    r->v[TASK_ENDS] = ends.n ? day_of(w, y, ends) : of->v[ACTIVITY_ENDS];
    r->v[TASK_PLACE] = of->v[ACTIVITY_PLACE];
    r->v[TASK_WARD] = of->v[ACTIVITY_WARD];
    r->v[TASK_RESULT] = said(csv_table_cell(t, "result"));
    r->v[TASK_REPORTS] = said(csv_table_cell(t, "reports"));
    return r;
}

static enum err add_cost(struct work *w, const struct csv_table *t, struct record *of)
{
    struct record *c = record_add(w->a, of, TASK_COSTS);
    double quantity = 0;
    int64_t norm_id = 0;
    Str code = csv_table_cell(t, "norm");
    MUST(str_to_f64(csv_table_cell(t, "quantity"), &quantity));
    if (code.n) TRY(record_find(w, &norm, NORM_CODE, v_text(code), &norm_id));
    c->v[COST_ITEM] = said(csv_table_cell(t, "item"));
    c->v[COST_KIND] = demo_code(w, "expense_kind", csv_table_cell(t, "kind"));
    c->v[COST_QUANTITY] = v_real(quantity);
    c->v[COST_UNIT] = demo_code(w, "unit", csv_table_cell(t, "unit"));
    c->v[COST_PRICE] = number(csv_table_cell(t, "price"));
    c->v[COST_SOURCE] = demo_code(w, "fund_source", csv_table_cell(t, "source"));
    c->v[COST_SUPPORT] = number(csv_table_cell(t, "support"));
    c->v[COST_REST_SOURCE] = demo_code(w, "fund_source", csv_table_cell(t, "rest_source"));
    if (norm_id) c->v[COST_NORM] = v_int(norm_id);
    c->v[COST_NORM_UNITS] = number(csv_table_cell(t, "norm_units"));
    return OK;
}

/* Records by the keys of their rows. */
struct keyed { struct map at; struct records list; };

static void keep(struct work *w, struct keyed *k, Str key, struct record *r)
{
    bool added;
    map_put(&k->at, key, (int64_t)k->list.n, &added);
    MUST(added);
    *GROW(w->a, k->list) = r;
}

static struct record *kept(const struct keyed *k, Str key)
{
    int64_t at;
    MUST(map_get(&k->at, key, &at));
    return k->list.p[at];
}

static enum err save_all(struct work *w, const struct keyed *k)
{
    for (size_t i = 0; i < k->list.n; i++) TRY(demo_save(w, k->list.p[i]));
    return OK;
}

static enum err write_activities(struct work *w, const struct demo_year *y)
{
    struct keyed activities = { .at = map_make(w->a, 64) }, tasks = { .at = map_make(w->a, 64) };
    enum err e = OK;
    struct csv_table t = csv_table_open(w->a, S("data/demo/activities.csv"));
    while (csv_table_next(&t)) keep(w, &activities, csv_table_cell(&t, "key"), activity_from(w, y, &t));
    csv_table_close(&t);
    TRY(save_all(w, &activities));
    t = csv_table_open(w->a, S("data/demo/tasks.csv"));
    while (csv_table_next(&t)) keep(w, &tasks, csv_table_cell(&t, "key"), task_from(w, y, &t, kept(&activities, csv_table_cell(&t, "activity"))));
    csv_table_close(&t);
    t = csv_table_open(w->a, S("data/demo/costs.csv"));
    while (!e && csv_table_next(&t)) e = add_cost(w, &t, kept(&tasks, csv_table_cell(&t, "task")));
    csv_table_close(&t);
    return e ? e : save_all(w, &tasks);
}

/* ---- its way -------------------------------------------------------------------------------------------------- */

static const char officer[] = "officer@demo.example", leader[] = "leader@demo.example";

static enum err write_draft(struct work *w, struct demo_year *y)
{
    struct record *r = record_make(w->a, &yearly_plan);
    demo_turn(w, &y->now, (struct date){ y->year - 1, 12, 14 });
    TRY(demo_as(w, officer));
    r->v[PLAN_TITLE_VI] = v_text(str_f(w->a, "Kế hoạch phát triển công nghiệp hỗ trợ năm %d", y->year));
    r->v[PLAN_TITLE_EN] = v_text(str_f(w->a, "Plan for supporting industry, %d", y->year));
    r->v[PLAN_YEAR] = v_int(y->year);
    TRY(demo_save(w, r));
    y->plan = r->id;
    return write_activities(w, y);
}

static enum err decide(struct work *w, const struct demo_year *y, struct date submitted, struct date decided, const char *decision)
{
    demo_turn(w, &y->now, submitted);
    TRY(demo_as(w, officer));
    TRY(demo_take(w, &yearly_plan, y->plan, "submit", NULL));
    demo_turn(w, &y->now, decided);
    TRY(demo_change(w, &yearly_plan, y->plan, PLAN_DECISION, v_text(str_of(decision))));
    TRY(demo_change(w, &yearly_plan, y->plan, PLAN_DECIDED_ON, v_text(date_iso(w->a, decided))));
    TRY(demo_as(w, leader));
    return demo_take(w, &yearly_plan, y->plan, "approve", NULL);
}

/* The delegation to Germany goes a week later, as its hosts asked. */
static enum err adjust(struct work *w, const struct demo_year *y)
{
    struct records list;
    struct buf b = buf_make(w->a);
    demo_turn(w, &y->now, demo_day(y, 7, 6));
    TRY(demo_as(w, officer));
    TRY(demo_take(w, &yearly_plan, y->plan, "adjust", "Đoàn giao dịch tại Đức dời một tuần theo đề nghị của đối tác; kinh phí không đổi."));
    put_f(&b, "%s WHERE plan = $1 AND kind = $2 ORDER BY id DESC", shape_of(w->m, &activity)->select_list.text);
    TRY(records_query(w, &activity, sql_of(&b), ARGS(v_int(y->plan), demo_code(w, "activity_kind", S("delegation"))), false, &list));
    MUST(list.n);
    TRY(demo_change(w, &activity, list.p[0]->id, ACTIVITY_STARTS, v_text(date_iso(w->a, demo_day(y, 9, 21)))));
    TRY(demo_change(w, &activity, list.p[0]->id, ACTIVITY_ENDS, v_text(date_iso(w->a, demo_day(y, 9, 26)))));
    return decide(w, y, demo_day(y, 7, 8), demo_day(y, 7, 20), "DEMO-118/QĐ-UBND");
}

static int64_t days_of(const struct record *r, int field)
{
    struct date d;
    MUST(date_from_iso(v_str(r->v[field]), &d));
    return date_days(d);
}

/* Registration opens six weeks before; what an agency does itself begins on its day. */
static enum err begin(struct work *w, const struct demo_year *y)
{
    enum { REGISTRATION = 42 };
    struct plan_view v;
    int64_t today = date_days(y->now.today), approved = date_days(demo_day(y, 1, 12));
    TRY(plan_load(w, y->plan, &v));
    TRY(demo_as(w, officer));
    for (size_t i = 0; i < v.activities.n; i++) {
        int64_t opens = days_of(v.activities.p[i], ACTIVITY_STARTS) - REGISTRATION;
        if (opens > today) continue;
        demo_turn(w, &y->now, date_from_days(opens > approved ? opens : approved));
        TRY(demo_take(w, &activity, v.activities.p[i]->id, "open", NULL));
    }
    for (size_t i = 0; i < v.tasks.n; i++) {
        int64_t starts = days_of(v.tasks.p[i], TASK_STARTS);
        if (starts > today || !str_is(v_str(v.tasks.p[i]->v[TASK_MODE]), "own")) continue;
        demo_turn(w, &y->now, date_from_days(starts > approved ? starts : approved));
        TRY(demo_take(w, &task, v.tasks.p[i]->id, "begin", NULL));
    }
    return OK;
}

static enum err copy_for_next_year(struct work *w, const struct demo_year *y)
{
    int64_t id;
    Message why;
    demo_turn(w, &y->now, demo_day(y, 10, 5));
    TRY(demo_as(w, officer));
    return plan_copy(w, y->plan, y->year + 1, &id, &why);
}

static enum err demo_plan(struct work *w, void *arg)
{
    struct demo_year *y = arg;
    TRY(norms_init(w));
    TRY(write_draft(w, y));
    if (!demo_reached(y, demo_day(y, 1, 12))) return OK;
    TRY(decide(w, y, (struct date){ y->year - 1, 12, 18 }, demo_day(y, 1, 12), "DEMO-7/QĐ-UBND"));
    if (demo_reached(y, demo_day(y, 7, 20))) TRY(adjust(w, y));
    TRY(begin(w, y));
    return demo_reached(y, demo_day(y, 10, 5)) && y->year < PROGRAMME_LAST ? copy_for_next_year(w, y) : OK;
}

static enum err demo_end(struct work *w, void *arg)
{
    const struct demo_year *y = arg;
    struct plan_view v;
    TRY(plan_load(w, y->plan, &v));
    TRY(demo_as(w, officer));
    for (size_t i = 0; i < v.activities.n; i++) {
        int64_t ended = days_of(v.activities.p[i], ACTIVITY_ENDS);
        if (ended >= date_days(y->now.today) || !str_is(v_str(v.activities.p[i]->v[ACTIVITY_STATE]), "open")) continue;
        demo_turn(w, &y->now, date_from_days(ended + 1));
        TRY(demo_take(w, &activity, v.activities.p[i]->id, "carry_out", NULL));
    }
    return OK;
}

/* ---- the year ------------------------------------------------------------------------------------------------- */

static work_fn *const parts[] = { demo_plan, demo_money, demo_contract, demo_delivery, demo_end, demo_target };

struct running { struct demo_year *year; work_fn *part; };

/* A transaction that is begun again begins on the same day. */
static enum err run(struct work *w, void *arg)
{
    struct running *r = arg;
    w->today = r->year->now.today;
    r->year->now.at = w->writing.at;
    return r->part(w, r->year);
}

static int year_of(struct date today)
{
    if (today.year < PROGRAMME_FROM) return PROGRAMME_FROM;
    return today.year > PROGRAMME_LAST ? PROGRAMME_LAST : today.year;
}

enum err demo_year(struct work *w, Str files)
{
    struct actor before = w->actor;
    struct demo_year y = { .now = { w->today, 0 }, .year = year_of(w->today), .files = files };
    struct record *ward;
    bool demo;
    TRY(demo_is(w, &demo));
    if (!demo) return ERR_DENIED;
    TRY(account_with_email(w, S("ward@demo.example"), &ward));
    y.ward = v_str(ward->v[ACCOUNT_WARD]);
    enum err e = OK;
    for (size_t i = 0; !e && i < COUNT(parts); i++) e = work_write(w, run, &(struct running){ &y, parts[i] });
    w->today = y.now.today;
    w->actor = before;
    return e;
}
