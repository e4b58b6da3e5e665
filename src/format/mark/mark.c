#include "format/mark/marking.h"

#include "base/embedded.h"
#include "base/unicode.h"

#include <cairo/cairo-pdf.h>
#include <math.h>
#include <strings.h>

/* ---- kinds ------------------------------------------------------------------------------------ */

static const struct {
    const char *kind, *endings;             /* endings of names, '|' between                      */
    enum err  (*put)(struct mark *m, Str bytes, Str *out);
} kinds[] = {
    { "pdf", "pdf", mark_pdf },
    { "png", "png", mark_png },
    { "jpg", "jpg|jpeg|jpe", mark_jpeg },
    { "dxf", "dxf", mark_dxf },
    { "step", "step|stp|p21", mark_step },
};

bool mark_takes(Str name)
{
    size_t dot = name.n;
    while (dot && name.p[dot - 1] != '.') dot--;
    for (size_t i = 0; dot && i < COUNT(kinds); i++)
        for (Str rest = str_of(kinds[i].endings), one; str_next(&rest, '|', &one);)
            if (one.n == name.n - dot && !strncasecmp(one.p, name.p + dot, one.n)) return true;
    return false;
}

Message mark_why(enum err e)
{
    static const char *const why[] = {
        [ERR_MISSING] = N_("A drawing is only sent with its reader's name in it, which cannot be put into a file of this kind. Save it as PDF, PNG, JPEG, DXF (text) or "
                            "STEP and send that."),
        [ERR_INVALID] = N_("The drawing is damaged and cannot be opened. Save it again in the program it was made with and send that."),
        [ERR_DENIED] = N_("The drawing is protected by a password. Save it without one and send that; each reader's name is put into it here."),
        [ERR_TOO_BIG] = N_("The drawing is too large to put its reader's name into it: at most 500 pages or 64 million pixels. Split it and send the parts."),
    };
    if (e < (int)COUNT(why) && why[e]) return MSG(why[e]);
    return MSG(N_("The reader's name could not be put into the drawing, so it was not sent. Tell the administrator."));
}

enum err mark_put(struct mark *m, Str kind, Str bytes, Str *out)
{
    *out = (Str){ 0 };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(kind, kinds[i].kind)) return kinds[i].put(m, bytes, out);
    return ERR_MISSING;
}

/* ---- one square ------------------------------------------------------------------------------- */

#define FONT S("font/DejaVuSans.ttf")       /* has all letters of Vietnamese                      */
static const double slant = -M_PI / 6, widest = 0.86 * TILE, largest = 0.07 * TILE, apart = 1.35, foot = 0.97 * TILE,
                    foot_size = 0.02 * TILE, foot_widest = 0.96 * TILE;

/* Greyish and half transparent: what is drawn under it can still be read. */
static void set_ink(cairo_t *c) { cairo_set_source_rgba(c, 0.45, 0.45, 0.5, 0.3); }

/* Text that fits a width, on the baseline y, in its middle. */
static void put_line(cairo_t *c, Str line, double size, double width, double y, void (*put_text)(cairo_t *, const char *), struct arena *a)
{
    cairo_text_extents_t is;
    const char *z = str_z(a, line);
    cairo_set_font_size(c, size);
    cairo_text_extents(c, z, &is);
    if (is.x_advance > width) cairo_set_font_size(c, size * width / is.x_advance);
    cairo_text_extents(c, z, &is);
    cairo_move_to(c, -is.x_advance / 2, y);
    put_text(c, z);
}

static void put_slanted(struct mark *m, cairo_t *c)
{
    cairo_save(c);
    cairo_translate(c, TILE / 2, TILE / 2);
    cairo_rotate(c, slant);
    for (size_t i = 0; i < m->n; i++)
        put_line(c, m->lines[i], largest, widest, ((double)i - (double)(m->n - 1) / 2) * largest * apart, cairo_text_path, m->a);
    cairo_restore(c);
}

static void put_foot(struct mark *m, cairo_t *c, void (*put_text)(cairo_t *, const char *))
{
    struct buf all = buf_make(m->a);
    for (size_t i = 0; i < m->n; i++) {
        if (i) put(&all, S(" · "));
        put(&all, m->lines[i]);
    }
    cairo_save(c);
    cairo_translate(c, TILE / 2, 0);
    put_line(c, buf_str(&all), foot_size, foot_widest, foot, put_text, m->a);
    cairo_restore(c);
}

cairo_status_t mark_write(void *b, const unsigned char *bytes, unsigned n)
{
    put(b, (Str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

static cairo_t *begin(const struct mark *m, cairo_surface_t *s)
{
    cairo_t *c = cairo_create(s);
    cairo_set_font_face(c, m->font);
    return c;
}

/* As outlines, which need no font any more. */
static bool make_path(struct mark *m)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *c = begin(m, s);
    put_slanted(m, c);
    put_foot(m, c, cairo_text_path);
    m->path = cairo_copy_path(c);
    bool ok = !cairo_status(c) && !m->path->status && m->path->num_data;
    cairo_destroy(c);
    cairo_surface_destroy(s);
    return ok;
}

/* Slanted as outlines, so that a search in the drawing finds the drawing's words; along the foot as text, for those who ask whose copy it is. */
static bool make_page(struct mark *m)
{
    struct buf b = buf_make(m->a);
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(mark_write, &b, TILE, TILE);
    cairo_t *c = begin(m, s);
    set_ink(c);
    put_slanted(m, c);
    cairo_fill(c);
    put_foot(m, c, cairo_show_text);
    cairo_show_page(c);
    bool ok = !cairo_status(c);
    cairo_destroy(c);
    cairo_surface_finish(s);
    ok = ok && !cairo_surface_status(s);
    cairo_surface_destroy(s);
    m->page = buf_str(&b);
    return ok;
}

/* On one line, whatever it holds: a line of its own would be a comment's end. */
static Str one_line(struct arena *a, Str s)
{
    Str clean = { 0 };
    struct buf b = buf_make(a);
    if (!text_clean(a, s, &clean)) clean = S("?");
    for (size_t i = 0; i < clean.n; i++) put_c(&b, (unsigned char)clean.p[i] < ' ' || clean.p[i] == 0x7F ? ' ' : clean.p[i]);
    return str_trim(buf_str(&b));
}

static bool load_font(struct mark *m)
{
    Str bytes;
    if (!embedded_find(FONT, &bytes) || FT_Init_FreeType(&m->types)) return false;
    if (FT_New_Memory_Face(m->types, (const FT_Byte *)bytes.p, (FT_Long)bytes.n, 0, &m->face)) return false;
    m->font = cairo_ft_font_face_create_for_ft_face(m->face, 0);
    return !cairo_font_face_status(m->font);
}

struct mark *mark_open(struct arena *a, const Str *lines, size_t n)
{
    struct mark *m = NEW(a, struct mark);
    m->a = a;
    MUST(n <= MARK_LINES);
    for (size_t i = 0; i < n; i++) {
        Str line = one_line(a, lines[i]);
        if (line.n) m->lines[m->n++] = line;
    }
    if (m->n && load_font(m) && make_path(m) && make_page(m)) return m;
    mark_close(m);
    return NULL;
}

void mark_close(struct mark *m)
{
    if (!m) return;
    if (m->path) cairo_path_destroy(m->path);
    if (m->font) cairo_font_face_destroy(m->font);
    cairo_debug_reset_static_data();                        /* what it keeps of the font for the next time */
    if (m->face) FT_Done_Face(m->face);
    if (m->types) FT_Done_FreeType(m->types);
}

/* ---- where squares stand ---------------------------------------------------------------------- */

/* As large as the shorter side, but at most four along the longer one. */
struct tiles tiles_over(double width, double height)
{
    double longer = fmax(width, height), side = fmax(fmin(width, height), longer / 4);
    return (struct tiles){ side, (int)ceil(width / side - 0.01), (int)ceil(height / side - 0.01) };
}
