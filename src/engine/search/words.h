/* words.h - text cut into words, the same way in documents and in queries. */
#ifndef ENGINE_SEARCH_WORDS_H
#define ENGINE_SEARCH_WORDS_H

#include "engine/search/search.h"

/* The next run of letters, digits and marks of text brought to one form by text_tone(); false: no more. */
bool next_word(Str *rest, Str *word);

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
