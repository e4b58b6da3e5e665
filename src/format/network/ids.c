#include "format/network/ids.h"

#include "base/unicode.h"

#include <sys/mman.h>

enum { SMALLEST = 16, HUGE_PAGE = 2 << 20 };

/* The id's cell, or the empty one where it would stand; at least half of them are empty. */
static struct id_cell *cell_of(const struct ids *t, const struct id_key *k)
{
    for (size_t i = k->hash & (t->cap - 1);; i = (i + 1) & (t->cap - 1)) {
        struct id_cell *c = &t->cells[i];
        if (!c->length) return c;
        if (c->head == k->head && c->tail == k->tail && c->length == k->text.n &&
            (k->text.n <= ID_SHORT || str_eq(t->names[c->number], k->text))) return c;
    }
}

/* In pages of 2 MB where the system has them: most of what finding an id in a large table costs is finding its page. */
static struct id_cell *cells_make(struct arena *a, size_t n)
{
    struct id_cell *cells = arena_raw(a, sizeof *cells, n < HUGE_PAGE / sizeof *cells ? _Alignof(struct id_cell) : HUGE_PAGE, n);
    if (n * sizeof *cells >= HUGE_PAGE) madvise(cells, n * sizeof *cells / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    return memset(cells, 0, n * sizeof *cells);
}

struct ids ids_make(struct arena *a, size_t expected)
{
    struct ids t = { .a = a, .cap = SMALLEST, .names_cap = expected < SMALLEST ? SMALLEST : expected };
    while (t.cap < 2 * expected) t.cap *= 2;
    t.cells = cells_make(a, t.cap);
    t.names = NEW_ARRAY(a, Str, t.names_cap);
    return t;
}

static void grow(struct ids *t)
{
    struct ids more = ids_make(t->a, 2 * (size_t)t->n);
    for (uint32_t i = 0; i < t->n; i++) {
        struct id_key k = id_key_of(t->names[i]);
        *cell_of(&more, &k) = (struct id_cell){ k.head, k.tail, (uint32_t)k.text.n, i };
        more.names[i] = t->names[i];
    }
    more.n = t->n;
    *t = more;
}

static bool is_ascii(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] & 0x80) return false;
    return true;
}

uint32_t ids_add(struct ids *t, Str text, bool *added)
{
    MUST(text.n && text.n <= ID_LONGEST && t->n < UINT32_MAX - 1);
    if (!is_ascii(text)) text = text_nfc(t->a, text);
    if (t->n == t->names_cap) grow(t);
    struct id_key k = id_key_of(text);
    struct id_cell *c = cell_of(t, &k);
    *added = !c->length;
    if (*added) {
        *c = (struct id_cell){ k.head, k.tail, (uint32_t)k.text.n, t->n };
        t->names[t->n++] = str_dup(t->a, text);
    }
    return c->number;
}

/* As it stands, then as it would stand in NFC. */
bool ids_find(const struct ids *t, const struct id_key *k, uint32_t *number)
{
    if (k->text.n > ID_LONGEST) return false;
    const struct id_cell *c = cell_of(t, k);
    if (!c->length && !is_ascii(k->text)) {
        struct arena a = arena_make((size_t)1 << 20, NULL);
        struct id_key normal = id_key_of(text_nfc(&a, k->text));
        c = cell_of(t, &normal);
        arena_free(&a);
    }
    *number = c->number;
    return c->length > 0;
}

bool ids_look(const struct ids *t, Str text, uint32_t *number)
{
    struct id_key k = id_key_of(text);
    return ids_find(t, &k, number);
}
