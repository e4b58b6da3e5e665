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
    { "closed",    N_("Year closed"), .done = true },
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
    [PLAN_DECIDED_ON] = { "decided_on", N_("Decided on"), &date_type, PUBLIC | LISTED | HAPPENED },
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

Message plan_keeps(const struct work *w, const struct record *plan_of)
{
    if (!plan_of || plan_open(plan_of)) return NO_MESSAGE;
    return MSG(N_("The plan of {1} is in the state “{2}”: nothing can be deleted from it. It must be returned or adjusted first; its new version is then without this. "
                  "Or cancel it, which keeps it in the plan."),
               str_f(w->a, "%d", (int)v_i64(plan_of->v[PLAN_YEAR])), tr(w->lang, state_of(plan_of)->label));
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

/* Once it is approved, what was decided by whom stands in the plan as in its version. */
static const int free_fields[] = { PLAN_TITLE_EN, PLAN_NOTE, PLAN_REASON, PLAN_STATE, PLAN_DUE, -1 };

static bool stands(const struct record *r) { return in_state(r, "approved") || in_state(r, "closed"); }

static Message check_stands(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    struct record *was;
    if (!r->id || !stands(r) || record_load(&reading, &yearly_plan, r->id, &was)) return NO_MESSAGE;
    int held = field_held(was, r, free_fields);
    if (held < 0) return NO_MESSAGE;
    *field = held;
    return MSG(N_("The plan is approved as it stands. To change it, adjust it."));
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    int64_t year = v_i64(r->v[PLAN_YEAR]);
    Message m = check_stands(w, r, field);
    if (m.id) return m;
    *field = PLAN_YEAR;
    if (year >= PROGRAMME_FROM && year <= PROGRAMME_LAST) return NO_MESSAGE;
    return MSG(N_("The programme is for the years {1} to {2}."), str_f(w->a, "%d", PROGRAMME_FROM), str_f(w->a, "%d", PROGRAMME_LAST));
}

/* ---- its way ------------------------------------------------------------------------------------------------ */

/* What the budget would pay beyond a norm of this day.  The first is told; the next when that is right. */
static Message within_norms(struct work *w, const struct records *tasks)
{
    struct records norms;
    struct norm_answer answer;
    if (norms_load(w, &norms)) return MSG(N_("The norms cannot be read just now."));
    for (size_t i = 0; i < tasks->n; i++)
        for (size_t k = 0; !is_cancelled(tasks->p[i]) && k < tasks->p[i]->children[TASK_COSTS].n; k++) {
            const struct record *cost = tasks->p[i]->children[TASK_COSTS].p[k];
            norm_answer_in(w, &norms, cost, w->today, &answer);
            Message m = norm_sentence(w, &answer);
            if (m.id) return MSG(N_("{1}, “{2}”: {3}"), record_title(w, tasks->p[i]), v_str(cost->v[COST_ITEM]), message_str(w->a, w->lang, m));
        }
    return NO_MESSAGE;
}

static Message may_be_submitted(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    struct plan_view v;
    if (plan_load(&reading, r->id, &v)) return MSG(N_("The plan cannot be read just now."));
    return v.tasks.n ? within_norms(&reading, &v.tasks) : MSG(N_("There is no task in the plan yet."));
}

/* Every line that is asked for has its budget line, so that what is submitted can be compared line by line. */
static enum err lines_of_estimates(struct work *w, int year)
{
    struct estimates list;
    int64_t line;
    TRY(estimates_of(w, year, &list));
    for (size_t i = 0; i < list.n; i++) {
        const struct estimate *e = &list.p[i];
        TRY(budget_line_of(w, year, e->agency, e->source, e->content, e->kind, &line));
    }
    return OK;
}

/* What finance is now asked for beside what it was asked for before, line by line. */
static enum err submit(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    struct money_asked asked = { .year = (int)v_i64(now->v[PLAN_YEAR]), .by = BY_LINE };
    struct money_rows rows;
    struct money_row total;
    struct { struct posting *p; size_t n, cap; } list = { 0 };
    TRY(lines_of_estimates(w, asked.year));
    TRY(money_rows(w, &asked, &rows, &total));
    for (size_t i = 0; i < rows.n; i++) {
        int64_t more = rows.p[i].estimate - rows.p[i].balance.of[MONEY_SUBMITTED];
        if (more)
            *GROW(w->a, list) = (struct posting){ .line = rows.p[i].id, .amount = more, .stage = MONEY_SUBMITTED, .on = w->today,
                                                  .document = v_str(now->v[PLAN_TITLE_VI]), .reason = v_str(now->v[PLAN_REASON]) };
    }
    return list.n ? money_post(w, list.p, list.n, why) : OK;
}

static Message has_decision(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    struct records before;
    if (!v_is(r->v[PLAN_DECISION]) || !v_is(r->v[PLAN_DECIDED_ON])) return MSG(N_("First write the number and the day of the decision into the plan."));
    if (records_with(&reading, &plan_version, VERSION_PLAN, v_int(r->id), &before)) return MSG(N_("The plan cannot be read just now."));
    for (size_t i = 0; i < before.n; i++)
        if (val_eq(before.p[i]->v[VERSION_DECISION], r->v[PLAN_DECISION]))
            return MSG(N_("Decision {1} approved an earlier version. Write the number of the decision on the adjustment."), v_str(r->v[PLAN_DECISION]));
    return NO_MESSAGE;
}

static enum err publish_activities(struct work *w, const struct record *plan_of)
{
    struct records list;
    TRY(records_with(w, &activity, ACTIVITY_PLAN, v_int(plan_of->id), &list));
    for (size_t i = 0; i < list.n; i++) {
        struct record *shown = record_copy(w->a, list.p[i]);
        bool changed;
        shown->v[ACTIVITY_APPROVED] = v_int(1);
        TRY(record_save(w, list.p[i], shown, &changed));
    }
    return OK;
}

static enum err approve(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[PLAN_VERSION] = v_int(v_i64(was->v[PLAN_VERSION]) + 1);
    TRY(version_make(w, now));
    now->v[PLAN_REASON] = v_null();
    return publish_activities(w, now);
}

static enum err adjust(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[PLAN_REASON] = v_text(note);
    return OK;
}

static Message is_over(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    struct plan_view v;
    if (plan_load(&reading, r->id, &v)) return MSG(N_("The plan cannot be read just now."));
    for (size_t i = 0; i < v.tasks.n; i++)
        if (!state_of(v.tasks.p[i])->done) return MSG(N_("The task “{1}” is neither settled nor cancelled."), record_title(&reading, v.tasks.p[i]));
    return NO_MESSAGE;
}

/* What was decided is neither deleted nor changed, whichever way. */
static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    if (!now) return published(was) ? ERR_DENIED : OK;
    return was && stands(was) && stands(now) && field_held(was, now, free_fields) >= 0 ? ERR_DENIED : OK;
}

static const struct step steps[] = {
    { "submit", N_("Submit to finance"), "draft|returned|adjusting", "submitted", OFFICER, .guard = may_be_submitted, .effect = submit, .tell = FINANCE | LEADER,
      .told = N_("{1} was submitted.") },
    { "return", N_("Return it to be completed"), "submitted", "returned", FINANCE | LEADER, .is = STEP_NOTE | STEP_BAD, .tell = OFFICER,
      .told = N_("{1} was returned to be completed.") },
    { "approve", N_("Approve"), "submitted", "approved", LEADER, .guard = has_decision, .effect = approve, .tell = OFFICER | FINANCE, .told = N_("{1} is approved.") },
    { "adjust", N_("Adjust"), "approved", "adjusting", OFFICER, .is = STEP_NOTE | STEP_BAD, .effect = adjust, .tell = FINANCE | LEADER,
      .told = N_("{1} is being adjusted.") },
    { "close", N_("Close the year"), "approved", "closed", OFFICER, .is = STEP_QUIET, .guard = is_over, .tell = FINANCE | LEADER, .told = N_("{1} is closed.") },
};
static const struct workflow flow = { PLAN_STATE, PLAN_DUE, STEPS(steps) };

const struct entity yearly_plan = {
    .name = "yearly_plan", .path = "plans", .one = N_("Yearly plan"), .many = N_("Yearly plans"), .shelf = N_("The year's plan"), FIELDS(fields), .title = PLAN_TITLE_VI,
    .id_prefix = "KE", .rights = rights, .workflow = &flow, .check = check, .published = published, .follow = follow,
    .about = N_("The programme’s plan of each year, with the decision that approved it."),
};
