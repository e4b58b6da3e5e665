/* A drawing somebody uploads: marked, or refused; the first byte says as what kind it is taken. */
#include "format/mark/mark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const kinds[] = { "pdf", "png", "jpg", "dxf", "step", "dwg" };
    static const Str lines[] = { S_("CONFIDENTIAL"), S_("Nguyễn Văn A") };
    if (!size) return 0;
    struct arena a = arena_make((size_t)1 << 30, NULL);
    struct mark *m = mark_open(&a, lines, COUNT(lines));
    Str out;
    MUST(m);
    enum err e = mark_put(m, str_of(kinds[data[0] % COUNT(kinds)]), (Str){ (const char *)data + 1, size - 1 }, &out);
    MUST(e || out.n);
    MUST(!e || mark_why(e).id);
    mark_close(m);
    arena_free(&a);
    return 0;
}
