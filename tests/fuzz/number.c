/* Any text as a number: what is read is finite, and written plainly it is read back the same. */
#include "base/number.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str s = { (const char *)data, n };
    double v, back;
    number_scale(&a, s, &v);
    for (enum lang l = 0; l < LANGS; l++) {
        struct buf plain = buf_make(&a), shown = buf_make(&a);
        if (!number_read(s, l == VI ? ',' : '.', &v)) continue;
        MUST(isfinite(v));
        put_real_plain(&plain, v);
        MUST(str_to_f64(buf_str(&plain), &back) && memcmp(&back, &v, sizeof v) == 0);
        put_real(&shown, l, v);
    }
    arena_free(&a);
    return 0;
}
