/*
 * home.c - what a person comes to: what waits for them, what they left open, what they were told, how their own organisation's
 * profile stands, and what they can begin.
 */
#include "pages/workspace/workspace.h"

#include "format/chart.h"
#include "model/freshness.h"
#include "programme/delivery/delivery.h"
#include "programme/inside.h"
#include "programme/register.h"

enum { TASKS_SHOWN = 8, NOTICES_SHOWN = 5, ACTIVITIES_SHOWN = 8 };

static void open_card(struct at *at, const char *title)
{
    html_open(&at->h, "section");
    html_class(&at->h, "card");
    html_leaf(&at->h, "h2", at_tr(at, title));
}

static void put_more_link(struct at *at, const char *path, const char *label)
{
    html_open(&at->h, "p");
    html_link(&at->h, request_link(at->q, str_of(path)), NULL, at_tr(at, label));
    html_close(&at->h, "p");
}

/* ---- what waits, what was left open, what was told ---------------------------------------------------- */

static enum err put_my_tasks(struct at *at)
{
    struct tasks tasks;
    TRY(tasks_of(&at->w, TASKS_SHOWN, &tasks));
    open_card(at, N_("My tasks"));
    if (tasks.n) put_tasks(at, &tasks);
    else html_leaf_class(&at->h, "p", "source", at_tr(at, N_("Nothing waits for you.")));
    if (tasks.more) put_more_link(at, "/workspace/tasks", N_("All my tasks"));
    html_close(&at->h, "section");
    return OK;
}

static enum err put_my_drafts(struct at *at)
{
    struct drafteds drafts;
    TRY(drafts_of(&at->w, &drafts));
    if (!drafts.n) return OK;
    open_card(at, N_("Drafts left open"));
    html_open(&at->h, "ul");
    html_class(&at->h, "entries");
    for (size_t i = 0; i < drafts.n; i++) {
        const struct drafted *d = &drafts.p[i];
        Str label = d->record ? str_f(at->q->a, "%.*s %.*s", FMT(at_tr(at, d->e->one)), FMT(public_id(at->q->a, d->e, d->record)))
                              : at_say(at, MSG(N_("New: {1}"), at_tr(at, d->e->one)));
        html_open(&at->h, "li");
        html_link(&at->h, request_link(at->q, desk_path(at->q->a, d->e, d->record, d->record ? "edit" : "new")), NULL, label);
        html_leaf_class(&at->h, "span", "entry-meta", at_time(at, d->at));
        html_close(&at->h, "li");
    }
    html_close(&at->h, "ul");
    html_close(&at->h, "section");
    return OK;
}

static enum err put_my_notices(struct at *at)
{
    struct notices all, fresh = { 0 };
    TRY(notices_of(&at->w, 0, NOTICES_SHOWN, &all));
    for (size_t i = 0; i < all.n; i++)
        if (!all.p[i].seen) *GROW(at->q->a, fresh) = all.p[i];
    if (!fresh.n) return OK;
    open_card(at, N_("New notices"));
    put_notices(at, &fresh);
    put_more_link(at, "/workspace/notices", N_("All notices"));
    html_close(&at->h, "section");
    return OK;
}

/* ---- one's own profile ---------------------------------------------------------------------------------- */

static void put_missing(struct at *at, const struct completeness *c)
{
    html_open(&at->h, "ul");
    for (size_t i = 0; i < COUNT(c->missing); i++)
        if (c->missing[i] >= 0) html_leaf(&at->h, "li", at_tr(at, enterprise.fields[c->missing[i]].label));
    html_close(&at->h, "ul");
}

static enum err put_own_profile(struct at *at)
{
    struct record *own;
    if (!at->w.actor.organisation || at->w.m->organisation != &enterprise) return OK;
    enum err err = record_load(&at->w, &enterprise, at->w.actor.organisation, &own);
    if (err == ERR_MISSING || (!err && !record_visible(&at->w, own))) return OK;
    TRY(err);
    struct completeness c = completeness(own);
    Str path = desk_path(at->q->a, own->e, own->id, NULL);
    open_card(at, N_("Your profile"));
    html_open(&at->h, "p");
    html_link(&at->h, request_link(at->q, path), NULL, record_title(&at->w, own));
    html_close(&at->h, "p");
    html_raw(&at->h, chart_progress(at->q->a, at_tr(at, N_("Completeness of the profile")), c.percent, 100, -1));
    html_leaf(&at->h, "p", at_say(at, MSG(N_("Profile {1}% complete"), page_number(&at->w, c.percent))));
    if (c.percent < 100) {
        html_leaf(&at->h, "p", at_tr(at, N_("These would add most:")));
        put_missing(at, &c);
    }
    html_open(&at->h, "div");
    html_class(&at->h, "buttons");
    html_link(&at->h, request_link(at->q, desk_path(at->q->a, own->e, own->id, "edit")), "button", at_tr(at, N_("Complete it")));
    html_link(&at->h, request_link(at->q, S("/network")), "button button-quiet", at_tr(at, N_("Its supply network")));
    if (confirmed_since(own).year)
        desk_button(&at->h, at->q, at->r, request_link(at->q, desk_path(at->q->a, own->e, own->id, "confirm")),
                    "button button-quiet", at_tr(at, N_("Still correct")));
    html_close(&at->h, "div");
    html_close(&at->h, "section");
    return OK;
}

/* ---- what one's own organisation takes part in ------------------------------------------------------------ */

static void put_own_participation(struct at *at, const struct record *r)
{
    const struct record *of = named(&at->w, r, PARTICIPATION_ACTIVITY, &activity);
    if (!of) return;
    html_open(&at->h, "li");
    html_link(&at->h, request_link(at->q, str_f(at->q->a, "/activities/%.*s", FMT(public_id(at->q->a, &activity, of->id)))), NULL, record_title(&at->w, of));
    html_leaf_class(&at->h, "span", "entry-meta", str_f(at->q->a, "%.*s · %.*s", FMT(record_text(&at->w, of, ACTIVITY_STARTS)), FMT(record_text(&at->w, r, PARTICIPATION_STATE))));
    html_close(&at->h, "li");
}

/* The newest first. */
static enum err put_own_activities(struct at *at)
{
    struct list_query query = { .sort = -1, .descending = true, .limit = ACTIVITIES_SHOWN };
    struct list list;
    if (!(at->w.actor.roles & ENTERPRISE) || !at->w.actor.organisation || !may_list(&at->w, &participation)) return OK;
    TRY(list_load(&at->w, &participation, &query, false, &list));
    open_card(at, N_("Activities of the programme"));
    if (list.records.n) html_open(&at->h, "ul"), html_class(&at->h, "entries");
    else html_leaf_class(&at->h, "p", "source", at_tr(at, N_("Your enterprise is registered for none yet.")));
    for (size_t i = 0; i < list.records.n; i++) put_own_participation(at, list.records.p[i]);
    if (list.records.n) html_close(&at->h, "ul");
    put_more_link(at, "/activities", N_("What you can register for"));
    html_close(&at->h, "section");
    return OK;
}

/* ---- what can be begun ------------------------------------------------------------------------------------ */

static void put_beginnings(struct at *at)
{
    bool any = false;
    for (int i = 0; i < at->w.m->n; i++) {
        const struct entity *e = at->w.m->entities[i];
        if (e->parent || !e->path || !may(&at->w, e, MAY_CREATE)) continue;
        if (!any) open_card(at, N_("Begin")), html_open(&at->h, "p"), html_class(&at->h, "buttons");
        any = true;
        html_link(&at->h, request_link(at->q, desk_path(at->q->a, e, 0, "new")), "button button-quiet",
                  at_say(at, MSG(N_("New: {1}"), at_tr(at, e->one))));
    }
    if (any) html_close(&at->h, "p"), html_close(&at->h, "section");
}

enum err workspace_home(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    html_open(&at.h, "div");
    html_class(&at.h, "cards desk-cards");
    TRY(put_my_tasks(&at));
    TRY(put_own_profile(&at));
    TRY(put_own_activities(&at));
    TRY(put_my_drafts(&at));
    TRY(put_my_notices(&at));
    put_beginnings(&at);
    html_close(&at.h, "div");
    return at_reply_as(&at, DESK_HOME, at_tr(&at, N_("Overview")), (Str){ 0 });
}
