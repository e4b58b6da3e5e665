/* suppliers.h - enterprises that can do different things, the index of them that demands are held against, and demands. */
#ifndef PROGRAMME_SUPPLIERS_H
#define PROGRAMME_SUPPLIERS_H

#include "model/finder.h"
#include "supplies.h"

struct made_supplier { const char *name, *process, *standard, *machine; double force; const char *product, *hs; };       /* NULL, 0: none */
int64_t        made_supplier(struct work *w, struct made_supplier s);
struct finder *suppliers_of(struct work *w);                /* released by finder_close()         */

/* A demand that is open, due on 31 January 2027; value 0: not stated. */
struct made_asking { const char *title, *process, *standard; double force; const char *words; double value; const char *currency; };
int64_t        made_asking(struct work *w, struct made_asking asking);

#endif
