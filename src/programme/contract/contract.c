/*
 * contract.c - the contract with the unit that carries out a task: finance checks it, a leader approves it, and from the day it is signed its value is committed.
 *
 * What was sent for approval stands; afterwards an amendment alone changes value, shares and end (amendment.c).
 */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",      N_("Being written") },
    { "checking",   N_("Being checked by finance"), .days = 5 },
    { "approving",  N_("Waits for approval"), .days = 3 },
    { "returned",   N_("To be completed"), .days = 5 },
    { "approved",   N_("To be signed"), .days = 10 },
    { "in_force",   N_("In force") },
    { "completed",  N_("Everything paid, to be settled") },
    { "terminated", N_("Ended early, to be settled") },
    { "settled",    N_("Settled"),  .done = true },
    { "dropped",    N_("Not concluded"), .done = true },
    { NULL },
};

static const struct field share_fields[] = {
    [SHARE_LINE] = { "line", N_("Budget line"), &reference_type, REQUIRED | KEY | OWNER | LISTED | INDEXED, .to = &budget_line },
    [SHARE_AMOUNT] = { "amount", N_("Amount"), &money_type, REQUIRED | OWNER | LISTED, .least = 1, .most = MONEY_MOST },
};
_Static_assert(COUNT(share_fields) == SHARE_FIELD_COUNT, "every field has a row");
const struct entity contract_share = {
    .name = "contract_share", .parent = &contract, .one = N_("Share of a contract"), .many = N_("Shares of contracts"), FIELDS(share_fields),
};

static const struct field fields[] = {
    [CONTRACT_NUMBER] = { "number", N_("Number of the contract"), &text_type, OWNER | LISTED | INDEXED, .max = 100 },
    [CONTRACT_TITLE] = { "title", N_("Title"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [CONTRACT_TASK] = { "task", N_("Task"), &reference_type, REQUIRED | OWNER | FIXED | INDEXED, .to = &task },
    [CONTRACT_CALL] = { "call", N_("Call for proposals"), &reference_type, OWNER | FIXED | INDEXED, .to = &call },
    [CONTRACT_BID] = { "bid", N_("Proposal"), &reference_type, OWNER | FIXED, .to = &bid },
    [CONTRACT_PROVIDER] = { "provider", N_("Implementing unit"), &reference_type, REQUIRED | OWNER | LISTED | FIXED | INDEXED, .to = &provider },
    [CONTRACT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [CONTRACT_VALUE] = { "value", N_("Value"), &money_type, OWNER | LISTED, .least = 0, .most = MONEY_MOST, .writers = SYSTEM, .section = N_("Value and time") },
    [CONTRACT_SHARES] = { "shares", N_("Shares by budget line"), &children_type, REQUIRED | OWNER, .to = &contract_share, .help = N_("They add up to the value of the contract.") },
    [CONTRACT_SIGNED_ON] = { "signed_on", N_("Signed on"), &date_type, OWNER | LISTED | HAPPENED },
    [CONTRACT_STARTS] = { "starts", N_("Starts"), &date_type, REQUIRED | OWNER },
    [CONTRACT_ENDS] = { "ends", N_("Ends"), &date_type, REQUIRED | OWNER | LISTED | INDEXED },
    [CONTRACT_TERMS] = { "terms", N_("Terms"), &long_text_type, OWNER, .max = 20000 },
    [CONTRACT_FILE] = { "file", N_("Signed contract"), &file_type, OWNER },
    [CONTRACT_GUARANTEE] = { "guarantee", N_("Performance guarantee"), &money_type, OWNER, .least = 0, .most = MONEY_MOST, .section = N_("Guarantee") },
    [CONTRACT_GUARANTEE_UNTIL] = { "guarantee_until", N_("Guarantee valid until"), &date_type, OWNER | INDEXED },
    [CONTRACT_GUARANTEE_FILE] = { "guarantee_file", N_("Letter of guarantee"), &file_type, OWNER },
    [CONTRACT_VERSION] = { "version", N_("Version"), &integer_type, OWNER, .least = 1, .most = 1000, .writers = SYSTEM },
    [CONTRACT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [CONTRACT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == CONTRACT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,                           OWN_FIELDS, ROWS_MINE, CONTRACT_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what may be saved ------------------------------------------------------------------------------ */

#define ITS_WAY CONTRACT_STATE, CONTRACT_DUE
#define ITS_GUARANTEE CONTRACT_GUARANTEE, CONTRACT_GUARANTEE_UNTIL, CONTRACT_GUARANTEE_FILE
static const int free_while_decided_on[] = { ITS_WAY, -1 };
static const int free_while_signed[] = { ITS_WAY, ITS_GUARANTEE, CONTRACT_NUMBER, CONTRACT_SIGNED_ON, CONTRACT_FILE, -1 };
static const int free_in_force[] = { ITS_WAY, ITS_GUARANTEE, -1 };
static const struct standing standing[] = {
    { "checking|approving", free_while_decided_on }, { "approved", free_while_signed }, { "in_force|completed|terminated|settled|dropped", free_in_force }, { NULL },
};

static Message check_shares(const struct work *w, const struct record *r, const struct record *under, int *field)
{
    const struct records *shares = &r->children[CONTRACT_SHARES];
    *field = CONTRACT_SHARES;
    for (size_t i = 0; i < shares->n; i++) {
        const struct record *line = named(w, shares->p[i], SHARE_LINE, &budget_line);
        if (!line || v_i64(line->v[LINE_YEAR]) != v_i64(under->v[TASK_YEAR])) return MSG(N_("Each share is of a budget line of the task’s year."));
        for (size_t k = 0; k < i; k++)
            if (val_eq(shares->p[i]->v[SHARE_LINE], shares->p[k]->v[SHARE_LINE])) return MSG(N_("A budget line stands there twice."));
    }
    return NO_MESSAGE;
}

/* A proposal that is sealed, or was not chosen, is not to be learnt of by naming it. */
static bool is_its_bid(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, CONTRACT_BID, &bid);
    return !v_is(r->v[CONTRACT_BID]) || (of && in_state(of, "awarded") && val_eq(of->v[BID_CALL], r->v[CONTRACT_CALL]) && val_eq(of->v[BID_PROVIDER], r->v[CONTRACT_PROVIDER]));
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *under = named(w, r, CONTRACT_TASK, &task);
    Message m = stands_as_sent(w, standing, r, N_("The contract is in the state “{1}” and stands as it is; an amendment changes one that is in force."), field);
    if (m.id) return m;
    *field = CONTRACT_TASK;
    if (!under) return MSG(N_("There is no such task."));
    if (!str_is(v_str(under->v[TASK_MODE]), "provider")) return MSG(N_("By the plan the agency carries out this task itself; there is no contract for it."));
    *field = CONTRACT_PROVIDER;
    if (!named(w, r, CONTRACT_PROVIDER, &provider)) return MSG(N_("There is no such implementing unit."));
    *field = CONTRACT_BID;
    if (!is_its_bid(w, r)) return MSG(N_("There is no such proposal that was chosen."));
    *field = CONTRACT_ENDS;
    if (is_before(r->v[CONTRACT_ENDS], r->v[CONTRACT_STARTS])) return MSG(N_("The contract ends before it starts."));
    *field = CONTRACT_GUARANTEE_UNTIL;
    if (v_i64(r->v[CONTRACT_GUARANTEE]) && !v_is(r->v[CONTRACT_GUARANTEE_UNTIL])) return MSG(N_("Say until when the guarantee is valid."));
    return check_shares(w, r, under, field);
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *unit = r->id ? NULL : named(w, r, CONTRACT_PROVIDER, &provider);
    r->v[CONTRACT_VALUE] = v_int(sum_of(&r->children[CONTRACT_SHARES], SHARE_AMOUNT));
    if (!v_is(r->v[CONTRACT_VERSION])) r->v[CONTRACT_VERSION] = v_int(1);
    if (unit) r->v[CONTRACT_ACCOUNT] = unit->v[PROVIDER_ACCOUNT];
}

static enum err follow(struct work *w, const struct record *was, const struct record *now) { return stood_as_sent(w, standing, was, now); }

/* ---- until it is signed --------------------------------------------------------------------------------- */

/* The money it needs is still there; the last word has the posting on the day it is signed. */
static Message has_money(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    return lines_short(&reading, &r->children[CONTRACT_SHARES], SHARE_LINE, SHARE_AMOUNT);
}

static Message milestones_outside(struct work *w, const struct record *r)
{
    struct records list;
    if (milestones_of(w, r->id, &list) || !list.n) return MSG(N_("First say what is to be delivered: the contract has no milestones."));
    for (size_t i = 0; i < list.n; i++)
        if (is_before(list.p[i]->v[MILESTONE_DUE_ON], r->v[CONTRACT_STARTS]) || is_before(r->v[CONTRACT_ENDS], list.p[i]->v[MILESTONE_DUE_ON]))
            return MSG(N_("“{1}” is to be delivered on {2}, outside the time of the contract."), v_str(list.p[i]->v[MILESTONE_TITLE]), day_shown(w, list.p[i]->v[MILESTONE_DUE_ON]));
    return NO_MESSAGE;
}

static Message norms_hold(const struct work *w, const struct record *r, struct date day)
{
    struct work reading = *w;
    const struct record *under = named(w, r, CONTRACT_TASK, &task);
    Message m = NO_MESSAGE;
    if (!under || norms_exceeded(&reading, under, day, &m)) return MSG(N_("The norms of the task cannot be read just now."));
    return m;
}

static Message may_be_sent(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    Message m = milestones_outside(&reading, r);
    if (!m.id) m = milestones_short(&reading, r);
    if (!m.id) m = norms_hold(w, r, w->today);
    return m.id ? m : has_money(w, r);
}

static Message may_be_signed(const struct work *w, const struct record *r)
{
    const struct record *under = named(w, r, CONTRACT_TASK, &task);
    struct date day;
    if (!v_is(r->v[CONTRACT_NUMBER]) || !date_from_iso(v_str(r->v[CONTRACT_SIGNED_ON]), &day) || !v_is(r->v[CONTRACT_FILE]))
        return MSG(N_("First enter the number of the contract, the day it was signed and the signed copy."));
    if (!under || !in_states(under, "planned|choosing")) return MSG(N_("The task is in the state “{1}”; no contract begins for it."), under ? tr(w->lang, state_of(under)->label) : (Str){ 0 });
    return norms_hold(w, r, day);
}

static enum err sign(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    const struct records *shares = &now->children[CONTRACT_SHARES];
    struct posting as = { .stage = MONEY_COMMITTED, .task = v_i64(now->v[CONTRACT_TASK]), .contract = now->id, .document = v_str(now->v[CONTRACT_NUMBER]), .file = v_str(now->v[CONTRACT_FILE]) };
    struct posting *list = NEW_ARRAY(w->a, struct posting, shares->n + 1);
    MUST(date_from_iso(v_str(now->v[CONTRACT_SIGNED_ON]), &as.on));
    for (size_t i = 0; i < shares->n; i++) {
        list[i] = as;
        list[i].line = v_i64(shares->p[i]->v[SHARE_LINE]);
        list[i].amount = v_i64(shares->p[i]->v[SHARE_AMOUNT]);
    }
    TRY(money_post(w, list, shares->n, why));
    return step_of_program(w, &task, v_i64(now->v[CONTRACT_TASK]), "engage", why);
}

/* ---- when it ends early --------------------------------------------------------------------------------- */

static Message nothing_waits(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t accepted = 0, asked = 0;
    enum err e = db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM milestone WHERE contract = $1 AND state = 'accepted'"), ARGS(v_int(r->id)), &accepted);
    if (!e) e = db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM payment_request WHERE contract = $1 AND state IN ('sent', 'programme_approved')"), ARGS(v_int(r->id)), &asked);
    return e || accepted || asked ? MSG(N_("A milestone was accepted and is not paid, or a payment is under way. Pay or refuse it first.")) : NO_MESSAGE;
}

/* What is left of the contract is what was paid. */
static void keep_what_was_paid(struct work *w, struct record *now, const struct shares *paid)
{
    struct records left = { 0 };
    for (size_t i = 0; i < now->children[CONTRACT_SHARES].n; i++) {
        struct record *s = record_copy(w->a, now->children[CONTRACT_SHARES].p[i]);
        for (size_t k = 0; k < paid->n; k++)
            if (paid->p[k].line == v_i64(s->v[SHARE_LINE])) s->v[SHARE_AMOUNT] = v_int(paid->p[k].balance.of[MONEY_DISBURSED]);
        if (v_i64(s->v[SHARE_AMOUNT])) *GROW(w->a, left) = s;
    }
    now->children[CONTRACT_SHARES] = left;
}

static enum err terminate(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    struct shares shares;
    struct posting as = { .stage = MONEY_COMMITTED, .on = w->today, .task = v_i64(now->v[CONTRACT_TASK]), .contract = now->id, .document = v_str(now->v[CONTRACT_NUMBER]), .reason = note };
    TRY(shares_of(w, now->id, 0, &shares));
    int64_t *back = NEW_ARRAY(w->a, int64_t, shares.n + 1);
    for (size_t i = 0; i < shares.n; i++) back[i] = shares.p[i].balance.of[MONEY_DISBURSED] - shares.p[i].balance.of[MONEY_COMMITTED];
    TRY(post_each(w, &shares, back, as, why));
    keep_what_was_paid(w, now, &shares);
    TRY(step_all(w, &milestone, MILESTONE_CONTRACT, now->id, "void", why));
    return step_auto(w, &task, v_i64(now->v[CONTRACT_TASK]), "release", why);
}

/* ---- its way ------------------------------------------------------------------------------------------ */

/* The task looks for somebody again. */
static enum err drop(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    TRY(step_all(w, &milestone, MILESTONE_CONTRACT, now->id, "void", why));
    return step_auto(w, &task, v_i64(now->v[CONTRACT_TASK]), "unselect", why);
}

static const struct step steps[] = {
    { "send", N_("Send to finance"), "draft|returned", "checking", OFFICER, .guard = may_be_sent, .tell = FINANCE, .told = N_("A contract waits to be checked: {1}") },
    { "agree", N_("The money is there"), "checking", "approving", FINANCE, .guard = has_money, .tell = LEADER, .told = N_("A contract waits for approval: {1}") },
    { "return", N_("Ask for changes"), "checking", "returned", FINANCE, .is = STEP_NOTE, .tell = OFFICER, .told = N_("{1}: finance asks for changes.") },
    { "approve", N_("Approve"), "approving", "approved", LEADER, .guard = has_money, .tell = OFFICER | PROVIDER, .told = N_("{1}: the contract was approved and is to be signed.") },
    { "refuse", N_("Do not approve"), "approving", "returned", LEADER, .is = STEP_NOTE, .tell = OFFICER, .told = N_("{1}: the contract was not approved; it needs changes.") },
    { "sign", N_("Note that it is signed"), "approved", "in_force", OFFICER, .guard = may_be_signed, .effect = sign, .tell = PROVIDER | FINANCE, .told = N_("{1}: the contract is in force.") },
    { "reopen", N_("Take back to change"), "approved", "returned", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = FINANCE | LEADER,
      .told = N_("{1}: the contract was taken back before signing.") },
    { "drop", N_("Do not conclude it"), "draft|returned|approved", "dropped", OFFICER, .is = STEP_NOTE | STEP_BAD, .effect = drop, .tell = PROVIDER | LEADER,
      .told = N_("{1}: the contract will not be concluded.") },
    { "terminate", N_("End it early"), "in_force", "terminated", LEADER, .is = STEP_NOTE | STEP_BAD, .guard = nothing_waits, .effect = terminate,
      .tell = OFFICER | FINANCE | PROVIDER, .told = N_("{1}: the contract was ended early.") },
    { "complete", N_("Everything is paid"), "in_force", "completed", 0, .is = STEP_AUTO, .tell = OFFICER | PROVIDER, .told = N_("{1}: everything is paid; the contract is to be settled.") },
    { "settle", N_("Settled"), "completed|terminated", "settled", 0, .is = STEP_AUTO, .tell = OFFICER | PROVIDER, .told = N_("{1}: the contract is settled.") },
};
static const struct workflow flow = { CONTRACT_STATE, CONTRACT_DUE, STEPS(steps) };

const struct entity contract = {
    .name = "contract", .path = "contracts", .one = N_("Contract"), .many = N_("Contracts"), .shelf = N_("Contracts"), FIELDS(fields), .title = CONTRACT_TITLE, .id_prefix = "HD",
    .rights = rights, .workflow = &flow, .check = check, .compute = compute, .follow = follow,
    .about = N_("Contracts with units that carry out tasks: value by budget line, time, guarantee and how far they have come."),
};
