/* event.c - the event and its area; the sites found in it. */
#include "programme/network/event.h"

#include "base/map.h"

#include <math.h>

static const struct choice kinds[] = {
    { "fire", N_("Fire or explosion") }, { "flood", N_("Flood") }, { "typhoon", N_("Typhoon") }, { "power", N_("Power cut") },
    { "epidemic", N_("Epidemic") }, { "border", N_("Border closed") }, { "strike", N_("Strike") }, { "other", N_("Other") }, { NULL },
};
const struct choice event_severities[] = {
    { "minor", N_("Minor") }, { "serious", N_("Serious") }, { "severe", N_("Severe") }, { NULL }
};
static const struct choice states[] = {
    { "draft", N_("Being prepared") }, { "open", N_("Open") }, { "closed", N_("Closed"), .done = true }, { NULL },
};

static const struct field fields[] = {
    [EVENT_NAME] = { "name", N_("Name of the event"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 200, .section = N_("What happens") },
    [EVENT_KIND] = { "kind", N_("Kind of event"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = kinds },
    [EVENT_STARTED] = { "started", N_("Began on"), &date_type, REQUIRED | PUBLIC | LISTED },
    [EVENT_ENDED] = { "ended", N_("Ended on"), &date_type, PUBLIC | LISTED },
    [EVENT_SEVERITY] = { "severity", N_("Severity"), &choice_type, PUBLIC | LISTED, .choices = event_severities },
    [EVENT_WARDS] = { "wards", N_("Wards and communes"), &codes_type, PUBLIC, .list = "ward", .section = N_("Where: whatever lies in any of these") },
    [EVENT_ZONES] = { "zones", N_("Industrial parks and clusters"), &codes_type, PUBLIC, .list = "industrial_zone" },
    [EVENT_PROVINCES] = { "provinces", N_("Provinces"), &codes_type, PUBLIC, .list = "province" },
    [EVENT_COUNTRIES] = { "countries", N_("Countries"), &codes_type, PUBLIC, .list = "country",
        .help = N_("What comes from there does not arrive: imports, and suppliers there.") },
    [EVENT_CENTRE] = { "centre", N_("Centre of a circle"), &place_type, PUBLIC },
    [EVENT_RADIUS] = { "radius", N_("Radius of the circle"), &number_type, PUBLIC, .least = 0.01, .most = 2000, .unit = "km" },
    [EVENT_POLYGON] = { "polygon", N_("Corners of a polygon"), &long_text_type, PUBLIC, .max = 6000,
        .help = N_("Latitude and longitude of each corner, a semicolon between: 21.10,105.70; 21.16,105.70; 21.16,105.78") },
    [EVENT_CAPACITY] = { "capacity", N_("Capacity presumed to remain"), &number_type, PUBLIC, .least = 0, .most = 100, .unit = "%", .section = N_("What is presumed until a site has answered"),
        .help = N_("Where nothing is known yet; 0 if left empty.") },
    [EVENT_DAYS] = { "days", N_("Days presumed"), &integer_type, PUBLIC, .least = 1, .most = 3650 },
    [EVENT_NOTE] = { "note", N_("Note"), &long_text_type, PUBLIC, .max = 4000 },
    [EVENT_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == EVENT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | ADMIN,                  MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { WARD | FINANCE | AGENCY | LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- its area ----------------------------------------------------------------------------------- */

static double number_or(Val v, double other) { return v.type == V_REAL ? v.r : v.type == V_INT ? (double)v.i : other; }

struct area event_area(struct arena *a, const struct record *e)
{
    struct area area = { e->v[EVENT_WARDS], e->v[EVENT_ZONES], e->v[EVENT_PROVINCES], e->v[EVENT_COUNTRIES],
                         .radius = number_or(e->v[EVENT_RADIUS], 0) };
    spot_read(v_str(e->v[EVENT_CENTRE]), &area.centre);
    if (v_is(e->v[EVENT_POLYGON]) && polygon_read(a, v_str(e->v[EVENT_POLYGON]), &area.corner, &area.corners).id) area.corners = 0;
    return area;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct spot *corners;
    size_t n;
    Str started = v_str(r->v[EVENT_STARTED]), ended = v_str(r->v[EVENT_ENDED]);
    *field = EVENT_ENDED;
    if (ended.n && str_cmp(ended, started) < 0) return MSG(N_("An event cannot end before it begins."));
    *field = EVENT_RADIUS;
    if (v_is(r->v[EVENT_CENTRE]) != v_is(r->v[EVENT_RADIUS])) return MSG(N_("A circle needs both its centre and its radius."));
    *field = EVENT_POLYGON;
    return v_is(r->v[EVENT_POLYGON]) ? polygon_read(w->a, v_str(r->v[EVENT_POLYGON]), &corners, &n) : NO_MESSAGE;
}

/* ---- the sites found in it ------------------------------------------------------------------------ */

static Str key_of(struct arena *a, int64_t enterprise_id, int64_t site_id)
{
    return str_f(a, "%lld/%lld", (long long)enterprise_id, (long long)site_id);
}

static enum err keys_there(struct work *w, int64_t event_id, struct map *out)
{
    bool added;
    *out = map_make(w->a, 64);
    struct rows r =
        db_query(w->db, w->a, SQL("SELECT enterprise, site_number FROM event_site WHERE event = $1"), ARGS(v_int(event_id)));
    while (rows_next(&r)) map_put(out, key_of(w->a, row_int(&r, 0), row_int(&r, 1)), 1, &added);
    return rows_end(&r);
}

static enum err add(struct work *w, const struct record *e, const struct placed *p)
{
    struct record *r = record_make(w->a, &event_site);
    bool changed;
    r->v[EVENT_SITE_EVENT] = v_int(e->id);
    r->v[EVENT_SITE_ENTERPRISE] = v_int(p->enterprise);
    r->v[EVENT_SITE_NUMBER] = v_int(p->site);
    r->v[EVENT_SITE_NAME] = v_text(p->enterprise_name);
    if (p->name.n) r->v[EVENT_SITE_SITE] = v_text(p->name);
    if (p->ward.n) r->v[EVENT_SITE_WARD] = v_text(p->ward);
    if (p->place.n) r->v[EVENT_SITE_PLACE] = v_text(p->place);
    return record_save(w, NULL, r, &changed);
}

enum err event_find_sites(struct work *w, const struct record *e, int64_t *added, Message *why)
{
    struct area area = event_area(w->a, e);
    struct placed_list found;
    struct map there;
    bool fresh;
    *added = 0;
    TRY(keys_there(w, e->id, &there));
    TRY(area_sites(w, &area, &found));
    if (found.n + there.n > EVENT_SITES_MOST)
        return *why = MSG(N_("More than {1} sites lie in this area. Make it smaller, or make several events of it."),
                          str_f(w->a, "%d", EVENT_SITES_MOST)),
               ERR_TOO_BIG;
    for (size_t i = 0; i < found.n; i++) {
        map_put(&there, key_of(w->a, found.p[i].enterprise, found.p[i].site), 1, &fresh);
        if (!fresh) continue;
        TRY(add(w, e, &found.p[i]));
        ++*added;
    }
    return OK;
}

/* ---- its way ---------------------------------------------------------------------------------------- */

static Message has_area(const struct work *w, const struct record *r)
{
    struct area area = event_area(w->a, r);
    return area_is_empty(&area)
               ? MSG(N_("First say where it happens: wards, zones, provinces, countries, a circle or a polygon."))
               : NO_MESSAGE;
}

static enum err open(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    int64_t added;
    return event_find_sites(w, was, &added, why);
}

static const struct step steps[] = {
    { "open", N_("Open the event"), "draft", "open", OFFICER | ADMIN, .guard = has_area, .effect = open, .tell = OFFICER | LEADER,
      .told = N_("Event: {1}. Sites that may be hit are on the event desk.") },
    { "close", N_("Close the event"), "open", "closed", OFFICER | ADMIN, .tell = LEADER, .told = N_("The event {1} is closed.") },
    { "reopen", N_("Open it again"), "closed", "open", OFFICER | ADMIN, .is = STEP_NOTE, .effect = open },
};
static const struct workflow flow = { EVENT_STATE, -1, STEPS(steps) };

const struct entity event = {
    .name = "event",
    .path = "events",
    .one = N_("Event"),
    .many = N_("Events"),
    .shelf = N_("Supply network"),
    FIELDS(fields),
    .title = EVENT_NAME,
    .id_prefix = "SC",
    .rights = rights,
    .workflow = &flow,
    .check = check,
    .about = N_("Fires, floods, power cuts and the like, where they happen, and how far they have been dealt with."),
};
