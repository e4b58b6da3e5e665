#include "pages/contract/contract_parts.h"

#include "pages/plan/plan_pages.h"
#include "programme/delivery/delivery.h"

static Str known_by(struct at *at, const char *name, const struct record *r) { return str_f(at->q->a, "%s=%.*s", name, FMT(public_id(at->q->a, r->e, r->id))); }
static Str own_path(struct at *at) { return contract_path(at->q->a, at->record->id, NULL); }

static void put_text(struct at *at, const char *head, const struct record *r, int field) { table_cell(&at->h, at_tr(at, head), record_text(&at->w, r, field)); }

/* Links to records that belong to one row, one under the other, each with its state. */
static void put_links_cell(struct at *at, const char *head, const struct records *list)
{
    table_cell_open(&at->h, at_tr(at, head));
    for (size_t i = 0; i < list->n; i++) {
        const struct record *r = list->p[i];
        if (i) html_open(&at->h, "br");
        put_record_link(&at->h, at, r);
        if (r->e->workflow) html_text(&at->h, str_f(at->q->a, " (%.*s)", FMT(record_text(&at->w, r, r->e->workflow->state))));
    }
    html_close(&at->h, "td");
}

/* ---- milestones ---------------------------------------------------------------------------------------- */

enum { TITLE, DUE, AMOUNT, CRITERIA, STATE, DELIVERED, ACCEPTED, PAID, NEXT };
static const char *const milestone_heads[] = {
    [TITLE] = N_("Milestone"), [DUE] = N_("Due on"), [AMOUNT] = N_("Amount"), [CRITERIA] = N_("Accepted when"), [STATE] = N_("State"), [DELIVERED] = N_("Delivered"),
    [ACCEPTED] = N_("Acceptance"), [PAID] = N_("Payment"), [NEXT] = N_("Next"),
};

struct of_milestone { const struct record *r; struct records delivered, accepted, paid; int64_t room; };

static bool any_open(const struct records *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!state_of(list->p[i])->done) return true;
    return false;
}

/* What the reader may do with it: the steps that are theirs, and what is to be written next. */
static void put_next_of(struct at *at, const struct of_milestone *m)
{
    Str known = known_by(at, "milestone", m->r);
    table_cell_open(&at->h, at_tr(at, milestone_heads[NEXT]));
    if (in_state(at->record, "in_force")) {
        put_steps(&at->h, at, m->r, own_path(at), milestone.name);
        if (in_state(m->r, "planned")) put_new(&at->h, at, &deliverable, N_("Hand in a deliverable"), known);
        if (in_state(m->r, "delivered") && !any_open(&m->accepted)) put_new(&at->h, at, &acceptance, N_("Begin the acceptance"), known);
    }
    if (in_state(m->r, "accepted") && m->room > 0 && !any_open(&m->paid)) put_new(&at->h, at, &payment_request, N_("Ask for payment"), known);
    html_close(&at->h, "td");
}

static enum err put_milestone(struct at *at, const struct record *r)
{
    struct of_milestone m = { .r = r };
    TRY(related(at, &deliverable, DELIVERABLE_MILESTONE, r->id, &m.delivered));
    TRY(related(at, &acceptance, ACCEPTANCE_MILESTONE, r->id, &m.accepted));
    TRY(related(at, &payment_request, PAYMENT_MILESTONE, r->id, &m.paid));
    TRY(payment_room(&at->w, r, &m.room));
    html_open(&at->h, "tr");
    put_record_cell(at, milestone_heads[TITLE], r);
    put_text(at, milestone_heads[DUE], r, MILESTONE_DUE_ON);
    put_money_cell(at, milestone_heads[AMOUNT], v_i64(r->v[MILESTONE_AMOUNT]));
    put_text(at, milestone_heads[CRITERIA], r, MILESTONE_CRITERIA);
    put_text(at, milestone_heads[STATE], r, MILESTONE_STATE);
    put_links_cell(at, milestone_heads[DELIVERED], &m.delivered);
    put_links_cell(at, milestone_heads[ACCEPTED], &m.accepted);
    put_links_cell(at, milestone_heads[PAID], &m.paid);
    put_next_of(at, &m);
    html_close(&at->h, "tr");
    return OK;
}

/* They have to add up to the value before the contract is sent. */
static void put_sum(struct at *at, const struct records *list)
{
    int64_t sum = 0, value = v_i64(at->record->v[CONTRACT_VALUE]);
    for (size_t i = 0; i < list->n; i++)
        if (!in_state(list->p[i], "cancelled")) sum += v_i64(list->p[i]->v[MILESTONE_AMOUNT]);
    if (sum == value) return;
    Str all = dong(at->q->a, at->q->lang, sum), whole = dong(at->q->a, at->q->lang, value), gap = dong(at->q->a, at->q->lang, sum > value ? sum - value : value - sum);
    html_leaf_class(&at->h, "p", "notice", at_say(at, MSG(N_("The milestones add up to {1}, the contract is worth {2}: {3} are missing or too many."), all, whole, gap)));
}

enum err put_milestones(struct at *at)
{
    struct records list;
    TRY(related(at, &milestone, MILESTONE_CONTRACT, at->record->id, &list));
    section_open(at, "milestones", N_("Milestones"));
    if (list.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Milestones")), milestone_heads, COUNT(milestone_heads));
        for (size_t i = 0; i < list.n; i++) TRY(put_milestone(at, list.p[i]));
        table_end(&at->h);
        put_sum(at, &list);
    } else put_empty(at, N_("No milestone yet. Each says what is delivered by when, for how much, and when it counts as done."));
    if (in_state(at->record, "draft") || in_state(at->record, "returned")) put_new(&at->h, at, &milestone, N_("New milestone"), known_by(at, "contract", at->record));
    html_close(&at->h, "section");
    return OK;
}

/* ---- payments -------------------------------------------------------------------------------------------- */

static const char *const payment_heads[] = { N_("Payment request"), N_("Milestone"), N_("Amount"), N_("Sent on"), N_("Paid on"), N_("State") };

static void put_payment(struct at *at, const struct record *r)
{
    html_open(&at->h, "tr");
    put_record_cell(at, payment_heads[0], r);
    put_text(at, payment_heads[1], r, PAYMENT_MILESTONE);
    put_money_cell(at, payment_heads[2], v_i64(r->v[PAYMENT_AMOUNT]));
    put_text(at, payment_heads[3], r, PAYMENT_SENT_ON);
    put_text(at, payment_heads[4], r, PAYMENT_PAID_ON);
    put_text(at, payment_heads[5], r, PAYMENT_STATE);
    html_close(&at->h, "tr");
}

enum err put_payments(struct at *at)
{
    struct records list;
    struct balance b;
    TRY(related(at, &payment_request, PAYMENT_CONTRACT, at->record->id, &list));
    TRY(balance_of_contract(&at->w, at->record->id, &b));
    section_open(at, "payments", N_("Payments"));
    if (list.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Payments")), payment_heads, COUNT(payment_heads));
        for (size_t i = 0; i < list.n; i++) put_payment(at, list.p[i]);
        table_end(&at->h);
    } else put_empty(at, N_("Nothing is asked for yet. A milestone that is accepted can be paid."));
    Str paid = dong(at->q->a, at->q->lang, b.of[MONEY_DISBURSED]), whole = dong(at->q->a, at->q->lang, b.of[MONEY_COMMITTED]);
    Str left = dong(at->q->a, at->q->lang, b.of[MONEY_COMMITTED] - b.of[MONEY_DISBURSED]);
    html_leaf(&at->h, "p", at_say(at, MSG(N_("Paid: {1} of {2}; {3} may still be paid."), paid, whole, left)));
    html_close(&at->h, "section");
    return OK;
}

/* ---- amendments -------------------------------------------------------------------------------------------- */

static const char *const amendment_heads[] = { N_("Amendment"), N_("Reason"), N_("Before"), N_("After"), N_("State"), N_("Next") };

/* What it would change: the end, and the value by so much. */
static void put_after(struct at *at, const struct record *r)
{
    int64_t more = 0;
    for (size_t i = 0; i < r->children[AMENDMENT_SHARES].n; i++) more += v_i64(r->children[AMENDMENT_SHARES].p[i]->v[AMENDMENT_SHARE_AMOUNT]);
    table_cell_open(&at->h, at_tr(at, amendment_heads[3]));
    if (v_is(r->v[AMENDMENT_ENDS])) html_leaf(&at->h, "p", at_say(at, MSG(N_("Ends on {1}"), record_text(&at->w, r, AMENDMENT_ENDS))));
    if (more) html_leaf(&at->h, "p", at_say(at, MSG(more > 0 ? N_("{1} more") : N_("{1} less"), dong(at->q->a, at->q->lang, more > 0 ? more : -more))));
    html_close(&at->h, "td");
}

static void put_amendment(struct at *at, const struct record *r)
{
    html_open(&at->h, "tr");
    put_record_cell(at, amendment_heads[0], r);
    put_text(at, amendment_heads[1], r, AMENDMENT_REASON);
    put_text(at, amendment_heads[2], r, AMENDMENT_BEFORE);
    put_after(at, r);
    put_text(at, amendment_heads[4], r, AMENDMENT_STATE);
    table_cell_open(&at->h, at_tr(at, amendment_heads[5]));
    put_steps(&at->h, at, r, own_path(at), amendment.name);
    html_close(&at->h, "td");
    html_close(&at->h, "tr");
}

enum err put_amendments(struct at *at)
{
    struct records list;
    TRY(related(at, &amendment, AMENDMENT_CONTRACT, at->record->id, &list));
    section_open(at, "amendments", N_("Amendments"));
    if (list.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Amendments")), amendment_heads, COUNT(amendment_heads));
        for (size_t i = 0; i < list.n; i++) put_amendment(at, list.p[i]);
        table_end(&at->h);
    } else put_empty(at, N_("None: the contract stands as it was approved."));
    if (in_state(at->record, "in_force")) put_new(&at->h, at, &amendment, N_("New amendment"), known_by(at, "contract", at->record));
    html_close(&at->h, "section");
    return OK;
}

/* ---- reports and inspections -------------------------------------------------------------------------------- */

static const char *const watched_heads[] = { N_("Report or inspection"), N_("Due on"), N_("State") };

static void put_watched_row(struct at *at, const struct record *r)
{
    html_open(&at->h, "tr");
    put_record_cell(at, watched_heads[0], r);
    put_text(at, watched_heads[1], r, r->e->workflow->due);
    put_text(at, watched_heads[2], r, r->e->workflow->state);
    html_close(&at->h, "tr");
}

enum err put_watched(struct at *at)
{
    struct records reports, inspections;
    TRY(related(at, &progress_report, PROGRESS_CONTRACT, at->record->id, &reports));
    TRY(related(at, &inspection, INSPECTION_CONTRACT, at->record->id, &inspections));
    section_open(at, "watched", N_("Progress reports and inspections"));
    if (reports.n + inspections.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Progress reports and inspections")), watched_heads, COUNT(watched_heads));
        for (size_t i = 0; i < reports.n; i++) put_watched_row(at, reports.p[i]);
        for (size_t i = 0; i < inspections.n; i++) put_watched_row(at, inspections.p[i]);
        table_end(&at->h);
    } else put_empty(at, N_("No report is due yet, and no inspection is planned."));
    if (in_state(at->record, "in_force")) put_new(&at->h, at, &inspection, N_("Plan an inspection"), known_by(at, "contract", at->record));
    html_close(&at->h, "section");
    return OK;
}

/* ---- settlement ----------------------------------------------------------------------------------------------- */

enum err put_settlements(struct at *at)
{
    struct records list;
    bool over = in_state(at->record, "completed") || in_state(at->record, "terminated");
    TRY(related(at, &settlement, SETTLEMENT_CONTRACT, at->record->id, &list));
    if (!list.n && !over) return OK;
    section_open(at, "settlement", N_("Settlement"));
    for (size_t i = 0; i < list.n; i++) {
        html_open(&at->h, "p");
        put_record_link(&at->h, at, list.p[i]);
        html_text(&at->h, str_f(at->q->a, " (%.*s)", FMT(record_text(&at->w, list.p[i], SETTLEMENT_STATE))));
        html_close(&at->h, "p");
    }
    if (!list.n) put_new(&at->h, at, &settlement, N_("Begin the settlement"), known_by(at, "contract", at->record));
    html_close(&at->h, "section");
    return OK;
}
