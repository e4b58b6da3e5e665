/*
 * explorer.c - from a company up to its suppliers and down to its customers, some tiers far (E02): a graph, and a table with the same
 * facts.  The links nearest to the company come first, in a tier the greatest; the first page of them is the graph.
 *
 * An enterprise that may not see all links sees those it is a side of itself.
 */
#include "pages/network/network.h"

#include "engine/network/diversify.h"
#include "programme/network/scenario.h"

#include <math.h>
#include <stdlib.h>

enum { DEEPEST = 4, USUAL_DEPTH = 1, LINKS_MOST = 20000, ROWS = 50, SUGGESTIONS = 5, COUNTRIES_SHOWN = 5 };

/* ---- the neighbourhood ---------------------------------------------------------------------- */

struct hop { uint32_t link; int tier; double value; };      /* tier: of its far end; upstream 1, 2 ..., downstream -1, -2 ... */
struct neighbourhood {
    const struct supply_view *v;
    struct arena *a;
    int          *tier;                     /* [nodes]; NOWHERE: not reached                      */
    bool         *taken;                    /* [links]                                            */
    struct { struct hop *p; size_t n, cap; } hops;
    struct { uint32_t *p; size_t n, cap; } reached;
    double        least;                    /* đồng a year                                        */
    bool          cut;                      /* there is more than LINKS_MOST                      */
};
enum { NOWHERE = 1000 };

static void take(struct neighbourhood *n, uint32_t link, int tier)
{
    const struct view_link *l = &n->v->links[link];
    uint32_t far = tier > 0 ? l->supplier : l->customer;
    if (n->taken[link] || l->value < n->least) return;
    if (n->hops.n == LINKS_MOST) {
        n->cut = true;
        return;
    }
    n->taken[link] = true;
    *GROW(n->a, n->hops) = (struct hop){ link, tier, l->value };
    if (n->tier[far] != NOWHERE) return;
    n->tier[far] = tier;
    *GROW(n->a, n->reached) = far;
}

static void take_around(struct neighbourhood *n, uint32_t node, int tier)
{
    size_t count;
    if (tier > 0) {
        const uint32_t *bought = supply_purchases(n->v, node, &count);
        for (size_t i = 0; i < count; i++) take(n, bought[i], tier);
    } else {
        supply_sales(n->v, node, &count);
        for (size_t i = 0; i < count; i++) take(n, (uint32_t)(n->v->sales_at[node] + i), tier);
    }
}

/* Tier by tier, so that what is cut off is what lies farthest. */
static void walk(struct neighbourhood *n, uint32_t node, int depth, int sign)
{
    size_t from = n->reached.n, to;
    *GROW(n->a, n->reached) = node;
    for (int tier = 1; tier <= depth; tier++, from = to) {
        to = n->reached.n;
        for (size_t i = from; i < to; i++) take_around(n, n->reached.p[i], sign * tier);
    }
}

static int by_tier(const void *a, const void *b)
{
    const struct hop *x = a, *y = b;
    if (abs(x->tier) != abs(y->tier)) return abs(x->tier) - abs(y->tier);
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return x->link < y->link ? -1 : x->link > y->link;
}

static struct neighbourhood neighbourhood_of(const struct network_at *at, uint32_t node)
{
    const struct params *asked = &at->q->query;
    const struct supply_view *v = at->v;
    Str direction = params_get(asked, "direction");
    int64_t depth;
    double billions;
    if (!str_to_i64(params_get(asked, "depth"), &depth) || depth < 1 || depth > DEEPEST) depth = USUAL_DEPTH;
    if (!at->all) depth = 1;
    struct neighbourhood n = { .v = v, .a = at->q->a, .tier = NEW_ARRAY(at->q->a, int, v->nodes_n),
        .taken = NEW_ARRAY(at->q->a, bool, v->links_n) };
    if (str_to_f64(params_get(asked, "least"), &billions)) n.least = billions * 1e9;
    for (uint32_t i = 0; i < v->nodes_n; i++) n.tier[i] = NOWHERE;
    n.tier[node] = 0;
    if (!str_is(direction, "down")) walk(&n, node, (int)depth, 1);
    if (!str_is(direction, "up")) walk(&n, node, (int)depth, -1);
    if (n.hops.n) qsort(n.hops.p, n.hops.n, sizeof *n.hops.p, by_tier);
    return n;
}

/* ---- links ---------------------------------------------------------------------------------- */

static const struct grid_column link_columns[] = {
    { "supplier", N_("Supplier"), "source" }, { "customer", N_("Customer"), "target" }, { "tier", N_("Tier") },
    { "product", N_("What is supplied") },
    { "value", N_("Value a year, billion đồng"), "value" }, { "source", N_("Source") }, { "confidence", N_("Confidence, %") },
    { "since", N_("Since") }, { "until", N_("Until") }, { "remarks", N_("Remarks") },
    { "link", N_("Link"), .files_only = true }, { "supplier_id", N_("Number of the supplier"), .files_only = true },
    { "customer_id", N_("Number of the customer"), .files_only = true },
};

static Str day_str(const struct network_at *at, Str iso)
{
    struct buf b = buf_make(at->q->a);
    if (iso.n) date_type.show(&b, &at->w, NULL, v_text(iso));
    return buf_str(&b);
}

static Str remarks_on(const struct network_at *at, const struct view_link *l)
{
    struct buf b = buf_make(at->q->a);
    const struct { bool holds; Str said; } remarks[] = {
        { l->essential, net_tr(at, N_("essential to the customer")) },
        { l->disputed, net_tr(at, N_("disputed")) },
        { l->value_inferred, net_tr(at, N_("the value is inferred")) },
        { l->difference > 0, net_say(at, MSG(N_("the two sides differ by {1} %"), three_digits(at->q->a, at->q->lang, l->difference))) },
    };
    for (size_t i = 0; i < COUNT(remarks); i++)
        if (remarks[i].holds) {
            if (b.n) put_z(&b, "; ");
            put(&b, remarks[i].said);
        }
    return buf_str(&b);
}

/* An enterprise follows a link to itself alone; others to any company. */
static void put_end(struct grid *g, const struct network_at *at, const struct neighbourhood *n, uint32_t node)
{
    grid_node(g, at->all || node == at->own ? node_url(at, node, NULL) : (Str){ 0 }, node_name(at, node),
              str_f(at->q->a, "%d", n->tier[node]));
}

static Str link_source_str(const struct network_at *at, enum link_source source)
{
    static const char *const names[LINK_SOURCES] = { N_("Told by the supplier"), N_("Told by the buyer"), N_("Told by both"),
        N_("Inferred") };
    return net_tr(at, names[source]);
}

static void put_link_row(struct grid *g, const struct network_at *at, const struct neighbourhood *n, const struct hop *hop)
{
    const struct view_link *l = &at->v->links[hop->link];
    put_end(g, at, n, l->supplier);
    put_end(g, at, n, l->customer);
    grid_text(g, net_say(at, MSG(hop->tier > 0 ? N_("{1} upstream") : N_("{1} downstream"), str_f(at->q->a, "%d", abs(hop->tier)))));
    grid_link(g, request_link(at->q, desk_path(at->q->a, &supply_link, l->id, NULL)), l->product);
    grid_money(g, l->value);
    grid_text(g, link_source_str(at, l->source));
    grid_number(g, l->confidence);
    grid_text(g, day_str(at, l->since));
    grid_text(g, day_str(at, l->until));
    grid_text(g, remarks_on(at, l));
    grid_text(g, public_id(at->q->a, &supply_link, l->id));
    grid_text(g, at->v->nodes[l->supplier].public_id);
    grid_text(g, at->v->nodes[l->customer].public_id);
}

static struct grid links_grid(const struct network_at *at, const struct neighbourhood *n, struct window w)
{
    struct figure look = { .kind = "graph", .id = "links", .caption = N_("Suppliers and customers"),
        .lead = N_("Suppliers stand on the left, customers on the right. The width of an arrow is its value. The table below has the same links.") };
    struct grid g = grid_make(at->q, look, link_columns, COUNT(link_columns),
                              N_("No links are known here. Enter who supplies this company and whom it supplies, or remove some of the conditions."));
    g.window = w;
    for (size_t i = w.from; i < w.to; i++) put_link_row(&g, at, n, &n->hops.p[i]);
    return g;
}

/* ---- imports -------------------------------------------------------------------------------- */

static const struct grid_column import_columns[] = {
    { "product", N_("Imported input") }, { "hs", N_("HS code") }, { "country", N_("Country") },
    { "value", N_("Value a year, billion đồng") },
    { "essential", N_("Essential") },
};

static struct grid imports_grid(const struct network_at *at, uint32_t node)
{
    struct grid g = grid_make(at->q, (struct figure){ .id = "imports", .caption = N_("Inputs imported directly") },
                              import_columns, COUNT(import_columns), NULL);
    for (size_t i = at->v->imported_at[node]; i < at->v->imported_at[node + 1]; i++) {
        const struct view_import *m = &at->v->imported[i];
        grid_text(&g, m->product);
        grid_text(&g, code_name(at, "hs", m->hs));
        grid_text(&g, country_name(at, m->country));
        grid_money(&g, m->value);
        grid_text(&g, m->essential ? net_tr(at, N_("yes")) : (Str){ 0 });
    }
    return g;
}

/* ---- what it depends on --------------------------------------------------------------------- */

struct origin { double share; uint32_t country; };

static int by_share(const void *a, const void *b)
{
    const struct origin *x = a, *y = b;
    if (x->share != y->share) return x->share > y->share ? -1 : 1;
    return x->country < y->country ? -1 : 1;
}

static const struct grid_column country_columns[] = { { "country", N_("Country"), "label" },
    { "share", N_("Share of all inputs, through the tiers, %"), "value" } };

static struct grid countries_grid(const struct network_at *at, uint32_t node)
{
    const struct supply_view *v = at->v;
    struct origin *list = NEW_ARRAY(at->q->a, struct origin, v->countries_n);
    for (uint32_t c = 0; c < v->countries_n; c++) list[c] = (struct origin){ v->dependence[(size_t)c * v->nodes_n + node], c };
    qsort(list, v->countries_n, sizeof *list, by_share);
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "countries", .caption = N_("Countries it depends on"),
        .most = 10 },
                              country_columns, COUNT(country_columns), NULL);
    for (uint32_t c = 0; c < v->countries_n && list[c].share > 0; c++) {
        grid_text(&g, country_name(at, list[c].country));
        grid_share(&g, list[c].share);
    }
    return g;
}

static Str number_str(struct network_at *at, uint32_t n) { return page_number(&at->w, n); }

static Str rank_str(struct network_at *at, uint32_t node)
{
    const struct supply_view *v = at->v;
    Str lost = percent_str(at, supply_risk(v, node)->total);
    if (v->nodes[node].outside) return net_say(at, MSG(N_("{1} of the city’s output"), lost));
    return net_say(at, MSG(N_("{1} of the city’s output, rank {2} of {3}"), lost, number_str(at, v->ranks[node].index),
                           number_str(at, v->enterprises_n)));
}

static void count_single(const struct supply_view *v, uint32_t node, uint32_t *needs, uint32_t *serves)
{
    size_t bought, sold;
    const uint32_t *purchases = supply_purchases(v, node, &bought);
    const struct view_link *sales = supply_sales(v, node, &sold);
    for (size_t i = 0; i < bought; i++) *needs += v->links[purchases[i]].single;
    for (size_t i = 0; i < sold; i++) *serves += sales[i].single;
}

static void put_measures(struct network_at *at, uint32_t node)
{
    const struct supply_view *v = at->v;
    const struct node *n = &v->nodes[node];
    const struct risk *r = supply_risk(v, node);
    uint32_t needs = 0, serves = 0;
    count_single(v, node, &needs, &serves);
    put_facts_open(at);
    put_fact(at, N_("Industry"), industry_name(at, n->industry));
    put_fact(at, N_("Country"), code_name(at, "country", n->country));
    if (!isnan(n->employees)) put_fact(at, N_("Employees"), three_digits(at->q->a, at->q->lang, n->employees));
    if (!isnan(n->revenue)) put_fact(at, N_("Revenue"), billions_str(at, n->revenue));
    if (at->all) {
        put_fact(at, N_("Lost when it stops"), rank_str(at, node));
        put_fact(at, N_("By lack of inputs, by lack of customers"),
                 net_say(at, MSG(N_("{1} and {2}, T = {3}"), percent_str(at, r->downstream), percent_str(at, r->upstream),
                                 number_str(at, r->steps))));
        put_fact(at, N_("Tier"), v->tier[node] == NO_TIER ? (Str){ 0 } : number_str(at, v->tier[node]));
        put_fact(at, N_("From abroad, through the tiers"), percent_str(at, v->foreign[node]));
        put_fact(at, N_("Concentration of countries (HHI)"), three_digits(at->q->a, at->q->lang, v->hhi[node]));
        put_fact(at, N_("Localisation through the tiers"), percent_str(at, v->local_through[node]));
    }
    put_fact(at, N_("Localisation, direct purchases"), percent_str(at, v->local_direct[node]));
    put_fact(at, N_("Essential inputs from a single source"), number_str(at, needs));
    put_fact(at, N_("Customers with no other source"), number_str(at, serves));
    put_facts_close(at);
}

/* ---- other sources -------------------------------------------------------------------------- */

static const struct grid_column suggestion_columns[] = {
    { "from", N_("Instead of") }, { "to", N_("Also from") }, { "share", N_("Share to move, %") },
    { "before", N_("Loss when it stops, before, %") },
    { "after", N_("after, %") }, { "to_before", N_("Loss when the other stops, before, %") }, { "to_after", N_("the other, after, %") },
};

static enum err suggestions_grid(const struct network_at *at, uint32_t node, struct grid *g)
{
    struct suggestion *list;
    size_t n;
    struct diversify_input in = { .network = at->v->network, .risk = { .tolerance = at->v->tolerance, .threads = 1 } };
    *g = grid_make(at->q, (struct figure){ .id = "suggestions", .caption = N_("Second sources that would lower the risk most") },
                   suggestion_columns, COUNT(suggestion_columns),
                   N_("No second source was found: none of its essential inputs comes from one supplier alone, or no other supplier has room."));
    TRY(diversify_customer(at->q->a, &in, node, SUGGESTIONS, &list, &n));
    for (size_t i = 0; i < n; i++) {
        grid_link(g, node_url(at, list[i].from, NULL), node_name(at, list[i].from));
        grid_link(g, node_url(at, list[i].to, NULL), node_name(at, list[i].to));
        grid_share(g, list[i].share);
        grid_share(g, list[i].before);
        grid_share(g, list[i].after);
        grid_share(g, list[i].to_before);
        grid_share(g, list[i].to_after);
    }
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------- */

static void put_form(struct network_at *at)
{
    static const char *const controls[] = { "depth", "direction", "least" };
    const struct option depths[] = { { S("1"), net_tr(at, N_("1 tier")) }, { S("2"), net_tr(at, N_("2 tiers")) },
                                     { S("3"), net_tr(at, N_("3 tiers")) }, { S("4"), net_tr(at, N_("4 tiers")) } };
    const struct option directions[] = { { S(""), net_tr(at, N_("Suppliers and customers")) }, { S("up"), net_tr(at, N_("Suppliers")) },
                                         { S("down"), net_tr(at, N_("Customers")) } };
    put_filter_open(at, net_tr(at, N_("How far")));
    if (at->all) put_choice(at, "depth", N_("How far"), depths, COUNT(depths));
    put_choice(at, "direction", N_("Direction"), directions, COUNT(directions));
    put_input(at, "number", "least", N_("Links of at least, billion đồng a year"));
    put_filter_close(at, controls, COUNT(controls));
}

static void put_ways_on(struct network_at *at, uint32_t node)
{
    struct params asked = params_with(at->q->a, &at->q->query, "suggest", S("1"));
    const struct node *n = &at->v->nodes[node];
    html_open(&at->h, "p");
    html_class(&at->h, "buttons");
    if (at->all) html_link(&at->h, node_url(at, node, "why"), "button button-quiet", net_tr(at, N_("Why this score")));
    if (at->all) html_link(&at->h, request_url(at->q, &asked), "button button-quiet", net_tr(at, N_("Suggest second sources (takes a moment)")));
    if (may_list(&at->w, &scenario) && !n->outside)
        html_link(&at->h, request_link(at->q, str_f(at->q->a, "/network/what-if?firm=%.*s", FMT(n->public_id))), "button button-quiet",
                  net_tr(at, N_("What if it stopped")));
    if ((may_list(&at->w, &scenario) || node == at->own) && !n->outside)      /* whoever reads what enterprises tell the office */
        html_link(&at->h, node_url(at, node, "bom.json"), "button button-quiet", net_tr(at, N_("Bill of materials (JSON)")));
    if (!at->all) html_link(&at->h, request_link(at->q, S("/network/graph.graphml")), "button button-quiet", net_tr(at, N_("My links (GraphML)")));
    html_link(&at->h, request_link(at->q, desk_path(at->q->a, n->outside ? &outside_company : &enterprise, n->id, NULL)),
              "button button-quiet",
              net_tr(at, N_("Record")));
    html_close(&at->h, "p");
}

static enum err explorer(struct network_at *at)
{
    uint32_t node;
    struct grid tables[4];
    size_t n = 0;
    TRY(node_asked(at, &node));
    struct neighbourhood around = neighbourhood_of(at, node);
    struct window w = window_of(at, around.hops.n, ROWS);
    put_ways_on(at, node);
    put_measures(at, node);
    put_form(at);
    Message more = MSG(N_("There is more: only the nearest {1} links are listed. Ask for fewer tiers or greater links."), number_str(at, LINKS_MOST));
    if (around.cut) html_leaf_class(&at->h, "p", "notice", net_say(at, more));
    tables[n++] = links_grid(at, &around, w);
    if (params_get(&at->q->query, "suggest").n && at->all) TRY(suggestions_grid(at, node, &tables[n++]));
    tables[n++] = imports_grid(at, node);
    if (at->all) tables[n++] = countries_grid(at, node);
    return network_tables(at, "", node_name(at, node), at->v->nodes[node].public_id, tables, n);
}

enum err network_explorer(struct request *q, struct reply *r) { return network_page(q, r, FOR_SIDES_TOO, explorer); }
