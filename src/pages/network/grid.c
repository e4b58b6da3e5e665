#include "pages/network/grid.h"

#include "base/number.h"
#include "format/csv.h"
#include "format/json.h"
#include "format/xlsx_write.h"

#include <math.h>

static const double BILLION = 1e9;

/* ---- filling -------------------------------------------------------------------------------- */

struct grid grid_make(struct request *q, struct figure look, const struct grid_column *columns, size_t n, const char *empty)
{
    struct figure_column *shown = NEW_ARRAY(q->a, struct figure_column, n);
    look.columns = shown;
    look.n = 0;
    for (size_t i = 0; i < n; i++)
        if (!columns[i].files_only) shown[look.n++] = (struct figure_column){ columns[i].label, columns[i].role };
    return (struct grid){ .q = q, .look = look, .columns = columns, .n = n, .empty = empty };
}

size_t grid_rows(const struct grid *g)
{
    MUST(g->cells.n % g->n == 0);
    return g->cells.n / g->n;
}

static void put_cell(struct grid *g, struct grid_cell cell) { *GROW(g->q->a, g->cells) = cell; }

void grid_text(struct grid *g, Str text) { put_cell(g, (struct grid_cell){ .text = text }); }
void grid_link(struct grid *g, Str url, Str text) { put_cell(g, (struct grid_cell){ .text = text, .url = url }); }
void grid_node(struct grid *g, Str url, Str text, Str group) { put_cell(g, (struct grid_cell){ .text = text, .url = url, .group = group }); }
void grid_number(struct grid *g, double v) { put_cell(g, (struct grid_cell){ .number = v, .is_number = true }); }
void grid_money(struct grid *g, double dong) { grid_number(g, dong / BILLION); }
void grid_share(struct grid *g, double share) { grid_number(g, share * 100); }

void grid_degrees(struct grid *g, double v)
{
    struct buf b = buf_make(g->q->a);
    if (isfinite(v)) put_real(&b, g->q->lang, round(v * 1e4) / 1e4);
    put_cell(g, (struct grid_cell){ .text = buf_str(&b), .number = v, .is_number = true });
}

Str three_digits(struct arena *a, enum lang l, double v)
{
    struct buf b = buf_make(a);
    if (!isfinite(v)) return (Str){ 0 };
    double unit = v == 0 ? 1 : pow(10, floor(log10(fabs(v))) - 2);
    put_real(&b, l, unit > 1 && fabs(v) >= 1e3 ? round(v) : round(v / unit) * unit);
    return buf_str(&b);
}

/* ---- on a page ------------------------------------------------------------------------------ */

static void put_shown(struct html *h, const struct grid *g, size_t column, const struct grid_cell *cell)
{
    Str rounded = cell->text.n ? cell->text : three_digits(g->q->a, g->q->lang, cell->number);
    if (cell->is_number) figure_number(h, g->q, &g->look, column, rounded, cell->number);
    else figure_link(h, g->q, &g->look, column, cell->url, cell->text, cell->group);
}

void grid_html(struct html *h, const struct grid *g)
{
    size_t rows = grid_rows(g);
    if (!rows) {
        if (g->empty) html_leaf_class(h, "p", "empty", tr(g->q->lang, g->empty));
        return;
    }
    figure_open(h, g->q, &g->look);
    for (size_t row = 0; row < rows; row++) {
        figure_row(h);
        for (size_t i = 0, shown = 0; i < g->n; i++)
            if (!g->columns[i].files_only) put_shown(h, g, shown++, &g->cells.p[row * g->n + i]);
        figure_row_end(h);
    }
    figure_close(h, &g->look);
}

/* ---- as a file ------------------------------------------------------------------------------ */

static Str plain(const struct grid *g, const struct grid_cell *cell)
{
    struct buf b = buf_make(g->q->a);
    if (!cell->is_number) return cell->text;
    if (isfinite(cell->number)) put_real_plain(&b, cell->number);
    return buf_str(&b);
}

static enum err as_csv(struct reply *r, const struct grid *g, const struct grid_fact *facts, size_t n)
{
    struct buf b = buf_make(g->q->a);
    struct csv_writer csv = csv_write_to(&b);
    for (size_t i = 0; i < g->n; i++) csv_write(&csv, tr(g->q->lang, g->columns[i].label));
    for (size_t i = 0; i < n; i++) csv_write(&csv, tr(g->q->lang, facts[i].label));
    csv_write_end(&csv);
    for (size_t at = 0; at < g->cells.n; at += g->n) {
        for (size_t i = 0; i < g->n; i++) csv_write(&csv, plain(g, &g->cells.p[at + i]));
        for (size_t i = 0; i < n; i++) csv_write(&csv, facts[i].text);
        csv_write_end(&csv);
    }
    return reply_body(r, TYPE_CSV, buf_str(&b));
}

static void put_json_cell(struct json_writer *j, const struct grid_cell *cell)
{
    if (cell->is_number) json_write_real(j, cell->number);
    else if (cell->text.n) json_write_string(j, cell->text);
    else json_write_null(j);
}

static enum err as_json(struct reply *r, const struct grid *g, const struct grid_fact *facts, size_t n)
{
    struct buf b = buf_make(g->q->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    for (size_t i = 0; i < n; i++) {
        json_write_key(&j, str_of(facts[i].key));
        json_write_string(&j, facts[i].text);
    }
    json_write_key(&j, S("rows"));
    json_write_array(&j);
    for (size_t at = 0; at < g->cells.n; at += g->n) {
        json_write_object(&j);
        for (size_t i = 0; i < g->n; i++) {
            json_write_key(&j, str_of(g->columns[i].key));
            put_json_cell(&j, &g->cells.p[at + i]);
        }
        json_write_end(&j);
    }
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

static struct xlsx_cell sheet_cell(const struct grid_cell *cell)
{
    if (!cell->is_number) return (struct xlsx_cell){ .type = cell->text.n ? XLSX_TEXT : XLSX_EMPTY, .text = cell->text };
    return (struct xlsx_cell){ .type = isfinite(cell->number) ? XLSX_NUMBER : XLSX_EMPTY, .number = cell->number };
}

static enum err put_sheet(struct xlsx_writer *x, const struct grid *g, const struct grid_fact *facts, size_t n)
{
    struct xlsx_column *titles = NEW_ARRAY(g->q->a, struct xlsx_column, g->n + n);
    struct xlsx_cell *cells = NEW_ARRAY(g->q->a, struct xlsx_cell, g->n + n);
    for (size_t i = 0; i < g->n; i++) titles[i].title = tr(g->q->lang, g->columns[i].label);
    for (size_t i = 0; i < n; i++) {
        titles[g->n + i].title = tr(g->q->lang, facts[i].label);
        cells[g->n + i] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = facts[i].text };
    }
    TRY(xlsx_write_sheet(x, &(struct xlsx_sheet){ .name = tr(g->q->lang, g->look.caption), .columns = titles, .n = g->n + n, .filter = true }));
    for (size_t at = 0; at < g->cells.n; at += g->n) {
        for (size_t i = 0; i < g->n; i++) cells[i] = sheet_cell(&g->cells.p[at + i]);
        TRY(xlsx_write_row(x, cells, g->n + n));
    }
    return OK;
}

static enum err as_xlsx(struct reply *r, const struct grid *g, const struct grid_fact *facts, size_t n)
{
    struct xlsx_writer *x;
    Str bytes;
    TRY(xlsx_write_open(g->q->a, NULL, &x));
    enum err e = put_sheet(x, g, facts, n);
    if (e) {
        xlsx_write_drop(x);
        return e;
    }
    TRY(xlsx_write_close(x, &bytes));
    return reply_body(r, TYPE_XLSX, bytes);
}

enum err grid_reply(struct reply *r, const struct grid *g, const struct grid_fact *facts, size_t n)
{
    grid_rows(g);
    if (g->q->as == AS_JSON) return as_json(r, g, facts, n);
    reply_attachment(g->q, r, str_f(g->q->a, "%s%s", g->look.id, as_suffix(g->q->as)));
    return g->q->as == AS_CSV ? as_csv(r, g, facts, n) : as_xlsx(r, g, facts, n);
}
