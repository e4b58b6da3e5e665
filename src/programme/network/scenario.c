#include "programme/network/scenario.h"

#include "programme/network/event.h"

static const struct field firm_fields[] = {
    [SCENARIO_FIRM] = { "firm", N_("Enterprise"), &reference_type, REQUIRED | KEY | PUBLIC | LISTED, .to = &enterprise },
};
_Static_assert(COUNT(firm_fields) == SCENARIO_FIRM_FIELD_COUNT, "every field has a row");
const struct entity scenario_firm = {
    .name = "scenario_firm",
    .parent = &scenario,
    .one = N_("Enterprise that stops"),
    .many = N_("Enterprises that stop"),
    FIELDS(firm_fields),
};

static const struct field fields[] = {
    [SCENARIO_NAME] = { "name", N_("Name of the scenario"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 200 },
    [SCENARIO_FIRMS] = { "firms", N_("Enterprises"), &children_type, PUBLIC | BRIEF, .to = &scenario_firm, .section = N_("What stops") },
    [SCENARIO_ZONES] = { "zones", N_("Industrial parks and clusters"), &codes_type, PUBLIC | LISTED, .list = "industrial_zone" },
    [SCENARIO_WARDS] = { "wards", N_("Wards and communes"), &codes_type, PUBLIC | LISTED, .list = "ward" },
    [SCENARIO_INDUSTRIES] = { "industries", N_("Industries"), &codes_type, PUBLIC | LISTED, .list = "vsic" },
    [SCENARIO_COUNTRIES] = { "countries", N_("Countries"), &codes_type, PUBLIC | LISTED, .list = "country",
        .help = N_("What comes from there does not arrive: imports, and suppliers there.") },
    [SCENARIO_EVENT] = { "event", N_("Event"), &reference_type, PUBLIC | LISTED, .to = &event,
        .help = N_("Its sites with the capacity that each said it has, and its countries.") },
    [SCENARIO_CAPACITY] = { "capacity", N_("Remaining capacity"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%", .section = N_("How far, and how long") },
    [SCENARIO_DAYS] = { "days", N_("Days"), &integer_type, REQUIRED | PUBLIC | LISTED, .least = 1, .most = SCENARIO_DAYS_MOST },
    [SCENARIO_TOLERANCE] = { "tolerance", N_("Tolerance of the index"), &number_type, PUBLIC | LISTED, .least = 1e-6, .most = 0.5,
        .help = N_("Losses smaller than this are no longer followed. Scenarios of different tolerances cannot be compared. Empty: that of the ranking.") },
    [SCENARIO_NOTE] = { "note", N_("Note"), &long_text_type, PUBLIC, .max = 4000 },
};
_Static_assert(COUNT(fields) == SCENARIO_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | ADMIN,           MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { FINANCE | AGENCY | LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL },
    { 0 },
};

static Message check(const struct work *w, const struct record *r, int *field)
{
    static const int stops[] = { SCENARIO_ZONES, SCENARIO_WARDS, SCENARIO_INDUSTRIES, SCENARIO_COUNTRIES, SCENARIO_EVENT };
    bool any = r->children[SCENARIO_FIRMS].n > 0;
    for (size_t i = 0; i < COUNT(stops); i++) any |= v_is(r->v[stops[i]]);
    *field = SCENARIO_ZONES;
    return any ? NO_MESSAGE : MSG(N_("Say what stops: enterprises, zones, wards, industries, countries or an event."));
}

const struct entity scenario = {
    .name = "scenario", .path = "scenarios", .one = N_("Scenario"), .many = N_("Scenarios"), .shelf = N_("Supply network"), FIELDS(fields), .title = SCENARIO_NAME,
    .id_prefix = "KB", .rights = rights, .check = check,
    .about = N_("Questions to the supply network that were kept: what if these enterprises, places or countries stopped."),
};
