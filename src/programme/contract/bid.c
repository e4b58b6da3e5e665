/*
 * bid.c - a unit's proposal.  Sealed: until the council opens it nobody but its maker reads it, neither officers nor whoever runs the program, by whatever
 * page, file or command (entity.confidential; its rights name everybody else by what is published, and that is what was opened).
 */
#include "programme/contract/inside.h"

static const struct choice states[] = {
    { "draft",       N_("Being written") },
    { "sent",        N_("Sent, sealed") },
    { "opened",      N_("Opened") },
    { "awarded",     N_("Chosen"),     .done = true },
    { "not_awarded", N_("Not chosen"), .done = true },
    { "withdrawn",   N_("Withdrawn"),  .done = true },
    { NULL },
};

static const struct field fields[] = {
    [BID_NAME] = { "name", N_("Unit and call"), &text_type, PUBLIC | LISTED, .max = 700, .writers = SYSTEM },
    [BID_CALL] = { "call", N_("Call for proposals"), &reference_type, REQUIRED | PUBLIC | FIXED | INDEXED, .to = &call },
    [BID_PROVIDER] = { "provider", N_("Implementing unit"), &reference_type, PUBLIC | INDEXED, .to = &provider, .writers = SYSTEM },
    [BID_ACCOUNT] = { "account", N_("Account"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [BID_PRICE] = { "price", N_("Price"), &money_type, REQUIRED | PUBLIC | LISTED, .least = 1, .most = MONEY_MOST, .help = N_("For the whole, in đồng, with all taxes.") },
    [BID_TEXT] = { "text", N_("How the task will be carried out"), &long_text_type, REQUIRED | PUBLIC, .max = 20000, .help = N_("Steps, time, people and experience.") },
    [BID_FILE] = { "file", N_("Proposal as a document"), &file_type, PUBLIC },
    [BID_SENT_ON] = { "sent_on", N_("Sent on"), &date_type, PUBLIC | LISTED, .writers = SYSTEM },
    [BID_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == BID_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,                                      MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, BID_ACCOUNT },
    { OFFICER | FINANCE | LEADER | REVIEWER | ADMIN, MAY_READ,                           ALL_FIELDS, ROWS_PUBLISHED },
    { 0 },
};

static bool published(const struct record *r) { return in_state(r, "opened") || in_state(r, "awarded") || in_state(r, "not_awarded"); }

static const struct step steps[] = {
    { "send", N_("Send, sealed"), "draft", "sent", PROVIDER, ROWS_MINE, BID_ACCOUNT },
    { "revise", N_("Take back to change"), "sent", "draft", PROVIDER, ROWS_MINE, BID_ACCOUNT, STEP_BAD },
    { "withdraw", N_("Withdraw"), "draft|sent", "withdrawn", PROVIDER, ROWS_MINE, BID_ACCOUNT, STEP_BAD },
    { "open", N_("Open"), "sent", "opened", 0, .is = STEP_AUTO, .tell = PROVIDER, .told = N_("{1}: the council has opened your proposal.") },
    { "award", N_("Choose"), "opened", "awarded", 0, .is = STEP_AUTO, .tell = PROVIDER, .told = N_("{1}: your proposal was chosen.") },
    { "refuse", N_("Not chosen"), "opened", "not_awarded", 0, .is = STEP_AUTO, .tell = PROVIDER,
      .told = N_("{1}: another proposal was chosen, or none. Thank you for taking part.") },
    { "return", N_("Return unopened"), "draft|sent", "withdrawn", 0, .is = STEP_AUTO, .tell = PROVIDER, .told = N_("{1}: the call has ended; your proposal was not opened.") },
};
static const struct workflow flow = { BID_STATE, -1, STEPS(steps) };

const struct entity bid = {
    .name = "bid", .path = "bids", .one = N_("Proposal"), .many = N_("Proposals"), .shelf = N_("Contracts"), FIELDS(fields), .title = BID_NAME, .id_prefix = "HS",
    .rights = rights, .workflow = &flow, .confidential = true, .published = published,
    .about = N_("What units offered in a call; sealed until the council opened it."),
};
