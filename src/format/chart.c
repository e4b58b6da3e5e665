#include "format/chart.h"

enum { WIDTH = 64, GAP = 16, HEIGHT = 120, ABOVE = 20, BELOW = 22 };        /* in the picture's own units */

static void open_svg(struct html *h, Str title, const char *class, int width, int height)
{
    html_open(h, "svg");
    html_class(h, class);
    html_attr(h, "role", S("img"));
    html_attr(h, "aria-label", title);
    html_attr_f(h, "viewBox", "0 0 %d %d", width, height);
}

static void put_text(struct html *h, double x, double y, const char *class, Str text)
{
    html_open(h, "text");
    html_class(h, class);
    html_attr_f(h, "x", "%.1f", x);
    html_attr_f(h, "y", "%.1f", y);
    html_attr(h, "text-anchor", S("middle"));
    html_text(h, text);
    html_close(h, "text");
}

static void put_rect(struct html *h, const char *class, double x, double y, double width, double height)
{
    html_open(h, "rect");
    html_class(h, class);
    html_attr_f(h, "x", "%.1f", x);
    html_attr_f(h, "y", "%.1f", y);
    html_attr_f(h, "width", "%.1f", width);
    html_attr_f(h, "height", "%.1f", height);
    html_attr(h, "rx", S("3"));
    html_close(h, "rect");
}

Html chart_bars(struct arena *a, Str title, const struct bar *bars, size_t n)
{
    struct html h = html_make(a);
    double most = 0;
    for (size_t i = 0; i < n; i++) if (bars[i].size > most) most = bars[i].size;
    open_svg(&h, title, "chart-bars", (int)n * (WIDTH + GAP) + GAP, ABOVE + HEIGHT + BELOW);
    for (size_t i = 0; i < n; i++) {
        double height = most > 0 ? bars[i].size / most * HEIGHT : 0, x = GAP + (double)i * (WIDTH + GAP);
        put_rect(&h, i + 1 == n ? "bar bar-last" : "bar", x, ABOVE + HEIGHT - height, WIDTH, height);
        put_text(&h, x + WIDTH / 2.0, ABOVE + HEIGHT - height - 6, "bar-value", bars[i].value);
        put_text(&h, x + WIDTH / 2.0, ABOVE + HEIGHT + 16, "bar-label", bars[i].label);
    }
    html_close(&h, "svg");
    return html_done(&h);
}

Html chart_progress(struct arena *a, Str title, double done, double whole, double target)
{
    enum { LENGTH = 400, THICK = 14 };
    struct html h = html_make(a);
    double share = whole > 0 ? done / whole : 0, mark = whole > 0 ? target / whole : -1;
    if (share > 1) share = 1;
    open_svg(&h, title, "chart-progress", LENGTH, THICK);
    html_attr(&h, "preserveAspectRatio", S("none"));
    put_rect(&h, "progress-whole", 0, 0, LENGTH, THICK);
    put_rect(&h, "progress-done", 0, 0, share * LENGTH, THICK);
    if (mark >= 0 && mark <= 1) put_rect(&h, "progress-target", mark * (LENGTH - 3), 0, 3, THICK);
    html_close(&h, "svg");
    return html_done(&h);
}
