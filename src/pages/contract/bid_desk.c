/*
 * bid_desk.c - a call as a unit answers it: what is asked, until when, and its own proposal, which is written here with a draft kept every few seconds,
 * then sent sealed, and taken back or withdrawn as long as the call is open.
 */
#include "pages/contract/contracting.h"

#include "model/view.h"

struct answer {
    struct at            at;
    const struct record *own;               /* not withdrawn; NULL: none                          */
    struct params        typed;             /* a new one, as it was typed or as the draft left it  */
    struct form_problems wrong;
};

static const struct { const char *state, *next; } nexts[] = {
    { "draft",       N_("Complete your proposal and send it before the end of the last day.") },
    { "sent",        N_("Your proposal is sent, sealed: nobody reads it before the council opens them all. Until the last day you may take it back to change it.") },
    { "opened",      N_("The council has opened the proposals and appraises them. You are told what it decides.") },
    { "awarded",     N_("Your proposal was chosen. The contract is being prepared.") },
    { "not_awarded", N_("Another proposal was chosen, or none. Thank you for taking part.") },
};

static bool still_open(const struct at *at)
{
    return in_state(at->record, "open") && str_cmp(v_str(at->record->v[CALL_CLOSES_ON]), date_iso(at->q->a, at->w.today)) >= 0;
}

/* Not every reader is a unit: an officer reads the same page. */
static bool may_answer(const struct at *at) { return still_open(at) && may(&at->w, &bid, MAY_CREATE); }

static void put_next_of(struct answer *x)
{
    struct at *at = &x->at;
    if (!x->own) {
        html_leaf_class(&at->h, "p", "notice", at_tr(at, may_answer(at) ? N_("Write your proposal. What you type is kept as a draft until you save it, and nobody else reads it.")
                                                         : still_open(at) ? N_("Only implementing units send proposals, each with its own account.")
                                                                          : N_("Proposals are no longer taken.")));
        return;
    }
    for (size_t i = 0; i < COUNT(nexts); i++)
        if (in_state(x->own, nexts[i].state)) html_leaf_class(&at->h, "p", "notice", at_tr(at, nexts[i].next));
}

static const int written[] = { BID_PRICE, BID_TEXT, BID_FILE };

static void put_form(struct answer *x)
{
    struct at *at = &x->at;
    struct html *h = &at->h;
    desk_form_open(h, at->q, at->r, request_link(at->q, call_desk_path(at->q->a, at->record->id, "bid/write")), "desk-form record-form", true);
    desk_hidden(h, ".list", str_of(entity_path(&bid)));
    desk_hidden(h, ".record", (Str){ 0 });
    desk_hidden(h, ".version", S("0"));
    desk_hidden(h, "call", public_id(at->q->a, &call, at->record->id));
    put_form_summary(h, &at->w, &x->wrong);
    for (size_t i = 0; i < COUNT(written); i++) {
        const struct field *f = &bid.fields[written[i]];
        html_raw(h, form_field_html(&at->w, f, str_of(f->name), params_get(&x->typed, f->name), form_problem_at(&x->wrong, f->name)));
    }
    desk_submit(h, at->q, "button", at_tr(at, N_("Save the proposal")));
    put_draft_words(at);
    html_close(h, "form");
}

static void put_own(struct answer *x)
{
    static const int shown[] = { BID_STATE, BID_PRICE, BID_TEXT, BID_FILE, BID_SENT_ON };
    struct at *at = &x->at;
    struct arena *a = at->q->a;
    if (!x->own && !may_answer(at)) return;
    section_open(at, "own", N_("Your proposal"));
    if (x->own) {
        html_raw(&at->h, facts_html(&at->w, x->own, shown, COUNT(shown)));
        html_open(&at->h, "div");
        html_class(&at->h, "buttons");
        put_steps(&at->h, at, x->own, call_desk_path(a, at->record->id, "bid"), NULL);
        if (in_state(x->own, "draft")) html_link(&at->h, request_link(at->q, desk_path(a, &bid, x->own->id, "edit")), "button button-quiet", at_tr(at, N_("Edit")));
        html_close(&at->h, "div");
    } else put_form(x);
    html_close(&at->h, "section");
}

static enum err put_contracts(struct answer *x)
{
    struct records list;
    struct at *at = &x->at;
    if (!x->own || !in_state(x->own, "awarded")) return OK;
    TRY(related(at, &contract, CONTRACT_CALL, at->record->id, &list));
    for (size_t i = 0; i < list.n; i++) {
        html_open(&at->h, "p");
        html_link(&at->h, request_link(at->q, contract_path(at->q->a, list.p[i]->id, NULL)), "button", record_title(&at->w, list.p[i]));
        html_close(&at->h, "p");
    }
    return OK;
}

static enum err show(struct answer *x, Message why)
{
    struct at *at = &x->at;
    put_refusal(at, why);
    put_next_of(x);
    TRY(put_contracts(x));
    put_own(x);
    put_call_asked(at);
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_CONTRACTS, .content = html_done(&at->h),
        .lead = at_say(at, MSG(N_("{1}, proposals until {2}"), record_text(&at->w, at->record, CALL_STATE), record_text(&at->w, at->record, CALL_CLOSES_ON))),
        .crumbs = { { request_link(at->q, S("/contracts")), at_tr(at, N_("Contracts")) } } });
}

static enum err load(struct request *q, struct reply *r, struct answer *x)
{
    struct records all;
    *x = (struct answer){ .typed = q->form };
    TRY(contracting_at(q, r, &call, &x->at));
    TRY(related(&x->at, &bid, BID_CALL, x->at.record->id, &all));
    for (size_t i = 0; i < all.n; i++)
        if (among_rows(&x->at.w, all.p[i], ROWS_MINE, BID_ACCOUNT) && !in_state(all.p[i], "withdrawn")) x->own = all.p[i];
    return OK;
}

/* What was begun and not saved, if it was for this call. */
static enum err take_up_draft(struct answer *x)
{
    struct draft draft;
    struct params kept;
    Message why;
    struct at *at = &x->at;
    TRY(draft_find(&at->w, &bid, 0, &draft));
    if (!draft.at || params_read(at->q->a, draft.form, PARAMS_FORM, &kept, &why)) return OK;
    if (str_eq(params_get(&kept, "call"), public_id(at->q->a, &call, at->record->id))) x->typed = kept;
    return OK;
}

/* GET /contracts/calls/{id}/bid */
enum err bid_page(struct request *q, struct reply *r)
{
    struct answer x;
    TRY(load(q, r, &x));
    TRY(take_up_draft(&x));
    return show(&x, NO_MESSAGE);
}

/* ---- writing it -------------------------------------------------------------------------------------------- */

static void blame(struct answer *x, int field, Message what)
{
    *GROW(x->at.q->a, x->wrong) = (struct form_problem){ str_of(bid.fields[field].name), &bid.fields[field], what, false };
}

static enum err keep(struct work *w, void *arg)
{
    struct answer *x = arg;
    struct saving s = { .now = record_make(w->a, &bid) };
    s.now->v[BID_CALL] = v_int(x->at.record->id);
    for (size_t i = 0; i < COUNT(written); i++) {
        Message m = form_read_value(w, &bid.fields[written[i]], str_trim(params_get(&x->typed, bid.fields[written[i]].name)), &s.now->v[written[i]]);
        if (m.id) blame(x, written[i], m);
    }
    if (x->wrong.n) return ERR_INVALID;
    enum err e = record_keep_inside(w, &s);
    if (e == ERR_INVALID) x->wrong = s.wrong;
    TRY(e);
    return draft_drop(w, &bid, 0);
}

/* POST /contracts/calls/{id}/bid/write */
enum err bid_write(struct request *q, struct reply *r)
{
    struct answer x;
    TRY(load(q, r, &x));
    enum err e = take_files(&x.at, &x.wrong);
    x.typed = q->form;
    if (!e) e = work_write(&x.at.w, keep, &x);
    if (e == ERR_INVALID && x.wrong.n) {
        r->status = err_status(e);
        return show(&x, NO_MESSAGE);
    }
    TRY(e);
    return desk_done(q, r, call_desk_path(q->a, x.at.record->id, "bid"), "saved", 0, 0, 0);
}

/* POST /contracts/calls/{id}/bid/{act}: a step of the own proposal */
enum err bid_act(struct request *q, struct reply *r)
{
    struct answer x;
    Message why = NO_MESSAGE;
    TRY(load(q, r, &x));
    if (!x.own) return reply_fail(r, ERR_MISSING, MSG(N_("You have no proposal here.")));
    enum err e = try_step(&x.at, x.own, request_capture(q, "act"), (Str){ 0 }, &why);
    if (refused(&x.at, e, why)) return show(&x, why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    return desk_done(q, r, call_desk_path(q->a, x.at.record->id, "bid"), "step", 0, 0, 0);
}
