#include "format/svg.h"

void svg_open(struct html *h, const char *class, Str title, int width, int height)
{
    html_open(h, "svg");
    html_class(h, class);
    html_attr(h, "role", S("img"));
    html_attr(h, "aria-label", title);
    html_attr_f(h, "viewBox", "0 0 %d %d", width, height);
}

void svg_text(struct html *h, const char *class, double x, double y, Str text)
{
    html_open(h, "text");
    html_class(h, class);
    html_attr_f(h, "x", "%.1f", x);
    html_attr_f(h, "y", "%.1f", y);
    html_attr(h, "text-anchor", S("middle"));
    html_text(h, text);
    html_close(h, "text");
}

void svg_rect(struct html *h, const char *class, double x, double y, double width, double height, double round)
{
    html_open(h, "rect");
    html_class(h, class);
    html_attr_f(h, "x", "%.1f", x);
    html_attr_f(h, "y", "%.1f", y);
    html_attr_f(h, "width", "%.1f", width);
    html_attr_f(h, "height", "%.1f", height);
    html_attr_f(h, "rx", "%.0f", round);
    html_close(h, "rect");
}
