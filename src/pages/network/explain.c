/* explain.c - why a company's score is what it is: who loses what when it stops, and how the loss gets there (why.h). */
#include "pages/network/network.h"

#include "programme/network/why.h"

enum { SHOWN = 50 };

static const struct grid_column loss_columns[] = {
    { "name", N_("Company that loses"), "label" }, { "lost", N_("Output lost a year, billion đồng"), "value" },
    { "share", N_("Share of the whole loss, %") },
    { "cause", N_("Because") }, { "way", N_("How the loss gets there") }, { "id", N_("Number"), .files_only = true },
};

static Str way_str(const struct network_at *at, uint32_t node, const struct loss *l)
{
    struct buf b = buf_make(at->q->a);
    if (l->node == node) return net_tr(at, N_("its own output"));
    put(&b, node_name(at, node));
    for (size_t i = 0; i < l->steps; i++) {
        put(&b, S(" → "));
        put(&b, node_name(at, l->way[i]));
    }
    return buf_str(&b);
}

static struct grid losses_grid(const struct network_at *at, uint32_t node, const struct why *why)
{
    struct figure look = { .kind = "bars", .id = "losses", .caption = N_("Who loses what"), .most = 15 };
    struct grid g = grid_make(at->q, look, loss_columns, COUNT(loss_columns),
                              N_("Nobody loses output: it is not known to sell anything."));
    for (size_t i = 0; i < why->losses_n; i++) {
        const struct loss *l = &why->losses[i];
        grid_link(&g, node_url(at, l->node, NULL), node_name(at, l->node));
        grid_money(&g, l->lost);
        grid_share(&g, l->share);
        grid_text(&g, l->node == node ? (Str){ 0 } : net_tr(at, l->upstream ? N_("it loses customers") : N_("it lacks inputs")));
        grid_text(&g, way_str(at, node, l));
        grid_text(&g, at->v->nodes[l->node].public_id);
    }
    if (why->hidden > 0) {
        grid_text(&g, net_tr(at, N_("Others together")));
        grid_money(&g, why->hidden);
        grid_share(&g, why->hidden / why->lost);
        grid_text(&g, (Str){ 0 });
        grid_text(&g, net_tr(at, N_("through links given in confidence, or over more than six tiers")));
        grid_text(&g, (Str){ 0 });
    }
    return g;
}

static const struct grid_column alone_columns[] = {
    { "customer", N_("Customer with no other source") }, { "product", N_("What it cannot do without") },
    { "value", N_("Value a year, billion đồng") },
    { "loss", N_("Output the city loses when the customer stops, %") },
    { "customer_id", N_("Number of the customer"), .files_only = true },
};

static struct grid alone_grid(const struct network_at *at, const struct why *why)
{
    struct grid g = grid_make(at->q, (struct figure){ .id = "alone",
        .caption = N_("Whom it alone supplies with what they cannot do without") },
                              alone_columns, COUNT(alone_columns), N_("No customer is known that has no other source of something essential."));
    for (size_t i = 0; i < why->alone_n; i++) {
        const struct view_link *l = &at->v->links[why->alone[i]];
        grid_link(&g, node_url(at, l->customer, NULL), node_name(at, l->customer));
        grid_text(&g, l->product);
        grid_money(&g, l->value);
        grid_share(&g, supply_risk(at->v, l->customer)->total);
        grid_text(&g, at->v->nodes[l->customer].public_id);
    }
    return g;
}

static const struct grid_column tier_columns[] = {
    { "steps", N_("Links away"), "label" }, { "lost", N_("Output lost a year, billion đồng"), "value" },
    { "share", N_("Share of the whole loss, %") },
};

static struct grid tiers_grid(const struct network_at *at, const struct why *why)
{
    struct grid g = grid_make(at->q, (struct figure){ .id = "tiers", .caption = N_("How far the loss reaches") }, tier_columns,
                              COUNT(tier_columns), NULL);
    for (size_t tier = 0; tier <= WHY_TIERS; tier++) {
        double lost = tier < WHY_TIERS ? why->by_tier[tier] : why->hidden;
        if (!(lost > 0)) continue;
        if (tier == 0) grid_text(&g, net_tr(at, N_("its own output")));
        else if (tier == WHY_TIERS) grid_text(&g, net_tr(at, N_("in confidence, or farther")));
        else grid_text(&g, str_f(at->q->a, "%zu", tier));
        grid_money(&g, lost);
        grid_share(&g, lost / why->lost);
    }
    return g;
}

static void put_standing(struct network_at *at, uint32_t node, const struct why *why)
{
    const struct view_ranks *ranks = &at->v->ranks[node];
    const struct { const char *label; uint32_t rank; } places[] = {
        { N_("Rank by what the city loses"), ranks->index }, { N_("Rank by employees"), ranks->employees },
        { N_("Rank by revenue"), ranks->revenue },
    };
    put_facts_open(at);
    put_fact(at, N_("Output the city loses when it stops"),
             net_say(at, MSG(N_("{1}, {2} a year"), percent_str(at, why->risk.total), billions_str(at, why->lost))));
    put_fact(at, N_("By lack of inputs, by lack of customers"),
             net_say(at, MSG(N_("{1} and {2}, T = {3}"), percent_str(at, why->risk.downstream), percent_str(at, why->risk.upstream),
                             page_number(&at->w, why->risk.steps))));
    put_fact(at, N_("Others that lose output"), page_number(&at->w, why->others));
    for (size_t i = 0; i < COUNT(places); i++)
        if (places[i].rank) put_fact(at, places[i].label, page_number(&at->w, places[i].rank));
    put_facts_close(at);
}

static enum err explain(struct network_at *at)
{
    uint32_t node;
    struct why why;
    TRY(node_asked(at, &node));
    TRY(why_of(at->q->a, at->v, node, at->q->as == AS_PAGE ? SHOWN : at->v->nodes_n, &why));
    struct grid tables[] = { losses_grid(at, node, &why), alone_grid(at, &why), tiers_grid(at, &why) };
    html_open(&at->h, "p");
    html_link(&at->h, node_url(at, node, NULL), NULL, node_name(at, node));
    html_close(&at->h, "p");
    put_standing(at, node, &why);
    return network_tables(at, "", net_say(at, MSG(N_("Why this score: {1}"), node_name(at, node))), (Str){ 0 }, tables, COUNT(tables));
}

enum err network_why(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, explain); }
