/*
 * participation.c - an enterprise in an activity (lượt doanh nghiệp), and the days on which it was there.
 *
 * Whoever tells of the same enterprise in the same activity tells of the same participation: another day, a second list, another person.
 */
#include "programme/delivery/inside.h"

#include "model/check.h"
#include "model/save.h"

static const struct choice states[] = { { "registered", N_("Registered") }, { "attended", N_("Attended") }, { NULL } };

static const struct choice sources[] = { { "enterprise", N_("The enterprise itself") }, { "office", N_("The office") }, { NULL } };

static const struct field attendance_fields[] = {
    [ATTENDANCE_DAY] = { "day", N_("Day of attendance"), &date_type, REQUIRED | KEY | PUBLIC | LISTED | HAPPENED, .also = "ngay|ngay tham gia|ngay tham du|day|date|attended on" },
    [ATTENDANCE_PEOPLE] = { "people", N_("People there that day"), &integer_type, PUBLIC | LISTED | LARGER, .least = 1, .most = 1000,
        .also = "so nguoi|so nguoi tham gia|so nguoi tham du|people|persons" },
};
_Static_assert(COUNT(attendance_fields) == ATTENDANCE_FIELD_COUNT, "every field has a row");
const struct entity attendance = {
    .name = "attendance", .parent = &participation, .one = N_("Day of attendance"), .many = N_("Days of attendance"), FIELDS(attendance_fields),
};

static const struct field fields[] = {
    [PARTICIPATION_NAME] = { "name", N_("Enterprise and activity"), &text_type, PUBLIC | LISTED | SEARCHED, .max = 700, .weight = 4, .writers = SYSTEM },
    [PARTICIPATION_IDENTITY] = { "identity", N_("Key of the participation"), &text_type, COMPUTED | KEY | UNIQUE, .max = 60 },
    [PARTICIPATION_ACTIVITY] = { "activity", N_("Activity"), &reference_type, REQUIRED | PUBLIC | FIXED | INDEXED, .to = &activity,
        .also = "hoat dong|ma hoat dong|ten hoat dong|activity" },
    [PARTICIPATION_ENTERPRISE] = { "enterprise", N_("Enterprise"), &reference_type, REQUIRED | PUBLIC | FIXED | INDEXED, .to = &enterprise,
        .also = "doanh nghiep|ten doanh nghiep|ma so doanh nghiep|ma so thue|mst|ma doanh nghiep|enterprise|company|tax code",
        .help = N_("Its number, as DN-000421-6, its tax code or its name.") },
    [PARTICIPATION_YEAR] = { "year", N_("Year"), &year_type, PUBLIC | LISTED | INDEXED, .writers = SYSTEM },
    [PARTICIPATION_CONTENT] = { "content", N_("Content of the programme"), &code_type, PUBLIC | LISTED | FACET, .list = "programme_content", .writers = SYSTEM },
    [PARTICIPATION_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | FACET | INDEXED, .list = "ward", .writers = SYSTEM },
    [PARTICIPATION_DAYS] = { "days", N_("Days of attendance"), &children_type, PUBLIC, .to = &attendance, .writers = OFFICER | ADMIN },
    [PARTICIPATION_PEOPLE] = { "people", N_("Most people on a day"), &integer_type, PUBLIC | LISTED, .least = 0, .most = 1000, .writers = SYSTEM },
    [PARTICIPATION_NOTE] = { "note", N_("Note"), &text_type, 0, .max = 1000, .also = "ghi chu|note" },
    [PARTICIPATION_SOURCE] = { "source", N_("Registered by"), &choice_type, PUBLIC | LISTED, .choices = sources, .writers = SYSTEM },
    [PARTICIPATION_EXPECTED] = { "expected", N_("People who will come"), &integer_type, PUBLIC | LISTED, .least = 1, .most = 1000 },
    [PARTICIPATION_MESSAGE] = { "message", N_("Message to the office"), &long_text_type, OWNER, .max = 1000, .help = N_("Who will come, what you would like to know.") },
    [PARTICIPATION_STATE] = { "state", N_("State"), &choice_type, PUBLIC | LISTED, .choices = states, .writers = SYSTEM,
        .help = N_("Attended as soon as there is a day of attendance.") },
};
_Static_assert(COUNT(fields) == PARTICIPATION_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE,                MAY_READ | MAY_CREATE, OWN_FIELDS, ROWS_OWN, PARTICIPATION_ENTERPRISE },
    { WARD,                      MAY_READ, PUBLIC_FIELDS, ROWS_WARD, PARTICIPATION_WARD },
    { FINANCE | AGENCY | LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,           MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

/* ---- what may be said ------------------------------------------------------------------------------ */

/* A day on which the activity is not held is a slip: asked, not guessed. */
static Message check_day(const struct work *w, const struct record *of, Val day)
{
    Val starts = of->v[ACTIVITY_STARTS], ends = of->v[ACTIVITY_ENDS];
    if (str_cmp(v_str(day), v_str(starts)) >= 0 && str_cmp(v_str(day), v_str(ends)) <= 0) return NO_MESSAGE;
    return MSG(N_("The activity is held from {1} to {2}; {3} is none of its days."), shown_day(w, starts), shown_day(w, ends), shown_day(w, day));
}

static Message check_activity(const struct work *w, const struct record *of)
{
    if (!of || !record_visible(w, of)) return MSG(N_("There is no such activity."));
    if (in_its_state(of, "cancelled")) return MSG(N_("This activity is cancelled: nobody takes part in it."));
    return activity.published(of) ? NO_MESSAGE : MSG(N_("The plan of this activity is not approved yet: nobody can take part in it."));
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *of = named_alone(w, r, PARTICIPATION_ACTIVITY, &activity);
    const struct record *firm = named_alone(w, r, PARTICIPATION_ENTERPRISE, &enterprise);
    const struct records *days = &r->children[PARTICIPATION_DAYS];
    Message m = check_activity(w, of);
    if (!m.id && !r->id && registers_itself(w)) m = registration_closed(w, of);
    *field = PARTICIPATION_ACTIVITY;
    if (m.id) return m;
    *field = PARTICIPATION_ENTERPRISE;
    if (!firm || !record_visible(w, firm)) return MSG(N_("There is no profile with this number in the register."));
    *field = PARTICIPATION_DAYS;
    for (size_t i = 0; i < days->n && !m.id; i++) m = check_day(w, of, days->p[i]->v[ATTENDANCE_DAY]);
    return m;
}

/* It is counted among what the programme reached.  Who was noted by mistake loses the days first, and may go then. */
static Message stays(const struct work *w, const struct record *r)
{
    if (!str_is(v_str(r->v[PARTICIPATION_STATE]), "attended")) return NO_MESSAGE;
    return MSG(N_("This enterprise took part, and is counted. If that is a mistake, first take its days of attendance away in the form; then it can be deleted."));
}

/* ---- what follows ---------------------------------------------------------------------------------- */

static Val identity_of(const struct work *w, const struct record *r)
{
    int64_t of = v_i64(r->v[PARTICIPATION_ACTIVITY]), firm = v_i64(r->v[PARTICIPATION_ENTERPRISE]);
    return of && firm ? v_text(str_f(w->a, "%lld %lld", (long long)of, (long long)firm)) : v_null();
}

/* Before a row of a sheet is matched. */
static enum err complete(struct work *w, struct record *r)
{
    r->v[PARTICIPATION_IDENTITY] = identity_of(w, r);
    return OK;
}

static void begin(const struct work *w, struct record *r)
{
    const struct record *of = named_alone(w, r, PARTICIPATION_ACTIVITY, &activity);
    const struct record *firm = named_alone(w, r, PARTICIPATION_ENTERPRISE, &enterprise);
    if (!of || !firm) return;
    r->v[PARTICIPATION_NAME] = v_text(str_f(w->a, "%.*s – %.*s", FMT(called(w, firm)), FMT(called(w, of))));
    r->v[PARTICIPATION_SOURCE] = v_text(registers_itself(w) ? S("enterprise") : S("office"));
    r->v[PARTICIPATION_YEAR] = of->v[ACTIVITY_YEAR];
    r->v[PARTICIPATION_CONTENT] = of->v[ACTIVITY_CONTENT];
    r->v[PARTICIPATION_WARD] = firm->v[ENTERPRISE_WARD];
}

static void compute(const struct work *w, struct record *r)
{
    const struct records *days = &r->children[PARTICIPATION_DAYS];
    int64_t most = 0;
    r->v[PARTICIPATION_IDENTITY] = identity_of(w, r);
    if (!r->id) begin(w, r);
    for (size_t i = 0; i < days->n; i++) {
        int64_t people = v_is(days->p[i]->v[ATTENDANCE_PEOPLE]) ? v_i64(days->p[i]->v[ATTENDANCE_PEOPLE]) : 1;
        if (people > most) most = people;
    }
    r->v[PARTICIPATION_PEOPLE] = most ? v_int(most) : v_null();
    r->v[PARTICIPATION_STATE] = v_text(days->n ? S("attended") : S("registered"));
}

/* Under another activity than before (two were merged), or back after it was deleted, it is of its activity's year and content as they are now. */
static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    const struct record *of = now ? named_alone(w, now, PARTICIPATION_ACTIVITY, &activity) : NULL;
    struct record *moved;
    bool changed;
    if (!of || (was && val_eq(was->v[PARTICIPATION_ACTIVITY], now->v[PARTICIPATION_ACTIVITY]))) return OK;
    moved = record_copy(w->a, now);
    moved->v[PARTICIPATION_YEAR] = of->v[ACTIVITY_YEAR];
    moved->v[PARTICIPATION_CONTENT] = of->v[ACTIVITY_CONTENT];
    return record_save(w, now, moved, &changed);
}

const struct entity participation = {
    .name = "participation", .path = "participations", .one = N_("Participation"), .many = N_("Participations"), .shelf = N_("Delivery"), FIELDS(fields),
    .title = PARTICIPATION_NAME, .id_prefix = "LT", .rights = rights, .check = check, .compute = compute, .complete = complete, .follow = follow,
    .stays = stays, .about = N_("Enterprises that took part in activities of the programme: each once in an activity, with the days on which it was there."),
};

/* ---- attendance ------------------------------------------------------------------------------------ */

/* The day as a child of the participation: that one, or a new one. */
static struct record *day_of(const struct work *w, struct record *r, Val day)
{
    const struct records *days = &r->children[PARTICIPATION_DAYS];
    for (size_t i = 0; i < days->n; i++)
        if (val_eq(days->p[i]->v[ATTENDANCE_DAY], day)) return days->p[i];
    struct record *fresh = record_add(w->a, r, PARTICIPATION_DAYS);
    fresh->v[ATTENDANCE_DAY] = day;
    return fresh;
}

static enum err check_people(struct work *w, int people, Message *why)
{
    const struct field *f = &attendance_fields[ATTENDANCE_PEOPLE];
    Val v;
    *why = f->type->read(w, f, SPELT_PLAIN, str_f(w->a, "%d", people), &v);
    return why->id ? ERR_INVALID : OK;
}

enum err participation_attend(struct work *w, int64_t activity_id, int64_t enterprise_id, struct date day, int people, bool *first, Message *why)
{
    struct record *fresh = record_make(w->a, &participation), *was, *now;
    struct problems wrong = { 0 };
    bool changed;
    fresh->v[PARTICIPATION_ACTIVITY] = v_int(activity_id);
    fresh->v[PARTICIPATION_ENTERPRISE] = v_int(enterprise_id);
    TRY(check_people(w, people, why));
    TRY(record_whole(w, fresh, &was, &now));
    struct record *there = day_of(w, now, v_text(date_iso(w->a, day)));
    if (people > v_i64(there->v[ATTENDANCE_PEOPLE])) there->v[ATTENDANCE_PEOPLE] = v_int(people);
    record_check(w, now, &wrong);
    if (wrong.n) return *why = wrong.p[0].what, ERR_INVALID;
    TRY(may_save(w, was, now, NULL));
    *first = !was;
    return record_save(w, was, now, &changed);
}
