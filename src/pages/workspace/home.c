/*
 * home.c - what a person comes to: what waits for them, what they left open, what they were told, and what they can begin.
 */
#include "pages/workspace/workspace.h"

/* ---- what can be begun ------------------------------------------------------------------------------ */

static bool begins(struct at *at, const struct entity *e)
{
    return !e->parent && e->path && may(&at->w, e, MAY_CREATE);
}

static void put_beginnings(struct at *at)
{
    bool any = false;
    for (int i = 0; i < at->w.m->n; i++) any |= begins(at, at->w.m->entities[i]);
    if (!any) return;
    html_open(&at->h, "section");
    html_class(&at->h, "card");
    put_heading(&at->h, "h2", NULL, at_tr(at, N_("Begin")));
    html_open(&at->h, "p");
    html_class(&at->h, "buttons");
    for (int i = 0; i < at->w.m->n; i++) {
        const struct entity *e = at->w.m->entities[i];
        if (begins(at, e))
            desk_link(&at->h, request_link(at->q, desk_path(at->q->a, e, 0, "new")), "button button-quiet", at_say(at, MSG(N_("New: {1}"), at_tr(at, e->one))));
    }
    html_close(&at->h, "p");
    html_close(&at->h, "section");
}

/* ---- what was left open ------------------------------------------------------------------------------ */

static enum err put_drafts(struct at *at)
{
    struct drafteds drafts;
    TRY(drafts_of(&at->w, &drafts));
    if (!drafts.n) return OK;
    html_open(&at->h, "section");
    html_class(&at->h, "card");
    put_heading(&at->h, "h2", NULL, at_tr(at, N_("Drafts left open")));
    html_open(&at->h, "ul");
    html_class(&at->h, "entries");
    for (size_t i = 0; i < drafts.n; i++) {
        const struct drafted *d = &drafts.p[i];
        Str label = d->record ? public_id(at->q->a, d->e, d->record) : at_say(at, MSG(N_("New: {1}"), at_tr(at, d->e->one)));
        html_open(&at->h, "li");
        desk_link(&at->h, request_link(at->q, desk_path(at->q->a, d->e, d->record, d->record ? "edit" : "new")), NULL, label);
        html_open(&at->h, "span");
        html_class(&at->h, "entry-meta");
        html_text(&at->h, at_time(at, d->at));
        html_close(&at->h, "span");
        html_close(&at->h, "li");
    }
    html_close(&at->h, "ul");
    html_close(&at->h, "section");
    return OK;
}

enum err workspace_home(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    html_open(&at.h, "div");
    html_class(&at.h, "cards");
    TRY(put_drafts(&at));
    put_beginnings(&at);
    html_close(&at.h, "div");
    return at_reply_as(&at, DESK_HOME, at_tr(&at, N_("Overview")), (Str){ 0 });
}
