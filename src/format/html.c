#include "format/html.h"

#include <stdio.h>

struct html html_make(struct arena *a)
{
    return (struct html){ .out = buf_make(a) };
}

void put_html_escaped(struct buf *b, Str s)
{
    static const bool special[256] = { ['<'] = 1, ['>'] = 1, ['&'] = 1, ['"'] = 1, ['\''] = 1 };
    static const char *const with[256] = {
        ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;", ['\''] = "&#39;",
    };
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && !special[(unsigned char)s.p[i]]) i++;
        put(b, str_sub(s, from, i - from));
        if (i < s.n) put_z(b, with[(unsigned char)s.p[i++]]);
    }
}

static void end_tag(struct html *h)
{
    if (h->in_tag) put_c(&h->out, '>');
    h->in_tag = false;
}

static bool is_void(const char *tag)                /* has no content and no closing tag         */
{
    static const char *const list[] = {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };
    for (size_t i = 0; i < COUNT(list); i++)
        if (!strcmp(tag, list[i])) return true;
    return false;
}

void html_open(struct html *h, const char *tag)
{
    end_tag(h);
    put_c(&h->out, '<');
    put_z(&h->out, tag);
    h->in_tag = true;
    if (is_void(tag)) return;
    MUST(h->depth < HTML_DEPTH);
    h->open[h->depth++] = tag;
}

void html_attr(struct html *h, const char *name, Str value)
{
    html_flag(h, name, true);
    put(&h->out, S("=\""));
    put_html_escaped(&h->out, value);
    put_c(&h->out, '"');
}

void html_attr_f(struct html *h, const char *name, const char *fmt, ...)
{
    char z[256];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(z, sizeof z, fmt, ap);
    va_end(ap);
    MUST(n >= 0 && (size_t)n < sizeof z);
    html_attr(h, name, (Str){ z, (size_t)n });
}

void html_class(struct html *h, const char *names) { html_attr(h, "class", str_of(names)); }

void html_flag(struct html *h, const char *name, bool on)
{
    MUST(h->in_tag);
    if (!on) return;
    put_c(&h->out, ' ');
    put_z(&h->out, name);
}

bool html_url_safe(Str url)
{
    static const Str scheme[] = { S_("https://"), S_("http://"), S_("mailto:"), S_("tel:"), S_("#"), S_("?") };
    for (size_t i = 0; i < url.n; i++)              /* browsers drop tabs and take \ for /       */
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == '\\' || url.p[i] == 0x7f) return false;
    if (str_starts(url, S("/"))) return !str_starts(url, S("//"));
    for (size_t i = 0; i < COUNT(scheme); i++)
        if (str_starts(url, scheme[i])) return true;
    return false;
}

void html_href(struct html *h, const char *name, Str url)
{
    html_attr(h, name, html_url_safe(url) ? url : S("#"));
}

void html_text(struct html *h, Str s)
{
    end_tag(h);
    put_html_escaped(&h->out, s);
}

void html_raw(struct html *h, Html made)
{
    end_tag(h);
    put(&h->out, made.s);
}

void html_close(struct html *h, const char *tag)
{
    end_tag(h);
    MUST(h->depth && !strcmp(h->open[h->depth - 1], tag));
    h->depth--;
    put(&h->out, S("</"));
    put_z(&h->out, tag);
    put_c(&h->out, '>');
}

void html_leaf(struct html *h, const char *tag, Str text)
{
    html_open(h, tag);
    html_text(h, text);
    html_close(h, tag);
}

void html_leaf_class(struct html *h, const char *tag, const char *names, Str text)
{
    html_open(h, tag);
    html_class(h, names);
    html_text(h, text);
    html_close(h, tag);
}

void html_link(struct html *h, Str url, const char *names, Str text)
{
    html_open(h, "a");
    if (names) html_class(h, names);
    html_href(h, "href", url);
    html_text(h, text);
    html_close(h, "a");
}

Html html_done(struct html *h)
{
    MUST(!h->depth);
    end_tag(h);
    return (Html){ buf_str(&h->out) };
}
