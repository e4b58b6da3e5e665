/*
 * sheet.h - reads a table somebody sent, XLSX or CSV, row by row in constant memory.
 *
 * The file is hostile until read: truncated, encrypted, a bomb, with a DOCTYPE, of another type.  Each of these
 * ends in an error and a sentence that says what to do; none costs more than the limits below.  What a cell
 * gives is valid UTF-8 without control characters other than tab and newline; it is not in NFC yet.
 *
 *     TRY(sheet_open(a, bytes, &r, &why));
 *     TRY(sheet_choose(r, 0, &why));
 *     for (;;) {
 *         TRY(sheet_next(r, &row, &why));         (close on the way out)
 *         if (!row) break;
 *     }
 *     sheet_close(r);
 */
#ifndef FORMAT_SHEET_H
#define FORMAT_SHEET_H

#include "base/base.h"

enum {
    SHEET_ROWS    = 1048576,                                /* what a spreadsheet program holds  */
    SHEET_COLUMNS = 16384,
    SHEET_CELL    = 128 << 10,                              /* bytes of one cell                 */
    SHEET_ROW     = 4 << 20,                                /* bytes of all cells of one row     */
    SHEET_LIST    = 1024,                                   /* sheets of one workbook            */
};

enum cell_type { CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_BOOL, CELL_ERROR };

struct cell {
    Str            text;        /* NUMBER: as the file has it, with the leading zeros its format shows;
                                   DATE: 2025-07-01, or 2025-07-01T08:30:00 when it has a time of day;
                                   BOOL: TRUE or FALSE; ERROR: #N/A and so on                    */
    double         number;      /* NUMBER; DATE: days since 1970-01-01; BOOL: 0 or 1             */
    int            column;      /* 1 is A                                                        */
    enum cell_type type;
};

struct sheet_row {              /* valid until the next call                                     */
    int                number;  /* 1 .. SHEET_ROWS as the file counts; CSV: counts records       */
    size_t             n;
    const struct cell *cells;   /* by rising column; empty cells are left out                    */
};

struct sheet_info  { Str name; bool hidden; };

struct sheet_reader;

/*
 * Tells by its content what the file is and reads what goes before the rows.  Borrows the bytes (of a file: see
 * file_map) and takes its memory from the arena.  ERR_INVALID: not a table we can read; ERR_TOO_BIG: over a limit.
 */
enum err sheet_open(struct arena *a, Str bytes, struct sheet_reader **out, Message *why) MUST_USE;
void     sheet_close(struct sheet_reader *r);               /* NULL is let pass                  */

const struct sheet_info *sheet_list(const struct sheet_reader *r, size_t *n);   /* CSV: one, without a name */

/* Begins (again) at the first row of sheet `index`, 0 being the first.  ERR_MISSING: there is no such sheet. */
enum err sheet_choose(struct sheet_reader *r, size_t index, Message *why) MUST_USE;
/* *row is NULL after the last one.  Rows without a cell are left out.  After an error: close. */
enum err sheet_next(struct sheet_reader *r, const struct sheet_row **row, Message *why) MUST_USE;

#endif
