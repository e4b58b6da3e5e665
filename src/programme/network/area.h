/*
 * area.h - where something happens (E06): wards, industrial zones, provinces, countries, a circle around a place, a polygon; any of
 * them together, and which sites of the register lie inside.
 *
 * A site is where something is made or kept: a site of the enterprise that is no office, or the enterprise's own address where it
 * has none.
 */
#ifndef PROGRAMME_NETWORK_AREA_H
#define PROGRAMME_NETWORK_AREA_H

#include "programme/register.h"

enum { POLYGON_MOST = 200 };                /* corners                                            */

struct spot { double lat, lon; };           /* degrees; NAN: not known                            */
struct area {
    Val         wards, zones, provinces, countries;     /* several codes with their version, ";a;b;", or null */
    struct spot centre;                     /* of a circle; NAN: none                             */
    double      radius;                     /* km                                                 */
    const struct spot *corner;
    size_t      corners;                    /* 0: no polygon                                      */
};

bool        spot_read(Str text, struct spot *out);          /* "21.02850,105.85420", as place_type stores it */
double      spot_km(struct spot a, struct spot b);          /* along the great circle; NAN: one is not known */
/* "21.0,105.8; 21.1,105.8; 21.1,105.9": at least three corners, or what is wrong. */
Message     polygon_read(struct arena *a, Str text, const struct spot **out, size_t *n);
bool        area_is_empty(const struct area *a);
bool        area_has_spot(const struct area *a, struct spot s);             /* circle or polygon      */

struct placed {                             /* a site                                             */
    int64_t enterprise, site;               /* site 0: the enterprise's own address               */
    int     of;                             /* how many sites the enterprise has                  */
    Str     enterprise_name, name;          /* name: of the site; empty: its own address          */
    Str     ward, zone, place;              /* as stored; a site that says nothing of it is where its enterprise is */
};
struct placed_list { struct placed *p; size_t n, cap; };
/* The sites inside, by enterprise. */
enum err area_sites(struct work *w, const struct area *a, struct placed_list *out) MUST_USE;

#endif
