/*
 * icalendar.h - events of whole days for calendar programs: iCalendar as RFC 5545 has it, lines ended by CRLF and folded at 75 bytes, texts escaped.
 *
 *     put_icalendar_begin(&b, S("Activities"));
 *     for (…) put_icalendar_event(&b, &event);
 *     put_icalendar_end(&b);
 */
#ifndef FORMAT_ICALENDAR_H
#define FORMAT_ICALENDAR_H

#include "base/base.h"
#include "base/date.h"

#define TYPE_ICALENDAR S("text/calendar; charset=utf-8")

struct icalendar_event {
    Str         uid;                        /* the same whenever the event is told again          */
    Str         summary, description, place, url;       /* but for the first, may be empty        */
    struct date from, to;                   /* both are days of it                                */
    int64_t     changed_at;                 /* microseconds UTC                                   */
    bool        cancelled;
};

void put_icalendar_begin(struct buf *b, Str name);
void put_icalendar_event(struct buf *b, const struct icalendar_event *e);
void put_icalendar_end(struct buf *b);

#endif
