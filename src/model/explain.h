/*
 * explain.h - why somebody may see or do something, or may not: what rights.h decides, taken apart for people, row by row of the
 * table of rights.  It asks about w->actor.  What it says of no record in particular tells nothing of any record.
 */
#ifndef MODEL_EXPLAIN_H
#define MODEL_EXPLAIN_H

#include "model/rights.h"

enum standing {
    RIGHT_HOLDS,
    RIGHT_DEPENDS,                          /* of no record in particular: it holds for some       */
    RIGHT_OF_OTHERS,                        /* the account has none of its roles                  */
    RIGHT_UNMARKED,                         /* the account has no organisation, ward ... to compare with */
    RIGHT_OF_OTHER_ROWS,                    /* the record is not among its rows                   */
};
/* r: the record, which the one who is told may see; NULL: none in particular. */
enum standing right_standing(const struct work *w, const struct right *right, const struct record *r);
Message standing_said(const struct right *right, enum standing standing);

/* Why a field of a record with this reach is not seen, or not written; NO_MESSAGE: it is.  fresh: the record is being made. */
Message why_not_seen(const struct work *w, const struct entity *e, const struct field *f, struct reach reach);
Message why_not_written(const struct work *w, const struct entity *e, const struct field *f, struct reach reach, bool fresh);
/* Who has a right to these verbs that reaches the field (NULL: any). */
Roles   who_may(const struct entity *e, unsigned verbs, const struct field *f);

Str     verb_names(struct arena *a, enum lang l, unsigned verbs);       /* "read, change" in words */
/* The table of rights of an entity; standing: with how each stands to the actor and r (which may be NULL). */
Html    rights_html(struct work *w, const struct entity *e, bool standing, const struct record *r);

#endif
