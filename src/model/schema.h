/*
 * schema.h - the tables of the database, read from the tables of entities; and how they grow.
 *
 * Growing is automatic where nothing can be lost (a new table, column or index).  Anything else (a column that no
 * entity has any more, a column of another type) is refused with the name of the step that would do it:
 * `matxich migrate --drop enterprise.fax`.
 */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "model/model.h"

/* Makes or grows the tables.  ERR_CONFLICT: needs a named step; *why says which. */
enum err schema_grow(struct work *w, Message *why) MUST_USE;
/* The named step "entity.column".  ERR_INVALID: an entity still has that field, or the name is wrong. */
enum err schema_drop(struct work *w, Str step, Message *why) MUST_USE;
/* Whether the database is one of ours. */
enum err schema_present(struct work *w, bool *yes) MUST_USE;
/* The statements that make everything from nothing, for people and tests. */
void     schema_text(struct buf *b, const struct model *m, enum dialect d);

bool     field_indexed(const struct entity *e, const struct field *f);      /* whether the database finds and orders by it quickly */

/* Small facts about the database itself: "demo" = "1". */
enum err property_get(struct work *w, Str name, Str *value) MUST_USE;      /* empty: not set       */
enum err property_set(struct work *w, Str name, Str value) MUST_USE;

#endif
