/* Whatever is sent back as the offices' sheet of an estimate: what is read of it are numbers of its kinds or doubts, and what is refused is refused with a sentence. */
#include "pages/plan/estimate.h"

#include <math.h>

static void must_be_whole(const struct office_read *read, const struct office_read_row *row)
{
    MUST(row->number >= 1);
    for (size_t i = 0; i < read->n; i++) {
        const struct office_cell *c = &row->cells[i];
        if (!c->has) continue;
        MUST(read->columns[i].kind == OFFICE_AMOUNT || read->columns[i].kind == OFFICE_QUANTITY);
        MUST(isfinite(c->number));
        MUST(read->columns[i].kind != OFFICE_AMOUNT || (fabs(c->number) <= 9e15 && c->number == floor(c->number)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make((size_t)256 << 20, NULL);
    struct work w = { .a = &a, .lang = size % 2 ? VI : EN };
    struct office_read read;
    Message why = NO_MESSAGE;
    enum err e = office_sheet_read(&w, (Str){ (const char *)data, size }, estimate_columns, ESTIMATE_COLUMNS, &(struct params){ 0 }, &read, &why);
    MUST(!e == !why.id);
    for (size_t i = 0; !e && i < read.rows.n; i++) must_be_whole(&read, &read.rows.p[i]);
    for (size_t i = 0; !e && i < read.doubts.n; i++) MUST(read.doubts.p[i].what.id && read.doubts.p[i].row >= 1 && read.doubts.p[i].column < (int)read.n);
    arena_free(&a);
    return 0;
}
