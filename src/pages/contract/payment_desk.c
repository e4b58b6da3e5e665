/*
 * payment_desk.c - a request to be paid (F18): for which milestone, how much of it and of the contract is left, who has approved, and what is to be done next.
 * Finance writes the payment order's number and day where it pays.
 */
#include "pages/contract/contracting.h"

#include "model/view.h"
#include "pages/plan/plan_pages.h"

static const struct next nexts[] = {
    { "draft",              N_("Add invoice and papers, then ask for the payment.") },
    { "sent",               N_("The programme checks it against the acceptance.") },
    { "returned",           N_("It needs something more: read the note, complete the request and send it again.") },
    { "programme_approved", N_("Finance checks and pays it.") },
    { "paid",               N_("Paid.") },
    { "refused",            N_("It was refused; the note says why.") },
    { "withdrawn",          N_("It was withdrawn.") },
    { NULL },
};

/* ---- what is left ----------------------------------------------------------------------------------------- */

static void put_amount(struct at *at, const char *label, int64_t amount)
{
    html_open(&at->h, "div");
    html_leaf(&at->h, "dt", at_tr(at, label));
    html_leaf(&at->h, "dd", dong(at->q->a, at->q->lang, amount));
    html_close(&at->h, "div");
}

static enum err put_left(struct at *at)
{
    const struct record *m = seen(at, at->record, PAYMENT_MILESTONE, &milestone);
    const struct record *c = seen(at, at->record, PAYMENT_CONTRACT, &contract), *t = seen(at, at->record, PAYMENT_TASK, &task);
    struct balance b = { 0 };
    int64_t room = 0;
    if (m) TRY(payment_room(&at->w, m, &room));
    if (c) TRY(balance_of_contract(&at->w, c->id, &b));
    else if (t) TRY(balance_of_task(&at->w, t->id, &b));
    section_open(at, "left", N_("What is left"));
    html_open(&at->h, "dl");
    html_class(&at->h, "facts");
    put_amount(at, N_("Asked for here"), v_i64(at->record->v[PAYMENT_AMOUNT]));
    if (m) put_amount(at, N_("The milestone"), v_i64(m->v[MILESTONE_AMOUNT]));
    if (m) put_amount(at, N_("May still be asked for of the milestone"), room);
    put_amount(at, c ? N_("The contract is worth") : N_("Committed for the task"), b.of[MONEY_COMMITTED]);
    put_amount(at, N_("Paid so far"), b.of[MONEY_DISBURSED]);
    put_amount(at, N_("May still be paid"), b.of[MONEY_COMMITTED] - b.of[MONEY_DISBURSED]);
    html_close(&at->h, "dl");
    html_close(&at->h, "section");
    return OK;
}

/* ---- paying ------------------------------------------------------------------------------------------------ */

static const int order_fields[] = { PAYMENT_ORDER, PAYMENT_PAID_ON, -1 };
static const struct written_step paying = { "pay", N_("Pay it"), order_fields };

/* ---- the page ------------------------------------------------------------------------------------------------- */

static Html actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    const struct record *c = seen(at, at->record, PAYMENT_CONTRACT, &contract);
    put_doing(&h, at, payment_path(at->q->a, at->record->id, NULL), &paying);
    if (c) html_link(&h, request_link(at->q, contract_path(at->q->a, c->id, NULL)), "button button-quiet", at_tr(at, N_("The contract")));
    return html_done(&h);
}

static enum err show(struct at *at, Message why)
{
    static const int shown[] = { PAYMENT_MILESTONE, PAYMENT_TASK, PAYMENT_AMOUNT, PAYMENT_INVOICE, PAYMENT_FILE, PAYMENT_SENT_ON, PAYMENT_DUE, PAYMENT_PAID_ON, PAYMENT_ORDER };
    put_refusal(at, why);
    put_next(at, nexts);
    put_hindrances(at, &paying);
    TRY(put_left(at));
    put_written_step(at, &paying, payment_path(at->q->a, at->record->id, NULL));
    section_open(at, "facts", N_("The request"));
    html_raw(&at->h, facts_html(&at->w, at->record, shown, COUNT(shown)));
    html_close(&at->h, "section");
    TRY(put_way(at, at->record));
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_CONTRACTS, .content = html_done(&at->h), .actions = actions(at),
        .lead = at_say(at, MSG(N_("{1}, {2}"), record_text(&at->w, at->record, PAYMENT_STATE), record_text(&at->w, at->record, PAYMENT_AMOUNT))),
        .crumbs = { { request_link(at->q, S("/contracts")), at_tr(at, N_("Contracts")) } } });
}

/* GET /contracts/payments/{id} */
enum err payment_desk(struct request *q, struct reply *r)
{
    struct at at;
    TRY(contracting_at(q, r, &payment_request, &at));
    return show(&at, NO_MESSAGE);
}

/* POST /contracts/payments/{id}/{act} */
enum err payment_act(struct request *q, struct reply *r)
{
    struct at at;
    Message why = NO_MESSAGE;
    Str act = request_capture(q, "act");
    TRY(contracting_at(q, r, &payment_request, &at));
    enum err e = str_is(act, paying.step) ? take_written_step(&at, &paying, &why) : try_step(&at, at.record, act, (Str){ 0 }, &why);
    if (refused(&at, e, why)) return show(&at, why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    return desk_done(q, r, payment_path(q->a, at.record->id, NULL), "step", 0, 0, 0);
}
