/*
 * slips.h - what was meant by a word that no document has.
 *
 * That is the nearest word: letters typed wrongly, left out, added or swapped with the next (Damerau-Levenshtein, each place edited once),
 * one in words of 4 to 7 letters, two in longer ones, the first letter being right; or two words written as one.  Of equally
 * near ones that which makes the longest name with the words around it, then the word of most documents, then the first by bytes.  Words with digits are codes, and not guessed at.
 */
#ifndef ENGINE_SEARCH_SLIPS_H
#define ENGINE_SEARCH_SLIPS_H

#include "engine/search/snapshot.h"
#include "engine/search/words.h"

/* Puts what was meant in the place of each word that is unknown; false: nothing is near any of them. */
bool slips_forgive(const struct search *s, struct arena *a, const bool unknown[SEARCH_WORDS], struct words *plain);

#endif
