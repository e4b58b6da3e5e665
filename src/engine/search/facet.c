#include "engine/search/facet.h"

#include <stdlib.h>

enum { COLUMN_CELLS = 1 << 16 };                    /* so that counts by cell stay in the second cache */

static int by_bytes(const void *x, const void *y) { return str_cmp(*(const Str *)x, *(const Str *)y); }

SearchValues values_set(struct arena *a, SearchValues v)
{
    Str *p = NEW_ARRAY(a, Str, v.n);
    size_t n = 0;
    if (v.n) memcpy(p, v.p, v.n * sizeof *p);
    if (v.n > 1) qsort(p, v.n, sizeof *p, by_bytes);
    for (size_t i = 0; i < v.n; i++)
        if (!n || !str_eq(p[n - 1], p[i])) p[n++] = p[i];
    return (SearchValues){ p, n };
}

/* ------------------------------------------------------------------ making ------------------ */

struct facet_build facet_build_make(struct arena *a)
{
    return (struct facet_build){ .a = a, .values = map_make(a, 64), .sets = map_make(a, 64) };
}

static uint32_t value_number(struct facet_build *b, Str value)
{
    int64_t known;
    bool added;
    if (map_get(&b->values, value, &known)) return (uint32_t)known;
    Str copy = str_dup(b->a, value);
    map_put(&b->values, copy, (int64_t)b->value.n, &added);
    *GROW(b->a, b->value) = copy;
    return (uint32_t)b->value.n - 1;
}

static uint32_t set_number(struct facet_build *b, const uint32_t *values, size_t n)
{
    Str key = { (const char *)values, n * sizeof *values };
    int64_t known;
    bool added;
    if (map_get(&b->sets, n ? key : S(""), &known)) return (uint32_t)known;
    Str copy = n ? (Str){ memcpy(NEW_ARRAY(b->a, uint32_t, n), values, key.n), key.n } : S("");
    map_put(&b->sets, copy, (int64_t)b->set.n, &added);
    *GROW(b->a, b->set) = copy;
    return (uint32_t)b->set.n - 1;
}

uint32_t facet_build_set(struct facet_build *b, struct arena *scratch, SearchValues values)
{
    SearchValues set = values_set(scratch, values);
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, set.n);
    for (size_t i = 0; i < set.n; i++) number[i] = value_number(b, set.p[i]);
    return set_number(b, number, set.n);
}

uint32_t *facet_build_take(struct facet_build *b, struct arena *scratch, const struct facet *f)
{
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, f->sets), *value = NEW_ARRAY(scratch, uint32_t, f->values);
    for (uint32_t set = 0; set < f->sets; set++) {
        uint32_t from = f->set_start[set], n = f->set_start[set + 1] - from;
        for (uint32_t i = 0; i < n; i++) value[i] = value_number(b, f->value[f->set_value[from + i]]);
        number[set] = set_number(b, value, n);
    }
    return number;
}

static size_t set_size(const struct facet_build *b, uint32_t set) { return b->set.p[set].n / sizeof(uint32_t); }

static uint32_t set_item(const struct facet_build *b, uint32_t set, size_t i)
{
    uint32_t value;
    memcpy(&value, b->set.p[set].p + i * sizeof value, sizeof value);
    return value;
}

/* Numbers the sets in use as they appear; used[] becomes their old numbers. */
static void number_sets(struct facet *f, uint32_t *set, uint32_t docs, uint32_t *used, uint32_t *number)
{
    for (uint32_t d = 0; d < docs; d++) {
        if (!number[set[d]]) {
            used[f->sets++] = set[d];
            number[set[d]] = f->sets;               /* from 1, since 0 says unseen               */
        }
        set[d] = number[set[d]] - 1;
    }
}

static void make_values(struct facet *f, struct arena *a, const struct facet_build *b, const uint32_t *used,
                        struct arena *scratch)
{
    bool *seen = NEW_ARRAY(scratch, bool, b->value.n);
    size_t items = 0;
    for (uint32_t set = 0; set < f->sets; set++)
        for (size_t i = 0; i < set_size(b, used[set]); i++, items++) seen[set_item(b, used[set], i)] = true;
    f->value = NEW_ARRAY(a, Str, b->value.n);
    for (size_t v = 0; v < b->value.n; v++)
        if (seen[v]) f->value[f->values++] = str_dup(a, b->value.p[v]);
    if (f->values) qsort(f->value, f->values, sizeof *f->value, by_bytes);
    f->set_start = NEW_ARRAY(a, uint32_t, f->sets + (size_t)1);
    f->set_value = NEW_ARRAY(a, uint32_t, items);
    uint32_t n = 0;
    for (uint32_t set = 0; set < f->sets; set++) {
        f->set_start[set] = n;
        for (size_t i = 0; i < set_size(b, used[set]); i++)
            MUST(facet_value(f, b->value.p[set_item(b, used[set], i)], &f->set_value[n++]));
    }
    f->set_start[f->sets] = n;
}

static void make_lists(struct segment *s, struct facet *f, const uint32_t *of_doc, struct arena *scratch)
{
    uint32_t *count = NEW_ARRAY(scratch, uint32_t, f->values), *at = NEW_ARRAY(scratch, uint32_t, f->values);
    for (uint32_t d = 0; d < s->docs; d++)
        for (uint32_t set = of_doc[d], i = f->set_start[set]; i < f->set_start[set + 1]; i++) count[f->set_value[i]]++;
    postings_plan(&f->docs, &s->a, count, f->values, s->docs, false, at);
    for (uint32_t d = 0; d < s->docs; d++)
        for (uint32_t set = of_doc[d], i = f->set_start[set]; i < f->set_start[set + 1]; i++)
            postings_put(&f->docs, at, f->set_value[i], d, 0);
}

void facet_make(struct segment *s, int facet, const struct facet_build *b, uint32_t *set)
{
    struct arena scratch = arena_make(s->room, NULL);
    struct facet *f = &s->facet[facet];
    uint32_t *used = NEW_ARRAY(&scratch, uint32_t, b->set.n), *number = NEW_ARRAY(&scratch, uint32_t, b->set.n);
    number_sets(f, set, s->docs, used, number);
    make_values(f, &s->a, b, used, &scratch);
    make_lists(s, f, set, &scratch);
    arena_free(&scratch);
}

/* Each facet joins the first column that has room for it. */
void columns_plan(struct segment *s)
{
    s->columns = 0;
    for (struct facet *f = s->facet; f < s->facet + s->schema.facets; f++) {
        uint32_t sets = f->sets ? f->sets : 1;
        f->column = 0;
        while (f->column < s->columns && (uint64_t)s->column[f->column].cells * sets > COLUMN_CELLS) f->column++;
        if (f->column == s->columns) s->column[s->columns++] = (struct column){ .cells = 1 };
        f->below = s->column[f->column].cells;
        s->column[f->column].cells *= sets;
    }
}

static void make_column(struct segment *s, int column, const uint32_t *cell)
{
    struct column *c = &s->column[column];
    if (c->cells <= UINT8_MAX + 1) c->cell8 = NEW_ARRAY(&s->a, uint8_t, s->docs);
    else if (c->cells <= UINT16_MAX + 1) c->cell16 = NEW_ARRAY(&s->a, uint16_t, s->docs);
    else c->cell32 = NEW_ARRAY(&s->a, uint32_t, s->docs);
    for (uint32_t d = 0; d < s->docs; d++) {
        if (c->cell8) c->cell8[d] = (uint8_t)cell[d];
        else if (c->cell16) c->cell16[d] = (uint16_t)cell[d];
        else c->cell32[d] = cell[d];
    }
}

void columns_make(struct segment *s, uint32_t *const set[SEARCH_FACETS])
{
    struct arena scratch = arena_make(s->room, NULL);
    columns_plan(s);
    for (int c = 0; c < s->columns; c++) {
        uint32_t *cell = NEW_ARRAY(&scratch, uint32_t, s->docs);
        for (int f = 0; f < s->schema.facets; f++)
            for (uint32_t d = 0; s->facet[f].column == c && d < s->docs; d++) cell[d] += set[f][d] * s->facet[f].below;
        make_column(s, c, cell);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
}

/* ------------------------------------------------------------------ asking ------------------ */

bool facet_value(const struct facet *f, Str value, uint32_t *number)
{
    uint32_t low = 0, high = f->values;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (str_cmp(f->value[mid], value) < 0) low = mid + 1;
        else high = mid;
    }
    *number = low;
    return low < f->values && str_eq(f->value[low], value);
}

static uint32_t *docs_of_bits(struct arena *a, const uint64_t *bits, uint32_t n, uint32_t words)
{
    uint32_t *docs = NEW_ARRAY(a, uint32_t, n), *to = docs;
    for (uint32_t w = 0; w < words && to < docs + n; w++)
        for (uint64_t left = bits[w]; left && to < docs + n; left &= left - 1)
            *to++ = w * 64 + (uint32_t)__builtin_ctzll(left);
    return docs;
}

const uint32_t *matches_docs(struct matches *m, struct arena *a, uint32_t words)
{
    if (!m->docs) m->docs = docs_of_bits(a, m->bits, m->n, words);
    return m->docs;
}

const uint32_t *matches_first(const struct matches *m, struct arena *a, uint32_t words, uint32_t n)
{
    return m->docs ? m->docs : docs_of_bits(a, m->bits, n, words);
}
