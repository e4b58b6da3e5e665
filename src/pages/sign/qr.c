#include "pages/sign/sign.h"

#include "format/svg.h"

#include <qrencode.h>
#include <stdlib.h>

enum { QUIET = 4 };                                         /* light modules around it, as the standard asks */

/* One path: a line of height 1 for each run of dark modules. */
static Str dark_modules(struct arena *a, const QRcode *code)
{
    struct buf b = buf_make(a);
    for (int y = 0; y < code->width; y++)
        for (int x = 0, run; x < code->width; x += run + 1) {
            for (run = 0; x + run < code->width && code->data[y * code->width + x + run] & 1; run++) {}
            if (run) put_f(&b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
        }
    return buf_str(&b);
}

Html qr_svg(struct arena *a, Str title, Str text)
{
    struct html h = html_make(a);
    QRcode *code = QRcode_encodeString8bit(str_z(a, text), 0, QR_ECLEVEL_M);
    MUST(code);                                             /* our own text: far below what a code can hold */
    svg_open(&h, "qr", title, code->width + 2 * QUIET, code->width + 2 * QUIET);
    html_attr(&h, "shape-rendering", S("crispEdges"));
    html_open(&h, "path");
    html_attr(&h, "d", dark_modules(a, code));
    html_close(&h, "path");
    html_close(&h, "svg");
    QRcode_free(code);
    return html_done(&h);
}
