/* The scanner against expat: of any document that expat takes, both tell the same. */
#include "format/xml.h"
#include "test.h"

#include <expat.h>

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

static enum err tell(struct arena *a, Str document, size_t step, struct buf *out, Message *why)
{
    struct memory  m = { document, step };
    struct xml     x = { 0 };
    enum xml_token token;
    Str            rest, name, value;
    xml_start(a, &x, (struct xml_source){ read_memory, &m }, S("test"), why);
    for (;;) {
        TRY(xml_next(&x, &token));
        if (token == XML_END) return OK;
        if (token == XML_TEXT) TRY(xml_put_text(&x, out));
        else put_f(out, token == XML_OPEN ? "<%.*s" : "</%.*s>", FMT(x.name));
        if (token != XML_OPEN) continue;
        for (rest = x.attributes; xml_attribute_next(&rest, &name, &value);) {
            Str decoded;
            TRY(xml_attribute(a, &x, name, &decoded));
            put_f(out, " %.*s=%.*s", FMT(name), FMT(decoded));
        }
        put_c(out, '>');
    }
}

static void on_open(void *out, const char *name, const char **attributes)
{
    put_f(out, "<%s", name);
    for (; *attributes; attributes += 2) put_f(out, " %s=%s", attributes[0], attributes[1]);
    put_c(out, '>');
}
static void on_close(void *out, const char *name) { put_f(out, "</%s>", name); }
static void on_text(void *out, const char *s, int n) { put(out, (Str){ s, (size_t)n }); }

static bool expat_tells(Str document, struct buf *out)
{
    XML_Parser p = XML_ParserCreate("UTF-8");
    XML_SetUserData(p, out);
    XML_SetElementHandler(p, on_open, on_close);
    XML_SetCharacterDataHandler(p, on_text);
    bool ok = XML_Parse(p, document.p, (int)document.n, 1) == XML_STATUS_OK;
    XML_ParserFree(p);
    return ok;
}

TEST(xml_is_told_as_expat_tells_it_however_it_arrives)
{
    static const char *const list[] = {
        "<a/>",
        "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- <x> --><a b='1>2' c = \"'\" >x<b/>y</a>\n",
        "<a>&lt;&amp;&gt;&quot;&apos;&#7845;&#x1EA5;</a>",
        "<a><![CDATA[<&amp;]] >]]>t<!-- c --><?p ?></a>",
        "<a>line\r\nline\rline</a >",
        "<row r=\"1\" spans=\"1:2\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"/></row>",
        "<a x=\"&lt;&#10;&#9;\">Khuôn mẫu</a>",
    };
    for (size_t i = 0; i < COUNT(list); i++)
        for (size_t step = 1; step < 20; step += 3) {
            struct buf ours = buf_make(a), theirs = buf_make(a);
            Message why;
            CHECK(expat_tells(str_of(list[i]), &theirs));
            CHECK_INT(tell(a, str_of(list[i]), step, &ours, &why), OK);
            CHECK_STR(buf_str(&ours), buf_str(&theirs));
        }
}

TEST(xml_that_is_broken_or_dangerous_is_refused)
{
    static const char *const list[] = {
        "<a>", "<a", "<a></a></a>", "text", "<a/>text", "<a>&unknown;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>", "<a>\xFF</a>",
        "<a>&lt</a>", "<a><!-- </a>", "<a><![CDATA[</a>", "<>", "</a>", "<![CDATA[x]]>", "<a x='</a>", "<",
        "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        struct buf out = buf_make(a);
        Message why = NO_MESSAGE;
        CHECK_INT(tell(a, str_of(list[i]), 7, &out, &why), ERR_INVALID);
        CHECK(why.id);
    }
}

TEST(xml_drops_prefixes_and_control_characters)
{
    struct buf out = buf_make(a);
    Message why;
    CHECK_INT(tell(a, S("<x:a x:b='1'>1&#1;2\x02" "3&#13;</x:a>"), 64, &out, &why), OK);
    CHECK_STR(buf_str(&out), S("<a b=1>123</a>"));
}

TEST(xml_pieces_have_a_longest_length)
{
    char *p = NEW_ARRAY(a, char, XML_PIECE + 10);
    struct buf out = buf_make(a);
    Message why;
    memset(p, 'x', XML_PIECE + 10);
    memcpy(p, "<a>", 3);
    CHECK_INT(tell(a, (Str){ p, XML_PIECE + 10 }, 1 << 20, &out, &why), ERR_TOO_BIG);
}

TEST(xml_leaves_are_taken_at_once_only_when_they_are_plain)
{
    struct memory  m = { S("<c><v>12</v><v>1<!-- --></v><w>3</w></c>"), 100 };
    struct xml     x = { 0 };
    enum xml_token token;
    Message        why;
    xml_start(a, &x, (struct xml_source){ read_memory, &m }, S("test"), &why);
    CHECK(!xml_take_leaf(&x, S("v")));
    CHECK_INT(xml_next(&x, &token), OK);
    CHECK(xml_take_leaf(&x, S("v")));
    CHECK_STR(x.text, S("12"));
    CHECK(!xml_take_leaf(&x, S("v")));
    CHECK_INT(xml_next(&x, &token), OK);
    CHECK(token == XML_OPEN && xml_is(&x, S("v")));
}
