/* find.c - a query from its words to its page of results, over all parts of an index. */
#include "engine/search/kernel.h"
#include "engine/search/match.h"
#include "engine/search/rank.h"
#include "engine/search/slips.h"
#include "engine/search/snapshot.h"

#include <stdlib.h>

struct view {                       /* a segment as this query sees it                           */
    const struct segment *s;
    const uint64_t       *dead;
    struct lookup         lookup;
    struct matches        text;     /* have the words                                            */
    struct filtered       found;
    struct ranked        *ranked;
    size_t                n;
};

struct finding {
    const struct search       *s;
    struct arena              *a;
    const struct search_query *q;
    struct words               plain, words;        /* as typed; with names made one word      */
    struct reading             reading;
    bool                       forgiven, loose;
    struct view                part[PARTS];
    int                        parts;
};

/* Has a document the word so written, or, where it is only begun, one that so begins? */
static bool written_so(const struct search *s, const struct word *w)
{
    for (int p = 0; p < s->parts; p++) {
        const struct segment *g = s->part[p].s;
        uint32_t first = segment_first_fold(g, w->fold), end = first;
        while (end < g->folds && (end == first || w->begun) && str_starts(text_at(&g->fold_text, end), w->fold)) end++;
        for (uint32_t e = g->fold_exact[first]; e < g->fold_exact[end]; e++) {
            Str exact = text_at(&g->exact_text, e);
            if (!str_eq(exact, w->exact) && !(w->begun && str_starts(exact, w->exact))) continue;
            if (list_living(g, segment_exact_list(g, e), s->part[p].dead)) return true;
        }
    }
    return false;
}

/* Reads the words as typed anew: all of them are asked for. */
static void ask(struct finding *f)
{
    words_name(f->a, f->s->schema.concepts, &f->plain, &f->words);
    for (size_t i = 0; i < f->words.n; i++) {
        f->reading.word[i] = true;
        f->loose |= f->words.word[i].concept.n && f->words.word[i].unaccented;
    }
    for (int p = 0; p < f->parts; p++) look_up(f->part[p].s, f->a, &f->words, &f->part[p].lookup);
}

static void begin(struct finding *f)
{
    words_cut(f->a, f->q->words, f->q->prefix, &f->plain);
    for (size_t i = 0; f->s->schema.concepts && i < f->plain.n; i++) {
        struct word *w = &f->plain.word[i];
        w->unaccented = !str_eq(w->exact, w->fold) && !written_so(f->s, w);
    }
    for (; f->parts < f->s->parts; f->parts++)
        f->part[f->parts] = (struct view){ .s = f->s->part[f->parts].s, .dead = f->s->part[f->parts].dead };
    ask(f);
    f->reading.quotes = f->words.phrases;
}

/* ------------------------------------------------------------------ words ------------------- */

static bool have_words(struct finding *f)
{
    bool any = false;
    for (int p = 0; p < f->parts; p++) {
        struct view *part = &f->part[p];
        part->text = match_words(part->s, f->a, &f->words, &part->lookup, &f->reading, part->dead);
        any |= part->text.n > 0;
    }
    return any;
}

/* Those that still live: what was removed must not change what is found. */
static uint64_t documents_of(const struct finding *f, size_t word)
{
    uint64_t n = 0;
    for (int p = 0; p < f->parts; p++) n += list_living(f->part[p].s, f->part[p].lookup.fold[word], f->part[p].dead);
    return n;
}

/* Names of concepts that no document has are words again; else words that no document has become those that were meant. */
static bool read_again(struct finding *f)
{
    bool unknown[SEARCH_WORDS] = { false }, name = false;
    for (size_t i = 0; i < f->words.n; i++) {
        const struct word *w = &f->words.word[i];
        if (documents_of(f, i)) continue;
        unknown[w->from] = true;
        name |= w->concept.n > 0;
        for (size_t k = w->from; w->concept.n && k < w->from + w->words; k++) f->plain.word[k].literal = true;
    }
    if (!name) {
        if (f->forgiven) return false;
        f->forgiven = true;
        if (!slips_forgive(f->s, f->a, unknown, &f->plain)) return false;
    }
    ask(f);
    return true;
}

/* Leaves out quotes, then slips, then all unknown words, then the rarest; false: nothing more to leave out. */
static bool loosen(struct finding *f)
{
    if (f->reading.quotes) {
        f->reading.quotes = false;
        return true;
    }
    if (read_again(f)) return true;
    size_t used = 0, unknown = 0, rarest = 0;
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < f->words.n; i++) {
        if (!f->reading.word[i]) continue;
        uint64_t docs = documents_of(f, i);
        used++;
        unknown += !docs;
        if (docs <= least) {
            least = docs;
            rarest = i;
        }
    }
    if (used < 2 || unknown == used) return false;
    if (unknown)
        for (size_t i = 0; i < f->words.n; i++) f->reading.word[i] &= documents_of(f, i) > 0;
    else
        f->reading.word[rarest] = false;
    return true;
}

static Str used_words(const struct finding *f)
{
    struct buf b = buf_make(f->a);
    for (size_t i = 0; i < f->words.n; i++) {
        if (!f->reading.word[i]) continue;
        if (b.n && !f->words.word[i].glued) put_c(&b, ' ');
        put(&b, f->words.word[i].exact);
    }
    return buf_str(&b);
}

/* ------------------------------------------------------------------ the page ---------------- */

static void rank_part(const struct finding *f, struct view *p, size_t most, bool by_score)
{
    struct scoring by;
    match_scoring(p->s, f->a, &f->words, &p->lookup, &f->reading, &by);
    if (most > p->found.all.n) most = p->found.all.n;
    p->ranked = NEW_ARRAY(f->a, struct ranked, most);
    p->n = (by_score ? rank_best : rank_first)(p->s, f->a, &by, &p->found.all, most, p->ranked);
}

/* Is the document at i of the one part before that at j of the other? */
static bool before(const struct view *p, size_t i, const struct view *q, size_t j, bool by_score)
{
    struct ranked a = p->ranked[i], b = q->ranked[j];
    if (by_score && a.score != b.score) return a.score > b.score;
    int d = str_cmp(text_at(&p->s->sort, a.doc), text_at(&q->s->sort, b.doc));
    return d ? d < 0 : p->s->id[a.doc] < q->s->id[b.doc];
}

static void fill_page(struct finding *f, struct search_result *r)
{
    size_t limit = f->q->limit < r->total ? f->q->limit : r->total, at[PARTS] = { 0 };
    size_t offset = f->q->offset < r->total ? f->q->offset : r->total, most = offset + limit;
    bool by_score = f->q->order == SEARCH_BEST_FIRST && f->words.n;
    for (int p = 0; p < f->parts; p++) rank_part(f, &f->part[p], most, by_score);
    r->hit = NEW_ARRAY(f->a, struct search_hit, limit);
    for (size_t i = 0; i < most; i++) {
        int from = -1;
        for (int p = 0; p < f->parts; p++)
            if (at[p] < f->part[p].n &&
                (from < 0 || before(&f->part[p], at[p], &f->part[from], at[from], by_score))) from = p;
        if (from < 0) break;
        const struct view *p = &f->part[from];
        const struct ranked *d = &p->ranked[at[from]++];
        if (i >= offset) r->hit[r->hits++] = (struct search_hit){ p->s->id[d->doc], d->score };
    }
}

/* ------------------------------------------------------------------ facets ------------------ */

static int most_first(const void *x, const void *y)
{
    const struct search_count *a = x, *b = y;
    return a->docs != b->docs ? (a->docs < b->docs) - (a->docs > b->docs) : str_cmp(a->value, b->value);
}

/* Counts by facet and value of a part's own numbers: the documents found, and those that only the choice in that very
 * facet leaves out. */
static void count_part(struct finding *f, struct view *p, uint32_t *count[SEARCH_FACETS])
{
    unsigned wanted = f->q->count & ((1u << f->s->schema.facets) - 1);
    if (p->found.all.n) facets_count(p->s, f->a, &p->found.all, wanted, count);
    for (int facet = 0; facet < f->s->schema.facets; facet++)
        if (wanted >> facet & 1 && p->found.but[facet].n)
            facets_count(p->s, f->a, &p->found.but[facet], 1u << facet, count);
}

static void give_counts(struct finding *f, int facet, const uint32_t *count, struct search_result *r)
{
    size_t n = 0;
    for (uint32_t v = 0; v < f->s->facet[facet].values; v++) n += count[v] > 0;
    struct search_count *to = r->counts[facet].p = NEW_ARRAY(f->a, struct search_count, n);
    r->counts[facet].n = n;
    for (uint32_t v = 0; v < f->s->facet[facet].values; v++)
        if (count[v]) *to++ = (struct search_count){ f->s->facet[facet].value[v], count[v] };
    if (n > 1) qsort(r->counts[facet].p, n, sizeof *to, most_first);
}

static void count_facets(struct finding *f, struct search_result *r)
{
    uint32_t *count[PARTS][SEARCH_FACETS];
    for (int facet = 0; facet < f->s->schema.facets; facet++)
        for (int p = 0; p < f->parts; p++) count[p][facet] = NEW_ARRAY(f->a, uint32_t, f->s->facet[facet].values);
    for (int p = 0; p < f->parts; p++) count_part(f, &f->part[p], count[p]);
    for (int facet = 0; facet < f->s->schema.facets; facet++) {
        if (!(f->q->count >> facet & 1)) continue;
        for (int p = 1; p < f->parts; p++)
            for (uint32_t v = 0; v < f->part[p].s->facet[facet].values; v++)
                count[0][facet][f->s->facet[facet].of_part[p][v]] += count[p][facet][v];
        give_counts(f, facet, count[0][facet], r);
    }
}

struct search_result search_find(const struct search *s, struct arena *a, const struct search_query *q)
{
    struct finding *f = NEW(a, struct finding);
    struct search_result r = { .total = 0 };
    *f = (struct finding){ .s = s, .a = a, .q = q };
    begin(f);
    bool found = have_words(f);
    while (!found && loosen(f)) found = f->loose = have_words(f);
    for (int p = 0; p < f->parts; p++) {
        match_filters(f->part[p].s, a, f->part[p].text, q, &f->part[p].found);
        r.total += f->part[p].found.all.n;
    }
    fill_page(f, &r);
    count_facets(f, &r);
    r.loose = found && f->loose;
    if (r.loose) r.used = used_words(f);
    return r;
}
