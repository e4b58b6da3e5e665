/*
 * table.h - tables on a page.  On a narrow screen each row becomes a card, whose cells carry the heading they stand under
 * (data-label); a wide table scrolls in a frame of its own, by keyboard too.
 *
 * The style sheet knows the classes table-responsive and record-table.
 */
#ifndef FORMAT_TABLE_H
#define FORMAT_TABLE_H

#include "base/translation.h"
#include "format/html.h"

void table_open(struct html *h, Str label);                 /* the frame, named for who cannot see it, and the table */
void table_open_named(struct html *h, Str id, Str label);   /* with an id on its page; empty: none */
void table_close(struct html *h);
/* The row of headings; labels: N_(). */
void table_head(struct html *h, enum lang l, const char *const *labels, size_t n);
/* A whole table but for its rows: frame, headings, body. */
void table_begin(struct html *h, enum lang l, Str label, const char *const *labels, size_t n);
void table_end(struct html *h);
void table_heading(struct html *h, const char *scope, Str text);        /* scope: "col" or "row"  */
void table_cell_open(struct html *h, Str label);            /* html_close(h, "td") ends it        */
void table_cell(struct html *h, Str label, Str text);

#endif
