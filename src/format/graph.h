/*
 * graph.h - boxes and named arrows between them, drawn as SVG from left to right: the first box is where it begins.  Whatever
 * the picture says must stand in words beside it too.
 *
 * The layout is that of Sugiyama, Tagawa and Toda (1981): what leads back is turned round, each box stands one column after the
 * last that leads to it, arrows over several columns pass through places of their own, and the order in a column is by the mean of the
 * neighbours' places, with the fewest crossings found.  Lengths are in the picture's own units, in which its letters are 12 high.
 */
#ifndef FORMAT_GRAPH_H
#define FORMAT_GRAPH_H

#include "format/html.h"

struct graph_box { Str name, note; bool end; };             /* note: a line below the name, or empty; end: drawn as such */
struct graph_arrow { int from, to; Str label; bool bad; };  /* boxes, not the same; those that go the same way become one arrow */

/* Every box can be reached from the first.  id: of the picture on its page; title and about are read to those who do not see it. */
Html graph_html(struct arena *a, const char *id, Str title, Str about, const struct graph_box *boxes, size_t n,
                const struct graph_arrow *arrows, size_t n_arrows);

#endif
