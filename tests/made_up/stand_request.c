/* stand_request.c - a company asks for a stand at a trade fair: a workflow with deadlines, in one file. */
#include "made_up/made_up.h"

static const struct choice states[] = {
    { "draft", N_("Being written") }, { "sent", N_("Sent"), .days = 5 }, { "asked", N_("Something is missing"), .days = 10 },
    { "accepted", N_("Accepted"), .done = true }, { "refused", N_("Refused"), .done = true }, { NULL } };
static const struct field fields[] = {
    [REQUEST_FAIR] = { "fair", N_("Trade fair"), &reference_type, REQUIRED | PUBLIC | LISTED, .to = &fair },
    [REQUEST_COMPANY] = { "company", N_("Company"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED, .max = 200, .weight = 8 },
    [REQUEST_AREA] = { "area", N_("Area"), &number_type, PUBLIC | LISTED, .least = 0, .most = 500, .unit = "m²" },
    [REQUEST_NUMBER] = { "number", N_("Stand"), &text_type, PUBLIC | LISTED, .max = 10, .writers = OFFICER },
    [REQUEST_ACCOUNT] = { "account", N_("Asked by"), &account_type, FIXED | INDEXED },
    [REQUEST_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED | FACET, .choices = states },
    [REQUEST_DUE] = { "due", N_("Deadline"), &date_type, PUBLIC | LISTED | STEPPED } };
static const struct right rights[] = {
    { ENTERPRISE, MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, REQUEST_ACCOUNT },
    { LEADER, MAY_READ, ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN, MAY_ALL, ALL_FIELDS, ROWS_ALL }, { 0 } };

static Message has_area(const struct work *w, const struct record *r)
{
    return v_is(r->v[REQUEST_AREA]) ? NO_MESSAGE : MSG(N_("Say first how large the stand is to be."));
}
static Message has_number(const struct work *w, const struct record *r)
{
    return v_is(r->v[REQUEST_NUMBER]) ? NO_MESSAGE : MSG(N_("Give the stand its number first."));
}
static enum err give_stand(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    struct record *before;
    bool changed;
    TRY(record_load(w, &fair, v_i64(now->v[REQUEST_FAIR]), &before));
    struct record *after = record_copy(w->a, before), *given = record_add(w->a, after, field_index(&fair, S("stands")));
    given->v[0] = now->v[REQUEST_NUMBER], given->v[1] = now->v[REQUEST_AREA];
    return record_save(w, before, after, &changed);
}
#define MINE ENTERPRISE, ROWS_MINE, REQUEST_ACCOUNT
static const struct step steps[] = {
    { "send", N_("Send"), "draft", "sent", MINE, .guard = has_area, .tell = OFFICER },
    { "ask", N_("Ask for what is missing"), "sent", "asked", OFFICER, .is = STEP_NOTE, .tell = ENTERPRISE },
    { "answer", N_("Answer"), "asked", "sent", MINE, .tell = OFFICER },
    { "accept", N_("Accept"), "sent", "accepted", OFFICER, .guard = has_number, .effect = give_stand, .tell = ENTERPRISE,
      .told = N_("{1} has its stand.") },
    { "refuse", N_("Refuse"), "sent|asked", "refused", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = ENTERPRISE },
    { "withdraw", N_("Withdraw"), "draft|sent|asked", "refused", MINE, .is = STEP_BAD, .tell = OFFICER },
    { "reopen", N_("Look at it again"), "refused", "sent", ADMIN, .is = STEP_NOTE, .tell = ENTERPRISE | OFFICER } };
static const struct workflow flow = { REQUEST_STATE, REQUEST_DUE, STEPS(steps) };
const struct entity stand_request = { .name = "stand_request", .path = "stand-requests", .one = N_("Request for a stand"),
    .many = N_("Requests for stands"), FIELDS(fields), .title = REQUEST_COMPANY, .id_prefix = "YC", .rights = rights, .workflow = &flow };
