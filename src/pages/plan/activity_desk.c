/* activity_desk.c - one activity: where it stands, its tasks, who is expected and who came: participations and distinct enterprises apart. */
#include "pages/plan/planning.h"

#include "model/type.h"
#include "programme/delivery/delivery.h"
#include "programme/inside.h"

/* ---- who came ----------------------------------------------------------------------------------------- */

static const struct grid_column came_columns[] = { { "what", N_("What is counted") }, { "expected", N_("Expected") }, { "came", N_("So far") } };

static void put_counted(struct grid *g, struct at *at, const char *what, Val expected, int64_t came, Str url)
{
    grid_text(g, at_tr(at, what));
    if (v_is(expected)) grid_whole(g, v_i64(expected), (Str){ 0 });
    else grid_text(g, (Str){ 0 });
    grid_whole(g, came, url);
}

static enum err came_grid(struct at *at, struct grid *g)
{
    struct participation_counts n;
    const Val *v = at->record->v;
    Str list_of = request_link(at->q, str_f(at->q->a, "/delivery/activities/%.*s", FMT(public_id(at->q->a, &activity, at->record->id))));
    Str url = may_list(&at->w, &participation) ? list_of : (Str){ 0 };
    TRY(participations_count(&at->w, &(struct participation_asked){ .from_year = (int)v_i64(v[ACTIVITY_YEAR]), .to_year = (int)v_i64(v[ACTIVITY_YEAR]),
                                                                     .activity = at->record->id }, &n));
    *g = grid_make(at->q, (struct figure){ .id = "participations", .caption = N_("Who came") }, came_columns, COUNT(came_columns), NULL);
    put_counted(g, at, N_("Participations: each enterprise once"), v[ACTIVITY_PARTICIPATIONS], n.participations, url);
    put_counted(g, at, N_("Different enterprises"), v[ACTIVITY_ENTERPRISES], n.enterprises, url);
    put_counted(g, at, N_("People"), v_null(), n.people, url);
    return OK;
}

/* ---- its tasks ------------------------------------------------------------------------------------------- */

static const struct grid_column task_columns[] = {
    { "task", N_("Task") }, { "agency", N_("Responsible agency") }, { "starts", N_("Begins on") }, { "ends", N_("Ends on") }, { "total", N_("Cost, đồng") },
    { "budget", N_("From the city’s budget, đồng") }, { "participants", N_("From those who take part, đồng") }, { "others", N_("From others, đồng") },
    { "state", N_("State") }, { "id", N_("Number"), .files_only = true },
};

static void put_task(struct grid *g, struct at *at, const struct record *t)
{
    struct paid sum = paid_of_task(&at->w, t);
    grid_link(g, request_link(at->q, task_path(at->q->a, t->id)), record_title(&at->w, t));
    grid_text(g, record_text(&at->w, t, TASK_AGENCY));
    grid_text(g, record_text(&at->w, t, TASK_STARTS));
    grid_text(g, record_text(&at->w, t, TASK_ENDS));
    for (int k = 0; k < PAID_BY; k++) grid_whole(g, sum.of[k], (Str){ 0 });
    grid_text(g, record_text(&at->w, t, TASK_STATE));
    grid_text(g, public_id(at->q->a, &task, t->id));
}

static enum err task_grid(struct at *at, struct grid *g)
{
    struct records tasks;
    TRY(related(at, &task, TASK_ACTIVITY, at->record->id, &tasks));
    *g = grid_make(at->q, (struct figure){ .id = "tasks", .caption = N_("Tasks") }, task_columns, COUNT(task_columns),
                   N_("No task yet. An activity is carried out in tasks: each has somebody responsible, its days and its cost."));
    for (size_t i = 0; i < tasks.n; i++) put_task(g, at, tasks.p[i]);
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------------------------ */

/* A task begins as its activity: same agency, same days. */
static Str task_known(struct at *at)
{
    static const struct { int of; const char *name; } same[] = { { ACTIVITY_AGENCY, "agency" }, { ACTIVITY_STARTS, "starts" }, { ACTIVITY_ENDS, "ends" }, { ACTIVITY_WARD, "ward" } };
    struct params known = params_with(at->q->a, &(struct params){ 0 }, "activity", public_id(at->q->a, &activity, at->record->id));
    for (size_t i = 0; i < COUNT(same); i++) {
        struct buf text = buf_make(at->q->a);
        if (v_is(at->record->v[same[i].of])) put_spelt(&text, &at->w, &activity.fields[same[i].of], at->record->v[same[i].of]);
        known = params_with(at->q->a, &known, same[i].name, buf_str(&text));
    }
    return params_str(at->q->a, &known);
}

static Html actions(struct at *at, const struct record *plan_of)
{
    struct html h = html_make(at->q->a);
    Str id = public_id(at->q->a, &activity, at->record->id);
    if (plan_of && plan_changeable(plan_of)) put_new(&h, at, &task, N_("Add a task"), task_known(at));
    if (may_list(&at->w, &participation))
        html_link(&h, request_link(at->q, str_f(at->q->a, "/delivery/activities/%.*s", FMT(id))), "button button-quiet", at_tr(at, N_("Who takes part")));
    if (v_i64(at->record->v[ACTIVITY_APPROVED]))
        html_link(&h, request_link(at->q, str_f(at->q->a, "/activities/%.*s", FMT(id))), "button button-quiet", at_tr(at, N_("Public page")));
    if (at_rights(at) & MAY_CHANGE) html_link(&h, at_url(at, "edit"), "button button-quiet", at_tr(at, N_("Edit")));
    html_link(&h, at_url(at, "history"), "button button-quiet", at_tr(at, N_("History")));
    return html_done(&h);
}

enum err activity_desk(struct request *q, struct reply *r)
{
    static const int shown[] = { ACTIVITY_CONTENT, ACTIVITY_KIND, ACTIVITY_AGENCY, ACTIVITY_PLACE, ACTIVITY_WARD, ACTIVITY_TEXT };
    struct at at = at_desk(q, r);
    struct grid tables[2];
    size_t which;
    at.e = &activity;
    TRY(desk_record(q, r, &at.w, &activity, MAY_READ, &at.record));
    TRY(task_grid(&at, &tables[0]));
    TRY(came_grid(&at, &tables[1]));
    if (q->as != AS_PAGE) {
        TRY(grid_asked(q, r, tables, COUNT(tables), &which));
        return grid_reply(r, &tables[which], NULL, 0);
    }
    const struct record *plan_of = named(&at.w, at.record, ACTIVITY_PLAN, &yearly_plan);
    put_workflow(&at);
    html_raw(&at.h, facts_html(&at.w, at.record, shown, COUNT(shown)));
    if (may_list(&at.w, &task)) grid_section(&at.h, &at.w, &tables[0]);
    grid_section(&at.h, &at.w, &tables[1]);
    struct desk_page page = { .title = record_title(&at.w, at.record), .place = DESK_PLAN, .content = html_done(&at.h), .actions = actions(&at, plan_of),
        .lead = days_text(&at.w, at.record, ACTIVITY_STARTS, ACTIVITY_ENDS) };
    if (plan_of && reach_of(&at.w, plan_of).reads >= OWN_FIELDS)
        page.crumbs[0].url = request_link(q, plan_path(q->a, plan_of->id, NULL)), page.crumbs[0].label = record_title(&at.w, plan_of);
    return desk_reply(q, r, &page);
}
