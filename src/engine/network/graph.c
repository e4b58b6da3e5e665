#include "engine/network/graph.h"
#include "engine/network/large.h"

size_t scratch_bytes(const struct network *n, size_t firm_bytes, size_t large, size_t more)
{
    return ((size_t)1 << 24) + firm_bytes * ((size_t)n->firms + 2) + large * LARGE_GAP + more;
}

struct arena scratch_for(const struct network *n, size_t firm_bytes, size_t large, size_t more)
{
    return arena_make(scratch_bytes(n, firm_bytes, large, more), NULL);
}

bool firms_valid(const struct network *n, const uint32_t *firms, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (firms[k] >= n->firms) return false;
    return true;
}
