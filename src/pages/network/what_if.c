/*
 * what_if.c - what if these stopped (E04): what the city loses, by tier, industry and place, each enterprise's state, what is lacking and who
 * could supply it; all of it from the address, without saving.  A scenario is kept when it is given a name.
 */
#include "pages/network/what_if.h"

#include "model/save.h"
#include "pages/network/steering.h"
#include "programme/network/alternatives.h"

#include <math.h>

enum { TRIED_MOST = 8, TABLES = 7 };

struct what_if_at {
    struct network_at   *at;
    struct record       *asked;
    struct form_problems wrong;
    struct what_if_ask   ask;
    struct what_if       plain, with;       /* with: what is tried                                */
    struct moved         tried[TRIED_MOST]; size_t tried_n;
};

/* ---- what is tried ------------------------------------------------------------------------------- */

static uint32_t link_named(const struct network_at *at, Str said)
{
    int64_t id;
    if (public_id_read(&supply_link, said, &id))
        for (size_t i = 0; i < at->v->links_n; i++)
            if (at->v->links[i].id == id) return (uint32_t)i;
    return NO_NODE;
}

/* What the two ends of the link trade, other products too. */
static double traded(const struct network_at *at, const struct view_link *l)
{
    double all = 0;
    for (size_t i = 0; i < at->v->links_n; i++)
        if (at->v->links[i].supplier == l->supplier && at->v->links[i].customer == l->customer) all += at->v->links[i].value;
    return all;
}

/* Of what they trade, this link, or as much of it as the other has room for; all of the link where its room is not known. */
static enum err share_of(struct what_if_at *p, const struct view_link *l, uint32_t to, double *share)
{
    struct alternative *list;
    size_t n;
    double all = traded(p->at, l);
    *share = all > 0 ? l->value / all : 1;
    TRY(alternatives_for(&p->at->w, p->at->v, l->supplier, l->customer, p->plain.left, SIZE_MAX, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (list[i].node == to && list[i].room < l->value) *share = list[i].room / all;
    return OK;
}

/* Of what the two trade, what those tried before leave. */
static double left_of(const struct what_if_at *p, const struct moved *m)
{
    double left = 1;
    for (const struct moved *before = p->tried; before < m; before++)
        if (before->supplier == m->supplier && before->customer == m->customer) left -= before->share;
    return left;
}

static enum err read_tried(struct what_if_at *p)
{
    size_t i = 0;
    Str said, link, other;
    while (params_next(&p->at->q->query, "try", &i, &said) && p->tried_n < TRIED_MOST) {
        int64_t id;
        if (!str_cut(said, '~', &link, &other) || !public_id_read(&enterprise, other, &id)) continue;
        uint32_t at_link = link_named(p->at, link), to = supply_node(p->at->v, false, id);
        if (at_link == NO_NODE || to == NO_NODE) continue;
        const struct view_link *l = &p->at->v->links[at_link];
        struct moved *m = &p->tried[p->tried_n++];
        *m = (struct moved){ l->supplier, l->customer, to, 1 };
        TRY(share_of(p, l, to, &m->share));
        m->share = fmin(m->share, left_of(p, m));
    }
    return OK;
}

static void put_tried(struct what_if_at *p)
{
    struct network_at *at = p->at;
    if (!p->tried_n) return;
    html_open(&at->h, "section");
    html_class(&at->h, "card tried");
    html_leaf(&at->h, "h2", net_tr(at, N_("With the suppliers that are tried")));
    html_open(&at->h, "ul");
    for (size_t i = 0; i < p->tried_n; i++) {
        const struct moved *m = &p->tried[i];
        Str whose = net_say(at, MSG(N_("what {1} bought of {2}"), node_name(at, m->customer), node_name(at, m->supplier)));
        html_leaf(&at->h, "li",
                  net_say(at, MSG(N_("{1} takes over {2} of {3}"), node_name(at, m->to), percent_str(at, m->share), whose)));
    }
    html_close(&at->h, "ul");
    html_leaf(&at->h, "p",
              net_say(at, MSG(N_("Lost output: {1} instead of {2}."), billions_str(at, p->with.all.output),
                              billions_str(at, p->plain.all.output))));
    html_leaf(&at->h, "p",
              net_say(at, MSG(N_("Jobs without work: {1} instead of {2}."), page_number(&at->w, (int64_t)round(p->with.all.jobs)),
                              page_number(&at->w, (int64_t)round(p->plain.all.jobs)))));
    html_close(&at->h, "section");
}

/* ---- what is lost ------------------------------------------------------------------------------------- */

static void put_summary(struct what_if_at *p)
{
    struct network_at *at = p->at;
    const struct what_if *x = &p->with;
    put_facts_open(at);
    put_fact(at, N_("What stops"), what_if_stops(at, p->asked));
    put_fact(
        at, N_("How far, and how long"),
        net_say(at, MSG(N_("{1} of capacity left; days: {2}"), percent_str(at, p->ask.capacity), page_number(&at->w, x->days))));
    put_fact(at, N_("Lost output"), billions_str(at, x->all.output));
    put_fact(at, N_("Lost exports"), billions_str(at, x->all.exports));
    put_fact(at, N_("Jobs without work"), page_number(&at->w, (int64_t)round(x->all.jobs)));
    put_fact(at, N_("Enterprises that lose"),
             net_say(at, MSG(N_("{1}, each at least {2} of its output; {3} of them state no employees or no exports"), page_number(&at->w, x->all.firms),
                             percent_str(at, x->tolerance), page_number(&at->w, x->figures_missing))));
    put_fact(
        at, N_("Index"),
        net_say(at, MSG(N_("{1} of all output; by lack of inputs {2}, by lack of customers {3}"), percent_str(at, x->risk.total),
                        percent_str(at, x->risk.downstream), percent_str(at, x->risk.upstream))));
    put_fact(at, N_("Computed"),
             net_say(at, MSG(N_("at tolerance {1}, in T = {2} steps"), three_digits(at->q->a, at->q->lang, x->tolerance),
                             page_number(&at->w, x->risk.steps))));
    put_facts_close(at);
}

static enum err result_page(struct what_if_at *p)
{
    struct network_at *at = p->at;
    struct what_if *x = &p->with;
    /* Before the others, for whoever tries one after another; only where somebody asks. */
    enum { ALTERNATIVES, OTHERS };
    struct grid tables[TABLES] = {
        [OTHERS] = lost_by_tier(at, x),
        lost_by_code(at, &x->by_industry, "by-industry", N_("By industry"), "vsic"),
        lost_by_code(at, &x->by_ward, "by-ward", N_("By ward and commune"), "ward"),
        lost_by_code(at, &x->by_zone, "by-zone", N_("By industrial park and cluster"), "industrial_zone"),
        lost_by_firm(at, x),
        lost_inputs(at, x),
    };
    uint32_t input = link_named(at, params_get(&at->q->query, "input"));
    size_t from = input == NO_NODE ? OTHERS : ALTERNATIVES;
    if (input != NO_NODE) TRY(alternatives_table(at, x, input, &tables[ALTERNATIVES]));
    put_summary(p);
    put_tried(p);
    what_if_save_form(at);
    what_if_form(at, p->asked, &p->wrong, false);
    Str title = v_is(p->asked->v[SCENARIO_NAME]) ? record_title(&at->w, p->asked) : net_tr(at, N_("What if something stops"));
    return network_tables(at, "/network/what-if", title, (Str){ 0 }, tables + from, TABLES - from);
}

/* ---- what was saved ------------------------------------------------------------------------------------- */

static enum err put_saved(struct network_at *at)
{
    struct list saved;
    TRY(list_load(&at->w, &scenario, &(struct list_query){ .sort = -1, .descending = true, .limit = LIST_LIMIT }, true, &saved));
    if (!saved.records.n) return OK;
    struct html *h = &at->h;
    html_open(h, "form");
    html_class(h, "card what-if-saved");
    html_href(h, "action", request_link(at->q, S("/network/what-if/compare")));
    html_leaf(h, "h2", net_tr(at, N_("Saved scenarios")));
    for (size_t i = 0; i < saved.records.n; i++) {
        struct record *s = saved.records.p[i];
        Str id = public_id(at->q->a, &scenario, s->id);
        html_open(h, "div");
        html_class(h, "what-if-one");
        put_check(h, "checkbox", "s", id, record_title(&at->w, s), false);
        html_link(h, request_link(at->q, str_f(at->q->a, "/network/what-if?scenario=%.*s", FMT(id))), NULL, net_tr(at, N_("Run")));
        html_leaf_class(h, "p", "form-hint", what_if_stops(at, s));
        html_close(h, "div");
    }
    desk_submit(h, at->q, "button", net_tr(at, N_("Compare those that are ticked")));
    html_close(h, "form");
    return OK;
}

static enum err start_page(struct what_if_at *p)
{
    what_if_form(p->at, p->asked, &p->wrong, true);
    TRY(put_saved(p->at));
    network_basis(p->at);
    return network_reply(
        p->at, "/network/what-if", net_tr(p->at, N_("What if something stops")),
        net_tr(
            p->at,
            N_("Choose what stops: the network shows who loses what, and who could help. Nothing is saved unless you say so.")));
}

static enum err run(struct network_at *at)
{
    struct what_if_at p = { .at = at };
    enum err missing = what_if_read(at, &p.asked, &p.wrong);
    if (missing) return missing;
    what_if_of(p.asked, &p.ask);
    if (p.wrong.n) at->r->status = 422;
    if (p.wrong.n || what_if_is_empty(&p.ask)) return start_page(&p);
    TRY(what_if_run(&at->w, at->v, &p.ask, NULL, 0, &p.plain));
    TRY(read_tried(&p));
    p.with = p.plain;
    if (p.tried_n) TRY(what_if_run(&at->w, at->v, &p.ask, p.tried, p.tried_n, &p.with));
    return result_page(&p);
}

enum err what_if_page(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, run); }

/* ---- saving ------------------------------------------------------------------------------------------------ */

static enum err save(struct network_at *at)
{
    struct what_if_at p = { .at = at };
    struct saving s = { 0 };
    enum err missing = what_if_read(at, &p.asked, &p.wrong);
    if (missing) return missing;
    if (!may(&at->w, &scenario, MAY_CREATE))
        return reply_fail(at->r, ERR_DENIED, MSG(N_("You may look at scenarios, but not save one.")));
    const struct field *name = &scenario.fields[SCENARIO_NAME];
    Message m = form_read_value(&at->w, name, params_get(&at->q->form, "name"), &p.asked->v[SCENARIO_NAME]);
    if (m.id) return reply_fail(at->r, ERR_INVALID, m);
    s.now = p.asked;
    enum err e = p.wrong.n ? ERR_INVALID : record_keep(&at->w, &s);
    if (e == ERR_INVALID) return reply_fail(at->r, e, MSG(N_("Give the scenario a name, and say what stops.")));
    TRY(e);
    return desk_done(at->q, at->r,
                     str_f(at->q->a, "/network/what-if?scenario=%.*s", FMT(public_id(at->q->a, &scenario, s.saved->id))), "made",
                     0, s.saved->seq, 0);
}

enum err what_if_save(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, save); }
