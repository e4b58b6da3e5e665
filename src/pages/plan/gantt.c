/* gantt.c - the course of the year: a row for each activity and task, with a bar from its first day to its last across the quarters, and a line where today is. */
#include "pages/plan/planning.h"

#include "format/chart.h"

static const char *const heads[] = { N_("Activity or task"), N_("Course of the year"), N_("When"), N_("Responsible agency"), N_("State") };
enum { WHAT, COURSE, WHEN, UNIT, STATE };

struct fields { int starts, ends, agency, state; };
static const struct fields of_activity = { ACTIVITY_STARTS, ACTIVITY_ENDS, ACTIVITY_AGENCY, ACTIVITY_STATE };
static const struct fields of_task = { TASK_STARTS, TASK_ENDS, TASK_AGENCY, TASK_STATE };

/* How much of the plan's year has passed at the beginning of the day; below 0 and above 1 in other years. */
static double share_of_year(const struct planning *p, struct date day, int days_more)
{
    int64_t first = date_days((struct date){ plan_year(p), 1, 1 }), next = date_days((struct date){ plan_year(p) + 1, 1, 1 });
    return (double)(date_days(day) + days_more - first) / (double)(next - first);
}

static void put_bar(struct planning *p, const struct record *r, const struct fields *f)
{
    struct at *at = &p->at;
    struct date from, to;
    table_cell_open(&at->h, at_tr(at, heads[COURSE]));
    html_class(&at->h, "course");
    if (date_from_iso(v_str(r->v[f->starts]), &from) && date_from_iso(v_str(r->v[f->ends]), &to))
        html_raw(&at->h, chart_course(at->q->a, days_text(&at->w, r, f->starts, f->ends), share_of_year(p, from, 0), share_of_year(p, to, 1), share_of_year(p, at->w.today, 0),
                                      state_of(r)->done));
    html_close(&at->h, "td");
}

static void put_row(struct planning *p, const struct record *r, const struct fields *f, Str path, const char *class)
{
    struct at *at = &p->at;
    html_open(&at->h, "tr");
    html_class(&at->h, class);
    table_cell_open(&at->h, at_tr(at, heads[WHAT]));
    html_class(&at->h, "sentence");
    html_link(&at->h, request_link(at->q, path), NULL, record_title(&at->w, r));
    html_close(&at->h, "td");
    put_bar(p, r, f);
    table_cell(&at->h, at_tr(at, heads[WHEN]), days_text(&at->w, r, f->starts, f->ends));
    table_cell(&at->h, at_tr(at, heads[UNIT]), record_text(&at->w, r, f->agency));
    table_cell(&at->h, at_tr(at, heads[STATE]), record_text(&at->w, r, f->state));
    html_close(&at->h, "tr");
}

static void put_heading(struct planning *p)
{
    static const char *const quarters[] = { N_("Quarter I"), N_("Quarter II"), N_("Quarter III"), N_("Quarter IV") };
    struct at *at = &p->at;
    html_open(&at->h, "thead");
    html_open(&at->h, "tr");
    for (size_t i = 0; i < COUNT(heads); i++) {
        html_open(&at->h, "th");
        html_attr(&at->h, "scope", S("col"));
        html_text(&at->h, at_tr(at, heads[i]));
        if (i == COURSE) {
            html_open(&at->h, "span");
            html_class(&at->h, "quarters");
            for (size_t k = 0; k < COUNT(quarters); k++) html_leaf(&at->h, "span", at_tr(at, quarters[k]));
            html_close(&at->h, "span");
        }
        html_close(&at->h, "th");
    }
    html_close(&at->h, "tr");
    html_close(&at->h, "thead");
}

static void put_table(struct planning *p)
{
    struct at *at = &p->at;
    const struct plan_view *v = &p->view;
    table_open_named(&at->h, S("table-course"), at_tr(at, N_("Course of the year")));
    put_heading(p);
    html_open(&at->h, "tbody");
    for (size_t i = 0; i < v->activities.n; i++) {
        put_row(p, v->activities.p[i], &of_activity, activity_path(at->q->a, v->activities.p[i]->id), "tree-activity");
        for (size_t k = 0; k < v->tasks.n; k++)
            if (v_i64(v->tasks.p[k]->v[TASK_ACTIVITY]) == v->activities.p[i]->id)
                put_row(p, v->tasks.p[k], &of_task, task_path(at->q->a, v->tasks.p[k]->id), "tree-task");
    }
    table_end(&at->h);
}

enum err plan_gantt(struct request *q, struct reply *r)
{
    struct planning p;
    TRY(planning_at(q, r, &p));
    if (p.at.w.today.year == plan_year(&p))
        html_leaf_class(&p.at.h, "p", "form-hint", at_say(&p.at, MSG(N_("The line stands at today, {1}."), at_day(&p.at, p.at.w.today))));
    if (p.view.activities.n) put_table(&p);
    else put_empty(&p.at, N_("The plan is empty yet. Add its first activity: a fair, a class, a round of consulting; then its tasks and what they cost."));
    return planning_reply(&p, "gantt", N_("Course of the year"), (Html){ { 0 } });
}
