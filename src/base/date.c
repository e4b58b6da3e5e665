#include "base/date.h"

#include <stdatomic.h>
#include <time.h>

static const int64_t second = 1000000, day = 86400 * second, hanoi = 7 * 3600 * second;

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

bool date_valid(struct date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= month_days(d.year, d.month);
}

/*
 * Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that the leap day is the
 * last of its year, and are counted in eras of 400 years = 146097 days.  1970-01-01 is day 719468.
 */
int64_t date_days(struct date d)
{
    int64_t y = d.year - (d.month <= 2);
    int64_t era = floor_div(y, 400), of_era = y - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = floor_div(days, 146097), rest = days - era * 146097;
    int64_t of_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int64_t of_year = rest - (365 * of_era + of_era / 4 - of_era / 100);
    int64_t march = (5 * of_year + 2) / 153;        /* months since March                        */
    int month = (int)(march < 10 ? march + 3 : march - 9);
    return (struct date){ (int)(of_era + era * 400 + (month <= 2)), month,
                          (int)(of_year - (153 * march + 2) / 5 + 1) };
}

/* Exactly n digits at p. */
static bool digits(const char *p, int n, int *out)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9') return false;
        v = v * 10 + (p[i] - '0');
    }
    *out = v;
    return true;
}

bool date_from_iso(Str s, struct date *out)
{
    struct date d;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !digits(s.p, 4, &d.year) || !digits(s.p + 5, 2, &d.month) ||
        !digits(s.p + 8, 2, &d.day) || !date_valid(d))
        return false;
    *out = d;
    return true;
}

static void put_digits(struct buf *b, int64_t v, size_t n)
{
    char *p = buf_room(b, n);
    for (size_t i = n; i-- > 0; v /= 10) p[i] = (char)('0' + v % 10);
    b->n += n;
}

static void put_date(struct buf *b, struct date d)
{
    put_digits(b, d.year, 4);
    put_c(b, '-');
    put_digits(b, d.month, 2);
    put_c(b, '-');
    put_digits(b, d.day, 2);
}

Str date_iso(struct arena *a, struct date d)
{
    struct buf b = { .a = a, .p = NEW_ARRAY(a, char, 10), .cap = 10 };
    put_date(&b, d);
    return buf_str(&b);
}

static _Atomic int64_t fixed_now;

static int64_t clock_us(clockid_t id)
{
    struct timespec t;
    MUST(clock_gettime(id, &t) == 0);
    return t.tv_sec * second + t.tv_nsec / 1000;
}

int64_t time_now(void)
{
    int64_t fixed = atomic_load_explicit(&fixed_now, memory_order_relaxed);
    return fixed ? fixed : clock_us(CLOCK_REALTIME);
}

void    time_set_now(int64_t us) { atomic_store(&fixed_now, us); }
int64_t time_ticks(void)         { return clock_us(CLOCK_MONOTONIC); }

struct date time_date(int64_t us)  { return date_from_days(floor_div(us + hanoi, day)); }
struct date date_today(void)       { return time_date(time_now()); }
int64_t time_day_ends(struct date d) { return (date_days(d) + 1) * day - hanoi - 1; }

void put_time_of_day(struct buf *b, int64_t us)
{
    int64_t minutes = (us + hanoi - floor_div(us + hanoi, day) * day) / (60 * second);
    put_digits(b, minutes / 60, 2);
    put_c(b, ':');
    put_digits(b, minutes % 60, 2);
}

void put_time_iso(struct buf *b, int64_t us)
{
    int64_t days = floor_div(us, day), rest = us - days * day, s = rest / second;
    put_date(b, date_from_days(days));
    put_c(b, 'T');
    put_digits(b, s / 3600, 2);
    put_c(b, ':');
    put_digits(b, s / 60 % 60, 2);
    put_c(b, ':');
    put_digits(b, s % 60, 2);
    put_c(b, '.');
    put_digits(b, rest % second, 6);
    put_c(b, 'Z');
}

bool time_from_iso(Str s, int64_t *us)
{
    struct date d;
    int hour, minute, sec;
    if (s.n < 20 || s.p[10] != 'T' || s.p[13] != ':' || s.p[16] != ':' || s.p[s.n - 1] != 'Z' ||
        !date_from_iso(str_sub(s, 0, 10), &d) || !digits(s.p + 11, 2, &hour) || !digits(s.p + 14, 2, &minute) ||
        !digits(s.p + 17, 2, &sec) || hour > 23 || minute > 59 || sec > 59)
        return false;
    int fraction = 0, places = (int)s.n - 21;       /* -1: none                                  */
    if (places == 0 || places > 6) return false;
    if (places > 0 && (s.p[19] != '.' || !digits(s.p + 20, places, &fraction))) return false;
    for (int i = places < 0 ? 6 : places; i < 6; i++) fraction *= 10;
    *us = date_days(d) * day + (hour * 3600 + minute * 60 + sec) * second + fraction;
    return true;
}
