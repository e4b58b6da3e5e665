/* rows.h - a table as text, for tests: "row:column=text" with a mark for what is not text, one row a line. */
#ifndef TEST_ROWS_H
#define TEST_ROWS_H

#include "format/sheet.h"

/* The rows of sheet `index`; if it cannot be read, what a person is told.  *e may be NULL. */
Str rows_of(struct arena *a, Str bytes, size_t index, enum err *e);

/* A zip of parts, made with libzip; a password encrypts them. */
struct zip_part { const char *name; Str text; };
Str zip_of(struct arena *a, const struct zip_part *parts, size_t n, const char *password);

#endif
