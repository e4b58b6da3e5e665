#include "programme/inside.h"

#include "base/number.h"
#include "model/desk/desk.h"
#include "model/people/account.h"

bool is_past(const struct work *w, Val day) { return v_is(day) && str_cmp(v_str(day), date_iso(w->a, w->today)) < 0; }

struct record *named(const struct work *w, const struct record *r, int field, const struct entity *e)
{
    struct work reading = *w;
    struct record *found;
    int64_t id = v_i64(r->v[field]);
    return id && !record_load(&reading, e, id, &found) ? found : NULL;
}

enum err records_with(struct work *w, const struct entity *e, int field, Val v, struct records *out)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE %s = $1 ORDER BY id", shape_of(w->m, e)->select_list.text, e->fields[field].name);
    return records_query(w, e, sql_of(&b), ARGS(v), true, out);
}

Str amount_str(const struct work *w, int64_t amount)
{
    struct buf b = buf_make(w->a);
    put_int_grouped(&b, w->lang, amount);
    return buf_str(&b);
}

enum err step_auto(struct work *w, const struct entity *e, int64_t id, const char *step, Message *why)
{
    const struct step *s = step_named(e, str_of(step));
    Roles before = w->actor.roles;
    struct record *was;
    TRY(record_load(w, e, id, &was));
    if (!step_leaves(s, str_of(state_of(was)->code))) return OK;
    w->actor.roles |= SYSTEM;
    enum err err = step_inside(w, was, s, (Str){ 0 }, why);
    w->actor.roles = before;
    return err;
}

enum err tell_side(struct work *w, const struct record *r, int side, Message text, Str path)
{
    struct records accounts;
    int64_t id = v_i64(r->v[side]);
    if (r->e->fields[side].type == &account_type) TRY(records_of(w, &account_entity, &id, 1, false, &accounts));
    else TRY(accounts_of(w, id, &accounts));
    for (size_t i = 0; i < accounts.n; i++)
        TRY(notify(w, accounts.p[i], text, path));
    return OK;
}

enum err tell_due(struct work *w, const struct record *account, const char *sentence, Str title, Val day, Str path)
{
    struct work reader = *w;
    struct buf shown = buf_make(w->a);
    reader.lang = account_lang(account);
    date_type.show(&shown, &reader, NULL, day);
    return notify_due(w, account, MSG(sentence, title, buf_str(&shown)), path);
}

/* ---- what stands --------------------------------------------------------------------------------- */

static bool is_free(int field, const int *free)
{
    for (; *free >= 0; free++) if (*free == field) return true;
    return false;
}

bool same_children(const struct records *a, const struct records *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        for EACH_FIELD(f, k, a->p[i]->e)
            if (has_column(f) && !(f->is & COMPUTED) && !val_eq(a->p[i]->v[k], b->p[i]->v[k])) return false;
    return true;
}

int field_held(const struct record *was, const struct record *now, const int *free)
{
    for EACH_FIELD(f, i, now->e) {
        bool same = f->type == &children_type ? same_children(&was->children[i], &now->children[i]) : !has_column(f) || val_eq(was->v[i], now->v[i]);
        if (!same && !is_free(i, free)) return i;
    }
    return -1;
}
