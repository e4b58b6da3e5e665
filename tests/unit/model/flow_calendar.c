/* flow_calendar.c - working days, by the holidays that the program brings with it. */
#include "fixture.h"

#include "model/flow/calendar.h"

static struct date day(const char *iso)
{
    struct date d;
    CHECK(date_from_iso(str_of(iso), &d));
    return d;
}

static bool worked(const char *iso) { return is_working_day(real_codes(), day(iso)); }
static Str  after(struct arena *a, const char *iso, int n) { return date_iso(a, working_days_after(real_codes(), day(iso), n)); }

TEST(weekdays_are_worked_and_weekends_are_not)
{
    CHECK(worked("2026-11-20") && !worked("2026-11-21") && !worked("2026-11-22") && worked("2026-11-23"));
}

TEST(five_working_days_from_before_tet_end_after_it)
{
    CHECK(worked("2026-02-13") && !worked("2026-02-16") && !worked("2026-02-20") && worked("2026-02-23"));
    CHECK_STR(after(a, "2026-02-12", 1), S("2026-02-13"));
    CHECK_STR(after(a, "2026-02-12", 5), S("2026-02-26"));
}

TEST(a_holiday_on_a_sunday_has_a_day_in_lieu)
{
    CHECK(!worked("2026-04-26") && !worked("2026-04-27") && worked("2026-04-28"));
}

TEST(a_bridge_day_is_off_and_the_saturday_for_it_is_worked)
{
    CHECK(!worked("2025-05-02") && worked("2025-04-26"));
    CHECK(!worked("2026-01-02") && worked("2026-01-10"));
    CHECK_STR(after(a, "2025-04-25", 1), S("2025-04-26"));
    CHECK_STR(after(a, "2025-04-29", 1), S("2025-05-05"));
}

TEST(beyond_the_list_only_the_fixed_days_of_the_law_are_off)
{
    CHECK(!worked("2031-01-01") && !worked("2031-04-30") && !worked("2031-05-01") && !worked("2031-09-02"));
    CHECK(worked("2031-01-23"));                            /* Tết of 2031: its list does not exist yet */
    CHECK(!is_working_day(NULL, day("2026-09-02")) && is_working_day(NULL, day("2026-02-17")));
}

TEST(working_days_between_two_dates_count_both_ways)
{
    const struct codes *c = real_codes();
    CHECK_INT(working_days_between(c, day("2026-11-20"), day("2026-11-23")), 1);
    CHECK_INT(working_days_between(c, day("2026-11-23"), day("2026-11-20")), -1);
    CHECK_INT(working_days_between(c, day("2026-11-21"), day("2026-11-22")), 0);
    CHECK_INT(working_days_between(c, day("2026-02-12"), day("2026-02-26")), 5);
}

TEST(the_nth_working_day_is_n_working_days_away)
{
    struct dice dice = { 5 };
    for (int i = 0; i < 2000; i++) {
        struct date d = date_from_days(date_days(day("2025-01-01")) + (int64_t)dice_roll(&dice, 1500));
        int n = (int)dice_roll(&dice, 60);
        struct date to = working_days_after(real_codes(), d, n);
        CHECK_INT(working_days_between(real_codes(), d, to), n);
        CHECK(!n || is_working_day(real_codes(), to));
    }
    CHECK_STR(after(a, "2026-11-22", 0), S("2026-11-22"));
}
