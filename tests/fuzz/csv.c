/* Any bytes as CSV: refused with a sentence, or written again and read again it is the same table. */
#include "base/unicode.h"
#include "format/csv.h"
#include "format/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Writes the table anew, behind a first line, so that it does not begin like a file of another kind. */
static enum err rewrite(struct arena *a, Str bytes, struct buf *out, Message *why)
{
    struct sheet_reader    *r;
    const struct sheet_row *row;
    enum err e = sheet_open(a, bytes, &r, why);
    if (e) return e;
    struct csv_writer w = csv_write_to(out);
    e = sheet_choose(r, 0, why);
    while (!e && !(e = sheet_next(r, &row, why)) && row) {
        int column = 1;
        for (size_t i = 0; i < row->n; i++, column++) {
            for (; column < row->cells[i].column; column++) csv_write(&w, S(""));
            MUST(column == row->cells[i].column && row->cells[i].text.n && utf8_valid(row->cells[i].text));
            csv_write(&w, row->cells[i].text);
        }
        csv_write_end(&w);
    }
    sheet_close(r);
    return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)256 << 20, NULL);
    struct buf   first = buf_make(&a), once = buf_make(&a), twice = buf_make(&a);
    Message      why = NO_MESSAGE;
    if (n && data[0] == 'P') data++, n--;               /* no zip: fuzz target sheet             */
    put(&first, S("x\n"));
    put(&first, (Str){ (const char *)data, n });
    if (rewrite(&a, buf_str(&first), &once, &why)) MUST(why.id);
    else MUST(!rewrite(&a, buf_str(&once), &twice, &why) && str_eq(buf_str(&once), buf_str(&twice)));
    arena_free(&a);
    return 0;
}
