/* view_inside.h - how a view is made; for the files view*.c alone. */
#ifndef PROGRAMME_NETWORK_VIEW_INSIDE_H
#define PROGRAMME_NETWORK_VIEW_INSIDE_H

#include "programme/network/confidence.h"
#include "programme/network/view.h"

struct making {
    struct work     *w;                     /* its arena: for the making only                     */
    struct supply_view     *v;
    struct blend    *blends;    size_t blends_n;
    struct progress *progress;
};

/* Nodes, links, imports and blends as the register says, in a db_read. */
enum err view_read(struct making *m) MUST_USE;
/* All that is computed of them.  before: as in supply_view_make(). */
enum err view_measure(struct making *m, const struct supply_view *before) MUST_USE;

/* All processors: whoever computes a view gives way to the answering of requests (host/routine.h). */
struct risk_options view_risk_options(const struct supply_view *v, struct progress *progress);
void view_places_free(struct view_places *p);

#endif
