/* Any text as a quantity: what is read is in bounds, what follows it is the end of the text, and shown it is read back as nearly the same. */
#include "programme/linkage/quantity.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str text = { (const char *)data, n };
    quantity_of_unit(text);
    for (enum quantity q = QUANTITY_NONE; q < QUANTITIES; q++)
        for (enum lang l = 0; l < LANGS; l++) {
            struct quantity_begun b;
            double v, back;
            Message why;
            if (quantity_begins(&a, q, l, l, text, &b, &why)) {
                MUST(isfinite(b.value) && b.value <= 1e12 && (b.unit == q || !b.unit));
                MUST(b.rest.p + b.rest.n == text.p + text.n);
            }
            if (!quantity_read(&a, q, l, l, text, &v, &why)) continue;
            MUST(!why.id && isfinite(v));
            MUST(quantity_read(&a, q, l, l, quantity_str(&a, q, l, v), &back, &why));
            MUST(fabs(back - v) <= 1e-6);
        }
    arena_free(&a);
    return 0;
}
