/* words.h - text cut into words, the same way in documents and in queries. */
#ifndef ENGINE_SEARCH_WORDS_H
#define ENGINE_SEARCH_WORDS_H

#include "engine/search/search.h"

/*
 * The next run of letters, digits and marks; false: no more.  A Han character, kana or Korean syllable is a word by itself, as a
 * syllable is in Vietnamese: texts without spaces are found by characters that stand next to each other.  Any bytes.
 */
bool next_word(Str *rest, Str *word);
bool is_cjk(uint32_t c);
/* The one form of a text whose words are compared: NFC, usual width, lower case, tone marks on one vowel. */
Str  words_form(struct arena *a, Str text);

struct word {
    Str  exact, fold;
    int  phrase;                    /* which quotation it stands in, from 1; 0: none             */
    bool begun;                     /* matches what it begins, too                               */
};

struct words {
    struct word word[SEARCH_WORDS];
    size_t      n;
    int         phrases;
    bool        accents;            /* some word was typed with accents                          */
};

/* Reads a query of any bytes. */
void words_read(struct arena *a, Str query, bool prefix, struct words *out);

#endif
