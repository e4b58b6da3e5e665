/*
 * norm.c - the most that the budget may pay of a cost: a percentage, a cap for each unit, or the lower of both.  Norms are data with their
 * citation; a new regulation is a new version of the norm or another one, and the one that held on the day counts.
 */
#include "programme/plan/inside.h"

static const struct choice cap_units[] = {
    { "participant", N_("participating unit") }, { "enterprise", N_("enterprise") }, { "person", N_("person") }, { "project", N_("project") }, { "event", N_("event") }, { NULL },
};

static const struct field fields[] = {
    [NORM_CODE] = { "code", N_("Code of the norm"), &text_type, REQUIRED | UNIQUE | PUBLIC | LISTED, .max = 80, .help = N_("A name, a slash and the version: “tt29-fair-home/2018”.") },
    [NORM_TITLE_VI] = { "title_vi", N_("Norm"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED | PAIR, .max = 300, .weight = 8, .both = N_("Norm") },
    [NORM_TITLE_EN] = { "title_en", N_("Norm, in English"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 8 },
    [NORM_KIND] = { "kind", N_("Kind of expense"), &code_type, PUBLIC | LISTED, .list = "expense_kind", .help = N_("Empty: every kind.") },
    [NORM_ACTIVITY_KIND] = { "activity_kind", N_("Kind of activity"), &code_type, PUBLIC | LISTED, .list = "activity_kind", .help = N_("Empty: every kind.") },
    [NORM_PERCENT] = { "percent_of_cost", N_("Percentage of the cost"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%" },
    [NORM_CAP] = { "cap", N_("Cap for each unit"), &money_type, PUBLIC | LISTED, .least = 0, .most = (double)MONEY_MOST, .help = N_("In đồng. With a percentage, the lower of both counts.") },
    [NORM_CAP_UNIT] = { "cap_unit", N_("Unit of the cap"), &choice_type, PUBLIC | LISTED, .choices = cap_units },
    [NORM_FROM] = { "from_day", N_("In force from"), &date_type, REQUIRED | PUBLIC | LISTED },
    [NORM_TO] = { "to_day", N_("In force until"), &date_type, PUBLIC | LISTED, .help = N_("Empty: still in force.") },
    [NORM_CITATION] = { "citation", N_("Citation"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 500 },
    [NORM_URL] = { "url", N_("Where it can be read"), &url_type, PUBLIC, .max = 500 },
    [NORM_NOTE] = { "note", N_("Note"), &text_type, PUBLIC, .max = 1000 },
    [NORM_NEXT] = { "next", N_("Replaced by"), &reference_type, PUBLIC, .to = &norm },
};
_Static_assert(COUNT(fields) == NORM_FIELD_COUNT, "every field has a row");

const struct entity norm = {
    .name = "norm", .path = "norms", .one = N_("Norm"), .many = N_("Norms"), .shelf = N_("The year's plan"), FIELDS(fields), .title = NORM_TITLE_VI, .id_prefix = "DM",
    .rights = rights_of_register,
    .about = N_("How much the budget may pay of a cost, with the regulation that says so and the days it is in force."),
};
