#include "programme/network/area.h"

#include "model/type.h"

#include <math.h>

bool spot_read(Str text, struct spot *out)
{
    Str lat, lon;
    *out = (struct spot){ NAN, NAN };
    struct spot s;
    if (!str_cut(text, ',', &lat, &lon) || !str_to_f64(str_trim(lat), &s.lat) || !str_to_f64(str_trim(lon), &s.lon)) return false;
    if (fabs(s.lat) > 90 || fabs(s.lon) > 180) return false;
    *out = s;
    return true;
}

/* Haversine, on a sphere of the Earth's mean radius. */
double spot_km(struct spot a, struct spot b)
{
    const double radians = acos(-1) / 180, mean_radius = 6371.0088;
    double lat = sin((b.lat - a.lat) * radians / 2), lon = sin((b.lon - a.lon) * radians / 2);
    double h = lat * lat + cos(a.lat * radians) * cos(b.lat * radians) * lon * lon;
    return 2 * mean_radius * asin(sqrt(h > 1 ? 1 : h));
}

Message polygon_read(struct arena *a, Str text, const struct spot **out, size_t *n)
{
    struct { struct spot *p; size_t n, cap; } corners = { 0 };
    Str rest = text, item;
    while (str_next(&rest, ';', &item)) {
        item = str_trim(item);
        if (!item.n) continue;
        if (corners.n == POLYGON_MOST) return MSG(N_("A polygon has at most {1} corners."), str_f(a, "%d", POLYGON_MOST));
        if (!spot_read(item, GROW(a, corners)))
            return MSG(
                N_("“{1}” is not a corner; write latitude and longitude as 21.0285, 105.8542 and a semicolon between corners."),
                item);
    }
    *out = corners.p;
    *n = corners.n;
    return corners.n < 3 ? MSG(N_("A polygon needs at least three corners.")) : NO_MESSAGE;
}

bool area_is_empty(const struct area *a)
{
    return !v_is(a->wards) && !v_is(a->zones) && !v_is(a->provinces) && !v_is(a->countries) && isnan(a->centre.lat) && !a->corners;
}

/* How many edges a ray to the east crosses; the Earth is flat enough for an area that people draw by hand. */
static bool in_polygon(const struct area *a, struct spot s)
{
    bool in = false;
    for (size_t i = 0, j = a->corners - 1; i < a->corners; j = i++) {
        struct spot p = a->corner[i], q = a->corner[j];
        if ((p.lat > s.lat) != (q.lat > s.lat) && s.lon < (q.lon - p.lon) * (s.lat - p.lat) / (q.lat - p.lat) + p.lon) in = !in;
    }
    return in;
}

bool area_has_spot(const struct area *a, struct spot s)
{
    if (isnan(s.lat)) return false;
    return (!isnan(a->centre.lat) && spot_km(a->centre, s) <= a->radius) || (a->corners && in_polygon(a, s));
}

/* ---- the sites of the register ------------------------------------------------------------------ */

/* Every ward of the register lies in a province, its parent. */
static bool in_province(const struct work *w, Val provinces, Str ward)
{
    const struct code *k = v_is(provinces) && ward.n ? code_find(w->codes, S("ward"), ward) : NULL;
    const struct code *province = k ? code_find(w->codes, S("province"), k->parent) : NULL;
    return province && many_has(provinces, province->key);
}

enum { ENTERPRISE_ID, NAME_VI, NAME_EN, HOME_WARD, HOME_ZONE, HOME_PLACE, OWN_ID, OWN_NAME, OWN_WARD, OWN_ZONE, OWN_PLACE };

static int own_or_home(const struct rows *r, int own, int home)
{
    bool located = v_is(row_peek(r, OWN_WARD)) || v_is(row_peek(r, OWN_ZONE)) || v_is(row_peek(r, OWN_PLACE));
    return located ? own : home;
}

static bool is_inside(const struct work *w, const struct area *a, const struct rows *r)
{
    Str ward = v_str(row_peek(r, own_or_home(r, OWN_WARD, HOME_WARD))),
        zone = v_str(row_peek(r, own_or_home(r, OWN_ZONE, HOME_ZONE)));
    struct spot s;
    return (ward.n && (many_has(a->wards, ward) || in_province(w, a->provinces, ward))) || (zone.n && many_has(a->zones, zone))
        || (spot_read(v_str(row_peek(r, own_or_home(r, OWN_PLACE, HOME_PLACE))), &s) && area_has_spot(a, s));
}

static struct placed placed_of(const struct rows *r)
{
    return (struct placed){
        .enterprise = row_int(r, ENTERPRISE_ID), .site = row_int(r, OWN_ID), .name = row_text(r, OWN_NAME),
        .enterprise_name = row_text(r, v_is(row_peek(r, NAME_VI)) ? NAME_VI : NAME_EN),
        .ward = row_text(r, own_or_home(r, OWN_WARD, HOME_WARD)), .zone = row_text(r, own_or_home(r, OWN_ZONE, HOME_ZONE)),
        .place = row_text(r, own_or_home(r, OWN_PLACE, HOME_PLACE)),
    };
}

enum err area_sites(struct work *w, const struct area *a, struct placed_list *out)
{
    int64_t enterprise_now = 0;
    int of = 0;
    *out = (struct placed_list){ 0 };
    struct rows r = db_query(w->db, w->a,
        SQL("SELECT e.id, e.name_vi, e.name_en, e.ward, e.zone, e.place, s.id, s.name, s.ward, s.zone, s.place FROM enterprise e"
            " LEFT JOIN site s ON s.enterprise = e.id AND (s.kind IS NULL OR s.kind <> 'office') ORDER BY e.id, s.id"), NO_ARGS);
    while (rows_next(&r)) {
        int64_t id = row_int(&r, ENTERPRISE_ID);
        of = id == enterprise_now ? of + 1 : 1;
        enterprise_now = id;
        if (is_inside(w, a, &r)) *GROW(w->a, *out) = placed_of(&r);
        for (size_t i = out->n; i-- > 0 && out->p[i].enterprise == id;) out->p[i].of = of;
    }
    return rows_end(&r);
}
