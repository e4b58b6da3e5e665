/*
 * Any bytes as a file with a table; and, so that what is inside a zip is reached too, an input that begins with '@' is
 * the texts of a workbook's parts, with 0x01 between them.  Refused with a sentence, or rows as sheet.h promises them.
 */
#include "base/unicode.h"
#include "format/sheet.h"

#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_row(const struct sheet_row *row, int before)
{
    int column = 0;
    MUST(row->number > before && row->number <= SHEET_ROWS && row->n);
    for (size_t i = 0; i < row->n; i++) {
        const struct cell *c = &row->cells[i];
        MUST(c->column > column && c->column <= SHEET_COLUMNS && c->text.n && c->text.n <= SHEET_CELL);
        MUST(utf8_valid(c->text) && !memchr(c->text.p, 0, c->text.n));
        column = c->column;
    }
}

static enum err read_sheet(struct sheet_reader *r, size_t index, Message *why)
{
    const struct sheet_row   *row;
    int                       before = 0;
    TRY(sheet_choose(r, index, why));
    for (;;) {
        TRY(sheet_next(r, &row, why));
        if (!row) return OK;
        check_row(row, before);
        before = row->number;
    }
}

static void read_file(struct arena *a, Str bytes)
{
    struct sheet_reader *r;
    Message why = NO_MESSAGE;
    size_t  n;
    if (sheet_open(a, bytes, &r, &why)) {
        MUST(why.id);
        return;
    }
    sheet_list(r, &n);
    for (size_t i = 0; i < n && i < 3; i++)
        if (read_sheet(r, i, &why)) {
            MUST(why.id);
            break;
        }
    sheet_close(r);
}

static Str zip_of(struct arena *a, Str texts)
{
    static const char *const names[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
                                         "xl/_rels/workbook.xml.rels", "_rels/.rels" };
    zip_source_t *file = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(file);
    zip_t *zip = zip_open_from_source(file, ZIP_TRUNCATE, NULL);
    Str    text;
    for (size_t i = 0; i < COUNT(names) && str_next(&texts, 1, &text); i++) {
        zip_int64_t part = zip_file_add(zip, names[i], zip_source_buffer(zip, text.p, text.n, 0), 0);
        zip_set_file_compression(zip, (zip_uint64_t)part, ZIP_CM_STORE, 0);
    }
    MUST(!zip_close(zip));
    zip_stat_t st;
    MUST(!zip_source_stat(file, &st) && !zip_source_open(file));
    char *p = NEW_ARRAY(a, char, st.size);
    MUST(zip_source_read(file, p, st.size) == (zip_int64_t)st.size);
    zip_source_close(file);
    zip_source_free(file);
    return (Str){ p, st.size };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)512 << 20, NULL);
    Str bytes = { (const char *)data, n };
    read_file(&a, n && data[0] == '@' ? zip_of(&a, str_sub(bytes, 1, SIZE_MAX)) : bytes);
    arena_free(&a);
    return 0;
}
