/* listing.h - what the parts of lists share.  Private to list.c and list_filter.c. */
#ifndef MODEL_LISTING_H
#define MODEL_LISTING_H

#include "model/list.h"

struct bound { Val v[FILTERS_MAX + 5 + ROWS_ARGS]; int n; };    /* the values of a statement       */

static inline int bind(struct bound *b, Val v)              /* the number of its placeholder       */
{
    b->v[b->n] = v;
    return ++b->n;
}

/* " AND ..." for each thing that must hold. */
void put_filters(struct buf *b, const struct work *w, const struct entity *e, const struct list_query *q, struct bound *args);

#endif
