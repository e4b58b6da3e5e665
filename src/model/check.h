/*
 * check.h - whether a record may be saved: required fields, the entity's own rule, the same of its children, and that those BY_KEY
 * differ in it.  (That a value is one of its kind and within its bounds was seen when it was read.)
 */
#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

#include "model/record.h"

struct problem {
    const struct entity *e;                 /* the record's, or a child's                         */
    int                  field, child;      /* child: which of the list, from 0; -1: the record's  */
    Message              what;              /* about the value: "is needed", or a whole sentence   */
    bool                 sentence;
};
struct problems { struct problem *p; size_t n, cap; };

/* What is wrong with the value of a field that is HAPPENED: a day still to come.  For whoever saves without record_check(). */
Message day_ahead(const struct work *w, const struct field *f, Val v);
void record_check(struct work *w, const struct record *r, struct problems *out);
/* "Tax code: is needed", in w->lang. */
Str  problem_str(struct work *w, const struct problem *p);

#endif
