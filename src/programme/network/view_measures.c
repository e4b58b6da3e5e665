/*
 * view_measures.c - what is computed of a view's arrays: the engine's network with its blends, the index of every firm, where things come
 * from, single sources.
 */
#include "programme/network/view_inside.h"

#include "programme/network/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_EDITS = 1000 };                                  /* beyond, all closures are made anew  */
static const double USUAL_TOLERANCE = 1e-2;
static const size_t ROOM = (size_t)4 << 30;

static double tolerance_of(const struct work *w)
{
    double said;
    return str_to_f64(setting_value(w->codes, S("network_tolerance")), &said) && said > 0 && said < 1 ? said : USUAL_TOLERANCE;
}

/* ---- the engine's network ------------------------------------------------------------------- */

struct arrays { uint32_t *supplier, *customer; double *value; size_t n; };

static void put_link(struct arrays *to, uint32_t seller, uint32_t buyer, double value)
{
    to->supplier[to->n] = seller;
    to->customer[to->n] = buyer;
    to->value[to->n++] = value;
}

/* Evenly over all pairs of its suppliers and buyers; one that is no node any more takes its pairs with it. */
static void put_blend(struct arrays *to, const struct supply_view *v, const struct blend *b)
{
    double part = b->value / ((double)b->suppliers_n * (double)b->buyers_n);
    for (size_t i = 0; i < b->suppliers_n; i++)
        for (size_t k = 0; k < b->buyers_n; k++) {
            uint32_t seller = supply_node(v, b->suppliers[i].outside, b->suppliers[i].id), buyer = supply_node(v, b->buyers[k].outside, b->buyers[k].id);
            if (seller != NO_NODE && buyer != NO_NODE) put_link(to, seller, buyer, part);
        }
}

static struct arrays all_links(const struct making *m)
{
    const struct supply_view *v = m->v;
    size_t most = v->links_n;
    for (size_t i = 0; i < m->blends_n; i++) most += m->blends[i].suppliers_n * m->blends[i].buyers_n;
    struct arrays to = { NEW_ARRAY(m->w->a, uint32_t, most), NEW_ARRAY(m->w->a, uint32_t, most), NEW_ARRAY(m->w->a, double, most), 0 };
    for (size_t i = 0; i < v->links_n; i++) put_link(&to, v->links[i].supplier, v->links[i].customer, v->links[i].value);
    for (size_t i = 0; i < m->blends_n; i++) put_blend(&to, v, &m->blends[i]);
    return to;
}

static const uint8_t *classes_of(const struct making *m)
{
    const struct supply_view *v = m->v;
    size_t cells = (size_t)v->industries_n * v->industries_n;
    uint8_t *classes = NEW_ARRAY(m->w->a, uint8_t, cells);
    double *all = NEW_ARRAY(m->w->a, double, cells), *essential = NEW_ARRAY(m->w->a, double, cells);
    for (size_t i = 0; i < v->links_n; i++) {
        const struct view_link *l = &v->links[i];
        size_t cell = (size_t)v->nodes[l->supplier].industry * v->industries_n + v->nodes[l->customer].industry;
        all[cell] += l->value;
        if (l->essential) essential[cell] += l->value;
    }
    for (size_t i = 0; i < cells; i++) classes[i] = essential[i] > 0 && essential[i] * 2 >= all[i] ? 2 : 1;
    return classes;
}

/*
 * What a firm sells in all is its revenue, or what the network knows it sells where that is more.  A loss is counted in what enterprises
 * of the register sell: what is lost elsewhere is not the city's.
 */
static enum err make_network(struct making *m)
{
    struct supply_view *v = m->v;
    struct arrays links = all_links(m);
    uint32_t *industry = NEW_ARRAY(m->w->a, uint32_t, v->nodes_n);
    double *revenue = NEW_ARRAY(m->w->a, double, v->nodes_n), *weight = NEW_ARRAY(m->w->a, double, v->nodes_n);
    for (size_t i = 0; i < links.n; i++) revenue[links.supplier[i]] += links.value[i];
    for (uint32_t i = 0; i < v->nodes_n; i++) {
        industry[i] = v->nodes[i].industry;
        if (v->nodes[i].revenue > revenue[i]) revenue[i] = v->nodes[i].revenue;
        weight[i] = v->nodes[i].outside ? 0 : revenue[i];
    }
    return network_make(&v->a, &(struct network_input){
        .firms = v->nodes_n, .industries = v->industries_n, .industry = industry, .classes = classes_of(m), .revenue = revenue, .weight = weight,
        .links = { links.n, links.supplier, links.customer, links.value } }, &v->network);
}

static double inferred_share(const struct making *m)
{
    double all = 0, inferred = 0;
    for (size_t i = 0; i < m->v->links_n; i++) {
        const struct view_link *l = &m->v->links[i];
        all += l->value;
        if (l->source == INFERRED || l->value_inferred) inferred += l->value;
    }
    for (size_t i = 0; i < m->blends_n; i++) all += m->blends[i].value;
    return all > 0 ? inferred / all : 0;
}

/* ---- the index of every firm ---------------------------------------------------------------- */

static bool same_nodes(const struct supply_view *a, const struct supply_view *b)
{
    if (a->nodes_n != b->nodes_n || a->industries_n != b->industries_n || a->tolerance != b->tolerance) return false;
    for (uint32_t i = 0; i < a->nodes_n; i++) {
        const struct node *x = &a->nodes[i], *y = &b->nodes[i];
        bool same_revenue = isnan(x->revenue) ? isnan(y->revenue) : x->revenue == y->revenue;
        if (x->outside != y->outside || x->id != y->id || x->industry != y->industry || !same_revenue) return false;
    }
    return !memcmp(a->network->classes, b->network->classes, (size_t)a->industries_n * a->industries_n);
}

struct edits { uint32_t *supplier, *customer; size_t n; };

static void add_edit(struct edits *e, uint32_t seller, uint32_t buyer)
{
    if (e->n < FEW_EDITS) e->supplier[e->n] = seller, e->customer[e->n] = buyer;
    e->n++;
}

/* The links that came, went or changed: both rows of a supplier are ordered by customer. */
static void compare_rows(const struct network *was, const struct network *is, uint32_t seller, struct edits *e)
{
    size_t i = was->sold_at[seller], k = is->sold_at[seller];
    size_t i_end = was->sold_at[seller + 1], k_end = is->sold_at[seller + 1];
    while (i < i_end || k < k_end) {
        uint32_t old = i < i_end ? was->sold_to[i] : NO_NODE, now = k < k_end ? is->sold_to[k] : NO_NODE;
        if (old == now && was->sold[i] == is->sold[k]) { i++; k++; continue; }
        add_edit(e, seller, old < now ? old : now);
        i += old <= now;
        k += now <= old;
    }
}

static enum err make_ranking(struct making *m, const struct supply_view *before)
{
    struct supply_view *v = m->v;
    struct risk_options o = view_risk_options(m->v, m->progress);
    if (before && before->ranking && same_nodes(before, v)) {
        struct edits e = { NEW_ARRAY(m->w->a, uint32_t, FEW_EDITS), NEW_ARRAY(m->w->a, uint32_t, FEW_EDITS), 0 };
        for (uint32_t i = 0; i < v->nodes_n; i++) compare_rows(before->network, v->network, i, &e);
        struct links edited = { e.n, e.supplier, e.customer, NULL };
        if (e.n <= FEW_EDITS) return ranking_edit(&v->a, before->ranking, v->network, &edited, &o, &v->ranking);
    }
    return ranking_make(&v->a, v->network, &o, &v->ranking);
}

struct standing { double value; uint32_t node; };

static int by_value(const void *a, const void *b)
{
    const struct standing *x = a, *y = b;
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return x->node < y->node ? -1 : 1;
}

static double index_of(const struct supply_view *v, uint32_t node) { return supply_risk(v, node)->total; }
static double employees_of(const struct supply_view *v, uint32_t node) { return v->nodes[node].employees; }
static double revenue_of(const struct supply_view *v, uint32_t node) { return v->nodes[node].revenue; }

/* Those of the first `n` nodes whose value is known, the greatest first. */
static size_t standings(struct making *m, uint32_t n, double (*of)(const struct supply_view *, uint32_t), struct standing **out)
{
    size_t known = 0;
    *out = NEW_ARRAY(m->w->a, struct standing, n);
    for (uint32_t i = 0; i < n; i++)
        if (!isnan(of(m->v, i))) (*out)[known++] = (struct standing){ of(m->v, i), i };
    if (known) qsort(*out, known, sizeof **out, by_value);
    return known;
}

static void order_by_index(struct making *m)
{
    struct supply_view *v = m->v;
    struct standing *list;
    v->ranks = NEW_ARRAY(&v->a, struct view_ranks, v->nodes_n);
    v->by_index = NEW_ARRAY(&v->a, uint32_t, v->nodes_n);
    size_t n = standings(m, v->nodes_n, index_of, &list);
    for (size_t i = 0, rank = 0; i < n; i++) {
        v->by_index[i] = list[i].node;
        if (!v->nodes[list[i].node].outside) v->ranks[list[i].node].index = (uint32_t)++rank;
    }
    n = standings(m, v->enterprises_n, employees_of, &list);
    for (size_t i = 0; i < n; i++) v->ranks[list[i].node].employees = (uint32_t)i + 1;
    n = standings(m, v->enterprises_n, revenue_of, &list);
    for (size_t i = 0; i < n; i++) v->ranks[list[i].node].revenue = (uint32_t)i + 1;
    for (uint32_t i = 0; i < v->nodes_n; i++)
        if (supply_risk(v, i)->steps > v->steps) v->steps = supply_risk(v, i)->steps;
}

static struct view_reason reason_of(uint32_t node, const struct why *why)
{
    struct view_reason r = { .node = node, .hit = why->others, .alone = why->alone_n };
    for (size_t i = 0; i < why->losses_n && r.most_n < COUNT(r.most); i++) {
        if (why->losses[i].node == node) continue;
        r.most[r.most_n].node = why->losses[i].node;
        r.most[r.most_n++].share = why->losses[i].share;
    }
    return r;
}

/* In scratch memory of its own: what explains one score is large beside what is kept of it. */
static enum err find_reasons(struct making *m)
{
    struct supply_view *v = m->v;
    struct arena scratch = arena_make(ROOM, NULL);
    enum err e = OK;
    for (uint32_t i = 0; i < v->nodes_n && v->reasons_n < REASONS && !e; i++) {
        uint32_t node = v->by_index[i];
        struct why why;
        if (v->nodes[node].outside || !(supply_risk(v, node)->total > 0)) continue;
        e = why_of(&scratch, v, node, 3, &why);
        if (!e) v->reasons[v->reasons_n++] = reason_of(node, &why);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    return e;
}

/* ---- where things come from ----------------------------------------------------------------- */

static enum err measure_origin(struct supply_view *v)
{
    unsigned rounds;
    v->dependence = NEW_ARRAY(&v->a, double, (size_t)v->countries_n * v->nodes_n);
    v->hhi = NEW_ARRAY(&v->a, double, v->nodes_n);
    v->foreign = NEW_ARRAY(&v->a, double, v->nodes_n);
    v->local_direct = NEW_ARRAY(&v->a, double, v->nodes_n);
    v->local_through = NEW_ARRAY(&v->a, double, v->nodes_n);
    TRY(exposure_countries(v->network, &v->imports, v->countries_n, NULL, 0, v->dependence, v->hhi, &rounds));
    for (uint32_t c = 0; c < v->countries_n; c++)
        for (uint32_t i = 0; i < v->nodes_n; i++) v->foreign[i] += v->dependence[(size_t)c * v->nodes_n + i];
    return exposure_localisation(v->network, &v->imports, v->local, NULL, v->local_direct, v->local_through, &rounds);
}

static enum err measure_tiers(struct making *m)
{
    struct supply_view *v = m->v;
    const struct network *n = v->network;
    uint32_t *buyers = NEW_ARRAY(m->w->a, uint32_t, v->nodes_n), count = 0;
    for (uint32_t i = 0; i < v->nodes_n; i++)
        if (!(n->sales[i] > 0) && n->purchases[i] > 0) buyers[count++] = i;
    v->tier = NEW_ARRAY(&v->a, uint32_t, v->nodes_n);
    return structure_tiers(n, buyers, count, v->tier, NULL, NULL);
}

/* ---- single sources ------------------------------------------------------------------------- */

struct input { uint32_t industry, link; };
struct single { double index, value; uint32_t link; };

static int by_industry(const void *a, const void *b)
{
    const struct input *x = a, *y = b;
    if (x->industry != y->industry) return x->industry < y->industry ? -1 : 1;
    return x->link < y->link ? -1 : 1;
}

/* The inputs of one industry: is it one supplier, and does the customer say that it stops without?  The greatest such link. */
static void look_at_input(struct supply_view *v, const struct input *inputs, size_t n)
{
    uint32_t greatest = NO_NODE;
    for (size_t i = 0; i < n; i++) {
        const struct view_link *l = &v->links[inputs[i].link];
        if (l->supplier != v->links[inputs[0].link].supplier || l->supplier == l->customer) return;
        if (l->essential && (greatest == NO_NODE || l->value > v->links[greatest].value)) greatest = inputs[i].link;
    }
    if (greatest != NO_NODE) v->links[greatest].single = true;
}

static void find_single_sources(struct making *m)
{
    struct supply_view *v = m->v;
    struct input *inputs = NEW_ARRAY(m->w->a, struct input, v->links_n);
    for (uint32_t node = 0; node < v->nodes_n; node++) {
        size_t n;
        const uint32_t *bought = supply_purchases(v, node, &n);
        for (size_t i = 0; i < n; i++) inputs[i] = (struct input){ v->links[bought[i]].industry, bought[i] };
        if (n) qsort(inputs, n, sizeof *inputs, by_industry);
        for (size_t from = 0, to; from < n; from = to) {
            for (to = from + 1; to < n && inputs[to].industry == inputs[from].industry;) to++;
            look_at_input(v, inputs + from, to - from);
        }
    }
}

/* In the order of their suppliers' index; the greatest value first of one supplier's. */
static int by_supplier(const void *a, const void *b)
{
    const struct single *x = a, *y = b;
    if (x->index != y->index) return x->index > y->index ? -1 : 1;
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return x->link < y->link ? -1 : 1;
}

static void order_single_sources(struct making *m)
{
    struct supply_view *v = m->v;
    struct { struct single *p; size_t n, cap; } list = { 0 };
    for (size_t i = 0; i < v->links_n; i++)
        if (v->links[i].single) *GROW(m->w->a, list) = (struct single){ index_of(v, v->links[i].supplier), v->links[i].value, (uint32_t)i };
    if (list.n) qsort(list.p, list.n, sizeof *list.p, by_supplier);
    v->single = NEW_ARRAY(&v->a, uint32_t, list.n);
    v->single_n = list.n;
    for (size_t i = 0; i < list.n; i++) v->single[i] = list.p[i].link;
}

enum err view_measure(struct making *m, const struct supply_view *before)
{
    m->v->tolerance = tolerance_of(m->w);
    m->v->inferred_share = inferred_share(m);
    TRY(make_network(m));
    TRY(make_ranking(m, before));
    order_by_index(m);
    TRY(measure_origin(m->v));
    TRY(measure_tiers(m));
    find_single_sources(m);
    order_single_sources(m);
    return find_reasons(m);
}
