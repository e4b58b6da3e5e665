/* Whatever file is sent: an import ends in a report that adds up or in a sentence, and a dry run leaves nothing behind. */
#include "model/import/import.h"
#include "model/schema.h"
#include "programme/entities.h"
#include "programme/register.h"

#include <stdlib.h>

static enum err fill_lists(struct work *w, void *arg) { return codes_init(w); }

static struct work *register_made(struct arena *forever)
{
    char dir[] = "/tmp/matxich-fuzz-XXXXXX";
    struct work *w = NEW(forever, struct work);
    Message why;
    MUST(mkdtemp(dir));
    const char *url = str_z(forever, str_f(forever, "sqlite:%s/register.db", dir));
    *w = (struct work){ .m = model_make(forever, entities), .a = forever, .today = { 2026, 11, 22 }, .actor = { .roles = SYSTEM, .name = S("fuzz") } };
    MUST(!db_open(url, DB_CREATE, &w->db) && !schema_grow(w, &why) && !work_write(w, fill_lists, NULL));
    MUST(!codes_load(w, forever, &w->codes));
    return w;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena forever;
    static struct work *made;
    if (!made) {
        forever = arena_make((size_t)128 << 20, NULL);
        made = register_made(&forever);
    }
    struct arena a = arena_make((size_t)512 << 20, NULL);
    struct work w = *made;
    struct import_report r;
    struct buf text = buf_make(&a);
    Message why;
    w.a = &a;
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
