/*
 * bulk.h - the same fields set on many records at once.  First tried, to say what would come of it; then done, as one batch that can
 * be taken back.  A record that may not be saved so, or not by this actor, is left as it is and named; the others are changed.
 */
#ifndef MODEL_BULK_H
#define MODEL_BULK_H

#include "model/check.h"
#include "model/list/list.h"

enum { BULK_MOST = 10000,                   /* records in one edit                                */
       BULK_SHOWN = 50 };                   /* differences, and records left, told one by one     */

struct bulk_set { int field; Val v; };      /* null: emptied                                      */
struct bulk {
    const struct entity     *e;
    const int64_t           *ids;           /* these records ...                                  */
    size_t                   n;
    const struct list_query *all;           /* ... or, where not NULL, all that match             */
    const struct bulk_set   *set;
    size_t                   set_n;
};
struct bulk_difference { int64_t record; Str title; int field; Str was, now; };
struct bulk_left { int64_t record; Str title, why; };
struct bulk_result {
    int64_t                 records, changed, left, batch;
    struct bulk_difference *differences;
    size_t                  differences_n;
    struct bulk_left       *kept;
    size_t                  kept_n;
};

/* dry: nothing is written.  ERR_TOO_BIG: more than BULK_MOST. */
enum err bulk_edit(struct work *w, const struct bulk *b, bool dry, struct bulk_result *out) MUST_USE;

/* Fields that can be set on many: not unique ones, no children, and what the actor may write on some record. */
bool bulk_takes(const struct work *w, const struct entity *e, const struct field *f);

#endif
