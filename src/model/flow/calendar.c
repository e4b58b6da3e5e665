#include "model/flow/calendar.h"

#include <stdio.h>

/* 1970-01-01 was a Thursday; 0 is Monday. */
static int weekday(struct date d) { return (int)(((date_days(d) + 3) % 7 + 7) % 7); }

/* Labour Code, Article 112: those whose day does not follow the moon and is not chosen year by year. */
static bool is_fixed_holiday(struct date d)
{
    static const struct { int month, day; } fixed[] = { { 1, 1 }, { 4, 30 }, { 5, 1 }, { 9, 2 } };
    for (size_t i = 0; i < COUNT(fixed); i++)
        if (d.month == fixed[i].month && d.day == fixed[i].day) return true;
    return false;
}

/* What the list of that year says of the day; NULL: nothing, or no list of that year. */
static const struct code *listed(const struct codes *c, struct date d)
{
    char key[64];
    int n = snprintf(key, sizeof key, "%04d/%04d-%02d-%02d", d.year, d.year, d.month, d.day);
    return c ? code_find(c, S("holiday"), (Str){ key, (size_t)n }) : NULL;
}

bool is_working_day(const struct codes *c, struct date d)
{
    const struct code *day = listed(c, d);
    if (day) return str_is(code_extra(day, S("kind")), "worked");
    return weekday(d) < 5 && !is_fixed_holiday(d);
}

struct date working_days_after(const struct codes *c, struct date d, int n)
{
    for (int64_t day = date_days(d); n > 0;) {
        d = date_from_days(++day);
        if (is_working_day(c, d)) n--;
    }
    return d;
}

int working_days_between(const struct codes *c, struct date from, struct date to)
{
    int64_t first = date_days(from), last = date_days(to);
    int n = 0;
    if (first > last) return -working_days_between(c, to, from);
    while (first < last) n += is_working_day(c, date_from_days(++first));
    return n;
}
