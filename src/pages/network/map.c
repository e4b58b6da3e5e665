/* map.c - wards and industrial zones: what is made there, and what the city loses when all of it stops. */
#include "pages/network/network.h"

#include <math.h>

enum { ROWS = 60 };

static const struct grid_column columns[] = {
    { "place", N_("Place"), "label" }, { "loss", N_("Output the city loses when it stops, %"), "size" },
    { "loss_value", N_("that is, billion đồng a year") },
    { "steps", N_("T") }, { "firms", N_("Enterprises with links") }, { "employees", N_("Employees") },
    { "sales", N_("Sales to known customers, billion đồng a year") },
    { "lat", N_("Degrees north"), "y" }, { "lon", N_("Degrees east"), "x" }, { "code", N_("Code"), .files_only = true },
};

static Str ranking_url(const struct network_at *at, const struct view_place *p)
{
    struct params asked = params_with(at->q->a, &(struct params){ 0 }, p->zone ? "zone" : "ward", p->code);
    return url_of(at->q->a, at->q->lang, S("/network/ranking"), AS_PAGE, &asked);
}

static void put_row(struct grid *g, const struct network_at *at, const struct view_place *p)
{
    grid_link(g, ranking_url(at, p), code_name(at, p->zone ? "industrial_zone" : "ward", p->code));
    grid_share(g, p->loss.total);
    grid_money(g, p->loss.total * at->v->network->all_weight);
    grid_number(g, p->loss.steps);
    grid_number(g, p->firms);
    grid_number(g, p->employees);
    grid_money(g, p->sales);
    grid_degrees(g, p->lat);
    grid_degrees(g, p->lon);
    grid_text(g, p->code);
}

static enum err places(struct network_at *at)
{
    static const char *const controls[] = { "kind" };
    const struct option kinds[] = { { S(""), net_tr(at, N_("Industrial parks and clusters")) },
        { S("wards"), net_tr(at, N_("Wards and communes")) } };
    bool wards = str_is(params_get(&at->q->query, "kind"), "wards");
    const struct view_places *all = at->v->places;
    if (!all) return network_wait(at, MSG(N_("What places are worth is being computed. This page loads again by itself in a moment.")));
    const struct view_place **found = NEW_ARRAY(at->q->a, const struct view_place *, all->n);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (all->p[i].zone != wards) found[n++] = &all->p[i];
    struct window w = window_of(at, n, ROWS);
    struct grid g = grid_make(at->q, (struct figure){ .kind = "map", .id = "places", .caption = N_("What a place is worth to the city"),
                                  .lead = N_("Each point lies in the middle of its enterprises; its size is what the city loses.") },
                              columns, COUNT(columns), N_("No enterprise with supply links says where it is."));
    g.window = w;
    for (size_t i = w.from; i < w.to; i++) put_row(&g, at, found[i]);
    if (at->q->as != AS_PAGE) return network_tables(at, "", (Str){ 0 }, (Str){ 0 }, &g, 1);
    put_filter_open(at, net_tr(at, N_("Which places")));
    put_choice(at, "kind", N_("Which places"), kinds, COUNT(kinds));
    put_filter_close(at, controls, COUNT(controls));
    network_table(at, &g);
    network_basis(at);
    return network_reply(at, "/network/map", net_tr(at, N_("Places")),
                         net_tr(at, N_("What the city loses when every enterprise of an industrial zone, or of a ward or commune, stops at once.")));
}

enum err network_map(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, places); }
