/*
 * quote.c - a supplier's offer.  Until it is sent it is the supplier's alone; a sent one stands as it is until it is taken back, which it may
 * be until the day quotes are due.  To see another's quote nobody but the buyer and the office has a right.
 */
#include "programme/linkage/inside.h"

static const struct choice states[] = {
    { "draft",      N_("Being written") },
    { "sent",       N_("Sent") },
    { "chosen",     N_("Chosen"),     .done = true },
    { "not_chosen", N_("Not chosen"), .done = true },
    { "withdrawn",  N_("Withdrawn"),  .done = true },
    { NULL },
};

static const struct field fields[] = {
    [QUOTE_NAME] = { "name", N_("Supplier and demand"), &text_type, PUBLIC | LISTED, .max = 600, .writers = SYSTEM },
    [QUOTE_INVITATION] = { "invitation", N_("Invitation"), &reference_type, REQUIRED | OWNER | FIXED | INDEXED, .to = &invitation },
    [QUOTE_DEMAND] = { "demand", N_("Demand"), &reference_type, PUBLIC | INDEXED, .to = &demand, .writers = SYSTEM },
    [QUOTE_ENTERPRISE] = { "enterprise", N_("Supplier"), &reference_type, PUBLIC, .to = &enterprise, .writers = SYSTEM },
    [QUOTE_BUYER_ACCOUNT] = { "buyer_account", N_("Account of the buyer"), &account_type, INTERNAL | INDEXED },
    [QUOTE_PRICE] = { "price", N_("Price a unit"), &number_type, OWNER | LISTED, .least = 0, .most = 1e15, .section = N_("Price") },
    [QUOTE_CURRENCY] = { "currency", N_("Currency"), &choice_type, OWNER | LISTED, .choices = currencies },
    [QUOTE_UNIT] = { "unit", N_("Unit"), &code_type, OWNER, .list = "unit" },
    [QUOTE_LEAST] = { "least", N_("Minimum order"), &number_type, OWNER | LISTED, .least = 0, .most = 1e12, .unit_by = "unit" },
    [QUOTE_TOOLING] = { "tooling", N_("Tooling, once"), &number_type, OWNER, .least = 0, .most = 1e15, .help = N_("Moulds, dies and jigs, in the same currency.") },
    [QUOTE_LEAD_DAYS] = { "lead_days", N_("Lead time"), &integer_type, OWNER | LISTED, .least = 0, .most = 2000, .unit = N_("days"), .section = N_("Time") },
    [QUOTE_SAMPLE_DAYS] = { "sample_days", N_("First sample after"), &integer_type, OWNER, .least = 0, .most = 2000, .unit = N_("days") },
    [QUOTE_TERMS] = { "terms", N_("Terms of delivery and payment"), &text_type, OWNER, .max = 500 },
    [QUOTE_VALID_UNTIL] = { "valid_until", N_("The quote is good until"), &date_type, OWNER | LISTED },
    [QUOTE_NOTE] = { "note", N_("Note"), &long_text_type, OWNER, .max = 4000 },
    [QUOTE_PAPER] = { "paper", N_("Quotation as a document"), &file_type, OWNER },
    [QUOTE_SENT_ON] = { "sent_on", N_("Sent on"), &date_type, PUBLIC | LISTED | HAPPENED, .writers = SYSTEM },
    [QUOTE_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == QUOTE_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE,               MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_OWN,  QUOTE_ENTERPRISE },
    { BUYER | ENTERPRISE,       MAY_READ, OWN_FIELDS,    ROWS_MINE, QUOTE_BUYER_ACCOUNT },
    { FINANCE | AGENCY | LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,          MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static bool in_state(const struct record *r, const char *state) { return str_is(v_str(r->v[QUOTE_STATE]), state); }

/* ---- what may be offered ------------------------------------------------------------------------- */

static bool has_another(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t n = 0;
    return !db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM quote WHERE invitation = $1 AND id <> $2 AND state <> 'withdrawn'"),
                       ARGS(r->v[QUOTE_INVITATION], v_int(r->id)), &n) && n;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *by = named(w, r, QUOTE_INVITATION, &invitation);
    *field = QUOTE_INVITATION;
    if (!by || !belongs_to(w, r, QUOTE_ENTERPRISE, by)) return MSG(N_("There is no such invitation of yours."));
    if (state_of(by)->done) return MSG(N_("You do not take part in this demand any more."));
    if (has_another(w, r)) return MSG(N_("You have a quote for this demand already: change that one, or withdraw it first."));
    return in_state(r, "sent") ? MSG(N_("This quote was sent and stands. Take it back to change it.")) : NO_MESSAGE;
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *by = r->id ? NULL : named(w, r, QUOTE_INVITATION, &invitation);
    if (!by) return;
    r->v[QUOTE_NAME] = by->v[INVITATION_NAME];
    r->v[QUOTE_DEMAND] = by->v[INVITATION_DEMAND];
    r->v[QUOTE_ENTERPRISE] = by->v[INVITATION_ENTERPRISE];
}

/* ---- its way ----------------------------------------------------------------------------------------- */

static Message in_time(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, QUOTE_DEMAND, &demand);
    if (!of || !str_is(v_str(of->v[DEMAND_STATE]), "open")) return MSG(N_("The demand is not open for quotes."));
    return is_past(w, of->v[DEMAND_QUOTES_BY]) ? MSG(N_("The day quotes were due has passed. Ask the buyer or the office for more time.")) : NO_MESSAGE;
}

static Message may_be_sent(const struct work *w, const struct record *r)
{
    const struct record *by = named(w, r, QUOTE_INVITATION, &invitation);
    if (!by || !str_is(v_str(by->v[INVITATION_STATE]), "admitted")) return MSG(N_("First take part in the demand; a quote may be written meanwhile."));
    if (!v_is(r->v[QUOTE_PRICE]) || !v_is(r->v[QUOTE_CURRENCY])) return MSG(N_("First write the price and its currency."));
    if (is_past(w, r->v[QUOTE_VALID_UNTIL])) return MSG(N_("The quote would be good only until a day that has passed."));
    return in_time(w, r);
}

static enum err send(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    const struct record *by = named(w, now, QUOTE_INVITATION, &invitation);
    now->v[QUOTE_BUYER_ACCOUNT] = by->v[INVITATION_BUYER_ACCOUNT];
    now->v[QUOTE_SENT_ON] = v_text(date_iso(w->a, w->today));
    return step_auto(w, &invitation, by->id, "quote", why);
}

static enum err take_back(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[QUOTE_BUYER_ACCOUNT] = now->v[QUOTE_SENT_ON] = v_null();
    return step_auto(w, &invitation, v_i64(now->v[QUOTE_INVITATION]), "unquote", why);
}

static enum err withdraw(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    return step_auto(w, &invitation, v_i64(now->v[QUOTE_INVITATION]), "unquote", why);
}

static const struct step steps[] = {
    { "send", N_("Send to the buyer"), "draft", "sent", ENTERPRISE, ROWS_OWN, QUOTE_ENTERPRISE, .guard = may_be_sent, .effect = send, .tell = BUYER | ENTERPRISE,
      .told = N_("{1}: a quote was sent.") },
    { "revise", N_("Take back to change"), "sent", "draft", ENTERPRISE, ROWS_OWN, QUOTE_ENTERPRISE, STEP_BAD, .guard = in_time, .effect = take_back },
    { "withdraw", N_("Withdraw"), "draft|sent", "withdrawn", ENTERPRISE, ROWS_OWN, QUOTE_ENTERPRISE, STEP_BAD, .effect = withdraw, .tell = BUYER | ENTERPRISE,
      .told = N_("{1}: the quote was withdrawn.") },
    { "choose", N_("Choose"), "sent", "chosen", 0, .is = STEP_AUTO },
    { "leave", N_("Not chosen"), "draft|sent", "not_chosen", 0, .is = STEP_AUTO },
};
static const struct workflow flow = { QUOTE_STATE, -1, STEPS(steps) };

const struct entity quote = {
    .name = "quote", .path = "quotes", .one = N_("Quote"), .many = N_("Quotes"), .shelf = N_("Linkage"), FIELDS(fields), .title = QUOTE_NAME, .id_prefix = "BG",
    .rights = rights, .workflow = &flow, .check = check, .compute = compute,
    .about = N_("What suppliers offered for a demand: price, minimum order, tooling, time and terms."),
};
