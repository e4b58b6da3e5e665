/*
 * asset.h - the files a page needs (styles, scripts, fonts), built into the binary with their compressed
 * forms.  web/build.mjs makes them and lists them in web/manifest.tsv.  The address holds the content's hash,
 * so that a browser may keep it for ever.  There is no file system behind an address: what is not in the table
 * is 404, whatever dots it has.
 */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "base/map.h"
#include "web/encoding.h"

struct asset {
    Str name;                       /* as sources name it: "portal.css"                         */
    Str path;                       /* as it is served: "/assets/portal.1f3a9c20be.css"         */
    Str type;                       /* media type                                               */
    Str form[ENCODINGS];            /* PLAIN, and GZIP and BROTLI where they were made          */
};

struct assets {
    struct asset *p;
    size_t        n, cap;
    struct map    by_path, by_name;
};

/* Those of the binary.  The arena is the process's. */
struct assets       assets_embedded(struct arena *a);
void                assets_add(struct arena *a, struct assets *l, struct asset asset);
const struct asset *asset_at(const struct assets *l, Str path);         /* NULL: none            */
Str                 asset_path(const struct assets *l, const char *name); /* no such name: our bug */

#endif
