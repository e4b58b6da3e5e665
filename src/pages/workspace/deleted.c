/* deleted.c - what was deleted from a list lately, each with the button that brings it back (O06). */
#include "pages/workspace/workspace.h"

#include "model/change.h"

enum { LOOKED_AT = 2000, SHOWN = 100 };     /* entries of the log; records                        */

static bool is_gone(struct at *at, const struct change *c)
{
    struct record *there;
    return c->kind == CHANGE_DELETE && record_load(&at->w, at->e, c->record, &there) == ERR_MISSING;
}

static enum err put_gone(struct at *at, const struct change *c)
{
    struct html *h = &at->h;
    struct record *then;
    TRY(record_before(&at->w, at->e, c->record, c->seq, &then));
    if (!(reach_of(&at->w, then).may & MAY_DELETE)) return OK;
    html_open(h, "li");
    html_leaf(h, "strong", record_title(&at->w, then));
    html_leaf_class(h, "span", "entry-meta",
                    str_f(at->q->a, "%.*s · %.*s · %.*s", FMT(public_id(at->q->a, at->e, c->record)), FMT(at_time(at, c->at)),
                          FMT(c->actor)));
    desk_form_open(h, at->q, at->r, request_link(at->q, S("/workspace/undo")), "inline-form", false);
    desk_hidden(h, "change", str_f(at->q->a, "%lld", (long long)c->seq));
    desk_submit(h, at->q, "link-button", at_tr(at, N_("Bring it back")));
    html_close(h, "form");
    html_close(h, "li");
    return OK;
}

/* One deletion of each record: the newest. */
static bool seen_before(const struct changes *log, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (log->p[k].record == log->p[i].record) return true;
    return false;
}

enum err workspace_deleted(struct request *q, struct reply *r)
{
    struct at at;
    struct changes log;
    size_t shown = 0;
    TRY(at_list(q, r, MAY_READ | MAY_DELETE, &at));
    TRY(changes_of(&at.w, at.e, 0, 0, LOOKED_AT, &log));
    html_open(&at.h, "ul");
    html_class(&at.h, "entries card");
    for (size_t i = 0; i < log.n && shown < SHOWN; i++) {
        if (!is_gone(&at, &log.p[i]) || seen_before(&log, i)) continue;
        TRY(put_gone(&at, &log.p[i]));
        shown++;
    }
    if (!shown) html_leaf(&at.h, "li", at_tr(&at, N_("Nothing was deleted from this list lately.")));
    html_close(&at.h, "ul");
    return at_reply(&at, at_say(&at, MSG(N_("Deleted: {1}"), at_tr(&at, at.e->many))),
                    at_tr(&at, N_("Each comes back under its own number, with all that was below it.")), (Html){ { 0 } });
}
