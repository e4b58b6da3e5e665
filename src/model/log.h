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

#endif
