#include "engine/search/best.h"

static void sink(struct best *b, size_t at, uint64_t key)
{
    for (size_t child; (child = 2 * at + 1) < b->n; at = child) {
        if (child + 1 < b->n && b->key[child + 1] < b->key[child]) child++;
        if (b->key[child] >= key) break;
        b->key[at] = b->key[child];
    }
    b->key[at] = key;
}

void best_put(struct best *b, uint64_t key)
{
    if (best_full(b)) {
        sink(b, 0, key);
        return;
    }
    size_t at = b->n++;
    for (; at && b->key[(at - 1) / 2] > key; at = (at - 1) / 2) b->key[at] = b->key[(at - 1) / 2];
    b->key[at] = key;
}

size_t best_empty(struct best *b, struct ranked *out)
{
    size_t n = b->n;
    while (b->n) {
        uint64_t key = b->key[0];
        b->n--;
        if (b->n) sink(b, 0, b->key[b->n]);
        out[b->n] = (struct ranked){ ~(uint32_t)key, (uint32_t)(key >> 32) };
    }
    return n;
}
