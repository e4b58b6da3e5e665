/*
 * build.c - gathers documents as numbers of words and of sets of facet values, numbered as they come; when all are there,
 * words, values and documents get their order, and the lists are made.
 */
#include "engine/search/build.h"
#include "engine/search/concept_doc.h"
#include "engine/search/facet.h"
#include "engine/search/facts.h"
#include "engine/search/words.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/unicode.h"

#include <math.h>
#include <stdlib.h>

struct raw {                        /* a document                                                */
    int64_t   id;
    uint64_t  fingerprint;
    Str       sort;
    uint32_t *token;                /* words as they came, and marks                             */
    uint32_t  tokens;
    uint32_t  turn;                 /* the later of two with one id counts                       */
    uint32_t  doc;                  /* its number in the segment                                 */
    uint32_t *set;
    double   *number;
    struct fact_rows facts;
};

struct form  { Str exact, fold; uint32_t number; struct concept_word named; };     /* a word     */
struct piece { uint32_t *word; size_t n; };
struct value { uint32_t *word; size_t n; struct named_concepts named; };

struct tokens { uint32_t *p; size_t n, cap; };

struct search_build {
    struct search_schema schema;
    size_t               room;
    struct arena         a, scratch;    /* until it is closed; for one document                  */
    struct map           pieces;        /* text without ASCII separators -> piece                */
    struct map           forms;         /* exact word -> form                                    */
    struct { struct piece *p; size_t n, cap; } piece;
    struct map           values;        /* a text that came before, as names of codes do -> value */
    struct { struct value *p; size_t n, cap; } value;
    uint32_t            *concept_form;  /* by concept: its word + 1; 0: not yet                  */
    struct { struct form  *p; size_t n, cap; } form;
    struct { struct raw  **p; size_t n, cap; } docs;
    struct tokens        tokens;        /* of the document at hand                               */
    struct doc_concepts  named;         /* of the field at hand                                  */
    uint64_t             all_tokens;
    struct facet_build   facet[SEARCH_FACETS];
    struct facts_build   facts;
};

enum { MOST_TOKENS = 1 << 30, VALUES = 1 << 16, VALUE_BYTES = 128 };    /* of values remembered */

struct search_build *search_build_open(const struct search_schema *schema, size_t room)
{
    MUST(schema->fields <= SEARCH_FIELDS && schema->facets <= SEARCH_FACETS && schema->numbers <= SEARCH_NUMBERS);
    struct arena a = arena_make(room, NULL);
    struct search_build *b = NEW(&a, struct search_build);
    *b = (struct search_build){ .schema = *schema, .room = room, .a = a, .scratch = arena_make(room, NULL) };
    b->pieces = map_make(&b->a, 1024);
    b->forms = map_make(&b->a, 1024);
    b->values = map_make(&b->a, 1024);
    b->concept_form = NEW_ARRAY(&b->a, uint32_t, concepts_count(schema->concepts));
    for (int f = 0; f < schema->facets; f++) b->facet[f] = facet_build_make(&b->a);
    b->facts = facts_build_make(&b->a);
    concepts_keep(schema->concepts);
    b->named = doc_concepts_make(&b->a, schema->concepts);
    return b;
}

void build_free(struct search_build *b)
{
    struct arena a = b->a, scratch = b->scratch;
    concepts_release(b->schema.concepts);
    arena_free(&scratch);
    arena_free(&a);
}

/* ------------------------------------------------------------------ one document ------------ */

static void put_token(struct search_build *b, uint32_t token) { *GROW(&b->a, b->tokens) = token; }

static uint32_t form_of(struct search_build *b, Str exact)
{
    bool added;
    int64_t *number = map_put(&b->forms, exact, (int64_t)b->form.n, &added);
    if (added) {
        struct form *f = GROW(&b->a, b->form);
        f->exact = exact;
        f->fold = text_fold(&b->a, exact);
        if (str_eq(f->fold, exact)) f->fold = exact;
        if (b->schema.concepts) f->named = concept_word(b->schema.concepts, f->exact, f->fold);
    }
    return (uint32_t)*number;
}

/* A piece is brought to its form and cut into words the first time it is seen. */
static const struct piece *piece_of(struct search_build *b, Str text)
{
    int64_t known;
    if (map_get(&b->pieces, text, &known)) return &b->piece.p[known];
    bool added;
    Str copy = str_dup(&b->a, text), rest = words_form(&b->a, copy), word;
    map_put(&b->pieces, copy, (int64_t)b->piece.n, &added);
    struct { uint32_t *p; size_t n, cap; } words = { 0 };
    while (next_word(&rest, &word)) *GROW(&b->a, words) = form_of(b, word);
    struct piece *new = GROW(&b->a, b->piece);
    *new = (struct piece){ words.p, words.n };
    return new;
}

static bool separates(unsigned char c)
{
    return c < 0x80 && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
}

/* Adds the words of one value, at most `most`; gives how many. */
static size_t put_words(struct search_build *b, Str text, size_t most)
{
    size_t words = 0;
    for (size_t i = 0; i < text.n && words < most;) {
        size_t from = i;
        while (i < text.n && !separates((unsigned char)text.p[i])) i++;
        if (i > from) {
            const struct piece *piece = piece_of(b, str_sub(text, from, i - from));
            for (size_t k = 0; k < piece->n && words < most; k++, words++) put_token(b, piece->word[k]);
        } else {
            i++;
        }
    }
    return words;
}

/* What the last so many words, those of a value, name. */
static struct named_concepts named_by_last(struct search_build *b, struct arena *a, size_t words)
{
    if (!b->schema.concepts) return (struct named_concepts){ 0 };
    struct concept_word *w = NEW_ARRAY(&b->scratch, struct concept_word, words);
    for (size_t i = 0; i < words; i++) w[i] = b->form.p[b->tokens.p[b->tokens.n - words + i]].named;
    return named_concepts(b->schema.concepts, a, w, words);
}

static void remember(struct search_build *b, Str text, size_t words)
{
    bool added;
    struct value *v = GROW(&b->a, b->value);
    v->word = NEW_ARRAY(&b->a, uint32_t, words);
    v->n = words;
    if (words) memcpy(v->word, b->tokens.p + b->tokens.n - words, words * sizeof *v->word);
    v->named = named_by_last(b, &b->a, words);
    map_put(&b->values, str_dup(&b->a, text), (int64_t)b->value.n - 1, &added);
}

/* Adds one value, and what it names; gives its words, at most `most`. */
static size_t put_value(struct search_build *b, Str text, size_t most)
{
    int64_t known;
    if (text.n <= VALUE_BYTES && map_get(&b->values, text, &known) && b->value.p[known].n <= most) {
        const struct value *v = &b->value.p[known];
        for (size_t i = 0; i < v->n; i++) put_token(b, v->word[i]);
        doc_concepts_add(&b->named, v->named);
        return v->n;
    }
    size_t words = put_words(b, text, most);
    doc_concepts_add(&b->named, named_by_last(b, &b->scratch, words));
    if (text.n && text.n <= VALUE_BYTES && words < most && b->value.n < VALUES) remember(b, text, words);
    return words;
}

static uint32_t concept_form(struct search_build *b, uint32_t concept)
{
    if (!b->concept_form[concept]) b->concept_form[concept] = form_of(b, concept_token(&b->a, concept)) + 1;
    return b->concept_form[concept] - 1;
}

/* The field's concepts, after its words: those it names itself, then those that count half. */
static void put_concepts(struct search_build *b, uint32_t field)
{
    for (int half = 0; half <= 1; half++)
        for (size_t i = 0, before = b->tokens.n; i < b->named.found.n; i++) {
            uint32_t concept = b->named.found.p[i];
            if (doc_concepts_half(&b->named, concept) != half) continue;
            if (b->tokens.n == before) put_token(b, MARK + field + (half ? MARK_HALF : MARK_CONCEPTS));
            put_token(b, concept_form(b, concept));
        }
}

static void put_field(struct search_build *b, uint32_t field, Str text)
{
    size_t left = SEARCH_FIELD_WORDS;
    Str value;
    doc_concepts_begin(&b->named);
    while (left && str_next(&text, '\n', &value)) {
        put_token(b, MARK + field);
        size_t words = put_value(b, value, left);
        if (!words) b->tokens.n--;                  /* no mark without words: files are full of empty lines */
        left -= words;
    }
    put_concepts(b, field);
}

/* A new document with the tokens gathered for it. */
static enum err new_doc(struct search_build *b, int64_t id, Str sort, uint64_t print, struct raw **out)
{
    b->all_tokens += b->tokens.n;
    if (b->docs.n >= SEARCH_DOCS || b->all_tokens >= MOST_TOKENS) return ERR_TOO_BIG;
    struct raw *r = NEW(&b->a, struct raw);
    *r = (struct raw){ .id = id, .fingerprint = print, .sort = str_dup(&b->a, sort), .turn = (uint32_t)b->docs.n,
                       .tokens = (uint32_t)b->tokens.n, .token = NEW_ARRAY(&b->a, uint32_t, b->tokens.n),
                       .set = NEW_ARRAY(&b->a, uint32_t, (size_t)b->schema.facets),
                       .number = NEW_ARRAY(&b->a, double, (size_t)b->schema.numbers) };
    if (b->tokens.n) memcpy(r->token, b->tokens.p, b->tokens.n * sizeof *r->token);
    *GROW(&b->a, b->docs) = *out = r;
    return OK;
}

enum err search_build_add(struct search_build *b, const struct search_doc *doc)
{
    b->tokens.n = 0;
    arena_reset(&b->scratch);
    for (int f = 0; f < b->schema.fields; f++) put_field(b, (uint32_t)f, doc->field[f]);
    struct raw *r;
    TRY(new_doc(b, doc->id, doc->sort, fingerprint(&b->scratch, &b->schema, doc), &r));
    for (int f = 0; f < b->schema.facets; f++) r->set[f] = facet_build_set(&b->facet[f], &b->scratch, doc->facet[f]);
    for (int k = 0; k < b->schema.numbers; k++) r->number[k] = doc->number[k];
    return facts_build_doc(&b->facts, &b->scratch, doc->facts, doc->facts_n, &r->facts);
}

enum err build_take(struct search_build *b, const struct segment *s, const uint64_t *without)
{
    struct arena own = arena_make(b->room, NULL);
    uint32_t *form = NEW_ARRAY(&own, uint32_t, s->exacts), *set[SEARCH_FACETS];
    for (uint32_t e = 0; e < s->exacts; e++) form[e] = form_of(b, str_dup(&b->a, text_at(&s->exact_text, e)));
    for (int f = 0; f < s->schema.facets; f++) set[f] = facet_build_take(&b->facet[f], &own, &s->facet[f]);
    struct facts_taken taken;
    enum err err = facts_build_take(&b->facts, &own, s, &taken);
    for (uint32_t doc = 0; doc < s->docs && !err; doc++) {
        if (without && bit_of(without, doc)) continue;
        b->tokens.n = 0;
        for (size_t i = s->token_start[doc]; i < s->token_start[doc + 1]; i++)
            put_token(b, s->token[i] >= MARK ? s->token[i] : form[s->token[i]]);
        struct raw *r;
        err = new_doc(b, s->id[doc], text_at(&s->sort, doc), s->fingerprint[doc], &r);
        if (err) break;
        for (int f = 0; f < s->schema.facets; f++) r->set[f] = set[f][set_of(s, doc, f)];
        for (int k = 0; k < s->schema.numbers; k++) r->number[k] = s->number[k][doc];
        r->facts = facts_build_taken(&b->facts, s, &taken, doc);
    }
    arena_free(&own);
    return err;
}

/* ------------------------------------------------------------------ all of them ------------- */

static int by_id_and_turn(const void *x, const void *y)
{
    const struct raw *a = *(struct raw *const *)x, *b = *(struct raw *const *)y;
    return a->id != b->id ? (a->id > b->id) - (a->id < b->id) : (a->turn > b->turn) - (a->turn < b->turn);
}

static int by_sort_and_id(const void *x, const void *y)
{
    const struct raw *a = *(struct raw *const *)x, *b = *(struct raw *const *)y;
    int d = str_cmp(a->sort, b->sort);
    return d ? d : (a->id > b->id) - (a->id < b->id);
}

/* Leaves the last of each id, sorts, numbers; docs.p is then in the segment's order. */
static void order_docs(struct search_build *b, struct segment *s)
{
    struct raw **docs = b->docs.p;
    size_t n = 0;
    if (b->docs.n) qsort(docs, b->docs.n, sizeof *docs, by_id_and_turn);
    for (size_t i = 0; i < b->docs.n; i++)
        if (i + 1 == b->docs.n || docs[i + 1]->id != docs[i]->id) docs[n++] = docs[i];
    b->docs.n = n;
    s->docs = (uint32_t)n;
    s->words = (s->docs + 63) / 64;
    struct raw **by_id = NEW_ARRAY(&b->a, struct raw *, n);
    if (n) memcpy(by_id, docs, n * sizeof *docs);
    if (n) qsort(docs, n, sizeof *docs, by_sort_and_id);
    for (uint32_t i = 0; i < n; i++) docs[i]->doc = i;
    s->by_id = NEW_ARRAY(&s->a, uint32_t, n);
    for (size_t i = 0; i < n; i++) s->by_id[i] = by_id[i]->doc;
}

static int by_text(const void *x, const void *y)
{
    const struct form *a = *(struct form *const *)x, *b = *(struct form *const *)y;
    int d = str_cmp(a->fold, b->fold);
    return d ? d : str_cmp(a->exact, b->exact);
}

/* The words that the documents left still have, sorted. */
static struct form **used_forms(struct search_build *b, size_t *n)
{
    bool *used = NEW_ARRAY(&b->a, bool, b->form.n);
    for (size_t d = 0; d < b->docs.n; d++)
        for (uint32_t i = 0; i < b->docs.p[d]->tokens; i++)
            if (b->docs.p[d]->token[i] < MARK) used[b->docs.p[d]->token[i]] = true;
    struct form **order = NEW_ARRAY(&b->a, struct form *, b->form.n);
    *n = 0;
    for (size_t i = 0; i < b->form.n; i++)
        if (used[i]) order[(*n)++] = &b->form.p[i];
    if (*n) qsort(order, *n, sizeof *order, by_text);
    return order;
}

static void order_words(struct search_build *b, struct segment *s)
{
    size_t n;
    struct form **order = used_forms(b, &n);
    s->exacts = (uint32_t)n;
    s->exact_fold = NEW_ARRAY(&s->a, uint32_t, n);
    Str *exact = NEW_ARRAY(&b->a, Str, n), *fold = NEW_ARRAY(&b->a, Str, n);
    s->fold_exact = NEW_ARRAY(&s->a, uint32_t, n + 1);
    for (uint32_t e = 0; e < n; e++) {
        struct form *f = order[e];
        f->number = e;
        exact[e] = f->exact;
        if (!s->folds || !str_eq(fold[s->folds - 1], f->fold)) {
            s->fold_exact[s->folds] = e;
            fold[s->folds++] = f->fold;
        }
        s->exact_fold[e] = s->folds - 1;
    }
    s->fold_exact[s->folds] = s->exacts;
    s->exact_text = texts_make(&s->a, exact, s->exacts);
    s->fold_text = texts_make(&s->a, fold, s->folds);
}

static void copy_tokens(struct search_build *b, struct segment *s)
{
    size_t n = 0;
    s->token_start = NEW_ARRAY(&s->a, size_t, s->docs + (size_t)1);
    for (uint32_t d = 0; d < s->docs; d++) {
        s->token_start[d] = n;
        n += b->docs.p[d]->tokens;
    }
    s->token_start[s->docs] = n;
    s->token = NEW_ARRAY(&s->a, uint32_t, n);
    uint32_t *to = s->token;
    for (uint32_t d = 0; d < s->docs; d++)
        for (uint32_t i = 0; i < b->docs.p[d]->tokens; i++) {
            uint32_t token = b->docs.p[d]->token[i];
            *to++ = token >= MARK ? token : b->form.p[token].number;
        }
}

static void copy_columns(struct search_build *b, struct segment *s)
{
    s->id = NEW_ARRAY(&s->a, int64_t, s->docs);
    s->fingerprint = NEW_ARRAY(&s->a, uint64_t, s->docs);
    Str *sort = NEW_ARRAY(&b->a, Str, s->docs);
    for (int k = 0; k < s->schema.numbers; k++) s->number[k] = NEW_ARRAY(&s->a, double, s->docs);
    for (uint32_t d = 0; d < s->docs; d++) {
        const struct raw *r = b->docs.p[d];
        s->id[d] = r->id;
        s->fingerprint[d] = r->fingerprint;
        sort[d] = r->sort;
        for (int k = 0; k < s->schema.numbers; k++) s->number[k][d] = r->number[k];
    }
    s->sort = texts_make(&s->a, sort, s->docs);
}

static void copy_facets(struct search_build *b, struct segment *s)
{
    uint32_t *set[SEARCH_FACETS];
    for (int f = 0; f < s->schema.facets; f++) {
        set[f] = NEW_ARRAY(&b->a, uint32_t, s->docs);
        for (uint32_t d = 0; d < s->docs; d++) set[f][d] = b->docs.p[d]->set[f];
        facet_make(s, f, &b->facet[f], set[f]);
    }
    columns_make(s, set);
}

static void copy_facts(struct search_build *b, struct segment *s)
{
    struct fact_rows *rows = NEW_ARRAY(&b->a, struct fact_rows, s->docs);
    for (uint32_t d = 0; d < s->docs; d++) rows[d] = b->docs.p[d]->facts;
    facts_make(s, &b->facts, rows);
}

struct segment *build_segment(struct search_build *b, int threads)
{
    struct arena a = arena_make(b->room, NULL);
    struct segment *s = NEW(&a, struct segment);
    *s = (struct segment){ .holders = 1, .room = b->room, .schema = b->schema, .a = a, .pairs = arena_make(b->room, NULL) };
    concepts_keep(s->schema.concepts);
    order_docs(b, s);
    order_words(b, s);
    copy_tokens(b, s);
    copy_columns(b, s);
    copy_facets(b, s);
    copy_facts(b, s);
    size_t room = b->room;
    build_free(b);
    segment_invert(s, room, threads);
    return s;
}

/* ------------------------------------------------------------------ fingerprint ------------- */

static void put_bytes(struct buf *b, Str s)
{
    char *p = buf_room(b, sizeof s.n + s.n);
    memcpy(p, &s.n, sizeof s.n);
    if (s.n) memcpy(p + sizeof s.n, s.p, s.n);
    b->n += sizeof s.n + s.n;
}

uint64_t fingerprint(struct arena *scratch, const struct search_schema *schema, const struct search_doc *doc)
{
    struct buf b = buf_make(scratch);
    put_bytes(&b, doc->sort);
    for (int f = 0; f < schema->fields; f++) put_bytes(&b, doc->field[f]);
    for (int f = 0; f < schema->facets; f++) {
        SearchValues set = values_set(scratch, doc->facet[f]);
        for (size_t i = 0; i < set.n; i++) put_bytes(&b, set.p[i]);
        put_c(&b, '\n');                            /* the end of the facet                      */
    }
    for (int k = 0; k < schema->numbers; k++) {
        double v = isnan(doc->number[k]) ? NAN : doc->number[k] + 0.0;      /* -0.0 is 0.0       */
        put(&b, (Str){ (const char *)&v, sizeof v });
    }
    facts_put(&b, doc->facts, doc->facts_n);
    return hash64(b.p, b.n);
}
