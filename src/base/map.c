#include "base/map.h"

#include "base/hash.h"

enum { SMALLEST = 8 };

static bool too_full(size_t n, size_t cap) { return n * 4 > cap * 3; }

struct map map_make(struct arena *a, size_t expected)
{
    size_t cap = SMALLEST;
    while (too_full(expected, cap)) cap *= 2;
    return (struct map){ .a = a, .cells = NEW_ARRAY(a, struct map_cell, cap), .cap = cap };
}

/* The key's cell, or the empty one where it would stand; there is always an empty one. */
static struct map_cell *find(const struct map *m, Str key, uint64_t hash)
{
    for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
        struct map_cell *c = &m->cells[i];
        if (!c->key.p || (c->hash == hash && str_eq(c->key, key))) return c;
    }
}

bool map_get(const struct map *m, Str key, int64_t *value)
{
    const struct map_cell *c = find(m, key, str_hash(key));
    if (!c->key.p) return false;
    *value = c->value;
    return true;
}

static void double_cells(struct map *m)
{
    const struct map_cell *old = m->cells;
    size_t n = m->cap;
    m->cap = n * 2;
    m->cells = NEW_ARRAY(m->a, struct map_cell, m->cap);
    for (size_t i = 0; i < n; i++)
        if (old[i].key.p) *find(m, old[i].key, old[i].hash) = old[i];
}

int64_t *map_put(struct map *m, Str key, int64_t value, bool *added)
{
    if (!key.p) key = S("");                        /* NULL is the mark of an empty cell         */
    if (too_full(m->n + 1, m->cap)) double_cells(m);
    uint64_t hash = str_hash(key);
    struct map_cell *c = find(m, key, hash);
    *added = !c->key.p;
    if (*added) {
        *c = (struct map_cell){ key, hash, value };
        m->n++;
    }
    return &c->value;
}
