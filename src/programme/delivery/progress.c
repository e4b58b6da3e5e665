/* progress.c - reports of progress (F20): made for each period of a task that asks for them, written by who carries it out, read by the office. */
#include "programme/delivery/inside.h"

enum { WRITTEN_WITHIN = 5, READ_WITHIN = 5 };               /* working days                        */

static const struct choice states[] = {
    { "due",      N_("To be written"), .days = WRITTEN_WITHIN },
    { "sent",     N_("Sent"), .days = READ_WITHIN },
    { "returned", N_("To be completed"), .days = WRITTEN_WITHIN },
    { "seen",     N_("Taken note of"), .done = true },
    { "skipped",  N_("Not needed"), .done = true },
    { NULL },
};

static const struct field fields[] = {
    [PROGRESS_NAME] = { "name", N_("Task and period"), &text_type, PUBLIC | LISTED, .max = 400, .writers = SYSTEM },
    [PROGRESS_TASK] = { "task", N_("Task"), &reference_type, REQUIRED | PUBLIC | FIXED | INDEXED, .to = &task },
    [PROGRESS_CONTRACT] = { "contract", N_("Contract"), &reference_type, PUBLIC | FIXED, .to = &contract },
    [PROGRESS_ACCOUNT] = { "account", N_("Account of the implementing unit"), &account_type, INTERNAL | INDEXED },
    [PROGRESS_PERIOD] = { "period", N_("Period"), &text_type, REQUIRED | PUBLIC | LISTED | FIXED, .max = 10, .help = N_("2026-03 for a month, 2026-Q1 for a quarter.") },
    [PROGRESS_TEXT] = { "text", N_("What was done"), &long_text_type, OWNER, .max = 8000 },
    [PROGRESS_PERCENT] = { "percent", N_("Done so far"), &integer_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%", .help = N_("Of the whole task.") },
    [PROGRESS_PROBLEMS] = { "problems", N_("Problems, and what is asked of the office"), &long_text_type, OWNER, .max = 8000 },
    [PROGRESS_FILE] = { "file", N_("Report as a document"), &file_type, OWNER },
    [PROGRESS_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [PROGRESS_DUE] = { "due", N_("Due on"), &date_type, PUBLIC | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == PROGRESS_FIELD_COUNT, "every field has a row");

/* Made by the program, period by period; nobody makes one by hand. */
static const struct right rights[] = {
    { PROVIDER,         MAY_READ | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, PROGRESS_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,              OWN_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static Message check(const struct work *w, const struct record *r, int *field)
{
    *field = PROGRESS_TEXT;
    return in_its_state(r, "sent") ? MSG(N_("This report was sent and stands. The office can return it to be completed.")) : NO_MESSAGE;
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *of = r->id ? NULL : named_alone(w, r, PROGRESS_TASK, &task);
    if (of) r->v[PROGRESS_NAME] = v_text(str_f(w->a, "%.*s: %.*s", FMT(called(w, of)), FMT(v_str(r->v[PROGRESS_PERIOD]))));
}

/* ---- its way ----------------------------------------------------------------------------------------- */

static Message is_written(const struct work *w, const struct record *r)
{
    if (!v_is(r->v[PROGRESS_TEXT])) return MSG(N_("First write what was done."));
    return v_is(r->v[PROGRESS_PERCENT]) ? NO_MESSAGE : MSG(N_("First say how much of the task is done, in per cent."));
}

/* The office reports on what no implementing unit does. */
static Message is_the_agencys(const struct work *w, const struct record *r)
{
    return v_is(r->v[PROGRESS_ACCOUNT]) ? MSG(N_("The implementing unit writes and sends this report.")) : is_written(w, r);
}

static const struct step steps[] = {
    { "send", N_("Send the report"), "due|returned", "sent", PROVIDER, ROWS_MINE, PROGRESS_ACCOUNT, .guard = is_written, .tell = OFFICER, .told = N_("A report of progress came in: {1}") },
    { "file", N_("File the report"), "due|returned", "seen", OFFICER, .is = STEP_QUIET, .guard = is_the_agencys },
    { "see", N_("Take note of it"), "sent", "seen", OFFICER, .tell = PROVIDER, .told = N_("The office took note of your report: {1}") },
    { "return", N_("Ask for more"), "sent", "returned", OFFICER, .is = STEP_NOTE, .tell = PROVIDER, .told = N_("Your report needs something more: {1}") },
    { "skip", N_("Not needed"), "due|returned", "skipped", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = PROVIDER, .told = N_("No report is needed: {1}") },
};
static const struct workflow flow = { PROGRESS_STATE, PROGRESS_DUE, STEPS(steps) };

const struct entity progress_report = {
    .name = "progress_report", .path = "progress-reports", .one = N_("Report of progress"), .many = N_("Reports of progress"), .shelf = N_("Delivery"), FIELDS(fields),
    .title = PROGRESS_NAME, .id_prefix = "TD", .rights = rights, .workflow = &flow, .check = check, .compute = compute,
    .about = N_("Reports of implementing units and agencies on how tasks of the programme go, month by month or quarter by quarter."),
};
