/*
 * compare.c - the network at two dates (E14): links that came and went between them, values that changed, and who rose or fell.
 * Dates are those links are valid on, not those on which they were entered.
 */
#include "pages/network/network.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS = 50, RISERS = 50 };
static const double WORTH_TELLING = 0.01;                   /* of the value                       */

/* ---- the two days --------------------------------------------------------------------------- */

static bool day_asked(const struct network_at *at, const char *name, struct date *out)
{
    return date_from_iso(params_get(&at->q->query, name), out) && date_valid(*out);
}

static bool day_is_right(const struct network_at *at, const char *name)
{
    struct date day;
    return !params_get(&at->q->query, name).n || day_asked(at, name, &day);
}

/* ---- links ---------------------------------------------------------------------------------- */

enum change { CAME, WENT, CHANGED };
struct difference { enum change what; const struct view_link *link; double before, after; };    /* link: as it is, or was last */
struct differences { struct difference *p; size_t n, cap; };

static int by_ends(const struct view_link *x, const struct view_link *y)
{
    if (x->supplier != y->supplier) return x->supplier < y->supplier ? -1 : 1;
    if (x->customer != y->customer) return x->customer < y->customer ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int by_change(const void *a, const void *b)
{
    const struct difference *x = a, *y = b;
    double mine = fabs(x->after - x->before), other = fabs(y->after - y->before);
    return mine != other ? (mine > other ? -1 : 1) : by_ends(x->link, y->link);
}

/* Both are ordered alike: by ends, of which the numbers are the same in both. */
static struct differences differences_of(struct arena *a, const struct supply_view *was, const struct supply_view *is)
{
    struct differences out = { 0 };
    size_t i = 0, k = 0;
    while (i < was->links_n || k < is->links_n) {
        const struct view_link *old = i < was->links_n ? &was->links[i] : NULL, *now = k < is->links_n ? &is->links[k] : NULL;
        int order = !now ? -1 : !old ? 1 : by_ends(old, now);
        if (order < 0) *GROW(a, out) = (struct difference){ WENT, old, old->value, 0 };
        else if (order > 0) *GROW(a, out) = (struct difference){ CAME, now, 0, now->value };
        else if (fabs(old->value - now->value) > WORTH_TELLING * fmax(old->value, now->value))
            *GROW(a, out) = (struct difference){ CHANGED, now, old->value, now->value };
        i += order <= 0;
        k += order >= 0;
    }
    if (out.n) qsort(out.p, out.n, sizeof *out.p, by_change);
    return out;
}

static const struct grid_column link_columns[] = {
    { "change", N_("Change") }, { "supplier", N_("Supplier") }, { "customer", N_("Customer") }, { "product", N_("What is supplied") },
    { "before", N_("Before, billion đồng a year") }, { "after", N_("After, billion đồng a year") },
    { "difference", N_("Difference, billion đồng a year") },
    { "link", N_("Link"), .files_only = true },
};

static struct grid links_grid(const struct network_at *at, const struct differences *d, struct window w)
{
    static const char *const names[] = { N_("new"), N_("ended"), N_("changed") };
    struct grid g = grid_make(at->q, (struct figure){ .id = "changes", .caption = N_("Links that came, went or changed") },
                              link_columns, COUNT(link_columns),
                              N_("No link differs between the two dates."));
    g.window = w;
    for (size_t i = w.from; i < w.to; i++) {
        const struct difference *x = &d->p[i];
        grid_text(&g, net_tr(at, names[x->what]));
        grid_link(&g, node_url(at, x->link->supplier, NULL), node_name(at, x->link->supplier));
        grid_link(&g, node_url(at, x->link->customer, NULL), node_name(at, x->link->customer));
        grid_link(&g, request_link(at->q, desk_path(at->q->a, &supply_link, x->link->id, NULL)), x->link->product);
        grid_money(&g, x->before);
        grid_money(&g, x->after);
        grid_money(&g, x->after - x->before);
        grid_text(&g, public_id(at->q->a, &supply_link, x->link->id));
    }
    return g;
}

/* ---- ranks ---------------------------------------------------------------------------------- */

struct mover { double by; uint32_t node; };

static int by_move(const void *a, const void *b)
{
    const struct mover *x = a, *y = b;
    if (fabs(x->by) != fabs(y->by)) return fabs(x->by) > fabs(y->by) ? -1 : 1;
    return x->node < y->node ? -1 : 1;
}

static const struct grid_column rank_columns[] = {
    { "name", N_("Enterprise"), "label" }, { "before", N_("Loss before, %") }, { "after", N_("Loss after, %") },
    { "difference", N_("Difference, percentage points"), "value" },
    { "rank_before", N_("Rank before") }, { "rank_after", N_("Rank after") }, { "id", N_("Number"), .files_only = true },
};

static struct grid ranks_grid(const struct network_at *at, const struct supply_view *was, const struct supply_view *is)
{
    struct mover *list = NEW_ARRAY(at->q->a, struct mover, is->enterprises_n);
    size_t n = 0;
    for (uint32_t i = 0; i < is->enterprises_n; i++) {
        double by = supply_risk(is, i)->total - supply_risk(was, i)->total;
        if (by != 0) list[n++] = (struct mover){ by, i };
    }
    if (n) qsort(list, n, sizeof *list, by_move);
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "ranks",
        .caption = N_("Whose stop would cost more or less than before"), .most = 15 },
                              rank_columns, COUNT(rank_columns), N_("No score differs between the two dates."));
    for (size_t i = 0; i < n && (i < RISERS || at->q->as != AS_PAGE); i++) {
        uint32_t node = list[i].node;
        grid_link(&g, node_url(at, node, "why"), node_name(at, node));
        grid_share(&g, supply_risk(was, node)->total);
        grid_share(&g, supply_risk(is, node)->total);
        grid_share(&g, list[i].by);
        grid_number(&g, was->ranks[node].index);
        grid_number(&g, is->ranks[node].index);
        grid_text(&g, is->nodes[node].public_id);
    }
    return g;
}

/* ---- the page ------------------------------------------------------------------------------- */

static void put_form(struct network_at *at, const char *const *controls)
{
    put_filter_open(at, net_tr(at, N_("Two dates")));
    put_input(at, "date", "from", N_("Before"));
    put_input(at, "date", "to", N_("After"));
    put_filter_close(at, controls, 2);
}

static void put_counts(struct network_at *at, const struct differences *d)
{
    size_t counts[3] = { 0 };
    for (size_t i = 0; i < d->n; i++) counts[d->p[i].what]++;
    put_facts_open(at);
    put_fact(at, N_("New links"), page_number(&at->w, (int64_t)counts[CAME]));
    put_fact(at, N_("Ended links"), page_number(&at->w, (int64_t)counts[WENT]));
    put_fact(at, N_("Changed values"), page_number(&at->w, (int64_t)counts[CHANGED]));
    put_facts_close(at);
}

static enum err compare(struct network_at *at)
{
    static const char *const controls[] = { "from", "to" };
    struct date from, to;
    Str title = net_tr(at, N_("The network at two dates"));
    if (!day_is_right(at, "from") || !day_is_right(at, "to"))
        return reply_fail(at->r, ERR_INVALID, MSG(N_("Write both dates as year-month-day, 2026-03-31; the second may be left out.")));
    if (!day_asked(at, "to", &to)) to = at->v->day;
    if (!day_asked(at, "from", &from)) {
        put_form(at, controls);
        return network_reply(at, "/network/compare", title, net_tr(at, N_("Choose the date before; without a date after, it is today.")));
    }
    const struct supply_view *was = network_on(at, from), *is = network_on(at, to);
    if (!was || !is || was->version != is->version)
        return network_wait(at, MSG(N_("The network of the chosen dates is being computed. This page loads again by itself in a moment.")));
    at->v = is;
    struct differences d = differences_of(at->q->a, was, is);
    struct window w = window_of(at, d.n, ROWS);
    struct grid tables[] = { links_grid(at, &d, w), ranks_grid(at, was, is) };
    if (at->q->as != AS_PAGE) return network_tables(at, "", (Str){ 0 }, (Str){ 0 }, tables, COUNT(tables));
    put_form(at, controls);
    put_counts(at, &d);
    network_table(at, &tables[0]);
    network_table(at, &tables[1]);
    network_basis(at);
    return network_reply(at, "/network/compare", title, (Str){ 0 });
}

enum err network_compare(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, compare); }
