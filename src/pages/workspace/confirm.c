/* confirm.c - "still correct": the key facts of a record are right today, said with one click (A10). */
#include "pages/workspace/workspace.h"

#include "model/freshness.h"

enum err workspace_confirm(struct request *q, struct reply *r)
{
    struct at at;
    Message why = NO_MESSAGE;
    Str name = params_get(&q->form, "field");
    TRY(at_record(q, r, MAY_READ, &at));
    enum err err = record_confirm(&at.w, at.e, at.record->id, name.n ? field_index(at.e, name) : -1, &why);
    if (err && why.id) return reply_fail(r, err, why);
    TRY(err);
    return desk_done(q, r, at_path(&at, NULL), "confirmed", 0, 0, 0);
}
