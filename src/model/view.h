/*
 * view.h - any entity on a page: list, record, history, data dictionary, read from its table.  Parts of a page only: the shell around them is
 * pages'.  Values are shown in w->lang; what the reader may not see is left out; a missing translation is marked with its
 * language.
 *
 * Classes that the style sheet knows: record-table (its cells carry data-label for narrow screens), facts (a dl), record-section,
 * history, pair-missing, badge (with badge-good or badge-bad: whether a child is in force; the word says it too).
 */
#ifndef MODEL_VIEW_H
#define MODEL_VIEW_H

#include "model/change.h"
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
/* Around the rows of any table like these: cells need data-label. */
void table_open(struct html *h, Str label);
void table_close(struct html *h);
/* Its own fields, or a table of each list of children: the n fields named, in that order; NULL: all, in the order of the table. */
Html facts_html(struct work *w, const struct record *r, const int *fields, size_t n);
Html sections_html(struct work *w, const struct record *r, const int *fields, size_t n);
/*
 * For who may change the record: a field can be put back to what it was before an entry, at back_url?field=NAME&seq=ENTRY, for the
 * fields of e that `back` says; a whole edit can be taken back at undo_url followed by its number (empty: none can).
 */
struct history_look { const struct entity *e; Str back_url, undo_url; const bool *back; };
/* depth: how much of the record its reader sees (rights.h).  look: NULL: it is only read. */
Html history_html(struct work *w, const struct entity *e, enum depth depth, const struct changes *log, const struct history_look *look);
/* Every entity with its fields, kinds, bounds, lists and who may read; and the reference lists with their versions. */
Html dictionary_html(struct work *w, Str base);

#endif
