#include "model/merge.h"

#include "model/change.h"
#include "model/log.h"
#include "model/rights.h"
#include "model/save.h"

enum { HOPS_MAX = 100 };                                    /* of merge after merge                */

struct merge { const struct entity *e; int64_t from, into, batch; const bool *theirs; };

/* ---- what the survivor takes ----------------------------------------------------------------- */

static bool is_larger(const struct field *f, Val v, Val than) { return f->is & LARGER && v_is(v) && v_i64(v) > v_i64(than); }

static void fill(struct record *into, const struct record *from)
{
    for EACH_FIELD(f, i, into->e)
        if (has_column(f) && (!v_is(into->v[i]) || is_larger(f, from->v[i], into->v[i]))) into->v[i] = from->v[i];
}

/* As fill, but what is shown to everybody is not hidden by what it takes. */
static void fill_openly(struct record *into, const struct record *from)
{
    bool shown = into->e->published && into->e->published(into);
    for EACH_FIELD(f, i, into->e) {
        if (!has_column(f) || v_is(into->v[i])) continue;
        into->v[i] = from->v[i];
        if (shown && !into->e->published(into)) into->v[i] = v_null();
    }
}

static bool contradict(const struct record *a, const struct record *b)
{
    for EACH_FIELD(f, i, a->e)
        if (has_column(f) && !(f->is & LARGER) && v_is(a->v[i]) && v_is(b->v[i]) && !val_eq(a->v[i], b->v[i])) return true;
    return false;
}

static bool same_keys(const struct record *one, const struct record *other)
{
    bool any = false;
    for EACH_FIELD(f, i, one->e) {
        if (!(f->is & KEY)) continue;
        if (!val_eq(one->v[i], other->v[i])) return false;
        any = true;
    }
    return any;
}

/* Another child with the same keys is the same thing; NULL: none. */
static struct record *same_child(const struct records *list, const struct record *child)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i] != child && same_keys(list->p[i], child)) return list->p[i];
    return NULL;
}

/* Two certificates of one standard are not to become a third: only what agrees is joined. */
static void join_child(struct record *into, const struct record *from)
{
    if (!contradict(into, from)) fill(into, from);
}

/* A child that moves keeps its number. */
static void take(struct arena *a, struct record *into, const struct record *from)
{
    fill_openly(into, from);
    for EACH_FIELD(f, i, into->e)
        for (size_t k = 0; f->type == &children_type && k < from->children[i].n; k++) {
            const struct record *child = from->children[i].p[k];
            struct record *same = same_child(&into->children[i], child);
            if (!same) *GROW(a, into->children[i]) = record_copy(a, child);
            else join_child(same, child);
        }
}

struct record *record_merged(struct work *w, const struct record *from, const struct record *into, const bool *theirs)
{
    struct record *merged = record_copy(w->a, into);
    for EACH_FIELD(f, i, into->e)
        if (theirs && theirs[i] && has_column(f)) merged->v[i] = from->v[i];
    take(w->a, merged, from);
    return merged;
}

/* ---- records that refer to the one that goes --------------------------------------------------- */

static bool point(struct record *r, int field, const struct merge *m)
{
    bool names = v_is(r->v[field]) && v_i64(r->v[field]) == m->from;
    if (names) r->v[field] = v_int(m->into);
    return names;
}

/* One that comes to have the keys of another is that one. */
static void point_children(struct records *list, int field, const struct merge *m)
{
    for (size_t i = 0; i < list->n;) {
        struct record *child = list->p[i], *same = point(child, field, m) ? same_child(list, child) : NULL;
        if (same) join_child(same, child), records_drop(list, child->id);
        else i++;
    }
}

static void point_below(struct record *r, const struct entity *e, int field, const struct merge *m)
{
    if (r->e == e) point(r, field, m);
    for EACH_FIELD(f, i, r->e)
        if (f->to == e && f->type == &children_type) point_children(&r->children[i], field, m);
}

static enum err join(struct work *w, const struct merge *m);

/* A record that comes to have the key of another is that one, which was the survivor's before. */
static enum err save_pointed(struct work *w, const struct record *was, struct record *now)
{
    struct record *same;
    bool changed;
    TRY(record_of_its_key(w, now, &same));
    if (!same || same->id == now->id) return record_save(w, was, now, &changed);
    return join(w, &(struct merge){ .e = now->e, .from = now->id, .into = same->id });
}

/* A child is saved with the record it belongs to. */
static enum err point_all(struct work *w, const struct merge *m, const struct entity *e, int field)
{
    const struct entity *owner = e->parent ? e->parent : e;
    struct { int64_t *p; size_t n, cap; } ids = { 0 };
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT DISTINCT %s FROM %s WHERE %s = $1", e->parent ? e->parent->name : "id", e->name, e->fields[field].name);
    struct rows rows = db_query(w->db, w->a, sql_of(&b), ARGS(v_int(m->from)));
    while (rows_next(&rows)) *GROW(w->a, ids) = row_int(&rows, 0);
    TRY(rows_end(&rows));
    for (size_t i = 0; i < ids.n; i++) {
        struct record *was;
        TRY(record_load(w, owner, ids.p[i], &was));
        struct record *now = record_copy(w->a, was);
        point_below(now, e, field, m);
        TRY(save_pointed(w, was, now));
    }
    return OK;
}

static enum err point_references(struct work *w, const struct merge *m)
{
    for (int i = 0; i < w->m->n; i++)
        for EACH_FIELD(f, field, w->m->entities[i])
            if (f->type == &reference_type && reference_to(w->m, f) == m->e) TRY(point_all(w, m, w->m->entities[i], field));
    return OK;
}

/* ---- both ------------------------------------------------------------------------------------ */

static enum err join(struct work *w, const struct merge *m)
{
    struct record *from, *into;
    bool changed;
    TRY(point_references(w, m));
    TRY(record_load(w, m->e, m->from, &from));
    TRY(record_load(w, m->e, m->into, &into));
    struct record *merged = record_merged(w, from, into, m->theirs);
    TRY(record_delete(w, from));                            /* first: its unique values are free now */
    TRY(record_save(w, into, merged, &changed));
    return db_exec(w->db, w->a, SQL("INSERT INTO redirect (entity, from_id, to_id) VALUES ($1, $2, $3)"),
                   ARGS(v_text(str_of(m->e->name)), v_int(m->from), v_int(m->into)));
}

static enum err merge(struct work *w, void *arg)
{
    struct merge *m = arg;
    TRY(batch_open(w, S("merge"), (Str){ 0 }));
    m->batch = w->batch;
    return join(w, m);
}

enum err record_merge(struct work *w, const struct entity *e, int64_t from, int64_t into, int64_t *batch)
{
    return record_merge_choosing(w, e, from, into, NULL, batch);
}

enum err record_merge_choosing(struct work *w, const struct entity *e, int64_t from, int64_t into, const bool *theirs, int64_t *batch)
{
    struct merge m = { .e = e, .from = from, .into = into, .theirs = theirs };
    int64_t before = w->batch;
    if (from == into) return ERR_INVALID;
    enum err err = work_write(w, merge, &m);
    w->batch = before;
    *batch = m.batch;
    return err;
}

/* A number must not tell that there is a record its reader may not know of. */
static enum err only_visible(struct work *w, const struct entity *e, int64_t *to)
{
    struct record *r = NULL;
    enum err err = *to ? record_load(w, e, *to, &r) : OK;
    if (err && err != ERR_MISSING) return err;
    if (!r || !record_visible(w, r)) *to = 0;
    return OK;
}

enum err record_redirect(struct work *w, const struct entity *e, int64_t id, int64_t *to)
{
    *to = 0;
    for (int hop = 0; hop < HOPS_MAX; hop++) {
        int64_t next = 0;
        TRY(db_one_int(w->db, w->a, SQL("SELECT to_id FROM redirect WHERE entity = $1 AND from_id = $2"),
                       ARGS(v_text(str_of(e->name)), v_int(id)), &next));
        if (!next) return only_visible(w, e, to);
        *to = id = next;
    }
    return ERR_BROKEN;
}
