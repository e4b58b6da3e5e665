/*
 * delimited.h - large text tables, mapped and read by several threads: CSV as RFC 4180 has it, and with ; or tab, which a Vietnamese
 * Excel writes.  (Spreadsheets of people are sheet.h: any encoding, any shape, one thread.)
 *
 * The file is hostile until read.  It is UTF-8 without zero bytes, with or without a byte order mark; the first line names the
 * columns, and every line after it has as many cells.  Lines end in LF or CR LF; empty ones are passed over, and the last may
 * lack its end.  A cell in quotes may hold anything, line ends too.  Cells come without the spaces around them.
 *
 * What is wrong is one sentence with the file and the line as an editor counts it, and it is the first wrong place of
 * the file for any number of threads.
 */
#ifndef FORMAT_NETWORK_DELIMITED_H
#define FORMAT_NETWORK_DELIMITED_H

#include "base/base.h"

enum { DELIMITED_COLUMNS = 65536, DELIMITED_PARTS = 256 };

struct part { size_t from, to, records; };      /* begins and ends between records, of which it has at most so many */

struct delimited {
    Str         name;                           /* of the file, for sentences                    */
    Str         text;                           /* borrowed; without the byte order mark         */
    size_t      columns;
    const Str  *heading;
    size_t      records;                        /* behind the header, at most                    */
    size_t      parts;
    struct part part[DELIMITED_PARTS];
    char        separator;
};

/*
 * Looks through all of the text (zero bytes, UTF-8, how many lines), reads the header and cuts the rest into parts.  Borrows name
 * and bytes.  ERR_INVALID: empty, without a line behind the header, or no such text.
 */
enum err delimited_open(struct arena *a, Str name, Str bytes, int threads, struct delimited *out, Message *why) MUST_USE;

/* What is wrong: id is a sentence with {1} the file, {2} the line, {3} what. */
struct trouble { const char *at, *id; Str what; };
enum err delimited_refuse(struct arena *a, const struct delimited *d, struct trouble t, Message *why) MUST_USE;

/* Walks over the records of a part. */
struct cursor {
    const struct delimited *of;
    const char    *at, *end, *record;           /* record: where the present one begins          */
    Str           *cells;                       /* its cells, valid until the next one is taken; behind them those that are too many */
    size_t         unquoted;                    /* bytes of its cells that had "" in them and so are in room */
    struct trouble trouble;                     /* id NULL: none                                 */
    char           room[1024];
};
void cursor_begin(struct arena *a, const struct delimited *d, const struct part *of, struct cursor *c);
bool cursor_next(struct cursor *c);             /* false: it was the last, or there is trouble   */
static inline bool cursor_refuse(struct cursor *c, const char *id, Str what)   /* the present record; false */
{
    c->trouble = (struct trouble){ c->record, id, what };
    return false;
}

/*
 * A number that is not negative, finite and at most DELIMITED_LARGEST, of which even 2^32 add up.  Where cells are not separated by commas
 * there may be one comma in the place of the point.
 */
#define DELIMITED_LARGEST 1e30
bool cursor_number(struct cursor *c, Str cell, double *out);

/* ---- columns by their headings --------------------------------------------------------------- */

struct column {
    const char *names;                          /* "supplier|seller": lower case, without accents */
    enum { COLUMN_NEEDED, COLUMN_NUMBER, COLUMN_MAYBE } is;            /* NUMBER: needed, and holds numbers */
};
enum { NO_COLUMN = -1 };

/* Where each stands.  A single heading that is not known belongs to the single column that is still needed; where none is known they
 * stand in the order of the table, as far as there are any. */
enum err delimited_columns(struct arena *a, const struct delimited *d, const struct column *wanted, size_t n, int *at, Message *why) MUST_USE;

#endif
