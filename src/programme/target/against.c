/* against.c - a value against its target: what is asked for today, and the light. */
#include "programme/target/inside.h"

#include <math.h>

const struct record *target_of_year(const struct record *r, int year) { return target_of_agency(r, year, (Str){ 0 }); }

const struct record *target_of_agency(const struct record *r, int year, Str agency)
{
    const struct records *all = &r->children[INDICATOR_TARGETS];
    const struct record *best = NULL;
    for (size_t i = 0; i < all->n; i++) {
        const struct record *t = all->p[i];
        if (v_i64(t->v[TARGET_TO_YEAR]) < year || !str_eq(v_str(t->v[TARGET_AGENCY]), agency)) continue;
        if (!best || v_i64(t->v[TARGET_TO_YEAR]) < v_i64(best->v[TARGET_TO_YEAR])) best = t;
    }
    return best;
}

struct date year_end(int64_t year) { return (struct date){ (int)year, 12, 31 }; }

struct date period_end(const struct record *r, const struct record *target_of, struct period p)
{
    return year_end(over_of(r) == OVER_YEAR || !target_of ? p.to_year : v_i64(target_of->v[TARGET_TO_YEAR]));
}

struct date period_now(struct period p)
{
    struct date end = year_end(p.to_year);
    return date_days(p.day) < date_days(end) ? p.day : end;
}

/* Where the straight line to the target begins: the day before, and what there was by then; false: nobody stated it. */
static bool line_from(const struct record *r, const struct record *t, struct period p, struct date *day, double *value)
{
    const struct records *all = &r->children[INDICATOR_TARGETS];
    *value = 0;
    *day = year_end((over_of(r) == OVER_YEAR ? p.from_year : v_i64(t->v[TARGET_FROM_YEAR])) - 1);
    if (over_of(r) != OVER_DAY) return true;
    for (size_t i = 0; i < all->n; i++) {                   /* where the target before leads to   */
        *value = v_f64(all->p[i]->v[TARGET_LEAST]);
        if (v_i64(all->p[i]->v[TARGET_TO_YEAR]) == day->year && val_eq(all->p[i]->v[TARGET_AGENCY], t->v[TARGET_AGENCY])) return true;
    }
    *day = year_end(v_i64(r->v[INDICATOR_START_YEAR]));
    *value = v_f64(r->v[INDICATOR_START]);
    return v_is(r->v[INDICATOR_START]);
}

static double asked_on(const struct record *r, const struct record *t, struct period p)
{
    double least = v_f64(t->v[TARGET_LEAST]), start;
    struct date from, end = period_end(r, t, p);
    if (!line_from(r, t, p, &from, &start)) return least;
    double passed = (double)(date_days(period_now(p)) - date_days(from)) / (double)(date_days(end) - date_days(from));
    double asked = start + (least - start) * fmin(fmax(passed, 0), 1);
    return is_percent(r) ? asked : floor(asked);
}

static enum light light_of(const struct against *a, double value, bool beyond)
{
    if (beyond && a->asked_today >= a->least ? value > a->asked_today : value >= a->asked_today) return LIGHT_GREEN;
    return value >= 0.9 * a->asked_today ? LIGHT_AMBER : LIGHT_RED;
}

struct against against_of(const struct record *r, const struct record *t, struct period p, double value)
{
    struct against a = { .light = LIGHT_NONE };
    int64_t from = t ? v_i64(t->v[TARGET_FROM_YEAR]) : 0;
    if (!t) return a;
    a.least = v_f64(t->v[TARGET_LEAST]), a.most = v_f64(t->v[TARGET_MOST]);
    if (p.to_year < from || date_days(p.day) <= date_days(year_end(p.from_year - 1))) return a;
    a.asked_today = asked_on(r, t, p);
    a.gap = value - a.asked_today;
    a.over = a.most > 0 && value > a.most;
    a.light = light_of(&a, value, str_is(v_str(t->v[TARGET_COMPARISON]), "more"));
    return a;
}
