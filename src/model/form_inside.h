/* form_inside.h - the inside of forms, for form.c (what is shown) and form_read.c (what comes back) alone. */
#ifndef MODEL_FORM_INSIDE_H
#define MODEL_FORM_INSIDE_H

#include "model/form.h"

enum { ROWS_MAX = 1000, PROBLEMS_MAX = 100 };               /* of children; told at once          */

/* What the actor may write of a record, or of a new one. */
struct pen { struct reach reach; bool fresh; };
struct pen pen_for(struct work *w, const struct entity *e, const struct record *r);
static inline bool writable(const struct work *w, const struct pen *pen, const struct field *f)
{
    return field_written(w, f, pen->reach, pen->fresh);
}

/* The first value typed into the input; false: it was not on the form. */
bool typed_value(const struct asked *typed, size_t n, Str name, Str *value);
/* What was typed; kinds of several values send their name once for each, and once empty. */
Str  typed_all(struct work *w, const struct field *f, const struct asked *typed, size_t n, Str name);

/* "parts.3.weight"; NULL: "parts.3.id", the hidden number of the child. */
Str  child_name(struct arena *a, const struct field *list, size_t row, const struct field *f);
/* "parts.3.remove": the box that takes the row away. */
Str  remove_name(struct arena *a, const struct field *list, size_t row);
/* As many rows as there are children or as something was typed in. */
size_t rows_of(struct arena *a, const struct field *list, const struct record *r, int field, const struct asked *typed, size_t n);

#endif
