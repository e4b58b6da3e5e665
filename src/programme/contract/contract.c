/*
 * contract.c - the contract with the unit that carries out a task: finance checks it, a leader approves it, and from the day it is signed its value is committed.
 *
 * What was sent for approval stands; afterwards an amendment alone changes value, shares and end (amendment.c).
 */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",      N_("Being written") },
    { "checking",   N_("Being checked by finance"), .days = 5 },
    { "approving",  N_("Waits for approval"), .days = 3 },
    { "returned",   N_("To be completed"), .days = 5 },
    { "approved",   N_("To be signed"), .days = 10 },
    { "in_force",   N_("In force") },
    { "completed",  N_("Everything paid, to be settled") },
    { "terminated", N_("Ended early, to be settled") },
    { "settled",    N_("Settled"),  .done = true },
    { "dropped",    N_("Not concluded"), .done = true },
    { NULL },
};

static const struct field share_fields[] = {
    [SHARE_LINE] = { "line", N_("Budget line"), &reference_type, REQUIRED | KEY | OWNER | LISTED | INDEXED, .to = &budget_line },
    [SHARE_AMOUNT] = { "amount", N_("Amount"), &money_type, REQUIRED | OWNER | LISTED, .least = 1, .most = MONEY_MOST },
};
_Static_assert(COUNT(share_fields) == SHARE_FIELD_COUNT, "every field has a row");
const struct entity contract_share = {
    .name = "contract_share", .parent = &contract, .one = N_("Share of a contract"), .many = N_("Shares of contracts"), FIELDS(share_fields),
};

static const struct field fields[] = {
    [CONTRACT_NUMBER] = { "number", N_("Number of the contract"), &text_type, OWNER | LISTED | INDEXED, .max = 100 },
    [CONTRACT_TITLE] = { "title", N_("Title"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [CONTRACT_TASK] = { "task", N_("Task"), &reference_type, REQUIRED | OWNER | FIXED | INDEXED, .to = &task },
    [CONTRACT_CALL] = { "call", N_("Call for proposals"), &reference_type, OWNER | FIXED | INDEXED, .to = &call },
    [CONTRACT_BID] = { "bid", N_("Proposal"), &reference_type, OWNER | FIXED, .to = &bid },
    [CONTRACT_PROVIDER] = { "provider", N_("Implementing unit"), &reference_type, REQUIRED | OWNER | LISTED | FIXED | INDEXED, .to = &provider },
    [CONTRACT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [CONTRACT_VALUE] = { "value", N_("Value"), &money_type, OWNER | LISTED, .least = 0, .most = MONEY_MOST, .writers = SYSTEM, .section = N_("Value and time") },
    [CONTRACT_SHARES] = { "shares", N_("Shares by budget line"), &children_type, REQUIRED | OWNER, .to = &contract_share, .help = N_("They add up to the value of the contract.") },
    [CONTRACT_SIGNED_ON] = { "signed_on", N_("Signed on"), &date_type, OWNER | LISTED },
    [CONTRACT_STARTS] = { "starts", N_("Starts"), &date_type, REQUIRED | OWNER },
    [CONTRACT_ENDS] = { "ends", N_("Ends"), &date_type, REQUIRED | OWNER | LISTED | INDEXED },
    [CONTRACT_TERMS] = { "terms", N_("Terms"), &long_text_type, OWNER, .max = 20000 },
    [CONTRACT_FILE] = { "file", N_("Signed contract"), &file_type, OWNER },
    [CONTRACT_GUARANTEE] = { "guarantee", N_("Performance guarantee"), &money_type, OWNER, .least = 0, .most = MONEY_MOST, .section = N_("Guarantee") },
    [CONTRACT_GUARANTEE_UNTIL] = { "guarantee_until", N_("Guarantee valid until"), &date_type, OWNER | INDEXED },
    [CONTRACT_GUARANTEE_FILE] = { "guarantee_file", N_("Letter of guarantee"), &file_type, OWNER },
    [CONTRACT_VERSION] = { "version", N_("Version"), &integer_type, OWNER, .least = 1, .most = 1000, .writers = SYSTEM },
    [CONTRACT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [CONTRACT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == CONTRACT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ,                           OWN_FIELDS, ROWS_MINE, CONTRACT_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static const struct step steps[] = {
    { "send", N_("Send to finance"), "draft|returned", "checking", OFFICER, .tell = FINANCE, .told = N_("A contract waits to be checked: {1}") },
    { "agree", N_("The money is there"), "checking", "approving", FINANCE, .tell = LEADER, .told = N_("A contract waits for approval: {1}") },
    { "return", N_("Ask for changes"), "checking", "returned", FINANCE, .is = STEP_NOTE, .tell = OFFICER, .told = N_("{1}: finance asks for changes.") },
    { "approve", N_("Approve"), "approving", "approved", LEADER, .tell = OFFICER | PROVIDER, .told = N_("{1}: the contract was approved and is to be signed.") },
    { "refuse", N_("Do not approve"), "approving", "returned", LEADER, .is = STEP_NOTE, .tell = OFFICER, .told = N_("{1}: the contract was not approved; it needs changes.") },
    { "sign", N_("Note that it is signed"), "approved", "in_force", OFFICER, .tell = PROVIDER | FINANCE, .told = N_("{1}: the contract is in force.") },
    { "reopen", N_("Take back to change"), "approved", "returned", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = FINANCE | LEADER, .told = N_("{1}: the contract was taken back before signing.") },
    { "drop", N_("Do not conclude it"), "draft|returned|approved", "dropped", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = PROVIDER | LEADER, .told = N_("{1}: the contract will not be concluded.") },
    { "terminate", N_("End it early"), "in_force", "terminated", LEADER, .is = STEP_NOTE | STEP_BAD, .tell = OFFICER | FINANCE | PROVIDER, .told = N_("{1}: the contract was ended early.") },
    { "complete", N_("Everything is paid"), "in_force", "completed", 0, .is = STEP_AUTO, .tell = OFFICER | PROVIDER, .told = N_("{1}: everything is paid; the contract is to be settled.") },
    { "settle", N_("Settled"), "completed|terminated", "settled", 0, .is = STEP_AUTO, .tell = OFFICER | PROVIDER, .told = N_("{1}: the contract is settled.") },
};
static const struct workflow flow = { CONTRACT_STATE, CONTRACT_DUE, STEPS(steps) };

const struct entity contract = {
    .name = "contract", .path = "contracts", .one = N_("Contract"), .many = N_("Contracts"), .shelf = N_("Contracts"), FIELDS(fields), .title = CONTRACT_TITLE, .id_prefix = "HD",
    .rights = rights, .workflow = &flow, .about = N_("Contracts with units that carry out tasks: value by budget line, time, guarantee and how far they have come."),
};
