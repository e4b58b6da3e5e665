/*
 * concept_match.h - names of concepts met word by word, for who has cut the text into words already.
 */
#ifndef ENGINE_SEARCH_CONCEPT_MATCH_H
#define ENGINE_SEARCH_CONCEPT_MATCH_H

#include "engine/search/concepts.h"

enum { CONCEPT_WORDS = 32 };                /* of a name, at most; each character of Japanese, Korean, Chinese is one */

/* A word as the names know it, exactly and folded; 0: in no name. */
struct concept_word { uint32_t exact, fold; };
struct concept_word concept_word(const struct concepts *c, Str exact, Str fold);

/* A name is recognised as written; if it has two words or more, also where some of them or all are typed without their accents. */
struct concept_at { uint32_t concept; size_t from, words; bool as_written; Str name; };        /* name: in lower case */

/* The names that begin at w[0], shortest first. */
size_t concept_names(const struct concepts *c, const struct concept_word *w, size_t n, struct concept_at out[CONCEPT_WORDS]);
/* Those in w[0 .. n): the longest first, none overlapping; from left to right. */
size_t concepts_among(const struct concepts *c, struct arena *a, const struct concept_word *w, size_t n, struct concept_at **out);

/* The word that stands for a concept in an index; before all words of texts in order, and never one of them. */
Str concept_token(struct arena *a, uint32_t concept);

uint32_t concepts_count(const struct concepts *c);
/* The words of names, folded, by bytes: what a slip may have been meant for. */
const Str *concept_vocabulary(const struct concepts *c, size_t *n);

#endif
