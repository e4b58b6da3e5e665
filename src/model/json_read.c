#include "model/json_read.h"

#include "base/unicode.h"
#include "model/check.h"
#include "model/desk/file.h"
#include "model/type.h"

#include <string.h>

/* ---- what is wrong, and where ---------------------------------------------------------------- */

struct reading { struct work *w; struct reach reach; bool fresh; struct json_problems *wrong; };

/* Where in the document: a list of names from the outside in. */
struct place { const struct place *outer; Str name; };

static void put_pointer(struct buf *b, const struct place *at)
{
    if (!at) return;
    put_pointer(b, at->outer);
    put_c(b, '/');
    for (size_t i = 0; i < at->name.n; i++) {
        char c = at->name.p[i];
        if (c == '~') put_z(b, "~0");
        else if (c == '/') put_z(b, "~1");
        else put_c(b, c);
    }
}

static void wrong_at(struct reading *in, const struct place *at, Message what)
{
    struct buf b = buf_make(in->w->a);
    if (in->wrong->n == JSON_PROBLEMS) return;
    put_pointer(&b, at);
    *GROW(in->w->a, *in->wrong) = (struct json_problem){ buf_str(&b), what };
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool put_scalar(struct buf *b, const struct json_t *v)
{
    int64_t i;
    double d;
    bool yes;
    if (json_is_str(v)) put(b, json_str(v));
    else if (json_to_i64(v, &i)) put_i(b, i);
    else if (json_to_f64(v, &d)) put_f(b, "%.17g", d);
    else if (json_to_bool(v, &yes)) put_c(b, yes ? '1' : '0');
    else return false;
    return true;
}

/* As one text that the kind reads; those of several ones ";" between. */
static bool as_text(struct arena *a, const struct field *f, const struct json_t *v, Str *out)
{
    struct buf b = buf_make(a);
    if (json_is_missing(v)) return *out = (Str){ 0 }, true;
    if (!f->type->many || json_is_str(v)) {
        if (!put_scalar(&b, v)) return false;
    } else {
        if (json_count(v) && !json_item(v, 0)) return false;
        for (size_t i = 0; i < json_count(v); i++) {
            if (i) put_c(&b, ';');
            if (!put_scalar(&b, json_item(v, i))) return false;
        }
    }
    return text_clean(a, buf_str(&b), out);
}

/* A program knows how to write a whole number: nothing is rounded, and no dot or comma made out. */
static bool is_whole_dong(const struct json_t *v, Str text)
{
    int64_t i;
    bool yes;
    return !json_to_bool(v, &yes) && str_to_i64(text, &i);
}

static void read_value(struct reading *in, const struct field *f, const struct json_t *v, const struct place *at, Val *out)
{
    Str text;
    Val read = v_null();
    if (!as_text(in->w->a, f, v, &text)) {
        wrong_at(in, at, MSG(N_("is not a value of this kind")));
        return;
    }
    text = str_trim(text);
    if (text.n && f->type == &money_type && !is_whole_dong(v, text)) {
        wrong_at(in, at, MSG(N_("is not an amount in whole đồng: write it in digits alone")));
        return;
    }
    Message m = text.n ? f->type->read(in->w, f, SPELT_PLAIN, text, &read) : NO_MESSAGE;
    if (!m.id && f->type == &file_type) m = file_wrong(in->w, v_str(*out), v_str(read));
    if (m.id) wrong_at(in, at, message_brief(in->w->a, m));
    else *out = read;
}

/* ---- members --------------------------------------------------------------------------------- */

/* Which field a member stands for; also: "" itself, "_code", "_codes", "_details". */
static int field_of_member(const struct entity *e, Str name, Str *also)
{
    static const char *const suffixes[] = { "_code", "_codes", "_details" };
    int i = field_index(e, name);
    *also = (Str){ 0 };
    if (i >= 0) return i;
    for (size_t k = 0; k < COUNT(suffixes); k++) {
        if (!str_ends(name, str_of(suffixes[k]))) continue;
        *also = str_of(suffixes[k]);
        Str stem = str_sub(name, 0, name.n - also->n);
        for EACH_FIELD(f, n, e) {
            bool details = f->type == &children_type && f->is & BRIEF;
            if (k == 2 ? details && str_is(stem, f->to->name) : f->list && str_is(stem, f->name) && f->type->many == (k == 1)) return n;
        }
    }
    return -1;
}

/* What json.h tells and nobody sets. */
static bool only_told(const struct field *f, Str also)
{
    return f->is & (DERIVED | COMPUTED) || (f->type == &children_type && f->is & BRIEF && !also.n);
}

static void read_children(struct reading *in, struct record *r, int field, const struct record *was, const struct json_t *v, const struct place *at);

static void read_member(struct reading *in, struct record *r, const struct record *was, const struct json_t *whole, Str name,
                        const struct json_t *v, const struct place *outer)
{
    struct place at = { outer, name };
    Str also;
    int i = str_is(name, "id") ? -1 : field_of_member(r->e, name, &also);
    if (str_is(name, "id")) return;
    if (i < 0) {
        wrong_at(in, &at, MSG(N_("is no field of “{1}”"), str_of(r->e->name)));
        return;
    }
    const struct field *f = &r->e->fields[i];
    const char *key = str_z(in->w->a, str_f(in->w->a, "%s%s", f->name, f->type->many ? "_codes" : "_code"));
    if (only_told(f, also) || (f->list && !also.n && json_member(whole, key))) return;
    if (!field_written(in->w, f, in->reach, in->fresh)) wrong_at(in, &at, MSG(N_("is not yours to set")));
    else if (f->type == &children_type) read_children(in, r, i, was, v, &at);
    else read_value(in, f, v, &at, &r->v[i]);
}

static void read_object(struct reading *in, struct record *r, const struct record *was, const struct json_t *body, const struct place *at)
{
    void *walk = NULL;
    Str name;
    const struct json_t *v;
    while (json_each(body, &walk, &name, &v)) read_member(in, r, was, body, name, v, at);
}

/* ---- children --------------------------------------------------------------------------------- */

/* A number is only believed when the record really has such a child, and once. */
static void take_child(struct record *child, int64_t id, const struct records *were, const struct records *taken)
{
    const struct record *was = child_with_id(were, id);
    if (!was || child_with_id(taken, id)) return;
    child->id = id;
    memcpy(child->v, was->v, (size_t)child->e->n * sizeof *child->v);
}

static bool child_number(const struct entity *e, const struct json_t *v, int64_t *id)
{
    const struct json_t *said = json_member(v, "id");
    return json_to_i64(said, id) || (e->id_prefix && public_id_read(e, json_str(said), id));
}

static void read_list(struct reading *in, struct record *r, int field, const struct record *was, const struct json_t *v, const struct place *at)
{
    static const struct records none;
    r->children[field] = (struct records){ 0 };
    for (size_t i = 0; i < json_count(v); i++) {
        const struct json_t *item = json_item(v, i);
        struct place here = { at, str_f(in->w->a, "%zu", i) };
        void *walk = NULL;
        Str name;
        const struct json_t *any;
        int64_t id;
        if (!json_each(item, &walk, &name, &any)) {
            wrong_at(in, &here, MSG(N_("is not an object with fields")));
            continue;
        }
        struct record *child = record_add(in->w->a, r, field);
        if (child_number(child->e, item, &id)) take_child(child, id, was ? &was->children[field] : &none, &r->children[field]);
        read_object(in, child, NULL, item, &here);
    }
}

static size_t child_by_key(const struct records *list, int key, Val v)
{
    size_t i = 0;
    while (i < list->n && !val_eq(list->p[i]->v[key], v)) i++;
    return i;
}

static void read_by_key(struct reading *in, struct record *r, int field, const struct json_t *v, const struct place *at)
{
    struct records *list = &r->children[field];
    const struct entity *e = r->e->fields[field].to;
    int key = key_field(e);
    void *walk = NULL;
    Str name;
    const struct json_t *item;
    while (json_each(v, &walk, &name, &item)) {
        struct place here = { at, name };
        Val k = v_null();
        Message m = e->fields[key].type->read(in->w, &e->fields[key], SPELT_PLAIN, name, &k);
        if (m.id) {
            wrong_at(in, &here, m);
            continue;
        }
        size_t i = child_by_key(list, key, k);
        if (json_is_missing(item)) {
            if (i < list->n) memmove(&list->p[i], &list->p[i + 1], (--list->n - i) * sizeof *list->p);
            continue;
        }
        struct record *child = i < list->n ? list->p[i] : record_add(in->w->a, r, field);
        child->v[key] = k;
        read_object(in, child, NULL, item, &here);
    }
}

static void read_children(struct reading *in, struct record *r, int field, const struct record *was, const struct json_t *v, const struct place *at)
{
    bool by_key = r->e->fields[field].is & BY_KEY;
    if (json_is_missing(v)) r->children[field] = (struct records){ 0 };
    else if (by_key && !json_is_map(v)) wrong_at(in, at, MSG(N_("is not an object of objects")));
    else if (!by_key && !json_is_list(v)) wrong_at(in, at, MSG(N_("is not a list of objects")));
    else if (by_key) read_by_key(in, r, field, v, at);
    else read_list(in, r, field, was, v, at);
}

/* ---- checking --------------------------------------------------------------------------------- */

static void tell_problem(struct reading *in, const struct record *r, const struct problem *p)
{
    struct place child = { NULL, { 0 } }, number = { &child, { 0 } }, field = { NULL, str_of(p->e->fields[p->field].name) };
    for EACH_FIELD(f, i, r->e) {
        if (p->child < 0 || f->type != &children_type || f->to != p->e) continue;
        child.name = f->is & BRIEF ? str_f(in->w->a, "%s_details", f->to->name) : str_of(f->name);
        number.name = f->is & BY_KEY ? record_text(in->w, r->children[i].p[p->child], key_field(f->to)) : str_f(in->w->a, "%d", p->child);
        field.outer = &number;
    }
    wrong_at(in, &field, p->what);
}

enum err record_check_json(struct work *w, const struct record *r, struct json_problems *wrong)
{
    struct reading in = { .w = w, .wrong = wrong };
    struct problems problems = { 0 };
    record_check(w, r, &problems);
    for (size_t i = 0; i < problems.n; i++) tell_problem(&in, r, &problems.p[i]);
    return wrong->n ? ERR_INVALID : OK;
}

enum err record_from_json(struct work *w, const struct entity *e, const struct record *was, const struct json_t *body,
                          struct record **out, struct json_problems *wrong)
{
    bool fresh = !was;
    struct reading in = { w, fresh ? reach_at_all(w, e) : reach_of(w, was), fresh, wrong };
    struct record *r = was ? record_copy(w->a, was) : record_make(w->a, e);
    *out = r;
    if (!(in.reach.may & (fresh ? MAY_CREATE : MAY_CHANGE | MAY_PROPOSE))) return ERR_DENIED;
    if (!json_is_map(body)) wrong_at(&in, NULL, MSG(N_("is not an object with fields")));
    read_object(&in, r, was, body, NULL);
    return wrong->n ? ERR_INVALID : record_check_json(w, r, wrong);
}
