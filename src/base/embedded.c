#include "base/embedded.h"

/* Both are made by tools/embed: rows sorted by the bytes of their names. */
extern const struct embedded embedded_table[];
extern const size_t          embedded_count;

/* The first row whose name is not before `name`. */
static size_t lower_bound(Str name)
{
    size_t from = 0, to = embedded_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_cmp(embedded_table[middle].name, name) < 0) from = middle + 1;
        else to = middle;
    }
    return from;
}

bool embedded_find(Str name, Str *bytes)
{
    size_t at = lower_bound(name);
    if (at == embedded_count || !str_eq(embedded_table[at].name, name)) return false;
    *bytes = embedded_table[at].bytes;
    return true;
}

size_t embedded_under(Str prefix, const struct embedded **first)
{
    size_t at = lower_bound(prefix), n = 0;
    while (at + n < embedded_count && str_starts(embedded_table[at + n].name, prefix)) n++;
    *first = &embedded_table[at];
    return n;
}
