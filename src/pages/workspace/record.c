/*
 * record.c - one record of any entity: what it says, the steps it waits for, what has been done on it and by whom, what others
 * propose for it.  With ?on=DATE it is shown as it was at the end of that day (A17).
 */
#include "pages/workspace/incoming.h"

#include "base/date.h"
#include "model/flow/calendar.h"
#include "model/flow/proposal.h"
#include "model/freshness.h"
#include "pages/pages.h"
#include "programme/network/supply.h"

/* ---- where it stands in its workflow -------------------------------------------------------------- */

static void put_due(struct at *at, const struct record *r)
{
    struct date due = due_of(r);
    if (!due.year) return;
    int left = working_days_between(at->w.codes, at->w.today, due);
    Str day = record_text(&at->w, r, r->e->workflow->due), days = str_f(at->q->a, "%d", left < 0 ? -left : left);
    html_leaf_class(&at->h, "span",
                    left < 0    ? "badge badge-bad"
                    : left <= 2 ? "badge badge-warn"
                                : "badge badge-quiet",
                    at_say(at, left < -1   ? MSG(N_("due {1}, {2} working days ago"), day, days)
                               : left < 0  ? MSG(N_("due {1}, 1 working day ago"), day)
                               : left == 1 ? MSG(N_("due {1}, 1 working day left"), day)
                                        : MSG(N_("due {1}, {2} working days left"), day, days)));
}

static void put_step(struct at *at, const struct step *s)
{
    Message why = NO_MESSAGE;
    bool open = step_open(&at->w, at->record, s, &why);
    if (!open && !why.id) return;
    html_open(&at->h, "li");
    if (open)
        html_link(&at->h, at_url(at, str_z(at->q->a, str_f(at->q->a, "steps/%s", s->name))),
                  step_class(at->record->e, s), at_tr(at, s->label));
    else {
        html_leaf(&at->h, "strong", at_tr(at, s->label));
        html_leaf_class(&at->h, "p", "form-hint", at_say(at, why));
    }
    html_close(&at->h, "li");
}

void put_workflow(struct at *at)
{
    const struct workflow *flow = at->e->workflow;
    if (!flow) return;
    const struct choice *state = state_of(at->record);
    html_open(&at->h, "section");
    html_class(&at->h, "card flow");
    html_attr(&at->h, "aria-label", at_tr(at, N_("State and next steps")));
    html_open(&at->h, "p");
    html_class(&at->h, "badges");
    html_leaf_class(&at->h, "span", state && state->done ? "badge badge-quiet" : "badge",
                    state ? at_tr(at, state->label) : record_text(&at->w, at->record, flow->state));
    put_due(at, at->record);
    html_close(&at->h, "p");
    html_open(&at->h, "ul");
    html_class(&at->h, "steps");
    for EACH_STEP(s, flow) put_step(at, s);
    html_close(&at->h, "ul");
    html_close(&at->h, "section");
}

static enum err put_taken(struct at *at)
{
    struct takens taken;
    if (!at->e->workflow) return OK;
    TRY(steps_taken(&at->w, at->record, &taken));
    if (!taken.n) return OK;
    html_open(&at->h, "section");
    html_class(&at->h, "record-section");
    html_leaf(&at->h, "h2", at_tr(at, N_("Steps taken")));
    html_open(&at->h, "ol");
    html_class(&at->h, "taken");
    for (size_t i = 0; i < taken.n; i++) {
        const struct taken *t = &taken.p[i];
        html_open(&at->h, "li");
        html_leaf(&at->h, "strong", t->step ? at_tr(at, t->step->label) : t->to);
        html_leaf(&at->h, "span", str_f(at->q->a, " · %.*s · %.*s", FMT(at_time(at, t->at)), FMT(t->actor)));
        if (t->note.n) html_leaf_class(&at->h, "p", "taken-note", t->note);
        html_close(&at->h, "li");
    }
    html_close(&at->h, "ol");
    html_close(&at->h, "section");
    return OK;
}

/* ---- what others propose ---------------------------------------------------------------------------- */

static enum err put_proposals(struct at *at)
{
    struct records open;
    TRY(proposals_on(&at->w, at->record, &open));
    if (!open.n) return OK;
    html_open(&at->h, "div");
    html_class(&at->h, "notice");
    html_leaf(&at->h, "p", at_tr(at, N_("Changes of this record have been proposed and wait for a decision:")));
    html_open(&at->h, "ul");
    for (size_t i = 0; i < open.n; i++) {
        html_open(&at->h, "li");
        html_link(&at->h, request_link(at->q, desk_path(at->q->a, open.p[i]->e, open.p[i]->id, NULL)), NULL, record_title(&at->w, open.p[i]));
        html_close(&at->h, "li");
    }
    html_close(&at->h, "ul");
    html_close(&at->h, "div");
    return OK;
}

static enum err put_draft(struct at *at)
{
    struct draft draft;
    TRY(draft_find(&at->w, at->e, at->record->id, &draft));
    if (!draft.at) return OK;
    html_open(&at->h, "div");
    html_class(&at->h, "notice");
    html_leaf(&at->h, "p", at_say(at, MSG(N_("You have a draft of {1} that is not saved yet."), at_time(at, draft.at))));
    html_link(&at->h, at_url(at, "edit"), "button button-quiet", at_tr(at, N_("Go on with it")));
    html_close(&at->h, "div");
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------------------ */

/* When its key facts were last said to be right, and the button that says so again (A10). */
static void put_freshness(struct at *at)
{
    struct date since = confirmed_since(at->record);
    bool stale = since.year && is_stale(&at->w, since);
    if (!since.year || !(at_rights(at) & (MAY_CHANGE | MAY_PROPOSE))) return;
    html_open(&at->h, "div");
    html_class(&at->h, stale ? "notice freshness" : "freshness");
    html_open(&at->h, "p");
    html_leaf_class(&at->h, "span", stale ? "badge badge-warn" : "badge badge-good",
                    at_say(at, MSG(N_("Key facts confirmed on {1}"), at_day(at, since))));
    html_close(&at->h, "p");
    desk_button(&at->h, at->q, at->r, at_url(at, "confirm"), "button button-quiet", at_tr(at, N_("Still correct")));
    html_close(&at->h, "div");
}

static bool is_public(const struct at *at)
{
    struct work visitor = at->w;
    visitor.actor = VISITING;
    return record_visible(&visitor, at->record);
}

/* What the explorer of the network shows of it is for its owner and for who may read all links. */
static bool in_network(const struct at *at)
{
    if (at->e != &enterprise && at->e != &outside_company) return false;
    if (at->w.actor.roles & STAFF) return may_list(&at->w, &supply_link);
    return at->e == &enterprise && at->w.actor.organisation == at->record->id;
}

static Html record_actions(struct at *at)
{
    unsigned mine = at_rights(at);
    struct html h = html_make(at->q->a);
    if (mine & MAY_CHANGE) html_link(&h, at_url(at, "edit"), "button", at_tr(at, N_("Edit")));
    else if (mine & MAY_PROPOSE) html_link(&h, at_url(at, "edit"), "button", at_tr(at, N_("Propose changes")));
    html_link(&h, at_url(at, "history"), "button button-quiet", at_tr(at, N_("History")));
    if (is_public(at)) {
        Str page = str_f(at->q->a, "%.*s/%.*s", FMT(place_of(at->q->a, at->e)), FMT(public_id(at->q->a, at->e, at->record->id)));
        html_link(&h, request_link(at->q, page), "button button-quiet", at_tr(at, N_("Public page")));
    }
    if (in_network(at)) {
        Str page = str_f(at->q->a, "/network/enterprises/%.*s", FMT(public_id(at->q->a, at->e, at->record->id)));
        html_link(&h, request_link(at->q, page), "button button-quiet", at_tr(at, N_("Supply network")));
    }
    if (mine & MAY_BULK && mine & MAY_DELETE) html_link(&h, at_url(at, "merge"), "button button-quiet", at_tr(at, N_("Merge")));
    if (mine & MAY_DELETE) html_link(&h, at_url(at, "delete"), "button button-quiet", at_tr(at, N_("Delete")));
    return html_done(&h);
}

static Str lead_of(struct at *at)
{
    return str_f(at->q->a, "%.*s %.*s · %.*s", FMT(at_tr(at, at->e->one)), FMT(public_id(at->q->a, at->e, at->record->id)),
                 FMT(at_say(at, MSG(N_("changed {1}"), at_time(at, at->record->changed_at)))));
}

static enum err as_it_was(struct at *at, Str on)
{
    struct date day;
    struct record *then;
    if (!date_from_iso(on, &day))
        return reply_fail(at->r, ERR_INVALID, MSG(N_("“{1}” is not a date: write it as year-month-day, 2026-03-31."), on));
    enum err err = record_at(&at->w, at->e, at->record->id, time_day_ends(day), &then);
    if (err && err != ERR_MISSING) return err;
    Str shown = at_day(at, day);
    if (err) {
        html_leaf_class(&at->h, "p", "empty", at_say(at, MSG(N_("On {1} this record did not exist yet, or did not exist any more."), shown)));
    } else {
        then->owner = at->record->owner;
        html_raw(&at->h, detail_html(&at->w, then));
    }
    html_open(&at->h, "p");
    html_link(&at->h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("As it is today")));
    html_close(&at->h, "p");
    return at_reply(at, record_title(&at->w, at->record), at_say(at, MSG(N_("As it was on {1}"), shown)), (Html){ { 0 } });
}

/* The number of a record that was merged leads to the one that is left (A03). */
static enum err merged_into(struct request *q, struct reply *r, Str *path)
{
    struct at at;
    int64_t id, to = 0;
    TRY(at_list(q, r, MAY_READ, &at));
    if (public_id_read(at.e, request_capture(q, "id"), &id)) TRY(record_redirect(&at.w, at.e, id, &to));
    *path = to ? desk_path(q->a, at.e, to, NULL) : (Str){ 0 };
    return OK;
}

enum err workspace_record(struct request *q, struct reply *r)
{
    struct at at;
    Str on = params_get(&q->query, "on"), moved;
    TRY(merged_into(q, r, &moved));
    if (moved.n) return reply_redirect(r, 308, request_link(q, moved));
    TRY(at_record(q, r, MAY_READ, &at));
    if (on.n) return as_it_was(&at, on);
    TRY(put_draft(&at));
    put_workflow(&at);
    put_freshness(&at);
    TRY(put_proposals(&at));
    html_raw(&at.h, detail_html(&at.w, at.record));
    TRY(put_record_files(&at));
    TRY(put_taken(&at));
    return at_reply(&at, record_title(&at.w, at.record), lead_of(&at), record_actions(&at));
}
