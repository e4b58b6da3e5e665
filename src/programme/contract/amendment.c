/* amendment.c - what changes a contract in force: its shares (and so its value) and its end, with the reason, checked by finance and approved by a leader. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",     N_("Being written") },
    { "checking",  N_("Being checked by finance"), .days = 5 },
    { "approving", N_("Waits for approval"), .days = 3 },
    { "approved",  N_("Approved"), .done = true },
    { "refused",   N_("Refused"),  .done = true },
    { NULL },
};

static const struct field share_fields[] = {
    [AMENDMENT_SHARE_LINE] = { "line", N_("Budget line"), &reference_type, REQUIRED | KEY | OWNER | LISTED | INDEXED, .to = &budget_line },
    [AMENDMENT_SHARE_AMOUNT] = { "amount", N_("More or less"), &money_type, REQUIRED | OWNER | LISTED, .least = -MONEY_MOST, .most = MONEY_MOST, .help = N_("In đồng; with a minus: so much less.") },
};
_Static_assert(COUNT(share_fields) == AMENDMENT_SHARE_FIELD_COUNT, "every field has a row");
const struct entity amendment_share = {
    .name = "amendment_share", .parent = &amendment, .one = N_("Changed share"), .many = N_("Changed shares"), FIELDS(share_fields),
};

static const struct field fields[] = {
    [AMENDMENT_NAME] = { "name", N_("Contract and amendment"), &text_type, OWNER | LISTED, .max = 500, .writers = SYSTEM },
    [AMENDMENT_CONTRACT] = { "contract", N_("Contract"), &reference_type, REQUIRED | OWNER | FIXED | INDEXED, .to = &contract },
    [AMENDMENT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [AMENDMENT_NUMBER] = { "number", N_("Number of the amendment"), &text_type, REQUIRED | OWNER | LISTED, .max = 100 },
    [AMENDMENT_REASON] = { "reason", N_("Reason"), &long_text_type, REQUIRED | OWNER, .max = 4000 },
    [AMENDMENT_ENDS] = { "ends", N_("New end of the contract"), &date_type, OWNER | LISTED, .help = N_("Empty: the end stays as it is.") },
    [AMENDMENT_SHARES] = { "shares", N_("Changes of the value"), &children_type, OWNER, .to = &amendment_share, .help = N_("None: the value stays as it is.") },
    [AMENDMENT_BEFORE] = { "changed_what", N_("What it changed"), &long_text_type, OWNER, .max = 8000, .writers = SYSTEM },
    [AMENDMENT_FILE] = { "file", N_("Signed amendment"), &file_type, OWNER },
    [AMENDMENT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [AMENDMENT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == AMENDMENT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,                           OWN_FIELDS, ROWS_MINE, AMENDMENT_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static const struct step steps[] = {
    { "send", N_("Send to finance"), "draft", "checking", OFFICER, .tell = FINANCE, .told = N_("An amendment waits to be checked: {1}") },
    { "agree", N_("The money is there"), "checking", "approving", FINANCE, .tell = LEADER, .told = N_("An amendment waits for approval: {1}") },
    { "return", N_("Ask for changes"), "checking", "draft", FINANCE, .is = STEP_NOTE, .tell = OFFICER, .told = N_("{1}: finance asks for changes.") },
    { "approve", N_("Approve"), "approving", "approved", LEADER, .tell = OFFICER | FINANCE | PROVIDER, .told = N_("{1}: the amendment was approved and is in force.") },
    { "refuse", N_("Refuse"), "draft|checking|approving", "refused", LEADER | OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = OFFICER | FINANCE, .told = N_("{1}: the amendment was refused.") },
};
static const struct workflow flow = { AMENDMENT_STATE, AMENDMENT_DUE, STEPS(steps) };

const struct entity amendment = {
    .name = "amendment", .path = "amendments", .one = N_("Amendment of a contract"), .many = N_("Amendments of contracts"), .shelf = N_("Contracts"), FIELDS(fields), .title = AMENDMENT_NAME,
    .id_prefix = "PL", .rights = rights, .workflow = &flow, .about = N_("What was changed in contracts in force, why, and who approved it."),
};
