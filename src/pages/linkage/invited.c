/*
 * invited.c - an invitation as the supplier sees it (C06, C11, C12): what is asked, by whom as far as it may know, until when; then, one after another, what
 * it can do: take part, agree to confidentiality and open drawings, ask, quote.
 */
#include "pages/linkage/dealing.h"

#include "model/view.h"

struct answering { struct at at; struct invited of; struct records quotes; };

/* ---- what is to be done next ----------------------------------------------------------------------- */

static const struct { const char *state, *next; } nexts[] = {
    { "invited",    N_("Read what is asked, then say whether you take part.") },
    { "interested", N_("The buyer decides whether it admits you; you are told.") },
    { "admitted",   N_("Look at the drawings, ask what is not clear, and send your quote before the day it is due.") },
    { "quoted",     N_("Your quote is with the buyer, who compares it with the others; you are told what comes of it.") },
    { "chosen",     N_("You were chosen: the buyer and you are introduced to each other.") },
    { "not_chosen", N_("The demand has ended, and another or nobody was chosen. Thank you for taking part.") },
    { "declined",   N_("You have declined.") },
    { "refused",    N_("The buyer has not admitted you to this demand.") },
};

static void put_next(struct answering *x)
{
    struct at *at = &x->at;
    for (size_t i = 0; i < COUNT(nexts); i++)
        if (in_state(at->record, nexts[i].state)) html_leaf_class(&at->h, "p", "notice", at_tr(at, nexts[i].next));
    if (v_is(at->record->v[INVITATION_REASON])) html_leaf(&at->h, "p", v_str(at->record->v[INVITATION_REASON]));
}

/* ---- the demand ------------------------------------------------------------------------------------- */

/* What invited_load() left in the demand is theirs to read, which no right to the demand itself says. */
static void put_known(struct answering *x, const int *fields, size_t n)
{
    struct html *h = &x->at.h;
    html_open(h, "dl");
    html_class(h, "facts");
    for (size_t i = 0; i < n; i++) {
        Str text = record_text(&x->at.w, x->of.demand, fields[i]);
        if (!text.n) continue;
        html_leaf(h, "dt", at_tr(&x->at, demand.fields[fields[i]].label));
        html_leaf(h, "dd", text);
    }
    html_close(h, "dl");
}

static void put_demand(struct answering *x)
{
    static const int shown[] = { DEMAND_SHOWN_BUYER, DEMAND_COUNTRY, DEMAND_CONTACT, DEMAND_EMAIL, DEMAND_QUOTES_BY, DEMAND_QUANTITY, DEMAND_HS, DEMAND_TEXT };
    struct at *at = &x->at;
    struct wanted d = wanted_of(&at->w, x->of.demand);
    section_open(at, "asked", N_("What is asked"));
    put_known(x, shown, COUNT(shown));
    html_open(&at->h, "ul");
    for (size_t i = 0; i < d.n; i++) {
        Str must = at_tr(at, d.p[i].must ? N_("must") : N_("wish"));
        html_leaf(&at->h, "li", str_f(at->q->a, "%.*s (%.*s)", FMT(want_text(&at->w, &d.p[i])), FMT(must)));
    }
    if (d.words.n) html_leaf(&at->h, "li", words_text(at->q, &d));
    html_close(&at->h, "ul");
    if (v_is(at->record->v[INVITATION_MESSAGE])) html_leaf_class(&at->h, "blockquote", "message", v_str(at->record->v[INVITATION_MESSAGE]));
    html_close(&at->h, "section");
}

/* ---- drawings ----------------------------------------------------------------------------------------- */

static Str path_of(struct answering *x, const char *rest) { return request_link(x->at.q, invitation_path(x->at.q->a, x->at.record->id, rest)); }

static void put_agreement(struct answering *x)
{
    struct at *at = &x->at;
    html_leaf_class(&at->h, "blockquote", "agreement", confidentiality_text(&at->w));
    desk_form_open(&at->h, at->q, at->r, path_of(x, "agree"), "inline-form", false);
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("We agree, in the name of our enterprise")));
    html_close(&at->h, "form");
}

static void put_drawing_list(struct answering *x)
{
    struct at *at = &x->at;
    const struct records *list = &x->of.demand->children[DEMAND_DRAWINGS];
    if (!list->n) put_empty(at, N_("The buyer has not added drawings."));
    html_open(&at->h, "ul");
    for (size_t i = 0; i < list->n; i++) {
        Str rest = str_f(at->q->a, "drawings/%lld", (long long)list->p[i]->id), title = v_str(list->p[i]->v[DRAWING_TITLE]);
        html_open(&at->h, "li");
        html_text(&at->h, title);
        html_text(&at->h, S(" "));
        desk_form_open(&at->h, at->q, at->r, path_of(x, str_z(at->q->a, rest)), "inline-form", false);
        html_open(&at->h, "button");
        html_attr(&at->h, "type", S("submit"));
        html_class(&at->h, "button button-quiet");
        html_text(&at->h, at_tr(at, N_("Open")));
        html_leaf_class(&at->h, "span", "visually-hidden", str_f(at->q->a, " %.*s", FMT(title)));
        html_close(&at->h, "button");
        html_close(&at->h, "form");
        html_close(&at->h, "li");
    }
    html_close(&at->h, "ul");
    html_leaf_class(&at->h, "p", "form-hint", at_say(at, MSG(N_("Open until {1}. Each opening is logged, and your name is on each page."),
                                                             record_text(&at->w, at->record, INVITATION_DRAWINGS_UNTIL))));
}

static void put_drawings_offered(struct answering *x)
{
    struct at *at = &x->at;
    bool agreed = v_is(at->record->v[INVITATION_CONFIDENTIAL_AT]);
    if (state_of(at->record)->done && !x->of.drawings_open) return;
    section_open(at, "drawings", N_("Drawings, in confidence"));
    if (!agreed) put_agreement(x);
    else if (x->of.drawings_open) put_drawing_list(x);
    else put_empty(at, N_("The drawings open when the buyer has admitted you, until the day that it sets."));
    html_close(&at->h, "section");
}

/* ---- questions ------------------------------------------------------------------------------------------ */

static enum err put_told(struct answering *x)
{
    struct told_questions told;
    struct at *at = &x->at;
    TRY(questions_told(&at->w, at->record, &told));
    html_open(&at->h, "dl");
    html_class(&at->h, "questions");
    for (size_t i = 0; i < told.n; i++) {
        html_leaf(&at->h, "dt", told.p[i].text);
        html_leaf(&at->h, "dd", told.p[i].answer);
    }
    html_close(&at->h, "dl");
    return OK;
}

static enum err put_asking(struct answering *x)
{
    struct at *at = &x->at;
    struct records mine;
    TRY(related(at, &question, QUESTION_INVITATION, at->record->id, &mine));
    section_open(at, "questions", N_("Questions and answers"));
    TRY(put_told(x));
    for (size_t i = 0; i < mine.n; i++)
        if (in_state(mine.p[i], "asked")) html_leaf_class(&at->h, "p", "entry-meta", at_say(at, MSG(N_("You asked: {1}"), v_str(mine.p[i]->v[QUESTION_TEXT]))));
    if (!state_of(at->record)->done) {
        desk_form_open(&at->h, at->q, at->r, path_of(x, "ask"), "desk-form", false);
        put_area(&at->h, "text", at_tr(at, N_("Your question")), at_tr(at, question.fields[QUESTION_TEXT].help), (Str){ 0 }, true);
        desk_submit(&at->h, at->q, "button", at_tr(at, N_("Ask")));
        html_close(&at->h, "form");
    }
    html_close(&at->h, "section");
    return OK;
}

/* ---- the quote --------------------------------------------------------------------------------------------- */

static void put_quote(struct answering *x, const struct record *r)
{
    static const int shown[] = { QUOTE_STATE, QUOTE_PRICE, QUOTE_CURRENCY, QUOTE_UNIT, QUOTE_LEAST, QUOTE_TOOLING, QUOTE_LEAD_DAYS, QUOTE_SAMPLE_DAYS, QUOTE_TERMS,
                                 QUOTE_VALID_UNTIL, QUOTE_NOTE, QUOTE_SENT_ON };
    struct at *at = &x->at;
    html_raw(&at->h, facts_html(&at->w, r, shown, COUNT(shown)));
    html_open(&at->h, "div");
    html_class(&at->h, "buttons");
    put_steps(&at->h, at, r, invitation_path(at->q->a, at->record->id, "quote"), quote.name);
    if (in_state(r, "draft")) html_link(&at->h, request_link(at->q, desk_path(at->q->a, &quote, r->id, "edit")), "button button-quiet", at_tr(at, N_("Edit")));
    html_close(&at->h, "div");
}

static void put_quoting(struct answering *x)
{
    struct at *at = &x->at;
    bool standing = false;
    section_open(at, "quote", N_("Your quote"));
    for (size_t i = 0; i < x->quotes.n; i++) {
        put_quote(x, x->quotes.p[i]);
        standing |= !in_state(x->quotes.p[i], "withdrawn");
    }
    if (!standing && !state_of(at->record)->done) {
        Str form = str_f(at->q->a, "%.*s?invitation=%.*s", FMT(desk_path(at->q->a, &quote, 0, "new")), FMT(public_id(at->q->a, &invitation, at->record->id)));
        html_link(&at->h, request_link(at->q, form), "button", at_tr(at, N_("Write a quote")));
    } else if (!standing) put_empty(at, N_("You did not send one."));
    html_close(&at->h, "section");
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

static enum err load(struct request *q, struct reply *r, struct answering *x)
{
    *x = (struct answering){ .at = at_desk(q, r) };
    struct at *at = &x->at;
    at->e = &invitation;
    TRY(desk_record(q, r, &at->w, &invitation, MAY_READ, &at->record));
    enum err e = reach_of(&at->w, at->record).reads >= OWN_FIELDS ? invited_load(&at->w, at->record->id, &x->of) : ERR_DENIED;
    if (e == ERR_DENIED) return reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), request_capture(q, "id")));
    TRY(e);
    return related(at, &quote, QUOTE_INVITATION, at->record->id, &x->quotes);
}

static enum err put_introduced(struct answering *x)
{
    struct records list;
    struct at *at = &x->at;
    TRY(related(at, &introduction, INTRODUCTION_DEMAND, x->of.demand->id, &list));
    for (size_t i = 0; i < list.n && in_state(at->record, "chosen"); i++)
        html_link(&at->h, request_link(at->q, introduction_path(at->q->a, list.p[i]->id, NULL)), "button", record_title(&at->w, list.p[i]));
    return OK;
}

enum err invitation_page(struct request *q, struct reply *r)
{
    struct answering x;
    TRY(load(q, r, &x));
    struct at *at = &x.at;
    struct html steps = html_make(q->a);
    put_steps(&steps, at, at->record, invitation_path(q->a, at->record->id, NULL), NULL);
    put_next(&x);
    TRY(put_introduced(&x));
    put_demand(&x);
    put_drawings_offered(&x);
    TRY(put_asking(&x));
    put_quoting(&x);
    return desk_reply(q, r, &(struct desk_page){
        .title = record_title(&at->w, x.of.demand), .place = DESK_LINKAGE, .content = html_done(&at->h), .actions = html_done(&steps),
        .lead = at_say(at, MSG(N_("{1}, quotes due on {2}"), record_text(&at->w, at->record, INVITATION_STATE), record_text(&at->w, x.of.demand, DEMAND_QUOTES_BY))),
        .crumbs = { { request_link(q, S("/linkage")), at_tr(at, N_("Linkage")) } } });
}

/* ---- what is done there ------------------------------------------------------------------------------------------ */

struct acting { struct answering *x; Message why; };

static enum err agree(struct work *w, void *arg)
{
    struct acting *a = arg;
    return invitation_agree(w, a->x->at.record, &a->why);
}

static enum err ask(struct work *w, void *arg)
{
    struct acting *a = arg;
    struct saving s = { .now = record_make(w->a, &question) };
    a->why = form_read_value(w, &question.fields[QUESTION_TEXT], str_trim(params_get(&a->x->at.q->form, "text")), &s.now->v[QUESTION_TEXT]);
    if (!a->why.id && !v_is(s.now->v[QUESTION_TEXT])) a->why = MSG(N_("Write your question first."));
    if (a->why.id) return ERR_INVALID;
    s.now->v[QUESTION_INVITATION] = v_int(a->x->at.record->id);
    enum err e = record_keep_inside(w, &s);
    if (e == ERR_INVALID && s.wrong.n) a->why = s.wrong.p[0].what;
    return e;
}

static const struct { const char *name; work_fn *run; const char *said; } acts[] = { { "agree", agree, "saved" }, { "ask", ask, "question" } };

static enum err done(struct answering *x, const char *said)
{
    return desk_done(x->at.q, x->at.r, invitation_path(x->at.q->a, x->at.record->id, NULL), said, 0, 0, 0);
}

/* POST /linkage/invitations/{id}/{act} */
enum err invitation_act(struct request *q, struct reply *r)
{
    struct answering x;
    Str act = request_capture(q, "act");
    TRY(load(q, r, &x));
    for (size_t i = 0; i < COUNT(acts); i++) {
        if (!str_is(act, acts[i].name)) continue;
        struct acting a = { .x = &x };
        enum err e = work_write(&x.at.w, acts[i].run, &a);
        if (e) return a.why.id ? reply_fail(r, e, a.why) : e;
        return done(&x, acts[i].said);
    }
    TRY(take_step(&x.at, x.at.record, act, (Str){ 0 }));
    return done(&x, "step");
}

/* POST /linkage/invitations/{id}/quote/{act}: a step of its quote. */
enum err invitation_quote(struct request *q, struct reply *r)
{
    struct answering x;
    int64_t id;
    TRY(load(q, r, &x));
    const struct record *of = public_id_read(&quote, params_get(&q->form, quote.name), &id) ? child_with_id(&x.quotes, id) : NULL;
    if (!of) return reply_fail(r, ERR_MISSING, MSG(N_("There is no such quote here.")));
    TRY(take_step(&x.at, of, request_capture(q, "act"), (Str){ 0 }));
    return done(&x, "step");
}
