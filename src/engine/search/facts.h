/*
 * facts.h - the facts (fact.h) of a segment's documents: columns of each kind, and what a scan over all documents needs.
 *
 * Facts of one kind stand document by document, in the order given.  Codes are numbers, in the order of their bytes; further codes are sets,
 * since sets are few.  Only numbers that some fact of the kind states are kept, those of a fact beside each other.  For each such number a
 * document has two bytes: into which of at most 63 ranges of values its least and its greatest fall.
 */
#ifndef ENGINE_SEARCH_FACTS_H
#define ENGINE_SEARCH_FACTS_H

#include "engine/search/segment.h"
#include "base/map.h"

bool     fact_code(const struct fact_codes *c, Str text, uint32_t *number);        /* false: no document has it */
uint32_t fact_given(const struct segment *s, int kind, uint32_t doc, uint32_t fact);    /* which of the document's, as given */

/* ------------------------------------------------------------------ making ------------------ */

struct fact_rows { const uint32_t *p; size_t n; };          /* a document's facts, packed: see facts.c */

struct code_numbers { struct map map; struct { Str *p; size_t n, cap; } text; };        /* as they come */
struct facts_build {
    struct arena       *a;
    struct code_numbers code[FACT_KINDS], also[FACT_KINDS];
    struct code_numbers sets[FACT_KINDS];                   /* text: the bytes of the codes' numbers */
    struct { uint32_t *p; size_t n, cap; } row;             /* of the document at hand            */
};

struct facts_build facts_build_make(struct arena *a);
/* ERR_TOO_BIG: more facts, codes of a fact or codes of a kind than fact.h allows. */
enum err facts_build_doc(struct facts_build *b, struct arena *scratch, const struct fact *facts, size_t n, struct fact_rows *out) MUST_USE;

/* Takes over documents of another segment: what its codes and sets are here. */
struct facts_taken { uint32_t *code[FACT_KINDS], *set[FACT_KINDS]; };
enum err facts_build_take(struct facts_build *b, struct arena *scratch, const struct segment *s, struct facts_taken *out) MUST_USE;
struct fact_rows facts_build_taken(struct facts_build *b, const struct segment *s, const struct facts_taken *t, uint32_t doc);

void facts_make(struct segment *s, const struct facts_build *b, const struct fact_rows *rows);      /* rows: by document */

/* All that is in them, for the fingerprint. */
void facts_put(struct buf *b, const struct fact *facts, size_t n);

#endif
