#include "engine/network/exposure.h"
#include "engine/network/imports.h"
#include "engine/network/leontief.h"
#include "base/parallel.h"

enum { DESK_BYTES = 3 * LANES * sizeof(double) };           /* for each firm                     */

struct desk { double *x, *work; };              /* of one thread                                 */

/* Countries are worked on by blocks of LANES; a block is one thread's, so the number of threads changes nothing. */
struct countries {
    const struct network        *network;
    const struct sorted_imports *imports;
    const struct leontief       *system;
    const double                *cost;
    uint32_t                     countries;
    const struct desk           *desk;
    unsigned                    *rounds;        /* by block                                      */
    double                      *out;
};

static void one_block(void *with, size_t block, int thread)
{
    const struct countries *c = with;
    const struct sorted_imports *im = c->imports;
    const uint32_t *firm = c->system->firm, firms = c->network->firms, first = (uint32_t)block * LANES;
    const uint32_t left = c->countries - first, lanes = left < LANES ? left : LANES;
    double *x = c->desk[thread].x;
    for (size_t p = 0; p < firms; p++) {
        const uint32_t j = firm[p];
        for (size_t l = 0; l < LANES; l++) x[p * LANES + l] = 0;
        for (size_t k = im->at[j]; k < im->at[j + 1]; k++) {
            uint32_t lane = im->country[k] - first;
            if (lane < lanes) x[p * LANES + lane] = im->value[k] / c->cost[j];
        }
    }
    c->rounds[block] = leontief_solve(c->system, LANES, false, EXPOSURE_ROUNDS, x, c->desk[thread].work);
    for (uint32_t l = 0; l < lanes; l++) {
        double *row = c->out + (size_t)(first + l) * firms;
        for (size_t p = 0; p < firms; p++) row[firm[p]] = x[p * LANES + l];
    }
}

/* As hhi_of(), along the columns. */
static void hhi_of_columns(const double *value, uint32_t rows, uint32_t columns, double *sum, double *hhi)
{
    for (uint32_t j = 0; j < columns; j++) sum[j] = hhi[j] = 0;
    for (size_t at = 0; at < (size_t)rows * columns; at += columns)
        for (uint32_t j = 0; j < columns; j++) sum[j] += value[at + j];
    for (size_t at = 0; at < (size_t)rows * columns; at += columns)
        for (uint32_t j = 0; j < columns; j++)
            if (sum[j] > 0) hhi[j] += value[at + j] / sum[j] * (value[at + j] / sum[j]);
}

static void all_blocks(struct arena *a, struct countries *c, int threads, unsigned *rounds)
{
    const size_t firms = c->network->firms, blocks = (c->countries + LANES - 1) / LANES;
    struct desk *desk = NEW_ARRAY(a, struct desk, (size_t)threads);
    for (int t = 0; t < threads; t++) desk[t] = (struct desk){ leontief_room(a, firms), leontief_room(a, firms * 2) };
    c->desk = desk;
    c->rounds = NEW_ARRAY(a, unsigned, blocks);
    parallel(threads, blocks, one_block, c);
    *rounds = 0;
    for (size_t b = 0; b < blocks; b++)
        if (c->rounds[b] > *rounds) *rounds = c->rounds[b];
}

static enum err solve(struct arena *a, const struct network *n, const struct imports *im, uint32_t countries, const double *cost,
                      int threads, double *out, double *hhi, unsigned *rounds)
{
    struct sorted_imports imports;
    double *raised = NEW_ARRAY(a, double, n->firms);
    TRY(imports_sort(a, n, im, countries, &imports));
    TRY(raise_to(cost, imports.inputs, n->firms, raised));
    const struct arrows bought = arrows_bought(n);
    const struct leontief system = leontief_make(a, &bought, n->bought, raised);
    struct countries c = { n, &imports, &system, raised, countries, .out = out };
    all_blocks(a, &c, threads, rounds);
    if (hhi) hhi_of_columns(out, countries, n->firms, raised, hhi);
    return OK;
}

size_t exposure_bytes(const struct network *n, size_t imports, int threads)
{
    const size_t each = (size_t)parallel_threads(threads);
    return scratch_bytes(n, LEONTIEF_FIRM_BYTES + 64 + each * DESK_BYTES, 2 * each, n->links * LEONTIEF_LINK_BYTES + imports * IMPORT_BYTES);
}

enum err exposure_countries(const struct network *n, const struct imports *im, uint32_t countries, const double *cost, int threads,
                            double *out, double *hhi, unsigned *rounds)
{
    threads = parallel_threads(threads);
    struct arena a = arena_make(exposure_bytes(n, im->n, threads), NULL);
    enum err e = solve(&a, n, im, countries, cost, threads, out, hhi, rounds);
    arena_free(&a);
    return e;
}
