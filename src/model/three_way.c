#include "model/three_way.h"

#include "model/log.h"

struct laying { struct work *w; const struct picks *picks; struct conflicts *out; };

static enum pick picked(const struct laying *l, Str key)
{
    for (size_t i = 0; l->picks && i < l->picks->n; i++)
        if (str_eq(l->picks->p[i].key, key)) return l->picks->p[i].pick;
    return PICK_NONE;
}

static enum pick ask(const struct laying *l, struct conflict c)
{
    c.pick = picked(l, c.key);
    l->out->open += c.pick == PICK_NONE;
    *GROW(l->w->a, *l->out) = c;
    return c.pick;
}

static bool is_kept(const struct field *f) { return has_column(f) && !(f->is & COMPUTED); }

/* list: the field that holds the child; NULL: the record itself.  out begins as theirs. */
static void lay_values(const struct laying *l, const struct record *base, const struct record *theirs, const struct record *mine,
                       const struct field *list, struct record *out)
{
    struct work *w = l->w;
    for EACH_FIELD(f, i, base->e) {
        if (!is_kept(f) || val_eq(base->v[i], mine->v[i]) || val_eq(theirs->v[i], mine->v[i])) continue;
        if (!val_eq(base->v[i], theirs->v[i])) {
            struct conflict c = { .f = f, .base = record_text(w, base, i), .theirs = record_text(w, theirs, i), .mine = record_text(w, mine, i) };
            c.key = list ? str_f(w->a, "%s.%lld.%s", list->name, (long long)base->id, f->name) : str_of(f->name);
            if (list) c.child = record_title(w, base);
            if (ask(l, c) != PICK_MINE) continue;
        }
        out->v[i] = mine->v[i];
    }
}

/* One of the two took the child away; the other may have changed it (changed: how it is now, NULL: it is as it was). */
static bool stays_removed(const struct laying *l, const struct field *list, const struct record *base, const struct record *theirs,
                          const struct record *mine)
{
    const struct record *left = theirs ? theirs : mine;
    Str changed = record_title(l->w, left), none = { 0 };
    if (same_values(base, left)) return true;
    struct conflict c = { .f = list, .child = record_title(l->w, base), .base = record_title(l->w, base) };
    c.key = str_f(l->w->a, "%s.%lld", list->name, (long long)base->id);
    c.theirs = theirs ? changed : none;
    c.mine = mine ? changed : none;
    return ask(l, c) == (theirs ? PICK_MINE : PICK_THEIRS) || (!theirs && l->out->p[l->out->n - 1].pick == PICK_NONE);
}

static void lay_child(const struct laying *l, const struct field *list, const struct record *base, const struct record *theirs,
                      const struct record *mine, struct records *out)
{
    if (!theirs && !mine) return;
    if (theirs && mine) lay_values(l, base, theirs, mine, list, child_with_id(out, base->id));
    else if (stays_removed(l, list, base, theirs, mine)) records_drop(out, base->id);
    else if (!theirs) *GROW(l->w->a, *out) = record_copy(l->w->a, mine);
}

static void lay_children(const struct laying *l, const struct record *base, const struct record *theirs, const struct record *mine, int field,
                         struct record *out)
{
    const struct field *list = &base->e->fields[field];
    struct records *kept = &out->children[field];
    for (size_t i = 0; i < base->children[field].n; i++) {
        const struct record *b = base->children[field].p[i];
        lay_child(l, list, b, child_with_id(&theirs->children[field], b->id), child_with_id(&mine->children[field], b->id), kept);
    }
    for (size_t i = 0; i < mine->children[field].n; i++)
        if (!mine->children[field].p[i]->id) *GROW(l->w->a, *kept) = record_copy(l->w->a, mine->children[field].p[i]);
}

struct record *three_way(struct work *w, const struct record *base, const struct record *theirs, const struct record *mine,
                         const struct picks *picks, struct conflicts *out)
{
    struct laying l = { w, picks, out };
    struct record *r = record_copy(w->a, theirs);
    *out = (struct conflicts){ 0 };
    lay_values(&l, base, theirs, mine, NULL, r);
    for EACH_FIELD(f, i, base->e)
        if (f->type == &children_type) lay_children(&l, base, theirs, mine, i, r);
    return r;
}
