/*
 * html.h - the only way to make HTML.  Text is escaped because there is no call that does not; what is
 * HTML already has a type of its own, which only html_done() and template_render() make.
 *
 *     struct html h = html_make(a);
 *     html_open(&h, "a");
 *         html_href(&h, "href", url);
 *         html_text(&h, name);
 *     html_close(&h, "a");
 *     Html link = html_done(&h);
 *
 * Tag and attribute names are literals of ours.  A wrong order of calls is our own bug and stops the program.
 */
#ifndef FORMAT_HTML_H
#define FORMAT_HTML_H

#include "base/base.h"

typedef struct { Str s; } Html;                             /* whole, well-formed HTML           */

enum { HTML_DEPTH = 48 };                                   /* elements open at a time           */

struct html {
    struct buf  out;
    const char *open[HTML_DEPTH];                           /* tag names, innermost last         */
    size_t      depth;
    bool        in_tag;                                     /* "<td" is written, ">" not yet     */
};

struct html html_make(struct arena *a);
void html_open(struct html *h, const char *tag);                                /* <tag          */
void html_attr(struct html *h, const char *name, Str value);                    /*  name="value" */
void html_attr_f(struct html *h, const char *name, const char *fmt, ...) PRINTF(3, 4);
void html_class(struct html *h, const char *names);                             /*  class="..."  */
void html_flag(struct html *h, const char *name, bool on);                      /*  name         */
void html_href(struct html *h, const char *name, Str url);  /* an unsafe url becomes "#"         */
void html_text(struct html *h, Str s);                                          /* >escaped      */
void html_raw(struct html *h, Html made);                                       /* >as it is     */
void html_close(struct html *h, const char *tag);                               /* </tag>        */
void html_leaf(struct html *h, const char *tag, Str text);                      /* <tag>text</tag> */
void html_leaf_class(struct html *h, const char *tag, const char *names, Str text);
void html_link(struct html *h, Str url, const char *names, Str text);           /* <a>; names: its classes, or NULL */
Html html_done(struct html *h);                             /* everything is closed              */

/* /path (not //host), https:, http:, mailto:, tel:, #place, ?query; no control characters, no backslash. */
bool html_url_safe(Str url);
void put_html_escaped(struct buf *b, Str s);                /* & < > " ' for text and attributes  */

#endif
