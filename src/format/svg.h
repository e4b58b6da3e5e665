/* svg.h - the few shapes that pictures on pages are drawn of; lengths in the picture's own units, colours by the style sheet. */
#ifndef FORMAT_SVG_H
#define FORMAT_SVG_H

#include "format/html.h"

/* A picture of that size, whose title is read to those who do not see it; html_close(h, "svg") ends it. */
void svg_open(struct html *h, const char *class, Str title, int width, int height);
void svg_text(struct html *h, const char *class, double x, double y, Str text);     /* x: its middle; y: its base line */
void svg_rect(struct html *h, const char *class, double x, double y, double width, double height, double round);

#endif
