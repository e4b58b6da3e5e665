/* undo.c - taking back what has just been done: one entry of the log, or a whole batch. */
#include "pages/workspace/workspace.h"

#include "model/change.h"

static enum err one_entry(struct at *at, int64_t seq)
{
    struct change entry = { 0 };
    struct record *there;
    Message why = NO_MESSAGE;
    enum err err = change_undo(&at->w, seq, &entry, &why);
    if (err && why.id) return reply_fail(at->r, err, why);
    TRY(err);
    const struct entity *e = entity_named(at->w.m, entry.entity);
    err = record_load(&at->w, e, entry.record, &there);
    if (err && err != ERR_MISSING) return err;
    return desk_done(at->q, at->r, desk_path(at->q->a, e, err ? 0 : entry.record, NULL), "undone", 0, 0, 0);
}

static enum err whole_batch(struct at *at, int64_t batch)
{
    struct undone done;
    const struct entity *e;
    enum err err = batch_to_undo(at, batch, &e);
    if (!err) err = batch_undo(&at->w, batch, &done);
    if (err == ERR_MISSING) return reply_fail(at->r, err, MSG(N_("There is no such batch.")));
    if (err == ERR_CONFLICT) return reply_fail(at->r, err, MSG(N_("This has been taken back already.")));
    TRY(err);
    return desk_done(at->q, at->r, str_f(at->q->a, "%.*s?view=0", FMT(desk_path(at->q->a, e, 0, NULL))),
                     done.kept ? "undone-but" : "undone", done.kept, 0, 0);
}

/* One entry from a link, with a button, since what changes something is never a link; without its number all that was done to many at once. */
enum err workspace_undo_page(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    Str change = params_get(&q->query, "change");
    int64_t number;
    if (!change.n) return batches_page(&at);
    if (!str_to_i64(change, &number)) return reply_fail(r, ERR_MISSING, MSG(N_("There is nothing to take back.")));
    desk_form_open(&at.h, q, r, request_link(q, S("/workspace/undo")), "card desk-form", false);
    html_leaf(&at.h, "p",
              at_tr(&at, N_("What this entry changed becomes what it was before, if nobody has changed it again since. The history "
                            "shows both.")));
    desk_hidden(&at.h, "change", change);
    desk_submit(&at.h, q, "button", at_tr(&at, N_("Take it back")));
    html_close(&at.h, "form");
    return at_reply_as(&at, DESK_HOME, at_tr(&at, N_("Take a change back")), (Str){ 0 });
}

enum err workspace_undo(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    int64_t number;
    if (str_to_i64(params_get(&q->form, "change"), &number)) return one_entry(&at, number);
    if (str_to_i64(params_get(&q->form, "batch"), &number)) return whole_batch(&at, number);
    return reply_fail(r, ERR_MISSING, MSG(N_("There is nothing to take back.")));
}
