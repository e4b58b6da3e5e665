/* payment.c - what a unit asks to be paid for an accepted milestone, or the agency for a task it carries out itself; the programme agrees, finance agrees and pays. */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",              N_("Being written") },
    { "sent",               N_("Being checked"), .days = 5 },
    { "returned",           N_("To be completed"), .days = 5 },
    { "programme_approved", N_("Approved by the programme, to be paid"), .days = 5 },
    { "paid",               N_("Paid"),      .done = true },
    { "refused",            N_("Refused"),   .done = true },
    { "withdrawn",          N_("Withdrawn"), .done = true },
    { NULL },
};

#define ASKING (PROVIDER | OFFICER | ADMIN)
static const struct field fields[] = {
    [PAYMENT_NAME] = { "name", N_("What is paid"), &text_type, OWNER | LISTED, .max = 700, .writers = SYSTEM },
    [PAYMENT_MILESTONE] = { "milestone", N_("Milestone"), &reference_type, OWNER | FIXED | INDEXED, .to = &milestone, .help = N_("Empty for a task that the agency carries out itself.") },
    [PAYMENT_CONTRACT] = { "contract", N_("Contract"), &reference_type, OWNER | INDEXED, .to = &contract, .writers = SYSTEM },
    [PAYMENT_TASK] = { "task", N_("Task"), &reference_type, OWNER | FIXED | INDEXED, .to = &task },
    [PAYMENT_ACCOUNT] = { "account", N_("Account of the unit"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [PAYMENT_AMOUNT] = { "amount", N_("Amount"), &money_type, REQUIRED | OWNER | LISTED, .least = 1, .most = MONEY_MOST, .writers = ASKING },
    [PAYMENT_INVOICE] = { "invoice", N_("Invoice"), &text_type, OWNER | LISTED, .max = 100, .writers = ASKING },
    [PAYMENT_FILE] = { "file", N_("Papers of the request"), &file_type, OWNER, .writers = ASKING },
    [PAYMENT_SENT_ON] = { "sent_on", N_("Sent on"), &date_type, OWNER | LISTED, .writers = SYSTEM },
    [PAYMENT_PAID_ON] = { "paid_on", N_("Paid on"), &date_type, OWNER | LISTED, .writers = FINANCE, .section = N_("Payment"), .help = N_("Empty: the day on which it is noted as paid.") },
    [PAYMENT_ORDER] = { "order_number", N_("Payment order"), &text_type, OWNER | LISTED, .max = 100, .writers = FINANCE, .help = N_("Its number, given by finance.") },
    [PAYMENT_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [PAYMENT_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == PAYMENT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,        MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, PAYMENT_ACCOUNT },
    { FINANCE,         MAY_READ | MAY_CHANGE,              ALL_FIELDS, ROWS_ALL },
    { LEADER,          MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN, MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static const struct step steps[] = {
    { "send", N_("Ask for payment"), "draft|returned", "sent", PROVIDER | OFFICER, .tell = OFFICER, .told = N_("A payment is asked for: {1}") },
    { "agree", N_("Approve for the programme"), "sent", "programme_approved", OFFICER, .tell = FINANCE, .told = N_("A payment waits for finance: {1}") },
    { "return", N_("Ask for more"), "sent", "returned", OFFICER, .is = STEP_NOTE, .tell = PROVIDER | OFFICER, .told = N_("{1}: the payment request needs something more.") },
    { "pay", N_("Approve and pay"), "programme_approved", "paid", FINANCE, .tell = PROVIDER | OFFICER, .told = N_("{1}: paid.") },
    { "send_back", N_("Send back to the programme"), "programme_approved", "returned", FINANCE, .is = STEP_NOTE, .tell = PROVIDER | OFFICER,
      .told = N_("{1}: the payment request needs something more.") },
    { "refuse", N_("Refuse"), "sent|programme_approved", "refused", OFFICER | FINANCE, .is = STEP_NOTE | STEP_BAD, .tell = PROVIDER | OFFICER, .told = N_("{1}: the payment was refused.") },
    { "withdraw", N_("Withdraw"), "draft|sent|returned", "withdrawn", PROVIDER | OFFICER, .is = STEP_BAD },
};
static const struct workflow flow = { PAYMENT_STATE, PAYMENT_DUE, STEPS(steps) };

const struct entity payment_request = {
    .name = "payment_request", .path = "payments", .one = N_("Payment request"), .many = N_("Payment requests"), .shelf = N_("Contracts"), FIELDS(fields), .title = PAYMENT_NAME,
    .id_prefix = "TT", .rights = rights, .workflow = &flow, .about = N_("What was asked to be paid for milestones and tasks, who approved it, and when it was paid."),
};
