/*
 * drafts.c - what is being typed is kept every few seconds (web/scripts/workspace.js posts the form here), so that it is found
 * again after a crash or on another device.
 */
#include "pages/workspace/workspace.h"

#include "base/date.h"

/* The form says which list and record it is of; the right to write it is asked as on its own page. */
static enum err draft_of(struct request *q, struct reply *r, struct at *at)
{
    Str list = params_get(&q->form, ".list"), id = params_get(&q->form, ".record");
    q->captures = 0;
    q->capture[q->captures++] = (struct capture){ S("list"), list };
    q->capture[q->captures++] = (struct capture){ S("id"), id };
    return id.n ? at_record(q, r, MAY_READ, at) : at_list(q, r, MAY_CREATE, at);
}

static int64_t record_of(const struct at *at) { return at->record ? at->record->id : 0; }

/* As it was typed, without what belongs to this one sending of it. */
static enum err keep(struct work *w, void *arg)
{
    static const char *const passing[] = { "form_token", ".list", ".record" };
    struct at *at = arg;
    struct params form = at->q->form;
    int64_t version;
    if (!str_to_i64(params_get(&form, ".version"), &version)) version = 0;
    for (size_t i = 0; i < COUNT(passing); i++) form = params_without(at->q->a, &form, passing[i]);
    return draft_keep(w, at->e, record_of(at), version, params_str(at->q->a, &form));
}

/* Answers with the time, for the script to say. */
enum err workspace_draft(struct request *q, struct reply *r)
{
    struct at at;
    TRY(draft_of(q, r, &at));
    if (at.record && !(at_rights(&at) & (MAY_CHANGE | MAY_PROPOSE))) return ERR_DENIED;
    TRY(work_write(&at.w, keep, &at));
    struct buf clock = buf_make(q->a);
    put_time_of_day(&clock, q->now);
    return reply_body(r, TYPE_TEXT, buf_str(&clock));
}

static enum err drop(struct work *w, void *arg)
{
    struct at *at = arg;
    return draft_drop(w, at->e, record_of(at));
}

enum err workspace_draft_drop(struct request *q, struct reply *r)
{
    struct at at;
    TRY(draft_of(q, r, &at));
    TRY(work_write(&at.w, drop, &at));
    return desk_done(q, r, at.record ? at_path(&at, NULL) : at_path(&at, "new"), "gone", 0, 0, 0);
}
