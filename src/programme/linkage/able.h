/* able.h - what an enterprise can do, as facts for the match engine, and where each comes from. */
#ifndef PROGRAMME_LINKAGE_ABLE_H
#define PROGRAMME_LINKAGE_ABLE_H

#include "programme/linkage/criteria.h"

/* The record a fact was made from: a child, or the enterprise itself. */
struct able { struct fact *facts; const struct record **sources; size_t n, cap; };
/* With its children.  Only what the public may see; the same for the same record on every database. */
struct able able_of(struct work *w, const struct record *enterprise_of);

/* When the fact was last said or seen to be so, and by whom: a visit of the ward, a confirmation, or its own entry. */
struct vouched { struct date on; Str by; bool verified; };
struct vouched vouched_for(struct work *w, const struct record *enterprise_of, const struct record *source);

#endif
