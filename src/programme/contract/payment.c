/* payment.c - what a unit asks to be paid for an accepted milestone, or the agency for a task it carries out itself; the programme agrees, finance agrees and pays. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",              N_("Being written") },
    { "sent",               N_("Being checked"), .days = 5 },
    { "returned",           N_("To be completed"), .days = 5 },
    { "programme_approved", N_("Approved by the programme, to be paid"), .days = 5 },
    { "paid",               N_("Paid"),      .done = true },
    { "refused",            N_("Refused"),   .done = true },
    { "withdrawn",          N_("Withdrawn"), .done = true },
    { NULL },
};

#define ASKING (PROVIDER | OFFICER | ADMIN)
static const struct field fields[] = {
    [PAYMENT_NAME] = { "name", N_("What is paid"), &text_type, OWNER | LISTED, .max = 700, .writers = SYSTEM },
    [PAYMENT_MILESTONE] = { "milestone", N_("Milestone"), &reference_type, OWNER | FIXED | INDEXED, .to = &milestone, .help = N_("Empty for a task that the agency carries out itself.") },
    [PAYMENT_CONTRACT] = { "contract", N_("Contract"), &reference_type, OWNER | INDEXED, .to = &contract, .writers = SYSTEM },
    [PAYMENT_TASK] = { "task", N_("Task"), &reference_type, OWNER | FIXED | INDEXED, .to = &task },
    [PAYMENT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [PAYMENT_AMOUNT] = { "amount", N_("Amount"), &money_type, REQUIRED | OWNER | LISTED, .least = 1, .most = MONEY_MOST, .writers = ASKING },
    [PAYMENT_INVOICE] = { "invoice", N_("Invoice"), &text_type, OWNER | LISTED, .max = 100, .writers = ASKING },
    [PAYMENT_FILE] = { "file", N_("Papers of the request"), &file_type, OWNER, .writers = ASKING },
    [PAYMENT_SENT_ON] = { "sent_on", N_("Sent on"), &date_type, OWNER | LISTED | HAPPENED, .writers = SYSTEM },
    [PAYMENT_PAID_ON] = { "paid_on", N_("Paid on"), &date_type, OWNER | LISTED | HAPPENED, .writers = FINANCE, .section = N_("Payment"), .help = N_("Empty: the day on which it is noted as paid.") },
    [PAYMENT_ORDER] = { "order_number", N_("Payment order"), &text_type, OWNER | LISTED, .max = 100, .writers = FINANCE, .help = N_("Its number, given by finance.") },
    [PAYMENT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [PAYMENT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == PAYMENT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,        MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, PAYMENT_ACCOUNT },
    { FINANCE,         MAY_READ | MAY_CHANGE,              ALL_FIELDS, ROWS_ALL },
    { LEADER,          MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN, MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- how much ----------------------------------------------------------------------------------------- */

static enum err sum_asked(struct work *w, Sql q, int64_t of, int64_t beside, int64_t *sum) { return db_one_int(w->db, w->a, q, ARGS(v_int(of), v_int(beside)), sum); }

enum err room_beside(struct work *w, const struct record *of, int64_t beside, int64_t *room)
{
    int64_t asked = 0, waiting = 0, contract_id = v_i64(of->v[MILESTONE_CONTRACT]);
    struct balance b;
    TRY(sum_asked(w, SQL("SELECT CAST(sum(amount) AS bigint) FROM payment_request WHERE milestone = $1 AND id <> $2 AND state IN ('sent', 'programme_approved', 'paid')"), of->id, beside,
                  &asked));
    TRY(sum_asked(w, SQL("SELECT CAST(sum(amount) AS bigint) FROM payment_request WHERE contract = $1 AND id <> $2 AND state IN ('sent', 'programme_approved')"), contract_id, beside,
                  &waiting));
    TRY(balance_of_contract(w, contract_id, &b));
    int64_t of_milestone = v_i64(of->v[MILESTONE_AMOUNT]) - asked, of_contract = b.of[MONEY_COMMITTED] - b.of[MONEY_DISBURSED] - waiting;
    *room = of_milestone < of_contract ? of_milestone : of_contract;
    if (*room < 0) *room = 0;
    return OK;
}

enum err payment_room(struct work *w, const struct record *of, int64_t *room) { return room_beside(w, of, 0, room); }

/* ---- what may be saved ------------------------------------------------------------------------------ */

#define ITS_WAY PAYMENT_STATE, PAYMENT_DUE
static const int nothing_free[] = { ITS_WAY, -1 };
static const int order_free[] = { ITS_WAY, PAYMENT_ORDER, PAYMENT_PAID_ON, -1 };
static const struct standing standing[] = { { "sent|paid|refused|withdrawn", nothing_free }, { "programme_approved", order_free }, { NULL } };

static Message check_own(const struct work *w, const struct record *r)
{
    const struct record *under = named(w, r, PAYMENT_TASK, &task);
    bool office = w->actor.roles & (OFFICER | ADMIN | FINANCE | SYSTEM);
    if (!under || !office) return MSG(N_("Say which milestone is to be paid."));
    return str_is(v_str(under->v[TASK_MODE]), "own") ? NO_MESSAGE : MSG(N_("A task that a unit carries out is paid by the milestones of its contract."));
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *of = named(w, r, PAYMENT_MILESTONE, &milestone);
    Message m = stands_as_sent(w, standing, r, N_("The request is in the state “{1}” and stands as it is."), field);
    if (m.id) return m;
    *field = PAYMENT_MILESTONE;
    if (!v_is(r->v[PAYMENT_MILESTONE])) return check_own(w, r);
    bool theirs = of && (!v_is(r->v[PAYMENT_ACCOUNT]) || val_eq(r->v[PAYMENT_ACCOUNT], of->v[MILESTONE_ACCOUNT]));
    return theirs ? NO_MESSAGE : MSG(N_("There is no such milestone of yours."));
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *of = r->id ? NULL : named(w, r, PAYMENT_MILESTONE, &milestone), *in = of ? named(w, of, MILESTONE_CONTRACT, &contract) : NULL;
    const struct record *under = r->id || in ? NULL : named(w, r, PAYMENT_TASK, &task);
    if (in) {
        r->v[PAYMENT_CONTRACT] = v_int(in->id);
        r->v[PAYMENT_TASK] = in->v[CONTRACT_TASK];
        r->v[PAYMENT_ACCOUNT] = of->v[MILESTONE_ACCOUNT];
        r->v[PAYMENT_NAME] = of->v[MILESTONE_TITLE];
    }
    if (under) r->v[PAYMENT_NAME] = under->v[TASK_TITLE_VI];
}

static enum err follow(struct work *w, const struct record *was, const struct record *now) { return stood_as_sent(w, standing, was, now); }

/* ---- asking ------------------------------------------------------------------------------------------- */

static Message milestone_allows(struct work *w, const struct record *r, const struct record *of)
{
    const struct record *in = named(w, of, MILESTONE_CONTRACT, &contract);
    int64_t room;
    if (!in || !in_state(in, "in_force")) return MSG(N_("The contract is not in force."));
    if (!in_state(of, "accepted")) return MSG(N_("The milestone is in the state “{1}”. It is paid after it was accepted."), tr(w->lang, state_of(of)->label));
    Message m = milestones_short(w, in);
    if (m.id) return m;
    if (room_beside(w, of, r->id, &room)) return MSG(N_("The balance of the contract cannot be read just now."));
    return v_i64(r->v[PAYMENT_AMOUNT]) <= room ? NO_MESSAGE
         : MSG(N_("{1} đồng are asked for; what may still be asked for is {2} đồng."), amount_str(w, v_i64(r->v[PAYMENT_AMOUNT])), amount_str(w, room));
}

/* Of a task the agency carries out itself: what is approved would not hold what is paid after it. */
static bool is_settled(struct work *w, const struct record *under)
{
    int64_t n = 0;
    return db_one_int(w->db, w->a, SQL("SELECT count(*) FROM settlement WHERE task = $1 AND contract IS NULL AND state IN ('approved', 'closed')"), ARGS(v_int(under->id)), &n) || n;
}

static Message may_be_asked(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    const struct record *of = named(w, r, PAYMENT_MILESTONE, &milestone), *under = of ? NULL : named(w, r, PAYMENT_TASK, &task);
    if (!v_is(r->v[PAYMENT_INVOICE])) return MSG(N_("First enter the number of the invoice or of the papers it stands on."));
    if (of) return milestone_allows(&reading, r, of);
    if (under && is_settled(&reading, under)) return MSG(N_("The settlement of the task has been approved: nothing more is paid for it."));
    return under && in_states(under, "under_way|accepted") ? NO_MESSAGE : MSG(N_("The task is not under way."));
}

static enum err send(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[PAYMENT_SENT_ON] = v_today(w);
    return OK;
}

/* ---- paying ------------------------------------------------------------------------------------------- */

static Message may_be_paid(const struct work *w, const struct record *r)
{
    if (!v_is(r->v[PAYMENT_ORDER])) return MSG(N_("First enter the number of the payment order."));
    if (is_before(r->v[PAYMENT_PAID_ON], r->v[PAYMENT_SENT_ON])) return MSG(N_("The day of payment lies between the day it was asked for and today."));
    return may_be_asked(w, r);
}

/*
 * What the plan pays of a task of the agency's own, line by line, less what was paid; and what of it is not committed yet.  There is no contract that
 * commits its money: what finance has not committed by then is committed with the payment.
 */
static enum err shares_of_own(struct work *w, const struct record *under, struct shares *out, int64_t **uncommitted)
{
    struct shares posted;
    TRY(planned_shares(w, under, out));
    TRY(shares_of(w, 0, under->id, &posted));
    *uncommitted = NEW_ARRAY(w->a, int64_t, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        int64_t *planned = out->p[i].balance.of;
        (*uncommitted)[i] = planned[MONEY_COMMITTED];
        for (size_t k = 0; k < posted.n; k++) {
            if (posted.p[k].line != out->p[i].line) continue;
            planned[MONEY_DISBURSED] = posted.p[k].balance.of[MONEY_DISBURSED];
            (*uncommitted)[i] -= posted.p[k].balance.of[MONEY_COMMITTED];
        }
    }
    return OK;
}

static enum err pay_own(struct work *w, const struct record *now, struct posting as, Message *why)
{
    struct record *under;
    struct shares shares;
    int64_t *missing, left = 0;
    TRY(record_load(w, &task, v_i64(now->v[PAYMENT_TASK]), &under));
    TRY(shares_of_own(w, under, &shares, &missing));
    int64_t *each = NEW_ARRAY(w->a, int64_t, shares.n + 1);
    for (size_t i = 0; i < shares.n; i++) left += shares.p[i].balance.of[MONEY_COMMITTED] - shares.p[i].balance.of[MONEY_DISBURSED];
    if (!shares_split(w->a, &shares, MONEY_DISBURSED, v_i64(now->v[PAYMENT_AMOUNT]), each))
        return *why = MSG(N_("By the plan {1} đồng are left for this task; {2} đồng are asked for."), amount_str(w, left), amount_str(w, v_i64(now->v[PAYMENT_AMOUNT]))), ERR_INVALID;
    for (size_t i = 0; i < shares.n; i++) {
        const int64_t *of = shares.p[i].balance.of;
        int64_t free = of[MONEY_COMMITTED] - missing[i] - of[MONEY_DISBURSED];         /* committed by now and not paid */
        missing[i] = each[i] > free ? each[i] - (free > 0 ? free : 0) : 0;
    }
    as.stage = MONEY_COMMITTED;
    TRY(post_each(w, &shares, missing, as, why));
    as.stage = MONEY_DISBURSED;
    return post_each(w, &shares, each, as, why);
}

static enum err pay_contract(struct work *w, const struct record *now, struct posting as, Message *why)
{
    struct shares shares;
    as.contract = v_i64(now->v[PAYMENT_CONTRACT]);
    as.stage = MONEY_DISBURSED;
    TRY(shares_of(w, as.contract, 0, &shares));
    int64_t *each = NEW_ARRAY(w->a, int64_t, shares.n + 1);
    if (!shares_split(w->a, &shares, MONEY_DISBURSED, v_i64(now->v[PAYMENT_AMOUNT]), each))
        return *why = MSG(N_("The contract has less left than is asked for.")), ERR_INVALID;
    return post_each(w, &shares, each, as, why);
}

/* The milestone is paid when its whole amount is; the contract is done when all its milestones are. */
static enum err note_paid(struct work *w, const struct record *now, Message *why)
{
    int64_t paid = 0;
    struct record *of;
    struct records list;
    size_t done = 0;
    TRY(record_load(w, &milestone, v_i64(now->v[PAYMENT_MILESTONE]), &of));
    TRY(sum_asked(w, SQL("SELECT CAST(sum(amount) AS bigint) FROM payment_request WHERE milestone = $1 AND id <> $2 AND state = 'paid'"), of->id, now->id, &paid));
    if (paid + v_i64(now->v[PAYMENT_AMOUNT]) < v_i64(of->v[MILESTONE_AMOUNT])) return OK;
    TRY(step_of_program(w, &milestone, of->id, "pay", why));
    TRY(milestones_of(w, v_i64(of->v[MILESTONE_CONTRACT]), &list));
    for (size_t i = 0; i < list.n; i++) done += in_state(list.p[i], "paid");
    return done == list.n ? step_of_program(w, &contract, v_i64(of->v[MILESTONE_CONTRACT]), "complete", why) : OK;
}

static enum err pay(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    struct posting as = { .task = v_i64(now->v[PAYMENT_TASK]), .request = now->id, .document = v_str(now->v[PAYMENT_ORDER]), .file = v_str(now->v[PAYMENT_FILE]) };
    if (!v_is(now->v[PAYMENT_PAID_ON])) now->v[PAYMENT_PAID_ON] = v_today(w);
    MUST(date_from_iso(v_str(now->v[PAYMENT_PAID_ON]), &as.on));
    if (!v_is(now->v[PAYMENT_MILESTONE])) return pay_own(w, now, as, why);
    TRY(pay_contract(w, now, as, why));
    return note_paid(w, now, why);
}

/* ---- its way ------------------------------------------------------------------------------------------ */

static const struct step steps[] = {
    { "send", N_("Ask for payment"), "draft|returned", "sent", PROVIDER | OFFICER, .guard = may_be_asked, .effect = send, .tell = OFFICER, .told = N_("A payment is asked for: {1}") },
    { "agree", N_("Approve for the programme"), "sent", "programme_approved", OFFICER, .guard = may_be_asked, .tell = FINANCE, .told = N_("A payment waits for finance: {1}") },
    { "return", N_("Ask for more"), "sent", "returned", OFFICER, .is = STEP_NOTE, .tell = PROVIDER | OFFICER, .told = N_("{1}: the payment request needs something more.") },
    { "pay", N_("Approve and pay"), "programme_approved", "paid", FINANCE, .guard = may_be_paid, .effect = pay, .tell = PROVIDER | OFFICER, .told = N_("{1}: paid.") },
    { "send_back", N_("Send back to the programme"), "programme_approved", "returned", FINANCE, .is = STEP_NOTE, .tell = PROVIDER | OFFICER,
      .told = N_("{1}: the payment request needs something more.") },
    { "refuse", N_("Refuse"), "sent|programme_approved", "refused", OFFICER | FINANCE, .is = STEP_NOTE | STEP_BAD, .tell = PROVIDER | OFFICER, .told = N_("{1}: the payment was refused.") },
    { "withdraw", N_("Withdraw"), "draft|sent|returned", "withdrawn", PROVIDER | OFFICER, .is = STEP_BAD },
};
static const struct workflow flow = { PAYMENT_STATE, PAYMENT_DUE, STEPS(steps) };

const struct entity payment_request = {
    .name = "payment_request", .path = "payments", .one = N_("Payment request"), .many = N_("Payment requests"), .shelf = N_("Contracts"), FIELDS(fields), .title = PAYMENT_NAME,
    .id_prefix = "TT", .rights = rights, .workflow = &flow, .check = check, .compute = compute, .follow = follow,
    .about = N_("What was asked to be paid for milestones and tasks, who approved it, and when it was paid."),
};
