/* Any clean text as TCVN3 and as VNI: what comes out is clean again. */
#include "base/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)256 << 20, NULL);
    Str text, again;
    if (n < 1 << 16 && text_clean(&a, (Str){ (const char *)data, n }, &text)) {
        legacy_of(&text, 1);
        for (enum legacy from = LEGACY_NONE; from < LEGACIES; from++) {
            Str read = legacy_convert(&a, from, text);
            MUST(text_clean(&a, read, &again) && str_eq(again, read));
        }
    }
    arena_free(&a);
    return 0;
}
