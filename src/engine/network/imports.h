/* imports.h - what exposure.h's measures share: imports in order, and what a firm uses in all. */
#ifndef ENGINE_NETWORK_IMPORTS_H
#define ENGINE_NETWORK_IMPORTS_H

#include "engine/network/exposure.h"

struct sorted_imports {             /* of j: [at[j] .. at[j+1]), by country, each once           */
    const size_t   *at;
    const uint32_t *country;
    const double   *value;
    const double   *inputs;         /* [firms]: purchases and imports                            */
};

enum { IMPORT_BYTES = 40 };         /* that one takes in the arena at most                       */

/* ERR_INVALID: a firm that is none, a country of `countries` or above, a value that is negative or not finite. */
enum err imports_sort(struct arena *a, const struct network *n, const struct imports *im, uint32_t countries, struct sorted_imports *out);

/* The larger of what is given (NULL, NAN: nothing) and known; ERR_INVALID: negative or infinite. */
enum err raise_to(const double *given, const double *known, uint32_t firms, double *out);

#endif
