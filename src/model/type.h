/* type.h - what the kinds of field share with those who handle their values. */
#ifndef MODEL_TYPE_H
#define MODEL_TYPE_H

#include "model/model.h"

/* Types with .many keep their values as ";a;b;". */
bool many_next(Str *rest, Str *item);               /* walks them; false at the end               */
bool many_has(Val v, Str one);

/* For files and forms: text that read() in the spelling of w->lang takes for this very value; numbers without their unit. */
void put_spelt(struct buf *b, const struct work *w, const struct field *f, Val v);

int  tax_code_check_digit(const char *nine);        /* of the first nine digits; 10: none         */

/* A row of a table of kinds: FIELD_TYPE(email, label, JSON type, JSON format, stored, input, read, show[, plain[, many]]). */
#define FIELD_TYPE(id, ...) const struct type id##_type = { .name = #id, __VA_ARGS__ }

void type_show_text(struct buf *b, const struct work *w, const struct field *f, Val v);     /* text as it is */

#endif
