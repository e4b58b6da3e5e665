/* fair.c - a trade fair and its stands, which the programme does not have.  docs/architecture.md walks through it. */
#include "made_up/made_up.h"

static const struct choice kinds[] = { { "supply", N_("Suppliers show") }, { "demand", N_("Buyers show") }, { NULL } };
static const struct field stand_fields[] = {
    { "number", N_("Number"), &text_type, REQUIRED | KEY | PUBLIC | LISTED | SEARCHED, .max = 10, .weight = 2 },
    { "area", N_("Area"), &number_type, PUBLIC | LISTED, .least = 0, .most = 500, .unit = "m²" } };
const struct entity stand = { .name = "stand", .parent = &fair, .one = N_("Stand"), .many = N_("Stands"),
    FIELDS(stand_fields) };
static const struct field fair_fields[] = {
    { "name_vi", N_("Vietnamese name"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED | PAIR, .max = 100, .weight = 8 },
    { "name_en", N_("English name"), &text_type, PUBLIC | SEARCHED, .max = 100, .weight = 8 },
    { "organiser", N_("Tax code"), &tax_code_type, PUBLIC | UNIQUE, .also = "don vi to chuc" },
    { "opens", N_("Valid from"), &date_type, PUBLIC | LISTED },
    { "closes", N_("Valid until"), &date_type, PUBLIC | LISTED },
    { "kind", N_("Kind of fair"), &choice_type, PUBLIC | FACET, .choices = kinds },
    { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | FACET | INDEXED, .list = "ward" },
    { "industries", N_("Industries served"), &codes_type, PUBLIC | LISTED | FACET, .list = "si_industry" },
    { "budget", N_("Budget"), &money_type, LISTED, .least = 0, .most = 9e15 },
    { "yearly", N_("Every year"), &boolean_type, PUBLIC | FACET },
    { "contact", N_("Contact person"), &text_type, PERSONAL, .max = 200 },
    { "stands", N_("Stands"), &children_type, PUBLIC | BRIEF, .to = &stand } };
static Message closes_after_it_opens(const struct work *w, const struct record *r, int *field)
{
    if (str_cmp(v_str(r->v[4]), v_str(r->v[3])) >= 0 || !v_is(r->v[4])) return NO_MESSAGE;
    return *field = 4, MSG(N_("A fair cannot close before it opens."));
}
const struct entity fair = { .name = "fair", .path = "fairs", .one = N_("Trade fair"), .many = N_("Trade fairs"),
    FIELDS(fair_fields), .id_prefix = "HC", .rights = rights_of_register, .check = closes_after_it_opens };
