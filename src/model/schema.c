#include "model/schema.h"

#include "base/hash.h"

#include <string.h>

static const char *const column_type[DIALECTS][4] = {
    [SQLITE]   = { [V_INT] = "INTEGER", [V_REAL] = "REAL", [V_TEXT] = "TEXT" },
    [POSTGRES] = { [V_INT] = "bigint", [V_REAL] = "double precision", [V_TEXT] = "text COLLATE \"C\"" },
};
#define TYPE(d, t) column_type[d][t]

/* ---- the kernel's own tables --------------------------------------------------------------- */

struct column { const char *name; enum val_type type; const char *rest; };
struct table { const char *name; struct column columns[20]; };

static const struct table own[] = {
    { "property", { { "name", V_TEXT, " PRIMARY KEY" }, { "value", V_TEXT, " NOT NULL" } } },
    { "sequence", { { "name", V_TEXT, " PRIMARY KEY" }, { "next", V_INT, " NOT NULL" } } },
    { "batch", { { "id", V_INT, " PRIMARY KEY" }, { "at", V_INT, " NOT NULL" }, { "kind", V_TEXT, " NOT NULL" },
                 { "actor", V_TEXT, " NOT NULL" }, { "file", V_TEXT, "" }, { "undone_by", V_INT, "" },
                 { "first_seq", V_INT, " NOT NULL" }, { "last_seq", V_INT, " NOT NULL" },
                 { "changes", V_INT, " NOT NULL" } } },
    { "change", { { "seq", V_INT, " PRIMARY KEY" }, { "at", V_INT, " NOT NULL" }, { "batch", V_INT, "" },
                  { "actor", V_TEXT, " NOT NULL" }, { "entity", V_TEXT, " NOT NULL" },
                  { "record", V_INT, " NOT NULL" }, { "kind", V_INT, " NOT NULL" }, { "source_file", V_TEXT, "" },
                  { "source_sheet", V_TEXT, "" }, { "source_row", V_INT, "" }, { "delta", V_TEXT, " NOT NULL" },
                  { "hash", V_TEXT, " NOT NULL" } } },
    { "redirect", { { "entity", V_TEXT, " NOT NULL" }, { "from_id", V_INT, " NOT NULL" },
                    { "to_id", V_INT, " NOT NULL" } } },
    /* An import's rows that a person must decide on, and what has been decided about pairs of records. */
    { "aside", { { "id", V_INT, " PRIMARY KEY" }, { "batch", V_INT, " NOT NULL" }, { "entity", V_TEXT, " NOT NULL" },
                 { "source_file", V_TEXT, "" }, { "source_sheet", V_TEXT, "" }, { "source_row", V_INT, "" },
                 { "identity", V_TEXT, " NOT NULL" }, { "content", V_TEXT, " NOT NULL" },
                 { "reasons", V_TEXT, " NOT NULL" }, { "decided", V_TEXT, "" }, { "decided_by", V_INT, "" },
                 { "decided_in", V_INT, "" }, { "skipped", V_INT, "" } } },
    { "same_as", { { "entity", V_TEXT, " NOT NULL" }, { "identity", V_TEXT, " NOT NULL" },
                   { "record", V_INT, " NOT NULL" }, { "same", V_INT, " NOT NULL" }, { "actor", V_TEXT, " NOT NULL" },
                   { "at", V_INT, " NOT NULL" }, { "batch", V_INT, "" } } },
    /* People (model/people): what proves who they are, and where they are signed in.  Secrets only as hashes, but for those of one-time codes. */
    { "credential", { { "account", V_INT, " PRIMARY KEY" }, { "password", V_TEXT, "" }, { "totp", V_TEXT, "" },
                      { "totp_proposed", V_TEXT, "" }, { "totp_step", V_INT, "" }, { "recovery", V_TEXT, "" } } },
    { "failure", { { "who", V_TEXT, " PRIMARY KEY" }, { "failures", V_INT, " NOT NULL" }, { "wait_until", V_INT, " NOT NULL" } } },
    { "session", { { "id", V_INT, " PRIMARY KEY" }, { "account", V_INT, " NOT NULL" }, { "hash", V_TEXT, " NOT NULL UNIQUE" },
                   { "secret", V_TEXT, " NOT NULL" }, { "strong", V_INT, " NOT NULL" }, { "began", V_INT, " NOT NULL" },
                   { "seen", V_INT, " NOT NULL" }, { "address", V_TEXT, "" }, { "agent", V_TEXT, "" } } },
    { "ticket", { { "hash", V_TEXT, " PRIMARY KEY" }, { "kind", V_INT, " NOT NULL" }, { "account", V_INT, " NOT NULL" },
                  { "ends", V_INT, " NOT NULL" } } },
    { "token", { { "id", V_INT, " PRIMARY KEY" }, { "account", V_INT, " NOT NULL" }, { "name", V_TEXT, " NOT NULL" },
                 { "hash", V_TEXT, " NOT NULL UNIQUE" }, { "hint", V_TEXT, " NOT NULL" }, { "verbs", V_INT, " NOT NULL" },
                 { "lists", V_TEXT, " NOT NULL" }, { "ends", V_TEXT, " NOT NULL" }, { "made", V_INT, " NOT NULL" },
                 { "used", V_INT, "" } } },
    { "token_use", { { "token", V_INT, " NOT NULL" }, { "day", V_TEXT, " NOT NULL" }, { "count", V_INT, " NOT NULL" } } },
    /* Who has come in by a sign-in service (model/people/openid.h), and which attempts have been used. */
    { "openid", { { "issuer", V_TEXT, " NOT NULL" }, { "subject", V_TEXT, " NOT NULL" }, { "account", V_INT, " NOT NULL" },
                  { "at", V_INT, " NOT NULL" } } },
    { "openid_used", { { "state", V_TEXT, " PRIMARY KEY" }, { "at", V_INT, " NOT NULL" } } },
    { "idempotency", { { "account", V_INT, " NOT NULL" }, { "key", V_TEXT, " NOT NULL" }, { "request", V_TEXT, " NOT NULL" },
                       { "status", V_INT, " NOT NULL" }, { "type", V_TEXT, "" }, { "body", V_TEXT, "" },
                       { "at", V_INT, " NOT NULL" } } },
    /* The desk (model/desk): what a person has there and is nobody's record; the work of the server itself. */
    { "draft", { { "account", V_INT, " NOT NULL" }, { "entity", V_TEXT, " NOT NULL" }, { "record", V_INT, " NOT NULL" },
                 { "seq", V_INT, " NOT NULL" }, { "at", V_INT, " NOT NULL" }, { "form", V_TEXT, " NOT NULL" } } },
    { "preference", { { "account", V_INT, " NOT NULL" }, { "name", V_TEXT, " NOT NULL" }, { "value", V_TEXT, " NOT NULL" } } },
    { "saved_view", { { "id", V_INT, " PRIMARY KEY" }, { "account", V_INT, " NOT NULL" }, { "entity", V_TEXT, " NOT NULL" },
                      { "name", V_TEXT, " NOT NULL" }, { "query", V_TEXT, " NOT NULL" }, { "shared", V_INT, " NOT NULL" },
                      { "usual", V_INT, " NOT NULL" } } },
    { "notice", { { "id", V_INT, " PRIMARY KEY" }, { "account", V_INT, " NOT NULL" }, { "at", V_INT, " NOT NULL" },
                  { "text", V_TEXT, " NOT NULL" }, { "path", V_TEXT, " NOT NULL" }, { "seen", V_INT, " NOT NULL" },
                  { "mailed", V_INT, " NOT NULL" } } },
    { "mail", { { "id", V_INT, " PRIMARY KEY" }, { "made", V_INT, " NOT NULL" }, { "recipient", V_TEXT, " NOT NULL" },
                { "subject", V_TEXT, " NOT NULL" }, { "body", V_TEXT, "" }, { "fewer", V_TEXT, "" }, { "tries", V_INT, " NOT NULL" },
                { "next_try", V_INT, "" }, { "sent_at", V_INT, "" }, { "error", V_TEXT, "" } } },
    { "job", { { "id", V_INT, " PRIMARY KEY" }, { "kind", V_TEXT, " NOT NULL" }, { "account", V_INT, " NOT NULL" },
               { "input", V_TEXT, " NOT NULL" }, { "state", V_INT, " NOT NULL" }, { "result", V_TEXT, "" },
               { "made", V_INT, " NOT NULL" }, { "began", V_INT, "" }, { "ended", V_INT, "" } } },
    { "file", { { "hash", V_TEXT, " NOT NULL" }, { "kind", V_TEXT, " NOT NULL" }, { "size", V_INT, " NOT NULL" },
                { "name", V_TEXT, " NOT NULL" }, { "account", V_INT, " NOT NULL" }, { "at", V_INT, " NOT NULL" } } },
    /* What each confidential link is in a blend with (programme/network/confidence.h); ended: the blend is no more, but the value is spent. */
    { "blend_part", { { "blend", V_INT, " NOT NULL" }, { "link", V_INT, " NOT NULL" }, { "supplier_outside", V_INT, " NOT NULL" },
                      { "supplier", V_INT, " NOT NULL" }, { "buyer_outside", V_INT, " NOT NULL" }, { "buyer", V_INT, " NOT NULL" },
                      { "value", V_INT, " NOT NULL" }, { "ended", V_INT, " NOT NULL" } } },
    /* What has been reminded of, once for all. */
    { "reminded", { { "what", V_TEXT, " PRIMARY KEY" }, { "at", V_INT, " NOT NULL" } } },
};

static const char *const own_indexes[] = {
    "CREATE INDEX IF NOT EXISTS change_record ON change (entity, record, seq)",
    "CREATE UNIQUE INDEX IF NOT EXISTS redirect_from ON redirect (entity, from_id)",
    "CREATE INDEX IF NOT EXISTS aside_batch ON aside (batch)",
    "CREATE INDEX IF NOT EXISTS aside_identity ON aside (entity, identity)",
    "CREATE UNIQUE INDEX IF NOT EXISTS same_as_pair ON same_as (entity, identity, record)",
    "CREATE INDEX IF NOT EXISTS session_account ON session (account)",
    "CREATE INDEX IF NOT EXISTS token_account ON token (account)",
    "CREATE UNIQUE INDEX IF NOT EXISTS token_use_day ON token_use (token, day)",
    "CREATE UNIQUE INDEX IF NOT EXISTS openid_identity ON openid (issuer, subject)",
    "CREATE UNIQUE INDEX IF NOT EXISTS openid_account ON openid (issuer, account)",
    "CREATE UNIQUE INDEX IF NOT EXISTS idempotency_key ON idempotency (account, key)",
    "CREATE UNIQUE INDEX IF NOT EXISTS draft_record ON draft (account, entity, record)",
    "CREATE UNIQUE INDEX IF NOT EXISTS preference_name ON preference (account, name)",
    "CREATE UNIQUE INDEX IF NOT EXISTS saved_view_name ON saved_view (account, entity, name)",
    "CREATE INDEX IF NOT EXISTS notice_account ON notice (account, id)",
    "CREATE INDEX IF NOT EXISTS mail_due ON mail (next_try)",
    "CREATE INDEX IF NOT EXISTS job_state ON job (state, id)",
    "CREATE UNIQUE INDEX IF NOT EXISTS file_stored ON file (hash, account)",
};

/* ---- statements ----------------------------------------------------------------------------- */

/*
 * REQUIRED is asked for by the checks, not by the column: a field may come to be required, or cease to be, over rows of before.  What is
 * confidential has no hold on what it names: that something cannot go would tell of it.
 */
static void put_field_column(struct buf *b, const struct model *m, const struct entity *e, const struct field *f, enum dialect d)
{
    bool tells = f->type == &reference_type && reference_to(m, f) && !e->confidential;
    put_f(b, "%s %s", f->name, TYPE(d, f->type->stored));
    if (tells) put_f(b, " REFERENCES %s (id)", reference_to(m, f)->name);
}

static void put_own(struct buf *b, const struct table *t, enum dialect d)
{
    put_f(b, "CREATE TABLE IF NOT EXISTS %s (", t->name);
    for (const struct column *c = t->columns; c->name; c++)
        put_f(b, "%s%s %s%s", c == t->columns ? "" : ", ", c->name, TYPE(d, c->type), c->rest);
    put_z(b, d == SQLITE ? ") STRICT" : ")");
}

static void put_entity(struct buf *b, const struct model *m, const struct shape *s, enum dialect d)
{
    const struct entity *e = s->e;
    put_f(b, "CREATE TABLE IF NOT EXISTS %s (id %s PRIMARY KEY", e->name, TYPE(d, V_INT));
    if (e->parent) put_f(b, ", %s %s NOT NULL REFERENCES %s (id)", e->parent->name, TYPE(d, V_INT), e->parent->name);
    else put_f(b, ", seq %s NOT NULL, changed_at %s NOT NULL", TYPE(d, V_INT), TYPE(d, V_INT));
    for (int c = 0; c < s->columns; c++) {
        put_z(b, ",\n  ");
        put_field_column(b, m, e, &e->fields[s->field_of[c]], d);
    }
    put_z(b, d == SQLITE ? "\n) STRICT" : "\n)");
}

/*
 * What lists sort and filter by most: the title, and what is no free text.  An index of few different values costs an import next to
 * nothing; one of texts as addresses are, a tenth of it.  (Lists of children are gone through as they are asked for.)
 */
static bool is_listed_by(const struct entity *e, const struct field *f)
{
    bool free_text = f->type == &text_type || f->type == &long_text_type || f->type->many;
    return !e->parent && f->is & (LISTED | FACET) && (!free_text || f == &e->fields[e->title]);
}

bool field_indexed(const struct entity *e, const struct field *f)
{
    return has_column(f) && (f->is & (UNIQUE | INDEXED) || f->type == &reference_type || is_listed_by(e, f));
}

/* With the number, by which equal ones are ordered; in SQLite each entry of an index has it anyhow. */
static bool put_index(struct buf *b, const struct entity *e, const struct field *f, enum dialect d)
{
    if (!field_indexed(e, f)) return false;
    if (f->is & UNIQUE) put_f(b, "CREATE UNIQUE INDEX IF NOT EXISTS %s_unique_%s ON %s (%s)", e->name, f->name, e->name, f->name);
    else put_f(b, "CREATE INDEX IF NOT EXISTS %s_by_%s ON %s (%s%s)", e->name, f->name, e->name, f->name, d == SQLITE ? "" : ", id");
    return true;
}

typedef enum err statement_fn(void *to, struct buf *b);

/* Every statement that makes the tables and their indexes, in order. */
static enum err each_statement(struct arena *a, const struct model *m, enum dialect d, statement_fn *fn, void *to)
{
    for (size_t i = 0; i < COUNT(own); i++) {
        struct buf b = buf_make(a);
        put_own(&b, &own[i], d);
        TRY(fn(to, &b));
    }
    for (size_t i = 0; i < COUNT(own_indexes); i++) {
        struct buf b = buf_make(a);
        put_z(&b, own_indexes[i]);
        TRY(fn(to, &b));
    }
    for (int i = 0; i < m->n; i++) {
        const struct entity *e = m->entities[i];
        struct buf b = buf_make(a);
        put_entity(&b, m, &m->shapes[i], d);
        TRY(fn(to, &b));
        if (e->parent) {
            struct buf x = buf_make(a);
            put_f(&x, "CREATE INDEX IF NOT EXISTS %s_by_%s ON %s (%s)", e->name, e->parent->name, e->name, e->parent->name);
            TRY(fn(to, &x));
        }
    }
    return OK;
}

static enum err run(void *to, struct buf *b)
{
    struct work *w = to;
    return db_exec(w->db, w->a, sql_of(b), NO_ARGS);
}

static enum err print(void *to, struct buf *b)
{
    put(to, buf_str(b));
    put_z(to, ";\n");
    return OK;
}

void schema_text(struct buf *b, const struct model *m, enum dialect d)
{
    struct arena *a = b->a;
    MUST(!each_statement(a, m, d, print, b));
    for (int i = 0; i < m->n; i++)
        for EACH_FIELD(f, k, m->entities[i]) {
            struct buf x = buf_make(a);
            if (put_index(&x, m->entities[i], f, d)) MUST(!print(b, &x));
        }
}

/* ---- growing -------------------------------------------------------------------------------- */

struct there { Str name, type; };
struct theres { struct there *p; size_t n, cap; };

static enum err columns_there(struct work *w, const char *table, struct theres *out)
{
    Sql q = db_dialect(w->db) == SQLITE
        ? SQL("SELECT name, lower(type) FROM pragma_table_info($1)")
        : SQL("SELECT column_name::text, data_type::text FROM information_schema.columns"
              " WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position");
    struct rows r = db_query(w->db, w->a, q, ARGS(v_text(str_of(table))));
    while (rows_next(&r)) *GROW(w->a, *out) = (struct there){ row_text(&r, 0), row_text(&r, 1) };
    return rows_end(&r);
}

static const struct there *find_there(const struct theres *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_is(t->p[i].name, name)) return &t->p[i];
    return NULL;
}

static bool is_fixed(const struct entity *e, Str column)
{
    return str_is(column, "id") || (e->parent ? str_is(column, e->parent->name)
                                              : str_is(column, "seq") || str_is(column, "changed_at"));
}

static bool type_agrees(enum dialect d, enum val_type t, Str there)
{
    Str want = str_of(TYPE(d, t));
    struct arena a = arena_make(1 << 16, NULL);
    bool same = str_starts(str_lower_ascii(&a, want), there);       /* without the collation      */
    arena_free(&a);
    return same;
}

#define NEEDS_STEP N_("The database has the column {1}, which this version does not know. If it may go with all it holds: " \
                      "matxich migrate --drop {1}")
#define OTHER_TYPE N_("The column {1} is of type {2} in the database, but this version stores another. Export the list, run " \
                      "matxich migrate --drop {1}, and import it again.")
#define TWICE      N_("{1} must be different in each record from this version on, but two records have the same. Correct them " \
                      "with the version of before.")

/* The kernel's own tables only ever gain columns; a row of before has nothing in them. */
static enum err grow_own(struct work *w, const struct table *t)
{
    struct theres have = { 0 };
    TRY(columns_there(w, t->name, &have));
    for (const struct column *c = t->columns; have.n && c->name; c++) {
        struct buf b = buf_make(w->a);
        if (find_there(&have, c->name)) continue;
        put_f(&b, "ALTER TABLE %s ADD COLUMN %s %s", t->name, c->name, TYPE(db_dialect(w->db), c->type));
        TRY(run(w, &b));
    }
    return OK;
}

static enum err grow_entity(struct work *w, const struct entity *e, Message *why)
{
    struct theres have = { 0 };
    TRY(columns_there(w, e->name, &have));
    for (size_t i = 0; i < have.n; i++) {
        Str name = str_f(w->a, "%s.%.*s", e->name, FMT(have.p[i].name));
        int f = field_index(e, have.p[i].name);
        if (is_fixed(e, have.p[i].name)) continue;
        if (f < 0 || !has_column(&e->fields[f])) return *why = MSG(NEEDS_STEP, name), ERR_CONFLICT;
        if (!type_agrees(db_dialect(w->db), e->fields[f].type->stored, have.p[i].type))
            return *why = MSG(OTHER_TYPE, name, have.p[i].type), ERR_CONFLICT;
    }
    for EACH_FIELD(f, i, e) {
        if (!has_column(f) || find_there(&have, f->name)) continue;
        struct buf b = buf_make(w->a);
        put_f(&b, "ALTER TABLE %s ADD COLUMN ", e->name);
        put_field_column(&b, w->m, e, f, db_dialect(w->db));
        TRY(run(w, &b));
    }
    return OK;
}

static enum err drop_index(struct work *w, const struct entity *e, const char *kind, Str column)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "DROP INDEX IF EXISTS %s_%s_%.*s", e->name, kind, FMT(column));
    return run(w, &b);
}

/* An index may go whenever it is not wanted: nothing is lost with it. */
static enum err grow_indexes(struct work *w, const struct entity *e, Message *why)
{
    for EACH_FIELD(f, i, e) {
        struct buf b = buf_make(w->a);
        if (has_column(f) && !(f->is & UNIQUE)) TRY(drop_index(w, e, "unique", str_of(f->name)));
        if (!put_index(&b, e, f, db_dialect(w->db))) continue;
        enum err err = run(w, &b);
        if (err == ERR_CONFLICT) *why = MSG(TWICE, str_f(w->a, "%s.%s", e->name, f->name));
        TRY(err);
    }
    return OK;
}

/* The tables as text, by their hash: a database that has seen them needs no look at each. */
static Str fingerprint(struct work *w)
{
    struct buf b = buf_make(w->a);
    schema_text(&b, w->m, db_dialect(w->db));
    return sha256_hex(w->a, buf_str(&b));
}

static enum err grow(struct work *w, void *arg)
{
    for (size_t i = 0; i < COUNT(own); i++) TRY(grow_own(w, &own[i]));
    TRY(each_statement(w->a, w->m, db_dialect(w->db), run, w));
    for (int i = 0; i < w->m->n; i++) TRY(grow_entity(w, w->m->entities[i], arg));
    for (int i = 0; i < w->m->n; i++) TRY(grow_indexes(w, w->m->entities[i], arg));
    return property_set(w, S("schema"), fingerprint(w));
}

enum err schema_grow(struct work *w, Message *why)
{
    bool ours;
    Str seen = { 0 };
    TRY(schema_present(w, &ours));
    if (ours) TRY(property_get(w, S("schema"), &seen));
    return str_eq(seen, fingerprint(w)) ? OK : work_write(w, grow, why);
}

struct step { const struct entity *e; Str column; };

static enum err drop(struct work *w, void *arg)
{
    struct step *s = arg;
    struct buf b = buf_make(w->a);
    TRY(drop_index(w, s->e, "by", s->column));
    TRY(drop_index(w, s->e, "unique", s->column));
    put_f(&b, "ALTER TABLE %s DROP COLUMN %.*s", s->e->name, FMT(s->column));
    TRY(run(w, &b));
    return property_set(w, S("schema"), S("changed"));      /* to be looked at again              */
}

enum err schema_drop(struct work *w, Str name, Message *why)
{
    Str table;
    struct step s = { 0 };
    struct theres have = { 0 };
    if (!str_cut(name, '.', &table, &s.column) || !(s.e = entity_named(w->m, table))) {
        *why = MSG(N_("A step is written ENTITY.COLUMN, as in enterprise.fax; {1} is not."), name);
        return ERR_INVALID;
    }
    TRY(columns_there(w, s.e->name, &have));
    const struct there *t = find_there(&have, str_z(w->a, s.column));
    if (!t || is_fixed(s.e, s.column)) {
        *why = MSG(N_("There is no column {1} that could be dropped."), name);
        return ERR_INVALID;
    }
    int f = field_index(s.e, s.column);
    if (f >= 0 && has_column(&s.e->fields[f]) && type_agrees(db_dialect(w->db), s.e->fields[f].type->stored, t->type)) {
        *why = MSG(N_("{1} is in use: this version has that field."), name);
        return ERR_INVALID;
    }
    return work_write(w, drop, &s);
}

enum err schema_present(struct work *w, bool *yes)
{
    struct theres have = { 0 };
    TRY(columns_there(w, "change", &have));
    *yes = have.n > 0;
    return OK;
}

enum err property_get(struct work *w, Str name, Str *value)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT value FROM property WHERE name = $1"), ARGS(v_text(name)));
    *value = (Str){ 0 };
    if (rows_next(&r)) *value = row_text(&r, 0);
    return rows_end(&r);
}

enum err property_set(struct work *w, Str name, Str value)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("INSERT INTO property (name, value) VALUES ($1, $2)"
                                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
                   ARGS(v_text(name), v_text(value)));
}
