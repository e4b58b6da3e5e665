#include "engine/network/imports.h"

#include <math.h>
#include <stdlib.h>

struct entry { uint64_t key; size_t at; double value; };        /* key: firm, country            */

/* Repeats stay as they came, so that their sum is always the same. */
static int by_key(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return a->at < b->at ? -1 : 1;
}

static enum err entries_of(const struct network *n, const struct imports *im, uint32_t countries, struct entry *out)
{
    for (size_t k = 0; k < im->n; k++) {
        if (im->firm[k] >= n->firms || im->country[k] >= countries || !(im->value[k] >= 0) || !isfinite(im->value[k])) return ERR_INVALID;
        out[k] = (struct entry){ (uint64_t)im->firm[k] << 32 | im->country[k], k, im->value[k] };
    }
    qsort(out, im->n, sizeof *out, by_key);
    return OK;
}

enum err imports_sort(struct arena *a, const struct network *n, const struct imports *im, uint32_t countries, struct sorted_imports *out)
{
    struct entry *entry = NEW_ARRAY(a, struct entry, im->n);
    size_t *at = NEW_ARRAY(a, size_t, (size_t)n->firms + 1), last = 0, k = 0;
    uint32_t *country = NEW_ARRAY(a, uint32_t, im->n);
    double *value = NEW_ARRAY(a, double, im->n), *inputs = NEW_ARRAY(a, double, n->firms);
    TRY(entries_of(n, im, countries, entry));
    for (uint32_t j = 0; j < n->firms; j++) {
        inputs[j] = n->purchases[j];
        for (; k < im->n && entry[k].key >> 32 == j; k++) {
            if (last == at[j] || country[last - 1] != (uint32_t)entry[k].key) country[last++] = (uint32_t)entry[k].key;
            value[last - 1] += entry[k].value;
            inputs[j] += entry[k].value;
        }
        at[j + 1] = last;
    }
    *out = (struct sorted_imports){ at, country, value, inputs };
    return OK;
}

enum err raise_to(const double *given, const double *known, uint32_t firms, double *out)
{
    for (uint32_t i = 0; i < firms; i++) {
        if (given && (given[i] < 0 || isinf(given[i]))) return ERR_INVALID;
        out[i] = given ? fmax(given[i], known[i]) : known[i];
    }
    return OK;
}
