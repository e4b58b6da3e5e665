/*
 * demand_desk.c - a demand as its buyer and the office work on it (C06, C10 - C12): what is asked, what is to be done next, who could supply it, who was
 * invited, what they asked and opened, and what is done there.  Its quotes are compared on a page of their own (quotes.c).
 */
#include "pages/linkage/dealing.h"

#include "model/desk/file.h"
#include "model/view.h"

#include <math.h>

/* ---- what is to be done next -------------------------------------------------------------------- */

/* For the buyer; and for the office where that is not the same. */
static const struct { const char *state, *buyer, *office; } nexts[] = {
    { "draft",     N_("Complete it, then send it to the office, which checks it within three working days."), N_("Its buyer is writing it still.") },
    { "submitted", N_("The office checks it. You are told when it is open to suppliers."),
      N_("Check it within three working days: open it to suppliers, or ask its buyer for more.") },
    { "returned",  N_("The office asks for something more: read its note, complete the demand and send it again."),
      N_("Its buyer was asked for more, and sends it again.") },
    { "open",      N_("Invite suppliers below, answer their questions, and compare the quotes when they are in.") },
    { "choosing",  N_("Compare the quotes and choose one; the others are told.") },
    { "awarded",   N_("You and the supplier are introduced. Write down there what comes of it."),
      N_("Buyer and supplier are introduced. What comes of it is written down there.") },
    { "nobody",    N_("It ended without a choice. The office reads the reason, to see what the city lacks.") },
    { "withdrawn", N_("It was withdrawn.") },
};

static void put_next(struct at *at)
{
    bool own = among_rows(&at->w, at->record, ROWS_MINE, DEMAND_ACCOUNT);
    for (size_t i = 0; i < COUNT(nexts); i++)
        if (in_state(at->record, nexts[i].state)) html_leaf_class(&at->h, "p", "notice", at_tr(at, own || !nexts[i].office ? nexts[i].buyer : nexts[i].office));
}

/* ---- what is asked --------------------------------------------------------------------------------- */

static void put_criterion(struct at *at, Str text, bool must)
{
    html_open(&at->h, "li");
    html_text(&at->h, text);
    html_text(&at->h, S(" "));
    html_leaf_class(&at->h, "span", must ? "badge" : "badge badge-quiet", at_tr(at, must ? N_("must") : N_("wish")));
    html_close(&at->h, "li");
}

/* To be read: they are changed where the demand is edited. */
static void put_criteria(struct at *at, const struct wanted *d)
{
    if (!d->n && !d->words.n) return;
    html_leaf(&at->h, "h3", at_tr(at, N_("Criteria")));
    html_open(&at->h, "ul");
    for (size_t i = 0; i < d->n; i++) put_criterion(at, want_text(&at->w, &d->p[i]), d->p[i].must);
    if (d->words.n) put_criterion(at, words_text(at->q, d), d->words_must);
    html_close(&at->h, "ul");
}

static void put_asked(struct at *at, const struct wanted *d)
{
    static const int shown[] = { DEMAND_STATE, DEMAND_DUE, DEMAND_QUOTES_BY, DEMAND_REACH, DEMAND_UNNAMED, DEMAND_BUYER, DEMAND_COUNTRY, DEMAND_CONTACT,
                                 DEMAND_EMAIL, DEMAND_QUANTITY, DEMAND_VALUE, DEMAND_VALUE_CURRENCY, DEMAND_HS, DEMAND_TEXT, DEMAND_REASON };
    section_open(at, "asked", N_("What is asked"));
    html_raw(&at->h, facts_html(&at->w, at->record, shown, COUNT(shown)));
    put_criteria(at, d);
    html_close(&at->h, "section");
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static Html actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    struct arena *a = at->q->a;
    int64_t id = at->record->id;
    put_steps(&h, at, at->record, demand_desk_path(a, id, NULL), NULL);
    if (at_rights(at) & MAY_CHANGE) html_link(&h, request_link(at->q, desk_path(a, &demand, id, "edit")), "button button-quiet", at_tr(at, N_("Edit")));
    html_link(&h, request_link(at->q, str_f(a, "%.*s?all=1", FMT(desk_path(a, &demand, id, NULL)))), "button button-quiet", at_tr(at, N_("All of the record")));
    return html_done(&h);
}

static enum err put_introductions(struct at *at)
{
    struct records list;
    TRY(related(at, &introduction, INTRODUCTION_DEMAND, at->record->id, &list));
    for (size_t i = 0; i < list.n; i++) {
        html_open(&at->h, "p");
        html_link(&at->h, request_link(at->q, introduction_path(at->q->a, list.p[i]->id, NULL)), "button", record_title(&at->w, list.p[i]));
        html_close(&at->h, "p");
    }
    return OK;
}

enum err demand_desk(struct request *q, struct reply *r)
{
    struct at at;
    struct records invited;
    TRY(demand_at(q, r, &at));
    TRY(related(&at, &invitation, INVITATION_DEMAND, at.record->id, &invited));
    struct wanted d = wanted_of(&at.w, at.record);
    put_next(&at);
    TRY(put_introductions(&at));
    put_asked(&at, &d);
    bool open = in_state(at.record, "open"), begun = invited.n;
    if (open && !begun) TRY(put_best(&at, &invited, &d));
    put_invited(&at, &invited);
    TRY(put_quotes(&at));
    TRY(put_questions(&at));
    if (open && begun) TRY(put_best(&at, &invited, &d));
    TRY(put_drawings(&at));
    return desk_reply(q, r, &(struct desk_page){
        .title = record_title(&at.w, at.record), .place = DESK_LINKAGE, .content = html_done(&at.h), .actions = actions(&at),
        .lead = at_say(&at, MSG(N_("{1}, quotes due on {2}"), record_text(&at.w, at.record, DEMAND_STATE), record_text(&at.w, at.record, DEMAND_QUOTES_BY))),
        .crumbs = { { request_link(q, S("/linkage")), at_tr(&at, N_("Linkage")) } } });
}

/* ---- inviting ------------------------------------------------------------------------------------------ */

struct acting { struct at *at; int64_t n, id; Message why; };

/* Points as the index has them now; none where the enterprise is not in it. */
static Val points_of(struct at *at, int64_t id)
{
    struct wanted d = wanted_of(&at->w, at->record);
    struct match_demand asked = wanted_demand(&at->w, &d, 1);
    struct match_hit hit;
    if (match_explain(page_snapshot(at->q)->finder->index, at->q->a, &asked, id, &hit)) return v_null();
    return v_int((int64_t)lround(wanted_percent(&d, hit.score)));
}

static enum err note_points(struct work *w, int64_t id, Val points)
{
    struct record *was;
    bool changed;
    TRY(record_load(w, &invitation, id, &was));
    struct record *now = record_copy(w->a, was);
    now->v[INVITATION_POINTS] = points;
    return record_save(w, was, now, &changed);
}

/* All that are ticked, or none. */
static enum err invite_them(struct work *w, void *arg)
{
    struct acting *x = arg;
    struct request *q = x->at->q;
    Str from = among_rows(w, x->at->record, ROWS_MINE, DEMAND_ACCOUNT) ? S("buyer") : S("officer"), public;
    for (size_t at = 0; params_next(&q->form, "id", &at, &public); x->n++) {
        int64_t firm, made;
        if (!public_id_read(&enterprise, public, &firm)) return x->why = MSG(N_("“{1}” is no enterprise."), public), ERR_INVALID;
        TRY(invite(w, x->at->record, firm, from, str_trim(params_get(&q->form, "message")), &made, &x->why));
        TRY(note_points(w, made, points_of(x->at, firm)));
    }
    if (!x->n) return x->why = MSG(N_("Tick the suppliers to be invited first.")), ERR_INVALID;
    return OK;
}

/* ---- what is done with one of its papers ----------------------------------------------------------------- */

/* The invitation or question that the form names, if it is of this demand. */
static enum err named_in_form(struct at *at, const struct entity *e, int demand_field, struct record **out)
{
    Str public = params_get(&at->q->form, e->name);
    int64_t id;
    enum err err = public_id_read(e, public, &id) ? record_load(&at->w, e, id, out) : ERR_MISSING;
    if (err && err != ERR_MISSING) return err;
    bool ours = !err && v_i64((*out)->v[demand_field]) == at->record->id && record_visible(&at->w, *out);
    return ours ? OK : reply_fail(at->r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), public));
}

static enum err admit(struct at *at)
{
    struct record *r = NULL;
    TRY(named_in_form(at, &invitation, INVITATION_DEMAND, &r));
    return take_step(at, r, S("admit"), (Str){ 0 });
}

static enum err answer(struct at *at)
{
    struct record *r = NULL;
    TRY(named_in_form(at, &question, QUESTION_DEMAND, &r));
    return take_step(at, r, S("answer"), str_trim(params_get(&at->q->form, "answer")));
}

/* ---- more time --------------------------------------------------------------------------------------------- */

/* Drawings stay open as long as quotes are taken, for those who take part. */
static enum err move_drawings(struct work *w, int64_t demand_id, Val until)
{
    struct buf b = buf_make(w->a);
    struct records list;
    bool changed;
    put_f(&b, "%s WHERE demand = $1 ORDER BY id", shape_of(w->m, &invitation)->select_list.text);
    TRY(records_query(w, &invitation, sql_of(&b), ARGS(v_int(demand_id)), true, &list));
    for (size_t i = 0; i < list.n; i++) {
        if (state_of(list.p[i])->done || str_cmp(v_str(list.p[i]->v[INVITATION_DRAWINGS_UNTIL]), v_str(until)) >= 0) continue;
        struct record *now = record_copy(w->a, list.p[i]);
        now->v[INVITATION_DRAWINGS_UNTIL] = until;
        TRY(record_save(w, list.p[i], now, &changed));
    }
    return OK;
}

static enum err move_day(struct work *w, void *arg)
{
    struct acting *x = arg;
    struct saving s = { .was = x->at->record, .now = record_copy(w->a, x->at->record) };
    const struct field *f = &demand.fields[DEMAND_QUOTES_BY];
    x->why = form_read_value(w, f, params_get(&x->at->q->form, "until"), &s.now->v[DEMAND_QUOTES_BY]);
    if (x->why.id) return ERR_INVALID;
    if (!v_is(s.now->v[DEMAND_QUOTES_BY]) || str_cmp(v_str(s.now->v[DEMAND_QUOTES_BY]), date_iso(w->a, w->today)) < 0)
        return x->why = MSG(N_("Quotes can only be due on a day that has not passed.")), ERR_INVALID;
    enum err e = record_keep_inside(w, &s);
    if (e == ERR_INVALID && s.wrong.n) x->why = s.wrong.p[0].what;
    TRY(e);
    return move_drawings(w, x->at->record->id, s.now->v[DEMAND_QUOTES_BY]);
}

/* ---- choosing ------------------------------------------------------------------------------------------------ */

static enum err choose_it(struct work *w, void *arg)
{
    struct acting *x = arg;
    int64_t id;
    Str public = params_get(&x->at->q->form, "quote");
    if (!public_id_read(&quote, public, &id)) return x->why = MSG(N_("First choose one of the quotes.")), ERR_INVALID;
    return quote_choose(w, x->at->record, id, params_get(&x->at->q->form, "reason"), &x->id, &x->why);
}

/* ---- a drawing ------------------------------------------------------------------------------------------------- */

static enum err store_drawing(struct work *w, void *arg)
{
    struct acting *x = arg;
    struct request *q = x->at->q;
    struct upload up;
    if (!q->files_n) return x->why = MSG(N_("Choose a file first.")), ERR_INVALID;
    TRY(store_part(w, q, x->at->r, &q->files[0], &up, &x->why));
    q->form = params_with(q->a, &q->form, "file", upload_text(q->a, up));
    return OK;
}

static enum err add_drawing(struct work *w, void *arg)
{
    struct acting *x = arg;
    struct request *q = x->at->q;
    struct saving s = { .was = x->at->record, .now = record_copy(w->a, x->at->record) };
    struct record *fresh = record_add(w->a, s.now, DEMAND_DRAWINGS);
    Str title = str_trim(params_get(&q->form, "title")), file = params_get(&q->form, "file");
    struct upload up;
    if (!title.n && upload_read(file, &up)) title = up.name;
    fresh->v[DRAWING_TITLE] = v_text(title);
    fresh->v[DRAWING_FILE] = v_text(file);
    enum err e = record_keep_inside(w, &s);
    if (e == ERR_INVALID && s.wrong.n) x->why = s.wrong.p[0].what;
    return e;
}

/* Stored, tried out, then added: one that could never be handed out is refused now. */
static enum err take_drawing(struct at *at, struct acting *x)
{
    enum err e = work_write(&at->w, store_drawing, x);
    if (!e) e = markable(at, params_get(&at->q->form, "file"), &x->why);
    return e ? e : work_write(&at->w, add_drawing, x);
}

/* ---- what is done there ------------------------------------------------------------------------------------------ */

static enum err refused(struct at *at, enum err e, const struct acting *x) { return x->why.id ? reply_fail(at->r, e, x->why) : e; }

static enum err done(struct at *at, const char *said, int64_t n)
{
    return desk_done(at->q, at->r, demand_desk_path(at->q->a, at->record->id, NULL), said, n, 0, 0);
}

static const struct { const char *name; work_fn *run; const char *said; } writes[] = {
    { "invite", invite_them, "invited" }, { "extend", move_day, "saved" }, { "choose", choose_it, "chosen" },
};
static const struct { const char *name; enum err (*run)(struct at *at); } papers[] = { { "admit", admit }, { "answer", answer } };

static enum err act_on_paper(struct at *at, Str act)
{
    for (size_t i = 0; i < COUNT(papers); i++) {
        if (!str_is(act, papers[i].name)) continue;
        TRY(papers[i].run(at));
        return done(at, "step", 0);
    }
    TRY(take_step(at, at->record, act, (Str){ 0 }));
    return done(at, "step", 0);
}

/* POST /linkage/demands/{id}/{act} */
enum err demand_act(struct request *q, struct reply *r)
{
    struct at at;
    Str act = request_capture(q, "act");
    TRY(demand_at(q, r, &at));
    struct acting x = { .at = &at };
    for (size_t i = 0; i < COUNT(writes); i++) {
        if (!str_is(act, writes[i].name)) continue;
        enum err e = work_write(&at.w, writes[i].run, &x);
        if (e) return refused(&at, e, &x);
        if (x.id) return desk_done(q, r, introduction_path(q->a, x.id, NULL), writes[i].said, 0, 0, 0);
        return done(&at, writes[i].said, x.n);
    }
    return act_on_paper(&at, act);
}

/* POST /linkage/demands/{id}/drawings */
enum err demand_drawing(struct request *q, struct reply *r)
{
    struct at at;
    TRY(demand_at(q, r, &at));
    struct acting x = { .at = &at };
    enum err e = take_drawing(&at, &x);
    return e ? refused(&at, e, &x) : done(&at, "saved", 0);
}
