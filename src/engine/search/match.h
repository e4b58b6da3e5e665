/* match.h - which documents of a segment have the words, and which of those pass the filters. */
#ifndef ENGINE_SEARCH_MATCH_H
#define ENGINE_SEARCH_MATCH_H

#include "engine/search/facet.h"
#include "engine/search/words.h"

enum { EXACT_BONUS = 1 << 16, QUERY_LISTS = 3 * SEARCH_WORDS };

/* The words of a query as a segment has them. */
struct lookup {
    struct list fold[SEARCH_WORDS], exact[SEARCH_WORDS];    /* exact: if the query has accents    */
    uint32_t    first[SEARCH_WORDS], end[SEARCH_WORDS];     /* the folds that a word may be       */
    bool        whole[SEARCH_WORDS];                        /* the first of them is the word itself */
    uint32_t    exact_word[SEARCH_WORDS];                   /* UINT32_MAX: none                   */
    struct list named[SEARCH_WORDS], spelt[SEARCH_WORDS];   /* of fold those that have the concept, and those that but have its name's words */
};
void look_up(const struct segment *s, struct arena *a, const struct words *w, struct lookup *out);

/* What gives points. */
struct scoring { struct { struct list list; uint32_t bonus; } part[QUERY_LISTS]; size_t n; };

/* Which words take part, and whether quotes are kept. */
struct reading { bool word[SEARCH_WORDS], quotes; };

struct matches match_words(const struct segment *s, struct arena *a, const struct words *w, const struct lookup *l,
                           const struct reading *r, const uint64_t *dead);
void           match_scoring(const struct segment *s, struct arena *a, const struct words *w, const struct lookup *l,
                             const struct reading *r, struct scoring *out);

/* Documents of a list that are still there. */
uint64_t list_living(const struct segment *s, struct list l, const uint64_t *dead);

struct filtered {
    struct matches all;                     /* pass every filter                                  */
    struct matches but[SEARCH_FACETS];      /* fail the choice in this facet only                 */
};
void match_filters(const struct segment *s, struct arena *a, struct matches m, const struct search_query *q,
                   struct filtered *out);

#endif
