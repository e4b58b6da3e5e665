/* event_site.c - one site that an event may have hit: how it stands, who was called and what was said (E07). */
#include "programme/network/event.h"

#include "model/list/list.h"
#include "programme/filing.h"

#include <string.h>

static const struct choice channels[] = {
    { "telephone", N_("Telephone") }, { "mail", N_("E-mail") }, { "visit", N_("Visit") }, { "message", N_("Message") }, { NULL },
};

static Message check_contact(const struct work *w, const struct record *r, int *field)
{
    Str t = v_str(r->v[CONTACT_TIME]);
    *field = CONTACT_TIME;
    if (!t.n) return NO_MESSAGE;
    bool good = t.n == 5 && t.p[2] == ':';
    for (size_t i = 0; good && i < t.n; i++) good = i == 2 || (t.p[i] >= '0' && t.p[i] <= '9');
    return good && memcmp(t.p, "24", 2) < 0 && t.p[3] < '6' ? NO_MESSAGE : MSG(N_("Write the time of day as 08:30."));
}

static const struct field contact_fields[] = {
    [CONTACT_ON]      = { "on_day",  N_("Day"), &date_type, REQUIRED | LISTED | HAPPENED },
    [CONTACT_TIME]    = { "time",    N_("Time of day"), &text_type, LISTED, .max = 5, .help = N_("As 08:30.") },
    [CONTACT_CHANNEL] = { "channel", N_("Means of contact"), &choice_type, LISTED, .choices = channels },
    [CONTACT_PERSON]  = { "person",  N_("Who was reached"), &text_type, PERSONAL | LISTED, .max = 200 },
    [CONTACT_SAID]    = { "said",    N_("What was said"), &long_text_type, REQUIRED | KEY | PERSONAL | LISTED, .max = 2000 },
    [CONTACT_ACCOUNT] = { "account", N_("Written down by"), &account_type, LISTED, .writers = SYSTEM },
};
_Static_assert(COUNT(contact_fields) == CONTACT_FIELD_COUNT, "every field has a row");
const struct entity event_contact = {
    .name = "event_contact",
    .parent = &event_site,
    .one = N_("Contact"),
    .many = N_("Contacts"),
    FIELDS(contact_fields),
    .title = CONTACT_SAID,
    .check = check_contact,
};

static const struct choice states[] = {
    { "possible", N_("Possibly hit") }, { "confirmed", N_("Confirmed") }, { "not_hit", N_("Not hit") }, { "restored", N_("Restored") }, { NULL },
};
const struct choice status_answers[] = {
    [NOT_AFFECTED] = { "not_affected", N_("Not affected") }, [AFFECTED] = { "affected", N_("Affected") }, [STOPPED] = { "stopped", N_("Stopped") }, { NULL },
};

static const struct field fields[] = {
    [EVENT_SITE_NAME] = { "name", N_("Name of the enterprise"), &text_type, PUBLIC | LISTED, .max = 300, .writers = SYSTEM },
    [EVENT_SITE_EVENT] = { "event", N_("Event"), &reference_type, REQUIRED | PUBLIC | LISTED | FIXED, .to = &event },
    [EVENT_SITE_ENTERPRISE] = { "enterprise", N_("Enterprise"), &reference_type, REQUIRED | PUBLIC | FIXED, .to = &enterprise },
    [EVENT_SITE_SITE] = { "site", N_("Site"), &text_type, PUBLIC | LISTED | FIXED, .max = 200 },
    [EVENT_SITE_NUMBER] = { "site_number", N_("Number of the site"), &integer_type, INTERNAL },
    [EVENT_SITE_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | INDEXED, .list = "ward", .writers = SYSTEM },
    [EVENT_SITE_PLACE] = { "place", N_("Place on the map"), &place_type, PUBLIC },
    [EVENT_SITE_SEVERITY] = { "severity", N_("Severity"), &choice_type, PUBLIC | LISTED, .choices = event_severities, .section = N_("How it stands") },
    [EVENT_SITE_CAPACITY] = { "capacity", N_("Remaining capacity"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%" },
    [EVENT_SITE_DAYS] = { "days", N_("Days expected"), &integer_type, PUBLIC | LISTED, .least = 0, .most = 3650 },
    [EVENT_SITE_NOTE] = { "note", N_("Note"), &long_text_type, 0, .max = 4000 },
    [EVENT_SITE_ANSWER] = { "answer", N_("Answer of the enterprise"), &choice_type, PUBLIC | LISTED, .choices = status_answers, .writers = SYSTEM },
    [EVENT_SITE_ANSWER_NOTE] = { "answer_note", N_("What it wrote"), &long_text_type, 0, .max = 2000, .writers = SYSTEM },
    [EVENT_SITE_CONTACTS] = { "contacts", N_("Contacts"), &children_type, 0, .to = &event_contact, .section = N_("Who was called, and what was said") },
    [EVENT_SITE_ASKED_AT] = { "asked_at", N_("Asked at"), &integer_type, INTERNAL },
    [EVENT_SITE_ANSWERED_AT] = { "answered_at", N_("Answered at"), &integer_type, INTERNAL },
    [EVENT_SITE_TICKET] = { "ticket", N_("Key of the link"), &text_type, INTERNAL | INDEXED, .max = 64 },
    [EVENT_SITE_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
};
_Static_assert(COUNT(fields) == EVENT_SITE_FIELD_COUNT, "every field has a row");

/* A ward knows best what happens in it. */
static const struct right rights[] = {
    { OFFICER | ADMIN,           MAY_ALL,               ALL_FIELDS,    ROWS_ALL },
    { WARD,                      MAY_READ | MAY_CHANGE, ALL_FIELDS,    ROWS_WARD, EVENT_SITE_WARD },
    { FINANCE | AGENCY | LEADER, MAY_READ,              PUBLIC_FIELDS, ROWS_ALL },
    { 0 },
};

/* Nothing of an event changes after it is closed. */
static Message is_open(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    struct record *of;
    bool open = r->v[EVENT_SITE_EVENT].type == V_INT && !record_load(&reading, &event, v_i64(r->v[EVENT_SITE_EVENT]), &of)
             && str_is(v_str(of->v[EVENT_STATE]), "open");
    return open ? NO_MESSAGE : MSG(N_("The event of this site is not open."));
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    int64_t others = 0;
    Message closed = is_open(w, r);
    *field = EVENT_SITE_ENTERPRISE;
    if (closed.id) return closed;
    if (db_one_int(
            reading.db, reading.a,
            SQL("SELECT count(*) FROM event_site WHERE event = $1 AND enterprise = $2 AND coalesce(site_number, 0) = $3 AND id <> $4"),
            ARGS(r->v[EVENT_SITE_EVENT], r->v[EVENT_SITE_ENTERPRISE], v_int(v_i64(r->v[EVENT_SITE_NUMBER])), v_int(r->id)),
            &others))
        return NO_MESSAGE;                                  /* the save will say what ails the database */
    return others ? MSG(N_("This enterprise is among the sites already.")) : NO_MESSAGE;
}

/* What somebody enters by hand is named and placed as its enterprise; who wrote a contact down is who saves it. */
static void compute(const struct work *w, struct record *r)
{
    const struct record *e = r->id ? NULL : enterprise_named(w, r, EVENT_SITE_ENTERPRISE);
    name_after_enterprise(w, r, EVENT_SITE_NAME, EVENT_SITE_ENTERPRISE);
    if (e && !v_is(r->v[EVENT_SITE_WARD])) r->v[EVENT_SITE_WARD] = e->v[ENTERPRISE_WARD];
    const struct records *contacts = &r->children[EVENT_SITE_CONTACTS];
    for (size_t i = 0; i < contacts->n; i++)
        if (!contacts->p[i]->id && w->actor.account) contacts->p[i]->v[CONTACT_ACCOUNT] = v_int(w->actor.account);
}

static enum err back_at_work(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[EVENT_SITE_CAPACITY] = v_real(100);
    return OK;
}

static const struct step steps[] = {
    { "confirm", N_("Confirmed"), "possible|not_hit|restored", "confirmed", OFFICER | ADMIN | WARD, .is = STEP_QUIET, .guard = is_open },
    { "clear",   N_("Not hit"),   "possible|confirmed",        "not_hit",   OFFICER | ADMIN | WARD, .is = STEP_QUIET, .guard = is_open },
    { "restore", N_("Restored"),  "confirmed",                 "restored",  OFFICER | ADMIN | WARD, .is = STEP_QUIET, .guard = is_open, .effect = back_at_work },
};
static const struct workflow flow = { EVENT_SITE_STATE, -1, STEPS(steps) };

const struct entity event_site = {
    .name = "event_site", .path = "event-sites", .one = N_("Site of an event"), .many = N_("Sites of events"), .shelf = N_("Supply network"), FIELDS(fields),
    .title = EVENT_SITE_NAME, .id_prefix = "DA", .rights = rights, .workflow = &flow, .check = check, .compute = compute,
    .about = N_("Sites that an event may have hit: whether it did, what they can still do, whom the office has spoken with."),
};

enum err event_sites(struct work *w, int64_t of, bool contacts, struct records *out)
{
    struct list_query q = { .sort = -1, .limit = EVENT_SITES_MOST, .filters = 1,
                            .filter = { { .field = EVENT_SITE_EVENT, .op = FILTER_EQUAL, .v = v_int(of) } } };
    struct list found;
    TRY(list_load(w, &event_site, &q, contacts, &found));
    *out = found.records;
    return OK;
}

struct event_counts event_count(const struct records *sites)
{
    struct event_counts n = { 0 };
    int64_t *const by_state[] = { &n.possible, &n.confirmed, &n.not_hit, &n.restored };
    for (size_t i = 0; i < sites->n; i++) {
        const struct choice *state = state_of(sites->p[i]);
        if (state) ++*by_state[state - states];
        n.asked += v_is(sites->p[i]->v[EVENT_SITE_ASKED_AT]);
        n.answered += v_is(sites->p[i]->v[EVENT_SITE_ANSWERED_AT]);
    }
    return n;
}
