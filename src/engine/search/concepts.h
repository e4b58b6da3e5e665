/*
 * concepts.h - a thesaurus made ready for search: things and their names in several languages, and which thing is a kind of which.  Never
 * changes once made; counted.
 *
 * A document has a concept where one of its names stands in a text of the document, and has all that are broader, too.  In a query a name
 * asks for the concept: `die casting`, `đúc áp lực`, `duc ap luc` and `ダイカスト` are one question.  Names are found as whole words in texts that
 * have spaces, anywhere in Japanese, Korean and Chinese; the longest first.  A name is recognised as it is written, whatever its
 * case, width and tone placement; without accents where it has two syllables or more (`duc` alone is nobody's name: it stays a word).  What is
 * the name of several is that of the first given.
 */
#ifndef ENGINE_SEARCH_CONCEPTS_H
#define ENGINE_SEARCH_CONCEPTS_H

#include "base/base.h"

/* At most: concepts, names of one, things that one is directly a kind of, and all that are broader (the nearest). */
enum { CONCEPTS = 1 << 16, CONCEPT_NAMES = 256, CONCEPT_LINKS = 8, CONCEPT_ABOVE = 64 };

struct concept_given {
    Str           key;                      /* "process/die-casting": the caller's, unique        */
    const Str    *names;                    /* in all languages, NFC                              */
    size_t        names_n;
    const Str    *broader;                  /* keys                                               */
    size_t        broader_n;
};

struct concepts;
/* Keys that are not among them, circles and names without letters are left out and counted in *faults.  ERR_TOO_BIG. */
enum err               concepts_make(const struct concept_given *given, size_t n, struct concepts **out, size_t *faults) MUST_USE;
const struct concepts *concepts_keep(const struct concepts *c);
void                   concepts_release(const struct concepts *c);
uint64_t               concepts_fingerprint(const struct concepts *c);     /* of all that is in it; NULL: 0 */

struct concept_found { uint32_t concept; size_t from, to; };        /* bytes of the text          */
/* Those in the text, from left to right, never overlapping: of two that would, the longer.  Any bytes; c may be NULL. */
size_t                 concepts_in(const struct concepts *c, struct arena *a, Str text, struct concept_found **out);
Str                    concept_key(const struct concepts *c, uint32_t concept);
bool                   concept_named(const struct concepts *c, Str key, uint32_t *concept);    /* c may be NULL */
/* It and all that is narrower, ascending; it and all that is broader, nearest first. */
const uint32_t        *concept_narrower(const struct concepts *c, struct arena *a, uint32_t concept, size_t *n);
const uint32_t        *concept_broader(const struct concepts *c, struct arena *a, uint32_t concept, size_t *n);

#endif
