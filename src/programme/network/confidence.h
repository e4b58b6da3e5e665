/*
 * confidence.h - how links given in confidence take part in sums and scores without being recoverable (E11).
 *
 * They enter every computation only as blends.  A blend is made of K_LEAST confidential links of which no two have a company in
 * common, be it as supplier or as buyer; its value, the sum of theirs, is spread evenly over all pairs of its suppliers and buyers.
 * What can be learnt from any number of figures is therefore at most a blend's sum and who its suppliers and buyers are, never a
 * single link: neither by the public, nor by a giver or a partner, who knows one of the links and no more.
 *
 * Two queries at different times must not tell more by their difference, however often links come, change and go.  So
 * a statement (who, whom, how much) is part of one blend in its life: no two sums that were ever published share a summand.  A new link waits until
 * K_LEAST - 1 others that fit are waiting.  A changed one keeps its old part until all of its blend have changed; then the blend
 * ends and the new statements wait.  A link withdrawn ends its blend at once; the statements of the others are spent, and count again when
 * their givers state them anew.
 *
 * Out of reach: K_LEAST - 1 givers who put together what they know of a blend with the third; and whoever holds the database itself.
 */
#ifndef PROGRAMME_NETWORK_CONFIDENCE_H
#define PROGRAMME_NETWORK_CONFIDENCE_H

#include "programme/network/supply.h"

enum { K_LEAST = 3 };

/* Ends and makes blends as the confidential links ask for it; inside a transaction.  Follows every write of one by itself. */
enum err blends_renew(struct work *w) MUST_USE;

struct blend_side { bool outside; int64_t id; };
struct blend { double value; size_t suppliers_n, buyers_n; const struct blend_side *suppliers, *buyers; };
/* Those in force, by number; the sides of each by kind and number, so that nothing tells which belong together. */
enum err blends_read(struct work *w, struct blend **out, size_t *n) MUST_USE;

/*
 * Cells of a published table (sums by country, industry ...): those with fewer than K_LEAST contributing enterprises go together into
 * "other", and where that has fewer too, the smallest shown cell joins it.  Totals are those of the shown cells.  Returns how many are shown.
 */
struct cell { Str code; double value; size_t contributors; bool other; };
size_t cells_publish(struct cell *cells, size_t n);

#endif
