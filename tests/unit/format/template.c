#include "format/template.h"
#include "test.h"

struct row  { Str name; bool own; Items parts; };
struct part { Str no; };
struct page { Str title; Html body; bool signed_in; Items rows; };

static const struct slot part_slots[] = { SLOT(struct part, no), SLOT_END };
static const struct slot row_slots[] = { SLOT(struct row, name), SLOT(struct row, own),
                                         SLOT_ITEMS(struct row, parts, struct part, part_slots), SLOT_END };
static const struct slot page_slots[] = { SLOT(struct page, title), SLOT(struct page, body), SLOT(struct page, signed_in),
                                          SLOT_ITEMS(struct page, rows, struct row, row_slots), SLOT_END };

/* "page" is the text given; the others are here. */
static bool find(const void *page, Str name, Str *text)
{
    if (str_is(name, "page")) *text = *(const Str *)page;
    else if (str_is(name, "name")) *text = S("<b>{{name}}</b>");
    else if (str_is(name, "loop")) *text = S("{{>loop}}");
    else return false;
    return true;
}

static enum err parse(struct arena *a, Str text, const struct template **t, Message *why)
{
    return template_parse(a, &(struct template_source){ find, &text }, S("page"), page_slots, t, why);
}

static Str render(struct arena *a, Str text, const struct page *page)
{
    const struct template *t;
    Message why;
    if (parse(a, text, &t, &why)) return message_str(a, EN, why);
    return template_render(a, t, EN, page).s;
}

static struct page example(struct arena *a)
{
    static const struct part parts[] = { { S_("1") }, { S_("2") } };
    static const struct row  rows[] = { { S_("Khuôn <A>"), true, { parts, 2 } }, { S_("B"), false, { NULL, 0 } } };
    struct html h = html_make(a);
    html_leaf(&h, "i", S("&"));
    return (struct page){ S("T & T"), html_done(&h), true, { rows, 2 } };
}

TEST(template_values_are_escaped_and_html_is_not)
{
    struct page p = example(a);
    CHECK_STR(render(a, S("<h1>{{title}}</h1>{{body}}"), &p), S("<h1>T &amp; T</h1><i>&amp;</i>"));
}

TEST(template_lists_show_each_item_and_see_what_is_around_them)
{
    struct page p = example(a);
    CHECK_STR(render(a, S("{{#rows}}[{{name}}{{#own}}*{{/own}}{{^own}}-{{/own}}{{#parts}} {{no}}/{{title}}{{/parts}}"
                          "{{^parts}} none{{/parts}}]{{/rows}}"), &p),
              S("[Khuôn &lt;A&gt;* 1/T &amp; T 2/T &amp; T][B- none]"));
    p.rows.n = 0;
    CHECK_STR(render(a, S("{{#rows}}x{{/rows}}{{^rows}}nothing{{/rows}}"), &p), S("nothing"));
}

TEST(template_sections_ask_flags_and_texts)
{
    struct page p = example(a);
    Str text = S("{{#signed_in}}in{{/signed_in}}{{^signed_in}}out{{/signed_in}}{{#title}}, titled{{/title}}{{^body}}, bare{{/body}}");
    CHECK_STR(render(a, text, &p), S("in, titled"));
    p = (struct page){ 0 };
    CHECK_STR(render(a, text, &p), S("out, bare"));
}

TEST(template_parts_see_the_names_of_where_they_stand)
{
    struct page p = example(a);
    CHECK_STR(render(a, S("{{#rows}}{{>name}}{{/rows}}"), &p), S("<b>Khuôn &lt;A&gt;</b><b>B</b>"));
}

TEST(template_sentences_may_hold_facts_which_are_escaped)
{
    struct page p = example(a);
    CHECK_STR(render(a, S("{{_Search & find}}: {{_About {1}, {2}|title|title}}"), &p),
              S("Search &amp; find: About T &amp; T, T &amp; T"));
}

TEST(template_lines_that_hold_only_a_section_leave_nothing)
{
    struct page p = example(a);
    CHECK_STR(render(a, S("<ul>\n  {{#rows}}\n  <li>{{name}}\n  {{/rows}}\n</ul>\n{{! a remark }}\n"), &p),
              S("<ul>\n  <li>Khuôn &lt;A&gt;\n  <li>B\n</ul>\n"));
}

TEST(template_mistakes_are_found_when_it_is_parsed)
{
    static const struct { const char *text, *why; } list[] = {
        { "a\nb {{titel}}", "Template page, line 2: there is nothing called “titel” here." },
        { "{{name}}", "Template page, line 1: there is nothing called “name” here." },
        { "{{rows}}", "Template page, line 1: “rows” is a list or a flag, it cannot stand as a value." },
        { "{{#rows}}", "Template page, line 1: “rows” is not closed." },
        { "{{#rows}}{{/own}}{{/rows}}", "Template page, line 1: “own” is closed, but another one is open." },
        { "{{/rows}}", "Template page, line 1: “rows” is closed, but another one is open." },
        { "x\n{{title", "Template page, line 2: {{ without its name and }}." },
        { "{{}}", "Template page, line 1: {{ without its name and }}." },
        { "{{>other}}", "Template page, line 1: there is no template “other”." },
        { "{{>loop}}", "Template loop, line 1: nested too deeply." },
        { "{{_}}", "Template page, line 1: an empty sentence." },
        { "{{_A {1}|body}}", "Template page, line 1: “body” is not a text, it cannot be a fact." },
        { "{{_A|title|title|title|title}}", "Template page, line 1: a sentence has at most three facts." },
    };
    struct page p = example(a);
    for (size_t i = 0; i < COUNT(list); i++) CHECK_STR(render(a, str_of(list[i].text), &p), str_of(list[i].why));
}

TEST(template_of_no_name_is_missing)
{
    const struct template *t;
    Message why;
    CHECK_INT(template_parse(a, &(struct template_source){ find, NULL }, S("nowhere"), page_slots, &t, &why), ERR_MISSING);
}

TEST(template_may_be_empty)
{
    struct page p = example(a);
    CHECK_STR(render(a, S(""), &p), S(""));
}
