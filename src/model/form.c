#include "model/form.h"

#include "model/type.h"

#include <string.h>

/* What the actor may write of a record, or of a new one. */
struct pen { struct reach reach; bool fresh; };

static struct pen pen_for(struct work *w, const struct entity *e, const struct record *r)
{
    bool fresh = !r || !r->id;
    return (struct pen){ fresh ? reach_at_all(w, e) : reach_of(w, r), fresh };
}

static bool writable(const struct work *w, const struct pen *pen, const struct field *f) { return field_written(w, f, pen->reach, pen->fresh); }

/* ---- what is in an input -------------------------------------------------------------------- */

static bool typed_value(const struct asked *typed, size_t n, Str name, Str *value)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(typed[i].name, name)) return *value = typed[i].value, true;
    return false;
}

/* A select of several sends its name once for each. */
static Str all_values(struct work *w, const struct field *f, const struct asked *typed, size_t n, Str name)
{
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(typed[i].name, name)) continue;
        if (b.n) put_c(&b, ';');
        put(&b, typed[i].value);
        if (!f->type->many) break;
    }
    return str_trim(buf_str(&b));
}

static bool is_select(const struct field *f) { return f->list || f->choices || f->type == &boolean_type; }

/* What was typed, or else the record's value as the input takes it: a select by code, others as read() understands it. */
static Str value_for(struct work *w, const struct field *f, const struct record *r, int i, const struct asked *typed, size_t n,
                     Str name)
{
    Str any;
    struct buf b = buf_make(w->a);
    if (typed_value(typed, n, name, &any)) return all_values(w, f, typed, n, name);
    if (!r || !v_is(r->v[i])) return (Str){ 0 };
    if (!is_select(f)) put_spelt(&b, w, f, r->v[i]);
    else if (r->v[i].type == V_INT) put_i(&b, r->v[i].i);
    else put(&b, v_str(r->v[i]));
    return buf_str(&b);
}

static const struct form_problem *problem_of(const struct form_problems *wrong, Str input)
{
    for (size_t i = 0; wrong && i < wrong->n; i++)
        if (str_eq(wrong->p[i].input, input)) return &wrong->p[i];
    return NULL;
}

/* ---- inputs --------------------------------------------------------------------------------- */

struct input { struct work *w; struct html *h; const struct field *f; Str name, value; const struct form_problem *wrong; };

static void common(const struct input *in, const char *class)
{
    html_class(in->h, class);
    html_attr(in->h, "id", in->name);
    html_attr(in->h, "name", in->name);
    html_flag(in->h, "required", in->f->is & REQUIRED);
    if (in->f->help || in->wrong) html_attr_f(in->h, "aria-describedby", "%.*s-help", FMT(in->name));
    if (in->wrong) html_attr(in->h, "aria-invalid", S("true"));
}

static void option(const struct input *in, Str value, Str label)
{
    html_open(in->h, "option");
    html_attr(in->h, "value", value);
    html_flag(in->h, "selected", in->f->type->many ? many_has(v_text(in->value), value) : str_eq(in->value, value));
    html_text(in->h, label);
    html_close(in->h, "option");
}

static bool is_offered(const struct input *in, Str value)
{
    size_t n = 0;
    const struct code *const *codes = in->f->list ? codes_of(in->w->codes, str_of(in->f->list), &n) : NULL;
    for (size_t i = 0; i < n; i++) if (str_eq(codes[i]->key, value)) return true;
    for (const struct choice *c = in->f->choices; c && c->code; c++) if (str_is(value, c->code)) return true;
    return in->f->type == &boolean_type && (str_is(value, "0") || str_is(value, "1"));
}

/* A value that is not on offer, such as a code of an older list, must not be lost by opening the form. */
static void other_options(const struct input *in)
{
    Str rest = in->value, item;
    while (many_next(&rest, &item)) {
        if (is_offered(in, item)) continue;
        struct buf b = buf_make(in->w->a);
        if (in->f->list) in->f->type->show(&b, in->w, in->f, v_text(item));
        option(in, item, b.n ? buf_str(&b) : item);
    }
}

static void select_input(const struct input *in)
{
    struct work *w = in->w;
    size_t n = 0;
    html_open(in->h, "select");
    common(in, "form-select");
    html_flag(in->h, "multiple", in->f->type->many);
    if (!in->f->type->many) option(in, (Str){ 0 }, (Str){ 0 });
    const struct code *const *codes = in->f->list ? codes_of(w->codes, str_of(in->f->list), &n) : NULL;
    for (size_t i = 0; i < n; i++) option(in, codes[i]->key, codes[i]->name[w->lang]);
    for (const struct choice *c = in->f->choices; c && c->code; c++) option(in, str_of(c->code), tr(w->lang, c->label));
    if (in->f->type == &boolean_type) option(in, S("1"), tr(w->lang, N_("Yes"))), option(in, S("0"), tr(w->lang, N_("No")));
    other_options(in);
    html_close(in->h, "select");
}

static void text_input(const struct input *in)
{
    if (!in->f->type->input) {
        html_open(in->h, "textarea");
        common(in, "form-control");
        html_attr(in->h, "rows", S("4"));
        html_text(in->h, in->value);
        html_close(in->h, "textarea");
        return;
    }
    html_open(in->h, "input");
    common(in, "form-control");
    html_attr(in->h, "type", str_of(in->f->type->input));
    html_attr(in->h, "value", in->value);
    if (in->f->max) html_attr_f(in->h, "maxlength", "%d", in->f->max);
}

static void put_input(const struct input *in)
{
    if (is_select(in->f)) select_input(in);
    else text_input(in);
}

static void help(const struct input *in)
{
    if (!in->f->help && !in->wrong) return;
    html_open(in->h, "div");
    html_class(in->h, in->wrong ? "invalid-feedback" : "form-hint");
    html_attr_f(in->h, "id", "%.*s-help", FMT(in->name));
    html_text(in->h, in->wrong ? message_str(in->w->a, in->w->lang, in->wrong->what) : tr(in->w->lang, in->f->help));
    html_close(in->h, "div");
}

static void one_field(const struct input *in)
{
    html_open(in->h, "div");
    html_class(in->h, "form-field");
    html_open(in->h, "label");
    html_attr(in->h, "for", in->name);
    html_class(in->h, in->f->is & REQUIRED ? "form-label required" : "form-label");
    html_text(in->h, tr(in->w->lang, in->f->label));
    html_close(in->h, "label");
    put_input(in);
    help(in);
    html_close(in->h, "div");
}

/* ---- children ------------------------------------------------------------------------------- */

enum { ROWS_MAX = 1000, PROBLEMS_MAX = 100 };            /* of children; told at once            */

static Str child_name(struct arena *a, const struct field *list, size_t row, const struct field *f)
{
    return str_f(a, "%s.%zu.%s", list->name, row, f ? f->name : "id");
}

/* As many rows as there are children or as something was typed in. */
static size_t rows_of(struct arena *a, const struct field *list, const struct record *r, int i, const struct asked *typed, size_t n)
{
    size_t rows = r ? r->children[i].n : 0;
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

static void put_hidden_id(struct work *w, struct html *h, Str name, const struct record *child, const struct asked *typed, size_t n)
{
    Str id = child ? str_f(w->a, "%lld", (long long)child->id) : (Str){ 0 };
    typed_value(typed, n, name, &id);
    html_open(h, "input");
    html_attr(h, "type", S("hidden"));
    html_attr(h, "name", name);
    html_attr(h, "value", id);
}

static void child_rows(struct work *w, struct html *h, const struct pen *pen, const struct field *list, const struct record *r, int i,
                       const struct asked *typed, size_t n, const struct form_problems *wrong)
{
    size_t rows = rows_of(w->a, list, r, i, typed, n) + 1;
    html_open(h, "fieldset");
    html_class(h, "form-children");
    html_attr(h, "id", str_of(list->name));
    html_leaf(h, "legend", tr(w->lang, list->label));
    for (size_t row = 0; row < rows; row++) {
        const struct record *child = r && row < r->children[i].n ? r->children[i].p[row] : NULL;
        html_open(h, "div");
        html_class(h, "form-row");
        put_hidden_id(w, h, child_name(w->a, list, row, NULL), child, typed, n);
        for EACH_FIELD(f, k, list->to) {
            if (!writable(w, pen, f)) continue;
            struct input in = { w, h, f, child_name(w->a, list, row, f), { 0 }, NULL };
            struct field optional = *f;                     /* an empty row is no child            */
            optional.is &= ~(unsigned)REQUIRED;
            in.f = &optional;
            in.value = value_for(w, f, child, k, typed, n, in.name);
            in.wrong = problem_of(wrong, in.name);
            one_field(&in);
        }
        html_close(h, "div");
    }
    html_close(h, "fieldset");
}

static Str problem_text(struct work *w, const struct form_problem *p)
{
    Str what = message_str(w->a, w->lang, p->what);
    return p->sentence ? what : str_f(w->a, "%.*s: %.*s", FMT(tr(w->lang, p->f->label)), FMT(what));
}

static void summary(struct work *w, struct html *h, const struct form_problems *wrong)
{
    if (!wrong || !wrong->n) return;
    html_open(h, "div");
    html_class(h, "alert alert-danger");
    html_attr(h, "role", S("alert"));
    html_attr(h, "tabindex", S("-1"));
    html_leaf(h, "p", tr(w->lang, N_("Please correct the following; what you typed is kept.")));
    html_open(h, "ul");
    for (size_t i = 0; i < wrong->n; i++) {
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, "href", str_f(w->a, "#%.*s", FMT(wrong->p[i].input)));
        html_text(h, problem_text(w, &wrong->p[i]));
        html_close(h, "a");
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_close(h, "div");
}

Html form_html(struct work *w, const struct entity *e, const struct record *r, const struct asked *typed, size_t n,
               const struct form_problems *wrong)
{
    struct html h = html_make(w->a);
    struct pen pen = pen_for(w, e, r);
    summary(w, &h, wrong);
    for EACH_FIELD(f, i, e) {
        if (!writable(w, &pen, f)) continue;
        if (f->type == &children_type) {
            child_rows(w, &h, &pen, f, r, i, typed, n, wrong);
            continue;
        }
        struct input in = { w, &h, f, str_of(f->name), { 0 }, NULL };
        in.value = value_for(w, f, r, i, typed, n, in.name);
        in.wrong = problem_of(wrong, in.name);
        one_field(&in);
    }
    return html_done(&h);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void wrong_here(struct work *w, struct form_problems *wrong, Str input, const struct field *f, Message what, bool sentence)
{
    *GROW(w->a, *wrong) = (struct form_problem){ input, f, what, sentence };
}

static void read_field(struct work *w, const struct field *f, Str name, const struct asked *typed, size_t n, Val *out,
                       struct form_problems *wrong)
{
    Str value, any;
    if (!typed_value(typed, n, name, &any)) return;         /* not on the form: left as it was     */
    value = all_values(w, f, typed, n, name);
    *out = v_null();
    if (!value.n) return;
    Message m = f->type->read(w, f, w->lang == EN ? SPELT_EN : SPELT_VI, value, out);
    if (m.id) wrong_here(w, wrong, name, f, m, false);
}

static bool row_is_empty(struct work *w, const struct field *list, size_t row, const struct asked *typed, size_t n)
{
    for EACH_FIELD(f, k, list->to) {
        Str value;
        if (typed_value(typed, n, child_name(w->a, list, row, f), &value) && str_trim(value).n) return false;
    }
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

enum err form_read(struct work *w, const struct entity *e, const struct record *was, const struct asked *typed, size_t n,
                   struct record **out, struct form_problems *wrong)
{
    struct record *r = was ? record_copy(w->a, was) : record_make(w->a, e);
    struct problems problems = { 0 };
    struct pen pen = pen_for(w, e, was);
    *out = r;
    if (!(pen.reach.may & (pen.fresh ? MAY_CREATE : MAY_CHANGE | MAY_PROPOSE))) return ERR_DENIED;
    for EACH_FIELD(f, i, e) {
        if (!writable(w, &pen, f)) continue;
        if (f->type == &children_type) read_children(w, &pen, r, i, was, typed, n, wrong);
        else read_field(w, f, str_of(f->name), typed, n, &r->v[i], wrong);
    }
    if (!wrong->n) record_check(w, r, &problems);
    for (size_t i = 0; i < problems.n && wrong->n < PROBLEMS_MAX; i++) {
        const struct problem *p = &problems.p[i];
        wrong_here(w, wrong, input_of(w, e, p, typed, n), &p->e->fields[p->field], p->what, p->sentence);
    }
    return wrong->n ? ERR_INVALID : OK;
}
