#include "rows.h"
#include "test.h"

#include <unistd.h>
#include <zip.h>

static enum err tell(struct sheet_reader *r, size_t index, struct buf *out, Message *why)
{
    static const char mark[] = { [CELL_TEXT] = '=', [CELL_NUMBER] = '#', [CELL_DATE] = '@', [CELL_BOOL] = '?', [CELL_ERROR] = '!' };
    const struct sheet_row *row;
    TRY(sheet_choose(r, index, why));
    for (;;) {
        TRY(sheet_next(r, &row, why));
        if (!row) return OK;
        for (size_t i = 0; i < row->n; i++)
            put_f(out, "%s%d:%d%c%.*s", i ? " " : "", row->number, row->cells[i].column, mark[row->cells[i].type],
                  FMT(row->cells[i].text));
        put_c(out, '\n');
    }
}

Str rows_of(struct arena *a, Str bytes, size_t index, enum err *e)
{
    struct sheet_reader *r = NULL;
    struct buf out = buf_make(a);
    Message why = NO_MESSAGE;
    enum err result = sheet_open(a, bytes, &r, &why);
    if (!result) result = tell(r, index, &out, &why);
    sheet_close(r);
    CHECK(!result == !why.id);
    if (e) *e = result;
    return result ? message_str(a, EN, why) : buf_str(&out);
}

Str zip_of(struct arena *a, const struct zip_part *parts, size_t n, const char *password)
{
    const char *path = str_z(a, str_f(a, "%s/made.zip", test_dir()));
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    CHECK(zip);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *source = zip_source_buffer(zip, parts[i].text.p, parts[i].text.n, 0);
        zip_int64_t   index = zip_file_add(zip, parts[i].name, source, ZIP_FL_ENC_UTF_8);
        CHECK(index >= 0);
        if (password) CHECK_INT(zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, password), 0);
    }
    CHECK_INT(zip_close(zip), 0);
    Str bytes = test_read(a, path);
    unlink(path);
    return bytes;
}
