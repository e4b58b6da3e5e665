/*
 * flows.c - how much flows from where to where: by country and province, by tier, or by industry.  Sums over all links, those given
 * in confidence with their blends, and direct imports.
 */
#include "pages/network/network.h"

#include "base/map.h"

#include <stdlib.h>

enum { SHOWN = 40, ROWS = 100 };

enum by { BY_PLACE, BY_TIER, BY_INDUSTRY, WAYS };
static const struct { const char *code, *label; } ways[WAYS] = {
    { "", N_("Country and province") }, { "tier", N_("Tier") }, { "industry", N_("Industry") },
};

/* ---- groups --------------------------------------------------------------------------------- */

struct group { uint32_t node, country; };                   /* one of its nodes, after which it is named; NO_NODE: direct imports from the country */
struct groups {
    const struct network_at *at;
    enum by    by;
    struct map numbers;                     /* by what its nodes have in common                   */
    struct { struct group *p; size_t n, cap; } list;
    uint32_t  *of;                          /* [nodes]                                            */
};

static uint32_t group_with(struct groups *g, Str key, struct group first)
{
    bool added;
    uint32_t number = (uint32_t)*map_put(&g->numbers, key, (int64_t)g->list.n, &added);
    if (added) *GROW(g->at->q->a, g->list) = first;
    return number;
}

/* The division of "2025/2592" is "2025/25". */
static Str division_of(Str industry)
{
    Str version, digits;
    return str_cut(industry, '/', &version, &digits) ? str_sub(industry, 0, version.n + 3) : industry;
}

static Str key_of(const struct supply_view *v, enum by by, uint32_t node)
{
    const struct node *n = &v->nodes[node];
    if (by == BY_TIER) return (Str){ (const char *)&v->tier[node], sizeof v->tier[node] };
    if (by == BY_INDUSTRY) return division_of(v->industries[n->industry]);
    return v->local[node] && n->province.n ? n->province : n->country;
}

static Str group_name(const struct network_at *at, enum by by, const struct group *g)
{
    const struct supply_view *v = at->v;
    if (g->node == NO_NODE) return by == BY_PLACE ? country_name(at, g->country) : net_tr(at, N_("imported directly"));
    const struct node *n = &v->nodes[g->node];
    uint32_t tier = v->tier[g->node];
    if (by == BY_INDUSTRY) return code_name(at, "vsic", division_of(v->industries[n->industry]));
    bool in_province = v->local[g->node] && n->province.n;
    if (by == BY_PLACE) return in_province ? code_name(at, "province", n->province) : code_name(at, "country", n->country);
    if (tier == NO_TIER) return net_tr(at, N_("no tier"));
    return tier ? net_say(at, MSG(N_("tier {1}"), str_f(at->q->a, "%u", tier))) : net_tr(at, N_("final buyers"));
}

static struct groups groups_by(const struct network_at *at, enum by by)
{
    struct groups g = { .at = at, .by = by, .numbers = map_make(at->q->a, 256), .of = NEW_ARRAY(at->q->a, uint32_t, at->v->nodes_n) };
    for (uint32_t i = 0; i < at->v->nodes_n; i++) g.of[i] = group_with(&g, key_of(at->v, by, i), (struct group){ i, 0 });
    return g;
}

/* ---- sums ----------------------------------------------------------------------------------- */

struct flow { uint32_t from, to; double value; };

static int by_value(const void *a, const void *b)
{
    const struct flow *x = a, *y = b;
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : x->to < y->to ? -1 : x->to > y->to;
}

/* Where direct imports come from: their country, or by tier and industry a group of their own. */
static uint32_t origin_of(struct groups *g, uint32_t country)
{
    return group_with(g, g->by == BY_PLACE ? g->at->v->countries[country] : S("imported"), (struct group){ NO_NODE, country });
}

static struct flow *flows_between(struct groups *g, size_t *n)
{
    const struct supply_view *v = g->at->v;
    struct arena *a = g->at->q->a;
    for (size_t i = 0; i < v->imported_n; i++) origin_of(g, v->imported[i].country);
    size_t size = g->list.n;
    double *sums = NEW_ARRAY(a, double, size * size);
    for (uint32_t i = 0; i < v->nodes_n; i++)
        for (size_t k = v->network->sold_at[i]; k < v->network->sold_at[i + 1]; k++)
            sums[g->of[i] * size + g->of[v->network->sold_to[k]]] += v->network->sold[k];
    for (size_t i = 0; i < v->imported_n; i++) {
        const struct view_import *m = &v->imported[i];
        if (m->value > 0) sums[origin_of(g, m->country) * size + g->of[m->node]] += m->value;
    }
    struct flow *flows = NEW_ARRAY(a, struct flow, size * size);
    *n = 0;
    for (size_t i = 0; i < size * size; i++)
        if (sums[i] > 0) flows[(*n)++] = (struct flow){ (uint32_t)(i / size), (uint32_t)(i % size), sums[i] };
    if (*n) qsort(flows, *n, sizeof *flows, by_value);
    return flows;
}

/* ---- the page ------------------------------------------------------------------------------- */

static const struct grid_column columns[] = {
    { "from", N_("From"), "source" }, { "to", N_("To"), "target" }, { "value", N_("Value a year, billion đồng"), "value" },
    { "share", N_("Share of all, %") },
};

static struct grid flows_grid(const struct network_at *at, const struct groups *g, const struct flow *flows, size_t n, struct window w)
{
    double all = 0;
    for (size_t i = 0; i < n; i++) all += flows[i].value;
    struct grid grid = grid_make(at->q, (struct figure){ .kind = "flows", .id = "flows", .caption = N_("Flows of value"), .most = SHOWN,
                                     .lead = N_("Sellers on the left, buyers on the right: the 40 greatest flows of the table.") },
                                 columns, COUNT(columns), N_("No supply links are known yet. Import them, or enter the first one."));
    grid.window = w;
    for (size_t i = w.from; i < w.to; i++) {
        grid_text(&grid, group_name(at, g->by, &g->list.p[flows[i].from]));
        grid_text(&grid, group_name(at, g->by, &g->list.p[flows[i].to]));
        grid_money(&grid, flows[i].value);
        grid_share(&grid, flows[i].value / all);
    }
    return grid;
}

static enum err flows_page(struct network_at *at)
{
    static const char *const controls[] = { "by" };
    struct option options[WAYS];
    enum by by = BY_PLACE;
    for (enum by i = BY_PLACE; i < WAYS; i++) {
        options[i] = (struct option){ str_of(ways[i].code), net_tr(at, ways[i].label) };
        if (str_eq(params_get(&at->q->query, "by"), options[i].value)) by = i;
    }
    size_t n;
    struct groups groups = groups_by(at, by);
    struct flow *flows = flows_between(&groups, &n);
    struct window w = window_of(at, n, ROWS);
    struct grid g = flows_grid(at, &groups, flows, n, w);
    if (at->q->as != AS_PAGE) return network_tables(at, "", (Str){ 0 }, (Str){ 0 }, &g, 1);
    put_filter_open(at, net_tr(at, N_("Grouped by")));
    put_choice(at, "by", N_("Grouped by"), options, WAYS);
    put_filter_close(at, controls, COUNT(controls));
    network_table(at, &g);
    network_basis(at);
    return network_reply(at, "/network/flows", net_tr(at, N_("Flows")),
                         net_tr(at, N_("What is sold from where to where in a year. Tier 0 are final buyers, who sell to nobody here; tier 1 supplies them, and so on.")));
}

enum err network_flows(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, flows_page); }
