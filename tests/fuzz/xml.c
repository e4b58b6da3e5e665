/* Any bytes as XML, arriving in pieces of any size: what expat takes, the scanner takes and tells the same. */
#include "format/xml.h"

#include <expat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct memory { Str rest; size_t step; };

static enum err read_memory(void *context, char *to, size_t room, size_t *got, UNUSED Message *why)
{
    struct memory *m = context;
    Str part = str_sub(m->rest, 0, room < m->step ? room : m->step);
    if (part.n) memcpy(to, part.p, part.n);
    m->rest = str_sub(m->rest, part.n, SIZE_MAX);
    *got = part.n;
    return OK;
}

static enum err tell(struct arena *a, struct memory *m, struct buf *out, Message *why)
{
    struct xml     x = { 0 };
    enum xml_token token;
    Str            rest, name, value;
    xml_start(a, &x, (struct xml_source){ read_memory, m }, S("test"), why);
    for (;;) {
        TRY(xml_next(&x, &token));
        if (token == XML_END) return OK;
        if (token == XML_TEXT) TRY(xml_put_text(&x, out));
        else put_f(out, token == XML_OPEN ? "<%.*s" : "</%.*s>", FMT(x.name));
        if (token != XML_OPEN) continue;
        for (rest = x.attributes; xml_attribute_next(&rest, &name, &value);) put_f(out, " %.*s", FMT(name));
        put_c(out, '>');
    }
}

static void on_open(void *out, const char *name, const char **attributes)
{
    put_f(out, "<%s", name);
    for (; *attributes; attributes += 2) put_f(out, " %s", attributes[0]);
    put_c(out, '>');
}
static void on_close(void *out, const char *name) { put_f(out, "</%s>", name); }
static void on_text(void *out, const char *s, int n)
{
    for (int i = 0; i < n; i++)                         /* ours drops control characters         */
        if (s[i] != '\r' && s[i] != 0x7f) put_c(out, s[i]);
}

/* Only what the scanner is for: no DOCTYPE, no prefixes, UTF-8. */
static bool expat_tells(Str document, struct buf *out)
{
    if (str_has(document, S("<!DOCTYPE")) || memchr(document.p, ':', document.n) || str_has(document, S("encoding"))) return false;
    XML_Parser p = XML_ParserCreate("UTF-8");
    XML_SetUserData(p, out);
    XML_SetElementHandler(p, on_open, on_close);
    XML_SetCharacterDataHandler(p, on_text);
    bool ok = XML_Parse(p, document.p, (int)document.n, 1) == XML_STATUS_OK;
    XML_ParserFree(p);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 2) return 0;
    struct arena  a = arena_make((size_t)256 << 20, NULL);
    struct memory m = { { (const char *)data + 1, n - 1 }, (size_t)data[0] + 1 };
    struct buf    ours = buf_make(&a), theirs = buf_make(&a);
    Message       why = NO_MESSAGE;
    bool          taken = expat_tells(m.rest, &theirs);
    enum err      e = tell(&a, &m, &ours, &why);
    MUST(!e == !why.id);
    MUST(!taken || (!e && str_eq(buf_str(&ours), buf_str(&theirs))));
    arena_free(&a);
    return 0;
}
