/* amendment.c - what changes a contract in force: its shares (and so its value) and its end, with the reason, checked by finance and approved by a leader. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",     N_("Being written") },
    { "checking",  N_("Being checked by finance"), .days = 5 },
    { "approving", N_("Waits for approval"), .days = 3 },
    { "approved",  N_("Approved"), .done = true },
    { "refused",   N_("Refused"),  .done = true },
    { NULL },
};

static const struct field share_fields[] = {
    [AMENDMENT_SHARE_LINE] = { "line", N_("Budget line"), &reference_type, REQUIRED | KEY | OWNER | LISTED | INDEXED, .to = &budget_line },
    [AMENDMENT_SHARE_AMOUNT] = { "amount", N_("More or less"), &money_type, REQUIRED | OWNER | LISTED, .least = -MONEY_MOST, .most = MONEY_MOST, .help = N_("In đồng; with a minus: so much less.") },
};
_Static_assert(COUNT(share_fields) == AMENDMENT_SHARE_FIELD_COUNT, "every field has a row");
const struct entity amendment_share = {
    .name = "amendment_share", .parent = &amendment, .one = N_("Changed share"), .many = N_("Changed shares"), FIELDS(share_fields),
};

static const struct field fields[] = {
    [AMENDMENT_NAME] = { "name", N_("Contract and amendment"), &text_type, OWNER | LISTED, .max = 500, .writers = SYSTEM },
    [AMENDMENT_CONTRACT] = { "contract", N_("Contract"), &reference_type, REQUIRED | OWNER | FIXED | INDEXED, .to = &contract },
    [AMENDMENT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [AMENDMENT_NUMBER] = { "number", N_("Number of the amendment"), &text_type, REQUIRED | OWNER | LISTED, .max = 100 },
    [AMENDMENT_REASON] = { "reason", N_("Reason"), &long_text_type, REQUIRED | OWNER, .max = 4000 },
    [AMENDMENT_ENDS] = { "ends", N_("New end of the contract"), &date_type, OWNER | LISTED, .help = N_("Empty: the end stays as it is.") },
    [AMENDMENT_SHARES] = { "share_changes", N_("Changes of the value"), &children_type, OWNER, .to = &amendment_share, .help = N_("None: the value stays as it is.") },
    [AMENDMENT_BEFORE] = { "changed_what", N_("What it changed"), &long_text_type, OWNER, .max = 8000, .writers = SYSTEM },
    [AMENDMENT_FILE] = { "file", N_("Signed amendment"), &file_type, OWNER },
    [AMENDMENT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [AMENDMENT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == AMENDMENT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,                           OWN_FIELDS, ROWS_MINE, AMENDMENT_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what may be saved ------------------------------------------------------------------------------ */

static const int nothing_free[] = { AMENDMENT_STATE, AMENDMENT_DUE, -1 };
static const int file_free[] = { AMENDMENT_STATE, AMENDMENT_DUE, AMENDMENT_FILE, -1 };
static const struct standing standing[] = { { "checking|approved|refused", nothing_free }, { "approving", file_free }, { NULL } };

/* The share of that line; NULL: the contract has none on it. */
static struct record *share_on(const struct record *of, Val line)
{
    for (size_t i = 0; i < of->children[CONTRACT_SHARES].n; i++)
        if (val_eq(of->children[CONTRACT_SHARES].p[i]->v[SHARE_LINE], line)) return of->children[CONTRACT_SHARES].p[i];
    return NULL;
}

static Message check_share(const struct work *w, const struct record *of, const struct record *s)
{
    const struct record *line = named(w, s, AMENDMENT_SHARE_LINE, &budget_line), *under = named(w, of, CONTRACT_TASK, &task), *share = share_on(of, s->v[AMENDMENT_SHARE_LINE]);
    int64_t was = share ? v_i64(share->v[SHARE_AMOUNT]) : 0, more = v_i64(s->v[AMENDMENT_SHARE_AMOUNT]);
    if (!line || !under || v_i64(line->v[LINE_YEAR]) != v_i64(under->v[TASK_YEAR])) return MSG(N_("Each share is of a budget line of the task’s year."));
    if (!more) return MSG(N_("A changed share is more or less than before, not 0."));
    if (was + more < 0) return MSG(N_("The share of “{1}” is {2} đồng; {3} đồng cannot be taken from it."), record_title((struct work[]){ *w }, line), amount_str(w, was), amount_str(w, -more));
    return NO_MESSAGE;
}

static Message check_shares(const struct work *w, const struct record *r, const struct record *of, int *field)
{
    const struct records *list = &r->children[AMENDMENT_SHARES];
    *field = AMENDMENT_SHARES;
    for (size_t i = 0; i < list->n; i++) {
        Message m = check_share(w, of, list->p[i]);
        if (m.id) return m;
        for (size_t k = 0; k < i; k++)
            if (val_eq(list->p[i]->v[AMENDMENT_SHARE_LINE], list->p[k]->v[AMENDMENT_SHARE_LINE])) return MSG(N_("A budget line stands there twice."));
    }
    return NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *of = named(w, r, AMENDMENT_CONTRACT, &contract);
    Message m = stands_as_sent(w, standing, r, N_("The amendment is in the state “{1}” and stands as it is."), field);
    if (m.id) return m;
    *field = AMENDMENT_CONTRACT;
    if (!of || !in_state(of, "in_force")) return MSG(N_("Only a contract in force is amended; before that it is changed itself."));
    *field = AMENDMENT_ENDS;
    if (is_before(r->v[AMENDMENT_ENDS], of->v[CONTRACT_STARTS])) return MSG(N_("The contract ends before it starts."));
    return check_shares(w, r, of, field);
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *of = r->id ? NULL : named(w, r, AMENDMENT_CONTRACT, &contract);
    if (!of) return;
    r->v[AMENDMENT_ACCOUNT] = of->v[CONTRACT_ACCOUNT];
    r->v[AMENDMENT_NAME] = v_text(str_f(w->a, "%.*s: %.*s", FMT(v_str(of->v[CONTRACT_TITLE])), FMT(v_str(r->v[AMENDMENT_NUMBER]))));
}

static enum err follow(struct work *w, const struct record *was, const struct record *now) { return stood_as_sent(w, standing, was, now); }

/* ---- its way ------------------------------------------------------------------------------------------ */

static bool has_another(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t n = 0;
    enum err e = db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM amendment WHERE contract = $1 AND id <> $2 AND state IN ('checking', 'approving')"),
                            ARGS(r->v[AMENDMENT_CONTRACT], v_int(r->id)), &n);
    return e || n;
}

static Message holds(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    const struct record *of = named(w, r, AMENDMENT_CONTRACT, &contract);
    int field;
    if (!of || !in_state(of, "in_force")) return MSG(N_("Only a contract in force is amended; before that it is changed itself."));
    Message m = check_shares(w, r, of, &field);
    return m.id ? m : lines_short(&reading, &r->children[AMENDMENT_SHARES], AMENDMENT_SHARE_LINE, AMENDMENT_SHARE_AMOUNT);
}

static Message may_be_sent(const struct work *w, const struct record *r)
{
    if (!v_is(r->v[AMENDMENT_ENDS]) && !r->children[AMENDMENT_SHARES].n) return MSG(N_("First say what it changes: the end of the contract or its value."));
    if (has_another(w, r)) return MSG(N_("Another amendment of this contract is being decided on. Wait for it."));
    return holds(w, r);
}

static void put_change(struct buf *b, const struct work *w, const char *label, Str before, Str after)
{
    put_f(b, "%.*s: %.*s → %.*s\n", FMT(tr(w->lang, label)), FMT(before), FMT(after));
}

/* What it is going to change, said before it does. */
static enum err changes_text(struct work *w, const struct record *r, Str *out)
{
    const struct record *of = named(w, r, AMENDMENT_CONTRACT, &contract);
    const struct records *list = &r->children[AMENDMENT_SHARES];
    struct buf b = buf_make(w->a);
    if (!of) return ERR_MISSING;
    int64_t value = v_i64(of->v[CONTRACT_VALUE]);
    if (v_is(r->v[AMENDMENT_ENDS])) put_change(&b, w, N_("End of the contract"), day_shown(w, of->v[CONTRACT_ENDS]), day_shown(w, r->v[AMENDMENT_ENDS]));
    if (list->n) put_change(&b, w, N_("Value, đồng"), amount_str(w, value), amount_str(w, value + sum_of(list, AMENDMENT_SHARE_AMOUNT)));
    for (size_t i = 0; i < list->n; i++) {
        const struct record *line = named(w, list->p[i], AMENDMENT_SHARE_LINE, &budget_line), *share = share_on(of, list->p[i]->v[AMENDMENT_SHARE_LINE]);
        int64_t was = share ? v_i64(share->v[SHARE_AMOUNT]) : 0;
        put_f(&b, "%.*s: %.*s → %.*s\n", FMT(line ? record_title(w, line) : (Str){ 0 }), FMT(amount_str(w, was)), FMT(amount_str(w, was + v_i64(list->p[i]->v[AMENDMENT_SHARE_AMOUNT]))));
    }
    *out = buf_str(&b);
    return OK;
}

/* A share of which nothing is left goes. */
static void change_shares(struct work *w, struct record *now, const struct records *changes)
{
    struct records kept = { 0 };
    for (size_t i = 0; i < now->children[CONTRACT_SHARES].n; i++) now->children[CONTRACT_SHARES].p[i] = record_copy(w->a, now->children[CONTRACT_SHARES].p[i]);
    for (size_t i = 0; i < changes->n; i++) {
        Val line = changes->p[i]->v[AMENDMENT_SHARE_LINE];
        struct record *s = share_on(now, line);
        if (!s) s = record_add(w->a, now, CONTRACT_SHARES), s->v[SHARE_LINE] = line;
        s->v[SHARE_AMOUNT] = v_int(v_i64(s->v[SHARE_AMOUNT]) + v_i64(changes->p[i]->v[AMENDMENT_SHARE_AMOUNT]));
    }
    for (size_t i = 0; i < now->children[CONTRACT_SHARES].n; i++)
        if (v_i64(now->children[CONTRACT_SHARES].p[i]->v[SHARE_AMOUNT])) *GROW(w->a, kept) = now->children[CONTRACT_SHARES].p[i];
    now->children[CONTRACT_SHARES] = kept;
}

static enum err change_contract(struct work *w, const struct record *r, struct record **out)
{
    struct record *was, *now;
    TRY(record_load(w, &contract, v_i64(r->v[AMENDMENT_CONTRACT]), &was));
    *out = now = record_copy(w->a, was);
    if (v_is(r->v[AMENDMENT_ENDS])) now->v[CONTRACT_ENDS] = r->v[AMENDMENT_ENDS];
    now->v[CONTRACT_VERSION] = v_int(v_i64(was->v[CONTRACT_VERSION]) + 1);
    change_shares(w, now, &r->children[AMENDMENT_SHARES]);
    return save_as_program(w, was, now);
}

/* The new shares are saved before they are posted: a contract's commitments are its shares (money.h, B3). */
static enum err approve(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    const struct records *list = &now->children[AMENDMENT_SHARES];
    struct posting *p = NEW_ARRAY(w->a, struct posting, list->n + 1);
    struct record *of;
    Str said;
    TRY(in_both_languages(w, changes_text, was, &said));
    now->v[AMENDMENT_BEFORE] = v_text(said);
    TRY(change_contract(w, now, &of));
    for (size_t i = 0; i < list->n; i++)
        p[i] = (struct posting){ .line = v_i64(list->p[i]->v[AMENDMENT_SHARE_LINE]), .amount = v_i64(list->p[i]->v[AMENDMENT_SHARE_AMOUNT]), .stage = MONEY_COMMITTED, .on = w->today,
                                 .task = v_i64(of->v[CONTRACT_TASK]), .contract = of->id, .document = v_str(now->v[AMENDMENT_NUMBER]), .reason = v_str(now->v[AMENDMENT_REASON]) };
    return list->n ? money_post(w, p, list->n, why) : OK;
}

static const struct step steps[] = {
    { "send", N_("Send to finance"), "draft", "checking", OFFICER, .guard = may_be_sent, .tell = FINANCE, .told = N_("An amendment waits to be checked: {1}") },
    { "agree", N_("The money is there"), "checking", "approving", FINANCE, .guard = holds, .tell = LEADER, .told = N_("An amendment waits for approval: {1}") },
    { "return", N_("Ask for changes"), "checking", "draft", FINANCE, .is = STEP_NOTE, .tell = OFFICER, .told = N_("{1}: finance asks for changes.") },
    { "approve", N_("Approve"), "approving", "approved", LEADER, .guard = holds, .effect = approve, .tell = OFFICER | FINANCE | PROVIDER, .told = N_("{1}: the amendment was approved and is in force.") },
    { "refuse", N_("Refuse"), "draft|checking|approving", "refused", LEADER | OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = OFFICER | FINANCE, .told = N_("{1}: the amendment was refused.") },
};
static const struct workflow flow = { AMENDMENT_STATE, AMENDMENT_DUE, STEPS(steps) };

const struct entity amendment = {
    .name = "amendment", .path = "amendments", .one = N_("Amendment of a contract"), .many = N_("Amendments of contracts"), .shelf = N_("Contracts"), FIELDS(fields), .title = AMENDMENT_NAME,
    .id_prefix = "PL", .rights = rights, .workflow = &flow, .check = check, .compute = compute, .follow = follow,
    .about = N_("What was changed in contracts in force, why, and who approved it."),
};
