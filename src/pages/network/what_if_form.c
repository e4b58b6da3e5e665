#include "pages/network/what_if.h"

#include "model/codes.h"
#include "model/reference.h"
#include "model/type.h"
#include "pages/workspace/workspace.h"
#include "programme/network/event.h"

static const int chosen[] = { SCENARIO_ZONES, SCENARIO_WARDS,    SCENARIO_INDUSTRIES, SCENARIO_COUNTRIES,
                              SCENARIO_EVENT, SCENARIO_CAPACITY, SCENARIO_DAYS,       SCENARIO_TOLERANCE };

/* ---- reading ------------------------------------------------------------------------------------- */

static Str all_values(struct network_at *at, const char *name)
{
    struct buf b = buf_make(at->q->a);
    size_t i = 0;
    Str v;
    while (params_next(&at->q->query, name, &i, &v)) {
        if (!v.n) continue;
        if (b.n) put_c(&b, ';');
        put(&b, v);
    }
    return buf_str(&b);
}

static void wrong_at(struct network_at *at, struct form_problems *wrong, const char *input, const struct field *f, Message m)
{
    if (m.id) *GROW(at->q->a, *wrong) = (struct form_problem){ str_of(input), f, m, false };
}

static void read_firms(struct network_at *at, struct record *s, struct form_problems *wrong)
{
    const struct field *f = &scenario_firm.fields[SCENARIO_FIRM];
    size_t i = 0;
    Str said;
    while (params_next(&at->q->query, "firm", &i, &said) && s->children[SCENARIO_FIRMS].n < WHAT_IF_FIRMS) {
        Val v;
        said = str_trim(said);
        if (!said.n) continue;
        Message m = reference_read(&at->w, f, said, &v);
        if (m.id) wrong_at(at, wrong, "firm", f, m);
        else record_add(at->q->a, s, SCENARIO_FIRMS)->v[SCENARIO_FIRM] = v;
    }
}

/* A saved one; whoever may not read it is told that it is not there. */
static enum err read_saved(struct network_at *at, Str said, struct record **out)
{
    int64_t id;
    enum err e = public_id_read(&scenario, said, &id) ? record_load(&at->w, &scenario, id, out) : ERR_MISSING;
    if (!e && !record_visible(&at->w, *out)) e = ERR_MISSING;
    return e == ERR_MISSING ? reply_fail(at->r, e, MSG(N_("There is no scenario {1}, or it is not yours to see."), said)) : e;
}

enum err what_if_read(struct network_at *at, struct record **out, struct form_problems *wrong)
{
    Str saved = params_get(&at->q->query, "scenario");
    if (saved.n) return read_saved(at, saved, out);
    struct record *s = record_make(at->q->a, &scenario);
    read_firms(at, s, wrong);
    for (size_t i = 0; i < COUNT(chosen); i++) {
        const struct field *f = &scenario.fields[chosen[i]];
        Message m = form_read_value(&at->w, f, f->type->many ? all_values(at, f->name) : params_get(&at->q->query, f->name),
                                    &s->v[chosen[i]]);
        wrong_at(at, wrong, f->name, f, m);
    }
    if (!v_is(s->v[SCENARIO_DAYS])) s->v[SCENARIO_DAYS] = v_int(SCENARIO_DAYS_USUAL);
    *out = s;
    return OK;
}

/* ---- the form -------------------------------------------------------------------------------------- */

static Str firm_title(struct network_at *at, int64_t id)
{
    struct record *r;
    return record_load(&at->w, &enterprise, id, &r) ? public_id(at->q->a, &enterprise, id) : record_title(&at->w, r);
}

static void put_firms(struct network_at *at, const struct record *asked)
{
    struct html *h = &at->h;
    const struct records *firms = &asked->children[SCENARIO_FIRMS];
    for (size_t i = 0; i < firms->n; i++) {
        int64_t id = v_i64(firms->p[i]->v[SCENARIO_FIRM]);
        put_check(h, "checkbox", "firm", public_id(at->q->a, &enterprise, id), firm_title(at, id), true);
    }
    put_text_input(h, "text", "firm", net_tr(at, N_("An enterprise: name, number or tax code")), (Str){ 0 });
}

static void put_met(struct buf *b, Str code)
{
    if (!b->n) put_c(b, ';');
    if (code.n && !many_has(v_text(buf_str(b)), code)) put_f(b, "%.*s;", FMT(code));
}

/* With the groups it belongs to. */
static void put_industry(struct buf *b, struct network_at *at, Str code)
{
    for (const struct code *k = code_find(at->w.codes, S("vsic"), code); k; k = code_parent(at->w.codes, k)) put_met(b, k->key);
}

/* Those that the network has: what nobody is in would stop nothing. */
static Str met_in_network(struct network_at *at, int field)
{
    const struct supply_view *v = at->v;
    const struct view_places *places = v->places;
    struct buf b = buf_make(at->q->a);
    bool zones = field == SCENARIO_ZONES;
    for (size_t i = 0; places && (zones || field == SCENARIO_WARDS) && i < places->n; i++)
        if (places->p[i].zone == zones) put_met(&b, places->p[i].code);
    for (uint32_t i = 1; field == SCENARIO_INDUSTRIES && i < v->industries_n; i++) put_industry(&b, at, v->industries[i]);
    for (uint32_t i = 1; field == SCENARIO_COUNTRIES && i < v->countries_n; i++) put_met(&b, v->countries[i]);
    return buf_str(&b);
}

static void put_chosen(struct network_at *at, int field, Val v, const struct form_problems *wrong)
{
    const struct field *f = &scenario.fields[field];
    struct buf b = buf_make(at->q->a);
    const struct form_problem *p = form_problem_at(wrong, f->name);
    if (p) put(&b, params_get(&at->q->query, f->name));
    else if (v_is(v) && f->type == &reference_type) put(&b, reference_input(&at->w, f, v));
    else if (v_is(v) && f->list) put(&b, v_str(v));
    else if (v_is(v)) put_spelt(&b, &at->w, f, v);
    html_raw(&at->h, form_field_among_html(&at->w, f, str_of(f->name), buf_str(&b), p, met_in_network(at, field)));
}

void what_if_form(struct network_at *at, const struct record *asked, const struct form_problems *wrong, bool open)
{
    struct html *h = &at->h;
    html_open(h, "details");
    html_class(h, "card what-if-form");
    html_flag(h, "open", open);
    html_leaf(h, "summary",
              net_tr(at, open ? N_("What stops, how far and how long") : N_("Change what stops, how far and how long")));
    html_open(h, "form");
    html_href(h, "action", request_link(at->q, S("/network/what-if")));
    put_form_summary(h, &at->w, wrong);
    html_open(h, "fieldset");
    html_leaf(h, "legend", net_tr(at, N_("Enterprises")));
    put_firms(at, asked);
    html_close(h, "fieldset");
    html_open(h, "div");
    html_class(h, "form-section");
    for (size_t i = 0; i < COUNT(chosen); i++) put_chosen(at, chosen[i], asked->v[chosen[i]], wrong);
    html_close(h, "div");
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, at->q, "button", net_tr(at, N_("See what follows")));
    html_close(h, "div");
    html_close(h, "form");
    html_close(h, "details");
}

/* Posts to this very address, which says all of the scenario but its name. */
void what_if_save_form(struct network_at *at)
{
    struct html *h = &at->h;
    if (!may(&at->w, &scenario, MAY_CREATE) || params_get(&at->q->query, "scenario").n) return;
    desk_form_open(h, at->q, at->r, request_url(at->q, &at->q->query), "card what-if-save", false);
    put_text_input(h, "text", "name", net_tr(at, N_("Keep it under the name")), params_get(&at->q->form, "name"));
    desk_submit(h, at->q, "button", net_tr(at, N_("Save the scenario")));
    html_close(h, "form");
}

/* ---- in words --------------------------------------------------------------------------------------- */

static void put_item(struct buf *b, Str text)
{
    if (b->n) put_z(b, "; ");
    put(b, text);
}

Str what_if_stops(struct network_at *at, const struct record *asked)
{
    static const int lists[] = { SCENARIO_ZONES, SCENARIO_WARDS, SCENARIO_INDUSTRIES, SCENARIO_COUNTRIES, SCENARIO_EVENT };
    struct buf b = buf_make(at->q->a);
    const struct records *firms = &asked->children[SCENARIO_FIRMS];
    for (size_t i = 0; i < firms->n; i++) put_item(&b, firm_title(at, v_i64(firms->p[i]->v[SCENARIO_FIRM])));
    for (size_t i = 0; i < COUNT(lists); i++)
        if (v_is(asked->v[lists[i]])) put_item(&b, record_text(&at->w, asked, lists[i]));
    return buf_str(&b);
}

Str tier_name(const struct network_at *at, const struct lost_group *g)
{
    if (g->tier == NO_TIER) return net_tr(at, N_("not known"));
    if (!g->tier) return net_tr(at, N_("stopped itself"));
    Str n = str_f(at->q->a, "%u", g->tier);
    return net_say(at, g->upstream ? MSG(N_("suppliers, tier {1}"), n) : MSG(N_("customers, tier {1}"), n));
}
