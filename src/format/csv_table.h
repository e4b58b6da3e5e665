/* csv_table.h - a CSV built into the program, row by row, its cells by the names of their columns.  A file that is wrong stops the program. */
#ifndef FORMAT_CSV_TABLE_H
#define FORMAT_CSV_TABLE_H

#include "format/sheet.h"

enum { CSV_TABLE_COLUMNS = 24 };
struct csv_table { struct sheet_reader *in; Str heading[CSV_TABLE_COLUMNS], cell[CSV_TABLE_COLUMNS]; struct arena *a; };

/*
 *     struct csv_table t = csv_table_open(a, S("data/targets.csv"));
 *     while (csv_table_next(&t)) use(csv_table_cell(&t, "code"));
 *     csv_table_close(&t);
 */
struct csv_table csv_table_open(struct arena *a, Str file);
bool         csv_table_next(struct csv_table *t);                   /* cells live as long as the arena    */
Str          csv_table_cell(const struct csv_table *t, const char *column);      /* empty: nothing there, or no such column */
void         csv_table_close(struct csv_table *t);

#endif
