/*
 * match.h - which documents of an index fit a demand best, and why.  The index is that of search.h, whose documents have facts (fact.h):
 * a search is the demand that has only words.
 *
 * A demand is criteria; each asks of one kind of fact.  The answer to a criterion is that of the best fact of the kind; the answer of a
 * fact is the least of its parts:
 *     code      one of the asked: its nearness in thousandths (the thing itself, or what is narrower: 1000); none asked: 1000; else 0;
 *               the fact has no code: unknown
 *     also      of the further codes the nearest that is asked; none asked: 1000; the fact has none: unknown
 *     number    AT_LEAST, AT_MOST: 1000 where it holds; else 1000 * (1 - |asked - stated| / (slack * |asked|)), rounded down, 0 .. 999 (slack
 *               or asked 0: 0); not stated: unknown
 *     distance  WITHIN_KM, along the great circle of a sphere of 6,371.0088 km: as AT_MOST; no place stated, or none on earth: unknown
 *     day       holds on the day asked: 1000, else 0; DAY_UNKNOWN on the side that decides: unknown
 * A part that is 0 makes the fact NOT_MET, whatever else of it is unknown; else a part that is unknown makes it UNKNOWN; else it is MET
 * (1000) or PARTLY (1 .. 999).  The best fact is the one of most points; of equal points UNKNOWN is above NOT_MET; of equals the first given.  No fact
 * of the kind: UNKNOWN.
 * Unknown is worth no points, but is told apart from not met and, unlike it, keeps nobody out.
 *
 *     score = sum over criteria of weight * points          a whole number: the same on every machine and every run
 *
 * Words are one more criterion: points = 1000 * sum over the words of the impact (search.h, 1 .. 255) that each has in the document / (255 *
 * words), rounded down; MET if all words are there, PARTLY if some, NOT_MET if none; UNKNOWN if what was asked has no word in it.  A must that is
 * NOT_MET keeps a document out; PARTLY and UNKNOWN do not.  Equal scores stand in order of sort key, then id.
 *
 * Cost: a scan of one byte a document and criterion, quantised so that it bounds the points from above, in blocks; exact points for
 * the few whose bound reaches the best found so far.
 */
#ifndef ENGINE_MATCH_H
#define ENGINE_MATCH_H

#include "engine/search/search.h"

enum {
    MATCH_CRITERIA = 64,
    MATCH_CODES    = 1024,                  /* asked by one criterion                             */
    MATCH_BEST     = 1000,                  /* hits wanted                                        */
    MATCH_WEIGHT   = 1000,
};

enum match_rule { AT_LEAST, AT_MOST, WITHIN_KM };
struct match_code { Str code; uint16_t nearness; };         /* 1 .. 1000; of a code given twice the greater counts */
struct match_part {
    uint8_t         number;                 /* which of the fact's; WITHIN_KM: none               */
    enum match_rule rule;
    float           value, slack;           /* slack: a share of value, 0 .. 100; kilometres: not below 0 */
    float           lat, lon;               /* WITHIN_KM: degrees north, east                     */
};
struct match_criterion {
    uint8_t                  kind;          /* of fact                                            */
    bool                     must;
    uint16_t                 weight;        /* 1 .. MATCH_WEIGHT                                  */
    const struct match_code *codes, *also;
    size_t                   codes_n, also_n;
    struct match_part        part[FACT_NUMBERS];
    size_t                   parts;
    int32_t                  day;           /* on which it must hold; DAY_UNKNOWN: never mind     */
};
struct match_demand {
    const struct match_criterion *criteria;
    size_t                        n;
    Str                           words;    /* as of a search; empty: none                        */
    bool                          words_must;
    uint16_t                      words_weight;
    const struct search_filter   *filter;   /* all must hold, as of a search                      */
    size_t                        filters;
    const int64_t                *only;     /* ascending; these documents and no others; NULL: all */
    size_t                        only_n;
    size_t                        most;     /* hits wanted                                        */
};

enum match_answer { NOT_MET, UNKNOWN, PARTLY, MET };
struct match_reason { enum match_answer answer; uint16_t points; uint32_t fact; };     /* fact: which of the document's, as given; UINT32_MAX: none */
struct match_hit { int64_t id; int64_t score; const struct match_reason *reasons; };   /* reasons [criteria, then 1 of the words if they are not empty] */
struct match_result {
    const struct match_hit *hits;           /* best first                                         */
    size_t                  n;
    size_t                  fitting;        /* documents that no must keeps out                   */
};

/* Results in the arena.  ERR_INVALID: a demand out of the bounds above.  portable: never the vector path; for tests. */
enum err match_find(const struct search *s, struct arena *a, const struct match_demand *d, bool portable, struct match_result *out) MUST_USE;
/* The answers of one document, whether or not it fits.  ERR_MISSING: it is not in the index. */
enum err match_explain(const struct search *s, struct arena *a, const struct match_demand *d, int64_t id, struct match_hit *out) MUST_USE;
/* The answer of these facts to one criterion: the definition above in plain words, for facts that are in no index. */
struct match_reason match_answer(const struct match_criterion *c, const struct fact *facts, size_t n);

#endif
