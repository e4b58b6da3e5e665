/* able.h - what an enterprise can do, as facts for the match engine, and where each comes from. */
#ifndef PROGRAMME_LINKAGE_ABLE_H
#define PROGRAMME_LINKAGE_ABLE_H

#include "programme/linkage/criteria.h"

/*
 * The record a fact was made from: a child, or the enterprise itself.  Only what the public may see; the same for the same record on every
 * database.  Facts are the children in their order, so at most FACTS of them.
 *
 * Codes of an older version of a list stand for the one that followed them.  Where something is: each site but offices, and the enterprise's own
 * address where it has no other.  A certificate without an expiry date holds as register.h says.  Free capacity of a product is its yearly
 * capacity times the least free share of the enterprise's processes: a product goes through all of them, and the busiest decides.
 */
struct able { struct fact *facts; const struct record **sources; size_t n, cap; };
struct able able_of(struct work *w, const struct record *enterprise_of);       /* with its children    */
/* The same into its document in an index, for finder_build (finder_each). */
void        able_put(void *arg, struct work *w, const struct record *enterprise_of, struct search_doc *doc);

/*
 * When the fact was last said or seen to be so, and by whom: by the ward that was there since (verified), by the body that certified or assessed it,
 * or by the enterprise, which entered or confirmed it (by empty).
 */
struct vouched { struct date on; Str by; bool verified; };
struct vouched vouched_for(struct work *w, const struct record *enterprise_of, const struct record *source);

#endif
