#include "model/rights.h"

#include "model/flow/workflow.h"
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
    [NO_FIELDS] = N_("no fields"), [PUBLIC_FIELDS] = N_("public fields"), [OWN_FIELDS] = N_("public fields and those for the owner"), [ALL_FIELDS] = N_("all fields"),
};
const char *const rows_labels[] = {
    [ROWS_PUBLISHED] = N_("published records"),          [ROWS_ALL] = N_("all records"),
    [ROWS_OWN] = N_("records of the own organisation"),  [ROWS_WARD] = N_("records of the own ward or commune"),
    [ROWS_MEMBERS] = N_("records of members of the own association"), [ROWS_MINE] = N_("records of the account itself"),
    [ROWS_SEATS] = N_("published records of what the account is a member of"),
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
    case ROWS_MINE:
    case ROWS_SEATS:   return a->account ? v_int(a->account) : v_null();
    case ROWS_WARD:    return a->ward.n ? v_text(a->ward) : v_null();
    case ROWS_MEMBERS: return a->association.n ? v_text(a->association) : v_null();
    case ROWS_ALL:
    case ROWS_PUBLISHED: break;
    }
    return v_null();
}

static bool is_everything(const struct right *right) { return right->rows == ROWS_ALL || right->rows == ROWS_PUBLISHED; }

static bool is_many(const struct entity *e, const struct right *right)
{
    return right->field != ID_ITSELF && e->fields[right->field].type->many;
}

/* The value of the field in a record of the actor's rows; where it has several, it is among them. */
static Val mark(const struct work *w, const struct entity *e, const struct right *right)
{
    Val v = compared(w, right->rows);
    return is_many(e, right) ? v_text(str_f(w->a, ";%.*s;", FMT(v.s))) : v;
}

static const struct entity *family(const struct entity *e) { return e->parent ? e->parent : e; }

/* What an entity keeps in confidence, the operator of the program does not see either. */
static bool is_system(const struct work *w, const struct entity *e) { return w->actor.roles & SYSTEM && !family(e)->confidential; }

/* The members of what a field names: the children that have an account; e NULL: it has none such. */
static struct seats { const struct entity *e; const char *account; } seats_of(const struct field *f)
{
    const struct entity *of = f->type == &reference_type ? f->to : NULL;
    for (int i = 0; of && i < of->n; i++)
        for (int k = 0; of->fields[i].type == &children_type && k < of->fields[i].to->n; k++)
            if (of->fields[i].to->fields[k].type == &account_type) return (struct seats){ of->fields[i].to, of->fields[i].to->fields[k].name };
    return (struct seats){ 0 };
}

static bool has_seat(const struct work *w, const struct record *r, int field)
{
    struct seats seats = seats_of(&r->e->fields[field]);
    struct buf b = buf_make(w->a);
    int64_t n = 0;
    put_f(&b, "SELECT count(*) FROM %s WHERE %s = $1 AND %s = $2", seats.e->name, seats.e->parent->name, seats.account);
    return v_is(r->v[field]) && !db_one_int(w->db, w->a, sql_of(&b), ARGS(r->v[field], v_int(w->actor.account)), &n) && n;
}

static bool is_published(const struct record *r) { return !r->e->published || r->e->published(r); }

bool among_rows(const struct work *w, const struct record *r, enum scope rows, int field)
{
    if (is_system(w, r->e) || rows == ROWS_ALL) return true;
    if (rows == ROWS_PUBLISHED) return is_published(r);
    Val want = compared(w, rows);
    if (!v_is(want)) return false;
    if (rows == ROWS_SEATS) return is_published(r) && has_seat(w, r, field);
    if (field == ID_ITSELF) return r->id && r->id == v_i64(want);
    return r->e->fields[field].type->many ? many_has(r->v[field], v_str(want)) : val_eq(r->v[field], want);
}

bool right_applies(const struct work *w, const struct right *right)
{
    return right->who & w->actor.roles && (is_everything(right) || v_is(compared(w, right->rows)));
}

bool right_holds(const struct work *w, const struct right *right, const struct record *r)
{
    return right_applies(w, right) && among_rows(w, r, right->rows, right->field);
}

/* ---- reach ---------------------------------------------------------------------------------- */

/* Of the program and its operators, who write all but what is permanent. */
static struct reach whole_reach(const struct entity *e)
{
    static const struct reach everything = { MAY_ALL, ALL_FIELDS, ALL_FIELDS, ALL_FIELDS, ALL_FIELDS, UINT64_MAX };
    static const struct reach reading = { .may = MAY_READ, .reads = ALL_FIELDS };
    return family(e)->permanent ? reading : everything;
}

static uint64_t sides_of(const struct right *right)
{
    return is_everything(right) || right->field == ID_ITSELF ? UINT64_MAX : (uint64_t)1 << right->field;
}

/* Each verb by itself: who reads all and proposes for public fields does not propose for all. */
static void widen(struct reach *reach, const struct right *right)
{
    const struct { unsigned verb; enum depth *depth; } each[] = {
        { MAY_READ, &reach->reads }, { MAY_CREATE, &reach->makes }, { MAY_CHANGE, &reach->changes }, { MAY_PROPOSE, &reach->proposes },
    };
    for (size_t i = 0; i < COUNT(each); i++)
        if (right->may & each[i].verb && right->fields > *each[i].depth) *each[i].depth = right->fields;
    reach->may |= right->may;
    if (right->may & (MAY_CREATE | MAY_CHANGE | MAY_PROPOSE)) reach->sides |= sides_of(right);
}

/* A child's rights are those of the record it belongs to. */
static const struct record *whose(const struct record *r)
{
    while (r && r->e->parent) r = r->owner;
    return r;
}

/* What a workflow has brought to its end stays as it was decided. */
static bool is_decided(const struct record *r)
{
    const struct choice *state = r->e->workflow ? state_of(r) : NULL;
    return state && state->done;
}

struct reach reach_of(const struct work *w, const struct record *r)
{
    struct reach reach = { 0 };
    if (is_system(w, r->e)) return whole_reach(r->e);
    r = whose(r);
    for (const struct right *right = r ? r->e->rights : NULL; right && right->who; right++)
        if (right_holds(w, right, r)) widen(&reach, right);
    if (r && is_decided(r)) reach.may &= ~(unsigned)(MAY_CHANGE | MAY_PROPOSE | MAY_DELETE);
    return reach;
}

static bool reads(const struct work *w, const struct right *right) { return right->may & MAY_READ && right_applies(w, right); }

/* Whether this right says what stands in lists: published rows only where there is nothing else. */
static bool lists(const struct work *w, const struct entity *e, const struct right *right)
{
    if (!reads(w, right)) return false;
    for (const struct right *other = e->rights; right->rows == ROWS_PUBLISHED && other->who; other++)
        if (reads(w, other) && other->rows != ROWS_PUBLISHED) return false;
    return true;
}

/* What is seen of each row that this right lists, whichever other rights list it too. */
static enum depth depth_of_rows(const struct work *w, const struct entity *e, const struct right *right)
{
    enum depth depth = NO_FIELDS;
    for (const struct right *other = e->rights; other->who; other++) {
        bool covers = other->rows == ROWS_ALL || (other->rows == right->rows && other->field == right->field);
        if (covers && lists(w, e, other) && other->fields > depth) depth = other->fields;
    }
    return depth;
}

static enum depth depth_of_list(const struct work *w, const struct entity *e)
{
    enum depth least = NO_FIELDS;
    for (const struct right *right = e->rights; right->who; right++) {
        enum depth depth = lists(w, e, right) ? depth_of_rows(w, e, right) : NO_FIELDS;
        if (depth && (!least || depth < least)) least = depth;
    }
    return least;
}

struct reach reach_at_all(const struct work *w, const struct entity *e)
{
    struct reach reach = { 0 };
    if (is_system(w, e)) return whole_reach(e);
    e = family(e);
    for (const struct right *right = e->rights; right->who; right++)
        if (right_applies(w, right)) widen(&reach, right);
    reach.reads = depth_of_list(w, e);
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
    if (is_system(w, r->e)) return true;
    r = whose(r);
    for (const struct right *right = r ? r->e->rights : NULL; right && right->who; right++)
        if (lists(w, r->e, right) && among_rows(w, r, right->rows, right->field)) return true;
    return false;
}

/* ---- fields --------------------------------------------------------------------------------- */

bool field_seen(const struct field *f, enum depth depth)
{
    bool keys = f->is & COMPUTED && !(f->is & (PUBLIC | OWNER));        /* the program's; a sum of the record is read as any field */
    if (keys || f->is & INTERNAL || depth == NO_FIELDS) return false;
    if (depth == ALL_FIELDS || (f->is & PUBLIC && !(f->is & PERSONAL))) return true;
    return depth == OWN_FIELDS && f->is & (PERSONAL | OWNER);
}

bool field_listed(const struct work *w, const struct field *f, const struct entity *e)
{
    enum depth depth = reach_at_all(w, e).reads;
    return field_seen(f, depth) && (!e->parent || field_seen(field_in_parent(e), depth));
}

bool field_written(const struct work *w, const struct field *f, struct reach reach, bool fresh)
{
    enum depth writes = fresh ? reach.makes : reach.may & MAY_CHANGE ? reach.changes : reach.proposes;
    if (f->is & (COMPUTED | DERIVED) || is_stepped(f) || !field_seen(f, writes)) return false;
    if (f->writers && !(w->actor.roles & (f->writers | SYSTEM))) return false;
    if (f->side && !(reach.sides >> f->side & 1)) return false;
    return fresh || (field_seen(f, reach.reads) && !(f->is & FIXED));
}

/* ---- saving --------------------------------------------------------------------------------- */

/* What puts a new record among its maker's rows is not for the maker to choose, so it needs no right to the field. */
static bool is_own_mark(const struct work *w, const struct record *r, int field)
{
    for (const struct right *right = r->e->rights; right && right->who; right++)
        if (right->field == field && right->may & MAY_CREATE && v_is(compared(w, right->rows)) && right_holds(w, right, r)) return true;
    return false;
}

static const struct field *not_theirs(const struct work *w, struct reach reach, const struct record *was, const struct record *now, bool fresh);

static const struct field *child_not_theirs(const struct work *w, struct reach reach, const struct record *was, const struct record *now,
                                            int field, bool fresh)
{
    const struct field *f = &now->e->fields[field], *blamed = NULL;
    const struct records *before = was ? &was->children[field] : &(struct records){ 0 }, *after = &now->children[field];
    bool theirs = field_written(w, f, reach, fresh);
    if (!theirs) reach = (struct reach){ 0 };
    for (size_t i = 0; i < before->n; i++)
        if (!theirs && !child_with_id(after, before->p[i]->id)) return f;
    for (size_t i = 0; i < after->n && !blamed; i++)
        blamed = not_theirs(w, reach, child_with_id(before, after->p[i]->id), after->p[i], fresh);
    return blamed;
}

/* The first field in which the two differ although it is not the actor's to write. */
static const struct field *not_theirs(const struct work *w, struct reach reach, const struct record *was, const struct record *now, bool fresh)
{
    for EACH_FIELD(f, i, now->e) {
        const struct field *blamed = f->type == &children_type ? child_not_theirs(w, reach, was, now, i, fresh) : NULL;
        if (blamed) return blamed;
        if (!has_column(f) || f->is & COMPUTED || val_eq(was ? was->v[i] : v_null(), now->v[i])) continue;
        if (!field_written(w, f, reach, fresh) && !(fresh && is_own_mark(w, now, i))) return f;
    }
    return NULL;
}

enum err may_save(const struct work *w, const struct record *was, const struct record *now, const struct field **field)
{
    const struct field *blamed = NULL;
    unsigned verb = !was ? MAY_CREATE : !now ? MAY_DELETE : MAY_CHANGE;
    struct reach reach = reach_of(w, was ? was : now);
    bool theirs = reach.may & verb && (!now || reach_of(w, now).may & verb);
    if (field) *field = NULL;
    if (theirs && is_system(w, (was ? was : now)->e)) return OK;
    if (theirs && now) blamed = not_theirs(w, reach, was, now, !was);
    if (field) *field = blamed;
    return theirs && !blamed ? OK : ERR_DENIED;
}

void rows_fill(const struct work *w, struct record *r)
{
    const struct right *own = NULL;
    for (const struct right *right = r->e->rights; right->who; right++) {
        if (!(right->may & MAY_CREATE) || !right_applies(w, right)) continue;
        if (among_rows(w, r, right->rows, right->field)) return;
        if (!own && right->field != ID_ITSELF && v_is(compared(w, right->rows)) && !v_is(r->v[right->field])) own = right;
    }
    if (own) r->v[own->field] = mark(w, r->e, own);
}

/* ---- SQL ------------------------------------------------------------------------------------ */

bool rows_in_c(const struct work *w, const struct entity *e)
{
    e = family(e);
    if (is_system(w, e) || !e->published) return false;
    for (const struct right *right = e->rights; right->who; right++)
        if ((right->rows == ROWS_PUBLISHED || right->rows == ROWS_SEATS) && lists(w, e, right)) return true;
    return false;
}

static void put_condition(struct buf *b, const struct entity *e, const struct right *right, bool sqlite, int argument)
{
    const char *column = right->field == ID_ITSELF ? "id" : e->fields[right->field].name;
    if (right->rows == ROWS_SEATS) {
        struct seats seats = seats_of(&e->fields[right->field]);
        put_f(b, "%s IN (SELECT %s FROM %s WHERE %s = $%d)", column, seats.e->parent->name, seats.e->name, seats.account, argument);
    } else if (!is_many(e, right)) put_f(b, "%s = $%d", column, argument);
    else put_f(b, sqlite ? "instr(%s, $%d) > 0" : "strpos(%s, $%d) > 0", column, argument);
}

void put_rows(struct buf *b, const struct work *w, const struct entity *e, Val *args, int *n)
{
    const char *between = "";
    bool sqlite = db_dialect(w->db) == SQLITE;
    const struct entity *of = family(e);
    if (is_system(w, e)) return;
    for (const struct right *right = of->rights; right->who; right++)
        if (is_everything(right) && lists(w, of, right)) return;
    put_z(b, e->parent ? " AND " : " AND (");
    if (e->parent) put_f(b, "%s IN (SELECT id FROM %s WHERE ", of->name, of->name);
    for (const struct right *right = of->rights; right->who; right++) {
        if (!lists(w, of, right)) continue;
        put_z(b, between);
        args[(*n)++] = mark(w, of, right);
        put_condition(b, of, right, sqlite, *n);
        between = " OR ";
    }
    put_f(b, "%s)", *between ? "" : "1 = 0");
}

bool put_scope(struct buf *b, const struct work *w, const struct entity *e, enum scope rows, int field, Val *args, int *n)
{
    const struct right right = { .rows = rows, .field = field };
    if (is_system(w, e) || is_everything(&right)) return true;
    if (!v_is(compared(w, rows))) return false;
    args[(*n)++] = mark(w, e, &right);
    put_z(b, " AND ");
    put_condition(b, e, &right, db_dialect(w->db) == SQLITE, *n);
    return true;
}

/* ---- a table of rights must make sense ------------------------------------------------------ */

bool scope_fits(enum scope rows, const struct type *t)
{
    switch (rows) {
    case ROWS_OWN:     return t == &reference_type;
    case ROWS_MINE:    return t == &account_type;
    case ROWS_SEATS:   return t == &reference_type;
    case ROWS_WARD:
    case ROWS_MEMBERS: return t == &code_type || t == &codes_type;
    case ROWS_ALL:
    case ROWS_PUBLISHED: break;
    }
    return true;
}

void rights_must(const struct entity *e)
{
    int n = 0;
    for (const struct right *right = e->rights; right->who; right++) {
        MUST(!e->permanent || right->may == MAY_READ);
        if (is_everything(right)) continue;
        MUST(++n <= ROWS_ARGS && right->field < e->n && right->field < 64);
        if (right->field == ID_ITSELF) MUST(right->rows == ROWS_MINE || (right->rows == ROWS_OWN && e->organisation));
        else MUST(scope_fits(right->rows, e->fields[right->field].type));
        if (right->rows == ROWS_SEATS) MUST(right->may == MAY_READ && seats_of(&e->fields[right->field]).e);
    }
}
