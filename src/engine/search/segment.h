/*
 * segment.h - a part of an index: documents inverted, never changed once made.
 *
 * Documents are numbered in the order of (sort key, id), so that a lower number is the better of equals.  For three kinds of
 * things, folded words, exact words and pairs of folded neighbours, there is a list of the documents that have it, with
 * the impact there.  A rare one's list is an array of document numbers and one of impacts; a common one's (one document
 * in COMMON or more) is a bitmap and an impact for every document, with the greatest of each 64 beside it.  Of a facet each
 * document has the number of its set of values, and sets are few: those of several facets are one number.  The documents
 * themselves are kept as numbers of words, to look for phrases and to merge.
 */
#ifndef ENGINE_SEARCH_SEGMENT_H
#define ENGINE_SEARCH_SEGMENT_H

#include "engine/search/search.h"

#include <stdatomic.h>

enum { COMMON = 16 };

/*
 * A value of a field begins: MARK + the field's number, among the words of a document.  After its values come the concepts of the field, once
 * each, each as a word of its own (concept_token): MARK + MARK_CONCEPTS + field; what counts half: MARK + MARK_HALF + field.
 */
#define MARK 0xFFFFFF00u
enum { MARK_CONCEPTS = SEARCH_FIELDS, MARK_HALF = 2 * SEARCH_FIELDS, MARKS = 3 * SEARCH_FIELDS };

struct texts { uint64_t *start; char *bytes; };             /* one after another: start has a place more than texts */
struct list {                       /* documents of one word, pair or facet value                */
    uint32_t        n;
    const uint32_t *docs;           /* ascending; NULL: bits                                     */
    const uint64_t *bits;
    const uint8_t  *impact;         /* beside docs; with bits for every document, 0 where not    */
    const uint8_t  *peak;           /* with bits: the greatest impact of each 64 documents       */
};

struct common { uint32_t list, docs; uint64_t *bits; uint8_t *impact, *peak; };

struct postings {
    uint32_t       lists;
    uint32_t      *start;           /* lists + 1 places in docs and impact; a list of none is common, */
    uint32_t      *docs;            /* or not kept                                               */
    uint8_t       *impact;
    struct common *common;          /* by list                                                   */
    uint32_t       commons;
};

struct facet {
    uint32_t        values, sets;
    Str            *value;          /* by bytes                                                  */
    uint32_t       *set_start;      /* sets + 1 places in set_value                              */
    uint32_t       *set_value;
    struct postings docs;           /* by value; without impacts                                 */
    int             column;         /* where documents' sets are: cell / below % sets there      */
    uint32_t        below;
};

/*
 * The sets of several facets as one number for each document, its cell, so that one look at it counts them all: the sum of set * below.
 * Which facets share a column follows from how many sets each has.  As narrow as its cells allow; the other two are NULL.
 */
struct column { uint32_t cells; uint8_t *cell8; uint16_t *cell16; uint32_t *cell32; };

/*
 * Facts (facts.h).  A file of a segment holds of each kind: n and the arrays that are not NULL.  Sets of documents are bitmaps of
 * `words`; NULL: no document.
 */
enum { NO_CODE = 0xFFFF, FACT_RANGES = 64 };

struct fact_codes {
    uint32_t        n;
    struct texts    text;           /* in the order of their bytes                               */
    struct postings docs;           /* by code; without impacts                                  */
};

struct fact_number {
    uint8_t  *least, *most;         /* by document, `words` * 64 of them: the range of its least and greatest; 0: none states it */
    float    *low, *high;           /* FACT_RANGES each: the least and the greatest value in a range, from 1 */
    uint32_t  ranges;               /* 0 and those in use                                        */
    uint64_t *unknown;              /* documents with a fact that does not state it              */
};

struct fact_kind {
    uint32_t  n;                    /* facts; 0: all else is empty                               */
    uint32_t *start;                /* docs + 1 places among them                                */
    uint16_t *code;                 /* NO_CODE; NULL: none has one                               */
    uint32_t *also;                 /* set of further codes; NULL: none has any                  */
    uint32_t  sets, *set_start;     /* sets + 1 places in set_code                               */
    uint16_t *set_code;
    uint8_t   numbers;              /* kept of each fact                                         */
    int8_t    column[FACT_NUMBERS]; /* where each is among them; -1: not kept                    */
    float    *value;                /* n * numbers                                               */
    int32_t  *day;                  /* 2 * n: from, until; NULL: all for ever                    */
    uint16_t *given;                /* which of the document's; NULL: all documents gave theirs kind by kind */
    struct fact_codes  codes, alsos;
    struct fact_number number[FACT_NUMBERS];                    /* as column says                */
    uint64_t *any, *no_code, *no_also, *no_day;                 /* documents with a fact of the kind; ... that lacks this */
};

struct segment {
    atomic_int      holders;
    struct arena    a, pairs;       /* what it lives in: two, for two threads make it            */
    struct mapping *file;           /* that its arrays lie in; NULL: they lie in the arenas       */
    size_t          room;
    struct search_schema schema;
    uint32_t        docs, words;    /* words of a bitmap                                         */
    int64_t        *id;
    uint32_t       *by_id;          /* documents in the order of their ids                       */
    uint64_t       *fingerprint;
    struct texts    sort;
    double         *number[SEARCH_NUMBERS];
    size_t         *token_start;    /* docs + 1 places in token                                  */
    uint32_t       *token;          /* exact words and marks                                     */
    uint32_t        folds, exacts;  /* words, by bytes; an exact word by its fold first          */
    struct texts    fold_text, exact_text;
    uint32_t       *fold_exact;     /* folds + 1 places in the exact words                       */
    uint32_t       *exact_fold;
    struct postings fold, exact, pair;
    uint64_t       *pair_key;       /* first fold << 32 | second; ascending                      */
    struct facet    facet[SEARCH_FACETS];
    struct column   column[SEARCH_FACETS];
    int             columns;
    struct fact_kind fact[FACT_KINDS];
};

struct mapping;                     /* of the file of an index (kept.c); counted                  */
void            mapping_release(struct mapping *m);         /* NULL is fine, as for                */
size_t          mapping_bytes(const struct mapping *m);
struct segment *segment_keep(struct segment *s);
void            segment_release(struct segment *s);

static inline Str text_at(const struct texts *t, uint32_t i) { return (Str){ t->bytes + t->start[i], t->start[i + 1] - t->start[i] }; }
struct texts texts_make(struct arena *a, const Str *text, uint32_t n);

bool     segment_doc(const struct segment *s, int64_t id, uint32_t *doc);
uint32_t segment_first_fold(const struct segment *s, Str text);         /* not below text; may be folds */
uint32_t segment_first_pair(const struct segment *s, uint64_t key);
uint32_t segment_exact(const struct segment *s, uint32_t fold, Str text);   /* UINT32_MAX: none  */

struct list postings_list(const struct postings *p, uint32_t list);
struct list segment_fold_list(const struct segment *s, uint32_t fold);
struct list segment_exact_list(const struct segment *s, uint32_t exact);
struct list segment_pair_list(const struct segment *s, uint32_t pair);

/* Making.  plan: counts the documents of each list, gives `at` for put(), which takes documents in ascending order. */
void postings_plan(struct postings *p, struct arena *a, const uint32_t *count, uint32_t lists, uint32_t docs,
                   bool impacts, uint32_t *at);
void postings_put(struct postings *p, uint32_t *at, uint32_t list, uint32_t doc, uint8_t impact);
/* Bytes of a list's peaks: whole groups of 64, so that bounds of 64 groups of documents are added up as impacts are. */
static inline size_t peaks_of(uint32_t words) { return ((size_t)words + 63) / 64 * 64; }
/* Fills fold, exact and pair from the documents. */
void segment_invert(struct segment *s, size_t room, int threads);

/* The first place from `at` on whose document is not below doc; galloping: long steps are as cheap as short ones. */
static inline uint32_t seek(const struct list *l, uint32_t at, uint32_t doc)
{
    uint32_t step = 1, low = at;
    while (at < l->n && l->docs[at] < doc) {
        low = at + 1;
        at += step;
        step *= 2;
    }
    uint32_t high = at < l->n ? at : l->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (l->docs[mid] < doc) low = mid + 1;
        else high = mid;
    }
    return low;
}

static inline uint32_t cell_of(const struct column *c, uint32_t doc)
{
    return c->cell8 ? c->cell8[doc] : c->cell16 ? c->cell16[doc] : c->cell32[doc];
}

static inline uint32_t set_of(const struct segment *s, uint32_t doc, int facet)
{
    const struct facet *f = &s->facet[facet];
    return cell_of(&s->column[f->column], doc) / f->below % f->sets;
}

static inline bool bit_of(const uint64_t *bits, uint32_t doc) { return bits[doc >> 6] >> (doc & 63) & 1; }
static inline void bit_set(uint64_t *bits, uint32_t doc) { bits[doc >> 6] |= (uint64_t)1 << (doc & 63); }

#endif
