#include "model/log.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

/* ---- deltas --------------------------------------------------------------------------------- */

static void put_val(struct json_writer *j, Val v)
{
    switch (v.type) {
    case V_NULL: json_write_null(j); break;
    case V_INT:  json_write_int(j, v.i); break;
    case V_REAL: json_write_real(j, v.r); break;
    case V_TEXT: json_write_string(j, v.s); break;
    }
}

/* [was, is] for each stored field that differs; says whether any did.  Computed fields follow from the others. */
static bool put_values(struct json_writer *j, const struct entity *e, const struct record *was, const struct record *now)
{
    bool any = false;
    for EACH_FIELD(f, i, e) {
        Val a = was ? was->v[i] : v_null(), b = now ? now->v[i] : v_null();
        if (!has_column(f) || f->is & COMPUTED || val_eq(a, b)) continue;
        json_write_key(j, str_of(f->name));
        json_write_array(j);
        put_val(j, a);
        put_val(j, b);
        json_write_end(j);
        any = true;
    }
    return any;
}

bool same_values(const struct record *a, const struct record *b)
{
    for EACH_FIELD(f, i, a->e)
        if (has_column(f) && !(f->is & COMPUTED) && !val_eq(a->v[i], b->v[i])) return false;
    return true;
}

static void put_child(struct json_writer *j, const struct record *was, const struct record *now)
{
    const struct record *r = now ? now : was;
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)r->id);
    json_write_key(j, str_of(id));
    json_write_object(j);
    if (!was || !now) {
        json_write_key(j, now ? S("+") : S("-"));
        json_write_int(j, 1);
    }
    put_values(j, r->e, was, now);
    json_write_end(j);
}

static bool children_differ(const struct records *a, const struct records *b)
{
    if (a->n != b->n) return true;
    for (size_t i = 0; i < b->n; i++) {
        const struct record *old = child_with_id(a, b->p[i]->id);
        if (!old || !same_values(old, b->p[i])) return true;
    }
    return false;
}

static bool put_children(struct json_writer *j, const struct field *f, const struct records *a, const struct records *b)
{
    if (!children_differ(a, b)) return false;
    json_write_key(j, str_of(f->name));
    json_write_object(j);
    for (size_t i = 0; i < a->n; i++)
        if (!child_with_id(b, a->p[i]->id)) put_child(j, a->p[i], NULL);
    for (size_t i = 0; i < b->n; i++) {
        const struct record *old = child_with_id(a, b->p[i]->id);
        if (!old || !same_values(old, b->p[i])) put_child(j, old, b->p[i]);
    }
    json_write_end(j);
    return true;
}

Str delta_make(struct work *w, const struct record *was, const struct record *now)
{
    static const struct records none;
    const struct entity *e = now ? now->e : was->e;
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    bool any = put_values(&j, e, was, now);
    for EACH_FIELD(f, i, e)
        if (f->type == &children_type)
            any |= put_children(&j, f, was ? &was->children[i] : &none, now ? &now->children[i] : &none);
    json_write_end(&j);
    json_write_done(&j);
    return any || !was || !now ? buf_str(&b) : (Str){ 0 };
}

/* ---- the chain ------------------------------------------------------------------------------ */

static void put_framed(struct buf *b, Str s)                /* length first: no two contents look alike */
{
    put_i(b, (int64_t)s.n);
    put_c(b, ':');
    put(b, s);
}

Str change_hash(struct arena *a, Str before, const struct change *c)
{
    struct buf b = buf_make(a);
    put_framed(&b, before);
    const int64_t numbers[] = { c->seq, c->at, c->batch, c->record, c->kind, c->source.row };
    for (size_t i = 0; i < COUNT(numbers); i++) put_i(&b, numbers[i]), put_c(&b, ',');
    put_framed(&b, c->actor);
    put_framed(&b, c->entity);
    put_framed(&b, c->source.file);
    put_framed(&b, c->source.sheet);
    put_framed(&b, c->delta);
    return sha256_hex(a, buf_str(&b));
}

static enum err chain_end(struct work *w)
{
    struct writing *wr = &w->writing;
    if (wr->seq >= 0) return OK;
    struct rows r = db_query(w->db, w->a, SQL("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1"), NO_ARGS);
    wr->seq = 0;
    Str hash = { 0 };
    if (rows_next(&r)) {
        hash = row_text(&r, 1);
        wr->seq = row_int(&r, 0);
    }
    TRY(rows_end(&r));
    if (wr->seq && hash.n != SHA256_HEX) return ERR_BROKEN;             /* somebody has been here    */
    memcpy(wr->hash, hash.n ? hash.p : "", hash.n);
    wr->hash[hash.n] = 0;
    return OK;
}

static Val text_or_null(Str s) { return s.n ? v_text(s) : v_null(); }

enum err change_append(struct work *w, struct change *c)
{
    MUST(db_in_write(w->db));
    TRY(chain_end(w));
    c->seq = w->writing.seq + 1;
    c->hash = change_hash(w->a, str_of(w->writing.hash), c);
    TRY(db_exec(w->db, w->a,
                SQL("INSERT INTO change (seq, at, batch, actor, entity, record, kind, source_file, source_sheet, source_row,"
                    " delta, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
                ARGS(v_int(c->seq), v_int(c->at), c->batch ? v_int(c->batch) : v_null(), v_text(c->actor), v_text(c->entity),
                     v_int(c->record), v_int(c->kind), text_or_null(c->source.file), text_or_null(c->source.sheet),
                     c->source.row ? v_int(c->source.row) : v_null(), v_text(c->delta), v_text(c->hash))));
    w->writing.seq = c->seq;
    w->writing.appended += c->batch != 0;
    memcpy(w->writing.hash, c->hash.p, SHA256_HEX + 0u);
    w->writing.hash[SHA256_HEX] = 0;
    return OK;
}

enum err change_last(struct work *w, int64_t *seq)
{
    *seq = 0;
    return db_one_int(w->db, w->a, SQL("SELECT seq FROM change ORDER BY seq DESC LIMIT 1"), NO_ARGS, seq);
}

/* ---- reading the log ------------------------------------------------------------------------ */

static struct change from_row(struct rows *r)
{
    return (struct change){
        .seq = row_int(r, 0), .at = row_int(r, 1), .batch = row_int(r, 2), .actor = row_text(r, 3),
        .entity = row_text(r, 4), .record = row_int(r, 5), .kind = (enum change_kind)row_int(r, 6),
        .source = { row_text(r, 7), row_text(r, 8), row_int(r, 9) }, .delta = row_text(r, 10), .hash = row_text(r, 11),
    };
}

enum err changes_read(struct work *w, Sql q, Args args, struct changes *out)
{
    *out = (struct changes){ 0 };
    struct rows r = db_query(w->db, w->a, q, args);
    while (rows_next(&r)) *GROW(w->a, *out) = from_row(&r);
    return rows_end(&r);
}

enum err changes_of(struct work *w, const struct entity *e, int64_t record, int64_t before, int limit, struct changes *out)
{
    Val upto = v_int(before ? before : INT64_MAX), n = v_int(limit);
    if (!e) return changes_read(w, SQL(CHANGE_COLUMNS " WHERE seq < $1 ORDER BY seq DESC LIMIT $2"), ARGS(upto, n), out);
    Val name = v_text(str_of(e->name));
    if (!record)
        /* Not through the index of records, whose entries would all have to be sorted: from the newest on. */
        return changes_read(w, SQL(CHANGE_COLUMNS " WHERE entity || '' = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3"),
                            ARGS(name, upto, n), out);
    return changes_read(w, SQL(CHANGE_COLUMNS " WHERE entity = $1 AND record = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4"),
                        ARGS(name, v_int(record), upto, n), out);
}

enum err changes_since(struct work *w, int64_t seq, int limit, struct changes *out)
{
    return changes_read(w, SQL(CHANGE_COLUMNS " WHERE seq > $1 ORDER BY seq LIMIT $2"), ARGS(v_int(seq), v_int(limit)), out);
}

/* ---- folding deltas ------------------------------------------------------------------------- */

Val delta_val(const struct json_t *v, const struct field *f, struct arena *a)
{
    int64_t i;
    double d;
    if (json_is_missing(v)) return v_null();
    if (f->type->stored == V_INT && json_to_i64(v, &i)) return v_int(i);
    if (f->type->stored == V_REAL && json_to_f64(v, &d)) return v_real(d);
    return v_text(str_dup(a, json_str(v)));
}

/* Fields the entity does not have any more are passed over: a dropped column leaves its history behind. */
void delta_apply_values(struct arena *a, struct record *r, const struct json_t *delta, enum side side)
{
    for EACH_FIELD(f, i, r->e) {
        const struct json_t *pair = has_column(f) ? json_member(delta, f->name) : NULL;
        if (pair) r->v[i] = delta_val(json_item(pair, side), f, a);
    }
}

void records_drop(struct records *list, int64_t id)
{
    size_t k = 0;
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i]->id != id) list->p[k++] = list->p[i];
    list->n = k;
}

struct record *delta_child(struct arena *a, struct record *r, int field, int64_t id)
{
    struct records *list = &r->children[field];
    struct record *child = child_with_id(list, id);
    if (child) return child;
    child = record_add(a, r, field);
    child->id = id;
    size_t at = list->n - 1;                                /* children stand in the order of ids  */
    for (; at && list->p[at - 1]->id > id; at--) list->p[at] = list->p[at - 1];
    return list->p[at] = child;
}

void delta_apply(struct arena *a, struct record *r, const struct json_t *delta, enum side side)
{
    delta_apply_values(a, r, delta, side);
    for EACH_FIELD(f, i, r->e) {
        const struct json_t *list = f->type == &children_type ? json_member(delta, f->name) : NULL, *child;
        void *at = NULL;
        Str key;
        int64_t id;
        while (list && json_each(list, &at, &key, &child)) {
            if (!str_to_i64(key, &id)) continue;
            bool gone = json_member(child, side == IS ? "-" : "+") != NULL;
            if (gone) records_drop(&r->children[i], id);
            else delta_apply_values(a, delta_child(a, r, i, id), child, side);
        }
    }
}

enum err delta_read(struct work *w, const struct change *c, const struct json_t **out)
{
    Message why;
    return json_read(w->a, c->delta, out, &why) ? ERR_BROKEN : OK;
}

enum err record_before(struct work *w, const struct entity *e, int64_t id, int64_t seq, struct record **out)
{
    enum err err = record_load(w, e, id, out);
    if (err && err != ERR_MISSING) return err;
    struct record *r = err ? NULL : *out;
    struct changes log;
    TRY(changes_of(w, e, id, 0, INT32_MAX, &log));
    for (size_t i = 0; i < log.n && log.p[i].seq >= seq; i++) {
        const struct json_t *delta;
        TRY(delta_read(w, &log.p[i], &delta));
        if (log.p[i].kind == CHANGE_INSERT) {
            r = NULL;
            continue;
        }
        if (!r) r = record_make(w->a, e);
        r->id = id;
        delta_apply(w->a, r, delta, WAS);
    }
    *out = r;
    if (r && e->compute) e->compute(w, r);
    return r ? OK : ERR_MISSING;
}

/* ---- batches -------------------------------------------------------------------------------- */

enum err batch_open(struct work *w, Str kind, Str file)
{
    int64_t id = 0;
    MUST(db_in_write(w->db));
    TRY(db_one_int(w->db, w->a, SQL("SELECT coalesce(max(id), 0) + 1 FROM batch"), NO_ARGS, &id));
    w->batch = id;
    TRY(chain_end(w));
    return db_exec(w->db, w->a, SQL("INSERT INTO batch (id, at, kind, actor, file, first_seq, last_seq, changes)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"),
                   ARGS(v_int(id), v_int(w->writing.at), v_text(kind), v_text(w->actor.name), text_or_null(file),
                        v_int(w->writing.seq + 1), v_int(w->writing.seq)));
}

enum err batch_note(struct work *w)
{
    if (!w->batch || !w->writing.appended) return OK;
    return db_exec(w->db, w->a, SQL("UPDATE batch SET last_seq = $2, changes = changes + $3 WHERE id = $1"),
                   ARGS(v_int(w->batch), v_int(w->writing.seq), v_int(w->writing.appended)));
}

enum err batches_list(struct work *w, int limit, struct batch **out, size_t *n)
{
    struct { struct batch *p; size_t n, cap; } list = { 0 };
    struct rows r = db_query(w->db, w->a,
        SQL("SELECT id, at, kind, actor, file, undone_by, changes FROM batch ORDER BY id DESC LIMIT $1"), ARGS(v_int(limit)));
    while (rows_next(&r))
        *GROW(w->a, list) = (struct batch){ .id = row_int(&r, 0), .at = row_int(&r, 1), .kind = row_text(&r, 2),
            .actor = row_text(&r, 3), .file = row_text(&r, 4), .undone_by = row_int(&r, 5), .changes = row_int(&r, 6) };
    *out = list.p;
    *n = list.n;
    return rows_end(&r);
}

enum err batch_undone(struct work *w, int64_t batch, bool *undone)
{
    int64_t by = 0;
    enum err err = db_one_int(w->db, w->a, SQL("SELECT coalesce(undone_by, 0) FROM batch WHERE id = $1"), ARGS(v_int(batch)), &by);
    *undone = by != 0;
    return err;
}
