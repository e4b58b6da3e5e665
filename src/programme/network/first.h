/*
 * first.h - whom to strengthen first (E09): a ranking that joins what an enterprise means to the others with what its profile shows it
 * lacks.  Each term runs from 0 to 100 and is shown.
 *
 * What it means is the mean of the first two terms by weight, what it lacks that of the other three; the score is the square root of their
 * product, so that it is high only where both are.  A half whose weights are all 0 is left out.
 *
 *     importance     100 * systemic index / the greatest index of an enterprise
 *     only source    100 * customers that have no other source of something essential / the most that an enterprise has
 *     profile        100 - completeness of the profile
 *     certificates   100: none valid; 50: some, but not at international standard; 0: at international standard
 *     not confirmed  100: some key fact is stale (freshness.h) or nothing was ever confirmed; else 0
 *
 * Looked at are the FIRST_LOOKED_AT enterprises of greatest index, and as many that are the only source of most customers.
 */
#ifndef PROGRAMME_NETWORK_FIRST_H
#define PROGRAMME_NETWORK_FIRST_H

#include "programme/network/view.h"

enum first_term { FIRST_IMPORTANCE, FIRST_SOLE, FIRST_PROFILE, FIRST_CERTIFICATES, FIRST_STALE, FIRST_TERMS,
                  FIRST_GAPS = FIRST_PROFILE };             /* from there on: what it lacks        */
enum { FIRST_LOOKED_AT = 200 };

struct first_words { const char *key, *label; double usual; };      /* key: in addresses; N_(); its usual weight */
extern const struct first_words first_terms[FIRST_TERMS];

struct first {
    uint32_t node;
    double   score, means, lacks, term[FIRST_TERMS];        /* 0 .. 100                           */
    double   index;                         /* share of all output lost when it stops             */
    uint32_t sole;                          /* customers that have no other source                */
    int      completeness;                  /* %                                                  */
    struct date confirmed;                  /* year 0: never                                      */
};
/* weight [FIRST_TERMS], not negative; all 0: the usual ones.  Best first, all that were looked at. */
enum err first_rank(struct work *w, const struct supply_view *v, const double *weight, struct first **out, size_t *n) MUST_USE;
/* What speaks for it, in words: "3.2 % of all output is lost when it stops; no valid certificate; …", in w->lang. */
Str      first_reason(struct work *w, const struct first *f);

#endif
