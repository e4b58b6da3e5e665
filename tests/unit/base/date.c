#include "base/date.h"

#include "test.h"

TEST(every_day_of_ten_millennia_follows_the_one_before)
{
    struct date d = { 1, 1, 1 };
    int64_t first = date_days(d), last = date_days((struct date){ 9999, 12, 31 });
    CHECK_INT(last - first + 1, 3652059);
    for (int64_t day = first; day <= last; day++) {
        d = date_from_days(day);
        if (!date_valid(d) || date_days(d) != day) CHECK_INT(date_days(d), day);
    }
}

TEST(days_are_counted_from_1970)
{
    CHECK_INT(date_days((struct date){ 1970, 1, 1 }), 0);
    CHECK_INT(date_days((struct date){ 2026, 11, 22 }), 20779);
}

TEST(only_real_dates_are_valid)
{
    CHECK(date_valid((struct date){ 2024, 2, 29 }));
    CHECK(date_valid((struct date){ 2000, 2, 29 }));
    CHECK(!date_valid((struct date){ 1900, 2, 29 }));
    CHECK(!date_valid((struct date){ 2026, 11, 31 }));
    CHECK(!date_valid((struct date){ 2026, 13, 1 }));
    CHECK(!date_valid((struct date){ 0, 1, 1 }));
}

TEST(an_iso_date_is_read_and_written_back)
{
    struct date d;
    CHECK(date_from_iso(S("0042-07-09"), &d));
    CHECK_STR(date_iso(a, d), S("0042-07-09"));
    static const char *const wrong[] = { "", "2026-1-02", "2026-02-30", "2026-02-03 ", "2026/02/03", "20260203", "2026-0a-03" };
    for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!date_from_iso(str_of(wrong[i]), &d));
}

TEST(midnight_in_hanoi_is_seventeen_hours_utc)
{
    int64_t us;
    CHECK(time_from_iso(S("2026-11-22T16:59:59.999999Z"), &us));
    CHECK_STR(date_iso(a, time_date(us)), S("2026-11-22"));
    CHECK_STR(date_iso(a, time_date(us + 1)), S("2026-11-23"));
    CHECK(time_from_iso(S("1960-01-01T17:00:00Z"), &us));
    CHECK_STR(date_iso(a, time_date(us)), S("1960-01-02"));
}

TEST(an_instant_is_read_and_written_back)
{
    static const struct { Str in, out; } rows[] = {
        { S_("2026-11-22T08:30:00.123456Z"), S_("2026-11-22T08:30:00.123456Z") },
        { S_("2026-11-22T08:30:00.5Z"), S_("2026-11-22T08:30:00.500000Z") },
        { S_("1969-12-31T23:59:59Z"), S_("1969-12-31T23:59:59.000000Z") },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b = buf_make(a);
        int64_t us;
        CHECK(time_from_iso(rows[i].in, &us));
        put_time_iso(&b, us);
        CHECK_STR(buf_str(&b), rows[i].out);
    }
}

TEST(what_is_not_an_instant_is_refused)
{
    static const char *const wrong[] = {
        "2026-11-22T08:30:00", "2026-11-22T08:30:00.Z", "2026-11-22T08:30:00.1234567Z", "2026-11-22T24:00:00Z",
        "2026-11-22T08:60:00Z", "2026-11-22 08:30:00Z", "2026-02-30T08:30:00Z", "2026-11-22T08:30:00,5Z", "",
    };
    int64_t us;
    for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!time_from_iso(str_of(wrong[i]), &us));
}

TEST(a_fixed_clock_stands_still_until_it_is_let_go)
{
    int64_t us;
    CHECK(time_from_iso(S("2025-07-01T00:00:00Z"), &us));
    time_set_now(us);
    CHECK_INT(time_now(), us);
    CHECK_STR(date_iso(a, date_today()), S("2025-07-01"));
    time_set_now(0);
    CHECK(time_now() > us);
}

TEST(a_clock_shows_the_hour_of_ha_noi)
{
    struct buf b = buf_make(a);
    int64_t us;
    CHECK(time_from_iso(S("2026-11-22T20:05:59Z"), &us));
    put_time_of_day(&b, us);
    CHECK_STR(buf_str(&b), S("03:05"));
    int64_t ends = time_day_ends((struct date){ 2026, 11, 22 });
    CHECK_INT(time_date(ends).day, 22);
    CHECK_INT(time_date(ends + 1).day, 23);
}
