/* milestone.c - what a contract is to deliver, by when and for how much.  Only an acceptance (programme/delivery) makes one accepted, only a payment makes one paid. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "planned",   N_("Not delivered yet") },
    { "delivered", N_("Delivered, to be accepted") },
    { "accepted",  N_("Accepted, to be paid") },
    { "paid",      N_("Paid"),      .done = true },
    { "cancelled", N_("Cancelled"), .done = true },
    { NULL },
};

static const struct field fields[] = {
    [MILESTONE_TITLE] = { "title", N_("What is delivered"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [MILESTONE_CONTRACT] = { "contract", N_("Contract"), &reference_type, REQUIRED | OWNER | LISTED | FIXED | INDEXED, .to = &contract },
    [MILESTONE_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [MILESTONE_DUE_ON] = { "due_on", N_("To be delivered by"), &date_type, REQUIRED | OWNER | LISTED | INDEXED },
    [MILESTONE_AMOUNT] = { "amount", N_("Amount"), &money_type, REQUIRED | OWNER | LISTED, .least = 1, .most = MONEY_MOST },
    [MILESTONE_CRITERIA] = { "criteria", N_("Criteria of acceptance"), &long_text_type, REQUIRED | OWNER, .max = 20000 },
    [MILESTONE_ACCEPTED_ON] = { "accepted_on", N_("Accepted on"), &date_type, OWNER | LISTED | HAPPENED, .writers = SYSTEM },
    [MILESTONE_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == MILESTONE_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,                           OWN_FIELDS, ROWS_MINE, MILESTONE_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what may be saved ------------------------------------------------------------------------------ */

static const int nothing_free[] = { MILESTONE_STATE, -1 };
static const int day_free[] = { MILESTONE_STATE, MILESTONE_DUE_ON, -1 };
static const int all_free[] = { MILESTONE_STATE, MILESTONE_DUE_ON, MILESTONE_TITLE, MILESTONE_AMOUNT, MILESTONE_CRITERIA, MILESTONE_CONTRACT, MILESTONE_ACCOUNT, MILESTONE_ACCEPTED_ON, -1 };

/*
 * What may differ: all while the contract is being written.  In force, an amendment alone opens them again: days within the new term, and amounts as long as
 * they do not add up to the new value.
 */
static const int *free_fields(const struct record *of, const struct record *was, bool adds_up)
{
    bool amended = in_state(of, "in_force") && v_i64(of->v[CONTRACT_VERSION]) > 1;
    if (was && !in_state(was, "planned")) return nothing_free;
    if (in_states(of, "draft|returned")) return all_free;
    return !amended ? nothing_free : adds_up ? day_free : all_free;
}

static bool adds_up(const struct work *w, const struct record *of)
{
    struct work reading = *w;
    return !milestones_short(&reading, of).id;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    const struct record *of = named(w, r, MILESTONE_CONTRACT, &contract);
    struct record *was = NULL;
    *field = MILESTONE_CONTRACT;
    if (!of || (r->id && record_load(&reading, &milestone, r->id, &was))) return MSG(N_("There is no such contract."));
    const int *free = free_fields(of, was, adds_up(w, of));
    int held = was ? field_held(was, r, free) : free == all_free ? -1 : MILESTONE_CONTRACT;
    if (held >= 0) {
        *field = held;
        return MSG(N_("The contract is in the state “{1}” and its milestones stand. An amendment opens those not yet delivered: amounts until they add up to the new value, days within the new term."),
                   tr(w->lang, state_of(of)->label));
    }
    *field = MILESTONE_DUE_ON;
    bool outside = is_before(r->v[MILESTONE_DUE_ON], of->v[CONTRACT_STARTS]) || is_before(of->v[CONTRACT_ENDS], r->v[MILESTONE_DUE_ON]);
    return outside ? MSG(N_("The contract runs from {1} to {2}; its milestones lie within."), day_shown(w, of->v[CONTRACT_STARTS]), day_shown(w, of->v[CONTRACT_ENDS])) : NO_MESSAGE;
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *of = r->id ? NULL : named(w, r, MILESTONE_CONTRACT, &contract);
    if (of) r->v[MILESTONE_ACCOUNT] = of->v[CONTRACT_ACCOUNT];
}

/* Every other way of writing an old one: asked as it stood before, though it is written by now. */
static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    const struct record *of = now ? named(w, now, MILESTONE_CONTRACT, &contract) : NULL;
    struct records list;
    if (!was || !of || w->actor.roles & SYSTEM || w->writing.stepping == now) return OK;
    TRY(milestones_of(w, of->id, &list));
    int64_t before = sum_of(&list, MILESTONE_AMOUNT) - v_i64(now->v[MILESTONE_AMOUNT]) + v_i64(was->v[MILESTONE_AMOUNT]);
    return field_held(was, now, free_fields(of, was, before == v_i64(of->v[CONTRACT_VALUE]))) < 0 ? OK : ERR_DENIED;
}

/* ---- its way ------------------------------------------------------------------------------------------ */

static Message contract_runs(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, MILESTONE_CONTRACT, &contract);
    return of && in_state(of, "in_force") ? NO_MESSAGE : MSG(N_("The contract is not in force."));
}

/* One that is not needed leaves while the contract is written, or after an amendment made it smaller. */
static Message may_be_cancelled(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, MILESTONE_CONTRACT, &contract);
    return of && free_fields(of, r, adds_up(w, of)) == all_free ? NO_MESSAGE : MSG(N_("The contract stands, and its milestones with it; an amendment changes them."));
}

static enum err note_day(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[MILESTONE_ACCEPTED_ON] = v_today(w);
    return OK;
}

static const struct step steps[] = {
    { "deliver", N_("Delivered"), "planned", "delivered", PROVIDER | OFFICER, .is = STEP_QUIET, .guard = contract_runs, .tell = OFFICER, .told = N_("{1}: delivered, and waits to be accepted.") },
    { "take_back", N_("Not delivered yet"), "delivered", "planned", PROVIDER | OFFICER, .is = STEP_BAD },
    { "reject", N_("Not accepted"), "delivered", "planned", 0, .is = STEP_AUTO, .tell = PROVIDER | OFFICER, .told = N_("{1}: not accepted; see the minutes.") },
    { "accept", N_("Accepted"), "planned|delivered", "accepted", 0, .is = STEP_AUTO, .guard = contract_runs, .effect = note_day, .tell = PROVIDER | OFFICER, .told = N_("{1}: accepted. The payment can be asked for.") },
    { "pay", N_("Paid"), "accepted", "paid", 0, .is = STEP_AUTO },
    { "cancel", N_("Cancel"), "planned", "cancelled", OFFICER, .is = STEP_BAD, .guard = may_be_cancelled },
    { "void", N_("The contract has ended"), "planned|delivered", "cancelled", 0, .is = STEP_AUTO },
};
static const struct workflow flow = { MILESTONE_STATE, -1, STEPS(steps) };

const struct entity milestone = {
    .name = "milestone", .path = "milestones", .one = N_("Milestone"), .many = N_("Milestones"), .shelf = N_("Contracts"), FIELDS(fields), .title = MILESTONE_TITLE, .id_prefix = "MO",
    .rights = rights, .workflow = &flow, .check = check, .compute = compute, .follow = follow,
    .about = N_("What contracts are to deliver, by when, for how much, and whether it was accepted and paid."),
};
