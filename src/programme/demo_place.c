/*
 * demo_place.c - where a made-up enterprise stands.  An old ward or commune is drawn first, by the weight of its old district in
 * industry, and the ward of today follows from it, so that both addresses mean one place.  In an industrial zone it is the other
 * way round: the zone says the ward of today, and the old one is among those that became it.
 */
#include "programme/demo_parts.h"

#include "base/unicode.h"
#include "model/type.h"

struct spot { Str ward, old_ward, district, zone, street; };       /* zone: its key; empty: outside of zones */

static bool merged_into(const struct demo *d, size_t old, Str ward)
{
    return many_has(v_text(demo_text(d, OLD_WARDS, old, "merged_into")), ward);
}

/* An old unit that (or part of which) became the ward; of the district, where one is said.  rows: none. */
static size_t old_ward_of(struct demo *d, Str ward, Str district)
{
    size_t rows = d->tables[OLD_WARDS].rows, from = pick_any(d, OLD_WARDS);
    for (size_t i = 0; i < rows; i++) {
        size_t at = (from + i) % rows;
        bool there = !district.n || str_eq(demo_text(d, OLD_WARDS, at, "parent"), district);
        if (there && merged_into(d, at, ward)) return at;
    }
    return rows;
}

static struct spot spot_of(struct demo *d, size_t old, Str ward)
{
    return (struct spot){ .ward = ward, .old_ward = demo_text(d, OLD_WARDS, old, "name_vi"),
                          .district = demo_text(d, OLD_WARDS, old, "parent") };
}

static Str street(struct demo *d, Str old_ward)
{
    bool village = !str_starts(old_ward, S("Phường")) && chance(d, 55);
    Str name = demo_text(d, STREETS, pick_part(d, STREETS, "kind", village ? S("village") : S("street")), "vi");
    if (village) return str_f(d->w->a, "Thôn %.*s", FMT(name));
    return str_f(d->w->a, "Số %lld đường %.*s", (long long)between(d, 1, 289), FMT(name));
}

static struct spot outside_of_zones(struct demo *d)
{
    Str district = demo_text(d, DISTRICTS, pick_weighted(d, DISTRICTS), "district");
    size_t old = pick_part(d, OLD_WARDS, "parent", district);
    struct spot s = spot_of(d, old, pick_item(d, demo_text(d, OLD_WARDS, old, "merged_into"), ';'));
    s.street = street(d, s.old_ward);
    return s;
}

/* Its weight: hectares, where it is in use and its ward is known; one that is being enlarged is mostly empty yet. */
static int64_t zone_weight(const struct code *zone)
{
    enum { UNKNOWN_AREA = 20, ENLARGED = 5 };
    double area;
    Str status = code_extra(zone, S("status"));
    bool placed = code_extra(zone, S("ward")).n || code_extra(zone, S("ward_candidates")).n;
    if (!placed || str_is(status, "planned")) return 0;
    if (!str_to_f64(code_extra(zone, S("area_ha")), &area)) return UNKNOWN_AREA;
    return 1 + (int64_t)area / (str_is(status, "expanding") ? ENLARGED : 1);
}

static const struct code *pick_zone(struct demo *d)
{
    size_t n, i = 0;
    int64_t all = 0;
    const struct code *const *zones = codes_of(d->w->codes, S("industrial_zone"), &n);
    for (size_t k = 0; k < n; k++) all += zone_weight(zones[k]);
    if (!all) return NULL;
    for (int64_t left = between(d, 0, all - 1); (left -= zone_weight(zones[i])) >= 0;) i++;
    return zones[i];
}

static struct spot in_zone(struct demo *d)
{
    const struct code *zone = pick_zone(d);
    if (!zone) return outside_of_zones(d);
    Str known = code_extra(zone, S("ward"));
    Str ward = known.n ? known : pick_item(d, code_extra(zone, S("ward_candidates")), '|');
    size_t old = old_ward_of(d, ward, code_extra(zone, S("district")));
    if (old == d->tables[OLD_WARDS].rows) return outside_of_zones(d);
    struct spot s = spot_of(d, old, ward);
    Str lot = demo_text(d, STREETS, pick_part(d, STREETS, "kind", S("lot")), "vi");
    s.zone = zone->key;
    s.street = str_f(d->w->a, "%.*s, %.*s", FMT(lot), FMT(zone->name[VI]));
    return s;
}

/* Somewhere about the middle of the old district; what stands in one street stands together, and a zone is one place. */
static Val on_the_map(struct demo *d, const struct spot *s)
{
    enum { SPREAD = 40 };                                   /* thousandths of a degree             */
    size_t n = d->tables[DISTRICTS].rows, row = 0;
    Str around = s->zone.n ? s->zone : s->street;
    uint64_t there = hash64(around.p, around.n), lot = hash64(s->street.p, s->street.n);
    while (row < n && !str_eq(demo_text(d, DISTRICTS, row, "district"), s->district)) row++;
    if (row == n) return v_null();
    double north = (double)(there % SPREAD) - SPREAD / 2 + (double)(lot % 8), east = (double)(there / SPREAD % SPREAD) - SPREAD / 2 + (double)(lot / 8 % 8);
    return v_text(str_f(d->w->a, "%.5f,%.5f", table_number(&d->tables[DISTRICTS], row, "lat") + north / 1000,
                        table_number(&d->tables[DISTRICTS], row, "lon") + east / 1000));
}

static void write_spot(struct demo *d, struct record *r, const struct spot *s)
{
    struct arena *a = d->w->a;
    const struct code *ward = code_find(d->w->codes, S("ward"), s->ward);
    const struct code *district = code_find(d->w->codes, S("district"), str_f(a, "2024/%.*s", FMT(s->district)));
    set_code(d, r, "ward", s->ward);
    if (d->detail > SPARSE) set(r, "place", on_the_map(d, s));
    if (s->zone.n) set_code(d, r, "zone", s->zone);
    if (ward)
        set(r, "address", v_text(str_f(a, "%.*s, %.*s, thành phố Hà Nội", FMT(s->street), FMT(uncapital(a, ward->name[VI])))));
    if (district && d->detail > SPARSE)
        set(r, "old_address", v_text(str_f(a, "%.*s, %.*s, %.*s, thành phố Hà Nội", FMT(s->street),
                                           FMT(uncapital(a, s->old_ward)), FMT(uncapital(a, district->name[VI])))));
}

static void write_site(struct demo *d, const struct spot *s, Str name)
{
    struct record *place = record_add(d->w->a, d->r, ENTERPRISE_SITES);
    set(place, "name", v_text(name));
    set(place, "kind", v_text(d->service ? S("office") : S("factory")));
    write_spot(d, place, s);
    set(place, "area", v_real(round_number(d->service ? 80 : 400, d->service ? 1000 : 60000, d->size)));
}

void demo_place(struct demo *d)
{
    struct spot s = chance(d, d->foreign ? 75 : 25) ? in_zone(d) : outside_of_zones(d);
    write_spot(d, d->r, &s);
    if (d->detail == SPARSE || chance(d, 30)) return;
    write_site(d, &s, d->service ? S("Trụ sở") : S("Nhà máy chính"));
    if (d->service || d->size < 400 || !chance(d, 28)) return;
    struct spot second = chance(d, 60) ? in_zone(d) : outside_of_zones(d);
    write_site(d, &second, S("Nhà máy số 2"));
}
