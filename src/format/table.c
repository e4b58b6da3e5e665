#include "format/table.h"

void table_open(struct html *h, Str label) { table_open_named(h, (Str){ 0 }, label); }

void table_open_named(struct html *h, Str id, Str label)
{
    html_open(h, "div");
    html_class(h, "table-responsive");
    html_attr(h, "tabindex", S("0"));
    html_attr(h, "role", S("region"));
    html_attr(h, "aria-label", label);
    html_open(h, "table");
    html_class(h, "record-table");
    if (id.n) html_attr(h, "id", id);
}

void table_close(struct html *h)
{
    html_close(h, "table");
    html_close(h, "div");
}

void table_head(struct html *h, enum lang l, const char *const *labels, size_t n)
{
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < n; i++) table_heading(h, "col", tr(l, labels[i]));
    html_close(h, "tr");
    html_close(h, "thead");
}

void table_begin(struct html *h, enum lang l, Str label, const char *const *labels, size_t n)
{
    table_open(h, label);
    table_head(h, l, labels, n);
    html_open(h, "tbody");
}

void table_end(struct html *h)
{
    html_close(h, "tbody");
    table_close(h);
}

void table_heading(struct html *h, const char *scope, Str text)
{
    html_open(h, "th");
    html_attr(h, "scope", str_of(scope));
    html_text(h, text);
    html_close(h, "th");
}

void table_cell_open(struct html *h, Str label)
{
    html_open(h, "td");
    html_attr(h, "data-label", label);
}

void table_cell(struct html *h, Str label, Str text)
{
    table_cell_open(h, label);
    html_text(h, text);
    html_close(h, "td");
}
