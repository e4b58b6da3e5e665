/*
 * reference.h - records as people name them: by public id, by a value that only one record has (a tax code), by title or part of
 * it.  Only records that the actor may see are found.
 */
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include "model/rights.h"

/* The records that what was said may mean, the surest first; without children.  One that is said exactly stands alone. */
enum err records_named(struct work *w, const struct entity *e, Str said, int most, struct records *out) MUST_USE;

/* "DN-000421-6 · Cơ khí An": records_named() takes it back. */
Str reference_text(struct work *w, const struct record *r);
/* The entity whose records the field names: of reference_type and account_type; NULL: another kind. */
const struct entity *reference_of(const struct work *w, const struct field *f);
/* The value of such a field, told by what was typed; or what is wrong with it. */
Message reference_read(struct work *w, const struct field *f, Str typed, Val *out);
/* What the input of the field shows: the record it names, or its number where the actor may not see it. */
Str reference_input(struct work *w, const struct field *f, Val v);
/* Records to choose from, where there are few; none where they are more than `most`. */
enum err reference_offers(struct work *w, const struct field *f, int most, struct records *out) MUST_USE;

#endif
