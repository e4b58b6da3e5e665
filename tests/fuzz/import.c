/* Whatever file is sent: an import ends in a report that adds up or in a sentence, and a dry run leaves nothing behind. */
#include "model/import/import.h"
#include "programme/register.h"
#include "fuzz/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make((size_t)512 << 20, NULL);
    struct work w = register_for(&a);
    struct import_report r;
    struct buf text = buf_make(&a);
    Message why;
    struct import_options dry = { .sheet = -1, .dry_run = true };
    if (import_file(&w, &enterprise, (Str){ (const char *)data, size }, &dry, &r, &why)) {
        MUST(why.id);
    } else {
        MUST(r.read == r.added + r.changed + r.same + r.unsure + r.rejected + r.left_out);
        put_import_report(&text, &w, &r);
        put_import_json(&text, &w, &r);
    }
    arena_free(&a);
    return 0;
}
