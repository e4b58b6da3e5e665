#include "programme/network/why.h"

#include <math.h>
#include <stdlib.h>

/* ---- the ways of a loss --------------------------------------------------------------------- */

struct ways {
    const struct supply_view *v;
    const double *h;                        /* states: what is left of each firm, downstream or upstream */
    uint8_t      *tier;                     /* [nodes]: links from the firm; FAR: not reached          */
    uint32_t     *from;                     /* [nodes]: the one before, on the way                     */
    double       *carried;                  /* [nodes]: of the loss, by the link from it               */
    uint32_t     *now, *next;               /* the firms of a tier                                     */
    size_t        now_n, next_n;
};
enum { FAR = 0xFF };

static void arrive(struct ways *s, uint32_t from, uint32_t at, double value)
{
    double carried = value * (1 - s->h[from]);
    bool first = s->tier[at] == FAR;
    if (!(carried > 0) || (!first && (s->tier[at] != s->tier[from] + 1 || carried <= s->carried[at]))) return;
    if (first) s->next[s->next_n++] = at;
    s->tier[at] = (uint8_t)(s->tier[from] + 1);
    s->from[at] = from;
    s->carried[at] = carried;
}

static void step_from(struct ways *s, uint32_t node, bool upstream)
{
    size_t n;
    if (upstream) {
        const uint32_t *bought = supply_purchases(s->v, node, &n);
        for (size_t i = 0; i < n; i++) arrive(s, node, s->v->links[bought[i]].supplier, s->v->links[bought[i]].value);
    } else {
        const struct view_link *sold = supply_sales(s->v, node, &n);
        for (size_t i = 0; i < n; i++) arrive(s, node, sold[i].customer, sold[i].value);
    }
}

static struct ways ways_from(struct arena *a, const struct supply_view *v, uint32_t node, const double *h, bool upstream)
{
    size_t n = v->nodes_n;
    struct ways s = { v, h, NEW_ARRAY(a, uint8_t, n), NEW_ARRAY(a, uint32_t, n), NEW_ARRAY(a, double, n),
                      NEW_ARRAY(a, uint32_t, n), NEW_ARRAY(a, uint32_t, n), 1, 0 };
    memset(s.tier, FAR, n);
    s.tier[node] = 0;
    s.now[0] = node;
    for (int tier = 0; tier < WHY_STEPS && s.now_n; tier++) {
        for (size_t i = 0; i < s.now_n; i++) step_from(&s, s.now[i], upstream);
        uint32_t *reached = s.next;
        s.next = s.now;
        s.now = reached;
        s.now_n = s.next_n;
        s.next_n = 0;
    }
    return s;
}

static void put_way(const struct ways *s, struct loss *l)
{
    l->steps = s->tier[l->node] == FAR ? 0 : s->tier[l->node];
    uint32_t at = l->node;
    for (size_t i = l->steps; i-- > 0; at = s->from[at]) l->way[i] = at;
}

/* ---- losses --------------------------------------------------------------------------------- */

static int by_lost(const void *a, const void *b)
{
    const struct loss *x = a, *y = b;
    if (x->lost != y->lost) return x->lost > y->lost ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static void find_losses(struct arena *a, const struct supply_view *v, uint32_t node, const double *hu, const double *hd, struct why *out)
{
    struct ways up = ways_from(a, v, node, hu, true), down = ways_from(a, v, node, hd, false);
    struct { struct loss *p; size_t n, cap; } list = { 0 };
    for (uint32_t i = 0; i < v->nodes_n; i++) {
        struct loss l = { .node = i, .upstream = hu[i] < hd[i] };
        l.lost = v->network->weight[i] * (1 - fmin(hu[i], hd[i]));
        if (!(l.lost > 0)) continue;
        put_way(l.upstream ? &up : &down, &l);
        out->lost += l.lost;
        out->others += i != node;
        if (i == node || l.steps) {
            out->by_tier[l.steps] += l.lost;
            *GROW(a, list) = l;
        } else out->hidden += l.lost;
    }
    out->losses = list.p;
    out->losses_n = list.n;
    if (out->losses_n) qsort(out->losses, out->losses_n, sizeof *out->losses, by_lost);
    for (size_t i = 0; i < out->losses_n; i++) out->losses[i].share = out->losses[i].lost / out->lost;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void find_alone(struct arena *a, const struct supply_view *v, uint32_t node, struct why *out)
{
    size_t n;
    const struct view_link *sold = supply_sales(v, node, &n);
    out->alone = NEW_ARRAY(a, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        if (sold[i].single) out->alone[out->alone_n++] = (uint32_t)(v->sales_at[node] + i);
}

enum err why_of(struct arena *a, const struct supply_view *v, uint32_t node, size_t most, struct why *out)
{
    struct risk_options o = { .tolerance = v->tolerance, .threads = 1 };
    double *psi = NEW_ARRAY(a, double, v->nodes_n), *hu = NEW_ARRAY(a, double, v->nodes_n), *hd = NEW_ARRAY(a, double, v->nodes_n);
    for (uint32_t i = 0; i < v->nodes_n; i++) psi[i] = i == node ? 0 : 1;
    *out = (struct why){ 0 };
    TRY(risk_scenario(v->network, &o, psi, hu, hd, &out->risk));
    find_losses(a, v, node, hu, hd, out);
    if (out->losses_n > most) out->losses_n = most;
    find_alone(a, v, node, out);
    return OK;
}
