/*
 * concepts.c - a trie of folded words; where a name ends, the names that fold alike, each with its own words.  A text is walked from each of
 * its words as far as the trie goes; a name counts if its own words are those of the text.
 */
#include "engine/search/concept_match.h"
#include "engine/search/words.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/unicode.h"

#include <stdatomic.h>
#include <stdlib.h>

static const size_t ROOM = (size_t)1 << 30;

struct name {
    uint32_t           concept;
    const uint32_t    *exact;                       /* its words                                  */
    Str                text;
    const struct name *next;                        /* that folds to the same words               */
};

struct links { const uint32_t *p; size_t n; };
struct concept { Str key; struct links broader, narrower; };        /* directly                   */

struct edge { uint32_t from, word, to; };           /* to 0: free; node 0 is the root, to which none leads */

struct concepts {
    atomic_int      holders;
    struct arena    a;
    uint64_t        fingerprint;
    struct concept *concept;
    uint32_t        n;
    struct map      keys, words;                    /* -> number; of words from 1                 */
    struct { Str *p; size_t n, cap; } folded;       /* words; by bytes when all are there         */
    struct { const struct name **p; size_t n, cap; } node;      /* the names that end there       */
    struct edge    *edge;                           /* an open hash table                         */
    size_t          edges, edge_cells;
};

/* ------------------------------------------------------------------ the trie ---------------- */

static struct edge *edge_cell(const struct concepts *c, uint32_t from, uint32_t word)
{
    size_t at = hash_fold(((uint64_t)from << 32 | word) + 1, 0x9E3779B97F4A7C15u) & (c->edge_cells - 1);
    while (c->edge[at].to && (c->edge[at].from != from || c->edge[at].word != word)) at = (at + 1) & (c->edge_cells - 1);
    return &c->edge[at];
}

static void edges_grow(struct concepts *c)
{
    const struct edge *old = c->edge;
    size_t cells = c->edge_cells;
    c->edge_cells = cells ? cells * 2 : 1024;
    c->edge = NEW_ARRAY(&c->a, struct edge, c->edge_cells);
    for (size_t i = 0; i < cells; i++)
        if (old[i].to) *edge_cell(c, old[i].from, old[i].word) = old[i];
}

static uint32_t child_put(struct concepts *c, uint32_t node, uint32_t word)
{
    if (c->edges * 2 >= c->edge_cells) edges_grow(c);
    struct edge *e = edge_cell(c, node, word);
    if (!e->to) {
        *e = (struct edge){ node, word, (uint32_t)c->node.n };
        *GROW(&c->a, c->node) = NULL;
        c->edges++;
    }
    return e->to;
}

/* ------------------------------------------------------------------ making ------------------ */

static uint32_t word_put(struct concepts *c, Str word)
{
    bool added;
    int64_t *number = map_put(&c->words, word, (int64_t)c->words.n + 1, &added);
    return (uint32_t)*number;
}

static uint32_t fold_put(struct concepts *c, Str exact)
{
    Str fold = text_fold(&c->a, exact);
    size_t before = c->words.n;
    uint32_t word = word_put(c, fold);
    if (c->words.n > before || str_eq(fold, exact)) *GROW(&c->a, c->folded) = fold;
    return word;
}

/* False: it has no letters, or more words than a name may have.  Of concepts with one name the first has it. */
static bool name_put(struct concepts *c, uint32_t concept, Str given)
{
    Str text = words_form(&c->a, str_dup(&c->a, given)), rest = text, word;
    uint32_t exact[CONCEPT_WORDS], node = 0;
    size_t n = 0;
    while (next_word(&rest, &word)) {
        if (n == CONCEPT_WORDS) return false;
        exact[n++] = word_put(c, word);
        node = child_put(c, node, fold_put(c, word));
    }
    if (!n) return false;
    const struct name **last = &c->node.p[node];
    for (const struct name *old = *last; old; old = old->next)
        if (!memcmp(old->exact, exact, n * sizeof *exact)) return true;
    struct name *new = NEW(&c->a, struct name);
    uint32_t *copy = NEW_ARRAY(&c->a, uint32_t, n);
    memcpy(copy, exact, n * sizeof *copy);
    *new = (struct name){ concept, copy, text, *last };
    *last = new;
    return true;
}

static void broader_put(struct concepts *c, uint32_t concept, const struct concept_given *g, size_t *faults)
{
    uint32_t *to = NEW_ARRAY(&c->a, uint32_t, g->broader_n), n = 0;
    for (size_t i = 0; i < g->broader_n; i++) {
        uint32_t other;
        bool new = n < CONCEPT_LINKS && concept_named(c, g->broader[i], &other);
        for (uint32_t k = 0; new && k < n; k++) new = to[k] != other;
        if (new) to[n++] = other;
        else ++*faults;
    }
    c->concept[concept].broader = (struct links){ to, n };
}

/*
 * Depth first, without recursion.  A step to where the path comes from closes a circle: that link is left out.
 */
static void cut_circles(struct concepts *c, size_t *faults)
{
    enum { UNSEEN, ON_PATH, DONE };
    struct arena own = arena_make(ROOM, NULL);
    uint8_t *state = NEW_ARRAY(&own, uint8_t, c->n);
    struct step { uint32_t concept; size_t next, kept; uint32_t *to; } *path = NEW_ARRAY(&own, struct step, c->n);
    for (uint32_t root = 0; root < c->n; root++) {
        size_t depth = 0;
        if (state[root] == UNSEEN) path[depth++] = (struct step){ .concept = root };
        while (depth) {
            struct step *at = &path[depth - 1];
            struct links *l = &c->concept[at->concept].broader;
            if (!at->to) {
                state[at->concept] = ON_PATH;
                at->to = NEW_ARRAY(&c->a, uint32_t, l->n);
            }
            if (at->next == l->n) {
                *l = (struct links){ at->to, at->kept };
                state[at->concept] = DONE;
                depth--;
                continue;
            }
            uint32_t other = l->p[at->next++];
            if (state[other] == ON_PATH) ++*faults;
            else at->to[at->kept++] = other;
            if (state[other] == UNSEEN) path[depth++] = (struct step){ .concept = other };
        }
    }
    arena_free(&own);
}

static void put_narrower(struct concepts *c)
{
    size_t *n = NEW_ARRAY(&c->a, size_t, c->n);
    uint32_t **to = NEW_ARRAY(&c->a, uint32_t *, c->n);
    for (uint32_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->concept[i].broader.n; k++) n[c->concept[i].broader.p[k]]++;
    for (uint32_t i = 0; i < c->n; i++) c->concept[i].narrower.p = to[i] = NEW_ARRAY(&c->a, uint32_t, n[i]);
    for (uint32_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->concept[i].broader.n; k++) {
            uint32_t up = c->concept[i].broader.p[k];
            to[up][c->concept[up].narrower.n++] = i;
        }
}

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

static void order_vocabulary(struct concepts *c)
{
    size_t n = 0;
    if (c->folded.n) qsort(c->folded.p, c->folded.n, sizeof *c->folded.p, by_bytes);
    for (size_t i = 0; i < c->folded.n; i++)
        if (!n || !str_eq(c->folded.p[n - 1], c->folded.p[i])) c->folded.p[n++] = c->folded.p[i];
    c->folded.n = n;
}

static uint64_t also(uint64_t print, Str s) { return hash_fold(print ^ 0xA0761D6478BD642Fu, str_hash(s) | 1); }

static uint64_t fingerprint_of(const struct concept_given *given, size_t n)
{
    uint64_t print = n;
    for (size_t i = 0; i < n; i++) {
        print = also(print, given[i].key);
        for (size_t k = 0; k < given[i].names_n; k++) print = also(print, given[i].names[k]);
        print = also(print, S("\n"));
        for (size_t k = 0; k < given[i].broader_n; k++) print = also(print, given[i].broader[k]);
        print = also(print, S("\n"));
    }
    return print ? print : 1;
}

static size_t names_put(struct concepts *c, uint32_t concept, const struct concept_given *g)
{
    size_t faults = 0;
    for (size_t k = 0; k < g->names_n; k++) faults += k >= CONCEPT_NAMES || !name_put(c, concept, g->names[k]);
    return faults;
}

enum err concepts_make(const struct concept_given *given, size_t n, struct concepts **out, size_t *faults)
{
    *faults = 0;
    if (n > CONCEPTS) return ERR_TOO_BIG;
    struct arena a = arena_make(ROOM, NULL);
    struct concepts *c = NEW(&a, struct concepts);
    *c = (struct concepts){ .holders = 1, .a = a, .fingerprint = fingerprint_of(given, n) };
    c->concept = NEW_ARRAY(&c->a, struct concept, n);
    c->keys = map_make(&c->a, n);
    c->words = map_make(&c->a, 8 * n);
    *GROW(&c->a, c->node) = NULL;                   /* the root                                   */
    edges_grow(c);
    uint32_t *number = NEW_ARRAY(&c->a, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        bool added;
        number[i] = (uint32_t)*map_put(&c->keys, str_dup(&c->a, given[i].key), c->n, &added);
        if (added) c->concept[c->n++].key = str_dup(&c->a, given[i].key);
        else ++*faults;
        if (added) *faults += names_put(c, number[i], &given[i]);
        else number[i] = UINT32_MAX;
    }
    for (size_t i = 0; i < n; i++)
        if (number[i] != UINT32_MAX) broader_put(c, number[i], &given[i], faults);
    cut_circles(c, faults);
    put_narrower(c);
    order_vocabulary(c);
    *out = c;
    return OK;
}

/* ------------------------------------------------------------------ holding ----------------- */

/* They never change but for the count of their holders. */
static struct concepts *counted(const struct concepts *c)
{
    union { const struct concepts *seen; struct concepts *counted; } u = { c };
    return u.counted;
}

const struct concepts *concepts_keep(const struct concepts *c)
{
    if (c) atomic_fetch_add(&counted(c)->holders, 1);
    return c;
}

void concepts_release(const struct concepts *c)
{
    if (!c || atomic_fetch_sub(&counted(c)->holders, 1) > 1) return;
    struct arena a = c->a;
    arena_free(&a);
}

uint64_t concepts_fingerprint(const struct concepts *c) { return c ? c->fingerprint : 0; }
uint32_t concepts_count(const struct concepts *c) { return c ? c->n : 0; }
Str concept_key(const struct concepts *c, uint32_t concept) { return c->concept[concept].key; }

bool concept_named(const struct concepts *c, Str key, uint32_t *concept)
{
    int64_t number;
    if (!c || !map_get(&c->keys, key, &number)) return false;
    *concept = (uint32_t)number;
    return true;
}

const Str *concept_vocabulary(const struct concepts *c, size_t *n)
{
    *n = c ? c->folded.n : 0;
    return c ? c->folded.p : NULL;
}

/* ------------------------------------------------------------------ broader, narrower ------- */

const uint32_t *concept_broader(const struct concepts *c, struct arena *a, uint32_t concept, size_t *n)
{
    uint32_t found[1 + CONCEPT_ABOVE] = { concept };
    size_t have = 1;
    for (size_t i = 0; i < have; i++) {
        const struct links *up = &c->concept[found[i]].broader;
        for (size_t j = 0; j < up->n && have < COUNT(found); j++) {
            size_t k = 0;
            while (k < have && found[k] != up->p[j]) k++;
            if (k == have) found[have++] = up->p[j];
        }
    }
    uint32_t *copy = NEW_ARRAY(a, uint32_t, have);
    memcpy(copy, found, have * sizeof *copy);
    *n = have;
    return copy;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

const uint32_t *concept_narrower(const struct concepts *c, struct arena *a, uint32_t concept, size_t *n)
{
    bool *seen = NEW_ARRAY(a, bool, c->n);
    struct { uint32_t *p; size_t n, cap; } found = { 0 };
    *GROW(a, found) = concept;
    seen[concept] = true;
    for (size_t i = 0; i < found.n; i++) {
        const struct links *down = &c->concept[found.p[i]].narrower;
        for (size_t j = 0; j < down->n; j++) {
            if (!seen[down->p[j]]) *GROW(a, found) = down->p[j];
            seen[down->p[j]] = true;
        }
    }
    qsort(found.p, found.n, sizeof *found.p, by_number);
    *n = found.n;
    return found.p;
}

/* ------------------------------------------------------------------ finding ----------------- */

struct concept_word concept_word(const struct concepts *c, Str exact, Str fold)
{
    int64_t number;
    struct concept_word w = { 0 };
    if (!map_get(&c->words, fold, &number)) return w;
    w.fold = (uint32_t)number;
    if (map_get(&c->words, exact, &number)) w.exact = (uint32_t)number;
    return w;
}

/* Is that how a name is written, word for word, or typed without accents? */
static bool spells(const struct name *name, const struct concept_word *w, size_t n, bool *as_written)
{
    *as_written = true;
    for (size_t i = 0; i < n; i++) {
        if (w[i].exact == name->exact[i]) continue;
        if (n < 2 || w[i].exact != w[i].fold) return false;
        *as_written = false;
    }
    return true;
}

/* Of the names that end at a node the one as written, or else the first given, which is the last. */
static bool best_name(const struct name *names, const struct concept_word *w, size_t n, struct concept_at *out)
{
    bool found = false, as_written;
    for (const struct name *name = names; name; name = name->next) {
        if (!spells(name, w, n, &as_written) || (found && out->as_written)) continue;
        *out = (struct concept_at){ .concept = name->concept, .words = n, .as_written = as_written, .name = name->text };
        found = true;
    }
    return found;
}

size_t concept_names(const struct concepts *c, const struct concept_word *w, size_t n, struct concept_at out[CONCEPT_WORDS])
{
    size_t found = 0;
    uint32_t node = 0;
    for (size_t i = 0; i < n && w[i].fold && (node = edge_cell(c, node, w[i].fold)->to); i++)
        found += c->node.p[node] && best_name(c->node.p[node], w, i + 1, &out[found]);
    return found;
}

Str concept_token(struct arena *a, uint32_t concept) { return str_f(a, "\x01%04x", (unsigned)concept); }

static int longest_first(const void *x, const void *y)
{
    const struct concept_at *a = x, *b = y;
    return a->words != b->words ? (a->words < b->words) - (a->words > b->words) : (a->from > b->from) - (a->from < b->from);
}

static int left_first(const void *x, const void *y)
{
    const struct concept_at *a = x, *b = y;
    return (a->from > b->from) - (a->from < b->from);
}

size_t concepts_among(const struct concepts *c, struct arena *a, const struct concept_word *w, size_t n, struct concept_at **out)
{
    struct { struct concept_at *p; size_t n, cap; } all = { 0 };
    struct concept_at here[CONCEPT_WORDS];
    for (size_t from = 0; from < n; from++)
        for (size_t i = 0, found = concept_names(c, w + from, n - from, here); i < found; i++) {
            here[i].from = from;
            *GROW(a, all) = here[i];
        }
    bool *taken = NEW_ARRAY(a, bool, n);
    size_t kept = 0;
    if (all.n) qsort(all.p, all.n, sizeof *all.p, longest_first);
    for (size_t i = 0; i < all.n; i++) {
        struct concept_at at = all.p[i];
        if (taken[at.from] || taken[at.from + at.words - 1]) continue;       /* none that is taken is shorter */
        memset(taken + at.from, true, at.words);
        all.p[kept++] = at;
    }
    if (kept) qsort(all.p, kept, sizeof *all.p, left_first);
    *out = all.p;
    return kept;
}

size_t concepts_in(const struct concepts *c, struct arena *a, Str text, struct concept_found **out)
{
    struct { struct concept_word *p; size_t n, cap; } words = { 0 };
    struct { Str *p; size_t n, cap; } places = { 0 };
    Str rest = text, word;
    *out = NULL;
    while (c && next_word(&rest, &word)) {
        Str exact = words_form(a, word);
        *GROW(a, words) = concept_word(c, exact, text_fold(a, exact));
        *GROW(a, places) = word;
    }
    struct concept_at *at;
    size_t n = words.n ? concepts_among(c, a, words.p, words.n, &at) : 0;
    *out = NEW_ARRAY(a, struct concept_found, n);
    for (size_t i = 0; i < n; i++) {
        const Str *first = &places.p[at[i].from], *last = first + at[i].words - 1;
        (*out)[i] = (struct concept_found){ at[i].concept, (size_t)(first->p - text.p), (size_t)(last->p + last->n - text.p) };
    }
    return n;
}
