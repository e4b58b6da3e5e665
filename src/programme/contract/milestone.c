/* milestone.c - what a contract is to deliver, by when and for how much.  Only an acceptance (programme/delivery) makes one accepted, only a payment makes one paid. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "planned",   N_("Planned") },
    { "delivered", N_("Delivered, to be accepted") },
    { "accepted",  N_("Accepted, to be paid") },
    { "paid",      N_("Paid"),      .done = true },
    { "cancelled", N_("Cancelled"), .done = true },
    { NULL },
};

static const struct field fields[] = {
    [MILESTONE_TITLE] = { "title", N_("What is delivered"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [MILESTONE_CONTRACT] = { "contract", N_("Contract"), &reference_type, REQUIRED | OWNER | LISTED | FIXED | INDEXED, .to = &contract },
    [MILESTONE_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [MILESTONE_DUE_ON] = { "due_on", N_("To be delivered by"), &date_type, REQUIRED | OWNER | LISTED | INDEXED },
    [MILESTONE_AMOUNT] = { "amount", N_("Amount"), &money_type, REQUIRED | OWNER | LISTED, .least = 1, .most = MONEY_MOST },
    [MILESTONE_CRITERIA] = { "criteria", N_("Criteria of acceptance"), &long_text_type, REQUIRED | OWNER, .max = 8000 },
    [MILESTONE_ACCEPTED_ON] = { "accepted_on", N_("Accepted on"), &date_type, OWNER | LISTED, .writers = SYSTEM },
    [MILESTONE_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == MILESTONE_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,                           OWN_FIELDS, ROWS_MINE, MILESTONE_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static const struct step steps[] = {
    { "deliver", N_("Delivered"), "planned", "delivered", PROVIDER | OFFICER, .tell = OFFICER, .told = N_("{1}: delivered, and waits to be accepted.") },
    { "take_back", N_("Not delivered yet"), "delivered", "planned", PROVIDER | OFFICER, .is = STEP_BAD },
    { "reject", N_("Not accepted"), "delivered", "planned", 0, .is = STEP_AUTO, .tell = PROVIDER | OFFICER, .told = N_("{1}: not accepted; see the minutes.") },
    { "accept", N_("Accepted"), "planned|delivered", "accepted", 0, .is = STEP_AUTO, .tell = PROVIDER | OFFICER, .told = N_("{1}: accepted. The payment can be asked for.") },
    { "pay", N_("Paid"), "accepted", "paid", 0, .is = STEP_AUTO },
    { "cancel", N_("Cancel"), "planned", "cancelled", OFFICER, .is = STEP_BAD },
};
static const struct workflow flow = { MILESTONE_STATE, -1, STEPS(steps) };

const struct entity milestone = {
    .name = "milestone", .path = "milestones", .one = N_("Milestone"), .many = N_("Milestones"), .shelf = N_("Contracts"), FIELDS(fields), .title = MILESTONE_TITLE, .id_prefix = "MO",
    .rights = rights, .workflow = &flow, .about = N_("What contracts are to deliver, by when, for how much, and whether it was accepted and paid."),
};
