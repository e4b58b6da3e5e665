/*
 * contract_home.c - where contracts begin for each: what waits for the reader; what a council member has to score; a unit's contracts, proposals and the
 * calls it may answer; for the office, who is being chosen, what goes on and for whom it waits, and which contracts and guarantees run out.
 */
#include "pages/contract/contracting.h"

#include "base/date.h"
#include "programme/delivery/delivery.h"

enum { SHOWN = 100, WATCHED_DAYS = 60 };
#define OFFICE ((Roles)(OFFICER | FINANCE | LEADER | ADMIN))

static enum err listed(struct at *at, const struct entity *e, struct list_query query, struct records *out)
{
    struct list list;
    query.limit = SHOWN;
    TRY(list_load(&at->w, e, &query, false, &list));
    *out = list.records;
    return OK;
}

/* ---- what waits ----------------------------------------------------------------------------------- */

static bool is_of_contracts(const struct entity *e)
{
    static const struct entity *const all[] = { &call, &bid, &contract, &milestone, &amendment, &payment_request, &settlement, &progress_report, &inspection, &acceptance };
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i] == e) return true;
    return false;
}

static enum err put_waiting(struct at *at)
{
    struct tasks all, ours = { 0 };
    TRY(tasks_of(&at->w, SHOWN, &all));
    for (size_t i = 0; i < all.n; i++)
        if (is_of_contracts(all.p[i].e)) *GROW(at->q->a, ours) = all.p[i];
    section_open(at, "waiting", N_("What waits for you"));
    if (ours.n) put_tasks(at, &ours);
    else put_empty(at, N_("Nothing of calls and contracts waits for you now."));
    html_close(&at->h, "section");
    return OK;
}

/* ---- lists of records ------------------------------------------------------------------------------- */

static const char *const call_heads[] = { N_("Call"), N_("State"), N_("Proposals until"), N_("Highest price"), N_("Waits for") };
static const char *const bid_heads[] = { N_("Proposal"), N_("Call"), N_("Price"), N_("State") };
static const char *const contract_heads[] = { N_("Contract"), N_("Implementing unit"), N_("Value"), N_("Ends on"), N_("State"), N_("Waits for") };

static void put_cell(struct at *at, const char *head, const struct record *r, int field) { table_cell(&at->h, at_tr(at, head), record_text(&at->w, r, field)); }

static void put_waits(struct at *at, const char *head, const struct record *r)
{
    table_cell(&at->h, at_tr(at, head), role_names(at->q->a, at->q->lang, waits_for(r)));
}

static void put_call_row(struct at *at, const struct record *c)
{
    put_record_cell(at, call_heads[0], c);
    put_cell(at, call_heads[1], c, CALL_STATE);
    put_cell(at, call_heads[2], c, CALL_CLOSES_ON);
    put_cell(at, call_heads[3], c, CALL_CEILING);
    put_waits(at, call_heads[4], c);
}

static void put_bid_row(struct at *at, const struct record *b)
{
    put_record_cell(at, bid_heads[0], b);
    put_cell(at, bid_heads[1], b, BID_CALL);
    put_cell(at, bid_heads[2], b, BID_PRICE);
    put_cell(at, bid_heads[3], b, BID_STATE);
}

static void put_contract_row(struct at *at, const struct record *c)
{
    put_record_cell(at, contract_heads[0], c);
    put_cell(at, contract_heads[1], c, CONTRACT_PROVIDER);
    put_cell(at, contract_heads[2], c, CONTRACT_VALUE);
    put_cell(at, contract_heads[3], c, CONTRACT_ENDS);
    put_cell(at, contract_heads[4], c, CONTRACT_STATE);
    put_waits(at, contract_heads[5], c);
}

/* empty: what is said where there is none. */
struct listing { const char *id, *title, *empty, *const *heads; size_t n; void (*row)(struct at *at, const struct record *r); };

static void put_listing(struct at *at, const struct listing *t, const struct records *list)
{
    section_open(at, t->id, t->title);
    if (list->n) {
        table_begin(&at->h, at->q->lang, at_tr(at, t->title), t->heads, t->n);
        for (size_t i = 0; i < list->n; i++) {
            html_open(&at->h, "tr");
            t->row(at, list->p[i]);
            html_close(&at->h, "tr");
        }
        table_end(&at->h);
    } else put_empty(at, t->empty);
    html_close(&at->h, "section");
}

/* Those that nothing ends yet, the newest first. */
static enum err going_on(struct at *at, const struct entity *e, struct records *out)
{
    struct list_query q = { .sort = -1, .descending = true };
    for (const struct choice *c = e->fields[e->workflow->state].choices; c->code; c++)
        if (c->done) q.filter[q.filters++] = (struct filter){ .field = e->workflow->state, .op = FILTER_NOT, .v = v_text(str_of(c->code)) };
    return listed(at, e, q, out);
}

/* ---- a provider ----------------------------------------------------------------------------------------- */

static enum err put_provider(struct at *at)
{
    static const struct listing bids = { "bids", N_("Your proposals"), N_("No proposal yet. Open calls are below: write one and send it before the end of the last day."),
                                         bid_heads, COUNT(bid_heads), put_bid_row };
    static const struct listing contracts = { "contracts", N_("Your contracts"), N_("No contract yet. It comes with the decision for one of your proposals."),
                                              contract_heads, COUNT(contract_heads), put_contract_row };
    struct records list;
    struct list_query mine = { .filter = { { .field = CONTRACT_ACCOUNT, .op = FILTER_EQUAL, .v = v_int(at->w.actor.account) } }, .filters = 1, .sort = -1, .descending = true };
    if (!(at->w.actor.roles & PROVIDER)) return OK;
    TRY(listed(at, &contract, mine, &list));
    put_listing(at, &contracts, &list);
    mine.filter[0].field = BID_ACCOUNT;
    TRY(listed(at, &bid, mine, &list));
    put_listing(at, &bids, &list);
    return OK;
}

/* What a provider may answer: calls for anybody, and those it is invited to. */
static enum err put_open_calls(struct at *at)
{
    static const struct listing calls = { "open", N_("Open calls"), N_("No call is open at this moment. You are told of the ones you are invited to."),
                                          call_heads, COUNT(call_heads), put_call_row };
    struct list_query q = { .filter = { { .field = CALL_STATE, .op = FILTER_EQUAL, .v = v_text(S("open")) } }, .filters = 1, .sort = CALL_CLOSES_ON };
    struct records list;
    if (!(at->w.actor.roles & PROVIDER)) return OK;
    TRY(listed(at, &call, q, &list));
    put_listing(at, &calls, &list);
    return OK;
}

/* ---- a council -------------------------------------------------------------------------------------------- */

/* What the reader, as a member, has to score. */
static enum err put_council(struct at *at)
{
    static const struct listing calls = { "council", N_("Calls that you appraise"), NULL, call_heads, COUNT(call_heads), put_call_row };
    struct buf b = buf_make(at->q->a);
    struct records list;
    put_f(&b, "%s WHERE state = 'appraising' AND id IN (SELECT call FROM council_member WHERE account = $1) ORDER BY closes_on, id", shape_of(at->w.m, &call)->select_list.text);
    TRY(records_query(&at->w, &call, sql_of(&b), ARGS(v_int(at->w.actor.account)), false, &list));
    if (list.n) put_listing(at, &calls, &list);
    return OK;
}

/* ---- the office ------------------------------------------------------------------------------------------- */

static const char *const ending_heads[] = { N_("Contract"), N_("What ends"), N_("On"), N_("Days left") };

static void put_ending(struct at *at, const struct record *c, int field)
{
    struct date day;
    MUST(date_from_iso(v_str(c->v[field]), &day));
    html_open(&at->h, "tr");
    put_record_cell(at, ending_heads[0], c);
    table_cell(&at->h, at_tr(at, ending_heads[1]), at_tr(at, field == CONTRACT_ENDS ? N_("the contract") : N_("the guarantee")));
    put_cell(at, ending_heads[2], c, field);
    table_cell(&at->h, at_tr(at, ending_heads[3]), page_number(&at->w, date_days(day) - date_days(at->w.today)));
    html_close(&at->h, "tr");
}

/* In force, and the field's day comes within the watched days. */
static enum err ending(struct at *at, int field, struct records *out)
{
    struct arena *a = at->q->a;
    return listed(at, &contract, (struct list_query){
        .filter = { { .field = CONTRACT_STATE, .op = FILTER_EQUAL, .v = v_text(S("in_force")) },
                    { .field = field, .op = FILTER_MIN, .v = v_text(date_iso(a, at->w.today)) },
                    { .field = field, .op = FILTER_MAX, .v = v_text(date_iso(a, date_from_days(date_days(at->w.today) + WATCHED_DAYS))) } },
        .filters = 3, .sort = field }, out);
}

static enum err put_endings(struct at *at)
{
    struct records contracts, guarantees;
    TRY(ending(at, CONTRACT_ENDS, &contracts));
    TRY(ending(at, CONTRACT_GUARANTEE_UNTIL, &guarantees));
    section_open(at, "ending", N_("Ends within 60 days"));
    if (contracts.n + guarantees.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Ends within 60 days")), ending_heads, COUNT(ending_heads));
        for (size_t i = 0; i < contracts.n; i++) put_ending(at, contracts.p[i], CONTRACT_ENDS);
        for (size_t i = 0; i < guarantees.n; i++) put_ending(at, guarantees.p[i], CONTRACT_GUARANTEE_UNTIL);
        table_end(&at->h);
    } else put_empty(at, N_("No contract and no guarantee ends within 60 days."));
    html_close(&at->h, "section");
    return OK;
}

static enum err put_office(struct at *at)
{
    static const struct listing calls = { "calls", N_("Units being chosen"), N_("No call is under way. Begin one from a task of the plan that a unit is to carry out."),
                                          call_heads, COUNT(call_heads), put_call_row };
    static const struct listing contracts = { "contracts", N_("Contracts under way"), N_("No contract is under way. It comes from the decision on a call."),
                                              contract_heads, COUNT(contract_heads), put_contract_row };
    struct records list;
    if (!(at->w.actor.roles & OFFICE)) return OK;
    TRY(going_on(at, &contract, &list));
    put_listing(at, &contracts, &list);
    TRY(put_endings(at));
    TRY(going_on(at, &call, &list));
    put_listing(at, &calls, &list);
    return OK;
}

/* GET /contracts */
enum err contracts_home(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct html actions = html_make(q->a);
    put_new(&actions, &at, &call, N_("New call"), (Str){ 0 });
    html_link(&actions, request_link(q, S("/calls")), "button button-quiet", at_tr(&at, N_("Calls as the public sees them")));
    TRY(put_waiting(&at));
    TRY(put_council(&at));
    TRY(put_provider(&at));
    TRY(put_open_calls(&at));
    TRY(put_office(&at));
    return desk_reply(q, r, &(struct desk_page){
        .title = at_tr(&at, N_("Contracts")), .lead = at_tr(&at, N_("Who carries out the tasks: calls, proposals, contracts, payments, settlements.")), .place = DESK_CONTRACTS,
        .content = html_done(&at.h), .actions = html_done(&actions) });
}
