#include "engine/network/large.h"

#include <sys/mman.h>

#define PAGE ((size_t)2 << 20)

void *large_array(struct arena *a, size_t size, size_t count)
{
    size_t bytes = size * count;
    if (bytes < PAGE) return arena_alloc(a, size, 64, count);
    void *p = arena_raw(a, size, PAGE, count);
    madvise(p, bytes, MADV_HUGEPAGE);               /* advice only: without it all is the same, but slower */
    return memset(p, 0, bytes);
}
