/*
 * invert.c - from documents as words to lists of documents.
 *
 * The documents are walked twice in the same way: once to count each list, once to fill it.
 */
#include "engine/search/segment.h"

#include <pthread.h>
#include <stdlib.h>

#define IN_COMMON 0x80000000u                       /* in at[]: an index in common[], not a place */

/* ------------------------------------------------------------------ lists ------------------- */

void postings_plan(struct postings *p, struct arena *a, const uint32_t *count, uint32_t lists, uint32_t docs,
                   bool impacts, uint32_t *at)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < lists; i++) p->commons += count[i] && (uint64_t)count[i] * COMMON >= docs;
    p->lists = lists;
    p->start = NEW_ARRAY(a, uint32_t, lists + 1);
    p->common = NEW_ARRAY(a, struct common, p->commons);
    struct common *c = p->common;
    size_t words = (docs + 63) / 64;
    for (uint32_t i = 0; i < lists; i++) {
        p->start[i] = total;
        at[i] = total;
        if (!count[i] || (uint64_t)count[i] * COMMON < docs) {
            total += count[i];
            continue;
        }
        at[i] = IN_COMMON | (uint32_t)(c - p->common);
        *c++ = (struct common){ .list = i, .bits = NEW_ARRAY(a, uint64_t, words),
                                .impact = impacts ? NEW_ARRAY(a, uint8_t, words * 64) : NULL,
                                .peak = impacts ? NEW_ARRAY(a, uint8_t, peaks_of((uint32_t)words)) : NULL };
    }
    MUST(total < IN_COMMON);
    p->start[lists] = total;
    p->docs = NEW_ARRAY(a, uint32_t, total);
    if (impacts) p->impact = NEW_ARRAY(a, uint8_t, total);
}

void postings_put(struct postings *p, uint32_t *at, uint32_t list, uint32_t doc, uint8_t impact)
{
    if (at[list] & IN_COMMON) {
        struct common *c = &p->common[at[list] & ~IN_COMMON];
        bit_set(c->bits, doc);
        c->docs++;
        if (!c->impact) return;
        c->impact[doc] = impact;
        if (impact > c->peak[doc / 64]) c->peak[doc / 64] = impact;
        return;
    }
    uint32_t to = at[list]++;
    p->docs[to] = doc;
    if (p->impact) p->impact[to] = impact;
}

/* ------------------------------------------------------------------ one document ------------ */

/* What is gained in a document, by list: x of the formula in search.h, summed over the word's places. */
struct tally {
    uint32_t *x, *seen;             /* seen: lists with x > 0                                    */
    size_t    n;
};

static struct tally tally_make(struct arena *a, uint32_t lists)
{
    size_t most = (size_t)SEARCH_FIELDS * (SEARCH_FIELD_WORDS + SEARCH_FIELD_CONCEPTS);
    return (struct tally){ NEW_ARRAY(a, uint32_t, lists), NEW_ARRAY(a, uint32_t, lists < most ? lists : most), 0 };
}

static inline void tally_add(struct tally *t, uint32_t list, uint32_t gain)
{
    if (!t->x[list]) t->seen[t->n++] = list;
    t->x[list] += gain;
}

/* Where a document's tally goes: first into counts, then into postings. */
struct sink {
    struct tally     tally;
    struct postings *to;
    uint32_t        *at;            /* counts, then places                                       */
    uint32_t         saturation;    /* 256 * the greatest weight                                 */
    bool             counting;
};

static void sink_doc(struct sink *k, uint32_t doc)
{
    struct tally *t = &k->tally;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t list = t->seen[i];
        uint64_t x = t->x[list], impact = 255 * x / (x + k->saturation);
        t->x[list] = 0;
        if (k->counting) k->at[list]++;
        else postings_put(k->to, k->at, list, doc, impact ? (uint8_t)impact : 1);
    }
    t->n = 0;
}

static struct sink sink_make(const struct segment *s, struct arena *scratch, struct postings *to, uint32_t lists)
{
    uint32_t most = 0;
    for (int f = 0; f < s->schema.fields; f++)
        if (s->schema.field[f].weight > most) most = s->schema.field[f].weight;
    return (struct sink){ .tally = tally_make(scratch, lists), .to = to, .counting = true,
                          .at = NEW_ARRAY(scratch, uint32_t, lists), .saturation = 256 * most };
}

/* After counting, before filling. */
static void sink_plan(struct sink *k, struct arena *a, struct arena *scratch, uint32_t lists, uint32_t docs)
{
    uint32_t *at = NEW_ARRAY(scratch, uint32_t, lists);
    postings_plan(k->to, a, k->at, lists, docs, true, at);
    k->at = at;
    k->counting = false;
}

/* What one place gains after each mark of a document. */
static void gains(const struct segment *s, uint32_t doc, uint32_t gain[MARKS])
{
    uint32_t words[MARKS] = { 0 }, mark = 0;
    for (size_t i = s->token_start[doc]; i < s->token_start[doc + 1]; i++) {
        if (s->token[i] >= MARK) mark = s->token[i] - MARK;
        else words[mark]++;
    }
    for (int f = 0; f < s->schema.fields; f++) {
        uint32_t length = s->schema.field[f].length;
        gain[f] = 512 * s->schema.field[f].weight * length / (length + words[f]);
        if (!gain[f]) gain[f] = 1;
        gain[MARK_CONCEPTS + f] = gain[f];
        gain[MARK_HALF + f] = (gain[f] + 1) / 2;
    }
}

/* ------------------------------------------------------------------ words ------------------- */

static void walk_words(const struct segment *s, struct sink *fold, struct sink *exact)
{
    uint32_t gain[MARKS], mark = 0;
    for (uint32_t doc = 0; doc < s->docs; doc++) {
        gains(s, doc, gain);
        for (size_t i = s->token_start[doc]; i < s->token_start[doc + 1]; i++) {
            uint32_t e = s->token[i];
            if (e >= MARK) {
                mark = e - MARK;
                continue;
            }
            uint32_t f = s->exact_fold[e];
            tally_add(&fold->tally, f, gain[mark]);
            if (s->fold_exact[f + 1] - s->fold_exact[f] > 1) tally_add(&exact->tally, e, gain[mark]);
        }
        sink_doc(fold, doc);
        sink_doc(exact, doc);
    }
}

static void invert_words(struct segment *s, size_t room)
{
    struct arena scratch = arena_make(room, NULL);
    struct sink fold = sink_make(s, &scratch, &s->fold, s->folds);
    struct sink exact = sink_make(s, &scratch, &s->exact, s->exacts);
    walk_words(s, &fold, &exact);
    sink_plan(&fold, &s->a, &scratch, s->folds, s->docs);
    sink_plan(&exact, &s->a, &scratch, s->exacts, s->docs);
    walk_words(s, &fold, &exact);
    arena_free(&scratch);
}

/* ------------------------------------------------------------------ pairs ------------------- */

struct pairs {                      /* an open hash table that numbers keys as they come         */
    uint64_t *key;                  /* by number                                                 */
    uint32_t *cell;                 /* number + 1; 0: free                                       */
    uint32_t  n;
    size_t    cells;                /* a power of two, at least twice n                          */
};

static inline size_t place(const struct pairs *p, uint64_t key)
{
    uint64_t h = key * 0x9E3779B97F4A7C15u;
    return (h ^ h >> 32) & (p->cells - 1);
}

static void pairs_grow(struct pairs *p, struct arena *a)
{
    struct pairs big = { .cells = p->cells ? p->cells * 4 : 1024, .n = p->n };
    big.cell = NEW_ARRAY(a, uint32_t, big.cells);
    big.key = NEW_ARRAY(a, uint64_t, big.cells / 2);
    if (p->n) memcpy(big.key, p->key, p->n * sizeof *p->key);
    for (uint32_t i = 0; i < p->n; i++) {
        size_t at = place(&big, big.key[i]);
        while (big.cell[at]) at = (at + 1) & (big.cells - 1);
        big.cell[at] = i + 1;
    }
    *p = big;
}

static uint32_t pairs_put(struct pairs *p, struct arena *a, uint64_t key)
{
    if (2 * (size_t)p->n >= p->cells) pairs_grow(p, a);
    size_t at = place(p, key);
    for (; p->cell[at]; at = (at + 1) & (p->cells - 1))
        if (p->key[p->cell[at] - 1] == key) return p->cell[at] - 1;
    p->key[p->n] = key;
    p->cell[at] = ++p->n;
    return p->n - 1;
}

struct numbered { uint64_t key; uint32_t number; };

static int by_key(const void *x, const void *y)
{
    const struct numbered *a = x, *b = y;
    return (a->key > b->key) - (a->key < b->key);
}

/* Sorts the keys into the segment; gives the place in them of each pair by its number. */
static uint32_t *pairs_order(const struct pairs *p, struct segment *s, struct arena *scratch)
{
    struct numbered *order = NEW_ARRAY(scratch, struct numbered, p->n);
    uint32_t *rank = NEW_ARRAY(scratch, uint32_t, p->n);
    for (uint32_t i = 0; i < p->n; i++) order[i] = (struct numbered){ p->key[i], i };
    if (p->n) qsort(order, p->n, sizeof *order, by_key);
    s->pair_key = NEW_ARRAY(&s->pairs, uint64_t, p->n);
    for (uint32_t i = 0; i < p->n; i++) {
        s->pair_key[i] = order[i].key;
        rank[order[i].number] = i;
    }
    return rank;
}

/* pair_of: the pair that each token makes with the one after it; UINT32_MAX: none. */
static uint32_t *number_pairs(const struct segment *s, struct arena *scratch, struct pairs *pairs)
{
    uint32_t *pair_of = NEW_ARRAY(scratch, uint32_t, s->token_start[s->docs]);
    uint32_t mark = 0;
    for (uint32_t doc = 0; doc < s->docs; doc++)
        for (size_t i = s->token_start[doc], end = s->token_start[doc + 1]; i < end; i++) {
            if (s->token[i] >= MARK) mark = s->token[i] - MARK;
            bool two = i + 1 < end && s->token[i] < MARK && s->token[i + 1] < MARK && mark < MARK_CONCEPTS;
            pair_of[i] = two ? pairs_put(pairs, scratch, (uint64_t)s->exact_fold[s->token[i]] << 32 |
                                                         s->exact_fold[s->token[i + 1]])
                             : UINT32_MAX;
        }
    return pair_of;
}

static void walk_pairs(const struct segment *s, struct sink *pair, const uint32_t *pair_of, const uint32_t *rank)
{
    uint32_t gain[MARKS], mark = 0;
    for (uint32_t doc = 0; doc < s->docs; doc++) {
        gains(s, doc, gain);
        for (size_t i = s->token_start[doc]; i < s->token_start[doc + 1]; i++) {
            if (s->token[i] >= MARK) mark = s->token[i] - MARK;
            else if (pair_of[i] != UINT32_MAX) tally_add(&pair->tally, rank[pair_of[i]], gain[mark]);
        }
        sink_doc(pair, doc);
    }
}

static void invert_pairs(struct segment *s, size_t room)
{
    struct arena scratch = arena_make(room, NULL);
    struct pairs pairs = { 0 };
    const uint32_t *pair_of = number_pairs(s, &scratch, &pairs), *rank = pairs_order(&pairs, s, &scratch);
    struct sink pair = sink_make(s, &scratch, &s->pair, pairs.n);
    walk_pairs(s, &pair, pair_of, rank);
    sink_plan(&pair, &s->pairs, &scratch, pairs.n, s->docs);
    walk_pairs(s, &pair, pair_of, rank);
    arena_free(&scratch);
}

/* ------------------------------------------------------------------ both -------------------- */

struct work { struct segment *s; size_t room; };

static void *pairs_thread(void *arg)
{
    struct work *w = arg;
    invert_pairs(w->s, w->room);
    return NULL;
}

void segment_invert(struct segment *s, size_t room, int threads)
{
    struct work w = { s, room };
    pthread_t other;
    bool apart = threads > 1 && !pthread_create(&other, NULL, pairs_thread, &w);
    if (!apart) invert_pairs(s, room);
    invert_words(s, room);
    if (apart) MUST(!pthread_join(other, NULL));
}
