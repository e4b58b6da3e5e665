/*
 * asset.h - the files a page needs (styles, scripts, fonts), built into the binary with their compressed forms.  The build
 * writes one table of them; the address holds the content's hash, so that a browser may keep it for ever.  There is no file system behind
 * an address: a path that is not in the table is 404, whatever dots it has.
 */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "base/text.h"

struct asset {
    const char *name;               /* as the source names it: "app.css"                        */
    const char *path;               /* as it is served: "/assets/app.1f3a9c20.css"              */
    const char *type;               /* media type                                               */
    Str         bytes;
    Str         gzip, br;           /* empty: not smaller                                       */
};

extern const struct asset assets[];     /* build/gen/assets.c; sorted by path                   */
extern const size_t       asset_n;

const struct asset *asset_at(const struct asset *table, size_t n, Str path);    /* NULL: none   */
/* The address of an asset by its name; a name not in the table is our bug. */
Str                 asset_url(const struct asset *table, size_t n, const char *name);

#endif
