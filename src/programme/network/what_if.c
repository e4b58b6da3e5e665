#include "programme/network/what_if.h"

#include "engine/network/structure.h"
#include "model/type.h"
#include "programme/network/what_if_inside.h"

#include <math.h>
#include <stdlib.h>

enum { DAYS_OF_YEAR = 365 };

bool what_if_is_empty(const struct what_if_ask *ask)
{
    return !ask->firms && !v_is(ask->zones) && !v_is(ask->wards) && !v_is(ask->industries) && !v_is(ask->countries) && !ask->event;
}

static double real_or(Val v, double other) { return v.type == V_REAL ? v.r : v.type == V_INT ? (double)v.i : other; }

void what_if_of(const struct record *s, struct what_if_ask *out)
{
    const struct records *firms = &s->children[SCENARIO_FIRMS];
    *out = (struct what_if_ask){
        .zones = s->v[SCENARIO_ZONES],
        .wards = s->v[SCENARIO_WARDS],
        .industries = s->v[SCENARIO_INDUSTRIES],
        .countries = s->v[SCENARIO_COUNTRIES],
        .event = v_i64(s->v[SCENARIO_EVENT]),
        .capacity = real_or(s->v[SCENARIO_CAPACITY], 0) / 100,
        .days = (int)v_i64(s->v[SCENARIO_DAYS]),
        .tolerance = real_or(s->v[SCENARIO_TOLERANCE], 0),
    };
    for (size_t i = 0; i < firms->n && out->firms < WHAT_IF_FIRMS; i++)
        out->firm[out->firms++] = v_i64(firms->p[i]->v[SCENARIO_FIRM]);
}

/* ---- another supplier tried ----------------------------------------------------------------------- */

/* The network's links once more, with what is moved taken from one supplier and given to another. */
static enum err moved_network(struct work *w, const struct network *n, const struct moved *moved, size_t moves, struct network **out)
{
    uint32_t *seller = NEW_ARRAY(w->a, uint32_t, n->links + moves), *buyer = NEW_ARRAY(w->a, uint32_t, n->links + moves);
    double *value = NEW_ARRAY(w->a, double, n->links + moves);
    size_t at = 0, added = n->links;
    for (uint32_t i = 0; i < n->firms; i++)
        for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++, at++) {
            seller[at] = i;
            buyer[at] = n->sold_to[k];
            value[at] = n->sold[k];
            for (size_t m = 0; m < moves; m++) {
                if (moved[m].supplier != i || moved[m].customer != buyer[at]) continue;
                double part = n->sold[k] * moved[m].share;
                value[at] = fmax(0, value[at] - part);
                seller[added] = moved[m].to, buyer[added] = buyer[at], value[added++] = part;
            }
        }
    return network_make(w->a, &(struct network_input){
        .firms = n->firms, .industries = n->industries, .industry = n->industry, .classes = n->classes, .revenue = n->revenue,
        .weight = n->weight, .links = { added, seller, buyer, value } }, out);
}

/* ---- how far each firm is from what stopped --------------------------------------------------------- */

struct way { const size_t *at; const uint32_t *to; };

/* Breadth first from all that begin with less, along one direction. */
static uint32_t *tiers_along(struct arena *a, const struct what_if *x, struct way way)
{
    uint32_t n = x->v->nodes_n, *tier = NEW_ARRAY(a, uint32_t, n), *queue = NEW_ARRAY(a, uint32_t, n), end = 0;
    for (uint32_t i = 0; i < n; i++) {
        tier[i] = x->psi[i] < 1 ? 0 : NO_TIER;
        if (!tier[i]) queue[end++] = i;
    }
    for (uint32_t begin = 0; begin < end; begin++) {
        uint32_t i = queue[begin];
        for (size_t k = way.at[i]; k < way.at[i + 1]; k++) {
            uint32_t next = way.to[k];
            if (tier[next] != NO_TIER) continue;
            tier[next] = tier[i] + 1;
            queue[end++] = next;
        }
    }
    return tier;
}

/* ---- sums -------------------------------------------------------------------------------------------- */

struct sums { struct what_if *x; struct arena *a; struct map industries, wards, zones; };

static void add_lost(struct lost *to, const struct firm_lost *f)
{
    to->firms++;
    if (!isnan(f->output)) to->output += f->output;
    if (!isnan(f->jobs)) to->jobs += f->jobs;
    if (!isnan(f->exports)) to->exports += f->exports;
}

static void add_to_code(struct sums *s, struct map *map, struct lost_groups *to, Str code, const struct firm_lost *f)
{
    bool added;
    int64_t at = *map_put(map, code.n ? code : S("-"), (int64_t)to->n, &added);
    if (added) GROW(s->a, *to)->code = code;
    add_lost(&to->p[at].lost, f);
}

static void add_to_tier(struct sums *s, const struct firm_lost *f)
{
    struct lost_groups *to = &s->x->by_tier;
    bool upstream = f->tier && f->upstream;
    for (size_t i = 0; i < to->n; i++)
        if (to->p[i].tier == f->tier && to->p[i].upstream == upstream) { add_lost(&to->p[i].lost, f); return; }
    struct lost_group *g = GROW(s->a, *to);
    g->tier = f->tier;
    g->upstream = upstream;
    add_lost(&g->lost, f);
}

/* "2025/2511" is of the division "2025/25". */
static Str division_of(Str industry)
{
    Str version, digits;
    return str_cut(industry, '/', &version, &digits) ? str_sub(industry, 0, version.n + 3) : industry;
}

static void add_firm(struct sums *s, const struct firm_lost *f)
{
    const struct node *n = &s->x->v->nodes[f->node];
    add_lost(&s->x->all, f);
    add_to_tier(s, f);
    add_to_code(s, &s->industries, &s->x->by_industry, division_of(s->x->v->industries[n->industry]), f);
    add_to_code(s, &s->wards, &s->x->by_ward, n->ward, f);
    if (n->zone.n) add_to_code(s, &s->zones, &s->x->by_zone, n->zone, f);
    s->x->figures_missing += isnan(f->jobs) || isnan(f->exports);
}

static int by_output(const void *a, const void *b)
{
    const struct firm_lost *x = a, *y = b;
    double ox = isnan(x->output) ? -1 : x->output, oy = isnan(y->output) ? -1 : y->output;
    return ox != oy ? (ox > oy ? -1 : 1) : (x->node > y->node) - (x->node < y->node);
}

static int by_group_output(const void *a, const void *b)
{
    const struct lost_group *x = a, *y = b;
    return x->lost.output != y->lost.output ? (x->lost.output > y->lost.output ? -1 : 1) : str_cmp(x->code, y->code);
}

static int by_distance(const void *a, const void *b)
{
    const struct lost_group *x = a, *y = b;
    return x->tier != y->tier ? (x->tier > y->tier ? 1 : -1) : x->upstream - y->upstream;
}

static struct firm_lost lost_by(const struct what_if *x, uint32_t i, const double *hu, const double *hd, const uint32_t *down,
                                const uint32_t *up)
{
    const struct node *n = &x->v->nodes[i];
    double share = 1 - x->left[i], years = (double)x->days / DAYS_OF_YEAR;
    bool upstream = hu[i] < hd[i];
    return (struct firm_lost){ i,
                               share,
                               upstream,
                               upstream ? up[i] : down[i],
                               share * x->v->network->revenue[i] * years,
                               share * n->employees,
                               share * n->exports * years };
}

static void sum_up(struct work *w, struct what_if *x, const struct network *n, const double *hu, const double *hd)
{
    struct sums s = { x, w->a, map_make(w->a, 128), map_make(w->a, 256), map_make(w->a, 64) };
    const uint32_t *down = tiers_along(w->a, x, (struct way){ n->sold_at, n->sold_to }),
                   *up = tiers_along(w->a, x, (struct way){ n->bought_at, n->bought_from });
    x->firms = NEW_ARRAY(w->a, struct firm_lost, x->v->enterprises_n);
    for (uint32_t i = 0; i < x->v->enterprises_n; i++) {
        struct firm_lost f = lost_by(x, i, hu, hd, down, up);
        if (f.share < x->tolerance) continue;
        x->firms[x->firms_n++] = f;
        add_firm(&s, &f);
    }
    if (x->firms_n) qsort(x->firms, x->firms_n, sizeof *x->firms, by_output);
    struct lost_groups *const groups[] = { &x->by_industry, &x->by_ward, &x->by_zone };
    for (size_t i = 0; i < COUNT(groups); i++)
        if (groups[i]->n) qsort(groups[i]->p, groups[i]->n, sizeof *groups[i]->p, by_group_output);
    if (x->by_tier.n) qsort(x->by_tier.p, x->by_tier.n, sizeof *x->by_tier.p, by_distance);
}

/* ---- lost inputs --------------------------------------------------------------------------------------- */

static int by_lost_value(const void *a, const void *b)
{
    const struct lost_input *x = a, *y = b;
    return x->value != y->value ? (x->value > y->value ? -1 : 1) : (x->link > y->link) - (x->link < y->link);
}

static void find_lost_inputs(struct work *w, struct what_if *x)
{
    struct { struct lost_input *p; size_t n, cap; } list = { 0 };
    for (size_t i = 0; i < x->v->links_n; i++) {
        const struct view_link *l = &x->v->links[i];
        if (x->psi[l->supplier] >= 1 || x->v->nodes[l->customer].outside || x->psi[l->customer] <= 0) continue;
        *GROW(w->a, list) = (struct lost_input){ (uint32_t)i, l->value * (1 - x->psi[l->supplier]) * x->days / DAYS_OF_YEAR };
    }
    if (list.n) qsort(list.p, list.n, sizeof *list.p, by_lost_value);
    x->inputs = list.p;
    x->inputs_n = list.n;
}

/* ---- running --------------------------------------------------------------------------------------------- */

enum err what_if_run(struct work *w, const struct supply_view *v, const struct what_if_ask *ask, const struct moved *moved,
                     size_t moves, struct what_if *out)
{
    struct network *n = v->network;
    *out = (struct what_if){ .v = v, .days = ask->days, .tolerance = ask->tolerance > 0 ? ask->tolerance : v->tolerance };
    TRY(what_if_begin(w, v, ask, &out->psi));
    for (uint32_t i = 0; i < v->nodes_n; i++) out->begun += out->psi[i] < 1;
    if (moves) TRY(moved_network(w, v->network, moved, moves, &n));
    double *hu = NEW_ARRAY(w->a, double, v->nodes_n), *hd = NEW_ARRAY(w->a, double, v->nodes_n);
    TRY(risk_scenario(n, &(struct risk_options){ .tolerance = out->tolerance, .threads = 1 }, out->psi, hu, hd, &out->risk));
    out->left = NEW_ARRAY(w->a, double, v->nodes_n);
    for (uint32_t i = 0; i < v->nodes_n; i++) out->left[i] = fmin(hu[i], hd[i]);
    sum_up(w, out, n, hu, hd);
    find_lost_inputs(w, out);
    return OK;
}
