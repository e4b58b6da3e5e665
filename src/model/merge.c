#include "model/merge.h"

#include "model/change.h"

struct merge { const struct entity *e; int64_t from, into; };

/* A child with the same key is the same thing: the survivor's stays. */
static bool has_same(const struct record *r, int field, const struct record *child)
{
    for EACH_FIELD(f, k, child->e)
        if (f->is & KEY)
            for (size_t i = 0; i < r->children[field].n; i++)
                if (val_eq(r->children[field].p[i]->v[k], child->v[k])) return true;
    return false;
}

static void take(struct arena *a, struct record *into, const struct record *from)
{
    for EACH_FIELD(f, i, into->e) {
        if (has_column(f) && !v_is(into->v[i])) into->v[i] = from->v[i];
        for (size_t k = 0; f->type == &children_type && k < from->children[i].n; k++)
            if (!has_same(into, i, from->children[i].p[k]))
                *GROW(a, into->children[i]) = record_copy(a, from->children[i].p[k]);
    }
}

static enum err merge(struct work *w, void *arg)
{
    struct merge *m = arg;
    struct record *from, *into;
    bool changed;
    TRY(record_load(w, m->e, m->from, &from));
    TRY(record_load(w, m->e, m->into, &into));
    struct record *merged = record_copy(w->a, into);
    take(w->a, merged, from);
    TRY(batch_open(w, S("merge"), (Str){ 0 }));
    TRY(record_delete(w, from));                            /* first: its unique values are free now */
    TRY(record_save(w, into, merged, &changed));
    TRY(db_exec(w->db, w->a, SQL("UPDATE redirect SET to_id = $3 WHERE entity = $1 AND to_id = $2"),
                ARGS(v_text(str_of(m->e->name)), v_int(m->from), v_int(m->into))));
    return db_exec(w->db, w->a, SQL("INSERT INTO redirect (entity, from_id, to_id) VALUES ($1, $2, $3)"
                                    " ON CONFLICT (entity, from_id) DO UPDATE SET to_id = excluded.to_id"),
                   ARGS(v_text(str_of(m->e->name)), v_int(m->from), v_int(m->into)));
}

enum err record_merge(struct work *w, const struct entity *e, int64_t from, int64_t into)
{
    struct merge m = { e, from, into };
    return from == into ? ERR_INVALID : work_write(w, merge, &m);
}

enum err record_redirect(struct work *w, const struct entity *e, int64_t id, int64_t *to)
{
    *to = 0;
    return db_one_int(w->db, w->a, SQL("SELECT to_id FROM redirect WHERE entity = $1 AND from_id = $2"),
                      ARGS(v_text(str_of(e->name)), v_int(id)), to);
}
