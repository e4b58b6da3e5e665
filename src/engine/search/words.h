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
    bool glued;                     /* nothing stands between it and the word before             */
    bool literal;                   /* never part of a name: it was quoted, or its concept is unknown */
    bool unaccented;                /* in names its accents, being nobody's, are taken off       */
    Str  concept;                   /* of a name: the word that stands for its concept in an index; empty: none */
    const struct words *spelt;      /* of a name: its own words, where they may be meant, too; NULL: they are not */
    size_t from, words;             /* of a name: its place among the plain words; else the word's, and 1 */
};

struct words {
    struct word word[SEARCH_WORDS];
    size_t      n;
    int         phrases;
    bool        accents;            /* some word, not of a name, was typed with accents          */
};

/*
 * A query of any bytes, cut; and with the names of concepts in it made one word each.  A run of several Japanese, Korean or Chinese
 * characters outside of names is read as if quoted.
 */
void words_cut(struct arena *a, Str query, bool prefix, struct words *out);
void words_name(struct arena *a, const struct concepts *c, const struct words *plain, struct words *out);
/* Both. */
void words_read(struct arena *a, const struct concepts *c, Str query, bool prefix, struct words *out);

#endif
