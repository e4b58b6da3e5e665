#include "engine/match/points.h"

#include <math.h>

static const double EARTH_KM = 6371.0088;                   /* mean radius (IUGG)                 */
static const double RADIANS = 3.14159265358979323846 / 180;
static const double ROOM = 1e-9;                            /* far more than haversines are off by rounding */

int points_number(enum match_rule rule, double asked, double slack, double stated)
{
    if (isnan(stated)) return POINTS_UNKNOWN;
    if (rule == AT_LEAST ? stated >= asked : stated <= asked) return POINTS_WHOLE;
    double most = slack * fabs(asked), off = fabs(asked - stated);
    if (!(off < most)) return 0;
    double points = 1000 * (1 - off / most);
    return points < 999 ? (int)points : 999;
}

int points_day(int32_t asked, int32_t from, int32_t until)
{
    if ((from != DAY_UNKNOWN && asked < from) || (until != DAY_UNKNOWN && asked > until)) return 0;
    return from == DAY_UNKNOWN || until == DAY_UNKNOWN ? POINTS_UNKNOWN : POINTS_WHOLE;
}

/* ------------------------------------------------------------------ places ------------------ */

bool on_earth(double lat, double lon) { return fabs(lat) <= 90 && fabs(lon) <= 180; }

static double squared(double x) { return x * x; }

double kilometres(double lat1, double lon1, double lat2, double lon2)
{
    double h = squared(sin((lat2 - lat1) * RADIANS / 2)) +
               cos(lat1 * RADIANS) * cos(lat2 * RADIANS) * squared(sin((lon2 - lon1) * RADIANS / 2));
    return 2 * EARTH_KM * asin(sqrt(h < 1 ? h : 1));
}

static double haversine_of(double km)
{
    double angle = km / EARTH_KM / 2;
    return angle < 3.14159265358979323846 / 2 ? squared(sin(angle)) : 2;     /* 2: no place is so far */
}

struct circle circle_of(const struct match_part *p)
{
    double value = p->value, slack = p->slack;
    return (struct circle){ .lat = p->lat, .lon = p->lon, .value = value, .slack = slack,
                            .sin_lat = sin(p->lat * RADIANS), .cos_lat = cos(p->lat * RADIANS),
                            .whole = haversine_of(value) * (1 - ROOM), .none = haversine_of(value * (1 + slack)) * (1 + ROOM) + ROOM * ROOM,
                            .some = haversine_of(value * (1 + slack * 0.998)) * (1 - ROOM) };
}

/* Great circles to a meridian meet it at a right angle; no meridian is further than the pole. */
double circle_to_meridian(const struct circle *c, double degrees)
{
    if (degrees <= 0) return 0;
    return EARTH_KM * asin(c->cos_lat * (degrees < 90 ? sin(degrees * RADIANS) : 1));
}

/*
 * Bounds of the haversine of the distance, from 1 - x²/2 <= cos x <= 1 - x²/2 + x⁴/24, and from Taylor's series of the cosine of the other
 * latitude, whose rest is at most |difference|³ / 6.
 */
struct bounds { double low, high; };
static struct bounds haversine_bounds(const struct circle *c, double lat, double lon)
{
    double north = (lat - c->lat) * RADIANS, east = fabs(lon - c->lon);
    if (east > 180) east = 360 - east;
    east *= RADIANS;
    double a = north * north, b = east * east, rest = fabs(north) * a / 6;
    double cosine = c->cos_lat - c->sin_lat * north - c->cos_lat * a / 2, low = cosine - rest, across = 1 - b / 12;
    struct bounds h = { a * (1 - a / 12) / 4, (a + c->cos_lat * (cosine + rest) * b) / 4 };
    if (low > 0 && across > 0) h.low += c->cos_lat * low * b * across / 4;
    return h;
}

int circle_points(const struct circle *c, double lat, double lon)
{
    if (!on_earth(lat, lon)) return POINTS_UNKNOWN;
    struct bounds h = haversine_bounds(c, lat, lon);
    if (h.high <= c->whole) return POINTS_WHOLE;
    if (h.low >= c->none) return 0;
    return points_number(AT_MOST, c->value, c->slack, kilometres(c->lat, c->lon, lat, lon));
}

bool circle_reaches(const struct circle *c, double lat, double lon)
{
    return haversine_bounds(c, lat, lon).high <= c->some || circle_points(c, lat, lon) > 0;
}
