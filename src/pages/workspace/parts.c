#include "pages/workspace/workspace.h"

void put_para(struct html *h, const char *class, Str text)
{
    html_open(h, "p");
    if (class) html_class(h, class);
    html_text(h, text);
    html_close(h, "p");
}

void put_heading(struct html *h, const char *tag, const char *id, Str text)
{
    html_open(h, tag);
    if (id) html_attr(h, "id", str_of(id));
    html_text(h, text);
    html_close(h, tag);
}

void put_select_option(struct html *h, Str value, Str label, bool selected)
{
    html_open(h, "option");
    html_attr(h, "value", value);
    html_flag(h, "selected", selected);
    html_text(h, label);
    html_close(h, "option");
}

static void put_label(struct html *h, const char *name, Str label, bool required)
{
    html_open(h, "label");
    html_class(h, required ? "form-label required" : "form-label");
    html_attr(h, "for", str_of(name));
    html_text(h, label);
    html_close(h, "label");
}

void put_text_input(struct html *h, const char *type, const char *name, Str label, Str value)
{
    html_open(h, "div");
    html_class(h, "form-field");
    put_label(h, name, label, false);
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
    put_label(h, name, label, required);
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

void put_plain_cell(struct html *h, Str label, Str text)
{
    html_open(h, "td");
    html_attr(h, "data-label", label);
    html_text(h, text);
    html_close(h, "td");
}

void put_columns_head(struct html *h, enum lang l, const char *const *labels, size_t n)
{
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < n; i++) {
        html_open(h, "th");
        html_attr(h, "scope", S("col"));
        html_text(h, tr(l, labels[i]));
        html_close(h, "th");
    }
    html_close(h, "tr");
    html_close(h, "thead");
}
