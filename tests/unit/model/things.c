/* things.c - an entity with a field of every kind, for the tests that go through all of them. */
#include "fixture.h"

#include "base/unicode.h"

static const struct choice kinds[] = { { "raw", "Raw material" }, { "made", "Product" }, { NULL } };
static const struct choice colours[] = { { "red", "Red" }, { "green", "Green" }, { "blue", "Blue" }, { NULL } };
static const struct choice states[] = { { "public", "Public" }, { "hidden", "Hidden" }, { NULL } };

static const struct field part_fields[] = {
    [PART_NAME]     = { "name", "Part", &text_type, REQUIRED | KEY | PUBLIC | LISTED | SEARCHED, .max = 100, .weight = 4 },
    [PART_MATERIAL] = { "material", "Material", &code_type, PUBLIC | SEARCHED | FACET, .list = "material", .weight = 3 },
    [PART_WEIGHT]   = { "weight", "Weight", &number_type, PUBLIC, .least = 0, .most = 1e6, .unit = "kg" },
    [PART_UNTIL]    = { "until", "Valid until", &date_type, PUBLIC },
    [PART_PRICE]    = { "price", "Price", &money_type, 0 },
};
static bool part_in_force(const struct work *w, const struct record *r)
{
    struct date until;
    return !date_from_iso(v_str(r->v[PART_UNTIL]), &until) || date_days(until) >= date_days(w->today);
}
const struct entity part = {
    .name = "part", .parent = &thing, .one = "Part", .many = "Parts", FIELDS(part_fields), .id_prefix = "PT",
    .in_force = part_in_force,
};

static const struct field reading_fields[] = {
    [READING_YEAR]  = { "year", "Year", &year_type, REQUIRED | KEY | PUBLIC | LISTED },
    [READING_VALUE] = { "value", "Value", &number_type, PUBLIC, .unit = "mm" },
    [READING_COST]  = { "cost", "Cost", &money_type, 0 },
};
const struct entity reading = {
    .name = "reading", .parent = &thing, .one = "Reading", .many = "Readings", FIELDS(reading_fields),
};

static Val total(const struct work *w, const struct record *r) { return v_int((int64_t)r->children[THING_PARTS].n); }

static const struct field fields[] = {
    [THING_NAME_VI]  = { "name_vi", "Vietnamese name", &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED | PAIR, .max = 200, .weight = 8 },
    [THING_NAME_EN]  = { "name_en", "English name", &text_type, PUBLIC | SEARCHED, .max = 200, .weight = 8 },
    [THING_CODE]     = { "code", "Number", &text_type, PUBLIC | UNIQUE, .max = 40 },
    [THING_NOTE]     = { "note", "Note", &long_text_type, PUBLIC | SEARCHED, .max = 2000, .weight = 1 },
    [THING_LENGTH]   = { "length", "Length", &number_type, PUBLIC | LISTED, .least = -1e9, .most = 1e9, .unit = "mm" },
    [THING_COUNT]    = { "count", "Pieces", &integer_type, PUBLIC | LISTED, .least = 0, .most = 1e9 },
    [THING_PRICE]    = { "price", "Price", &money_type, PUBLIC, .least = 0, .most = 9e15 },
    [THING_MADE_ON]  = { "made_on", "Made on", &date_type, PUBLIC | LISTED },
    [THING_YEAR]     = { "year", "Year", &year_type, PUBLIC },
    [THING_GOOD]     = { "good", "Good", &boolean_type, PUBLIC | FACET },
    [THING_KIND]     = { "kind", "Kind", &choice_type, PUBLIC | FACET, .choices = kinds },
    [THING_COLOURS]  = { "colours", "Colours", &choices_type, PUBLIC | FACET, .choices = colours },
    [THING_WARD]     = { "ward", "Ward or commune", &code_type, PUBLIC | FACET | INDEXED | SEARCHED, .list = "ward", .weight = 2 },
    [THING_VSIC]     = { "vsic", "VSIC industry codes", &codes_type, PUBLIC | FACET | SEARCHED, .list = "vsic", .weight = 2 },
    [THING_FAIR]     = { "fair", "Trade fair", &reference_type, PUBLIC, .to = &fair },
    [THING_EMAIL]    = { "email", "E-mail", &email_type, PUBLIC, .max = 200 },
    [THING_PHONE]    = { "phone", "Telephone", &phone_type, PUBLIC, .max = 100 },
    [THING_URL]      = { "url", "Website", &url_type, PUBLIC, .max = 300 },
    [THING_TAX_CODE] = { "tax_code", "Tax code", &tax_code_type, PUBLIC },
    [THING_FILE]     = { "file", "Copy", &file_type, PUBLIC },
    [THING_PLACE]    = { "place", "Place on the map", &place_type, PUBLIC },
    [THING_OWNER]    = { "owner", "Contact person", &text_type, PERSONAL | SEARCHED, .max = 200, .weight = 1 },
    [THING_SECRET]   = { "secret", "Secret", &text_type, SEARCHED, .max = 200, .weight = 1 },
    [THING_STATE]    = { "state", "Visibility", &choice_type, 0, .choices = states },
    [THING_PARTS]    = { "parts", "Parts", &children_type, PUBLIC | BRIEF, .to = &part },
    [THING_READINGS] = { "readings", "Readings", &children_type, PUBLIC | BY_KEY, .to = &reading },
    [THING_KEY]      = { "name_key", "Key of the name", &text_type, COMPUTED | INDEXED, .max = 300 },
    [THING_TOTAL]    = { "total", "Number of parts", &integer_type, PUBLIC | DERIVED, .derive = total },
};
_Static_assert(COUNT(fields) == THING_FIELDS, "every field has a row");

static bool published(const struct record *r) { return !str_is(v_str(r->v[THING_STATE]), "hidden"); }

static void compute(const struct work *w, struct record *r)
{
    r->v[THING_KEY] = v_is(r->v[THING_NAME_VI]) ? v_text(text_fold(w->a, v_str(r->v[THING_NAME_VI]))) : v_null();
}

static Message red_things_have_a_price(const struct work *w, const struct record *r, int *field)
{
    if (!str_has(v_str(r->v[THING_COLOURS]), S(";red;")) || v_is(r->v[THING_PRICE])) return NO_MESSAGE;
    *field = THING_PRICE;
    return MSG("A red thing has a price.");
}

const struct entity thing = {
    .name = "thing", .path = "things", .one = "Thing", .many = "Things", FIELDS(fields), .title = THING_NAME_VI,
    .id_prefix = "VT", .rights = rights_of_register, .check = red_things_have_a_price, .compute = compute,
    .published = published,
};

const struct entity *const fixture_entities[] = { &fair, &stand, &stand_request, &thing, &part, &reading, NULL };
