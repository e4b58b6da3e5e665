/* versions.c - the versions of a plan, each with its decision, and what differs between any two of them. */
#include "pages/plan/planning.h"

#include <math.h>

/* ---- which two ---------------------------------------------------------------------------------------- */

struct compared { struct planning p; struct records versions; const struct record *older, *newer; };      /* NULL: there are no two */

/* The version whose number the address says; `usual` where it says none. */
static enum err version_asked(struct compared *c, const char *name, const struct record *usual, const struct record **out)
{
    struct at *at = &c->p.at;
    Str said = params_get(&at->q->query, name);
    *out = usual;
    if (!said.n) return OK;
    for (size_t i = 0; i < c->versions.n; i++) {
        *out = c->versions.p[i];
        if (str_eq(said, str_f(at->q->a, "%lld", (long long)v_i64((*out)->v[VERSION_NUMBER])))) return OK;
    }
    return reply_fail(at->r, ERR_MISSING, MSG(N_("This plan has no version {1}."), said));
}

static enum err load(struct request *q, struct reply *r, struct compared *c)
{
    *c = (struct compared){ 0 };
    TRY(planning_at(q, r, &c->p));
    TRY(related(&c->p.at, &plan_version, VERSION_PLAN, c->p.at.record->id, &c->versions));
    if (c->versions.n < 2) return OK;
    TRY(version_asked(c, "older", c->versions.p[c->versions.n - 2], &c->older));
    return version_asked(c, "newer", c->versions.p[c->versions.n - 1], &c->newer);
}

/* ---- the versions ---------------------------------------------------------------------------------------- */

static const struct grid_column columns[] = {
    { "number", N_("Version") }, { "decision", N_("Number of the decision") }, { "decided_on", N_("Decided on") }, { "total", N_("Cost, đồng") },
    { "reason", N_("Why it was adjusted") }, { "id", N_("Number"), .files_only = true },
};

static struct grid version_grid(struct compared *c)
{
    struct work *w = &c->p.at.w;
    struct grid g = grid_make(c->p.at.q, (struct figure){ .id = "versions", .caption = N_("Versions") }, columns, COUNT(columns),
                              N_("No version has been approved yet. The first one is made when the plan is approved, and a further one with each adjustment."));
    for (size_t i = 0; i < c->versions.n; i++) {
        const struct record *v = c->versions.p[i];
        grid_number(&g, (double)v_i64(v->v[VERSION_NUMBER]));
        grid_text(&g, record_text(w, v, VERSION_DECISION));
        grid_text(&g, record_text(w, v, VERSION_DECIDED_ON));
        grid_whole(&g, v_i64(v->v[VERSION_TOTAL]), (Str){ 0 });
        grid_text(&g, record_text(w, v, VERSION_REASON));
        grid_text(&g, public_id(w->a, &plan_version, v->id));
    }
    return g;
}

/* ---- what differs -------------------------------------------------------------------------------------------- */

static const struct grid_column difference_columns[] = {
    { "what", N_("What differs") }, { "was", N_("Before") }, { "now", N_("After") }, { "money_was", N_("Before, đồng") }, { "money_now", N_("After, đồng") },
    { "difference", N_("Difference, đồng") },
};

/* Nothing where the difference is none of money. */
static void put_money(struct grid *g, const struct plan_difference *d, int64_t amount)
{
    if (d->money_was || d->money_now) grid_whole(g, amount, (Str){ 0 });
    else grid_number(g, NAN);
}

static enum err difference_grid(struct compared *c, struct grid *g)
{
    struct plan_differences all = { 0 };
    *g = grid_make(c->p.at.q, (struct figure){ .id = "differences", .caption = N_("What differs") }, difference_columns, COUNT(difference_columns),
                   N_("Nothing differs between these two versions."));
    if (!c->older) return OK;
    TRY(plan_differences(&c->p.at.w, c->older, c->newer, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct plan_difference *d = &all.p[i];
        grid_text(g, d->what);
        grid_text(g, d->was);
        grid_text(g, d->now);
        put_money(g, d, d->money_was);
        put_money(g, d, d->money_now);
        put_money(g, d, d->money_now - d->money_was);
    }
    return OK;
}

static void put_version_choice(struct compared *c, const char *name, const char *label, const struct record *chosen)
{
    struct at *at = &c->p.at;
    html_open(&at->h, "div");
    html_class(&at->h, "form-field");
    open_labelled_select(&at->h, name, "form-label", at_tr(at, label));
    for (size_t i = 0; i < c->versions.n; i++) {
        const struct record *v = c->versions.p[i];
        Str number = str_f(at->q->a, "%lld", (long long)v_i64(v->v[VERSION_NUMBER]));
        put_select_option(&at->h, number, at_say(at, MSG(N_("{1}, decided on {2}"), number, record_text(&at->w, v, VERSION_DECIDED_ON))), v == chosen);
    }
    html_close(&at->h, "select");
    html_close(&at->h, "div");
}

static void put_choice(struct compared *c)
{
    struct at *at = &c->p.at;
    html_open(&at->h, "form");
    html_class(&at->h, "network-filter");
    html_attr(&at->h, "aria-label", at_tr(at, N_("Which versions are compared")));
    html_href(&at->h, "action", request_link(at->q, at->q->path));
    put_version_choice(c, "older", N_("From version"), c->older);
    put_version_choice(c, "newer", N_("To version"), c->newer);
    desk_submit(&at->h, at->q, "button button-quiet", at_tr(at, N_("Compare")));
    html_close(&at->h, "form");
}

enum err plan_versions(struct request *q, struct reply *r)
{
    struct compared c;
    size_t which;
    TRY(load(q, r, &c));
    struct grid tables[2] = { version_grid(&c) };
    TRY(difference_grid(&c, &tables[1]));
    if (q->as != AS_PAGE) {
        TRY(grid_asked(q, r, tables, COUNT(tables), &which));
        return grid_reply(r, &tables[which], NULL, 0);
    }
    grid_section(&c.p.at.h, &c.p.at.w, &tables[0]);
    if (c.older) {
        put_choice(&c);
        grid_section(&c.p.at.h, &c.p.at.w, &tables[1]);
    }
    return planning_reply(&c.p, "versions", N_("Versions"), (Html){ { 0 } });
}
