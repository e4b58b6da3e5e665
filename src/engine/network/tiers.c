#include "engine/network/structure.h"
#include "engine/network/leontief.h"

#include <math.h>

enum { MOST_ROUNDS = 1000 };

static void shortest_from(struct arena *a, const struct network *n, const uint32_t *buyers, size_t count, uint32_t *tier)
{
    uint32_t *found = NEW_ARRAY(a, uint32_t, n->firms), last = 0;
    for (uint32_t i = 0; i < n->firms; i++) tier[i] = NO_TIER;
    for (size_t k = 0; k < count; k++) {
        if (tier[buyers[k]] == NO_TIER) found[last++] = buyers[k];
        tier[buyers[k]] = 0;
    }
    for (uint32_t first = 0; first < last; first++) {
        uint32_t j = found[first];
        for (size_t k = n->bought_at[j]; k < n->bought_at[j + 1]; k++) {
            uint32_t i = n->bought_from[k];
            if (tier[i] != NO_TIER) continue;
            tier[i] = tier[j] + 1;
            found[last++] = i;
        }
    }
}

/* Components come with customers before suppliers, so those of the customers are known. */
static void longest_to(struct arena *a, const struct network *n, const uint32_t *buyers, size_t count, uint32_t *tier)
{
    const struct arrows sold = arrows_sold(n);
    const struct components parts = components_of(a, &sold);
    uint32_t *of_part = NEW_ARRAY(a, uint32_t, parts.n);
    for (uint32_t c = 0; c < parts.n; c++) of_part[c] = NO_TIER;
    for (size_t k = 0; k < count; k++) of_part[parts.of[buyers[k]]] = 0;
    for (uint32_t c = 0; c < parts.n; c++)
        for (size_t m = parts.at[c]; m < parts.at[c + 1]; m++) {
            uint32_t i = parts.firm[m];
            for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++) {
                uint32_t to = parts.of[n->sold_to[k]];
                if (to == c || of_part[to] == NO_TIER) continue;
                if (of_part[c] == NO_TIER || of_part[c] < of_part[to] + 1) of_part[c] = of_part[to] + 1;
            }
        }
    for (uint32_t i = 0; i < n->firms; i++) tier[i] = of_part[parts.of[i]];
}

static void upstreamness_of(struct arena *a, const struct network *n, double *out)
{
    double *x = NEW_ARRAY(a, double, n->firms), *work = NEW_ARRAY(a, double, (size_t)n->firms * 2);
    bool *cut = NEW_ARRAY(a, bool, n->firms);
    struct arrows sold = arrows_sold(n);
    sold.cut = cut;
    for (uint32_t i = 0; i < n->firms; i++) {
        cut[i] = !(n->revenue[i] > 0);
        x[i] = 1;
    }
    const struct leontief system = leontief_make(a, &sold, n->sold, n->revenue);
    leontief_solve(&system, 1, true, MOST_ROUNDS, x, work);
    for (uint32_t p = 0; p < n->firms; p++) out[system.firm[p]] = x[p];
}

enum err structure_tiers(const struct network *n, const uint32_t *buyers, size_t count, uint32_t *shortest, uint32_t *longest,
                         double *upstreamness)
{
    if (!firms_valid(n, buyers, count)) return ERR_INVALID;
    struct arena a = scratch_for(n, LEONTIEF_FIRM_BYTES + 32, 0, n->links * LEONTIEF_LINK_BYTES);
    if (shortest) shortest_from(&a, n, buyers, count, shortest);
    arena_reset(&a);
    if (longest) longest_to(&a, n, buyers, count, longest);
    arena_reset(&a);
    if (upstreamness) upstreamness_of(&a, n, upstreamness);
    arena_free(&a);
    return OK;
}
