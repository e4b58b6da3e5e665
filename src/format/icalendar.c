#include "format/icalendar.h"

enum { LINE = 75 };                         /* bytes of a line without its end (RFC 5545, 3.1)     */

/* ---- lines -------------------------------------------------------------------------------------- */

static bool begins_letter(char c) { return ((unsigned char)c & 0xC0) != 0x80; }

/* A long line goes on behind a space; no letter is cut in two. */
static void put_line(struct buf *b, Str line)
{
    for (size_t most = LINE; line.n > most; most = LINE - 1) {
        size_t n = most;
        while (n > 1 && !begins_letter(line.p[n])) n--;
        put(b, str_sub(line, 0, n));
        put(b, S("\r\n "));
        line = str_sub(line, n, SIZE_MAX);
    }
    put(b, line);
    put(b, S("\r\n"));
}

static void put_escaped(struct buf *b, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n') put(b, S("\\n"));
        else if (c == '\\' || c == ';' || c == ',') put_c(b, '\\'), put_c(b, c);
        else if (c != '\r') put_c(b, c);
    }
}

static void put_text(struct buf *b, const char *name, Str text)
{
    struct buf line = buf_make(b->a);
    if (!text.n) return;
    put_f(&line, "%s:", name);
    put_escaped(&line, text);
    put_line(b, buf_str(&line));
}

static void put_day(struct buf *b, const char *name, struct date d)
{
    put_line(b, str_f(b->a, "%s;VALUE=DATE:%04d%02d%02d", name, d.year, d.month, d.day));
}

static void put_instant(struct buf *b, const char *name, int64_t us)
{
    struct date d = date_from_days(us / DAYS);
    int64_t seconds = us % DAYS / SECONDS;
    put_line(b, str_f(b->a, "%s:%04d%02d%02dT%02d%02d%02dZ", name, d.year, d.month, d.day, (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60)));
}

/* ---- events ------------------------------------------------------------------------------------- */

void put_icalendar_begin(struct buf *b, Str name)
{
    put(b, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mat Xich//Activities//VI\r\nCALSCALE:GREGORIAN\r\n"));
    put_text(b, "X-WR-CALNAME", name);
}

void put_icalendar_event(struct buf *b, const struct icalendar_event *e)
{
    put(b, S("BEGIN:VEVENT\r\n"));
    put_text(b, "UID", e->uid);
    put_instant(b, "DTSTAMP", e->changed_at);
    put_day(b, "DTSTART", e->from);
    put_day(b, "DTEND", date_from_days(date_days(e->to) + 1));     /* the first day after it     */
    put_text(b, "SUMMARY", e->summary);
    put_text(b, "DESCRIPTION", e->description);
    put_text(b, "LOCATION", e->place);
    if (e->url.n) put_line(b, str_f(b->a, "URL:%.*s", FMT(e->url)));
    if (e->cancelled) put(b, S("STATUS:CANCELLED\r\n"));
    put(b, S("END:VEVENT\r\n"));
}

void put_icalendar_end(struct buf *b) { put(b, S("END:VCALENDAR\r\n")); }
