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
#include "model/list.h"

/* Where a record's own page is: base is "/en/data/enterprises"; base/ID is the record. */
Html list_html(struct work *w, const struct entity *e, const struct records *list, Str base);
Html detail_html(struct work *w, const struct record *r);               /* all of both following   */
/* Its own fields, or a table of each list of children: the n fields named, in that order; NULL: all, in the order of the table. */
Html facts_html(struct work *w, const struct record *r, const int *fields, size_t n);
Html sections_html(struct work *w, const struct record *r, const int *fields, size_t n);
/* depth: how much of the record its reader sees (rights.h). */
Html history_html(struct work *w, const struct entity *e, enum depth depth, const struct changes *log);
/* Every entity with its fields, kinds, bounds, lists and who may read; and the reference lists with their versions. */
Html dictionary_html(struct work *w, Str base);

#endif
