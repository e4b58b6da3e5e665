/*
 * settlement_desk.c - a settlement (F19): what was spent, what of it is eligible and why not all, what was paid and what is to be paid back, who has approved,
 * and the closing minutes, with which finance closes it.
 */
#include "pages/contract/contracting.h"

#include "model/view.h"

static const struct next nexts[] = {
    { "draft",     N_("Enter what was spent, item by item with its document, and how much of it is eligible; then submit it.") },
    { "submitted", N_("Finance checks the documents.") },
    { "returned",  N_("It needs something more: read the note, complete it and submit it again.") },
    { "approved",  N_("Approved. When what is to be paid back has come in, finance closes it with the minutes.") },
    { "closed",    N_("Settled and closed.") },
    { NULL },
};

static const int closing_fields[] = { SETTLEMENT_REFUNDED_ON, SETTLEMENT_MINUTES, SETTLEMENT_FILE, -1 };
static const struct written_step closing = { "close", N_("Close it"), closing_fields };

/* ---- items ------------------------------------------------------------------------------------------------- */

static const char *const item_heads[] = { N_("What was spent on"), N_("Document"), N_("Spent"), N_("Eligible"), N_("Why not all of it") };

static void put_item(struct at *at, const struct record *i)
{
    html_open(&at->h, "tr");
    table_cell(&at->h, at_tr(at, item_heads[0]), v_str(i->v[ITEM_TITLE]));
    table_cell(&at->h, at_tr(at, item_heads[1]), v_str(i->v[ITEM_DOCUMENT]));
    put_money_cell(at, item_heads[2], v_i64(i->v[ITEM_ACTUAL]));
    put_money_cell(at, item_heads[3], v_i64(i->v[ITEM_ELIGIBLE]));
    table_cell(&at->h, at_tr(at, item_heads[4]), v_str(i->v[ITEM_WHY]));
    html_close(&at->h, "tr");
}

static void put_sum(struct at *at)
{
    html_open(&at->h, "tr");
    table_heading(&at->h, "row", at_tr(at, N_("Together")));
    table_cell(&at->h, at_tr(at, item_heads[1]), (Str){ 0 });
    put_money_cell(at, item_heads[2], v_i64(at->record->v[SETTLEMENT_ACTUAL]));
    put_money_cell(at, item_heads[3], v_i64(at->record->v[SETTLEMENT_ELIGIBLE]));
    table_cell(&at->h, at_tr(at, item_heads[4]), (Str){ 0 });
    html_close(&at->h, "tr");
}

static void put_items(struct at *at)
{
    const struct records *list = &at->record->children[SETTLEMENT_ITEMS];
    section_open(at, "items", N_("What was spent"));
    if (list->n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("What was spent")), item_heads, COUNT(item_heads));
        for (size_t i = 0; i < list->n; i++) put_item(at, list->p[i]);
        put_sum(at);
        table_end(&at->h);
    } else put_empty(at, N_("No item yet. Each names its document, what was spent and what of it is eligible."));
    html_close(&at->h, "section");
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

static Html actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    const struct record *c = seen(at, at->record, SETTLEMENT_CONTRACT, &contract);
    put_doing(&h, at, settlement_path(at->q->a, at->record->id, NULL), &closing);
    if (c) html_link(&h, request_link(at->q, contract_path(at->q->a, c->id, NULL)), "button button-quiet", at_tr(at, N_("The contract")));
    return html_done(&h);
}

static enum err show(struct at *at, Message why)
{
    static const int shown[] = { SETTLEMENT_CONTRACT, SETTLEMENT_TASK, SETTLEMENT_ACTUAL, SETTLEMENT_ELIGIBLE, SETTLEMENT_PAID, SETTLEMENT_REFUND, SETTLEMENT_REFUNDED_ON, SETTLEMENT_MINUTES,
                                 SETTLEMENT_FILE, SETTLEMENT_DUE };
    Str path = settlement_path(at->q->a, at->record->id, NULL);
    put_refusal(at, why);
    put_next(at, nexts);
    put_hindrances(at, &closing);
    put_written_step(at, &closing, path);
    section_open(at, "facts", N_("The result"));
    html_raw(&at->h, facts_html(&at->w, at->record, shown, COUNT(shown)));
    html_close(&at->h, "section");
    put_items(at);
    TRY(put_way(at, at->record));
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_CONTRACTS, .content = html_done(&at->h), .actions = actions(at),
        .lead = record_text(&at->w, at->record, SETTLEMENT_STATE),
        .crumbs = { { request_link(at->q, S("/contracts")), at_tr(at, N_("Contracts")) } } });
}

/* GET /contracts/settlements/{id} */
enum err settlement_desk(struct request *q, struct reply *r)
{
    struct at at;
    TRY(contracting_at(q, r, &settlement, &at));
    return show(&at, NO_MESSAGE);
}

/* POST /contracts/settlements/{id}/{act} */
enum err settlement_act(struct request *q, struct reply *r)
{
    struct at at;
    Message why = NO_MESSAGE;
    Str act = request_capture(q, "act");
    TRY(contracting_at(q, r, &settlement, &at));
    enum err e = str_is(act, closing.step) ? take_written_step(&at, &closing, &why) : try_step(&at, at.record, act, (Str){ 0 }, &why);
    if (refused(&at, e, why)) return show(&at, why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    return desk_done(q, r, settlement_path(q->a, at.record->id, NULL), "step", 0, 0, 0);
}
