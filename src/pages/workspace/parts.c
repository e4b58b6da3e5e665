#include "pages/workspace/workspace.h"

void put_select_option(struct html *h, Str value, Str label, bool selected)
{
    html_open(h, "option");
    html_attr(h, "value", value);
    html_flag(h, "selected", selected);
    html_text(h, label);
    html_close(h, "option");
}

static void put_label(struct html *h, const char *name, const char *class, Str label)
{
    html_open(h, "label");
    html_class(h, class);
    html_attr(h, "for", str_of(name));
    html_text(h, label);
    html_close(h, "label");
}

void open_labelled_select(struct html *h, const char *name, const char *label_class, Str label)
{
    put_label(h, name, label_class, label);
    html_open(h, "select");
    html_class(h, "form-select");
    html_attr(h, "id", str_of(name));
    html_attr(h, "name", str_of(name));
}

void put_text_input(struct html *h, const char *type, const char *name, Str label, Str value)
{
    html_open(h, "div");
    html_class(h, "form-field");
    put_label(h, name, "form-label", label);
    html_open(h, "input");
    html_class(h, "form-control");
    html_attr(h, "type", str_of(type));
    html_attr(h, "id", str_of(name));
    html_attr(h, "name", str_of(name));
    html_attr(h, "value", value);
    html_close(h, "div");
}

void put_check(struct html *h, const char *type, const char *name, Str value, Str label, bool checked)
{
    html_open(h, "label");
    html_class(h, "form-box");
    html_open(h, "input");
    html_attr(h, "type", str_of(type));
    html_attr(h, "name", str_of(name));
    html_attr(h, "value", value);
    html_flag(h, "checked", checked);
    html_text(h, label);
    html_close(h, "label");
}

void put_area(struct html *h, const char *name, Str label, Str hint, Str value, bool required)
{
    html_open(h, "div");
    html_class(h, "form-field");
    put_label(h, name, required ? "form-label required" : "form-label", label);
    html_open(h, "textarea");
    html_class(h, "form-control");
    html_attr(h, "id", str_of(name));
    html_attr(h, "name", str_of(name));
    html_attr(h, "rows", S("4"));
    html_flag(h, "required", required);
    if (hint.n) html_attr_f(h, "aria-describedby", "%s-help", name);
    html_text(h, value);
    html_close(h, "textarea");
    if (hint.n) {
        html_open(h, "div");
        html_class(h, "form-hint");
        html_attr_f(h, "id", "%s-help", name);
        html_text(h, hint);
        html_close(h, "div");
    }
    html_close(h, "div");
}

void section_open(struct at *at, const char *id, const char *title)
{
    html_open(&at->h, "section");
    html_class(&at->h, "card");
    html_attr(&at->h, "id", str_of(id));
    html_leaf(&at->h, "h2", at_tr(at, title));
}

void put_empty(struct at *at, const char *sentence) { html_leaf_class(&at->h, "p", "empty", at_tr(at, sentence)); }

void put_refusal(struct at *at, Message why)
{
    if (!why.id) return;
    html_open(&at->h, "div");
    html_class(&at->h, "alert alert-danger");
    html_attr(&at->h, "role", S("alert"));
    html_leaf(&at->h, "p", at_say(at, why));
    html_close(&at->h, "div");
}

void put_new(struct html *h, struct at *at, const struct entity *e, const char *label, Str known)
{
    if (!may(&at->w, e, MAY_CREATE)) return;
    html_link(h, request_link(at->q, str_f(at->q->a, "%.*s?%.*s", FMT(desk_path(at->q->a, e, 0, "new")), FMT(known))), "button button-quiet", at_tr(at, label));
}

/* ---- what belongs to a record ---------------------------------------------------------------- */

bool in_state(const struct record *r, const char *state) { return str_is(str_of(state_of(r)->code), state); }

enum err related(struct at *at, const struct entity *e, int field, int64_t id, struct records *out)
{
    struct list_query query = { .filter = { { .field = field, .op = FILTER_EQUAL, .v = v_int(id) } }, .filters = 1, .sort = -1, .limit = LIST_LIMIT_MAX };
    struct list list;
    *out = (struct records){ 0 };
    if (!may_list(&at->w, e)) return OK;
    TRY(list_load(&at->w, e, &query, true, &list));
    *out = list.records;
    return OK;
}
