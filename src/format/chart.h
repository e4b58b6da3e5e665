/* chart.h - small charts drawn as SVG on the server: no script needed, and the page has the same figures in a table. */
#ifndef FORMAT_CHART_H
#define FORMAT_CHART_H

#include "format/html.h"

struct bar { Str label, value; double size; };              /* size >= 0, to scale with the others */

/* Upright bars with their values above and labels below; title is read to those who do not see it. */
Html chart_bars(struct arena *a, Str title, const struct bar *bars, size_t n);
/* A horizontal bar filled to done / whole, with a mark at target (< 0: none). */
Html chart_progress(struct arena *a, Str title, double done, double whole, double target);
/* A bar from..to across the four quarters of a year, each a share of it (0 .. 1), with a line at `now` if that lies in the year; over: it is done. */
Html chart_course(struct arena *a, Str title, double from, double to, double now, bool over);

#endif
