#include "programme/filing.h"

struct record *enterprise_named(const struct work *w, const struct record *r, int field)
{
    struct work reading = *w;
    struct record *found;
    int64_t id = v_i64(r->v[field]);
    return id && !record_load(&reading, &enterprise, id, &found) ? found : NULL;
}

void name_after_enterprise(const struct work *w, struct record *paper, int name, int enterprise_field)
{
    const struct record *e = paper->id ? NULL : enterprise_named(w, paper, enterprise_field);
    struct work reading = *w;
    reading.lang = VI;
    if (e) paper->v[name] = v_text(record_title(&reading, e));
}
