/*
 * export.h - a whole table as a file: CSV, XLSX, JSON or NDJSON.  Goes through the records in pages, so that memory stays the same
 * for a thousand and for a million.
 *
 * CSV and XLSX have a column for each field, in the words of one language, that import understands again: exporting and
 * importing changes nothing.  Children stand in a column by their titles, "; " between; BY_KEY children in a column for each
 * field and key ("Doanh thu 2025 (đồng)").  XLSX also has a sheet for each kind of children, with all their fields.
 */
#ifndef MODEL_EXPORT_H
#define MODEL_EXPORT_H

#include "model/list/list.h"

#include <stdio.h>

enum export_format { EXPORT_CSV, EXPORT_XLSX, EXPORT_JSON, EXPORT_NDJSON };
bool export_format_from(Str name, enum export_format *out);         /* "csv" ...                  */

/* In w->lang, what the actor may see, filtered and ordered as q says (its limit and cursor do not count); CSV and XLSX with the columns
 * q chooses, in that order, after the number of the record. */
enum err export_write(struct work *w, const struct entity *e, const struct list_query *q, enum export_format format,
                      FILE *out) MUST_USE;

/* The heading of a field's column, with the year if it has one, and its unit: "Doanh thu 2025 (đồng)". */
Str column_title(struct work *w, const struct field *f, Str year);

#endif
