/* Any bytes as a .mo: refused, or its words are found and every fact is put. */
#include "base/translation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str mo = { (const char *)data, n };
    if (translation_load(VI, mo) == OK) {
        static const char *const ids[] = { "", "Save", "Row {1}: the tax code {2} is wrong." };
        for (size_t i = 0; i < COUNT(ids); i++) message_str(&a, VI, MSG(ids[i], S("7"), S("{1}"), S("x")));
    }
    arena_free(&a);
    return 0;
}
