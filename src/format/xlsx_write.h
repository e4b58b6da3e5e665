/*
 * xlsx_write.h - makes a workbook: typed cells, bold frozen header with filters, dates as dates.
 *
 * Rows are written in order and each at once, so that a sheet of a million rows takes constant memory
 * (libxlsxwriter keeps them in a temporary file).  Text stays text: nothing is ever a formula.
 */
#ifndef FORMAT_XLSX_WRITE_H
#define FORMAT_XLSX_WRITE_H

#include "base/base.h"

enum xlsx_type { XLSX_EMPTY, XLSX_TEXT, XLSX_NUMBER, XLSX_DATE, XLSX_LINK, XLSX_AMOUNT };     /* AMOUNT: a number shown in groups of three digits */
enum xlsx_fill { XLSX_PLAIN, XLSX_BAD, XLSX_WARN, XLSX_GOOD, XLSX_FILLS };

struct xlsx_cell {
    enum xlsx_type type;
    Str            text;        /* TEXT; DATE: YYYY-MM-DD; LINK: its address, http: or https:    */
    double         number;      /* NUMBER, AMOUNT                                                */
    enum xlsx_fill fill;
    bool           strong;      /* of a sheet that is a form: a row of sums                      */
    Str            comment;     /* a note on the cell; empty: none                               */
};

/* What may be typed below a heading; the spreadsheet program refuses all else. */
enum xlsx_rule { XLSX_ANYTHING, XLSX_ONE_OF, XLSX_REAL, XLSX_WHOLE, XLSX_DAY, XLSX_LETTERS };

struct xlsx_column {
    Str            title;
    double         width;       /* characters; 0: by the title                                   */
    Str            comment;
    bool           as_text;     /* what is typed stays text: codes with leading zeros            */
    enum xlsx_rule rule;
    double         least, most; /* REAL, WHOLE, where most > least; LETTERS: at most             */
    const Str     *choices;     /* ONE_OF: a drop-down list; borrowed until the file is complete */
    size_t         choices_n;
    Str            refused;     /* what is said then; at most 225 characters                     */
};

enum xlsx_place { XLSX_LEFT, XLSX_TITLE, XLSX_CENTRE, XLSX_RIGHT };     /* TITLE: in the middle, bold */
struct xlsx_line { Str text; enum xlsx_place place; };      /* over the whole width              */

struct xlsx_sheet {
    Str                       name;     /* made to fit: 31 characters, no []:*?/\; not twice in a file */
    const struct xlsx_column *columns;
    size_t                    n;
    bool                      filter;
    bool                      form;     /* cells have borders, as in the forms of offices        */
    const struct xlsx_line   *above;    /* lines above the header                                */
    size_t                    above_n;
};

struct xlsx_writer;

/* To a new file when a path is given, else to memory.  ERR_BROKEN: the file cannot be made. */
enum err xlsx_write_open(struct arena *a, const char *path, struct xlsx_writer **out) MUST_USE;
/* Begins a sheet with its header row; the one before is complete. */
enum err xlsx_write_sheet(struct xlsx_writer *w, const struct xlsx_sheet *sheet) MUST_USE;
/* ERR_TOO_BIG: more rows than a sheet holds, or a text longer than 32,767 characters. */
enum err xlsx_write_row(struct xlsx_writer *w, const struct xlsx_cell *cells, size_t n) MUST_USE;
/* A line over the whole width, below the rows. */
enum err xlsx_write_line(struct xlsx_writer *w, const struct xlsx_line *line) MUST_USE;
/* Completes the file; of one in memory, the bytes are put into the arena.  The writer is gone either way. */
enum err xlsx_write_close(struct xlsx_writer *w, Str *bytes) MUST_USE;
void     xlsx_write_drop(struct xlsx_writer *w);            /* instead of closing, after an error */

#endif
