/*
 * plan.h - a demand held against one segment: codes become numbers, and each part of a criterion becomes a hurdle, which says of every
 * document at once how many points its best fact may have in that part.
 *
 * Points of the scan are bytes: of p points of a criterion, 255 * p * weight / (1000 * the greatest weight), rounded up.  So their sum is never
 * below what the score comes to by the same measure.
 */
#ifndef ENGINE_MATCH_PLAN_H
#define ENGINE_MATCH_PLAN_H

#include "engine/match/points.h"
#include "engine/search/facts.h"
#include "engine/search/match.h"

enum { HURDLES = FACT_NUMBERS + 2, BLOCK = 64 };            /* a block: words of documents scanned together */

/* points: of match.h; scanned: of the scan. */
struct painted { struct list list; uint16_t points; uint8_t scanned; };         /* these documents have so many, or more by another list */
struct ranged  { const uint8_t *range; uint16_t most[FACT_RANGES], least[FACT_RANGES]; uint8_t scanned[FACT_RANGES]; };     /* by range; scanned: most */
struct hurdle {
    const struct painted *painted;          /* either some lists: the greatest counts; none: no points */
    uint32_t              lists;
    struct ranged         ranged[4];        /* or some columns: the least counts                  */
    int                   columns;
    const uint64_t       *unknown[2];       /* documents with a fact that does not tell; NULL: none */
};

struct held {                               /* a criterion as a segment's facts know it           */
    const struct match_criterion *c;
    const struct fact_kind       *kind;
    const uint16_t               *nearness, *also;          /* by number of the code; NULL: none asked */
    struct circle                 circle[FACT_NUMBERS];     /* by part                            */
    struct hurdle                 hurdle[HURDLES];
    int                           hurdles;
    bool                          told;     /* the hurdle, there is one, tells points from none   */
};

struct plan {
    const struct segment      *s;
    const struct match_demand *d;
    struct held               *held;        /* by criterion                                       */
    const struct words        *words;       /* of the demand                                      */
    struct list                word[SEARCH_WORDS];
    uint32_t                   factor;      /* impact * factor / 256: points of the scan          */
    int64_t                    weight;      /* the greatest                                       */
};

enum err     demand_check(const struct search *s, const struct match_demand *d) MUST_USE;
struct plan *plan_make(struct arena *a, const struct segment *s, const struct match_demand *d, const struct words *words);

/* Of the scan, what a score of so many points comes to at least; at most 65,535. */
uint16_t plan_floor(const struct plan *p, int64_t score);

/* ---- exact.c ------------------------------------------------------------------------------------ */

/* What its hurdles leave a document at most; *exact: it has just as many. */
int                 held_bound(const struct held *h, uint32_t doc, bool *exact);
/* Exact.  fact: its place in the kind. */
struct match_reason held_answer(const struct held *h, uint32_t doc);
bool                held_fits(const struct held *h, uint32_t doc);      /* is not NOT_MET           */
struct match_reason words_answer(const struct plan *p, uint32_t doc);

#endif
