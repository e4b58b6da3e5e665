/* overview.c - the supply network at a glance: first the enterprises whose stop would cost the city most, then what it depends on. */
#include "pages/network/network.h"

#include "engine/network/exposure.h"

#include <math.h>
#include <stdlib.h>

enum { COUNTRIES_SHOWN = 8, SINGLE_SHOWN = 20 };

/* ---- whose stop costs most ------------------------------------------------------------------ */

static const struct grid_column top_columns[] = {
    { "rank", N_("Rank") }, { "name", N_("Enterprise"), "label" }, { "loss", N_("Output the city loses when it stops, %"), "value" },
    { "why", N_("Why") }, { "employees", N_("Employees") }, { "id", N_("Number"), .files_only = true },
};

static Str count_str(struct network_at *at, size_t n) { return page_number(&at->w, (int64_t)n); }

/* "84 others lose output, most A (12 %) and B (8 %); 3 customers have no other source" */
static Str reason_str(struct network_at *at, const struct view_reason *r)
{
    struct buf b = buf_make(at->q->a);
    if (!r->hit) return net_tr(at, N_("Only its own output: nobody is known to depend on it."));
    put(&b, r->hit == 1 ? net_tr(at, N_("1 other loses output")) : net_say(at, MSG(N_("{1} others lose output"), count_str(at, r->hit))));
    for (size_t i = 0; i < r->most_n; i++) {
        put(&b, i ? S("; ") : S(", "));
        put(&b, net_say(at, MSG(i ? N_("then {1} ({2})") : N_("most of it {1} ({2} of the loss)"), node_name(at, r->most[i].node),
                                percent_str(at, r->most[i].share))));
    }
    if (r->alone) {
        put(&b, S("; "));
        put(&b, r->alone == 1 ? net_tr(at, N_("1 customer has no other source"))
                              : net_say(at, MSG(N_("{1} customers have no other source"), count_str(at, r->alone))));
    }
    return buf_str(&b);
}

static struct grid top_grid(struct network_at *at)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "top", .caption = N_("Whose stop would cost the city most") },
                              top_columns, COUNT(top_columns), N_("No supply links are known yet. Import them, or enter the first one."));
    for (size_t i = 0; i < at->v->reasons_n; i++) {
        const struct view_reason *r = &at->v->reasons[i];
        grid_number(&g, (double)i + 1);
        grid_link(&g, node_url(at, r->node, NULL), node_name(at, r->node));
        grid_share(&g, supply_risk(at->v, r->node)->total);
        grid_link(&g, node_url(at, r->node, "why"), reason_str(at, r));
        grid_number(&g, at->v->nodes[r->node].employees);
        grid_text(&g, at->v->nodes[r->node].public_id);
    }
    return g;
}

/* ---- where the city's inputs come from ------------------------------------------------------ */

struct total { double value; uint32_t of; };

static int by_value(const void *a, const void *b)
{
    const struct total *x = a, *y = b;
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return x->of < y->of ? -1 : x->of > y->of;
}

/* Shares of countries in all inputs of the city's enterprises, through the tiers, weighted by what each buys; and localisation. */
struct city { double inputs, foreign, local_direct, local_through; struct total *countries; };

static struct city city_of(const struct network_at *at)
{
    const struct supply_view *v = at->v;
    struct city c = { .countries = NEW_ARRAY(at->q->a, struct total, v->countries_n) };
    double *inputs = NEW_ARRAY(at->q->a, double, v->nodes_n);
    for (uint32_t i = 0; i < v->nodes_n; i++) inputs[i] = v->nodes[i].outside ? 0 : v->network->purchases[i];
    for (size_t i = 0; i < v->imports.n; i++)
        if (!v->nodes[v->imports.firm[i]].outside) inputs[v->imports.firm[i]] += v->imports.value[i];
    for (uint32_t i = 0; i < v->nodes_n; i++) {
        if (!(inputs[i] > 0)) continue;         /* without inputs there is no share of them      */
        c.inputs += inputs[i];
        c.foreign += inputs[i] * v->foreign[i];
        c.local_direct += inputs[i] * v->local_direct[i];
        c.local_through += inputs[i] * v->local_through[i];
    }
    for (uint32_t k = 0; k < v->countries_n; k++) {
        c.countries[k].of = k;
        for (uint32_t i = 0; i < v->nodes_n; i++) c.countries[k].value += inputs[i] * v->dependence[(size_t)k * v->nodes_n + i];
    }
    qsort(c.countries, v->countries_n, sizeof *c.countries, by_value);
    return c;
}

static const struct grid_column country_columns[] = {
    { "country", N_("Country"), "label" }, { "share", N_("Share of the city’s inputs, through the tiers, %"), "value" },
    { "value", N_("Value a year, billion đồng") },
};

static struct grid countries_grid(const struct network_at *at, const struct city *c)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "countries", .caption = N_("Countries the city depends on") },
                              country_columns, COUNT(country_columns), NULL);
    for (uint32_t k = 0; k < at->v->countries_n && c->countries[k].value > 0; k++) {
        if (k == COUNTRIES_SHOWN && at->q->as == AS_PAGE) break;
        grid_text(&g, country_name(at, c->countries[k].of));
        grid_share(&g, c->countries[k].value / c->inputs);
        grid_money(&g, c->countries[k].value);
    }
    return g;
}

/* ---- single sources ------------------------------------------------------------------------- */

static const struct grid_column single_columns[] = {
    { "customer", N_("Customer") }, { "product", N_("What it cannot do without") }, { "supplier", N_("Its only source") },
    { "value", N_("Value a year, billion đồng") }, { "loss", N_("Output the city loses when the source stops, %") },
    { "customer_id", N_("Number of the customer"), .files_only = true },
    { "supplier_id", N_("Number of the supplier"), .files_only = true },
};

static struct grid single_grid(const struct network_at *at)
{
    const struct supply_view *v = at->v;
    struct grid g = grid_make(at->q, (struct figure){ .id = "single", .caption = N_("Essential inputs that come from a single source") },
                              single_columns, COUNT(single_columns), N_("No essential input is known to come from a single source."));
    for (size_t i = 0; i < v->single_n && (i < SINGLE_SHOWN || at->q->as != AS_PAGE); i++) {
        const struct view_link *l = &v->links[v->single[i]];
        grid_link(&g, node_url(at, l->customer, NULL), node_name(at, l->customer));
        grid_text(&g, l->product);
        grid_link(&g, node_url(at, l->supplier, NULL), node_name(at, l->supplier));
        grid_money(&g, l->value);
        grid_share(&g, supply_risk(v, l->supplier)->total);
        grid_text(&g, v->nodes[l->customer].public_id);
        grid_text(&g, v->nodes[l->supplier].public_id);
    }
    return g;
}

/* ---- the page ------------------------------------------------------------------------------- */

static void put_totals(struct network_at *at, const struct city *c)
{
    const struct supply_view *v = at->v;
    put_facts_open(at);
    put_fact(at, N_("Enterprises and companies outside"),
             net_say(at, MSG(N_("{1} and {2}"), count_str(at, v->enterprises_n), count_str(at, v->nodes_n - v->enterprises_n))));
    put_fact(at, N_("Supply links"),
             net_say(at, MSG(N_("{1}, worth {2} a year"), count_str(at, v->links_n), billions_str(at, v->network->all_sales))));
    if (c->inputs > 0) {
        put_fact(at, N_("From abroad, through the tiers"), percent_str(at, c->foreign / c->inputs));
        put_fact(at, N_("Localisation, direct purchases"), percent_str(at, c->local_direct / c->inputs));
        put_fact(at, N_("Localisation through the tiers"), percent_str(at, c->local_through / c->inputs));
    }
    put_fact(at, N_("Essential inputs from a single source"), count_str(at, v->single_n));
    put_facts_close(at);
    html_open(&at->h, "p");
    html_link(&at->h, request_link(at->q, S("/network/graph.graphml")), NULL, net_tr(at, N_("All supply links as a graph (GraphML)")));
    html_close(&at->h, "p");
}

/* Leads to the ranking, of companies of both kinds. */
static void put_search(struct network_at *at)
{
    html_open(&at->h, "form");
    html_class(&at->h, "network-filter");
    html_attr(&at->h, "role", S("search"));
    html_attr(&at->h, "aria-label", net_tr(at, N_("Find a company")));
    html_href(&at->h, "action", request_link(at->q, S("/network/ranking")));
    desk_hidden(&at->h, "kind", S("all"));
    put_input(at, "search", "name", N_("Find a company by name or number"));
    desk_submit(&at->h, at->q, "button button-quiet", net_tr(at, N_("Search")));
    html_close(&at->h, "form");
}

static enum err go_to_own(struct network_at *at)
{
    if (at->own == NO_NODE) return reply_fail(at->r, ERR_MISSING, MSG(N_("Your enterprise is not in the supply network yet.")));
    Str id = at->v->nodes[at->own].public_id;
    return reply_redirect(at->r, 303, request_link(at->q, str_f(at->q->a, "/network/enterprises/%.*s", FMT(id))));
}

static enum err overview(struct network_at *at)
{
    if (!at->all) return go_to_own(at);
    struct city c = city_of(at);
    struct grid tables[] = { top_grid(at), countries_grid(at, &c), single_grid(at) };
    if (at->q->as == AS_PAGE) {
        put_search(at);
        network_table(at, &tables[0]);
        put_totals(at, &c);
        network_table(at, &tables[1]);
        network_table(at, &tables[2]);
        network_basis(at);
        return network_reply(at, "/network", net_tr(at, N_("Supply network")),
                             net_tr(at, N_("Who depends on whom in the city’s industry, and what breaks when a firm stops.")));
    }
    return network_tables(at, "/network", (Str){ 0 }, (Str){ 0 }, tables, COUNT(tables));
}

enum err network_overview(struct request *q, struct reply *r) { return network_page(q, r, FOR_SIDES_TOO, overview); }
