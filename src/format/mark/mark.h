/*
 * mark.h - a drawing as one reader gets it: with who that is, when, and "confidential" in it, so that a copy tells where it came from.
 *
 *     PDF         over each page, as text; attached files and programs in it, which would leave without a mark, are taken out
 *     PNG, JPEG   in the picture; what a camera noted beside it (place, owner) is gone
 *     DXF, STEP   comments at the beginning, in the format's own syntax
 *
 * Anything else cannot be marked and is refused.  The files are strangers': libraries parse them, and libraries have holes.  So this runs
 * in a process of its own without rights (host/marker.h); nothing is opened after mark_open(), which loads the font.
 */
#ifndef FORMAT_MARK_MARK_H
#define FORMAT_MARK_MARK_H

#include "base/base.h"

enum {
    MARK_LINES  = 6,
    MARK_PAGES  = 500,                      /* of a PDF                                           */
    MARK_PIXELS = 64 << 20,                 /* of a picture                                       */
    MARK_SIDE   = 30000,                    /* of a picture, in pixels                            */
};

/* Whether a file of this name is of a kind that can be marked. */
bool     mark_takes(Str name);

struct mark;
/* lines: UTF-8, each shown on a line of its own, control characters as spaces.  NULL: there is no font. */
struct mark *mark_open(struct arena *a, const Str *lines, size_t n);
void         mark_close(struct mark *m);
/*
 * kind: "pdf", "png", "jpg", "dxf", "step", as model/desk/file.h calls them.  ERR_MISSING: there is no mark for the kind; ERR_INVALID: damaged;
 * ERR_DENIED: it has a password; ERR_TOO_BIG; ERR_BROKEN: the mark itself could not be made.
 */
enum err     mark_put(struct mark *m, Str kind, Str bytes, Str *out) MUST_USE;
Message      mark_why(enum err e);          /* the same for people, with what to do               */

#endif
