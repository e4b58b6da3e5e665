/* import_rejected.c - the rows that were not taken, as they came, with the reasons in Vietnamese in front and the wrong cells coloured. */
#include "model/importing.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct rejects { struct xlsx_writer *book; const char *path; };     /* path: until it is complete */

static enum err begin(struct importing *in)
{
    struct arena *a = in->keep;
    size_t n = (size_t)in->header.n + 1;
    struct rejects *r = NEW(a, struct rejects);
    struct xlsx_column *columns = NEW_ARRAY(a, struct xlsx_column, n);
    columns[0] = (struct xlsx_column){ .title = tr(VI, N_("Why the row was not taken")), .width = 60 };
    for (size_t c = 1; c < n; c++) columns[c].title = in->header.columns[c - 1].heading;
    r->path = str_z(a, str_f(a, "%s.%d.new", in->o->rejected_path, (int)getpid()));
    in->rejects = r;
    TRY(xlsx_write_open(a, r->path, &r->book));
    return xlsx_write_sheet(r->book, &(struct xlsx_sheet){ .name = tr(VI, N_("Rejected rows")), .columns = columns, .n = n });
}

static Str reasons(struct importing *in, const struct row *row)
{
    struct arena *a = in->w->a;
    struct buf b = buf_make(a);
    for (size_t i = 0; i < row->problems.n; i++) {
        const struct problem_at *p = &row->problems.p[i];
        if (i) put_c(&b, '\n');
        if (p->column) put_f(&b, "%.*s: ", FMT(in->header.columns[p->column - 1].heading));
        put_message(&b, VI, p->what);
    }
    return buf_str(&b);
}

/* A cell holds 32,767 characters: a CSV may have had more. */
static Str fitting(Str s)
{
    size_t n = 32000;
    if (s.n <= n) return s;
    while (n && (s.p[n] & 0xC0) == 0x80) n--;
    return str_sub(s, 0, n);
}

static struct xlsx_cell cell_of(struct value v, bool bad)
{
    Str text = fitting(v.text);
    struct xlsx_cell out = { .type = text.n ? XLSX_TEXT : XLSX_EMPTY, .text = text, .fill = bad ? XLSX_BAD : XLSX_PLAIN };
    if (v.text.n && v.cell->type == CELL_NUMBER && v.text.p[0] != '0') out.type = XLSX_NUMBER, out.number = v.cell->number;
    if (v.text.n && v.cell->type == CELL_DATE && v.text.n == 10) out.type = XLSX_DATE;
    return out;
}

enum err rejects_add(struct importing *in, const struct row *row)
{
    if (!in->o->rejected_path) return OK;
    if (!in->rejects) TRY(begin(in));
    size_t n = (size_t)in->header.n + 1;
    struct xlsx_cell *cells = NEW_ARRAY(in->w->a, struct xlsx_cell, n);
    cells[0] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = fitting(reasons(in, row)) };
    for (size_t c = 1; c < n; c++) {
        bool bad = false;
        for (size_t i = 0; i < row->problems.n; i++) bad |= row->problems.p[i].column == (int)c;
        cells[c] = cell_of(row->value[c - 1], bad);
    }
    return xlsx_write_row(in->rejects->book, cells, n);
}

enum err rejects_done(struct importing *in)
{
    struct rejects *r = in->rejects;
    if (!r) return OK;
    struct xlsx_writer *book = r->book;
    r->book = NULL;
    TRY(xlsx_write_close(book, NULL));
    return rename(r->path, in->o->rejected_path) ? ERR_BROKEN : OK;
}

void rejects_drop(struct importing *in)
{
    struct rejects *r = in->rejects;
    if (!r) return;
    if (r->book) xlsx_write_drop(r->book);
    unlink(r->path);
    in->rejects = NULL;
}
