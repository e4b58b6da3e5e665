#include "format/csv_table.h"

#include "base/embedded.h"

#include <string.h>

static bool next(struct csv_table *t, Str *into)
{
    const struct sheet_row *row;
    Message why;
    MUST(!sheet_next(t->in, &row, &why));
    if (!row) return false;
    memset(into, 0, CSV_TABLE_COLUMNS * sizeof *into);
    for (size_t i = 0; i < row->n; i++) {
        MUST(row->cells[i].column <= CSV_TABLE_COLUMNS);
        into[row->cells[i].column - 1] = str_dup(t->a, row->cells[i].text);
    }
    return true;
}

struct csv_table csv_table_open(struct arena *a, Str file)
{
    struct csv_table t = { .a = a };
    Message why;
    Str bytes;
    MUST(embedded_find(file, &bytes) && !sheet_open(a, bytes, &t.in, &why) && !sheet_choose(t.in, 0, &why));
    MUST(next(&t, t.heading));
    return t;
}

bool csv_table_next(struct csv_table *t) { return next(t, t->cell); }

Str csv_table_cell(const struct csv_table *t, const char *column)
{
    for (int i = 0; i < CSV_TABLE_COLUMNS; i++)
        if (str_is(t->heading[i], column)) return t->cell[i];
    return (Str){ 0 };
}

void csv_table_close(struct csv_table *t) { sheet_close(t->in); }
