#include "pages/contract/council.h"

#include "model/type.h"

#include <math.h>

/* ---- the ranking --------------------------------------------------------------------------------------- */

static const struct grid_column rank_columns[] = {
    { "rank", N_("Rank") }, { "unit", N_("Implementing unit"), "label" }, { "price", N_("Price, đồng") }, { "points", N_("Points of 100"), "value" },
    { "spread", N_("Spread between members") }, { "members", N_("Members who scored") }, { "out", N_("Out, and why") }, { "state", N_("State") },
    { "id", N_("Number"), .files_only = true },
};

static void put_ranked(struct grid *g, struct at *at, const struct bid_rank *r, size_t rank)
{
    const struct record *b = r->bid;
    if (r->out) grid_text(g, (Str){ 0 });
    else grid_number(g, (double)rank);
    grid_link(g, request_link(at->q, str_f(at->q->a, "%.*s?all=1", FMT(desk_path(at->q->a, &bid, b->id, NULL)))), record_text(&at->w, b, BID_PROVIDER));
    grid_whole(g, v_i64(b->v[BID_PRICE]), (Str){ 0 });
    grid_number(g, r->members ? r->points : NAN);
    grid_number(g, r->members > 1 ? r->spread : NAN);
    grid_number(g, r->members);
    grid_text(g, r->out ? at_say(at, r->why) : (Str){ 0 });
    grid_text(g, record_text(&at->w, b, BID_STATE));
    grid_text(g, public_id(at->q->a, &bid, b->id));
}

struct grid ranking_grid(struct at *at, const struct bid_ranks *ranks)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "ranking", .caption = N_("Ranking"),
                              .lead = N_("Points are the weighted mean over criteria and members; a proposal below the least points of a criterion or over the highest price is out.") },
                              rank_columns, COUNT(rank_columns), N_("No proposal came in time."));
    for (size_t i = 0, rank = 0; i < ranks->n; i++) put_ranked(&g, at, &ranks->p[i], ranks->p[i].out ? 0 : ++rank);
    return g;
}

/* ---- scoring --------------------------------------------------------------------------------------------- */

static const struct record *score_of(const struct records *scores, int64_t bid_id, Str criterion, int64_t member)
{
    for (size_t i = 0; i < scores->n; i++) {
        const struct record *s = scores->p[i];
        if (v_i64(s->v[SCORE_BID]) == bid_id && v_i64(s->v[SCORE_MEMBER]) == member && str_eq(v_str(s->v[SCORE_CRITERION]), criterion)) return s;
    }
    return NULL;
}

/* What was typed and refused, else what the member gave before. */
static Str said(struct at *at, bool typed, const char *name, const struct record *was, int field)
{
    struct buf b = buf_make(at->q->a);
    if (typed) return params_get(&at->q->form, name);
    if (was) put_spelt(&b, &at->w, &bid_score.fields[field], was->v[field]);
    return buf_str(&b);
}

static const char *input_of(struct at *at, const char *what, int64_t bid_id, size_t criterion) { return str_z(at->q->a, str_f(at->q->a, "%s.%lld.%zu", what, (long long)bid_id, criterion)); }

static void put_criterion(struct at *at, const struct record *of, size_t k, const struct records *scores, bool typed)
{
    const struct record *c = at->record->children[CALL_CRITERIA].p[k];
    const struct record *was = score_of(scores, of->id, v_str(c->v[CRITERION_TITLE]), at->w.actor.account);
    const char *points = input_of(at, "points", of->id, k), *comment = input_of(at, "comment", of->id, k);
    html_open(&at->h, "fieldset");
    html_leaf(&at->h, "legend", at_say(at, MSG(N_("{1} (weight {2})"), v_str(c->v[CRITERION_TITLE]), record_text(&at->w, c, CRITERION_WEIGHT))));
    put_text_input(&at->h, "text", points, at_tr(at, N_("Points, 0 to 100")), said(at, typed, points, was, SCORE_POINTS));
    put_area(&at->h, comment, at_tr(at, bid_score.fields[SCORE_COMMENT].label), at_tr(at, bid_score.fields[SCORE_COMMENT].help), said(at, typed, comment, was, SCORE_COMMENT), true);
    html_close(&at->h, "fieldset");
}

static void put_score_form(struct at *at, const struct record *of, const struct records *scores)
{
    Str id = public_id(at->q->a, &bid, of->id);
    bool typed = str_eq(params_get(&at->q->form, "bid"), id);
    html_open(&at->h, "details");
    html_flag(&at->h, "open", typed);
    html_leaf(&at->h, "summary", at_say(at, MSG(N_("{1}, {2}"), record_text(&at->w, of, BID_PROVIDER), record_text(&at->w, of, BID_PRICE))));
    html_leaf_class(&at->h, "p", "taken-note", v_str(of->v[BID_TEXT]));
    html_link(&at->h, request_link(at->q, str_f(at->q->a, "%.*s?all=1", FMT(desk_path(at->q->a, &bid, of->id, NULL)))), NULL, at_tr(at, N_("The whole proposal")));
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, call_desk_path(at->q->a, at->record->id, "score")), "desk-form", false);
    desk_hidden(&at->h, "bid", id);
    for (size_t k = 0; k < at->record->children[CALL_CRITERIA].n; k++) put_criterion(at, of, k, scores, typed);
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Keep the scores")));
    html_close(&at->h, "form");
    html_close(&at->h, "details");
}

enum err put_scoring(struct at *at, const struct records *opened)
{
    struct records scores;
    if (!call_member(&at->w, at->record) || !in_state(at->record, "appraising") || !opened->n) return OK;
    TRY(related(at, &bid_score, SCORE_CALL, at->record->id, &scores));
    section_open(at, "scores", N_("Your scores"));
    html_leaf_class(&at->h, "p", "form-hint", at_tr(at, N_("Each member scores alone. You may change your scores until the council decides.")));
    for (size_t i = 0; i < opened->n; i++) put_score_form(at, opened->p[i], &scores);
    html_close(&at->h, "section");
    return OK;
}

/* ---- keeping scores ---------------------------------------------------------------------------------------- */

struct scoring { struct at *at; const struct record *of; Message why; };

static Message wrong_in(struct at *at, Str criterion, const struct form_problem *p)
{
    return MSG(N_("{1}: {2} {3}"), criterion, at_tr(at, p->f->label), at_say(at, p->what));
}

static enum err keep_score(struct work *w, struct scoring *s, size_t k)
{
    struct at *at = s->at;
    const struct record *c = at->record->children[CALL_CRITERIA].p[k];
    struct saving one = { .now = record_make(w->a, &bid_score) };
    one.now->v[SCORE_BID] = v_int(s->of->id);
    one.now->v[SCORE_CRITERION] = c->v[CRITERION_TITLE];
    static const struct { int field; const char *input; } typed[] = { { SCORE_POINTS, "points" }, { SCORE_COMMENT, "comment" } };
    for (size_t i = 0; i < COUNT(typed); i++) {
        const struct field *f = &bid_score.fields[typed[i].field];
        Message m = form_read_value(w, f, str_trim(params_get(&at->q->form, input_of(at, typed[i].input, s->of->id, k))), &one.now->v[typed[i].field]);
        if (!m.id && !v_is(one.now->v[typed[i].field])) m = MSG(N_("is needed"));
        if (m.id) return s->why = wrong_in(at, v_str(c->v[CRITERION_TITLE]), &(struct form_problem){ .f = f, .what = m }), ERR_INVALID;
    }
    enum err e = record_keep_inside(w, &one);
    if (e == ERR_INVALID && one.wrong.n) s->why = wrong_in(at, v_str(c->v[CRITERION_TITLE]), &one.wrong.p[0]);
    return e;
}

/* All criteria of one proposal, or none. */
static enum err keep_scores(struct work *w, void *arg)
{
    struct scoring *s = arg;
    for (size_t k = 0; k < s->at->record->children[CALL_CRITERIA].n; k++) TRY(keep_score(w, s, k));
    return OK;
}

enum err score_bid(struct at *at, Message *why)
{
    struct scoring s = { .at = at };
    struct record *of;
    int64_t id;
    Str public = params_get(&at->q->form, "bid");
    enum err e = public_id_read(&bid, public, &id) ? record_load(&at->w, &bid, id, &of) : ERR_MISSING;
    if (e && e != ERR_MISSING) return e;
    if (e || v_i64(of->v[BID_CALL]) != at->record->id || !record_visible(&at->w, of)) return *why = MSG(N_("There is no record {1}, or it is not yours to see."), public), ERR_MISSING;
    if (!call_member(&at->w, at->record)) return *why = MSG(N_("Only members of the council score.")), ERR_DENIED;
    s.of = of;
    e = work_write(&at->w, keep_scores, &s);
    *why = s.why;
    return e;
}

/* ---- all scores, for the office and the minutes ----------------------------------------------------------------- */

static const char *const given_heads[] = { N_("Proposal"), N_("Criterion"), N_("Member of the council"), N_("Points"), N_("Comment") };

static Str member_name(const struct at *at, int64_t account)
{
    const struct records *council = &at->record->children[CALL_COUNCIL];
    for (size_t i = 0; i < council->n; i++)
        if (v_i64(council->p[i]->v[MEMBER_ACCOUNT]) == account) return v_str(council->p[i]->v[MEMBER_NAME]);
    return (Str){ 0 };
}

static void put_given(struct at *at, const struct record *of, const struct record *s)
{
    html_open(&at->h, "tr");
    table_cell(&at->h, at_tr(at, given_heads[0]), record_text(&at->w, of, BID_PROVIDER));
    table_cell(&at->h, at_tr(at, given_heads[1]), v_str(s->v[SCORE_CRITERION]));
    table_cell(&at->h, at_tr(at, given_heads[2]), member_name(at, v_i64(s->v[SCORE_MEMBER])));
    table_cell(&at->h, at_tr(at, given_heads[3]), record_text(&at->w, s, SCORE_POINTS));
    table_cell(&at->h, at_tr(at, given_heads[4]), v_str(s->v[SCORE_COMMENT]));
    html_close(&at->h, "tr");
}

enum err put_scores_given(struct at *at, const struct records *opened)
{
    struct records scores;
    TRY(related(at, &bid_score, SCORE_CALL, at->record->id, &scores));
    section_open(at, "given", N_("Scores and comments"));
    if (scores.n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Scores and comments")), given_heads, COUNT(given_heads));
        for (size_t i = 0; i < opened->n; i++)
            for (size_t k = 0; k < scores.n; k++)
                if (v_i64(scores.p[k]->v[SCORE_BID]) == opened->p[i]->id) put_given(at, opened->p[i], scores.p[k]);
        table_end(&at->h);
    } else put_empty(at, N_("No member has scored yet."));
    html_close(&at->h, "section");
    return OK;
}

/* ---- deciding ------------------------------------------------------------------------------------------------- */

void put_deciding(struct at *at, const struct bid_ranks *ranks)
{
    struct html *h = &at->h;
    const struct params *typed = &at->q->form;
    if (!in_state(at->record, "appraising") || !(at->w.actor.roles & (OFFICER | LEADER)) || !ranks->n) return;
    section_open(at, "decide", N_("The decision"));
    desk_form_open(h, at->q, at->r, request_link(at->q, call_desk_path(at->q->a, at->record->id, "decide")), "desk-form", false);
    desk_hidden(h, "version", str_f(at->q->a, "%lld", (long long)at->record->seq));
    html_open(h, "fieldset");
    html_leaf(h, "legend", at_tr(at, N_("The proposal that is chosen")));
    for (size_t i = 0; i < ranks->n; i++) {
        Str id = public_id(at->q->a, &bid, ranks->p[i].bid->id);
        if (!ranks->p[i].out) put_check(h, "radio", "bid", id, record_text(&at->w, ranks->p[i].bid, BID_PROVIDER), str_eq(params_get(typed, "bid"), id));
    }
    html_close(h, "fieldset");
    put_text_input(h, "text", "decision", at_tr(at, call.fields[CALL_DECISION].label), params_get(typed, "decision"));
    put_text_input(h, "text", "decided_on", at_tr(at, call.fields[CALL_DECIDED_ON].label), params_get(typed, "decided_on"));
    put_area(h, "reason", at_tr(at, call.fields[CALL_REASON].label), at_tr(at, N_("It stands in the minutes. The units are told whether they were chosen, and nothing of each other.")),
             params_get(typed, "reason"), true);
    desk_submit(h, at->q, "button", at_tr(at, N_("Decide")));
    html_close(h, "form");
    html_close(h, "section");
}

struct deciding { struct at *at; int64_t seq, bid, contract; struct date on; Message why; };

static enum err decide_it(struct work *w, void *arg)
{
    struct deciding *d = arg;
    const struct params *form = &d->at->q->form;
    return call_decide(w, d->at->record->id, d->seq, d->bid, str_trim(params_get(form, "decision")), d->on, str_trim(params_get(form, "reason")), &d->contract, &d->why);
}

enum err decide(struct at *at, int64_t *contract_id, Message *why)
{
    const struct params *form = &at->q->form;
    struct deciding d = { .at = at };
    Val day;
    if (!str_to_i64(params_get(form, "version"), &d.seq)) d.seq = 0;
    if (!public_id_read(&bid, params_get(form, "bid"), &d.bid)) return *why = MSG(N_("First choose one of the proposals.")), ERR_INVALID;
    Message m = form_read_value(&at->w, &call.fields[CALL_DECIDED_ON], str_trim(params_get(form, "decided_on")), &day);
    if (m.id) return *why = MSG(N_("{1}: {2}"), at_tr(at, call.fields[CALL_DECIDED_ON].label), at_say(at, m)), ERR_INVALID;
    if (!v_is(day) || !date_from_iso(v_str(day), &d.on)) return *why = MSG(N_("Say on which day it was decided.")), ERR_INVALID;
    enum err e = work_write(&at->w, decide_it, &d);
    *contract_id = d.contract;
    *why = d.why;
    return e;
}
