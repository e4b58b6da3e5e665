/* Drawings with their reader's name in them, read again by other programs. */
#include "format/mark/mark.h"
#include "test.h"

#include "base/file.h"

#include <cairo/cairo.h>
#include <math.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <turbojpeg.h>

static const Str lines[] = { S_("MẬT – CONFIDENTIAL"), S_("Nguyễn Thị Ưởng Ỵ"), S_("Công ty Cổ phần Cơ khí Đông Anh (DN-000421-6)"), S_("22/11/2026") };

/* Objects: 1 the catalogue, 2 the pages, 3 a font, then a page and its content for each. */
static Str pdf_of(struct arena *a, int pages, double width, double height)
{
    struct buf b = buf_make(a), kids = buf_make(a);
    size_t objects = 4 + 2 * (size_t)pages, *at = NEW_ARRAY(a, size_t, objects);
    put(&b, S("%PDF-1.4\n"));
    at[1] = b.n;
    put_f(&b, "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    at[3] = b.n;
    put_f(&b, "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
    for (int i = 0; i < pages; i++) {
        Str text = str_f(a, "BT /F %.1f Tf %.1f %.1f Td (Sheet %d of the bracket) Tj ET", height / 30, width / 9, height / 2, i + 1);
        int page = 4 + 2 * i;
        put_f(&kids, "%d 0 R ", page);
        at[page] = b.n;
        put_f(&b, "%d 0 obj<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>endobj\n", page, page + 1);
        at[page + 1] = b.n;
        put_f(&b, "%d 0 obj<</Length %zu>>stream\n%.*s\nendstream endobj\n", page + 1, text.n, FMT(text));
    }
    at[2] = b.n;
    put_f(&b, "2 0 obj<</Type/Pages/Count %d/MediaBox[0 0 %.1f %.1f]/Kids[%.*s]>>endobj\n", pages, width, height, FMT(buf_str(&kids)));
    size_t table = b.n;
    put_f(&b, "xref\n0 %zu\n0000000000 65535 f \n", objects);
    for (size_t i = 1; i < objects; i++) put_f(&b, "%010zu 00000 n \n", at[i]);
    put_f(&b, "trailer<</Root 1 0 R/Size %zu>>\nstartxref\n%zu\n%%%%EOF\n", objects, table);
    return buf_str(&b);
}

static cairo_status_t gather(void *b, const unsigned char *bytes, unsigned n)
{
    put(b, (Str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *picture(int width, int height)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *c = cairo_create(s);
    cairo_set_source_rgb(c, 1, 1, 1);
    cairo_paint(c);
    cairo_destroy(c);
    cairo_surface_flush(s);
    return s;
}

static Str png_of(struct arena *a, int width, int height)
{
    struct buf b = buf_make(a);
    cairo_surface_t *s = picture(width, height);
    CHECK(!cairo_surface_write_to_png_stream(s, gather, &b));
    cairo_surface_destroy(s);
    return buf_str(&b);
}

static Str jpeg_of(struct arena *a, int width, int height)
{
    cairo_surface_t *s = picture(width, height);
    tjhandle t = tjInitCompress();
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    CHECK(!tjCompress2(t, cairo_image_surface_get_data(s), width, cairo_image_surface_get_stride(s), height, TJPF_BGRX, &bytes, &n, TJSAMP_420, 80, 0));
    Str made = str_dup(a, (Str){ (char *)bytes, n });
    tjFree(bytes);
    tjDestroy(t);
    cairo_surface_destroy(s);
    return made;
}

static enum err mark(struct arena *a, const char *kind, Str bytes, Str *out)
{
    struct mark *m = mark_open(a, lines, COUNT(lines));
    CHECK(m);
    enum err e = mark_put(m, str_of(kind), bytes, out);
    mark_close(m);
    return e;
}

/* What another program reads on one page. */
static Str text_of_page(struct arena *a, Str pdf, int page)
{
    struct buf b = buf_make(a);
    const char *path = str_z(a, str_f(a, "%s/marked.pdf", test_dir()));
    CHECK_INT(file_write(path, pdf), OK);
    FILE *f = popen(str_z(a, str_f(a, "pdftotext -f %d -l %d -layout %s -", page, page, path)), "r");
    CHECK(f);
    for (size_t got = 1; got;) b.n += got = fread(buf_room(&b, 4096), 1, 4096, f);
    CHECK_INT(pclose(f), 0);
    return buf_str(&b);
}

TEST(each_page_of_a_pdf_has_its_text_and_its_readers_name_in_it)
{
    static const struct { double width, height; } sizes[] = { { 595, 842 }, { 2384, 3370 }, { 842, 200 }, { 3000, 300 } };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        Str out;
        CHECK_INT(mark(a, "pdf", pdf_of(a, 3, sizes[i].width, sizes[i].height), &out), OK);
        for (int page = 1; page <= 3; page++) {
            Str text = text_of_page(a, out, page);
            CHECK(str_has(text, str_f(a, "Sheet %d of the bracket", page)));
            for (size_t k = 0; k < COUNT(lines); k++) CHECK(str_has(text, lines[k]));
        }
    }
}

TEST(a_file_attached_to_a_pdf_and_a_program_in_it_do_not_leave_with_it)
{
    static const char made[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        "/Names<</EmbeddedFiles<</Names[(raw.dwg)5 0 R]>>/JavaScript<</Names[(x)<</S/JavaScript/JS(evil)>>]>>>>>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 300]/Rotate 90>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 5 0 R>>]>>endobj\n"
        "5 0 obj<</Type/Filespec/F(raw.dwg)/EF<</F 6 0 R>>>>endobj\n6 0 obj<</Length 10>>stream\nUNMARKED!!\nendstream endobj\n"
        "trailer<</Root 1 0 R/Size 7>>\n%%EOF\n";
    Str out;
    CHECK_INT(mark(a, "pdf", str_of(made), &out), OK);
    CHECK(!str_has(out, S("UNMARKED")) && !str_has(out, S("JavaScript")) && !str_has(out, S("raw.dwg")));
    CHECK(str_has(text_of_page(a, out, 1), lines[1]));
}

static Str locked(struct arena *a, Str pdf)
{
    qpdf_data q = qpdf_init();
    CHECK(!qpdf_read_memory(q, "test", pdf.p, pdf.n, NULL) && !qpdf_init_write_memory(q));
    qpdf_set_r6_encryption_parameters2(q, "secret", "owner", 1, 1, 1, 1, 1, 1, qpdf_r3p_full, 1);
    CHECK(!qpdf_write(q));
    Str made = str_dup(a, (Str){ (const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q) });
    qpdf_cleanup(&q);
    return made;
}

TEST(a_pdf_that_is_broken_or_locked_is_refused)
{
    Str whole = pdf_of(a, 2, 300, 300), out;
    CHECK_INT(mark(a, "pdf", S("%PDF-1.7\nnothing of the sort"), &out), ERR_INVALID);
    CHECK_INT(mark(a, "pdf", S(""), &out), ERR_INVALID);
    for (size_t cut = 10; cut < whole.n; cut += whole.n / 40) {
        enum err e = mark(a, "pdf", str_sub(whole, 0, cut), &out);
        CHECK(e == ERR_INVALID || (e == OK && out.n));
    }
    CHECK_INT(mark(a, "pdf", locked(a, whole), &out), ERR_DENIED);
}

TEST(pages_and_pictures_have_a_most)
{
    Str out, small = png_of(a, 10, 10);
    struct buf wide = buf_make(a);
    put(&wide, small);
    memcpy(wide.p + 16, "\0\1\0\0\0\1\0\0", 8);
    CHECK_INT(mark(a, "pdf", pdf_of(a, MARK_PAGES + 1, 100, 100), &out), ERR_TOO_BIG);
    CHECK_INT(mark(a, "png", buf_str(&wide), &out), ERR_TOO_BIG);
}

/* The share of points that are not white any more. */
static double drawn_on(cairo_surface_t *s)
{
    int width = cairo_image_surface_get_width(s), height = cairo_image_surface_get_height(s), n = 0;
    const unsigned char *row = cairo_image_surface_get_data(s);
    for (int y = 0; y < height; y++, row += cairo_image_surface_get_stride(s))
        for (int x = 0; x < width; x++) n += row[4 * x] < 0xF0;
    return n / (double)width / height;
}

static cairo_status_t give(void *rest, unsigned char *to, unsigned n)
{
    Str *s = rest;
    if (s->n < n) return CAIRO_STATUS_READ_ERROR;
    memcpy(to, s->p, n);
    *s = str_sub(*s, n, s->n);
    return CAIRO_STATUS_SUCCESS;
}

TEST(a_picture_has_its_readers_name_drawn_over_it_and_keeps_its_size)
{
    static const struct { int width, height; } sizes[] = { { 640, 480 }, { 400, 2000 }, { 310, 70 } };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        Str out;
        CHECK_INT(mark(a, "png", png_of(a, sizes[i].width, sizes[i].height), &out), OK);
        cairo_surface_t *s = cairo_image_surface_create_from_png_stream(give, &out);
        CHECK_INT(cairo_image_surface_get_width(s), sizes[i].width);
        CHECK_INT(cairo_image_surface_get_height(s), sizes[i].height);
        CHECK(drawn_on(s) > 0.02);
        cairo_surface_destroy(s);
    }
}

TEST(a_photograph_has_its_readers_name_drawn_over_it)
{
    Str out;
    int width, height, chroma, space;
    CHECK_INT(mark(a, "jpg", jpeg_of(a, 800, 600), &out), OK);
    tjhandle t = tjInitDecompress();
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 800, 600);
    CHECK(!tjDecompressHeader3(t, (const unsigned char *)out.p, out.n, &width, &height, &chroma, &space));
    CHECK(width == 800 && height == 600);
    CHECK(!tjDecompress2(t, (const unsigned char *)out.p, out.n, cairo_image_surface_get_data(s), width, cairo_image_surface_get_stride(s), height, TJPF_BGRX, 0));
    CHECK(drawn_on(s) > 0.02);
    cairo_surface_destroy(s);
    tjDestroy(t);
}

TEST(broken_pictures_are_refused)
{
    Str png = png_of(a, 64, 64), jpeg = jpeg_of(a, 64, 64), out;
    CHECK_INT(mark(a, "png", str_sub(png, 0, png.n / 2), &out), ERR_INVALID);
    CHECK_INT(mark(a, "png", str_sub(png, 0, 12), &out), ERR_INVALID);
    CHECK_INT(mark(a, "jpg", str_sub(jpeg, 0, 100), &out), ERR_INVALID);
}

TEST(models_get_comments_that_nothing_in_a_name_can_end)
{
    static const Str hostile[] = { S_("Reader */ #1=EVIL(); /*"), S_("Ỹ\n0\nSECTION") };
    struct mark *m = mark_open(a, hostile, COUNT(hostile));
    Str out;
    CHECK_INT(mark_put(m, S("step"), S("ISO-10303-21;\nHEADER;\n"), &out), OK);
    CHECK_STR(out, S("ISO-10303-21;\n/*\n   Reader * / #1=EVIL(); /* \n   \\X2\\1EF8\\X0\\ 0 SECTION\n*/\nHEADER;\n"));
    CHECK_INT(mark_put(m, S("dxf"), S("0\nSECTION\n"), &out), OK);
    CHECK_STR(out, S("999\r\nReader */ #1=EVIL(); /*\r\n999\r\n\\U+1EF8 0 SECTION\r\n0\nSECTION\n"));
    CHECK_INT(mark_put(m, S("dxf"), S("AutoCAD Binary DXF\r\n"), &out), ERR_MISSING);
    mark_close(m);
}

TEST(what_cannot_be_marked_is_known_by_its_name)
{
    static const char *const yes[] = { "a.pdf", "a.PDF", "bản vẽ.stp", "x.y.jpeg", "a.dxf" }, *const no[] = { "a.dwg", "pdf", "a.", "", "a.docx", "a.pdf.dwg" };
    Str out;
    for (size_t i = 0; i < COUNT(yes); i++) CHECK(mark_takes(str_of(yes[i])));
    for (size_t i = 0; i < COUNT(no); i++) CHECK(!mark_takes(str_of(no[i])));
    CHECK_INT(mark(a, "dwg", S("AC1027"), &out), ERR_MISSING);
    CHECK(mark_why(ERR_MISSING).id && mark_why(ERR_BUSY).id);
}
