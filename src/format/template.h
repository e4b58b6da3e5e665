/*
 * template.h - pages as text, checked when they are loaded.
 *
 *   {{name}}                   the value, escaped (a slot of type Html: as it is)
 *   {{#name}}..{{/name}}       a list: once for each item; a flag: if set; text: if not empty
 *   {{^name}}..{{/name}}       a list: if empty; a flag: if not set; text: if empty
 *   {{>part}}                  another template, which sees the same names
 *   {{_Sentence}}              the sentence in the reader's language
 *   {{_Page {1} of {2}|page|pages}}    the same with facts: text slots, escaped
 *   {{! remark }}              nothing
 *
 * The data are a plain C struct and the slots are a const table of its members, so that what a template may
 * name is written once and the compiler has checked its type:
 *
 *     struct row  { Str name; bool own; };
 *     struct page { Str title; Html body; Items rows; };
 *     static const struct slot row_slots[]  = { SLOT(struct row, name), SLOT(struct row, own), SLOT_END };
 *     static const struct slot page_slots[] = { SLOT(struct page, title), SLOT(struct page, body),
 *                                               SLOT_ITEMS(struct page, rows, struct row, row_slots), SLOT_END };
 *
 * Inside a list the names of the item come first, then those around it.  A wrong name stops the server at
 * start and fails in CI; it never stands in front of a reader.
 */
#ifndef FORMAT_TEMPLATE_H
#define FORMAT_TEMPLATE_H

#include "format/html.h"

#include <stddef.h>

typedef struct { const void *p; size_t n; } Items;          /* n structs in a row                */
#define ITEMS(list)  ((Items){ (list).p, (list).n })        /* of something GROWn                */

enum slot_type { SLOT_TEXT, SLOT_HTML, SLOT_FLAG, SLOT_LIST };

struct slot {
    const char        *name;
    enum slot_type     type;
    size_t             offset;                              /* of the member in its struct       */
    const struct slot *item;                                /* SLOT_LIST: what an item holds     */
    size_t             size;                                /* SLOT_LIST: bytes of an item       */
};
#define SLOT(T, member)                                                                         \
    { .name = #member, .offset = offsetof(T, member),                                           \
      .type = _Generic(((T *)0)->member, Str: SLOT_TEXT, Html: SLOT_HTML, bool: SLOT_FLAG) }
#define SLOT_ITEMS(T, member, Item, slots)                                                      \
    { .name = #member, .offset = offsetof(T, member), .item = (slots), .size = sizeof(Item),    \
      .type = _Generic(((T *)0)->member, Items: SLOT_LIST) }
#define SLOT_END { .name = NULL }

/* Where texts of templates come from: false if there is none of this name. */
struct template_source {
    bool (*find)(const void *context, Str name, Str *text);
    const void *context;
};

struct template;

/*
 * Parses the template `name` and all its parts.  Borrows the texts for as long as the template lives.  Sentences
 * are translated here, so translations are loaded before.  ERR_MISSING: no such text; ERR_INVALID: it is wrong,
 * and why says in which template, on which line and what.
 */
enum err template_parse(struct arena *a, const struct template_source *from, Str name,
                        const struct slot *slots, const struct template **out, Message *why) MUST_USE;

/* data is the struct the slots were made of. */
Html template_render(struct arena *a, const struct template *t, enum lang l, const void *data);

#endif
