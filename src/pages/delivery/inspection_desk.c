/*
 * inspection_desk.c - an inspection, made for a phone held in one hand: each point with three answers to touch, what was found under it, and one button that keeps all of it.
 * The unit inspected sees what was found and says, with proof, what it did about it.
 */
#include "model/view.h"
#include "pages/delivery/delivering.h"

static const struct next nexts[] = {
    { "planned",   N_("Go there, answer the points below, and say that the visit was made.") },
    { "visited",   N_("Write down what was found and until when it is to be put right; without a finding, close the inspection.") },
    { "remedy",    N_("The unit inspected puts right what was found, with proof; the office or the ward looks at it and enters the day.") },
    { "closed",    N_("Closed: everything that was found is put right.") },
    { "cancelled", N_("Cancelled; the note says why.") },
    { NULL },
};

enum { TEAM_MOST = 20, POINTS_MOST = 60 };                  /* of a form                           */

/* ---- inputs ------------------------------------------------------------------------------------------- */

/* "finding.17": the field of the point. */
static const char *input_of(struct at *at, int field, const struct record *item)
{
    return str_z(at->q->a, str_f(at->q->a, "%s.%lld", inspection_item.fields[field].name, (long long)item->id));
}

static bool was_typed(struct at *at) { return params_get(&at->q->form, ".version").n; }

/* As it was typed, else as it stands. */
static Str shown_value(struct at *at, const char *name, const struct record *r, int field)
{
    return was_typed(at) ? params_get(&at->q->form, name) : v_str(r->v[field]);
}

static void put_answers(struct at *at, const struct record *item)
{
    const char *name = input_of(at, CHECK_ANSWER, item);
    Str now = shown_value(at, name, item, CHECK_ANSWER);
    html_open(&at->h, "div");
    html_class(&at->h, "answers");
    for (const struct choice *c = inspection_item.fields[CHECK_ANSWER].choices; c->code; c++)
        put_check(&at->h, "radio", name, str_of(c->code), at_tr(at, c->label), str_is(now, c->code));
    html_close(&at->h, "div");
}

static void put_item_field(struct at *at, const struct record *item, int field)
{
    const char *name = input_of(at, field, item);
    html_raw(&at->h, form_field_html(&at->w, &inspection_item.fields[field], str_of(name), shown_value(at, name, item, field), NULL));
}

static void put_remedy(struct at *at, const struct record *item)
{
    if (!v_is(item->v[CHECK_REMEDY])) return;
    html_open(&at->h, "p");
    html_leaf(&at->h, "strong", at_tr(at, N_("What was done about it")));
    html_text(&at->h, S(": "));
    html_text(&at->h, v_str(item->v[CHECK_REMEDY]));
    html_text(&at->h, S(" "));
    put_file_link(&at->h, at, at->record, item->v[CHECK_PROOF]);
    html_close(&at->h, "p");
}

static void put_point(struct at *at, const struct record *item)
{
    bool bad = v_is(item->v[CHECK_FINDING]) || str_is(shown_value(at, input_of(at, CHECK_ANSWER, item), item, CHECK_ANSWER), "no");
    html_open(&at->h, "fieldset");
    html_class(&at->h, "point");
    html_leaf(&at->h, "legend", v_str(item->v[CHECK_QUESTION]));
    put_answers(at, item);
    html_open(&at->h, "details");
    html_flag(&at->h, "open", bad);
    html_leaf(&at->h, "summary", at_tr(at, N_("What was found")));
    put_item_field(at, item, CHECK_FINDING);
    put_item_field(at, item, CHECK_REMEDY_BY);
    put_remedy(at, item);
    if (in_state(at->record, "remedy")) put_item_field(at, item, CHECK_REMEDIED_ON);
    html_close(&at->h, "details");
    html_close(&at->h, "fieldset");
}

/* ---- the form of the team -------------------------------------------------------------------------------- */

static Str team_text(struct at *at)
{
    const struct records *team = &at->record->children[INSPECTION_TEAM];
    struct buf b = buf_make(at->q->a);
    if (was_typed(at)) return params_get(&at->q->form, "team");
    for (size_t i = 0; i < team->n; i++) {
        Str office = v_str(team->p[i]->v[INSPECTOR_OFFICE]);
        put_f(&b, "%.*s%s%.*s\n", FMT(v_str(team->p[i]->v[INSPECTOR_NAME])), office.n ? ", " : "", FMT(office));
    }
    return buf_str(&b);
}

static void put_own_field(struct at *at, int field)
{
    const struct field *f = &inspection.fields[field];
    html_raw(&at->h, form_field_html(&at->w, f, str_of(f->name), shown_value(at, f->name, at->record, field), NULL));
}

static void put_form(struct at *at)
{
    const struct records *items = &at->record->children[INSPECTION_ITEMS];
    section_open(at, "points", N_("Checklist"));
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, inspection_path(at->q->a, at->record->id, "answers")), "desk-form inspection-form", false);
    desk_hidden(&at->h, ".version", str_f(at->q->a, "%lld", (long long)at->record->seq));
    put_own_field(at, INSPECTION_VISITED_ON);
    put_area(&at->h, "team", at_tr(at, N_("Team")), at_tr(at, N_("A person on each line, as “Nguyễn Văn An, Department of Industry and Trade”; whoever leads comes first.")), team_text(at), false);
    for (size_t i = 0; i < items->n && i < POINTS_MOST; i++) put_point(at, items->p[i]);
    put_text_input(&at->h, "text", "another", at_tr(at, N_("Another point to look at")), params_get(&at->q->form, "another"));
    put_own_field(at, INSPECTION_SUMMARY);
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Save")));
    html_close(&at->h, "form");
    html_close(&at->h, "section");
}

/* ---- what is read ------------------------------------------------------------------------------------------ */

static const char *const item_heads[] = { N_("What is looked at"), N_("Answer"), N_("Finding"), N_("To be put right by"), N_("What was done about it"), N_("Put right on") };

static void put_read(struct at *at)
{
    const struct records *items = &at->record->children[INSPECTION_ITEMS];
    section_open(at, "points", N_("Checklist"));
    if (!items->n) put_empty(at, N_("No points yet. Whoever prepares the inspection enters them."));
    table_begin(&at->h, at->q->lang, at_tr(at, N_("Checklist")), item_heads, COUNT(item_heads));
    for (size_t i = 0; i < items->n; i++) {
        const struct record *item = items->p[i];
        html_open(&at->h, "tr");
        for (int field = CHECK_QUESTION; field <= CHECK_REMEDY_BY; field++) table_cell(&at->h, at_tr(at, item_heads[field]), record_text(&at->w, item, field));
        table_cell_open(&at->h, at_tr(at, item_heads[4]));
        html_text(&at->h, record_text(&at->w, item, CHECK_REMEDY));
        html_text(&at->h, S(" "));
        put_file_link(&at->h, at, at->record, item->v[CHECK_PROOF]);
        html_close(&at->h, "td");
        table_cell(&at->h, at_tr(at, item_heads[5]), record_text(&at->w, item, CHECK_REMEDIED_ON));
        html_close(&at->h, "tr");
    }
    table_end(&at->h);
    html_close(&at->h, "section");
}

/* What the unit inspected did about a finding, with a file. */
static void put_remedy_form(struct at *at, const struct record *item)
{
    const struct field *f = &inspection_item.fields[CHECK_REMEDY], *proof = &inspection_item.fields[CHECK_PROOF];
    bool typed = str_is(params_get(&at->q->form, "item"), str_z(at->q->a, str_f(at->q->a, "%lld", (long long)item->id)));
    html_open(&at->h, "section");
    html_class(&at->h, "card");
    html_attr_f(&at->h, "id", "point-%lld", (long long)item->id);
    html_leaf(&at->h, "h2", v_str(item->v[CHECK_QUESTION]));
    html_leaf(&at->h, "p", v_str(item->v[CHECK_FINDING]));
    html_leaf_class(&at->h, "p", "notice", at_say(at, MSG(N_("To be put right by {1}."), record_text(&at->w, item, CHECK_REMEDY_BY))));
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, inspection_path(at->q->a, at->record->id, "put-right")), "desk-form", true);
    desk_hidden(&at->h, "item", str_f(at->q->a, "%lld", (long long)item->id));
    html_raw(&at->h, form_field_html(&at->w, f, str_f(at->q->a, "remedy"), typed ? params_get(&at->q->form, "remedy") : v_str(item->v[CHECK_REMEDY]), NULL));
    html_raw(&at->h, form_field_html(&at->w, proof, S("proof"), v_str(item->v[CHECK_PROOF]), NULL));
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Send to the office")));
    html_close(&at->h, "form");
    html_close(&at->h, "section");
}

static void put_remedy_forms(struct at *at)
{
    const struct records *items = &at->record->children[INSPECTION_ITEMS];
    if (!inspected_by(&at->w, at->record) || !in_state(at->record, "remedy")) return;
    for (size_t i = 0; i < items->n; i++)
        if (v_is(items->p[i]->v[CHECK_FINDING]) && !v_is(items->p[i]->v[CHECK_REMEDIED_ON])) put_remedy_form(at, items->p[i]);
}

/* ---- the page -------------------------------------------------------------------------------------------------- */

static Html actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    const struct record *c = seen(at, at->record, INSPECTION_CONTRACT, &contract);
    put_doing(&h, at, inspection_path(at->q->a, at->record->id, NULL), NULL);
    if (c) html_link(&h, request_link(at->q, contract_path(at->q->a, c->id, NULL)), "button button-quiet", at_tr(at, N_("The contract")));
    return html_done(&h);
}

static enum err show(struct at *at, Message why)
{
    static const int shown[] = { INSPECTION_STATE, INSPECTION_PLANNED_ON, INSPECTION_VISITED_ON, INSPECTION_DUE, INSPECTION_TASK, INSPECTION_ENTERPRISE, INSPECTION_WARD, INSPECTION_TEAM,
                                 INSPECTION_SUMMARY, INSPECTION_FILE };
    put_refusal(at, why);
    put_next(at, nexts);
    put_hindrances(at, NULL);
    put_remedy_forms(at);
    if (at_rights(at) & MAY_CHANGE) put_form(at);
    else put_read(at);
    section_open(at, "facts", N_("The inspection"));
    html_raw(&at->h, facts_html(&at->w, at->record, shown, COUNT(shown)));
    html_close(&at->h, "section");
    TRY(put_way(at, at->record));
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = record_title(&at->w, at->record), .place = DESK_LIST, .e = &inspection, .content = html_done(&at->h), .actions = actions(at),
        .lead = at_say(at, MSG(N_("{1}, planned on {2}"), record_text(&at->w, at->record, INSPECTION_STATE), record_text(&at->w, at->record, INSPECTION_PLANNED_ON))),
        .crumbs = { { at_list_url(at, NULL), at_tr(at, inspection.many) } } });
}

static enum err load(struct request *q, struct reply *r, struct at *at)
{
    *at = at_desk(q, r);
    at->e = &inspection;
    return desk_record(q, r, &at->w, &inspection, MAY_READ, &at->record);
}

/* GET /delivery/inspections/{id} */
enum err inspection_desk(struct request *q, struct reply *r)
{
    struct at at;
    TRY(load(q, r, &at));
    return show(&at, NO_MESSAGE);
}

/* ---- what was typed ---------------------------------------------------------------------------------------------- */

static Message read_into(struct at *at, struct record *into, int field, const char *name)
{
    const struct field *f = &into->e->fields[field];
    Message m = form_read_value(&at->w, f, str_trim(params_get(&at->q->form, name)), &into->v[field]);
    return m.id ? MSG(N_("{1}: {2}"), at_tr(at, f->label), at_say(at, m)) : m;
}

/* The people of the form, who keep their records where their names are the same. */
static void read_team(struct at *at, struct record *now)
{
    struct records before = now->children[INSPECTION_TEAM], after = { 0 };
    Str rest = params_get(&at->q->form, "team"), line, name, office;
    while (after.n < TEAM_MOST && str_next(&rest, '\n', &line)) {
        if (!str_cut(line, ',', &name, &office)) name = line, office = (Str){ 0 };
        if (!str_trim(name).n) continue;
        struct record *one = record_make(at->q->a, &inspector);
        for (size_t i = 0; i < before.n; i++)
            if (str_eq(v_str(before.p[i]->v[INSPECTOR_NAME]), str_trim(name))) one->id = before.p[i]->id;
        one->v[INSPECTOR_NAME] = v_text(str_trim(name));
        one->v[INSPECTOR_OFFICE] = str_trim(office).n ? v_text(str_trim(office)) : v_null();
        one->v[INSPECTOR_LEADS] = v_int(!after.n);
        *GROW(at->q->a, after) = one;
    }
    now->children[INSPECTION_TEAM] = after;
}

static Message read_points(struct at *at, struct record *now)
{
    static const int of_point[] = { CHECK_ANSWER, CHECK_FINDING, CHECK_REMEDY_BY };
    struct records *items = &now->children[INSPECTION_ITEMS];
    Str another = str_trim(params_get(&at->q->form, "another"));
    Message m = NO_MESSAGE;
    for (size_t i = 0; i < items->n && i < POINTS_MOST && !m.id; i++) {
        for (size_t k = 0; k < COUNT(of_point) && !m.id; k++) m = read_into(at, items->p[i], of_point[k], input_of(at, of_point[k], items->p[i]));
        if (!m.id && in_state(at->record, "remedy")) m = read_into(at, items->p[i], CHECK_REMEDIED_ON, input_of(at, CHECK_REMEDIED_ON, items->p[i]));
    }
    if (another.n && !m.id) m = form_read_value(&at->w, &inspection_item.fields[CHECK_QUESTION], another, &record_add(at->q->a, now, INSPECTION_ITEMS)->v[CHECK_QUESTION]);
    return m;
}

static Message read_form(struct at *at, struct record *now)
{
    Message m = read_into(at, now, INSPECTION_VISITED_ON, inspection.fields[INSPECTION_VISITED_ON].name);
    if (!m.id) m = read_into(at, now, INSPECTION_SUMMARY, inspection.fields[INSPECTION_SUMMARY].name);
    if (m.id) return m;
    read_team(at, now);
    return read_points(at, now);
}

/* Laid over what somebody else may have saved since the form was opened. */
static enum err save_answers(struct at *at, Message *why)
{
    int64_t version;
    struct record *was = at->record;
    if (!str_to_i64(params_get(&at->q->form, ".version"), &version) || version > was->seq || version < 1) version = was->seq;
    if (version != was->seq) TRY(record_version(&at->w, &inspection, was->id, version, &was));
    struct saving s = { .was = was, .now = record_copy(at->q->a, was) };
    *why = read_form(at, s.now);
    if (why->id) return ERR_INVALID;
    enum err e = record_keep(&at->w, &s);
    if (e == ERR_CONFLICT) *why = MSG(N_("Somebody else changed the same answers meanwhile. Open the inspection again and look at them before you save yours."));
    else if (e == ERR_INVALID && s.wrong.n) *why = s.wrong.p[0].sentence ? s.wrong.p[0].what : MSG(N_("{1}: {2}"), at_tr(at, s.wrong.p[0].f->label), at_say(at, s.wrong.p[0].what));
    return e;
}

struct remedying { int64_t inspection, item; Str remedy, proof; Message why; };

static enum err put_right(struct work *w, void *arg)
{
    struct remedying *x = arg;
    return inspection_remedy(w, x->inspection, x->item, x->remedy, x->proof, &x->why);
}

static enum err save_remedy(struct at *at, Message *why)
{
    struct form_problems wrong = { 0 };
    struct remedying x = { .inspection = at->record->id };
    enum err e = take_files(at, &wrong);
    if (e == ERR_INVALID && wrong.n) return *why = wrong.p[0].what, e;
    TRY(e);
    if (!str_to_i64(params_get(&at->q->form, "item"), &x.item)) return ERR_MISSING;
    x.remedy = params_get(&at->q->form, "remedy");
    x.proof = params_get(&at->q->form, "proof");
    e = work_write(&at->w, put_right, &x);
    *why = x.why;
    return e;
}

/* POST /delivery/inspections/{id}/{act}: answers, put-right, or a step */
enum err inspection_act(struct request *q, struct reply *r)
{
    struct at at;
    Message why = NO_MESSAGE;
    Str act = request_capture(q, "act");
    TRY(load(q, r, &at));
    bool answers = str_is(act, "answers"), remedy = str_is(act, "put-right");
    if (answers && !(at_rights(&at) & MAY_CHANGE)) return reply_fail(r, ERR_DENIED, MSG(N_("The answers are written by the office and the ward.")));
    enum err e = answers ? save_answers(&at, &why) : remedy ? save_remedy(&at, &why) : try_step(&at, at.record, act, (Str){ 0 }, &why);
    if (refused(&at, e, why)) return show(&at, why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    return desk_done(q, r, inspection_path(q->a, at.record->id, NULL), answers || remedy ? "saved" : "step", 0, 0, 0);
}
