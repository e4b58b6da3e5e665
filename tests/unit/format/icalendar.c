#include "format/icalendar.h"
#include "test.h"

static const struct icalendar_event fair = { .uid = S_("HD-000001-3@matxich"), .summary = S_("Fair"), .from = { 2027, 3, 5 }, .to = { 2027, 3, 7 } };

static Str told(struct arena *a, const struct icalendar_event *e)
{
    struct buf b = buf_make(a);
    put_icalendar_begin(&b, S("Activities"));
    put_icalendar_event(&b, e);
    put_icalendar_end(&b);
    return buf_str(&b);
}

TEST(icalendar_event_of_days_is_as_rfc_5545_has_it)
{
    struct icalendar_event e = fair;
    e.changed_at = INT64_C(1763773445) * SECONDS;
    e.place = S("Hà Nội");
    e.url = S("https://example.vn/activities/HD-000001-3");
    CHECK_STR(told(a, &e), S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mat Xich//Activities//VI\r\nCALSCALE:GREGORIAN\r\nX-WR-CALNAME:Activities\r\n"
                             "BEGIN:VEVENT\r\nUID:HD-000001-3@matxich\r\nDTSTAMP:20251122T010405Z\r\nDTSTART;VALUE=DATE:20270305\r\nDTEND;VALUE=DATE:20270308\r\n"
                             "SUMMARY:Fair\r\nLOCATION:Hà Nội\r\nURL:https://example.vn/activities/HD-000001-3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST(icalendar_texts_are_escaped)
{
    struct icalendar_event e = fair;
    e.summary = S("a,b;c\\d");
    e.description = S("one\r\ntwo\nEND:VEVENT");
    CHECK(str_has(told(a, &e), S("\r\nSUMMARY:a\\,b\\;c\\\\d\r\nDESCRIPTION:one\\ntwo\\nEND:VEVENT\r\n")));
}

TEST(icalendar_last_day_of_a_month_ends_on_the_first_of_the_next)
{
    struct icalendar_event e = fair;
    e.to = (struct date){ 2027, 12, 31 };
    CHECK(str_has(told(a, &e), S("DTEND;VALUE=DATE:20280101\r\n")));
}

TEST(icalendar_cancelled_events_say_so)
{
    struct icalendar_event e = fair;
    CHECK(!str_has(told(a, &e), S("STATUS")));
    e.cancelled = true;
    CHECK(str_has(told(a, &e), S("STATUS:CANCELLED\r\n")));
}

/* No line is longer than 75 bytes, none begins within a letter, and what was folded is the text again. */
TEST(icalendar_long_lines_are_folded_between_letters)
{
    struct buf text = buf_make(a), unfolded = buf_make(a);
    for (int i = 0; i < 100; i++) put(&text, S("Nghiệp vụ "));
    struct icalendar_event e = fair;
    e.description = buf_str(&text);
    Str rest = told(a, &e), line;
    while (str_next(&rest, '\n', &line)) {
        CHECK(line.n <= 76);                /* with its CR                                        */
        CHECK(!line.n || ((unsigned char)line.p[0] & 0xC0) != 0x80);
        bool folded = str_starts(line, S(" "));
        CHECK(!folded || ((unsigned char)line.p[1] & 0xC0) != 0x80);
        if (folded || str_starts(line, S("DESCRIPTION:"))) put(&unfolded, str_sub(line, folded ? 1 : 12, line.n - (folded ? 2 : 13)));
    }
    CHECK_STR(buf_str(&unfolded), buf_str(&text));
}
