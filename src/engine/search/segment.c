#include "engine/search/segment.h"

#include <stdlib.h>

struct segment *segment_keep(struct segment *s)
{
    atomic_fetch_add(&s->holders, 1);
    return s;
}

/* The segment lies in its own arena. */
void segment_release(struct segment *s)
{
    if (!s || atomic_fetch_sub(&s->holders, 1) > 1) return;
    struct arena a = s->a, pairs = s->pairs;
    mapping_release(s->file);
    concepts_release(s->schema.concepts);
    arena_free(&pairs);
    arena_free(&a);
}

struct texts texts_make(struct arena *a, const Str *text, uint32_t n)
{
    struct texts t = { .start = NEW_ARRAY(a, uint64_t, n + (size_t)1) };
    for (uint32_t i = 0; i < n; i++) t.start[i + 1] = t.start[i] + text[i].n;
    t.bytes = NEW_ARRAY(a, char, t.start[n]);
    for (uint32_t i = 0; i < n; i++)
        if (text[i].n) memcpy(t.bytes + t.start[i], text[i].p, text[i].n);
    return t;
}

bool segment_doc(const struct segment *s, int64_t id, uint32_t *doc)
{
    uint32_t low = 0, high = s->docs;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->id[s->by_id[mid]] < id) low = mid + 1;
        else high = mid;
    }
    if (low == s->docs || s->id[s->by_id[low]] != id) return false;
    *doc = s->by_id[low];
    return true;
}

uint32_t segment_first_fold(const struct segment *s, Str text)
{
    uint32_t low = 0, high = s->folds;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (str_cmp(text_at(&s->fold_text, mid), text) < 0) low = mid + 1;
        else high = mid;
    }
    return low;
}

uint32_t segment_first_pair(const struct segment *s, uint64_t key)
{
    uint32_t low = 0, high = s->pair.lists;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->pair_key[mid] < key) low = mid + 1;
        else high = mid;
    }
    return low;
}

uint32_t segment_exact(const struct segment *s, uint32_t fold, Str text)
{
    for (uint32_t e = s->fold_exact[fold]; e < s->fold_exact[fold + 1]; e++)
        if (str_eq(text_at(&s->exact_text, e), text)) return e;
    return UINT32_MAX;
}

struct list postings_list(const struct postings *p, uint32_t list)
{
    uint32_t from = p->start[list], n = p->start[list + 1] - from;
    if (n) return (struct list){ .n = n, .docs = p->docs + from, .impact = p->impact ? p->impact + from : NULL };
    uint32_t low = 0, high = p->commons;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (p->common[mid].list < list) low = mid + 1;
        else high = mid;
    }
    if (low == p->commons || p->common[low].list != list) return (struct list){ 0 };
    const struct common *c = &p->common[low];
    return (struct list){ .n = c->docs, .bits = c->bits, .impact = c->impact, .peak = c->peak };
}

struct list segment_fold_list(const struct segment *s, uint32_t fold) { return postings_list(&s->fold, fold); }
struct list segment_pair_list(const struct segment *s, uint32_t pair) { return postings_list(&s->pair, pair); }

/* A word written in one way only has the list of its fold. */
struct list segment_exact_list(const struct segment *s, uint32_t exact)
{
    uint32_t fold = s->exact_fold[exact];
    bool only = s->fold_exact[fold + 1] - s->fold_exact[fold] == 1;
    return only ? postings_list(&s->fold, fold) : postings_list(&s->exact, exact);
}
