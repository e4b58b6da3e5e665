/* marking.h - what the kinds of file that can be marked share. */
#ifndef FORMAT_MARK_MARKING_H
#define FORMAT_MARK_MARKING_H

#include "format/mark/mark.h"

#include <cairo/cairo-ft.h>

/* A drawing is covered with squares, the lines across each.  A square as PDF is TILE units wide. */
enum { TILE = 1000 };

struct mark {
    struct arena *a;
    Str           lines[MARK_LINES];
    size_t        n;
    FT_Library    types;
    FT_Face       face;
    cairo_font_face_t *font;
    cairo_path_t *path;                     /* the lines as outlines, in a square of TILE units, y downwards */
    Str           page;                     /* the same on the one page of a PDF                  */
};

/* The squares over an area: side of each, how many across and down. */
struct tiles { double side; int across, down; };
struct tiles tiles_over(double width, double height);

enum err mark_pdf(struct mark *m, Str bytes, Str *out) MUST_USE;
enum err mark_png(struct mark *m, Str bytes, Str *out) MUST_USE;
enum err mark_jpeg(struct mark *m, Str bytes, Str *out) MUST_USE;
enum err mark_dxf(struct mark *m, Str bytes, Str *out) MUST_USE;
enum err mark_step(struct mark *m, Str bytes, Str *out) MUST_USE;

/* For cairo: appends to a struct buf. */
cairo_status_t mark_write(void *buf, const unsigned char *bytes, unsigned n);

#endif
