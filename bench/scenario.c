/*
 * scenario.c - scenarios of large networks, and the ranking after an edit of one link, beside the plain recursion in one run.
 *
 *     bench_scenario scenarios FIRMS      heavy-tailed, matrix of classes, tolerance 1e-2
 *     bench_scenario edits FIRMS          sparse, the same
 *
 * Prints rows of a table.  Seconds are of the clock; processor seconds are those of all threads together, which other work on
 * the machine disturbs less.
 */
#include "plain_risk.h"
#include "supply_networks.h"
#include "engine/network/risk.h"

#include <stdio.h>
#include <time.h>

enum { SEED = 20261122, RUNS = 5, EDITS = 11, PLAIN_CLOSURES = 10 };

struct taken { double seconds, processor; };

static double clock_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct taken now(void) { return (struct taken){ clock_of(CLOCK_MONOTONIC), clock_of(CLOCK_PROCESS_CPUTIME_ID) }; }

static struct taken since(struct taken start)
{
    struct taken t = now();
    return (struct taken){ t.seconds - start.seconds, t.processor - start.processor };
}

static int by_seconds(const void *x, const void *y)
{
    double a = ((const struct taken *)x)->seconds, b = ((const struct taken *)y)->seconds;
    return (a > b) - (a < b);
}

static struct taken median(struct taken *t, size_t n)
{
    qsort(t, n, sizeof *t, by_seconds);
    return t[n / 2];
}

static struct network *network_of(struct arena *a, const struct network_input *in)
{
    struct network *n;
    MUST(!network_make(a, in, &n));
    return n;
}

/* ---- scenarios ------------------------------------------------------------------------------ */

static struct taken scenario(const struct network *n, const double *psi, struct risk *out)
{
    struct risk_options o = { .tolerance = 1e-2 };
    struct taken t[RUNS];
    for (int run = 0; run < RUNS; run++) {
        struct taken start = now();
        MUST(!risk_scenario(n, &o, psi, NULL, NULL, out));
        t[run] = since(start);
    }
    return median(t, RUNS);
}

static void scenarios(struct arena *a, uint32_t firms)
{
    struct network_input in = supply_network(a, HEAVY_TAILED, CLASS_MATRIX, firms, SEED);
    struct network *n = network_of(a, &in);
    struct plain plain = plain_make(a, &in);
    double *psi = NEW_ARRAY(a, double, firms);
    uint32_t stop[] = { 1, firms / 1000, firms / 20 };
    for (size_t k = 0; k < COUNT(stop); k++) {
        struct rng r = { SEED };
        struct risk risk;
        for (uint32_t i = 0; i < firms; i++) psi[i] = 1;
        for (uint32_t s = 0; s < stop[k]; s++) psi[sn_below(&r, firms)] = 0;
        struct taken ours = scenario(n, psi, &risk), start = now();
        struct risk same = plain_scenario(&plain, psi, 1e-2, 0);
        struct taken theirs = since(start);
        MUST(same.steps == risk.steps && fabs(same.total - risk.total) <= 1e-12);
        printf("| %u | %zu | %u | %u | %.3f | %.3f | %.3f | %.1f | %.1f |\n", firms, n->links, stop[k], risk.steps, theirs.seconds,
               ours.seconds, ours.processor, theirs.seconds / ours.seconds, theirs.processor / ours.processor);
    }
}

/* ---- edits ---------------------------------------------------------------------------------- */

/* A closure by the plain recursion, on average. */
static double plain_processor(struct arena *a, const struct network_input *in)
{
    struct plain plain = plain_make(a, in);
    double *psi = NEW_ARRAY(a, double, in->firms);
    for (uint32_t i = 0; i < in->firms; i++) psi[i] = 1;
    struct taken start = now();
    for (uint32_t k = 0; k < PLAIN_CLOSURES; k++) plain_closure(&plain, psi, in->firms / PLAIN_CLOSURES * k, 1e-2);
    return since(start).processor / PLAIN_CLOSURES;
}

static struct taken edit(struct arena *a, struct network_input in, const struct ranking *old, size_t link, size_t *renewed)
{
    struct risk_options o = { .tolerance = 1e-2 };
    struct links edited = { 1, in.links.supplier + link, in.links.customer + link, NULL };
    double *value = NEW_ARRAY(a, double, in.links.n);
    memcpy(value, in.links.value, in.links.n * sizeof *value);
    value[link] *= 1.5;
    in.links.value = value;
    struct network *n = network_of(a, &in);
    struct ranking *ranking;
    struct taken start = now();
    MUST(!ranking_edit(a, old, n, &edited, &o, &ranking));
    *renewed = ranking_renewed(ranking);
    return since(start);
}

/* A third of everything is sold to final demand. */
static const double *revenue_of(struct arena *a, const struct network_input *in)
{
    double *revenue = NEW_ARRAY(a, double, in->firms);
    for (size_t e = 0; e < in->links.n; e++) revenue[in->links.supplier[e]] += 1.5 * in->links.value[e];
    return revenue;
}

static void edits(struct arena *a, uint32_t firms, bool demand)
{
    struct network_input in = supply_network(a, SPARSE, CLASS_MATRIX, firms, SEED);
    if (demand) in.weight = in.revenue = revenue_of(a, &in);
    struct risk_options o = { .tolerance = 1e-2 };
    struct ranking *all;
    struct rng r = { SEED };
    struct taken t[EDITS], start = now();
    size_t renewed, sum = 0;
    MUST(!ranking_make(a, network_of(a, &in), &o, &all));
    struct taken whole = since(start);
    for (int k = 0; k < EDITS; k++) {
        struct arena own = arena_make((size_t)4 << 30, NULL);
        t[k] = edit(&own, in, all, rng_below(&r, in.links.n), &renewed);
        sum += renewed;
        arena_free(&own);
    }
    struct taken middle = median(t, EDITS);
    printf("| %u | %zu | %s | %.0f | %.3f | %.3f | %zu | %.3f | %.3f | %.3f |\n", firms, in.links.n, demand ? "known" : "sales", plain_processor(a, &in) * firms,
           whole.seconds, whole.processor, sum / EDITS, middle.seconds, middle.processor, t[EDITS - 1].seconds);
}

int main(int argc, char **argv)
{
    struct arena a = arena_make((size_t)12 << 30, NULL);
    uint32_t firms = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    if (firms < 1000) return fputs("bench_scenario scenarios|edits FIRMS (at least 1000)\n", stderr), 2;
    if (strcmp(argv[1], "edits") == 0) edits(&a, firms, false), edits(&a, firms, true);
    else scenarios(&a, firms);
    return 0;
}
