/*
 * fact.h - what a document's owner can do, beside its words: facts that criteria are held against (engine/match).
 *
 * A fact is of a kind (process, machine, certificate, place ...; the caller's numbers), has a code (which process), further codes (its
 * materials), a few numbers (tolerance, largest part ...) and the days from which and until which it holds.
 */
#ifndef ENGINE_SEARCH_FACT_H
#define ENGINE_SEARCH_FACT_H

#include "base/base.h"

enum {
    FACT_KINDS   = 16,              /* kinds are 0 .. FACT_KINDS - 1                              */
    FACT_NUMBERS = 8,
    FACT_ALSO    = 64,              /* further codes of one fact, at most                         */
    FACTS        = 4096,            /* of one document, at most; further ones are ERR_TOO_BIG     */
    FACT_CODES   = 65000,           /* different codes, and further codes, of one kind in an index; likewise */
};
#define DAY_ALWAYS  INT32_MIN       /* from: since ever                                           */
#define DAY_NO_END  INT32_MAX       /* until: for ever                                            */
#define DAY_UNKNOWN (INT32_MAX - 1) /* from or until: not stated, so whether it holds is unknown  */

struct fact {
    uint8_t    kind;
    Str        code;                /* empty: none                                                */
    const Str *also;
    size_t     also_n;
    float      number[FACT_NUMBERS];/* NAN: not stated; of a place: [0] degrees north, [1] degrees east */
    int32_t    from, until;         /* days since 1970-01-01, both included                       */
};

#endif
