/* mark_text.c - marks as comments.  Comments are ASCII whatever the reader is called: both formats have their own way to write other letters. */
#include "format/mark/marking.h"

#include "base/unicode.h"

static void put_ascii(struct buf *b, Str line, const char *letter, const char *letter_end)
{
    for (const char *p = line.p, *end = line.p + line.n; p < end;) {
        uint32_t c = utf8_next(&p, end);
        if (c < 0x80) put_c(b, (char)c);
        else put_f(b, c > 0xFFFF ? "?" : "%s%04X%s", letter, (unsigned)c, letter_end);
    }
}

/* DXF: group 999 is a comment.  Before the first section, where readers of all versions take it. */
enum err mark_dxf(struct mark *m, Str bytes, Str *out)
{
    struct buf b = buf_make(m->a);
    if (str_starts(bytes, S("AutoCAD Binary DXF"))) return ERR_MISSING;
    for (size_t i = 0; i < m->n; i++) {
        put(&b, S("999\r\n"));
        put_ascii(&b, m->lines[i], "\\U+", "");
        put(&b, S("\r\n"));
    }
    put(&b, bytes);
    *out = buf_str(&b);
    return OK;
}

/* STEP (ISO 10303-21): a comment after the first line.  The end of a comment inside it is drawn apart. */
enum err mark_step(struct mark *m, Str bytes, Str *out)
{
    static const char begin[] = "ISO-10303-21;";
    struct buf b = buf_make(m->a), text = buf_make(m->a);
    if (!str_starts(bytes, S("ISO-10303-21;"))) return ERR_INVALID;
    for (size_t i = 0; i < m->n; i++) {
        put(&text, S("\n   "));
        put_ascii(&text, m->lines[i], "\\X2\\", "\\X0\\");
    }
    put_z(&b, begin);
    put(&b, S("\n/*"));
    for (size_t i = 0; i < text.n; i++) {
        put_c(&b, text.p[i]);
        if (text.p[i] == '*') put_c(&b, ' ');
    }
    put(&b, S("\n*/"));
    put(&b, str_sub(bytes, sizeof begin - 1, bytes.n));
    *out = buf_str(&b);
    return OK;
}
