/*
 * task_desk.c - one task from its cost to its settlement: where it stands and what may be done next, its lines of cost against the norms, its money, and all
 * that belongs to it (call, contract, milestones, reports, inspections, acceptance, payments) as a line of time that leads to each.
 */
#include "pages/plan/planning.h"

#include "programme/delivery/delivery.h"
#include "programme/inside.h"

#include <stdlib.h>

/* ---- lines of cost ------------------------------------------------------------------------------------ */

static const struct grid_column cost_columns[] = {
    { "item", N_("Item of cost") }, { "kind", N_("Kind of expense") }, { "quantity", N_("Quantity") }, { "unit", N_("Unit") }, { "price", N_("Price a unit, đồng") },
    { "total", N_("Cost, đồng") }, { "source", N_("Paid from") }, { "support", N_("Of which paid from there, đồng") }, { "rest_source", N_("The rest is paid from") },
    { "rest", N_("Rest, đồng") }, { "norm", N_("Norm") },
};

static Str norm_text(struct at *at, const struct norms_then *norms, const struct record *line)
{
    Message wrong = norm_wrong(&at->w, norms, line);
    const struct record *by = child_with_id(&norms->all, v_i64(line->v[COST_NORM]));
    if (wrong.id) return str_f(at->q->a, "⚠ %.*s", FMT(at_say(at, wrong)));
    return by ? at_say(at, MSG(N_("within it: {1} ({2})"), record_title(&at->w, by), v_str(by->v[NORM_CITATION]))) : (Str){ 0 };
}

static void put_cost(struct grid *g, struct at *at, const struct norms_then *norms, const struct record *line)
{
    struct work *w = &at->w;
    grid_text(g, record_text(w, line, COST_ITEM));
    grid_text(g, record_text(w, line, COST_KIND));
    grid_exact(g, v_f64(line->v[COST_QUANTITY]));
    grid_text(g, record_text(w, line, COST_UNIT));
    grid_whole(g, v_i64(line->v[COST_PRICE]), (Str){ 0 });
    grid_whole(g, v_i64(line->v[COST_TOTAL]), (Str){ 0 });
    grid_text(g, record_text(w, line, COST_SOURCE));
    grid_whole(g, v_i64(line->v[COST_SUPPORT]), (Str){ 0 });
    grid_text(g, record_text(w, line, COST_REST_SOURCE));
    grid_whole(g, v_i64(line->v[COST_REST]), (Str){ 0 });
    grid_text(g, norm_text(at, norms, line));
}

static enum err cost_grid(struct at *at, struct grid *g)
{
    const struct records *lines = &at->record->children[TASK_COSTS];
    const struct record *in = named(&at->w, at->record, TASK_ACTIVITY, &activity), *plan_of = in ? named(&at->w, in, ACTIVITY_PLAN, &yearly_plan) : NULL;
    struct norms_then norms = { .on = at->w.today };
    if (plan_of) TRY(norms_then_of(&at->w, plan_of, &norms));
    *g = grid_make(at->q, (struct figure){ .id = "costs", .caption = N_("Lines of cost") }, cost_columns, COUNT(cost_columns),
                   N_("No line of cost yet. Add them where the task is edited: what, how many, at which price, who pays."));
    for (size_t i = 0; i < lines->n; i++) put_cost(g, at, &norms, lines->p[i]);
    return OK;
}

/* ---- its money ------------------------------------------------------------------------------------------ */

static const struct grid_column money_columns[] = { { "what", N_("Money of the task"), "label" }, { "amount", N_("Amount, đồng"), "value" } };

/* What stands behind a stage's sum. */
static Str vouchers_url(struct at *at, const char *stage)
{
    return request_link(at->q, str_f(at->q->a, "/money/vouchers?year=%d&task=%.*s&stage=%s", (int)v_i64(at->record->v[TASK_YEAR]),
                                     FMT(public_id(at->q->a, &task, at->record->id)), stage));
}

static enum err money_grid(struct at *at, struct grid *g)
{
    struct balance b;
    TRY(balance_of_task(&at->w, at->record->id, &b));
    *g = grid_make(at->q, (struct figure){ .id = "money", .caption = N_("Money of the task") }, money_columns, COUNT(money_columns), NULL);
    grid_text(g, at_tr(at, N_("In the plan")));
    grid_whole(g, v_i64(at->record->v[TASK_TOTAL]), (Str){ 0 });
    for (int stage = MONEY_COMMITTED; stage < MONEY_STAGES; stage++) {
        grid_text(g, at_tr(at, money_stages[stage].label));
        grid_whole(g, b.of[stage], b.of[stage] ? vouchers_url(at, money_stages[stage].code) : (Str){ 0 });
    }
    grid_text(g, at_tr(at, N_("Committed, not yet paid")));
    grid_whole(g, b.of[MONEY_COMMITTED] - b.of[MONEY_DISBURSED], (Str){ 0 });
    return OK;
}

/* ---- all that belongs to it ------------------------------------------------------------------------------ */

struct moment { const struct record *of; Str day; };
struct moments { struct moment *p; size_t n, cap; };

/* What names the task or one of its contracts; on which day it stands: the first of the fields that is filled. */
static const struct kin { const struct entity *e; int names; bool of_contract; int day[2]; } kin[] = {
    { &call, CALL_TASK, false, { CALL_OPENS_ON, CALL_OPENS_ON } },
    { &contract, CONTRACT_TASK, false, { CONTRACT_SIGNED_ON, CONTRACT_STARTS } },
    { &milestone, MILESTONE_CONTRACT, true, { MILESTONE_ACCEPTED_ON, MILESTONE_DUE_ON } },
    { &deliverable, DELIVERABLE_TASK, false, { DELIVERABLE_ON, DELIVERABLE_ON } },
    { &progress_report, PROGRESS_TASK, false, { PROGRESS_DUE, PROGRESS_DUE } },
    { &inspection, INSPECTION_TASK, false, { INSPECTION_VISITED_ON, INSPECTION_PLANNED_ON } },
    { &acceptance, ACCEPTANCE_TASK, false, { ACCEPTANCE_ON, ACCEPTANCE_ON } },
    { &payment_request, PAYMENT_TASK, false, { PAYMENT_PAID_ON, PAYMENT_SENT_ON } },
    { &payment_request, PAYMENT_CONTRACT, true, { PAYMENT_PAID_ON, PAYMENT_SENT_ON } },
    { &settlement, SETTLEMENT_TASK, false, { SETTLEMENT_REFUNDED_ON, SETTLEMENT_REFUNDED_ON } },
    { &settlement, SETTLEMENT_CONTRACT, true, { SETTLEMENT_REFUNDED_ON, SETTLEMENT_REFUNDED_ON } },
};

static bool is_there(const struct moments *all, const struct record *r)
{
    for (size_t i = 0; i < all->n; i++) if (all->p[i].of->e == r->e && all->p[i].of->id == r->id) return true;
    return false;
}

static enum err add_kin(struct at *at, const struct kin *k, int64_t id, struct moments *all)
{
    struct records list;
    TRY(related(at, k->e, k->names, id, &list));
    for (size_t i = 0; i < list.n; i++) {
        const Val *v = list.p[i]->v;
        if (is_there(all, list.p[i])) continue;             /* a payment may name both task and contract */
        *GROW(at->q->a, *all) = (struct moment){ list.p[i], v_str(v_is(v[k->day[0]]) ? v[k->day[0]] : v[k->day[1]]) };
    }
    return OK;
}

static enum err moments_of(struct at *at, struct moments *out)
{
    struct records contracts;
    *out = (struct moments){ 0 };
    TRY(related(at, &contract, CONTRACT_TASK, at->record->id, &contracts));
    for (size_t k = 0; k < COUNT(kin); k++) {
        if (!kin[k].of_contract) TRY(add_kin(at, &kin[k], at->record->id, out));
        for (size_t i = 0; kin[k].of_contract && i < contracts.n; i++) TRY(add_kin(at, &kin[k], contracts.p[i]->id, out));
    }
    return OK;
}

/* What has no day yet comes last; of one day, in the order in which a task goes. */
static int by_day(const void *a, const void *b)
{
    const struct moment *x = a, *y = b;
    if (!x->day.n != !y->day.n) return x->day.n ? -1 : 1;
    int days = str_cmp(x->day, y->day);
    return days ? days : (x < y ? -1 : 1);
}

static void put_moment(struct at *at, const struct moment *m)
{
    struct date day;
    bool coming = !date_from_iso(m->day, &day) || date_days(day) > date_days(at->w.today);
    html_open(&at->h, "li");
    if (coming) html_class(&at->h, "timeline-coming");
    html_leaf_class(&at->h, "span", "timeline-day", date_from_iso(m->day, &day) ? at_day(at, day) : at_tr(at, N_("To come")));
    html_text(&at->h, str_f(at->q->a, " %.*s: ", FMT(at_tr(at, m->of->e->one))));
    html_link(&at->h, request_link(at->q, desk_path(at->q->a, m->of->e, m->of->id, NULL)), NULL, record_title(&at->w, m->of));
    if (m->of->e->workflow) {
        html_text(&at->h, S(" "));
        html_leaf_class(&at->h, "span", "badge badge-quiet", record_text(&at->w, m->of, m->of->e->workflow->state));
    }
    html_close(&at->h, "li");
}

static enum err put_line_of_life(struct at *at)
{
    struct moments all;
    TRY(moments_of(at, &all));
    if (all.n) qsort(all.p, all.n, sizeof *all.p, by_day);
    section_open(at, "life", N_("From the call to the settlement"));
    if (all.n) html_open(&at->h, "ol"), html_class(&at->h, "timeline");
    for (size_t i = 0; i < all.n; i++) put_moment(at, &all.p[i]);
    if (all.n) html_close(&at->h, "ol");
    else put_empty(at, N_("Nothing has begun yet. Once the plan is approved, invite proposals, or begin the task if the agency carries it out itself."));
    html_close(&at->h, "section");
    return OK;
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

/* What may be begun for it: in which states, and of which mode (NULL: either). */
static const struct { const struct entity *e; const char *label, *states, *mode; } beginnings[] = {
    { &call, N_("Invite proposals"), "planned", "provider" },
    { &inspection, N_("Plan an inspection"), "under_way", NULL },
    { &acceptance, N_("Begin the minutes of acceptance"), "under_way", "own" },
    { &payment_request, N_("Ask for a payment"), "under_way|accepted", "own" },
    { &settlement, N_("Begin the settlement"), "accepted", "own" },
};

static Html actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    Str known = str_f(at->q->a, "task=%.*s", FMT(public_id(at->q->a, &task, at->record->id)));
    for (size_t i = 0; i < COUNT(beginnings); i++) {
        const char *mode = beginnings[i].mode;
        bool now = str_has(str_of(beginnings[i].states), v_str(at->record->v[TASK_STATE])) && (!mode || str_is(v_str(at->record->v[TASK_MODE]), mode));
        if (now) put_new(&h, at, beginnings[i].e, beginnings[i].label, known);
    }
    if (at_rights(at) & MAY_CHANGE) html_link(&h, at_url(at, "edit"), "button button-quiet", at_tr(at, N_("Edit")));
    html_link(&h, at_url(at, "history"), "button button-quiet", at_tr(at, N_("History")));
    return html_done(&h);
}

static enum err reply(struct at *at)
{
    struct request *q = at->q;
    struct desk_page page = { .title = record_title(&at->w, at->record), .place = DESK_PLAN, .content = html_done(&at->h), .actions = actions(at),
        .lead = days_text(&at->w, at->record, TASK_STARTS, TASK_ENDS) };
    const struct record *in = named(&at->w, at->record, TASK_ACTIVITY, &activity), *plan_of = in ? named(&at->w, in, ACTIVITY_PLAN, &yearly_plan) : NULL;
    size_t n = 0;
    if (plan_of && reach_of(&at->w, plan_of).reads >= OWN_FIELDS) {
        page.crumbs[n].url = request_link(q, plan_path(q->a, plan_of->id, NULL));
        page.crumbs[n++].label = record_title(&at->w, plan_of);
    }
    if (in && record_visible(&at->w, in)) page.crumbs[n].url = request_link(q, activity_path(q->a, in->id)), page.crumbs[n].label = record_title(&at->w, in);
    return desk_reply(q, at->r, &page);
}

enum err task_desk(struct request *q, struct reply *r)
{
    static const int shown[] = { TASK_CONTENT, TASK_AGENCY, TASK_MODE, TASK_PLACE, TASK_WARD, TASK_RESULT, TASK_REPORTS, TASK_TOTAL, TASK_SUPPORT };
    struct at at = at_desk(q, r);
    struct grid tables[2];
    size_t which;
    at.e = &task;
    TRY(desk_record(q, r, &at.w, &task, MAY_READ, &at.record));
    TRY(cost_grid(&at, &tables[0]));
    TRY(money_grid(&at, &tables[1]));
    if (q->as != AS_PAGE) {
        TRY(grid_asked(q, r, tables, COUNT(tables), &which));
        return grid_reply(r, &tables[which], NULL, 0);
    }
    put_workflow(&at);
    TRY(put_line_of_life(&at));
    html_raw(&at.h, facts_html(&at.w, at.record, shown, COUNT(shown)));
    grid_section(&at.h, &at.w, &tables[0]);
    grid_section(&at.h, &at.w, &tables[1]);
    return reply(&at);
}
