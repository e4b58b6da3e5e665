/*
 * ranking.c - all closures of a network, and what an edit of its links changes of them.
 *
 * An edit of the link i -> j changes its share of i's revenue, the shares of what j buys, the sales of i and with them the market
 * shares of its whole industry; where revenue or weight of a firm are its sales, or are otherwise not what they were, also the row
 * of Lu and the weight.  A closure that meets none of these with a loss within its steps is left as it is, bit by bit; which ones may
 * is found by going from these places backwards, a step for a step.  It makes no difference whether through the old links or the
 * new: up to the first changed place a way has unchanged links only.
 *
 * What is kept are sums of weights: shares of all weight are made anew, since all weight changes too.
 */
#include "engine/network/closures.h"
#include "engine/network/graph.h"
#include "engine/network/upstream.h"

struct ranking {
    uint32_t     firms;
    double       tolerance;
    uint32_t     most_steps;
    size_t       alone;                 /* links that a closure might follow alone               */
    double      *revenue, *weight;      /* [firms], of the network                               */
    struct risk *lost, *risks;          /* [firms]: sums of weights; shares                      */
    size_t       renewed;
};

const struct risk *ranking_risks(const struct ranking *r) { return r->risks; }
size_t ranking_renewed(const struct ranking *r) { return r->renewed; }

/* ---- what an edit touches ------------------------------------------------------------------- */

#define NEVER UINT32_MAX

struct reach {                          /* who reaches some places, and in how many steps at least */
    const struct network *n;
    uint32_t *steps;                    /* [firms]                                               */
    uint32_t *queue, first, end;
};

static struct reach reach_make(struct arena *a, const struct network *n)
{
    struct reach r = { n, NEW_ARRAY(a, uint32_t, n->firms), NEW_ARRAY(a, uint32_t, n->firms) };
    for (uint32_t i = 0; i < n->firms; i++) r.steps[i] = NEVER;
    return r;
}

static void arrive(struct reach *r, uint32_t firm, uint32_t steps)
{
    if (r->steps[firm] != NEVER) return;
    r->steps[firm] = steps;
    r->queue[r->end++] = firm;
}

static void from_customers(struct reach *r, uint32_t firm)
{
    for (size_t e = r->n->sold_at[firm]; e < r->n->sold_at[firm + 1]; e++) arrive(r, r->n->sold_to[e], r->steps[firm] + 1);
}

static void from_suppliers(struct reach *r, uint32_t firm)
{
    for (size_t e = r->n->bought_at[firm]; e < r->n->bought_at[firm + 1]; e++) arrive(r, r->n->bought_from[e], r->steps[firm] + 1);
}

static void from_felt_suppliers(struct reach *r, uint32_t firm)
{
    for (size_t e = r->n->bought_at[firm]; e < r->n->bought_at[firm + 1]; e++)
        if (network_class(r->n, r->n->bought_from[e], firm)) arrive(r, r->n->bought_from[e], r->steps[firm] + 1);
}

/* Whoever reaches a place in at most so many steps has arrived. */
static void go_back(struct reach *r, uint32_t steps, void (*from)(struct reach *r, uint32_t firm))
{
    while (r->first < r->end && r->steps[r->queue[r->first]] < steps) from(r, r->queue[r->first++]);
}

static bool differ(double x, double y) { return x < y || x > y; }

/* Losses upstream: the row or the weight of a firm counts when it has one, a link of the row when its customer had one a step before. */
static struct reach reach_upstream(struct arena *a, const struct ranking *old, const struct network *n, const struct links *edited,
                                   uint32_t most)
{
    struct reach r = reach_make(a, n);
    for (uint32_t i = 0; i < n->firms; i++)
        if (differ(n->revenue[i], old->revenue[i]) || differ(n->weight[i], old->weight[i])) arrive(&r, i, 0);
    go_back(&r, 1, from_customers);
    for (size_t e = 0; e < edited->n; e++) arrive(&r, edited->customer[e], 1);
    go_back(&r, most, from_customers);
    return r;
}

/*
 * Losses downstream: a firm's weight and the shares of what it buys when it has one; the market of i's industry when one of its firms
 * had one a step before.  How much there would be to pull of a firm's loss upstream decides in which order it is summed: so i's row
 * counts for whom it is up to MOST_PULLED - 1 customers away from.
 */
static struct reach reach_downstream(struct arena *a, const struct ranking *old, const struct network *n, const struct links *edited,
                                     uint32_t most)
{
    struct reach r = reach_make(a, n), pulling = reach_make(a, n);
    bool *market = NEW_ARRAY(a, bool, n->industries);
    for (size_t e = 0; e < edited->n; e++) {
        market[n->industry[edited->supplier[e]]] = true;
        arrive(&pulling, edited->supplier[e], 0);
        arrive(&r, edited->customer[e], 0);
    }
    go_back(&pulling, MOST_PULLED - 1, from_suppliers);
    for (uint32_t k = 0; k < pulling.end; k++) arrive(&r, pulling.queue[k], 0);
    for (uint32_t i = 0; i < n->firms; i++)
        if (differ(n->weight[i], old->weight[i])) arrive(&r, i, 0);
    go_back(&r, 1, from_felt_suppliers);
    for (uint32_t i = 0; i < n->firms; i++)
        if (market[n->industry[i]]) arrive(&r, i, 1);
    go_back(&r, most, from_felt_suppliers);
    return r;
}

/* The firms whose closures the edit touches; gives their number. */
static size_t touched(struct arena *a, const struct ranking *old, const struct network *now, const struct links *edited,
                      uint32_t *firms)
{
    uint32_t most = 0;
    size_t count = 0;
    for (uint32_t i = 0; i < old->firms; i++) most = old->lost[i].steps > most ? old->lost[i].steps : most;
    struct reach up = reach_upstream(a, old, now, edited, most), down = reach_downstream(a, old, now, edited, most);
    for (uint32_t i = 0; i < old->firms; i++)
        if (up.steps[i] <= old->lost[i].steps || down.steps[i] <= old->lost[i].steps) firms[count++] = i;
    return count;
}

/* ---- rankings ------------------------------------------------------------------------------- */

static double *copy(struct arena *a, const double *x, uint32_t n)
{
    double *y = NEW_ARRAY(a, double, n);
    if (n) memcpy(y, x, n * sizeof *y);
    return y;
}

static struct ranking *ranking_of(struct arena *a, const struct network *n, const struct risk_options *o)
{
    struct ranking *r = NEW(a, struct ranking);
    *r = (struct ranking){ .firms = n->firms, .tolerance = o->tolerance, .most_steps = o->most_steps, .alone = closures_alone(n),
                           .revenue = copy(a, n->revenue, n->firms), .weight = copy(a, n->weight, n->firms),
                           .lost = NEW_ARRAY(a, struct risk, n->firms), .risks = NEW_ARRAY(a, struct risk, n->firms) };
    return r;
}

static void share_out(struct ranking *r, double all)
{
    for (uint32_t i = 0; i < r->firms; i++) r->risks[i] = risk_shares(r->lost[i], all);
}

enum err ranking_make(struct arena *a, const struct network *n, const struct risk_options *o, struct ranking **out)
{
    struct ranking *r = ranking_of(a, n, o);
    TRY(closures_lost(n, o, NULL, n->firms, r->lost));
    r->renewed = n->firms;
    share_out(r, n->all_weight);
    *out = r;
    return OK;
}

static enum err renew(struct arena *scratch, struct ranking *r, const struct ranking *old, const struct network *now,
                      const struct links *edited, const struct risk_options *o)
{
    uint32_t *firms = NEW_ARRAY(scratch, uint32_t, r->firms);
    size_t count = touched(scratch, old, now, edited, firms);
    struct risk *lost = NEW_ARRAY(scratch, struct risk, count);
    TRY(closures_lost(now, o, firms, count, lost));
    if (r->firms) memcpy(r->lost, old->lost, r->firms * sizeof *r->lost);
    for (size_t k = 0; k < count; k++) r->lost[firms[k]] = lost[k];
    r->renewed = count;
    return OK;
}

enum { SCRATCH = 128 };                 /* bytes a firm: twice what the arrays of touched() and renew() take */

static bool comparable(const struct ranking *r, const struct ranking *old)
{
    return r->tolerance == old->tolerance && r->most_steps == old->most_steps && r->alone == old->alone;
}

static bool links_within(const struct links *l, uint32_t firms)
{
    for (size_t e = 0; e < l->n; e++)
        if (l->supplier[e] >= firms || l->customer[e] >= firms) return false;
    return true;
}

enum err ranking_edit(struct arena *a, const struct ranking *old, const struct network *now, const struct links *edited,
                      const struct risk_options *o, struct ranking **out)
{
    struct ranking *r = ranking_of(a, now, o);
    if (now->firms != old->firms || !links_within(edited, now->firms)) return ERR_INVALID;
    if (!comparable(r, old)) return ranking_make(a, now, o, out);
    struct arena scratch = scratch_for(now, SCRATCH, 0, 2 * (size_t)now->industries);
    enum err e = renew(&scratch, r, old, now, edited, o);
    arena_free(&scratch);
    if (e) return e;
    share_out(r, now->all_weight);
    *out = r;
    return OK;
}
