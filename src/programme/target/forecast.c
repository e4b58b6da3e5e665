/* forecast.c - where an indicator will stand at the end of its target's period, if it goes on as so far. */
#include "programme/target/inside.h"

#include "engine/trend/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_LEAST = 3, YEARS_LEAST = 3 };
#define PROBABILITY 0.8

static void add(struct work *w, struct forecast *f, struct date day, double value)
{
    *GROW(w->a, f->points) = (struct forecast_point){ day, value };
}

/* ---- points ------------------------------------------------------------------------------------- */

static int by_day(const void *a, const void *b)
{
    const struct measured_row *x = a, *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

static struct date month_end(int year, int month)
{
    struct date next = month == 12 ? (struct date){ year + 1, 1, 1 } : (struct date){ year, month + 1, 1 };
    return date_from_days(date_days(next) - 1);
}

/* Sums at the end of each month, or of each year once some are over, and today. */
static void points_of_what_happened(struct work *w, struct period p, const struct measured *now, struct forecast *f)
{
    struct measured_row *rows = NEW_ARRAY(w->a, struct measured_row, now->rows.n);
    int step = p.day.year - p.from_year >= YEARS_LEAST ? 12 : 1;
    double sum = 0;
    size_t at = 0;
    if (now->rows.n) memcpy(rows, now->rows.p, now->rows.n * sizeof *rows), qsort(rows, now->rows.n, sizeof *rows, by_day);
    for (int month = step; ; month += step) {
        struct date end = month_end(p.from_year + (month - 1) / 12, (month - 1) % 12 + 1);
        if (date_days(end) >= date_days(p.day)) break;
        for (; at < now->rows.n && rows[at].day <= date_days(end); at++) sum += (double)rows[at].counts;
        add(w, f, end, sum);
    }
    add(w, f, p.day, now->value);
}

/* The last edition of each period, by its day; and today. */
static enum err points_of_what_stands(struct work *w, const struct record *r, struct period p, const struct measured *now, struct forecast *f)
{
    struct records all;
    struct date day = { 0 };
    TRY(figures_published(w, r->id, &all));
    for (size_t i = all.n; i-- > 0;) {                      /* the oldest first                   */
        const struct record *one = all.p[i];
        MUST(date_from_iso(v_str(one->v[PUBLISHED_DAY]), &day));
        if (date_days(day) < date_days(p.day)) add(w, f, day, v_f64(one->v[PUBLISHED_VALUE]));
    }
    add(w, f, p.day, now->value);
    return OK;
}

/* ---- the line ----------------------------------------------------------------------------------- */

static double years(struct date from, struct date to) { return (double)(date_days(to) - date_days(from)) / 365.25; }

static bool line_through(struct work *w, const struct forecast *f, struct trend *t)
{
    double *x = NEW_ARRAY(w->a, double, f->points.n), *y = NEW_ARRAY(w->a, double, f->points.n);
    for (size_t i = 0; i < f->points.n; i++) x[i] = years(f->points.p[0].day, f->points.p[i].day), y[i] = f->points.p[i].value;
    return f->points.n >= POINTS_LEAST && trend_fit(x, y, f->points.n, t);
}

/* What happened does not unhappen (of money some may come back, which no line foresees), and a share is one of a hundred. */
static double bounded(const struct record *r, double now, double v)
{
    return fmin(fmax(v, over_of(r) != OVER_DAY ? now : 0), is_percent(r) ? 100 : INFINITY);
}

enum err forecast_of(struct work *w, const struct record *r, const struct record *target_of, struct period p, const struct measured *now, struct forecast *out)
{
    struct forecast f = { 0 };
    struct date end = period_end(r, target_of, p);
    struct trend t;
    *out = f;
    if (date_days(end) <= date_days(p.day) || p.to_year < p.day.year) return out->why = MSG(N_("The period is over.")), OK;
    if (!target_of && over_of(r) != OVER_YEAR) return out->why = MSG(N_("There is no target to look ahead to.")), OK;
    if (over_of(r) != OVER_DAY && !now->rows.n) return out->why = MSG(N_("Nothing has been counted yet.")), OK;
    if (over_of(r) != OVER_DAY && !now->rows.p[0].day) return out->why = MSG(N_("What is counted is known by its year, not by its day.")), OK;
    if (over_of(r) == OVER_DAY) TRY(points_of_what_stands(w, r, p, now, &f));
    else points_of_what_happened(w, p, now, &f);
    if (!line_through(w, &f, &t)) f.why = MSG(N_("A forecast needs three points at least; so far there are {1}."), str_f(w->a, "%zu", f.points.n));
    else {
        double x = years(f.points.p[0].day, end), margin = trend_margin(&t, x, PROBABILITY), middle = trend_at(&t, x);
        f.has = true;
        f.value = bounded(r, now->value, middle), f.low = bounded(r, now->value, middle - margin), f.high = bounded(r, now->value, middle + margin);
    }
    *out = f;
    return OK;
}
