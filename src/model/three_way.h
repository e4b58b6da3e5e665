/*
 * three_way.h - two people changed one record: what one of them saw, what it is now, and what they typed, laid together field by
 * field.  Changes to different fields go together by themselves; the same field set differently is a conflict that a person
 * decides.  Children are told apart by id, and compared field by field too.
 */
#ifndef MODEL_THREE_WAY_H
#define MODEL_THREE_WAY_H

#include "model/record.h"

enum pick { PICK_NONE, PICK_THEIRS, PICK_MINE };
struct picked { Str key; enum pick pick; };
struct picks { struct picked *p; size_t n, cap; };

struct conflict {
    Str                 key;                /* "phone", "products.17.name"; "products.17": the whole child */
    const struct field *f;                  /* the field; of a whole child the list it stands in  */
    Str                 child;              /* title of the child; empty: the record itself       */
    Str                 base, theirs, mine; /* for people, in w->lang; empty: nothing             */
    enum pick           pick;               /* as was decided                                     */
};
struct conflicts { struct conflict *p; size_t n, cap; size_t open; };       /* open: not yet decided */

/* The record to save; where a conflict is open it has theirs.  Conflicts that are decided are listed too. */
struct record *three_way(struct work *w, const struct record *base, const struct record *theirs, const struct record *mine,
                         const struct picks *picks, struct conflicts *out);

#endif
