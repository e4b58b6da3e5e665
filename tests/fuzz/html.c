/* Any text: escaped, it holds nothing that ends a text or an attribute, and unescaped it is what it was.  A safe link stays
 * on this site or names a scheme we know. */
#include "format/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static Str unescaped(struct arena *a, Str s)
{
    static const Str from[] = { S_("&lt;"), S_("&gt;"), S_("&amp;"), S_("&quot;"), S_("&#39;") };
    struct buf b = buf_make(a);
    while (s.n) {
        size_t i = 0;
        while (i < COUNT(from) && !str_starts(s, from[i])) i++;
        MUST(i < COUNT(from) || s.p[0] != '&');
        put_c(&b, i < COUNT(from) ? "<>&\"'"[i] : s.p[0]);
        s = str_sub(s, i < COUNT(from) ? from[i].n : 1, SIZE_MAX);
    }
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str text = { (const char *)data, n };
    struct buf b = buf_make(&a);
    put_html_escaped(&b, text);
    for (size_t i = 0; i < b.n; i++) MUST(!memchr("<>\"'", b.p[i], 4));
    MUST(str_eq(unescaped(&a, buf_str(&b)), text));
    for (size_t i = 0; i < n && html_url_safe(text); i++) MUST(data[i] > ' ' && data[i] != '\\');
    if (html_url_safe(text)) MUST(!str_starts(text, S("//")));
    arena_free(&a);
    return 0;
}
