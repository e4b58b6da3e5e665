#include "model/record.h"

#include "base/number.h"
#include "model/change.h"
#include "model/flow/workflow.h"
#include "model/freshness.h"

#include <string.h>

/* ---- in memory ------------------------------------------------------------------------------ */

struct record *record_make(struct arena *a, const struct entity *e)
{
    struct record *r = NEW(a, struct record);
    r->e = e;
    r->v = NEW_ARRAY(a, Val, (size_t)e->n);
    if (!e->parent) r->children = NEW_ARRAY(a, struct records, (size_t)e->n);
    return r;
}

struct record *record_copy(struct arena *a, const struct record *r)
{
    struct record *c = record_make(a, r->e);
    Val *v = c->v;
    struct records *children = c->children;
    *c = *r;
    c->v = v;
    c->children = children;
    memcpy(v, r->v, (size_t)r->e->n * sizeof *v);
    for (int f = 0; children && f < r->e->n; f++)
        for (size_t i = 0; i < r->children[f].n; i++)
            *GROW(a, children[f]) = record_copy(a, r->children[f].p[i]);
    return c;
}

struct record *record_add(struct arena *a, struct record *r, int field)
{
    const struct field *f = &r->e->fields[field];
    MUST(f->type == &children_type);
    struct record *child = record_make(a, f->to);
    child->parent = r->id;
    *GROW(a, r->children[field]) = child;
    return child;
}

struct record *child_with_id(const struct records *list, int64_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i]->id == id) return list->p[i];
    return NULL;
}

/* ---- reading -------------------------------------------------------------------------------- */

static struct record *from_row(struct work *w, const struct shape *s, struct rows *rows)
{
    struct record *r = record_make(w->a, s->e);
    int at = s->e->parent ? 2 : 3;
    r->id = row_int(rows, 0);
    if (s->e->parent) r->parent = row_int(rows, 1);
    else r->seq = row_int(rows, 1), r->changed_at = row_int(rows, 2);
    for (int c = 0; c < s->columns; c++) r->v[s->field_of[c]] = row_val(rows, at + c);
    return r;
}

static enum err load_children(struct work *w, struct record *r)
{
    for EACH_FIELD(f, i, r->e) {
        if (f->type != &children_type) continue;
        const struct shape *s = shape_of(w->m, f->to);
        struct rows rows = db_query(w->db, w->a, s->select_children, ARGS(v_int(r->id)));
        while (rows_next(&rows)) *GROW(w->a, r->children[i]) = from_row(w, s, &rows);
        TRY(rows_end(&rows));
    }
    return OK;
}

enum err record_load(struct work *w, const struct entity *e, int64_t id, struct record **out)
{
    const struct shape *s = shape_of(w->m, e);
    struct rows rows = db_query(w->db, w->a, s->select_one, ARGS(v_int(id)));
    *out = NULL;
    if (rows_next(&rows)) *out = from_row(w, s, &rows);
    TRY(rows_end(&rows));
    if (!*out) return ERR_MISSING;
    return e->parent ? OK : load_children(w, *out);
}

/* Rows of a statement that takes SOME ids, of at most as many; the last is said again where there are fewer. */
static struct rows query_some(struct work *w, Sql q, const int64_t *ids, size_t n)
{
    Val *v = NEW_ARRAY(w->a, Val, SOME);
    for (size_t i = 0; i < SOME; i++) v[i] = v_int(ids[i < n ? i : n - 1]);
    return db_query(w->db, w->a, q, (Args){ v, SOME });
}

static enum err take_children(struct work *w, struct rows *rows, const struct records *parents, int field)
{
    struct record *parent = NULL;
    const struct shape *s = shape_of(w->m, parents->p[0]->e->fields[field].to);
    while (rows_next(rows)) {
        struct record *child = from_row(w, s, rows);
        if (!parent || parent->id != child->parent) parent = child_with_id(parents, child->parent);
        if (parent) *GROW(w->a, parent->children[field]) = child;
    }
    return rows_end(rows);
}

static enum err load_some_children(struct work *w, const struct records *parents)
{
    int64_t ids[SOME];
    for (size_t i = 0; i < parents->n; i++) ids[i] = parents->p[i]->id;
    for EACH_FIELD(f, i, parents->p[0]->e) {
        if (f->type != &children_type) continue;
        struct rows rows = query_some(w, shape_of(w->m, f->to)->select_of, ids, parents->n);
        TRY(take_children(w, &rows, parents, i));
    }
    return OK;
}

/* A query for each kind of child and SOME records. */
static enum err load_all_children(struct work *w, const struct records *list)
{
    for (size_t at = 0; at < list->n; at += SOME) {
        size_t n = list->n - at < SOME ? list->n - at : SOME;
        TRY(load_some_children(w, &(struct records){ list->p + at, n, n }));
    }
    return OK;
}

enum err records_query(struct work *w, const struct entity *e, Sql q, Args args, bool children, struct records *out)
{
    const struct shape *s = shape_of(w->m, e);
    struct rows rows = db_query(w->db, w->a, q, args);
    *out = (struct records){ 0 };
    while (rows_next(&rows)) *GROW(w->a, *out) = from_row(w, s, &rows);
    TRY(rows_end(&rows));
    return children ? load_all_children(w, out) : OK;
}

enum err records_of(struct work *w, const struct entity *e, const int64_t *ids, size_t n, bool children, struct records *out)
{
    const struct shape *s = shape_of(w->m, e);
    *out = (struct records){ 0 };
    for (size_t at = 0; at < n; at += SOME) {
        size_t some = n - at < SOME ? n - at : SOME;
        struct records found = { 0 };
        struct rows rows = query_some(w, s->select_some, ids + at, some);
        while (rows_next(&rows)) *GROW(w->a, found) = from_row(w, s, &rows);
        TRY(rows_end(&rows));
        for (size_t i = 0; i < some; i++) {
            struct record *r = child_with_id(&found, ids[at + i]);
            if (r) *GROW(w->a, *out) = r;
        }
    }
    return children ? load_all_children(w, out) : OK;
}

/* The parents are all there are from the first to the last, ascending, as their children then come. */
static enum err load_children_between(struct work *w, const struct records *parents)
{
    if (!parents->n) return OK;
    int64_t first = parents->p[0]->id, last = parents->p[parents->n - 1]->id;
    for EACH_FIELD(f, i, parents->p[0]->e) {
        if (f->type != &children_type) continue;
        const struct shape *s = shape_of(w->m, f->to);
        struct rows rows = db_query(w->db, w->a, s->select_between, ARGS(v_int(first), v_int(last)));
        for (size_t k = 0; rows_next(&rows);) {
            struct record *child = from_row(w, s, &rows);
            while (parents->p[k]->id < child->parent) k++;
            if (parents->p[k]->id == child->parent) *GROW(w->a, parents->p[k]->children[i]) = child;
        }
        TRY(rows_end(&rows));
    }
    return OK;
}

enum err records_load(struct work *w, const struct entity *e, int64_t after, int limit, bool children, struct records *out)
{
    TRY(records_query(w, e, shape_of(w->m, e)->select_page, ARGS(v_int(after), v_int(limit)), false, out));
    return children ? load_children_between(w, out) : OK;
}

enum err records_count(struct work *w, const struct entity *e, int64_t *n)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT count(*) FROM %s", e->name);
    *n = 0;
    return db_one_int(w->db, w->a, sql_of(&b), NO_ARGS, n);
}

enum err record_find(struct work *w, const struct entity *e, int field, Val v, int64_t *id)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT id FROM %s WHERE %s = $1", e->name, e->fields[field].name);
    *id = 0;
    return db_one_int(w->db, w->a, sql_of(&b), ARGS(v), id);
}

/* ---- writing -------------------------------------------------------------------------------- */

enum { FIELDS_MAX = 120 };

static bool values_equal(const struct record *a, const struct record *b)
{
    for EACH_FIELD(f, i, a->e)
        if (has_column(f) && !val_eq(a->v[i], b->v[i])) return false;
    return true;
}

static enum err write_row(struct work *w, const struct record *r, bool insert)
{
    const struct shape *s = shape_of(w->m, r->e);
    Val v[FIELDS_MAX];
    int n = 0;
    MUST(s->columns + 3 <= FIELDS_MAX);
    v[n++] = v_int(r->id);
    if (r->e->parent) v[n++] = v_int(r->parent);
    else v[n++] = v_int(r->seq), v[n++] = v_int(r->changed_at);
    for (int c = 0; c < s->columns; c++) v[n++] = r->v[s->field_of[c]];
    return db_exec(w->db, w->a, insert ? s->insert : s->update, (Args){ v, n });
}

static enum err save_children(struct work *w, const struct record *was, struct record *now, int field)
{
    const struct records *before = was ? &was->children[field] : &(struct records){ 0 };
    for (size_t i = 0; i < before->n; i++)
        if (!child_with_id(&now->children[field], before->p[i]->id))
            TRY(db_exec(w->db, w->a, shape_of(w->m, before->p[i]->e)->remove, ARGS(v_int(before->p[i]->id))));
    for (size_t i = 0; i < now->children[field].n; i++) {
        struct record *child = now->children[field].p[i];
        const struct record *old = child_with_id(before, child->id);
        child->parent = now->id;
        if (!old || !values_equal(old, child)) TRY(write_row(w, child, !old));
    }
    return OK;
}

/* New rows get their numbers before the delta is made, which names children by them. */
static enum err give_ids(struct work *w, struct record *now)
{
    enum err e = OK;
    if (!now->id) now->id = work_take_id(w, now->e, &e);
    else TRY(work_keep_id(w, now->e, now->id));
    for EACH_FIELD(f, i, now->e)
        for (size_t k = 0; !e && k < now->children[i].n; k++) {
            struct record *child = now->children[i].p[k];
            if (!child->id) child->id = work_take_id(w, f->to, &e);
            else e = work_keep_id(w, f->to, child->id);
        }
    return e;
}

/* What is confidential belongs to no batch, whose counts and lists others see. */
static enum err log_change(struct work *w, const struct record *was, const struct record *now, Str delta, int64_t *seq)
{
    const struct record *r = now ? now : was;
    struct change c = {
        .at = w->writing.at, .batch = r->e->confidential ? 0 : w->batch, .record = r->id, .actor = w->actor.name, .entity = str_of(r->e->name),
        .delta = delta, .kind = !was ? CHANGE_INSERT : !now ? CHANGE_DELETE : CHANGE_UPDATE, .source = w->source,
    };
    TRY(change_append(w, &c));
    *seq = c.seq;
    return OK;
}

enum err record_save(struct work *w, const struct record *was, struct record *now, bool *changed)
{
    MUST(db_in_write(w->db) && !now->e->parent && (!was || was->id == now->id));
    workflow_keep(w, was, now);
    if (now->e->compute) now->e->compute(w, now);
    freshness_follow(w, was, now);
    TRY(give_ids(w, now));
    Str delta = delta_make(w, was, now);
    *changed = delta.n > 0;
    if (!*changed) return OK;
    if (was && now->e->permanent) return ERR_DENIED;
    TRY(log_change(w, was, now, delta, &now->seq));
    now->changed_at = w->writing.at;
    TRY(write_row(w, now, !was));
    for EACH_FIELD(f, i, now->e) if (f->type == &children_type) TRY(save_children(w, was, now, i));
    return now->e->follow ? now->e->follow(w, was, now) : OK;
}

enum err record_delete(struct work *w, const struct record *was)
{
    int64_t seq;
    MUST(db_in_write(w->db) && !was->e->parent);
    if (was->e->permanent) return ERR_DENIED;
    TRY(log_change(w, was, NULL, delta_make(w, was, NULL), &seq));
    struct record *empty = record_make(w->a, was->e);
    empty->id = was->id;
    for EACH_FIELD(f, i, was->e) if (f->type == &children_type) TRY(save_children(w, was, empty, i));
    TRY(db_exec(w->db, w->a, shape_of(w->m, was->e)->remove, ARGS(v_int(was->id))));
    return was->e->follow ? was->e->follow(w, was, NULL) : OK;
}

/* ---- values as people read them -------------------------------------------------------------- */

Val record_val(const struct work *w, const struct record *r, int field)
{
    const struct field *f = &r->e->fields[field];
    return f->derive ? f->derive(w, r) : r->v[field];
}

static void put_titles(struct buf *b, struct work *w, const struct records *list)
{
    for (size_t i = 0; i < list->n; i++) {
        if (i) put_z(b, "; ");
        put(b, record_title(w, list->p[i]));
    }
}

Str record_text(struct work *w, const struct record *r, int field)
{
    const struct field *f = &r->e->fields[field];
    struct buf b = buf_make(w->a);
    if (f->type == &children_type) {
        put_titles(&b, w, &r->children[field]);
        return buf_str(&b);
    }
    if (f->said) return f->said(w, r);
    f->type->show(&b, w, f, record_val(w, r, field));
    if (f->unit_by && b.n) {
        int unit = field_index(r->e, str_of(f->unit_by));
        const struct code *u = code_find(w->codes, str_of(r->e->fields[unit].list), v_str(r->v[unit]));
        if (u) put_f(&b, "\xC2\xA0%.*s", FMT(code_counted(u, w->lang, str_is(buf_str(&b), "1"))));
    }
    return buf_str(&b);
}

Str record_title(struct work *w, const struct record *r)
{
    int t = r->e->title;
    bool pair = r->e->fields[t].is & PAIR;
    Str vi = record_text(w, r, t);
    if (!pair) return vi;
    Str en = v_str(r->v[t + 1]);
    return w->lang == EN ? (en.n ? en : vi) : (vi.n ? vi : en);
}

/* ---- public ids ------------------------------------------------------------------------------ */

/* The totally anti-symmetric quasigroup of order 10 from Damm's thesis. */
static const unsigned char damm[10][10] = {
    { 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 }, { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 }, { 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 },
    { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 }, { 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 }, { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
    { 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 }, { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 }, { 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 },
    { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

static int check_digit(Str digits)
{
    int c = 0;
    for (size_t i = 0; i < digits.n; i++) c = damm[c][digits.p[i] - '0'];
    return c;
}

Str public_id(struct arena *a, const struct entity *e, int64_t id)
{
    if (!e->id_prefix) return str_f(a, "%lld", (long long)id);
    Str digits = str_f(a, "%06lld", (long long)id);
    return str_f(a, "%s-%.*s-%d", e->id_prefix, FMT(digits), check_digit(digits));
}

bool public_id_read(const struct entity *e, Str s, int64_t *id)
{
    Str prefix, rest, digits, check;
    int64_t c;
    if (!e->id_prefix) return str_to_i64(s, id) && *id > 0;
    if (!str_cut(s, '-', &prefix, &rest) || !str_cut(rest, '-', &digits, &check)) return false;
    if (prefix.n != strlen(e->id_prefix) || strncasecmp(prefix.p, e->id_prefix, prefix.n)) return false;
    if (digits.n < 6 || !str_to_i64(digits, id) || *id <= 0 || digits.p[0] == '-') return false;
    if (digits.n > 6 && digits.p[0] == '0') return false;                /* one spelling of each      */
    return check.n == 1 && str_to_i64(check, &c) && c == check_digit(digits);
}
