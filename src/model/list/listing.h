/* listing.h - what the parts of lists share.  Private to list.c and filter.c. */
#ifndef MODEL_LISTING_H
#define MODEL_LISTING_H

#include "model/list/list.h"

struct bound { Val v[FILTERS_MAX + 5 + ROWS_ARGS]; int n; };    /* the values of a statement       */

static inline int bind(struct bound *b, Val v)              /* the number of its placeholder       */
{
    b->v[b->n] = v;
    return ++b->n;
}

/*
 * Which way SQLite, which does not know how common a value is, should go: past an index (a unary plus) by filters that very many
 * records pass, so that it goes along the order of the list until a page is full.  PostgreSQL decides for itself.
 */
enum err plan_filters(struct work *w, const struct entity *e, struct list_query *q) MUST_USE;
/* " AND ..." for each thing that must hold. */
void put_filters(struct buf *b, const struct work *w, const struct entity *e, const struct list_query *q, struct bound *args);

#endif
