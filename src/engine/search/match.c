/*
 * match.c - lists are intersected from the shortest on.  As long as one of them is an array, what is left is an array, and
 * each further list is looked into by bit, read beside it, or, when far longer, galloped through; common words alone are
 * intersected as bitmaps.
 */
#include "engine/search/match.h"
#include "engine/search/kernel.h"

#include <stdlib.h>

enum {
    SPARSE = 64,                    /* fewer than one document in so many: an array is quicker   */
    GALLOP = 16,                    /* a list longer by so much is not read through              */
};

/* ------------------------------------------------------------------ words to lists ---------- */

/* The union of many lists: for each document the best impact. */
static uint8_t *union_make(const struct segment *s, struct arena *a)
{
    return NEW_ARRAY(a, uint8_t, (size_t)s->words * 64);
}

static void union_add(const struct segment *s, uint8_t *best, struct list l, bool half)
{
    if (l.bits) kernel->best(best, l.impact, half, s->words);
    for (uint32_t i = 0; l.docs && i < l.n; i++) {
        uint8_t impact = half ? (uint8_t)((l.impact[i] + 1) / 2) : l.impact[i];
        if (impact > best[l.docs[i]]) best[l.docs[i]] = impact;
    }
}

static struct list union_list(const struct segment *s, struct arena *a, const uint8_t *best)
{
    uint64_t *bits = NEW_ARRAY(a, uint64_t, s->words);
    uint8_t *peak = NEW_ARRAY(a, uint8_t, peaks_of(s->words));
    kernel->bits(bits, best, s->words);
    kernel->peaks(peak, best, s->words);
    uint32_t n = (uint32_t)kernel->count(bits, bits, s->words);
    return n ? (struct list){ .n = n, .bits = bits, .impact = best, .peak = peak } : (struct list){ 0 };
}

/* The folds that begin with the word: they stand together. */
static void find_folds(const struct segment *s, const struct word *w, struct lookup *l, size_t i)
{
    uint32_t at = segment_first_fold(s, w->fold);
    l->first[i] = l->end[i] = at;
    l->whole[i] = at < s->folds && str_eq(text_at(&s->fold_text, at), w->fold);
    if (!w->begun) l->end[i] = at + l->whole[i];
    else while (l->end[i] < s->folds && str_starts(text_at(&s->fold_text, l->end[i]), w->fold)) l->end[i]++;
}

static void begun_lists(const struct segment *s, struct arena *a, const struct word *w, struct lookup *l, size_t i,
                        bool accents)
{
    uint8_t *fold = union_make(s, a);
    for (uint32_t f = l->first[i]; f < l->end[i]; f++)
        union_add(s, fold, segment_fold_list(s, f), f > l->first[i] || !l->whole[i]);
    l->fold[i] = union_list(s, a, fold);
    if (!accents) return;
    uint8_t *exact = union_make(s, a);
    for (uint32_t e = s->fold_exact[l->first[i]]; e < s->fold_exact[l->end[i]]; e++)
        if (str_starts(text_at(&s->exact_text, e), w->exact))
            union_add(s, exact, segment_exact_list(s, e), !str_eq(text_at(&s->exact_text, e), w->exact));
    l->exact[i] = union_list(s, a, exact);
}

static void look_up_word(const struct segment *s, struct arena *a, const struct words *w, struct lookup *l, size_t i)
{
    find_folds(s, &w->word[i], l, i);
    l->exact_word[i] = l->whole[i] ? segment_exact(s, l->first[i], w->word[i].exact) : UINT32_MAX;
    if (l->end[i] - l->first[i] > l->whole[i]) {
        begun_lists(s, a, &w->word[i], l, i, w->accents);
        return;
    }
    if (l->whole[i]) l->fold[i] = segment_fold_list(s, l->first[i]);
    if (w->accents && l->exact_word[i] != UINT32_MAX) l->exact[i] = segment_exact_list(s, l->exact_word[i]);
}

uint64_t list_living(const struct segment *s, struct list l, const uint64_t *dead)
{
    uint64_t n = l.n;
    if (dead && l.bits) n -= kernel->count(l.bits, dead, s->words);
    for (uint32_t i = 0; dead && l.docs && i < l.n; i++) n -= bit_of(dead, l.docs[i]);
    return n;
}

/* Documents where the one stands right before the other. */
static struct list neighbours(const struct segment *s, struct arena *a, const struct lookup *l, size_t i, size_t j)
{
    if (!l->whole[i] || l->first[j] == l->end[j]) return (struct list){ 0 };
    uint64_t first = (uint64_t)l->first[i] << 32, key = first | l->first[j], end = first | (l->end[j] - 1);
    uint32_t at = segment_first_pair(s, key);
    if (key == end && l->whole[j])
        return at < s->pair.lists && s->pair_key[at] == key ? segment_pair_list(s, at) : (struct list){ 0 };
    uint8_t *best = union_make(s, a);
    for (; at < s->pair.lists && s->pair_key[at] <= end; at++)
        union_add(s, best, segment_pair_list(s, at), !l->whole[j] || s->pair_key[at] != key);
    return union_list(s, a, best);
}

/* ------------------------------------------------------------------ quotations -------------- */

struct phrase { size_t from, n; bool exact; };      /* words of the query                        */

static size_t phrases_of(const struct words *w, struct phrase out[SEARCH_WORDS])
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (!w->word[i].phrase) continue;
        if (!i || w->word[i - 1].phrase != w->word[i].phrase) out[n++] = (struct phrase){ .from = i };
        out[n - 1].n++;
        out[n - 1].exact |= !str_eq(w->word[i].exact, w->word[i].fold);
    }
    return n;
}

static bool stands_in(const struct segment *s, uint32_t doc, const struct phrase *p, const struct lookup *l)
{
    size_t have = 0, end = s->token_start[doc + 1];
    for (size_t at = s->token_start[doc]; at + p->n <= end; at++) {
        for (have = 0; have < p->n; have++) {
            uint32_t token = s->token[at + have];
            if (token >= MARK) break;
            if (p->exact ? token != l->exact_word[p->from + have]
                         : s->exact_fold[token] != l->first[p->from + have]) break;
        }
        if (have == p->n) return true;
    }
    return false;
}

static struct matches keep_phrase(const struct segment *s, struct arena *a, struct matches m, const struct phrase *p,
                                  const struct lookup *l)
{
    const uint32_t *docs = matches_docs(&m, a, s->words);
    uint32_t *kept = NEW_ARRAY(a, uint32_t, m.n), n = 0;
    for (uint32_t i = 0; i < m.n; i++)
        if (stands_in(s, docs[i], p, l)) kept[n++] = docs[i];
    return (struct matches){ .n = n, .docs = kept };
}

/* ------------------------------------------------------------------ intersection ------------ */

struct needed { struct list list[QUERY_LISTS]; size_t n; };

static int arrays_then_shortest(const void *x, const void *y)
{
    const struct list *a = x, *b = y;
    if (!a->bits != !b->bits) return a->bits ? 1 : -1;
    return (a->n > b->n) - (a->n < b->n);
}

/* Asked for ascending documents, with the place in the list where the last one was. */
static bool in_list(const struct list *l, uint32_t *at, uint32_t doc)
{
    if (l->bits) return bit_of(l->bits, doc);
    return (*at = seek(l, *at, doc)) < l->n && l->docs[*at] == doc;
}

static uint32_t keep_listed(uint32_t *docs, uint32_t n, const struct list *l)
{
    if (l->docs && l->n / GALLOP < n) return (uint32_t)kernel->intersect(docs, n, l->docs, l->n);
    uint32_t kept = 0, at = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool there = in_list(l, &at, docs[i]);
        docs[kept] = docs[i];
        kept += there;
    }
    return kept;
}

static struct matches intersect_arrays(struct arena *a, const struct needed *need, const uint64_t *dead)
{
    const struct list *least = &need->list[0];
    uint32_t *docs = NEW_ARRAY(a, uint32_t, least->n), n = least->n;
    memcpy(docs, least->docs, n * sizeof *docs);
    for (size_t i = 1; i < need->n && n; i++) n = keep_listed(docs, n, &need->list[i]);
    if (dead) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < n; i++)
            if (!bit_of(dead, docs[i])) docs[kept++] = docs[i];
        n = kept;
    }
    return (struct matches){ .n = n, .docs = docs };
}

/* Bits, and an array beside them when they are few. */
static struct matches matches_of(const struct segment *s, struct arena *a, const uint64_t *bits)
{
    struct matches m = { .n = (uint32_t)kernel->count(bits, bits, s->words), .bits = bits };
    if ((uint64_t)m.n * SPARSE >= s->docs) return m;
    matches_docs(&m, a, s->words);
    m.bits = NULL;
    return m;
}

static uint64_t *all_docs(const struct segment *s, struct arena *a)
{
    uint64_t *bits = NEW_ARRAY(a, uint64_t, s->words);
    memset(bits, 0xFF, s->words * sizeof *bits);
    if (s->docs % 64) bits[s->words - 1] = ~(uint64_t)0 >> (64 - s->docs % 64);
    return bits;
}

static void and_bits(uint64_t *to, const uint64_t *with, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) to[i] &= with[i];
}

static void and_not_bits(uint64_t *to, const uint64_t *without, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) to[i] &= ~without[i];
}

static struct matches intersect_bits(const struct segment *s, struct arena *a, const struct needed *need,
                                     const uint64_t *dead)
{
    uint64_t *bits = all_docs(s, a);
    for (size_t i = 0; i < need->n; i++) and_bits(bits, need->list[i].bits, s->words);
    if (dead) and_not_bits(bits, dead, s->words);
    return matches_of(s, a, bits);
}

/* Documents in all of the lists, which are put in order. */
static struct matches intersect(const struct segment *s, struct arena *a, struct needed *need, const uint64_t *dead)
{
    for (size_t i = 0; i < need->n; i++)
        if (!need->list[i].n) return (struct matches){ 0 };
    if (need->n) qsort(need->list, need->n, sizeof *need->list, arrays_then_shortest);
    return need->n && need->list[0].docs ? intersect_arrays(a, need, dead) : intersect_bits(s, a, need, dead);
}

/* ------------------------------------------------------------------ concepts ---------------- */

/* The documents in which the words of a name stand, each beside the next, and what the first two gain there. */
static struct matches spelt_docs(const struct segment *s, struct arena *a, const struct words *w, struct list *gain)
{
    struct lookup *l = NEW(a, struct lookup);
    struct needed need = { .n = 0 };
    look_up(s, a, w, l);
    if (w->n == 1) need.list[need.n++] = l->fold[0];
    for (size_t i = 1; i < w->n; i++) need.list[need.n++] = neighbours(s, a, l, i - 1, i);
    *gain = need.list[0];
    return intersect(s, a, &need, NULL);
}

/* Documents that do not have the concept but its name's words, for half of what these gain. */
static struct list spelt_only(const struct segment *s, struct arena *a, struct list concept, const struct words *w)
{
    struct list gain;
    struct matches m = spelt_docs(s, a, w, &gain);
    const uint32_t *docs = matches_docs(&m, a, s->words);
    uint32_t *more = NEW_ARRAY(a, uint32_t, m.n), n = 0, at = 0;
    for (uint32_t i = 0; i < m.n; i++)
        if (!concept.n || !in_list(&concept, &at, docs[i])) more[n++] = docs[i];
    if (!n) return (struct list){ 0 };
    uint8_t *impact = NEW_ARRAY(a, uint8_t, n);
    for (uint32_t i = at = 0; i < n; i++) {
        if (gain.docs) at = seek(&gain, at, more[i]);
        impact[i] = (uint8_t)((gain.impact[gain.docs ? at : more[i]] + 1) / 2);
    }
    return (struct list){ .n = n, .docs = more, .impact = impact };
}

static struct list either(const struct segment *s, struct arena *a, struct list one, struct list other)
{
    if (!other.n) return one;
    uint8_t *best = union_make(s, a);
    union_add(s, best, one, false);
    union_add(s, best, other, false);
    return union_list(s, a, best);
}

static void look_up_concept(const struct segment *s, struct arena *a, const struct word *w, struct lookup *l, size_t i)
{
    uint32_t at = segment_first_fold(s, w->concept);
    bool there = at < s->folds && str_eq(text_at(&s->fold_text, at), w->concept);
    l->first[i] = l->end[i] = at;                   /* no word: it has no neighbours and is in no quotation */
    l->whole[i] = false;
    l->exact_word[i] = UINT32_MAX;
    if (there) l->named[i] = segment_fold_list(s, at);
    if (w->spelt) l->spelt[i] = spelt_only(s, a, l->named[i], w->spelt);
    l->fold[i] = either(s, a, l->named[i], l->spelt[i]);
}

void look_up(const struct segment *s, struct arena *a, const struct words *w, struct lookup *l)
{
    for (size_t i = 0; i < w->n; i++) {
        l->fold[i] = l->exact[i] = l->named[i] = l->spelt[i] = (struct list){ 0 };
        if (w->word[i].concept.n) look_up_concept(s, a, &w->word[i], l, i);
        else look_up_word(s, a, w, l, i);
    }
}

/* ------------------------------------------------------------------ all of a query ---------- */

struct matches match_words(const struct segment *s, struct arena *a, const struct words *w, const struct lookup *l,
                           const struct reading *r, const uint64_t *dead)
{
    struct phrase phrase[SEARCH_WORDS];
    size_t phrases = r->quotes ? phrases_of(w, phrase) : 0;
    struct needed need = { .n = 0 };
    for (size_t i = 0; i < w->n; i++)
        if (r->word[i]) need.list[need.n++] = l->fold[i];
    for (size_t p = 0; p < phrases; p++)
        for (size_t i = phrase[p].from; i < phrase[p].from + phrase[p].n; i++) {
            if (phrase[p].exact)
                need.list[need.n++] = l->exact_word[i] == UINT32_MAX ? (struct list){ 0 }
                                                                     : segment_exact_list(s, l->exact_word[i]);
            if (i > phrase[p].from) need.list[need.n++] = neighbours(s, a, l, i - 1, i);
        }
    struct matches m = intersect(s, a, &need, dead);
    for (size_t p = 0; p < phrases && m.n; p++)
        if (phrase[p].n > 2 || (phrase[p].n == 2 && phrase[p].exact)) m = keep_phrase(s, a, m, &phrase[p], l);
    return m;
}

static void give(struct scoring *to, struct list list, uint32_t bonus)
{
    if (!list.n) return;
    to->part[to->n].list = list;
    to->part[to->n++].bonus = bonus;
}

void match_scoring(const struct segment *s, struct arena *a, const struct words *w, const struct lookup *l,
                   const struct reading *r, struct scoring *out)
{
    out->n = 0;
    size_t before = SEARCH_WORDS;
    for (size_t i = 0; i < w->n; i++) {
        if (!r->word[i]) continue;
        if (w->word[i].concept.n) {
            give(out, l->named[i], EXACT_BONUS);
            give(out, l->spelt[i], 0);
        } else {
            give(out, l->fold[i], 0);
            give(out, l->exact[i], EXACT_BONUS);
        }
        if (before < SEARCH_WORDS) give(out, neighbours(s, a, l, before, i), 0);
        before = i;
    }
}

/* ------------------------------------------------------------------ filters ----------------- */

/* For each facet with a choice: is a set of values within it? */
struct choices { uint8_t *passes[SEARCH_FACETS]; };

static struct choices choices_of(const struct segment *s, struct arena *a, const struct search_query *q)
{
    struct choices c = { 0 };
    for (size_t i = 0; i < q->filters; i++) {
        const struct search_filter *want = &q->filter[i];
        const struct facet *f = &s->facet[want->facet];
        MUST(want->facet >= 0 && want->facet < s->schema.facets);
        if (!want->any.n) continue;
        bool *chosen = NEW_ARRAY(a, bool, f->values);
        if (!c.passes[want->facet]) c.passes[want->facet] = NEW_ARRAY(a, uint8_t, f->sets);
        for (size_t k = 0; k < want->any.n; k++) {
            uint32_t v;
            if (facet_value(f, want->any.p[k], &v)) chosen[v] = true;
        }
        for (uint32_t set = 0; set < f->sets; set++)
            for (uint32_t k = f->set_start[set]; k < f->set_start[set + 1]; k++)
                c.passes[want->facet][set] |= chosen[f->set_value[k]];
    }
    return c;
}

static bool in_ranges(const struct segment *s, const struct search_query *q, uint32_t doc)
{
    for (size_t i = 0; i < q->ranges; i++) {
        double v = s->number[q->range[i].number][doc];
        if (!(v >= q->range[i].from && v <= q->range[i].to)) return false;  /* not a number: never */
    }
    return true;
}

static struct matches keep_ranges(const struct segment *s, struct arena *a, struct matches m,
                                  const struct search_query *q)
{
    for (size_t i = 0; i < q->ranges; i++) MUST(q->range[i].number >= 0 && q->range[i].number < s->schema.numbers);
    if (!q->ranges) return m;
    const uint32_t *docs = matches_docs(&m, a, s->words);
    uint32_t *kept = NEW_ARRAY(a, uint32_t, m.n), n = 0;
    for (uint32_t i = 0; i < m.n; i++)
        if (in_ranges(s, q, docs[i])) kept[n++] = docs[i];
    return (struct matches){ .n = n, .docs = kept };
}

static struct matches keep_only(const struct segment *s, struct arena *a, struct matches m, const struct search_query *q)
{
    if (!q->only) return m;
    uint64_t *only = NEW_ARRAY(a, uint64_t, s->words), *kept = NEW_ARRAY(a, uint64_t, s->words);
    uint32_t doc;
    for (size_t i = 0; i < q->only_n; i++)
        if (segment_doc(s, q->only[i], &doc)) bit_set(only, doc);
    const uint32_t *docs = matches_docs(&m, a, s->words);
    for (uint32_t i = 0; i < m.n; i++)
        if (bit_of(only, docs[i])) bit_set(kept, docs[i]);
    return matches_of(s, a, kept);
}

static void filter_docs(const struct segment *s, struct arena *a, struct matches m, const struct choices *c,
                        struct filtered *out)
{
    uint32_t *all = NEW_ARRAY(a, uint32_t, m.n), *but[SEARCH_FACETS] = { 0 };
    for (int f = 0; f < s->schema.facets; f++)
        if (c->passes[f]) but[f] = NEW_ARRAY(a, uint32_t, m.n);
    for (uint32_t i = 0; i < m.n; i++) {
        int failed = 0, where = 0;
        for (int f = 0; f < s->schema.facets && failed < 2; f++)
            if (c->passes[f] && !c->passes[f][set_of(s, m.docs[i], f)]) {
                failed++;
                where = f;
            }
        if (!failed) all[out->all.n++] = m.docs[i];
        else if (failed == 1) but[where][out->but[where].n++] = m.docs[i];
    }
    out->all.docs = all;
    for (int f = 0; f < s->schema.facets; f++) out->but[f].docs = but[f];
}

/* The documents that pass the choice in a facet, as bits. */
static uint64_t *bits_of_choice(const struct segment *s, struct arena *a, const struct facet *f,
                                const struct search_query *q, int facet)
{
    uint64_t *bits = NEW_ARRAY(a, uint64_t, s->words);
    for (size_t i = 0; i < q->filters; i++)
        for (size_t k = 0; k < q->filter[i].any.n && q->filter[i].facet == facet; k++) {
            uint32_t v;
            if (!facet_value(f, q->filter[i].any.p[k], &v)) continue;
            struct list l = postings_list(&f->docs, v);
            for (uint32_t w = 0; l.bits && w < s->words; w++) bits[w] |= l.bits[w];
            for (uint32_t d = 0; l.docs && d < l.n; d++) bit_set(bits, l.docs[d]);
        }
    return bits;
}

static void filter_bits(const struct segment *s, struct arena *a, struct matches m, const struct choices *c,
                        const struct search_query *q, struct filtered *out)
{
    const uint64_t *choice[SEARCH_FACETS] = { 0 };
    uint64_t *all = NEW_ARRAY(a, uint64_t, s->words);
    memcpy(all, m.bits, s->words * sizeof *all);
    for (int f = 0; f < s->schema.facets; f++) {
        if (!c->passes[f]) continue;
        choice[f] = bits_of_choice(s, a, &s->facet[f], q, f);
        and_bits(all, choice[f], s->words);
    }
    for (int f = 0; f < s->schema.facets; f++) {
        if (!choice[f]) continue;
        uint64_t *but = NEW_ARRAY(a, uint64_t, s->words);
        memcpy(but, m.bits, s->words * sizeof *but);
        for (int g = 0; g < s->schema.facets; g++)
            if (g != f && choice[g]) and_bits(but, choice[g], s->words);
        and_not_bits(but, choice[f], s->words);
        out->but[f] = matches_of(s, a, but);
    }
    out->all = matches_of(s, a, all);
}

void match_filters(const struct segment *s, struct arena *a, struct matches m, const struct search_query *q,
                   struct filtered *out)
{
    *out = (struct filtered){ 0 };
    if (!m.n) return;
    m = keep_only(s, a, keep_ranges(s, a, m, q), q);
    struct choices c = choices_of(s, a, q);
    bool any = false;
    for (int f = 0; f < s->schema.facets; f++) any |= c.passes[f] != NULL;
    if (!any) out->all = m;
    else if (m.bits) filter_bits(s, a, m, &c, q, out);
    else filter_docs(s, a, m, &c, out);
}
