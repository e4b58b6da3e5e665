/*
 * plan_tree.c - one plan: first what is to be done next on it, then its tree of contents, activities and tasks with their days, units and money by
 * source, then what stands above a norm.  The address narrows it (content, agency, source); files have one row for each task.
 */
#include "pages/plan/planning.h"

/* ---- what is looked at ---------------------------------------------------------------------------------- */

struct narrowed { Str content, agency, source; };

struct tree {
    struct planning  p;
    struct narrowed  by;
    struct records  *tasks;                 /* of each activity that is shown, parallel to view.activities */
    bool            *shown;
};

static bool paid_by_source(const struct record *task_of, Str source)
{
    const struct records *lines = &task_of->children[TASK_COSTS];
    for (size_t i = 0; i < lines->n; i++)
        if (paid_from(lines->p[i], source)) return true;
    return false;
}

static bool task_among(const struct narrowed *by, const struct record *t)
{
    return (!by->agency.n || str_eq(by->agency, v_str(t->v[TASK_AGENCY]))) && (!by->source.n || paid_by_source(t, by->source));
}

/* An activity without tasks is shown where nothing is asked of tasks, so that it is not forgotten. */
static bool activity_among(const struct narrowed *by, const struct record *a, size_t tasks)
{
    if (by->content.n && !str_eq(by->content, v_str(a->v[ACTIVITY_CONTENT]))) return false;
    return tasks || (!by->source.n && (!by->agency.n || str_eq(by->agency, v_str(a->v[ACTIVITY_AGENCY]))));
}

static enum err tree_at(struct request *q, struct reply *r, struct tree *out)
{
    *out = (struct tree){ .by = { params_get(&q->query, "content"), params_get(&q->query, "agency"), params_get(&q->query, "source") } };
    TRY(planning_at(q, r, &out->p));
    const struct plan_view *v = &out->p.view;
    out->tasks = NEW_ARRAY(q->a, struct records, v->activities.n + 1);
    out->shown = NEW_ARRAY(q->a, bool, v->activities.n + 1);
    for (size_t i = 0; i < v->activities.n; i++) {
        for (size_t k = 0; k < v->tasks.n; k++)
            if (v_i64(v->tasks.p[k]->v[TASK_ACTIVITY]) == v->activities.p[i]->id && task_among(&out->by, v->tasks.p[k])) *GROW(q->a, out->tasks[i]) = v->tasks.p[k];
        out->shown[i] = activity_among(&out->by, v->activities.p[i], out->tasks[i].n);
    }
    return OK;
}

static struct paid paid_of(struct tree *t, size_t activity_at)
{
    struct paid sum = { 0 };
    for (size_t i = 0; i < t->tasks[activity_at].n; i++) paid_add(&t->p.at.w, &sum, t->tasks[activity_at].p[i]);
    return sum;
}

/* ---- as files: a row for each task ------------------------------------------------------------------------ */

static const struct grid_column columns[] = {
    { "content", N_("Content of the programme") }, { "activity", N_("Activity") }, { "activity_id", N_("Number of the activity") },
    { "participations", N_("Participations expected") }, { "enterprises", N_("Enterprises expected") }, { "task", N_("Task") }, { "task_id", N_("Number of the task") },
    { "agency", N_("Responsible agency") }, { "starts", N_("Begins on") }, { "ends", N_("Ends on") }, { "total", N_("Cost, đồng") },
    { "budget", N_("From the city’s budget, đồng") }, { "participants", N_("From those who take part, đồng") }, { "others", N_("From others, đồng") }, { "state", N_("State") },
};

static void put_file_row(struct grid *g, struct tree *t, const struct record *a, const struct record *of)
{
    struct work *w = &t->p.at.w;
    struct paid sum = of ? paid_of_task(w, of) : (struct paid){ 0 };
    grid_text(g, record_text(w, a, ACTIVITY_CONTENT));
    grid_text(g, record_title(w, a));
    grid_text(g, public_id(w->a, &activity, a->id));
    grid_number(g, (double)v_i64(a->v[ACTIVITY_PARTICIPATIONS]));
    grid_number(g, (double)v_i64(a->v[ACTIVITY_ENTERPRISES]));
    grid_text(g, of ? record_title(w, of) : (Str){ 0 });
    grid_text(g, of ? public_id(w->a, &task, of->id) : (Str){ 0 });
    grid_text(g, of ? record_text(w, of, TASK_AGENCY) : record_text(w, a, ACTIVITY_AGENCY));
    grid_text(g, of ? v_str(of->v[TASK_STARTS]) : v_str(a->v[ACTIVITY_STARTS]));
    grid_text(g, of ? v_str(of->v[TASK_ENDS]) : v_str(a->v[ACTIVITY_ENDS]));
    for (int k = 0; k < PAID_BY; k++) grid_whole(g, sum.of[k], (Str){ 0 });
    grid_text(g, of ? record_text(w, of, TASK_STATE) : record_text(w, a, ACTIVITY_STATE));
}

static enum err reply_file(struct tree *t)
{
    const struct plan_view *v = &t->p.view;
    struct grid g = grid_make(t->p.at.q, (struct figure){ .id = "plan", .caption = N_("Contents and tasks") }, columns, COUNT(columns), NULL);
    for (size_t i = 0; i < v->activities.n; i++) {
        if (!t->shown[i]) continue;
        if (!t->tasks[i].n) put_file_row(&g, t, v->activities.p[i], NULL);
        for (size_t k = 0; k < t->tasks[i].n; k++) put_file_row(&g, t, v->activities.p[i], t->tasks[i].p[k]);
    }
    return grid_reply(t->p.at.r, &g, NULL, 0);
}

/* ---- what is missing still ----------------------------------------------------------------------------------- */

static void put_missing(struct tree *t, const struct record *r, Str path, const char *sentence)
{
    struct at *at = &t->p.at;
    html_open(&at->h, "li");
    html_link(&at->h, request_link(at->q, path), NULL, record_title(&at->w, r));
    html_text(&at->h, S(" "));
    html_leaf_class(&at->h, "span", "entry-meta", at_tr(at, sentence));
    html_close(&at->h, "li");
}

static bool has_tasks(const struct plan_view *v, const struct record *a)
{
    for (size_t i = 0; i < v->tasks.n; i++)
        if (v_i64(v->tasks.p[i]->v[TASK_ACTIVITY]) == a->id) return true;
    return false;
}

/* While the plan is written: what nobody has costed yet. */
static void put_unfinished(struct tree *t)
{
    const struct plan_view *v = &t->p.view;
    struct at *at = &t->p.at;
    size_t missing = 0;
    if (!plan_changeable(at->record)) return;
    for (size_t i = 0; i < v->activities.n; i++) missing += !has_tasks(v, v->activities.p[i]);
    for (size_t i = 0; i < v->tasks.n; i++) missing += !v->tasks.p[i]->children[TASK_COSTS].n;
    if (!missing) return;
    section_open(at, "missing", N_("What is missing still"));
    html_open(&at->h, "ul");
    for (size_t i = 0; i < v->activities.n; i++)
        if (!has_tasks(v, v->activities.p[i])) put_missing(t, v->activities.p[i], activity_path(at->q->a, v->activities.p[i]->id), N_("has no task yet"));
    for (size_t i = 0; i < v->tasks.n; i++)
        if (!v->tasks.p[i]->children[TASK_COSTS].n) put_missing(t, v->tasks.p[i], task_path(at->q->a, v->tasks.p[i]->id), N_("has no line of cost yet"));
    html_close(&at->h, "ul");
    html_close(&at->h, "section");
}

/* ---- money by source -------------------------------------------------------------------------------------------- */

static const struct grid_column source_columns[] = { { "source", N_("Source"), "label" }, { "amount", N_("Amount, đồng"), "value" } };

static int64_t amount_of(const struct tree *t, Str source)
{
    const struct records *tasks = &t->p.view.tasks;
    int64_t sum = 0;
    for (size_t i = 0; i < tasks->n; i++)
        for (size_t k = 0; k < tasks->p[i]->children[TASK_COSTS].n; k++) sum += paid_from(tasks->p[i]->children[TASK_COSTS].p[k], source);
    return sum;
}

static void put_sources(struct tree *t)
{
    struct at *at = &t->p.at;
    size_t n;
    const struct code *const *sources = codes_of(at->w.codes, S("fund_source"), &n);
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "sources", .caption = N_("Who pays") }, source_columns, COUNT(source_columns), NULL);
    int64_t all = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t amount = amount_of(t, sources[i]->key);
        struct params state = params_with(at->q->a, &(struct params){ 0 }, "source", sources[i]->key);
        all += amount;
        grid_text(&g, sources[i]->name[at->q->lang]);
        grid_whole(&g, amount, amount ? request_url(at->q, &state) : (Str){ 0 });
    }
    grid_sum(&g);
    grid_text(&g, at_tr(at, N_("In all")));
    grid_whole(&g, all, (Str){ 0 });
    html_open(&at->h, "section");
    html_class(&at->h, "network-table");
    html_leaf(&at->h, "h2", at_tr(at, N_("Who pays")));
    grid_html(&at->h, &g);
    html_close(&at->h, "section");
}

/* ---- narrowing ------------------------------------------------------------------------------------------------ */

static void put_choice(struct tree *t, const char *name, const char *list, const char *label, Str chosen)
{
    struct at *at = &t->p.at;
    struct html *h = &at->h;
    size_t n;
    const struct code *const *codes = codes_of(at->w.codes, str_of(list), &n);
    html_open(h, "div");
    html_class(h, "form-field");
    open_labelled_select(h, name, "form-label", at_tr(at, label));
    put_select_option(h, (Str){ 0 }, at_tr(at, N_("all")), !chosen.n);
    for (size_t i = 0; i < n; i++) put_select_option(h, codes[i]->key, codes[i]->name[at->q->lang], str_eq(chosen, codes[i]->key));
    html_close(h, "select");
    html_close(h, "div");
}

static void put_filter(struct tree *t)
{
    struct at *at = &t->p.at;
    html_open(&at->h, "form");
    html_class(&at->h, "network-filter");
    html_attr(&at->h, "aria-label", at_tr(at, N_("Which tasks are shown")));
    html_href(&at->h, "action", request_link(at->q, at->q->path));
    put_choice(t, "content", "programme_content", N_("Content of the programme"), t->by.content);
    put_choice(t, "agency", "agency", N_("Responsible agency"), t->by.agency);
    put_choice(t, "source", "fund_source", N_("Source"), t->by.source);
    desk_submit(&at->h, at->q, "button button-quiet", at_tr(at, N_("Show")));
    html_close(&at->h, "form");
}

/* ---- the tree ------------------------------------------------------------------------------------------------- */

static const char *const heads[] = {
    N_("Activity or task"), N_("When"), N_("Responsible agency"), N_("Participations expected"), N_("Enterprises expected"), N_("Cost, đồng"),
    N_("From the city’s budget, đồng"), N_("From those who take part, đồng"), N_("From others, đồng"), N_("State"),
};
enum { HEAD_WHAT, HEAD_WHEN, HEAD_AGENCY, HEAD_PARTICIPATIONS, HEAD_ENTERPRISES, HEAD_MONEY, HEAD_STATE = HEAD_MONEY + PAID_BY };

static void put_count(struct at *at, int head, Val v)
{
    table_cell_open(&at->h, at_tr(at, heads[head]));
    html_class(&at->h, "number");
    if (v_is(v)) html_text(&at->h, page_number(&at->w, v_i64(v)));
    html_close(&at->h, "td");
}

static void put_paid(struct at *at, const struct paid *sum)
{
    for (int k = 0; k < PAID_BY; k++) put_count(at, HEAD_MONEY + k, v_int(sum->of[k]));
}

static void put_named(struct at *at, Str path, const struct record *r)
{
    table_cell_open(&at->h, at_tr(at, heads[HEAD_WHAT]));
    html_class(&at->h, "sentence");
    html_link(&at->h, request_link(at->q, path), NULL, record_title(&at->w, r));
}

static bool above_norm(struct tree *t, const struct record *task_of)
{
    const struct records *lines = &task_of->children[TASK_COSTS];
    for (size_t i = 0; i < lines->n; i++)
        if (norm_wrong(&t->p.at.w, &t->p.norms, lines->p[i]).id) return true;
    return false;
}

static void put_task(struct tree *t, const struct record *of)
{
    struct at *at = &t->p.at;
    struct paid sum = paid_of_task(&at->w, of);
    html_open(&at->h, "tr");
    html_class(&at->h, "tree-task");
    put_named(at, task_path(at->q->a, of->id), of);
    if (above_norm(t, of)) {
        html_text(&at->h, S(" "));
        html_leaf_class(&at->h, "span", "badge badge-warn", at_tr(at, N_("above the norm")));
    }
    html_close(&at->h, "td");
    table_cell(&at->h, at_tr(at, heads[HEAD_WHEN]), days_text(&at->w, of, TASK_STARTS, TASK_ENDS));
    table_cell(&at->h, at_tr(at, heads[HEAD_AGENCY]), record_text(&at->w, of, TASK_AGENCY));
    put_count(at, HEAD_PARTICIPATIONS, v_null());
    put_count(at, HEAD_ENTERPRISES, v_null());
    put_paid(at, &sum);
    table_cell(&at->h, at_tr(at, heads[HEAD_STATE]), record_text(&at->w, of, TASK_STATE));
    html_close(&at->h, "tr");
}

static void put_activity(struct tree *t, size_t i)
{
    struct at *at = &t->p.at;
    const struct record *a = t->p.view.activities.p[i];
    struct paid sum = paid_of(t, i);
    html_open(&at->h, "tr");
    html_class(&at->h, "tree-activity");
    put_named(at, activity_path(at->q->a, a->id), a);
    html_close(&at->h, "td");
    table_cell(&at->h, at_tr(at, heads[HEAD_WHEN]), days_text(&at->w, a, ACTIVITY_STARTS, ACTIVITY_ENDS));
    table_cell(&at->h, at_tr(at, heads[HEAD_AGENCY]), record_text(&at->w, a, ACTIVITY_AGENCY));
    put_count(at, HEAD_PARTICIPATIONS, a->v[ACTIVITY_PARTICIPATIONS]);
    put_count(at, HEAD_ENTERPRISES, a->v[ACTIVITY_ENTERPRISES]);
    put_paid(at, &sum);
    table_cell(&at->h, at_tr(at, heads[HEAD_STATE]), record_text(&at->w, a, ACTIVITY_STATE));
    html_close(&at->h, "tr");
    for (size_t k = 0; k < t->tasks[i].n; k++) put_task(t, t->tasks[i].p[k]);
}

/* Sums over all that is shown of one content; of every one where content is empty. */
static void put_sums(struct tree *t, Str title, Str content)
{
    struct at *at = &t->p.at;
    struct paid sum = { 0 };
    int64_t participations = 0;
    for (size_t i = 0; i < t->p.view.activities.n; i++) {
        const Val *v = t->p.view.activities.p[i]->v;
        if (!t->shown[i] || (content.n && !str_eq(content, v_str(v[ACTIVITY_CONTENT])))) continue;
        struct paid one = paid_of(t, i);
        for (int k = 0; k < PAID_BY; k++) sum.of[k] += one.of[k];
        participations += v_i64(v[ACTIVITY_PARTICIPATIONS]);
    }
    html_open(&at->h, "tr");
    html_class(&at->h, "sum");
    html_open(&at->h, "th");
    html_attr(&at->h, "scope", content.n ? S("rowgroup") : S("row"));
    html_attr(&at->h, "colspan", S("3"));
    html_text(&at->h, title);
    html_close(&at->h, "th");
    put_count(at, HEAD_PARTICIPATIONS, v_int(participations));
    put_count(at, HEAD_ENTERPRISES, v_null());          /* the same enterprise may take part in several */
    put_paid(at, &sum);
    table_cell(&at->h, at_tr(at, heads[HEAD_STATE]), (Str){ 0 });
    html_close(&at->h, "tr");
}

static Str content_title(struct at *at, Str key)
{
    const struct code *k = code_find(at->w.codes, S("programme_content"), key);
    return k ? str_f(at->q->a, "%.*s. %.*s", FMT(k->code), FMT(k->name[at->q->lang])) : key;
}

/* Activities come by content: a row group for each. */
static void put_groups(struct tree *t)
{
    const struct records *activities = &t->p.view.activities;
    struct at *at = &t->p.at;
    Str content = { 0 };
    for (size_t i = 0; i < activities->n; i++) {
        if (!t->shown[i]) continue;
        Str own = v_str(activities->p[i]->v[ACTIVITY_CONTENT]);
        if (!str_eq(own, content)) {
            if (content.n) html_close(&at->h, "tbody");
            html_open(&at->h, "tbody");
            put_sums(t, content_title(at, own), own);
            content = own;
        }
        put_activity(t, i);
    }
    if (content.n) html_close(&at->h, "tbody");
    html_open(&at->h, "tfoot");
    put_sums(t, at_tr(at, N_("In all")), (Str){ 0 });
    html_close(&at->h, "tfoot");
}

static bool any_shown(const struct tree *t)
{
    for (size_t i = 0; i < t->p.view.activities.n; i++) if (t->shown[i]) return true;
    return false;
}

static void put_tree(struct tree *t)
{
    struct at *at = &t->p.at;
    html_open(&at->h, "section");
    html_class(&at->h, "network-table");
    html_open(&at->h, "div");
    html_class(&at->h, "section-head");
    html_leaf(&at->h, "h2", at_tr(at, N_("Contents and tasks")));
    html_open(&at->h, "p");
    html_class(&at->h, "formats");
    html_link(&at->h, request_url_as(at->q, AS_CSV), "format", S("CSV"));
    html_link(&at->h, request_url_as(at->q, AS_XLSX), "format", S("XLSX"));
    html_close(&at->h, "p");
    html_close(&at->h, "div");
    if (any_shown(t)) {
        table_open_named(&at->h, S("table-plan"), at_tr(at, N_("Contents and tasks")));
        table_head(&at->h, at->q->lang, heads, COUNT(heads));
        put_groups(t);
        table_close(&at->h);
    } else if (t->p.view.activities.n) put_empty(at, N_("Nothing of the plan is so. Show another content, agency or source."));
    else put_empty(at, N_("The plan is empty yet. Add its first activity: a fair, a class, a round of consulting; then its tasks and what they cost."));
    html_close(&at->h, "section");
}

/* ---- above a norm ------------------------------------------------------------------------------------------------ */

static void put_above(struct tree *t, const struct record *of, const struct record *line, Message what)
{
    struct at *at = &t->p.at;
    html_open(&at->h, "li");
    html_link(&at->h, request_link(at->q, str_f(at->q->a, "%.*s#costs", FMT(task_path(at->q->a, of->id)))), NULL, record_title(&at->w, of));
    html_text(&at->h, str_f(at->q->a, " · %.*s: %.*s", FMT(v_str(line->v[COST_ITEM])), FMT(at_say(at, what))));
    html_close(&at->h, "li");
}

static void put_norms(struct tree *t)
{
    struct at *at = &t->p.at;
    bool any = false;
    for (size_t i = 0; i < t->p.view.tasks.n; i++) {
        const struct record *of = t->p.view.tasks.p[i];
        for (size_t k = 0; k < of->children[TASK_COSTS].n; k++) {
            Message what = norm_wrong(&at->w, &t->p.norms, of->children[TASK_COSTS].p[k]);
            if (!what.id) continue;
            if (!any) section_open(at, "norms", N_("Above the norm")), html_open(&at->h, "ul");
            any = true;
            put_above(t, of, of->children[TASK_COSTS].p[k], what);
        }
    }
    if (any) html_close(&at->h, "ul"), html_close(&at->h, "section");
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

static Html actions(struct tree *t)
{
    struct at *at = &t->p.at;
    struct html h = html_make(at->q->a);
    Str id = public_id(at->q->a, &yearly_plan, at->record->id);
    if (plan_changeable(at->record)) put_new(&h, at, &activity, N_("Add an activity"), str_f(at->q->a, "plan=%.*s", FMT(id)));
    if (at_rights(at) & MAY_CHANGE) html_link(&h, at_url(at, "edit"), "button button-quiet", at_tr(at, N_("Edit")));
    html_link(&h, at_url(at, "history"), "button button-quiet", at_tr(at, N_("History")));
    return html_done(&h);
}

enum err plan_page(struct request *q, struct reply *r)
{
    struct tree t;
    TRY(tree_at(q, r, &t));
    if (q->as != AS_PAGE) return reply_file(&t);
    put_workflow(&t.p.at);
    put_unfinished(&t);
    put_filter(&t);
    put_tree(&t);
    put_norms(&t);
    put_sources(&t);
    return planning_reply(&t.p, NULL, NULL, actions(&t));
}
