/* dashboard_work.c - what waits for a role, what is late, how far the tasks of the year are.  A number is counted as the list it leads to counts. */
#include "pages/target/dashboard.h"

enum { MINE = 10 };

/* ---- numbers that are the length of a list ------------------------------------------------------------- */

/* filter and late: as in the address of a list, "@30" being the day in 30 days and "@year" the year of the page; late: beside filter, where it says the same
 * name in its place; or NULL. */
struct counted { const char *label; const struct entity *e; const char *filter, *late; Roles who; };

static Str value_of(struct dashboard *d, Str value)
{
    struct arena *a = d->m.at.q->a;
    int64_t days;
    if (str_is(value, "@year")) return str_f(a, "%d", d->m.asked.year);
    if (!str_starts(value, S("@")) || !str_to_i64(str_sub(value, 1, value.n), &days)) return value;
    return date_iso(a, date_from_days(date_days(d->m.at.w.today) + days));
}

static void add_filter(struct dashboard *d, const char *filter, struct params *out)
{
    Str rest = str_of(filter), pair, name, value;
    while (str_next(&rest, '&', &pair))
        if (str_cut(pair, '=', &name, &value)) *GROW(d->m.at.q->a, *out) = (struct param){ name, value_of(d, value) };
}

static bool is_named(const struct params *list, Str name)
{
    for (size_t i = 0; i < list->n; i++) if (str_eq(list->p[i].name, name)) return true;
    return false;
}

static struct params filter_of(struct dashboard *d, const char *filter)
{
    struct params out = { 0 };
    add_filter(d, filter, &out);
    return out;
}

static struct params late_of(struct dashboard *d, const struct counted *c)
{
    struct params all = filter_of(d, c->filter), late = filter_of(d, c->late), out = { 0 };
    for (size_t i = 0; i < all.n; i++) if (!is_named(&late, all.p[i].name)) *GROW(d->m.at.q->a, out) = all.p[i];
    add_filter(d, c->late, &out);
    return out;
}

static enum err put_count(struct dashboard *d, struct grid *g, const struct entity *e, const struct params *filter)
{
    struct at *at = &d->m.at;
    struct list_query query;
    Message why;
    int64_t n;
    struct asked *asked = NEW_ARRAY(at->q->a, struct asked, filter->n + 1);
    for (size_t i = 0; i < filter->n; i++) asked[i] = (struct asked){ filter->p[i].name, filter->p[i].value };
    MUST(!list_read(&at->w, e, asked, filter->n, "", &query, &why));        /* the filters are ours */
    TRY(list_count(&at->w, e, &query, 0, &n));
    grid_whole(g, n, url_of(at->q->a, at->q->lang, desk_path(at->q->a, e, 0, NULL), AS_PAGE, filter));
    return OK;
}

static enum err put_counted(struct dashboard *d, struct grid *g, const struct counted *c)
{
    struct params filter = filter_of(d, c->filter), late;
    grid_text(g, at_tr(&d->m.at, c->label));
    TRY(put_count(d, g, c->e, &filter));
    if (!c->late) return grid_text(g, (Str){ 0 }), OK;
    late = late_of(d, c);
    return put_count(d, g, c->e, &late);
}

#define LATE "due.max=@-1"

static const struct counted waiting[] = {
    { N_("Plans to be checked"), &yearly_plan, "state=submitted", LATE, FINANCE },
    { N_("Contracts to be checked"), &contract, "state=checking", LATE, FINANCE },
    { N_("Contracts to be approved"), &contract, "state=approving", LATE, LEADER },
    { N_("Payment requests to be checked"), &payment_request, "state=sent", LATE, OFFICER | ADMIN },
    { N_("Payments approved by the programme, to be paid"), &payment_request, "state=programme_approved", LATE, FINANCE | OFFICER | ADMIN },
    { N_("Settlements to be checked"), &settlement, "state=submitted", LATE, FINANCE | OFFICER | ADMIN },
    { N_("Settlements to be closed"), &settlement, "state=approved", LATE, FINANCE },
    { N_("Tasks that are not accepted yet"), &task, "year=@year&state=planned&state=choosing&state=under_way", "ends.max=@-1", OFFICER | ADMIN | LEADER },
    { N_("Contracts in force that end within 30 days"), &contract, "state=in_force&ends.max=@30", "ends.max=@-1", OFFICER | ADMIN | LEADER },
    { N_("Milestones due within 30 days"), &milestone, "state=planned&due_on.max=@30", "due_on.max=@-1", OFFICER | ADMIN },
    { N_("Calls that close within 7 days"), &call, "state=open&closes_on.max=@7", "closes_on.max=@-1", OFFICER | ADMIN },
    { N_("Calls being appraised"), &call, "state=appraising", LATE, OFFICER | ADMIN },
    { N_("Acceptances with the ward"), &acceptance, "state=with_ward", LATE, OFFICER | ADMIN },
    { N_("Acceptances to be decided"), &acceptance, "state=confirmed", LATE, OFFICER | ADMIN },
    { N_("Reports of progress to be read"), &progress_report, "state=sent", LATE, OFFICER | ADMIN },
    { N_("Reports of progress to be written"), &progress_report, "state=due", LATE, OFFICER | ADMIN },
    { N_("Inspections with something to put right"), &inspection, "state=remedy", LATE, OFFICER | ADMIN },
};

static const struct counted of_wards[] = {
    { N_("Enterprises"), &enterprise, "", NULL, WARD },
    { N_("Acceptances to be confirmed"), &acceptance, "state=with_ward", LATE, WARD },
    { N_("Inspections planned"), &inspection, "state=planned", "planned_on.max=@-1", WARD },
    { N_("Inspections with something to put right"), &inspection, "state=remedy", LATE, WARD },
    { N_("Participations in the year"), &participation, "year=@year&state=attended", NULL, WARD },
};

static const struct grid_column counted_columns[] = { { "what", N_("What"), "label" }, { "number", N_("How many"), "value" }, { "late", N_("Of them late"), "value" } };

static enum err count_all(struct dashboard *d, struct grid *g, const struct counted *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].who & d->as) TRY(put_counted(d, g, &list[i]));
    return OK;
}

enum err part_waiting(struct dashboard *d, struct grid *g)
{
    *g = grid_make(d->m.at.q, (struct figure){ .kind = "bars", .id = "waiting", .caption = N_("What waits, and what is late") }, counted_columns, COUNT(counted_columns), NULL);
    return count_all(d, g, waiting, COUNT(waiting));
}

enum err part_ward(struct dashboard *d, struct grid *g)
{
    *g = grid_make(d->m.at.q, (struct figure){ .id = "ward", .caption = N_("Your ward or commune") }, counted_columns, COUNT(counted_columns), NULL);
    return count_all(d, g, of_wards, COUNT(of_wards));
}

/* ---- one's own tasks ------------------------------------------------------------------------------------- */

static const struct grid_column task_columns[] = { { "what", N_("What") }, { "kind", N_("Kind") }, { "state", N_("State") }, { "due", N_("Due on") } };

enum err part_my_tasks(struct dashboard *d, struct grid *g)
{
    struct at *at = &d->m.at;
    struct tasks list;
    TRY(tasks_of(&at->w, MINE, &list));
    *g = grid_make(at->q, (struct figure){ .id = "mine", .caption = N_("My tasks") }, task_columns, COUNT(task_columns), N_("Nothing waits for you."));
    for (size_t i = 0; i < list.n; i++) {
        const struct task *t = &list.p[i];
        grid_link(g, request_link(at->q, t->path), t->title);
        grid_text(g, t->e ? at_tr(at, t->e->one) : (Str){ 0 });
        grid_text(g, t->state);
        grid_text(g, t->due.year ? at_day(at, t->due) : (Str){ 0 });
    }
    return OK;
}

/* ---- how far tasks are ------------------------------------------------------------------------------------- */

static const struct grid_column progress_columns[] = { { "state", N_("State"), "label" }, { "tasks", N_("Tasks"), "value" } };

enum err part_progress(struct dashboard *d, struct grid *g)
{
    struct arena *a = d->m.at.q->a;
    *g = grid_make(d->m.at.q, (struct figure){ .kind = "bars", .id = "progress", .caption = N_("How far the year’s tasks are") }, progress_columns, COUNT(progress_columns), NULL);
    for (const struct choice *c = task.fields[TASK_STATE].choices; c->code; c++) {
        struct params filter = filter_of(d, str_z(a, str_f(a, "year=@year&state=%s", c->code)));
        grid_text(g, at_tr(&d->m.at, c->label));
        TRY(put_count(d, g, &task, &filter));
    }
    return OK;
}

static const struct grid_column late_columns[] = { { "agency", N_("Agency"), "label" }, { "late", N_("Tasks past their last day"), "value" } };

enum err part_late_agencies(struct dashboard *d, struct grid *g)
{
    struct at *at = &d->m.at;
    struct rows r = db_query(at->w.db, at->q->a, SQL("SELECT agency, count(*) FROM task WHERE year = $1 AND state IN ('planned', 'choosing', 'under_way') AND ends < $2"
                                                     " GROUP BY agency ORDER BY count(*) DESC, agency"),
                             ARGS(v_int(d->m.asked.year), v_text(date_iso(at->q->a, at->w.today))));
    *g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "late", .caption = N_("What is late, by agency") }, late_columns, COUNT(late_columns),
                   N_("No task of the year is past its last day."));
    while (rows_next(&r)) {
        struct params filter = filter_of(d, "year=@year&state=planned&state=choosing&state=under_way&ends.max=@-1");
        filter = params_with(at->q->a, &filter, "agency", row_text(&r, 0));
        grid_text(g, money_code(at, "agency", row_text(&r, 0)));
        grid_whole(g, row_int(&r, 1), url_of(at->q->a, at->q->lang, desk_path(at->q->a, &task, 0, NULL), AS_PAGE, &filter));
    }
    return rows_end(&r);
}
