/*
 * slips.c - the words of the index are walked in their order, as a trie would be: the distances of a beginning are kept for all words that
 * share it, and a beginning that is too far off is leapt over.
 */
#include "engine/search/slips.h"
#include "engine/search/concept_match.h"
#include "engine/search/match.h"

enum { LONGEST = 32, EDITS = 2 };

/* The words of a segment, or of the names of concepts, by bytes. */
struct vocabulary { const struct texts *texts; const Str *p; uint32_t n; };

static Str word_at(const struct vocabulary *v, uint32_t i) { return v->texts ? text_at(v->texts, i) : v->p[i]; }

/* The first word from `at` on that is not below text, or, `beyond`, that does not begin with it either. */
static uint32_t leap(const struct vocabulary *v, uint32_t at, Str text, bool beyond)
{
    uint32_t step = 1, low = at, high = at;
#define BEFORE(i) (str_cmp(word_at(v, i), text) < 0 || (beyond && str_starts(word_at(v, i), text)))
    while (high < v->n && BEFORE(high)) {
        low = high + 1;
        high = v->n - high > step ? high + step : v->n;
        step *= 2;
    }
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (BEFORE(mid)) low = mid + 1;
        else high = mid;
    }
#undef BEFORE
    return low;
}

static bool letters_only(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z') return false;
    return true;
}

/* ------------------------------------------------------------------ near words -------------- */

struct near { Str word; int distance; };
struct nears { struct near *p; size_t n, cap; };

struct walk {
    Str word;                                       /* what was typed                            */
    int edits;                                      /* allowed                                   */
    int row[LONGEST + EDITS + 1][LONGEST + 1];      /* [d][j]: from d letters of theirs to j typed */
};

static int least(int a, int b) { return a < b ? a : b; }

/* Distances of a beginning of d letters; false: nothing that begins so is near enough. */
static bool fill_row(struct walk *w, Str theirs, size_t d)
{
    int *row = w->row[d], *above = w->row[d - 1], nearest = row[0] = (int)d, before = w->edits;
    for (size_t j = 1; j <= w->word.n; j++) {
        bool same = theirs.p[d - 1] == w->word.p[j - 1];
        row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
        bool swapped = d > 1 && j > 1 && theirs.p[d - 1] == w->word.p[j - 2] && theirs.p[d - 2] == w->word.p[j - 1];
        if (swapped) row[j] = least(row[j], w->row[d - 2][j - 2] + 1);
        nearest = least(nearest, row[j]);
        before = least(before, above[j]);
    }
    return nearest <= w->edits || before < w->edits;        /* a swap may still come from the row above */
}

/* Adds the words of the vocabulary that are near. */
static void find_near(const struct vocabulary *v, struct arena *a, struct walk *w, struct nears *out)
{
    size_t most = w->word.n + (size_t)w->edits, rows = 0;   /* rows that are filled, for `last`   */
    Str last = { 0 };
    for (size_t j = 0; j <= w->word.n; j++) w->row[0][j] = (int)j;
    for (uint32_t i = leap(v, 0, str_sub(w->word, 0, 1), false); i < v->n && str_starts(word_at(v, i), str_sub(w->word, 0, 1));) {
        Str theirs = word_at(v, i);
        size_t d = 0;
        while (d < rows && d < theirs.n && theirs.p[d] == last.p[d]) d++;
        bool far = false;
        while (!far && d < theirs.n) far = ++d > most || !fill_row(w, theirs, d);
        rows = far ? d - 1 : d;
        last = theirs;
        if (far) {
            i = leap(v, i, str_sub(theirs, 0, d), true);
            continue;
        }
        if (w->row[d][w->word.n] <= w->edits && letters_only(theirs)) *GROW(a, *out) = (struct near){ theirs, w->row[d][w->word.n] };
        i++;
    }
}

/* ------------------------------------------------------------------ the best ---------------- */

static uint64_t documents_of(const struct search *s, Str fold)
{
    uint64_t n = 0;
    for (int p = 0; p < s->parts; p++) {
        const struct segment *g = s->part[p].s;
        uint32_t at = segment_first_fold(g, fold);
        if (at < g->folds && str_eq(text_at(&g->fold_text, at), fold)) n += list_living(g, segment_fold_list(g, at), s->part[p].dead);
    }
    return n;
}

/* Of how many words, two or more, the name would be that a word in the place of a typed one makes with those around it; 0: none. */
static size_t name_with(const struct search *s, struct arena *a, const struct words *typed, size_t place, Str word)
{
    const struct concepts *c = s->schema.concepts;
    struct concept_word w[SEARCH_WORDS];
    struct concept_at *at;
    if (!c) return 0;
    for (size_t i = 0; i < typed->n; i++) {
        const struct word *k = &typed->word[i];
        w[i] = i == place ? concept_word(c, word, word) : concept_word(c, k->unaccented ? k->fold : k->exact, k->fold);
    }
    for (size_t n = concepts_among(c, a, w, typed->n, &at), i = 0; i < n; i++)
        if (at[i].from <= place && place < at[i].from + at[i].words) return at[i].words > 1 ? at[i].words : 0;
    return 0;
}

struct guess { Str word; int distance; size_t name; uint64_t docs; };

static bool better(const struct guess *a, const struct guess *b)
{
    if (a->distance != b->distance) return a->distance < b->distance;
    if (a->name != b->name) return a->name > b->name;
    return a->docs != b->docs ? a->docs > b->docs : str_cmp(a->word, b->word) < 0;
}

/* Words of names need no document: together they may name what documents have. */
static bool best_near(const struct search *s, struct arena *a, const struct words *typed, size_t place, Str *out)
{
    Str word = typed->word[place].fold;
    struct walk *w = NEW(a, struct walk);
    struct nears found = { 0 };
    *w = (struct walk){ .word = word, .edits = word.n < 8 ? 1 : EDITS };
    for (int p = 0; p < s->parts; p++)
        find_near(&(struct vocabulary){ .texts = &s->part[p].s->fold_text, .n = s->part[p].s->folds }, a, w, &found);
    size_t names, of_index = found.n;
    const Str *of_names = concept_vocabulary(s->schema.concepts, &names);
    find_near(&(struct vocabulary){ .p = of_names, .n = (uint32_t)names }, a, w, &found);
    struct guess best = { .distance = EDITS + 1 };
    for (size_t i = 0; i < found.n; i++) {
        struct near k = found.p[i];
        if (k.distance > best.distance) continue;
        struct guess guess = { k.word, k.distance, name_with(s, a, typed, place, k.word), documents_of(s, k.word) };
        if ((i >= of_index || guess.docs) && better(&guess, &best)) best = guess;
    }
    *out = best.word;
    return best.word.n;
}

/* ------------------------------------------------------------------ two written as one ------ */

static uint64_t documents_of_pair(const struct search *s, Str first, Str second)
{
    uint64_t n = 0;
    for (int p = 0; p < s->parts; p++) {
        const struct segment *g = s->part[p].s;
        uint32_t one = segment_first_fold(g, first), two = segment_first_fold(g, second);
        if (one == g->folds || two == g->folds || !str_eq(text_at(&g->fold_text, one), first) || !str_eq(text_at(&g->fold_text, two), second)) continue;
        uint64_t key = (uint64_t)one << 32 | two;
        uint32_t at = segment_first_pair(g, key);
        if (at < g->pair.lists && g->pair_key[at] == key) n += list_living(g, segment_pair_list(g, at), s->part[p].dead);
    }
    return n;
}

static bool is_name(const struct concepts *c, Str first, Str second)
{
    if (!c) return false;
    struct concept_word w[] = { concept_word(c, first, first), concept_word(c, second, second) };
    struct concept_at at[CONCEPT_WORDS];
    size_t n = concept_names(c, w, COUNT(w), at);
    return n && at[n - 1].words == COUNT(w);
}

/* The two that most documents have beside each other; a name before all. */
static bool best_split(const struct search *s, Str word, Str out[2])
{
    uint64_t most = 0;
    for (size_t at = 2; at + 2 <= word.n; at++) {
        Str first = str_sub(word, 0, at), second = str_sub(word, at, word.n);
        uint64_t docs = is_name(s->schema.concepts, first, second) ? UINT64_MAX : documents_of_pair(s, first, second);
        if (docs <= most) continue;
        out[0] = first;
        out[1] = second;
        most = docs;
    }
    return most;
}

/* ------------------------------------------------------------------ a query ----------------- */

static void put_meant(struct words *out, const struct word *typed, Str meant)
{
    if (out->n == SEARCH_WORDS) return;
    struct word w = { .exact = meant, .fold = meant, .literal = typed->literal, .from = out->n, .words = 1 };
    out->word[out->n++] = w;
}

static bool put_guess(const struct search *s, struct arena *a, const struct words *typed, size_t place, struct words *out)
{
    const struct word *w = &typed->word[place];
    Str meant[2];
    if (w->fold.n < 4 || w->fold.n > LONGEST || !letters_only(w->fold)) return false;
    bool one = best_near(s, a, typed, place, &meant[0]), two = !one && best_split(s, w->fold, meant);
    if (one || two) put_meant(out, w, meant[0]);
    if (two) put_meant(out, w, meant[1]);
    return one || two;
}

bool slips_forgive(const struct search *s, struct arena *a, const bool unknown[SEARCH_WORDS], struct words *plain)
{
    const struct words typed = *plain;
    bool any = false;
    plain->n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        struct word w = typed.word[i];
        if (unknown[i] && put_guess(s, a, &typed, i, plain)) {
            any = true;
            continue;
        }
        w.from = plain->n;
        if (plain->n < SEARCH_WORDS) plain->word[plain->n++] = w;
    }
    return any;
}
