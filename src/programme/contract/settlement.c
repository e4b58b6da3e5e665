/* settlement.c - the settlement of a contract, or of a task that the agency carried out itself: what was spent, what of it is eligible, what is to be paid back. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",     N_("Being written") },
    { "submitted", N_("Being checked by finance"), .days = 10 },
    { "returned",  N_("To be completed"), .days = 10 },
    { "approved",  N_("Approved, to be closed"), .days = 15 },
    { "closed",    N_("Closed"), .done = true },
    { NULL },
};

static const struct field item_fields[] = {
    [ITEM_TITLE] = { "title", N_("What was spent on"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [ITEM_DOCUMENT] = { "document", N_("Document"), &text_type, REQUIRED | OWNER | LISTED, .max = 200, .help = N_("Invoice, payroll or receipt, with its number and day.") },
    [ITEM_ACTUAL] = { "actual", N_("Spent"), &money_type, REQUIRED | OWNER | LISTED, .least = 0, .most = MONEY_MOST },
    [ITEM_ELIGIBLE] = { "eligible", N_("Eligible"), &money_type, REQUIRED | OWNER | LISTED, .least = 0, .most = MONEY_MOST },
    [ITEM_WHY] = { "why", N_("Why not all of it"), &text_type, OWNER | LISTED, .max = 500 },
};
_Static_assert(COUNT(item_fields) == ITEM_FIELD_COUNT, "every field has a row");

static Message check_item(const struct work *w, const struct record *r, int *field)
{
    *field = ITEM_ELIGIBLE;
    if (v_i64(r->v[ITEM_ELIGIBLE]) > v_i64(r->v[ITEM_ACTUAL])) return MSG(N_("No more can be eligible than was spent."));
    *field = ITEM_WHY;
    return v_i64(r->v[ITEM_ELIGIBLE]) < v_i64(r->v[ITEM_ACTUAL]) && !v_is(r->v[ITEM_WHY]) ? MSG(N_("Write why not all of it is eligible.")) : NO_MESSAGE;
}

const struct entity settlement_item = {
    .name = "settlement_item", .parent = &settlement, .one = N_("Item of a settlement"), .many = N_("Items of settlements"), FIELDS(item_fields), .check = check_item,
};

#define SETTLING (PROVIDER | OFFICER | ADMIN)
static const struct field fields[] = {
    [SETTLEMENT_NAME] = { "name", N_("What is settled"), &text_type, OWNER | LISTED, .max = 700, .writers = SYSTEM },
    [SETTLEMENT_CONTRACT] = { "contract", N_("Contract"), &reference_type, OWNER | FIXED | INDEXED, .to = &contract, .help = N_("Empty for a task that the agency carried out itself.") },
    [SETTLEMENT_TASK] = { "task", N_("Task"), &reference_type, OWNER | FIXED | INDEXED, .to = &task },
    [SETTLEMENT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [SETTLEMENT_ITEMS] = { "items", N_("Items"), &children_type, OWNER, .to = &settlement_item, .writers = SETTLING },
    [SETTLEMENT_ACTUAL] = { "actual", N_("Spent"), &money_type, OWNER | LISTED, .writers = SYSTEM },
    [SETTLEMENT_ELIGIBLE] = { "eligible", N_("Eligible"), &money_type, OWNER | LISTED, .writers = SYSTEM },
    [SETTLEMENT_PAID] = { "paid", N_("Paid"), &money_type, OWNER | LISTED, .writers = SYSTEM, .help = N_("By the vouchers, when it was submitted.") },
    [SETTLEMENT_REFUND] = { "refund", N_("To be paid back"), &money_type, OWNER | LISTED, .writers = SYSTEM, .help = N_("What was paid above what is eligible.") },
    [SETTLEMENT_REFUNDED_ON] = { "refunded_on", N_("Paid back on"), &date_type, OWNER | HAPPENED, .writers = FINANCE },
    [SETTLEMENT_MINUTES] = { "minutes", N_("Closing minutes"), &text_type, OWNER, .max = 200, .writers = OFFICER | ADMIN | FINANCE, .help = N_("Number and day.") },
    [SETTLEMENT_FILE] = { "file", N_("Closing minutes as a document"), &file_type, OWNER },
    [SETTLEMENT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [SETTLEMENT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == SETTLEMENT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,        MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, SETTLEMENT_ACCOUNT },
    { FINANCE,         MAY_READ | MAY_CHANGE,              ALL_FIELDS, ROWS_ALL },
    { LEADER,          MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN, MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what may be saved ------------------------------------------------------------------------------ */

#define ITS_WAY SETTLEMENT_STATE, SETTLEMENT_DUE
static const int nothing_free[] = { ITS_WAY, -1 };
static const int closing_free[] = { ITS_WAY, SETTLEMENT_REFUNDED_ON, SETTLEMENT_MINUTES, SETTLEMENT_FILE, -1 };
static const struct standing standing[] = { { "submitted|closed", nothing_free }, { "approved", closing_free }, { NULL } };

static bool has_another(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t n = 0;
    Sql q = v_is(r->v[SETTLEMENT_CONTRACT]) ? SQL("SELECT count(*) FROM settlement WHERE contract = $1 AND id <> $2")
                                            : SQL("SELECT count(*) FROM settlement WHERE task = $1 AND contract IS NULL AND id <> $2");
    enum err e = db_one_int(reading.db, reading.a, q, ARGS(r->v[v_is(r->v[SETTLEMENT_CONTRACT]) ? SETTLEMENT_CONTRACT : SETTLEMENT_TASK], v_int(r->id)), &n);
    return e || n;
}

static Message check_own(const struct work *w, const struct record *r)
{
    const struct record *under = named(w, r, SETTLEMENT_TASK, &task);
    bool office = w->actor.roles & (OFFICER | ADMIN | FINANCE | SYSTEM);
    if (!under || !office) return MSG(N_("Say which contract is settled."));
    if (!str_is(v_str(under->v[TASK_MODE]), "own")) return MSG(N_("A task that a unit carried out is settled by its contract."));
    return has_another(w, r) ? MSG(N_("The task has a settlement already.")) : NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *of = named(w, r, SETTLEMENT_CONTRACT, &contract);
    Message m = stands_as_sent(w, standing, r, N_("The settlement is in the state “{1}” and stands as it is."), field);
    if (m.id) return m;
    *field = SETTLEMENT_CONTRACT;
    if (!v_is(r->v[SETTLEMENT_CONTRACT])) return check_own(w, r);
    if (!of || (v_is(r->v[SETTLEMENT_ACCOUNT]) && !val_eq(r->v[SETTLEMENT_ACCOUNT], of->v[CONTRACT_ACCOUNT]))) return MSG(N_("There is no such contract of yours."));
    return has_another(w, r) ? MSG(N_("The contract has a settlement already.")) : NO_MESSAGE;
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *of = r->id ? NULL : named(w, r, SETTLEMENT_CONTRACT, &contract), *under = r->id || of ? NULL : named(w, r, SETTLEMENT_TASK, &task);
    int64_t eligible = sum_of(&r->children[SETTLEMENT_ITEMS], ITEM_ELIGIBLE), paid = v_i64(r->v[SETTLEMENT_PAID]);
    if (of) {
        r->v[SETTLEMENT_TASK] = of->v[CONTRACT_TASK];
        r->v[SETTLEMENT_ACCOUNT] = of->v[CONTRACT_ACCOUNT];
        r->v[SETTLEMENT_NAME] = of->v[CONTRACT_TITLE];
    }
    if (under) r->v[SETTLEMENT_NAME] = under->v[TASK_TITLE_VI];
    r->v[SETTLEMENT_ACTUAL] = v_int(sum_of(&r->children[SETTLEMENT_ITEMS], ITEM_ACTUAL));
    r->v[SETTLEMENT_ELIGIBLE] = v_int(eligible);
    r->v[SETTLEMENT_REFUND] = v_int(paid > eligible ? paid - eligible : 0);
}

static enum err follow(struct work *w, const struct record *was, const struct record *now) { return stood_as_sent(w, standing, was, now); }

/* ---- submitting --------------------------------------------------------------------------------------- */

static enum err paid_by_now(struct work *w, const struct record *r, struct shares *shares, int64_t *paid)
{
    int64_t contract_id = v_i64(r->v[SETTLEMENT_CONTRACT]);
    *paid = 0;
    TRY(shares_of(w, contract_id, contract_id ? 0 : v_i64(r->v[SETTLEMENT_TASK]), shares));
    for (size_t i = 0; i < shares->n; i++) *paid += shares->p[i].balance.of[MONEY_DISBURSED];
    return OK;
}

static Message may_be_submitted(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, SETTLEMENT_CONTRACT, &contract), *under = of ? NULL : named(w, r, SETTLEMENT_TASK, &task);
    if (of && !in_states(of, "completed|terminated"))
        return MSG(N_("The contract is in the state “{1}”. It is settled when all its milestones are paid, or when it was ended early."), tr(w->lang, state_of(of)->label));
    if (under && !in_state(under, "accepted")) return MSG(N_("The task is in the state “{1}”. It is settled after it was accepted."), tr(w->lang, state_of(under)->label));
    return r->children[SETTLEMENT_ITEMS].n ? NO_MESSAGE : MSG(N_("First enter what was spent, item by item."));
}

static enum err note_what_was_paid(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    struct shares shares;
    int64_t paid;
    TRY(paid_by_now(w, now, &shares, &paid));
    now->v[SETTLEMENT_PAID] = v_int(paid);
    return OK;
}

/* ---- approving, closing ------------------------------------------------------------------------------- */

static struct posting posting_for(struct work *w, const struct record *r, enum money_stage stage, Str document)
{
    return (struct posting){ .stage = stage, .on = w->today, .task = v_i64(r->v[SETTLEMENT_TASK]), .contract = v_i64(r->v[SETTLEMENT_CONTRACT]), .document = document };
}

/* Over the shares as they were paid. */
static enum err post_split(struct work *w, const struct shares *s, int64_t amount, struct posting as, Message *why)
{
    int64_t *each = NEW_ARRAY(w->a, int64_t, s->n + 1);
    if (!amount) return OK;
    if (!shares_split(w->a, s, as.stage, amount, each)) return *why = MSG(N_("The vouchers have changed since it was submitted; send it back and have it submitted again.")), ERR_INVALID;
    return post_each(w, s, each, as, why);
}

static enum err approve(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    struct shares shares;
    int64_t paid, eligible = v_i64(now->v[SETTLEMENT_ELIGIBLE]);
    TRY(paid_by_now(w, now, &shares, &paid));
    if (paid != v_i64(now->v[SETTLEMENT_PAID])) return *why = MSG(N_("The vouchers have changed since it was submitted; send it back and have it submitted again.")), ERR_INVALID;
    return post_split(w, &shares, paid < eligible ? paid : eligible, posting_for(w, now, MONEY_SETTLED, public_id(w->a, &settlement, now->id)), why);
}

static Message may_be_closed(const struct work *w, const struct record *r)
{
    int64_t refund = v_i64(r->v[SETTLEMENT_REFUND]);
    if (refund && !v_is(r->v[SETTLEMENT_REFUNDED_ON])) return MSG(N_("{1} đồng are to be paid back. Enter the day on which they came in."), amount_str(w, refund));
    return v_is(r->v[SETTLEMENT_MINUTES]) && v_is(r->v[SETTLEMENT_FILE]) ? NO_MESSAGE : MSG(N_("First enter the closing minutes: their number and the signed copy."));
}

static enum err close_it(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    struct posting as = posting_for(w, now, MONEY_DISBURSED, v_str(now->v[SETTLEMENT_MINUTES]));
    int64_t refund = v_i64(now->v[SETTLEMENT_REFUND]), contract_id = as.contract, paid;
    struct shares shares;
    TRY(paid_by_now(w, now, &shares, &paid));
    if (refund) MUST(date_from_iso(v_str(now->v[SETTLEMENT_REFUNDED_ON]), &as.on));
    as.reason = tr(VI, N_("Paid back: not eligible in the settlement"));
    TRY(post_split(w, &shares, -refund, as, why));
    if (contract_id) TRY(step_of_program(w, &contract, contract_id, "settle", why));
    return step_auto(w, &task, as.task, "settle", why);
}

/* ---- its way ------------------------------------------------------------------------------------------ */

static const struct step steps[] = {
    { "submit", N_("Submit"), "draft|returned", "submitted", PROVIDER | OFFICER, .guard = may_be_submitted, .effect = note_what_was_paid, .tell = FINANCE | OFFICER, .told = N_("A settlement waits to be checked: {1}") },
    { "approve", N_("Approve"), "submitted", "approved", FINANCE, .effect = approve, .tell = PROVIDER | OFFICER, .told = N_("{1}: the settlement was approved.") },
    { "return", N_("Ask for more"), "submitted", "returned", FINANCE, .is = STEP_NOTE, .tell = PROVIDER | OFFICER, .told = N_("{1}: the settlement needs something more.") },
    { "close", N_("Close"), "approved", "closed", FINANCE, .guard = may_be_closed, .effect = close_it, .tell = PROVIDER | OFFICER, .told = N_("{1}: settled and closed.") },
};
static const struct workflow flow = { SETTLEMENT_STATE, SETTLEMENT_DUE, STEPS(steps) };

const struct entity settlement = {
    .name = "settlement", .path = "settlements", .one = N_("Settlement"), .many = N_("Settlements"), .shelf = N_("Contracts"), FIELDS(fields), .title = SETTLEMENT_NAME, .id_prefix = "QT",
    .rights = rights, .workflow = &flow, .check = check, .compute = compute, .follow = follow,
    .about = N_("What contracts and tasks cost in the end, what of it the programme bears, and what was paid back."),
};
