/*
 * network.c - links in any order become two tables, by supplier and by customer.  Both come from distributing, never from
 * comparing: the links are dealt to their suppliers customer by customer, then to their customers supplier by supplier, so the
 * cost is that of a few passes.  What is summed is summed in the order of the result, but for repeats, which are summed as given.
 */
#include "engine/network/network.h"

#include <math.h>

struct making {
    const struct network_input *in;
    struct arena   *a, scratch;
    struct network *n;
    size_t         *sold_at, *bought_at;
    uint32_t       *sold_to, *bought_from;
    double         *sold, *bought;
};

static size_t scratch_bytes(uint32_t firms, uint32_t industries, size_t links)
{
    return ((size_t)firms * 4 + industries + 8) * sizeof(size_t) + links * sizeof(uint32_t) + ((size_t)5 << 20);
}

size_t network_bytes(uint32_t firms, uint32_t industries, size_t links)
{
    size_t by_firm = 2 * sizeof(size_t) + 4 * sizeof(double) + sizeof(uint32_t), by_link = 2 * (sizeof(uint32_t) + sizeof(double));
    size_t gaps = (size_t)5 << 20;                  /* ends of the arena's blocks                */
    return by_firm * ((size_t)firms + 1) + by_link * links + (size_t)industries * industries + gaps +
           scratch_bytes(firms, industries, links);
}

/* ---- what is refused ------------------------------------------------------------------------ */

static bool all_amounts(const double *x, size_t n, bool unknown_allowed)
{
    for (size_t i = 0; x && i < n; i++)
        if (!(isfinite(x[i]) && x[i] >= 0) && !(unknown_allowed && isnan(x[i]))) return false;
    return true;
}

static bool all_below(const uint32_t *x, size_t n, uint32_t end)
{
    for (size_t i = 0; i < n; i++)
        if (x[i] >= end) return false;
    return true;
}

static bool valid(const struct network_input *in)
{
    for (size_t c = 0; in->classes && c < (size_t)in->industries * in->industries; c++)
        if (in->classes[c] > 2) return false;
    return all_below(in->industry, in->firms, in->industries) && all_below(in->links.supplier, in->links.n, in->firms) &&
           all_below(in->links.customer, in->links.n, in->firms) && all_amounts(in->links.value, in->links.n, false) &&
           all_amounts(in->revenue, in->firms, true) && all_amounts(in->weight, in->firms, false);
}

/* ---- dealing -------------------------------------------------------------------------------- */

/* The numbers 0 .. n-1 by their keys, equal keys in the order of before (NULL: of the numbers). */
static void deal(struct arena *scratch, const uint32_t *key, uint32_t keys, const uint32_t *before, size_t n, uint32_t *out)
{
    size_t *at = NEW_ARRAY(scratch, size_t, (size_t)keys + 1);
    for (size_t i = 0; i < n; i++) at[key[i] + 1]++;
    for (size_t k = 0; k < keys; k++) at[k + 1] += at[k];
    for (size_t i = 0; i < n; i++) {
        uint32_t x = before ? before[i] : (uint32_t)i;
        out[at[key[x]]++] = x;
    }
}

/* Where each one's part starts when they have so many each: at[k] is to hold the number of k-1's. */
static void add_up(size_t *at, uint32_t n)
{
    for (size_t k = 0; k < n; k++) at[k + 1] += at[k];
}

/* The sales of each firm: links dealt by customer, then put to their suppliers, where a repeat meets its like. */
static void make_sales(struct making *m)
{
    const struct links *l = &m->in->links;
    uint32_t firms = m->in->firms, *by_customer = NEW_ARRAY(&m->scratch, uint32_t, l->n);
    deal(&m->scratch, l->customer, firms, NULL, l->n, by_customer);
    size_t *end = NEW_ARRAY(&m->scratch, size_t, (size_t)firms + 1);
    for (size_t e = 0; e < l->n; e++) m->sold_at[l->supplier[e] + 1]++;
    add_up(m->sold_at, firms);
    memcpy(end, m->sold_at, firms * sizeof *end);
    for (size_t k = 0; k < l->n; k++) {
        uint32_t e = by_customer[k], i = l->supplier[e];
        if (l->value[e] <= 0) continue;
        if (end[i] > m->sold_at[i] && m->sold_to[end[i] - 1] == l->customer[e]) {
            m->sold[end[i] - 1] += l->value[e];
            continue;
        }
        m->sold_to[end[i]] = l->customer[e];
        m->sold[end[i]++] = l->value[e];
    }
    size_t kept = 0;                                /* close the gaps that repeats and zeros left */
    for (uint32_t i = 0; i < firms; i++) {
        size_t from = m->sold_at[i], n = end[i] - from;
        memmove(m->sold_to + kept, m->sold_to + from, n * sizeof *m->sold_to);
        memmove(m->sold + kept, m->sold + from, n * sizeof *m->sold);
        m->sold_at[i] = kept;
        kept += n;
    }
    m->sold_at[firms] = m->n->links = kept;
}

/* The purchases of each firm: the suppliers, industry by industry, put their sales to their customers. */
static void make_purchases(struct making *m)
{
    uint32_t firms = m->in->firms, *suppliers = NEW_ARRAY(&m->scratch, uint32_t, firms);
    deal(&m->scratch, m->in->industry, m->in->industries, NULL, firms, suppliers);
    for (size_t e = 0; e < m->n->links; e++) m->bought_at[m->sold_to[e] + 1]++;
    add_up(m->bought_at, firms);
    size_t *end = NEW_ARRAY(&m->scratch, size_t, (size_t)firms + 1);
    memcpy(end, m->bought_at, firms * sizeof *end);
    for (uint32_t k = 0; k < firms; k++)
        for (size_t e = m->sold_at[suppliers[k]]; e < m->sold_at[suppliers[k] + 1]; e++) {
            size_t to = end[m->sold_to[e]]++;
            m->bought_from[to] = suppliers[k];
            m->bought[to] = m->sold[e];
        }
}

/* ---- sums ----------------------------------------------------------------------------------- */

static const double *sums(struct making *m, const size_t *at, const double *value)
{
    double *sum = NEW_ARRAY(m->a, double, m->in->firms);
    for (uint32_t i = 0; i < m->in->firms; i++)
        for (size_t e = at[i]; e < at[i + 1]; e++) sum[i] += value[e];
    return sum;
}

static double total(const double *x, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) sum += x[i];
    return sum;
}

static const double *known_or(struct making *m, const double *given, const double *otherwise)
{
    double *x = NEW_ARRAY(m->a, double, m->in->firms);
    for (uint32_t i = 0; i < m->in->firms; i++) x[i] = given && !isnan(given[i]) ? given[i] : otherwise[i];
    return x;
}

static const uint8_t *classes_of(struct making *m)
{
    size_t cells = (size_t)m->in->industries * m->in->industries;
    uint8_t *classes = NEW_ARRAY(m->a, uint8_t, cells);
    if (m->in->classes && cells) memcpy(classes, m->in->classes, cells);
    else memset(classes, 1, cells);
    return classes;
}

static const uint32_t *industries_of(struct making *m)
{
    uint32_t *industry = NEW_ARRAY(m->a, uint32_t, m->in->firms);
    if (m->in->firms) memcpy(industry, m->in->industry, m->in->firms * sizeof *industry);
    return industry;
}

enum err network_make(struct arena *a, const struct network_input *in, struct network **out)
{
    if (in->links.n > UINT32_MAX) return ERR_TOO_BIG;
    if (!valid(in)) return ERR_INVALID;
    struct making m = { .in = in, .a = a, .scratch = arena_make(scratch_bytes(in->firms, in->industries, in->links.n), NULL),
                        .n = NEW(a, struct network), .sold_at = NEW_ARRAY(a, size_t, (size_t)in->firms + 1),
                        .bought_at = NEW_ARRAY(a, size_t, (size_t)in->firms + 1),
                        .sold_to = NEW_ARRAY(a, uint32_t, in->links.n), .sold = NEW_ARRAY(a, double, in->links.n) };
    make_sales(&m);
    m.bought_from = NEW_ARRAY(a, uint32_t, m.n->links);
    m.bought = NEW_ARRAY(a, double, m.n->links);
    make_purchases(&m);
    arena_free(&m.scratch);
    const double *sales = sums(&m, m.sold_at, m.sold);
    *m.n = (struct network){
        .firms = in->firms, .industries = in->industries, .links = m.n->links, .industry = industries_of(&m), .classes = classes_of(&m),
        .sold_at = m.sold_at, .sold_to = m.sold_to, .sold = m.sold,
        .bought_at = m.bought_at, .bought_from = m.bought_from, .bought = m.bought,
        .sales = sales, .purchases = sums(&m, m.bought_at, m.bought),
        .revenue = known_or(&m, in->revenue, sales), .weight = known_or(&m, in->weight, sales),
        .all_sales = total(sales, in->firms) };
    m.n->all_weight = total(m.n->weight, in->firms);
    if (!isfinite(m.n->all_sales) || !isfinite(m.n->all_weight)) return ERR_INVALID;
    *out = m.n;
    return OK;
}
