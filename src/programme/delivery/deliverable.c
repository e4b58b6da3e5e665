/*
 * deliverable.c - what is handed over: reports, curricula, designs, drawings, machines.  The implementing unit enters what a milestone of its contract asks for;
 * once the milestone is accepted it stands.
 */
#include "programme/delivery/inside.h"

static const struct choice kinds[] = {
    { "report", N_("Report") }, { "document", N_("Document or curriculum") }, { "design", N_("Design or drawing") }, { "product", N_("Product or sample") },
    { "software", N_("Software or data") }, { "event", N_("Event that was held") }, { "other", N_("Something else") }, { NULL },
};

static const struct field fields[] = {
    [DELIVERABLE_TITLE] = { "title", N_("What is handed over"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED, .max = 300, .weight = 4 },
    [DELIVERABLE_MILESTONE] = { "milestone", N_("Milestone"), &reference_type, PUBLIC | LISTED | FIXED | INDEXED, .to = &milestone,
        .help = N_("Of the contract under which it is delivered. Empty: of a task that the agency does itself.") },
    [DELIVERABLE_TASK] = { "task", N_("Task"), &reference_type, PUBLIC | FIXED | INDEXED, .to = &task, .help = N_("Only where there is no milestone.") },
    [DELIVERABLE_ACCOUNT] = { "account", N_("Account of the implementing unit"), &account_type, INTERNAL | INDEXED },
    [DELIVERABLE_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | INDEXED, .list = "ward", .writers = SYSTEM },
    [DELIVERABLE_KIND] = { "kind", N_("Kind"), &choice_type, REQUIRED | PUBLIC | LISTED | FACET, .choices = kinds },
    [DELIVERABLE_ON] = { "handed_over_on", N_("Handed over on"), &date_type, REQUIRED | PUBLIC | LISTED | HAPPENED },
    [DELIVERABLE_FILE] = { "file", N_("File"), &file_type, OWNER },
    [DELIVERABLE_NOTE] = { "note", N_("Note"), &long_text_type, OWNER, .max = 4000 },
};
_Static_assert(COUNT(fields) == DELIVERABLE_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, DELIVERABLE_ACCOUNT },
    { WARD,             MAY_READ, OWN_FIELDS, ROWS_WARD, DELIVERABLE_WARD },
    { FINANCE | LEADER, MAY_READ, OWN_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_ALL,  ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static Message check_milestone(const struct work *w, const struct record *r, const struct followed *f)
{
    bool others = v_is(r->v[DELIVERABLE_ACCOUNT]) && f->milestone && !val_eq(f->milestone->v[MILESTONE_ACCOUNT], r->v[DELIVERABLE_ACCOUNT]);
    if (!f->milestone || others || !record_visible(w, f->milestone)) return MSG(N_("There is no such milestone of yours."));
    bool stands = in_its_state(f->milestone, "accepted") || in_its_state(f->milestone, "paid");
    return stands ? MSG(N_("This milestone is accepted: what was handed over for it stands.")) : NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    struct followed f = followed_of(w, r, DELIVERABLE_MILESTONE, DELIVERABLE_TASK);
    Message m = NO_MESSAGE;
    *field = DELIVERABLE_MILESTONE;
    if (v_is(r->v[DELIVERABLE_MILESTONE])) m = check_milestone(w, r, &f);
    else if (!f.task || !record_visible(w, f.task)) m = MSG(N_("Say for which milestone it is, or for which task."));
    else if (!str_is(v_str(f.task->v[TASK_MODE]), "own")) m = MSG(N_("This task is carried out under a contract: say for which milestone it is."));
    return m;
}

/* Whose it is follows from the contract; a provider's own mark is compared with it by the check. */
static void compute(const struct work *w, struct record *r)
{
    struct followed f = followed_of(w, r, DELIVERABLE_MILESTONE, DELIVERABLE_TASK);
    if (r->id || !f.task) return;
    r->v[DELIVERABLE_TASK] = v_int(f.task->id);
    r->v[DELIVERABLE_WARD] = f.task->v[TASK_WARD];
    if (f.milestone) r->v[DELIVERABLE_ACCOUNT] = f.milestone->v[MILESTONE_ACCOUNT];
}

const struct entity deliverable = {
    .name = "deliverable", .path = "deliverables", .one = N_("Deliverable"), .many = N_("Deliverables"), .shelf = N_("Delivery"), FIELDS(fields), .title = DELIVERABLE_TITLE,
    .id_prefix = "SG", .rights = rights, .check = check, .compute = compute,
    .about = N_("What implementing units and agencies handed over for the tasks of the programme."),
};
