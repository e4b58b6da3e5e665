/*
 * shell.h - the frame every page of the portal stands in, and what handlers need to work: the snapshot and a `work` for the reader.
 */
#ifndef PAGES_SHELL_H
#define PAGES_SHELL_H

#include "format/template.h"
#include "model/list/list.h"
#include "pages/snapshot.h"
#include "web/route.h"

enum section { SECTION_NONE, SECTION_HOME, SECTION_MATCH, SECTION_DEMANDS, SECTION_DIRECTORY, SECTION_PROGRAMME, SECTION_ACTIVITIES, SECTION_ZONES, SECTION_DATA, SECTION_WORKSPACE };

struct page {
    Str          title, description;        /* description: for search engines; may be empty      */
    enum section section;
    Html         content;
    bool         own_search;                /* the page has a search box itself                   */
    Str          json_ld;                   /* a JSON document (json.h), or empty                 */
    Str          refresh;                   /* seconds after which it is loaded again where no script does better; or empty */
};

void     shell_prepare(struct arena *forever);
enum err shell_reply(struct request *q, struct reply *r, const struct page *p);
void     put_page_head(struct html *h, Str title, Str lead);  /* the title of the content; lead may be empty */
void     shell_error(struct request *q, struct reply *r, Message why);

/* A template of web/templates, parsed at start; a wrong one stops the program and says where. */
const struct template *template_load(struct arena *forever, const char *name, const struct slot *slots);

struct work page_work(struct request *q);                   /* a visitor's                        */
const struct snapshot *page_snapshot(const struct request *q);
/* The state of the page as name=value pairs. */
const struct asked *page_asked(const struct request *q, size_t *n);
Str  page_number(struct work *w, int64_t v);                /* 1.234 or 1,234                     */
Str  page_date(struct work *w, int64_t at);                 /* an instant's date for people       */

#endif
