/* version.c - the plan as it was decided each time, frozen as JSON; and what differs between two of them. */
#include "programme/plan/inside.h"

static const struct field fields[] = {
    [VERSION_NAME] = { "name", N_("Version of the plan"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 400 },
    [VERSION_PLAN] = { "plan", N_("Plan"), &reference_type, REQUIRED | PUBLIC | LISTED | INDEXED, .to = &yearly_plan },
    [VERSION_NUMBER] = { "number", N_("Version"), &integer_type, REQUIRED | PUBLIC | LISTED, .least = 1, .most = 1000 },
    [VERSION_DECISION] = { "decision", N_("Number of the decision"), &text_type, PUBLIC | LISTED, .max = 100 },
    [VERSION_DECIDED_ON] = { "decided_on", N_("Decided on"), &date_type, PUBLIC | LISTED },
    [VERSION_REASON] = { "reason", N_("Why it was adjusted"), &long_text_type, PUBLIC, .max = NOTE_MOST },
    [VERSION_TOTAL] = { "total", N_("Cost"), &money_type, PUBLIC | LISTED },
    [VERSION_CONTENT] = { "content", N_("The plan as it was decided"), &long_text_type, INTERNAL },
};
_Static_assert(COUNT(fields) == VERSION_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | FINANCE | AGENCY | LEADER | ADMIN, MAY_READ, ALL_FIELDS, ROWS_ALL }, { 0 },
};

const struct entity plan_version = {
    .name = "plan_version", .path = "plan-versions", .one = N_("Version of a plan"), .many = N_("Versions of plans"), .shelf = N_("The year's plan"), FIELDS(fields),
    .title = VERSION_NAME, .id_prefix = "BK", .rights = rights, .permanent = true,
    .about = N_("Yearly plans as they were approved and adjusted, each with its decision."),
};
