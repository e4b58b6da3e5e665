/*
 * confidence.h - how links given in confidence take part in sums and scores without being recoverable (E11).
 *
 * They enter every computation only as blends.  A blend is made of at least K_LEAST confidential links given by as many different
 * enterprises, with as many different suppliers and buyers; its value, the sum of theirs, is spread evenly over all pairs of
 * its suppliers and buyers.  What can be learnt from any number of figures is therefore at most a blend's sum and who its
 * suppliers and buyers are, never a single link.
 *
 * Two queries at different times must not tell more by their difference: a blend is made once and then stays as it is; a new link
 * waits until K_LEAST - 1 others that fit are waiting; a changed one keeps its old part until as many members have changed, and only
 * then the blend is made anew; a link withdrawn takes its whole blend with it, whose other links wait again.
 */
#ifndef PROGRAMME_NETWORK_CONFIDENCE_H
#define PROGRAMME_NETWORK_CONFIDENCE_H

#include "programme/network/supply.h"

enum { K_LEAST = 3 };

/* Makes and renews blends; in the caller's transaction, as the program itself.  *changed: whether any blend came or went. */
enum err blends_renew(struct work *w, bool *changed) MUST_USE;

struct blend_side { bool outside; int64_t id; };
struct blend { double value; size_t suppliers_n, buyers_n; const struct blend_side *suppliers, *buyers; };
enum err blends_read(struct work *w, struct blend **out, size_t *n) MUST_USE;

/*
 * Cells of a published table (sums by country, industry ...): those with fewer than K_LEAST contributing enterprises go together into
 * "other", and where that has fewer too, the smallest shown cell joins it.  Totals are those of the shown cells.  Returns how many are shown.
 */
struct cell { Str code; double value; size_t contributors; bool other; };
size_t cells_publish(struct cell *cells, size_t n);

#endif
