/*
 * calendar.h - Vietnamese working days: Monday to Friday except public holidays with their days in lieu, and Saturdays that are
 * worked in exchange (kind=worked), as the list `holiday` has them year by year (the Prime Minister's yearly decision).  Beyond
 * the last year of the list only the fixed days of the Labour Code count (1 January, 30 April, 1 May, 2 September).
 */
#ifndef MODEL_FLOW_CALENDAR_H
#define MODEL_FLOW_CALENDAR_H

#include "model/codes.h"

bool        is_working_day(const struct codes *c, struct date d);
/* The n-th working day after d; 0 gives d itself. */
struct date working_days_after(const struct codes *c, struct date d, int n);
/* Working days from the day after `from` to `to`; negative: to lies before. */
int         working_days_between(const struct codes *c, struct date from, struct date to);

#endif
