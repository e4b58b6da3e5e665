/*
 * office_sheet_read.c - such a sheet as an office sends it back.  The heading is looked for among the first rows of each sheet; columns are known by their
 * labels.  A cell that a person has answered for is read from the answer, all others from the file.
 */
#include "pages/office_sheet.h"

#include "base/number.h"
#include "base/unicode.h"
#include "format/sheet.h"
#include "model/form.h"
#include "pages/workspace/workspace.h"

#include <math.h>

enum { HEADING_WITHIN = 60 };                               /* rows in which the heading must stand */
static const double AMOUNT_MOST = 9e15;                     /* below it, a double has each đồng    */

struct reading {
    struct work         *w;
    const struct params *answers;
    struct office_read  *out;
    int                 *column_of;         /* our column by the file's, from 1; -1: none of ours  */
    int                  columns;           /* of the file that are looked at                      */
};

/* ---- doubts ---------------------------------------------------------------------------------------- */

static const char *input_name(struct arena *a, const char *kind, int row, int column) { return str_z(a, str_f(a, "%s.%d.%d", kind, row, column)); }

static void ask(struct work *w, struct office_read *read, int row, int column, Message what, bool confirm)
{
    *GROW(w->a, read->doubts) = (struct office_doubt){ row, column, message_dup(w->a, message_brief(w->a, what)), confirm };
}

void office_ask_value(struct work *w, struct office_read *read, int row, int column, Message what) { ask(w, read, row, column, what, false); }

bool office_ask_yes(struct work *w, struct office_read *read, const struct params *answers, int row, int column, Message what)
{
    if (params_get(answers, input_name(w->a, "yes", row, column)).n) return false;
    ask(w, read, row, column, what, true);
    return true;
}

bool office_answered(struct work *w, const struct params *answers, int row, int column)
{
    return str_trim(params_get(answers, input_name(w->a, "cell", row, column))).n;
}

static const char *doubt_input(struct arena *a, const struct office_doubt *d) { return input_name(a, d->confirm ? "yes" : "cell", d->row, d->column); }

static void put_doubt(struct html *h, struct work *w, const struct office_read *read, const struct office_doubt *d, const struct params *answers)
{
    Str row = str_f(w->a, "%d", d->row), what = message_str(w->a, w->lang, d->what);
    Str column = d->column < 0 ? (Str){ 0 } : tr(w->lang, read->columns[d->column].label);
    Str said = message_str(w->a, w->lang, column.n ? MSG(N_("Row {1}, {2}: {3}"), row, column, what) : MSG(N_("Row {1}: {2}"), row, what));
    const char *name = doubt_input(w->a, d);
    if (d->confirm) put_check(h, "checkbox", name, S("1"), said, false);
    else put_text_input(h, "text", name, said, params_get(answers, name));
}

static void put_answered(struct html *h, struct work *w, const struct office_read *read, const struct param *answer)
{
    if (!str_starts(answer->name, S("cell.")) && !str_starts(answer->name, S("yes."))) return;
    for (size_t i = 0; i < read->doubts.n; i++)
        if (str_is(answer->name, doubt_input(w->a, &read->doubts.p[i]))) return;
    desk_hidden(h, str_z(w->a, answer->name), answer->value);
}

void office_doubts_html(struct html *h, struct work *w, const struct office_read *read, const struct params *answers)
{
    for (size_t i = 0; i < answers->n; i++) put_answered(h, w, read, &answers->p[i]);
    if (!read->doubts.n) return;
    html_open(h, "fieldset");
    html_class(h, "office-doubts");
    html_leaf(h, "legend", tr(w->lang, N_("What is not certain: type what is meant, or tick what is right")));
    for (size_t i = 0; i < read->doubts.n; i++) put_doubt(h, w, read, &read->doubts.p[i], answers);
    html_close(h, "fieldset");
}

/* ---- cells ------------------------------------------------------------------------------------------ */

/* Spelt in that language; what is wrong is said in the reader's own style. */
static Message read_value(struct work *w, enum office_kind kind, enum lang spelt, Str text, double *out)
{
    static const struct field amount = { "amount", N_("Amount"), &money_type, .least = -9e15, .most = 9e15 }, quantity = { "quantity", N_("Quantity"), &number_type };
    const struct field *f = kind == OFFICE_AMOUNT ? &amount : &quantity;
    Val v = v_null();
    Message wrong = f->type->read(w, f, spelt == EN ? SPELT_EN : SPELT_VI, text, &v);
    *out = v_f64(v);
    return wrong;
}

static Str number_str(const struct work *w, double v)
{
    struct buf b = buf_make(w->a);
    put_real(&b, w->lang, v);
    return buf_str(&b);
}

/* A number that was written as text: who wrote it may have done so in either language, so it must mean the same in both. */
static Message read_written(struct work *w, enum office_kind kind, Str text, double *out)
{
    double there;
    Message wrong = read_value(w, kind, w->lang, text, out);
    if (!wrong.id) wrong = read_value(w, kind, w->lang == VI ? EN : VI, text, &there);
    if (wrong.id || there == *out) return wrong;
    return MSG(N_("“{1}” could be {2} or {3}. Which is it?"), text, number_str(w, *out), number_str(w, there));
}

/* Not certain: a number with decimals where đồng are whole, or larger than any budget. */
static Message number_wrong(enum office_kind kind, const struct cell *c)
{
    if (kind == OFFICE_AMOUNT && (fabs(c->number) > AMOUNT_MOST || c->number != floor(c->number))) return MSG(N_("“{1}” is not an amount of whole đồng."), c->text);
    return NO_MESSAGE;
}

static void read_number(struct reading *r, int row, int column, const struct cell *c, Str text, struct office_cell *out)
{
    enum office_kind kind = r->out->columns[column].kind;
    Str answer = str_trim(params_get(r->answers, input_name(r->w->a, "cell", row, column)));
    Message wrong = NO_MESSAGE;
    if (answer.n) wrong = read_value(r->w, kind, r->w->lang, answer, &out->number);
    else if (c->type == CELL_NUMBER) out->number = c->number, wrong = number_wrong(kind, c);
    else if (c->type == CELL_TEXT) wrong = read_written(r->w, kind, text, &out->number);
    else wrong = MSG(N_("“{1}” is not a number"), text);
    out->has = !wrong.id;
    if (wrong.id) office_ask_value(r->w, r->out, row, column, wrong);
}

static Str cell_text(struct arena *a, const struct cell *c)
{
    Str clean;
    return text_clean(a, c->text, &clean) ? str_dup(a, str_trim(clean)) : (Str){ 0 };
}

static void read_row(struct reading *r, const struct sheet_row *row)
{
    struct office_cell *cells = NEW_ARRAY(r->w->a, struct office_cell, r->out->n);
    struct office_read_row out = { .number = row->number, .cells = cells };
    for (size_t i = 0; i < row->n; i++) {
        const struct cell *c = &row->cells[i];
        int column = c->column < r->columns ? r->column_of[c->column] : -1;
        if (column < 0) continue;
        enum office_kind kind = r->out->columns[column].kind;
        cells[column].text = cell_text(r->w->a, c);
        if (kind == OFFICE_KEY) out.key = cells[column].text;
        if ((kind == OFFICE_AMOUNT || kind == OFFICE_QUANTITY) && cells[column].text.n) read_number(r, row->number, column, c, cells[column].text, &cells[column]);
    }
    *GROW(r->w->a, r->out->rows) = out;
}

/* ---- the heading ------------------------------------------------------------------------------------ */

static int column_named(struct reading *r, Str label)
{
    Str said = text_fold(r->w->a, label);
    for (size_t i = 0; i < r->out->n; i++) {
        const char *ours = r->out->columns[i].label;
        if (str_eq(said, text_fold(r->w->a, str_of(ours))) || str_eq(said, text_fold(r->w->a, tr(VI, ours)))) return (int)i;
    }
    return -1;
}

/* The key and one column more: then this row is the heading. */
static bool take_heading(struct reading *r, const struct sheet_row *row)
{
    bool *there = NEW_ARRAY(r->w->a, bool, r->out->n), key = false;
    size_t found = 0;
    r->columns = row->n ? row->cells[row->n - 1].column + 1 : 0;
    r->column_of = NEW_ARRAY(r->w->a, int, (size_t)r->columns + 1);
    for (int i = 0; i < r->columns; i++) r->column_of[i] = -1;
    for (size_t i = 0; i < row->n; i++) {
        int column = column_named(r, cell_text(r->w->a, &row->cells[i]));
        if (column < 0 || there[column]) continue;
        r->column_of[row->cells[i].column] = column;
        there[column] = true;
        key |= r->out->columns[column].kind == OFFICE_KEY;
        found++;
    }
    r->out->there = there;
    return key && found > 1;
}

/* The row below it that only numbers the columns. */
static bool is_numbering(struct reading *r, const struct sheet_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        const struct cell *c = &row->cells[i];
        int column = c->column < r->columns ? r->column_of[c->column] : -1;
        if (column >= 0 && !str_is(str_trim(c->text), r->out->columns[column].number)) return false;
    }
    return true;
}

/* A line above the heading that names another unit than đồng: amounts of a sheet in millions are not to be taken as they stand. */
static Str other_unit(struct arena *a, const struct sheet_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        Str text = cell_text(a, &row->cells[i]), said = text_fold(a, text);
        double scale = 1;
        bool is_unit = str_starts(said, S("don vi")) || str_starts(said, S("dvt")) || str_starts(said, S("unit"));
        if (is_unit && number_scale(a, text, &scale) && scale != 1) return text;
    }
    return (Str){ 0 };
}

/* ---- the file ---------------------------------------------------------------------------------------- */

/* *found: the sheet has the heading, and its rows are read. */
static enum err read_sheet(struct reading *r, struct sheet_reader *file, bool *found, Message *why)
{
    const struct sheet_row *row;
    Str unit = { 0 };
    int heading = 0;
    for (*found = false;;) {
        TRY(sheet_next(file, &row, why));
        if (!row || (!*found && row->number > HEADING_WITHIN)) return OK;
        if (!*found) {
            *found = take_heading(r, row);
            heading = row->number;
            if (!unit.n && !*found) unit = other_unit(r->w->a, row);
            if (*found && unit.n)
                return *why = MSG(N_("The sheet says “{1}”, but its amounts are to be in đồng. Write them in đồng, and the line above them too."), unit), ERR_INVALID;
        } else if (row->number != heading + 1 || !is_numbering(r, row)) {
            if (r->out->rows.n == OFFICE_ROWS || r->out->doubts.n > OFFICE_DOUBTS) break;
            read_row(r, row);
        }
    }
    if (r->out->rows.n == OFFICE_ROWS) return *why = MSG(N_("The sheet has more than {1} rows."), str_f(r->w->a, "%d", OFFICE_ROWS)), ERR_TOO_BIG;
    return *why = MSG(N_("More than {1} of its numbers are not certain. Write them as plain numbers first, without text."), str_f(r->w->a, "%d", OFFICE_DOUBTS)),
           ERR_INVALID;
}

static enum err read_file(struct reading *r, struct sheet_reader *file, Message *why)
{
    size_t sheets;
    bool found = false;
    sheet_list(file, &sheets);
    for (size_t i = 0; i < sheets && !found; i++) {
        TRY(sheet_choose(file, i, why));
        TRY(read_sheet(r, file, &found, why));
    }
    if (found) return OK;
    return *why = MSG(N_("The file does not have the heading of this sheet. Download the sheet here, fill it in and send it back.")), ERR_INVALID;
}

enum err office_sheet_read(struct work *w, Str bytes, const struct office_column *columns, size_t n, const struct params *answers, struct office_read *out, Message *why)
{
    struct sheet_reader *file;
    *out = (struct office_read){ .columns = columns, .n = n };
    struct reading r = { .w = w, .answers = answers, .out = out };
    TRY(sheet_open(w->a, bytes, &file, why));
    enum err e = read_file(&r, file, why);
    sheet_close(file);
    return e;
}
