/*
 * call_desk.c - a call for proposals as the office and its council work on it: terms, criteria and council; how many proposals have come, sealed; when they
 * are opened each member's scores, the ranking, the decision; and the minutes to be printed.  A unit is led to its own proposal, anybody else
 * to what the public sees.
 */
#include "pages/contract/council.h"

#include "model/view.h"

static const struct next nexts[] = {
    { "draft",          N_("Complete terms, criteria and council, then open the call.") },
    { "open",           N_("Units send proposals to the end of the last day. Nobody reads them before the council opens them all.") },
    { "appraising",     N_("Each member scores every proposal by every criterion; then the council decides.") },
    { "decided",        N_("Decided. The contract with the chosen unit was drafted from it.") },
    { "without_result", N_("Ended without a result. The task may be called for again.") },
    { "withdrawn",      N_("The call was withdrawn.") },
    { NULL },
};

/* ---- what is asked, of whom, by whom ------------------------------------------------------------------- */

/* With council and invited units, for the office. */
static void put_all_asked(struct at *at)
{
    static const int facts[] = { CALL_TASK, CALL_REASON, CALL_MINUTES_FILE };
    static const int parts[] = { CALL_COUNCIL, CALL_INVITED };
    put_call_asked(at);
    html_raw(&at->h, facts_html(&at->w, at->record, facts, COUNT(facts)));
    html_raw(&at->h, sections_html(&at->w, at->record, parts, COUNT(parts)));
}

/* ---- proposals that are sealed ---------------------------------------------------------------------------- */

/* Their number alone: who sent them is not told before all are opened. */
static enum err put_sealed(struct at *at)
{
    int64_t n = 0;
    if (!in_state(at->record, "open")) return OK;
    TRY(db_one_int(at->w.db, at->w.a, SQL("SELECT count(*) FROM bid WHERE call = $1 AND state = $2"), ARGS(v_int(at->record->id), v_text(S("sent"))), &n));
    section_open(at, "sealed", N_("Proposals"));
    html_leaf(&at->h, "p", n == 1 ? at_tr(at, N_("1 proposal has come, sealed.")) : at_say(at, MSG(N_("{1} proposals have come, sealed."), page_number(&at->w, n))));
    html_close(&at->h, "section");
    return OK;
}

/* ---- the desk ---------------------------------------------------------------------------------------------- */

struct appraisal { struct records opened; struct bid_ranks ranks; };

static bool is_office(const struct at *at) { return reach_of(&at->w, at->record).reads >= ALL_FIELDS; }

static enum err load_appraisal(struct at *at, struct appraisal *p)
{
    *p = (struct appraisal){ 0 };
    if (in_state(at->record, "draft") || in_state(at->record, "open")) return OK;
    TRY(related(at, &bid, BID_CALL, at->record->id, &p->opened));
    return is_office(at) ? bids_rank(&at->w, at->record, &p->ranks) : OK;
}

static enum err put_contracts(struct at *at)
{
    struct records list;
    if (!in_state(at->record, "decided")) return OK;
    TRY(related(at, &contract, CONTRACT_CALL, at->record->id, &list));
    for (size_t i = 0; i < list.n; i++) {
        html_open(&at->h, "p");
        html_link(&at->h, request_link(at->q, contract_path(at->q->a, list.p[i]->id, NULL)), "button", at_say(at, MSG(N_("The contract: {1}"), record_title(&at->w, list.p[i]))));
        html_close(&at->h, "p");
    }
    return OK;
}

static Html actions(struct at *at, const struct appraisal *p)
{
    struct html h = html_make(at->q->a);
    put_doing(&h, at, call_desk_path(at->q->a, at->record->id, NULL), NULL);
    if (p->ranks.n) html_link(&h, request_link(at->q, call_desk_path(at->q->a, at->record->id, "minutes")), "button button-quiet", at_tr(at, N_("Minutes to print")));
    return html_done(&h);
}

static enum err put_appraisal(struct at *at, const struct appraisal *p)
{
    struct grid g = ranking_grid(at, &p->ranks);
    if (is_office(at) && p->opened.n) grid_section(&at->h, &at->w, &g);
    TRY(put_scoring(at, &p->opened));
    if (!is_office(at)) return OK;
    put_deciding(at, &p->ranks);
    return p->opened.n ? put_scores_given(at, &p->opened) : OK;
}

static enum err show(struct at *at, Message why)
{
    struct appraisal p;
    TRY(load_appraisal(at, &p));
    put_refusal(at, why);
    put_next(at, nexts);
    put_hindrances(at, NULL);
    if (is_office(at)) TRY(put_contracts(at));
    TRY(put_sealed(at));
    TRY(put_appraisal(at, &p));
    if (is_office(at)) put_all_asked(at);
    else put_call_asked(at);
    if (is_office(at)) TRY(put_way(at, at->record));
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_CONTRACTS, .content = html_done(&at->h), .actions = actions(at, &p),
        .lead = at_say(at, MSG(N_("{1}, proposals until {2}"), record_text(&at->w, at->record, CALL_STATE), record_text(&at->w, at->record, CALL_CLOSES_ON))),
        .crumbs = { { request_link(at->q, S("/contracts")), at_tr(at, N_("Contracts")) } } });
}

/* Whoever neither works on the call nor sits in its council is led to where they answer or read it. */
static enum err elsewhere(struct at *at)
{
    Str path = at->w.actor.roles & PROVIDER ? call_desk_path(at->q->a, at->record->id, "bid") : str_f(at->q->a, "/calls/%.*s", FMT(public_id(at->q->a, &call, at->record->id)));
    return reply_redirect(at->r, 303, request_link(at->q, path));
}

/* GET /contracts/calls/{id} */
enum err call_desk(struct request *q, struct reply *r)
{
    struct at at;
    struct appraisal p;
    TRY(contracting_at(q, r, &call, &at));
    if (!is_office(&at) && !call_member(&at.w, at.record)) return elsewhere(&at);
    if (q->as == AS_PAGE) return show(&at, NO_MESSAGE);
    TRY(load_appraisal(&at, &p));
    struct grid g = ranking_grid(&at, &p.ranks);
    return grid_reply(r, &g, NULL, 0);
}

/* ---- the minutes ------------------------------------------------------------------------------------------- */

static void put_signatures(struct at *at)
{
    const struct records *council = &at->record->children[CALL_COUNCIL];
    html_open(&at->h, "dl");
    html_class(&at->h, "facts signatures");
    for (size_t i = 0; i < council->n; i++) {
        html_open(&at->h, "div");
        html_leaf(&at->h, "dt", record_text(&at->w, council->p[i], MEMBER_ROLE));
        html_leaf(&at->h, "dd", v_str(council->p[i]->v[MEMBER_NAME]));
        html_close(&at->h, "div");
    }
    html_close(&at->h, "dl");
}

/* GET /contracts/calls/{id}/minutes: a page for paper */
enum err call_minutes_page(struct request *q, struct reply *r)
{
    struct at at;
    Str minutes;
    struct appraisal p;
    TRY(contracting_at(q, r, &call, &at));
    TRY(load_appraisal(&at, &p));
    if (!is_office(&at) || !p.ranks.n) return reply_fail(r, ERR_MISSING, MSG(N_("There are no minutes yet: the proposals are not opened.")));
    TRY(call_minutes(&at.w, at.record, &minutes));
    html_leaf_class(&at.h, "p", "taken-note", minutes);
    put_signatures(&at);
    return desk_reply(q, r, &(struct desk_page){
        .title = at_say(&at, MSG(N_("Minutes of the council: {1}"), record_title(&at.w, at.record))), .place = DESK_CONTRACTS, .content = html_done(&at.h),
        .crumbs = { { request_link(q, S("/contracts")), at_tr(&at, N_("Contracts")) },
                    { request_link(q, call_desk_path(q->a, at.record->id, NULL)), record_title(&at.w, at.record) } } });
}

/* ---- what is done there -------------------------------------------------------------------------------------- */

static enum err carry_out(struct at *at, Str act, const char **said, int64_t *contract_id, Message *why)
{
    *said = str_is(act, "score") ? "saved" : "step";
    if (str_is(act, "score")) return score_bid(at, why);
    if (str_is(act, "decide")) return decide(at, contract_id, why);
    return try_step(at, at->record, act, (Str){ 0 }, why);
}

/* POST /contracts/calls/{id}/{act} */
enum err call_act(struct request *q, struct reply *r)
{
    struct at at;
    const char *said;
    int64_t contract_id = 0;
    Message why = NO_MESSAGE;
    TRY(contracting_at(q, r, &call, &at));
    enum err e = carry_out(&at, request_capture(q, "act"), &said, &contract_id, &why);
    if (refused(&at, e, why)) return show(&at, why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    return desk_done(q, r, contract_id ? contract_path(q->a, contract_id, NULL) : call_desk_path(q->a, at.record->id, NULL), said, 0, 0, 0);
}
