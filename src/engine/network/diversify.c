/* diversify.c - candidates by what they promise, then the promising ones computed in full. */
#include "engine/network/diversify.h"
#include "engine/network/structure.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>

enum { CANDIDATES = 8, CANDIDATES_MOST = 64, TIERS = 3, HELD_BACK = 4096 };

/* How many attempts are computed in full for each suggestion asked for; of one customer's, at most so many. */
enum { FULL_CUSTOMER = 2, FULL_CUSTOMER_MOST = 16, FULL_NETWORK = 4 };

static const double shares[] = { 0.5, 0.25 };      /* the first for which there is room          */
static const double spare_usual = 0.1;             /* of sales                                   */

struct attempt {
    uint32_t    customer, from, to;
    double      share, value, promise;
    struct risk before, after, to_before, to_after;
};
struct attempts { struct attempt *p; size_t n, cap; };

struct search {
    const struct diversify_input *in;
    struct arena    scratch;
    const double   *market;                         /* [industries]: sales of its firms           */
    const uint32_t *members_at, *members;           /* [industries + 1] into the firms by industry */
    struct attempts attempts;
    struct arena   *passing;                        /* [threads]                                  */
};

static double spare_of(const struct diversify_input *in, uint32_t i)
{
    return in->spare ? in->spare[i] : in->network->sales[i] * spare_usual;
}

/* ---- candidates ------------------------------------------------------------------------------ */

static void make_members(struct search *s)
{
    const struct network *n = s->in->network;
    double   *market = NEW_ARRAY(&s->scratch, double, n->industries);
    uint32_t *at = NEW_ARRAY(&s->scratch, uint32_t, (size_t)n->industries + 2), *members = NEW_ARRAY(&s->scratch, uint32_t, n->firms);
    for (uint32_t i = 0; i < n->firms; i++) {
        market[n->industry[i]] += n->sales[i];
        at[n->industry[i] + 2]++;
    }
    for (size_t k = 2; k <= n->industries; k++) at[k] += at[k - 1];
    for (uint32_t i = 0; i < n->firms; i++) members[at[n->industry[i] + 1]++] = i;
    s->market = market, s->members_at = at, s->members = members;
}

/* Whether i buys an essential input from x, or from somebody who does, so many tiers up. */
static bool needs(const struct network *n, uint32_t i, uint32_t x, int tiers)
{
    for (size_t e = n->bought_at[i]; e < n->bought_at[i + 1]; e++) {
        uint32_t supplier = n->bought_from[e];
        if (network_class(n, supplier, i) != 2) continue;
        if (supplier == x || (tiers > 1 && needs(n, supplier, x, tiers - 1))) return true;
    }
    return false;
}

static bool sells_to(const struct network *n, uint32_t i, uint32_t j)
{
    for (size_t e = n->sold_at[i]; e < n->sold_at[i + 1]; e++)
        if (n->sold_to[e] == j) return true;
    return false;
}

/* What it promises to give `to` as much of the input as it has room for; 0: nothing. */
static double promise(const struct search *s, const struct single_source *one, uint32_t to, double cost, double *share)
{
    const struct network *n = s->in->network;
    double room = spare_of(s->in, to), fall = n->sales[one->supplier] - n->sales[to];
    if (to == one->supplier || to == one->customer || fall <= 0) return 0;
    for (size_t k = 0; k < COUNT(shares); k++) {
        *share = shares[k];
        if (room >= one->value * *share && one->value * *share > 0) return *share * fall / s->market[one->industry] * cost;
    }
    return 0;
}

/* Into the attempts: the most promising suppliers for an input; cost is what the customer's own stop costs. */
static void consider(struct search *s, const struct single_source *one, double cost, size_t most)
{
    const struct network *n = s->in->network;
    struct attempt best[CANDIDATES_MOST];
    size_t found = 0;
    for (uint32_t m = s->members_at[one->industry]; m < s->members_at[one->industry + 1]; m++) {
        uint32_t to = s->members[m];
        double share, hope = promise(s, one, to, cost, &share);
        if (hope <= 0 || (found == most && hope <= best[found - 1].promise)) continue;
        if (sells_to(n, to, one->customer) || needs(n, to, one->supplier, TIERS)) continue;
        size_t at = found < most ? found++ : found - 1;
        for (; at && best[at - 1].promise < hope; at--) best[at] = best[at - 1];
        best[at] = (struct attempt){ one->customer, one->supplier, to, share, one->value * share, hope };
    }
    for (size_t k = 0; k < found; k++) *GROW(&s->scratch, s->attempts) = best[k];
}

/* ---- in full --------------------------------------------------------------------------------- */

static int by_numbers(const struct attempt *x, const struct attempt *y)
{
    if (x->customer != y->customer) return x->customer < y->customer ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static int by_promise(const void *a, const void *b)
{
    const struct attempt *x = a, *y = b;
    return x->promise > y->promise ? -1 : x->promise < y->promise ? 1 : by_numbers(x, y);
}

static double fall_of(const struct attempt *t)
{
    return t->before.total - t->after.total + t->to_before.total - t->to_after.total;
}

static int by_fall(const void *a, const void *b)
{
    double x = fall_of(a), y = fall_of(b);
    return x > y ? -1 : x < y ? 1 : by_numbers(a, b);
}

/* Only the most promising attempts stay. */
static void keep(struct search *s, size_t full)
{
    struct attempts *t = &s->attempts;
    if (t->n) qsort(t->p, t->n, sizeof *t->p, by_promise);
    if (t->n > full) t->n = full;
}

static void attempt(void *with, size_t k, int thread)
{
    struct search *s = with;
    struct attempt *t = &s->attempts.p[k];
    struct progress *progress = s->in->risk.progress;
    if (progress && progress->stop) return;
    struct risk_options alone = s->in->risk;
    struct risk after[2];
    alone.threads = 1;
    alone.progress = NULL;
    struct arena *a = &s->passing[thread];
    MUST(!risk_closures(network_moved(a, s->in->network, t->customer, t->from, t->to, t->value), &alone,
                        (uint32_t[]){ t->from, t->to }, 2, after));
    arena_reset(a);
    t->after = after[0];
    t->to_after = after[1];
    if (progress) progress->done++;
}

static enum err find_before(struct search *s)
{
    struct risk_options quiet = s->in->risk;
    quiet.progress = NULL;
    size_t n = s->attempts.n;
    uint32_t *firms = NEW_ARRAY(&s->scratch, uint32_t, 2 * n);
    struct risk *risks = NEW_ARRAY(&s->scratch, struct risk, 2 * n);
    for (size_t k = 0; k < n; k++) firms[2 * k] = s->attempts.p[k].from, firms[2 * k + 1] = s->attempts.p[k].to;
    TRY(risk_closures(s->in->network, &quiet, firms, 2 * n, risks));
    for (size_t k = 0; k < n; k++) s->attempts.p[k].before = risks[2 * k], s->attempts.p[k].to_before = risks[2 * k + 1];
    return OK;
}

static enum err try_all(struct search *s)
{
    struct progress *progress = s->in->risk.progress;
    int threads = parallel_threads(s->in->risk.threads);
    TRY(find_before(s));
    if (progress) progress->all = progress->done + s->attempts.n;
    s->passing = NEW_ARRAY(&s->scratch, struct arena, (size_t)threads);
    for (int t = 0; t < threads; t++) s->passing[t] = arena_make(network_moved_bytes(s->in->network), NULL);
    parallel(threads, s->attempts.n, attempt, s);
    for (int t = 0; t < threads; t++) arena_free(&s->passing[t]);
    return progress && progress->stop ? ERR_BUSY : OK;
}

/* The `full` most promising attempts, and of those the `most` best. */
static enum err choose(struct arena *a, struct search *s, size_t full, size_t most, struct suggestion **out, size_t *count)
{
    struct attempts *t = &s->attempts;
    keep(s, full);
    if (t->n) {
        TRY(try_all(s));
        qsort(t->p, t->n, sizeof *t->p, by_fall);
    }
    *out = NEW_ARRAY(a, struct suggestion, t->n < most ? t->n : most);
    for (*count = 0; *count < t->n && *count < most && fall_of(&t->p[*count]) > 0; ++*count) {
        const struct attempt *b = &t->p[*count];
        (*out)[*count] = (struct suggestion){ b->customer, b->from, b->to, b->share, b->before.total, b->after.total,
                                              b->to_before.total, b->to_after.total };
    }
    return OK;
}

/* ---- both ------------------------------------------------------------------------------------ */

static enum err for_customer(struct arena *a, struct search *s, uint32_t customer, size_t most, struct suggestion **out, size_t *count)
{
    struct single_source *sources;
    size_t n, candidates = s->in->candidates ? s->in->candidates : CANDIDATES;
    TRY(structure_single_sources(&s->scratch, s->in->network, &sources, &n));
    for (size_t k = 0; k < n; k++)
        if (sources[k].customer == customer) consider(s, &sources[k], 1, candidates);
    return choose(a, s, most < FULL_CUSTOMER_MOST / FULL_CUSTOMER ? FULL_CUSTOMER * most : FULL_CUSTOMER_MOST, most, out, count);
}

static enum err for_network(struct arena *a, struct search *s, size_t most, struct suggestion **out, size_t *count)
{
    const struct network *n = s->in->network;
    struct single_source *sources;
    size_t found;
    struct risk *risks = NEW_ARRAY(&s->scratch, struct risk, n->firms);
    TRY(risk_closures(n, &s->in->risk, NULL, n->firms, risks));
    TRY(structure_single_sources(&s->scratch, n, &sources, &found));
    size_t full = FULL_NETWORK * most;
    for (size_t k = 0; k < found; k++) {
        consider(s, &sources[k], risks[sources[k].customer].total, 1);
        if (s->attempts.n == full + HELD_BACK) keep(s, full);
    }
    return choose(a, s, full, most, out, count);
}

static bool valid(const struct diversify_input *in)
{
    for (uint32_t i = 0; in->spare && i < in->network->firms; i++)
        if (!(in->spare[i] >= 0 && in->spare[i] < INFINITY)) return false;
    return in->candidates <= CANDIDATES_MOST;
}

/* With room for all single sources and for so many attempts, in a list that doubles as it grows. */
static struct search search_make(const struct diversify_input *in, size_t attempts)
{
    const struct network *n = in->network;
    struct search s = { .in = in };
    size_t by_firm = sizeof(uint32_t) + sizeof(struct risk), by_industry = sizeof(double) + sizeof(uint32_t), gaps = (size_t)16 << 20;
    s.scratch = arena_make(2 * (n->firms * by_firm + n->industries * by_industry + n->links * sizeof(struct single_source)) +
                           4 * attempts * sizeof(struct attempt) + gaps, NULL);
    make_members(&s);
    return s;
}

enum err diversify_customer(struct arena *a, const struct diversify_input *in, uint32_t customer, size_t most,
                            struct suggestion **out, size_t *count)
{
    if (customer >= in->network->firms || !valid(in)) return ERR_INVALID;
    size_t inputs = in->network->bought_at[customer + 1] - in->network->bought_at[customer];
    struct search s = search_make(in, inputs * CANDIDATES_MOST);
    enum err e = for_customer(a, &s, customer, most, out, count);
    arena_free(&s.scratch);
    return e;
}

enum err diversify_network(struct arena *a, const struct diversify_input *in, size_t most, struct suggestion **out, size_t *count)
{
    if (!valid(in)) return ERR_INVALID;
    if (most > in->network->links) most = in->network->links;       /* no more inputs than that    */
    struct search s = search_make(in, FULL_NETWORK * most + HELD_BACK);
    enum err e = for_network(a, &s, most, out, count);
    arena_free(&s.scratch);
    return e;
}
