/* plans.c - the plans of all years side by side, and the beginning of another one: empty, or copied from an earlier year. */
#include "pages/plan/planning.h"

#define PLACE "/plan"

/* ---- the years --------------------------------------------------------------------------------------- */

enum { YEAR, PLAN, STATE, VERSION, DECISION, ACTIVITIES, PARTICIPATIONS, IN_ALL, BUDGET, PARTICIPANTS, OTHERS };
static const struct grid_column columns[] = {
    [YEAR] = { "year", N_("Year"), "label" },
    [PLAN] = { "plan", N_("Plan") },
    [STATE] = { "state", N_("State") },
    [VERSION] = { "version", N_("Version") },
    [DECISION] = { "decision", N_("Number of the decision") },
    [ACTIVITIES] = { "activities", N_("Activities") },
    [PARTICIPATIONS] = { "participations", N_("Participations expected") },
    [IN_ALL] = { "total", N_("Cost, đồng") },
    [BUDGET] = { "budget", N_("From the city’s budget, đồng"), "value" },
    [PARTICIPANTS] = { "participants", N_("From those who take part, đồng"), "value" },
    [OTHERS] = { "others", N_("From others, đồng"), "value" },
};

/* What a plan comes to; of all of them, by two queries that load none. */
struct plan_sum { int64_t plan, activities, participations; struct paid paid; };
struct plan_sums { struct plan_sum *p; size_t n, cap; };

static struct plan_sum *sum_of(struct plan_sums *sums, int64_t plan)
{
    size_t i = 0;
    while (i < sums->n && sums->p[i].plan != plan) i++;
    return i < sums->n ? &sums->p[i] : NULL;
}

static enum err count_activities(struct work *w, struct plan_sums *out)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT plan, count(*), CAST(coalesce(sum(participations), 0) AS bigint) FROM activity GROUP BY plan"), NO_ARGS);
    while (rows_next(&r)) *GROW(w->a, *out) = (struct plan_sum){ .plan = row_int(&r, 0), .activities = row_int(&r, 1), .participations = row_int(&r, 2) };
    return rows_end(&r);
}

static enum err add_costs(struct work *w, struct plan_sums *to)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT activity.plan, source, rest_source, CAST(sum(cost_line.support) AS bigint), CAST(sum(rest) AS bigint)"
                                              " FROM cost_line JOIN task ON task.id = cost_line.task JOIN activity ON activity.id = task.activity"
                                              " GROUP BY activity.plan, source, rest_source"), NO_ARGS);
    while (rows_next(&r)) {
        struct plan_sum *sum = sum_of(to, row_int(&r, 0));
        MUST(sum);                                          /* a plan with costs has activities    */
        paid_add_from(w, &sum->paid, row_text(&r, 1), row_int(&r, 3));
        paid_add_from(w, &sum->paid, row_text(&r, 2), row_int(&r, 4));
    }
    return rows_end(&r);
}

static void put_plan(struct grid *g, struct at *at, const struct record *r, const struct plan_sum *sum)
{
    grid_text(g, record_text(&at->w, r, PLAN_YEAR));
    grid_link(g, request_link(at->q, plan_path(at->q->a, r->id, NULL)), record_title(&at->w, r));
    grid_text(g, record_text(&at->w, r, PLAN_STATE));
    grid_number(g, (double)v_i64(r->v[PLAN_VERSION]));
    grid_text(g, record_text(&at->w, r, PLAN_DECISION));
    grid_whole(g, sum ? sum->activities : 0, (Str){ 0 });
    grid_whole(g, sum ? sum->participations : 0, (Str){ 0 });
    for (int k = 0; k < PAID_BY; k++) grid_whole(g, sum ? sum->paid.of[k] : 0, (Str){ 0 });
}

/* The newest year first. */
static enum err load_plans(struct at *at, struct records *out)
{
    struct list list;
    TRY(list_load(&at->w, &yearly_plan, &(struct list_query){ .sort = PLAN_YEAR, .descending = true, .limit = LIST_LIMIT }, false, &list));
    *out = list.records;
    return OK;
}

static enum err fill(struct grid *g, struct at *at, const struct records *plans)
{
    struct plan_sums sums = { 0 };
    TRY(count_activities(&at->w, &sums));
    TRY(add_costs(&at->w, &sums));
    for (size_t i = 0; i < plans->n; i++) put_plan(g, at, plans->p[i], sum_of(&sums, plans->p[i]->id));
    return OK;
}

/* ---- another one ---------------------------------------------------------------------------------------- */

static int next_year(const struct at *at, const struct records *plans)
{
    return plans->n ? (int)v_i64(plans->p[0]->v[PLAN_YEAR]) + 1 : at->w.today.year + 1;
}

static void put_making(struct at *at, const struct records *plans, Message wrong)
{
    struct html *h = &at->h;
    Str year = params_get(&at->q->form, "year"), from = params_get(&at->q->form, "from");
    if (!may(&at->w, &yearly_plan, MAY_CREATE)) return;
    section_open(at, "make", N_("Make the plan of another year"));
    put_refusal(at, wrong);
    desk_form_open(h, at->q, at->r, request_link(at->q, S(PLACE)), "network-filter", false);
    put_text_input(h, "text", "year", at_tr(at, N_("Year")), year.n ? year : str_f(at->q->a, "%d", next_year(at, plans)));
    html_open(h, "div");
    html_class(h, "form-field");
    open_labelled_select(h, "from", "form-label", at_tr(at, N_("Begin with")));
    for (size_t i = 0; i < plans->n; i++) {
        Str id = public_id(at->q->a, &yearly_plan, plans->p[i]->id);
        put_select_option(h, id, at_say(at, MSG(N_("a copy of: {1}"), record_title(&at->w, plans->p[i]))), str_eq(id, from));
    }
    put_select_option(h, (Str){ 0 }, at_tr(at, N_("an empty plan")), year.n && !from.n);
    html_close(h, "select");
    html_close(h, "div");
    desk_submit(h, at->q, "button", at_tr(at, N_("Make the plan")));
    html_close(h, "form");
    html_leaf_class(h, "p", "form-hint", at_tr(at, N_("A copy has all activities, tasks and lines of cost, their days in the new year; it is a draft, and nothing of it is decided.")));
    html_close(h, "section");
}

static enum err show(struct at *at, Message wrong)
{
    struct records plans;
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "plans", .caption = N_("Plans of all years"),
                              .lead = N_("What each year’s plan costs, by who pays.") }, columns, COUNT(columns),
                              N_("No year has a plan yet. Make the first one below: what is to be done, by whom, when, and what it costs."));
    TRY(load_plans(at, &plans));
    TRY(fill(&g, at, &plans));
    if (at->q->as != AS_PAGE) return grid_reply(at->r, &g, NULL, 0);
    grid_section(&at->h, &at->w, &g);
    put_making(at, &plans, wrong);
    return at_reply_as(at, DESK_PLAN, at_tr(at, N_("Plans of all years")), at_tr(at, N_("What the programme does in each year, when, by whom and with whose money.")));
}

enum err plans_page(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    return show(&at, NO_MESSAGE);
}

struct making { int64_t from, id; int year; Message why; };

static enum err copy(struct work *w, void *arg)
{
    struct making *m = arg;
    return plan_copy(w, m->from, m->year, &m->id, &m->why);
}

/* The form of an empty one, with what is known of it. */
static Str empty_plan(struct request *q, int year)
{
    struct params known = params_with(q->a, &(struct params){ 0 }, "year", str_f(q->a, "%d", year));
    known = params_with(q->a, &known, "title_vi", message_str(q->a, VI, MSG(N_("Plan of {1}"), str_f(q->a, "%d", year))));
    known = params_with(q->a, &known, "title_en", message_str(q->a, EN, MSG(N_("Plan of {1}"), str_f(q->a, "%d", year))));
    return url_of(q->a, q->lang, desk_path(q->a, &yearly_plan, 0, "new"), AS_PAGE, &known);
}

enum err plans_make(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct making m = { 0 };
    Str from = params_get(&q->form, "from");
    Val year;
    if (!may(&at.w, &yearly_plan, MAY_CREATE)) return reply_fail(r, ERR_DENIED, MSG(N_("You may read plans, but not make one.")));
    m.why = form_read_value(&at.w, &yearly_plan.fields[PLAN_YEAR], str_trim(params_get(&q->form, "year")), &year);
    if (!m.why.id && !v_is(year)) m.why = MSG(N_("Say for which year."));
    if (!m.why.id && from.n && !public_id_read(&yearly_plan, from, &m.from)) m.why = MSG(N_("“{1}” is no plan."), from);
    m.year = (int)v_i64(year);
    if (!m.why.id && !from.n) return reply_redirect(r, 303, empty_plan(q, m.year));
    enum err e = m.why.id ? ERR_INVALID : work_write(&at.w, copy, &m);
    if (e && m.why.id) {
        r->status = err_status(e);
        return show(&at, m.why);
    }
    TRY(e);
    return desk_done(q, r, plan_path(q->a, m.id, NULL), "made", 0, 0, 0);
}
