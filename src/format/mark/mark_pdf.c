/*
 * mark_pdf.c - marks over the pages of a PDF: the square is a form of its own (ISO 32000-1, 8.10), drawn on each page after what is there.  The pages
 * themselves stay as they are, letter for letter.  What can carry the drawing out without a mark is taken out: attached files; and programs.
 */
#include "format/mark/marking.h"

#include <math.h>
#include <qpdf/qpdf-c.h>

struct pdf { struct mark *m; qpdf_data q; qpdf_oh form, before, none; };

static const char *const form_name = "/MatXichMark";

/* Warnings are for damage that was mended. */
static bool failed(QPDF_ERROR_CODE code) { return code & QPDF_ERRORS; }

static qpdf_oh stream_of(struct pdf *p, Str content)
{
    qpdf_oh s = qpdf_oh_new_stream(p->q);
    qpdf_oh_replace_stream_data(p->q, s, (const unsigned char *)content.p, content.n, p->none, p->none);
    return s;
}

/* ---- the square ------------------------------------------------------------------------------- */

/* The page that cairo wrote, as a form of this document. */
static void take_over(struct pdf *p, qpdf_data from, qpdf_oh page)
{
    static const char *const parts[] = { "/Resources", "/Group" };
    p->form = qpdf_oh_copy_foreign_object(p->q, from, qpdf_oh_get_key(from, page, "/Contents"));
    qpdf_oh about = qpdf_oh_get_dict(p->q, p->form);
    qpdf_oh_replace_key(p->q, about, "/Type", qpdf_oh_new_name(p->q, "/XObject"));
    qpdf_oh_replace_key(p->q, about, "/Subtype", qpdf_oh_new_name(p->q, "/Form"));
    qpdf_oh_replace_key(p->q, about, "/BBox", qpdf_oh_parse(p->q, str_z(p->m->a, str_f(p->m->a, "[ 0 0 %d %d ]", TILE, TILE))));
    for (size_t i = 0; i < COUNT(parts); i++) {
        qpdf_oh part = qpdf_make_indirect_object(from, qpdf_oh_get_key(from, page, parts[i]));
        qpdf_oh_replace_key(p->q, about, parts[i], qpdf_oh_copy_foreign_object(p->q, from, part));
    }
}

static qpdf_data quiet(void)
{
    qpdf_data q = qpdf_init();
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    qpdf_silence_errors(q);
    return q;
}

/* The page that cairo wrote, as a form of this document. */
static enum err make_form(struct pdf *p)
{
    qpdf_data tile = quiet();
    bool read = !failed(qpdf_read_memory(tile, "mark", p->m->page.p, p->m->page.n, NULL)) && qpdf_get_num_pages(tile) == 1 &&
                !failed(qpdf_push_inherited_attributes_to_page(tile));
    if (read) take_over(p, tile, qpdf_get_page_n(tile, 0));
    qpdf_cleanup(&tile);
    return read && !qpdf_has_error(p->q) ? OK : ERR_BROKEN;
}

/* ---- a page ----------------------------------------------------------------------------------- */

struct area { double left, bottom, width, height; };

/* In points, or what most pages are where it is not said so that it makes sense. */
static struct area area_of(struct pdf *p, qpdf_oh page)
{
    static const struct area usual = { 0, 0, 595, 842 };
    double v[4] = { 0 };
    qpdf_oh box = qpdf_oh_get_key(p->q, page, qpdf_oh_has_key(p->q, page, "/CropBox") ? "/CropBox" : "/MediaBox");
    if (!qpdf_oh_is_array(p->q, box) || qpdf_oh_get_array_n_items(p->q, box) != 4) return usual;
    for (int i = 0; i < 4; i++)
        if (!qpdf_oh_get_value_as_number(p->q, qpdf_oh_get_array_item(p->q, box, i), &v[i])) return usual;
    struct area is = { fmin(v[0], v[2]), fmin(v[1], v[3]), fabs(v[2] - v[0]), fabs(v[3] - v[1]) };
    bool sound = is.width > 1 && is.height > 1 && is.width < 1e6 && is.height < 1e6 && fabs(is.left) < 1e7 && fabs(is.bottom) < 1e7;
    return sound ? is : usual;
}

/* How many quarters a viewer turns the page, clockwise. */
static int turns_of(struct pdf *p, qpdf_oh page)
{
    int degrees = 0;
    if (!qpdf_oh_get_value_as_int(p->q, qpdf_oh_get_key(p->q, page, "/Rotate"), &degrees)) return 0;
    return (degrees / 90 % 4 + 4) % 4;
}

/* The squares, each turned about its middle so that it stands upright where the page is shown. */
static qpdf_oh squares_over(struct pdf *p, struct area at, int turns)
{
    static const int cosine[] = { 1, 0, -1, 0 }, sine[] = { 0, 1, 0, -1 };
    struct buf b = buf_make(p->m->a);
    struct tiles t = tiles_over(at.width, at.height);
    double scale = t.side / TILE, c = cosine[turns] * scale, s = sine[turns] * scale, half = TILE / 2.0;
    put(&b, S("\nQ\n"));
    for (int i = 0; i < t.across * t.down; i++) {
        double x = at.left + (i % t.across + 0.5) * t.side, y = at.bottom + (i / t.across + 0.5) * t.side;
        put_f(&b, "q %.6f %.6f %.6f %.6f %.3f %.3f cm %s Do Q\n", c, s, -s, c, x - (c - s) * half, y - (s + c) * half, form_name);
    }
    return stream_of(p, buf_str(&b));
}

/* q, what the page holds, Q and the squares. */
static void wrap_contents(struct pdf *p, qpdf_oh page, qpdf_oh after)
{
    qpdf_oh is = qpdf_oh_get_key(p->q, page, "/Contents"), all = qpdf_oh_new_array(p->q);
    qpdf_oh_append_item(p->q, all, p->before);
    int n = qpdf_oh_is_array(p->q, is) ? qpdf_oh_get_array_n_items(p->q, is) : 0;
    for (int i = 0; i < n; i++) {
        qpdf_oh part = qpdf_oh_get_array_item(p->q, is, i);
        if (qpdf_oh_is_stream(p->q, part)) qpdf_oh_append_item(p->q, all, part);
    }
    if (qpdf_oh_is_stream(p->q, is)) qpdf_oh_append_item(p->q, all, is);
    qpdf_oh_append_item(p->q, all, after);
    qpdf_oh_replace_key(p->q, page, "/Contents", all);
}

/* The dictionary under a key, made where there is none. */
static qpdf_oh part_of(struct pdf *p, qpdf_oh in, const char *key)
{
    qpdf_oh part = qpdf_oh_get_key(p->q, in, key);
    if (qpdf_oh_is_dictionary(p->q, part)) return part;
    qpdf_oh_replace_key(p->q, in, key, qpdf_oh_new_dictionary(p->q));
    return qpdf_oh_get_key(p->q, in, key);
}

static void drop_attached(struct pdf *p, qpdf_oh page)
{
    qpdf_oh notes = qpdf_oh_get_key(p->q, page, "/Annots");
    for (int i = qpdf_oh_is_array(p->q, notes) ? qpdf_oh_get_array_n_items(p->q, notes) : 0; i--;) {
        qpdf_oh kind = qpdf_oh_get_key_if_dict(p->q, qpdf_oh_get_array_item(p->q, notes, i), "/Subtype");
        if (qpdf_oh_is_name_and_equals(p->q, kind, "/FileAttachment")) qpdf_oh_erase_item(p->q, notes, i);
    }
    qpdf_oh_remove_key(p->q, page, "/AA");
    qpdf_oh_remove_key(p->q, page, "/AF");
}

static void mark_page(struct pdf *p, qpdf_oh page)
{
    qpdf_oh forms = part_of(p, part_of(p, page, "/Resources"), "/XObject");
    qpdf_oh_replace_key(p->q, forms, form_name, p->form);
    wrap_contents(p, page, squares_over(p, area_of(p, page), turns_of(p, page)));
    drop_attached(p, page);
}

/* ---- the document ----------------------------------------------------------------------------- */

static void drop_hidden(struct pdf *p)
{
    static const char *const of_root[] = { "/OpenAction", "/AA", "/AF", "/Collection" }, *const of_names[] = { "/EmbeddedFiles", "/JavaScript" };
    qpdf_oh root = qpdf_get_root(p->q), names = qpdf_oh_get_key(p->q, root, "/Names");
    for (size_t i = 0; i < COUNT(of_root); i++) qpdf_oh_remove_key(p->q, root, of_root[i]);
    for (size_t i = 0; i < COUNT(of_names) && qpdf_oh_is_dictionary(p->q, names); i++) qpdf_oh_remove_key(p->q, names, of_names[i]);
}

static enum err open_pdf(struct pdf *p, Str bytes)
{
    if (!failed(qpdf_read_memory(p->q, "drawing", bytes.p, bytes.n, NULL))) return OK;
    return qpdf_get_error_code(p->q, qpdf_get_error(p->q)) == qpdf_e_password ? ERR_DENIED : ERR_INVALID;
}

static enum err mark_pages(struct pdf *p)
{
    int n = qpdf_get_num_pages(p->q);
    if (n > MARK_PAGES) return ERR_TOO_BIG;
    if (n < 1 || failed(qpdf_push_inherited_attributes_to_page(p->q))) return ERR_INVALID;
    TRY(make_form(p));
    p->none = qpdf_oh_new_null(p->q);
    p->before = stream_of(p, S("q\n"));
    for (int i = 0; i < n; i++) mark_page(p, qpdf_get_page_n(p->q, (size_t)i));
    drop_hidden(p);
    return qpdf_has_error(p->q) ? ERR_INVALID : OK;
}

static enum err mark_document(struct pdf *p, Str bytes, Str *out)
{
    TRY(open_pdf(p, bytes));
    TRY(mark_pages(p));
    if (failed(qpdf_init_write_memory(p->q)) || failed(qpdf_write(p->q))) return ERR_INVALID;
    *out = str_dup(p->m->a, (Str){ (const char *)qpdf_get_buffer(p->q), qpdf_get_buffer_length(p->q) });
    return OK;
}

enum err mark_pdf(struct mark *m, Str bytes, Str *out)
{
    struct pdf p = { .m = m, .q = quiet() };
    enum err e = mark_document(&p, bytes, out);
    qpdf_cleanup(&p.q);
    return e;
}
