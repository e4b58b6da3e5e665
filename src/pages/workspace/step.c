/* step.c - a step of a workflow: what it does and who is told, with the note it asks for; then it is taken.  On desks, steps are buttons. */
#include "pages/workspace/workspace.h"

#include "model/flow/workflow.h"

static enum err step_at(struct request *q, struct reply *r, struct at *at, const struct step **step)
{
    TRY(at_record(q, r, MAY_READ, at));
    *step = at->e->workflow ? step_named(at->e, request_capture(q, "step")) : NULL;
    return *step ? OK : reply_fail(r, ERR_MISSING, MSG(N_("There is no step “{1}” here."), request_capture(q, "step")));
}

static Str state_label(struct at *at, Str code)
{
    for (const struct choice *c = at->e->fields[at->e->workflow->state].choices; c->code; c++)
        if (str_is(code, c->code)) return at_tr(at, c->label);
    return code;
}

const char *step_class(const struct entity *e, const struct step *s)
{
    return s->is & STEP_BAD && state_named(e, str_of(s->to))->done ? "button button-danger" : "button";
}

static void put_explained(struct at *at, const struct step *s)
{
    Str to = state_label(at, str_of(s->to));
    html_leaf(&at->h, "p", at_say(at, MSG(N_("The state becomes “{1}”."), to)));
    if (s->tell) html_leaf(&at->h, "p", at_say(at, MSG(N_("Told of it: {1}."), role_names(at->q->a, at->q->lang, s->tell))));
}

static enum err step_page(struct at *at, const struct step *s, Message wrong)
{
    struct html *h = &at->h;
    bool needs = s->is & STEP_NOTE;
    if (wrong.id) {
        html_open(h, "div");
        html_class(h, "alert alert-danger");
        html_attr(h, "role", S("alert"));
        html_text(h, at_say(at, wrong));
        html_close(h, "div");
    }
    desk_form_open(h, at->q, at->r, request_link(at->q, at->q->path), "card desk-form", false);
    put_explained(at, s);
    desk_hidden(h, "version", str_f(at->q->a, "%lld", (long long)at->record->seq));
    put_area(h, "note", at_tr(at, needs ? N_("Note (needed)") : N_("Note")),
             at_tr(at, N_("It is kept with the step and shown to those who see the record.")), params_get(&at->q->form, "note"),
             needs);
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, at->q, step_class(at->record->e, s), at_tr(at, s->label));
    html_link(h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("Cancel")));
    html_close(h, "div");
    html_close(h, "form");
    return at_reply(at, str_f(at->q->a, "%.*s: %.*s", FMT(at_tr(at, s->label)), FMT(record_title(&at->w, at->record))), (Str){ 0 },
                    (Html){ { 0 } });
}

enum err workspace_step(struct request *q, struct reply *r)
{
    struct at at;
    const struct step *s;
    Message why = NO_MESSAGE;
    TRY(step_at(q, r, &at, &s));
    if (step_open(&at.w, at.record, s, &why)) return step_page(&at, s, NO_MESSAGE);
    return reply_fail(r, ERR_CONFLICT,
                      why.id ? why
                             : MSG(N_("This step cannot be taken now; somebody may have taken another. Open the record again.")));
}

enum err workspace_step_take(struct request *q, struct reply *r)
{
    struct at at;
    const struct step *s;
    int64_t version = 0;
    Message why = NO_MESSAGE;
    TRY(step_at(q, r, &at, &s));
    if (!str_to_i64(params_get(&q->form, "version"), &version)) version = 0;
    enum err err = step_take(&at.w, at.e, at.record->id, version, s, str_trim(params_get(&q->form, "note")), &why);
    if (err == ERR_INVALID) {
        r->status = 422;
        return step_page(&at, s, why);
    }
    if (err && why.id) return reply_fail(r, err, why);
    TRY(err);
    return desk_done(q, r, at_path(&at, NULL), "step", 0, 0, 0);
}

/* ---- on desks -------------------------------------------------------------------------------- */

static void put_step_button(struct html *h, struct at *at, const struct record *r, const struct step *s, Str action, const char *hidden)
{
    desk_form_open(h, at->q, at->r, action, "inline-form", false);
    if (hidden) desk_hidden(h, hidden, public_id(at->q->a, r->e, r->id));
    desk_submit(h, at->q, "button", at_tr(at, s->label));
    html_close(h, "form");
}

void put_open_step(struct html *h, struct at *at, const struct record *r, const struct step *s, Str path, const char *hidden)
{
    struct arena *a = at->q->a;
    if (!step_open(&at->w, r, s, NULL)) return;
    Str page = desk_path(a, r->e, r->id, str_z(a, str_f(a, "steps/%s", s->name)));
    if (s->is & (STEP_NOTE | STEP_BAD)) html_link(h, request_link(at->q, page), "button button-quiet", at_tr(at, s->label));
    else put_step_button(h, at, r, s, request_link(at->q, str_f(a, "%.*s/%s", FMT(path), s->name)), hidden);
}

void put_steps(struct html *h, struct at *at, const struct record *r, Str path, const char *hidden)
{
    for EACH_STEP(s, r->e->workflow) put_open_step(h, at, r, s, path, hidden);
}

enum err take_step(struct at *at, const struct record *r, Str name, Str note)
{
    const struct step *s = step_named(r->e, name);
    Message why = NO_MESSAGE;
    if (!s) return reply_fail(at->r, ERR_MISSING, MSG(N_("There is no step “{1}” here."), name));
    enum err e = step_take(&at->w, r->e, r->id, 0, s, note, &why);
    return e && why.id ? reply_fail(at->r, e, why) : e;
}
