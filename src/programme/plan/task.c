/*
 * task.c - what somebody is to deliver for an activity, with its lines of cost.  A task is one record from plan to settlement; who carries it out, what
 * was accepted and what was paid moves it on (programme/contract, programme/delivery), by steps that are the program's own.
 */
#include "programme/plan/inside.h"


#include <math.h>

static const struct choice modes[] = { { "own", N_("The agency itself") }, { "provider", N_("A provider that is selected") }, { NULL } };
static const struct choice reports[] = { { "none", N_("No reports") }, { "monthly", N_("Every month") }, { "quarterly", N_("Every quarter") }, { NULL } };
static const struct choice states[] = {
    { "planned",   N_("In the plan") },
    { "choosing",  N_("A provider is being selected") },
    { "under_way", N_("Under way") },
    { "accepted",  N_("Delivered and accepted") },
    { "settled",   N_("Settled"), .done = true },
    { "cancelled", N_("Cancelled"), .done = true },
    { NULL },
};

/* ---- lines of cost ------------------------------------------------------------------------------------ */

#define MONEY .least = 0, .most = (double)MONEY_MOST
static const struct field cost_fields[] = {
    [COST_ITEM] = { "item", N_("Item of cost"), &text_type, REQUIRED | KEY | PUBLIC | LISTED, .max = 300 },
    [COST_KIND] = { "kind", N_("Kind of expense"), &code_type, REQUIRED | KEY | PUBLIC | LISTED, .list = "expense_kind" },
    [COST_QUANTITY] = { "quantity", N_("Quantity"), &number_type, REQUIRED | PUBLIC | LISTED, .least = 0, .most = 1e9, .unit_by = "unit", .help = N_("At most three decimals.") },
    [COST_UNIT] = { "unit", N_("Unit"), &code_type, PUBLIC | LISTED, .list = "unit" },
    [COST_PRICE] = { "price", N_("Price a unit"), &money_type, REQUIRED | PUBLIC | LISTED, MONEY },
    [COST_TOTAL] = { "total", N_("Cost"), &money_type, PUBLIC | LISTED | COMPUTED },
    [COST_SOURCE] = { "source", N_("Paid from"), &code_type, REQUIRED | KEY | PUBLIC | LISTED, .list = "fund_source" },
    [COST_SUPPORT] = { "support", N_("Of which paid from there"), &money_type, REQUIRED | PUBLIC | LISTED, MONEY, .help = N_("In đồng, at most the whole cost of the line.") },
    [COST_REST_SOURCE] = { "rest_source", N_("The rest is paid from"), &code_type, PUBLIC | LISTED, .list = "fund_source" },
    [COST_REST] = { "rest", N_("Rest"), &money_type, PUBLIC | LISTED | COMPUTED },
    [COST_NORM] = { "norm", N_("Norm"), &reference_type, PUBLIC | LISTED, .to = &norm, .help = N_("The regulation that says how much the budget may pay of it.") },
    [COST_NORM_UNITS] = { "norm_units", N_("Units the norm’s cap is for"), &integer_type, PUBLIC, .least = 0, .most = 1000000,
        .help = N_("How many participating units, say, where the norm allows so much for each.") },
};
_Static_assert(COUNT(cost_fields) == COST_FIELD_COUNT, "every field has a row");

__extension__ typedef __int128 Wide;

bool cost_total(const struct record *cost, int64_t *total)
{
    Wide thousandths = (Wide)llround(v_f64(cost->v[COST_QUANTITY]) * 1000) * v_i64(cost->v[COST_PRICE]);
    Wide dong = (thousandths + 500) / 1000;
    *total = dong <= MONEY_MOST ? (int64_t)dong : MONEY_MOST;
    return dong <= MONEY_MOST;
}

bool is_budget(const struct work *w, Str source)
{
    const struct code *k = code_find(w->codes, S("fund_source"), source);
    return k && str_is(code_extra(k, S("budget")), "1");
}

int64_t cost_of_budget(const struct work *w, const struct record *cost)
{
    int64_t sum = is_budget(w, v_str(cost->v[COST_SOURCE])) ? v_i64(cost->v[COST_SUPPORT]) : 0;
    return sum + (is_budget(w, v_str(cost->v[COST_REST_SOURCE])) ? v_i64(cost->v[COST_REST]) : 0);
}

static Message check_cost(const struct work *w, const struct record *r, int *field)
{
    double quantity = v_f64(r->v[COST_QUANTITY]);
    int64_t total;
    *field = COST_QUANTITY;
    if (round(quantity * 1000) / 1000 != quantity) return MSG(N_("A quantity has at most three decimals."));
    *field = COST_PRICE;
    if (!cost_total(r, &total)) return MSG(N_("Quantity times price is more than any plan could hold. Look for a digit too many."));
    *field = COST_SUPPORT;
    if (v_i64(r->v[COST_SUPPORT]) > total)
        return MSG(N_("The line costs {1} đồng; more than that cannot be paid from one source: {2} đồng."), amount_str(w, total), amount_str(w, v_i64(r->v[COST_SUPPORT])));
    *field = COST_REST_SOURCE;
    if (v_i64(r->v[COST_SUPPORT]) < total && !v_is(r->v[COST_REST_SOURCE]))
        return MSG(N_("Say who pays the rest of {1} đồng."), amount_str(w, total - v_i64(r->v[COST_SUPPORT])));
    const struct record *by = named(w, r, COST_NORM, &norm);
    *field = COST_NORM;
    if (v_is(r->v[COST_NORM]) && !by) return MSG(N_("There is no such norm."));
    *field = COST_NORM_UNITS;
    return by && v_is(by->v[NORM_CAP]) && !v_is(r->v[COST_NORM_UNITS]) ? MSG(N_("The norm has a cap for each unit: say how many units there are.")) : NO_MESSAGE;
}

const struct entity cost_line = {
    .name = "cost_line", .parent = &task, .one = N_("Line of cost"), .many = N_("Lines of cost"), FIELDS(cost_fields), .check = check_cost,
};

/* ---- the task -------------------------------------------------------------------------------------------- */

static const struct field fields[] = {
    [TASK_TITLE_VI] = { "title_vi", N_("Task"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED | PAIR, .max = 300, .weight = 8, .both = N_("Task") },
    [TASK_TITLE_EN] = { "title_en", N_("Task, in English"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 8 },
    [TASK_ACTIVITY] = { "activity", N_("Activity"), &reference_type, REQUIRED | PUBLIC | LISTED | INDEXED | FIXED, .to = &activity },
    [TASK_YEAR] = { "year", N_("Year"), &year_type, PUBLIC | LISTED | INDEXED, .writers = SYSTEM },
    [TASK_CONTENT] = { "content", N_("Content of the programme"), &code_type, PUBLIC | LISTED, .list = "programme_content", .writers = SYSTEM },
    [TASK_AGENCY] = { "agency", N_("Responsible agency"), &code_type, REQUIRED | PUBLIC | LISTED, .list = "agency", .help = N_("To whom the money of this task is allocated.") },
    [TASK_MODE] = { "mode", N_("Carried out by"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = modes },
    [TASK_STARTS] = { "starts", N_("Begins on"), &date_type, REQUIRED | PUBLIC | LISTED | INDEXED, .section = N_("When and where") },
    [TASK_ENDS] = { "ends", N_("Ends on"), &date_type, REQUIRED | PUBLIC | LISTED },
    [TASK_PLACE] = { "place", N_("Place"), &text_type, PUBLIC, .max = 300 },
    [TASK_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | INDEXED, .list = "ward", .help = N_("It takes part in the acceptance.") },
    [TASK_RESULT] = { "result", N_("What is to be there in the end"), &long_text_type, PUBLIC, .max = 4000 },
    [TASK_COSTS] = { "costs", N_("Lines of cost"), &children_type, PUBLIC, .to = &cost_line, .section = N_("Money") },
    [TASK_TOTAL] = { "total", N_("Cost"), &money_type, PUBLIC | LISTED | COMPUTED },
    [TASK_SUPPORT] = { "support", N_("Of which from the city’s budget"), &money_type, PUBLIC | LISTED | COMPUTED },
    [TASK_REPORTS] = { "reports", N_("Progress reports"), &choice_type, PUBLIC, .choices = reports, .help = N_("How often whoever carries it out reports."), .section = N_("Carrying out") },
    [TASK_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == TASK_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { FINANCE | AGENCY | LEADER, MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { WARD,                      MAY_READ, PUBLIC_FIELDS, ROWS_WARD, TASK_WARD },
    { OFFICER | ADMIN,           MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

/* ---- what may be saved ------------------------------------------------------------------------------ */

static const int free_fields[] = { TASK_TITLE_EN, TASK_PLACE, TASK_REPORTS, TASK_TOTAL, TASK_SUPPORT, TASK_STATE, -1 };

static const struct record *plan_of(const struct work *w, const struct record *r)
{
    const struct record *in = named(w, r, TASK_ACTIVITY, &activity);
    return in ? named(w, in, ACTIVITY_PLAN, &yearly_plan) : NULL;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *in = plan_of(w, r);
    *field = TASK_ACTIVITY;
    if (!in) return MSG(N_("There is no such activity."));
    Message m = plan_holds(w, in, r, free_fields, field);
    return m.id ? m : check_days(w, r, TASK_STARTS, TASK_ENDS, (int)v_i64(in->v[PLAN_YEAR]), field);
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *in = r->id ? NULL : named(w, r, TASK_ACTIVITY, &activity);
    int64_t total = 0, support = 0;
    if (in) r->v[TASK_YEAR] = in->v[ACTIVITY_YEAR];
    if (in) r->v[TASK_CONTENT] = in->v[ACTIVITY_CONTENT];
    for (size_t i = 0; i < r->children[TASK_COSTS].n; i++) {
        struct record *c = r->children[TASK_COSTS].p[i];
        int64_t cost;
        cost_total(c, &cost);
        c->v[COST_TOTAL] = v_int(cost);
        c->v[COST_REST] = v_int(cost - v_i64(c->v[COST_SUPPORT]));
        total += cost;
        support += cost_of_budget(w, c);
    }
    r->v[TASK_TOTAL] = v_int(total);
    r->v[TASK_SUPPORT] = v_int(support);
}

/* What is left open is as with the activity. */
static enum err complete(struct work *w, struct record *row)
{
    static const struct { int field, from; } same[] = {
        { TASK_AGENCY, ACTIVITY_AGENCY }, { TASK_STARTS, ACTIVITY_STARTS }, { TASK_ENDS, ACTIVITY_ENDS }, { TASK_PLACE, ACTIVITY_PLACE }, { TASK_WARD, ACTIVITY_WARD },
    };
    const struct record *of = named(w, row, TASK_ACTIVITY, &activity);
    for (size_t i = 0; of && i < COUNT(same); i++)
        if (!v_is(row->v[same[i].field])) row->v[same[i].field] = of->v[same[i].from];
    return OK;
}

/* Under another activity than before (two were merged), or back after it was deleted, it is of its activity's content as that is now; of another year it cannot be. */
static enum err as_its_activity(struct work *w, const struct record *now)
{
    const struct record *in = named(w, now, TASK_ACTIVITY, &activity);
    struct record *moved = record_copy(w->a, now);
    bool changed;
    if (!in || !val_eq(in->v[ACTIVITY_YEAR], now->v[TASK_YEAR])) return ERR_DENIED;
    moved->v[TASK_CONTENT] = in->v[ACTIVITY_CONTENT];
    return record_save(w, now, moved, &changed);
}

static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    TRY(plan_kept(w, plan_of(w, now ? now : was), was, now, free_fields));
    return now && (!was || !val_eq(was->v[TASK_ACTIVITY], now->v[TASK_ACTIVITY])) ? as_its_activity(w, now) : OK;
}

static Message stays(const struct work *w, const struct record *r) { return plan_keeps(w, plan_of(w, r)); }

/* ---- its way ------------------------------------------------------------------------------------------ */

static Message may_begin(const struct work *w, const struct record *r)
{
    const struct record *in = named(w, r, TASK_ACTIVITY, &activity);
    if (!in || !v_i64(in->v[ACTIVITY_APPROVED])) return MSG(N_("First the plan must be approved."));
    return str_is(v_str(r->v[TASK_MODE]), "own") ? NO_MESSAGE : MSG(N_("A task that a provider carries out begins with its contract."));
}

/* What is committed would be lost sight of: it is freed first. */
static Message owes_nothing(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    struct balance b;
    if (balance_of_task(&reading, r->id, &b)) return MSG(N_("The money of the task cannot be read just now."));
    return b.of[MONEY_COMMITTED] ? MSG(N_("{1} đồng are committed to this task. Free them first."), amount_str(w, b.of[MONEY_COMMITTED])) : NO_MESSAGE;
}

static const struct step steps[] = {
    { "begin", N_("Begin"), "planned", "under_way", OFFICER, .is = STEP_QUIET, .guard = may_begin },
    { "select", N_("Select a provider"), "planned", "choosing", 0, .is = STEP_AUTO },         /* a call was opened  */
    { "unselect", N_("No provider was selected"), "choosing", "planned", 0, .is = STEP_AUTO },
    { "engage", N_("A contract is in force"), "planned|choosing", "under_way", 0, .is = STEP_AUTO },
    { "release", N_("The contract was terminated"), "under_way", "planned", 0, .is = STEP_AUTO },
    { "accept", N_("Accept what was delivered"), "under_way", "accepted", 0, .is = STEP_AUTO },                  /* all of it          */
    { "settle", N_("Settle"), "under_way|accepted", "settled", 0, .is = STEP_AUTO },
    { "cancel", N_("Cancel"), "planned|choosing|under_way", "cancelled", OFFICER, .is = STEP_NOTE | STEP_BAD, .guard = owes_nothing, .tell = FINANCE | LEADER,
      .told = N_("The task {1} was cancelled.") },
};
static const struct workflow flow = { TASK_STATE, -1, STEPS(steps) };

const struct entity task = {
    .name = "task", .path = "plan-tasks", .one = N_("Task"), .many = N_("Tasks"), .shelf = N_("The year's plan"), FIELDS(fields), .title = TASK_TITLE_VI, .id_prefix = "NV",
    .rights = rights, .workflow = &flow, .check = check, .compute = compute, .complete = complete, .follow = follow, .stays = stays,
    .about = N_("What is to be delivered for an activity, by whom, when, and what it costs."),
};
