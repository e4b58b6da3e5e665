/*
 * inspection.c - a visit to whoever carries out a task: who goes, what is looked at, what was found, until when it is to be put right, and the proof that it was.
 *
 * A new inspection has the questions of the list inspection_check; the team may change them.  The unit inspected reads all of it, and writes nothing but its remedies
 * (inspection_remedy).  What has a finding keeps the inspection open until the office or the ward says that it is remedied.
 */
#include "programme/delivery/inside.h"

#include "model/desk/file.h"

static const struct choice states[] = {
    { "planned",   N_("Visit planned") },
    { "visited",   N_("Visited, findings being written"), .days = 5 },
    { "remedy",    N_("To be put right") },
    { "closed",    N_("Closed"), .done = true },
    { "cancelled", N_("Cancelled"), .done = true },
    { NULL },
};
static const struct choice answers[] = { { "yes", N_("Yes") }, { "no", N_("No") }, { "not_applicable", N_("Does not apply") }, { NULL } };

#define INSPECTORS (WARD | OFFICER | ADMIN)

static const struct field inspector_fields[] = {
    [INSPECTOR_NAME] = { "name", N_("Name of the inspector"), &text_type, REQUIRED | LISTED | KEY | PUBLIC, .max = 200 },
    [INSPECTOR_OFFICE] = { "office", N_("Office"), &text_type, PUBLIC | LISTED, .max = 200 },
    [INSPECTOR_LEADS] = { "leads", N_("Leads the team"), &boolean_type, PUBLIC },
};
_Static_assert(COUNT(inspector_fields) == INSPECTOR_FIELD_COUNT, "every field has a row");
const struct entity inspector = { .name = "inspector", .parent = &inspection, .one = N_("Member of the team"), .many = N_("Members of the team"), FIELDS(inspector_fields) };

static const struct field item_fields[] = {
    [CHECK_QUESTION] = { "question", N_("What is looked at"), &text_type, REQUIRED | KEY | PUBLIC | LISTED, .max = 500 },
    [CHECK_ANSWER] = { "answer", N_("Answer"), &choice_type, PUBLIC | LISTED, .choices = answers },
    [CHECK_FINDING] = { "finding", N_("Finding"), &long_text_type, PUBLIC | LISTED, .max = 2000, .help = N_("What is not as it should be.") },
    [CHECK_REMEDY_BY] = { "remedy_by", N_("To be put right by"), &date_type, PUBLIC | LISTED },
    [CHECK_REMEDY] = { "remedy", N_("What was done about it"), &long_text_type, OWNER, .max = 2000 },
    [CHECK_PROOF] = { "proof", N_("Proof"), &file_type, OWNER, .help = N_("A photograph, a document or minutes.") },
    [CHECK_REMEDIED_ON] = { "remedied_on", N_("Put right on"), &date_type, PUBLIC | LISTED | HAPPENED, .help = N_("Entered by the office or the ward, which looked at the proof.") },
};
_Static_assert(COUNT(item_fields) == CHECK_FIELD_COUNT, "every field has a row");

static Message check_item(const struct work *w, const struct record *r, int *field)
{
    bool found = v_is(r->v[CHECK_FINDING]);
    *field = CHECK_FINDING;
    bool remedied = v_is(r->v[CHECK_REMEDY_BY]) || v_is(r->v[CHECK_REMEDIED_ON]);
    return !found && remedied ? MSG(N_("First write what was found; only that can be put right.")) : NO_MESSAGE;
}

const struct entity inspection_item = {
    .name = "inspection_item", .parent = &inspection, .one = N_("Point of the inspection"), .many = N_("Points of the inspection"), FIELDS(item_fields), .check = check_item,
};

static const struct field fields[] = {
    [INSPECTION_TITLE] = { "title", N_("What is inspected"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED, .max = 300, .weight = 4 },
    [INSPECTION_TASK] = { "task", N_("Task"), &reference_type, PUBLIC | FIXED | INDEXED, .to = &task },
    [INSPECTION_CONTRACT] = { "contract", N_("Contract"), &reference_type, PUBLIC | FIXED, .to = &contract, .help = N_("Under which the task is carried out. Empty: the agency does it itself.") },
    [INSPECTION_ENTERPRISE] = { "enterprise", N_("Enterprise inspected"), &reference_type, PUBLIC | LISTED | FIXED, .to = &enterprise,
        .help = N_("Where support is used by one enterprise: it reads the findings too.") },
    [INSPECTION_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | FACET | INDEXED, .list = "ward", .writers = OFFICER | ADMIN,
        .help = N_("Takes part. Empty: the task’s, else the enterprise’s.") },
    [INSPECTION_ACCOUNT] = { "account", N_("Account of the implementing unit"), &account_type, INTERNAL | INDEXED },
    [INSPECTION_PLANNED_ON] = { "planned_on", N_("Planned on"), &date_type, REQUIRED | PUBLIC | LISTED | INDEXED, .writers = OFFICER | ADMIN },
    [INSPECTION_VISITED_ON] = { "visited_on", N_("Visited on"), &date_type, PUBLIC | LISTED | HAPPENED, .section = N_("The visit") },
    [INSPECTION_TEAM] = { "team", N_("Team"), &children_type, PUBLIC, .to = &inspector },
    [INSPECTION_ITEMS] = { "checklist", N_("Checklist"), &children_type, PUBLIC, .to = &inspection_item,
        .help = N_("Empty in a new inspection: the questions of the usual list.") },
    [INSPECTION_SUMMARY] = { "summary", N_("Conclusion"), &long_text_type, PUBLIC, .max = 8000 },
    [INSPECTION_FILE] = { "file", N_("Signed minutes"), &file_type, OWNER },
    [INSPECTION_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [INSPECTION_DUE] = { "due", N_("Due on"), &date_type, PUBLIC | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == INSPECTION_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,              OWN_FIELDS, ROWS_MINE, INSPECTION_ACCOUNT },
    { ENTERPRISE,       MAY_READ,              OWN_FIELDS, ROWS_OWN,  INSPECTION_ENTERPRISE },
    { WARD,             MAY_READ | MAY_CHANGE, ALL_FIELDS, ROWS_WARD, INSPECTION_WARD },
    { FINANCE | LEADER, MAY_READ,              OWN_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_ALL,               ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what it may say ----------------------------------------------------------------------------------- */

static struct followed work_of(const struct work *w, const struct record *r)
{
    struct followed f = { .contract = named_alone(w, r, INSPECTION_CONTRACT, &contract) };
    f.task = f.contract ? named_alone(w, f.contract, CONTRACT_TASK, &task) : named_alone(w, r, INSPECTION_TASK, &task);
    return f;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    *field = INSPECTION_TASK;
    return work_of(w, r).task || v_is(r->v[INSPECTION_ENTERPRISE]) ? NO_MESSAGE : MSG(N_("Say which task, contract or enterprise is inspected."));
}

static void put_questions(const struct work *w, struct record *r)
{
    size_t n;
    const struct code *const *questions = codes_of(w->codes, S("inspection_check"), &n);
    for (size_t i = 0; i < n; i++) record_add(w->a, r, INSPECTION_ITEMS)->v[CHECK_QUESTION] = v_text(questions[i]->name[VI]);
}

static void compute(const struct work *w, struct record *r)
{
    if (r->id) return;
    struct followed f = work_of(w, r);
    const struct record *firm = named_alone(w, r, INSPECTION_ENTERPRISE, &enterprise);
    if (f.task) r->v[INSPECTION_TASK] = v_int(f.task->id);
    if (f.contract) r->v[INSPECTION_ACCOUNT] = f.contract->v[CONTRACT_ACCOUNT];
    if (!v_is(r->v[INSPECTION_WARD])) r->v[INSPECTION_WARD] = f.task && v_is(f.task->v[TASK_WARD]) ? f.task->v[TASK_WARD] : firm ? firm->v[ENTERPRISE_WARD] : v_null();
    if (!r->children[INSPECTION_ITEMS].n) put_questions(w, r);
}

/* ---- its way --------------------------------------------------------------------------------------------- */

enum about { UNANSWERED, FINDINGS, WITHOUT_DAY, OPEN_FINDINGS };

static bool is_about(const struct record *item, enum about what)
{
    bool found = v_is(item->v[CHECK_FINDING]);
    switch (what) {
    case UNANSWERED:    return !v_is(item->v[CHECK_ANSWER]);
    case FINDINGS:      return found;
    case WITHOUT_DAY:   return found && !v_is(item->v[CHECK_REMEDY_BY]);
    case OPEN_FINDINGS: return found && !v_is(item->v[CHECK_REMEDIED_ON]);
    }
    return false;
}

/* How many are so; *first: the question of the first. */
static int64_t how_many(const struct record *r, enum about what, Str *first)
{
    const struct records *items = &r->children[INSPECTION_ITEMS];
    int64_t n = 0;
    *first = (Str){ 0 };
    for (size_t i = 0; i < items->n; i++) {
        if (!is_about(items->p[i], what)) continue;
        if (!n++) *first = v_str(items->p[i]->v[CHECK_QUESTION]);
    }
    return n;
}

static Message counted(const struct work *w, const char *sentence, int64_t n, Str first)
{
    return n ? MSG(sentence, str_f(w->a, "%lld", (long long)n), first) : NO_MESSAGE;
}

static Message was_visited(const struct work *w, const struct record *r)
{
    Str first;
    if (!v_is(r->v[INSPECTION_VISITED_ON])) return MSG(N_("First enter the day of the visit."));
    if (!r->children[INSPECTION_TEAM].n) return MSG(N_("First enter who was in the team."));
    int64_t open = how_many(r, UNANSWERED, &first);
    return counted(w, N_("Points without an answer: {1}; the first is “{2}”."), open, first);
}

static Message has_findings(const struct work *w, const struct record *r)
{
    Str first;
    if (!how_many(r, FINDINGS, &first)) return MSG(N_("There is no finding to put right: close the inspection instead."));
    int64_t open = how_many(r, WITHOUT_DAY, &first);
    return counted(w, N_("Findings without a day by which they are to be put right: {1}; the first is “{2}”."), open, first);
}

static Message all_is_well(const struct work *w, const struct record *r)
{
    Str first;
    int64_t open = how_many(r, OPEN_FINDINGS, &first);
    return counted(w, N_("Findings not put right yet: {1}; the first is “{2}”."), open, first);
}

/* The deadline is the first day by which something is to be put right. */
static enum err await_remedy(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    const struct records *items = &now->children[INSPECTION_ITEMS];
    Val first = v_null();
    for (size_t i = 0; i < items->n; i++) {
        Val by = items->p[i]->v[CHECK_REMEDY_BY];
        if (is_about(items->p[i], OPEN_FINDINGS) && (!v_is(first) || str_cmp(v_str(by), v_str(first)) < 0)) first = by;
    }
    now->v[INSPECTION_DUE] = first;
    return OK;
}

static const struct step steps[] = {
    { "visit", N_("The visit was made"), "planned", "visited", OFFICER | WARD, .guard = was_visited, .tell = OFFICER | WARD, .told = N_("The inspection was carried out: {1}") },
    { "remedy", N_("Have it put right"), "visited", "remedy", OFFICER | WARD, .guard = has_findings, .effect = await_remedy, .tell = PROVIDER | ENTERPRISE | WARD | OFFICER,
      .told = N_("An inspection found something to be put right: {1}") },
    { "close", N_("Close the inspection"), "visited|remedy", "closed", OFFICER | WARD, .guard = all_is_well, .tell = PROVIDER | ENTERPRISE | WARD | OFFICER,
      .told = N_("The inspection is closed: {1}") },
    { "cancel", N_("Cancel"), "planned", "cancelled", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = PROVIDER | ENTERPRISE | WARD, .told = N_("The inspection was cancelled: {1}") },
};
static const struct workflow flow = { INSPECTION_STATE, INSPECTION_DUE, STEPS(steps) };

const struct entity inspection = {
    .name = "inspection", .path = "inspections", .one = N_("Inspection"), .many = N_("Inspections"), .shelf = N_("Delivery"), FIELDS(fields), .title = INSPECTION_TITLE,
    .id_prefix = "KT", .rights = rights, .workflow = &flow, .check = check, .compute = compute,
    .about = N_("Visits to those who carry out tasks of the programme: what was looked at, what was found, and what was put right."),
};

/* ---- the unit inspected ------------------------------------------------------------------------------------ */

bool inspected_by(const struct work *w, const struct record *r)
{
    return (w->actor.roles & PROVIDER && among_rows(w, r, ROWS_MINE, INSPECTION_ACCOUNT))
        || (w->actor.roles & ENTERPRISE && among_rows(w, r, ROWS_OWN, INSPECTION_ENTERPRISE));
}

static Message read_said(const struct work *w, struct record *item, int field, Str said)
{
    return item_fields[field].type->read(w, &item_fields[field], SPELT_PLAIN, said, &item->v[field]);
}

enum err inspection_remedy(struct work *w, int64_t inspection_id, int64_t item_id, Str remedy, Str proof, Message *why)
{
    struct record *was;
    bool changed;
    *why = NO_MESSAGE;
    TRY(record_load(w, &inspection, inspection_id, &was));
    if (!inspected_by(w, was)) return ERR_DENIED;
    struct record *now = record_copy(w->a, was), *item = child_with_id(&now->children[INSPECTION_ITEMS], item_id);
    if (!item || !v_is(item->v[CHECK_FINDING])) return ERR_MISSING;
    if (!in_its_state(was, "remedy")) *why = MSG(N_("The inspection does not wait for a remedy."));
    else if (v_is(item->v[CHECK_REMEDIED_ON])) *why = MSG(N_("This finding counts as put right already."));
    else if (!str_trim(remedy).n) *why = MSG(N_("Write what was done about the finding."));
    if (why->id) return ERR_INVALID;
    Str before = v_str(item->v[CHECK_PROOF]);
    *why = read_said(w, item, CHECK_REMEDY, str_trim(remedy));
    if (!why->id && proof.n) *why = read_said(w, item, CHECK_PROOF, proof);
    if (!why->id && proof.n) *why = file_wrong(w, before, proof);
    if (why->id) return ERR_INVALID;
    TRY(record_save(w, was, now, &changed));
    return record_tell(w, now, OFFICER | WARD, N_("What an inspection found was put right, says the unit inspected: {1}"), NULL);
}
