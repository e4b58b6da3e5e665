/*
 * history.c - what happened to a record: each entry with its differences, who and when and from which file and row; a field put
 * back to what it was; and the way to the record as it was on a day.
 */
#include "pages/workspace/workspace.h"

#include "base/date.h"
#include "model/history.h"

enum { ENTRIES = 100 };

static bool *fields_to_put_back(struct at *at)
{
    struct reach reach = reach_of(&at->w, at->record);
    bool *back = NEW_ARRAY(at->q->a, bool, (size_t)at->e->n);
    for EACH_FIELD(f, i, at->e) back[i] = has_column(f) && field_written(&at->w, f, reach, false);
    return back;
}

static void put_day_form(struct at *at)
{
    struct html *h = &at->h;
    html_open(h, "form");
    html_class(h, "desk-search");
    html_href(h, "action", at_url(at, NULL));
    html_open(h, "label");
    html_attr(h, "for", S("on"));
    html_text(h, at_tr(at, N_("As it was on")));
    html_close(h, "label");
    html_open(h, "input");
    html_attr(h, "type", S("date"));
    html_attr(h, "id", S("on"));
    html_attr(h, "name", S("on"));
    html_attr(h, "max", date_iso(at->q->a, at->w.today));
    html_flag(h, "required", true);
    desk_submit(h, at->q, "button button-quiet", at_tr(at, N_("Show")));
    html_close(h, "form");
}

enum err workspace_history(struct request *q, struct reply *r)
{
    struct at at;
    struct changes log;
    int64_t before = 0;
    TRY(at_record(q, r, MAY_READ, &at));
    if (!str_to_i64(params_get(&q->query, "after"), &before) || before < 1) before = 0;
    TRY(changes_of(&at.w, at.e, at.record->id, before, ENTRIES, &log));
    put_day_form(&at);
    struct history_look look = { at.e, at_url(&at, "history/revert"), { 0 }, fields_to_put_back(&at) };
    if (at_rights(&at) & MAY_CHANGE) look.undo_url = request_link(q, S("/workspace/undo?change="));
    html_raw(&at.h, history_html(&at.w, at.e, reach_of(&at.w, at.record).reads, &log, &look));
    if (log.n == ENTRIES) {
        struct params older = params_with(q->a, &q->query, "after", str_f(q->a, "%lld", (long long)log.p[log.n - 1].seq));
        html_open(&at.h, "p");
        html_class(&at.h, "pages");
        html_link(&at.h, request_url(q, &older), "button button-quiet", at_tr(&at, N_("Older entries")));
        html_close(&at.h, "p");
    }
    return at_reply(&at, at_say(&at, MSG(N_("History of {1}"), record_title(&at.w, at.record))),
                    at_tr(&at, N_("What was entered or changed, when, and from which file.")), (Html){ { 0 } });
}

/* ---- putting a field back ---------------------------------------------------------------------------- */

struct back { int field; int64_t seq; struct record *then; };

static enum err read_back(struct at *at, const struct params *from, struct back *b)
{
    b->field = field_index(at->e, params_get(from, "field"));
    if (b->field < 0 || !fields_to_put_back(at)[b->field] || !str_to_i64(params_get(from, "seq"), &b->seq))
        return reply_fail(at->r, ERR_MISSING, MSG(N_("There is no such field for you to put back.")));
    enum err err = record_before(&at->w, at->e, at->record->id, b->seq, &b->then);
    return err ? reply_fail(at->r, err, MSG(N_("The record did not exist before this entry."))) : OK;
}

static void put_value_row(struct at *at, const char *label, const struct record *r, int field)
{
    Str text = record_text(&at->w, r, field);
    html_open(&at->h, "div");
    html_leaf(&at->h, "dt", at_tr(at, label));
    html_leaf(&at->h, "dd", text.n ? text : S("–"));
    html_close(&at->h, "div");
}

enum err workspace_revert(struct request *q, struct reply *r)
{
    struct at at;
    struct back b;
    bool now = q->head.method == POST;
    TRY(at_record(q, r, MAY_READ, &at));
    TRY(read_back(&at, now ? &q->form : &q->query, &b));
    if (now) {
        struct record *changed = record_copy(q->a, at.record);
        changed->v[b.field] = b.then->v[b.field];
        return keep_or_propose(&at, at.record, changed, "reverted");
    }
    Str field = at_tr(&at, at.e->fields[b.field].label);
    desk_form_open(&at.h, q, r, at_url(&at, "history/revert"), "card desk-form", false);
    html_open(&at.h, "dl");
    html_class(&at.h, "facts");
    put_value_row(&at, N_("Now"), at.record, b.field);
    put_value_row(&at, N_("After it is put back"), b.then, b.field);
    html_close(&at.h, "dl");
    desk_hidden(&at.h, "field", str_of(at.e->fields[b.field].name));
    desk_hidden(&at.h, "seq", str_f(q->a, "%lld", (long long)b.seq));
    html_open(&at.h, "div");
    html_class(&at.h, "buttons");
    desk_submit(&at.h, q, "button", at_tr(&at, N_("Put it back")));
    html_link(&at.h, at_url(&at, "history"), "button button-quiet", at_tr(&at, N_("Cancel")));
    html_close(&at.h, "div");
    html_close(&at.h, "form");
    return at_reply(&at, at_say(&at, MSG(N_("Put back: {1}"), field)), record_title(&at.w, at.record), (Html){ { 0 } });
}
