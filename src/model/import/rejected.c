/*
 * rejected.c - the rows that were not taken, as they came, with the reasons in Vietnamese in front; the wrong cells are coloured
 * and say what is wrong in a note.
 */
#include "model/import/importing.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * path: until it is complete.  book NULL: it cannot be written (a read-only folder, a full disk); the rows that are right
 * are imported all the same, and the report says so.
 */
struct rejects { struct xlsx_writer *book; const char *path; bool complete; };

static void give_up(struct rejects *r)
{
    xlsx_write_drop(r->book);
    r->book = NULL;
}

static void begin(struct importing *in)
{
    struct arena *a = in->keep;
    size_t n = (size_t)in->header.n + 1;
    struct rejects *r = in->rejects = NEW(a, struct rejects);
    struct xlsx_column *columns = NEW_ARRAY(a, struct xlsx_column, n);
    columns[0] = (struct xlsx_column){ .title = tr(VI, N_("Why the row was not taken")), .width = 60 };
    for (size_t c = 1; c < n; c++) columns[c].title = in->header.columns[c - 1].heading;
    const struct xlsx_sheet sheet = { .name = tr(VI, N_("Rejected rows")), .columns = columns, .n = n };
    r->path = str_z(a, str_f(a, "%s.%d.new", in->o->rejected_path, (int)getpid()));
    if (xlsx_write_open(a, r->path, &r->book)) return;
    if (xlsx_write_sheet(r->book, &sheet)) give_up(r);
}

/* A line for each problem of the column. */
static Str reasons_at(struct importing *in, const struct row *row, int column)
{
    struct buf b = buf_make(in->w->a);
    for (size_t i = 0; i < row->problems.n; i++) {
        if (row->problems.p[i].column != column) continue;
        if (b.n) put_c(&b, '\n');
        put_message(&b, VI, row->problems.p[i].what);
    }
    return buf_str(&b);
}

static Str reasons(struct importing *in, const struct row *row)
{
    struct buf b = buf_make(in->w->a);
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

static struct xlsx_cell cell_of(struct value v, Str wrong)
{
    Str text = fitting(v.text);
    struct xlsx_cell out = { .type = text.n ? XLSX_TEXT : XLSX_EMPTY, .text = text, .fill = wrong.n ? XLSX_BAD : XLSX_PLAIN, .comment = wrong };
    if (v.text.n && v.cell->type == CELL_NUMBER && v.text.p[0] != '0') out.type = XLSX_NUMBER, out.number = v.cell->number;
    if (v.text.n && v.cell->type == CELL_DATE && v.text.n == 10) out.type = XLSX_DATE;
    return out;
}

void rejects_add(struct importing *in, const struct row *row)
{
    if (!in->o->rejected_path) return;
    if (!in->rejects) begin(in);
    if (!in->rejects->book) return;
    size_t n = (size_t)in->header.n + 1;
    struct xlsx_cell *cells = NEW_ARRAY(in->w->a, struct xlsx_cell, n);
    cells[0] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = fitting(reasons(in, row)) };
    for (size_t c = 1; c < n; c++) cells[c] = cell_of(row->value[c - 1], reasons_at(in, row, (int)c));
    if (xlsx_write_row(in->rejects->book, cells, n)) give_up(in->rejects);
}

const char *rejects_complete(struct importing *in)
{
    struct rejects *r = in->rejects;
    if (!r || !r->book) return NULL;
    struct xlsx_writer *book = r->book;
    r->book = NULL;
    r->complete = !xlsx_write_close(book, NULL);
    return r->complete ? r->path : NULL;
}

bool rejects_done(struct importing *in)
{
    struct rejects *r = in->rejects;
    return !r || (r->complete && !rename(r->path, in->o->rejected_path));
}

void rejects_drop(struct importing *in)
{
    struct rejects *r = in->rejects;
    if (!r) return;
    if (r->book) give_up(r);
    unlink(r->path);
    in->rejects = NULL;
}
