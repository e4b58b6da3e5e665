/*
 * network.c - what the closure of a firm costs (engine/network/risk.h), beside the plain recursion: every step of every closure over
 * all links, one thread, arrays as anybody would lay them out.
 *
 *     bench_network SIZE...       made-up networks of both families, so many firms each; FIRMS=n in the environment: closures of
 *                                 n firms at most, evenly spread (2,000); ROUNDS: the median of so many (3)
 *
 * Processor time, so that other work on the machine counts less; what sharing the cache with it costs is in the figures.
 */
#include "supply_networks.h"
#include "engine/network/risk.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SEED = 1, PLAIN_CLOSURES = 5, MOST_ROUNDS = 15, FEW = 64 };      /* few: enough that all threads get ready */
#define TOLERANCE 1e-2
#define ROOM      ((size_t)64 << 30)

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static size_t setting(const char *name, size_t otherwise)
{
    const char *value = getenv(name);
    return value ? strtoul(value, NULL, 10) : otherwise;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(double *x, size_t n)
{
    qsort(x, n, sizeof *x, by_size);
    return x[n / 2];
}

/* ---- the plain recursion -------------------------------------------------------------------- */

struct plain {
    const struct network *n;
    double  *up_share, *down_share;                 /* of each purchase                          */
    uint8_t *class;
    double  *up, *down, *next_up, *next_down, *market_share, *left;
};

static struct plain plain_make(struct arena *a, const struct network *n)
{
    struct plain p = { n, NEW_ARRAY(a, double, n->links), NEW_ARRAY(a, double, n->links), NEW_ARRAY(a, uint8_t, n->links),
                       NEW_ARRAY(a, double, n->firms), NEW_ARRAY(a, double, n->firms), NEW_ARRAY(a, double, n->firms),
                       NEW_ARRAY(a, double, n->firms), NEW_ARRAY(a, double, n->firms), NEW_ARRAY(a, double, n->industries) };
    for (uint32_t j = 0; j < n->firms; j++)
        for (size_t e = n->bought_at[j], end; e < n->bought_at[j + 1]; e = end) {
            uint32_t industry = n->industry[n->bought_from[e]];
            double of_industry = 0;
            for (end = e; end < n->bought_at[j + 1] && n->industry[n->bought_from[end]] == industry; end++) of_industry += n->bought[end];
            for (size_t k = e; k < end; k++) {
                uint32_t i = n->bought_from[k];
                p.class[k] = network_class(n, i, j);
                p.up_share[k] = n->revenue[i] > 0 ? n->bought[k] / n->revenue[i] : 0;
                p.down_share[k] = p.class[k] == 2 ? n->bought[k] / of_industry : p.class[k] == 1 ? n->bought[k] / n->purchases[j] : 0;
            }
        }
    return p;
}

static void plain_market_shares(struct plain *p)
{
    const struct network *n = p->n;
    for (uint32_t g = 0; g < n->industries; g++) p->left[g] = 0;
    for (uint32_t i = 0; i < n->firms; i++) p->left[n->industry[i]] += n->sales[i] * p->down[i];
    for (uint32_t i = 0; i < n->firms; i++) {
        double left = p->left[n->industry[i]];
        p->market_share[i] = left > n->sales[i] ? n->sales[i] / left : 1;
    }
}

static double plain_downstream(const struct plain *p, uint32_t j)
{
    const struct network *n = p->n;
    double replaceable = 0, worst = 0;
    for (size_t e = n->bought_at[j]; e < n->bought_at[j + 1];) {
        uint32_t industry = n->industry[n->bought_from[e]];
        double lost = 0;
        uint8_t class = p->class[e];
        for (; e < n->bought_at[j + 1] && n->industry[n->bought_from[e]] == industry; e++)
            lost += p->market_share[n->bought_from[e]] * p->down_share[e] * (1 - p->down[n->bought_from[e]]);
        if (class == 2) worst = fmax(worst, lost);
        else replaceable += lost;
    }
    return fmax(0, fmin(1 - worst, 1 - replaceable));
}

static struct risk plain_closure(struct plain *p, uint32_t closed)
{
    const struct network *n = p->n;
    struct risk r = { 0 };
    for (uint32_t i = 0; i < n->firms; i++) p->up[i] = p->down[i] = i != closed;
    for (double drop = 1; drop > TOLERANCE; r.steps++) {
        plain_market_shares(p);
        for (uint32_t i = 0; i < n->firms; i++) p->next_up[i] = 1;
        for (uint32_t j = 0; j < n->firms; j++) {
            p->next_down[j] = plain_downstream(p, j);
            for (size_t e = n->bought_at[j]; e < n->bought_at[j + 1]; e++)
                p->next_up[n->bought_from[e]] -= p->up_share[e] * (1 - p->up[j]);
        }
        p->next_up[closed] = p->next_down[closed] = drop = 0;
        for (uint32_t i = 0; i < n->firms; i++) {
            drop = fmax(drop, fmax(p->up[i] - fmax(0, p->next_up[i]), p->down[i] - p->next_down[i]));
            p->up[i] = fmax(0, p->next_up[i]);
            p->down[i] = p->next_down[i];
        }
    }
    for (uint32_t i = 0; i < n->firms; i++) r.total += n->weight[i] * (1 - fmin(p->up[i], p->down[i])) / n->all_weight;
    return r;
}

/* ---- measuring ------------------------------------------------------------------------------ */

static double closures_seconds(const struct network *n, const uint32_t *firms, size_t count, struct risk *out)
{
    double began = processor_seconds();
    MUST(!risk_closures(n, &(struct risk_options){ .tolerance = TOLERANCE }, firms, count, out));
    return processor_seconds() - began;
}

/* Milliseconds of a closure by the plain recursion, which must give what the engine gives. */
static double plain_milliseconds(struct arena *a, const struct network *n, const uint32_t *firms, size_t count, const struct risk *out)
{
    struct plain p = plain_make(a, n);
    double began = processor_seconds();
    for (size_t k = 0; k < PLAIN_CLOSURES; k++) {
        size_t at = k * (count - 1) / (PLAIN_CLOSURES - 1);
        struct risk r = plain_closure(&p, firms[at]);
        MUST(r.steps == out[at].steps && fabs(r.total - out[at].total) <= 1e-12);
    }
    return (processor_seconds() - began) * 1e3 / PLAIN_CLOSURES;
}

static void measure(enum supply_family family, uint32_t size)
{
    struct arena a = arena_make(ROOM, NULL), making = arena_make(ROOM, NULL);
    struct network_input in = supply_network(&making, family, CLASS_MATRIX, size, SEED);
    struct network *n;
    double made = processor_seconds();
    MUST(!network_make(&a, &in, &n));
    made = processor_seconds() - made;
    arena_free(&making);
    size_t most = setting("FIRMS", 2000), rounds = setting("ROUNDS", 3), count = size < most ? size : most;
    uint32_t *firms = NEW_ARRAY(&a, uint32_t, count);
    for (size_t k = 0; k < count; k++) firms[k] = (uint32_t)(k * size / count);
    struct risk *out = NEW_ARRAY(&a, struct risk, count);
    double all[MOST_ROUNDS], few[MOST_ROUNDS], steps = 0;
    MUST(rounds && rounds <= MOST_ROUNDS && count > FEW);
    for (size_t r = 0; r < rounds; r++) {
        few[r] = closures_seconds(n, firms, FEW, out);
        all[r] = closures_seconds(n, firms, count, out);
    }
    for (size_t k = 0; k < count; k++) steps += out[k].steps;
    double each = (median(all, rounds) - median(few, rounds)) / (double)(count - FEW) * 1e3, ready = median(few, rounds) - each * FEW * 1e-3;
    double plain = plain_milliseconds(&a, n, firms, count, out);
    printf("| %s | %u | %zu | %.1f | %.2f | %.2f | %.4f | %.2f | %.2f | **%.0f** | %zu |\n", family == SPARSE ? "power law" : "heavy-tailed",
           size, n->links, steps / (double)count, made, ready, each, ready + each * size * 1e-3, plain, plain / each,
           (network_bytes(size, n->industries, n->links) + risk_bytes(size, n->industries, n->links, 2)) >> 20);
    fflush(stdout);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    for (enum supply_family f = SPARSE; f < SUPPLY_FAMILIES; f++)
        for (int k = 1; k < argc; k++) measure(f, (uint32_t)strtoul(argv[k], NULL, 10));
}
