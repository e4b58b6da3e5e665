/* demo_drawing.c - a drawing for a demonstration: one page of PDF with a part in two views, its frame and its title block (ISO 32000-1). */
#include "programme/demo_parts.h"

enum { OBJECTS = 5 };

static Str page_content(struct arena *a, const char *title, const char *number)
{
    return str_f(a, "1 w 30 30 782 535 re S 560 30 252 90 re S 560 75 m 812 75 l S\n"
                    "120 240 260 180 re S 150 270 200 120 re S 250 330 m 250 330 l S\n"
                    "540 330 m 540 374 504 410 460 410 c 416 410 380 374 380 330 c S\n"
                    "0.5 w [12 4 2 4] 0 d 90 330 m 620 330 l S 250 220 m 250 440 l S [] 0 d\n"
                    "BT /F1 13 Tf 570 92 Td (%s) Tj 0 -38 Td (%s   Scale 1:2   A4) Tj ET\n"
                    "BT /F1 10 Tf 230 205 Td (260 +/-0.05) Tj 160 220 Td (R80) Tj ET\n", title, number);
}

Str demo_drawing(struct arena *a, const char *title, const char *number)
{
    Str content = page_content(a, title, number);
    const Str object[OBJECTS] = {
        S("<< /Type /Catalog /Pages 2 0 R >>"),
        S("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        S("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"),
        str_f(a, "<< /Length %zu >>\nstream\n%.*sendstream", content.n, FMT(content)),
        S("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
    };
    size_t at[OBJECTS];
    struct buf b = buf_make(a);
    put_z(&b, "%PDF-1.4\n");
    for (int i = 0; i < OBJECTS; i++) {
        at[i] = b.n;
        put_f(&b, "%d 0 obj\n%.*s\nendobj\n", i + 1, FMT(object[i]));
    }
    size_t table = b.n;
    put_f(&b, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (int i = 0; i < OBJECTS; i++) put_f(&b, "%010zu 00000 n \n", at[i]);
    put_f(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1, table);
    return buf_str(&b);
}
