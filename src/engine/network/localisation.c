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
static unsigned through_tiers(struct arena *a, const struct network *n, const double *inputs, const bool *local, const double *output, double *x)
{
    double *work = NEW_ARRAY(a, double, (size_t)n->firms * 2);
    bool *cut = NEW_ARRAY(a, bool, n->firms);
    for (uint32_t j = 0; j < n->firms; j++) {
        cut[j] = !local[j] || !(output[j] > 0);
        x[j] = cut[j] ? 0 : (output[j] - inputs[j]) / output[j];
    }
    struct arrows bought = arrows_bought(n);
    bought.cut = cut;
    const struct components parts = components_of(a, &bought);
    const struct leontief system = { bought, n->bought, output, &parts };
    unsigned rounds = leontief_solve(&system, 1, false, EXPOSURE_ROUNDS, x, work);
    for (uint32_t j = 0; j < n->firms; j++)
        if (local[j] && !(output[j] > 0)) x[j] = (double)NAN;
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
    struct arena a = scratch_for(n, 128, im->n * IMPORT_BYTES);
    enum err e = solve(&a, n, im, local, output, direct, through, rounds);
    arena_free(&a);
    return e;
}
