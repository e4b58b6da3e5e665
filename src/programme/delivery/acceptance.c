/*
 * acceptance.c - minutes of acceptance (biên bản nghiệm thu): what was promised, what is there, what the ward says, and whether the milestone is accepted.
 *
 * The office writes the minutes.  Where the task has a ward they go to that ward, whose account alone writes its opinion and confirms it; what went there stands, until the
 * office takes it back, which takes the ward's opinion with it.  Only then the office accepts.
 */
#include "programme/delivery/inside.h"

static const struct choice states[] = {
    { "draft",     N_("Being written") },
    { "with_ward", N_("With the ward or commune"), .days = 5 },
    { "confirmed", N_("Confirmed by the ward or commune"), .days = 5 },
    { "returned",  N_("Returned by the ward or commune"), .days = 5 },
    { "accepted",  N_("Accepted"), .done = true },
    { "rejected",  N_("Rejected"), .done = true },
    { NULL },
};
static const struct choice results[] = {
    { "met", N_("As promised") }, { "met_in_part", N_("As promised, except for minor points") }, { "not_met", N_("Not as promised") }, { NULL },
};

#define OFFICE (OFFICER | ADMIN)

static const struct field fields[] = {
    [ACCEPTANCE_NAME] = { "name", N_("What is accepted"), &text_type, PUBLIC | LISTED | SEARCHED, .max = 700, .weight = 4, .writers = SYSTEM },
    [ACCEPTANCE_MILESTONE] = { "milestone", N_("Milestone"), &reference_type, PUBLIC | FIXED | INDEXED, .to = &milestone, .writers = OFFICE,
        .help = N_("Of the contract under which it is delivered. Empty: of a task that the agency does itself.") },
    [ACCEPTANCE_TASK] = { "task", N_("Task"), &reference_type, PUBLIC | FIXED | INDEXED, .to = &task, .writers = OFFICE, .help = N_("Only where there is no milestone.") },
    [ACCEPTANCE_ACCOUNT] = { "account", N_("Account of the implementing unit"), &account_type, INTERNAL | INDEXED },
    [ACCEPTANCE_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | FACET | INDEXED, .list = "ward", .writers = SYSTEM },
    [ACCEPTANCE_PROMISED] = { "promised", N_("What was promised"), &long_text_type, PUBLIC, .max = 8000, .writers = SYSTEM },
    [ACCEPTANCE_ON] = { "held_on", N_("Held on"), &date_type, PUBLIC | LISTED | HAPPENED, .writers = OFFICE, .section = N_("Minutes") },
    [ACCEPTANCE_PLACE] = { "place", N_("Place"), &text_type, PUBLIC, .max = 300, .writers = OFFICE },
    [ACCEPTANCE_FINDINGS] = { "findings", N_("What was found"), &long_text_type, PUBLIC, .max = 8000, .writers = OFFICE },
    [ACCEPTANCE_RESULT] = { "result", N_("Result"), &choice_type, PUBLIC | LISTED, .choices = results, .writers = OFFICE },
    [ACCEPTANCE_WARD_OPINION] = { "ward_opinion", N_("Opinion of the ward or commune"), &long_text_type, PUBLIC, .max = 4000, .writers = WARD,
        .section = N_("Ward or commune") },
    [ACCEPTANCE_WARD_PERSON] = { "ward_person", N_("Who confirms it for the ward or commune"), &text_type, PUBLIC, .max = 200, .writers = WARD, .help = N_("Name and position.") },
    [ACCEPTANCE_FILE] = { "file", N_("Signed minutes"), &file_type, OWNER, .writers = OFFICE, .section = N_("Paper") },
    [ACCEPTANCE_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [ACCEPTANCE_DUE] = { "due", N_("Due on"), &date_type, PUBLIC | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == ACCEPTANCE_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,              OWN_FIELDS, ROWS_MINE, ACCEPTANCE_ACCOUNT },
    { WARD,             MAY_READ | MAY_CHANGE, OWN_FIELDS, ROWS_WARD, ACCEPTANCE_WARD },
    { FINANCE | LEADER, MAY_READ,              OWN_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_ALL,               ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what minutes may say ------------------------------------------------------------------------------ */

/* Minutes of the same that are not rejected; 0: none. */
static int64_t another(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t id = 0;
    bool of_milestone = v_is(r->v[ACCEPTANCE_MILESTONE]);
    Sql sql = of_milestone ? SQL("SELECT min(id) FROM acceptance WHERE milestone = $1 AND id <> $2 AND state <> 'rejected'")
                           : SQL("SELECT min(id) FROM acceptance WHERE task = $1 AND milestone IS NULL AND id <> $2 AND state <> 'rejected'");
    Val of = r->v[of_milestone ? ACCEPTANCE_MILESTONE : ACCEPTANCE_TASK];
    return db_one_int(reading.db, reading.a, sql, ARGS(of, v_int(r->id)), &id) ? 0 : id;
}

static Message check_what(const struct work *w, const struct record *r)
{
    struct followed f = followed_of(w, r, ACCEPTANCE_MILESTONE, ACCEPTANCE_TASK);
    if (!f.task) return MSG(N_("Say which milestone is accepted, or which task that the agency does itself."));
    if (!f.milestone && !str_is(v_str(f.task->v[TASK_MODE]), "own")) return MSG(N_("This task is carried out under a contract: say which of its milestones is accepted."));
    int64_t id = another(w, r);
    return id ? MSG(N_("There are minutes of this already: {1}."), public_id(w->a, &acceptance, id)) : NO_MESSAGE;
}

/* Minutes that went to the ward stand; the ward writes its part then, and only then. */
static Message check_stands(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    struct record *was;
    bool with_ward = in_its_state(r, "with_ward"), written = in_its_state(r, "draft") || in_its_state(r, "returned");
    if (!r->id || w->actor.roles & SYSTEM || record_load(&reading, &acceptance, r->id, &was)) return NO_MESSAGE;
    for EACH_FIELD(f, i, &acceptance) {
        if (!has_column(f) || val_eq(was->v[i], r->v[i])) continue;
        *field = i;
        if (f->writers == WARD && !with_ward) return MSG(N_("The ward or commune writes this while the minutes are with it."));
        if (f->writers == OFFICE && i != ACCEPTANCE_FILE && !written) return MSG(N_("These minutes went to the ward or commune and stand. Take them back to change them."));
    }
    return NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    *field = ACCEPTANCE_MILESTONE;
    Message m = check_what(w, r);
    if (!m.id) m = check_stands(w, r, field);
    return m;
}

static void compute(const struct work *w, struct record *r)
{
    struct followed f = { 0 };
    if (!r->id) f = followed_of(w, r, ACCEPTANCE_MILESTONE, ACCEPTANCE_TASK);
    if (!f.task) return;
    r->v[ACCEPTANCE_TASK] = v_int(f.task->id);
    r->v[ACCEPTANCE_WARD] = f.task->v[TASK_WARD];
    r->v[ACCEPTANCE_NAME] = v_text(called(w, f.task));
    r->v[ACCEPTANCE_PROMISED] = f.milestone ? f.milestone->v[MILESTONE_CRITERIA] : f.task->v[TASK_RESULT];
    if (!f.milestone) return;
    r->v[ACCEPTANCE_ACCOUNT] = f.milestone->v[MILESTONE_ACCOUNT];
    r->v[ACCEPTANCE_NAME] = v_text(str_f(w->a, "%.*s – %.*s", FMT(called(w, f.task)), FMT(called(w, f.milestone))));
}

/* ---- its way --------------------------------------------------------------------------------------------- */

static Message is_delivered(const struct work *w, const struct record *r)
{
    struct followed f = followed_of(w, r, ACCEPTANCE_MILESTONE, ACCEPTANCE_TASK);
    if (f.milestone && !in_its_state(f.milestone, "delivered")) return MSG(N_("First the implementing unit says that this milestone is delivered."));
    if (!f.milestone && f.task && !in_its_state(f.task, "under_way")) return MSG(N_("First the task is begun: only what is under way can be accepted."));
    return NO_MESSAGE;
}

static Message is_written(const struct work *w, const struct record *r)
{
    bool written = v_is(r->v[ACCEPTANCE_ON]) && v_is(r->v[ACCEPTANCE_FINDINGS]) && v_is(r->v[ACCEPTANCE_RESULT]);
    return written ? is_delivered(w, r) : MSG(N_("First write the minutes: the day, what was found, and the result."));
}

static Message may_go_to_ward(const struct work *w, const struct record *r)
{
    return v_is(r->v[ACCEPTANCE_WARD]) ? is_written(w, r) : MSG(N_("This task has no ward or commune that takes part."));
}

static Message ward_has_written(const struct work *w, const struct record *r)
{
    bool written = v_is(r->v[ACCEPTANCE_WARD_OPINION]) && v_is(r->v[ACCEPTANCE_WARD_PERSON]);
    return written ? NO_MESSAGE : MSG(N_("First write the opinion of the ward or commune, and who confirms it."));
}

static Message may_be_accepted(const struct work *w, const struct record *r)
{
    if (v_is(r->v[ACCEPTANCE_WARD]) && !in_its_state(r, "confirmed")) return MSG(N_("The ward or commune takes part: send it the minutes, and accept when it has confirmed them."));
    if (str_is(v_str(r->v[ACCEPTANCE_RESULT]), "not_met")) return MSG(N_("The minutes say that it is not as promised: reject it, or change the minutes first."));
    return is_written(w, r);
}

/* A task is accepted when none of its contracts' milestones is open any more. */
static enum err task_accepted(struct work *w, const struct record *now, Message *why)
{
    int64_t open = 0, id = v_i64(now->v[ACCEPTANCE_TASK]);
    TRY(db_one_int(w->db, w->a,
                   SQL("SELECT count(*) FROM milestone JOIN contract ON contract.id = milestone.contract"
                       " WHERE contract.task = $1 AND contract.state <> 'terminated' AND milestone.state IN ('planned', 'delivered')"),
                   ARGS(v_int(id)), &open));
    return open ? OK : step_auto(w, &task, id, "accept", why);
}

static enum err accept(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    if (v_is(now->v[ACCEPTANCE_MILESTONE])) TRY(step_auto(w, &milestone, v_i64(now->v[ACCEPTANCE_MILESTONE]), "accept", why));
    return task_accepted(w, now, why);
}

static enum err reject(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    return v_is(now->v[ACCEPTANCE_MILESTONE]) ? step_auto(w, &milestone, v_i64(now->v[ACCEPTANCE_MILESTONE]), "reject", why) : OK;
}

static enum err take_back(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[ACCEPTANCE_WARD_OPINION] = now->v[ACCEPTANCE_WARD_PERSON] = v_null();
    return OK;
}

static const struct step steps[] = {
    { "ask_ward", N_("Send to the ward or commune"), "draft|returned", "with_ward", OFFICER, .guard = may_go_to_ward, .tell = WARD,
      .told = N_("Minutes of acceptance wait for your confirmation: {1}") },
    { "confirm", N_("Confirm for the ward or commune"), "with_ward", "confirmed", WARD, ROWS_WARD, ACCEPTANCE_WARD, .guard = ward_has_written, .tell = OFFICER,
      .told = N_("The ward or commune confirmed the acceptance: {1}") },
    { "return", N_("Return to the office"), "with_ward", "returned", WARD, ROWS_WARD, ACCEPTANCE_WARD, STEP_NOTE, .tell = OFFICER,
      .told = N_("The ward or commune returned the minutes of acceptance: {1}") },
    { "accept", N_("Accept it"), "draft|returned|confirmed", "accepted", OFFICER, .guard = may_be_accepted, .effect = accept, .tell = PROVIDER | WARD | FINANCE, .told = N_("It was accepted: {1}") },
    { "reject", N_("Reject"), "draft|returned|confirmed", "rejected", OFFICER, .is = STEP_NOTE | STEP_BAD, .guard = is_delivered, .effect = reject, .tell = PROVIDER | WARD,
      .told = N_("It was not accepted: {1}") },
    { "revise", N_("Take back to change"), "with_ward|confirmed", "draft", OFFICER, .is = STEP_BAD, .effect = take_back, .tell = WARD, .told = N_("The office took back the minutes of acceptance: {1}") },
};
static const struct workflow flow = { ACCEPTANCE_STATE, ACCEPTANCE_DUE, STEPS(steps) };

const struct entity acceptance = {
    .name = "acceptance", .path = "acceptances", .one = N_("Minutes of acceptance"), .many = N_("Minutes of acceptances"), .shelf = N_("Delivery"), FIELDS(fields), .title = ACCEPTANCE_NAME,
    .id_prefix = "NT", .rights = rights, .workflow = &flow, .check = check, .compute = compute,
    .about = N_("What was delivered for the programme and accepted, together with the ward or commune where it was carried out."),
};
