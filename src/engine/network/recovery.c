/*
 * recovery.c - the linear program of recovery.h for one firm after the other, made small before GLPK sees it, exactly:
 *
 * An industry is scarce if its spare capacity may not do for what is missing of it.  If all others are taken to replace whatever is
 * missing of them, the losses without any supply instead (worst case: tier by tier, no program needed) bound the answer, and an
 * industry whose spare capacity does for the worst case is not scarce indeed.  So scarce industries are found by beginning with none
 * and adding those for which it does not; what they do not reach is not in the program.  Where no scarce industry has anything spare,
 * the worst case is the answer.
 */
#include "engine/network/recovery.h"
#include "engine/network/linear.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>

static const double DAYS = 365;

struct list { uint32_t *p; size_t n; };
struct point { double days, value; };       /* a customer whose stock lasts so long, and what it then misses a year */
struct instead { size_t at; uint32_t column; double whole; };       /* y of the input that begins at the purchase `at`, as a share of `whole` */

/* The firm that is out. */
struct outage { uint32_t firm; double days, lost; };

/* What a thread works with.  Between firms all arrays are zero and all lists empty. */
struct desk {
    struct arena  passing;                  /* the program                                       */
    double       *lost;                     /* [firms] f of the tier that is reached             */
    double       *next;                     /* [firms] f of the next, for those in `touched`     */
    uint32_t     *column, *next_column;     /* [firms] the program's column for it; 0: none      */
    bool         *marked;                   /* [firms] in `touched`                              */
    struct list   reached;                  /* all that lose anything, `firm` first              */
    struct list   risen;                    /* those that lose more than a tier ago              */
    struct list   touched;                  /* their customers                                   */
    bool         *scarce;                   /* [industries]                                      */
    double       *missing, *unspare;        /* [industries] at worst; spare capacity of those that do not work */
    struct point *points;                   /* [firms]                                           */
    struct linear program;
    uint32_t     *instead_at;               /* [links] where y of the input that begins there is in `instead`, + 1 */
    struct { struct instead *p; size_t n, cap; } instead;
    uint32_t     *row;                      /* [industries] of its spare capacity                */
};

struct job {
    const struct network        *n;
    const struct recovery_input *in;
    const uint32_t              *firms;
    struct progress             *progress;
    struct recovery             *out;
    double                      *spare;     /* [industries] a year                               */
    double                      *felt;      /* [firms] sales that are felt when they fail        */
    struct desk                 *desks;     /* one for each thread                               */
    uint32_t                     depth;
};

static double stock_of(const struct job *job, uint32_t i)
{
    return job->in->stock_days ? job->in->stock_days[i] : 0;
}

static double spare_of(const struct job *job, uint32_t i)
{
    return job->in->spare ? job->in->spare[i] * job->n->revenue[i] : 0;
}

/* What others of an industry can supply when x is out, if nobody else loses anything. */
static double spare_beside(const struct job *job, uint32_t x, uint32_t industry)
{
    double spare = job->spare[industry] - (job->n->industry[x] == industry ? spare_of(job, x) : 0);
    return spare > 0 ? spare : 0;
}

/* ---- what a firm buys from one industry ------------------------------------------------------ */

struct input { size_t from, to; uint32_t industry; uint8_t class; double all; };      /* purchases [from, to), their sum */

/* The input that begins at the purchase `from` of firm j. */
static struct input input_at(const struct network *n, uint32_t j, size_t from)
{
    struct input in = { from, from, n->industry[n->bought_from[from]], network_class(n, n->bought_from[from], j), 0 };
    for (; in.to < n->bought_at[j + 1] && n->industry[n->bought_from[in.to]] == in.industry; in.to++) in.all += n->bought[in.to];
    return in;
}

/* What the loss of it is measured by. */
static double whole(const struct network *n, uint32_t j, const struct input *in)
{
    return in->class == 2 ? in->all : n->purchases[j];
}

/* ---- time to survive ------------------------------------------------------------------------- */

static int by_days(const void *a, const void *b)
{
    const struct point *p = a, *q = b;
    return p->days < q->days ? -1 : p->days > q->days;
}

static struct point point_of(const struct job *job, uint32_t x, uint32_t j, double value)
{
    const struct network *n = job->n;
    double stock = stock_of(job, j), own = stock_of(job, x);
    if (stock <= 0) return (struct point){ own, value };
    for (size_t at = n->bought_at[j];;) {
        struct input in = input_at(n, j, at);
        if (in.industry == n->industry[x]) return (struct point){ own + stock * whole(n, j, &in) / value, value };
        at = in.to;
    }
}

/* After T days customers lack the sum of value (T - days) over the points before T, and others have supplied T spare: the T where
 * the first overtakes the second. */
static double survive_days(const struct job *job, struct desk *d, uint32_t x)
{
    const struct network *n = job->n;
    double spare = spare_beside(job, x, n->industry[x]), value = 0, sum = 0;
    size_t points = 0;
    for (size_t e = n->sold_at[x]; e < n->sold_at[x + 1]; e++)
        if (n->sold_to[e] != x && network_class(n, x, n->sold_to[e]))
            d->points[points++] = point_of(job, x, n->sold_to[e], n->sold[e]);
    qsort(d->points, points, sizeof *d->points, by_days);
    for (size_t i = 0; i < points; i++) {
        value += d->points[i].value;
        sum += d->points[i].value * d->points[i].days;
        double days = value > spare ? sum / (value - spare) : INFINITY;
        if (days < INFINITY && (i + 1 == points || days <= d->points[i + 1].days)) return days;
    }
    return INFINITY;
}

/* ---- tier by tier ---------------------------------------------------------------------------- */

static bool is_scarce(const struct job *job, const struct desk *d, uint32_t x, uint32_t industry)
{
    return d->scarce[industry] || spare_beside(job, x, industry) <= 0;
}

static double missing_of(const struct network *n, const struct desk *d, const struct input *in)
{
    double missing = 0;
    for (size_t e = in->from; e < in->to; e++) missing += n->bought[e] * d->lost[n->bought_from[e]];
    return missing;
}

/* The share of j's output that is lost when nobody supplies what is scarce instead. */
static double worst_of(const struct job *job, const struct desk *d, const struct outage *out, uint32_t j)
{
    const struct network *n = job->n;
    double essential = 0, partial = 0;
    for (size_t at = n->bought_at[j]; at < n->bought_at[j + 1];) {
        struct input in = input_at(n, j, at);
        at = in.to;
        if (!in.class || !is_scarce(job, d, out->firm, in.industry)) continue;
        double share = missing_of(n, d, &in) / whole(n, j, &in);
        if (in.class == 1) partial += share;
        else if (share > essential) essential = share;
    }
    double lost = fmin(1, fmax(essential, partial)) - stock_of(job, j) / out->days;
    return lost > 0 ? lost : 0;
}


/* ---- the rows of a firm in a tier ------------------------------------------------------------ */

/* The column for what others supply of an input; 0: nobody has anything to speak of. */
static uint32_t instead_of(const struct job *job, struct desk *d, uint32_t x, const struct input *in, double whole, double share)
{
    if (spare_beside(job, x, in->industry) <= RECOVERY_LEAST * whole) return 0;
    uint32_t *at = &d->instead_at[in->from];
    if (!*at) {
        *GROW(&d->passing, d->instead) = (struct instead){ in->from, linear_column(&d->program, 0, 0), whole };
        *at = (uint32_t)d->instead.n;
    }
    uint32_t column = d->instead.p[*at - 1].column;
    struct linear_column *c = &d->program.columns.p[column];
    c->most = fmax(c->most, share);
    return column;
}

/* Into the row: less what is missing of the input, as a share of the whole. */
static void put_missing(const struct network *n, struct desk *d, uint32_t row, const struct input *in, double whole)
{
    for (size_t e = in->from; e < in->to; e++) {
        uint32_t i = n->bought_from[e];
        double   share = n->bought[e] / whole;
        if (d->column[i]) linear_put(&d->program, row, d->column[i], -share);
        else d->program.rows.p[row] += share * d->lost[i];         /* of the firm that is out        */
    }
}

static void put_essential(const struct job *job, struct desk *d, const struct outage *out, const struct input *in, double share,
                          double stock, uint32_t column)
{
    uint32_t row = linear_row(&d->program, -stock), instead = instead_of(job, d, out->firm, in, in->all, share);
    linear_put(&d->program, row, column, 1);
    if (instead) linear_put(&d->program, row, instead, 1);
    put_missing(job->n, d, row, in, in->all);
}

/* An input of class 1 in the firm's row for all of them. */
static void put_partial(const struct job *job, struct desk *d, const struct outage *out, const struct input *in, double whole,
                        double share, uint32_t row)
{
    uint32_t instead = instead_of(job, d, out->firm, in, whole, share);
    if (!instead) {
        put_missing(job->n, d, row, in, whole);
        return;
    }
    uint32_t missing = linear_column(&d->program, 0, share), rest = linear_row(&d->program, 0);
    linear_put(&d->program, row, missing, -1);
    linear_put(&d->program, rest, missing, 1);
    linear_put(&d->program, rest, instead, 1);
    put_missing(job->n, d, rest, in, whole);
}

static void put_firm(const struct job *job, struct desk *d, const struct outage *out, uint32_t j, double worst)
{
    const struct network *n = job->n;
    uint32_t column = linear_column(&d->program, 0, worst), partial = 0;
    double   stock = stock_of(job, j) / out->days;
    for (size_t at = n->bought_at[j]; at < n->bought_at[j + 1];) {
        struct input in = input_at(n, j, at);
        at = in.to;
        if (!in.class || !is_scarce(job, d, out->firm, in.industry)) continue;
        double all = whole(n, j, &in), share = missing_of(n, d, &in) / all;
        if (share < LINEAR_LEAST) continue;
        if (in.class == 2) {
            put_essential(job, d, out, &in, share, stock, column);
            continue;
        }
        if (!partial) linear_put(&d->program, partial = linear_row(&d->program, -stock), column, 1);
        put_partial(job, d, out, &in, all, share, partial);
    }
    d->next_column[j] = column;
}

/* ---- tier by tier ---------------------------------------------------------------------------- */

static void touch_customers(const struct job *job, struct desk *d, uint32_t x, uint32_t i)
{
    const struct network *n = job->n;
    if (!is_scarce(job, d, x, n->industry[i])) return;
    for (size_t e = n->sold_at[i]; e < n->sold_at[i + 1]; e++) {
        uint32_t j = n->sold_to[e];
        if (j == x || d->marked[j] || !network_class(n, i, j)) continue;
        d->marked[j] = true;
        d->touched.p[d->touched.n++] = j;
    }
}

/* Losses go one tier further; all firms at once. */
static void step(const struct job *job, struct desk *d, const struct outage *out, bool program)
{
    for (size_t r = 0; r < d->risen.n; r++) touch_customers(job, d, out->firm, d->risen.p[r]);
    for (size_t r = 0; r < d->touched.n; r++) {
        uint32_t j = d->touched.p[r];
        d->next[j] = worst_of(job, d, out, j);
        if (program && d->next[j] >= d->lost[j] + RECOVERY_LEAST) put_firm(job, d, out, j, d->next[j]);
    }
    d->risen.n = 0;
    for (size_t r = 0; r < d->touched.n; r++) {
        uint32_t j = d->touched.p[r];
        d->marked[j] = false;
        if (d->next[j] < d->lost[j] + RECOVERY_LEAST) continue;
        if (d->lost[j] <= 0) d->reached.p[d->reached.n++] = j;
        d->lost[j] = d->next[j];
        d->column[j] = d->next_column[j];
        d->risen.p[d->risen.n++] = j;
    }
    d->touched.n = 0;
}

static void forget(const struct job *job, struct desk *d)
{
    for (size_t r = 0; r < d->reached.n; r++) {
        uint32_t i = d->reached.p[r], k = job->n->industry[i];
        d->lost[i] = d->missing[k] = d->unspare[k] = 0;
        d->column[i] = d->next_column[i] = 0;
    }
    d->reached.n = d->risen.n = 0;
}

/* All tiers, from nothing; with the program's rows and columns for firms, or without. */
static void spread(const struct job *job, struct desk *d, const struct outage *out, bool program)
{
    forget(job, d);
    d->lost[out->firm] = out->lost;
    d->reached.p[d->reached.n++] = d->risen.p[d->risen.n++] = out->firm;
    for (uint32_t t = 1; t < job->depth && d->risen.n; t++) step(job, d, out, program);
    for (size_t r = 0; r < d->reached.n; r++) {             /* the last tier's own losses hurt nobody that is looked at */
        uint32_t i = d->reached.p[r];
        d->missing[job->n->industry[i]] += d->lost[i] * job->felt[i];
    }
    step(job, d, out, program);
}

/* Whether there are industries whose spare capacity may not do and that were not held scarce. */
static bool find_scarce(const struct job *job, struct desk *d, const struct outage *out)
{
    const uint32_t *industry = job->n->industry;
    bool more = false;
    for (size_t r = 1; r < d->reached.n; r++) {
        uint32_t i = d->reached.p[r];
        d->unspare[industry[i]] += d->lost[i] * spare_of(job, i);
    }
    for (size_t r = 0; r < d->reached.n; r++) {
        uint32_t k = industry[d->reached.p[r]];
        double spare = fmax(0, spare_beside(job, out->firm, k) - d->unspare[k]);
        if (d->missing[k] > spare && !is_scarce(job, d, out->firm, k)) d->scarce[k] = more = true;
    }
    return more;
}

/* ---- exposure -------------------------------------------------------------------------------- */

/* What others supply of an industry, and what its firms that lose output cannot, is at most what is spare: in shares of that. */
static void put_spare(const struct job *job, struct desk *d, uint32_t x)
{
    const struct network *n = job->n;
    for (size_t s = 0; s < d->instead.n; s++) {
        uint32_t k = n->industry[n->bought_from[d->instead.p[s].at]];
        if (!d->row[k]) d->row[k] = linear_row(&d->program, -1);
        linear_put(&d->program, d->row[k], d->instead.p[s].column, -d->instead.p[s].whole / spare_beside(job, x, k));
    }
    for (size_t r = 1; r < d->reached.n; r++) {
        uint32_t i = d->reached.p[r], k = n->industry[i];
        if (d->row[k] && spare_of(job, i) > 0)
            linear_put(&d->program, d->row[k], d->column[i], -spare_of(job, i) / spare_beside(job, x, k));
    }
}

/* A year's output lost by the others in the program, which is at most `worst`. */
static enum err solve(const struct job *job, struct desk *d, const struct outage *out, double worst, double *loss)
{
    const struct network *n = job->n;
    double sum = 0;
    d->program = linear_make(&d->passing);
    spread(job, d, out, true);
    put_spare(job, d, out->firm);
    struct linear_column *columns = d->program.columns.p;
    for (size_t r = 1; r < d->reached.n; r++) columns[d->column[d->reached.p[r]]].cost = n->revenue[d->reached.p[r]] / worst;
    enum err e = linear_solve(&d->program, job->progress);
    for (size_t r = 1; r < d->reached.n; r++) sum += n->revenue[d->reached.p[r]] * columns[d->column[d->reached.p[r]]].value;
    for (size_t s = 0; s < d->instead.n; s++) {
        d->instead_at[d->instead.p[s].at] = 0;
        d->row[n->industry[n->bought_from[d->instead.p[s].at]]] = 0;
    }
    d->instead.p = NULL, d->instead.n = d->instead.cap = 0;
    arena_reset(&d->passing);
    if (!e) *loss = sum;
    return e;
}

static void find_exposure(const struct job *job, struct desk *d, const struct outage *out, struct recovery *result)
{
    double loss = 0;
    bool   choice = false;                  /* somebody has something spare of what is scarce     */
    for (spread(job, d, out, false); find_scarce(job, d, out); spread(job, d, out, false)) choice = true;
    for (size_t r = 1; r < d->reached.n; r++) loss += d->lost[d->reached.p[r]] * job->n->revenue[d->reached.p[r]];
    if (choice && loss > 0) result->at_most = solve(job, d, out, loss, &loss);
    for (size_t r = 0; r < d->reached.n; r++) d->scarce[job->n->industry[d->reached.p[r]]] = false;
    forget(job, d);
    result->exposure = loss * out->days / DAYS;
}

static void recover(void *with, size_t i, int thread)
{
    const struct job *job = with;
    if (job->progress && job->progress->stop) return;
    struct desk *d = &job->desks[thread];
    uint32_t x = job->firms ? job->firms[i] : (uint32_t)i;
    struct outage out = { x, job->in->recover_days[x], 1 - stock_of(job, x) / job->in->recover_days[x] };
    double survive = survive_days(job, d, x);
    struct recovery *r = &job->out[i];
    *r = (struct recovery){ .exposure = isnan(out.days) ? NAN : 0, .survive_days = survive, .at_risk = out.days > survive };
    if (r->at_risk) find_exposure(job, d, &out, r);
    if (job->progress) job->progress->done++;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static bool all_within(const double *p, size_t n, bool unknown)
{
    for (size_t i = 0; p && i < n; i++)
        if (!(p[i] >= 0 && p[i] < INFINITY) && !(unknown && isnan(p[i]))) return false;
    return true;
}

static size_t passing_bytes(size_t links) { return linear_bytes() + 4 * links * sizeof(struct instead); }

static struct desk desk_make(struct arena *a, const struct network *n)
{
    size_t firms = n->firms, industries = n->industries;
    return (struct desk){
        .passing = arena_make(passing_bytes(n->links), NULL),
        .lost = NEW_ARRAY(a, double, firms), .next = NEW_ARRAY(a, double, firms),
        .column = NEW_ARRAY(a, uint32_t, firms), .next_column = NEW_ARRAY(a, uint32_t, firms), .marked = NEW_ARRAY(a, bool, firms),
        .reached = { NEW_ARRAY(a, uint32_t, firms), 0 }, .risen = { NEW_ARRAY(a, uint32_t, firms), 0 },
        .touched = { NEW_ARRAY(a, uint32_t, firms), 0 }, .scarce = NEW_ARRAY(a, bool, industries),
        .missing = NEW_ARRAY(a, double, industries), .unspare = NEW_ARRAY(a, double, industries),
        .points = NEW_ARRAY(a, struct point, firms), .instead_at = NEW_ARRAY(a, uint32_t, n->links),
        .row = NEW_ARRAY(a, uint32_t, industries) };
}

static size_t kept_bytes(size_t firms, size_t industries, size_t links, int threads)
{
    size_t desk = firms * (2 * sizeof(double) + 5 * sizeof(uint32_t) + sizeof(bool) + sizeof(struct point)) +
                  industries * (sizeof(bool) + 2 * sizeof(double) + sizeof(uint32_t)) + links * sizeof(uint32_t);
    size_t gaps = (size_t)16 << 20;                 /* ends of the arena's blocks: half of each at most, and those of a few large ones */
    return 2 * ((size_t)threads * (desk + sizeof(struct desk)) + (firms + industries) * sizeof(double)) + gaps;
}

size_t recovery_bytes(uint32_t firms, uint32_t industries, size_t links, int threads)
{
    threads = parallel_threads(threads);
    return kept_bytes(firms, industries, links, threads) + (size_t)threads * passing_bytes(links);
}

static void sum_up(struct job *job)
{
    const struct network *n = job->n;
    for (uint32_t i = 0; i < n->firms; i++) {
        job->spare[n->industry[i]] += spare_of(job, i);
        for (size_t e = n->sold_at[i]; e < n->sold_at[i + 1]; e++)
            if (network_class(n, i, n->sold_to[e])) job->felt[i] += n->sold[e];
    }
}

enum err recovery_of(const struct network *n, const struct recovery_input *in, const uint32_t *firms, size_t count, int threads,
                     struct progress *progress, struct recovery *out)
{
    for (size_t i = 0; firms && i < count; i++)
        if (firms[i] >= n->firms) return ERR_INVALID;
    if ((!firms && count != n->firms) || !all_within(in->recover_days, n->firms, true) ||
        !all_within(in->stock_days, n->firms, false) || !all_within(in->spare, n->firms, false)) return ERR_INVALID;
    threads = linear_threads() ? parallel_threads(threads) : 1;
    struct arena a = arena_make(kept_bytes(n->firms, n->industries, n->links, threads), NULL);
    struct job job = { n, in, firms, progress, out, NEW_ARRAY(&a, double, n->industries), NEW_ARRAY(&a, double, n->firms),
                       NEW_ARRAY(&a, struct desk, (size_t)threads), in->depth ? in->depth : 3 };
    for (int t = 0; t < threads; t++) job.desks[t] = desk_make(&a, n);
    sum_up(&job);
    if (progress) progress->all = count;
    parallel(threads, count, recover, &job);
    for (int t = 0; t < threads; t++) arena_free(&job.desks[t].passing);
    arena_free(&a);
    return progress && progress->stop ? ERR_BUSY : OK;
}
