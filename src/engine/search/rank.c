/*
 * rank.c - an array of documents is scored list by list; a bitmap word by word, all lists added up over its 64 documents, but only where
 * the sum of the lists' peaks is above the worst of the best so far.  Documents come in ascending order, and the lower number is the better
 * of equals: an equal score is never good enough later.
 */
#include "engine/search/rank.h"
#include "engine/search/kernel.h"

#include <stdlib.h>

enum { CHUNK = 64 };                                /* words of a bitmap bounded at once         */

/* ------------------------------------------------------------------ scoring ----------------- */

static void score_docs(const struct scoring *by, const uint32_t *docs, uint32_t n, uint32_t *sum)
{
    for (size_t p = 0; p < by->n; p++) {
        const struct list *l = &by->part[p].list;
        uint32_t bonus = by->part[p].bonus, at = 0;
        if (l->bits) {
            for (uint32_t i = 0; i < n; i++) sum[i] += l->impact[docs[i]] + (l->impact[docs[i]] ? bonus : 0);
            continue;
        }
        for (uint32_t i = 0; i < n && (at = seek(l, at, docs[i])) < l->n; i++)
            if (l->docs[at] == docs[i]) sum[i] += l->impact[at] + bonus;
    }
}

/* Places in the lists of a scoring that are arrays. */
struct places { uint32_t at[QUERY_LISTS]; };

/* At most what a document gets, for each word of a chunk from that document on. */
static void bound_chunk(const struct scoring *by, struct places *p, uint32_t from, uint32_t *bound)
{
    memset(bound, 0, CHUNK * sizeof *bound);
    for (size_t k = 0; k < by->n; k++) {
        const struct list *l = &by->part[k].list;
        if (l->bits) {
            kernel->add(bound, l->peak + from / 64, by->part[k].bonus, 1);
            continue;
        }
        uint32_t most[CHUNK] = { 0 };
        for (p->at[k] = seek(l, p->at[k], from); p->at[k] < l->n && l->docs[p->at[k]] - from < CHUNK * 64; p->at[k]++) {
            uint32_t *here = &most[(l->docs[p->at[k]] - from) / 64], gain = l->impact[p->at[k]] + by->part[k].bonus;
            if (gain > *here) *here = gain;
        }
        for (uint32_t w = 0; w < CHUNK; w++) bound[w] += most[w];
    }
}

static void score_word(const struct scoring *by, struct places *p, uint32_t from, uint32_t *sum)
{
    memset(sum, 0, 64 * sizeof *sum);
    for (size_t k = 0; k < by->n; k++) {
        const struct list *l = &by->part[k].list;
        if (l->bits) {
            kernel->add(sum, l->impact + from, by->part[k].bonus, 1);
            continue;
        }
        for (p->at[k] = seek(l, p->at[k], from); p->at[k] < l->n && l->docs[p->at[k]] - from < 64; p->at[k]++)
            sum[l->docs[p->at[k]] - from] += l->impact[p->at[k]] + by->part[k].bonus;
    }
}

static void best_of_word(uint64_t left, uint32_t from, const uint32_t *sum, struct best *h)
{
    if (best_full(h)) left &= kernel->above(sum, best_worst(h));
    for (; left; left &= left - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(left);
        best_offer(h, sum[i], from + i);
    }
}

static void best_of_bits(const struct segment *s, const struct scoring *by, const uint64_t *bits, struct best *h)
{
    struct places bounded = { .at = { 0 } }, scored = { .at = { 0 } };
    uint32_t bound[CHUNK], sum[64];
    for (uint32_t from = 0; from < s->words; from += CHUNK) {
        bound_chunk(by, &bounded, from * 64, bound);
        uint64_t left = best_full(h) ? kernel->above(bound, best_worst(h)) : ~(uint64_t)0;
        for (; left; left &= left - 1) {
            uint32_t i = (uint32_t)__builtin_ctzll(left), w = from + i;
            if (w >= s->words) break;
            if (!bits[w] || (best_full(h) && bound[i] <= best_worst(h))) continue;
            score_word(by, &scored, w * 64, sum);
            best_of_word(bits[w], w * 64, sum, h);
        }
    }
}

size_t rank_best(const struct segment *s, struct arena *a, const struct scoring *by, struct matches *m, size_t n,
                 struct ranked *out)
{
    struct best h = { .most = n < m->n ? n : m->n };
    if (!h.most) return 0;
    h.key = NEW_ARRAY(a, uint64_t, h.most);
    if (!m->docs) {
        best_of_bits(s, by, m->bits, &h);
    } else {
        uint32_t *sum = NEW_ARRAY(a, uint32_t, m->n);
        score_docs(by, m->docs, m->n, sum);
        for (uint32_t i = 0; i < m->n; i++) best_offer(&h, sum[i], m->docs[i]);
    }
    return best_empty(&h, out);
}

size_t rank_first(const struct segment *s, struct arena *a, const struct scoring *by, struct matches *m, size_t n,
                  struct ranked *out)
{
    uint32_t have = n < m->n ? (uint32_t)n : m->n;
    const uint32_t *docs = matches_first(m, a, s->words, have);
    uint32_t *sum = NEW_ARRAY(a, uint32_t, have);
    score_docs(by, docs, have, sum);
    for (uint32_t i = 0; i < have; i++) out[i] = (struct ranked){ docs[i], sum[i] };
    return have;
}
