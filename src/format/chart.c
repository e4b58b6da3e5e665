#include "format/chart.h"

#include "format/svg.h"

enum { WIDTH = 64, GAP = 16, HEIGHT = 120, ABOVE = 20, BELOW = 22, ROUND = 3 };     /* in the picture's own units */

Html chart_bars(struct arena *a, Str title, const struct bar *bars, size_t n)
{
    struct html h = html_make(a);
    double most = 0;
    for (size_t i = 0; i < n; i++) if (bars[i].size > most) most = bars[i].size;
    svg_open(&h, "chart-bars", title, (int)n * (WIDTH + GAP) + GAP, ABOVE + HEIGHT + BELOW);
    for (size_t i = 0; i < n; i++) {
        double height = most > 0 ? bars[i].size / most * HEIGHT : 0, x = GAP + (double)i * (WIDTH + GAP);
        svg_rect(&h, i + 1 == n ? "bar bar-last" : "bar", x, ABOVE + HEIGHT - height, WIDTH, height, ROUND);
        svg_text(&h, "bar-value", x + WIDTH / 2.0, ABOVE + HEIGHT - height - 6, bars[i].value);
        svg_text(&h, "bar-label", x + WIDTH / 2.0, ABOVE + HEIGHT + 16, bars[i].label);
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
    svg_open(&h, "chart-progress", title, LENGTH, THICK);
    html_attr(&h, "preserveAspectRatio", S("none"));
    svg_rect(&h, "progress-whole", 0, 0, LENGTH, THICK, ROUND);
    svg_rect(&h, "progress-done", 0, 0, share * LENGTH, THICK, ROUND);
    if (mark >= 0 && mark <= 1) svg_rect(&h, "progress-target", mark * (LENGTH - 3), 0, 3, THICK, ROUND);
    html_close(&h, "svg");
    return html_done(&h);
}

static double within_year(double share) { return share < 0 ? 0 : share > 1 ? 1 : share; }

Html chart_course(struct arena *a, Str title, double from, double to, double now, bool over)
{
    enum { LENGTH = 480, THICK = 18, BAR = 10, LEAST = 4, QUARTERS = 4 };
    struct html h = html_make(a);
    double begins = within_year(from) * LENGTH, length = within_year(to) * LENGTH - begins;
    if (length < LEAST) length = LEAST;
    if (begins > LENGTH - length) begins = LENGTH - length;
    svg_open(&h, "chart-course", title, LENGTH, THICK);
    html_attr(&h, "preserveAspectRatio", S("none"));
    svg_rect(&h, "course-year", 0, 0, LENGTH, THICK, 0);
    for (int i = 1; i < QUARTERS; i++) svg_rect(&h, "course-quarter", (double)i * LENGTH / QUARTERS, 0, 1, THICK, 0);
    svg_rect(&h, over ? "course-bar course-over" : "course-bar", begins, (THICK - BAR) / 2.0, length, BAR, ROUND);
    if (now >= 0 && now < 1) svg_rect(&h, "course-now", now * (LENGTH - 2), 0, 2, THICK, 0);
    html_close(&h, "svg");
    return html_done(&h);
}
