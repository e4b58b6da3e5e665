/*
 * question.c - a supplier asks about a demand; its buyer answers.  All suppliers of the demand read what was asked and answered, and
 * none reads who asked.
 */
#include "programme/linkage/inside.h"

static const struct choice states[] = {
    { "asked", N_("Waits for an answer"), .days = 3 }, { "answered", N_("Answered"), .done = true }, { "withdrawn", N_("Withdrawn"), .done = true }, { NULL },
};

static const struct field fields[] = {
    [QUESTION_TEXT] = { "text", N_("Question"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 2000, .side = QUESTION_ENTERPRISE,
        .help = N_("The other suppliers read it too, but not that you asked: do not name yourself.") },
    [QUESTION_INVITATION] = { "invitation", N_("Invitation"), &reference_type, REQUIRED | OWNER | FIXED | INDEXED, .to = &invitation },
    [QUESTION_DEMAND] = { "demand", N_("Demand"), &reference_type, PUBLIC | LISTED | INDEXED, .to = &demand, .writers = SYSTEM },
    [QUESTION_ENTERPRISE] = { "enterprise", N_("Supplier"), &reference_type, PUBLIC | LISTED, .to = &enterprise, .writers = SYSTEM },
    [QUESTION_BUYER_ACCOUNT] = { "buyer_account", N_("Account of the buyer"), &account_type, INTERNAL | INDEXED },
    [QUESTION_ANSWER] = { "answer", N_("Answer"), &long_text_type, OWNER, .max = NOTE_MOST, .writers = SYSTEM },
    [QUESTION_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [QUESTION_DUE] = { "due", N_("Due on"), &date_type, PUBLIC | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == QUESTION_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE,               MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_OWN,  QUESTION_ENTERPRISE },
    { BUYER | ENTERPRISE,       MAY_READ, OWN_FIELDS,    ROWS_MINE, QUESTION_BUYER_ACCOUNT },
    { FINANCE | AGENCY | LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,          MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *by = named(w, r, QUESTION_INVITATION, &invitation);
    *field = QUESTION_INVITATION;
    if (!by || !belongs_to(w, r, QUESTION_ENTERPRISE, by)) return MSG(N_("There is no such invitation of yours."));
    return state_of(by)->done ? MSG(N_("You do not take part in this demand any more.")) : NO_MESSAGE;
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *by = r->id ? NULL : named(w, r, QUESTION_INVITATION, &invitation);
    if (!by) return;
    r->v[QUESTION_DEMAND] = by->v[INVITATION_DEMAND];
    r->v[QUESTION_ENTERPRISE] = by->v[INVITATION_ENTERPRISE];
    r->v[QUESTION_BUYER_ACCOUNT] = by->v[INVITATION_BUYER_ACCOUNT];
}

static enum err keep_answer(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[QUESTION_ANSWER] = v_text(note);
    return OK;
}

static const struct step steps[] = {
    { "answer", N_("Answer"), "asked", "answered", BUYER | ENTERPRISE | OFFICER, ROWS_MINE, QUESTION_BUYER_ACCOUNT, STEP_NOTE, .effect = keep_answer,
      .tell = ENTERPRISE, .told = N_("Your question was answered: {1}") },
    { "withdraw", N_("Withdraw"), "asked", "withdrawn", ENTERPRISE, ROWS_OWN, QUESTION_ENTERPRISE, STEP_BAD },
};
static const struct workflow flow = { QUESTION_STATE, QUESTION_DUE, STEPS(steps) };

/* The buyer is told of a new question. */
static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    return !was && now ? tell_side(w, now, QUESTION_BUYER_ACCOUNT, MSG(N_("A supplier asks: {1}"), v_str(now->v[QUESTION_TEXT])),
                                   workspace_path(w->a, &question, now->id)) : OK;
}

const struct entity question = {
    .name = "question", .path = "questions", .one = N_("Question of a supplier"), .many = N_("Questions of suppliers"), .shelf = N_("Linkage"), FIELDS(fields),
    .title = QUESTION_TEXT, .id_prefix = "CH", .rights = rights, .workflow = &flow, .check = check, .compute = compute, .follow = follow,
    .about = N_("What suppliers asked about a demand and what the buyer answered."),
};
