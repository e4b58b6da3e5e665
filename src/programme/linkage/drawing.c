/*
 * drawing.c - drawings in confidence (C11): who opened which, when.  A drawing's file is the buyer's and the office's own field; a
 * supplier gets at it here alone, for its own invitation, after it agreed to keep it confidential, as long as the buyer lets it.
 */
#include "programme/linkage/inside.h"

static const struct field fields[] = {
    [OPENED_TITLE] = { "title", N_("Drawing"), &text_type, PUBLIC | LISTED, .max = 200 },
    [OPENED_DEMAND] = { "demand", N_("Demand"), &reference_type, PUBLIC | LISTED | INDEXED, .to = &demand },
    [OPENED_DRAWING] = { "drawing", N_("Number of the drawing"), &integer_type, INTERNAL },
    [OPENED_INVITATION] = { "invitation", N_("Invitation"), &reference_type, OWNER, .to = &invitation },
    [OPENED_ENTERPRISE] = { "enterprise", N_("Supplier"), &reference_type, PUBLIC | LISTED, .to = &enterprise },
    [OPENED_BUYER_ACCOUNT] = { "buyer_account", N_("Account of the buyer"), &account_type, INTERNAL | INDEXED },
    [OPENED_READER] = { "reader", N_("Opened by"), &account_type, OWNER | LISTED },
    [OPENED_ON] = { "opened_on", N_("Opened on"), &date_type, PUBLIC | LISTED },
};
_Static_assert(COUNT(fields) == OPENED_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { BUYER | ENTERPRISE, MAY_READ, OWN_FIELDS, ROWS_MINE, OPENED_BUYER_ACCOUNT },
    { OFFICER | ADMIN,    MAY_READ, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

const struct entity drawing_opened = {
    .name = "drawing_opened", .path = "drawings-opened", .one = N_("Drawing opened"), .many = N_("Drawings opened"), FIELDS(fields), .title = OPENED_TITLE,
    .rights = rights, .about = N_("Which supplier opened which drawing of a demand, and when."),
};
