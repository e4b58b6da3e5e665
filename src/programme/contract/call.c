/*
 * call.c - an invitation to propose how a task is carried out: what is asked for, until when, who may answer, and the council that appraises.
 *
 * What a call says stands from the day it opens; only its last day may then move, and only later.  The bids are sealed until the council opens them, which
 * it may not before that day is over.
 */
#include "programme/contract/inside.h"

#include "model/people/account.h"

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
    [CALL_OPENS_ON] = { "opens_on", N_("Opened on"), &date_type, PUBLIC | HAPPENED, .writers = SYSTEM },
    [CALL_CLOSES_ON] = { "closes_on", N_("Proposals until"), &date_type, REQUIRED | PUBLIC | LISTED | INDEXED, .help = N_("They may be sent to the end of this day.") },
    [CALL_CRITERIA] = { "criteria", N_("Criteria"), &children_type, PUBLIC, .to = &call_criterion, .section = N_("Appraisal") },
    [CALL_COUNCIL] = { "council", N_("Council"), &children_type, 0, .to = &council_member },
    [CALL_MINUTES] = { "minutes", N_("Minutes of the appraisal"), &long_text_type, 0, .max = 100000, .writers = SYSTEM, .section = N_("Result") },
    [CALL_MINUTES_FILE] = { "minutes_file", N_("Signed minutes"), &file_type, 0 },
    [CALL_DECISION] = { "decision", N_("Number of the decision"), &text_type, PUBLIC | LISTED, .max = 100, .writers = SYSTEM },
    [CALL_DECIDED_ON] = { "decided_on", N_("Decided on"), &date_type, PUBLIC | LISTED | HAPPENED, .writers = SYSTEM },
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

/* ---- what may be saved ------------------------------------------------------------------------------ */

static const int free_in_all[] = { CALL_STATE, CALL_DUE, CALL_TITLE_EN, CALL_MINUTES_FILE, -1 };
static const int free_while_open[] = { CALL_STATE, CALL_DUE, CALL_TITLE_EN, CALL_MINUTES_FILE, CALL_CLOSES_ON, CALL_INVITED, CALL_COUNCIL, -1 };
static const struct standing standing[] = { { "open", free_while_open }, { "appraising|decided|without_result|withdrawn", free_in_all }, { NULL } };

/* The list has a value twice: children of it are told apart by their KEY on sheets alone. */
static bool is_twice(const struct records *list, int field)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < i; k++)
            if (val_eq(list->p[i]->v[field], list->p[k]->v[field])) return true;
    return false;
}

static bool may_judge(const struct work *w, const struct record *member)
{
    struct work reading = *w;
    struct actor a;
    return !actor_load(&reading, v_i64(member->v[MEMBER_ACCOUNT]), &a) && a.roles & (REVIEWER | OFFICER);
}

static int members_as(const struct record *r, const char *role)
{
    int n = 0;
    for (size_t i = 0; i < r->children[CALL_COUNCIL].n; i++) n += str_is(v_str(r->children[CALL_COUNCIL].p[i]->v[MEMBER_ROLE]), role);
    return n;
}

static Message check_council(const struct work *w, const struct record *r, int *field)
{
    const struct records *council = &r->children[CALL_COUNCIL];
    *field = CALL_COUNCIL;
    if (is_twice(council, MEMBER_ACCOUNT)) return MSG(N_("An account stands twice in the council; each member scores with an account of its own."));
    if (members_as(r, "chair") > 1) return MSG(N_("A council has one chair."));
    for (size_t i = 0; i < council->n; i++)
        if (!may_judge(w, council->p[i]))
            return MSG(N_("{1} cannot score: the account is not an active one of an expert or an officer."), v_str(council->p[i]->v[MEMBER_NAME]));
    return NO_MESSAGE;
}

static Message check_task(const struct work *w, const struct record *r, int *field)
{
    const struct record *of = named(w, r, CALL_TASK, &task);
    *field = CALL_TASK;
    if (!of) return MSG(N_("There is no such task."));
    if (!str_is(v_str(of->v[TASK_MODE]), "provider")) return MSG(N_("By the plan the agency carries out this task itself; no unit is selected for it."));
    *field = CALL_CEILING;
    if (v_i64(r->v[CALL_CEILING]) <= v_i64(of->v[TASK_TOTAL])) return NO_MESSAGE;
    return MSG(N_("By the plan the task costs {1} đồng; the highest price cannot be above that."), amount_str(w, v_i64(of->v[TASK_TOTAL])));
}

/* Nobody who relied on the day loses by it. */
static Message check_last_day(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    struct record *was;
    *field = CALL_CLOSES_ON;
    if (!r->id || !in_state(r, "open") || record_load(&reading, &call, r->id, &was)) return NO_MESSAGE;
    if (is_before(r->v[CALL_CLOSES_ON], was->v[CALL_CLOSES_ON])) return MSG(N_("The call is open: its last day may be moved later, not earlier."));
    bool moved = !val_eq(r->v[CALL_CLOSES_ON], was->v[CALL_CLOSES_ON]);
    return moved && is_past(w, was->v[CALL_CLOSES_ON]) ? MSG(N_("The last day has passed; it cannot be moved any more.")) : NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    Message m = stands_as_sent(w, standing, r, N_("The call is in the state “{1}” and stands as it was opened. Only its last day may be moved, later, while it is open."), field);
    if (m.id) return m;
    *field = CALL_CRITERIA;
    if (is_twice(&r->children[CALL_CRITERIA], CRITERION_TITLE)) return MSG(N_("Two criteria have the same name."));
    m = check_task(w, r, field);
    if (!m.id) m = check_council(w, r, field);
    return m.id ? m : check_last_day(w, r, field);
}

static enum err follow(struct work *w, const struct record *was, const struct record *now) { return stood_as_sent(w, standing, was, now); }

/* ---- its way ------------------------------------------------------------------------------------------ */

enum { COUNCIL_LEAST = 3 };

static Message may_open(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, CALL_TASK, &task), *in = of ? named(w, of, TASK_ACTIVITY, &activity) : NULL;
    if (!in || !v_i64(in->v[ACTIVITY_APPROVED])) return MSG(N_("First the plan must be approved."));
    if (!in_state(of, "planned")) return MSG(N_("The task is in the state “{1}”: a unit is being selected for it, or has been."), tr(w->lang, state_of(of)->label));
    if (!r->children[CALL_CRITERIA].n) return MSG(N_("First say by which criteria the proposals are appraised."));
    if (str_is(v_str(r->v[CALL_REACH]), "invited") && !r->children[CALL_INVITED].n) return MSG(N_("First say which units are invited."));
    return is_before(v_today(w), r->v[CALL_CLOSES_ON]) ? NO_MESSAGE : MSG(N_("First set a last day for proposals that lies ahead."));
}

/* Its desk: an invited unit's way to a call that is not published. */
static Str place_of(struct work *w, const struct record *r) { return str_f(w->a, "/contracts/calls/%.*s", FMT(public_id(w->a, &call, r->id))); }

static enum err open_call(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[CALL_OPENS_ON] = v_today(w);
    for (size_t i = 0; i < now->children[CALL_INVITED].n; i++) {
        const struct record *unit = named(w, now->children[CALL_INVITED].p[i], INVITED_PROVIDER, &provider);
        if (unit) TRY(tell_side(w, unit, PROVIDER_ACCOUNT, MSG(N_("You are invited to propose how this is carried out, until {2}: {1}"), v_str(now->v[CALL_TITLE_VI]),
                                day_shown(w, now->v[CALL_CLOSES_ON])), place_of(w, now)));
    }
    return step_of_program(w, &task, v_i64(now->v[CALL_TASK]), "select", why);
}

static bool has_sent_bids(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t n = 0;
    return !db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM bid WHERE call = $1 AND state = 'sent'"), ARGS(v_int(r->id)), &n) && n;
}

static Message may_open_bids(const struct work *w, const struct record *r)
{
    if (!is_past(w, r->v[CALL_CLOSES_ON])) return MSG(N_("Proposals may be sent until the end of {1}; before that nobody may open them."), day_shown(w, r->v[CALL_CLOSES_ON]));
    if (r->children[CALL_COUNCIL].n < COUNCIL_LEAST || members_as(r, "chair") != 1 || !members_as(r, "secretary"))
        return MSG(N_("First name the council: at least {1} members, one of them the chair and one the secretary."), str_f(w->a, "%d", COUNCIL_LEAST));
    return has_sent_bids(w, r) ? NO_MESSAGE : MSG(N_("No proposal was sent. End the call without a result."));
}

static enum err open_bids(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    for (size_t i = 0; i < now->children[CALL_COUNCIL].n; i++)
        TRY(tell_side(w, now->children[CALL_COUNCIL].p[i], MEMBER_ACCOUNT, MSG(N_("The proposals are open and wait for your points: {1}"), v_str(now->v[CALL_TITLE_VI])),
                      place_of(w, now)));
    TRY(step_all(w, &bid, BID_CALL, now->id, "open", why));
    return step_all(w, &bid, BID_CALL, now->id, "return", why);             /* drafts that were never sent */
}

static enum err end(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[CALL_REASON] = v_text(note);
    TRY(step_all(w, &bid, BID_CALL, now->id, "refuse", why));
    TRY(step_all(w, &bid, BID_CALL, now->id, "return", why));
    return in_state(was, "draft") ? OK : step_auto(w, &task, v_i64(now->v[CALL_TASK]), "unselect", why);
}

static const struct step steps[] = {
    { "open", N_("Open the call"), "draft", "open", OFFICER, .guard = may_open, .effect = open_call },
    { "open_bids", N_("Open the proposals"), "open", "appraising", OFFICER, .is = STEP_QUIET | STEP_WATCHED, .guard = may_open_bids, .effect = open_bids },
    { "decide", N_("Decide"), "appraising", "decided", 0, .is = STEP_AUTO, .tell = OFFICER | LEADER, .told = N_("{1}: a unit was chosen.") },
    { "end", N_("End without a result"), "open|appraising", "without_result", OFFICER, .is = STEP_NOTE | STEP_BAD, .effect = end },
    { "withdraw", N_("Withdraw"), "draft|open", "withdrawn", OFFICER, .is = STEP_NOTE | STEP_BAD, .effect = end },
};
static const struct workflow flow = { CALL_STATE, CALL_DUE, STEPS(steps) };

const struct entity call = {
    .name = "call", .path = "calls", .one = N_("Call for proposals"), .many = N_("Calls for proposals"), .shelf = N_("Contracts"), FIELDS(fields), .title = CALL_TITLE_VI,
    .id_prefix = "TM", .rights = rights, .workflow = &flow, .check = check, .published = published, .follow = follow,
    .about = N_("Which tasks of the programme look for somebody to carry them out, on which terms, and what was decided."),
};

/* ---- whom it lets in ---------------------------------------------------------------------------------- */

bool call_invites(const struct record *r, const struct record *unit)
{
    if (str_is(v_str(r->v[CALL_REACH]), "anybody")) return true;
    for (size_t i = 0; i < r->children[CALL_INVITED].n; i++)
        if (v_i64(r->children[CALL_INVITED].p[i]->v[INVITED_PROVIDER]) == unit->id) return true;
    return false;
}

const struct record *call_member(const struct work *w, const struct record *r)
{
    for (size_t i = 0; w->actor.account && i < r->children[CALL_COUNCIL].n; i++)
        if (v_i64(r->children[CALL_COUNCIL].p[i]->v[MEMBER_ACCOUNT]) == w->actor.account) return r->children[CALL_COUNCIL].p[i];
    return NULL;
}

/* Of a call that only invited units may answer, these and the council read what the public reads of others. */
enum err call_for(struct work *w, int64_t id, struct record **out)
{
    TRY(record_load(w, &call, id, out));
    const struct record *unit = w->actor.roles & PROVIDER ? own_provider(w) : NULL;
    bool invited = unit && call_invites(*out, unit) && !in_state(*out, "draft") && !in_state(*out, "withdrawn");
    return record_visible(w, *out) || invited || call_member(w, *out) ? OK : ERR_DENIED;
}
