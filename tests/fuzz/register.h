/* register.h - what fuzz programs work on that need the register: an empty one with its code lists, made once. */
#ifndef FUZZ_REGISTER_H
#define FUZZ_REGISTER_H

#include "model/schema.h"
#include "model/thesaurus.h"
#include "programme/entities.h"
#include "programme/register.h"

#include <stdlib.h>

static enum err fill_register(struct work *w, void *arg)
{
    TRY(codes_init(w));
    return thesaurus_init(w);
}

static struct work *register_made(struct arena *forever)
{
    char dir[] = "/tmp/matxich-fuzz-XXXXXX";
    struct work *w = NEW(forever, struct work);
    Message why;
    MUST(mkdtemp(dir));
    const char *url = str_z(forever, str_f(forever, "sqlite:%s/register.db", dir));
    *w = (struct work){ .m = model_make(forever, entities), .a = forever, .today = { 2026, 11, 22 }, .actor = { .roles = SYSTEM, .name = S("fuzz") } };
    MUST(!db_open(url, DB_CREATE, &w->db) && !schema_grow(w, &why) && !work_write(w, fill_register, NULL));
    MUST(!codes_load(w, forever, &w->codes) && !thesaurus_load(w, &w->concepts));
    return w;
}

/* For one input: the register's work with memory of its own. */
static struct work register_for(struct arena *a)
{
    static struct arena forever;
    static struct work *made;
    if (!made) {
        forever = arena_make((size_t)256 << 20, NULL);
        made = register_made(&forever);
    }
    struct work w = *made;
    w.a = a;
    return w;
}

#endif
