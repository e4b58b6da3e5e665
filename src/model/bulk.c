#include "model/bulk.h"

#include "model/change.h"

enum { AT_ONCE = 100, LIST_PAGE = 1000 };

struct run { const struct bulk *b; bool dry; struct bulk_result *out; struct arena *kept; const int64_t *ids; size_t n; };

bool bulk_takes(const struct work *w, const struct entity *e, const struct field *f)
{
    return has_column(f) && !(f->is & (UNIQUE | FIXED)) && f->type != &file_type && field_written(w, f, reach_at_all(w, e), false);
}

/* ---- which records ------------------------------------------------------------------------------ */

static enum err gather(struct work *w, struct run *r)
{
    struct { int64_t *p; size_t n, cap; } ids = { 0 };
    struct list_query q = *r->b->all;
    struct list page = { .more = true };
    q.sort = -1;
    q.limit = LIST_PAGE;
    q.after = 0;
    while (page.more) {
        TRY(list_load(w, r->b->e, &q, false, &page));
        for (size_t i = 0; i < page.records.n; i++) *GROW(w->a, ids) = page.records.p[i]->id;
        if (ids.n > BULK_MOST) return ERR_TOO_BIG;
        if (page.more) q.after = ids.p[ids.n - 1];
    }
    r->ids = ids.p;
    r->n = ids.n;
    return OK;
}

/* ---- one record --------------------------------------------------------------------------------- */

static void leave(struct work *w, struct run *r, const struct record *was, Str why)
{
    struct bulk_result *out = r->out;
    out->left++;
    if (out->kept_n < BULK_SHOWN)
        out->kept[out->kept_n++] = (struct bulk_left){ was->id, str_dup(r->kept, record_title(w, was)), str_dup(r->kept, why) };
}

static void note_differences(struct work *w, struct run *r, const struct record *was, const struct record *now)
{
    struct bulk_result *out = r->out;
    for (size_t i = 0; i < r->b->set_n && out->differences_n < BULK_SHOWN; i++) {
        int f = r->b->set[i].field;
        if (val_eq(was->v[f], now->v[f])) continue;
        out->differences[out->differences_n++] = (struct bulk_difference){ was->id, str_dup(r->kept, record_title(w, was)), f,
                                                                           str_dup(r->kept, record_text(w, was, f)),
                                                                           str_dup(r->kept, record_text(w, now, f)) };
    }
}

static enum err edit(struct work *w, struct run *r, const struct record *was)
{
    struct record *now = record_copy(w->a, was);
    struct problems wrong = { 0 };
    bool changed = false;
    if (!record_visible(w, was)) return OK;                 /* a number somebody made up           */
    r->out->records++;
    for (size_t i = 0; i < r->b->set_n; i++) {
        now->v[r->b->set[i].field] = r->b->set[i].v;
        changed |= !val_eq(was->v[r->b->set[i].field], r->b->set[i].v);
    }
    if (!changed) return OK;
    record_check(w, now, &wrong);
    if (wrong.n) return leave(w, r, was, problem_str(w, &wrong.p[0])), OK;
    enum err err = may_save(w, was, now, NULL);
    if (err == ERR_DENIED) return leave(w, r, was, tr(w->lang, N_("You may not change this record so."))), OK;
    TRY(err);
    note_differences(w, r, was, now);
    r->out->changed++;
    return r->dry ? OK : record_save(w, was, now, &changed);
}

/* ---- all of them -------------------------------------------------------------------------------- */

static enum err edit_some(struct work *w, struct run *r, size_t from)
{
    struct records some;
    size_t n = r->n - from < AT_ONCE ? r->n - from : AT_ONCE;
    TRY(records_of(w, r->b->e, r->ids + from, n, true, &some));
    for (size_t i = 0; i < some.n; i++) TRY(edit(w, r, some.p[i]));
    return OK;
}

static enum err run(struct work *w, void *arg)
{
    struct run *r = arg;
    struct arena *outer = w->a, scratch = arena_make((size_t)64 << 20, outer->full);
    enum err err = OK;
    *r->out = (struct bulk_result){
        .differences = NEW_ARRAY(outer, struct bulk_difference, BULK_SHOWN), .kept = NEW_ARRAY(outer, struct bulk_left, BULK_SHOWN) };
    if (r->b->all) err = gather(w, r);
    if (!err && !r->dry) err = batch_open(w, S("bulk"), (Str){ 0 });
    r->out->batch = w->batch;
    w->a = &scratch;
    for (size_t i = 0; !err && i < r->n; i += AT_ONCE) {
        arena_reset(&scratch);
        err = edit_some(w, r, i);
    }
    w->a = outer;
    arena_free(&scratch);
    return err;
}

enum err bulk_edit(struct work *w, const struct bulk *b, bool dry, struct bulk_result *out)
{
    struct run r = { b, dry, out, w->a, b->ids, b->n };
    int64_t before = w->batch;
    if (!b->all && b->n > BULK_MOST) return ERR_TOO_BIG;
    enum err err = dry ? run(w, &r) : work_write(w, run, &r);
    w->batch = before;
    return err;
}
