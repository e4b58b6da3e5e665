#include "pages/figure.h"

#include "format/table.h"

#include <math.h>

struct frame { Str kind, table, caption, lead, most; };
static const struct slot frame_slots[] = {
    SLOT(struct frame, kind), SLOT(struct frame, table), SLOT(struct frame, caption), SLOT(struct frame, lead),
    SLOT(struct frame, most), SLOT_END,
};
static const struct template *frame;

void figure_prepare(struct arena *forever) { frame = template_load(forever, "figure", frame_slots); }

static void put_headings(struct html *h, struct request *q, const struct figure *f)
{
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < f->n; i++) {
        html_open(h, "th");
        html_attr(h, "scope", S("col"));
        if (f->columns[i].role) html_attr(h, "data-role", str_of(f->columns[i].role));
        html_text(h, tr(q->lang, f->columns[i].label));
        html_close(h, "th");
    }
    html_close(h, "tr");
    html_close(h, "thead");
}

void figure_open(struct html *h, struct request *q, const struct figure *f)
{
    Str caption = tr(q->lang, f->caption), id = str_f(q->a, "table-%s", f->id);        /* a form's field may have the name too */
    struct frame data = { f->kind ? str_of(f->kind) : S(""), id, caption, f->lead ? tr(q->lang, f->lead) : S(""),
        f->most ? str_f(q->a, "%d", f->most) : S("") };
    if (f->kind) html_raw(h, template_render(q->a, frame, q->lang, &data));
    table_open_named(h, id, caption);
    put_headings(h, q, f);
    html_open(h, "tbody");
}

void figure_close(struct html *h, const struct figure *f)
{
    html_close(h, "tbody");
    table_close(h);
}

void figure_row(struct html *h) { html_open(h, "tr"); }

void figure_row_sum(struct html *h)
{
    figure_row(h);
    html_class(h, "sum");
}

void figure_row_end(struct html *h) { html_close(h, "tr"); }

void figure_cell_open(struct html *h, struct request *q, const struct figure *f, size_t column)
{
    MUST(column < f->n);
    table_cell_open(h, tr(q->lang, f->columns[column].label));
}

/* A sentence in a cell gets the room of one. */
enum { SENTENCE = 60 };

void figure_text(struct html *h, struct request *q, const struct figure *f, size_t column, Str text)
{
    figure_cell_open(h, q, f, column);
    if (text.n > SENTENCE) html_class(h, "sentence");
    html_text(h, text);
    html_close(h, "td");
}

void figure_number(struct html *h, struct request *q, const struct figure *f, size_t column, Str text, double value)
{
    figure_number_link(h, q, f, column, text, value, (Str){ 0 });
}

void figure_number_link(struct html *h, struct request *q, const struct figure *f, size_t column, Str text, double value, Str url)
{
    figure_cell_open(h, q, f, column);
    html_class(h, "number");
    if (!isnan(value)) {
        html_attr_f(h, "data-value", "%.9g", value);
        if (url.n) html_link(h, url, NULL, text);
        else html_text(h, text);
    }
    html_close(h, "td");
}

void figure_link(struct html *h, struct request *q, const struct figure *f, size_t column, Str url, Str text, Str group)
{
    figure_cell_open(h, q, f, column);
    if (group.n) html_attr(h, "data-group", group);
    if (url.n) html_link(h, url, NULL, text);
    else html_text(h, text);
    html_close(h, "td");
}
