#include "pages/linkage/dealing.h"

/* ---- addresses -------------------------------------------------------------------------------- */

static Str path_to(struct arena *a, const char *of, const struct entity *e, int64_t id, const char *rest)
{
    return str_f(a, "/linkage/%s/%.*s%s%s", of, FMT(public_id(a, e, id)), rest ? "/" : "", rest ? rest : "");
}

Str demand_desk_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "demands", &demand, id, rest); }
Str invitation_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "invitations", &invitation, id, rest); }
Str introduction_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "introductions", &introduction, id, rest); }

/* ---- records ---------------------------------------------------------------------------------- */

bool in_state(const struct record *r, const char *state) { return str_is(str_of(state_of(r)->code), state); }

static bool is_desk_of(struct at *at, const struct record *d) { return reach_of(&at->w, d).reads >= OWN_FIELDS; }

enum err demand_at(struct request *q, struct reply *r, struct at *out)
{
    *out = at_desk(q, r);
    out->e = &demand;
    TRY(desk_record(q, r, &out->w, &demand, MAY_READ, &out->record));
    if (is_desk_of(out, out->record)) return OK;
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), request_capture(q, "id")));
}

enum err related(struct at *at, const struct entity *e, int field, int64_t id, struct records *out)
{
    struct list_query query = { .filter = { { .field = field, .op = FILTER_EQUAL, .v = v_int(id) } }, .filters = 1, .sort = -1, .limit = LIST_LIMIT_MAX };
    struct list list;
    TRY(list_load(&at->w, e, &query, true, &list));
    *out = list.records;
    return OK;
}

static const struct record *firm(struct at *at, int64_t id)
{
    struct records found;
    return !records_of(&at->w, &enterprise, &id, 1, false, &found) && found.n ? found.p[0] : NULL;
}

Str firm_name(struct at *at, int64_t id)
{
    const struct record *r = firm(at, id);
    return r ? record_title(&at->w, r) : (Str){ 0 };
}

Str firm_url(struct at *at, int64_t id)
{
    return request_link(at->q, str_f(at->q->a, "/enterprises/%.*s", FMT(public_id(at->q->a, &enterprise, id))));
}

/* ---- parts of pages --------------------------------------------------------------------------- */

void section_open(struct at *at, const char *id, const char *title)
{
    html_open(&at->h, "section");
    html_class(&at->h, "card");
    html_attr(&at->h, "id", str_of(id));
    html_leaf(&at->h, "h2", at_tr(at, title));
}

void put_empty(struct at *at, const char *sentence) { html_leaf_class(&at->h, "p", "empty", at_tr(at, sentence)); }

static void put_step_button(struct html *h, struct at *at, const struct record *r, const struct step *s, Str action, const char *hidden)
{
    desk_form_open(h, at->q, at->r, action, "inline-form", false);
    if (hidden) desk_hidden(h, hidden, public_id(at->q->a, r->e, r->id));
    desk_submit(h, at->q, "button", at_tr(at, s->label));
    html_close(h, "form");
}

void put_steps(struct html *h, struct at *at, const struct record *r, Str path, const char *hidden)
{
    struct arena *a = at->q->a;
    for EACH_STEP(s, r->e->workflow) {
        if (!step_open(&at->w, r, s, NULL)) continue;
        Str page = desk_path(a, r->e, r->id, str_z(a, str_f(a, "steps/%s", s->name)));
        if (s->is & (STEP_NOTE | STEP_BAD)) html_link(h, request_link(at->q, page), "button button-quiet", at_tr(at, s->label));
        else put_step_button(h, at, r, s, request_link(at->q, str_f(a, "%.*s/%s", FMT(path), s->name)), hidden);
    }
}

enum err take_step(struct at *at, const struct record *r, Str name, Str note)
{
    const struct step *s = step_named(r->e, name);
    Message why = NO_MESSAGE;
    if (!s) return reply_fail(at->r, ERR_MISSING, MSG(N_("There is no step “{1}” here."), name));
    enum err e = step_take(&at->w, r->e, r->id, 0, s, note, &why);
    return e && why.id ? reply_fail(at->r, e, why) : e;
}

/* ---- from the workspace to the desks ------------------------------------------------------------ */

static Str of_demand(struct at *at, const struct record *r) { return is_desk_of(at, r) ? demand_desk_path(at->q->a, r->id, NULL) : (Str){ 0 }; }

static Str of_introduction(struct at *at, const struct record *r)
{
    return is_desk_of(at, r) ? introduction_path(at->q->a, r->id, NULL) : (Str){ 0 };
}

/* Where a supplier's paper lies: with the supplier its invitation, else the desk of its demand. */
static Str of_side(struct at *at, const struct record *r, int enterprise_field, int64_t invitation_id, int demand_field, const char *rest)
{
    struct record *d;
    if (at->w.actor.roles & ENTERPRISE && among_rows(&at->w, r, ROWS_OWN, enterprise_field)) return invitation_path(at->q->a, invitation_id, NULL);
    bool desk = !record_load(&at->w, &demand, v_i64(r->v[demand_field]), &d) && is_desk_of(at, d);
    return desk ? demand_desk_path(at->q->a, d->id, rest) : (Str){ 0 };
}

static Str of_invitation(struct at *at, const struct record *r) { return of_side(at, r, INVITATION_ENTERPRISE, r->id, INVITATION_DEMAND, NULL); }

static Str of_question(struct at *at, const struct record *r)
{
    return of_side(at, r, QUESTION_ENTERPRISE, v_i64(r->v[QUESTION_INVITATION]), QUESTION_DEMAND, NULL);
}

static Str of_quote(struct at *at, const struct record *r)
{
    return of_side(at, r, QUOTE_ENTERPRISE, v_i64(r->v[QUOTE_INVITATION]), QUOTE_DEMAND, "quotes");
}

static Str of_parts(struct at *at, const struct record *r) { return str_f(at->q->a, "/linkage/parts/%.*s", FMT(public_id(at->q->a, &parts_list, r->id))); }

static const struct { const struct entity *e; Str (*where)(struct at *at, const struct record *r); } desks[] = {
    { &demand, of_demand }, { &invitation, of_invitation }, { &question, of_question }, { &quote, of_quote }, { &introduction, of_introduction },
    { &parts_list, of_parts },
};

static Str desk_of(struct at *at)
{
    int64_t id;
    for (size_t i = 0; i < COUNT(desks); i++) {
        at->e = desks[i].e;
        if (!str_is(request_capture(at->q, "list"), entity_path(at->e)) || !public_id_read(at->e, request_capture(at->q, "id"), &id)) continue;
        bool theirs = !record_load(&at->w, at->e, id, &at->record) && record_visible(&at->w, at->record);
        return theirs ? desks[i].where(at, at->record) : (Str){ 0 };
    }
    return (Str){ 0 };
}

/* GET /workspace/{list}/{id}; all=1 or on=DATE: the record itself. */
enum err linkage_record(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    bool itself = params_get(&q->query, "all").n || params_get(&q->query, "on").n;
    Str desk = itself ? (Str){ 0 } : desk_of(&at);
    if (!desk.n) return workspace_record(q, r);
    Str state = params_str(q->a, &q->query);
    return reply_redirect(r, 303, str_f(q->a, "%.*s%s%.*s", FMT(request_link(q, desk)), state.n ? "?" : "", FMT(state)));
}
