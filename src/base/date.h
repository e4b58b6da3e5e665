/*
 * date.h - civil dates and instants.  A date is text "YYYY-MM-DD" in the database and struct date in
 * between; an instant is int64 microseconds since 1970 in UTC.  Hà Nội is UTC+7 without summer time.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/text.h"

struct date { int year, month, day; };                      /* proleptic Gregorian               */

bool        date_valid(struct date d);                      /* years 1 .. 9999                   */
int64_t     date_days(struct date d);                       /* days since 1970-01-01             */
struct date date_from_days(int64_t days);
bool        date_from_iso(Str s, struct date *out);         /* YYYY-MM-DD, nothing else          */
Str         date_iso(struct arena *a, struct date d);
struct date date_today(void);                               /* in Hà Nội; honours time_set_now() */

#define SECONDS INT64_C(1000000)                            /* of microseconds: 90 * SECONDS     */
#define HOURS   (3600 * SECONDS)
#define DAYS    (24 * HOURS)

int64_t     time_now(void);                                 /* microseconds UTC                  */
void        time_set_now(int64_t us);                       /* tests and demo data: fixed clock; 0 = real */
int64_t     time_ticks(void);                               /* monotonic microseconds            */
struct date time_date(int64_t us);                          /* the date in Hà Nội                */
void        put_time_of_day(struct buf *b, int64_t us);     /* 08:30, in Hà Nội                  */
int64_t     time_day_ends(struct date d);               /* the last instant of it, in Hà Nội */
void        put_time_iso(struct buf *b, int64_t us);        /* 2026-11-22T08:30:00.123456Z       */
bool        time_from_iso(Str s, int64_t *us);              /* the same; no or 1 .. 6 decimals   */

#endif
