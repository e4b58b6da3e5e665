#include "model/check.h"

#include "model/type.h"

static void add(struct work *w, struct problems *out, const struct entity *e, int field, int child, Message what, bool sentence)
{
    *GROW(w->a, *out) = (struct problem){ e, field, child, what, sentence };
}

Message day_ahead(const struct work *w, const struct field *f, Val v)
{
    struct buf said = buf_make(w->a), today = buf_make(w->a);
    if (!(f->is & HAPPENED) || !v_is(v) || str_cmp(v_str(v), date_iso(w->a, w->today)) <= 0) return NO_MESSAGE;
    f->type->show(&said, w, f, v);
    f->type->show(&today, w, f, v_text(date_iso(w->a, w->today)));
    return MSG(N_("{1} is still to come; enter the day on which it happened, {2} at the latest"), buf_str(&said), buf_str(&today));
}

static void check_one(struct work *w, const struct record *r, int child, struct problems *out)
{
    size_t before = out->n;
    for EACH_FIELD(f, i, r->e) {
        if (f->is & REQUIRED && has_column(f) && !v_is(r->v[i])) add(w, out, r->e, i, child, MSG(N_("is needed")), false);
        if (f->is & REQUIRED && f->type == &children_type && !r->children[i].n)
            add(w, out, r->e, i, child, MSG(N_("is needed")), false);
        Message ahead = day_ahead(w, f, r->v[i]);
        if (ahead.id) add(w, out, r->e, i, child, ahead, false);
    }
    if (out->n > before || !r->e->check) return;
    int blamed = r->e->title;
    Message m = r->e->check(w, r, &blamed);
    if (m.id) add(w, out, r->e, blamed, child, m, true);
}

/* Children told apart by a key have it but once. */
static void check_keys(struct work *w, const struct record *r, int field, struct problems *out)
{
    const struct records *list = &r->children[field];
    int key = key_field(r->e->fields[field].to);
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < i; k++) {
            if (!v_is(list->p[i]->v[key]) || !val_eq(list->p[i]->v[key], list->p[k]->v[key])) continue;
            add(w, out, list->p[i]->e, key, (int)i, MSG(N_("stands there twice")), false);
            break;
        }
}

void record_check(struct work *w, const struct record *r, struct problems *out)
{
    check_one(w, r, -1, out);
    for EACH_FIELD(f, i, r->e)
        for (size_t k = 0; f->type == &children_type && k < r->children[i].n; k++)
            check_one(w, r->children[i].p[k], (int)k, out);
    for EACH_FIELD(f, i, r->e) if (f->is & BY_KEY) check_keys(w, r, i, out);
}

Str problem_str(struct work *w, const struct problem *p)
{
    Str what = message_str(w->a, w->lang, p->what);
    if (p->sentence) return what;
    return str_f(w->a, "%.*s: %.*s", FMT(tr(w->lang, p->e->fields[p->field].label)), FMT(what));
}
