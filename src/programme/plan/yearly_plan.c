/*
 * yearly_plan.c - the plan of a year and its way: written, submitted to finance, approved by decision, adjusted for reasons, closed.
 *
 * Whoever decides must decide on what is there: once it is submitted, a plan holds its activities, tasks and costs as they are until it is returned or
 * adjusted (plan_holds, on every way of writing).  Each approval freezes the plan as a version.
 */
#include "programme/plan/inside.h"

static const struct choice states[] = {
    { "draft",     N_("Being written") },
    { "submitted", N_("Submitted to finance"), .days = 15 },
    { "returned",  N_("To be completed"), .days = 10 },
    { "approved",  N_("Approved") },
    { "adjusting", N_("Being adjusted") },
    { "closed",    N_("Closed"), .done = true },
    { NULL },
};

static const struct field fields[] = {
    [PLAN_TITLE_VI] = { "title_vi", N_("Plan"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED | PAIR, .max = 300, .weight = 8, .both = N_("Plan") },
    [PLAN_TITLE_EN] = { "title_en", N_("Plan, in English"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 8 },
    [PLAN_YEAR] = { "year", N_("Year"), &year_type, REQUIRED | UNIQUE | PUBLIC | LISTED | FIXED },
    [PLAN_NOTE] = { "note", N_("Note"), &long_text_type, OWNER, .max = 4000 },
    [PLAN_COPIED_FROM] = { "copied_from", N_("Copied from"), &reference_type, OWNER, .to = &yearly_plan, .writers = SYSTEM },
    [PLAN_DECISION] = { "decision", N_("Number of the decision"), &text_type, PUBLIC | LISTED, .max = 100, .section = N_("Decision"),
        .help = N_("By which the plan is approved; of an adjustment, that on the adjustment.") },
    [PLAN_DECIDED_ON] = { "decided_on", N_("Decided on"), &date_type, PUBLIC | LISTED },
    [PLAN_VERSION] = { "version", N_("Version"), &integer_type, PUBLIC | LISTED, .least = 0, .most = 1000, .writers = SYSTEM },
    [PLAN_REASON] = { "reason", N_("Why it is being adjusted"), &long_text_type, OWNER, .max = NOTE_MOST, .writers = SYSTEM },
    [PLAN_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [PLAN_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == PLAN_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { EVERYBODY,                 MAY_READ, PUBLIC_FIELDS, ROWS_PUBLISHED },
    { FINANCE | AGENCY | LEADER, MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { OFFICER | ADMIN,           MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static bool published(const struct record *r) { return v_i64(r->v[PLAN_VERSION]) > 0; }

static bool in_state(const struct record *r, const char *state) { return str_is(v_str(r->v[PLAN_STATE]), state); }

bool plan_open(const struct record *plan_of)
{
    return in_state(plan_of, "draft") || in_state(plan_of, "returned") || in_state(plan_of, "adjusting");
}

/* ---- what a plan holds --------------------------------------------------------------------------------- */

Message plan_holds(const struct work *w, const struct record *plan_of, const struct record *r, const int *free, int *field)
{
    struct work reading = *w;
    struct record *was;
    if (plan_open(plan_of)) return NO_MESSAGE;
    Str year = str_f(w->a, "%d", (int)v_i64(plan_of->v[PLAN_YEAR])), state = tr(w->lang, state_of(plan_of)->label);
    if (!r->id) return MSG(N_("The plan of {1} is in the state “{2}”: nothing can be added to it. It must be returned or adjusted first."), year, state);
    if (record_load(&reading, r->e, r->id, &was)) return NO_MESSAGE;
    int held = field_held(was, r, free);
    if (held < 0) return NO_MESSAGE;
    *field = held;
    return MSG(N_("The plan of {1} is in the state “{2}” and stands as it is. To change this, it must be returned or adjusted first."), year, state);
}

enum err plan_kept(struct work *w, const struct record *plan_of, const struct record *was, const struct record *now, const int *free)
{
    if (!plan_of || plan_open(plan_of)) return OK;
    return was && now && field_held(was, now, free) < 0 ? OK : ERR_DENIED;
}

/* ---- what may be saved ---------------------------------------------------------------------------------- */

Message check_days(const struct work *w, const struct record *r, int starts, int ends, int year, int *field)
{
    const int both[] = { starts, ends };
    struct date day[2] = { { 0 } };
    for (size_t i = 0; i < COUNT(both); i++) {
        *field = both[i];
        bool said = date_from_iso(v_str(r->v[both[i]]), &day[i]);
        if (said && year && day[i].year != year) return MSG(N_("The day must lie in the year of the plan, {1}."), str_f(w->a, "%d", year));
    }
    return day[0].year && day[1].year && date_days(day[1]) < date_days(day[0]) ? MSG(N_("It cannot end before it begins.")) : NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    int64_t year = v_i64(r->v[PLAN_YEAR]);
    *field = PLAN_YEAR;
    if (year < PROGRAMME_FROM || year > PROGRAMME_LAST)
        return MSG(N_("The programme is for the years {1} to {2}."), str_f(w->a, "%d", PROGRAMME_FROM), str_f(w->a, "%d", PROGRAMME_LAST));
    *field = PLAN_DECIDED_ON;
    return str_cmp(v_str(r->v[PLAN_DECIDED_ON]), date_iso(w->a, w->today)) > 0 ? MSG(N_("The day of the decision cannot lie in the future.")) : NO_MESSAGE;
}

static const struct step steps[] = {
    { "submit", N_("Submit to finance"), "draft|returned|adjusting", "submitted", OFFICER, .tell = FINANCE | LEADER, .told = N_("{1} was submitted.") },
    { "return", N_("Return it to be completed"), "submitted", "returned", FINANCE | LEADER, .is = STEP_NOTE | STEP_BAD, .tell = OFFICER, .told = N_("{1} was returned to be completed.") },
    { "approve", N_("Approve"), "submitted", "approved", LEADER, .tell = OFFICER | FINANCE, .told = N_("{1} is approved.") },
    { "adjust", N_("Adjust"), "approved", "adjusting", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = FINANCE | LEADER, .told = N_("{1} is being adjusted.") },
    { "close", N_("Close the year"), "approved", "closed", OFFICER, .is = STEP_QUIET, .tell = FINANCE | LEADER, .told = N_("{1} is closed.") },
};
static const struct workflow flow = { PLAN_STATE, PLAN_DUE, STEPS(steps) };

const struct entity yearly_plan = {
    .name = "yearly_plan", .path = "plans", .one = N_("Yearly plan"), .many = N_("Yearly plans"), .shelf = N_("The year's plan"), FIELDS(fields), .title = PLAN_TITLE_VI,
    .id_prefix = "KE", .rights = rights, .workflow = &flow, .check = check, .published = published,
    .about = N_("The programme’s plan of each year, with the decision that approved it."),
};
