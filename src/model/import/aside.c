/* aside.c - rows that only a person can place: kept aside with their candidates, and the answers remembered. */
#include "format/json.h"
#include "model/import/importing.h"
#include "model/log.h"
#include "model/merge.h"
#include "model/rights.h"

/* What a row says about who it is: the key of its name, its place and its unique values. */
Str aside_identity(struct work *w, const struct record *row)
{
    const struct entity *e = row->e;
    struct buf b = buf_make(w->a);
    Val name = v_is(row->v[e->title]) || !(e->fields[e->title].is & PAIR) ? row->v[e->title] : row->v[e->title + 1];
    put(&b, match_key(w->a, e, v_str(name)));
    put_c(&b, '|');
    if (e->place) put(&b, v_str(row->v[e->place]));
    for EACH_FIELD(f, i, e)
        if (f->is & UNIQUE) put_c(&b, '|'), f->type->show(&b, w, f, row->v[i]);
    return buf_str(&b);
}

/* ---- a row as text, in the form of the change log ----------------------------------------------- */

static void number_children(struct record *r, bool number)
{
    for EACH_FIELD(f, i, r->e)
        for (size_t k = 0; f->type == &children_type && k < r->children[i].n; k++)
            r->children[i].p[k]->id = number ? (int64_t)k + 1 : 0;
}

static Str content_of(struct work *w, const struct record *row)
{
    struct record *copy = record_copy(w->a, row);
    number_children(copy, true);
    return delta_make(w, NULL, copy);
}

static enum err read_content(struct work *w, const struct entity *e, Str content, struct record **out)
{
    const struct json_t *delta;
    Message why;
    if (json_read(w->a, content, &delta, &why)) return ERR_BROKEN;
    *out = record_make(w->a, e);
    delta_apply(w->a, *out, delta, IS);
    number_children(*out, false);
    return OK;
}

static Str reasons_of(struct work *w, const struct matched *m)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    json_write_array(&j);
    for (size_t i = 0; i < m->n; i++) {
        json_write_object(&j);
        json_write_key(&j, S("record"));
        json_write_int(&j, m->candidates[i].record);
        json_write_key(&j, S("likeness"));
        json_write_real(&j, m->candidates[i].likeness);
        json_write_end(&j);
    }
    json_write_end(&j);
    json_write_done(&j);
    return buf_str(&b);
}

static enum err read_reasons(struct work *w, Str reasons, struct aside *out)
{
    const struct json_t *list, *one;
    Message why;
    if (json_read(w->a, reasons, &list, &why)) return ERR_BROKEN;
    for (size_t i = 0; i < CANDIDATES_MAX && (one = json_item(list, i)); i++) {
        struct candidate *c = &out->candidates[out->n++];
        if (!json_to_i64(json_member(one, "record"), &c->record) || !json_to_f64(json_member(one, "likeness"), &c->likeness))
            return ERR_BROKEN;
    }
    return OK;
}

/* Neither answered nor gone with its import: who undoes that has no questions left from it. */
#define IS_OPEN "decided IS NULL AND NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = aside.batch AND batch.undone_by IS NOT NULL)"

/* ---- keeping ---------------------------------------------------------------------------------------- */

static Val text_or_null(Str s) { return s.n ? v_text(s) : v_null(); }

static enum err lies_there(struct work *w, const struct entity *e, Str identity, Str content, bool *there)
{
    int64_t n = 0;
    TRY(db_one_int(w->db, w->a, SQL("SELECT 1 FROM aside WHERE entity = $1 AND identity = $2 AND content = $3 AND " IS_OPEN " LIMIT 1"),
                   ARGS(v_text(str_of(e->name)), v_text(identity), v_text(content)), &n));
    *there = n;
    return OK;
}

enum err aside_put(struct work *w, const struct record *row, const struct matched *m, bool *added)
{
    bool there;
    int64_t id = 0;
    Str identity = aside_identity(w, row), content = content_of(w, row);
    TRY(lies_there(w, row->e, identity, content, &there));
    *added = !there;
    if (there) return OK;
    if (!w->batch) TRY(batch_open(w, S("import"), w->source.file));
    TRY(db_one_int(w->db, w->a, SQL("SELECT coalesce(max(id), 0) + 1 FROM aside"), NO_ARGS, &id));
    return db_exec(w->db, w->a,
                   SQL("INSERT INTO aside (id, batch, entity, source_file, source_sheet, source_row, identity, content, reasons)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                   ARGS(v_int(id), v_int(w->batch), v_text(str_of(row->e->name)), text_or_null(w->source.file),
                        text_or_null(w->source.sheet), v_int(w->source.row), v_text(identity), v_text(content),
                        v_text(reasons_of(w, m))));
}

#define ASIDE_COLUMNS "SELECT id, batch, source_file, source_sheet, source_row, content, reasons, decided FROM aside "

static enum err read_aside(struct work *w, const struct entity *e, const struct rows *r, struct aside *out)
{
    *out = (struct aside){ .id = row_int(r, 0), .batch = row_int(r, 1), .decided = row_text(r, 7),
                           .source = { row_text(r, 2), row_text(r, 3), row_int(r, 4) } };
    TRY(read_content(w, e, row_text(r, 5), &out->row));
    return read_reasons(w, row_text(r, 6), out);
}

enum err asides_open(struct work *w, const struct entity *e, int64_t after, int limit, struct asides *out)
{
    enum err err = OK;
    *out = (struct asides){ 0 };
    struct rows r = db_query(w->db, w->a, SQL(ASIDE_COLUMNS "WHERE entity = $1 AND id > $2 AND " IS_OPEN " ORDER BY id LIMIT $3"),
                             ARGS(v_text(str_of(e->name)), v_int(after), v_int(limit)));
    while (!err && rows_next(&r)) err = read_aside(w, e, &r, GROW(w->a, *out));
    enum err end = rows_end(&r);
    return err ? err : end;
}

enum err asides_count(struct work *w, const struct entity *e, int64_t *n)
{
    *n = 0;
    return db_one_int(w->db, w->a, SQL("SELECT count(*) FROM aside WHERE entity = $1 AND " IS_OPEN), ARGS(v_text(str_of(e->name))), n);
}

/* ---- deciding ------------------------------------------------------------------------------------------ */

struct decide { int64_t aside, same_as; Message *why; };

enum err aside_find(struct work *w, int64_t id, struct aside *out)
{
    const struct entity *e = NULL;
    struct rows name = db_query(w->db, w->a, SQL("SELECT entity FROM aside WHERE id = $1 AND " IS_OPEN), ARGS(v_int(id)));
    if (rows_next(&name)) e = entity_named(w->m, row_text(&name, 0));
    TRY(rows_end(&name));
    if (!e) return ERR_MISSING;
    struct rows r = db_query(w->db, w->a, SQL(ASIDE_COLUMNS "WHERE id = $1"), ARGS(v_int(id)));
    enum err err = rows_next(&r) ? read_aside(w, e, &r, out) : OK;
    enum err end = rows_end(&r);
    return err ? err : end;
}

static enum err remember(struct work *w, const struct record *row, int64_t record, bool same)
{
    return db_exec(w->db, w->a,
                   SQL("INSERT INTO same_as (entity, identity, record, same, actor, at, batch) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                       " ON CONFLICT (entity, identity, record) DO UPDATE SET same = excluded.same, actor = excluded.actor,"
                       " at = excluded.at, batch = excluded.batch"),
                   ARGS(v_text(str_of(row->e->name)), v_text(aside_identity(w, row)), v_int(record), v_int(same), v_text(w->actor.name),
                        v_int(w->writing.at), v_int(w->batch)));
}

static enum err save_decided(struct work *w, const struct aside *a, const struct record *was, Message *why)
{
    struct record *now = row_merge(w, was, a->row, false);
    struct problems problems = { 0 };
    bool changed;
    record_check(w, now, &problems);
    if (problems.n) {
        *why = MSG(N_("The row cannot be saved. {1}"), problem_str(w, &problems.p[0]));
        return ERR_INVALID;
    }
    if (may_save(w, was, now, NULL)) return *why = MSG(N_("You may not change this record so.")), ERR_DENIED;
    w->source = a->source;
    return record_save(w, was, now, &changed);
}

static enum err decide(struct work *w, void *arg)
{
    const struct decide *d = arg;
    struct aside a;
    struct record *was = NULL;
    int64_t survivor;
    TRY(aside_find(w, d->aside, &a));
    if (d->same_as) TRY(record_redirect(w, a.row->e, d->same_as, &survivor));
    if (d->same_as) TRY(record_load(w, a.row->e, survivor ? survivor : d->same_as, &was));
    TRY(batch_open(w, S("review"), a.source.file));
    if (was) TRY(remember(w, a.row, was->id, true));
    for (size_t i = 0; !was && i < a.n; i++) TRY(remember(w, a.row, a.candidates[i].record, false));
    TRY(save_decided(w, &a, was, d->why));
    return db_exec(w->db, w->a, SQL("UPDATE aside SET decided = $2, decided_by = $3, decided_in = $4 WHERE id = $1"),
                   ARGS(v_int(a.id), v_text(was ? public_id(w->a, was->e, was->id) : S("new")), v_int(w->actor.account), v_int(w->batch)));
}

enum err aside_decide(struct work *w, int64_t aside, int64_t same_as, Message *why)
{
    struct decide d = { aside, same_as, why };
    struct source source = w->source;
    int64_t batch = w->batch;
    enum err err = work_write(w, decide, &d);
    w->source = source;
    w->batch = batch;
    return err;
}

/* ---- one after another ----------------------------------------------------------------------------------- */

enum err aside_next(struct work *w, const struct entity *e, struct aside *out)
{
    enum err err = OK;
    *out = (struct aside){ 0 };
    struct rows r = db_query(w->db, w->a, SQL(ASIDE_COLUMNS "WHERE entity = $1 AND " IS_OPEN " ORDER BY coalesce(skipped, 0), id LIMIT 1"),
                             ARGS(v_text(str_of(e->name))));
    if (rows_next(&r)) err = read_aside(w, e, &r, out);
    enum err end = rows_end(&r);
    return err ? err : end;
}

static enum err skip(struct work *w, void *arg)
{
    return db_exec(w->db, w->a, SQL("UPDATE aside SET skipped = $2 WHERE id = $1"), ARGS(v_int(*(const int64_t *)arg), v_int(w->writing.at)));
}

enum err aside_skip(struct work *w, int64_t aside) { return work_write(w, skip, &aside); }

enum err aside_last(struct work *w, int64_t *aside, int64_t *batch)
{
    *aside = *batch = 0;
    struct rows r = db_query(w->db, w->a, SQL("SELECT aside.id, aside.decided_in FROM aside JOIN batch ON batch.id = aside.decided_in"
                                              " WHERE aside.decided_by = $1 AND batch.undone_by IS NULL ORDER BY aside.decided_in DESC LIMIT 1"),
                             ARGS(v_int(w->actor.account)));
    if (rows_next(&r)) *aside = row_int(&r, 0), *batch = row_int(&r, 1);
    return rows_end(&r);
}
