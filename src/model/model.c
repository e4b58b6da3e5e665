#include "model/model.h"

#include "model/change.h"
#include "model/flow/proposal.h"
#include "model/list/list.h"
#include "model/people/account.h"
#include "model/thesaurus.h"

#include <string.h>

static bool is_name(const char *s)
{
    return s && *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

int field_index(const struct entity *e, Str name)
{
    for (int i = 0; i < e->n; i++)
        if (str_is(name, e->fields[i].name)) return i;
    return -1;
}

int key_field(const struct entity *e)
{
    for EACH_FIELD(f, i, e) if (f->is & KEY) return i;
    return e->title;
}

const struct field *field_in_parent(const struct entity *e)
{
    for EACH_FIELD(f, i, e->parent) if (f->to == e) return f;
    bug_at(__FILE__, __LINE__, "children that no field of their parent holds");
}

const char *entity_path(const struct entity *e) { return e->parent ? field_in_parent(e)->name : e->path; }

/* ---- a table of fields must make sense ------------------------------------------------------ */

/* Whoever sees the one sees the other. */
static bool seen_with(const struct field *f, const struct field *other)
{
    for (enum depth depth = PUBLIC_FIELDS; depth < ALL_FIELDS; depth++)
        if (field_seen(f, depth) && !field_seen(other, depth)) return false;
    return true;
}

static void field_must(const struct entity *e, const struct field *f)
{
    const struct type *t = f->type;
    MUST(is_name(f->name) && f->label && t);
    MUST(!f->list == (t != &code_type && t != &codes_type));
    MUST(!f->choices == (t != &choice_type && t != &choices_type && t != &state_type));
    MUST(!f->to == (t != &children_type) || t == &reference_type);
    MUST(!(f->is & DERIVED) == !f->derive);
    MUST(!(f->is & PERSONAL) || !(f->is & PUBLIC));
    MUST(!(f->is & SEARCHED) || (f->weight >= 1 && f->weight <= 16));
    MUST(t != &children_type || (f->to->parent == e && !e->parent));
    if (f->is & PAIR) MUST(f + 1 < e->fields + e->n && f[1].type == f->type && seen_with(f, f + 1));
    if (f->unit_by) MUST(field_index(e, str_of(f->unit_by)) >= 0 && seen_with(f, &e->fields[field_index(e, str_of(f->unit_by))]));
    MUST(seen_with(f, &e->fields[e->title]));               /* what names a record stands beside all of it */
    MUST(!asked_among("after columns limit match sort", str_of(f->name)));       /* words of list.h         */
    for (const struct field *g = e->fields; g < f; g++) MUST(strcmp(f->name, g->name));
}

static void entity_must(const struct entity *e)
{
    MUST(is_name(e->name) && e->one && e->many && e->n > 0 && e->title < e->n);
    MUST(!e->parent == !!e->path && !e->parent == !!e->rights);
    unsigned used = 0;
    for EACH_FIELD(f, i, e) {
        field_must(e, f);
        used |= f->is;
        MUST(!(f->is & HAPPENED) || f->type == &date_type);
    }
    MUST(used & LISTED);
    if (e->rights) rights_must(e);
    if (e->workflow) workflow_must(e);
    MUST(!e->permanent || !e->workflow);                    /* each of whose steps changes a record */
    MUST(!(used & CONFIRM) == !e->confirmations && (!e->confirmations || e->fields[e->confirmations].is & INTERNAL));
}

/* ---- shapes --------------------------------------------------------------------------------- */

static void put_columns(struct buf *b, const struct shape *s, const char *before)
{
    put_z(b, s->e->parent ? "id, " : "id, seq, changed_at");
    if (s->e->parent) put_z(b, s->e->parent->name);
    for (int c = 0; c < s->columns; c++) put_f(b, ", %s%s", before, s->e->fields[s->field_of[c]].name);
}

static Sql select_where(struct arena *a, const struct shape *s, const char *where)
{
    struct buf b = buf_make(a);
    put_z(&b, "SELECT ");
    put_columns(&b, s, "");
    put_f(&b, " FROM %s%s", s->e->name, where);
    return sql_of(&b);
}

static Sql insert_sql(struct arena *a, const struct shape *s)
{
    struct buf b = buf_make(a);
    int fixed = s->e->parent ? 2 : 3;
    put_f(&b, "INSERT INTO %s (", s->e->name);
    put_columns(&b, s, "");
    put_z(&b, ") VALUES (");
    for (int i = 1; i <= fixed + s->columns; i++) put_f(&b, "%s$%d", i == 1 ? "" : ", ", i);
    put_c(&b, ')');
    return sql_of(&b);
}

static Sql update_sql(struct arena *a, const struct shape *s)
{
    struct buf b = buf_make(a);
    int at = 2;
    put_f(&b, "UPDATE %s SET ", s->e->name);
    if (s->e->parent) put_f(&b, "%s = $%d", s->e->parent->name, at++);
    else at += 2, put_z(&b, "seq = $2, changed_at = $3");
    for (int c = 0; c < s->columns; c++) put_f(&b, ", %s = $%d", s->e->fields[s->field_of[c]].name, at + c);
    put_z(&b, " WHERE id = $1");
    return sql_of(&b);
}

static const char *among_some(struct arena *a, const char *column, const char *order)
{
    struct buf b = buf_make(a);
    put_f(&b, " WHERE %s IN (", column);
    for (int i = 1; i <= SOME; i++) put_f(&b, "%s$%d", i == 1 ? "" : ", ", i);
    put_f(&b, ")%s", order);
    return str_z(a, buf_str(&b));
}

static void shape_make(struct arena *a, struct shape *s, const struct entity *e)
{
    s->e = e;
    s->field_of = NEW_ARRAY(a, int, (size_t)e->n);
    for EACH_FIELD(f, i, e) if (has_column(f)) s->field_of[s->columns++] = i;
    s->select_one = select_where(a, s, " WHERE id = $1");
    s->select_page = select_where(a, s, " WHERE id > $1 ORDER BY id LIMIT $2");
    if (e->parent) {
        const char *where = str_z(a, str_f(a, " WHERE %s = $1 ORDER BY id", e->parent->name));
        s->select_children = select_where(a, s, where);
        const char *one_after_another = str_z(a, str_f(a, " ORDER BY %s, id", e->parent->name));
        s->select_of = select_where(a, s, among_some(a, e->parent->name, one_after_another));
        s->select_between = select_where(a, s, str_z(a, str_f(a, " WHERE %s BETWEEN $1 AND $2%s", e->parent->name, one_after_another)));
    }
    s->select_some = select_where(a, s, among_some(a, "id", ""));
    s->select_list = select_where(a, s, "");
    s->insert = insert_sql(a, s);
    s->update = update_sql(a, s);
    struct buf b = buf_make(a);
    put_f(&b, "DELETE FROM %s WHERE id = $1", e->name);
    s->remove = sql_of(&b);
}

/* A number that people read out leads to one record. */
static bool same_prefix(const struct entity *a, const struct entity *b) { return a->id_prefix && b->id_prefix && !strcmp(a->id_prefix, b->id_prefix); }

struct model *model_make(struct arena *a, const struct entity *const *entities)
{
    static const struct entity *const lists[] = { &code_list_entity, &code_entity, &setting_entity, &concept_entity };
    static const struct entity *const people[] = { &account_entity, &step_taken_entity, &proposal_entity };      /* may name an organisation */
    struct model *m = NEW(a, struct model);
    size_t n = 0;
    while (entities[n]) n++;
    m->a = a;
    const struct entity **all = NEW_ARRAY(a, const struct entity *, COUNT(lists) + n + COUNT(people) + 1);
    for (size_t i = 0; i < COUNT(lists); i++) all[m->n++] = lists[i];
    for (size_t i = 0; i < n; i++) all[m->n++] = entities[i];
    for (size_t i = 0; i < COUNT(people); i++) all[m->n++] = people[i];
    m->entities = all;
    m->shapes = NEW_ARRAY(a, struct shape, (size_t)m->n);
    for (int i = 0; i < m->n; i++) {
        entity_must(all[i]);
        for (int k = 0; k < i; k++)
            MUST(strcmp(all[i]->name, all[k]->name) && strcmp(entity_path(all[i]), entity_path(all[k])) && !same_prefix(all[i], all[k]));
        if (all[i]->organisation) {
            MUST(!m->organisation);
            m->organisation = all[i];
        }
        shape_make(a, &m->shapes[i], all[i]);
    }
    return m;
}

const struct shape *shape_of(const struct model *m, const struct entity *e)
{
    for (int i = 0; i < m->n; i++)
        if (m->entities[i] == e) return &m->shapes[i];
    bug_at(__FILE__, __LINE__, "an entity that is not in the list of entities");
}

const struct entity *reference_to(const struct model *m, const struct field *f) { return f->to ? f->to : m->organisation; }

const struct entity *entity_named(const struct model *m, Str name)
{
    for (int i = 0; i < m->n; i++)
        if (str_is(name, m->entities[i]->name)) return m->entities[i];
    return NULL;
}

const struct entity *entity_at(const struct model *m, Str path)
{
    for (int i = 0; i < m->n; i++)
        if (str_is(path, entity_path(m->entities[i]))) return m->entities[i];
    return NULL;
}

/* ---- writing -------------------------------------------------------------------------------- */

static enum err next_id(struct work *w, int i)
{
    struct writing *wr = &w->writing;
    if (wr->next_id[i]) return OK;
    wr->next_id[i] = 1;
    return db_one_int(w->db, w->a, SQL("SELECT next FROM sequence WHERE name = $1"),
                      ARGS(v_text(str_of(w->m->entities[i]->name))), &wr->next_id[i]);
}

int64_t work_take_id(struct work *w, const struct entity *e, enum err *err)
{
    int i = (int)(shape_of(w->m, e) - w->m->shapes);
    if ((*err = next_id(w, i))) return 0;
    w->writing.used[i] = true;
    return w->writing.next_id[i]++;
}

enum err work_take_number(struct work *w, Str table, int64_t *id)
{
    MUST(db_in_write(w->db));
    return db_one_int(w->db, w->a, SQL("INSERT INTO sequence (name, next) VALUES ($1, 2) ON CONFLICT (name)"
                                       " DO UPDATE SET next = sequence.next + 1 RETURNING next - 1"), ARGS(v_text(table)), id);
}

enum err work_keep_id(struct work *w, const struct entity *e, int64_t id)
{
    int i = (int)(shape_of(w->m, e) - w->m->shapes);
    TRY(next_id(w, i));
    if (id >= w->writing.next_id[i]) {
        w->writing.next_id[i] = id + 1;
        w->writing.used[i] = true;
    }
    return OK;
}

struct job { struct work *w; work_fn *fn; void *arg; };

static enum err write_inside(struct db *db, void *arg)
{
    struct job *j = arg;
    struct work *w = j->w;
    size_t n = (size_t)w->m->n;
    w->writing = (struct writing){ .next_id = NEW_ARRAY(w->a, int64_t, n), .used = NEW_ARRAY(w->a, bool, n),
                                   .seq = -1, .at = time_now() };
    TRY(j->fn(w, j->arg));
    TRY(batch_note(w));
    for (size_t i = 0; i < n; i++)
        if (w->writing.used[i])
            TRY(db_exec(db, w->a, SQL("INSERT INTO sequence (name, next) VALUES ($1, $2)"
                                      " ON CONFLICT (name) DO UPDATE SET next = excluded.next"),
                        ARGS(v_text(str_of(w->m->entities[i]->name)), v_int(w->writing.next_id[i]))));
    return OK;
}

enum err work_write(struct work *w, work_fn *fn, void *arg)
{
    struct job j = { w, fn, arg };
    return db_write(w->db, write_inside, &j);
}
