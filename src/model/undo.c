/*
 * undo.c - taking back: one entry of the change log, if nothing stands against it; or a whole batch, but for what was edited since.
 * What is taken back is a new entry: the log only grows.
 */
#include "model/log.h"

#include "model/check.h"
#include "model/rights.h"
#include "model/save.h"

/* Sets back what the change set, where it still stands; says whether everything could be that people know of. */
static bool take_back_values(struct arena *a, struct record *r, const struct json_t *delta)
{
    bool whole = true;
    for EACH_FIELD(f, i, r->e) {
        const struct json_t *pair = has_column(f) ? json_member(delta, f->name) : NULL;
        if (!pair) continue;
        if (val_eq(r->v[i], delta_val(json_item(pair, IS), f, a))) r->v[i] = delta_val(json_item(pair, WAS), f, a);
        else whole &= (f->is & INTERNAL) != 0;
    }
    return whole;
}

static bool take_back_child(struct arena *a, struct record *r, int field, int64_t id, const struct json_t *delta)
{
    struct record *mine = child_with_id(&r->children[field], id);
    if (json_member(delta, "-")) return delta_apply_values(a, delta_child(a, r, field, id), delta, WAS), true;
    if (!json_member(delta, "+")) return mine && take_back_values(a, mine, delta);
    struct record *added = record_make(a, r->e->fields[field].to);
    delta_apply_values(a, added, delta, IS);
    if (mine && !same_values(mine, added)) return false;
    records_drop(&r->children[field], id);
    return true;
}

static bool take_back(struct arena *a, struct record *r, const struct json_t *delta)
{
    bool whole = take_back_values(a, r, delta);
    for EACH_FIELD(f, i, r->e) {
        const struct json_t *list = f->type == &children_type ? json_member(delta, f->name) : NULL, *child;
        void *at = NULL;
        Str key;
        int64_t id;
        while (list && json_each(list, &at, &key, &child))
            whole &= str_to_i64(key, &id) && take_back_child(a, r, i, id, child);
    }
    return whole;
}

/* Whether another record has come to hold a unique value of this one. */
static enum err is_taken(struct work *w, const struct record *r, bool *taken)
{
    *taken = false;
    for EACH_FIELD(f, i, r->e) {
        int64_t holder = 0;
        if (!(f->is & UNIQUE) || !v_is(r->v[i])) continue;
        TRY(record_find(w, r->e, i, r->v[i], &holder));
        *taken |= holder && holder != r->id;
    }
    return OK;
}

/* Children of a record that is to come back which belong to another by now, and stay there; says whether there were none. */
static enum err leave_moved_children(struct work *w, struct record *then, bool *none)
{
    *none = true;
    for EACH_FIELD(f, i, then->e) {
        struct records *list = &then->children[i];
        size_t k = 0;
        for (size_t c = 0; c < list->n; c++) {
            struct record *there;
            enum err e = record_load(w, f->to, list->p[c]->id, &there);
            if (e == ERR_MISSING) list->p[k++] = list->p[c];
            else if (e) return e;
        }
        *none &= k == list->n;
        list->n = k;
    }
    return OK;
}

/* A merge's mark ends when the record comes back. */
static enum err forget_redirect(struct work *w, const struct record *r)
{
    return db_exec(w->db, w->a, SQL("DELETE FROM redirect WHERE entity = $1 AND from_id = $2"),
                   ARGS(v_text(str_of(r->e->name)), v_int(r->id)));
}

/* ---- taking one entry back --------------------------------------------------------------------- */

struct plan {
    struct record      *now, *then;         /* now: NULL: it is not there; then: NULL: to be deleted */
    bool                moot, whole;        /* moot: nothing can be done; whole: nothing of the change is left after it */
    bool                named;              /* moot, since other records name it                  */
    const struct field *against;            /* not whole: a field that was changed since; NULL: the record itself was */
};

/* A field of the change that does not stand as the change left it. */
static const struct field *changed_since(struct arena *a, const struct record *r, const struct json_t *delta)
{
    for EACH_FIELD(f, i, r->e) {
        const struct json_t *pair = json_member(delta, f->name);
        if (pair && !(f->is & INTERNAL) && (f->type == &children_type || (has_column(f) && !val_eq(r->v[i], delta_val(json_item(pair, IS), f, a))))) return f;
    }
    return NULL;
}

static enum err is_named(struct work *w, const struct record *r, bool *named)
{
    *named = false;
    for (int i = 0; i < w->m->n; i++)
        for EACH_FIELD(f, k, w->m->entities[i]) {
            struct buf b = buf_make(w->a);
            int64_t one = 0;
            if (f->type != &reference_type || !has_column(f) || reference_to(w->m, f) != r->e || w->m->entities[i]->confidential) continue;
            put_f(&b, "SELECT 1 FROM %s WHERE %s = $1 LIMIT 1", w->m->entities[i]->name, f->name);
            TRY(db_one_int(w->db, w->a, sql_of(&b), ARGS(v_int(r->id)), &one));
            *named |= one != 0;
        }
    return OK;
}

static enum err plan_insert(struct work *w, const struct change *c, const struct json_t *delta, struct plan *p)
{
    struct record *inserted = record_make(w->a, entity_named(w->m, c->entity));
    p->moot = !p->now;
    if (p->moot) return OK;
    delta_apply(w->a, inserted, delta, IS);
    p->whole = !delta_make(w, inserted, p->now).n;
    if (p->whole) TRY(is_named(w, p->now, &p->named));
    p->moot = !p->whole || p->named;
    return OK;
}

static enum err plan_undo(struct work *w, const struct change *c, struct plan *p)
{
    const struct entity *e = entity_named(w->m, c->entity);
    const struct json_t *delta;
    *p = (struct plan){ .moot = true };
    if (!e) return OK;
    TRY(delta_read(w, c, &delta));
    enum err err = record_load(w, e, c->record, &p->now);
    if (err && err != ERR_MISSING) return err;
    if (e->permanent) return OK;
    if (c->kind == CHANGE_INSERT) return plan_insert(w, c, delta, p);
    p->moot = !p->now == (c->kind == CHANGE_UPDATE);        /* gone since, or back again           */
    if (p->moot) return OK;
    p->then = p->now ? record_copy(w->a, p->now) : record_make(w->a, e);
    p->then->id = c->record;
    if (p->now) {
        p->against = changed_since(w->a, p->now, delta);
        p->whole = take_back(w->a, p->then, delta);
        return OK;
    }
    delta_apply(w->a, p->then, delta, WAS);
    return leave_moved_children(w, p->then, &p->whole);
}

static enum err carry_out(struct work *w, const struct plan *p)
{
    bool changed;
    if (!p->then) return record_delete(w, p->now);
    if (!p->now) TRY(forget_redirect(w, p->then));
    return record_save(w, p->now, p->then, &changed);
}

/* Asked before anything is said of the record: whoever may not see it learns not even that there is such an entry. */
static enum err may_undo(const struct work *w, const struct change *c, const struct plan *p)
{
    enum { WRITE = MAY_CREATE | MAY_CHANGE | MAY_DELETE };
    const struct entity *e = entity_named(w->m, c->entity);
    const struct record *r = p->now ? p->now : p->then;
    unsigned mine = r ? reach_of(w, r).may : e ? reach_at_all(w, e).may : 0;
    if (!(mine & MAY_READ)) return ERR_MISSING;
    return mine & WRITE ? OK : r ? ERR_DENIED : ERR_MISSING;
}

/*
 * What was deleted comes back as it was, whoever may write its fields: whoever could delete it chooses none of them.  In an edit
 * every field is asked for but the program's own, which follow the others.
 */
static enum err may_restore(const struct work *w, const struct plan *p)
{
    if (!p->now) return reach_of(w, p->then).may & MAY_DELETE ? OK : ERR_DENIED;
    if (!p->then) return may_save(w, p->now, NULL, NULL);
    struct record *asked = record_copy(w->a, p->then);
    for EACH_FIELD(f, i, asked->e)
        if (f->is & INTERNAL) asked->v[i] = p->now->v[i];
    return may_save(w, p->now, asked, NULL);
}

/*
 * A record may have come to where it is no longer to be as it was: in a state in which it stands, after a day that may not move.  So what a form would
 * refuse, taking back refuses too; but a record that is not as it should be already is no worse for it.
 */
static bool may_be_again(struct work *w, const struct plan *p, Message *why)
{
    struct problems then = { 0 }, now = { 0 };
    if (!p->now || !p->then) return true;
    record_check(w, p->then, &then);
    if (then.n) record_check(w, p->now, &now);
    if (!then.n || now.n) return true;
    *why = MSG("{1}", problem_str(w, &then.p[0]));
    return false;
}

struct one { int64_t seq; struct change *entry; Message *why; };

static enum err undo_entry(struct work *w, void *arg)
{
    struct one *o = arg;
    struct changes found;
    struct plan p;
    bool taken = false;
    TRY(changes_read(w, SQL(CHANGE_COLUMNS " WHERE seq = $1"), ARGS(v_int(o->seq)), &found));
    if (!found.n) return ERR_MISSING;
    *o->entry = found.p[0];
    TRY(plan_undo(w, o->entry, &p));
    TRY(may_undo(w, o->entry, &p));
    if (p.named) *o->why = MSG(N_("Other records name this one by now; it cannot be taken back any more."));
    else if (p.moot) *o->why = MSG(N_("The record has been changed, deleted or brought back since; this cannot be taken back any more."));
    else if (!p.whole && p.against)
        *o->why = MSG(N_("“{1}” has been changed again since; take that back first, or edit the record."), tr(w->lang, p.against->label));
    else if (!p.whole) *o->why = MSG(N_("Some of what was below the record belongs to another record now."));
    else if (!p.then) *o->why = record_stays(w, p.now);
    if (o->why->id) return ERR_CONFLICT;
    if (p.then) TRY(is_taken(w, p.then, &taken));
    if (taken) return *o->why = MSG(N_("Another record has its unique number by now.")), ERR_CONFLICT;
    TRY(may_restore(w, &p));
    return may_be_again(w, &p, o->why) ? carry_out(w, &p) : ERR_CONFLICT;
}

enum err change_undo(struct work *w, int64_t seq, struct change *entry, Message *why)
{
    *why = NO_MESSAGE;
    return work_write(w, undo_entry, &(struct one){ seq, entry, why });
}

/* ---- taking a batch back ------------------------------------------------------------------------ */

/* An import is taken back through states that no form knows; what has a workflow may stand by now. */
static bool stands(struct work *w, const struct plan *p)
{
    Message why;
    return p->now && p->now->e->workflow && !may_be_again(w, p, &why);
}

static enum err undo_one(struct work *w, const struct change *c, struct undone *out)
{
    struct plan p;
    bool taken = false;
    TRY(plan_undo(w, c, &p));
    if (p.moot && c->kind == CHANGE_INSERT && !p.now) return OK;
    if (!p.moot && p.then) TRY(is_taken(w, p.then, &taken));
    if (p.moot || taken || stands(w, &p)) return out->kept++, OK;
    if (p.whole) out->undone++;
    else out->kept++;
    return carry_out(w, &p);
}

/* What a person has decided about rows in the batch (import.h) is open again. */
static enum err ask_again(struct work *w, int64_t batch)
{
    TRY(db_exec(w->db, w->a, SQL("DELETE FROM same_as WHERE batch = $1"), ARGS(v_int(batch))));
    return db_exec(w->db, w->a, SQL("UPDATE aside SET decided = NULL, decided_by = NULL, decided_in = NULL WHERE decided_in = $1"), ARGS(v_int(batch)));
}

struct undo { int64_t batch; struct undone *out; };

/* The entries of a batch are among first <= seq < end: nobody else writes in the same transaction. */
static enum err find_batch(struct work *w, int64_t id, int64_t *first, int64_t *end)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT first_seq, last_seq, undone_by FROM batch WHERE id = $1"), ARGS(v_int(id)));
    bool found = rows_next(&r), undone = found && row_int(&r, 2);
    if (found) *first = row_int(&r, 0), *end = row_int(&r, 1) + 1;
    TRY(rows_end(&r));
    return !found ? ERR_MISSING : undone ? ERR_CONFLICT : OK;
}

/* The order newest first leaves each record at the state an older entry of the batch expects to find. */
static enum err undo(struct work *w, void *arg)
{
    struct undo *u = arg;
    struct arena *outer = w->a, scratch = arena_make((size_t)64 << 20, outer->full);
    int64_t first = 0, before = 0;
    TRY(find_batch(w, u->batch, &first, &before));
    *u->out = (struct undone){ 0 };
    TRY(batch_open(w, S("undo"), (Str){ 0 }));
    u->out->batch = w->batch;
    TRY(db_exec(w->db, w->a, SQL("UPDATE batch SET undone_by = $2 WHERE id = $1"), ARGS(v_int(u->batch), v_int(w->batch))));
    enum err e = OK;
    for (struct changes page = { .n = 1 }; !e && page.n;) {
        arena_reset(&scratch);
        w->a = &scratch;
        e = changes_read(w, SQL(CHANGE_COLUMNS " WHERE seq >= $1 AND seq < $2 AND batch = $3 ORDER BY seq DESC LIMIT $4"),
                         ARGS(v_int(first), v_int(before), v_int(u->batch), v_int(500)), &page);
        for (size_t i = 0; !e && i < page.n; i++) {
            before = page.p[i].seq;
            e = undo_one(w, &page.p[i], u->out);
        }
    }
    w->a = outer;
    arena_free(&scratch);
    return e || u->out->kept ? e : ask_again(w, u->batch);
}

enum err batch_entities(struct work *w, int64_t batch, struct changed_entities *out)
{
    int64_t first = 0, end = 0;
    *out = (struct changed_entities){ 0 };
    enum err err = find_batch(w, batch, &first, &end);
    if (err && err != ERR_CONFLICT) return err;
    struct rows r = db_query(w->db, w->a, SQL("SELECT DISTINCT entity FROM change WHERE seq >= $1 AND seq < $2 AND batch = $3 ORDER BY entity"),
                             ARGS(v_int(first), v_int(end), v_int(batch)));
    while (rows_next(&r)) {
        const struct entity *e = entity_named(w->m, row_text(&r, 0));
        if (e) *GROW(w->a, *out) = e;
    }
    return rows_end(&r);
}

enum err batch_records(struct work *w, const struct entity *e, int64_t batch, const int64_t **ids, size_t *n)
{
    int64_t first = 0, end = 0;
    struct { int64_t *p; size_t n, cap; } found = { NEW(w->a, int64_t), 0, 1 };     /* none is not any */
    enum err err = find_batch(w, batch, &first, &end);
    if (err && err != ERR_CONFLICT && err != ERR_MISSING) return err;
    struct rows r = db_query(w->db, w->a, SQL("SELECT DISTINCT record FROM change WHERE seq >= $1 AND seq < $2 AND batch = $3 AND entity = $4 ORDER BY record"),
                             ARGS(v_int(first), v_int(end), v_int(batch), v_text(str_of(e->name))));
    while (rows_next(&r)) *GROW(w->a, found) = row_int(&r, 0);
    *ids = found.p;
    *n = found.n;
    return rows_end(&r);
}

enum err batch_undo(struct work *w, int64_t batch, struct undone *out)
{
    struct undo u = { batch, out };
    enum err err = work_write(w, undo, &u);
    w->batch = 0;
    return err;
}
