/* openapi_inside.h - between openapi.c, which lists the operations, and openapi_schemas.c, which says what goes in and out of them. */
#ifndef MODEL_OPENAPI_INSIDE_H
#define MODEL_OPENAPI_INSIDE_H

#include "format/json.h"
#include "model/openapi.h"

/* Pieces of JSON inside an object; open_…: json_write_end() ends it. */
void put_pair(struct json_writer *j, const char *key, Str value);
void open_key(struct json_writer *j, const char *key);                      /* "key": { …         */
void put_reference(struct json_writer *j, struct arena *a, const char *schema);
void put_nullable(struct json_writer *j, const char *type);
void put_array_of(struct json_writer *j, struct arena *a, const char *schema);

/* The members of "components"/"schemas": what the API says of itself (else only its errors), and each entity the reader may read. */
void put_schemas(struct json_writer *j, struct work *w, bool api);

#endif
