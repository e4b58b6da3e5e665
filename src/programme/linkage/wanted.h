/*
 * wanted.h - a demand as criteria: read from a record, a form or address, a demand file or a sentence; asked of the engine; its answers
 * explained.  Nothing that is not understood is guessed: it is said what, and where.
 */
#ifndef PROGRAMME_LINKAGE_WANTED_H
#define PROGRAMME_LINKAGE_WANTED_H

#include "model/list/list.h"
#include "programme/linkage/able.h"
#include "programme/network/area.h"

struct want {
    const struct criterion *is;
    Val                     codes;          /* ";2026/die-casting;"; of foreign customers null: any */
    double                  value;          /* in the quantity's unit, of capacity in codes' unit; NAN: none */
    struct spot             at;             /* of a distance                                      */
    Str                     place;          /* what that place is called                          */
    bool                    must;
    int                     weight;         /* 1 .. 100                                           */
};
struct wanted {
    struct want *p;
    size_t       n, cap;
    Str          words;                     /* empty: none                                        */
    bool         words_must;
    struct date  day;                       /* on which certificates and grades are to be valid; year 0: today */
};
struct wrong_part { Str where; Message what; };             /* where: a criterion's name, a JSON path ("criteria[3].unit"), or the words it stands in */
struct wrong_parts { struct wrong_part *p; size_t n, cap; };

/* From a demand (demand.h), or any record whose fields have the criteria's names; weights: its children of that name. */
struct wanted wanted_of(struct work *w, const struct record *demand_of);
/*
 * From a form or an address: NAME=codes or names or number with unit, `place` and `distance`, `capacity_unit`, `words` and `words.must`, `day`;
 * NAME.must=1 or 0 and NAME.weight, of the values of that name before them.  Other names are left alone, empty values are none.  ERR_INVALID: *wrong says all that is
 * wrong, out has the rest; ERR_TOO_BIG: more than MATCH_CRITERIA.  And back, in the order of the table, without what is as the table says; the same
 * in every language; for links.
 */
enum err wanted_read(struct work *w, const struct asked *asked, size_t n, struct wanted *out, struct wrong_parts *wrong) MUST_USE;
Str      wanted_query(struct work *w, const struct wanted *d);
/*
 * From a demand file (JSON; docs/demand-file.md).  ERR_INVALID: *wrong says all that is wrong, up to WRONG_MOST; ERR_TOO_BIG: over
 * DEMAND_FILE_MOST bytes or MATCH_CRITERIA criteria.  *limit: suppliers wanted; 0: not said.
 */
enum { DEMAND_FILE_MOST = 1 << 20, WRONG_MOST = 100, WORDS_MOST = 500 };
enum err wanted_from_json(struct work *w, Str json, struct wanted *out, size_t *limit, struct wrong_parts *wrong) MUST_USE;
/*
 * From a sentence in Vietnamese or English: "precision injection molding, IATF 16949, press over 250 t, within 40 km of Noi Bai".  What is recognised
 * becomes criteria in the order they were said, the rest stays words.  *wrong: what was recognised but not understood (an ambiguous unit, an unknown place); it is
 * left out.  Any bytes; the first SENTENCE_MOST are read.
 */
enum { SENTENCE_MOST = 2000 };
void     wanted_from_words(struct work *w, Str sentence, struct wanted *out, struct wrong_parts *wrong);

/* What contradicts itself: bounds that nothing meets, places outside each other, a day that is past. */
void     wanted_check(struct work *w, const struct wanted *d, struct wrong_parts *wrong);

/*
 * The engine's question, in the arena: criterion i of it is want i.  Where the list has an order (criterion.near), a code that is narrower than
 * the asked counts whole, the one above it NEARNESS_BROADER, each further one above half of that, one beside it NEARNESS_SIBLING.  A number
 * of a machine is asked of the machines that serve the processes asked, where no machine is named.
 */
enum { NEARNESS_BROADER = 500, NEARNESS_SIBLING = 300, WORDS_WEIGHT = 10 };
struct match_demand wanted_demand(struct work *w, const struct wanted *d, size_t most);
/* Points of 100 that a score is of what could be had. */
double   wanted_percent(const struct wanted *d, int64_t score);

/* An answer in words, in w->lang: what was asked ("Press force at least 250 t"), what there is ("Press HAITIAN 280 t"), since when it is known,
 * who vouches for it, and what is missing ("20 t more", "no certificate valid on the day"). */
struct explained { Str asked, fact, missing; struct vouched vouched; enum match_answer answer; int points; };
Str              want_text(struct work *w, const struct want *x);
struct explained wanted_explain(struct work *w, const struct want *x, const struct match_reason *r, const struct record *enterprise_of, const struct able *able);

#endif
