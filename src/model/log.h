/* log.h - the inside of the change log, for change.c and verify.c alone. */
#ifndef MODEL_LOG_H
#define MODEL_LOG_H

#include "format/json.h"
#include "model/change.h"

#define CHANGE_COLUMNS "SELECT seq, at, batch, actor, entity, record, kind, source_file, source_sheet, source_row, " \
                       "delta, hash FROM change"

enum err changes_read(struct work *w, Sql q, Args args, struct changes *out) MUST_USE;  /* q: CHANGE_COLUMNS ... */

/* What an entry's hash must be; before is the hash of the entry before it, empty for the first. */
Str change_hash(struct arena *a, Str before, const struct change *c);

enum side { WAS, IS };
/* IS brings a record forward over the delta, WAS takes it back. */
void delta_apply(struct arena *a, struct record *r, const struct json_t *delta, enum side side);
/* Its pieces: an entry's delta, one value of it, the values of one record without its children, and the child with an id. */
enum err delta_read(struct work *w, const struct change *c, const struct json_t **out) MUST_USE;
Val  delta_val(const struct json_t *v, const struct field *f, struct arena *a);
void delta_apply_values(struct arena *a, struct record *r, const struct json_t *delta, enum side side);
struct record *delta_child(struct arena *a, struct record *r, int field, int64_t id);       /* made where there is none */
void records_drop(struct records *list, int64_t id);
bool same_values(const struct record *a, const struct record *b);   /* but for computed ones       */

#endif
