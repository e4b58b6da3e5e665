#include "model/form_inside.h"

#include "model/reference.h"
#include "model/type.h"

#include <string.h>

enum { BOXES_MAX = 12, OFFERS_MAX = 300 };  /* so many choices are boxes; so many records are offered */

/* ---- what is in an input -------------------------------------------------------------------- */

static bool is_select(const struct field *f) { return f->list || f->choices || f->type == &boolean_type; }

/* What was typed, or else the record's value as the input takes it: a select by code, others as read() understands it. */
static Str value_for(struct work *w, const struct field *f, const struct record *r, int i, const struct asked *typed, size_t n,
                     Str name)
{
    Str any;
    struct buf b = buf_make(w->a);
    if (typed_value(typed, n, name, &any)) return typed_all(w, f, typed, n, name);
    if (!r || !v_is(r->v[i])) return (Str){ 0 };
    if (reference_of(w, f)) return reference_input(w, f, r->v[i]);
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

struct input { struct work *w; struct html *h; const struct field *f; Str name, value; const struct form_problem *wrong; Str among; };

static Str help_of(const struct input *in)
{
    Str help = in->f->help ? tr(in->w->lang, in->f->help) : (Str){ 0 };
    if (!(in->f->is & HAPPENED)) return help;
    return str_f(in->w->a, "%.*s%s%.*s", FMT(help), help.n ? " " : "", FMT(tr(in->w->lang, N_("Today at the latest."))));
}

/* What describes it: its help, and what is wrong with it. */
static void described(const struct input *in)
{
    struct buf b = buf_make(in->w->a);
    if (in->wrong) put_f(&b, "%.*s-wrong", FMT(in->name));
    if (help_of(in).n) put_f(&b, "%s%.*s-help", b.n ? " " : "", FMT(in->name));
    if (b.n) html_attr(in->h, "aria-describedby", buf_str(&b));
    if (in->wrong) html_attr(in->h, "aria-invalid", S("true"));
}

static void common(const struct input *in, const char *class)
{
    html_class(in->h, class);
    html_attr(in->h, "id", in->name);
    html_attr(in->h, "name", in->name);
    html_flag(in->h, "required", in->f->is & REQUIRED);
    described(in);
}

static bool is_chosen(const struct input *in, Str value)
{
    return in->f->type->many ? many_has(v_text(in->value), value) : str_eq(in->value, value);
}

static void option(const struct input *in, Str value, Str label)
{
    html_open(in->h, "option");
    html_attr(in->h, "value", value);
    html_flag(in->h, "selected", is_chosen(in, value));
    html_text(in->h, label);
    html_close(in->h, "option");
}

static void put_box(struct html *h, Str name, Str value, Str label, bool checked)
{
    html_open(h, "label");
    html_class(h, "form-box");
    html_open(h, "input");
    html_attr(h, "type", S("checkbox"));
    html_attr(h, "name", name);
    html_attr(h, "value", value);
    html_flag(h, "checked", checked);
    html_text(h, label);
    html_close(h, "label");
}

static void box(const struct input *in, Str value, Str label) { put_box(in->h, in->name, value, label, is_chosen(in, value)); }

static bool is_among(const struct input *in, Str code) { return !in->among.n || many_has(v_text(in->among), code); }

typedef void put_choice(const struct input *in, Str value, Str label);

static bool is_offered(const struct input *in, Str value)
{
    size_t n = 0;
    const struct code *const *codes = in->f->list ? codes_of(in->w->codes, str_of(in->f->list), &n) : NULL;
    for (size_t i = 0; i < n; i++) if (str_eq(codes[i]->key, value)) return is_among(in, value);
    for (const struct choice *c = in->f->choices; c && c->code; c++) if (str_is(value, c->code)) return true;
    return in->f->type == &boolean_type && (str_is(value, "0") || str_is(value, "1"));
}

/* A value that is not on offer, such as a code of an older list, must not be lost by opening the form. */
static void other_choices(const struct input *in, put_choice *put_one)
{
    Str rest = in->value, item;
    while (many_next(&rest, &item)) {
        if (is_offered(in, item)) continue;
        struct buf b = buf_make(in->w->a);
        if (in->f->list) in->f->type->show(&b, in->w, in->f, v_text(item));
        put_one(in, item, b.n ? buf_str(&b) : item);
    }
}

static void put_choices(const struct input *in, put_choice *put_one)
{
    struct work *w = in->w;
    size_t n = 0;
    const struct code *const *codes = in->f->list ? codes_of(w->codes, str_of(in->f->list), &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (is_among(in, codes[i]->key)) put_one(in, codes[i]->key, codes[i]->name[w->lang]);
    for (const struct choice *c = in->f->choices; c && c->code; c++) put_one(in, str_of(c->code), tr(w->lang, c->label));
    if (in->f->type == &boolean_type) put_one(in, S("1"), tr(w->lang, N_("Yes"))), put_one(in, S("0"), tr(w->lang, N_("No")));
    other_choices(in, put_one);
}

static bool has_boxes(const struct work *w, const struct field *f)
{
    size_t n = 0;
    if (!f->type->many) return false;
    if (f->list) codes_of(w->codes, str_of(f->list), &n);
    for (const struct choice *c = f->choices; c && c->code; c++) n++;
    return n <= BOXES_MAX;
}

static void put_hidden(struct html *h, Str name, Str value)
{
    html_open(h, "input");
    html_attr(h, "type", S("hidden"));
    html_attr(h, "name", name);
    html_attr(h, "value", value);
}

static void select_input(const struct input *in)
{
    if (in->f->type->many) put_hidden(in->h, in->name, (Str){ 0 });     /* none chosen sends the name too */
    if (has_boxes(in->w, in->f)) {
        put_choices(in, box);
        return;
    }
    html_open(in->h, "select");
    common(in, "form-select");
    html_flag(in->h, "multiple", in->f->type->many);
    if (!in->f->type->many) option(in, (Str){ 0 }, (Str){ 0 });
    put_choices(in, option);
    html_close(in->h, "select");
}

static void area_input(const struct input *in)
{
    html_open(in->h, "textarea");
    common(in, "form-control");
    html_attr(in->h, "rows", S("4"));
    html_text(in->h, in->value);
    html_close(in->h, "textarea");
}

/* What is stored stays unless another is chosen or the box is ticked. */
static void file_input(const struct input *in)
{
    struct buf shown = buf_make(in->w->a);
    put_hidden(in->h, in->name, in->value);
    if (in->value.n) {
        in->f->type->show(&shown, in->w, in->f, v_text(in->value));
        html_leaf_class(in->h, "p", "form-file", buf_str(&shown));
        put_box(in->h, str_f(in->w->a, "%.*s.remove", FMT(in->name)), S("1"), tr(in->w->lang, N_("Remove this file")), false);
    }
    html_open(in->h, "input");
    html_class(in->h, "form-control");
    html_attr(in->h, "type", S("file"));
    html_attr(in->h, "id", in->name);
    html_attr(in->h, "name", str_f(in->w->a, "%.*s.file", FMT(in->name)));
    described(in);
}

static void offers(const struct input *in)
{
    struct records few;
    if (reference_offers(in->w, in->f, OFFERS_MAX, &few)) return;
    html_open(in->h, "datalist");
    html_attr_f(in->h, "id", "%.*s-offers", FMT(in->name));
    for (size_t i = 0; i < few.n; i++) {
        html_open(in->h, "option");
        html_attr(in->h, "value", reference_text(in->w, few.p[i]));
        html_close(in->h, "option");
    }
    html_close(in->h, "datalist");
}

static void text_input(const struct input *in)
{
    bool refers = reference_of(in->w, in->f) != NULL;
    html_open(in->h, "input");
    common(in, "form-control");
    html_attr(in->h, "type", in->f->type == &date_type ? S("text") : str_of(in->f->type->input));
    html_attr(in->h, "value", in->value);
    if (in->f->max) html_attr_f(in->h, "maxlength", "%d", in->f->max);
    if (in->f->type == &date_type) html_attr(in->h, "placeholder", tr(in->w->lang, N_("day/month/year")));
    if (refers) html_attr_f(in->h, "list", "%.*s-offers", FMT(in->name));
    if (refers) offers(in);
}

static void put_input(const struct input *in)
{
    if (is_select(in->f)) select_input(in);
    else if (in->f->type == &file_type) file_input(in);
    else if (in->f->type->input) text_input(in);
    else area_input(in);
}

static void put_note(const struct input *in, const char *class, const char *suffix, Str text)
{
    html_open(in->h, "div");
    html_class(in->h, class);
    html_attr_f(in->h, "id", "%.*s-%s", FMT(in->name), suffix);
    html_text(in->h, text);
    html_close(in->h, "div");
}

static void put_notes(const struct input *in)
{
    struct work *w = in->w;
    if (in->wrong) put_note(in, "invalid-feedback", "wrong", message_str(w->a, w->lang, in->wrong->what));
    if (help_of(in).n) put_note(in, "form-hint", "help", help_of(in));
}

static Str label_of(const struct input *in)
{
    Str label = tr(in->w->lang, in->f->label);
    return in->f->unit ? str_f(in->w->a, "%.*s (%.*s)", FMT(label), FMT(tr(in->w->lang, in->f->unit))) : label;
}

/* Boxes are a group, named by its legend; every other input has a label. */
static void one_field(const struct input *in)
{
    bool boxes = has_boxes(in->w, in->f);
    html_open(in->h, boxes ? "fieldset" : "div");
    html_class(in->h, boxes ? "form-field form-boxes" : "form-field");
    if (boxes) html_attr(in->h, "id", in->name), described(in);
    html_open(in->h, boxes ? "legend" : "label");
    if (!boxes) html_attr(in->h, "for", in->name);
    html_class(in->h, in->f->is & REQUIRED ? "form-label required" : "form-label");
    html_text(in->h, label_of(in));
    html_close(in->h, boxes ? "legend" : "label");
    put_input(in);
    put_notes(in);
    html_close(in->h, boxes ? "fieldset" : "div");
}

Html form_field_html(struct work *w, const struct field *f, Str name, Str value, const struct form_problem *wrong)
{
    struct html h = html_make(w->a);
    one_field(&(struct input){ w, &h, f, name, value, wrong });
    return html_done(&h);
}

Html form_field_among_html(struct work *w, const struct field *f, Str name, Str value, const struct form_problem *wrong, Str among)
{
    struct html h = html_make(w->a);
    one_field(&(struct input){ w, &h, f, name, value, wrong, among });
    return html_done(&h);
}

/* What was set when the record was made. */
static void fixed_field(struct html *h, struct work *w, const struct record *r, int i)
{
    html_open(h, "div");
    html_class(h, "form-field");
    html_leaf_class(h, "span", "form-label", tr(w->lang, r->e->fields[i].label));
    html_leaf_class(h, "p", "form-fixed", record_text(w, r, i));
    html_close(h, "div");
}

/* ---- children ------------------------------------------------------------------------------- */

struct form {
    struct work                *w;
    struct html                *h;
    struct pen                  pen;
    const struct record        *r;                          /* NULL: nothing to fill it from       */
    const struct asked         *typed;
    size_t                      n;
    const struct form_problems *wrong;
};

static void put_child_id(const struct form *m, Str name, const struct record *child)
{
    Str id = child ? str_f(m->w->a, "%lld", (long long)child->id) : (Str){ 0 };
    typed_value(m->typed, m->n, name, &id);
    put_hidden(m->h, name, id);
}

static void put_remove_box(const struct form *m, const struct field *list, size_t row)
{
    Str name = remove_name(m->w->a, list, row), value;
    html_open(m->h, "label");
    html_class(m->h, "form-box form-remove");
    html_open(m->h, "input");
    html_attr(m->h, "type", S("checkbox"));
    html_attr(m->h, "name", name);
    html_attr(m->h, "value", S("1"));
    html_flag(m->h, "checked", typed_value(m->typed, m->n, name, &value) && value.n);
    html_text(m->h, tr(m->w->lang, N_("Remove this row")));
    html_close(m->h, "label");
}

static void child_inputs(const struct form *m, const struct field *list, size_t row, const struct record *child)
{
    html_open(m->h, "div");
    html_class(m->h, "form-cells");
    put_child_id(m, child_name(m->w->a, list, row, NULL), child);
    for EACH_FIELD(f, k, list->to) {
        if (!writable(m->w, &m->pen, f)) continue;
        struct field optional = *f;                         /* an empty row is no child            */
        Str name = child_name(m->w->a, list, row, f);
        optional.is &= ~(unsigned)REQUIRED;
        one_field(&(struct input){ m->w, m->h, &optional, name, value_for(m->w, f, child, k, m->typed, m->n, name), problem_of(m->wrong, name) });
    }
    html_close(m->h, "div");
}

static bool row_is_wrong(const struct form *m, const struct field *list, size_t row)
{
    Str prefix = str_f(m->w->a, "%s.%zu.", list->name, row);
    for (size_t i = 0; m->wrong && i < m->wrong->n; i++)
        if (str_starts(m->wrong->p[i].input, prefix)) return true;
    return false;
}

/* Whether the row begins unfolded: something in it is wrong or new, or it was asked for. */
static bool row_is_open(const struct form *m, const struct field *list, size_t row, size_t rows, const struct record *child)
{
    Str asked = { 0 };
    typed_value(m->typed, m->n, S(".more"), &asked);
    if (child) return row_is_wrong(m, list, row);
    return row + 1 < rows || str_is(asked, list->name);
}

/* Each row is folded under its title. */
static void child_row(const struct form *m, const struct field *list, size_t row, const struct record *child, bool open)
{
    html_open(m->h, "details");
    html_class(m->h, child ? "form-row" : "form-row form-row-new");
    html_flag(m->h, "open", open);
    html_leaf(m->h, "summary", child ? record_title(m->w, child) : str_f(m->w->a, "+ %.*s", FMT(tr(m->w->lang, list->to->one))));
    child_inputs(m, list, row, child);
    if (child) put_remove_box(m, list, row);
    html_close(m->h, "details");
}

static void put_more(const struct form *m, const struct field *list)
{
    html_open(m->h, "button");
    html_attr(m->h, "type", S("submit"));
    html_attr(m->h, "name", S(".more"));
    html_attr(m->h, "value", str_of(list->name));
    html_flag(m->h, "formnovalidate", true);
    html_class(m->h, "button button-quiet form-more");
    html_text(m->h, tr(m->w->lang, N_("One more row")));
    html_close(m->h, "button");
}

static void child_rows(const struct form *m, int i)
{
    const struct field *list = &m->r->e->fields[i];
    size_t rows = rows_of(m->w->a, list, m->r, i, m->typed, m->n) + 1;
    html_open(m->h, "fieldset");
    html_class(m->h, "form-children");
    html_attr(m->h, "id", str_of(list->name));
    html_leaf(m->h, "legend", tr(m->w->lang, list->label));
    for (size_t row = 0; row < rows; row++) {
        const struct record *child = row < m->r->children[i].n ? m->r->children[i].p[row] : NULL;
        child_row(m, list, row, child, row_is_open(m, list, row, rows, child));
    }
    put_more(m, list);
    html_close(m->h, "fieldset");
}

/* ---- the whole ------------------------------------------------------------------------------- */

static Str problem_text(struct work *w, const struct form_problem *p)
{
    Str what = message_str(w->a, w->lang, p->what);
    return p->sentence ? what : str_f(w->a, "%.*s: %.*s", FMT(tr(w->lang, p->f->label)), FMT(what));
}

const struct form_problem *form_problem_at(const struct form_problems *wrong, const char *input)
{
    for (size_t i = 0; i < wrong->n; i++)
        if (str_is(wrong->p[i].input, input)) return &wrong->p[i];
    return NULL;
}

/* Takes the focus when the page comes, so that who does not see it hears it. */
void put_form_summary(struct html *h, struct work *w, const struct form_problems *wrong)
{
    if (!wrong || !wrong->n) return;
    html_open(h, "div");
    html_class(h, "alert alert-danger");
    html_attr(h, "id", S("problems"));
    html_attr(h, "role", S("alert"));
    html_attr(h, "tabindex", S("-1"));
    html_flag(h, "autofocus", true);
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

/* A section begins at the first field that is shown of it; fields before any named one stand in one without a heading. */
static bool begin_section(const struct form *m, const char **waiting, bool open)
{
    if (open && !*waiting) return true;
    if (open) html_close(m->h, "section");
    html_open(m->h, "section");
    html_class(m->h, "form-section");
    if (*waiting) html_leaf(m->h, "h2", tr(m->w->lang, *waiting));
    *waiting = NULL;
    return true;
}

static void put_field(const struct form *m, int i)
{
    const struct field *f = &m->r->e->fields[i];
    Str name = str_of(f->name);
    if (f->type == &children_type) child_rows(m, i);
    else one_field(&(struct input){ m->w, m->h, f, name, value_for(m->w, f, m->r, i, m->typed, m->n, name), problem_of(m->wrong, name) });
}

Html form_html(struct work *w, const struct entity *e, const struct record *r, const struct asked *typed, size_t n,
               const struct form_problems *wrong)
{
    struct html h = html_make(w->a);
    struct form m = { w, &h, pen_for(w, e, r), r ? r : record_make(w->a, e), typed, n, wrong };
    const char *section = NULL;
    bool open = false;
    put_form_summary(&h, w, wrong);
    for EACH_FIELD(f, i, e) {
        bool fixed = !m.pen.fresh && f->is & FIXED && field_seen(f, m.pen.reach.reads) && v_is(m.r->v[i]);
        if (f->section) section = f->section;
        if (!fixed && !writable(w, &m.pen, f)) continue;
        open = begin_section(&m, &section, open);
        if (fixed) fixed_field(&h, w, m.r, i);
        else put_field(&m, i);
    }
    if (open) html_close(&h, "section");
    return html_done(&h);
}

bool form_has_files(const struct entity *e)
{
    for EACH_FIELD(f, i, e)
        if (f->type == &file_type || (f->type == &children_type && form_has_files(f->to))) return true;
    return false;
}
