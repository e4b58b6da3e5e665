/* Whatever is sent as a bill of materials: each line has a part and numbers that may be summed, and what is refused is refused with a sentence. */
#include "programme/linkage/parts.h"

#include "base/unicode.h"

#include <math.h>

static void must_add_up(double v) { MUST(isnan(v) || (v >= 0 && isfinite(v))); }

static enum err look(void *arg, UNUSED struct work *w, const struct part *p)
{
    int64_t *last = arg;
    const Str texts[] = { p->name, p->specification, p->hs, p->unit };
    MUST(p->name.n && p->number > *last);
    for (size_t i = 0; i < COUNT(texts); i++) MUST(texts[i].n <= PART_TEXT_MOST && utf8_valid(texts[i]));
    must_add_up(p->quantity);
    must_add_up(p->value);
    *last = p->number;
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make((size_t)256 << 20, NULL);
    struct work w = { .a = &a, .lang = size % 2 ? VI : EN };
    int64_t last = 0;
    Message why;
    enum err e = parts_read(&w, (Str){ (const char *)data, size }, look, &last, &why);
    MUST(!e == !why.id);
    arena_free(&a);
    return 0;
}
