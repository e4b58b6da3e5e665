#include "engine/network/operators.h"

size_t operators_bytes(uint32_t firms, uint32_t industries, size_t links)
{
    return 3 * LARGE_BYTES(struct share, links + FETCH_AHEAD) + LARGE_BYTES(struct slot_share, links) + LARGE_BYTES(uint32_t, links) +
           5 * LARGE_BYTES(uint32_t, (size_t)firms + 1) + LARGE_BYTES(double, industries) + LARGE_BYTES(uint32_t, (size_t)industries + 1);
}

double market_left(const struct operators *o, uint32_t industry, const double *loss)
{
    double left = 0;
    for (uint32_t k = o->members_at[industry]; k < o->members_at[industry + 1]; k++)
        left += o->n->sales[o->members[k]] * (1 - loss[o->members[k]]);
    return left;
}

/* ---- upstream ------------------------------------------------------------------------------- */

static uint32_t *narrow(struct arena *a, const size_t *at, uint32_t n)
{
    uint32_t *x = NEW_LARGE(a, uint32_t, (size_t)n + 1);
    for (size_t i = 0; i <= n; i++) x[i] = (uint32_t)at[i];
    return x;
}

static struct share upstream_share(const struct network *n, uint32_t firm, uint32_t supplier, double value)
{
    return (struct share){ firm, n->revenue[supplier] > 0 ? value / n->revenue[supplier] : 0 };
}

bool network_cushioned(const struct network *n)
{
    for (uint32_t i = 0; i < n->firms; i++)
        if (n->revenue[i] > 0 && n->sales[i] > n->revenue[i] * (1 + 1e-14)) return false;
    return true;
}

static void make_upstream(struct arena *a, struct operators *o)
{
    const struct network *n = o->n;
    struct share *customers = NEW_LARGE(a, struct share, n->links + FETCH_AHEAD), *suppliers = NEW_LARGE(a, struct share, n->links);
    o->cushioned = network_cushioned(n);
    for (uint32_t i = 0; i < n->firms; i++) {
        for (size_t e = n->sold_at[i]; e < n->sold_at[i + 1]; e++)
            customers[e] = upstream_share(n, n->sold_to[e], i, n->sold[e]);
        for (size_t e = n->bought_at[i]; e < n->bought_at[i + 1]; e++)
            suppliers[e] = upstream_share(n, n->bought_from[e], n->bought_from[e], n->bought[e]);
    }
    o->customers_at = narrow(a, n->sold_at, n->firms);
    o->suppliers_at = narrow(a, n->bought_at, n->firms);
    o->customers = customers;
    o->suppliers = suppliers;
}

/* ---- downstream ----------------------------------------------------------------------------- */

struct slots {
    const struct network *n;
    struct share *inputs;
    uint32_t     *inputs_at, used, filled;          /* slots and inputs so far                   */
};

/* Purchases [from, to) of j join the slot that is being filled, each as a share of the whole. */
static void fill(struct slots *s, size_t from, size_t to, double whole)
{
    for (size_t e = from; e < to; e++)
        s->inputs[s->filled++] = (struct share){ s->n->bought_from[e], s->n->bought[e] / whole };
}

static void close_slot(struct slots *s) { s->inputs_at[++s->used] = s->filled; }

/* Where the purchases of j from one industry end that start at e. */
static size_t industry_end(const struct network *n, uint32_t j, size_t e, double *value)
{
    uint32_t industry = n->industry[n->bought_from[e]];
    for (*value = 0; e < n->bought_at[j + 1] && n->industry[n->bought_from[e]] == industry; e++) *value += n->bought[e];
    return e;
}

static void add_slots(struct slots *s, uint32_t j)
{
    const struct network *n = s->n;
    uint32_t before = s->filled;
    double value;
    for (size_t e = n->bought_at[j], end; e < n->bought_at[j + 1]; e = end) {
        end = industry_end(n, j, e, &value);
        if (network_class(n, n->bought_from[e], j) == 1) fill(s, e, end, n->purchases[j]);
    }
    if (s->filled > before) close_slot(s);
    for (size_t e = n->bought_at[j], end; e < n->bought_at[j + 1]; e = end) {
        end = industry_end(n, j, e, &value);
        if (network_class(n, n->bought_from[e], j) != 2) continue;
        fill(s, e, end, value);
        close_slot(s);
    }
}

static void make_outputs(struct arena *a, struct operators *o)
{
    uint32_t firms = o->n->firms, *at = NEW_LARGE(a, uint32_t, (size_t)firms + 2), filled = o->inputs_at[o->slots];
    struct slot_share *outputs = NEW_LARGE(a, struct slot_share, filled);
    for (size_t e = 0; e < filled; e++) at[o->inputs[e].firm + 2]++;
    for (size_t i = 2; i <= firms; i++) at[i] += at[i - 1];
    for (uint32_t j = 0; j < firms; j++)            /* at[i + 1] goes from the start of i to its end */
        for (uint32_t slot = o->slots_at[j]; slot < o->slots_at[j + 1]; slot++)
            for (uint32_t e = o->inputs_at[slot]; e < o->inputs_at[slot + 1]; e++)
                outputs[at[o->inputs[e].firm + 1]++] = (struct slot_share){ slot, j, o->inputs[e].share };
    o->outputs_at = at;
    o->outputs = outputs;
}

static void make_downstream(struct arena *a, struct operators *o)
{
    const struct network *n = o->n;
    struct slots s = { n, NEW_LARGE(a, struct share, n->links + FETCH_AHEAD), NEW_LARGE(a, uint32_t, n->links + 1) };
    uint32_t *slots_at = NEW_LARGE(a, uint32_t, (size_t)n->firms + 1);
    for (uint32_t j = 0; j < n->firms; j++) {
        add_slots(&s, j);
        slots_at[j + 1] = s.used;
    }
    o->slots = s.used;
    o->slots_at = slots_at;
    o->inputs_at = s.inputs_at;
    o->inputs = s.inputs;
    make_outputs(a, o);
}

/* ---- markets -------------------------------------------------------------------------------- */

static void make_markets(struct arena *a, struct operators *o)
{
    const struct network *n = o->n;
    double *market = NEW_ARRAY(a, double, n->industries);
    uint32_t *at = NEW_LARGE(a, uint32_t, (size_t)n->industries + 2), *members = NEW_LARGE(a, uint32_t, n->firms);
    for (uint32_t i = 0; i < n->firms; i++) {
        market[n->industry[i]] += n->sales[i];
        at[n->industry[i] + 2]++;
    }
    for (size_t k = 2; k <= n->industries; k++) at[k] += at[k - 1];
    for (uint32_t i = 0; i < n->firms; i++) members[at[n->industry[i] + 1]++] = i;
    o->market = market;
    o->members_at = at;
    o->members = members;
}

struct operators *operators_make(struct arena *a, const struct network *n)
{
    struct operators *o = NEW(a, struct operators);
    o->n = n;
    make_upstream(a, o);
    make_downstream(a, o);
    make_markets(a, o);
    return o;
}
