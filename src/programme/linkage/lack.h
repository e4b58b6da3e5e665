/*
 * lack.h - what the city lacks (C14): demands and searches without a good answer, by what was missing; and what would unlock them.
 *
 * A demand is met when a supplier answers every must with met and has WELL of 100 points.  It is nearly met by a supplier with points whom one
 * criterion alone keeps from that: were it met in full, all would be.  What its nearest supplier (most points, musts taken as wishes) does not have is
 * missing: the musts that it does not meet or, where it meets all, what costs it most points.  Unlock: for each thing (a certificate, process,
 * machine of a size, place), the demands and searches that would be met if their nearly fitting suppliers had it, and who those are.
 */
#ifndef PROGRAMME_LINKAGE_LACK_H
#define PROGRAMME_LINKAGE_LACK_H

#include "programme/linkage/search.h"

struct lack_sum {
    const int64_t *demands;                 /* newest first                                       */
    size_t         n, valued;               /* valued: those that state a value                   */
    double         dong;                    /* a year, of those                                   */
    int64_t        searches;                /* times it was searched for in vain                  */
};
struct lacking {                            /* one thing missing                                   */
    const struct criterion *is;             /* NULL: words, and code is the words                 */
    const struct criterion *of;             /* whose code it is: itself, or what a number is of (250 t of an injection machine); NULL: no code's */
    Str             code;                   /* with its version; of a distance the place's name; may be empty */
    double          value;                  /* of a number the hardest that is asked, in the quantity's unit; NAN: none */
    struct lack_sum missing, unlocks;
    const int64_t  *nearly;   size_t nearly_n;      /* enterprises, those of most questions first; at most NEARLY_MOST */
};
struct lackings { struct lacking *p; size_t n, cap; };
enum { NEARLY_MOST = 200 };
enum { LACK_WORDS_LEAST = 3 };              /* words that no demand asks for are left out unless as many searches do */
/*
 * Of demands open or ended without a choice whose quotes are due on `since` or later, as far as the actor may list them, and of searches from
 * that day on; the newest, and the most frequent, LACK_QUESTIONS of each.  Most unlocked value first, then most unlocked.  Costs two matches for each.
 */
enum { LACK_QUESTIONS = 1000 };
enum err lacking_of(struct work *w, const struct search *index, struct date since, struct lackings *out) MUST_USE;
Str      lacking_text(struct work *w, const struct lacking *x);     /* "Certificate: IATF 16949"   */
/* Names one of them in addresses: the same in every language, as long as what is asked stays. */
Str      lacking_key(struct arena *a, const struct lacking *x);

/* Points of 100 of a supplier who meets every must; 0: it does not.  Words that are all there count in full, however often they are said. */
double   met_percent(const struct wanted *d, const struct match_hit *hit);

/* An amount in đồng, by the setting exchange_rates ("USD=26000;..."); NAN: no rate is set. */
double   dong_of(const struct codes *codes, double amount, Str currency);

#endif
