/*
 * introductions.c - what came of bringing two together (C13): sample, audit, first order, value of a year, as a line of time, with what proves each; both
 * sides and the office write it down.
 */
#include "pages/linkage/dealing.h"

#include "model/desk/file.h"
#include "model/view.h"

#include <stdlib.h>

/* ---- what is to be done next -------------------------------------------------------------------- */

static const struct { const char *reached, *next; } nexts[] = {
    { "",             N_("Next: agree on a sample, and write down here when the buyer has it.") },
    { "sample",       N_("Next: the buyer’s audit of the supplier, or at once the first order.") },
    { "audit",        N_("Next: the first order, with its day and amount. From then on the supplier is a direct supplier.") },
    { "first_order",  N_("Next: at the end of the year, the value of all orders of that year.") },
    { "yearly_value", N_("Write down the value of each further year.") },
};

static void put_next(struct at *at)
{
    Str reached = v_str(record_val(&at->w, at->record, INTRODUCTION_REACHED));
    if (state_of(at->record)->done) return;
    for (size_t i = 0; i < COUNT(nexts); i++)
        if (str_is(reached, nexts[i].reached)) html_leaf_class(&at->h, "p", "notice", at_tr(at, nexts[i].next));
}

/* ---- the line of time ------------------------------------------------------------------------------ */

static void put_evidence(struct at *at, const struct record *o)
{
    struct upload up;
    if (!upload_read(v_str(o->v[OUTCOME_EVIDENCE]), &up)) return;
    Str path = desk_path(at->q->a, &introduction, at->record->id, str_z(at->q->a, str_f(at->q->a, "files/%.*s", FMT(up.hash))));
    html_open(&at->h, "p");
    html_link(&at->h, request_link(at->q, path), NULL, up.name);
    html_close(&at->h, "p");
}

static void put_moment(struct at *at, Str day, Str what, Str amount)
{
    html_open(&at->h, "p");
    html_leaf_class(&at->h, "span", "timeline-day", day);
    html_text(&at->h, S(" "));
    html_leaf(&at->h, "strong", what);
    html_text(&at->h, S(" "));
    html_text(&at->h, amount);
    html_close(&at->h, "p");
}

static void put_outcome(struct at *at, const struct record *o)
{
    struct buf amount = buf_make(at->q->a);
    if (v_is(o->v[OUTCOME_AMOUNT])) put_f(&amount, "%.*s %.*s", FMT(record_text(&at->w, o, OUTCOME_AMOUNT)), FMT(record_text(&at->w, o, OUTCOME_CURRENCY)));
    if (v_is(o->v[OUTCOME_YEAR])) put_f(&amount, " (%.*s)", FMT(record_text(&at->w, o, OUTCOME_YEAR)));
    html_open(&at->h, "li");
    put_moment(at, record_text(&at->w, o, OUTCOME_ON), record_text(&at->w, o, OUTCOME_STAGE), buf_str(&amount));
    if (v_is(o->v[OUTCOME_NOTE])) html_leaf(&at->h, "p", v_str(o->v[OUTCOME_NOTE]));
    put_evidence(at, o);
    html_close(&at->h, "li");
}

/* The stages after the furthest one; one that was skipped is not waited for. */
static void put_coming(struct at *at)
{
    Str reached = v_str(record_val(&at->w, at->record, INTRODUCTION_REACHED));
    bool after = !reached.n;
    if (state_of(at->record)->done) return;
    for (const struct choice *c = outcome.fields[OUTCOME_STAGE].choices; c->code; c++) {
        if (after) {
            html_open(&at->h, "li");
            html_class(&at->h, "timeline-coming");
            put_moment(at, at_tr(at, N_("To come")), at_tr(at, c->label), (Str){ 0 });
            html_close(&at->h, "li");
        }
        after |= str_is(reached, c->code);
    }
}

static int by_day(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
    int days = str_cmp(v_str(x->v[OUTCOME_ON]), v_str(y->v[OUTCOME_ON]));
    return days ? days : (x->id > y->id) - (x->id < y->id);
}

static void put_line(struct at *at)
{
    struct records list = { 0 };
    const struct records *all = &at->record->children[INTRODUCTION_OUTCOMES];
    for (size_t i = 0; i < all->n; i++) *GROW(at->q->a, list) = all->p[i];
    if (list.n) qsort(list.p, list.n, sizeof *list.p, by_day);
    section_open(at, "outcomes", N_("What came of it"));
    html_open(&at->h, "ol");
    html_class(&at->h, "timeline");
    html_open(&at->h, "li");
    put_moment(at, record_text(&at->w, at->record, INTRODUCTION_ON), at_tr(at, N_("Introduced")), (Str){ 0 });
    html_close(&at->h, "li");
    for (size_t i = 0; i < list.n; i++) put_outcome(at, list.p[i]);
    put_coming(at);
    html_close(&at->h, "ol");
    html_close(&at->h, "section");
}

/* ---- writing down ------------------------------------------------------------------------------------ */

static void put_form(struct at *at, const struct form_problems *wrong)
{
    if (!(at_rights(at) & MAY_CHANGE)) return;
    section_open(at, "add", N_("Write down what came of it"));
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, introduction_path(at->q->a, at->record->id, NULL)), "desk-form record-form", true);
    put_form_summary(&at->h, &at->w, wrong);
    for EACH_FIELD(f, i, &outcome)
        html_raw(&at->h, form_field_html(&at->w, f, str_of(f->name), params_get(&at->q->form, f->name), form_problem_at(wrong, f->name)));
    html_open(&at->h, "button");
    html_attr(&at->h, "type", S("submit"));
    html_flag(&at->h, "formnovalidate", true);
    html_class(&at->h, "button");
    html_text(&at->h, at_tr(at, N_("Write it down")));
    html_close(&at->h, "button");
    html_close(&at->h, "form");
    html_close(&at->h, "section");
}

static enum err show(struct at *at, const struct form_problems *wrong)
{
    static const int shown[] = { INTRODUCTION_ENTERPRISE, INTRODUCTION_BUYER, INTRODUCTION_COUNTRY, INTRODUCTION_ON, INTRODUCTION_REACHED, INTRODUCTION_STATE,
                                 INTRODUCTION_NOTE };
    struct html steps = html_make(at->q->a);
    put_steps(&steps, at, at->record, introduction_path(at->q->a, at->record->id, NULL), NULL);
    if (at_rights(at) & MAY_CHANGE)
        html_link(&steps, request_link(at->q, desk_path(at->q->a, &introduction, at->record->id, "edit")), "button button-quiet", at_tr(at, N_("Correct")));
    put_next(at);
    html_raw(&at->h, facts_html(&at->w, at->record, shown, COUNT(shown)));
    put_line(at);
    put_form(at, wrong);
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_LINKAGE, .content = html_done(&at->h), .actions = html_done(&steps),
        .crumbs = { { request_link(at->q, S("/linkage")), at_tr(at, N_("Linkage")) } } });
}

static enum err load(struct request *q, struct reply *r, unsigned verbs, struct at *at)
{
    *at = at_desk(q, r);
    at->e = &introduction;
    return desk_record(q, r, &at->w, &introduction, verbs, &at->record);
}

/* GET /linkage/introductions/{id} */
enum err introduction_page(struct request *q, struct reply *r)
{
    struct at at;
    TRY(load(q, r, MAY_READ, &at));
    return show(&at, &(struct form_problems){ 0 });
}

static struct record *with_outcome(struct at *at, struct form_problems *wrong)
{
    struct record *now = record_copy(at->q->a, at->record), *o = record_add(at->q->a, now, INTRODUCTION_OUTCOMES);
    int blamed = 0;
    for EACH_FIELD(f, i, &outcome) {
        Message m = form_read_value(&at->w, f, params_get(&at->q->form, f->name), &o->v[i]);
        if (!m.id && f->is & REQUIRED && !v_is(o->v[i])) m = MSG(N_("is needed"));
        if (m.id) *GROW(at->q->a, *wrong) = (struct form_problem){ str_of(f->name), f, m, false };
    }
    Message m = wrong->n ? NO_MESSAGE : outcome.check(&at->w, o, &blamed);
    if (m.id) *GROW(at->q->a, *wrong) = (struct form_problem){ str_of(outcome.fields[blamed].name), &outcome.fields[blamed], m, true };
    return now;
}

/* POST of the same */
enum err introduction_add(struct request *q, struct reply *r)
{
    struct at at;
    struct saving s = { 0 };
    TRY(load(q, r, MAY_CHANGE, &at));
    enum err e = take_files(&at, &s.wrong);
    if (e && e != ERR_INVALID) return e;
    s.was = at.record;
    s.now = with_outcome(&at, &s.wrong);
    e = s.wrong.n ? ERR_INVALID : record_keep(&at.w, &s);
    if (e == ERR_INVALID || e == ERR_CONFLICT) {
        r->status = err_status(e);
        return show(&at, &s.wrong);
    }
    TRY(e);
    return desk_done(q, r, introduction_path(q->a, at.record->id, NULL), "saved", 0, s.changed ? s.saved->seq : 0, 0);
}
