/*
 * scenario.c - one scenario by steps over the links, each shared by the threads.
 *
 * A step works out anew only the firms of whose suppliers or customers something moved in the step before, as long as that is
 * little, and all of them afterwards.  It makes no difference to any bit: a firm that is left out would get what it has.
 * Sums over firms are made of slices that do not depend on the number of threads.  There is one path only, so it is the same
 * with vectors and without.
 */
#include "engine/network/closures.h"
#include "base/parallel.h"
#include "engine/network/graph.h"
#include "engine/network/operators.h"

#include <math.h>

enum {
    SLICE = 4096,                   /* firms that a thread takes at a time                       */
    MARKET_SLICES = 16,             /* of firms, for the sums of industries                      */
    FEW = 16,                       /* links of what moved, below 1 in so many: firms are marked */
    STEPS = 1000,
};

/* What each firm's purchases do to it: see put_purchases(). */
struct purchases {
    size_t   *at;                   /* [firms]                                                   */
    uint32_t *kept;                 /* [firms]: so many from there                               */
    uint32_t *from;
    double   *share;
};

struct slice {                      /* what a slice of firms adds to a whole                     */
    double drop, total, upstream, downstream;
    size_t moved_sales, moved_purchases;            /* links of firms that moved                 */
};

struct scenario {
    const struct network *n;
    const double     *psi;
    double           *hu, *hd, *next_hu, *next_hd;  /* [firms]                                   */
    double           *lost;         /* [firms] sigma[i] (1 - hd[i])                              */
    double           *market;       /* [MARKET_SLICES][industries], the first one their sum      */
    bool             *moved_hu, *moved_lost;        /* [firms] in the step before                */
    atomic_uchar     *due_hu, *due_hd;              /* [firms] to be worked out in this one      */
    bool              all_hu, all_hd;               /* all are                                   */
    bool              prepared;     /* purchases are                                             */
    struct purchases  purchases;
    struct purchases *row;          /* [threads] those of one firm, before                       */
    struct slice     *slices;
    size_t            slices_n;
};

static uint32_t slice_end(const struct scenario *s, size_t slice)
{
    return (slice + 1) * SLICE < s->n->firms ? (uint32_t)((slice + 1) * SLICE) : s->n->firms;
}

/* ---- downstream ----------------------------------------------------------------------------- */

static double sum_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum;
}

/*
 * The purchases of j that have an effect: from whom, and Ld, of class 1 first, then of class 2 by industry.  The first one of an
 * essential industry has the sign bit set.  Gives their number.
 */
static uint32_t put_purchases(const struct network *n, uint32_t j, uint32_t *from, double *share)
{
    uint32_t kept = 0;
    for (uint8_t kind = 1; kind <= 2; kind++)
        for (size_t e = n->bought_at[j], end; e < n->bought_at[j + 1]; e = end) {
            uint32_t first = kept;
            end = slot_end(n, j, e);
            if (network_class(n, n->bought_from[e], j) != kind) continue;
            double whole = kind == 1 ? n->purchases[j] : sum_of(n->bought + e, end - e);
            for (; e < end; e++, kept++) from[kept] = n->bought_from[e], share[kept] = n->bought[e] / whole;
            if (kind == 2) share[first] = -share[first];
        }
    return kept;
}

/* Losses only add up, so the largest sum of an industry is the largest of all sums on the way. */
static double loss_downstream(const uint32_t *from, const double *share, size_t n, const double *lost)
{
    double sum = 0, worst = 0;
    for (size_t e = 0; e < n; e++) {
        sum = signbit(share[e]) ? 0 : sum;
        sum += fabs(share[e]) * lost[from[e]];
        worst = sum > worst ? sum : worst;
    }
    return worst;
}

static void prepare_slice(void *with, size_t slice, int thread)
{
    struct scenario *s = with;
    struct purchases *p = &s->purchases;
    size_t at = s->n->bought_at[slice * SLICE];
    for (uint32_t j = (uint32_t)(slice * SLICE); j < slice_end(s, slice); j++) {
        p->at[j] = at;
        at += p->kept[j] = put_purchases(s->n, j, p->from + at, p->share + at);
    }
}

static double loss_of_customer(const struct scenario *s, uint32_t j, int thread)
{
    const struct purchases *p = &s->purchases, *row = &s->row[thread];
    if (s->prepared) return loss_downstream(p->from + p->at[j], p->share + p->at[j], p->kept[j], s->lost);
    return loss_downstream(row->from, row->share, put_purchases(s->n, j, row->from, row->share), s->lost);
}

static void sum_market(void *with, size_t slice, int thread)
{
    const struct scenario *s = with;
    const struct network *n = s->n;
    double *sum = s->market + slice * n->industries;
    memset(sum, 0, n->industries * sizeof *sum);
    for (size_t i = n->firms * slice / MARKET_SLICES; i < (size_t)n->firms * (slice + 1) / MARKET_SLICES; i++)
        sum[n->industry[i]] += n->sales[i] * s->hd[i];
}

static void find_lost(void *with, size_t slice, int thread)
{
    const struct scenario *s = with;
    const struct network *n = s->n;
    size_t sales = 0;
    for (uint32_t i = (uint32_t)(slice * SLICE); i < slice_end(s, slice); i++) {
        double lost = market_share(n->sales[i], s->market[n->industry[i]]) * (1 - s->hd[i]);
        s->moved_lost[i] = lost != s->lost[i];
        s->lost[i] = lost;
        if (s->moved_lost[i]) sales += n->sold_at[i + 1] - n->sold_at[i];
    }
    s->slices[slice].moved_sales = sales;
}

/* ---- upstream ------------------------------------------------------------------------------- */

static double loss_upstream(const struct network *n, uint32_t i, const double *hu)
{
    double sum = 0;
    for (size_t e = n->sold_at[i]; e < n->sold_at[i + 1]; e++) sum += n->sold[e] * (1 - hu[n->sold_to[e]]);
    return n->revenue[i] > 0 ? sum / n->revenue[i] : 0;
}

/* ---- steps ---------------------------------------------------------------------------------- */

static void mark(void *with, size_t slice, int thread)
{
    const struct scenario *s = with;
    const struct network *n = s->n;
    for (uint32_t i = (uint32_t)(slice * SLICE); i < slice_end(s, slice); i++) {
        if (s->moved_lost[i] && !s->all_hd)
            for (size_t e = n->sold_at[i]; e < n->sold_at[i + 1]; e++)
                atomic_store_explicit(&s->due_hd[n->sold_to[e]], 1, memory_order_relaxed);
        if (s->moved_hu[i] && !s->all_hu)
            for (size_t e = n->bought_at[i]; e < n->bought_at[i + 1]; e++)
                atomic_store_explicit(&s->due_hu[n->bought_from[e]], 1, memory_order_relaxed);
    }
}

/* Whether a firm was marked; it no longer is. */
static bool is_due(atomic_uchar *mark)
{
    bool due = atomic_load_explicit(mark, memory_order_relaxed);
    if (due) atomic_store_explicit(mark, 0, memory_order_relaxed);
    return due;
}

static double larger(double x, double y) { return x > y ? x : y; }
static double smaller(double x, double y) { return x < y ? x : y; }
static double level(double psi, double loss) { return larger(0, smaller(psi, 1 - loss)); }

static void work_out(void *with, size_t slice, int thread)
{
    const struct scenario *s = with;
    const struct network *n = s->n;
    double drop = 0;
    size_t moved = 0;
    for (uint32_t i = (uint32_t)(slice * SLICE); i < slice_end(s, slice); i++) {
        double hu = s->hu[i], hd = s->hd[i];
        if (s->all_hu || is_due(&s->due_hu[i])) hu = level(s->psi[i], loss_upstream(n, i, s->hu));
        if (s->all_hd || is_due(&s->due_hd[i])) hd = level(s->psi[i], loss_of_customer(s, i, thread));
        drop = larger(drop, larger(s->hu[i] - hu, s->hd[i] - hd));
        s->moved_hu[i] = hu != s->hu[i];
        if (s->moved_hu[i]) moved += n->bought_at[i + 1] - n->bought_at[i];
        s->next_hu[i] = hu;
        s->next_hd[i] = hd;
    }
    s->slices[slice].drop = drop;
    s->slices[slice].moved_purchases = moved;
}

static void swap(double **x, double **y)
{
    double *was = *x;
    *x = *y;
    *y = was;
}

static void choose(struct scenario *s, int threads)
{
    size_t sales = 0, purchases = 0, many = s->n->links / FEW;
    for (size_t i = 0; i < s->slices_n; i++) {
        sales += s->slices[i].moved_sales;
        purchases += s->slices[i].moved_purchases;
    }
    s->all_hd = sales > many;
    s->all_hu = purchases > many;
    if (s->all_hd && !s->prepared) parallel(threads, s->slices_n, prepare_slice, s);
    s->prepared |= s->all_hd;
}

/* Gives the largest drop. */
static double step(struct scenario *s, int threads)
{
    double drop = 0;
    parallel(threads, MARKET_SLICES, sum_market, s);
    for (size_t slice = 1; slice < MARKET_SLICES; slice++)
        for (uint32_t k = 0; k < s->n->industries; k++) s->market[k] += s->market[slice * s->n->industries + k];
    parallel(threads, s->slices_n, find_lost, s);
    choose(s, threads);
    if (!s->all_hu || !s->all_hd) parallel(threads, s->slices_n, mark, s);
    parallel(threads, s->slices_n, work_out, s);
    swap(&s->hu, &s->next_hu);
    swap(&s->hd, &s->next_hd);
    for (size_t i = 0; i < s->slices_n; i++) drop = larger(drop, s->slices[i].drop);
    return drop;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void add_losses(void *with, size_t slice, int thread)
{
    const struct scenario *s = with;
    struct slice *sum = &s->slices[slice];
    for (uint32_t i = (uint32_t)(slice * SLICE); i < slice_end(s, slice); i++) {
        sum->total += s->n->weight[i] * (1 - smaller(s->hu[i], s->hd[i]));
        sum->upstream += s->n->weight[i] * (1 - s->hu[i]);
        sum->downstream += s->n->weight[i] * (1 - s->hd[i]);
    }
}

static struct risk risk_of(struct scenario *s, uint32_t steps, int threads)
{
    struct slice sum = { 0 };
    parallel(threads, s->slices_n, add_losses, s);
    for (size_t i = 0; i < s->slices_n; i++) {
        sum.total += s->slices[i].total;
        sum.upstream += s->slices[i].upstream;
        sum.downstream += s->slices[i].downstream;
    }
    return risk_shares((struct risk){ sum.total, sum.upstream, sum.downstream, steps }, s->n->all_weight);
}

static struct purchases purchases_make(struct arena *a, size_t links)
{
    return (struct purchases){ .from = arena_raw(a, sizeof(uint32_t), _Alignof(uint32_t), links),
                               .share = arena_raw(a, sizeof(double), _Alignof(double), links) };
}

static struct scenario scenario_make(struct arena *a, const struct network *n, const double *psi, int threads)
{
    struct scenario s = { .n = n, .psi = psi, .slices_n = (n->firms + (size_t)SLICE - 1) / SLICE };
    size_t most = 0;
    double **states[] = { &s.hu, &s.hd, &s.next_hu, &s.next_hd };
    for (size_t i = 0; i < COUNT(states); i++) *states[i] = NEW_LARGE(a, double, n->firms);
    memcpy(s.hu, psi, n->firms * sizeof *psi);
    memcpy(s.hd, psi, n->firms * sizeof *psi);
    s.lost = NEW_LARGE(a, double, n->firms);
    s.market = NEW_ARRAY(a, double, (size_t)MARKET_SLICES * n->industries);
    s.moved_hu = NEW_ARRAY(a, bool, n->firms);
    s.moved_lost = NEW_ARRAY(a, bool, n->firms);
    s.due_hu = NEW_ARRAY(a, atomic_uchar, n->firms);
    s.due_hd = NEW_ARRAY(a, atomic_uchar, n->firms);
    s.slices = NEW_ARRAY(a, struct slice, s.slices_n);
    for (uint32_t i = 0; i < n->firms; i++) {
        size_t row = n->bought_at[i + 1] - n->bought_at[i];
        most = row > most ? row : most;
        s.moved_hu[i] = psi[i] < 1;
        if (s.moved_hu[i]) s.slices[i / SLICE].moved_purchases += row;
    }
    s.purchases = purchases_make(a, n->links);
    s.purchases.at = NEW_ARRAY(a, size_t, n->firms);
    s.purchases.kept = NEW_ARRAY(a, uint32_t, n->firms);
    s.row = NEW_ARRAY(a, struct purchases, (size_t)threads);
    for (int t = 0; t < threads; t++) s.row[t] = purchases_make(a, most);
    return s;
}

static bool valid(const struct network *n, const struct risk_options *o, const double *psi)
{
    if (!(o->tolerance > 0 && o->tolerance < 1)) return false;
    for (uint32_t i = 0; i < n->firms; i++)
        if (!(psi[i] >= 0 && psi[i] <= 1)) return false;
    return true;
}

static bool stopped(const struct risk_options *o) { return o->progress && atomic_load(&o->progress->stop); }

enum err risk_scenario(const struct network *n, const struct risk_options *o, const double *psi, double *hu, double *hd,
                       struct risk *out)
{
    if (!valid(n, o, psi)) return ERR_INVALID;
    int threads = parallel_threads(o->threads);
    struct arena a = arena_make(risk_bytes(n->firms, n->industries, n->links, threads), NULL);
    uint32_t steps = 0, most = o->most_steps ? o->most_steps : STEPS;
    struct scenario s = scenario_make(&a, n, psi, threads);
    double drop = 1;
    for (; drop > o->tolerance && steps < most && !stopped(o); steps++) drop = step(&s, threads);
    bool whole = !stopped(o);
    if (whole) *out = risk_of(&s, steps, threads);
    if (whole && hu) memcpy(hu, s.hu, n->firms * sizeof *hu);
    if (whole && hd) memcpy(hd, s.hd, n->firms * sizeof *hd);
    arena_free(&a);
    return whole ? OK : ERR_BUSY;
}
