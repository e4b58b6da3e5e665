/*
 * acceptance_desk.c - minutes of acceptance as offices write them, made to be printed and signed: what was promised, what is there, what the ward says.  The office
 * writes them and sends them to the ward, the ward writes its opinion and confirms, each with one button.
 */
#include "model/view.h"
#include "pages/delivery/delivering.h"

static const struct next nexts[] = {
    { "draft",     N_("The office writes what was found and the result; then the minutes go to the ward or commune, where the task has one.") },
    { "with_ward", N_("The ward or commune writes its opinion and confirms, or returns the minutes with a note.") },
    { "confirmed", N_("The ward or commune has confirmed. The office accepts, or rejects with its reasons.") },
    { "returned",  N_("The ward or commune returned the minutes: read its note, change them and send them again.") },
    { "accepted",  N_("Accepted: the payment of this milestone can be asked for.") },
    { "rejected",  N_("Not accepted; the note says why. The milestone is to be delivered again.") },
    { NULL },
};

/* ---- what is written with a step ----------------------------------------------------------------------- */

static const int minutes_fields[] = { ACCEPTANCE_ON, ACCEPTANCE_PLACE, ACCEPTANCE_FINDINGS, ACCEPTANCE_RESULT, -1 };
static const int ward_fields[] = { ACCEPTANCE_WARD_OPINION, ACCEPTANCE_WARD_PERSON, -1 };
static const struct written_step sending = { "ask_ward", N_("Write the minutes, and send them to the ward or commune"), minutes_fields };
static const struct written_step accepting = { "accept", N_("Write the minutes, and accept"), minutes_fields };
static const struct written_step confirming = { "confirm", N_("Opinion of the ward or commune"), ward_fields };

/* The one of its state; NULL: none. */
static const struct written_step *written(const struct record *r)
{
    if (in_state(r, "with_ward")) return &confirming;
    if (in_state(r, "draft") || in_state(r, "returned")) return v_is(r->v[ACCEPTANCE_WARD]) ? &sending : &accepting;
    return NULL;
}

/* ---- the minutes ------------------------------------------------------------------------------------------ */

static void put_part(struct at *at, const char *heading, Str text)
{
    html_leaf(&at->h, "h3", at_tr(at, heading));
    html_leaf_class(&at->h, "p", text.n ? "prose" : "empty", text.n ? text : at_tr(at, N_("Not written yet.")));
}

static void put_parties(struct at *at)
{
    static const int facts[] = { ACCEPTANCE_TASK, ACCEPTANCE_MILESTONE, ACCEPTANCE_WARD, ACCEPTANCE_ON, ACCEPTANCE_PLACE, ACCEPTANCE_RESULT };
    const struct record *m = seen(at, at->record, ACCEPTANCE_MILESTONE, &milestone);
    const struct record *c = m ? seen(at, m, MILESTONE_CONTRACT, &contract) : NULL, *unit = c ? seen(at, c, CONTRACT_PROVIDER, &provider) : NULL;
    html_open(&at->h, "dl");
    html_class(&at->h, "facts");
    for (size_t i = 0; i < COUNT(facts); i++) {
        const struct field *f = &acceptance.fields[facts[i]];
        const struct record *named_by = f->to ? seen(at, at->record, facts[i], f->to) : NULL;
        if (!f->to) put_fact_text(at, f->label, record_text(&at->w, at->record, facts[i]));
        else if (named_by) put_fact_text(at, f->label, record_title(&at->w, named_by));
    }
    if (c) put_fact_text(at, N_("Contract"), record_title(&at->w, c));
    if (unit) put_fact_text(at, N_("Implementing unit"), record_title(&at->w, unit));
    html_close(&at->h, "dl");
}

static const char *const deliverable_heads[] = { N_("What is handed over"), N_("Kind"), N_("Handed over on"), N_("File") };

static enum err put_deliverables(struct at *at)
{
    struct records list;
    bool of_milestone = v_is(at->record->v[ACCEPTANCE_MILESTONE]);
    TRY(related(at, &deliverable, of_milestone ? DELIVERABLE_MILESTONE : DELIVERABLE_TASK, v_i64(at->record->v[of_milestone ? ACCEPTANCE_MILESTONE : ACCEPTANCE_TASK]), &list));
    html_leaf(&at->h, "h3", at_tr(at, N_("What is handed over")));
    if (!list.n) return put_empty(at, N_("Nothing has been handed over here. The implementing unit enters what it delivers, with files, under the milestone.")), OK;
    table_begin(&at->h, at->q->lang, at_tr(at, N_("What is handed over")), deliverable_heads, COUNT(deliverable_heads));
    for (size_t i = 0; i < list.n; i++) {
        html_open(&at->h, "tr");
        put_record_cell(at, deliverable_heads[0], list.p[i]);
        table_cell(&at->h, at_tr(at, deliverable_heads[1]), record_text(&at->w, list.p[i], DELIVERABLE_KIND));
        table_cell(&at->h, at_tr(at, deliverable_heads[2]), record_text(&at->w, list.p[i], DELIVERABLE_ON));
        table_cell_open(&at->h, at_tr(at, deliverable_heads[3]));
        put_file_link(&at->h, at, list.p[i], list.p[i]->v[DELIVERABLE_FILE]);
        html_close(&at->h, "td");
        html_close(&at->h, "tr");
    }
    table_end(&at->h);
    return OK;
}

/* Where those who were there sign on paper. */
static void put_signatures(struct at *at)
{
    static const char *const who[] = { N_("For the agency"), N_("For the implementing unit"), N_("For the ward or commune") };
    html_open(&at->h, "div");
    html_class(&at->h, "signatures");
    for (size_t i = 0; i < COUNT(who); i++)
        if (i < 2 || v_is(at->record->v[ACCEPTANCE_WARD])) html_leaf(&at->h, "p", at_tr(at, who[i]));
    html_close(&at->h, "div");
}

static enum err put_minutes(struct at *at)
{
    const Val *v = at->record->v;
    html_open(&at->h, "section");
    html_class(&at->h, "card minutes");
    html_attr(&at->h, "id", S("minutes"));
    html_leaf(&at->h, "h2", at_say(at, MSG(N_("Minutes of acceptance {1}"), public_id(at->q->a, &acceptance, at->record->id))));
    put_parties(at);
    put_part(at, N_("What was promised"), v_str(v[ACCEPTANCE_PROMISED]));
    TRY(put_deliverables(at));
    put_part(at, N_("What was found"), v_str(v[ACCEPTANCE_FINDINGS]));
    if (v_is(v[ACCEPTANCE_WARD])) {
        put_part(at, N_("Opinion of the ward or commune"), v_str(v[ACCEPTANCE_WARD_OPINION]));
        html_leaf(&at->h, "p", v_str(v[ACCEPTANCE_WARD_PERSON]));
    }
    html_open(&at->h, "p");
    put_file_link(&at->h, at, at->record, v[ACCEPTANCE_FILE]);
    html_close(&at->h, "p");
    put_signatures(at);
    html_close(&at->h, "section");
    return OK;
}

/* ---- the page -------------------------------------------------------------------------------------------------- */

static Html actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    const struct record *m = seen(at, at->record, ACCEPTANCE_MILESTONE, &milestone);
    put_doing(&h, at, acceptance_path(at->q->a, at->record->id, NULL), written(at->record));
    if (m) html_link(&h, request_link(at->q, desk_path(at->q->a, &milestone, m->id, NULL)), "button button-quiet", at_tr(at, N_("The contract")));
    return html_done(&h);
}

static enum err show(struct at *at, Message why)
{
    const struct written_step *s = written(at->record);
    put_refusal(at, why);
    put_next(at, nexts);
    put_hindrances(at, s);
    TRY(put_minutes(at));
    if (s) put_written_step(at, s, acceptance_path(at->q->a, at->record->id, NULL));
    TRY(put_way(at, at->record));
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_LIST, .e = &acceptance, .content = html_done(&at->h), .actions = actions(at),
        .lead = record_text(&at->w, at->record, ACCEPTANCE_STATE), .crumbs = { { at_list_url(at, NULL), at_tr(at, acceptance.many) } } });
}

static enum err load(struct request *q, struct reply *r, struct at *at)
{
    *at = at_desk(q, r);
    at->e = &acceptance;
    return desk_record(q, r, &at->w, &acceptance, MAY_READ, &at->record);
}

/* GET /delivery/acceptances/{id} */
enum err acceptance_desk(struct request *q, struct reply *r)
{
    struct at at;
    TRY(load(q, r, &at));
    return show(&at, NO_MESSAGE);
}

/* POST /delivery/acceptances/{id}/{act} */
enum err acceptance_act(struct request *q, struct reply *r)
{
    struct at at;
    Message why = NO_MESSAGE;
    Str act = request_capture(q, "act");
    TRY(load(q, r, &at));
    const struct written_step *s = written(at.record);
    enum err e = s && str_is(act, s->step) ? take_written_step(&at, s, &why) : try_step(&at, at.record, act, (Str){ 0 }, &why);
    if (refused(&at, e, why)) return show(&at, why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    return desk_done(q, r, acceptance_path(q->a, at.record->id, NULL), "step", 0, 0, 0);
}
