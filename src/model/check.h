/* check.h - whether a record may be saved: required fields, bounds of its kinds, the entity's own rule, its children's. */
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

void record_check(struct work *w, const struct record *r, struct problems *out);
/* "Tax code: is needed", in w->lang. */
Str  problem_str(struct work *w, const struct problem *p);

#endif
