/* Any bytes: cleaning refuses them or makes them clean for good; what is made of clean text is valid and settled. */
#include "base/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static Str settled(struct arena *a, Str (*change)(struct arena *, Str), Str in)
{
    Str once = change(a, in);
    MUST(utf8_valid(once));
    MUST(str_eq(change(a, once), once));
    return once;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str s = { (const char *)data, n }, clean, again;
    bool valid = utf8_valid(s);
    MUST(text_clean(&a, s, &clean) == valid);
    if (valid) {
        MUST(text_clean(&a, clean, &again) && str_eq(clean, again));
        settled(&a, text_nfc, clean);
        settled(&a, text_lower, clean);
        settled(&a, text_tone, clean);
        settled(&a, text_slug, clean);
        text_sort_key(&a, clean);
    }
    text_fold(&a, s);                               /* bytes that are not UTF-8 do no harm either */
    text_upper(&a, s);
    syllable_valid(s);
    arena_free(&a);
    return 0;
}
