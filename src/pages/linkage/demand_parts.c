/* demand_parts.c - the sections of a demand's desk: who fits best, who was invited, questions, drawings and who opened them. */
#include "pages/linkage/dealing.h"

#include "model/desk/file.h"

enum { BEST_SHOWN = 5 };

/* ---- who fits best ------------------------------------------------------------------------------- */

struct best { struct at *at; const struct wanted *wanted; const struct records *invited; };

static const struct record *invitation_of(const struct records *invited, int64_t firm)
{
    for (size_t i = 0; i < invited->n; i++)
        if (v_i64(invited->p[i]->v[INVITATION_ENTERPRISE]) == firm) return invited->p[i];
    return NULL;
}

/* The search with the same criteria, this supplier's reasons open. */
static Str why_url(struct best *b, Str public_id)
{
    struct request *q = b->at->q;
    Str query = wanted_query(&b->at->w, b->wanted);
    return str_f(q->a, "%.*s?%.*s%swhy=%.*s#%.*s", FMT(request_link(q, S("/match"))), FMT(query), query.n ? "&" : "", FMT(public_id), FMT(public_id));
}

static Str met_text(struct best *b, const struct match_hit *hit)
{
    size_t n = b->wanted->n + (b->wanted->words.n > 0), met = 0;
    for (size_t i = 0; i < n; i++) met += hit->reasons[i].answer == MET;
    return at_say(b->at, MSG(N_("{1} of {2}"), page_number(&b->at->w, (int64_t)met), page_number(&b->at->w, (int64_t)n)));
}

static void put_tick(struct at *at, const struct card *c)
{
    struct html *h = &at->h;
    html_open(h, "input");
    html_attr(h, "type", S("checkbox"));
    html_attr(h, "name", S("id"));
    html_attr(h, "value", c->public_id);
    html_attr(h, "aria-label", at_say(at, MSG(N_("Invite {1}"), c->name[at->q->lang])));
}

static const char *const best_heads[] = { N_("Invite"), N_("Supplier"), N_("Fit, %"), N_("Criteria met, and why") };

static void put_one(struct best *b, const struct match_hit *hit, const struct card *c)
{
    struct at *at = b->at;
    struct html *h = &at->h;
    const struct record *known = invitation_of(b->invited, hit->id);
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, best_heads[0]));
    if (known) html_leaf_class(h, "span", "badge badge-quiet", record_text(&at->w, known, INVITATION_STATE));
    else put_tick(at, c);
    html_close(h, "td");
    table_cell_open(h, at_tr(at, best_heads[1]));
    html_link(h, firm_url(at, hit->id), NULL, c->name[at->q->lang]);
    html_close(h, "td");
    table_cell(h, at_tr(at, best_heads[2]), str_f(at->q->a, "%d", (int)wanted_percent(b->wanted, hit->score)));
    table_cell_open(h, at_tr(at, best_heads[3]));
    html_link(h, why_url(b, c->public_id), NULL, met_text(b, hit));
    html_close(h, "td");
    html_close(h, "tr");
}

static void put_ranked(struct best *b, const struct match_result *found)
{
    struct at *at = b->at;
    struct work visitor = page_work(at->q);
    int64_t *ids = NEW_ARRAY(at->q->a, int64_t, found->n);
    for (size_t i = 0; i < found->n; i++) ids[i] = found->hits[i].id;
    const struct card **cards = snapshot_cards(page_snapshot(at->q), &visitor, ids, found->n);
    table_begin(&at->h, at->q->lang, at_tr(at, N_("Who fits best")), best_heads, COUNT(best_heads));
    for (size_t i = 0; i < found->n; i++)
        if (cards[i]) put_one(b, &found->hits[i], cards[i]);
    table_end(&at->h);
}

enum err put_best(struct at *at, const struct records *invited, const struct wanted *d)
{
    struct best b = { at, d, invited };
    struct match_demand asked = wanted_demand(&at->w, d, BEST_SHOWN);
    struct match_result found;
    TRY(match_find(page_snapshot(at->q)->finder->index, at->q->a, &asked, false, &found));
    section_open(at, "best", N_("Who fits best"));
    if (found.n) {
        desk_form_open(&at->h, at->q, at->r, request_link(at->q, demand_desk_path(at->q->a, at->record->id, "invite")), "desk-form bulk-form", false);
        put_ranked(&b, &found);
        html_open(&at->h, "p");
        html_link(&at->h, wanted_url(at->q, &at->w, d, S("/match")), NULL, at_tr(at, N_("All suppliers that fit, with the reasons")));
        html_close(&at->h, "p");
        put_area(&at->h, "message", at_tr(at, N_("Message to those you invite")), (Str){ 0 }, (Str){ 0 }, false);
        desk_submit(&at->h, at->q, "button", at_tr(at, N_("Invite those that are ticked")));
        html_close(&at->h, "form");
    } else put_empty(at, N_("No supplier of the register meets every must. Make some of them wishes, or let anybody answer."));
    html_close(&at->h, "section");
    return OK;
}

/* ---- who was invited -------------------------------------------------------------------------------- */

static const char *const invited_heads[] = { N_("Supplier"), N_("State"), N_("How they came together"), N_("Points of 100"), N_("Agreed to confidentiality on"),
                                             N_("Drawings open until"), N_("Actions") };

static void put_invited_row(struct at *at, const struct record *r)
{
    static const int fields[] = { INVITATION_STATE, INVITATION_FROM, INVITATION_POINTS, INVITATION_CONFIDENTIAL_AT, INVITATION_DRAWINGS_UNTIL };
    struct html *h = &at->h;
    int64_t firm = v_i64(r->v[INVITATION_ENTERPRISE]);
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, invited_heads[0]));
    html_link(h, firm_url(at, firm), NULL, firm_name(at, firm));
    html_close(h, "td");
    for (size_t i = 0; i < COUNT(fields); i++) table_cell(h, at_tr(at, invited_heads[i + 1]), record_text(&at->w, r, fields[i]));
    table_cell_open(h, at_tr(at, invited_heads[COUNT(fields) + 1]));
    html_open(h, "div");
    html_class(h, "buttons row-buttons");
    put_steps(h, at, r, demand_desk_path(at->q->a, at->record->id, NULL), invitation.name);
    html_close(h, "div");
    html_close(h, "td");
    html_close(h, "tr");
}

static void put_more_time(struct at *at)
{
    if (!(at_rights(at) & MAY_CHANGE) || !in_state(at->record, "open")) return;
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, demand_desk_path(at->q->a, at->record->id, "extend")), "desk-form", false);
    html_raw(&at->h, form_field_html(&at->w, &demand.fields[DEMAND_QUOTES_BY], S("until"), record_text(&at->w, at->record, DEMAND_QUOTES_BY), NULL));
    desk_submit(&at->h, at->q, "button button-quiet", at_tr(at, N_("Give more time")));
    html_close(&at->h, "form");
}

void put_invited(struct at *at, const struct records *invited)
{
    section_open(at, "invitations", N_("Suppliers brought together with it"));
    if (invited->n) {
        table_begin(&at->h, at->q->lang, at_tr(at, N_("Suppliers brought together with it")), invited_heads, COUNT(invited_heads));
        for (size_t i = 0; i < invited->n; i++) put_invited_row(at, invited->p[i]);
        table_end(&at->h);
    } else put_empty(at, N_("Nobody yet. When the demand is open, invite those who fit best; if anybody may answer, suppliers also come by themselves."));
    put_more_time(at);
    html_close(&at->h, "section");
}

/* ---- questions ---------------------------------------------------------------------------------------- */

static void put_answer_form(struct at *at, const struct record *r)
{
    struct arena *a = at->q->a;
    const struct step *s = step_named(&question, S("answer"));
    if (!step_open(&at->w, r, s, NULL)) return;
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, demand_desk_path(a, at->record->id, s->name)), "desk-form", false);
    desk_hidden(&at->h, question.name, public_id(a, &question, r->id));
    html_open(&at->h, "label");
    html_class(&at->h, "form-label");
    html_text(&at->h, at_tr(at, N_("Answer, which all suppliers of the demand read")));
    html_open(&at->h, "textarea");
    html_class(&at->h, "form-control");
    html_attr(&at->h, "name", S("answer"));
    html_attr(&at->h, "rows", S("3"));
    html_flag(&at->h, "required", true);
    html_close(&at->h, "textarea");
    html_close(&at->h, "label");
    desk_submit(&at->h, at->q, "button", at_tr(at, s->label));
    html_close(&at->h, "form");
}

enum err put_questions(struct at *at)
{
    struct records list;
    TRY(related(at, &question, QUESTION_DEMAND, at->record->id, &list));
    section_open(at, "questions", N_("Questions and answers"));
    if (!list.n) put_empty(at, N_("No supplier has asked anything yet."));
    for (size_t i = 0; i < list.n; i++) {
        const struct record *r = list.p[i];
        html_open(&at->h, "article");
        html_class(&at->h, "question");
        html_leaf_class(&at->h, "p", "entry-meta", str_f(at->q->a, "%.*s · %.*s", FMT(firm_name(at, v_i64(r->v[QUESTION_ENTERPRISE]))), FMT(record_text(&at->w, r, QUESTION_STATE))));
        html_open(&at->h, "p");
        html_leaf(&at->h, "strong", v_str(r->v[QUESTION_TEXT]));
        html_close(&at->h, "p");
        if (v_is(r->v[QUESTION_ANSWER])) html_leaf(&at->h, "p", v_str(r->v[QUESTION_ANSWER]));
        put_answer_form(at, r);
        html_close(&at->h, "article");
    }
    html_close(&at->h, "section");
    return OK;
}

/* ---- drawings ------------------------------------------------------------------------------------------- */

static int64_t times_opened(const struct records *opened, int64_t drawing_id)
{
    int64_t n = 0;
    for (size_t i = 0; i < opened->n; i++) n += v_i64(opened->p[i]->v[OPENED_DRAWING]) == drawing_id;
    return n;
}

static void put_drawing_rows(struct at *at, const struct records *opened)
{
    static const char *const heads[] = { N_("Drawing"), N_("Part number"), N_("File"), N_("Times opened") };
    const struct records *list = &at->record->children[DEMAND_DRAWINGS];
    table_begin(&at->h, at->q->lang, at_tr(at, N_("Drawings")), heads, COUNT(heads));
    for (size_t i = 0; i < list->n; i++) {
        const struct record *r = list->p[i];
        struct upload up = { 0 };
        html_open(&at->h, "tr");
        table_cell(&at->h, at_tr(at, heads[0]), v_str(r->v[DRAWING_TITLE]));
        table_cell(&at->h, at_tr(at, heads[1]), v_str(r->v[DRAWING_PART]));
        table_cell_open(&at->h, at_tr(at, heads[2]));
        if (upload_read(v_str(r->v[DRAWING_FILE]), &up))
            html_link(&at->h, request_link(at->q, desk_path(at->q->a, &demand, at->record->id, str_z(at->q->a, str_f(at->q->a, "files/%.*s", FMT(up.hash))))), NULL, up.name);
        html_close(&at->h, "td");
        table_cell(&at->h, at_tr(at, heads[3]), page_number(&at->w, times_opened(opened, r->id)));
        html_close(&at->h, "tr");
    }
    table_end(&at->h);
}

/* The newest first. */
static void put_opened(struct at *at, const struct records *opened)
{
    static const char *const heads[] = { N_("Drawing"), N_("Supplier"), N_("Opened by"), N_("Time") };
    if (!opened->n) return;
    html_leaf(&at->h, "h3", at_tr(at, N_("Who opened what, when")));
    table_begin(&at->h, at->q->lang, at_tr(at, N_("Who opened what, when")), heads, COUNT(heads));
    for (size_t i = opened->n; i--;) {
        const struct record *r = opened->p[i];
        html_open(&at->h, "tr");
        table_cell(&at->h, at_tr(at, heads[0]), v_str(r->v[OPENED_TITLE]));
        table_cell(&at->h, at_tr(at, heads[1]), firm_name(at, v_i64(r->v[OPENED_ENTERPRISE])));
        table_cell(&at->h, at_tr(at, heads[2]), record_text(&at->w, r, OPENED_READER));
        table_cell(&at->h, at_tr(at, heads[3]), at_time(at, r->changed_at));
        html_close(&at->h, "tr");
    }
    table_end(&at->h);
}

static void put_upload(struct at *at)
{
    if (!(at_rights(at) & MAY_CHANGE)) return;
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, demand_desk_path(at->q->a, at->record->id, "drawings")), "desk-form", true);
    put_text_input(&at->h, "text", "title", at_tr(at, N_("What the drawing shows")), (Str){ 0 });
    put_text_input(&at->h, "file", "file.file", at_tr(at, N_("File of the drawing")), (Str){ 0 });
    html_leaf_class(&at->h, "p", "form-hint", at_tr(at, N_("PDF, PNG, JPEG, DXF or STEP. Suppliers open it only after they have agreed to keep it confidential, with their name across it.")));
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Add the drawing")));
    html_close(&at->h, "form");
}

enum err put_drawings(struct at *at)
{
    struct records opened;
    TRY(related(at, &drawing_opened, OPENED_DEMAND, at->record->id, &opened));
    section_open(at, "drawings", N_("Drawings, in confidence"));
    if (at->record->children[DEMAND_DRAWINGS].n) put_drawing_rows(at, &opened);
    else put_empty(at, N_("No drawing yet."));
    put_opened(at, &opened);
    put_upload(at);
    html_close(&at->h, "section");
    return OK;
}
