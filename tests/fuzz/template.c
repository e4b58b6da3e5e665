/* Any text as a template: refused with its line, or rendered. */
#include "format/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct row  { Str name; bool own; };
struct page { Str title; Html body; bool flag; Items rows; };
static const struct slot row_slots[] = { SLOT(struct row, name), SLOT(struct row, own), SLOT_END };
static const struct slot page_slots[] = { SLOT(struct page, title), SLOT(struct page, body), SLOT(struct page, flag),
                                          SLOT_ITEMS(struct page, rows, struct row, row_slots), SLOT_END };

static bool find(const void *text, Str name, Str *out)
{
    *out = str_is(name, "page") ? *(const Str *)text : S("[{{title}}]\n");
    return str_is(name, "page") || str_is(name, "part");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct row rows[] = { { S_("<a>"), true }, { S_("b"), false } };
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str text = { (const char *)data, n };
    const struct template *t;
    Message why = NO_MESSAGE;
    if (n > 4096) return 0;                             /* a part may be itself: keep that small */
    if (template_parse(&a, &(struct template_source){ find, &text }, S("page"), page_slots, &t, &why)) {
        MUST(why.id);
    } else {
        struct page page = { S("T&T"), { S("<i>") }, true, { rows, COUNT(rows) } };
        template_render(&a, t, VI, &page);
        template_render(&a, t, EN, &(struct page){ 0 });
    }
    arena_free(&a);
    return 0;
}
