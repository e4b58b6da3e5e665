#include "format/html.h"
#include "test.h"

static Str link_to(struct arena *a, Str url)
{
    struct html h = html_make(a);
    html_open(&h, "a");
    html_href(&h, "href", url);
    html_text(&h, S("x"));
    html_close(&h, "a");
    return html_done(&h).s;
}

TEST(html_text_and_attributes_are_escaped)
{
    struct html h = html_make(a);
    html_open(&h, "p");
    html_class(&h, "wide");
    html_attr(&h, "title", S("\"<'&>"));
    html_attr_f(&h, "data-n", "%d&%s", 3, "<");
    html_flag(&h, "hidden", true);
    html_flag(&h, "inert", false);
    html_text(&h, S("Khuôn <b> & \"đúc\""));
    html_open(&h, "br");
    html_leaf(&h, "i", S("'"));
    html_close(&h, "p");
    CHECK_STR(html_done(&h).s, S("<p class=\"wide\" title=\"&quot;&lt;&#39;&amp;&gt;\" data-n=\"3&amp;&lt;\" hidden>"
                                 "Khuôn &lt;b&gt; &amp; &quot;đúc&quot;<br><i>&#39;</i></p>"));
}

TEST(html_made_elsewhere_is_taken_as_it_is)
{
    struct html inner = html_make(a), outer = html_make(a);
    html_leaf(&inner, "b", S("<"));
    html_open(&outer, "p");
    html_raw(&outer, html_done(&inner));
    html_close(&outer, "p");
    CHECK_STR(html_done(&outer).s, S("<p><b>&lt;</b></p>"));
}

TEST(html_links_lead_only_where_it_is_safe)
{
    static const char *const safe[] = { "/", "/en/?q=a&b", "https://hanoi.gov.vn/", "http://a.vn", "mailto:a@b.vn",
                                        "tel:+842438250000", "#top", "?page=2" };
    static const char *const unsafe[] = { "", "javascript:alert(1)", "JAVASCRIPT:1", "//evil.vn", "/\\evil.vn", "\\\\evil.vn",
                                          "/\t/evil.vn", " https://a.vn", "data:text/html,x", "vbscript:x", "a.html", "https:a\n" };
    for (size_t i = 0; i < COUNT(safe); i++) CHECK(html_url_safe(str_of(safe[i])));
    for (size_t i = 0; i < COUNT(unsafe); i++) CHECK(!html_url_safe(str_of(unsafe[i])));
    CHECK_STR(link_to(a, S("/a?b=\"c\"")), S("<a href=\"/a?b=&quot;c&quot;\">x</a>"));
    CHECK_STR(link_to(a, S("javascript:alert(1)")), S("<a href=\"#\">x</a>"));
}
