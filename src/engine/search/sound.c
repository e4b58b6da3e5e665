/* sound.c - what must hold of the arrays of a segment before anything may work on them. */
#include "engine/search/kernel.h"
#include "engine/search/sections.h"
#include "base/unicode.h"

/* ------------------------------------------------------------------ arrays ------------------ */

static bool all_below(const uint32_t *p, size_t n, uint32_t bound)
{
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++) most = p[i] > most ? p[i] : most;
    return !n || most < bound;
}

/* Places: from 0 up to what the last one says. */
static bool places(const uint32_t *start, size_t n)
{
    bool falls = start[0] != 0;
    for (size_t i = 0; i < n; i++) falls |= start[i] > start[i + 1];
    return !falls;
}

static bool long_places(const uint64_t *start, size_t n)
{
    bool falls = start[0] != 0;
    for (size_t i = 0; i < n; i++) falls |= start[i] > start[i + 1];
    return !falls;
}

static bool rises(const uint32_t *p, size_t n)
{
    bool falls = false;
    for (size_t i = 1; i < n; i++) falls |= p[i - 1] >= p[i];
    return !falls;
}

/* Each row rises and stays below the bound. */
static bool rows_rise(const uint32_t *start, uint32_t rows, const uint32_t *p, uint32_t bound)
{
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t from = start[i], n = start[i + 1] - from;
        if (n && (!rises(p + from, n) || p[from + n - 1] >= bound)) return false;
    }
    return true;
}

/* No bit is beyond the documents. */
static bool bits_fit(const uint64_t *bits, uint32_t docs) { return docs % 64 == 0 || !(bits[docs / 64] >> docs % 64); }

/* ------------------------------------------------------------------ postings ---------------- */

static bool common_sound(const struct common *c, uint32_t docs, uint32_t words)
{
    if (!bits_fit(c->bits, docs) || kernel->count(c->bits, c->bits, words) != c->docs) return false;
    for (uint32_t w = 0; c->impact && w < words; w++) {
        uint64_t there;
        uint8_t peak;
        kernel->bits(&there, c->impact + (size_t)w * 64, 1);
        kernel->peaks(&peak, c->impact + (size_t)w * 64, 1);
        if (there != c->bits[w] || peak != c->peak[w]) return false;
    }
    return true;
}

static bool postings_sound(const struct postings *p, uint32_t lists, uint32_t docs, uint32_t words)
{
    if (p->lists != lists || !places(p->start, lists) || !rows_rise(p->start, lists, p->docs, docs)) return false;
    if (p->impact && p->start[lists] && memchr(p->impact, 0, p->start[lists])) return false;
    for (uint32_t i = 0; i < p->commons; i++)
        if (p->common[i].list >= lists || !common_sound(&p->common[i], docs, words)) return false;
    return true;
}

static bool facet_sound(const struct segment *s, int facet)
{
    const struct facet *f = &s->facet[facet];
    if (!places(f->set_start, f->sets) || !rows_rise(f->set_start, f->sets, f->set_value, f->values)) return false;
    const struct column *c = &s->column[f->column];
    for (uint32_t d = 0; f->below == 1 && d < s->docs; d++)         /* once for a column           */
        if (cell_of(c, d) >= c->cells) return false;
    return (f->sets || !s->docs) && postings_sound(&f->docs, f->values, s->docs, s->words);
}

/* ------------------------------------------------------------------ documents --------------- */

static bool tokens_sound(const struct segment *s)
{
    const size_t most = (size_t)SEARCH_FIELDS * (SEARCH_FIELD_WORDS + SEARCH_FIELD_CONCEPTS);
    for (uint32_t doc = 0; doc < s->docs; doc++) {
        size_t words = 0;
        for (size_t i = s->token_start[doc]; i < s->token_start[doc + 1]; i++) {
            uint32_t t = s->token[i];
            words += t < MARK;
            if (t >= s->exacts && (t < MARK || t - MARK >= MARKS || (t - MARK) % SEARCH_FIELDS >= (uint32_t)s->schema.fields)) return false;
        }
        if (words > most) return false;
    }
    return true;
}

/* Words are read again when the segment is merged. */
static bool texts_sound(const struct texts *t, uint32_t n)
{
    if (!long_places(t->start, n)) return false;
    for (uint32_t i = 0; i < n; i++)
        if (!utf8_valid(text_at(t, i))) return false;
    return true;
}

static bool words_sound(const struct segment *s)
{
    return texts_sound(&s->fold_text, s->folds) && texts_sound(&s->exact_text, s->exacts) && places(s->fold_exact, s->folds) &&
           s->fold_exact[s->folds] == s->exacts && all_below(s->exact_fold, s->exacts, s->folds);
}

/* ------------------------------------------------------------------ facts ------------------- */

static bool may_fit(const uint64_t *bits, uint32_t docs) { return !bits || bits_fit(bits, docs); }

static bool codes_sound(const struct fact_codes *c, const struct segment *s)
{
    return c->n <= FACT_CODES && long_places(c->text.start, c->n) && postings_sound(&c->docs, c->n, s->docs, s->words);
}

static bool code_numbers_sound(const struct fact_kind *k)
{
    for (uint32_t i = 0; i < k->n; i++)
        if (k->code[i] != NO_CODE && k->code[i] >= k->codes.n) return false;
    return true;
}

static bool sets_sound(const struct fact_kind *k)
{
    if (!all_below(k->also, k->n, k->sets) || !places(k->set_start, k->sets)) return false;
    for (uint32_t set = 0; set < k->sets; set++)
        if (k->set_start[set + 1] - k->set_start[set] > FACT_ALSO) return false;
    for (uint32_t i = 0; i < k->set_start[k->sets]; i++)
        if (k->set_code[i] >= k->alsos.n) return false;
    return true;
}

static bool number_sound(const struct fact_number *n, const struct segment *s)
{
    uint8_t most = 0;
    for (size_t i = 0; i < (size_t)s->words * 64; i++) {
        most = n->least[i] > most ? n->least[i] : most;
        most = n->most[i] > most ? n->most[i] : most;
    }
    return n->ranges <= FACT_RANGES && most < FACT_RANGES && may_fit(n->unknown, s->docs);
}

static bool kind_sound(const struct segment *s, int kind)
{
    const struct fact_kind *k = &s->fact[kind];
    if (!k->n) return true;
    if (!places(k->start, s->docs) || k->start[s->docs] != k->n) return false;
    if (k->code && (!code_numbers_sound(k) || !codes_sound(&k->codes, s))) return false;
    if (k->also && (!sets_sound(k) || !codes_sound(&k->alsos, s))) return false;
    for (int i = 0; i < FACT_NUMBERS; i++)
        if (k->column[i] < -1 || k->column[i] >= k->numbers) return false;
    for (int i = 0; i < k->numbers; i++)
        if (!number_sound(&k->number[i], s)) return false;
    return may_fit(k->any, s->docs) && may_fit(k->no_code, s->docs) && may_fit(k->no_also, s->docs) && may_fit(k->no_day, s->docs);
}

static uint32_t facts_of(const struct segment *s, uint32_t doc)
{
    uint32_t facts = 0;
    for (int k = 0; k < FACT_KINDS; k++)
        if (s->fact[k].n) facts += s->fact[k].start[doc + 1] - s->fact[k].start[doc];
    return facts;
}

/* Each of a document's facts was given in a place of its own. */
static bool given_sound(const struct segment *s, uint32_t doc, uint32_t facts)
{
    uint64_t taken[FACTS / 64] = { 0 };
    for (int k = 0; k < FACT_KINDS; k++)
        for (uint32_t i = s->fact[k].n ? s->fact[k].start[doc] : 0; s->fact[k].n && i < s->fact[k].start[doc + 1]; i++) {
            uint32_t at = s->fact[k].given[i];
            if (at >= facts || bit_of(taken, at)) return false;
            bit_set(taken, at);
        }
    return true;
}

static bool facts_sound(const struct segment *s)
{
    int kinds = 0, given = 0;
    for (int k = 0; k < FACT_KINDS; k++) {
        const struct fact_kind *f = &s->fact[k];
        if (!f->n) continue;
        if (!places(f->start, s->docs) || f->start[s->docs] != f->n) return false;
        kinds++;
        given += f->given != NULL;
    }
    if (given && given != kinds) return false;
    for (uint32_t doc = 0; doc < s->docs && kinds; doc++) {
        uint32_t facts = facts_of(s, doc);
        if (facts > FACTS || (given && !given_sound(s, doc, facts))) return false;
    }
    return true;
}

/* ------------------------------------------------------------------ all of it --------------- */

static bool docs_sound(const struct part *p)
{
    const struct segment *s = p->s;
    return s->docs <= SEARCH_DOCS && s->exacts < MARK && (!p->dead || bits_fit(p->dead, s->docs)) &&
           all_below(s->by_id, s->docs, s->docs) && long_places(s->sort.start, s->docs) &&
           long_places(s->token_start, s->docs) && tokens_sound(s) && words_sound(s);
}

bool part_sound(const struct part *p, size_t aspect)
{
    const struct segment *s = p->s;
    if (aspect == 0) return docs_sound(p);
    if (aspect == 1) return postings_sound(&s->fold, s->folds, s->docs, s->words);
    if (aspect == 2) return postings_sound(&s->exact, s->exacts, s->docs, s->words) && postings_sound(&s->pair, s->pair.lists, s->docs, s->words);
    if (aspect == 3) return facts_sound(s);
    int facet = (int)aspect - 4, kind = facet - SEARCH_FACETS;
    return kind >= 0 ? kind_sound(s, kind) : facet >= s->schema.facets || facet_sound(s, facet);
}
