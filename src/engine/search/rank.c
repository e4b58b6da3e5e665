/*
 * rank.c - an array of documents is scored list by list; a bitmap chunk by chunk, all lists added up over a chunk that
 * stays in the nearest cache, and only sums above the worst of the best so far are looked at.  Documents come in
 * ascending order, and the lower number is the better of equals: an equal score is never good enough later.
 */
#include "engine/search/rank.h"
#include "engine/search/kernel.h"

#include <stdlib.h>

enum {
    CHUNK = 64,                                     /* words of a bitmap                         */
    FEW   = 8,                                      /* fewer than one document in so many: one by one */
};

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

static void score_chunk(const struct scoring *by, uint32_t *at, uint32_t from, uint32_t words, uint32_t *sum)
{
    memset(sum, 0, words * 64 * sizeof *sum);
    for (size_t p = 0; p < by->n; p++) {
        const struct list *l = &by->part[p].list;
        if (l->bits) {
            kernel->add(sum, l->impact + from, by->part[p].bonus, words);
            continue;
        }
        for (at[p] = seek(l, at[p], from); at[p] < l->n && l->docs[at[p]] - from < words * 64; at[p]++)
            sum[l->docs[at[p]] - from] += l->impact[at[p]] + by->part[p].bonus;
    }
}

static void best_of_chunk(const uint64_t *bits, uint32_t from, uint32_t words, const uint32_t *sum, struct best *h)
{
    for (uint32_t w = 0; w < words; w++) {
        uint64_t left = bits[w];
        if (left && best_full(h)) left &= kernel->above(sum + w * 64, best_worst(h));
        for (; left; left &= left - 1) {
            uint32_t i = w * 64 + (uint32_t)__builtin_ctzll(left);
            best_offer(h, sum[i], from + i);
        }
    }
}

static void best_of_bits(const struct segment *s, const struct scoring *by, const uint64_t *bits, struct best *h)
{
    uint32_t at[QUERY_LISTS] = { 0 }, sum[CHUNK * 64];
    for (uint32_t w = 0; w < s->words; w += CHUNK) {
        uint32_t words = s->words - w < CHUNK ? s->words - w : CHUNK;
        if (!kernel->count(bits + w, bits + w, words)) continue;
        score_chunk(by, at, w * 64, words, sum);
        best_of_chunk(bits + w, w * 64, words, sum, h);
    }
}

size_t rank_best(const struct segment *s, struct arena *a, const struct scoring *by, struct matches *m, size_t n,
                 struct ranked *out)
{
    struct best h = { .most = n < m->n ? n : m->n };
    if (!h.most) return 0;
    h.key = NEW_ARRAY(a, uint64_t, h.most);
    if (m->n < s->docs / FEW) matches_docs(m, a, s->words);
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
