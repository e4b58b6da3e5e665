/*
 * match_reference.h - matching as match.h describes it, done the slow and obvious way: every fact of every document is read for every
 * criterion.  What the engine answers must be the same.
 */
#ifndef TEST_MATCH_REFERENCE_H
#define TEST_MATCH_REFERENCE_H

#include "engine/match/match.h"
#include "reference.h"

/* Words of documents and demands are of ASCII letters and digits in lower case. */
struct match_result reference_match(const struct shelf *shelf, struct arena *a, const struct match_demand *d);
struct match_reason reference_answer(const struct match_criterion *c, const struct fact *facts, size_t n);

#endif
