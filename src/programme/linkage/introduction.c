/*
 * introduction.c - a buyer and a supplier who found each other, and what came of it (C13): sample, audit, first order, yearly value.  Both
 * sides and the office write down what they know; who is a direct supplier follows from it.
 */
#include "programme/linkage/inside.h"

const struct choice outcome_stages[] = {
    { "sample", N_("Sample") }, { "audit", N_("Audit by the buyer") }, { "first_order", N_("First order") }, { "yearly_value", N_("Value of a year") }, { NULL },
};
static const struct choice states[] = { { "open", N_("Going on") }, { "ended", N_("Ended"), .done = true }, { NULL } };

static const struct field outcome_fields[] = {
    [OUTCOME_STAGE] = { "stage", N_("What came of it"), &choice_type, REQUIRED | KEY | PUBLIC | LISTED, .choices = outcome_stages },
    [OUTCOME_ON] = { "on_day", N_("On"), &date_type, REQUIRED | KEY | PUBLIC | LISTED | HAPPENED },
    [OUTCOME_AMOUNT] = { "amount", N_("Amount"), &number_type, PUBLIC | LISTED, .least = 0, .most = 9e15 },
    [OUTCOME_CURRENCY] = { "currency", N_("Currency"), &choice_type, PUBLIC | LISTED, .choices = currencies },
    [OUTCOME_YEAR] = { "year", N_("Year"), &year_type, PUBLIC | LISTED, .help = N_("Of the value of a year.") },
    [OUTCOME_EVIDENCE] = { "evidence", N_("Order, report or invoice"), &file_type, OWNER },
    [OUTCOME_NOTE] = { "note", N_("Note"), &text_type, OWNER, .max = 1000 },
};
_Static_assert(COUNT(outcome_fields) == OUTCOME_FIELD_COUNT, "every field has a row");

static Message check_outcome(const struct work *w, const struct record *r, int *field)
{
    bool order = str_is(v_str(r->v[OUTCOME_STAGE]), "first_order"), year = str_is(v_str(r->v[OUTCOME_STAGE]), "yearly_value");
    *field = OUTCOME_AMOUNT;
    if ((order || year) && !(v_f64(r->v[OUTCOME_AMOUNT]) > 0)) return MSG(N_("An order or the value of a year needs its amount."));
    *field = OUTCOME_CURRENCY;
    if (v_is(r->v[OUTCOME_AMOUNT]) && !v_is(r->v[OUTCOME_CURRENCY])) return MSG(N_("Say in which currency the amount is."));
    *field = OUTCOME_YEAR;
    return year && !v_is(r->v[OUTCOME_YEAR]) ? MSG(N_("Say of which year the value is.")) : NO_MESSAGE;
}

const struct entity outcome = {
    .name = "outcome", .parent = &introduction, .one = N_("Outcome"), .many = N_("Outcomes"), FIELDS(outcome_fields), .check = check_outcome,
};

/* The furthest stage that is recorded. */
static Val reached(const struct work *w, const struct record *r)
{
    const struct records *outcomes = &r->children[INTRODUCTION_OUTCOMES];
    Val furthest = v_null();
    for (const struct choice *c = outcome_stages; c->code; c++)
        for (size_t i = 0; i < outcomes->n; i++)
            if (str_is(v_str(outcomes->p[i]->v[OUTCOME_STAGE]), c->code)) furthest = v_text(str_of(c->code));
    return furthest;
}

static const struct field fields[] = {
    [INTRODUCTION_NAME] = { "name", N_("Supplier and buyer"), &text_type, PUBLIC | LISTED, .max = 700, .writers = SYSTEM },
    [INTRODUCTION_ENTERPRISE] = { "enterprise", N_("Supplier"), &reference_type, REQUIRED | PUBLIC | LISTED | FIXED | INDEXED, .to = &enterprise },
    [INTRODUCTION_DEMAND] = { "demand", N_("Demand"), &reference_type, PUBLIC | FIXED, .to = &demand },
    [INTRODUCTION_BUYER] = { "buyer", N_("Buyer"), &text_type, REQUIRED | PUBLIC | LISTED | FIXED, .max = 300 },
    [INTRODUCTION_COUNTRY] = { "country", N_("Country of the buyer"), &code_type, PUBLIC | LISTED | FIXED, .list = "country" },
    [INTRODUCTION_ACCOUNT] = { "account", N_("Account of the buyer"), &account_type, INTERNAL | INDEXED },
    [INTRODUCTION_ON] = { "introduced_on", N_("Introduced on"), &date_type, REQUIRED | PUBLIC | LISTED | FIXED | HAPPENED },
    [INTRODUCTION_NOTE] = { "note", N_("Note"), &long_text_type, OWNER, .max = 4000 },
    [INTRODUCTION_OUTCOMES] = { "outcomes", N_("What came of it"), &children_type, PUBLIC, .to = &outcome, .section = N_("What came of it") },
    [INTRODUCTION_REACHED] = { "reached", N_("Furthest stage"), &choice_type, PUBLIC | DERIVED, .choices = outcome_stages, .derive = reached },
    [INTRODUCTION_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == INTRODUCTION_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE,               MAY_READ | MAY_CHANGE, OWN_FIELDS,    ROWS_OWN,  INTRODUCTION_ENTERPRISE },
    { BUYER | ENTERPRISE,       MAY_READ | MAY_CHANGE, OWN_FIELDS,    ROWS_MINE, INTRODUCTION_ACCOUNT },
    { FINANCE | AGENCY | LEADER, MAY_READ,             PUBLIC_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,          MAY_ALL,               ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

/* "Supplier – buyer", as called when they were introduced. */
static void compute(const struct work *w, struct record *r)
{
    struct work reading = *w;
    const struct record *firm = r->id ? NULL : named(w, r, INTRODUCTION_ENTERPRISE, &enterprise);
    reading.lang = VI;
    if (firm) r->v[INTRODUCTION_NAME] = v_text(str_f(w->a, "%.*s – %.*s", FMT(record_title(&reading, firm)), FMT(v_str(r->v[INTRODUCTION_BUYER]))));
}

#define OWNERS (BUYER | ENTERPRISE | OFFICER)
static const struct step steps[] = {
    { "end", N_("Nothing more will come of it"), "open", "ended", OWNERS, .is = STEP_NOTE | STEP_BAD, .tell = OWNERS, .told = N_("{1}: the introduction was ended.") },
    { "reopen", N_("It goes on"), "ended", "open", OWNERS, .is = STEP_NOTE | STEP_BAD, .tell = OWNERS, .told = N_("{1}: the introduction goes on.") },
};
static const struct workflow flow = { INTRODUCTION_STATE, -1, STEPS(steps) };

const struct entity introduction = {
    .name = "introduction", .path = "introductions", .one = N_("Introduction"), .many = N_("Introductions"), .shelf = N_("Linkage"), FIELDS(fields), .title = INTRODUCTION_NAME,
    .id_prefix = "GT", .rights = rights, .workflow = &flow, .compute = compute,
    .about = N_("Suppliers and buyers who were brought together, and the samples, audits and orders that came of it."),
};

/* ---- direct suppliers (programme §3.1) ------------------------------------------------------------ */

enum err direct_suppliers(struct work *w, int from_year, int to_year, const int64_t **ids, size_t *n)
{
    struct { int64_t *p; size_t n, cap; } list = { 0 };
    struct rows r = db_query(
        w->db, w->a,
        SQL("SELECT DISTINCT introduction.enterprise FROM introduction JOIN outcome ON outcome.introduction = introduction.id"
            " WHERE " IS_FIRST_ORDER " AND outcome.on_day BETWEEN $1 AND $2 ORDER BY introduction.enterprise"),
        ARGS(v_text(str_f(w->a, "%04d-01-01", from_year)), v_text(str_f(w->a, "%04d-12-31", to_year))));
    while (rows_next(&r)) *GROW(w->a, list) = row_int(&r, 0);
    *ids = list.p, *n = list.n;
    return rows_end(&r);
}
