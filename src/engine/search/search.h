/*
 * search.h - full-text search with facets over documents in memory: arrays in, arrays out.
 *
 * A document is weighted text fields, values of facets, numbers, a sort key and an id.  An index never changes
 * once made: readers need no lock, search_update() gives a new one beside it, cheap for a few documents.
 *
 * Words are runs of letters and digits, here syllables, since Vietnamese writes a space between them; a Japanese, Korean or
 * Chinese character is a word by itself, and several together in a query must stand so in the document.  A word matches
 * whatever its accents, case, width and tone placement: `khuon mau duc` finds `khuôn mẫu đúc` and `khuôn mẫu Đức`.  All
 * words must match.  "Quoted words" must stand next to each other in one value; those typed with accents,
 * exactly so.
 *
 * Names of concepts (concepts.h) outside of quotes ask for the concept: a document has it if any of its names, or of what
 * is narrower, stands in a text.  They ask for their words beside each other, too, with whatever accents.  A name typed with accents
 * that no document has anywhere is recognised without them.
 *
 * Score, a whole number that depends on the document and the query alone, so that it is the same on every
 * machine, after every update, and on both databases:
 *     x      = sum over the word's places in the document of 512 * weight * length / (length + words in the field),
 *              at least 1 for each
 *     impact = 255 * x / (x + 256 * the greatest weight), at least 1          (BM25F with k1 = 1, b = 1/2, no idf:
 *              all words must match, so how rare each is hardly changes the order)
 * For a concept x is the sum over the fields that name it, half where they only name what is narrower, or name it inside a
 * longer name; a document that has but the words of the name has half the impact of the first two.
 *     score  = sum of the impacts of the words and concepts
 *            + sum of the impacts of neighbours in the query that are neighbours in the document
 *            + if any word of the query (not of a name) has accents, for each word found exactly as typed: 65,536 + its
 *              impact so written.  What is written as typed thus always comes first.
 *            + 65,536 for each concept: before what only has the words of its name.
 * A word that is only begun (search_query.prefix) has the impact of the complete word, or else half that of the best
 * word it begins.  Equal scores stand in order of sort key, then id.
 *
 * When no document has all words, quotes are ignored, names of concepts that nobody has are read as words, and words that nobody
 * has as those nearest to them (slips.h); if that is not enough, words found nowhere are left out, then again and again the rarest, until
 * something is found: search_result.loose says so.
 */
#ifndef ENGINE_SEARCH_H
#define ENGINE_SEARCH_H

#include "engine/search/concepts.h"
#include "engine/search/fact.h"

enum {
    SEARCH_FIELDS      = 16,        /* at most, as all of these                                  */
    SEARCH_FACETS      = 16,
    SEARCH_NUMBERS     = 8,
    SEARCH_WORDS       = 32,        /* of a query; further ones are ignored                      */
    SEARCH_FIELD_WORDS = 4096,      /* of a field of a document; further ones are not found      */
    SEARCH_FIELD_CONCEPTS = 1024,   /* as these                                                  */
    SEARCH_DOCS        = 1 << 22,
};

struct search_schema {
    int fields, facets, numbers;
    struct {
        uint16_t weight;            /* 1 .. 255                                                  */
        uint16_t length;            /* usual words of the field, 1 .. 4096; longer counts less   */
    } field[SEARCH_FIELDS];
    const struct concepts *concepts;    /* what texts and queries are read with; NULL: none.  Kept by the index */
};

typedef struct { const Str *p; size_t n; } SearchValues;

struct search_doc {                 /* text is NFC UTF-8; all is borrowed for the call only      */
    int64_t             id;         /* the caller's, unique                                      */
    Str                 sort;       /* compared by bytes: a collation key                        */
    const Str          *field;      /* schema.fields; values of one field are parted by '\n'     */
    const SearchValues *facet;      /* schema.facets; order and repeats do not matter            */
    const double       *number;     /* schema.numbers; NAN: none                                 */
    const struct fact  *facts;      /* in any order                                              */
    size_t              facts_n;
};

/* ------------------------------------------------------------------ the index ---------------- */

struct search;                      /* an index; never changes; counted                          */
struct search_build;                /* one being made; by one thread                             */

/* room: most bytes that the index and its making may take; more stops the program. */
struct search_build *search_build_open(const struct search_schema *schema, size_t room);
/* ERR_TOO_BIG: more than SEARCH_DOCS, or 2^30 words.  A later document replaces one of the same id. */
enum err       search_build_add(struct search_build *b, const struct search_doc *doc) MUST_USE;
/* Ends the build, with a second thread if `threads` > 1. */
struct search *search_build_close(struct search_build *b, int threads);

/*
 * The index with `removed` left out and `changed` put in, new or instead of those of the same id; ids it does not hold
 * are fine.  Costs a few times what the documents changed cost to build, and now and then what those before cost, too; when
 * they are one in sixteen, all is merged (seconds for a million): to be called from where nobody waits.  old stays as it is, and is to be released.
 * ERR_TOO_BIG: as search_build_add().
 */
enum err search_update(const struct search *old, const struct search_doc *changed, size_t changes,
                       const int64_t *removed, size_t removals, struct search **out) MUST_USE;

/*
 * The same documents in one part: quick to ask, slow to make (seconds for a million), from any thread.  And `now`, which followed
 * `base` by updates, with the parts of base in that one: as quick to make as an update.  merged: of base, by search_merge() or opened
 * from its file (kept.h).  ERR_CONFLICT: an update has merged all since.
 */
enum err search_merge(const struct search *base, struct search **out) MUST_USE;
enum err search_adopt(const struct search *now, const struct search *base, const struct search *merged, struct search **out) MUST_USE;

struct search *search_keep(struct search *s);           /* one more holder, from any thread      */
void           search_release(struct search *s);        /* the last one frees it; NULL is fine   */

size_t search_docs(const struct search *s);
size_t search_bytes(const struct search *s);            /* memory it holds                       */
size_t search_apart(const struct search *s);            /* documents that changed since all were in one part */
size_t search_last_ids(const struct search *s, int64_t *ids, size_t most);      /* the greatest, descending; gives how many */

/* Does the index hold exactly this document?  By a 64-bit fingerprint of all that is in it. */
enum search_state { SEARCH_SAME, SEARCH_DIFFERENT, SEARCH_ABSENT };
enum search_state search_check(const struct search *s, const struct search_doc *doc);

/* ------------------------------------------------------------------ asking ------------------- */

enum search_order { SEARCH_BEST_FIRST, SEARCH_BY_SORT_KEY };

struct search_filter { int facet; SearchValues any; };      /* any.n == 0: does not restrict     */
struct search_range  { int number; double from, to; };      /* both included                     */

struct search_query {
    Str                         words;      /* any bytes; no words: all documents, by sort key   */
    bool                        prefix;     /* the last word may be only begun, unless quoted    */
    enum search_order           order;
    const struct search_filter *filter;     /* all must hold; two of one facet are one           */
    size_t                      filters;
    const struct search_range  *range;      /* all must hold                                     */
    size_t                      ranges;
    const int64_t              *only;       /* these documents, and no others; NULL: all          */
    size_t                      only_n;
    unsigned                    count;      /* bit f: the values of facet f are counted          */
    size_t                      offset, limit;
};

struct search_hit   { int64_t id; uint32_t score; };
struct search_count { Str value; uint32_t docs; };          /* value lives as long as the index  */

struct search_result {
    size_t             total;               /* documents that match                              */
    struct search_hit *hit;                 /* offset .. offset + limit of them                  */
    size_t             hits;
    struct {                                /* most first, then by bytes; none that has no document.  What */
        struct search_count *p;             /* is chosen in a facet does not lessen that facet's counts    */
        size_t               n;
    } counts[SEARCH_FACETS];
    bool               loose;               /* found only after quotes or words were left out, or slips forgiven */
    Str                used;                /* then: the words that were used, in lower case     */
};

/* Everything in the result but the counts' values is in the arena. */
struct search_result search_find(const struct search *s, struct arena *a, const struct search_query *q);

#endif
