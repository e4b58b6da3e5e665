/*
 * The workbook of bench/xlsx.sh: `bench_xlsx make FILE` writes 100,000 rows of 20 columns, half text (a quarter of it
 * repeated, as names of places are) and half numbers and dates; `bench_xlsx read FILE` reads it and says how many seconds it took.
 */
#include "base/date.h"
#include "base/file.h"
#include "format/sheet.h"

#include <stdio.h>
#include <xlsxwriter.h>

enum { ROWS = 100000, REPEATED = 5, TEXTS = 10, DATES = 12, COLUMNS = 20 };

static lxw_error write_cell(lxw_worksheet *sheet, lxw_format *date, lxw_row_t row, lxw_col_t column)
{
    char text[100];
    uint32_t n = row * 977 + column * 131;
    if (column >= DATES) return worksheet_write_number(sheet, row, column, column % 2 ? n % 1000000 : n % 100000 / 8.0, NULL);
    if (column >= TEXTS) return worksheet_write_number(sheet, row, column, 40000 + n % 6000, date);
    if (column < REPEATED) snprintf(text, sizeof text, "Khu công nghiệp số %u", n % 2000);
    else snprintf(text, sizeof text, "Công ty TNHH Cơ khí & Khuôn mẫu %u-%d", row, column);
    return worksheet_write_string(sheet, row, column, text, NULL);
}

static int make(const char *path)
{
    lxw_workbook  *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    lxw_format    *date = workbook_add_format(book);
    format_set_num_format(date, "dd/mm/yyyy");
    for (lxw_row_t row = 0; row < ROWS; row++)
        for (lxw_col_t column = 0; column < COLUMNS; column++)
            if (write_cell(sheet, date, row, column)) return 1;
    return workbook_close(book) != LXW_NO_ERROR;
}

static enum err count_rows(struct arena *a, Str bytes, size_t *rows, Message *why)
{
    struct sheet_reader    *r;
    const struct sheet_row *row;
    TRY(sheet_open(a, bytes, &r, why));
    TRY(sheet_choose(r, 0, why));
    for (*rows = 0;; ++*rows) {
        TRY(sheet_next(r, &row, why));
        if (!row) break;
        if (row->n != COLUMNS) return ERR_INVALID;
    }
    sheet_close(r);
    return OK;
}

int main(int argc, char **argv)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    int64_t      start = time_ticks();
    Message      why = NO_MESSAGE;
    size_t       rows;
    Str          bytes;
    if (argc != 3) return 2;
    if (str_is(S("make"), argv[1])) return make(argv[2]);
    enum err e = file_map(argv[2], &bytes);
    if (!e) e = count_rows(&a, bytes, &rows, &why);
    if (e) return err_exit(e);
    printf("%zu %.3f\n", rows, (double)(time_ticks() - start) / 1e6);
    arena_free(&a);
    return 0;
}
