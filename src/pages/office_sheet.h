/*
 * office_sheet.h - a table in the offices' own layout, as a workbook and read back: who it is from, title, basis and unit above; a heading and a row of
 * column numbers; rows of sums in bold; who signs below.
 *
 * Read back, a row is known by what stands in its key column (the number of a record), never by its place: rows and columns may have been moved, sorted or left
 * out.  What is not certain is not guessed: it becomes a doubt, which a person answers in a form (office_doubts_html), and the same file is read again with
 * the answers.
 */
#ifndef PAGES_OFFICE_SHEET_H
#define PAGES_OFFICE_SHEET_H

#include "pages/desk.h"

enum { OFFICE_ROWS = 20000, OFFICE_DOUBTS = 200 };          /* at most: rows read; doubts asked at once */

enum office_kind {
    OFFICE_TEXT,
    OFFICE_KEY,                             /* the number of the row's record; one column         */
    OFFICE_AMOUNT,                          /* whole đồng                                         */
    OFFICE_QUANTITY,                        /* a number with decimals                             */
};
struct office_column { const char *label, *number; enum office_kind kind; double width; };     /* label: N_(); number: below it, "3 = 1 + 2" */

struct office_cell { Str text; double number; bool has; };  /* amounts are whole and below 9e15, so a double has them exactly */
struct office_row  { const struct office_cell *cells; bool sum; };     /* cells: one for each column  */
struct office_sheet {
    Str                         office, title, basis, unit, signs;     /* basis and signs may be empty */
    const struct office_column *columns;
    size_t                      n;
    struct { struct office_row *p; size_t n, cap; } rows;
};

/* The workbook as an attachment of this name. */
enum err office_sheet_reply(struct request *q, struct reply *r, const struct office_sheet *s, Str name) MUST_USE;
/* The same table on a page. */
void     office_sheet_html(struct html *h, struct request *q, const struct office_sheet *s);

Str      office_roman(struct arena *a, int n);              /* XIV: how the first level of rows is numbered; n > 0 */

/* ---- read back --------------------------------------------------------------------------------------- */

struct office_doubt { int row, column; Message what; bool confirm; };      /* confirm: yes or no, else a value is to be typed; column -1: the row */
struct office_read_row { int number; Str key; const struct office_cell *cells; };       /* number: as the file counts; key empty: of sums, or of nothing known */
struct office_read {
    const struct office_column *columns;
    size_t                      n;
    const bool                 *there;      /* which columns the file has                         */
    struct { struct office_read_row *p; size_t n, cap; } rows;
    struct { struct office_doubt *p; size_t n, cap; } doubts;
};

/*
 * Reads the sheet that has the heading (either language).  answers: what was typed for doubts of before (may be empty); it stands for what the file has there.
 * ERR_INVALID: not such a file, and *why says what to do.
 */
enum err office_sheet_read(struct work *w, Str bytes, const struct office_column *columns, size_t n, const struct params *answers, struct office_read *out,
                           Message *why) MUST_USE;
/* Doubts that only the caller can have: of a value, to be typed anew; of a row (column -1) or cell, to be ticked: false where that was done. */
void     office_ask_value(struct work *w, struct office_read *read, int row, int column, Message what);
bool     office_ask_yes(struct work *w, struct office_read *read, const struct params *answers, int row, int column, Message what);
/* Whether a value was typed for the cell. */
bool     office_answered(struct work *w, const struct params *answers, int row, int column);
/* The doubts with their inputs, inside a form; what was answered before goes along, so that it is not asked again. */
void     office_doubts_html(struct html *h, struct work *w, const struct office_read *read, const struct params *answers);

#endif
