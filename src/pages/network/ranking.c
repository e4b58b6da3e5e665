/* ranking.c - the systemic ranking of the city beside size (E13): what is lost when a firm stops, and how large it is. */
#include "pages/network/network.h"

#include "base/map.h"

#include <stdlib.h>

enum { ROWS = 50 };

static const struct grid_column columns[] = {
    { "rank", N_("Rank") }, { "name", N_("Company"), "label" }, { "loss", N_("Output the city loses when it stops, %"), "y" },
    { "downstream", N_("by lack of inputs, %") }, { "upstream", N_("by lack of customers, %") }, { "steps", N_("T") },
    { "employees", N_("Employees"), "x" }, { "employees_rank", N_("Rank by employees") },
    { "revenue", N_("Revenue, billion đồng"), "size" },
    { "revenue_rank", N_("Rank by revenue") }, { "industry", N_("Industry") }, { "place", N_("Zone or ward") }, { "why", N_("Why") },
    { "id", N_("Number"), .files_only = true },
};

/* ---- what is asked for ---------------------------------------------------------------------- */

struct narrowed { Str division, ward, zone, kind, name, number; };      /* division: of VSIC, "2025/25"; name: as a key */

static struct narrowed asked_for(const struct network_at *at)
{
    const struct params *q = &at->q->query;
    Str name = params_get(q, "name");
    return (struct narrowed){ params_get(q, "industry"), params_get(q, "ward"), params_get(q, "zone"), params_get(q, "kind"),
                              name.n ? company_name_key(at->q->a, name) : name, name };
}

static bool fits(const struct supply_view *v, const struct node *n, const struct narrowed *f)
{
    if (!str_is(f->kind, "all") && n->outside != str_is(f->kind, "outside")) return false;
    if (f->name.n && !str_has(n->key, f->name) && !str_eq(n->public_id, f->number)) return false;
    if (f->ward.n && !str_eq(n->ward, f->ward)) return false;
    if (f->zone.n && !str_eq(n->zone, f->zone)) return false;
    return !f->division.n || str_starts(v->industries[n->industry], f->division);
}

/* Some of the codes of a list, with their names. */
struct options { struct option *p; size_t n, cap; };

static struct options options_with_all(const struct network_at *at, const char *all)
{
    struct options o = { 0 };
    *GROW(at->q->a, o) = (struct option){ S(""), net_tr(at, all) };
    return o;
}

static struct options options_of_list(const struct network_at *at, const char *list, const char *all)
{
    struct options o = options_with_all(at, all);
    size_t n;
    const struct code *const *codes = codes_of(at->w.codes, str_of(list), &n);
    for (size_t i = 0; i < n; i++) *GROW(at->q->a, o) = (struct option){ codes[i]->key, codes[i]->name[at->q->lang] };
    return o;
}

static int by_value(const void *a, const void *b)
{
    const struct option *x = a, *y = b;
    return str_cmp(x->value, y->value);
}

/* The divisions (two digits) of the industries there are. */
static struct options divisions(const struct network_at *at)
{
    struct options o = options_with_all(at, N_("All industries"));
    struct map seen = map_make(at->q->a, 128);
    for (uint32_t i = 1; i < at->v->industries_n; i++) {
        Str version, digits;
        bool added;
        if (!str_cut(at->v->industries[i], '/', &version, &digits)) continue;
        Str division = str_sub(at->v->industries[i], 0, version.n + 3);
        map_put(&seen, division, 0, &added);
        if (added) *GROW(at->q->a, o) = (struct option){ division, code_name(at, "vsic", division) };
    }
    qsort(o.p + 1, o.n - 1, sizeof *o.p, by_value);
    return o;
}

static void put_form(struct network_at *at)
{
    static const char *const controls[] = { "name", "industry", "ward", "zone", "kind" };
    struct options industries = divisions(at), wards = options_of_list(at, "ward", N_("All wards and communes")),
                   zones = options_of_list(at, "industrial_zone", N_("All zones"));
    const struct option kinds[] = { { S(""), net_tr(at, N_("Enterprises of the register")) },
        { S("outside"), net_tr(at, N_("Companies outside the register")) },
                                    { S("all"), net_tr(at, N_("Both")) } };
    put_filter_open(at, net_tr(at, N_("Which companies")));
    put_input(at, "search", "name", N_("Name or number"));
    put_choice(at, "industry", N_("Industry"), industries.p, industries.n);
    put_choice(at, "ward", N_("Ward or commune"), wards.p, wards.n);
    put_choice(at, "zone", N_("Industrial park or cluster"), zones.p, zones.n);
    put_choice(at, "kind", N_("Which companies"), kinds, COUNT(kinds));
    put_filter_close(at, controls, COUNT(controls));
}

/* ---- the table ------------------------------------------------------------------------------ */

static void grid_rank(struct grid *g, uint32_t rank)
{
    if (rank) grid_number(g, rank);
    else grid_text(g, (Str){ 0 });
}

static Str place_of(const struct network_at *at, const struct node *n)
{
    if (n->zone.n) return code_name(at, "industrial_zone", n->zone);
    if (n->ward.n) return code_name(at, "ward", n->ward);
    return n->province.n ? code_name(at, "province", n->province) : code_name(at, "country", n->country);
}

static void put_row(struct network_at *at, struct grid *g, const void *with, size_t i)
{
    const struct supply_view *v = at->v;
    uint32_t node = ((const uint32_t *)with)[i];
    const struct node *n = &v->nodes[node];
    const struct risk *r = supply_risk(v, node);
    grid_rank(g, v->ranks[node].index);
    grid_link(g, node_url(at, node, NULL), node_name(at, node));
    grid_share(g, r->total);
    grid_share(g, r->downstream);
    grid_share(g, r->upstream);
    grid_number(g, r->steps);
    grid_number(g, n->employees);
    grid_rank(g, v->ranks[node].employees);
    grid_money(g, n->revenue);
    grid_rank(g, v->ranks[node].revenue);
    grid_text(g, industry_name(at, n->industry));
    grid_text(g, place_of(at, n));
    grid_link(g, node_url(at, node, "why"), net_tr(at, N_("Why")));
    grid_text(g, n->public_id);
}

static enum err ranking(struct network_at *at)
{
    const struct supply_view *v = at->v;
    struct narrowed f = asked_for(at);
    uint32_t *found = NEW_ARRAY(at->q->a, uint32_t, v->nodes_n);
    size_t n = 0;
    for (uint32_t i = 0; i < v->nodes_n; i++)
        if (fits(v, &v->nodes[v->by_index[i]], &f)) found[n++] = v->by_index[i];
    struct window w = window_of(at, n, ROWS);
    struct grid g = grid_make(at->q, (struct figure){ .kind = "scatter", .id = "ranking", .caption = N_("Importance beside size"),
                                  .lead = N_("To the right: employees; upwards: what the city loses; size of the point: revenue. High on the left are those that are small and yet needed.") },
                              columns, COUNT(columns), N_("No company fits. Remove some of the conditions."));
    if (at->q->as != AS_PAGE) return network_file(at, &g, n, put_row, found);
    g.window = w;
    for (size_t i = w.from; i < w.to; i++) put_row(at, &g, found, i);
    put_form(at);
    network_table(at, &g);
    network_basis(at);
    return network_reply(at, "/network/ranking", net_tr(at, N_("Systemic ranking")),
                         net_tr(at, N_("What share of the output of the city’s enterprises is lost when a company stops, directly and through those that depend on it.")));
}

enum err network_ranking(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, ranking); }
