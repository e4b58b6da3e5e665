#include "programme/network/support_list.h"

#define TERM .least = 0, .most = 100

static const struct field entry_fields[] = {
    [ENTRY_ENTERPRISE] = { "enterprise", N_("Enterprise"), &reference_type, REQUIRED | KEY | PUBLIC | LISTED, .to = &enterprise },
    [ENTRY_RANK] = { "rank", N_("Rank"), &integer_type, PUBLIC | LISTED, .least = 1, .most = 1e7 },
    [ENTRY_SCORE] = { "score", N_("Score"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_IMPORTANCE] = { "importance", N_("Systemic importance"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_SOLE_SUPPLY] = { "sole_supply", N_("Only source of others"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_PROFILE_GAP] = { "profile_gap", N_("Gaps of the profile"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_CERTIFICATE_GAP] = { "certificate_gap", N_("Certificates missing"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_STALE] = { "stale", N_("Not confirmed for long"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_REASON] = { "reason", N_("Why"), &long_text_type, PUBLIC | LISTED, .max = 2000 },
};
_Static_assert(COUNT(entry_fields) == SUPPORT_ENTRY_FIELD_COUNT, "every field has a row");
const struct entity support_entry = {
    .name = "support_entry", .parent = &support_list, .one = N_("Enterprise of the list"), .many = N_("Enterprises of the list"), FIELDS(entry_fields),
};

static const struct field fields[] = {
    [SUPPORT_NAME] = { "name", N_("Name of the list"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 200 },
    [SUPPORT_MADE_ON] = { "made_on", N_("Made on"), &date_type, REQUIRED | PUBLIC | LISTED },
    [SUPPORT_WEIGHTS] = { "weights", N_("Weights"), &text_type, PUBLIC, .max = 300, .help = N_("How much each term counted in the score.") },
    [SUPPORT_BASIS] = { "basis", N_("Worked out from"), &text_type, PUBLIC, .max = 300, .help = N_("Tolerance, state of the data and share of values that nobody stated.") },
    [SUPPORT_NOTE] = { "note", N_("Note"), &long_text_type, PUBLIC, .max = 4000 },
    [SUPPORT_ENTRIES] = { "entries", N_("Enterprises"), &children_type, PUBLIC, .to = &support_entry },
};
_Static_assert(COUNT(fields) == SUPPORT_LIST_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | ADMIN,           MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { FINANCE | AGENCY | LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL },
    { 0 },
};

const struct entity support_list = {
    .name = "support_list", .path = "support-lists", .one = N_("List for support"), .many = N_("Lists for support"), FIELDS(fields),
    .title = SUPPORT_NAME, .id_prefix = "DU", .rights = rights,
    .about = N_("Enterprises that the programme should strengthen first, as the supply network showed them on a day."),
};
