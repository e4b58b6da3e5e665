/*
 * call.c - an invitation to propose how a task is carried out: what is asked for, until when, who may answer, and the council that appraises.
 *
 * What a call says stands from the day it opens; only its last day may then move, and only later.  The bids are sealed until the council opens them, which
 * it may not before that day is over.
 */
#include "programme/contract/inside.h"

static const struct choice reaches[] = { { "anybody", N_("Any unit may propose") }, { "invited", N_("Only units that are invited") }, { NULL } };
static const struct choice roles[] = { { "chair", N_("Chair") }, { "secretary", N_("Secretary") }, { "member", N_("Member") }, { NULL } };
static const struct choice states[] = {
    { "draft",          N_("Being written") },
    { "open",           N_("Open for proposals") },
    { "appraising",     N_("Being appraised"), .days = 15 },
    { "decided",        N_("Decided"),              .done = true },
    { "without_result", N_("Ended without a result"), .done = true },
    { "withdrawn",      N_("Withdrawn"),            .done = true },
    { NULL },
};

static const struct field criterion_fields[] = {
    [CRITERION_TITLE] = { "title", N_("Criterion"), &text_type, REQUIRED | KEY | PUBLIC | LISTED, .max = 200 },
    [CRITERION_WEIGHT] = { "weight", N_("Weight"), &integer_type, REQUIRED | PUBLIC | LISTED, .least = 1, .most = 100, .help = N_("1 to 100: how much it counts beside the others.") },
    [CRITERION_LEAST] = { "least", N_("Least points"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .help = N_("Of 100; a proposal with fewer on average is out.") },
};
_Static_assert(COUNT(criterion_fields) == CRITERION_FIELD_COUNT, "every field has a row");
const struct entity call_criterion = {
    .name = "call_criterion", .parent = &call, .one = N_("Criterion of a call"), .many = N_("Criteria of calls"), FIELDS(criterion_fields),
};

static const struct field member_fields[] = {
    [MEMBER_NAME] = { "name", N_("Name"), &text_type, REQUIRED | KEY | LISTED, .max = 200 },
    [MEMBER_ROLE] = { "role", N_("Role in the council"), &choice_type, REQUIRED | LISTED, .choices = roles },
    [MEMBER_ACCOUNT] = { "account", N_("Account"), &account_type, REQUIRED | LISTED | INDEXED, .help = N_("Of an expert or an officer; the member scores with it.") },
};
_Static_assert(COUNT(member_fields) == MEMBER_FIELD_COUNT, "every field has a row");
const struct entity council_member = {
    .name = "council_member", .parent = &call, .one = N_("Member of the council"), .many = N_("Members of the council"), FIELDS(member_fields),
};

static const struct field invited_fields[] = {
    [INVITED_PROVIDER] = { "provider", N_("Implementing unit"), &reference_type, REQUIRED | KEY | LISTED | INDEXED, .to = &provider },
};
_Static_assert(COUNT(invited_fields) == INVITED_FIELD_COUNT, "every field has a row");
const struct entity call_invited = {
    .name = "call_invited", .parent = &call, .one = N_("Invited unit"), .many = N_("Invited units"), FIELDS(invited_fields),
};

static const struct field fields[] = {
    [CALL_TITLE_VI] = { "title_vi", N_("Vietnamese title"), &text_type, REQUIRED | PUBLIC | LISTED | PAIR, .max = 300, .both = N_("Call for proposals") },
    [CALL_TITLE_EN] = { "title_en", N_("English title"), &text_type, PUBLIC, .max = 300 },
    [CALL_TASK] = { "task", N_("Task"), &reference_type, REQUIRED | PUBLIC | LISTED | FIXED | INDEXED, .to = &task },
    [CALL_TERMS] = { "terms", N_("What is asked for"), &long_text_type, REQUIRED | PUBLIC, .max = 20000, .help = N_("Work, results, time, conditions, and what a proposal must contain.") },
    [CALL_CEILING] = { "ceiling", N_("Highest price"), &money_type, REQUIRED | PUBLIC | LISTED, .least = 1, .most = MONEY_MOST, .help = N_("In đồng; not above what the task costs by the plan.") },
    [CALL_REACH] = { "reach", N_("Who may propose"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = reaches, .help = N_("What only invited units may answer is not published.") },
    [CALL_INVITED] = { "invited", N_("Invited units"), &children_type, 0, .to = &call_invited },
    [CALL_OPENS_ON] = { "opens_on", N_("Opened on"), &date_type, PUBLIC, .writers = SYSTEM },
    [CALL_CLOSES_ON] = { "closes_on", N_("Proposals until"), &date_type, REQUIRED | PUBLIC | LISTED | INDEXED, .help = N_("They may be sent to the end of this day.") },
    [CALL_CRITERIA] = { "criteria", N_("Criteria"), &children_type, PUBLIC, .to = &call_criterion, .section = N_("Appraisal") },
    [CALL_COUNCIL] = { "council", N_("Council"), &children_type, 0, .to = &council_member },
    [CALL_MINUTES] = { "minutes", N_("Minutes of the appraisal"), &long_text_type, 0, .max = 100000, .writers = SYSTEM, .section = N_("Result") },
    [CALL_MINUTES_FILE] = { "minutes_file", N_("Signed minutes"), &file_type, 0 },
    [CALL_DECISION] = { "decision", N_("Number of the decision"), &text_type, PUBLIC | LISTED, .max = 100, .writers = SYSTEM },
    [CALL_DECIDED_ON] = { "decided_on", N_("Decided on"), &date_type, PUBLIC | LISTED, .writers = SYSTEM },
    [CALL_AWARDED] = { "awarded", N_("Chosen unit"), &text_type, PUBLIC | LISTED, .max = 300, .writers = SYSTEM },
    [CALL_REASON] = { "reason", N_("Reason"), &long_text_type, 0, .max = 4000, .writers = SYSTEM },
    [CALL_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [CALL_DUE] = { "due", N_("Due on"), &date_type, LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == CALL_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { EVERYBODY,        MAY_READ,                           PUBLIC_FIELDS, ROWS_PUBLISHED },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS,    ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static bool published(const struct record *r)
{
    bool anybody = str_is(v_str(r->v[CALL_REACH]), "anybody") && !in_state(r, "draft") && !in_state(r, "withdrawn");
    return anybody || in_state(r, "decided");
}

static const struct step steps[] = {
    { "open", N_("Open the call"), "draft", "open", OFFICER, .tell = OFFICER },
    { "open_bids", N_("Open the proposals"), "open", "appraising", OFFICER, .is = STEP_QUIET },
    { "decide", N_("Decide"), "appraising", "decided", 0, .is = STEP_AUTO },
    { "end", N_("End without a result"), "open|appraising", "without_result", OFFICER, .is = STEP_NOTE | STEP_BAD },
    { "withdraw", N_("Withdraw"), "draft|open", "withdrawn", OFFICER, .is = STEP_NOTE | STEP_BAD },
};
static const struct workflow flow = { CALL_STATE, CALL_DUE, STEPS(steps) };

const struct entity call = {
    .name = "call", .path = "calls", .one = N_("Call for proposals"), .many = N_("Calls for proposals"), .shelf = N_("Contracts"), FIELDS(fields), .title = CALL_TITLE_VI,
    .id_prefix = "TM", .rights = rights, .workflow = &flow, .published = published,
    .about = N_("Which tasks of the programme look for somebody to carry them out, on which terms, and what was decided."),
};
