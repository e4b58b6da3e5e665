/* form_read.c - what came back of a form, laid over the record it was filled from. */
#include "model/form_inside.h"

#include "model/desk/file.h"
#include "model/reference.h"
#include "model/type.h"

#include <string.h>

/* ---- what was typed ---------------------------------------------------------------------------- */

struct pen pen_for(struct work *w, const struct entity *e, const struct record *r)
{
    bool fresh = !r || !r->id;
    return (struct pen){ fresh ? reach_at_all(w, e) : reach_of(w, r), fresh };
}

bool typed_value(const struct asked *typed, size_t n, Str name, Str *value)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(typed[i].name, name)) return *value = typed[i].value, true;
    return false;
}

Str typed_all(struct work *w, const struct field *f, const struct asked *typed, size_t n, Str name)
{
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(typed[i].name, name) || !typed[i].value.n) continue;
        if (b.n) put_c(&b, ';');
        put(&b, typed[i].value);
        if (!f->type->many) break;
    }
    return str_trim(buf_str(&b));
}

Str child_name(struct arena *a, const struct field *list, size_t row, const struct field *f)
{
    return str_f(a, "%s.%zu.%s", list->name, row, f ? f->name : "id");
}

Str remove_name(struct arena *a, const struct field *list, size_t row) { return str_f(a, "%s.%zu.remove", list->name, row); }

size_t rows_of(struct arena *a, const struct field *list, const struct record *r, int field, const struct asked *typed, size_t n)
{
    size_t rows = r ? r->children[field].n : 0;
    Str prefix = str_f(a, "%s.", list->name);
    for (size_t k = 0; k < n; k++) {
        Str row, rest;
        int64_t number;
        if (!str_starts(typed[k].name, prefix)) continue;
        str_cut(str_sub(typed[k].name, prefix.n, typed[k].name.n), '.', &row, &rest);
        if (str_to_i64(row, &number) && number >= 0 && number < ROWS_MAX && typed[k].value.n && !str_is(rest, "id")
            && (size_t)number + 1 > rows) rows = (size_t)number + 1;
    }
    return rows;
}

/* ---- reading ------------------------------------------------------------------------------------ */

static void wrong_here(struct work *w, struct form_problems *wrong, Str input, const struct field *f, Message what, bool sentence)
{
    *GROW(w->a, *wrong) = (struct form_problem){ input, f, what, sentence };
}

Message form_read_value(struct work *w, const struct field *f, Str typed, Val *out)
{
    *out = v_null();
    if (!typed.n) return NO_MESSAGE;
    Message wrong = reference_of(w, f) ? reference_read(w, f, typed, out) : f->type->read(w, f, w->lang == EN ? SPELT_EN : SPELT_VI, typed, out);
    return message_brief(w->a, wrong);
}

/* The box beside it takes a file away, unless another was chosen. */
static Message read_file(struct work *w, Str name, const struct asked *typed, size_t n, Str was, Val *out)
{
    Str remove;
    bool ticked = typed_value(typed, n, str_f(w->a, "%.*s.remove", FMT(name)), &remove) && remove.n;
    if (ticked && str_eq(v_str(*out), was)) *out = v_null();
    return file_wrong(w, was, v_str(*out));
}

/* A form sends what is marked in the order of its list: the same items in another order are no change.  None is there twice. */
static bool same_set(Val a, Val b)
{
    Str rest = v_str(a), item;
    while (many_next(&rest, &item))
        if (!many_has(b, item)) return false;
    return v_str(a).n == v_str(b).n;
}

static void read_field(struct work *w, const struct field *f, Str name, const struct asked *typed, size_t n, Val *out,
                       struct form_problems *wrong)
{
    Str any;
    Val was = *out;
    if (!typed_value(typed, n, name, &any)) return;         /* not on the form: left as it was     */
    Message m = form_read_value(w, f, typed_all(w, f, typed, n, name), out);
    if (!m.id && f->type == &file_type) m = read_file(w, name, typed, n, v_str(was), out);
    if (!m.id && f->type->many && same_set(was, *out)) *out = was;
    if (m.id) wrong_here(w, wrong, name, f, m, false);
}

/* Nothing in it, or to be taken away. */
static bool row_is_empty(struct work *w, const struct field *list, size_t row, const struct asked *typed, size_t n)
{
    Str value;
    if (typed_value(typed, n, remove_name(w->a, list, row), &value) && value.n) return true;
    for EACH_FIELD(f, k, list->to)
        if (typed_all(w, f, typed, n, child_name(w->a, list, row, f)).n) return false;
    return true;
}

/* The row that was read into the child with this number, counted from 0. */
static size_t row_of(struct work *w, const struct field *list, int child, const struct asked *typed, size_t n)
{
    size_t row = 0;
    for (; row < ROWS_MAX; row++)
        if (!row_is_empty(w, list, row, typed, n) && !child--) break;
    return row;
}

/* A number is only believed when the record really has such a child, and once. */
static void take_id(struct record *child, Str typed, const struct records *were, const struct records *taken)
{
    int64_t id;
    const struct record *was = str_to_i64(typed, &id) ? child_with_id(were, id) : NULL;
    if (!was || child_with_id(taken, id)) return;
    child->id = id;
    memcpy(child->v, was->v, (size_t)child->e->n * sizeof *child->v);
}

static void read_children(struct work *w, const struct pen *pen, struct record *r, int field, const struct record *was, const struct asked *typed, size_t n,
                          struct form_problems *wrong)
{
    const struct field *list = &r->e->fields[field];
    size_t rows = rows_of(w->a, list, NULL, field, typed, n);
    Str id;
    if (!typed_value(typed, n, child_name(w->a, list, 0, NULL), &id)) return;
    r->children[field] = (struct records){ 0 };
    for (size_t row = 0; row < rows; row++) {
        if (row_is_empty(w, list, row, typed, n)) continue;
        struct record *child = record_add(w->a, r, field);
        if (was && typed_value(typed, n, child_name(w->a, list, row, NULL), &id))
            take_id(child, id, &was->children[field], &r->children[field]);
        for EACH_FIELD(f, k, list->to)
            if (writable(w, pen, f)) read_field(w, f, child_name(w->a, list, row, f), typed, n, &child->v[k], wrong);
    }
}

static Str input_of(struct work *w, const struct entity *e, const struct problem *p, const struct asked *typed, size_t n)
{
    const struct field *f = &p->e->fields[p->field];
    for EACH_FIELD(list, i, e)
        if (p->child >= 0 && list->to == p->e && list->type == &children_type)
            return child_name(w->a, list, row_of(w, list, p->child, typed, n), f);
    return str_of(f->name);
}

enum err form_check(struct work *w, const struct record *r, const struct asked *typed, size_t n, struct form_problems *wrong)
{
    struct problems problems = { 0 };
    record_check(w, r, &problems);
    for (size_t i = 0; i < problems.n && wrong->n < PROBLEMS_MAX; i++) {
        const struct problem *p = &problems.p[i];
        wrong_here(w, wrong, input_of(w, r->e, p, typed, n), &p->e->fields[p->field], p->what, p->sentence);
    }
    return wrong->n ? ERR_INVALID : OK;
}

enum err form_read(struct work *w, const struct entity *e, const struct record *was, const struct asked *typed, size_t n,
                   struct record **out, struct form_problems *wrong)
{
    struct record *r = was ? record_copy(w->a, was) : record_make(w->a, e);
    struct pen pen = pen_for(w, e, was);
    *out = r;
    if (!(pen.reach.may & (pen.fresh ? MAY_CREATE : MAY_CHANGE | MAY_PROPOSE))) return ERR_DENIED;
    for EACH_FIELD(f, i, e) {
        if (!writable(w, &pen, f)) continue;
        if (f->type == &children_type) read_children(w, &pen, r, i, was, typed, n, wrong);
        else read_field(w, f, str_of(f->name), typed, n, &r->v[i], wrong);
    }
    return wrong->n ? ERR_INVALID : form_check(w, r, typed, n, wrong);
}
