/*
 * quotes.c - the quotes for a demand side by side (C10), each in the currency it was given in: there are no rates here, and what is cheaper depends
 * on the day's.  What is best in a column is marked; prices are compared among those of one currency and unit alone.  One is chosen, with reasons.
 */
#include "pages/linkage/dealing.h"

#include "base/number.h"
#include "pages/network/grid.h"

#include <math.h>

enum { SUPPLIER, PRICE, CURRENCY, UNIT, LEAST, TOOLING, LEAD, SAMPLE, VALID, POINTS, CERTIFICATES, TERMS, STATE, BEST };
static const struct grid_column columns[] = {
    [SUPPLIER] = { "supplier", N_("Supplier") },
    [PRICE] = { "price", N_("Price a unit") },
    [CURRENCY] = { "currency", N_("Currency"), .files_only = true },
    [UNIT] = { "unit", N_("Unit"), .files_only = true },
    [LEAST] = { "least", N_("Minimum order") },
    [TOOLING] = { "tooling", N_("Tooling, once") },
    [LEAD] = { "lead_days", N_("Lead time, days") },
    [SAMPLE] = { "sample_days", N_("First sample, days") },
    [VALID] = { "valid_until", N_("Good until") },
    [POINTS] = { "points", N_("Points of 100") },
    [CERTIFICATES] = { "certificates", N_("Certificates") },
    [TERMS] = { "terms", N_("Terms of delivery and payment") },
    [STATE] = { "state", N_("State") },
    [BEST] = { "best", N_("Best in"), .files_only = true },     /* a mark in the cells of the page */
};

/* What is compared, less being better; among quotes of one currency, of one unit.  In the order of the columns. */
static const struct { int field; const char *label, *mark; bool currency, unit; } compared[] = {
    { QUOTE_PRICE, N_("price"), N_("lowest"), .currency = true, .unit = true }, { QUOTE_LEAST, N_("minimum order"), N_("lowest"), .unit = true },
    { QUOTE_TOOLING, N_("tooling"), N_("lowest"), .currency = true },           { QUOTE_LEAD_DAYS, N_("lead time"), N_("shortest") },
    { QUOTE_SAMPLE_DAYS, N_("first sample"), N_("shortest") },
};

struct quotes { struct at at; struct records list, invited; };

static double number(const struct record *r, int field) { return v_is(r->v[field]) ? v_f64(r->v[field]) : NAN; }

static bool comparable(const struct record *a, const struct record *b, size_t k)
{
    if (compared[k].currency && !val_eq(a->v[QUOTE_CURRENCY], b->v[QUOTE_CURRENCY])) return false;
    return !compared[k].unit || val_eq(a->v[QUOTE_UNIT], b->v[QUOTE_UNIT]);
}

/* Nobody comparable asks for less, and somebody for more. */
static bool is_best(const struct quotes *x, const struct record *r, size_t k)
{
    double v = number(r, compared[k].field);
    bool beats = false;
    for (size_t i = 0; i < x->list.n; i++) {
        double other = number(x->list.p[i], compared[k].field);
        if (isnan(other) || !comparable(r, x->list.p[i], k)) continue;
        if (other < v) return false;
        beats |= other > v;
    }
    return beats;
}

static const struct record *invitation_for(const struct quotes *x, const struct record *r)
{
    return child_with_id(&x->invited, v_i64(r->v[QUOTE_INVITATION]));
}

static double points(const struct quotes *x, const struct record *r)
{
    const struct record *by = invitation_for(x, r);
    return by ? number(by, INVITATION_POINTS) : NAN;
}

static bool fits_best(const struct quotes *x, const struct record *r)
{
    bool beats = false;
    for (size_t i = 0; i < x->list.n; i++) {
        if (points(x, x->list.p[i]) > points(x, r)) return false;
        beats |= points(x, x->list.p[i]) < points(x, r);
    }
    return beats;
}

static Str best_in(struct quotes *x, const struct record *r)
{
    struct buf b = buf_make(x->at.q->a);
    for (size_t k = 0; k < COUNT(compared); k++)
        if (is_best(x, r, k)) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(at_tr(&x->at, compared[k].label)));
    if (fits_best(x, r)) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(at_tr(&x->at, N_("fit"))));
    return buf_str(&b);
}

/* "1.25 USD/piece" */
static Str amount(struct at *at, const struct record *r, size_t k)
{
    struct buf b = buf_make(at->q->a);
    Str currency = record_text(&at->w, r, QUOTE_CURRENCY), unit = record_text(&at->w, r, QUOTE_UNIT);
    if (!v_is(r->v[compared[k].field])) return (Str){ 0 };
    put_real(&b, at->q->lang, v_f64(r->v[compared[k].field]));
    if (compared[k].currency) put_f(&b, " %.*s", FMT(currency));
    if (compared[k].unit && unit.n) put_f(&b, "%s%.*s", compared[k].currency ? "/" : " ", FMT(unit));
    return buf_str(&b);
}

static Str marked(struct at *at, Str text, bool best, const char *mark)
{
    return best ? str_f(at->q->a, "%.*s ✓\u00a0%.*s", FMT(text), FMT(at_tr(at, mark))) : text;
}

static void put_compared(struct grid *g, struct quotes *x, const struct record *r, size_t k)
{
    grid_worded(g, number(r, compared[k].field), marked(&x->at, amount(&x->at, r, k), is_best(x, r, k), compared[k].mark));
}

static void put_points(struct grid *g, struct quotes *x, const struct record *r)
{
    struct buf b = buf_make(x->at.q->a);
    double v = points(x, r);
    if (!isnan(v)) put_real(&b, x->at.q->lang, v);
    grid_worded(g, v, marked(&x->at, buf_str(&b), fits_best(x, r), N_("highest")));
}

static Str certificates_of(struct quotes *x, int64_t firm)
{
    struct work visitor = page_work(x->at.q);
    const struct card *c = snapshot_card(page_snapshot(x->at.q), &visitor, firm);
    return c ? c->certificates : (Str){ 0 };
}

static void put_quote(struct grid *g, struct quotes *x, const struct record *r)
{
    struct work *w = &x->at.w;
    int64_t firm = v_i64(r->v[QUOTE_ENTERPRISE]);
    grid_link(g, firm_url(&x->at, firm), firm_name(&x->at, firm));
    put_compared(g, x, r, 0);
    grid_text(g, record_text(w, r, QUOTE_CURRENCY));
    grid_text(g, record_text(w, r, QUOTE_UNIT));
    for (size_t k = 1; k < COUNT(compared); k++) put_compared(g, x, r, k);
    grid_text(g, record_text(w, r, QUOTE_VALID_UNTIL));
    put_points(g, x, r);
    grid_text(g, certificates_of(x, firm));
    grid_text(g, record_text(w, r, QUOTE_TERMS));
    grid_text(g, record_text(w, r, QUOTE_STATE));
    grid_text(g, best_in(x, r));
}

/* ---- choosing -------------------------------------------------------------------------------------- */

static void put_choice(struct quotes *x)
{
    struct at *at = &x->at;
    struct html *h = &at->h;
    if (!x->list.n || !(in_state(at->record, "open") || in_state(at->record, "choosing"))) return;
    section_open(at, "choose", N_("Choose a supplier"));
    desk_form_open(h, at->q, at->r, request_link(at->q, demand_desk_path(at->q->a, at->record->id, "choose")), "desk-form", false);
    html_open(h, "fieldset");
    html_leaf(h, "legend", at_tr(at, N_("The quote that you choose")));
    for (size_t i = 0; i < x->list.n; i++)
        if (in_state(x->list.p[i], "sent"))
            put_check(h, "radio", "quote", public_id(at->q->a, &quote, x->list.p[i]->id), firm_name(at, v_i64(x->list.p[i]->v[QUOTE_ENTERPRISE])), false);
    html_close(h, "fieldset");
    put_area(h, "reason", at_tr(at, N_("Why this supplier")), at_tr(at, N_("The office learns from it. The other suppliers are told that they were not chosen, and nothing of the chosen quote.")),
             (Str){ 0 }, true);
    desk_submit(h, at->q, "button", at_tr(at, N_("Choose it")));
    html_close(h, "form");
    html_close(h, "section");
}

/* ---- on the demand's desk ---------------------------------------------------------------------------- */

static const int short_fields[] = { QUOTE_LEAD_DAYS, QUOTE_VALID_UNTIL, QUOTE_STATE };
static const char *const short_heads[] = { N_("Supplier"), N_("Price a unit"), N_("Lead time"), N_("Good until"), N_("State") };
static const char no_quote[] = N_("No quote yet. Suppliers that take part send one until the day quotes are due.");

/* Those that were sent; a draft is its supplier's. */
static enum err sent(struct at *at, struct records *out)
{
    struct records all;
    TRY(related(at, &quote, QUOTE_DEMAND, at->record->id, &all));
    for (size_t i = 0; i < all.n; i++)
        if (v_is(all.p[i]->v[QUOTE_SENT_ON]) && !in_state(all.p[i], "withdrawn")) *GROW(at->q->a, *out) = all.p[i];
    return OK;
}

static void put_short(struct at *at, const struct record *r)
{
    struct html *h = &at->h;
    int64_t firm = v_i64(r->v[QUOTE_ENTERPRISE]);
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, short_heads[0]));
    html_link(h, firm_url(at, firm), NULL, firm_name(at, firm));
    html_close(h, "td");
    table_cell(h, at_tr(at, short_heads[1]), amount(at, r, 0));
    for (size_t i = 0; i < COUNT(short_fields); i++) table_cell(h, at_tr(at, short_heads[i + 2]), record_text(&at->w, r, short_fields[i]));
    html_close(h, "tr");
}

enum err put_quotes(struct at *at)
{
    struct records list = { 0 };
    TRY(sent(at, &list));
    section_open(at, "quotes", N_("Quotes"));
    if (list.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Quotes")), short_heads, COUNT(short_heads));
        for (size_t i = 0; i < list.n; i++) put_short(at, list.p[i]);
        table_end(&at->h);
        html_link(&at->h, request_link(at->q, demand_desk_path(at->q->a, at->record->id, "quotes")), "button button-quiet", at_tr(at, N_("Compare the quotes")));
    } else put_empty(at, no_quote);
    html_close(&at->h, "section");
    return OK;
}

/* ---- the page --------------------------------------------------------------------------------------- */

static enum err load(struct request *q, struct reply *r, struct quotes *x)
{
    TRY(demand_at(q, r, &x->at));
    TRY(sent(&x->at, &x->list));
    return related(&x->at, &invitation, INVITATION_DEMAND, x->at.record->id, &x->invited);
}

enum err demand_quotes(struct request *q, struct reply *r)
{
    struct quotes x = { 0 };
    TRY(load(q, r, &x));
    struct grid g = grid_make(q, (struct figure){ .id = "quotes", .caption = N_("Quotes"), .lead = NULL }, columns, COUNT(columns), no_quote);
    for (size_t i = 0; i < x.list.n; i++) put_quote(&g, &x, x.list.p[i]);
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    html_leaf_class(&x.at.h, "p", "form-hint", at_tr(&x.at, N_("Prices stand as they were quoted; those in different currencies or units are not compared.")));
    grid_html(&x.at.h, &g);
    put_choice(&x);
    struct html files = html_make(q->a);
    html_link(&files, request_url_as(q, AS_XLSX), "button button-quiet", S("XLSX"));
    html_link(&files, request_url_as(q, AS_CSV), "button button-quiet", S("CSV"));
    return desk_reply(q, r, &(struct desk_page){
        .title = at_say(&x.at, MSG(N_("Quotes: {1}"), record_title(&x.at.w, x.at.record))), .place = DESK_LINKAGE, .content = html_done(&x.at.h), .actions = html_done(&files),
        .crumbs = { { request_link(q, S("/linkage")), at_tr(&x.at, N_("Linkage")) },
                    { request_link(q, demand_desk_path(q->a, x.at.record->id, NULL)), record_title(&x.at.w, x.at.record) } } });
}
