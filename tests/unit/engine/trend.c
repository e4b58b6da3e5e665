/* Lines through points against worked examples of textbooks, and Student's t against its tables. */
#include "test.h"
#include "engine/trend/trend.h"

#include <math.h>

static bool near(double got, double want, double by) { return fabs(got - want) <= by; }

TEST(student_t_is_that_of_the_tables)
{
    static const struct { double p; size_t freedom; double t; } known[] = {
        { 0.8, 1, 3.0777 }, { 0.8, 2, 1.8856 }, { 0.8, 3, 1.6377 }, { 0.8, 4, 1.5332 }, { 0.8, 10, 1.3722 }, { 0.8, 30, 1.3104 }, { 0.8, 120, 1.2886 },
        { 0.95, 1, 12.7062 }, { 0.95, 5, 2.5706 }, { 0.95, 18, 2.1009 }, { 0.99, 7, 3.4995 }, { 0.5, 2, 0.8165 },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (!near(student_t(known[i].p, known[i].freedom), known[i].t, 6e-5)) test_fail(__FILE__, __LINE__, "row %zu: %f", i, student_t(known[i].p, known[i].freedom));
}

/* Oxygen purity against hydrocarbon level: D. C. Montgomery, G. C. Runger, Applied Statistics and Probability for Engineers, example 11-1 and 11-6. */
TEST(a_line_and_its_interval_are_those_of_the_textbook)
{
    static const double x[] = { 0.99, 1.02, 1.15, 1.29, 1.46, 1.36, 0.87, 1.23, 1.55, 1.40, 1.19, 1.15, 0.98, 1.01, 1.11, 1.20, 1.26, 1.32, 1.43, 0.95 };
    static const double y[] = { 90.01, 89.05, 91.43, 93.74, 96.73, 94.45, 87.59, 91.77, 99.42, 93.65, 93.54, 92.52, 90.56, 89.54, 89.85, 90.39, 93.25, 93.41, 94.98, 87.33 };
    struct trend t;
    CHECK(trend_fit(x, y, COUNT(x), &t));
    CHECK(near(t.slope, 14.947, 5e-4) && near(trend_at(&t, 0), 74.283, 1e-3) && near(t.s * t.s, 1.18, 5e-3));
    CHECK(near(trend_at(&t, 1), 89.23, 5e-3));
    CHECK(near(trend_at(&t, 1) - trend_margin(&t, 1, 0.95), 86.83, 5e-3) && near(trend_at(&t, 1) + trend_margin(&t, 1, 0.95), 91.63, 1e-2));
}

TEST(points_on_a_line_leave_no_doubt)
{
    struct trend t;
    CHECK(trend_fit((double[]){ 0, 1, 2, 3 }, (double[]){ 5, 7, 9, 11 }, 4, &t));
    CHECK(near(trend_at(&t, 10), 25, 1e-9) && near(trend_margin(&t, 10, 0.8), 0, 1e-9));
}

TEST(one_point_or_one_moment_makes_no_line)
{
    struct trend t;
    CHECK(!trend_fit((double[]){ 1 }, (double[]){ 2 }, 1, &t));
    CHECK(!trend_fit((double[]){ 1, 1, 1 }, (double[]){ 2, 3, 4 }, 3, &t));
}
