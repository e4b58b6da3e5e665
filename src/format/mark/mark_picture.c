/* mark_picture.c - marks drawn into pictures. */
#include "format/mark/marking.h"

#include <turbojpeg.h>

static const int quality = 92;

static bool fits(uint64_t width, uint64_t height)
{
    return width && height && width <= MARK_SIDE && height <= MARK_SIDE && width * height <= MARK_PIXELS;
}

/* Dark on light and light on dark: filled in grey, outlined in white. */
static bool draw(struct mark *m, cairo_surface_t *s)
{
    double width = cairo_image_surface_get_width(s), height = cairo_image_surface_get_height(s);
    struct tiles t = tiles_over(width, height);
    cairo_t *c = cairo_create(s);
    for (int i = 0; i < t.across * t.down; i++) {
        cairo_save(c);
        cairo_translate(c, i % t.across * t.side, i / t.across * t.side);
        cairo_scale(c, t.side / TILE, t.side / TILE);
        cairo_new_path(c);
        cairo_append_path(c, m->path);
        cairo_set_source_rgba(c, 1, 1, 1, 0.25);
        cairo_set_line_width(c, 2);
        cairo_stroke_preserve(c);
        cairo_set_source_rgba(c, 0.45, 0.45, 0.5, 0.35);
        cairo_fill(c);
        cairo_restore(c);
    }
    bool ok = !cairo_status(c);
    cairo_destroy(c);
    cairo_surface_flush(s);
    return ok;
}

/* ---- PNG -------------------------------------------------------------------------------------- */

struct source { Str rest; };

static cairo_status_t read_source(void *with, unsigned char *to, unsigned n)
{
    struct source *s = with;
    if (s->rest.n < n) return CAIRO_STATUS_READ_ERROR;
    memcpy(to, s->rest.p, n);
    s->rest = str_sub(s->rest, n, s->rest.n);
    return CAIRO_STATUS_SUCCESS;
}

static uint64_t number_at(Str bytes, size_t at)             /* four bytes, the greatest first     */
{
    uint64_t v = 0;
    for (size_t i = 0; i < 4; i++) v = v << 8 | (unsigned char)bytes.p[at + i];
    return v;
}

enum err mark_png(struct mark *m, Str bytes, Str *out)
{
    enum { WIDTH_AT = 16, HEIGHT_AT = 20, HEAD = 24 };
    struct source from = { bytes };
    struct buf b = buf_make(m->a);
    if (bytes.n < HEAD) return ERR_INVALID;
    if (!fits(number_at(bytes, WIDTH_AT), number_at(bytes, HEIGHT_AT))) return ERR_TOO_BIG;
    cairo_surface_t *s = cairo_image_surface_create_from_png_stream(read_source, &from);
    bool ok = !cairo_surface_status(s) && draw(m, s) && !cairo_surface_write_to_png_stream(s, mark_write, &b);
    cairo_surface_destroy(s);
    *out = buf_str(&b);
    return ok ? OK : ERR_INVALID;
}

/* ---- JPEG ------------------------------------------------------------------------------------- */

static enum err unpack(tjhandle t, Str bytes, cairo_surface_t **out)
{
    int width = 0, height = 0, chroma, space;               /* a head of tables alone leaves them so */
    if (tjDecompressHeader3(t, (const unsigned char *)bytes.p, bytes.n, &width, &height, &chroma, &space) || width < 1 || height < 1)
        return ERR_INVALID;
    if (!fits((uint64_t)width, (uint64_t)height)) return ERR_TOO_BIG;
    *out = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    if (cairo_surface_status(*out)) return ERR_TOO_BIG;
    int bad = tjDecompress2(t, (const unsigned char *)bytes.p, bytes.n, cairo_image_surface_get_data(*out), width,
                            cairo_image_surface_get_stride(*out), height, TJPF_BGRX, 0);
    cairo_surface_mark_dirty(*out);
    return bad && tjGetErrorCode(t) == TJERR_FATAL ? ERR_INVALID : OK;
}

static enum err pack(struct mark *m, cairo_surface_t *s, Str *out)
{
    tjhandle t = tjInitCompress();
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    int bad = !t || tjCompress2(t, cairo_image_surface_get_data(s), cairo_image_surface_get_width(s), cairo_image_surface_get_stride(s),
                                cairo_image_surface_get_height(s), TJPF_BGRX, &bytes, &n, TJSAMP_444, quality, 0);
    if (!bad) *out = str_dup(m->a, (Str){ (char *)bytes, n });
    tjFree(bytes);
    if (t) tjDestroy(t);
    return bad ? ERR_INVALID : OK;
}

enum err mark_jpeg(struct mark *m, Str bytes, Str *out)
{
    cairo_surface_t *s = NULL;
    tjhandle t = tjInitDecompress();
    if (!t) return ERR_BROKEN;
    enum err e = unpack(t, bytes, &s);
    if (!e) e = draw(m, s) ? pack(m, s, out) : ERR_INVALID;
    if (s) cairo_surface_destroy(s);
    tjDestroy(t);
    return e;
}
