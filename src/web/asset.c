#include "web/asset.h"

#include "base/embedded.h"

static Str file_of(struct arena *a, Str file, const char *ending)
{
    Str bytes = { 0 };
    embedded_find(str_f(a, "web/assets/%.*s%s", FMT(file), ending), &bytes);
    return bytes;
}

void assets_add(struct arena *a, struct assets *l, struct asset asset)
{
    if (!l->by_path.a) l->by_path = map_make(a, 64), l->by_name = map_make(a, 64);
    bool fresh_path, fresh_name;
    map_put(&l->by_path, asset.path, (int64_t)l->n, &fresh_path);
    map_put(&l->by_name, asset.name, (int64_t)l->n, &fresh_name);
    MUST(fresh_path && fresh_name);
    *GROW(a, *l) = asset;
}

/* A line of the manifest: name, file, media type, between tabs. */
struct assets assets_embedded(struct arena *a)
{
    struct assets l = { 0 };
    Str lines, line, name, file, rest;
    if (!embedded_find(S("web/manifest.tsv"), &lines)) return l;
    while (str_next(&lines, '\n', &line)) {
        if (!line.n) continue;
        struct asset made = { 0 };
        MUST(str_cut(line, '\t', &name, &rest) && str_cut(rest, '\t', &file, &made.type));
        made.name = name;
        made.path = str_f(a, "/assets/%.*s", FMT(file));
        made.form[PLAIN] = file_of(a, file, "");
        made.form[GZIP] = file_of(a, file, ".gz");
        made.form[BROTLI] = file_of(a, file, ".br");
        MUST(made.form[PLAIN].n);
        assets_add(a, &l, made);
    }
    return l;
}

const struct asset *asset_at(const struct assets *l, Str path)
{
    int64_t at;
    return l->n && map_get(&l->by_path, path, &at) ? &l->p[at] : NULL;
}

Str asset_path(const struct assets *l, const char *name)
{
    int64_t at;
    MUST(l->n && map_get(&l->by_name, str_of(name), &at));
    return l->p[at].path;
}
