/* moved.c - one sale moves in part to another supplier: both tables get one place more, and what is summed of them is summed anew. */
#include "engine/network/diversify.h"

#include <string.h>

struct table { size_t *at; uint32_t *firm; double *value; };     /* sales, or purchases        */

size_t network_moved_bytes(const struct network *n)
{
    size_t by_firm = 2 * sizeof(size_t) + 4 * sizeof(double), by_link = 2 * (sizeof(uint32_t) + sizeof(double));
    size_t gaps = (size_t)16 << 20;                 /* ends of the arena's blocks: half of each at most, and those of a few large ones */
    return 2 * (by_firm * ((size_t)n->firms + 1) + by_link * (n->links + 1)) + gaps;
}

static void *copy(struct arena *a, const void *p, size_t size, size_t n)
{
    return memcpy(arena_raw(a, size, size, n), p, size * n);
}

/* A copy with a new entry in a row, at the place `at`. */
static struct table with_entry(struct arena *a, const struct network *n, const size_t *starts, const uint32_t *firms,
                               const double *values, uint32_t row, size_t at, uint32_t firm, double value)
{
    struct table t = { copy(a, starts, sizeof *starts, (size_t)n->firms + 1),
                       arena_raw(a, sizeof *t.firm, sizeof *t.firm, n->links + 1),
                       arena_raw(a, sizeof *t.value, sizeof *t.value, n->links + 1) };
    for (size_t i = (size_t)row + 1; i <= n->firms; i++) t.at[i]++;
    memcpy(t.firm, firms, at * sizeof *firms);
    memcpy(t.value, values, at * sizeof *values);
    t.firm[at] = firm;
    t.value[at] = value;
    memcpy(t.firm + at + 1, firms + at, (n->links - at) * sizeof *firms);
    memcpy(t.value + at + 1, values + at, (n->links - at) * sizeof *values);
    return t;
}

static struct table moved_sales(struct arena *a, const struct network *n, uint32_t customer, uint32_t from, uint32_t to, double value)
{
    size_t at = n->sold_at[to];
    while (at < n->sold_at[to + 1] && n->sold_to[at] < customer) at++;
    struct table t = with_entry(a, n, n->sold_at, n->sold_to, n->sold, to, at, customer, value);
    for (at = t.at[from]; t.firm[at] != customer;) at++;
    t.value[at] -= value;
    return t;
}

static struct table moved_purchases(struct arena *a, const struct network *n, uint32_t customer, uint32_t from, uint32_t to, double value)
{
    size_t at = n->bought_at[customer];
    while (n->industry[n->bought_from[at]] < n->industry[to]) at++;
    while (at < n->bought_at[customer + 1] && n->industry[n->bought_from[at]] == n->industry[to] && n->bought_from[at] < to) at++;
    struct table t = with_entry(a, n, n->bought_at, n->bought_from, n->bought, customer, at, to, value);
    for (at = t.at[customer]; t.firm[at] != from;) at++;
    t.value[at] -= value;
    return t;
}

static double sum(const struct table *t, uint32_t row)
{
    double all = 0;
    for (size_t e = t->at[row]; e < t->at[row + 1]; e++) all += t->value[e];
    return all;
}

static double total(const double *x, uint32_t n)
{
    double all = 0;
    for (uint32_t i = 0; i < n; i++) all += x[i];
    return all;
}

struct network *network_moved(struct arena *a, const struct network *n, uint32_t customer, uint32_t from, uint32_t to, double value)
{
    struct network *moved = copy(a, n, sizeof *n, 1);
    struct table sold = moved_sales(a, n, customer, from, to, value), bought = moved_purchases(a, n, customer, from, to, value);
    double *sales = copy(a, n->sales, sizeof *sales, n->firms), *purchases = copy(a, n->purchases, sizeof *purchases, n->firms);
    double *revenue = copy(a, n->revenue, sizeof *revenue, n->firms), *weight = copy(a, n->weight, sizeof *weight, n->firms);
    const struct { uint32_t firm; double more; } change[] = { { from, -value }, { to, value } };
    purchases[customer] = sum(&bought, customer);
    for (size_t c = 0; c < COUNT(change); c++) {
        uint32_t i = change[c].firm;
        sales[i] = sum(&sold, i);
        revenue[i] = n->revenue[i] == n->sales[i] ? sales[i] : n->revenue[i] + change[c].more;
        if (n->weight[i] == n->sales[i]) weight[i] = sales[i];
    }
    moved->links = n->links + 1;
    moved->sold_at = sold.at, moved->sold_to = sold.firm, moved->sold = sold.value;
    moved->bought_at = bought.at, moved->bought_from = bought.firm, moved->bought = bought.value;
    moved->sales = sales, moved->purchases = purchases, moved->revenue = revenue, moved->weight = weight;
    moved->all_sales = total(sales, n->firms);
    moved->all_weight = total(weight, n->firms);
    return moved;
}
