/*
 * plain_risk.h - the recursion of engine/network/risk.h, plainly: every step passes over every link.  What the engine answers
 * must be the same, and is measured against this.  Formulas and symbols are those of that header.
 * Functions are static, since each program that includes this is one file.
 */
#ifndef BENCH_PLAIN_RISK_H
#define BENCH_PLAIN_RISK_H

#include "engine/network/risk.h"

#include <math.h>

struct plain {
    uint32_t        firms, industries;
    const uint32_t *industry;
    size_t         *sold_at, *bought_at;            /* [firms + 1]: sales by supplier; purchases by customer, then industry */
    uint32_t       *sold_to, *bought_from;
    double         *lu, *ld;                        /* Lu of each sale, Ld of each purchase      */
    uint8_t        *class;                          /* of each purchase                          */
    double         *s, *c, *revenue, *weight, all_weight;
    double         *market, *sigma;                 /* [industries], [firms]                     */
    double         *hu, *hd, *next_hu, *next_hd;
};

/* The order of links by key, equal ones as they were in the order before. */
static void plain_sort(struct arena *a, uint32_t *order, size_t n, const uint32_t *key, const uint32_t *of, uint32_t keys)
{
    size_t *at = NEW_ARRAY(a, size_t, (size_t)keys + 1);
    uint32_t *was = NEW_ARRAY(a, uint32_t, n);
    for (size_t e = 0; e < n; e++) was[e] = order[e], at[(of ? of[key[e]] : key[e]) + 1]++;
    for (uint32_t k = 0; k < keys; k++) at[k + 1] += at[k];
    for (size_t e = 0; e < n; e++) order[at[of ? of[key[was[e]]] : key[was[e]]]++] = was[e];
}

static void plain_sums(struct arena *a, struct plain *p, const struct network_input *in)
{
    p->s = NEW_ARRAY(a, double, p->firms);
    p->c = NEW_ARRAY(a, double, p->firms);
    p->revenue = NEW_ARRAY(a, double, p->firms);
    p->weight = NEW_ARRAY(a, double, p->firms);
    for (size_t e = 0; e < in->links.n; e++) {
        p->s[in->links.supplier[e]] += in->links.value[e];
        p->c[in->links.customer[e]] += in->links.value[e];
    }
    for (uint32_t i = 0; i < p->firms; i++) {
        p->revenue[i] = in->revenue && !isnan(in->revenue[i]) ? in->revenue[i] : p->s[i];
        p->weight[i] = in->weight ? in->weight[i] : p->s[i];
        p->all_weight += p->weight[i];
    }
}

static void plain_upstream(struct arena *a, struct plain *p, const struct links *l, uint32_t *order)
{
    p->sold_at = NEW_ARRAY(a, size_t, (size_t)p->firms + 1);
    p->sold_to = NEW_ARRAY(a, uint32_t, l->n);
    p->lu = NEW_ARRAY(a, double, l->n);
    plain_sort(a, order, l->n, l->supplier, NULL, p->firms);
    for (size_t e = 0; e < l->n; e++) {
        uint32_t i = l->supplier[order[e]];
        p->sold_at[i + 1] = e + 1;
        p->sold_to[e] = l->customer[order[e]];
        p->lu[e] = p->revenue[i] > 0 ? l->value[order[e]] / p->revenue[i] : 0;
    }
    for (uint32_t i = 0; i < p->firms; i++)
        if (!p->sold_at[i + 1]) p->sold_at[i + 1] = p->sold_at[i];
}

/* The end of the purchases from the industry of purchase e, of those before end. */
static size_t plain_group(const struct plain *p, size_t e, size_t end)
{
    uint32_t industry = p->industry[p->bought_from[e]];
    while (e < end && p->industry[p->bought_from[e]] == industry) e++;
    return e;
}

static void plain_downstream(struct arena *a, struct plain *p, const struct network_input *in, uint32_t *order)
{
    const struct links *l = &in->links;
    p->bought_at = NEW_ARRAY(a, size_t, (size_t)p->firms + 1);
    p->bought_from = NEW_ARRAY(a, uint32_t, l->n);
    p->ld = NEW_ARRAY(a, double, l->n);
    p->class = NEW_ARRAY(a, uint8_t, l->n);
    plain_sort(a, order, l->n, l->supplier, p->industry, p->industries);
    plain_sort(a, order, l->n, l->customer, NULL, p->firms);
    for (size_t e = 0; e < l->n; e++) {
        p->bought_at[l->customer[order[e]] + 1] = e + 1;
        p->bought_from[e] = l->supplier[order[e]];
    }
    for (uint32_t j = 0; j < p->firms; j++) {
        if (!p->bought_at[j + 1]) p->bought_at[j + 1] = p->bought_at[j];
        for (size_t e = p->bought_at[j], end; e < p->bought_at[j + 1]; e = end) {
            uint32_t k = p->industry[p->bought_from[e]];
            uint8_t class = in->classes ? in->classes[(size_t)k * p->industries + p->industry[j]] : 1;
            double of_industry = 0;
            end = plain_group(p, e, p->bought_at[j + 1]);
            for (size_t i = e; i < end; i++) of_industry += l->value[order[i]];
            double all = class == 2 ? of_industry : p->c[j];
            for (size_t i = e; i < end; i++) {
                p->class[i] = class;
                p->ld[i] = class && all > 0 ? l->value[order[i]] / all : 0;
            }
        }
    }
}

/* The same network with states of its own, for another thread. */
static struct plain plain_states(struct arena *a, const struct plain *of)
{
    struct plain p = *of;
    double **states[] = { &p.sigma, &p.hu, &p.hd, &p.next_hu, &p.next_hd };
    for (size_t i = 0; i < COUNT(states); i++) *states[i] = NEW_ARRAY(a, double, p.firms);
    p.market = NEW_ARRAY(a, double, p.industries);
    return p;
}

static struct plain plain_make(struct arena *a, const struct network_input *in)
{
    struct plain p = { .firms = in->firms, .industries = in->industries, .industry = in->industry };
    uint32_t *order = NEW_ARRAY(a, uint32_t, in->links.n);
    for (size_t e = 0; e < in->links.n; e++) order[e] = (uint32_t)e;
    plain_sums(a, &p, in);
    plain_upstream(a, &p, &in->links, order);
    plain_downstream(a, &p, in, order);
    return plain_states(a, &p);
}

static double plain_level(double psi, double loss) { return fmax(0, fmin(psi, 1 - loss)); }

static void plain_shares(struct plain *p)
{
    memset(p->market, 0, p->industries * sizeof *p->market);
    for (uint32_t i = 0; i < p->firms; i++) p->market[p->industry[i]] += p->s[i] * p->hd[i];
    for (uint32_t i = 0; i < p->firms; i++) {
        double left = p->market[p->industry[i]];
        p->sigma[i] = left > 0 ? fmin(1, p->s[i] / left) : 1;
    }
}

static double plain_loss_upstream(const struct plain *p, uint32_t i)
{
    double loss = 0;
    for (size_t e = p->sold_at[i]; e < p->sold_at[i + 1]; e++) loss += p->lu[e] * (1 - p->hu[p->sold_to[e]]);
    return loss;
}

static double plain_loss_downstream(const struct plain *p, uint32_t j)
{
    double essential = 0, linear = 0;
    for (size_t e = p->bought_at[j], end; e < p->bought_at[j + 1]; e = end) {
        double loss = 0;
        end = plain_group(p, e, p->bought_at[j + 1]);
        for (size_t i = e; i < end; i++) loss += p->sigma[p->bought_from[i]] * p->ld[i] * (1 - p->hd[p->bought_from[i]]);
        if (p->class[e] == 2) essential = fmax(essential, loss);
        else linear += loss;
    }
    return fmax(essential, linear);
}

/* One step; gives the largest drop. */
static double plain_step(struct plain *p, const double *psi)
{
    double drop = 0, *was;
    plain_shares(p);
    for (uint32_t i = 0; i < p->firms; i++) {
        p->next_hu[i] = plain_level(psi[i], plain_loss_upstream(p, i));
        p->next_hd[i] = plain_level(psi[i], plain_loss_downstream(p, i));
        drop = fmax(drop, fmax(p->hu[i] - p->next_hu[i], p->hd[i] - p->next_hd[i]));
    }
    was = p->hu, p->hu = p->next_hu, p->next_hu = was;
    was = p->hd, p->hd = p->next_hd, p->next_hd = was;
    return drop;
}

/* p->hu and p->hd are then the states in the end. */
static struct risk plain_scenario(struct plain *p, const double *psi, double tolerance, uint32_t most_steps)
{
    struct risk r = { 0 };
    double drop;
    memcpy(p->hu, psi, p->firms * sizeof *psi);
    memcpy(p->hd, psi, p->firms * sizeof *psi);
    do {
        drop = plain_step(p, psi);
        r.steps++;
    } while (drop > tolerance && r.steps < (most_steps ? most_steps : 1000));
    for (uint32_t i = 0; i < p->firms; i++) {
        r.total += p->weight[i] * (1 - fmin(p->hu[i], p->hd[i]));
        r.upstream += p->weight[i] * (1 - p->hu[i]);
        r.downstream += p->weight[i] * (1 - p->hd[i]);
    }
    double all = p->all_weight > 0 ? p->all_weight : 1;
    return (struct risk){ r.total / all, r.upstream / all, r.downstream / all, r.steps };
}

/* psi: [firms], all 1, and all 1 again afterwards. */
UNUSED static struct risk plain_closure(struct plain *p, double *psi, uint32_t firm, double tolerance)
{
    psi[firm] = 0;
    struct risk r = plain_scenario(p, psi, tolerance, 0);
    psi[firm] = 1;
    return r;
}

#endif
