#include "model/rights.h"

#include "model/type.h"

const struct right rights_of_register[] = {
    { EVERYBODY,       MAY_READ, PUBLIC_FIELDS, ROWS_PUBLISHED },
    { STAFF,           MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { OFFICER | ADMIN, MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { 0 },
};
const struct right rights_of_lists[] = {
    { EVERYBODY, MAY_READ, PUBLIC_FIELDS, ROWS_PUBLISHED },
    { STAFF,     MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { ADMIN,     MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

const struct word role_words[] = {
    { VISITOR,     "visitor",     N_("Visitor") },
    { ENTERPRISE,  "enterprise",  N_("Enterprise") },
    { BUYER,       "buyer",       N_("Buyer") },
    { OFFICER,     "officer",     N_("Officer of the Department of Industry and Trade") },
    { FINANCE,     "finance",     N_("Officer of the Department of Finance") },
    { WARD,        "ward",        N_("Officer of a ward or commune") },
    { AGENCY,      "agency",      N_("Other agency") },
    { ASSOCIATION, "association", N_("Association") },
    { PROVIDER,    "provider",    N_("Implementing unit") },
    { REVIEWER,    "reviewer",    N_("Expert") },
    { LEADER,      "leader",      N_("Leader") },
    { ADMIN,       "admin",       N_("Administrator") },
    { 0 },
};
const struct word verb_words[] = {
    { MAY_READ,    "read",    N_("read") },
    { MAY_CREATE,  "create",  N_("create") },
    { MAY_CHANGE,  "change",  N_("change") },
    { MAY_DELETE,  "delete",  N_("delete") },
    { MAY_PROPOSE, "propose", N_("propose changes") },
    { MAY_BULK,    "bulk",    N_("import, edit many, merge") },
    { 0 },
};
const char *const depth_labels[] = {
    [PUBLIC_FIELDS] = N_("public fields"), [OWN_FIELDS] = N_("public fields and those for the owner"), [ALL_FIELDS] = N_("all fields"),
};
const char *const rows_labels[] = {
    [ROWS_PUBLISHED] = N_("published records"),          [ROWS_ALL] = N_("all records"),
    [ROWS_OWN] = N_("records of the own organisation"),  [ROWS_WARD] = N_("records of the own ward or commune"),
    [ROWS_MEMBERS] = N_("records of members of the own association"), [ROWS_MINE] = N_("records of the account itself"),
};

Str role_names(struct arena *a, enum lang l, Roles roles)
{
    struct buf b = buf_make(a);
    for (const struct word *r = role_words; r->bit; r++)
        if (roles & r->bit) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(tr(l, r->label)));
    return buf_str(&b);
}

Roles role_from(Str code)
{
    for (const struct word *r = role_words; r->bit; r++)
        if (str_is(code, r->code)) return r->bit;
    return 0;
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* What the field of a record must be for the actor; null: no record is among such rows. */
static Val compared(const struct work *w, enum scope rows)
{
    const struct actor *a = &w->actor;
    switch (rows) {
    case ROWS_OWN:     return a->organisation ? v_int(a->organisation) : v_null();
    case ROWS_MINE:    return a->account ? v_int(a->account) : v_null();
    case ROWS_WARD:    return a->ward.n ? v_text(a->ward) : v_null();
    case ROWS_MEMBERS: return a->association.n ? v_text(a->association) : v_null();
    case ROWS_ALL:
    case ROWS_PUBLISHED: break;
    }
    return v_null();
}

bool among_rows(const struct work *w, const struct record *r, enum scope rows, int field)
{
    if (w->actor.roles & SYSTEM || rows == ROWS_ALL) return true;
    if (rows == ROWS_PUBLISHED) return !r->e->published || r->e->published(r);
    Val want = compared(w, rows);
    if (!v_is(want)) return false;
    if (field == ID_ITSELF) return r->id && r->id == v_i64(want);
    return r->e->fields[field].type->many ? many_has(r->v[field], v_str(want)) : val_eq(r->v[field], want);
}

bool right_applies(const struct work *w, const struct right *right) { return (right->who & w->actor.roles) != 0; }

bool right_holds(const struct work *w, const struct right *right, const struct record *r)
{
    return right_applies(w, right) && among_rows(w, r, right->rows, right->field);
}

/* ---- reach ---------------------------------------------------------------------------------- */

static const struct reach everything = { MAY_ALL, ALL_FIELDS, ALL_FIELDS };

static void widen(struct reach *reach, const struct right *right)
{
    if (right->may & MAY_READ && right->fields > reach->reads) reach->reads = right->fields;
    if (right->may & ~(unsigned)MAY_READ && right->fields > reach->writes) reach->writes = right->fields;
    reach->may |= right->may;
}

struct reach reach_of(const struct work *w, const struct record *r)
{
    struct reach reach = { 0 };
    if (w->actor.roles & SYSTEM) return everything;
    while (r && r->e->parent) r = r->owner;
    for (const struct right *right = r ? r->e->rights : NULL; right && right->who; right++)
        if (right_holds(w, right, r)) widen(&reach, right);
    return reach;
}

static const struct entity *family(const struct entity *e) { return e->parent ? e->parent : e; }

/* Whether this right says what stands in lists: published rows only where there is nothing else. */
static bool lists(const struct work *w, const struct entity *e, const struct right *right)
{
    if (!right_applies(w, right) || !(right->may & MAY_READ)) return false;
    if (right->rows != ROWS_PUBLISHED) return true;
    for (const struct right *other = e->rights; other->who; other++)
        if (right_applies(w, other) && other->may & MAY_READ && other->rows != ROWS_PUBLISHED) return false;
    return true;
}

struct reach reach_at_all(const struct work *w, const struct entity *e)
{
    struct reach reach = { 0 };
    enum depth reads = ALL_FIELDS;
    if (w->actor.roles & SYSTEM) return everything;
    e = family(e);
    for (const struct right *right = e->rights; right->who; right++) {
        if (right_applies(w, right)) widen(&reach, right);
        if (lists(w, e, right) && right->fields < reads) reads = right->fields;
    }
    reach.reads = reads;
    return reach;
}

bool may(const struct work *w, const struct entity *e, unsigned verbs) { return (reach_at_all(w, e).may & verbs) == verbs; }

bool may_list(const struct work *w, const struct entity *e)
{
    return may(w, e, MAY_READ) && (!e->parent || field_listed(w, field_in_parent(e), e->parent));
}

bool record_visible(const struct work *w, const struct record *r) { return reach_of(w, r).may & MAY_READ; }

bool record_listed(const struct work *w, const struct record *r)
{
    if (w->actor.roles & SYSTEM) return true;
    while (r && r->e->parent) r = r->owner;
    for (const struct right *right = r ? r->e->rights : NULL; right && right->who; right++)
        if (lists(w, r->e, right) && among_rows(w, r, right->rows, right->field)) return true;
    return false;
}

/* ---- fields --------------------------------------------------------------------------------- */

bool field_seen(const struct field *f, enum depth depth)
{
    if (f->is & (COMPUTED | INTERNAL)) return false;
    if (depth == ALL_FIELDS || (f->is & PUBLIC && !(f->is & PERSONAL))) return true;
    return depth == OWN_FIELDS && f->is & (PERSONAL | OWNER);
}

bool field_listed(const struct work *w, const struct field *f, const struct entity *e)
{
    struct reach reach = reach_at_all(w, e);
    return reach.may & MAY_READ && field_seen(f, reach.reads);
}

bool field_written(const struct work *w, const struct field *f, struct reach reach, bool fresh)
{
    if (f->is & (COMPUTED | DERIVED) || is_stepped(f) || !field_seen(f, reach.writes)) return false;
    if (f->writers && !(w->actor.roles & (f->writers | SYSTEM))) return false;
    return fresh || !(f->is & FIXED);
}

/* ---- SQL ------------------------------------------------------------------------------------ */

static void put_condition(struct buf *b, const struct entity *e, const struct right *right, bool sqlite, int argument)
{
    const char *column = right->field == ID_ITSELF ? "id" : e->fields[right->field].name;
    bool many = right->field != ID_ITSELF && e->fields[right->field].type->many;
    if (many) put_f(b, sqlite ? "instr(%s, $%d) > 0" : "strpos(%s, $%d) > 0", column, argument);
    else put_f(b, "%s = $%d", column, argument);
}

void put_rows(struct buf *b, const struct work *w, const struct entity *e, Val *args, int *n)
{
    const char *between = "";
    bool sqlite = db_dialect(w->db) == SQLITE;
    const struct entity *of = family(e);
    if (w->actor.roles & SYSTEM) return;
    for (const struct right *right = of->rights; right->who; right++)
        if (lists(w, of, right) && (right->rows == ROWS_ALL || right->rows == ROWS_PUBLISHED)) return;
    put_z(b, e->parent ? " AND " : " AND (");
    if (e->parent) put_f(b, "%s IN (SELECT id FROM %s WHERE ", of->name, of->name);
    for (const struct right *right = of->rights; right->who; right++) {
        Val v = compared(w, right->rows);
        if (!lists(w, of, right) || !v_is(v)) continue;
        bool many = right->field != ID_ITSELF && of->fields[right->field].type->many;
        put_z(b, between);
        args[(*n)++] = many ? v_text(str_f(w->a, ";%.*s;", FMT(v.s))) : v;
        put_condition(b, of, right, sqlite, *n);
        between = " OR ";
    }
    put_f(b, "%s)", *between ? "" : "1 = 0");
}
