#include "engine/network/exposure.h"
#include "engine/network/imports.h"
#include "engine/network/graph.h"

/* Of the shares in both together; counted in the largest, so that no square is too big. */
static double hhi_of_both(const double *p, size_t n, const double *q, size_t m)
{
    double largest = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < n + m; i++) {
        double value = i < n ? p[i] : q[i - n];
        if (value > largest) largest = value;
    }
    if (!(largest > 0)) return 0;
    for (size_t i = 0; i < n + m; i++) {
        double part = (i < n ? p[i] : q[i - n]) / largest;
        sum += part;
        squares += part * part;
    }
    return squares / (sum * sum);
}

double hhi_of(const double *value, size_t n) { return hhi_of_both(value, n, NULL, 0); }

static size_t slots_before(const struct network *n, size_t *at)
{
    size_t slots = 0;
    for (uint32_t j = 0; j < n->firms; j++) {
        at[j] = slots;
        for (size_t k = n->bought_at[j]; k < n->bought_at[j + 1]; k = slot_end(n, j, k)) slots++;
    }
    return at[n->firms] = slots;
}

static void concentration_put(struct arena *a, const struct network *n, const struct sorted_imports *im, struct concentration *out)
{
    size_t *at = NEW_ARRAY(a, size_t, (size_t)n->firms + 1), slots = slots_before(n, at), s = 0;
    double *of_firm = NEW_ARRAY(a, double, n->firms), *hhi = NEW_ARRAY(a, double, slots), *value = NEW_ARRAY(a, double, slots);
    uint32_t *industry = NEW_ARRAY(a, uint32_t, slots);
    for (uint32_t j = 0; j < n->firms; j++) {
        const size_t from = n->bought_at[j], to = n->bought_at[j + 1];
        of_firm[j] = hhi_of_both(n->bought + from, to - from, im->value + im->at[j], im->at[j + 1] - im->at[j]);
        for (size_t k = from, end; k < to; k = end, s++) {
            end = slot_end(n, j, k);
            industry[s] = n->industry[n->bought_from[k]];
            hhi[s] = hhi_of(n->bought + k, end - k);
            for (size_t i = k; i < end; i++) value[s] += n->bought[i];
        }
    }
    *out = (struct concentration){ of_firm, at, industry, hhi, value };
}

enum err exposure_concentration(struct arena *a, const struct network *n, const struct imports *im, struct concentration *out)
{
    struct arena scratch = scratch_for(n, 32, 0, im->n * IMPORT_BYTES);
    struct sorted_imports imports;
    enum err e = imports_sort(&scratch, n, im, UINT32_MAX, &imports);
    if (!e) concentration_put(a, n, &imports, out);
    arena_free(&scratch);
    return e;
}
