/* what_if_compare.c - two or more saved scenarios side by side, on the network of today. */
#include "pages/network/what_if.h"

#include "pages/network/steering.h"

#include <math.h>
#include <stdlib.h>

enum { COMPARED_MOST = 6, INDUSTRIES_SHOWN = 15 };

struct compared { struct record *asked; struct what_if x; Str name; };
struct comparison { struct network_at *at; struct compared one[COMPARED_MOST]; size_t n; Str left_out; };

static enum err load(struct comparison *c)
{
    struct network_at *at = c->at;
    size_t i = 0;
    Str said;
    while (params_next(&at->q->query, "s", &i, &said) && c->n < COMPARED_MOST) {
        struct compared *one = &c->one[c->n];
        int64_t id;
        enum err e = public_id_read(&scenario, said, &id) ? record_load(&at->w, &scenario, id, &one->asked) : ERR_MISSING;
        if (!e && !record_visible(&at->w, one->asked)) e = ERR_MISSING;
        if (e == ERR_MISSING) return reply_fail(at->r, e, MSG(N_("There is no scenario {1}, or it is not yours to see."), said));
        TRY(e);
        one->name = record_title(&at->w, one->asked);
        c->n++;
    }
    return OK;
}

/* Those of another tolerance than the first are named and left out: their losses were followed to another end. */
static enum err run_all(struct comparison *c)
{
    struct buf left_out = buf_make(c->at->q->a);
    size_t kept = 0;
    for (size_t i = 0; i < c->n; i++) {
        struct what_if_ask ask;
        what_if_of(c->one[i].asked, &ask);
        TRY(what_if_run(&c->at->w, c->at->v, &ask, NULL, 0, &c->one[i].x));
        if (c->one[i].x.tolerance == c->one[0].x.tolerance) c->one[kept++] = c->one[i];
        else put_f(&left_out, "%s%.*s", left_out.n ? ", " : "", FMT(c->one[i].name));
    }
    c->n = kept;
    c->left_out = buf_str(&left_out);
    return OK;
}

/* ---- the tables --------------------------------------------------------------------------------------- */

static const struct grid_column columns[] = {
    { "name", N_("Scenario"), "label" }, { "stops", N_("What stops") }, { "days", N_("Days") }, { "output", N_("Lost output, billion đồng"), "value" },
    { "exports", N_("Lost exports, billion đồng") }, { "jobs", N_("Jobs without work") }, { "firms", N_("Enterprises") },
    { "index", N_("Index, %") }, { "steps", N_("T") }, { "id", N_("Number"), .files_only = true },
};

static struct grid side_by_side(struct comparison *c)
{
    struct network_at *at = c->at;
    struct grid g =
        grid_make(at->q, (struct figure){ .kind = "bars", .id = "scenarios", .caption = N_("Scenarios side by side") }, columns,
                  COUNT(columns), NULL);
    for (size_t i = 0; i < c->n; i++) {
        const struct what_if *x = &c->one[i].x;
        Str id = public_id(at->q->a, &scenario, c->one[i].asked->id);
        grid_link(&g, request_link(at->q, str_f(at->q->a, "/network/what-if?scenario=%.*s", FMT(id))), c->one[i].name);
        grid_text(&g, what_if_stops(at, c->one[i].asked));
        grid_number(&g, x->days);
        grid_money(&g, x->all.output);
        grid_money(&g, x->all.exports);
        grid_number(&g, round(x->all.jobs));
        grid_number(&g, x->all.firms);
        grid_share(&g, x->risk.total);
        grid_number(&g, x->risk.steps);
        grid_text(&g, id);
    }
    return g;
}

static double output_in(const struct what_if *x, Str code)
{
    for (size_t i = 0; i < x->by_industry.n; i++)
        if (str_eq(x->by_industry.p[i].code, code)) return x->by_industry.p[i].lost.output;
    return 0;
}

struct codes_seen { Str *p; size_t n, cap; };

/* The industries that lose most in any of them, each scenario's in turn. */
static struct codes_seen industries_of(const struct comparison *c)
{
    struct codes_seen all = { 0 };
    struct map seen = map_make(c->at->q->a, 64);
    for (size_t rank = 0; rank < INDUSTRIES_SHOWN; rank++)
        for (size_t i = 0; i < c->n; i++) {
            bool added = false;
            if (rank < c->one[i].x.by_industry.n) map_put(&seen, c->one[i].x.by_industry.p[rank].code, 0, &added);
            if (added && all.n < INDUSTRIES_SHOWN) *GROW(c->at->q->a, all) = c->one[i].x.by_industry.p[rank].code;
        }
    return all;
}

static struct grid by_industry(struct comparison *c)
{
    struct network_at *at = c->at;
    struct grid_column *heads = NEW_ARRAY(at->q->a, struct grid_column, c->n + 1);
    heads[0] = (struct grid_column){ "industry", N_("Industry"), "label" };
    for (size_t i = 0; i < c->n; i++)
        heads[i + 1] = (struct grid_column){ str_z(at->q->a, public_id(at->q->a, &scenario, c->one[i].asked->id)),
                                             str_z(at->q->a, c->one[i].name), "value" };
    struct grid g = grid_make(
        at->q, (struct figure){ .kind = "bars", .id = "by-industry", .caption = N_("Lost output by industry, billion đồng") },
        heads, c->n + 1, NULL);
    struct codes_seen all = industries_of(c);
    for (size_t i = 0; i < all.n; i++) {
        grid_text(&g, code_name(at, "vsic", all.p[i]));
        for (size_t k = 0; k < c->n; k++) grid_money(&g, output_in(&c->one[k].x, all.p[i]));
    }
    return g;
}

static enum err compare(struct network_at *at)
{
    struct comparison c = { .at = at };
    enum err e = load(&c);
    if (e) return e;
    if (c.n < 2) return reply_fail(at->r, ERR_INVALID, MSG(N_("Tick at least two scenarios to compare.")));
    TRY(run_all(&c));
    if (c.left_out.n)
        html_leaf_class(
            &at->h, "p", "notice",
            net_say(
                at,
                MSG(N_("Left out, since their tolerance differs from that of the first: {1}. Scores of different tolerances cannot be compared."),
                    c.left_out)));
    html_leaf(&at->h, "p",
              net_say(at, MSG(N_("All at tolerance {1}, on the network of today."),
                              three_digits(at->q->a, at->q->lang, c.one[0].x.tolerance))));
    struct grid tables[] = { side_by_side(&c), by_industry(&c) };
    return network_tables(at, "/network/what-if", net_tr(at, N_("Scenarios compared")), (Str){ 0 }, tables, COUNT(tables));
}

enum err what_if_compare(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, compare); }
