/*
 * view.h - the records of any entity on a page, as a list or one by one, read from its table.  Parts of a page only: the shell
 * around them is pages'.  Values are shown in w->lang; what the reader may not see is left out; a missing translation is marked
 * with its language.
 *
 * Classes that the style sheet knows, beside those of format/table.h: facts (a dl), record-section, pair-missing, badge (with badge-good or badge-bad: whether a child is in force; the word says it too).
 */
#ifndef MODEL_VIEW_H
#define MODEL_VIEW_H

#include "model/list/list.h"

/* Where a record's own page is: base is "/en/data/enterprises"; base/ID is the record. */
Html list_html(struct work *w, const struct entity *e, const struct records *list, Str base);
/* A list to work on, as its reader wants it. */
struct list_look {
    Str        base;                        /* as above; empty: its records have no page          */
    const int *columns;                     /* fields in this order; n 0: those that are LISTED   */
    size_t     n;
    bool       select;                      /* a box named "id" before each row                   */
    Str        order_url;                   /* headings lead to this followed by "FIELD" or "-FIELD"; empty: they do not */
    Str        order;                       /* what it is ordered by now                          */
};
Html list_table_html(struct work *w, const struct entity *e, const struct records *list, const struct list_look *look);
Html detail_html(struct work *w, const struct record *r);               /* all of both following   */
/* Its own fields, or a table of each list of children: the n fields named, in that order; NULL: all, in the order of the table. */
Html facts_html(struct work *w, const struct record *r, const int *fields, size_t n);
Html sections_html(struct work *w, const struct record *r, const int *fields, size_t n);

#endif
