/*
 * xml.h - walks a big XML document piece by piece, for sheets of a hundred megabytes.
 *
 * A scanner of our own because expat alone takes twice as long as reading the whole workbook of bench/xlsx does with
 * this one; tests hold it against expat.  It knows elements, attributes, text, CDATA, comments, the five entities and
 * numeric ones; it is lenient about names and about which tag closes which, and strict where it matters: nothing
 * is expanded, a DOCTYPE is refused, a document that ends early is an error, a single piece is at most
 * XML_PIECE bytes.  Prefixes of names are dropped.  UTF-8 only, which is what spreadsheet programs write.
 */
#ifndef FORMAT_XML_H
#define FORMAT_XML_H

#include "base/base.h"

enum { XML_PIECE = 512 << 10 };

enum xml_token { XML_OPEN, XML_CLOSE, XML_TEXT, XML_END };  /* <a/> is an OPEN and a CLOSE       */

struct xml_source {                                         /* *got is 0 at the end              */
    enum err (*read)(void *context, char *to, size_t room, size_t *got, Message *why);
    void     *context;
};

struct xml {
    struct xml_source from;
    Message          *why;
    Str               title;                                /* what the document is, for messages */
    char             *p;
    size_t            at, end, depth;
    bool              ended;                                /* the source has no more            */
    bool              closing;                              /* the CLOSE of <a/> comes next      */
    bool              cdata;                                /* TEXT without entities             */
    Str               name;                                 /* OPEN, CLOSE: without its prefix   */
    Str               attributes;                           /* OPEN: as they stand               */
    Str               text;                                 /* TEXT: as it stands                */
};

/* Takes its window from the arena, or that of `x` if it has been used before. */
void     xml_start(struct arena *a, struct xml *x, struct xml_source from, Str title, Message *why);
/* What the token says is valid until the next call.  ERR_INVALID, ERR_TOO_BIG, or what the source says. */
enum err xml_next(struct xml *x, enum xml_token *token) MUST_USE;
/* Takes <name>text</name> at once, which is nearly all of a sheet, if it comes next and is plain; else nothing. */
bool     xml_take_leaf(struct xml *x, Str name);
static inline bool xml_is(const struct xml *x, Str name) { return str_eq(x->name, name); }

/* Walks attributes, whose values are as they stand; *rest begins as x->attributes. */
bool     xml_attribute_next(Str *rest, Str *name, Str *value);
/* The value of one, decoded; empty if there is none. */
enum err xml_attribute(struct arena *a, const struct xml *x, Str name, Str *value) MUST_USE;
/* Appends x->text with entities as characters, CR LF as LF, without other control characters. */
enum err xml_put_text(const struct xml *x, struct buf *out) MUST_USE;

enum err xml_damaged(const struct xml *x) MUST_USE;         /* ERR_INVALID with its sentence     */

#endif
