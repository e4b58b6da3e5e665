#include "model/people/account.h"

#include "model/type.h"

static const struct choice roles[] = {
    { "enterprise", N_("Enterprise") }, { "buyer", N_("Buyer") }, { "officer", N_("Officer of the Department of Industry and Trade") },
    { "finance", N_("Officer of the Department of Finance") }, { "ward", N_("Officer of a ward or commune") }, { "agency", N_("Other agency") },
    { "association", N_("Association") }, { "provider", N_("Implementing unit") }, { "reviewer", N_("Expert") },
    { "leader", N_("Leader") }, { "admin", N_("Administrator") }, { NULL },
};
static const struct choice states[] = {
    { "invited", N_("Invited") }, { "unconfirmed", N_("E-mail not confirmed") }, { "active", N_("Active") }, { "disabled", N_("Disabled") }, { NULL },
};
static const struct choice languages[] = { { "vi", N_("Vietnamese") }, { "en", N_("English") }, { NULL } };
static const struct choice digests[] = {
    { "each", N_("Each at once") }, { "daily", N_("Once a day") }, { "none", N_("None") }, { NULL },
};

static const struct field fields[] = {
    [ACCOUNT_EMAIL] = { "email", N_("E-mail"), &email_type, REQUIRED | UNIQUE | LISTED | PERSONAL, .max = 200, .writers = ADMIN },
    [ACCOUNT_NAME] = { "name", N_("Name"), &text_type, REQUIRED | LISTED | OWNER, .max = 200 },
    [ACCOUNT_ROLES] = { "roles", N_("Roles"), &choices_type, REQUIRED | LISTED | OWNER, .choices = roles, .writers = ADMIN },
    [ACCOUNT_ORGANISATION] = { "organisation", N_("Works for"), &reference_type, LISTED | OWNER | INDEXED, .writers = ADMIN,
        .help = N_("The enterprise whose records this account sees as its own.") },
    [ACCOUNT_WARD] = { "ward", N_("Ward or commune"), &code_type, LISTED | OWNER, .list = "ward", .writers = ADMIN },
    [ACCOUNT_ASSOCIATION] = { "association", N_("Association"), &code_type, LISTED | OWNER, .list = "association", .writers = ADMIN },
    [ACCOUNT_STATE] = { "state", N_("State"), &choice_type, REQUIRED | LISTED | OWNER | INDEXED, .choices = states, .writers = ADMIN },
    [ACCOUNT_LANGUAGE] = { "language", N_("Language"), &choice_type, OWNER, .choices = languages },
    [ACCOUNT_DIGEST] = { "digest", N_("Notices by e-mail"), &choice_type, OWNER, .choices = digests },
    [ACCOUNT_REMINDERS] = { "reminders", N_("Reminders by e-mail"), &choice_type, OWNER, .choices = digests,
        .help = N_("Of deadlines, certificates and profiles to confirm. If nothing is chosen: as other notices.") },
    [ACCOUNT_FIRM] = { "firm", N_("Organisation, as its holder wrote it"), &text_type, OWNER, .max = 200, .writers = ADMIN },
};
_Static_assert(COUNT(fields) == ACCOUNT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { SIGNED_IN, MAY_READ | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, ID_ITSELF },
    { OFFICER,   MAY_READ, PUBLIC_FIELDS, ROWS_ALL },       /* none of them is public: officers name whom they know by e-mail, for a council say */
    { ADMIN,     MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static void compute(const struct work *w, struct record *r)
{
    if (v_is(r->v[ACCOUNT_EMAIL])) r->v[ACCOUNT_EMAIL] = v_text(str_lower_ascii(w->a, v_str(r->v[ACCOUNT_EMAIL])));
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    Roles who = account_roles(r);
    if (who & WARD && !v_is(r->v[ACCOUNT_WARD]))
        return *field = ACCOUNT_WARD, MSG(N_("An officer of a ward or commune needs the ward or commune."));
    if (who & ASSOCIATION && !v_is(r->v[ACCOUNT_ASSOCIATION]))
        return *field = ACCOUNT_ASSOCIATION, MSG(N_("An account of an association needs the association."));
    return NO_MESSAGE;
}

const struct entity account_entity = {
    .name = "account", .path = "accounts", .one = N_("Account"), .many = N_("Accounts"), FIELDS(fields), .title = ACCOUNT_NAME,
    .id_prefix = "TK", .rights = rights, .check = check, .compute = compute,
    .about = N_("Who may sign in, with which roles."),
};

bool account_active(const struct record *a) { return str_is(v_str(a->v[ACCOUNT_STATE]), "active"); }

Roles account_roles(const struct record *a)
{
    Str rest = v_str(a->v[ACCOUNT_ROLES]), one;
    Roles who = 0;
    while (many_next(&rest, &one)) who |= role_from(one);
    return who;
}

enum lang account_lang(const struct record *account)
{
    enum lang l;
    return lang_from(v_str(account->v[ACCOUNT_LANGUAGE]), &l) ? l : VI;
}

struct actor actor_of(const struct record *a)
{
    return (struct actor){
        .account = a->id, .roles = account_roles(a), .organisation = v_i64(a->v[ACCOUNT_ORGANISATION]), .ward = v_str(a->v[ACCOUNT_WARD]),
        .association = v_str(a->v[ACCOUNT_ASSOCIATION]), .name = v_str(a->v[ACCOUNT_EMAIL]),
    };
}

enum err account_with_email(struct work *w, Str email, struct record **out)
{
    int64_t id;
    TRY(record_find(w, &account_entity, ACCOUNT_EMAIL, v_text(str_lower_ascii(w->a, str_trim(email))), &id));
    return id ? record_load(w, &account_entity, id, out) : ERR_MISSING;
}

enum err actor_load(struct work *w, int64_t account, struct actor *out)
{
    struct record *r;
    TRY(record_load(w, &account_entity, account, &r));
    if (!account_active(r)) return ERR_DENIED;
    *out = actor_of(r);
    return OK;
}

enum err accounts_with(struct work *w, Roles who, struct records *out)
{
    struct buf b = buf_make(w->a);
    struct records all;
    put_f(&b, "%s WHERE state = $1 ORDER BY id", shape_of(w->m, &account_entity)->select_list.text);
    TRY(records_query(w, &account_entity, sql_of(&b), ARGS(v_text(S("active"))), false, &all));
    *out = (struct records){ 0 };
    for (size_t i = 0; i < all.n; i++)
        if (account_roles(all.p[i]) & who) *GROW(w->a, *out) = all.p[i];
    return OK;
}

enum err accounts_of(struct work *w, int64_t organisation, struct records *out)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE organisation = $1 AND state = $2 ORDER BY id", shape_of(w->m, &account_entity)->select_list.text);
    return records_query(w, &account_entity, sql_of(&b), ARGS(v_int(organisation), v_text(S("active"))), false, out);
}

Str account_name(const struct work *w, int64_t account)
{
    Str name = S("?");
    struct rows r = db_query(w->db, w->a, SQL("SELECT name FROM account WHERE id = $1"), ARGS(v_int(account)));
    if (rows_next(&r)) name = row_text(&r, 0);
    return rows_end(&r) ? S("?") : name;
}
