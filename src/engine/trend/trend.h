/*
 * trend.h - a straight line through points, and where the next one will fall.
 *
 * Least squares and the prediction interval of a further observation as in D. C. Montgomery, G. C. Runger: Applied Statistics and Probability for
 * Engineers (Wiley), chapter 11: with n points, S their sum of squared residuals, and x̄ and Sxx of their x,
 *     ŷ(x) ± t(1 − (1 − p) / 2, n − 2) · √(S / (n − 2) · (1 + 1/n + (x − x̄)² / Sxx)).
 * It holds for errors that are independent and normal; of sums that grow from month to month, where errors add up, it is narrower than the truth.
 */
#ifndef ENGINE_TREND_H
#define ENGINE_TREND_H

#include <stdbool.h>
#include <stddef.h>

struct trend { size_t n; double slope, mean_x, mean_y, sxx, s; };       /* s: √(S / (n − 2)); 0 for two points */
/* False: fewer than two points, or all at one x. */
bool   trend_fit(const double *x, const double *y, size_t n, struct trend *out);
double trend_at(const struct trend *t, double x);
/* Half the width of the interval in which the next point at x falls with probability p.  n is at least 3. */
double trend_margin(const struct trend *t, double x, double p);

/*
 * t such that Student's t with so many degrees of freedom stays within ±t with probability p, 0 < p < 1; to 1e-12 of it.  The probability is the
 * finite sum of M. Abramowitz, I. A. Stegun: Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
 */
double student_t(double p, size_t freedom);

#endif
