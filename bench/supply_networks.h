/*
 * supply_networks.h - made-up supply networks of two families, the same on every machine for the same seed:
 *
 * SPARSE        Truncated power law.  A firm has k customers with a chance like k^-2.3, 1 to 128; then customers are added or
 *               taken away at random firms until there are 8 links a firm.  Customers are drawn evenly, values are 0.1 to 1.1,
 *               616 industries of equal size.
 * HEAVY_TAILED  As national VAT data are: sizes log-normal, 600 industries of very different size, 13 links a firm; large firms
 *               have more customers and are bought from more (hubs with thousands), 7 of 10 links go to 12 industries that the
 *               supplier's prefers, values grow with both sizes.  12 % sell to no firm, 8 % and many small ones buy from none.
 *
 * Functions are static, since each program that includes this is one file.
 */
#ifndef BENCH_SUPPLY_NETWORKS_H
#define BENCH_SUPPLY_NETWORKS_H

#include "base/hash.h"
#include "engine/network/network.h"

#include <math.h>
#include <stdlib.h>

enum supply_family { SPARSE, HEAVY_TAILED, SUPPLY_FAMILIES };

/* What an industry's products mean to another: a matrix of about 71 % without effect, 12 % replaceable in part and 17 % essential;
 * every second industry essential for all; nothing essential. */
enum supply_classes { CLASS_MATRIX, CLASS_LIST, CLASS_NONE, SUPPLY_CLASSES };

static double sn_uniform(struct rng *r) { return (double)(rng_next(r) >> 11) * 0x1p-53; }
static uint32_t sn_below(struct rng *r, uint32_t n) { return (uint32_t)rng_below(r, n); }

static double sn_normal(struct rng *r)
{
    double u = sn_uniform(r), v = sn_uniform(r);
    return sqrt(-2 * log(u > 0 ? u : 0x1p-53)) * cos(6.283185307179586 * v);
}

/* Draws 0 .. n-1 with chances as the weights, each in constant time (Walker's alias method). */
struct sn_alias { uint32_t n; double *keep; uint32_t *other; };

static struct sn_alias sn_alias_make(struct arena *a, const double *weight, uint32_t n)
{
    struct sn_alias t = { n, NEW_ARRAY(a, double, n), NEW_ARRAY(a, uint32_t, n) };
    uint32_t *stack = NEW_ARRAY(a, uint32_t, n), small = 0, large = n;     /* small ones from below, large ones from above */
    double all = 0;
    for (uint32_t i = 0; i < n; i++) all += weight[i];
    for (uint32_t i = 0; i < n; i++) {
        t.keep[i] = weight[i] / all * n;
        t.other[i] = i;
        stack[t.keep[i] < 1 ? small++ : --large] = i;
    }
    while (small && large < n) {
        uint32_t s = stack[--small], l = stack[large];
        t.other[s] = l;
        t.keep[l] -= 1 - t.keep[s];
        if (t.keep[l] < 1) large++, stack[small++] = l;
    }
    while (small) t.keep[stack[--small]] = 1;       /* what is left is so by rounding             */
    while (large < n) t.keep[stack[large++]] = 1;
    return t;
}

static uint32_t sn_draw(const struct sn_alias *t, struct rng *r)
{
    uint32_t i = sn_below(r, t->n);
    return sn_uniform(r) < t->keep[i] ? i : t->other[i];
}

/* ---- what both families are made with ------------------------------------------------------- */

struct sn_maker {
    struct arena *a;
    struct rng    r;
    uint32_t      firms, industries;
    uint32_t     *industry, *customers;             /* [firms]: customers is how many to draw    */
    uint32_t     *seen;                             /* [firms]: the last supplier + 1 that drew it */
    size_t        n;
    uint32_t     *supplier, *customer;
    double       *value;
};

static void sn_make_room(struct sn_maker *m)
{
    size_t links = 0;
    for (uint32_t i = 0; i < m->firms; i++) links += m->customers[i];
    m->supplier = NEW_ARRAY(m->a, uint32_t, links);
    m->customer = NEW_ARRAY(m->a, uint32_t, links);
    m->value = NEW_ARRAY(m->a, double, links);
    m->seen = NEW_ARRAY(m->a, uint32_t, m->firms);
}

/* Whether j is not yet a customer of i, and is one from now on; a firm is none of its own. */
static bool sn_take(struct sn_maker *m, uint32_t i, uint32_t j)
{
    if (j == i || m->seen[j] == i + 1) return false;
    m->seen[j] = i + 1;
    return true;
}

static void sn_link(struct sn_maker *m, uint32_t i, uint32_t j, double value)
{
    m->supplier[m->n] = i;
    m->customer[m->n] = j;
    m->value[m->n++] = value;
}

/* ---- sparse --------------------------------------------------------------------------------- */

static void sn_sparse_customers(struct sn_maker *m)
{
    uint32_t most = m->firms - 1 < 128 ? m->firms - 1 : 128;
    double weight[128];
    for (uint32_t k = 0; k < most; k++) weight[k] = pow(k + 1, -2.3);
    struct sn_alias degrees = sn_alias_make(m->a, weight, most);
    size_t links = 0, wanted = (most < 8 ? (size_t)most : 8) * m->firms;
    for (uint32_t i = 0; i < m->firms; i++) links += m->customers[i] = 1 + sn_draw(&degrees, &m->r);
    while (links != wanted) {
        uint32_t i = sn_below(&m->r, m->firms);
        if (links < wanted && m->customers[i] < most) m->customers[i]++, links++;
        else if (links > wanted && m->customers[i] > 1) m->customers[i]--, links--;
    }
}

static void sn_sparse(struct sn_maker *m)
{
    uint32_t each = m->firms / m->industries;
    for (uint32_t i = 0; i < m->firms; i++)
        m->industry[i] = i < each * m->industries ? i / each : i - each * m->industries;
    sn_sparse_customers(m);
    sn_make_room(m);
    for (uint32_t i = 0; i < m->firms; i++)
        for (uint32_t left = m->customers[i]; left;) {
            uint32_t j = sn_below(&m->r, m->firms);
            if (!sn_take(m, i, j)) continue;
            sn_link(m, i, j, 0.1 + sn_uniform(&m->r));
            left--;
        }
}

/* ---- heavy-tailed --------------------------------------------------------------------------- */

enum { SN_PREFERRED = 12, SN_MEAN_CUSTOMERS = 13, SN_TRIES = 8 };

struct sn_market {
    double          *size;                          /* [firms]                                   */
    struct sn_alias  industries, anybody;           /* industries by how many firms they have; firms as customers */
    struct sn_alias *customers;                     /* [industries], numbers into members        */
    uint32_t        *members, *members_at;          /* firms by industry                         */
    uint32_t        (*preferred)[SN_PREFERRED];     /* [industries], customer industries         */
    uint32_t        *rank;                          /* of industries: which is the k-th largest  */
};

static void sn_industries(struct sn_maker *m, struct sn_market *t)
{
    double *weight = NEW_ARRAY(m->a, double, m->industries);
    t->rank = NEW_ARRAY(m->a, uint32_t, m->industries);
    for (uint32_t k = 0; k < m->industries; k++) {
        uint32_t other = sn_below(&m->r, k + 1);
        weight[k] = pow(k + 1, -0.8);
        t->rank[k] = t->rank[other];
        t->rank[other] = k;
    }
    t->industries = sn_alias_make(m->a, weight, m->industries);
    t->members_at = NEW_ARRAY(m->a, uint32_t, m->industries + 2);
    for (uint32_t i = 0; i < m->firms; i++) {       /* the first ones so that none is empty       */
        m->industry[i] = i < m->industries ? i : t->rank[sn_draw(&t->industries, &m->r)];
        t->members_at[m->industry[i] + 2]++;
    }
    for (uint32_t k = 0; k < m->industries; k++) t->members_at[k + 2] += t->members_at[k + 1];
    t->members = NEW_ARRAY(m->a, uint32_t, m->firms);
    for (uint32_t i = 0; i < m->firms; i++) t->members[t->members_at[m->industry[i] + 1]++] = i;
}

static void sn_demand(struct sn_maker *m, struct sn_market *t)
{
    double *pull = NEW_ARRAY(m->a, double, m->firms), *of_members = NEW_ARRAY(m->a, double, m->firms);
    for (uint32_t i = 0; i < m->firms; i++)
        pull[i] = sn_uniform(&m->r) < 0.08 ? 0 : pow(t->size[i], 0.9);
    t->anybody = sn_alias_make(m->a, pull, m->firms);
    t->customers = NEW_ARRAY(m->a, struct sn_alias, m->industries);
    t->preferred = (uint32_t(*)[SN_PREFERRED])(void *)NEW_ARRAY(m->a, uint32_t, (size_t)m->industries * SN_PREFERRED);
    for (uint32_t k = 0; k < m->industries; k++) {
        uint32_t from = t->members_at[k], n = t->members_at[k + 1] - from;
        double all = 0;
        for (uint32_t i = 0; i < n; i++) all += of_members[i] = pull[t->members[from + i]];
        t->customers[k] = sn_alias_make(m->a, of_members, all > 0 ? n : 0);
        for (uint32_t p = 0; p < SN_PREFERRED; p++)
            t->preferred[k][p] = sn_uniform(&m->r) < 0.25 ? k : t->rank[sn_draw(&t->industries, &m->r)];
    }
}

static double sn_bounded(double customers, double most) { return fmin(fmax(customers, 1), most); }

/* Numbers of customers grow with size, with a Pareto factor; scaled until their mean, bounded as they are, is right. */
static void sn_heavy_customers(struct sn_maker *m, const struct sn_market *t)
{
    double *want = NEW_ARRAY(m->a, double, m->firms), scale = 1, most = m->firms / 8 < 20 ? m->firms / 2 : m->firms / 8;
    for (uint32_t i = 0; i < m->firms; i++)
        if (sn_uniform(&m->r) >= 0.12) want[i] = fmin(1e5, pow(t->size[i], 0.8) * pow(1 - sn_uniform(&m->r), -1 / 2.2));
    for (int round = 0; round < 20; round++) {
        double all = 0;
        for (uint32_t i = 0; i < m->firms; i++) all += want[i] > 0 ? sn_bounded(want[i] * scale, most) : 0;
        scale *= SN_MEAN_CUSTOMERS * (double)m->firms / all;
    }
    for (uint32_t i = 0; i < m->firms; i++)
        m->customers[i] = want[i] > 0 ? (uint32_t)(sn_bounded(want[i] * scale, most) + sn_uniform(&m->r)) : 0;
}

static uint32_t sn_customer(struct sn_maker *m, const struct sn_market *t, uint32_t i)
{
    if (sn_uniform(&m->r) >= 0.7) return sn_draw(&t->anybody, &m->r);
    uint32_t k = t->preferred[m->industry[i]][sn_below(&m->r, SN_PREFERRED)];
    return t->customers[k].n ? t->members[t->members_at[k] + sn_draw(&t->customers[k], &m->r)] : i;
}

static void sn_heavy_tailed(struct sn_maker *m)
{
    struct sn_market t = { .size = NEW_ARRAY(m->a, double, m->firms) };
    for (uint32_t i = 0; i < m->firms; i++) t.size[i] = exp(1.6 * sn_normal(&m->r));
    sn_industries(m, &t);
    sn_demand(m, &t);
    sn_heavy_customers(m, &t);
    sn_make_room(m);
    for (uint32_t i = 0; i < m->firms; i++)
        for (uint32_t left = m->customers[i]; left; left--)
            for (int try = 0; try < SN_TRIES; try++) {
                uint32_t j = sn_customer(m, &t, i);
                if (!sn_take(m, i, j)) continue;
                sn_link(m, i, j, 0.01 + 1000 * sqrt(t.size[i] * t.size[j]) * exp(1.2 * sn_normal(&m->r)));
                break;
            }
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* The matrix comes from 56 kinds of customers and 20 groups of suppliers. */
static uint8_t *sn_class_matrix(struct arena *a, uint32_t industries, uint64_t seed)
{
    enum { CUSTOMERS = 56, SUPPLIERS = 20 };
    struct rng r = { seed };
    uint32_t columns = industries < CUSTOMERS ? industries : CUSTOMERS, rows = industries < SUPPLIERS ? industries : SUPPLIERS;
    uint8_t kind[SUPPLIERS][CUSTOMERS], *class = NEW_ARRAY(a, uint8_t, (size_t)industries * industries);
    for (uint32_t k = 0; k < rows; k++)
        for (uint32_t l = 0; l < columns; l++) {
            double u = sn_uniform(&r);
            kind[k][l] = u < 0.71 ? 0 : u < 0.83 ? 1 : 2;
        }
    for (uint32_t k = 0; k < industries; k++)
        for (uint32_t l = 0; l < industries; l++)
            class[(size_t)k * industries + l] = kind[(uint64_t)k * rows / industries][(uint64_t)l * columns / industries];
    return class;
}

static const uint8_t *supply_classes(struct arena *a, enum supply_classes kind, uint32_t industries, uint64_t seed)
{
    if (kind == CLASS_NONE) return NULL;
    if (kind == CLASS_MATRIX) return sn_class_matrix(a, industries, seed);
    uint8_t *class = NEW_ARRAY(a, uint8_t, (size_t)industries * industries);
    for (size_t k = 0; k < industries; k++) memset(class + k * industries, k % 2 ? 2 : 1, industries);
    return class;
}

static uint32_t sn_industries_of(enum supply_family family, uint32_t firms)
{
    if (family == SPARSE) return firms >= 616 ? 616 : firms < 64 ? 4 : firms / 16;
    return firms >= 6000 ? 600 : firms < 80 ? 8 : firms / 10;
}

/* Everything lies in the arena, what was needed for the making too. */
UNUSED static struct network_input supply_network(struct arena *a, enum supply_family family, enum supply_classes classes,
                                                  uint32_t firms, uint64_t seed)
{
    MUST(firms >= 8);
    struct sn_maker m = { .a = a, .r = { seed * 2 + family }, .firms = firms, .industries = sn_industries_of(family, firms),
                          .industry = NEW_ARRAY(a, uint32_t, firms), .customers = NEW_ARRAY(a, uint32_t, firms) };
    if (family == SPARSE) sn_sparse(&m);
    else sn_heavy_tailed(&m);
    return (struct network_input){ .firms = firms, .industries = m.industries, .industry = m.industry,
                                   .links = { m.n, m.supplier, m.customer, m.value },
                                   .classes = supply_classes(a, classes, m.industries, seed) };
}

#endif
