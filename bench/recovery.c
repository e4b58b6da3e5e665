/*
 * recovery.c - time to survive and risk exposure of the firms of a made-up supply network, beside the same linear programs written
 * down plainly, row by row for all that the firm can reach; and suggestions of a second supplier.
 *
 *     bench_recovery FIRMS PLAIN      PLAIN: how many of the firms are also solved plainly
 *
 * Both ways must find the same exposures.  Firms are out for up to 60 days.  Times are of the processor.
 */
#include "supply_networks.h"
#include "engine/network/diversify.h"
#include "engine/network/linear.h"
#include "engine/network/recovery.h"

#include <stdio.h>
#include <time.h>

enum { SEED = 1, DEPTH = 3, CUSTOMERS = 20, MOST_CUSTOMER = 5, MOST = 20 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the program as recovery.h has it ---------------------------------------------------------- */

struct plain {
    const struct network        *n;
    const struct recovery_input *in;
    uint32_t       x;
    struct linear  program;
    uint32_t      *tier;                            /* [firms], 1 the firm that is out; 0: not reached */
    uint32_t     (*lost)[DEPTH + 1];                /* [firms], columns                           */
    uint32_t      *spare_row;                       /* [industries]                               */
    double         out;                             /* f[x]                                       */
};

static double stock(const struct plain *p, uint32_t j) { return p->in->stock_days[j] / p->in->recover_days[p->x]; }
static double spare(const struct plain *p, uint32_t i) { return p->in->spare[i] * p->n->revenue[i]; }

static void reach(struct plain *p)
{
    const struct network *n = p->n;
    p->tier[p->x] = 1;
    for (uint32_t t = 1; t <= DEPTH; t++)
        for (uint32_t i = 0; i < n->firms; i++)
            for (size_t e = n->sold_at[i]; p->tier[i] == t && e < n->sold_at[i + 1]; e++)
                if (!p->tier[n->sold_to[e]] && network_class(n, i, n->sold_to[e])) p->tier[n->sold_to[e]] = t + 1;
}

static void spare_rows(struct plain *p)
{
    const struct network *n = p->n;
    double *all = NEW_ARRAY(p->program.arena, double, n->industries);
    for (uint32_t i = 0; i < n->firms; i++) all[n->industry[i]] += i == p->x ? 0 : spare(p, i);
    for (uint32_t k = 0; k < n->industries; k++) p->spare_row[k] = linear_row(&p->program, -all[k]);
    for (uint32_t i = 0; i < n->firms; i++)
        if (p->tier[i] && i != p->x) linear_put(&p->program, p->spare_row[n->industry[i]], p->lost[i][DEPTH], -spare(p, i));
}

/* What is missing at tier t of the purchases [from, to), as a share of the whole: a column of its own. */
static uint32_t missing(struct plain *p, size_t from, size_t to, double whole, uint32_t instead, uint32_t t)
{
    const struct network *n = p->n;
    uint32_t column = linear_column(&p->program, 0, 1), row = linear_row(&p->program, 0);
    linear_put(&p->program, row, column, 1);
    linear_put(&p->program, row, instead, 1);
    for (size_t e = from; e < to; e++) {
        uint32_t i = n->bought_from[e];
        if (i == p->x) p->program.rows.p[row] += n->bought[e] / whole * p->out;
        else if (p->tier[i] && p->tier[i] <= t) linear_put(&p->program, row, p->lost[i][t - 1], -n->bought[e] / whole);
    }
    return column;
}

static void rows_of(struct plain *p, uint32_t j)
{
    const struct network *n = p->n;
    uint32_t partial[DEPTH + 1] = { 0 };
    for (size_t from = n->bought_at[j], to; from < n->bought_at[j + 1]; from = to) {
        uint32_t k = n->industry[n->bought_from[from]];
        uint8_t  class = network_class(n, n->bought_from[from], j);
        double   whole = 0;
        bool     hit = false;
        for (to = from; to < n->bought_at[j + 1] && n->industry[n->bought_from[to]] == k; to++) {
            whole += n->bought[to];
            hit |= p->tier[n->bought_from[to]] != 0;
        }
        if (!class || !hit) continue;
        if (class == 1) whole = n->purchases[j];
        uint32_t instead = linear_column(&p->program, 0, 1);
        linear_put(&p->program, p->spare_row[k], instead, -whole);
        for (uint32_t t = p->tier[j] - 1; t <= DEPTH; t++) {
            uint32_t m = missing(p, from, to, whole, instead, t), row = class == 1 ? partial[t] : 0;
            if (!row) {
                row = linear_row(&p->program, -stock(p, j));
                linear_put(&p->program, row, p->lost[j][t], 1);
            }
            linear_put(&p->program, row, m, -1);
            if (class == 1) partial[t] = row;
        }
    }
}

/* NAN: more than linear.h solves. */
static double plain_exposure(struct arena *a, const struct network *n, const struct recovery_input *in, uint32_t x)
{
    struct plain p = { n, in, x, linear_make(a), NEW_ARRAY(a, uint32_t, n->firms), NULL, NEW_ARRAY(a, uint32_t, n->industries), 0 };
    p.lost = (uint32_t(*)[DEPTH + 1])(void *)NEW_ARRAY(a, uint32_t, (size_t)n->firms * (DEPTH + 1));
    p.out = fmax(0, 1 - stock(&p, x));
    double worth = 0, sum = 0;
    reach(&p);
    for (uint32_t j = 0; j < n->firms; j++) worth += p.tier[j] ? n->revenue[j] : 0;
    for (uint32_t j = 0; j < n->firms; j++)
        for (uint32_t t = p.tier[j] - 1; p.tier[j] > 1 && t <= DEPTH; t++)
            p.lost[j][t] = linear_column(&p.program, t == DEPTH ? n->revenue[j] / worth : 0, 1);
    spare_rows(&p);
    for (uint32_t j = 0; j < n->firms; j++)
        if (p.tier[j] > 1) rows_of(&p, j);
    if (linear_solve(&p.program, NULL)) return NAN;
    for (uint32_t j = 0; j < n->firms; j++)
        if (p.tier[j] > 1) sum += n->revenue[j] * p.program.columns.p[p.lost[j][DEPTH]].value;
    return sum * in->recover_days[x] / 365;
}

/* ---- side by side ------------------------------------------------------------------------------ */

static double *drawn(struct arena *a, uint32_t n, struct rng *r, double most)
{
    double *x = NEW_ARRAY(a, double, n);
    for (uint32_t i = 0; i < n; i++) x[i] = most * sn_uniform(r);
    return x;
}

struct timed { size_t solved; double seconds; };

/* So many of the firms, spread evenly, each as far as it can be solved plainly. */
static struct timed solve_plainly(const struct network *n, const struct recovery_input *in, const struct recovery *ours, size_t plain)
{
    struct arena own = arena_make((size_t)1 << 30, NULL);
    struct timed t = { 0, 0 };
    for (size_t k = 0; k < plain; k++, arena_reset(&own)) {
        uint32_t x = (uint32_t)(k * n->firms / plain);
        double from = seconds(), want = plain_exposure(&own, n, in, x);
        if (isnan(want)) continue;
        t.seconds += seconds() - from;
        t.solved++;
        MUST(fabs(want - ours[x].exposure) <= 1e-5 * (want + n->all_sales / n->firms));
    }
    arena_free(&own);
    return t;
}

static void compare(struct arena *a, const struct network *n, double stock_most, double spare_most, size_t plain)
{
    struct rng r = { SEED };
    struct recovery_input in = { drawn(a, n->firms, &r, 60), drawn(a, n->firms, &r, stock_most), drawn(a, n->firms, &r, spare_most), DEPTH };
    struct recovery *out = NEW_ARRAY(a, struct recovery, n->firms);
    size_t at_risk = 0, at_most = 0;
    double from = seconds();
    MUST(!recovery_of(n, &in, NULL, n->firms, 1, NULL, out));
    double ours = n->firms / (seconds() - from);
    for (uint32_t i = 0; i < n->firms; i++) at_risk += out[i].at_risk, at_most += out[i].at_most;
    struct timed t = solve_plainly(n, &in, out, plain);
    double theirs = (double)t.solved / t.seconds;
    printf("| %u | %.0f | %.0f %% | %.1f %% | %zu | %.2f (%zu of %zu) | %.0f | **%.0f** |\n", n->firms, stock_most, spare_most * 100,
           100.0 * (double)at_risk / n->firms, at_most, theirs, t.solved, plain, ours, ours / theirs);
}

static void suggest(struct arena *a, const struct network *n)
{
    struct diversify_input in = { .network = n, .risk = { .tolerance = 1e-2 } };
    struct suggestion *s;
    size_t count, some = 0;
    double all = 0, worst = 0, from;
    for (uint32_t k = 0; k < CUSTOMERS; k++) {
        from = seconds();
        MUST(!diversify_customer(a, &in, k * (n->firms / CUSTOMERS), MOST_CUSTOMER, &s, &count));
        double one = seconds() - from;
        all += one, some += count > 0, worst = fmax(worst, one);
    }
    from = seconds();
    MUST(!diversify_network(a, &in, MOST, &s, &count));
    printf("- %u firms, second suppliers, seconds of processor time: the %d best for one customer %.2f on average of %d (%zu had any), %.2f at most; "
           "the %zu best of the network %.1f.\n", n->firms, MOST_CUSTOMER, all / CUSTOMERS, CUSTOMERS, some, worst, count, seconds() - from);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    struct arena a = arena_make((size_t)4 << 30, NULL);
    struct network_input in = supply_network(&a, SPARSE, CLASS_MATRIX, (uint32_t)strtoul(argv[1], NULL, 10), SEED);
    struct network *n;
    size_t plain = strtoul(argv[2], NULL, 10);
    MUST(!network_make(&a, &in, &n));
    compare(&a, n, 0, 0, plain);
    compare(&a, n, 10, 0.02, plain);
    compare(&a, n, 10, 0.2, plain);
    suggest(&a, n);
    arena_free(&a);
    return 0;
}
