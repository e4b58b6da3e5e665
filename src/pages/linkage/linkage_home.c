/*
 * linkage_home.c - where linkage begins for each: a buyer's demands, a supplier's invitations, what the office has to look at, and what came of it.
 * Who is both sees both.
 */
#include "pages/linkage/dealing.h"

enum { SHOWN = 50 };

/* ---- demands ------------------------------------------------------------------------------------- */

static const char *const demand_heads[] = { N_("Demand"), N_("State"), N_("Due on"), N_("Quotes due on"), N_("Invited"), N_("Quotes") };

static enum err count_of(struct at *at, Sql q, int64_t id, int64_t *n) { return db_one_int(at->w.db, at->w.a, q, ARGS(v_int(id)), n); }

static enum err put_demand(struct at *at, const struct record *d)
{
    struct html *h = &at->h;
    int64_t invited = 0, quotes = 0;
    TRY(count_of(at, SQL("SELECT count(*) FROM invitation WHERE demand = $1"), d->id, &invited));
    TRY(count_of(at, SQL("SELECT count(*) FROM quote WHERE demand = $1 AND sent_on IS NOT NULL AND state <> 'withdrawn'"), d->id, &quotes));
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, demand_heads[0]));
    html_link(h, request_link(at->q, demand_desk_path(at->q->a, d->id, NULL)), NULL, record_title(&at->w, d));
    html_close(h, "td");
    table_cell(h, at_tr(at, demand_heads[1]), record_text(&at->w, d, DEMAND_STATE));
    table_cell(h, at_tr(at, demand_heads[2]), record_text(&at->w, d, DEMAND_DUE));
    table_cell(h, at_tr(at, demand_heads[3]), record_text(&at->w, d, DEMAND_QUOTES_BY));
    table_cell(h, at_tr(at, demand_heads[4]), page_number(&at->w, invited));
    table_cell_open(h, at_tr(at, demand_heads[5]));
    html_link(h, request_link(at->q, demand_desk_path(at->q->a, d->id, "quotes")), NULL, page_number(&at->w, quotes));
    html_close(h, "td");
    html_close(h, "tr");
    return OK;
}

static enum err put_demands(struct at *at, const char *id, const char *title, const struct records *list)
{
    section_open(at, id, title);
    table_begin(&at->h, at->q->lang, at_tr(at, title), demand_heads, COUNT(demand_heads));
    for (size_t i = 0; i < list->n; i++) TRY(put_demand(at, list->p[i]));
    table_end(&at->h);
    html_close(&at->h, "section");
    return OK;
}

/* The newest of the reader's list that pass the filters. */
static enum err newest(struct at *at, const struct entity *e, struct list_query query, struct records *out)
{
    struct list list;
    query.sort = -1;
    query.descending = true;
    query.limit = SHOWN;
    TRY(list_load(&at->w, e, &query, false, &list));
    *out = list.records;
    return OK;
}

static void put_first_demand(struct at *at)
{
    section_open(at, "demands", N_("Your demands"));
    put_empty(at, N_("No demand yet. Say in a sentence what you need; from the suppliers that are found you go on to a demand."));
    html_open(&at->h, "div");
    html_class(&at->h, "buttons");
    html_link(&at->h, request_link(at->q, S("/match")), "button", at_tr(at, N_("Find suppliers")));
    html_link(&at->h, request_link(at->q, S("/linkage/demands/new")), "button button-quiet", at_tr(at, N_("New demand")));
    html_close(&at->h, "div");
    html_close(&at->h, "section");
}

static enum err put_own_demands(struct at *at)
{
    struct records list;
    if (!(at->w.actor.roles & (BUYER | ENTERPRISE))) return OK;
    TRY(newest(at, &demand, (struct list_query){ .filter = { { .field = DEMAND_ACCOUNT, .op = FILTER_EQUAL, .v = v_int(at->w.actor.account) } }, .filters = 1 }, &list));
    if (list.n) return put_demands(at, "demands", N_("Your demands"), &list);
    if (at->w.actor.roles & BUYER) put_first_demand(at);
    return OK;
}

/* ---- a supplier's invitations ----------------------------------------------------------------------- */

static enum err put_invitation(struct at *at, const char *const *heads, const struct record *r)
{
    struct invited of;
    struct html *h = &at->h;
    TRY(invited_load(&at->w, r->id, &of));
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, heads[0]));
    html_link(h, request_link(at->q, invitation_path(at->q->a, r->id, NULL)), NULL, record_title(&at->w, of.demand));
    html_close(h, "td");
    table_cell(h, at_tr(at, heads[1]), record_text(&at->w, of.demand, DEMAND_SHOWN_BUYER));
    table_cell(h, at_tr(at, heads[2]), record_text(&at->w, r, INVITATION_STATE));
    table_cell(h, at_tr(at, heads[3]), record_text(&at->w, of.demand, DEMAND_QUOTES_BY));
    html_close(h, "tr");
    return OK;
}

static enum err put_invitations(struct at *at)
{
    static const char *const heads[] = { N_("Demand"), N_("Buyer"), N_("State"), N_("Quotes due on") };
    struct records list;
    if (!(at->w.actor.roles & ENTERPRISE) || !at->w.actor.organisation) return OK;
    TRY(newest(at, &invitation, (struct list_query){ .filter = { { .field = INVITATION_ENTERPRISE, .op = FILTER_EQUAL, .v = v_int(at->w.actor.organisation) } }, .filters = 1 }, &list));
    section_open(at, "invitations", N_("Demands you take part in"));
    if (list.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Demands you take part in")), heads, COUNT(heads));
        for (size_t i = 0; i < list.n; i++) TRY(put_invitation(at, heads, list.p[i]));
        table_end(&at->h);
    } else put_empty(at, N_("No invitation yet. Answer an open demand, and keep your profile complete: buyers find you by it."));
    html_open(&at->h, "p");
    html_link(&at->h, request_link(at->q, S("/demands")), "button button-quiet", at_tr(at, N_("Open demands")));
    html_close(&at->h, "p");
    html_close(&at->h, "section");
    return OK;
}

/* ---- the office ---------------------------------------------------------------------------------------- */

static struct list_query demands_in(const char *state, Str due_before)
{
    struct list_query q = { .filter = { { .field = DEMAND_STATE, .op = FILTER_EQUAL, .v = v_text(str_of(state)) },
                                        { .field = DEMAND_QUOTES_BY, .op = FILTER_MAX, .v = v_text(due_before) } }, .filters = due_before.n ? 2 : 1 };
    return q;
}

static enum err put_office(struct at *at)
{
    struct records list;
    if (!(at->w.actor.roles & (OFFICER | ADMIN))) return OK;
    TRY(newest(at, &demand, demands_in("submitted", (Str){ 0 }), &list));
    if (list.n) TRY(put_demands(at, "to-check", N_("Demands to check"), &list));
    TRY(newest(at, &demand, demands_in("open", date_iso(at->q->a, at->w.today)), &list));
    if (list.n) TRY(put_demands(at, "late", N_("Open, but the day quotes were due is here or past"), &list));
    TRY(newest(at, &demand, demands_in("choosing", (Str){ 0 }), &list));
    if (list.n) TRY(put_demands(at, "choosing", N_("Quotes being compared"), &list));
    TRY(newest(at, &demand, demands_in("open", (Str){ 0 }), &list));
    if (list.n) return put_demands(at, "open", N_("Open demands"), &list);
    put_empty(at, N_("No demand is open. Buyers post them; you may enter one for a buyer who wrote to the office."));
    return OK;
}

/* ---- what came of it -------------------------------------------------------------------------------------- */

static enum err put_introductions(struct at *at)
{
    static const char *const heads[] = { N_("Supplier and buyer"), N_("Introduced on"), N_("Furthest stage") };
    struct records list;
    struct list some;
    TRY(list_load(&at->w, &introduction, &(struct list_query){ .sort = INTRODUCTION_ON, .descending = true, .limit = SHOWN }, true, &some));
    list = some.records;
    if (!list.n) return OK;
    section_open(at, "introductions", N_("Introductions, and what came of them"));
    table_begin(&at->h, at->q->lang, at_tr(at, N_("Introductions, and what came of them")), heads, COUNT(heads));
    for (size_t i = 0; i < list.n; i++) {
        html_open(&at->h, "tr");
        table_cell_open(&at->h, at_tr(at, heads[0]));
        html_link(&at->h, request_link(at->q, introduction_path(at->q->a, list.p[i]->id, NULL)), NULL, record_title(&at->w, list.p[i]));
        html_close(&at->h, "td");
        table_cell(&at->h, at_tr(at, heads[1]), record_text(&at->w, list.p[i], INTRODUCTION_ON));
        table_cell(&at->h, at_tr(at, heads[2]), record_text(&at->w, list.p[i], INTRODUCTION_REACHED));
        html_close(&at->h, "tr");
    }
    table_end(&at->h);
    html_close(&at->h, "section");
    return OK;
}

/* GET /linkage */
enum err linkage_home(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct html actions = html_make(q->a);
    if (may(&at.w, &demand, MAY_CREATE)) html_link(&actions, request_link(q, S("/linkage/demands/new")), "button", at_tr(&at, N_("New demand")));
    html_link(&actions, request_link(q, S("/match")), "button button-quiet", at_tr(&at, N_("Find suppliers")));
    TRY(put_invitations(&at));
    TRY(put_own_demands(&at));
    TRY(put_office(&at));
    if (may_list(&at.w, &introduction)) TRY(put_introductions(&at));
    if (!at.h.out.n) put_empty(&at, N_("Nothing here is yours yet. Find suppliers, or read what buyers look for."));
    return desk_reply(q, r, &(struct desk_page){
        .title = at_tr(&at, N_("Linkage")), .lead = at_tr(&at, N_("From a demand to a supplier, and from the supplier to an order.")), .place = DESK_LINKAGE,
        .content = html_done(&at.h), .actions = html_done(&actions) });
}
