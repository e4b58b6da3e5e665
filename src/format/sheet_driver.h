/* sheet_driver.h - what a kind of file gives behind sheet.h.  A reader begins with struct sheet_reader. */
#ifndef FORMAT_SHEET_DRIVER_H
#define FORMAT_SHEET_DRIVER_H

#include "format/sheet.h"

struct sheet_driver {
    enum err (*choose)(struct sheet_reader *r, size_t index, Message *why);
    enum err (*next)(struct sheet_reader *r, Message *why);            /* r->row, r->done        */
    void     (*close)(struct sheet_reader *r);
};

struct sheet_reader {
    const struct sheet_driver *driver;
    struct arena              *a;
    struct { struct sheet_info *p; size_t n, cap; }  list;
    struct { struct cell *p; size_t n, cap; }        cells;            /* of the row             */
    struct buf                 text;                                   /* of the cells           */
    struct sheet_row           row;
    size_t                     chosen;
    bool                       done;
};

enum err csv_open(struct arena *a, Str bytes, struct sheet_reader **out, Message *why) MUST_USE;
enum err xlsx_open(struct arena *a, Str bytes, struct sheet_reader **out, Message *why) MUST_USE;

/*
 * A row's texts lie in r->text.  When that grows it moves, but what was there before stays readable in the arena, so
 * that cells may point into it while the row is being made.
 */
void     row_begin(struct sheet_reader *r, int number);
/* The text lies in r->text, or longer than the row lives; an empty cell is left out. */
enum err row_add(struct sheet_reader *r, int column, enum cell_type type, double number, Str text, Message *why) MUST_USE;
enum err row_too_long(const struct sheet_reader *r, Message *why) MUST_USE;    /* ERR_TOO_BIG */
enum err row_too_many(Message *why) MUST_USE;                          /* ERR_TOO_BIG            */

#endif
