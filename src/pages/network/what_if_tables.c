/* what_if_tables.c - what a scenario costs, as tables with their charts. */
#include "pages/network/what_if.h"

#include "programme/network/alternatives.h"

#include <math.h>

enum { GROUPS_SHOWN = 15, INPUTS_SHOWN = 30, ALTERNATIVES = 10 };

/* ---- sums ------------------------------------------------------------------------------------------- */

#define LOST_COLUMNS                                                                                        \
    { "output", N_("Lost output, billion đồng"), "value" }, { "exports", N_("Lost exports, billion đồng") }, \
    { "jobs", N_("Jobs without work") }, { "firms", N_("Enterprises") }
static const struct grid_column tier_columns[] = { { "tier", N_("Tier"), "label" }, LOST_COLUMNS };
static const struct grid_column code_columns[] = { { "name", N_("Name"), "label" },
                                                   LOST_COLUMNS,
                                                   { "code", N_("Code"), .files_only = true } };

static void put_lost(struct grid *g, const struct lost *l)
{
    grid_money(g, l->output);
    grid_money(g, l->exports);
    grid_number(g, round(l->jobs));
    grid_number(g, l->firms);
}

struct grid lost_by_tier(struct network_at *at, const struct what_if *x)
{
    struct grid g =
        grid_make(at->q, (struct figure){ .kind = "bars", .id = "by-tier", .caption = N_("By distance from what stopped") },
                  tier_columns, COUNT(tier_columns), N_("Nobody loses anything."));
    for (size_t i = 0; i < x->by_tier.n; i++) {
        grid_text(&g, tier_name(at, &x->by_tier.p[i]));
        put_lost(&g, &x->by_tier.p[i].lost);
    }
    return g;
}

struct grid lost_by_code(struct network_at *at, const struct lost_groups *groups, const char *id, const char *caption,
                         const char *list)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = id, .caption = caption, .most = GROUPS_SHOWN },
                              code_columns, COUNT(code_columns), NULL);
    for (size_t i = 0; i < groups->n; i++) {
        grid_text(&g, code_name(at, list, groups->p[i].code));
        put_lost(&g, &groups->p[i].lost);
        grid_text(&g, groups->p[i].code);
    }
    return g;
}

/* ---- each firm's state -------------------------------------------------------------------------------- */

static const struct grid_column firm_columns[] = {
    { "name", N_("Enterprise"), "label" }, { "left", N_("Left to do, %") }, { "tier", N_("Tier") }, { "output", N_("Lost output, billion đồng"), "value" },
    { "exports", N_("Lost exports, billion đồng") }, { "jobs", N_("Jobs without work") }, { "industry", N_("Industry") }, { "ward", N_("Ward or commune") },
    { "id", N_("Number"), .files_only = true },
};

static void put_firm(struct grid *g, const struct network_at *at, const struct firm_lost *f)
{
    const struct node *n = &at->v->nodes[f->node];
    grid_link(g, node_url(at, f->node, NULL), node_name(at, f->node));
    grid_share(g, 1 - f->share);
    grid_text(g, tier_name(at, &(struct lost_group){ .tier = f->tier, .upstream = f->upstream }));
    grid_money(g, f->output);
    grid_money(g, f->exports);
    grid_number(g, round(f->jobs));
    grid_text(g, industry_name(at, n->industry));
    grid_text(g, code_name(at, "ward", n->ward));
    grid_text(g, n->public_id);
}

struct grid lost_by_firm(struct network_at *at, const struct what_if *x)
{
    struct grid g = grid_make(
        at->q, (struct figure){ .kind = "bars", .id = "by-enterprise", .caption = N_("Each enterprise"), .most = GROUPS_SHOWN },
        firm_columns, COUNT(firm_columns), NULL);
    struct window w = window_of(at, x->firms_n, FIRMS_SHOWN);
    g.window = w;
    for (size_t i = w.from; i < w.to; i++) put_firm(&g, at, &x->firms[i]);
    return g;
}

/* ---- lost inputs and who could supply them -------------------------------------------------------------- */

static const struct grid_column input_columns[] = {
    { "input", N_("Input") }, { "buyer", N_("Who lacks it") }, { "supplier", N_("Supplier that was lost") }, { "value", N_("Lost, billion đồng") },
    { "essential", N_("Essential") }, { "instead", N_("Instead") }, { "id", N_("Number"), .files_only = true },
};

struct grid lost_inputs(struct network_at *at, const struct what_if *x)
{
    struct grid g = grid_make(at->q, (struct figure){ .id = "lost-inputs", .caption = N_("Lost inputs") }, input_columns,
                              COUNT(input_columns), NULL);
    size_t shown = at->q->as == AS_PAGE && x->inputs_n > INPUTS_SHOWN ? INPUTS_SHOWN : x->inputs_n;
    for (size_t i = 0; i < shown; i++) {
        const struct view_link *l = &at->v->links[x->inputs[i].link];
        Str id = public_id(at->q->a, &supply_link, l->id);
        struct params state = params_with(at->q->a, &at->q->query, "input", id);
        grid_text(&g, l->product);
        grid_link(&g, node_url(at, l->customer, NULL), node_name(at, l->customer));
        grid_link(&g, node_url(at, l->supplier, NULL), node_name(at, l->supplier));
        grid_money(&g, x->inputs[i].value);
        grid_text(&g, l->essential ? net_tr(at, N_("yes")) : (Str){ 0 });
        grid_link(&g, str_f(at->q->a, "%.*s#table-alternatives", FMT(request_url(at->q, &state))), net_tr(at, N_("Alternatives")));
        grid_text(&g, id);
    }
    return g;
}

static const struct grid_column alternative_columns[] = {
    { "name", N_("Enterprise"), "label" }, { "score", N_("Score, %"), "value" }, { "capability", N_("Can do, %") }, { "products", N_("Product groups, %") },
    { "processes", N_("Processes, %") }, { "certificates", N_("Certificates, %") }, { "industry", N_("Industry, %") }, { "free", N_("Free capacity, %") },
    { "room", N_("Room, billion đồng a year") }, { "km", N_("Distance, km") }, { "known", N_("Supplies it already") }, { "try", N_("Try it") },
    { "id", N_("Number"), .files_only = true },
};

static void put_alternative(struct grid *g, struct network_at *at, const struct alternative *x, Str input)
{
    Str id = at->v->nodes[x->node].public_id;
    struct params tried = params_toggled(at->q->a, &at->q->query, "try", str_f(at->q->a, "%.*s~%.*s", FMT(input), FMT(id)));
    grid_link(g, node_url(at, x->node, NULL), node_name(at, x->node));
    const double shares[] = { x->score, x->capability, x->products, x->processes, x->certificates, x->industry, x->free };
    for (size_t i = 0; i < COUNT(shares); i++) grid_share(g, shares[i]);
    grid_money(g, x->room);
    grid_number(g, x->km);
    grid_text(g, x->known ? net_tr(at, N_("yes")) : (Str){ 0 });
    grid_link(g, request_url(at->q, &tried), net_tr(at, tried.n > at->q->query.n ? N_("Try it") : N_("Stop trying it")));
    grid_text(g, id);
}

enum err alternatives_table(struct network_at *at, const struct what_if *x, uint32_t link, struct grid *out)
{
    struct alternative *list;
    size_t n;
    const struct view_link *l = &at->v->links[link];
    *out = grid_make(
        at->q,
        (struct figure){ .id = "alternatives",
                         .caption = N_("Who could supply it instead"),
                         .lead = N_("The score joins what they can do (60 %), free capacity (25 %) and nearness (15 %).") },
        alternative_columns, COUNT(alternative_columns),
        N_("The register has no other enterprise of this industry that is still working."));
    TRY(alternatives_for(&at->w, at->v, l->supplier, l->customer, x->left, ALTERNATIVES, &list, &n));
    for (size_t i = 0; i < n; i++) put_alternative(out, at, &list[i], public_id(at->q->a, &supply_link, l->id));
    return OK;
}
