/*
 * activity.c - what the programme does for enterprises in a year: a fair, a class, a consulting round.  It stands in one plan and under one of the nine
 * contents, and is counted in participations.  Its plan holds it: see plan_holds().
 */
#include "programme/plan/inside.h"

#include "programme/delivery/delivery.h"

static const struct choice states[] = {
    { "planned",     N_("In the plan") },
    { "open",        N_("Open for registration") },
    { "carried_out", N_("Carried out"), .done = true },
    { "cancelled",   N_("Cancelled"), .done = true },
    { NULL },
};

static const struct field fields[] = {
    [ACTIVITY_TITLE_VI] = { "title_vi", N_("Activity"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED | PAIR, .max = 300, .weight = 8, .both = N_("Activity") },
    [ACTIVITY_TITLE_EN] = { "title_en", N_("Activity, in English"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 8 },
    [ACTIVITY_PLAN] = { "plan", N_("Plan"), &reference_type, REQUIRED | PUBLIC | INDEXED | FIXED, .to = &yearly_plan },
    [ACTIVITY_YEAR] = { "year", N_("Year"), &year_type, PUBLIC | LISTED | INDEXED | FACET, .writers = SYSTEM },
    [ACTIVITY_CONTENT] = { "content", N_("Content of the programme"), &code_type, REQUIRED | PUBLIC | LISTED | FACET | INDEXED, .list = "programme_content" },
    [ACTIVITY_KIND] = { "kind", N_("Kind of activity"), &code_type, REQUIRED | PUBLIC | LISTED | FACET, .list = "activity_kind" },
    [ACTIVITY_TEXT] = { "text", N_("What it is about"), &long_text_type, PUBLIC | SEARCHED, .max = 8000, .weight = 2,
        .help = N_("What it is for, who may take part, what they get. Everybody reads it once the plan is approved.") },
    [ACTIVITY_AGENCY] = { "agency", N_("Responsible agency"), &code_type, REQUIRED | PUBLIC | LISTED | FACET, .list = "agency" },
    [ACTIVITY_STARTS] = { "starts", N_("Begins on"), &date_type, REQUIRED | PUBLIC | LISTED | INDEXED, .section = N_("When and where") },
    [ACTIVITY_ENDS] = { "ends", N_("Ends on"), &date_type, REQUIRED | PUBLIC | LISTED },
    [ACTIVITY_PLACE] = { "place", N_("Place"), &text_type, PUBLIC | LISTED, .max = 300 },
    [ACTIVITY_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | INDEXED, .list = "ward" },
    [ACTIVITY_PARTICIPATIONS] = { "participations", N_("Participations expected"), &integer_type, PUBLIC | LISTED, .least = 0, .most = 100000, .section = N_("Expected"),
        .help = N_("Each enterprise once in this activity, however many people or days.") },
    [ACTIVITY_ENTERPRISES] = { "enterprises", N_("Enterprises expected"), &integer_type, PUBLIC, .least = 0, .most = 100000,
        .help = N_("How many different enterprises, where the activity is for a known group.") },
    [ACTIVITY_REGISTER_BY] = { "register_by", N_("Enterprises register by"), &date_type, PUBLIC, .section = N_("Registration"),
        .help = N_("The last day on which an enterprise may register itself. Empty: the day on which the activity begins.") },
    [ACTIVITY_PLACES] = { "places", N_("Places for enterprises"), &integer_type, PUBLIC, .least = 1, .most = 100000, .help = N_("Empty: as many as come.") },
    [ACTIVITY_APPROVED] = { "approved", N_("In an approved plan"), &boolean_type, INTERNAL },
    [ACTIVITY_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == ACTIVITY_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { EVERYBODY,                 MAY_READ, PUBLIC_FIELDS, ROWS_PUBLISHED },
    { FINANCE | AGENCY | LEADER, MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { WARD,                      MAY_READ, PUBLIC_FIELDS, ROWS_WARD, ACTIVITY_WARD },
    { OFFICER | ADMIN,           MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static bool published(const struct record *r) { return v_i64(r->v[ACTIVITY_APPROVED]); }

/* ---- what may be saved ------------------------------------------------------------------------------ */

/* How it is carried out may be said better at any time; what was decided on may not. */
static const int free_fields[] = { ACTIVITY_TITLE_EN, ACTIVITY_TEXT, ACTIVITY_PLACE, ACTIVITY_REGISTER_BY, ACTIVITY_PLACES, ACTIVITY_APPROVED, ACTIVITY_STATE, -1 };

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *in = named(w, r, ACTIVITY_PLAN, &yearly_plan);
    *field = ACTIVITY_PLAN;
    if (!in) return MSG(N_("There is no such plan."));
    Message m = plan_holds(w, in, r, free_fields, field);
    if (!m.id) m = check_days(w, r, ACTIVITY_STARTS, ACTIVITY_ENDS, (int)v_i64(in->v[PLAN_YEAR]), field);
    if (m.id || str_cmp(v_str(r->v[ACTIVITY_REGISTER_BY]), v_str(r->v[ACTIVITY_ENDS])) <= 0) return m;
    *field = ACTIVITY_REGISTER_BY;
    return MSG(N_("Nobody can register after the activity has ended."));
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *in = r->id ? NULL : named(w, r, ACTIVITY_PLAN, &yearly_plan);
    if (in) r->v[ACTIVITY_YEAR] = in->v[PLAN_YEAR];
}

/* What is left open is what that kind of activity is usually for. */
static enum err complete(struct work *w, struct record *row)
{
    const struct code *kind = code_find(w->codes, S("activity_kind"), v_str(row->v[ACTIVITY_KIND]));
    const struct code *content = kind ? code_find(w->codes, S("programme_content"), code_extra(kind, S("content"))) : NULL;
    if (!v_is(row->v[ACTIVITY_CONTENT]) && content) row->v[ACTIVITY_CONTENT] = v_text(content->key);
    return OK;
}

/* Tasks and participations keep their activity's content, so that a year's money and who took part are found by it in one query. */
static enum err move(struct work *w, const struct entity *e, int field, int content, const struct record *now)
{
    struct records list;
    TRY(records_with(w, e, field, v_int(now->id), &list));
    for (size_t i = 0; i < list.n; i++) {
        struct record *moved = record_copy(w->a, list.p[i]);
        bool changed;
        moved->v[content] = now->v[ACTIVITY_CONTENT];
        TRY(record_save(w, list.p[i], moved, &changed));
    }
    return OK;
}

/* A plan is of one year, so what stands in it stays there. */
static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    if (was && now && !val_eq(was->v[ACTIVITY_PLAN], now->v[ACTIVITY_PLAN])) return ERR_DENIED;
    TRY(plan_kept(w, named(w, now ? now : was, ACTIVITY_PLAN, &yearly_plan), was, now, free_fields));
    if (!was || !now || val_eq(was->v[ACTIVITY_CONTENT], now->v[ACTIVITY_CONTENT])) return OK;
    TRY(move(w, &task, TASK_ACTIVITY, TASK_CONTENT, now));
    return move(w, &participation, PARTICIPATION_ACTIVITY, PARTICIPATION_CONTENT, now);
}

static Message stays(const struct work *w, const struct record *r) { return plan_keeps(w, named(w, r, ACTIVITY_PLAN, &yearly_plan)); }

/* ---- its way ------------------------------------------------------------------------------------------ */

static Message is_approved(const struct work *w, const struct record *r)
{
    return published(r) ? NO_MESSAGE : MSG(N_("First the plan must be approved."));
}

static Message has_begun(const struct work *w, const struct record *r)
{
    if (!published(r)) return is_approved(w, r);
    bool begun = str_cmp(v_str(r->v[ACTIVITY_STARTS]), date_iso(w->a, w->today)) <= 0;
    return begun ? NO_MESSAGE : MSG(N_("The activity has not begun yet."));
}

/* Tasks are cancelled one by one, as each may have money committed. */
static Message has_no_task(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t n = 0;
    if (db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM task WHERE activity = $1 AND state NOT IN ('settled', 'cancelled')"), ARGS(v_int(r->id)), &n))
        return MSG(N_("The tasks of the activity cannot be read just now."));
    return n ? MSG(N_("First cancel its tasks ({1}), or see them settled."), str_f(w->a, "%d", (int)n)) : NO_MESSAGE;
}

static const struct step steps[] = {
    { "open", N_("Open for registration"), "planned", "open", OFFICER, .is = STEP_QUIET, .guard = is_approved },
    { "carry_out", N_("It was carried out"), "planned|open", "carried_out", OFFICER, .is = STEP_QUIET, .guard = has_begun },
    { "cancel", N_("Cancel"), "planned|open", "cancelled", OFFICER, .is = STEP_NOTE | STEP_BAD, .guard = has_no_task, .tell = FINANCE | LEADER,
      .told = N_("The activity {1} was cancelled.") },
};
static const struct workflow flow = { ACTIVITY_STATE, -1, STEPS(steps) };

const struct entity activity = {
    .name = "activity", .path = "activities", .one = N_("Activity"), .many = N_("Activities"), .shelf = N_("The year's plan"), FIELDS(fields), .title = ACTIVITY_TITLE_VI,
    .id_prefix = "SK", .rights = rights, .workflow = &flow, .check = check, .compute = compute, .complete = complete, .published = published, .follow = follow, .stays = stays,
    .about = N_("What the programme does for enterprises: fairs, consulting, training, projects, with time, place and responsible agency."),
};
