/*
 * merge.c - two records that are one (A04): both side by side, a choice for each field where they differ, what becomes of it, and
 * then one batch, whose undo brings both back.  The record of the address stays; the other goes, and its number leads here.
 */
#include "pages/workspace/workspace.h"

#include "model/merge.h"
#include "model/reference.h"

#define PREFIX "take."

struct pair { struct record *other; bool *theirs; };

static bool differs(const struct pair *p, const struct record *r, int i)
{
    const struct field *f = &r->e->fields[i];
    return has_column(f) && !(f->is & (COMPUTED | INTERNAL)) && v_is(r->v[i]) && v_is(p->other->v[i]) && !val_eq(r->v[i], p->other->v[i]);
}

/* Which other record: by anything that names it. */
static enum err find_other(struct at *at, const struct params *from, struct pair *p)
{
    Str with = params_get(from, "with");
    struct records found = { 0 };
    *p = (struct pair){ .theirs = NEW_ARRAY(at->q->a, bool, (size_t)at->e->n) };
    if (!with.n) return OK;
    TRY(records_named(&at->w, at->e, with, 2, &found));
    if (found.n != 1 || found.p[0]->id == at->record->id)
        return reply_fail(at->r, ERR_INVALID, found.n > 1 ? MSG(N_("“{1}” can mean several records; give the number."), with)
                                                          : MSG(N_("“{1}” is no other record of this list."), with));
    TRY(record_load(&at->w, at->e, found.p[0]->id, &p->other));
    if (!(reach_of(&at->w, p->other).may & MAY_DELETE))
        return reply_fail(at->r, ERR_DENIED, MSG(N_("You may not merge {1}."), record_title(&at->w, p->other)));
    for EACH_FIELD(f, i, at->e) p->theirs[i] = str_is(params_get(from, str_z(at->q->a, str_f(at->q->a, PREFIX "%s", f->name))), "other");
    return OK;
}

static enum err ask_for_other(struct at *at)
{
    struct html *h = &at->h;
    html_open(h, "form");
    html_class(h, "card desk-form");
    html_href(h, "action", at_url(at, "merge"));
    put_text_input(h, "text", "with", at_tr(at, N_("The other record: its number, unique code or name")), (Str){ 0 });
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, at->q, "button", at_tr(at, N_("Compare")));
    html_link(h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("Cancel")));
    html_close(h, "div");
    html_close(h, "form");
    return at_reply(at, at_say(at, MSG(N_("Merge {1} with another record"), record_title(&at->w, at->record))),
                    at_tr(at, N_("This record stays; the other goes, and its number leads here.")), (Html){ { 0 } });
}

static void put_side(struct at *at, const struct record *r, int i, const char *value, bool checked)
{
    table_cell_open(&at->h, public_id(at->q->a, r->e, r->id));
    put_check(&at->h, "radio", str_z(at->q->a, str_f(at->q->a, PREFIX "%s", r->e->fields[i].name)), str_of(value),
              record_text(&at->w, r, i), checked);
    html_close(&at->h, "td");
}

static void put_head_cell(struct html *h, Str text)
{
    table_heading(h, "col", text);
}

static void put_choices(struct at *at, const struct pair *p)
{
    struct html *h = &at->h;
    table_open(h, at_tr(at, N_("Where they differ")));
    html_open(h, "thead");
    html_open(h, "tr");
    put_head_cell(h, at_tr(at, N_("Field")));
    put_head_cell(h, reference_text(&at->w, at->record));
    put_head_cell(h, reference_text(&at->w, p->other));
    html_close(h, "tr");
    html_close(h, "thead");
    html_open(h, "tbody");
    for EACH_FIELD(f, i, at->e) {
        if (!differs(p, at->record, i)) continue;
        html_open(h, "tr");
        table_heading(h, "row", at_tr(at, f->label));
        put_side(at, at->record, i, "this", !p->theirs[i]);
        put_side(at, p->other, i, "other", p->theirs[i]);
        html_close(h, "tr");
    }
    html_close(h, "tbody");
    table_close(h);
}

enum err workspace_merge(struct request *q, struct reply *r)
{
    struct at at;
    struct pair p;
    struct html *h = &at.h;
    TRY(at_record(q, r, MAY_READ | MAY_BULK | MAY_DELETE, &at));
    TRY(find_other(&at, &q->query, &p));
    if (!p.other) return ask_for_other(&at);
    html_open(h, "form");
    html_class(h, "desk-form");
    html_href(h, "action", at_url(&at, "merge"));
    desk_hidden(h, "with", public_id(q->a, at.e, p.other->id));
    put_choices(&at, &p);
    html_open(h, "p");
    html_class(h, "buttons");
    desk_submit(h, q, "button button-quiet", at_tr(&at, N_("Show what becomes of it")));
    html_close(h, "p");
    html_close(h, "form");
    html_leaf(h, "h2", at_tr(&at, N_("What becomes of it")));
    html_raw(h, detail_html(&at.w, record_merged(&at.w, p.other, at.record, p.theirs)));
    desk_form_open(h, q, r, at_url(&at, "merge"), "buttons", false);
    for (size_t i = 0; i < q->query.n; i++) desk_hidden(h, str_z(q->a, q->query.p[i].name), q->query.p[i].value);
    desk_hidden(h, "versions", str_f(q->a, "%lld.%lld", (long long)at.record->seq, (long long)p.other->seq));
    desk_submit(h, q, "button", at_tr(&at, N_("Merge the two")));
    html_link(h, at_url(&at, NULL), "button button-quiet", at_tr(&at, N_("Cancel")));
    html_close(h, "form");
    return at_reply(
        &at, at_say(&at, MSG(N_("Merge {1} and {2}"), public_id(q->a, at.e, at.record->id), public_id(q->a, at.e, p.other->id))),
        at_tr(&at, N_("What is missing in one is taken from the other, and what is below both is kept. Choose where they differ.")),
        (Html){ { 0 } });
}

enum err workspace_merge_now(struct request *q, struct reply *r)
{
    struct at at;
    struct pair p;
    int64_t batch;
    TRY(at_record(q, r, MAY_READ | MAY_BULK | MAY_DELETE, &at));
    TRY(find_other(&at, &q->form, &p));
    if (!p.other) return ask_for_other(&at);
    Str seen = str_f(q->a, "%lld.%lld", (long long)at.record->seq, (long long)p.other->seq);
    if (!str_eq(seen, params_get(&q->form, "versions")))
        return reply_fail(r, ERR_CONFLICT, MSG(N_("One of the two was changed meanwhile; look at them again before you merge.")));
    enum err err = record_merge_choosing(&at.w, at.e, p.other->id, at.record->id, p.theirs, &batch);
    if (err == ERR_DENIED) return reply_fail(r, err, MSG(N_("The other record is named by what stays for ever, such as vouchers, so it cannot go. Merge them the other way round.")));
    TRY(err);
    return desk_done(q, r, at_path(&at, NULL), "merged-two", 0, 0, batch);
}
