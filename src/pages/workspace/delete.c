/* delete.c - a record is deleted after one look at what goes; it can be taken back. */
#include "pages/workspace/workspace.h"

#include "model/change.h"
#include "model/save.h"

static void put_question(struct at *at)
{
    desk_form_open(&at->h, at->q, at->r, at_url(at, "delete"), "buttons", false);
    desk_hidden(&at->h, "version", str_f(at->q->a, "%lld", (long long)at->record->seq));
    desk_submit(&at->h, at->q, "button button-danger", at_tr(at, N_("Delete the record")));
    html_link(&at->h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("Cancel")));
    html_close(&at->h, "form");
}

enum err workspace_delete(struct request *q, struct reply *r)
{
    struct at at;
    TRY(at_record(q, r, MAY_READ | MAY_DELETE, &at));
    Message stays = record_stays(&at.w, at.record);
    Message goes = MSG(N_("The record and all below it go out of every list. Its history stays, and the deletion can be taken back."));
    html_leaf_class(&at.h, "p", "notice", at_say(&at, stays.id ? stays : goes));
    html_raw(&at.h, detail_html(&at.w, at.record));
    if (stays.id) html_link(&at.h, at_url(&at, NULL), "button button-quiet", at_tr(&at, N_("Back to the record")));
    else put_question(&at);
    return at_reply(&at, at_say(&at, MSG(N_("Delete {1}?"), record_title(&at.w, at.record))), (Str){ 0 }, (Html){ { 0 } });
}

struct deleting { struct at *at; int64_t version, seq; Message why; };

static enum err delete_it(struct work *w, void *arg)
{
    struct deleting *d = arg;
    struct record *now;
    TRY(record_load(w, d->at->e, d->at->record->id, &now));
    if (now->seq != d->version) return ERR_CONFLICT;
    TRY(record_remove(w, now, &d->why));
    return change_last(w, &d->seq);
}

enum err workspace_delete_now(struct request *q, struct reply *r)
{
    struct at at;
    struct deleting d = { .at = &at };
    TRY(at_record(q, r, MAY_READ | MAY_DELETE, &at));
    if (!str_to_i64(params_get(&q->form, "version"), &d.version)) d.version = at.record->seq;
    enum err err = work_write(&at.w, delete_it, &d);
    if (d.why.id) return reply_fail(r, err, d.why);
    if (err == ERR_CONFLICT && d.version != at.record->seq)
        return reply_fail(r, err,
                          MSG(N_("Somebody has changed {1} meanwhile; look at it again before you delete it."),
                              record_title(&at.w, at.record)));
    if (err == ERR_CONFLICT)
        return reply_fail(r, err,
                          MSG(N_("Other records name {1}; merge it or change those first."), record_title(&at.w, at.record)));
    TRY(err);
    at.record = NULL;
    return desk_done(q, r, str_f(q->a, "%.*s?view=0", FMT(at_path(&at, NULL))), "deleted", 0, d.seq, 0);
}
