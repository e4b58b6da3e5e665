/*
 * json.h - records as JSON, as programs read them; json_read.h takes it in again.
 *
 * Keys are field names.  A code is its name in the reader's language, with the code itself beside it: "ward": "Xã Sóc Sơn",
 * "ward_code": "2025/00376".  BRIEF children are their titles ("products": ["Bánh răng"]), in full beside them
 * ("product_details"); BY_KEY children are an object ("figures": {"2025": {...}}); others a list of objects.  What is
 * not known is null.  In a list of children each has its owner: "enterprise": "Cơ khí An", "enterprise_id": "DN-000001-3".  Fields the reader may not see are absent.
 */
#ifndef MODEL_JSON_H
#define MODEL_JSON_H

#include "format/json.h"
#include "model/change.h"
#include "model/list/list.h"

void put_record_json(struct json_writer *j, struct work *w, const struct record *r);
/* { "items": [...], "next": CURSOR or null } */
void put_list_json(struct json_writer *j, struct work *w, const struct list *list);

/*
 * An entry of the log as far as a reader of that depth (rights.h) may see it: { "seq", "at", "list", "id", "kind": "insert", "source": { "file", "row" } or null,
 * "changes": { FIELD: [was, is], CHILDREN: { ID: { FIELD: [was, is] } } } }.
 */
void put_change_json(struct json_writer *j, struct work *w, const struct entity *e, enum depth depth, const struct change *c);

#endif
