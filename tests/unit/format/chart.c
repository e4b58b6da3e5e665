#include "format/chart.h"
#include "test.h"

static Str course(struct arena *a, double from, double to, double now) { return chart_course(a, S("5 March – 7 March"), from, to, now, false).s; }
static bool has_bar(Str svg, const char *x, const char *width, struct arena *a)
{
    return str_has(svg, str_f(a, "class=\"course-bar\" x=\"%s\" y=\"4.0\" width=\"%s\"", x, width));
}

TEST(chart_course_bar_lies_across_the_year_as_its_days_do)
{
    CHECK(has_bar(course(a, 0, 1, -1), "0.0", "480.0", a));
    CHECK(has_bar(course(a, 0.25, 0.5, -1), "120.0", "120.0", a));
    CHECK(str_has(course(a, 0.25, 0.5, -1), S("aria-label=\"5 March – 7 March\"")));
}

TEST(chart_course_bar_of_a_day_can_be_seen_and_stays_within_the_year)
{
    CHECK(has_bar(course(a, 0, 1 / 365.0, -1), "0.0", "4.0", a));
    CHECK(has_bar(course(a, 364 / 365.0, 1, -1), "476.0", "4.0", a));
    CHECK(has_bar(course(a, -0.5, 0.5, -1), "0.0", "240.0", a));
    CHECK(has_bar(course(a, 0.5, 1.5, -1), "240.0", "240.0", a));
}

TEST(chart_course_line_stands_where_today_is_in_that_year_only)
{
    CHECK(str_has(course(a, 0, 1, 0.5), S("class=\"course-now\" x=\"239.0\"")));
    CHECK(!str_has(course(a, 0, 1, -0.1), S("course-now")));
    CHECK(!str_has(course(a, 0, 1, 1), S("course-now")));
    CHECK(str_has(chart_course(a, S("over"), 0, 1, -1, true).s, S("class=\"course-bar course-over\"")));
}
