#include "engine/network/structure.h"
#include "engine/network/graph.h"

/* Whether all of the slot comes from one supplier, the customer itself left out. */
static bool single_in(const struct network *n, uint32_t customer, size_t from, size_t end, struct single_source *out)
{
    uint32_t suppliers = 0;
    for (size_t k = from; k < end; k++) {
        uint32_t supplier = n->bought_from[k];
        if (supplier == customer || suppliers++) continue;
        *out = (struct single_source){ customer, supplier, n->industry[supplier], n->bought[k] };
    }
    return suppliers == 1 && network_class(n, out->supplier, customer) == 2;
}

/* How many there are; into out, where it is not NULL. */
static size_t find_all(const struct network *n, struct single_source *out)
{
    size_t found = 0;
    for (uint32_t j = 0; j < n->firms; j++)
        for (size_t k = n->bought_at[j], end; k < n->bought_at[j + 1]; k = end) {
            struct single_source one;
            end = slot_end(n, j, k);
            if (!single_in(n, j, k, end, &one)) continue;
            if (out) out[found] = one;
            found++;
        }
    return found;
}

enum err structure_single_sources(struct arena *a, const struct network *n, struct single_source **out, size_t *count)
{
    *count = find_all(n, NULL);
    *out = NEW_ARRAY(a, struct single_source, *count);
    find_all(n, *out);
    return OK;
}
