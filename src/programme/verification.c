/*
 * verification.c - the ward looks on site whether an enterprise is where it says and makes what it says.  The department, the
 * ward itself or the enterprise asks for it; within seven working days the ward goes there, writes what it found and says so.
 *
 * Found there, with or without differences: the enterprise is marked as verified that day.  Not found: the mark goes.  The ward is the
 * enterprise's when it was asked for, and stays it.
 */
#include "programme/filing.h"

static const struct choice states[] = {
    { "requested",   N_("Requested"),                  .days = 7 },
    { "confirmed",   N_("Confirmed"),                  .done = true },
    { "differences", N_("Confirmed with differences"), .done = true },
    { "not_found",   N_("Not found"),                  .done = true },
    { "cancelled",   N_("Cancelled"),                  .done = true },
    { NULL },
};

static const struct field fields[] = {
    [VERIFICATION_NAME] = { "name", N_("Name of the enterprise"), &text_type, PUBLIC | LISTED, .max = 300, .writers = SYSTEM },
    [VERIFICATION_ENTERPRISE] = { "enterprise", N_("Enterprise"), &reference_type, REQUIRED | PUBLIC | LISTED | FIXED, .to = &enterprise,
        .help = N_("The number of its profile, as DN-000421-6.") },
    [VERIFICATION_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | INDEXED, .list = "ward", .writers = SYSTEM },
    [VERIFICATION_REASON] = { "reason", N_("Why it is asked for"), &long_text_type, PUBLIC, .max = 2000 },
    [VERIFICATION_VISITED_ON] = { "visited_on", N_("Visited on"), &date_type, PUBLIC | LISTED | HAPPENED, .writers = WARD | OFFICER,
        .section = N_("What was found on site") },
    [VERIFICATION_AT_ADDRESS] = { "at_address", N_("It is at its address"), &boolean_type, PUBLIC, .writers = WARD | OFFICER },
    [VERIFICATION_PRODUCES] = { "produces", N_("It makes what its profile lists"), &boolean_type, PUBLIC, .writers = WARD | OFFICER },
    [VERIFICATION_EMPLOYEES] = { "employees", N_("Employees seen or stated"), &integer_type, PUBLIC, .least = 0, .most = 1e6, .writers = WARD | OFFICER },
    [VERIFICATION_FOUND] = { "found", N_("What differs from the profile"), &long_text_type, PUBLIC, .max = 4000, .writers = WARD | OFFICER },
    [VERIFICATION_EVIDENCE] = { "evidence", N_("Minutes or photograph"), &file_type, OWNER, .writers = WARD | OFFICER },
    [VERIFICATION_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [VERIFICATION_DUE] = { "due", N_("Due on"), &date_type, PUBLIC | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == VERIFICATION_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE,                        MAY_READ | MAY_CREATE,              OWN_FIELDS,    ROWS_OWN,  VERIFICATION_ENTERPRISE },
    { WARD,                              MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS,    ROWS_WARD, VERIFICATION_WARD },
    { OFFICER,                           MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS,    ROWS_ALL },
    { FINANCE | AGENCY | LEADER | ADMIN, MAY_READ,                           PUBLIC_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what may be asked for ------------------------------------------------------------------------ */

static bool is_asked_for(const struct work *w, int64_t enterprise_id)
{
    struct work reading = *w;
    int64_t n = 0;
    return !db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM verification WHERE enterprise = $1 AND state = $2"),
                       ARGS(v_int(enterprise_id), v_text(S("requested"))), &n) && n;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *e = enterprise_named(w, r, VERIFICATION_ENTERPRISE);
    *field = VERIFICATION_ENTERPRISE;
    if (!e || !record_visible(w, e)) return MSG(N_("There is no profile with this number in the register."));
    if (!r->id) {
        if (!(reach_of(w, e).may & (MAY_CHANGE | MAY_PROPOSE))) return MSG(N_("This enterprise is neither yours nor in your ward or commune."));
        if (!v_is(e->v[ENTERPRISE_WARD])) return MSG(N_("The profile names no ward or commune that could verify it. Enter it there first."));
        if (is_asked_for(w, e->id)) return MSG(N_("A verification of this enterprise has been asked for already."));
    }
    return NO_MESSAGE;
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *e = r->id ? NULL : enterprise_named(w, r, VERIFICATION_ENTERPRISE);
    name_after_enterprise(w, r, VERIFICATION_NAME, VERIFICATION_ENTERPRISE);
    if (e) r->v[VERIFICATION_WARD] = e->v[ENTERPRISE_WARD];
}

/* ---- what the ward says ----------------------------------------------------------------------------- */

static Message was_visited(const struct work *w, const struct record *r)
{
    return v_is(r->v[VERIFICATION_VISITED_ON]) ? NO_MESSAGE : MSG(N_("First enter the day of the visit and what was found."));
}

static Message all_agrees(const struct work *w, const struct record *r)
{
    Message m = was_visited(w, r);
    if (m.id || (v_i64(r->v[VERIFICATION_AT_ADDRESS]) && v_i64(r->v[VERIFICATION_PRODUCES]))) return m;
    return MSG(N_("It was not found both at its address and making what it lists; choose another result."));
}

static Message differences_written(const struct work *w, const struct record *r)
{
    Message m = was_visited(w, r);
    return m.id || v_is(r->v[VERIFICATION_FOUND]) ? m : MSG(N_("First write what differs from the profile."));
}

static enum err mark(struct work *w, const struct record *verification_of, bool found)
{
    const struct record *was = enterprise_named(w, verification_of, VERIFICATION_ENTERPRISE);
    bool changed;
    if (!was) return OK;
    struct record *now = record_copy(w->a, was);
    now->v[ENTERPRISE_VERIFIED_ON] = found ? verification_of->v[VERIFICATION_VISITED_ON] : v_null();
    now->v[ENTERPRISE_VERIFIED_BY] = found ? verification_of->v[VERIFICATION_WARD] : v_null();
    return record_save(w, was, now, &changed);
}

static enum err verified(struct work *w, const struct record *was, struct record *now, Str note, Message *why) { return mark(w, now, true); }
static enum err not_found(struct work *w, const struct record *was, struct record *now, Str note, Message *why) { return mark(w, now, false); }

static const struct step steps[] = {
    { "confirm", N_("Confirm"), "requested", "confirmed", WARD | OFFICER, .guard = all_agrees, .effect = verified, .tell = OFFICER | ENTERPRISE,
      .told = N_("{1} was verified on site.") },
    { "differ", N_("Confirm with differences"), "requested", "differences", WARD | OFFICER, .guard = differences_written, .effect = verified,
      .tell = OFFICER | ENTERPRISE, .told = N_("{1} was verified on site; some of the profile differs.") },
    { "miss", N_("Not found"), "requested", "not_found", WARD | OFFICER, .is = STEP_NOTE | STEP_BAD, .guard = was_visited, .effect = not_found,
      .tell = OFFICER | ENTERPRISE, .told = N_("{1} was not found on site.") },
    { "cancel", N_("Cancel"), "requested", "cancelled", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = WARD | ENTERPRISE,
      .told = N_("The verification of {1} was cancelled.") },
};
static const struct workflow flow = { VERIFICATION_STATE, VERIFICATION_DUE, STEPS(steps) };

const struct entity verification = {
    .name = "verification", .path = "verifications", .one = N_("Verification on site"), .many = N_("Verifications on site"), .shelf = N_("Register"), FIELDS(fields),
    .title = VERIFICATION_NAME, .id_prefix = "XM", .rights = rights, .workflow = &flow, .check = check, .compute = compute,
    .about = N_("What officers of wards and communes found when they visited enterprises."),
};
