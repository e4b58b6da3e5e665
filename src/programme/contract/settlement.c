/* settlement.c - the settlement of a contract, or of a task that the agency carried out itself: what was spent, what of it is eligible, what is to be paid back. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",     N_("Being written") },
    { "submitted", N_("Being checked by finance"), .days = 10 },
    { "returned",  N_("To be completed"), .days = 10 },
    { "approved",  N_("Approved, to be closed"), .days = 15 },
    { "closed",    N_("Closed"), .done = true },
    { NULL },
};

static const struct field item_fields[] = {
    [ITEM_TITLE] = { "title", N_("What was spent on"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [ITEM_DOCUMENT] = { "document", N_("Document"), &text_type, REQUIRED | OWNER | LISTED, .max = 200, .help = N_("Invoice, payroll or receipt, with its number and day.") },
    [ITEM_ACTUAL] = { "actual", N_("Spent"), &money_type, REQUIRED | OWNER | LISTED, .least = 0, .most = MONEY_MOST },
    [ITEM_ELIGIBLE] = { "eligible", N_("Eligible"), &money_type, REQUIRED | OWNER | LISTED, .least = 0, .most = MONEY_MOST },
    [ITEM_WHY] = { "why", N_("Why not all of it"), &text_type, OWNER | LISTED, .max = 500 },
};
_Static_assert(COUNT(item_fields) == ITEM_FIELD_COUNT, "every field has a row");

const struct entity settlement_item = {
    .name = "settlement_item", .parent = &settlement, .one = N_("Item of a settlement"), .many = N_("Items of settlements"), FIELDS(item_fields),
};

#define SETTLING (PROVIDER | OFFICER | ADMIN)
static const struct field fields[] = {
    [SETTLEMENT_NAME] = { "name", N_("What is settled"), &text_type, OWNER | LISTED, .max = 700, .writers = SYSTEM },
    [SETTLEMENT_CONTRACT] = { "contract", N_("Contract"), &reference_type, OWNER | FIXED | INDEXED, .to = &contract, .help = N_("Empty for a task that the agency carried out itself.") },
    [SETTLEMENT_TASK] = { "task", N_("Task"), &reference_type, OWNER | FIXED | INDEXED, .to = &task },
    [SETTLEMENT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [SETTLEMENT_ITEMS] = { "items", N_("Items"), &children_type, OWNER, .to = &settlement_item },
    [SETTLEMENT_ACTUAL] = { "actual", N_("Spent"), &money_type, OWNER | LISTED, .writers = SYSTEM },
    [SETTLEMENT_ELIGIBLE] = { "eligible", N_("Eligible"), &money_type, OWNER | LISTED, .writers = SYSTEM },
    [SETTLEMENT_PAID] = { "paid", N_("Paid"), &money_type, OWNER | LISTED, .writers = SYSTEM, .help = N_("By the vouchers, when it was submitted.") },
    [SETTLEMENT_REFUND] = { "refund", N_("To be paid back"), &money_type, OWNER | LISTED, .writers = SYSTEM, .help = N_("What was paid above what is eligible.") },
    [SETTLEMENT_REFUNDED_ON] = { "refunded_on", N_("Paid back on"), &date_type, OWNER, .writers = FINANCE },
    [SETTLEMENT_MINUTES] = { "minutes", N_("Closing minutes"), &text_type, OWNER, .max = 200, .writers = OFFICER | ADMIN | FINANCE, .help = N_("Number and day.") },
    [SETTLEMENT_FILE] = { "file", N_("Closing minutes as a document"), &file_type, OWNER },
    [SETTLEMENT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [SETTLEMENT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == SETTLEMENT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,        MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, SETTLEMENT_ACCOUNT },
    { FINANCE,         MAY_READ | MAY_CHANGE,              ALL_FIELDS, ROWS_ALL },
    { LEADER,          MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN, MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static const struct step steps[] = {
    { "submit", N_("Submit"), "draft|returned", "submitted", PROVIDER | OFFICER, .tell = FINANCE | OFFICER, .told = N_("A settlement waits to be checked: {1}") },
    { "approve", N_("Approve"), "submitted", "approved", FINANCE, .tell = PROVIDER | OFFICER, .told = N_("{1}: the settlement was approved.") },
    { "return", N_("Ask for more"), "submitted", "returned", FINANCE, .is = STEP_NOTE, .tell = PROVIDER | OFFICER, .told = N_("{1}: the settlement needs something more.") },
    { "close", N_("Close"), "approved", "closed", FINANCE, .tell = PROVIDER | OFFICER, .told = N_("{1}: settled and closed.") },
};
static const struct workflow flow = { SETTLEMENT_STATE, SETTLEMENT_DUE, STEPS(steps) };

const struct entity settlement = {
    .name = "settlement", .path = "settlements", .one = N_("Settlement"), .many = N_("Settlements"), .shelf = N_("Contracts"), FIELDS(fields), .title = SETTLEMENT_NAME, .id_prefix = "QT",
    .rights = rights, .workflow = &flow, .about = N_("What contracts and tasks cost in the end, what of it the programme bears, and what was paid back."),
};
