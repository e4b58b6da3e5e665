#include "engine/search/sections.h"
#include "engine/search/facet.h"

static void give(struct walk *w, const void *p, uint64_t n, size_t size)
{
    *GROW(w->a, w->pieces) = (struct piece){ p, (size_t)n * size };
}

/* The next section, if it is one of n elements within the file. */
static const void *take(struct walk *w, uint64_t n, size_t size)
{
    static const uint64_t empty[8];
    if (w->wrong || w->next == w->sections || n > w->file.n / size) goto wrong;
    const struct section *s = &w->section[w->next++];
    if (s->bytes != n * size || s->at % SECTION_ALIGN || s->at > w->file.n || s->bytes > w->file.n - s->at) goto wrong;
    return n ? w->file.p + s->at : (const char *)empty;
wrong:
    w->wrong = true;
    return NULL;
}

/* place: of a pointer to elements of that size. */
static void column(struct walk *w, void *place, uint64_t n, size_t size)
{
    const void *p;
    if (w->opening) {
        p = take(w, n, size);
        memcpy(place, &p, sizeof p);
    } else {
        memcpy(&p, place, sizeof p);
        give(w, p, n, size);
    }
}

static void value(struct walk *w, void *v, size_t size)
{
    if (!w->opening) {
        give(w, memcpy(arena_raw(w->a, size, 1, 1), v, size), 1, size);
        return;
    }
    const void *p = take(w, 1, size);
    if (p) memcpy(v, p, size);
    else memset(v, 0, size);
}

#define COLUMN(w, p, n) column(w, &(p), n, sizeof *(p))
#define VALUE(w, v)     value(w, &(v), sizeof (v))

/* A column that may not be there: NULL then. */
static void may_column(struct walk *w, void *place, uint64_t n, size_t size)
{
    const void *p;
    memcpy(&p, place, sizeof p);
    uint8_t any = p != NULL;
    VALUE(w, any);
    if (any) column(w, place, n, size);
}

#define MAY_COLUMN(w, p, n) may_column(w, &(p), n, sizeof *(p))

/* An array beside the file, which a wrong number must not make greater than the file is. */
static void *beside(struct walk *w, uint32_t n, size_t size)
{
    if (n <= w->file.n && n * size <= w->a->room / 2) return arena_alloc(w->a, size, _Alignof(max_align_t), n);
    w->wrong = true;
    return NULL;
}

/* ------------------------------------------------------------------ what segments are made of -------- */

static void walk_texts(struct walk *w, struct texts *t, uint32_t n)
{
    COLUMN(w, t->start, n + (uint64_t)1);
    if (!w->wrong) COLUMN(w, t->bytes, t->start[n]);
}

static void walk_common(struct walk *w, struct common *c, uint32_t words, bool impacts)
{
    VALUE(w, c->list);
    VALUE(w, c->docs);
    COLUMN(w, c->bits, words);
    if (!impacts) return;
    COLUMN(w, c->impact, words * (uint64_t)64);
    COLUMN(w, c->peak, peaks_of(words));
}

static void walk_postings(struct walk *w, struct postings *p, uint32_t words, bool impacts)
{
    VALUE(w, p->lists);
    VALUE(w, p->commons);
    COLUMN(w, p->start, p->lists + (uint64_t)1);
    if (w->wrong) return;
    COLUMN(w, p->docs, p->start[p->lists]);
    if (impacts) COLUMN(w, p->impact, p->start[p->lists]);
    if (w->opening) p->common = beside(w, p->commons, sizeof *p->common);
    for (uint32_t i = 0; i < p->commons && !w->wrong; i++) walk_common(w, &p->common[i], words, impacts);
}

/* Values are looked at one by one, so in memory each is a Str. */
static void walk_values(struct walk *w, struct facet *f)
{
    struct texts t = { 0 };
    VALUE(w, f->values);
    if (!w->opening) t = texts_make(w->a, f->value, f->values);
    walk_texts(w, &t, f->values);
    if (!w->opening || w->wrong) return;
    f->value = beside(w, f->values, sizeof *f->value);
    for (uint32_t v = 0; v < f->values && !w->wrong; v++) {
        w->wrong = t.start[v] > t.start[v + 1] || t.start[v + 1] > t.start[f->values];
        if (!w->wrong) f->value[v] = text_at(&t, v);
    }
}

static void walk_facet(struct walk *w, struct facet *f, uint32_t words)
{
    walk_values(w, f);
    VALUE(w, f->sets);
    COLUMN(w, f->set_start, f->sets + (uint64_t)1);
    if (w->wrong) return;
    COLUMN(w, f->set_value, f->set_start[f->sets]);
    walk_postings(w, &f->docs, words, false);
}

static void walk_column(struct walk *w, struct column *c, uint32_t docs)
{
    if (c->cells <= UINT8_MAX + 1) COLUMN(w, c->cell8, docs);
    else if (c->cells <= UINT16_MAX + 1) COLUMN(w, c->cell16, docs);
    else COLUMN(w, c->cell32, docs);
}

static void walk_facets(struct walk *w, struct segment *s)
{
    for (int f = 0; f < s->schema.facets && !w->wrong; f++) walk_facet(w, &s->facet[f], s->words);
    if (w->opening) columns_plan(s);
    for (int c = 0; c < s->columns && !w->wrong; c++) walk_column(w, &s->column[c], s->docs);
}

static void walk_words(struct walk *w, struct segment *s)
{
    VALUE(w, s->folds);
    VALUE(w, s->exacts);
    COLUMN(w, s->token_start, s->docs + (uint64_t)1);
    if (w->wrong) return;
    COLUMN(w, s->token, s->token_start[s->docs]);
    walk_texts(w, &s->fold_text, s->folds);
    walk_texts(w, &s->exact_text, s->exacts);
    COLUMN(w, s->fold_exact, s->folds + (uint64_t)1);
    COLUMN(w, s->exact_fold, s->exacts);
    walk_postings(w, &s->fold, s->words, true);
    walk_postings(w, &s->exact, s->words, true);
    walk_postings(w, &s->pair, s->words, true);
    COLUMN(w, s->pair_key, s->pair.lists);
}

/* ------------------------------------------------------------------ facts ------------------- */

static void walk_codes(struct walk *w, struct fact_codes *c, uint32_t words)
{
    VALUE(w, c->n);
    walk_texts(w, &c->text, c->n);
    walk_postings(w, &c->docs, words, false);
}

static void walk_number(struct walk *w, struct fact_number *n, uint32_t words)
{
    COLUMN(w, n->least, words * (uint64_t)64);
    COLUMN(w, n->most, words * (uint64_t)64);
    COLUMN(w, n->low, FACT_RANGES);
    COLUMN(w, n->high, FACT_RANGES);
    VALUE(w, n->ranges);
    MAY_COLUMN(w, n->unknown, words);
}

static void walk_kind(struct walk *w, struct fact_kind *k, uint32_t docs, uint32_t words)
{
    VALUE(w, k->n);
    if (!k->n) return;
    COLUMN(w, k->start, docs + (uint64_t)1);
    MAY_COLUMN(w, k->code, k->n);
    MAY_COLUMN(w, k->also, k->n);
    MAY_COLUMN(w, k->day, 2 * (uint64_t)k->n);
    MAY_COLUMN(w, k->given, k->n);
    VALUE(w, k->numbers);
    VALUE(w, k->column);
    w->wrong |= k->numbers > FACT_NUMBERS;
    COLUMN(w, k->value, (uint64_t)k->n * k->numbers);
    if (k->code) walk_codes(w, &k->codes, words);
    if (k->also) {
        walk_codes(w, &k->alsos, words);
        VALUE(w, k->sets);
        COLUMN(w, k->set_start, k->sets + (uint64_t)1);
        if (!w->wrong) COLUMN(w, k->set_code, k->set_start[k->sets]);
    }
    for (int i = 0; i < k->numbers && !w->wrong; i++) walk_number(w, &k->number[i], words);
    MAY_COLUMN(w, k->any, words);
    MAY_COLUMN(w, k->no_code, words);
    MAY_COLUMN(w, k->no_also, words);
    MAY_COLUMN(w, k->no_day, words);
}

/* ------------------------------------------------------------------ all of it --------------- */

void walk_segment(struct walk *w, struct segment *s)
{
    VALUE(w, s->docs);
    if (w->opening) s->words = (uint32_t)((s->docs + (uint64_t)63) / 64);
    COLUMN(w, s->id, s->docs);
    COLUMN(w, s->by_id, s->docs);
    COLUMN(w, s->fingerprint, s->docs);
    walk_texts(w, &s->sort, s->docs);
    for (int k = 0; k < s->schema.numbers; k++) COLUMN(w, s->number[k], s->docs);
    walk_words(w, s);
    walk_facets(w, s);
    for (int k = 0; k < FACT_KINDS && !w->wrong; k++) walk_kind(w, &s->fact[k], s->docs, s->words);
}

void walk_parts(struct walk *w, int *parts)
{
    VALUE(w, *parts);
    w->wrong |= *parts < 1 || *parts > PARTS;
}

void walk_dead(struct walk *w, struct part *p)
{
    MAY_COLUMN(w, p->dead, p->s->words);
}
