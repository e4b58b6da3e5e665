/* office_sheet.c - the table on a page and as a workbook, from one set of rows. */
#include "pages/office_sheet.h"

#include "base/number.h"
#include "format/table.h"
#include "format/xlsx_write.h"

static bool is_number(const struct office_column *c) { return c->kind == OFFICE_AMOUNT || c->kind == OFFICE_QUANTITY; }

Str office_roman(struct arena *a, int n)
{
    static const struct { int value; const char *sign; } signs[] = { { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" } };
    struct buf b = buf_make(a);
    for (size_t i = 0; i < COUNT(signs); i++)
        for (; n >= signs[i].value; n -= signs[i].value) put_z(&b, signs[i].sign);
    return buf_str(&b);
}

/* ---- as a workbook ---------------------------------------------------------------------------- */

static enum err put_numbers(struct xlsx_writer *x, const struct office_sheet *s, struct xlsx_cell *cells)
{
    for (size_t i = 0; i < s->n; i++) cells[i] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = str_of(s->columns[i].number) };
    return xlsx_write_row(x, cells, s->n);
}

static enum err put_row(struct xlsx_writer *x, const struct office_sheet *s, const struct office_row *row, struct xlsx_cell *cells)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct office_cell *c = &row->cells[i];
        enum xlsx_type number = s->columns[i].kind == OFFICE_AMOUNT ? XLSX_AMOUNT : XLSX_NUMBER;
        enum xlsx_type type = is_number(&s->columns[i]) ? (c->has ? number : XLSX_EMPTY) : XLSX_TEXT;
        cells[i] = (struct xlsx_cell){ .type = type, .text = c->text, .number = c->number, .strong = row->sum };
    }
    return xlsx_write_row(x, cells, s->n);
}

static enum err put_sheet(struct xlsx_writer *x, struct request *q, const struct office_sheet *s)
{
    const struct xlsx_line above[] = { { s->office, XLSX_LEFT }, { s->title, XLSX_TITLE }, { s->basis, XLSX_CENTRE }, { s->unit, XLSX_RIGHT } };
    struct xlsx_column *columns = NEW_ARRAY(q->a, struct xlsx_column, s->n);
    struct xlsx_cell *cells = NEW_ARRAY(q->a, struct xlsx_cell, s->n);
    for (size_t i = 0; i < s->n; i++)
        columns[i] = (struct xlsx_column){ .title = tr(q->lang, s->columns[i].label), .width = s->columns[i].width, .as_text = !is_number(&s->columns[i]) };
    TRY(xlsx_write_sheet(x, &(struct xlsx_sheet){ .name = s->title, .columns = columns, .n = s->n, .form = true, .above = above, .above_n = COUNT(above) }));
    TRY(put_numbers(x, s, cells));
    for (size_t i = 0; i < s->rows.n; i++) TRY(put_row(x, s, &s->rows.p[i], cells));
    return s->signs.n ? xlsx_write_line(x, &(struct xlsx_line){ s->signs, XLSX_RIGHT }) : OK;
}

enum err office_sheet_reply(struct request *q, struct reply *r, const struct office_sheet *s, Str name)
{
    struct xlsx_writer *x;
    Str bytes;
    TRY(xlsx_write_open(q->a, NULL, &x));
    enum err e = put_sheet(x, q, s);
    if (e) {
        xlsx_write_drop(x);
        return e;
    }
    TRY(xlsx_write_close(x, &bytes));
    reply_attachment(q, r, name);
    return reply_body(r, TYPE_XLSX, bytes);
}

/* ---- on a page: without the keys, which are for reading the file back ----------------------------- */

static bool is_shown(const struct office_column *c) { return c->kind != OFFICE_KEY; }

static void put_heading(struct html *h, struct request *q, const struct office_sheet *s)
{
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < s->n; i++)
        if (is_shown(&s->columns[i])) table_heading(h, "col", tr(q->lang, s->columns[i].label));
    html_close(h, "tr");
    html_open(h, "tr");
    for (size_t i = 0; i < s->n; i++)
        if (is_shown(&s->columns[i])) html_leaf_class(h, "td", is_number(&s->columns[i]) ? "number" : "column-number", str_of(s->columns[i].number));
    html_close(h, "tr");
    html_close(h, "thead");
}

static Str shown(struct request *q, const struct office_column *column, const struct office_cell *c)
{
    struct buf b = buf_make(q->a);
    if (!is_number(column)) return c->text;
    if (c->has) put_real(&b, q->lang, c->number);
    return buf_str(&b);
}

static void put_page_row(struct html *h, struct request *q, const struct office_sheet *s, const struct office_row *row)
{
    html_open(h, "tr");
    if (row->sum) html_class(h, "sum");
    for (size_t i = 0; i < s->n; i++) {
        if (!is_shown(&s->columns[i])) continue;
        table_cell_open(h, tr(q->lang, s->columns[i].label));
        if (is_number(&s->columns[i])) html_class(h, "number");
        html_text(h, shown(q, &s->columns[i], &row->cells[i]));
        html_close(h, "td");
    }
    html_close(h, "tr");
}

void office_sheet_html(struct html *h, struct request *q, const struct office_sheet *s)
{
    html_open(h, "div");
    html_class(h, "office-sheet");
    html_leaf(h, "p", s->office);
    html_leaf_class(h, "p", "office-title", s->title);
    if (s->basis.n) html_leaf(h, "p", s->basis);
    html_leaf_class(h, "p", "office-unit", s->unit);
    table_open(h, s->title);
    put_heading(h, q, s);
    html_open(h, "tbody");
    for (size_t i = 0; i < s->rows.n; i++) put_page_row(h, q, s, &s->rows.p[i]);
    table_end(h);
    html_close(h, "div");
}
