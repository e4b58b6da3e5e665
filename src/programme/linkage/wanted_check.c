/* wanted_check.c - a demand that contradicts itself: what nobody can meet is said before anybody is searched. */
#include "programme/linkage/wanted_inside.h"

#include "model/type.h"

static void say(struct work *w, struct wrong_parts *wrong, const struct want *x, Message m) { wrong_add(w, wrong, str_of(x->is->name), m); }

/* ---- bounds that nothing meets --------------------------------------------------------------------------- */

static const struct { const char *name; double above, to; } possible[] = {
    { "tolerance", 0, 1000 }, { "part_size", 0, 1e6 }, { "part_weight", 0, 1e6 }, { "force", 0, 1e5 }, { "axes", 0, 20 }, { "table_length", 0, 1e5 },
    { "table_width", 0, 1e5 }, { "temperature", -273.15, 5000 }, { "exports", 0, 100 }, { "distance", 0, 20037 }, { "confirmed", 0, 1200 }, { "capacity", 0, 1e15 },
};

static void check_bounds(struct work *w, const struct want *x, struct wrong_parts *wrong)
{
    for (size_t i = 0; i < COUNT(possible); i++) {
        if (!str_is(str_of(x->is->name), possible[i].name) || (x->value > possible[i].above && x->value <= possible[i].to)) continue;
        enum quantity q = x->is->quantity;
        say(w, wrong, x, MSG(N_("Nothing meets this: write more than {1} and at most {2}."), quantity_str(w->a, q, w->lang, possible[i].above),
                             quantity_str(w->a, q, w->lang, possible[i].to)));
    }
}

/* ---- places outside each other ---------------------------------------------------------------------------- */

static Val codes_asked(const struct wanted *d, const char *name)
{
    const struct want *x = want_named(d, criterion_named(str_of(name)));
    return x ? x->codes : v_null();
}

/* A zone whose ward is not surely known lies in each. */
static bool zone_in(struct work *w, const struct code *zone, Val wards)
{
    Str rest = code_extra(zone, S("ward")), one;
    if (!rest.n) rest = code_extra(zone, S("ward_candidates"));
    if (!rest.n) return true;
    while (str_next(&rest, '|', &one)) {
        const struct code *k = code_find(w->codes, S("ward"), one);
        if (!k || many_has(wards, k->key)) return true;
    }
    return false;
}

static bool any_zone_in(struct work *w, Val zones, Val wards)
{
    Str rest = v_str(zones), key;
    while (many_next(&rest, &key)) {
        const struct code *k = code_find(w->codes, S("industrial_zone"), key);
        if (!k || zone_in(w, k, wards)) return true;
    }
    return false;
}

static bool any_ward_in(struct work *w, Val wards, Val provinces)
{
    Str rest = v_str(wards), key;
    while (many_next(&rest, &key)) {
        const struct code *k = code_find(w->codes, S("ward"), key), *province = k ? code_find(w->codes, S("province"), k->parent) : NULL;
        if (!province || many_has(provinces, province->key)) return true;
    }
    return false;
}

static void check_places(struct work *w, const struct wanted *d, struct wrong_parts *wrong)
{
    Val wards = codes_asked(d, "ward"), zones = codes_asked(d, "zone"), provinces = codes_asked(d, "province");
    if (v_is(wards) && v_is(zones) && !any_zone_in(w, zones, wards))
        wrong_add(w, wrong, S("zone"), MSG(N_("None of these parks and clusters lies in the wards and communes asked.")));
    if (v_is(wards) && v_is(provinces) && !any_ward_in(w, wards, provinces))
        wrong_add(w, wrong, S("ward"), MSG(N_("None of these wards and communes lies in the provinces asked.")));
}

/* ---- places too far away ---------------------------------------------------------------------------------- */

/* Farther from its landmark no place of the kind reaches; generous, so that only what surely is too far away is said to be. */
static const struct { const char *kind; double km; } extents[] = { { "park", 10 }, { "district", 30 }, { "centre", 70 }, { "city", 250 } };

/* Where a place is, is known from landmarks: of provinces and parks the one of that name, of wards and other zones their former district.  The
 * code of a ward is that of an old unit, which became part of it. */
static const struct code *landmark_of(struct work *w, Str list, const struct code *k)
{
    Str district = code_extra(k, S("district"));
    const struct code *old = str_is(list, "ward") ? code_find(w->codes, list, str_f(w->a, "2024/%.*s", FMT(k->code))) : NULL;
    if (old) district = old->parent;
    const struct code *named = old ? NULL : code_match(w->codes, w->a, S("landmark"), k->name[VI], NULL);
    if (!named && !old) named = code_match(w->codes, w->a, S("landmark"), code_short(k, VI), NULL);
    return named ? named : code_find(w->codes, S("landmark"), str_f(w->a, "Q-%.*s", FMT(district)));
}

static bool may_be_within(struct work *w, const struct want *way, Str list, Str key)
{
    struct spot at;
    const struct code *k = code_find(w->codes, list, key), *landmark = k ? landmark_of(w, list, k) : NULL;
    if (!want_landmark(w, landmark, &at)) return true;
    for (size_t i = 0; i < COUNT(extents); i++)
        if (str_is(code_extra(landmark, S("kind")), extents[i].kind)) return !(spot_km(at, way->at) > way->value + extents[i].km);
    return true;
}

static bool any_may_be_within(struct work *w, const struct want *way, const struct want *places)
{
    Str rest = v_str(places->codes), key;
    while (many_next(&rest, &key))
        if (may_be_within(w, way, str_of(places->is->list), key)) return true;
    return false;
}

static void check_distance(struct work *w, const struct wanted *d, struct wrong_parts *wrong)
{
    static const struct { const char *name, *too_far; } places[] = {
        { "ward", N_("None of these wards and communes lies within {1} of {2}.") },
        { "zone", N_("None of these parks and clusters lies within {1} of {2}.") },
        { "province", N_("None of these provinces lies within {1} of {2}.") },
    };
    const struct want *way = want_named(d, criterion_named(S("distance")));
    for (size_t i = 0; way && way->must && i < COUNT(places); i++) {
        const struct want *x = want_named(d, criterion_named(str_of(places[i].name)));
        if (x && x->must && !any_may_be_within(w, way, x))
            say(w, wrong, x, MSG(places[i].too_far, quantity_str(w->a, DISTANCE, w->lang, way->value), want_place(w, way)));
    }
}

void wanted_check(struct work *w, const struct wanted *d, struct wrong_parts *wrong)
{
    for (size_t i = 0; i < d->n; i++) check_bounds(w, &d->p[i], wrong);
    check_places(w, d, wrong);
    check_distance(w, d, wrong);
    if (d->day.year && date_days(d->day) < date_days(w->today))
        wrong_add(w, wrong, S("day"), MSG(N_("This day is past; certificates are to be valid on a day to come.")));
}
