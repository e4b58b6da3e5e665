/*
 * contract_desk.c - a contract as unit, office, finance and leader work on it (F16, F17, F22): where it stands on its way, what it is worth and
 * from which budget lines, its dates, then its milestones with what each waits for (contract_parts.c), payments, reports and the settlement.
 */
#include "pages/contract/contract_parts.h"

#include "model/view.h"

#define OFFICE ((Roles)(OFFICER | FINANCE | LEADER | AGENCY | ADMIN))

static const struct next nexts[] = {
    { "draft",      N_("Complete terms, dates and milestones: they add up to the value of the contract. Then send it to finance.") },
    { "checking",   N_("Finance checks value, budget lines and terms.") },
    { "approving",  N_("The leader decides. From the day it is signed, the value is committed on its budget lines.") },
    { "approved",   N_("To be signed by both sides: enter the number, the day and the signed copy, then put it in force.") },
    { "in_force",   N_("The unit delivers milestone by milestone; what is accepted can be paid.") },
    { "completed",  N_("Everything is paid. Next: the settlement.") },
    { "settled",    N_("Settled and closed.") },
    { "returned",   N_("It was returned: read the note, correct the contract and send it again.") },
    { "terminated", N_("It was ended before its time. What was accepted is settled.") },
    { NULL },
};

/* ---- where the money comes from ------------------------------------------------------------------------ */

static const char *const share_heads[] = { N_("Budget line"), N_("Of this contract"), N_("Paid"), N_("Settled"), N_("Free on the line") };

static const struct balance *balance_on(const struct shares *s, int64_t line)
{
    static const struct balance none;
    for (size_t i = 0; i < s->n; i++)
        if (s->p[i].line == line) return &s->p[i].balance;
    return &none;
}

static enum err put_share(struct at *at, const struct record *share, const struct shares *posted)
{
    int64_t line = v_i64(share->v[SHARE_LINE]);
    const struct balance *b = balance_on(posted, line);
    struct balance whole;
    TRY(balance_of_line(&at->w, line, &whole));
    html_open(&at->h, "tr");
    put_record_cell(at, share_heads[0], seen(at, share, SHARE_LINE, &budget_line));
    put_money_cell(at, share_heads[1], v_i64(share->v[SHARE_AMOUNT]));
    put_money_cell(at, share_heads[2], b->of[MONEY_DISBURSED]);
    put_money_cell(at, share_heads[3], b->of[MONEY_SETTLED]);
    put_money_cell(at, share_heads[4], balance_free(&whole));
    html_close(&at->h, "tr");
    return OK;
}

static enum err put_shares(struct at *at)
{
    const struct records *list = &at->record->children[CONTRACT_SHARES];
    struct shares posted;
    if (!(at->w.actor.roles & OFFICE)) return OK;
    TRY(shares_of(&at->w, at->record->id, 0, &posted));
    section_open(at, "shares", N_("Where the money comes from"));
    if (list->n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Where the money comes from")), share_heads, COUNT(share_heads));
        for (size_t i = 0; i < list->n; i++) TRY(put_share(at, list->p[i], &posted));
        table_end(&at->h);
    } else put_empty(at, N_("No budget line yet. Name the lines and how much of the value each bears."));
    html_close(&at->h, "section");
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------------------- */

static void put_facts(struct at *at)
{
    static const int shown[] = { CONTRACT_NUMBER, CONTRACT_PROVIDER, CONTRACT_TASK, CONTRACT_CALL, CONTRACT_VALUE, CONTRACT_VERSION, CONTRACT_SIGNED_ON, CONTRACT_STARTS, CONTRACT_ENDS,
                                 CONTRACT_GUARANTEE, CONTRACT_GUARANTEE_UNTIL, CONTRACT_TERMS, CONTRACT_FILE, CONTRACT_GUARANTEE_FILE };
    section_open(at, "facts", N_("What was agreed"));
    html_raw(&at->h, facts_html(&at->w, at->record, shown, COUNT(shown)));
    html_close(&at->h, "section");
}

static const int signed_fields[] = { CONTRACT_NUMBER, CONTRACT_SIGNED_ON, CONTRACT_FILE, -1 };
static const struct written_step signing = { "sign", N_("It is signed"), signed_fields };

static Html actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    const struct record *task_of = seen(at, at->record, CONTRACT_TASK, &task);
    put_doing(&h, at, contract_path(at->q->a, at->record->id, NULL), &signing);
    if (task_of) html_link(&h, request_link(at->q, desk_path(at->q->a, &task, task_of->id, NULL)), "button button-quiet", at_tr(at, N_("The task")));
    return html_done(&h);
}

static enum err show(struct at *at, Message why)
{
    put_refusal(at, why);
    put_next(at, nexts);
    put_hindrances(at, &signing);
    put_written_step(at, &signing, contract_path(at->q->a, at->record->id, NULL));
    TRY(put_milestones(at));
    TRY(put_payments(at));
    put_facts(at);
    TRY(put_shares(at));
    TRY(put_amendments(at));
    TRY(put_watched(at));
    TRY(put_settlements(at));
    TRY(put_way(at, at->record));
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_CONTRACTS, .content = html_done(&at->h), .actions = actions(at),
        .lead = at_say(at, MSG(N_("{1}, {2}"), record_text(&at->w, at->record, CONTRACT_STATE), record_text(&at->w, at->record, CONTRACT_VALUE))),
        .crumbs = { { request_link(at->q, S("/contracts")), at_tr(at, N_("Contracts")) } } });
}

/* GET /contracts/{id} */
enum err contract_desk(struct request *q, struct reply *r)
{
    struct at at;
    TRY(contracting_at(q, r, &contract, &at));
    return show(&at, NO_MESSAGE);
}

/* ---- steps ------------------------------------------------------------------------------------------------ */

static const struct { const struct entity *e; int contract_field; } papers[] = { { &milestone, MILESTONE_CONTRACT }, { &amendment, AMENDMENT_CONTRACT } };

/* Whose step it is: of the milestone or amendment that the form names, else of the contract. */
static enum err meant(struct at *at, const struct record **out)
{
    for (size_t i = 0; i < COUNT(papers); i++) {
        Str said = params_get(&at->q->form, papers[i].e->name);
        struct record *found;
        int64_t id;
        if (!said.n) continue;
        enum err e = public_id_read(papers[i].e, said, &id) ? record_load(&at->w, papers[i].e, id, &found) : ERR_MISSING;
        if (e && e != ERR_MISSING) return e;
        if (e || v_i64(found->v[papers[i].contract_field]) != at->record->id || !record_visible(&at->w, found))
            return reply_fail(at->r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), said));
        return *out = found, OK;
    }
    return *out = at->record, OK;
}

/* POST /contracts/{id}/{act} */
enum err contract_act(struct request *q, struct reply *r)
{
    struct at at;
    const struct record *of = NULL;
    Message why = NO_MESSAGE;
    TRY(contracting_at(q, r, &contract, &at));
    TRY(meant(&at, &of));
    Str act = request_capture(q, "act");
    bool written = of == at.record && str_is(act, signing.step);
    enum err e = written ? take_written_step(&at, &signing, &why) : try_step(&at, of, act, (Str){ 0 }, &why);
    if (refused(&at, e, why)) return show(&at, why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    return desk_done(q, r, contract_path(q->a, at.record->id, NULL), "step", 0, 0, 0);
}
