#include "engine/network/exposure.h"
#include "engine/network/imports.h"
#include "engine/network/leontief.h"

#include <math.h>

static void direct_shares(const struct network *n, const double *inputs, const bool *local, double *direct)
{
    for (uint32_t j = 0; j < n->firms; j++) {
        double from_local = 0;
        for (size_t k = n->bought_at[j]; k < n->bought_at[j + 1]; k++)
            if (local[n->bought_from[k]]) from_local += n->bought[k];
        direct[j] = inputs[j] > 0 ? from_local / inputs[j] : (double)NAN;
    }
}

/* Through all tiers: a firm that is not local passes nothing on. */
static unsigned through_tiers(struct arena *a, const struct network *n, const double *inputs, const bool *local, const double *output,
                              double *out)
{
    double *x = NEW_ARRAY(a, double, n->firms), *work = NEW_ARRAY(a, double, (size_t)n->firms * 2);
    bool *cut = NEW_ARRAY(a, bool, n->firms);
    struct arrows bought = arrows_bought(n);
    bought.cut = cut;
    for (uint32_t j = 0; j < n->firms; j++) cut[j] = !local[j] || !(output[j] > 0);
    const struct leontief system = leontief_make(a, &bought, n->bought, output);
    for (uint32_t p = 0; p < n->firms; p++) {
        uint32_t j = system.firm[p];
        x[p] = cut[j] ? 0 : (output[j] - inputs[j]) / output[j];
    }
    unsigned rounds = leontief_solve(&system, 1, false, EXPOSURE_ROUNDS, x, work);
    for (uint32_t p = 0; p < n->firms; p++) {
        uint32_t j = system.firm[p];
        out[j] = local[j] && cut[j] ? (double)NAN : x[p];
    }
    return rounds;
}

static enum err solve(struct arena *a, const struct network *n, const struct imports *im, const bool *local, const double *output,
                      double *direct, double *through, unsigned *rounds)
{
    struct sorted_imports imports;
    double *raised = NEW_ARRAY(a, double, n->firms);
    TRY(imports_sort(a, n, im, UINT32_MAX, &imports));
    TRY(raise_to(output, n->sales, n->firms, raised));
    TRY(raise_to(raised, imports.inputs, n->firms, raised));
    direct_shares(n, imports.inputs, local, direct);
    *rounds = through_tiers(a, n, imports.inputs, local, raised, through);
    return OK;
}

enum err exposure_localisation(const struct network *n, const struct imports *im, const bool *local, const double *output,
                               double *direct, double *through, unsigned *rounds)
{
    struct arena a = scratch_for(n, LEONTIEF_FIRM_BYTES + 64, 0, n->links * LEONTIEF_LINK_BYTES + im->n * IMPORT_BYTES);
    enum err e = solve(&a, n, im, local, output, direct, through, rounds);
    arena_free(&a);
    return e;
}
