#include "engine/trend/trend.h"

#include <math.h>

bool trend_fit(const double *x, const double *y, size_t n, struct trend *out)
{
    struct trend t = { .n = n };
    double sxy = 0, squares = 0;
    for (size_t i = 0; i < n; i++) t.mean_x += x[i] / (double)n, t.mean_y += y[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        t.sxx += (x[i] - t.mean_x) * (x[i] - t.mean_x);
        sxy += (x[i] - t.mean_x) * (y[i] - t.mean_y);
    }
    if (n < 2 || t.sxx <= 0) return false;
    t.slope = sxy / t.sxx;
    for (size_t i = 0; i < n; i++) squares += pow(y[i] - trend_at(&t, x[i]), 2);
    t.s = n > 2 ? sqrt(squares / (double)(n - 2)) : 0;
    *out = t;
    return true;
}

double trend_at(const struct trend *t, double x) { return t->mean_y + t->slope * (x - t->mean_x); }

double trend_margin(const struct trend *t, double x, double p)
{
    double away = x - t->mean_x;
    return student_t(p, t->n - 2) * t->s * sqrt(1 + 1 / (double)t->n + away * away / t->sxx);
}

/* The probability of staying within ±t. */
static double within(double t, size_t freedom)
{
    double angle = atan(t / sqrt((double)freedom)), c = cos(angle), sum = 0;
    bool odd = freedom % 2;
    double term = odd ? c : 1;
    for (size_t k = odd ? 1 : 0; k + 2 <= freedom; k += 2) {
        sum += term;
        term *= c * c * (double)(k + 1) / (double)(k + 2);
    }
    return odd ? 2 / M_PI * (angle + sin(angle) * sum) : sin(angle) * sum;
}

double student_t(double p, size_t freedom)
{
    double low = 0, high = 1;
    while (within(high, freedom) < p) high *= 2;
    while (high - low > 1e-12 * high) {
        double middle = (low + high) / 2;
        if (within(middle, freedom) < p) low = middle;
        else high = middle;
    }
    return high;
}
