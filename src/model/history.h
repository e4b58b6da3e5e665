/*
 * history.h - what happened to a record, for its readers: each entry of the change log with what was, what is, when, by whom and
 * from which file.  Values are shown in w->lang; what the reader may not see is left out.  An ol of the class history.
 */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include "format/html.h"
#include "model/change.h"

/*
 * For who may change the record: a field can be put back to what it was before an entry, at back_url?field=NAME&seq=ENTRY, for the
 * fields of e that `back` says; a whole edit can be taken back at undo_url followed by its number (empty: none can).
 */
struct history_look { const struct entity *e; Str back_url, undo_url; const bool *back; };
/* depth: how much of the record its reader sees (rights.h).  look: NULL: it is only read. */
Html history_html(struct work *w, const struct entity *e, enum depth depth, const struct changes *log, const struct history_look *look);

#endif
