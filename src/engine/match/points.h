/* points.h - what one part of a criterion is worth: see match.h for the definition. */
#ifndef ENGINE_MATCH_POINTS_H
#define ENGINE_MATCH_POINTS_H

#include "engine/match/match.h"

enum { POINTS_UNKNOWN = -1, POINTS_WHOLE = 1000 };          /* else 0 .. 1000                     */

/* Of two parts of a fact: 0 is below unknown, which is below all else. */
static inline int points_least(int a, int b) { return !a || !b ? 0 : a < b ? a : b; }

/* asked as value and slack of a part; AT_LEAST, or else AT_MOST.  At a number that is further off they are never more. */
int points_number(enum match_rule rule, double asked, double slack, double stated);
int points_day(int32_t asked, int32_t from, int32_t until);

/* WITHIN_KM.  Most places are clearly near or clearly far, which a few multiplications tell; the rest are measured. */
struct circle {
    double lat, lon, value, slack;          /* as asked                                           */
    double sin_lat, cos_lat;
    double whole, some, none;               /* haversines: whole points up to; some for sure up to; none from, all with room for rounding */
};
struct circle circle_of(const struct match_part *p);
bool   on_earth(double lat, double lon);                    /* NAN: not                           */
double circle_to_meridian(const struct circle *c, double degrees);      /* km to all that is so many degrees east or west of it, or more */
double kilometres(double lat1, double lon1, double lat2, double lon2);
int    circle_points(const struct circle *c, double lat, double lon);
bool   circle_reaches(const struct circle *c, double lat, double lon);      /* of a place on earth: points > 0? */

#endif
