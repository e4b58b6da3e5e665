/*
 * find.c - a demand from its criteria to its best documents.
 *
 * Documents that no must keeps out are found first.  Then a scan gives every one of them a bound of its score, and those whose bound
 * reaches what the worst of the best so far has are scored exactly: first those of the highest bounds, which make that worst a good one.
 */
#include "engine/match/plan.h"
#include "engine/match/scan.h"
#include "engine/search/best.h"
#include "engine/search/kernel.h"
#include "engine/search/snapshot.h"
#include "base/parallel.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    APART = 1 << 17,                /* documents of a segment from which on two threads share it  */
    THREADS = 2,
    FEW = 128,                      /* documents that are scored without a scan                   */
};

struct share {                      /* of a segment: some whole blocks of it, one thread's        */
    uint32_t    from, to;           /* words                                                      */
    uint32_t    fitting;
    struct best best;
};

struct job {                        /* a segment                                                  */
    const struct plan *p;
    const struct scan *scan;
    uint64_t          *fit;         /* documents that are not kept out                            */
    uint16_t          *sum;         /* by document: the bound, by the points of the scan          */
    uint16_t          *top;         /* by word: the greatest of its documents that fit            */
    struct share       share[THREADS];
    int                shares;
    _Atomic int64_t   *least;       /* a score that so many documents have already that less is in vain */
};

/* ------------------------------------------------------------------ the scan ---------------- */

struct block { uint32_t from, words; };             /* words of a bitmap                          */

static void paint_list(const struct scan *scan, struct block at, const struct list *l, uint8_t points, uint8_t *to)
{
    if (l->bits) scan->paint(to, l->bits + at.from, points, at.words);
    if (!l->docs) return;
    for (uint32_t i = seek(l, 0, at.from * 64); i < l->n && l->docs[i] - at.from * 64 < at.words * 64; i++) {
        uint8_t *p = to + (l->docs[i] - at.from * 64);
        if (*p < points) *p = points;
    }
}

static void scan_hurdle(const struct scan *scan, struct block at, const struct hurdle *h, uint8_t *to)
{
    memset(to, h->columns ? 255 : 0, at.words * 64);
    for (uint32_t i = 0; i < h->lists; i++) paint_list(scan, at, &h->painted[i].list, h->painted[i].scanned, to);
    for (int i = 0; i < h->columns; i++) scan->range(to, h->ranged[i].range + at.from * 64, h->ranged[i].scanned, at.words);
}

static void scan_words(const struct job *j, struct block at, uint8_t *to)
{
    const struct plan *p = j->p;
    memset(to, 0, at.words * 64);
    for (size_t i = 0; i < p->words->n; i++) {
        const struct list *l = &p->word[i];
        if (l->bits) j->scan->scale(to, l->impact + at.from * 64, p->factor, at.words);
        for (uint32_t k = l->docs ? seek(l, 0, at.from * 64) : l->n; k < l->n && l->docs[k] - at.from * 64 < at.words * 64; k++) {
            uint32_t doc = l->docs[k] - at.from * 64, x = to[doc] + ((l->impact[k] * p->factor + 255) >> 8);
            to[doc] = x < 255 ? (uint8_t)x : 255;
        }
    }
}

static void scan_block(const struct job *j, struct block at)
{
    uint8_t points[BLOCK * 64], other[BLOCK * 64];
    uint16_t *sum = j->sum + at.from * 64;
    memset(sum, 0, at.words * 64 * sizeof *sum);
    for (const struct held *h = j->p->held; h < j->p->held + j->p->d->n; h++) {
        scan_hurdle(j->scan, at, &h->hurdle[0], points);
        for (int i = 1; i < h->hurdles; i++) {
            scan_hurdle(j->scan, at, &h->hurdle[i], other);
            j->scan->lesser(points, other, at.words);
        }
        j->scan->add(sum, points, at.words);
    }
    if (j->p->words->n) {
        scan_words(j, at, points);
        j->scan->add(sum, points, at.words);
    }
    for (uint32_t w = 0; w < at.words; w++) j->top[at.from + w] = j->fit[at.from + w] ? j->scan->greatest(sum + w * 64) : 0;
}

static bool any_in(const struct job *j, struct block at)
{
    for (uint32_t w = at.from; w < at.from + at.words; w++)
        if (j->fit[w]) return true;
    return false;
}

/* The next block of the share in which documents fit; begins with { from, 0 }. */
static bool next_block(const struct job *j, const struct share *s, struct block *at)
{
    for (at->from += at->words; at->from < s->to; at->from += BLOCK) {
        at->words = s->to - at->from < BLOCK ? s->to - at->from : BLOCK;
        if (any_in(j, *at)) return true;
    }
    return false;
}

/* ------------------------------------------------------------------ musts ------------------- */

static uint64_t word_of(const uint64_t *bits, uint32_t w) { return bits ? bits[w] : 0; }

/* Takes out of `fit` whom the criterion keeps out. */
static void keep_block(struct job *j, struct block at, const struct held *h)
{
    uint8_t points[BLOCK * 64];
    uint64_t may[BLOCK], some[BLOCK], sure[BLOCK] = { 0 };
    memset(may, 0xFF, sizeof may);
    for (const struct hurdle *u = h->hurdle; u < h->hurdle + h->hurdles; u++) {
        scan_hurdle(j->scan, at, u, points);
        kernel->bits(some, points, at.words);
        for (uint32_t w = 0; w < at.words; w++) may[w] &= some[w] | word_of(u->unknown[0], at.from + w) | word_of(u->unknown[1], at.from + w);
    }
    if (h->told && h->hurdle->columns) {
        const struct ranged *r = &h->hurdle->ranged[0];
        uint8_t for_sure[FACT_RANGES];
        for (int i = 0; i < FACT_RANGES; i++) for_sure[i] = r->least[i] > 0;
        memset(points, 255, sizeof points);
        j->scan->range(points, r->range + at.from * 64, for_sure, at.words);
        kernel->bits(sure, points, at.words);
        for (uint32_t w = 0; w < at.words; w++) sure[w] |= word_of(h->hurdle->unknown[0], at.from + w);
    } else if (h->told) {
        memcpy(sure, may, sizeof sure);
    }
    for (uint32_t w = 0; w < at.words; w++) {
        uint64_t *fit = &j->fit[at.from + w], any = word_of(h->kind->any, at.from + w);
        *fit &= may[w] | ~any;
        for (uint64_t left = *fit & any & ~sure[w]; left; left &= left - 1)
            if (!held_fits(h, (at.from + w) * 64 + (uint32_t)__builtin_ctzll(left))) *fit &= ~(left & -left);
    }
}

static void keep_words(struct job *j, struct block at)
{
    uint8_t points[BLOCK * 64];
    uint64_t some[BLOCK];
    scan_words(j, at, points);
    kernel->bits(some, points, at.words);
    for (uint32_t w = 0; w < at.words; w++) j->fit[at.from + w] &= some[w];
}

/* Cheap ones first: fewer documents are left for those that must look at facts. */
static void keep_musts(struct job *j, struct share *s)
{
    const struct match_demand *d = j->p->d;
    for (struct block at = { s->from, 0 }; next_block(j, s, &at);) {
        if (d->words_must && j->p->words->n) keep_words(j, at);
        for (int told = 1; told >= 0; told--)
            for (size_t i = 0; i < d->n; i++)
                if (d->criteria[i].must && j->p->held[i].told == told) keep_block(j, at, &j->p->held[i]);
    }
    s->fitting = (uint32_t)kernel->count(j->fit + s->from, j->fit + s->from, s->to - s->from);
}

/* ------------------------------------------------------------------ exact scores ------------ */

/* Offers a document's score, which is at most what its hurdles leave it: facts are read only where they do not tell, and while it can be good
 * enough. */
static void score_doc(struct job *j, struct share *s, uint32_t doc, int64_t least)
{
    const struct plan *p = j->p;
    const struct held *open[MATCH_CRITERIA];
    int bound[MATCH_CRITERIA];
    size_t opens = 0;
    int64_t score = p->words->n ? (int64_t)p->d->words_weight * words_answer(p, doc).points : 0;
    for (size_t c = 0; c < p->d->n; c++) {
        bool exact;
        int points = held_bound(&p->held[c], doc, &exact);
        score += (int64_t)p->d->criteria[c].weight * points;
        if (exact) continue;
        open[opens] = &p->held[c];
        bound[opens++] = points;
    }
    for (size_t i = 0; i < opens && score >= least; i++)
        score -= (int64_t)open[i]->c->weight * (bound[i] - held_answer(open[i], doc).points);
    if (score >= least) best_offer(&s->best, (uint32_t)score, doc);
}

/* What others have, too: a worst of so many as are wanted in all. */
static void tell_worst(struct job *j, const struct share *s)
{
    if (!best_full(&s->best) || s->best.most < j->p->d->most) return;
    int64_t worst = best_worst(&s->best), least = atomic_load(j->least);
    while (least < worst && !atomic_compare_exchange_weak(j->least, &least, worst)) {}
}

/* What a document must reach: as much as others have, more than the worst of the best of this share if that stands before it. */
static int64_t least_now(const struct job *j, const struct share *s, bool after_best)
{
    int64_t least = atomic_load(j->least);
    return after_best && best_full(&s->best) && best_worst(&s->best) >= least ? (int64_t)best_worst(&s->best) + 1 : least;
}

/* Scores those with a bound of `from` .. `to`, in ascending order; after_best: all that are among the best stand before them. */
static void score_between(struct job *j, struct share *s, uint16_t from, uint16_t to, bool after_best)
{
    int64_t least = least_now(j, s, after_best);
    uint16_t floor = plan_floor(j->p, least);
    for (uint32_t w = s->from; w < s->to; w++) {
        if (floor < from) floor = from;
        if (floor > to) break;
        if (j->top[w] < floor || !j->fit[w]) continue;
        for (uint64_t left = j->fit[w] & j->scan->between(j->sum + (size_t)w * 64, floor, to); left; left &= left - 1)
            score_doc(j, s, w * 64 + (uint32_t)__builtin_ctzll(left), least);
        tell_worst(j, s);
        least = least_now(j, s, after_best);
        floor = plan_floor(j->p, least);
    }
}

static void score_all(struct job *j, struct share *s)
{
    for (uint32_t w = s->from; w < s->to; w++)
        for (uint64_t left = j->fit[w]; left; left &= left - 1) score_doc(j, s, w * 64 + (uint32_t)__builtin_ctzll(left), 0);
    tell_worst(j, s);
}

/* A bound that as many documents reach as are wanted, from the greatest of each word; 0: so many there are not. */
static uint16_t high_bound(const struct job *j, const struct share *s)
{
    uint32_t words[(MATCH_CRITERIA + 1) * 255 + 1] = { 0 };         /* by greatest bound          */
    for (uint32_t w = s->from; w < s->to; w++) words[j->top[w]] += j->fit[w] > 0;
    size_t n = 0, high = COUNT(words);
    while (high && n < s->best.most) n += words[--high];
    return (uint16_t)high;
}

static void find_share(void *with, size_t i, int thread)
{
    struct job *j = with;
    struct share *s = &j->share[i];
    keep_musts(j, s);
    if (!s->best.most) return;
    if (s->fitting <= FEW) {
        score_all(j, s);
        return;
    }
    for (struct block at = { s->from, 0 }; next_block(j, s, &at);) scan_block(j, at);
    uint16_t high = high_bound(j, s);
    score_between(j, s, high, UINT16_MAX, true);
    if (high) score_between(j, s, 0, (uint16_t)(high - 1), false);
}

/* ------------------------------------------------------------------ a segment --------------- */

static uint64_t *asked_docs(const struct part *part, struct arena *a, const struct match_demand *d)
{
    const struct segment *s = part->s;
    uint64_t *bits = NEW_ARRAY(a, uint64_t, s->words);
    for (uint32_t w = 0; w < s->words; w++) bits[w] = ~word_of(part->dead, w);
    if (s->docs % 64) bits[s->words - 1] &= ~(uint64_t)0 >> (64 - s->docs % 64);
    if (!d->filters && !d->only) return bits;
    struct search_query q = { .filter = d->filter, .filters = d->filters, .only = d->only, .only_n = d->only_n };
    struct matches all = { .n = (uint32_t)kernel->count(bits, bits, s->words), .bits = bits };
    struct filtered kept;
    match_filters(s, a, all, &q, &kept);
    uint64_t *left = NEW_ARRAY(a, uint64_t, s->words);
    if (kept.all.bits) memcpy(left, kept.all.bits, s->words * sizeof *left);
    else for (uint32_t i = 0; i < kept.all.n; i++) bit_set(left, kept.all.docs[i]);
    return left;
}

static void cut_shares(struct job *j, struct arena *a, size_t most)
{
    uint32_t words = j->p->s->words, blocks = (words + BLOCK - 1) / BLOCK;
    j->shares = j->p->s->docs >= APART ? THREADS : 1;
    for (int i = 0; i < j->shares; i++) {
        uint32_t from = blocks * (uint32_t)i / (uint32_t)j->shares * BLOCK, to = blocks * (uint32_t)(i + 1) / (uint32_t)j->shares * BLOCK;
        uint32_t docs = ((to < words ? to : words) - from) * 64;
        j->share[i] = (struct share){ .from = from, .to = to < words ? to : words };
        j->share[i].best.most = most < docs ? most : docs;
        j->share[i].best.key = NEW_ARRAY(a, uint64_t, j->share[i].best.most);
    }
}

struct candidate { const struct plan *p; uint32_t doc, score; };

static int better_first(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    if (a->score != b->score) return a->score < b->score ? 1 : -1;
    int d = str_cmp(text_at(&a->p->s->sort, a->doc), text_at(&b->p->s->sort, b->doc));
    int64_t i = a->p->s->id[a->doc], j = b->p->s->id[b->doc];
    return d ? d : (i > j) - (i < j);
}

static size_t find_in(const struct part *part, struct arena *a, const struct plan *p, const struct scan *scan, _Atomic int64_t *least,
                      struct candidate *out, size_t *fitting)
{
    const struct segment *s = p->s;
    struct job j = { .p = p, .scan = scan, .least = least, .fit = asked_docs(part, a, p->d) };
    j.sum = arena_raw(a, sizeof *j.sum, 64, (size_t)s->words * 64);
    j.top = NEW_ARRAY(a, uint16_t, s->words);
    cut_shares(&j, a, p->d->most);
    parallel(j.shares, (size_t)j.shares, find_share, &j);
    size_t n = 0;
    struct ranked *ranked = NEW_ARRAY(a, struct ranked, p->d->most);
    for (int i = 0; i < j.shares; i++) {
        *fitting += j.share[i].fitting;
        size_t have = best_empty(&j.share[i].best, ranked);
        for (size_t k = 0; k < have; k++) out[n++] = (struct candidate){ p, ranked[k].doc, ranked[k].score };
    }
    return n;
}

/* ------------------------------------------------------------------ asking ------------------ */

static struct match_hit hit_of(struct arena *a, const struct plan *p, uint32_t doc)
{
    const struct match_demand *d = p->d;
    struct match_reason *r = NEW_ARRAY(a, struct match_reason, d->n + 1);
    struct match_hit hit = { .id = p->s->id[doc], .reasons = r };
    for (size_t i = 0; i < d->n; i++) {
        r[i] = held_answer(&p->held[i], doc);
        if (r[i].fact != UINT32_MAX) r[i].fact = fact_given(p->s, d->criteria[i].kind, doc, r[i].fact);
        hit.score += (int64_t)d->criteria[i].weight * r[i].points;
    }
    if (d->words.n) r[d->n] = words_answer(p, doc);
    hit.score += (int64_t)d->words_weight * r[d->n].points;
    return hit;
}

enum err match_find(const struct search *s, struct arena *a, const struct match_demand *d, bool portable, struct match_result *out)
{
    TRY(demand_check(s, d));
    const struct scan *scan = portable ? scan_make(SCAN_PORTABLE) : scan_widest();
    struct words *words = NEW(a, struct words);
    struct candidate *best = NEW_ARRAY(a, struct candidate, (size_t)PARTS * THREADS * d->most);
    _Atomic int64_t least = 0;
    size_t n = 0;
    *out = (struct match_result){ .n = 0 };
    words_read(a, s->schema.concepts, d->words, false, words);
    for (int i = 0; i < s->parts; i++)
        n += find_in(&s->part[i], a, plan_make(a, s->part[i].s, d, words), scan, &least, best + n, &out->fitting);
    if (n) qsort(best, n, sizeof *best, better_first);
    out->n = n < d->most ? n : d->most;
    struct match_hit *hits = NEW_ARRAY(a, struct match_hit, out->n);
    for (size_t i = 0; i < out->n; i++) hits[i] = hit_of(a, best[i].p, best[i].doc);
    out->hits = hits;
    return OK;
}

enum err match_explain(const struct search *s, struct arena *a, const struct match_demand *d, int64_t id, struct match_hit *out)
{
    TRY(demand_check(s, d));
    for (const struct part *p = s->part; p < s->part + s->parts; p++) {
        uint32_t doc;
        if (!segment_doc(p->s, id, &doc) || (p->dead && bit_of(p->dead, doc))) continue;
        struct words *words = NEW(a, struct words);
        words_read(a, s->schema.concepts, d->words, false, words);
        *out = hit_of(a, plan_make(a, p->s, d, words), doc);
        return OK;
    }
    return ERR_MISSING;
}
