/* A file somebody uploads: it is of one of the kinds, or refused with a sentence; zips among them are never unpacked beyond their limit. */
#include "model/desk/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str bytes = { (const char *)data, size };
    Message why = NO_MESSAGE;
    const struct file_kind *kind = file_sniff(&a, bytes, &why);
    struct upload u;
    struct work w = { .a = &a };
    if (kind) MUST(!file_name_wrong(&w, str_f(&a, "x.%s", kind->extension), kind).id);
    MUST(!kind == !!why.id);
    MUST(!kind || (*kind->extension && *kind->media_type));
    if (upload_read(bytes, &u)) MUST(str_eq(upload_text(&a, u), bytes));
    arena_free(&a);
    return 0;
}
