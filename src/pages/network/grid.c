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
void grid_node(struct grid *g, Str url, Str text, Str group)
{
    put_cell(g, (struct grid_cell){ .text = text, .url = url, .group = group });
}
void grid_number(struct grid *g, double v) { put_cell(g, (struct grid_cell){ .number = v, .is_number = true }); }
void grid_money(struct grid *g, double dong) { grid_number(g, dong / BILLION); }
void grid_share(struct grid *g, double share) { grid_number(g, share * 100); }

void grid_whole(struct grid *g, int64_t n, Str url)
{
    struct buf b = buf_make(g->q->a);
    put_int_grouped(&b, g->q->lang, n);
    put_cell(g, (struct grid_cell){ .text = buf_str(&b), .url = url, .number = (double)n, .is_number = true });
}

void grid_sum(struct grid *g) { g->sums++; }

void grid_worded(struct grid *g, double v, Str text) { grid_worded_link(g, v, text, (Str){ 0 }); }
void grid_worded_link(struct grid *g, double v, Str text, Str url) { put_cell(g, (struct grid_cell){ .text = text, .url = url, .number = v, .is_number = true }); }

void grid_exact(struct grid *g, double v)
{
    struct buf b = buf_make(g->q->a);
    if (isfinite(v)) put_real(&b, g->q->lang, v);
    grid_worded(g, v, buf_str(&b));
}

void grid_degrees(struct grid *g, double v)
{
    struct buf b = buf_make(g->q->a);
    if (isfinite(v)) put_real(&b, g->q->lang, round(v * 1e4) / 1e4);
    grid_worded(g, v, buf_str(&b));
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
    if (cell->is_number) figure_number_link(h, g->q, &g->look, column, rounded, cell->number, cell->url);
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
        if (row < rows - g->sums) figure_row(h);
        else figure_row_sum(h);
        for (size_t i = 0, shown = 0; i < g->n; i++)
            if (!g->columns[i].files_only) put_shown(h, g, shown++, &g->cells.p[row * g->n + i]);
        figure_row_end(h);
    }
    figure_close(h, &g->look);
}

static void put_files(struct html *h, const struct grid *g)
{
    static const struct { enum as as; const char *label; } files[] = { { AS_CSV, "CSV" }, { AS_XLSX, "XLSX" }, { AS_JSON, "JSON" } };
    struct request *q = g->q;
    struct params state = params_without(q->a, &q->query, "page");
    state = params_with(q->a, &state, "table", str_of(g->look.id));
    html_open(h, "p");
    html_class(h, "formats");
    for (size_t i = 0; i < COUNT(files); i++) html_link(h, url_of(q->a, q->lang, q->path, files[i].as, &state), "format", str_of(files[i].label));
    html_close(h, "p");
}

void grid_section(struct html *h, struct work *w, const struct grid *g)
{
    html_open(h, "section");
    html_class(h, "network-table");
    html_open(h, "div");
    html_class(h, "section-head");
    html_leaf(h, "h2", tr(g->q->lang, g->look.caption));
    if (grid_rows(g)) put_files(h, g);
    html_close(h, "div");
    grid_html(h, g);
    window_links(h, w, g->q, g->window);
    html_close(h, "section");
}

/* ---- the rows of a page --------------------------------------------------------------------- */

struct window window_asked(const struct request *q, size_t total, size_t rows)
{
    int64_t page;
    if (q->as != AS_PAGE) return (struct window){ 0, total, total, total };
    if (!str_to_i64(params_get(&q->query, "page"), &page) || page < 1 || (uint64_t)page > total / rows + 1) page = 1;
    size_t from = ((size_t)page - 1) * rows;
    return (struct window){ from, from + rows < total ? from + rows : total, total, rows };
}

static void put_page_link(struct html *h, struct request *q, size_t page, const char *label)
{
    struct params state = params_with(q->a, &q->query, "page", page > 1 ? str_f(q->a, "%zu", page) : (Str){ 0 });
    html_link(h, request_url(q, &state), "button button-quiet", tr(q->lang, label));
}

void window_links(struct html *h, struct work *w, struct request *q, struct window window)
{
    if (window.to - window.from == window.total) return;
    size_t page = window.from / window.rows + 1;
    html_open(h, "nav");
    html_class(h, "pages");
    html_attr(h, "aria-label", tr(q->lang, N_("Pages")));
    if (page > 1) put_page_link(h, q, page - 1, N_("Previous page"));
    html_leaf(h, "span", message_str(q->a, q->lang, MSG(N_("{1} to {2} of {3}"), page_number(w, (int64_t)window.from + 1), page_number(w, (int64_t)window.to),
                                                        page_number(w, (int64_t)window.total))));
    if (window.to < window.total) put_page_link(h, q, page + 1, N_("Next page"));
    html_close(h, "nav");
}

/* ---- as a file ------------------------------------------------------------------------------ */

enum err grid_asked(const struct request *q, struct reply *r, const struct grid *tables, size_t n, size_t *which)
{
    Str asked = params_get(&q->query, "table");
    *which = asked.n ? n : 0;
    for (size_t i = 0; i < n; i++)
        if (str_is(asked, tables[i].look.id)) *which = i;
    return *which < n ? OK : reply_fail(r, ERR_MISSING, MSG(N_("This page has no table {1}."), asked));
}

struct grid_file {
    const struct grid_fact *facts;
    size_t                  facts_n;
    FILE                   *out;            /* CSV and JSON                                       */
    struct buf              text;           /* of them, not yet written                           */
    struct csv_writer       csv;
    struct json_writer      json;
    struct xlsx_writer     *sheet;
    struct xlsx_cell       *cells;          /* of a row of the sheet, the facts at its end        */
};

static void begin_csv(struct grid *g)
{
    struct grid_file *f = g->file;
    f->csv = csv_write_to(&f->text);
    for (size_t i = 0; i < g->n; i++) csv_write(&f->csv, tr(g->q->lang, g->columns[i].label));
    for (size_t i = 0; i < f->facts_n; i++) csv_write(&f->csv, tr(g->q->lang, f->facts[i].label));
    csv_write_end(&f->csv);
}

static void put_csv_row(struct grid *g, const struct grid_cell *row)
{
    struct grid_file *f = g->file;
    for (size_t i = 0; i < g->n; i++) {
        char digits[64];
        struct buf number = { .a = g->q->a, .p = digits, .cap = sizeof digits };
        if (row[i].is_number && isfinite(row[i].number)) put_real_plain(&number, row[i].number);
        csv_write(&f->csv, row[i].is_number ? buf_str(&number) : row[i].text);
    }
    for (size_t i = 0; i < f->facts_n; i++) csv_write(&f->csv, f->facts[i].text);
    csv_write_end(&f->csv);
}

static void begin_json(struct grid *g)
{
    struct grid_file *f = g->file;
    f->json = json_write_to(&f->text);
    json_write_object(&f->json);
    for (size_t i = 0; i < f->facts_n; i++) {
        json_write_key(&f->json, str_of(f->facts[i].key));
        json_write_string(&f->json, f->facts[i].text);
    }
    json_write_key(&f->json, S("rows"));
    json_write_array(&f->json);
}

static void put_json_row(struct grid *g, const struct grid_cell *row)
{
    struct json_writer *j = &g->file->json;
    json_write_object(j);
    for (size_t i = 0; i < g->n; i++) {
        json_write_key(j, str_of(g->columns[i].key));
        if (row[i].is_number) json_write_real(j, row[i].number);
        else if (row[i].text.n) json_write_string(j, row[i].text);
        else json_write_null(j);
    }
    json_write_end(j);
}

static enum err begin_sheet(struct grid *g)
{
    struct grid_file *f = g->file;
    struct xlsx_column *titles = NEW_ARRAY(g->q->a, struct xlsx_column, g->n + f->facts_n);
    f->cells = NEW_ARRAY(g->q->a, struct xlsx_cell, g->n + f->facts_n);
    for (size_t i = 0; i < g->n; i++) titles[i].title = tr(g->q->lang, g->columns[i].label);
    for (size_t i = 0; i < f->facts_n; i++) {
        titles[g->n + i].title = tr(g->q->lang, f->facts[i].label);
        f->cells[g->n + i] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = f->facts[i].text };
    }
    TRY(xlsx_write_open(g->q->a, NULL, &f->sheet));
    return xlsx_write_sheet(f->sheet, &(struct xlsx_sheet){ .name = tr(g->q->lang, g->look.caption), .columns = titles,
        .n = g->n + f->facts_n, .filter = true });
}

static enum err put_sheet_row(struct grid *g, const struct grid_cell *row)
{
    struct grid_file *f = g->file;
    for (size_t i = 0; i < g->n; i++) {
        const struct grid_cell *c = &row[i];
        enum xlsx_type type = c->is_number ? (isfinite(c->number) ? XLSX_NUMBER : XLSX_EMPTY) : c->text.n ? XLSX_TEXT : XLSX_EMPTY;
        f->cells[i] = (struct xlsx_cell){ .type = type, .text = c->text, .number = c->number };
    }
    return xlsx_write_row(f->sheet, f->cells, g->n + f->facts_n);
}

static enum err write_text(struct grid_file *f)
{
    bool written = fwrite(f->text.p, 1, f->text.n, f->out) == f->text.n;
    f->text.n = 0;
    return written ? OK : ERR_FULL;
}

enum err grid_begin(struct reply *r, struct grid *g, const struct grid_fact *facts, size_t n)
{
    enum as as = g->q->as;
    Str name = str_f(g->q->a, "%s%s", g->look.id, as_suffix(as));
    g->file = NEW(g->q->a, struct grid_file);
    *g->file = (struct grid_file){ .facts = facts, .facts_n = n, .text = buf_make(g->q->a) };
    if (as == AS_XLSX) {
        reply_attachment(g->q, r, name);
        return begin_sheet(g);
    }
    TRY(reply_download(g->q, r, as == AS_CSV ? TYPE_CSV : TYPE_JSON, name, &g->file->out));
    if (as == AS_CSV) begin_csv(g);
    else begin_json(g);
    return OK;
}

static enum err put_row(struct grid *g, const struct grid_cell *row)
{
    if (g->file->sheet) return put_sheet_row(g, row);
    if (g->q->as == AS_CSV) put_csv_row(g, row);
    else put_json_row(g, row);
    return OK;
}

enum err grid_send(struct grid *g)
{
    struct grid_file *f = g->file;
    enum err e = OK;
    size_t rows = grid_rows(g) - g->sums;
    for (size_t at = 0; at < rows * g->n && !e; at += g->n) e = put_row(g, &g->cells.p[at]);
    g->cells.n = 0;
    if (!e && f->out) e = write_text(f);
    if (e && f->sheet) xlsx_write_drop(f->sheet);
    return e;
}

enum err grid_end(struct reply *r, struct grid *g)
{
    struct grid_file *f = g->file;
    Str bytes;
    if (f->sheet) {
        TRY(xlsx_write_close(f->sheet, &bytes));
        return reply_body(r, TYPE_XLSX, bytes);
    }
    if (g->q->as == AS_JSON) {
        json_write_end(&f->json);
        json_write_end(&f->json);
        json_write_done(&f->json);
    }
    return write_text(f);
}

enum err grid_reply(struct reply *r, struct grid *g, const struct grid_fact *facts, size_t n)
{
    TRY(grid_begin(r, g, facts, n));
    TRY(grid_send(g));
    return grid_end(r, g);
}
