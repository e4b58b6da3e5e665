/* wanted_sentence.h - a sentence on its way to criteria: its words, and which bytes of it are understood already. */
#ifndef PROGRAMME_LINKAGE_WANTED_SENTENCE_H
#define PROGRAMME_LINKAGE_WANTED_SENTENCE_H

#include "programme/linkage/wanted_inside.h"

struct spoken {
    Str    text, lower, fold;
    size_t from, to;                        /* bytes of the sentence                              */
    size_t clause;                          /* which of the parts between commas it stands in      */
    bool   refuses;                         /* understood as saying that something is not wanted   */
};
struct sentence {
    struct work        *w;
    Str                 text;
    struct spoken      *word;
    size_t              n;
    bool               *used;               /* of each byte                                       */
    struct wanted      *out;
    struct wrong_parts *wrong;
    size_t              word_of[MATCH_CRITERIA];        /* at which each want was said             */
};

/* Words of the phrase that stand at word i, in one clause; 0: it does not stand there.  As written but for case; without accents where it has two words or more. */
size_t sentence_phrase(const struct sentence *s, size_t i, Str phrase);
/* The longest of "one|two|three" at word i. */
size_t sentence_any(const struct sentence *s, size_t i, const char *phrases);
bool   sentence_is_used(const struct sentence *s, size_t i);
void   sentence_use(struct sentence *s, size_t from_word, size_t words);
void   sentence_use_bytes(struct sentence *s, size_t from, size_t to);
Str    sentence_part(const struct sentence *s, size_t from_word, size_t words);        /* as it was typed */
enum lang sentence_lang(const struct sentence *s);         /* how its numbers are written: decimal commas are Vietnamese, else w->lang decides */

/* How many words right before word i are one of these; 0: none. */
size_t sentence_before(const struct sentence *s, size_t i, const char *phrases);
/* Words from word i to `end` that nothing understood, up to one that joins something else; few. */
size_t sentence_run(const struct sentence *s, size_t i, size_t end);

size_t sentence_word_at(const struct sentence *s, size_t byte);                /* the word that ends behind this byte; n: none */
bool   sentence_wants(struct sentence *s, const struct want *x, size_t word);  /* x was said at this word; false: there is no x */

/* wanted_refused.c: is what these words name said not to be wanted?  Then it is told, and used. */
bool   sentence_refused(struct sentence *s, size_t from_word, size_t words);
/* The same for words that name nothing we know, when all else is understood: they would find who has what is refused. */
void   sentence_leave_out_refused(struct sentence *s);

/* wanted_numbers.c: what is asked with a number: "within 40 km of Noi Bai", before names of places are looked for; then all else, behind the words
 * that say what the number is of. */
void sentence_distances(struct sentence *s);
void sentence_numbers(struct sentence *s);

#endif
