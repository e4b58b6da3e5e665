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

void wanted_check(struct work *w, const struct wanted *d, struct wrong_parts *wrong)
{
    for (size_t i = 0; i < d->n; i++) check_bounds(w, &d->p[i], wrong);
    check_places(w, d, wrong);
    if (d->day.year && date_days(d->day) < date_days(w->today))
        wrong_add(w, wrong, S("day"), MSG(N_("This day is past; certificates are to be valid on a day to come.")));
}
