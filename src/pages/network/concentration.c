/*
 * concentration.c - in how few hands each input of the city lies (E03): the Herfindahl-Hirschman index of the city's purchases by supplier,
 * industrial zone, owner's country or country of origin, for each industry that is bought from; and by country for each imported input.
 */
#include "pages/network/network.h"

#include "base/map.h"
#include "engine/network/exposure.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS = 50 };
static const double HIGH = 0.25, MODERATE = 0.15;           /* as competition authorities have long drawn the lines */

enum by { BY_COMPANY, BY_ZONE, BY_OWNER, BY_COUNTRY, WAYS };
static const struct { const char *code, *label, *list; } ways[WAYS] = {
    { "", N_("Supplier"), NULL }, { "zone", N_("Industrial park or cluster"), "industrial_zone" },
    { "owner", N_("Country of the owner"), "country" },
    { "country", N_("Country of the supplier"), "country" },
};

/* ---- whose hands ---------------------------------------------------------------------------- */

struct hands { uint32_t *of; struct { Str *p; size_t n, cap; } codes; };       /* of [nodes]: a node, or nodes_n + a number into codes */

/* A company outside the register is taken for owned where it is. */
static Str code_of(const struct node *n, enum by by)
{
    if (by == BY_ZONE) return n->zone;
    return by == BY_OWNER && !n->outside ? n->owner : n->country;
}

/* Who is in no zone stands for itself: it shares no place with another. */
static struct hands hands_by(const struct network_at *at, enum by by)
{
    const struct supply_view *v = at->v;
    struct hands h = { .of = NEW_ARRAY(at->q->a, uint32_t, v->nodes_n) };
    struct map numbers = map_make(at->q->a, 256);
    for (uint32_t i = 0; i < v->nodes_n; i++) {
        bool added;
        Str code = code_of(&v->nodes[i], by);
        h.of[i] = i;
        if (by == BY_COMPANY || (by == BY_ZONE && !code.n)) continue;
        h.of[i] = v->nodes_n + (uint32_t)*map_put(&numbers, code, (int64_t)h.codes.n, &added);
        if (added) *GROW(at->q->a, h.codes) = code;
    }
    return h;
}

static void put_hand(struct grid *g, const struct network_at *at, enum by by, const struct hands *h, uint32_t hand)
{
    if (hand < at->v->nodes_n) {
        grid_link(g, node_url(at, hand, NULL), node_name(at, hand));
        return;
    }
    Str code = h->codes.p[hand - at->v->nodes_n];
    grid_text(g, by == BY_OWNER && !code.n ? net_tr(at, N_("Vietnamese, or not stated")) : code_name(at, ways[by].list, code));
}

/* ---- inputs --------------------------------------------------------------------------------- */

struct input {
    uint32_t industry, hands, buyers, single, greatest;     /* greatest: the hand that has most   */
    double   value, hhi, greatest_share;
};
struct parts { uint32_t *hand; double *value; size_t n; };       /* of one input: who has how much */

static struct input input_of(const struct parts *p)
{
    struct input in = { .hands = (uint32_t)p->n, .hhi = hhi_of(p->value, p->n) };
    double most = 0;
    for (size_t i = 0; i < p->n; i++) {
        in.value += p->value[i];
        if (p->value[i] > most) most = p->value[i], in.greatest = p->hand[i];
    }
    in.greatest_share = most / in.value;
    return in;
}

/* First where most value hangs on few hands. */
static int by_stake(const void *a, const void *b)
{
    const struct input *x = a, *y = b;
    double mine = x->hhi * x->value, other = y->hhi * y->value;
    if (mine != other) return mine > other ? -1 : 1;
    return x->industry < y->industry ? -1 : 1;
}

struct inputs { struct input *p; size_t n, cap; };

/* What the enterprises of the register buy of an industry: `sums` [hands] is all 0 before and after. */
static void gather(const struct supply_view *v, uint32_t industry, const struct hands *h, double *sums, struct parts *p, uint32_t *single)
{
    p->n = 0;
    for (size_t i = v->industry_at[industry]; i < v->industry_at[industry + 1]; i++) {
        const struct view_link *l = &v->links[v->by_industry[i]];
        uint32_t hand = h->of[l->supplier];
        if (v->nodes[l->customer].outside || !(l->value > 0)) continue;
        if (sums[hand] == 0) p->hand[p->n++] = hand;
        sums[hand] += l->value;
        *single += l->single;
    }
    for (size_t i = 0; i < p->n; i++) {
        p->value[i] = sums[p->hand[i]];
        sums[p->hand[i]] = 0;
    }
}

static struct inputs inputs_of(const struct network_at *at, const struct hands *h)
{
    const struct supply_view *v = at->v;
    struct arena *a = at->q->a;
    size_t hands = v->nodes_n + h->codes.n;
    double *sums = NEW_ARRAY(a, double, hands);
    struct parts parts = { NEW_ARRAY(a, uint32_t, hands), NEW_ARRAY(a, double, hands), 0 };
    struct inputs out = { 0 };
    for (uint32_t industry = 0; industry < v->industries_n; industry++) {
        uint32_t single = 0;
        gather(v, industry, h, sums, &parts, &single);
        if (!parts.n) continue;
        struct input *in = GROW(a, out);
        *in = input_of(&parts);
        in->industry = industry;
        in->single = single;
    }
    if (out.n) qsort(out.p, out.n, sizeof *out.p, by_stake);
    return out;
}

static Str level_str(const struct network_at *at, double hhi)
{
    return net_tr(at, hhi >= HIGH ? N_("high") : hhi >= MODERATE ? N_("moderate") : N_("low"));
}

static const struct grid_column input_columns[] = {
    { "input", N_("Bought from the industry"), "label" }, { "hhi", N_("HHI"), "value" }, { "level", N_("Concentration") },
    { "hands", N_("In how many hands") }, { "greatest", N_("Greatest") }, { "greatest_share", N_("Share of the greatest, %") },
    { "value", N_("Value a year, billion đồng") }, { "single", N_("Essential inputs from a single source") },
    { "vsic", N_("VSIC code"), .files_only = true },
};

static struct grid inputs_grid(const struct network_at *at, enum by by, const struct inputs *inputs, const struct hands *h,
                               struct window w)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "inputs",
        .caption = N_("Inputs of the city’s enterprises"), .most = 20 },
                              input_columns, COUNT(input_columns), N_("No supply links are known yet. Import them, or enter the first one."));
    g.window = w;
    for (size_t i = w.from; i < w.to; i++) {
        const struct input *in = &inputs->p[i];
        grid_text(&g, industry_name(at, in->industry));
        grid_number(&g, in->hhi);
        grid_text(&g, level_str(at, in->hhi));
        grid_number(&g, in->hands);
        put_hand(&g, at, by, h, in->greatest);
        grid_share(&g, in->greatest_share);
        grid_money(&g, in->value);
        grid_number(&g, in->single);
        grid_text(&g, at->v->industries[in->industry]);
    }
    return g;
}

/* ---- imported inputs ------------------------------------------------------------------------ */

struct imported { Str input; uint32_t country; double value; };

static int by_input(const void *a, const void *b)
{
    const struct imported *x = a, *y = b;
    int order = str_cmp(x->input, y->input);
    return order ? order : x->country < y->country ? -1 : x->country > y->country;
}

static const struct grid_column import_columns[] = {
    { "hs", N_("Imported input"), "label" }, { "hhi", N_("HHI"), "value" }, { "level", N_("Concentration") },
    { "countries", N_("From how many countries") },
    { "greatest", N_("Greatest") }, { "greatest_share", N_("Share of the greatest, %") }, { "value", N_("Value a year, billion đồng") },
};

static void put_imported(struct grid *g, const struct network_at *at, Str name, const struct input *in)
{
    grid_text(g, name);
    grid_number(g, in->hhi);
    grid_text(g, level_str(at, in->hhi));
    grid_number(g, in->hands);
    grid_text(g, country_name(at, in->greatest));
    grid_share(g, in->greatest_share);
    grid_money(g, in->value);
}

/* By HS code, else by product as the enterprise calls it. */
static struct grid imports_grid(const struct network_at *at)
{
    const struct supply_view *v = at->v;
    struct arena *a = at->q->a;
    struct imported *list = NEW_ARRAY(a, struct imported, v->imported_n);
    struct parts p = { NEW_ARRAY(a, uint32_t, v->countries_n), NEW_ARRAY(a, double, v->countries_n), 0 };
    struct grid g = grid_make(at->q, (struct figure){ .id = "imports", .caption = N_("Imported inputs by country") },
                              import_columns, COUNT(import_columns), NULL);
    size_t n = 0;
    for (size_t i = 0; i < v->imported_n; i++) {
        const struct view_import *m = &v->imported[i];
        if (m->value > 0) list[n++] = (struct imported){ m->hs.n ? m->hs : m->product, m->country, m->value };
    }
    if (n) qsort(list, n, sizeof *list, by_input);
    for (size_t from = 0, to; from < n; from = to) {
        p.n = 0;
        for (to = from; to < n && str_eq(list[to].input, list[from].input); to++) {
            bool more = p.n && p.hand[p.n - 1] == list[to].country;
            if (!more) p.hand[p.n] = list[to].country, p.value[p.n++] = 0;
            p.value[p.n - 1] += list[to].value;
        }
        struct input in = input_of(&p);
        put_imported(&g, at, code_name(at, "hs", list[from].input), &in);
    }
    return g;
}

/* ---- the page ------------------------------------------------------------------------------- */

static enum err concentration(struct network_at *at)
{
    static const char *const controls[] = { "by" };
    struct option options[WAYS];
    enum by by = BY_COMPANY;
    for (enum by i = BY_COMPANY; i < WAYS; i++) {
        options[i] = (struct option){ str_of(ways[i].code), net_tr(at, ways[i].label) };
        if (str_eq(params_get(&at->q->query, "by"), options[i].value)) by = i;
    }
    struct hands h = hands_by(at, by);
    struct inputs inputs = inputs_of(at, &h);
    struct window w = window_of(at, inputs.n, ROWS);
    struct grid tables[] = { inputs_grid(at, by, &inputs, &h, w), imports_grid(at) };
    if (at->q->as != AS_PAGE) return network_tables(at, "", (Str){ 0 }, (Str){ 0 }, tables, COUNT(tables));
    put_filter_open(at, net_tr(at, N_("In whose hands")));
    put_choice(at, "by", N_("In whose hands"), options, WAYS);
    put_filter_close(at, controls, COUNT(controls));
    network_table(at, &tables[0]);
    network_table(at, &tables[1]);
    network_basis(at);
    return network_reply(at, "/network/concentration", net_tr(at, N_("Concentration")),
                         net_tr(at, N_("HHI: the sum of the squared shares, 1 where all comes from one hand; from 0.25 high, from 0.15 moderate. The inputs where most value hangs on few hands come first.")));
}

enum err network_concentration(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, concentration); }
