/* xlsx.h - a workbook being read: what its parts need of each other. */
#ifndef FORMAT_XLSX_H
#define FORMAT_XLSX_H

#include "format/package.h"
#include "format/sheet_driver.h"
#include "format/xml.h"

enum {
    XLSX_STRINGS      = 4 << 20,                            /* shared strings, and their bytes:  */
    XLSX_STRING_BYTES = 256 << 20,
    XLSX_STYLES       = 65536,
    XLSX_PARTS        = 4096,                               /* relations of a part               */
};
#define XLSX_PART_MAX   (UINT64_C(1) << 31)                 /* bytes of a sheet, unpacked        */
#define XLSX_SMALL_MAX  (UINT64_C(64) << 20)                /* of a part with names and styles   */

/* How a number is shown, as far as it changes what it is. */
struct xlsx_style {
    enum { SHOW_NUMBER, SHOW_DATE, SHOW_TIME } as;
    int zeros;                                              /* SHOW_NUMBER: at least so many digits */
};

struct xlsx {
    struct sheet_reader reader;                             /* first: sheet_driver.h             */
    struct package     *package;
    Str                *sheet_part;                         /* by sheet                          */
    Str                 strings_part, styles_part;          /* empty: there is none              */
    bool                from_1904, strings_read;
    struct { Str *p; size_t n, cap; } strings;
    struct { struct xlsx_style *p; size_t n, cap; } styles;
    struct part        *part;                               /* of the sheet being read           */
    struct xml          xml, side;                          /* of that part, of the others       */
    int                 last_row;
};

/* A part from its beginning; closed by part_close(). */
enum err xlsx_part(struct xlsx *x, struct xml *xml, Str name, uint64_t max, struct part **part, Message *why) MUST_USE;
/* The text of all <t> and <v> up to </until>, without phonetic hints and formulas. */
enum err xlsx_text(struct xml *xml, Str until, struct buf *out) MUST_USE;
/* Takes the escapes out of a text that begins at `from`: _x0007_. */
void     xlsx_unescape(struct buf *b, size_t from);

enum err xlsx_read_strings(struct xlsx *x, Message *why) MUST_USE;
enum err xlsx_read_styles(struct xlsx *x, Message *why) MUST_USE;
struct xlsx_style xlsx_style_of(int id, Str code);          /* a number format: its id, and its text if it has one */
/* Appends a serial date as text; false if there is no such day.  *days: since 1970-01-01. */
bool     put_serial_date(struct buf *b, double serial, bool from_1904, double *days);
void     put_serial_time(struct buf *b, double serial);     /* 36:15:00                          */

/* xlsx_rows.c */
enum err xlsx_choose(struct sheet_reader *r, size_t index, Message *why) MUST_USE;
enum err xlsx_next(struct sheet_reader *r, Message *why) MUST_USE;

#endif
