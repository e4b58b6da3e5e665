/*
 * concept_doc.h - the concepts of a field of a document, each once.
 *
 * Every name that stands in a value counts, also one inside a longer one: so whatever part of a text is asked for is found by what it
 * names.  A concept counts half that is named only inside a longer name, or is only broader than what is named.
 */
#ifndef ENGINE_SEARCH_CONCEPT_DOC_H
#define ENGINE_SEARCH_CONCEPT_DOC_H

#include "engine/search/concept_match.h"

struct concept_above { const uint32_t *p; size_t n; };

struct named_concept  { uint32_t concept; bool whole; };    /* not: only inside a longer name     */
struct named_concepts { const struct named_concept *p; size_t n; };
struct named_concepts named_concepts(const struct concepts *c, struct arena *a, const struct concept_word *w, size_t n);

struct doc_concepts {
    const struct concepts *c;               /* NULL: none                                         */
    struct arena          *a;
    uint32_t              *seen, *whole;    /* by concept: the last field (turn) in which it was so */
    struct concept_above  *above;           /* by concept, from the first time on                 */
    uint32_t               turn;
    struct { uint32_t *p; size_t n, cap; } found;
};

struct doc_concepts doc_concepts_make(struct arena *a, const struct concepts *c);
void                doc_concepts_begin(struct doc_concepts *d);            /* the next field      */
void                doc_concepts_add(struct doc_concepts *d, struct named_concepts named);     /* of a value */
bool                doc_concepts_half(const struct doc_concepts *d, uint32_t concept);

#endif
