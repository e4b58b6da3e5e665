/*
 * claim.c - an account asks to be the enterprise's own (A06): of one in the register, or of one that is not there yet.  An
 * officer compares the papers with what is known, and decides.
 *
 * Accepting makes the enterprise the organisation of the account, in the same transaction; its roles stay.  Where the register has no such
 * enterprise it is entered first, unless its tax code has come in meanwhile.  An enterprise that another active account works
 * for takes a note that says why this one may too.
 */
#include "programme/filing.h"

#include "model/check.h"
#include "model/people/account.h"

static const struct choice states[] = {
    { "submitted", N_("Submitted"),        .days = 3 },
    { "returned",  N_("Waiting for more"), .days = 10 },
    { "accepted",  N_("Accepted"),         .done = true },
    { "refused",   N_("Refused"),          .done = true },
    { "withdrawn", N_("Withdrawn"),        .done = true },
    { NULL },
};

static const struct field fields[] = {
    [CLAIM_ENTERPRISE] = { "enterprise", N_("Profile in the register"), &reference_type, OWNER | LISTED, .to = &enterprise, .section = N_("The enterprise"),
        .help = N_("The number on the profile, as DN-000421-6. Empty if the enterprise is not in the register yet.") },
    [CLAIM_NAME] = { "name", N_("Name of the enterprise"), &text_type, OWNER | LISTED, .max = 300,
        .help = N_("Only where it is not in the register yet; else it is taken from there.") },
    [CLAIM_TAX_CODE] = { "tax_code", N_("Tax code"), &tax_code_type, OWNER | LISTED, .help = N_("10 digits, or 13 for a branch; checked by its check digit.") },
    [CLAIM_WARD] = { "ward", N_("Ward or commune"), &code_type, OWNER, .list = "ward" },
    [CLAIM_POSITION] = { "position", N_("Your position there"), &text_type, REQUIRED | OWNER, .max = 200, .writers = ENTERPRISE | BUYER, .section = N_("Who asks") },
    [CLAIM_EVIDENCE] = { "evidence", N_("Registration certificate or letter of authorisation"), &file_type, OWNER, .writers = ENTERPRISE | BUYER,
        .help = N_("A PDF or a picture. Without it, an officer will ask for the paper itself.") },
    [CLAIM_NOTE] = { "note", N_("Note"), &long_text_type, OWNER, .max = 2000, .writers = ENTERPRISE | BUYER },
    [CLAIM_ACCOUNT] = { "account", N_("Account"), &account_type, OWNER | LISTED | INDEXED, .writers = SYSTEM },
    [CLAIM_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [CLAIM_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == CLAIM_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE | BUYER, MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, CLAIM_ACCOUNT },
    { OFFICER,            MAY_READ | MAY_CHANGE,              ALL_FIELDS, ROWS_ALL },
    { ADMIN | LEADER,     MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what may be filed ------------------------------------------------------------------------- */

static int64_t with_tax_code(const struct work *w, Val code)
{
    struct work reading = *w;
    int64_t id = 0;
    return v_is(code) && !record_find(&reading, &enterprise, ENTERPRISE_TAX_CODE, code, &id) ? id : 0;
}

/* The profile that has the tax code, as far as the claimant may know of it. */
static const struct record *known_by_tax_code(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    struct record *e;
    int64_t id = with_tax_code(w, r->v[CLAIM_TAX_CODE]);
    return id && !record_load(&reading, &enterprise, id, &e) && record_visible(w, e) ? e : NULL;
}

static Message check_new(const struct work *w, const struct record *r, int *field)
{
    const struct record *known = known_by_tax_code(w, r);
    *field = CLAIM_TAX_CODE;
    if (known)
        return MSG(N_("An enterprise with this tax code is in the register already: {1}. Put that number under “Profile in the register”."),
                   public_id(w->a, &enterprise, known->id));
    if (!v_is(r->v[CLAIM_TAX_CODE])) return MSG(N_("Write the tax code of the enterprise, or the number of its profile."));
    *field = CLAIM_NAME;
    if (!v_is(r->v[CLAIM_NAME])) return MSG(N_("Write the name of the enterprise as its registration certificate has it."));
    return NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    if (!v_is(r->v[CLAIM_ENTERPRISE])) return check_new(w, r, field);
    const struct record *e = enterprise_named(w, r, CLAIM_ENTERPRISE);
    *field = CLAIM_ENTERPRISE;
    return e && record_visible(w, e) ? NO_MESSAGE : MSG(N_("There is no profile with this number in the register."));
}

static void compute(const struct work *w, struct record *r) { name_after_enterprise(w, r, CLAIM_NAME, CLAIM_ENTERPRISE); }

/* ---- accepting --------------------------------------------------------------------------------- */

static enum err enter_enterprise(struct work *w, const struct record *claim_of, int64_t *id)
{
    struct record *fresh = record_make(w->a, &enterprise);
    bool changed;
    fresh->v[ENTERPRISE_NAME_VI] = claim_of->v[CLAIM_NAME];
    fresh->v[ENTERPRISE_TAX_CODE] = claim_of->v[CLAIM_TAX_CODE];
    fresh->v[ENTERPRISE_WARD] = claim_of->v[CLAIM_WARD];
    TRY(record_save(w, NULL, fresh, &changed));
    *id = fresh->id;
    return OK;
}

static enum err held_by_another(struct work *w, int64_t id, int64_t account, Str *who)
{
    struct records holders;
    TRY(accounts_of(w, id, &holders));
    *who = (Str){ 0 };
    for (size_t i = 0; i < holders.n; i++)
        if (holders.p[i]->id != account) *who = v_str(holders.p[i]->v[ACCOUNT_EMAIL]);
    return OK;
}

static enum err hand_over(struct work *w, int64_t account, int64_t id, Message *why)
{
    struct record *was;
    bool changed;
    enum err e = record_load(w, &account_entity, account, &was);
    if (e == ERR_MISSING || (!e && !account_active(was)))
        return *why = MSG(N_("The account that claims this is not active any more. Refuse the claim.")), ERR_INVALID;
    TRY(e);
    struct record *now = record_copy(w->a, was);
    now->v[ACCOUNT_ORGANISATION] = v_int(id);
    return record_save(w, was, now, &changed);
}

static enum err accept(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    int64_t id = v_i64(now->v[CLAIM_ENTERPRISE]), account = v_i64(now->v[CLAIM_ACCOUNT]);
    Str holder;
    if (!id) id = with_tax_code(w, now->v[CLAIM_TAX_CODE]);
    if (!id) TRY(enter_enterprise(w, now, &id));
    TRY(held_by_another(w, id, account, &holder));
    if (holder.n && !note.n)
        return *why = MSG(N_("The account {1} works for this enterprise already. Write in the note why this one may too, or refuse the claim."),
                          holder), ERR_INVALID;
    now->v[CLAIM_ENTERPRISE] = v_int(id);
    return hand_over(w, account, id, why);
}

static const struct step steps[] = {
    { "ask", N_("Ask for more"), "submitted", "returned", OFFICER, .is = STEP_NOTE, .tell = ENTERPRISE | BUYER,
      .told = N_("Your claim of {1} needs something more.") },
    { "answer", N_("Send again"), "returned", "submitted", ENTERPRISE | BUYER, ROWS_MINE, CLAIM_ACCOUNT, .tell = OFFICER,
      .told = N_("The claim of {1} was completed and waits for you.") },
    { "accept", N_("Accept"), "submitted", "accepted", OFFICER, .effect = accept, .tell = ENTERPRISE | BUYER,
      .told = N_("Your claim was accepted: the profile of {1} is yours to keep up to date.") },
    { "refuse", N_("Refuse"), "submitted|returned", "refused", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = ENTERPRISE | BUYER,
      .told = N_("Your claim of {1} was refused.") },
    { "withdraw", N_("Withdraw"), "submitted|returned", "withdrawn", ENTERPRISE | BUYER, ROWS_MINE, CLAIM_ACCOUNT, STEP_BAD },
};
static const struct workflow flow = { CLAIM_STATE, CLAIM_DUE, STEPS(steps) };

const struct entity claim = {
    .name = "claim", .path = "claims", .one = N_("Claim of a profile"), .many = N_("Claims of profiles"), .shelf = N_("Register"), FIELDS(fields),
    .title = CLAIM_NAME, .id_prefix = "NH", .rights = rights, .workflow = &flow, .check = check, .compute = compute,
    .about = N_("Accounts that ask to keep the profile of their enterprise, and what was decided."),
};
