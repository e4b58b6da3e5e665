#include "reference.h"
#include "base/unicode.h"

#include <stdlib.h>

/* ------------------------------------------------------------------ documents --------------- */

void shelf_remove(struct shelf *s, int64_t id)
{
    for (size_t i = 0; i < s->docs.n; i++)
        if (s->docs.p[i].id == id) s->docs.p[i--] = s->docs.p[--s->docs.n];
}

void shelf_put(struct arena *a, struct shelf *s, struct search_doc doc)
{
    shelf_remove(s, doc.id);
    *GROW(a, s->docs) = doc;
}

/* ------------------------------------------------------------------ words ------------------- */

struct place { Str exact, fold; int field, value; };    /* a word of a document, where it stands  */
struct places { struct place *p; size_t n, cap; };

static bool letter(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000);
}

static void cut(struct arena *a, Str text, int field, int value, struct places *out)
{
    text = text_tone(a, text);
    const char *p = text.p, *end = text.p + text.n, *from = NULL;
    while (p <= end) {
        const char *at = p;
        bool in = p < end && letter(utf8_next(&p, end));
        if (in && !from) from = at;
        if (!in && from) {
            Str exact = { from, (size_t)(at - from) };
            *GROW(a, *out) = (struct place){ exact, text_fold(a, exact), field, value };
            from = NULL;
        }
        if (at == end) break;
    }
}

static struct places words_of(struct arena *a, const struct search_schema *schema, const struct search_doc *doc)
{
    struct places out = { 0 };
    for (int f = 0, value = 0; f < schema->fields; f++)
        for (Str rest = doc->field[f], one; str_next(&rest, '\n', &one); value++) cut(a, one, f, value, &out);
    return out;
}

/* ------------------------------------------------------------------ points ------------------ */

static uint64_t gain(const struct search_schema *schema, const struct places *w, int field)
{
    uint64_t words = 0, length = schema->field[field].length;
    for (size_t i = 0; i < w->n; i++) words += w->p[i].field == field;
    uint64_t g = 512 * schema->field[field].weight * length / (length + words);
    return g ? g : 1;
}

static uint32_t impact(const struct search_schema *schema, uint64_t x)
{
    uint64_t most = 0;
    for (int f = 0; f < schema->fields; f++) most = schema->field[f].weight > most ? schema->field[f].weight : most;
    if (!x) return 0;
    uint64_t i = 255 * x / (x + 256 * most);
    return i ? (uint32_t)i : 1;
}

/* The impact of a word, of its exact form, or of it right after another (before: the other's fold). */
static uint32_t impact_of(const struct search_schema *schema, const struct places *w, Str text, bool exact,
                          const Str *before)
{
    uint64_t x = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (!str_eq(exact ? w->p[i].exact : w->p[i].fold, text)) continue;
        if (before && (!i || w->p[i - 1].value != w->p[i].value || !str_eq(w->p[i - 1].fold, *before))) continue;
        x += gain(schema, w, w->p[i].field);
    }
    return impact(schema, x);
}

static uint32_t best_impact(const struct search_schema *schema, const struct places *w, Str text, bool begun,
                            bool exact, const Str *before)
{
    uint32_t best = impact_of(schema, w, text, exact, before);
    for (size_t i = 0; begun && i < w->n; i++) {
        Str longer = exact ? w->p[i].exact : w->p[i].fold;
        if (!str_starts(longer, text) || str_eq(longer, text)) continue;
        uint32_t half = (impact_of(schema, w, longer, exact, before) + 1) / 2;
        if (half > best) best = half;
    }
    return best;
}

/* ------------------------------------------------------------------ query ------------------- */

struct asked { struct place w; int phrase; bool begun; };
struct ask   { struct asked word[SEARCH_WORDS]; size_t n; bool accents, forgiven; };

static struct ask read_query(struct arena *a, const struct search_query *q)
{
    struct ask ask = { .n = 0 };
    Str rest = q->words, piece;
    for (int quote = 0; str_next(&rest, '"', &piece); quote++) {
        struct places w = { 0 };
        cut(a, piece, 0, 0, &w);
        for (size_t i = 0; i < w.n && ask.n < SEARCH_WORDS; i++) {
            ask.word[ask.n++] = (struct asked){ .w = w.p[i], .phrase = quote % 2 ? quote : 0 };
            ask.accents |= !str_eq(w.p[i].exact, w.p[i].fold);
        }
    }
    if (q->prefix && ask.n && !ask.word[ask.n - 1].phrase) ask.word[ask.n - 1].begun = true;
    return ask;
}

static bool has_phrase(const struct ask *ask, size_t from, const struct places *w)
{
    size_t n = 0;
    bool exact = false;
    for (; from + n < ask->n && ask->word[from + n].phrase == ask->word[from].phrase; n++)
        exact |= !str_eq(ask->word[from + n].w.exact, ask->word[from + n].w.fold);
    for (size_t i = 0; i + n <= w->n; i++) {
        size_t k = 0;
        while (k < n && w->p[i + k].value == w->p[i].value &&
               (exact ? str_eq(w->p[i + k].exact, ask->word[from + k].w.exact)
                      : str_eq(w->p[i + k].fold, ask->word[from + k].w.fold))) k++;
        if (k == n) return true;
    }
    return false;
}

static bool has_words(const struct search_schema *schema, const struct ask *ask, const struct places *w)
{
    for (size_t i = 0; i < ask->n; i++) {
        const struct asked *k = &ask->word[i];
        if (!best_impact(schema, w, k->w.fold, k->begun, false, NULL)) return false;
        if (k->phrase && (!i || ask->word[i - 1].phrase != k->phrase) && !has_phrase(ask, i, w)) return false;
    }
    return true;
}

static uint32_t score(const struct search_schema *schema, const struct ask *ask, const struct places *w)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < ask->n; i++) {
        const struct asked *k = &ask->word[i];
        sum += best_impact(schema, w, k->w.fold, k->begun, false, NULL);
        uint32_t exact = ask->accents ? best_impact(schema, w, k->w.exact, k->begun, true, NULL) : 0;
        if (exact) sum += 65536 + exact;
        if (i) sum += best_impact(schema, w, k->w.fold, k->begun, false, &ask->word[i - 1].w.fold);
    }
    return sum;
}

/* ------------------------------------------------------------------ filters ----------------- */

static bool has_value(SearchValues v, Str value)
{
    for (size_t i = 0; i < v.n; i++)
        if (str_eq(v.p[i], value)) return true;
    return false;
}

static bool passes_facet(const struct search_doc *doc, const struct search_query *q, int facet)
{
    bool asked = false;
    for (size_t i = 0; i < q->filters; i++)
        for (size_t k = 0; q->filter[i].facet == facet && k < q->filter[i].any.n; k++) {
            asked = true;
            if (has_value(doc->facet[facet], q->filter[i].any.p[k])) return true;
        }
    return !asked;
}

static bool passes(const struct shelf *s, const struct search_doc *doc, const struct search_query *q, int but)
{
    for (int f = 0; f < s->schema.facets; f++)
        if (f != but && !passes_facet(doc, q, f)) return false;
    bool among = !q->only;
    for (size_t i = 0; i < q->only_n; i++) among |= q->only[i] == doc->id;
    if (!among) return false;
    for (size_t i = 0; i < q->ranges; i++) {
        double v = doc->number[q->range[i].number];
        if (!(v >= q->range[i].from && v <= q->range[i].to)) return false;
    }
    return true;
}

/* ------------------------------------------------------------------ answer ------------------ */

struct scored { const struct search_doc *doc; uint32_t score; bool by_score; };

static int better_first(const void *x, const void *y)
{
    const struct scored *a = x, *b = y;
    if (a->by_score && a->score != b->score) return a->score < b->score ? 1 : -1;
    int d = str_cmp(a->doc->sort, b->doc->sort);
    return d ? d : (a->doc->id > b->doc->id) - (a->doc->id < b->doc->id);
}

static int most_first(const void *x, const void *y)
{
    const struct search_count *a = x, *b = y;
    return a->docs != b->docs ? (a->docs < b->docs) - (a->docs > b->docs) : str_cmp(a->value, b->value);
}

static void count_value(struct arena *a, struct search_result *r, int facet, size_t *cap, Str value)
{
    for (size_t i = 0; i < r->counts[facet].n; i++)
        if (str_eq(r->counts[facet].p[i].value, value)) {
            r->counts[facet].p[i].docs++;
            return;
        }
    struct { struct search_count *p; size_t n, cap; } list = { r->counts[facet].p, r->counts[facet].n, *cap };
    *GROW(a, list) = (struct search_count){ value, 1 };
    r->counts[facet].p = list.p;
    r->counts[facet].n = list.n;
    *cap = list.cap;
}

static void count_doc(struct arena *a, const struct shelf *s, const struct search_doc *doc,
                      const struct search_query *q, struct search_result *r, size_t cap[SEARCH_FACETS])
{
    for (int f = 0; f < s->schema.facets; f++) {
        if (!(q->count >> f & 1) || !passes(s, doc, q, f)) continue;
        SearchValues v = doc->facet[f];
        for (size_t i = 0; i < v.n; i++)
            if (!has_value((SearchValues){ v.p, i }, v.p[i])) count_value(a, r, f, &cap[f], v.p[i]);
    }
}

/* ------------------------------------------------------------------ slips ------------------- */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Letters wrong, missing, added or swapped. */
static size_t edits(struct arena *a, Str x, Str y)
{
    size_t *d = NEW_ARRAY(a, size_t, (x.n + 1) * (y.n + 1)), width = y.n + 1;
    for (size_t i = 0; i <= x.n; i++)
        for (size_t j = 0; j <= y.n; j++) {
            size_t *at = &d[i * width + j];
            if (!i || !j) {
                *at = i + j;
                continue;
            }
            *at = least(least(at[-1], *(at - width)) + 1, *(at - width - 1) + (x.p[i - 1] != y.p[j - 1]));
            if (i > 1 && j > 1 && x.p[i - 1] == y.p[j - 2] && x.p[i - 2] == y.p[j - 1]) *at = least(*at, *(at - 2 * width - 2) + 1);
        }
    return d[x.n * width + y.n];
}

static size_t docs_with(const struct places *w, size_t docs, Str fold, const Str *before)
{
    size_t n = 0;
    for (size_t d = 0; d < docs; d++) {
        bool has = false;
        for (size_t i = 0; i < w[d].n; i++)
            has |= str_eq(w[d].p[i].fold, fold) &&
                   (!before || (i && w[d].p[i - 1].value == w[d].p[i].value && str_eq(w[d].p[i - 1].fold, *before)));
        n += has;
    }
    return n;
}

static bool letters_only(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z') return false;
    return true;
}

struct meant { Str word[2]; size_t n; };

static struct meant near_word(struct arena *a, const struct places *w, size_t docs, Str typed)
{
    struct meant out = { .n = 0 };
    size_t distance = typed.n < 8 ? 1 : 2, most = 0;
    for (size_t d = 0; d < docs; d++)
        for (size_t i = 0; i < w[d].n; i++) {
            Str k = w[d].p[i].fold;
            if (!letters_only(k) || k.p[0] != typed.p[0] || k.n > typed.n + 2 || (out.n && str_eq(k, out.word[0]))) continue;
            size_t far = edits(a, typed, k);
            if (far > distance) continue;
            size_t have = docs_with(w, docs, k, NULL);
            if (far == distance && (have < most || (have == most && str_cmp(k, out.word[0]) > 0))) continue;
            out = (struct meant){ { k }, 1 };
            distance = far;
            most = have;
        }
    return out;
}

static struct meant two_words(const struct places *w, size_t docs, Str typed)
{
    struct meant out = { .n = 0 };
    size_t most = 0;
    for (size_t at = 2; at + 2 <= typed.n; at++) {
        Str first = str_sub(typed, 0, at), second = str_sub(typed, at, typed.n);
        size_t have = docs_with(w, docs, second, &first);
        if (have > most) out = (struct meant){ { first, second }, 2 };
        if (have > most) most = have;
    }
    return out;
}

static bool forgive(struct arena *a, struct ask *ask, const struct search_schema *schema, const struct places *w, size_t docs)
{
    struct ask typed = *ask;
    bool any = false;
    ask->n = 0;
    ask->accents = false;
    for (size_t i = 0; i < typed.n; i++) {
        struct asked k = typed.word[i];
        Str fold = k.w.fold;
        struct meant meant = { .n = 0 };
        bool known = false;
        for (size_t d = 0; d < docs && !known; d++) known = best_impact(schema, &w[d], fold, k.begun, false, NULL);
        if (!known && fold.n >= 4 && fold.n <= 32 && letters_only(fold)) {
            meant = near_word(a, w, docs, fold);
            if (!meant.n) meant = two_words(w, docs, fold);
        }
        for (size_t m = 0; m < meant.n && ask->n < SEARCH_WORDS; m++)
            ask->word[ask->n++] = (struct asked){ .w = { .exact = meant.word[m], .fold = meant.word[m] } };
        if (!meant.n && ask->n < SEARCH_WORDS) ask->word[ask->n++] = k;
        any |= meant.n > 0;
    }
    for (size_t i = 0; i < ask->n; i++) ask->accents |= !str_eq(ask->word[i].w.exact, ask->word[i].w.fold);
    return any;
}

/* What is left of the query when nothing has all of it. */
static bool loosen(struct arena *a, struct ask *ask, const struct search_schema *schema, const struct places *w, size_t docs)
{
    bool quoted = false;
    for (size_t i = 0; i < ask->n; i++) {
        quoted |= ask->word[i].phrase > 0;
        ask->word[i].phrase = 0;
    }
    if (quoted) return true;
    if (!ask->forgiven) {
        ask->forgiven = true;
        if (forgive(a, ask, schema, w, docs)) return true;
    }
    size_t have[SEARCH_WORDS] = { 0 }, unknown = 0, least = 0, kept = 0;
    for (size_t i = 0; i < ask->n; i++) {
        for (size_t d = 0; d < docs; d++)
            have[i] += best_impact(schema, &w[d], ask->word[i].w.fold, ask->word[i].begun, false, NULL) > 0;
        unknown += !have[i];
        if (have[i] <= have[least]) least = i;
    }
    if (ask->n < 2 || unknown == ask->n) return false;
    for (size_t i = 0; i < ask->n; i++)
        if (unknown ? have[i] > 0 : i != least) ask->word[kept++] = ask->word[i];
    ask->n = kept;
    return true;
}

static bool any_has(const struct search_schema *schema, const struct ask *ask, const struct places *w, size_t docs)
{
    for (size_t d = 0; d < docs; d++)
        if (has_words(schema, ask, &w[d])) return true;
    return false;
}

static Str used_words(struct arena *a, const struct ask *ask)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < ask->n; i++) put_f(&b, "%s%.*s", i ? " " : "", FMT(ask->word[i].w.exact));
    return buf_str(&b);
}

struct search_result reference_find(const struct shelf *s, struct arena *a, const struct search_query *q)
{
    struct search_result r = { .total = 0 };
    size_t docs = s->docs.n, cap[SEARCH_FACETS] = { 0 };
    struct places *w = NEW_ARRAY(a, struct places, docs);
    for (size_t d = 0; d < docs; d++) w[d] = words_of(a, &s->schema, &s->docs.p[d]);
    struct ask ask = read_query(a, q);
    bool found = any_has(&s->schema, &ask, w, docs), loose = false;
    while (!found && loosen(a, &ask, &s->schema, w, docs)) found = loose = any_has(&s->schema, &ask, w, docs);

    struct scored *list = NEW_ARRAY(a, struct scored, docs);
    for (size_t d = 0; d < docs; d++) {
        const struct search_doc *doc = &s->docs.p[d];
        if (!has_words(&s->schema, &ask, &w[d])) continue;
        count_doc(a, s, doc, q, &r, cap);
        if (!passes(s, doc, q, -1)) continue;
        list[r.total++] = (struct scored){ doc, score(&s->schema, &ask, &w[d]), q->order == SEARCH_BEST_FIRST && ask.n };
    }
    if (r.total) qsort(list, r.total, sizeof *list, better_first);
    for (int f = 0; f < s->schema.facets; f++)
        if (r.counts[f].n) qsort(r.counts[f].p, r.counts[f].n, sizeof *r.counts[f].p, most_first);
    r.hit = NEW_ARRAY(a, struct search_hit, r.total);
    for (size_t i = q->offset; i < r.total && i - q->offset < q->limit; i++)
        r.hit[r.hits++] = (struct search_hit){ list[i].doc->id, list[i].score };
    r.loose = loose;
    if (loose) r.used = used_words(a, &ask);
    return r;
}
