#include "pages/contract/contracting.h"

#include "model/type.h"
#include "pages/plan/plan_pages.h"

/* ---- addresses -------------------------------------------------------------------------------------- */

static Str path_to(struct arena *a, const char *place, const struct entity *e, int64_t id, const char *rest)
{
    return str_f(a, "%s/%.*s%s%s", place, FMT(public_id(a, e, id)), rest ? "/" : "", rest ? rest : "");
}

Str call_desk_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "/contracts/calls", &call, id, rest); }
Str contract_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "/contracts", &contract, id, rest); }
Str payment_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "/contracts/payments", &payment_request, id, rest); }
Str settlement_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "/contracts/settlements", &settlement, id, rest); }

/* With its unit the page on which it is written; else the desk of its call. */
static Str of_bid(struct at *at)
{
    bool own = among_rows(&at->w, at->record, ROWS_MINE, BID_ACCOUNT);
    return call_desk_path(at->q->a, v_i64(at->record->v[BID_CALL]), own ? "bid" : NULL);
}

static Str of_milestone(struct at *at) { return contract_path(at->q->a, v_i64(at->record->v[MILESTONE_CONTRACT]), NULL); }
static Str of_amendment(struct at *at) { return contract_path(at->q->a, v_i64(at->record->v[AMENDMENT_CONTRACT]), NULL); }

static const struct { const struct entity *e; Str (*where)(struct at *at); } places[] = {
    { &bid, of_bid }, { &milestone, of_milestone }, { &amendment, of_amendment },
};

Str contracting_desk(struct at *at)
{
    for (size_t i = 0; i < COUNT(places); i++)
        if (places[i].e == at->e) return places[i].where(at);
    return (Str){ 0 };
}

enum err contracting_at(struct request *q, struct reply *r, const struct entity *e, struct at *out)
{
    *out = at_desk(q, r);
    out->e = e;
    int64_t id;
    if (e != &call) return desk_record(q, r, &out->w, e, MAY_READ, &out->record);
    enum err err = public_id_read(e, request_capture(q, "id"), &id) ? call_for(&out->w, id, &out->record) : ERR_MISSING;
    if (err != ERR_MISSING && err != ERR_DENIED) return err;
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), request_capture(q, "id")));
}

/* ---- a refusal ---------------------------------------------------------------------------------------- */

bool refused(struct at *at, enum err e, Message why)
{
    bool again = why.id && (e == ERR_INVALID || e == ERR_CONFLICT);
    if (again) at->r->status = err_status(e);
    return again;
}

enum err try_step(struct at *at, const struct record *r, Str name, Str note, Message *why)
{
    const struct step *s = step_named(r->e, name);
    if (s) return step_take(&at->w, r->e, r->id, 0, s, note, why);
    *why = MSG(N_("There is no step “{1}” here."), name);
    return ERR_MISSING;
}

/* ---- steps ---------------------------------------------------------------------------------------------- */

/* Theirs from this state, whether or not something hinders it yet. */
static bool their_turn(const struct at *at, const struct step *s)
{
    return step_leaves(s, str_of(state_of(at->record)->code)) && step_theirs(&at->w, at->record, s);
}

/* As it was typed, else as it stands. */
static Str input_value(struct at *at, const struct field *f, Val v)
{
    struct buf b = buf_make(at->q->a);
    if (at->q->form.n) return params_get(&at->q->form, f->name);
    if (v_is(v)) put_spelt(&b, &at->w, f, v);
    return buf_str(&b);
}

void put_written_step(struct at *at, const struct written_step *s, Str path)
{
    const struct step *step = step_named(at->e, str_of(s->step));
    if (!their_turn(at, step)) return;
    section_open(at, s->step, s->title);
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, str_f(at->q->a, "%.*s/%s", FMT(path), s->step)), "desk-form", true);
    for (const int *i = s->fields; *i >= 0; i++) {
        const struct field *f = &at->e->fields[*i];
        html_raw(&at->h, form_field_html(&at->w, f, str_of(f->name), input_value(at, f, at->record->v[*i]), NULL));
    }
    desk_submit(&at->h, at->q, "button", at_tr(at, step->label));
    html_close(&at->h, "form");
    html_close(&at->h, "section");
}

struct writing_step { struct at *at; const struct written_step *s; Message why; };

static enum err wrong_at(struct writing_step *x, const struct form_problem *p)
{
    x->why = MSG(N_("{1}: {2}"), at_tr(x->at, p->f->label), at_say(x->at, p->what));
    return ERR_INVALID;
}

static enum err write_and_take(struct work *w, void *arg)
{
    struct writing_step *x = arg;
    const struct record *was = x->at->record;
    const struct step *step = step_named(was->e, str_of(x->s->step));
    struct saving kept = { .was = was, .now = record_copy(w->a, was) };
    struct record *current;
    TRY(record_load(w, was->e, was->id, &current));
    TRY(step_untaken(w, current, step, &x->why));           /* a record at its end is nobody's to write: say first who brought it there */
    for (const int *i = x->s->fields; *i >= 0; i++) {
        const struct field *f = &was->e->fields[*i];
        Message m = form_read_value(w, f, str_trim(params_get(&x->at->q->form, f->name)), &kept.now->v[*i]);
        if (m.id) return wrong_at(x, &(struct form_problem){ .f = f, .what = m });
    }
    enum err e = record_keep_inside(w, &kept);
    if (e == ERR_INVALID && kept.wrong.n) return wrong_at(x, &kept.wrong.p[0]);
    TRY(e);
    return step_inside(w, kept.saved ? kept.saved : was, step, (Str){ 0 }, &x->why);
}

enum err take_written_step(struct at *at, const struct written_step *s, Message *why)
{
    struct writing_step x = { at, s, NO_MESSAGE };
    struct form_problems wrong = { 0 };
    enum err e = take_files(at, &wrong);
    if (e == ERR_INVALID && wrong.n) return *why = wrong.p[0].what, e;
    if (!e) e = work_write(&at->w, write_and_take, &x);
    *why = x.why;
    return e;
}

void put_doing(struct html *h, struct at *at, Str path, const struct written_step *but)
{
    struct arena *a = at->q->a;
    for EACH_STEP(s, at->e->workflow)
        if (!but || !str_is(str_of(but->step), s->name)) put_open_step(h, at, at->record, s, path, NULL);
    if (at_rights(at) & MAY_CHANGE) html_link(h, at_url(at, "edit"), "button button-quiet", at_tr(at, N_("Edit")));
    html_link(h, str_f(a, "%.*s?all=1", FMT(at_url(at, NULL))), "button button-quiet", at_tr(at, N_("All of the record")));
}

void put_hindrances(struct at *at, const struct written_step *but)
{
    for EACH_STEP(s, at->e->workflow) {
        Message why = NO_MESSAGE;
        if ((but && str_is(str_of(but->step), s->name)) || s->is & STEP_BAD || step_open(&at->w, at->record, s, &why) || !why.id) continue;
        html_leaf_class(&at->h, "p", "notice", at_say(at, MSG(N_("{1}: {2}"), at_tr(at, s->label), at_say(at, why))));
    }
}

/* ---- parts ---------------------------------------------------------------------------------------------- */

void put_next(struct at *at, const struct next *nexts)
{
    for (; nexts->state; nexts++)
        if (in_state(at->record, nexts->state)) html_leaf_class(&at->h, "p", "notice", at_tr(at, nexts->sentence));
}

/* ---- what is asked for --------------------------------------------------------------------------------- */

static const char *const criterion_heads[] = { N_("Criterion"), N_("Weight"), N_("Least points") };

static void put_criteria(struct at *at)
{
    const struct records *list = &at->record->children[CALL_CRITERIA];
    if (!list->n) return;
    table_begin(&at->h, at->q->lang, at_tr(at, N_("Criteria")), criterion_heads, COUNT(criterion_heads));
    for (size_t i = 0; i < list->n; i++) {
        html_open(&at->h, "tr");
        for (int k = 0; k < CRITERION_FIELD_COUNT; k++) table_cell(&at->h, at_tr(at, criterion_heads[k]), record_text(&at->w, list->p[i], k));
        html_close(&at->h, "tr");
    }
    table_end(&at->h);
}

void put_call_asked(struct at *at)
{
    static const int shown[] = { CALL_CEILING, CALL_OPENS_ON, CALL_CLOSES_ON, CALL_REACH, CALL_TERMS, CALL_DECISION, CALL_DECIDED_ON, CALL_AWARDED };
    section_open(at, "asked", N_("What is asked for"));
    html_open(&at->h, "dl");
    html_class(&at->h, "facts");
    for (size_t i = 0; i < COUNT(shown); i++) {
        Str text = record_text(&at->w, at->record, shown[i]);
        if (!text.n) continue;
        html_open(&at->h, "div");
        html_leaf(&at->h, "dt", at_tr(at, call.fields[shown[i]].label));
        html_leaf(&at->h, "dd", text);
        html_close(&at->h, "div");
    }
    html_close(&at->h, "dl");
    put_criteria(at);
    html_close(&at->h, "section");
}

/* ---- records and amounts --------------------------------------------------------------------------------- */

const struct record *seen(struct at *at, const struct record *r, int field, const struct entity *e)
{
    struct record *found;
    int64_t id = v_is(r->v[field]) ? v_i64(r->v[field]) : 0;
    return id && !record_load(&at->w, e, id, &found) && record_visible(&at->w, found) ? found : NULL;
}

void put_record_link(struct html *h, struct at *at, const struct record *r)
{
    html_link(h, request_link(at->q, desk_path(at->q->a, r->e, r->id, NULL)), NULL, record_title(&at->w, r));
}

void put_record_cell(struct at *at, const char *head, const struct record *r)
{
    table_cell_open(&at->h, at_tr(at, head));
    if (r) put_record_link(&at->h, at, r);
    html_close(&at->h, "td");
}

void put_money_cell(struct at *at, const char *head, int64_t amount)
{
    html_open(&at->h, "td");
    html_class(&at->h, "number");
    html_attr(&at->h, "data-label", at_tr(at, head));
    html_text(&at->h, dong(at->q->a, at->q->lang, amount));
    html_close(&at->h, "td");
}
