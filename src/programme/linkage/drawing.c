/*
 * drawing.c - drawings in confidence (C11): who opened which, when.  A drawing's file is the buyer's and the office's own field; a
 * supplier gets at it here alone, for its own invitation, after it agreed to keep it confidential, as long as the buyer lets it.
 */
#include "programme/linkage/inside.h"

static const struct field fields[] = {
    [OPENED_TITLE] = { "title", N_("Drawing"), &text_type, PUBLIC | LISTED, .max = 200 },
    [OPENED_DEMAND] = { "demand", N_("Demand"), &reference_type, PUBLIC | LISTED | INDEXED, .to = &demand },
    [OPENED_DRAWING] = { "drawing", N_("Number of the drawing"), &integer_type, INTERNAL },
    [OPENED_INVITATION] = { "invitation", N_("Invitation"), &reference_type, OWNER, .to = &invitation },
    [OPENED_ENTERPRISE] = { "enterprise", N_("Supplier"), &reference_type, PUBLIC | LISTED, .to = &enterprise },
    [OPENED_BUYER_ACCOUNT] = { "buyer_account", N_("Account of the buyer"), &account_type, INTERNAL | INDEXED },
    [OPENED_READER] = { "reader", N_("Opened by"), &account_type, OWNER | LISTED },
    [OPENED_ON] = { "opened_on", N_("Opened on"), &date_type, PUBLIC | LISTED | HAPPENED },
};
_Static_assert(COUNT(fields) == OPENED_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { BUYER | ENTERPRISE, MAY_READ, OWN_FIELDS, ROWS_MINE, OPENED_BUYER_ACCOUNT },
    { OFFICER | ADMIN,    MAY_READ, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

const struct entity drawing_opened = {
    .name = "drawing_opened", .path = "drawings-opened", .one = N_("Drawing opened"), .many = N_("Drawings opened"), .shelf = N_("Linkage"), FIELDS(fields), .title = OPENED_TITLE,
    .rights = rights, .about = N_("Which supplier opened which drawing of a demand, and when."),
};

/* ---- opening ------------------------------------------------------------------------------------------- */

/* Why it may not: the first thing that is missing. */
static Message closed(const struct work *w, const struct record *r, const struct record *of)
{
    if (!v_is(r->v[INVITATION_CONFIDENTIAL_AT])) return MSG(N_("First agree to keep the drawings confidential."));
    if (!buyer_knows(r, of)) return MSG(N_("The buyer has not admitted you to this demand."));
    return MSG(N_("The time in which you could open the drawings is over. Ask the buyer for more."));
}

static enum err log_opening(struct work *w, const struct record *r, const struct record *one)
{
    struct record *log = record_make(w->a, &drawing_opened);
    bool changed;
    log->v[OPENED_TITLE] = one->v[DRAWING_TITLE];
    log->v[OPENED_DEMAND] = r->v[INVITATION_DEMAND];
    log->v[OPENED_DRAWING] = v_int(one->id);
    log->v[OPENED_INVITATION] = v_int(r->id);
    log->v[OPENED_ENTERPRISE] = r->v[INVITATION_ENTERPRISE];
    log->v[OPENED_BUYER_ACCOUNT] = r->v[INVITATION_BUYER_ACCOUNT];
    log->v[OPENED_READER] = v_int(w->actor.account);
    log->v[OPENED_ON] = v_text(date_iso(w->a, w->today));
    return record_save(w, NULL, log, &changed);
}

enum err drawing_for(struct work *w, int64_t invitation_id, int64_t drawing_id, Str *file, Message *why)
{
    struct record *r, *of;
    *why = MSG(N_("This invitation is not yours."));
    TRY(record_load(w, &invitation, invitation_id, &r));
    if (!(w->actor.roles & ENTERPRISE) || !w->actor.account || !among_rows(w, r, ROWS_OWN, INVITATION_ENTERPRISE)) return ERR_DENIED;
    TRY(record_load(w, &demand, v_i64(r->v[INVITATION_DEMAND]), &of));
    if (!drawings_open(w, r, of)) return *why = closed(w, r, of), ERR_DENIED;
    const struct record *one = child_with_id(&of->children[DEMAND_DRAWINGS], drawing_id);
    if (!one) return ERR_MISSING;
    *why = NO_MESSAGE;
    *file = v_str(one->v[DRAWING_FILE]);
    return log_opening(w, r, one);
}
