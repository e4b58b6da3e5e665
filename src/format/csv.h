/*
 * csv.h - CSV written as RFC 4180 has it: comma, "..." where needed, CRLF.  Reading is sheet.h.
 *
 * A spreadsheet program takes a cell that begins with = + - @ (or tab, CR, LF) for a formula, also one that came
 * from a stranger.  The rule that makes it harmless, and that import undoes so that export and import change nothing:
 *
 *   A text is "risky" when, after any apostrophes at its beginning, it begins with one of these characters and
 *   what follows the apostrophes is not a plain number (-12.5).  Writing puts one apostrophe before a risky text; reading
 *   takes away one apostrophe when what stands behind it is risky.
 */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

#include "base/base.h"

#define CSV_BOM "\xEF\xBB\xBF"                              /* Excel reads UTF-8 only behind it  */

struct csv_writer { struct buf *out; bool comma; };

struct csv_writer csv_write_to(struct buf *out);            /* begins with the BOM               */
void csv_write(struct csv_writer *w, Str cell);
void csv_write_end(struct csv_writer *w);                   /* of the row                        */

void put_csv(struct buf *b, Str cell);                      /* in quotes where needed; not guarded: for programs */

bool csv_risky(Str text);
Str  csv_unguarded(Str cell);                               /* without the apostrophe, if it is one of ours */

#endif
