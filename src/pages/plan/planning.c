#include "pages/plan/planning.h"

#include "base/number.h"

/* ---- addresses --------------------------------------------------------------------------------- */

Str plan_path(struct arena *a, int64_t id, const char *rest)
{
    return str_f(a, "/plan/%.*s%s%s", FMT(public_id(a, &yearly_plan, id)), rest ? "/" : "", rest ? rest : "");
}

Str activity_path(struct arena *a, int64_t id) { return str_f(a, "/plan/activities/%.*s", FMT(public_id(a, &activity, id))); }
Str task_path(struct arena *a, int64_t id) { return str_f(a, "/plan/tasks/%.*s", FMT(public_id(a, &task, id))); }

/* The plan as a whole is for who reads all of it. */
Str planning_desk(struct at *at)
{
    if (at->e == &activity) return activity_path(at->q->a, at->record->id);
    if (at->e == &task) return task_path(at->q->a, at->record->id);
    return at->e == &yearly_plan && reach_of(&at->w, at->record).reads >= OWN_FIELDS ? plan_path(at->q->a, at->record->id, NULL) : (Str){ 0 };
}

/* ---- the plan ------------------------------------------------------------------------------------ */

enum err norms_then_of(struct work *w, const struct record *plan_of, struct norms_then *out)
{
    bool decided = in_state(plan_of, "approved") || in_state(plan_of, "closed");
    if (!decided || !date_from_iso(v_str(plan_of->v[PLAN_DECIDED_ON]), &out->on)) out->on = w->today;
    return norms_load(w, &out->all);
}

Message norm_wrong(struct work *w, const struct norms_then *norms, const struct record *cost)
{
    struct norm_answer answer;
    norm_answer_in(w, &norms->all, cost, norms->on, &answer);
    return norm_sentence(w, &answer);
}

enum err planning_at(struct request *q, struct reply *r, struct planning *out)
{
    *out = (struct planning){ .at = at_desk(q, r) };
    struct at *at = &out->at;
    at->e = &yearly_plan;
    TRY(desk_record(q, r, &at->w, &yearly_plan, MAY_READ, &at->record));
    TRY(norms_then_of(&at->w, at->record, &out->norms));
    return plan_load(&at->w, at->record->id, &out->view);
}

int plan_year(const struct planning *p) { return (int)v_i64(p->at.record->v[PLAN_YEAR]); }

bool plan_changeable(const struct record *plan_of)
{
    return in_state(plan_of, "draft") || in_state(plan_of, "returned") || in_state(plan_of, "adjusting");
}

/* ---- the frame ------------------------------------------------------------------------------------ */

static const struct { const char *rest, *label; } views[] = {
    { NULL, N_("Contents and tasks") }, { "calendar", N_("Calendar") },  { "gantt", N_("Course of the year") },
    { "estimate", N_("Estimate") },     { "versions", N_("Versions") },
};

static bool same_view(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static Html menu(struct planning *p, const char *here)
{
    struct html h = html_make(p->at.q->a);
    struct request *q = p->at.q;
    html_open(&h, "nav");
    html_class(&h, "network-menu");
    html_attr(&h, "aria-label", at_tr(&p->at, N_("Views of the plan")));
    html_open(&h, "ul");
    for (size_t i = 0; i < COUNT(views); i++) {
        html_open(&h, "li");
        html_open(&h, "a");
        html_href(&h, "href", request_link(q, plan_path(q->a, p->at.record->id, views[i].rest)));
        if (same_view(here, views[i].rest)) html_attr(&h, "aria-current", S("page"));
        html_text(&h, at_tr(&p->at, views[i].label));
        html_close(&h, "a");
        html_close(&h, "li");
    }
    html_open(&h, "li");
    html_link(&h, request_link(q, str_f(q->a, "/money?year=%d", plan_year(p))), NULL, at_tr(&p->at, N_("Money")));
    html_close(&h, "li");
    html_close(&h, "ul");
    html_close(&h, "nav");
    return html_done(&h);
}

enum err planning_reply(struct planning *p, const char *rest, const char *title, Html actions)
{
    struct at *at = &p->at;
    struct request *q = at->q;
    Str name = record_title(&at->w, at->record);
    struct html whole = html_make(q->a);
    html_raw(&whole, menu(p, rest));
    html_raw(&whole, html_done(&at->h));
    struct desk_page page = {
        .title = title ? str_f(q->a, "%.*s: %.*s", FMT(at_tr(at, title)), FMT(name)) : name, .place = DESK_PLAN, .content = html_done(&whole), .actions = actions,
        .lead = v_i64(at->record->v[PLAN_VERSION]) ? at_say(at, MSG(N_("{1} · version {2}"), record_text(&at->w, at->record, PLAN_STATE), record_text(&at->w, at->record, PLAN_VERSION)))
                                                   : record_text(&at->w, at->record, PLAN_STATE),
        .crumbs = { { request_link(q, S("/plan")), at_tr(at, N_("Plans of all years")) } },
    };
    if (title) page.crumbs[1].url = request_link(q, plan_path(q->a, at->record->id, NULL)), page.crumbs[1].label = name;
    return desk_reply(q, at->r, &page);
}

/* ---- money ------------------------------------------------------------------------------------------ */

Str dong(struct arena *a, enum lang l, int64_t amount)
{
    struct buf b = buf_make(a);
    put_int_grouped(&b, l, amount);
    return message_str(a, l, MSG(N_("{1} đồng"), buf_str(&b)));
}

static enum paid_by who_pays(const struct work *w, Str source)
{
    const struct code *k = code_find(w->codes, S("fund_source"), source);
    if (k && str_is(code_extra(k, S("budget")), "1")) return PAID_BY_BUDGET;
    return k && str_is(k->code, "participants") ? PAID_BY_PARTICIPANTS : PAID_BY_OTHERS;
}

void paid_add_from(const struct work *w, struct paid *sum, Str source, int64_t amount)
{
    sum->of[PAID_IN_ALL] += amount;
    if (amount) sum->of[who_pays(w, source)] += amount;
}

void paid_add(const struct work *w, struct paid *sum, const struct record *task_of)
{
    const struct records *lines = &task_of->children[TASK_COSTS];
    for (size_t i = 0; i < lines->n; i++) {
        const Val *v = lines->p[i]->v;
        paid_add_from(w, sum, v_str(v[COST_SOURCE]), v_i64(v[COST_SUPPORT]));
        paid_add_from(w, sum, v_str(v[COST_REST_SOURCE]), v_i64(v[COST_REST]));
    }
}

struct paid paid_of_task(const struct work *w, const struct record *task_of)
{
    struct paid sum = { 0 };
    paid_add(w, &sum, task_of);
    return sum;
}

int64_t paid_from(const struct record *cost, Str source)
{
    int64_t sum = str_eq(v_str(cost->v[COST_SOURCE]), source) ? v_i64(cost->v[COST_SUPPORT]) : 0;
    return sum + (str_eq(v_str(cost->v[COST_REST_SOURCE]), source) ? v_i64(cost->v[COST_REST]) : 0);
}

/* ---- parts of pages ----------------------------------------------------------------------------------- */

enum { YEAR_SAID = sizeof " 2026" - 1 };                    /* how a day ends in either language  */

/* 2 Mar – 30 Oct 2027; 02/03 – 30/10/2027. */
Str days_text(struct work *w, const struct record *r, int starts, int ends)
{
    Str from = record_text(w, r, starts), to = record_text(w, r, ends);
    if (!to.n || str_eq(from, to)) return from;
    struct date day, last;
    bool one_year = date_from_iso(v_str(r->v[starts]), &day) && date_from_iso(v_str(r->v[ends]), &last) && day.year == last.year;
    if (one_year) from.n -= YEAR_SAID;
    return str_f(w->a, "%.*s – %.*s", FMT(from), FMT(to));
}
