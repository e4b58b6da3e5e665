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
    [BID_SENT_ON] = { "sent_on", N_("Sent on"), &date_type, PUBLIC | LISTED | HAPPENED, .writers = SYSTEM },
    [BID_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == BID_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,                           MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, BID_ACCOUNT },
    { REVIEWER,                           MAY_READ,                           ALL_FIELDS, ROWS_SEATS, BID_CALL },       /* of the council that opened it */
    { OFFICER | FINANCE | LEADER | ADMIN, MAY_READ,                           ALL_FIELDS, ROWS_PUBLISHED },
    { 0 },
};

static bool published(const struct record *r) { return in_state(r, "opened") || in_state(r, "awarded") || in_state(r, "not_awarded"); }

/* ---- what may be saved ------------------------------------------------------------------------------ */

static bool has_another(const struct work *w, const struct record *r, const struct record *unit)
{
    struct work reading = *w;
    int64_t n = 0;
    return !db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM bid WHERE call = $1 AND provider = $2 AND id <> $3 AND state <> 'withdrawn'"),
                       ARGS(r->v[BID_CALL], v_int(unit->id), v_int(r->id)), &n) && n;
}

static Message in_time(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, BID_CALL, &call);
    if (!of || !in_state(of, "open")) return MSG(N_("The call is not open for proposals."));
    return is_past(w, of->v[CALL_CLOSES_ON]) ? MSG(N_("The last day for proposals was {1}; it has passed."), day_shown(w, of->v[CALL_CLOSES_ON])) : NO_MESSAGE;
}

static const int nothing_free[] = { BID_STATE, -1 };
static const struct standing standing[] = { { "sent|opened|awarded|not_awarded|withdrawn", nothing_free }, { NULL } };

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *of = named(w, r, BID_CALL, &call), *unit = own_provider(w);
    Message m = stands_as_sent(w, standing, r, N_("The proposal is in the state “{1}” and stands as it is. Take it back to change it, as long as the call is open."), field);
    if (m.id) return m;
    *field = BID_CALL;
    if (!unit) return MSG(N_("Your account is not yet that of an implementing unit. Ask the office to enter it."));
    if (!of || !call_invites(of, unit)) return MSG(N_("There is no such call that you may answer."));
    if (has_another(w, r, unit)) return MSG(N_("You have a proposal for this call already: change that one, or withdraw it first."));
    return in_time(w, r);
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *of = r->id ? NULL : named(w, r, BID_CALL, &call), *unit = of ? own_provider(w) : NULL;
    if (!unit) return;
    r->v[BID_PROVIDER] = v_int(unit->id);
    r->v[BID_NAME] = v_text(str_f(w->a, "%.*s: %.*s", FMT(v_str(unit->v[PROVIDER_NAME])), FMT(v_str(of->v[CALL_TITLE_VI]))));
}

static enum err follow(struct work *w, const struct record *was, const struct record *now) { return stood_as_sent(w, standing, was, now); }

/* ---- its way ------------------------------------------------------------------------------------------ */

static enum err send(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[BID_SENT_ON] = v_today(w);
    return OK;
}

static enum err take_back(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[BID_SENT_ON] = v_null();
    return OK;
}

static const struct step steps[] = {
    { "send", N_("Send, sealed"), "draft", "sent", PROVIDER, ROWS_MINE, BID_ACCOUNT, .guard = in_time, .effect = send },
    { "revise", N_("Take back to change"), "sent", "draft", PROVIDER, ROWS_MINE, BID_ACCOUNT, STEP_BAD, .guard = in_time, .effect = take_back },
    { "withdraw", N_("Withdraw"), "draft|sent", "withdrawn", PROVIDER, ROWS_MINE, BID_ACCOUNT, STEP_BAD, .guard = in_time },
    { "open", N_("Open"), "sent", "opened", 0, .is = STEP_AUTO, .tell = PROVIDER, .told = N_("{1}: the council has opened your proposal.") },
    { "award", N_("Choose"), "opened", "awarded", 0, .is = STEP_AUTO, .tell = PROVIDER, .told = N_("{1}: your proposal was chosen.") },
    { "refuse", N_("Not chosen"), "opened", "not_awarded", 0, .is = STEP_AUTO, .tell = PROVIDER,
      .told = N_("{1}: another proposal was chosen, or none. Thank you for taking part.") },
    { "return", N_("Return unopened"), "draft|sent", "withdrawn", 0, .is = STEP_AUTO, .tell = PROVIDER, .told = N_("{1}: the call has ended; your proposal was not opened.") },
};
static const struct workflow flow = { BID_STATE, -1, STEPS(steps) };

const struct entity bid = {
    .name = "bid", .path = "bids", .one = N_("Proposal"), .many = N_("Proposals"), .shelf = N_("Contracts"), FIELDS(fields), .title = BID_NAME, .id_prefix = "HS",
    .rights = rights, .workflow = &flow, .confidential = true, .check = check, .compute = compute, .published = published, .follow = follow,
    .about = N_("What units offered in a call; sealed until the council opened it."),
};
