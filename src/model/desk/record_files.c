/* record_files.c - which files belong to a record: those in its fields, and those that the log says were in them. */
#include "model/desk/file.h"
#include "model/log.h"
#include "model/rights.h"

struct gathering { struct work *w; struct record_files *out; enum depth depth; int64_t since; bool now; };

static struct record_file *known(struct record_files *l, const struct record_file *like)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->p[i].file.hash, like->file.hash) && l->p[i].f == like->f && l->p[i].list == like->list) return &l->p[i];
    return NULL;
}

static void gather(const struct gathering *g, const struct field *list, const struct record *r)
{
    for EACH_FIELD(f, i, r->e) {
        struct record_file one = { .list = list, .f = f, .since = g->since, .now = g->now };
        if (f->type != &file_type || !field_seen(f, g->depth) || !upload_read(v_str(r->v[i]), &one.file)) continue;
        if (list) one.of = record_title(g->w, r);
        struct record_file *before = known(g->out, &one);
        if (before) before->since = g->since;               /* walking back in time                */
        else *GROW(g->w->a, *g->out) = one;
    }
}

static void gather_all(const struct gathering *g, const struct record *r)
{
    gather(g, NULL, r);
    for EACH_FIELD(f, i, r->e)
        for (size_t k = 0; f->type == &children_type && field_seen(f, g->depth) && k < r->children[i].n; k++)
            gather(g, f, r->children[i].p[k]);
}

enum err record_files(struct work *w, const struct record *r, struct record_files *out)
{
    struct gathering g = { w, out, reach_of(w, r).reads, r->changed_at, true };
    struct changes log;
    *out = (struct record_files){ 0 };
    gather_all(&g, r);
    TRY(changes_of(w, r->e, r->id, 0, INT32_MAX, &log));
    for (size_t i = 0; i < log.n; i++) {
        const struct json_t *delta;
        struct record *then = record_make(w->a, r->e);      /* what this entry brought, and nothing else */
        TRY(delta_read(w, &log.p[i], &delta));
        delta_apply(w->a, then, delta, IS);
        g.since = log.p[i].at;
        g.now = false;
        gather_all(&g, then);
    }
    return OK;
}
