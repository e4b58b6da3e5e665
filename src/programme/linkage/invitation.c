/*
 * invitation.c - the bond between one supplier and one demand, and all the supplier sees of the demand beyond what the public does.
 *
 * The buyer or an officer invites; or a supplier answers a published demand and waits to be admitted.  The buyer that invites by itself
 * has accepted the supplier with that; whom an officer found, or who came, an unnamed buyer admits first (C12).
 */
#include "programme/linkage/inside.h"

static const struct choice origins[] = {
    { "buyer", N_("Invited by the buyer") }, { "officer", N_("Invited by the office") }, { "supplier", N_("Came by itself") }, { NULL },
};
static const struct choice states[] = {
    { "invited",    N_("Invited"),          .days = 5 },
    { "interested", N_("Waits for the buyer"), .days = 5 },
    { "admitted",   N_("Takes part") },
    { "quoted",     N_("Has sent a quote") },
    { "chosen",     N_("Chosen"),           .done = true },
    { "not_chosen", N_("Not chosen"),       .done = true },
    { "declined",   N_("Declined"),         .done = true },
    { "refused",    N_("Not admitted"),     .done = true },
    { NULL },
};

static const struct field fields[] = {
    [INVITATION_NAME] = { "name", N_("Supplier and demand"), &text_type, PUBLIC | LISTED, .max = 600, .writers = SYSTEM },
    [INVITATION_DEMAND] = { "demand", N_("Demand"), &reference_type, REQUIRED | PUBLIC | FIXED | INDEXED, .to = &demand },
    [INVITATION_ENTERPRISE] = { "enterprise", N_("Supplier"), &reference_type, REQUIRED | PUBLIC | FIXED | INDEXED, .to = &enterprise },
    [INVITATION_BUYER_ACCOUNT] = { "buyer_account", N_("Account of the buyer"), &account_type, INTERNAL | INDEXED },
    [INVITATION_FROM] = { "origin", N_("How they came together"), &choice_type, PUBLIC | LISTED, .choices = origins, .writers = SYSTEM },
    [INVITATION_POINTS] = { "points", N_("Points of 100"), &integer_type, PUBLIC | LISTED, .least = 0, .most = 100, .writers = SYSTEM,
        .help = N_("How well the supplier fitted the demand on the day it was invited.") },
    [INVITATION_MESSAGE] = { "message", N_("Message to the supplier"), &long_text_type, OWNER | FIXED, .max = 2000 },
    [INVITATION_REASON] = { "reason", N_("Reason"), &long_text_type, OWNER, .max = NOTE_MOST, .writers = SYSTEM },
    [INVITATION_CONFIDENTIAL_AT] = { "confidential_on", N_("Agreed to confidentiality on"), &date_type, PUBLIC | LISTED | HAPPENED, .writers = SYSTEM },
    [INVITATION_CONFIDENTIAL_BY] = { "confidential_by", N_("Agreed by"), &account_type, OWNER, .writers = SYSTEM },
    [INVITATION_DRAWINGS_UNTIL] = { "drawings_until", N_("Drawings open until"), &date_type, OWNER, .side = INVITATION_BUYER_ACCOUNT },
    [INVITATION_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [INVITATION_DUE] = { "due", N_("Due on"), &date_type, PUBLIC | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == INVITATION_FIELD_COUNT, "every field has a row");

/* PUBLIC: what staff that does not work on it reads; OWNER: what both sides read. */
static const struct right rights[] = {
    { ENTERPRISE,               MAY_READ,              OWN_FIELDS,    ROWS_OWN,  INVITATION_ENTERPRISE },
    { BUYER | ENTERPRISE,       MAY_READ | MAY_CHANGE, OWN_FIELDS,    ROWS_MINE, INVITATION_BUYER_ACCOUNT },
    { FINANCE | AGENCY | LEADER, MAY_READ,             PUBLIC_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,          MAY_READ | MAY_CHANGE, ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

/* ---- its way ----------------------------------------------------------------------------------------- */

static Message demand_is_open(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, INVITATION_DEMAND, &demand);
    return of && str_is(v_str(of->v[DEMAND_STATE]), "open") ? NO_MESSAGE : MSG(N_("The demand is not open."));
}

static Message may_accept(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, INVITATION_DEMAND, &demand);
    if (of && buyer_decides(r, of)) return MSG(N_("The buyer wants to know of your interest first."));
    return demand_is_open(w, r);
}

static Message may_be_interested(const struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, INVITATION_DEMAND, &demand);
    if (of && !buyer_decides(r, of)) return MSG(N_("The buyer has invited you: accept, and you take part."));
    return demand_is_open(w, r);
}

static enum err keep_reason(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    if (note.n) now->v[INVITATION_REASON] = v_text(note);
    return OK;
}

#define OWNERS (BUYER | ENTERPRISE | OFFICER)
static const struct step steps[] = {
    { "accept", N_("Take part"), "invited", "admitted", ENTERPRISE, ROWS_OWN, INVITATION_ENTERPRISE, .guard = may_accept, .tell = BUYER | ENTERPRISE,
      .told = N_("{1}: the supplier takes part.") },
    { "interest", N_("Say that you are interested"), "invited", "interested", ENTERPRISE, ROWS_OWN, INVITATION_ENTERPRISE, .guard = may_be_interested,
      .tell = BUYER | ENTERPRISE | OFFICER, .told = N_("{1}: the supplier is interested and waits to be admitted.") },
    { "admit", N_("Admit"), "interested", "admitted", OWNERS, ROWS_MINE, INVITATION_BUYER_ACCOUNT, .guard = demand_is_open, .tell = BUYER | ENTERPRISE,
      .told = N_("{1}: the buyer has admitted the supplier.") },
    { "refuse", N_("Do not admit"), "interested", "refused", OWNERS, ROWS_MINE, INVITATION_BUYER_ACCOUNT, STEP_NOTE | STEP_BAD, .effect = keep_reason,
      .tell = BUYER | ENTERPRISE, .told = N_("{1}: the buyer has not admitted the supplier.") },
    { "decline", N_("Decline"), "invited|interested|admitted", "declined", ENTERPRISE, ROWS_OWN, INVITATION_ENTERPRISE, STEP_BAD, .effect = keep_reason,
      .tell = BUYER | ENTERPRISE, .told = N_("{1}: the supplier has declined.") },
    { "quote", N_("Quote sent"), "admitted", "quoted", 0, .is = STEP_AUTO },
    { "unquote", N_("Quote taken back"), "quoted", "admitted", 0, .is = STEP_AUTO },
    { "choose", N_("Choose"), "quoted", "chosen", 0, .is = STEP_AUTO },
    { "leave", N_("Not chosen"), "invited|interested|admitted|quoted", "not_chosen", 0, .is = STEP_AUTO, .tell = ENTERPRISE,
      .told = N_("{1}: the demand has ended, and you were not chosen. Thank you for taking part.") },
};
static const struct workflow flow = { INVITATION_STATE, INVITATION_DUE, STEPS(steps) };

const struct entity invitation = {
    .name = "invitation", .path = "invitations", .one = N_("Invitation of a supplier"), .many = N_("Invitations of suppliers"), .shelf = N_("Linkage"), FIELDS(fields),
    .title = INVITATION_NAME, .id_prefix = "LI", .rights = rights, .workflow = &flow,
    .about = N_("Which supplier was invited to which demand or answered it, and how far it has come."),
};
