/*
 * voucher.c - what all balances are sums of.  Its table is `permanent`: money_post() makes a voucher, and nothing changes, deletes or takes back one.
 */
#include "programme/money/money.h"

#include "programme/contract/contract.h"

const struct choice money_stages[] = {
    [MONEY_SUBMITTED] = { "submitted", N_("Submitted to finance") }, [MONEY_ALLOCATED] = { "allocated", N_("Allocated") },
    [MONEY_COMMITTED] = { "committed", N_("Committed") }, [MONEY_DISBURSED] = { "disbursed", N_("Disbursed") },
    [MONEY_SETTLED] = { "settled", N_("Settled") }, [MONEY_STAGES] = { NULL },
};

enum money_stage money_stage_named(Str code)
{
    for (enum money_stage s = MONEY_SUBMITTED; s < MONEY_STAGES; s++)
        if (str_is(code, money_stages[s].code)) return s;
    bug_at(__FILE__, __LINE__, "a voucher of no stage");
}

static const struct field fields[] = {
    [VOUCHER_DOCUMENT] = { "document", N_("Document"), &text_type, REQUIRED | LISTED, .max = 200,
        .help = N_("Number of the decision, payment order or minutes.") },
    [VOUCHER_LINE] = { "line", N_("Budget line"), &reference_type, REQUIRED | LISTED, .to = &budget_line },
    [VOUCHER_YEAR] = { "year", N_("Budget year"), &year_type, REQUIRED | LISTED | INDEXED },
    [VOUCHER_STAGE] = { "stage", N_("Stage"), &choice_type, REQUIRED | LISTED, .choices = money_stages },
    [VOUCHER_AMOUNT] = { "amount", N_("Amount"), &money_type, REQUIRED | LISTED, .least = -(double)MONEY_MOST, .most = (double)MONEY_MOST,
        .help = N_("In đồng; below nothing where something is taken back, reduced or refunded.") },
    [VOUCHER_ON] = { "on_day", N_("Day of the document"), &date_type, REQUIRED | LISTED | HAPPENED },
    [VOUCHER_TASK] = { "task", N_("Task"), &reference_type, LISTED, .to = &task },
    [VOUCHER_CONTRACT] = { "contract", N_("Contract"), &reference_type, LISTED, .to = &contract },
    [VOUCHER_REQUEST] = { "request", N_("Payment request"), &reference_type, 0, .to = &payment_request },
    [VOUCHER_REASON] = { "reason", N_("Reason"), &text_type, LISTED, .max = 1000 },
    [VOUCHER_REVERSES] = { "reverses", N_("Takes back"), &reference_type, UNIQUE, .to = &voucher },
    [VOUCHER_FILE] = { "file", N_("File of the document"), &file_type, 0 },
};
_Static_assert(COUNT(fields) == VOUCHER_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | FINANCE | LEADER | AGENCY | ADMIN, MAY_READ, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

const struct entity voucher = {
    .name = "voucher", .path = "vouchers", .one = N_("Voucher"), .many = N_("Vouchers"), .shelf = N_("Money"), FIELDS(fields), .title = VOUCHER_DOCUMENT,
    .id_prefix = "BT", .rights = rights, .permanent = true,
    .about = N_("What was submitted, allocated, committed, disbursed and settled, document by document; all balances are sums of these."),
};
