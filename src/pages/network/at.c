#include "pages/network/network.h"

#include "model/rights.h"
#include "programme/network/scenario.h"
#include "programme/network/support_list.h"

#include <setjmp.h>

/* The network's own menu; who may not list what a section keeps is not led there. */
static const struct { const char *path, *label; const struct entity *keeps; } sections[] = {
    { "/network",               N_("At a glance") },
    { "/network/ranking",       N_("Ranking") },
    { "/network/concentration", N_("Concentration") },
    { "/network/flows",         N_("Flows") },
    { "/network/map",           N_("Places") },
    { "/network/compare",       N_("Two dates") },
    { "/network/what-if",       N_("What if"), &scenario },
    { "/network/first",         N_("Whom first"), &support_list },
};

/* ---- holding the view ----------------------------------------------------------------------- */

static void release(struct network_at *at)
{
    for (size_t i = 0; i < at->held_n; i++) supply_view_release(at->held[i]);
}

/* When the request's memory runs out, the views are let go on the way to who answers for it. */
static enum err run_held(struct network_at *at, network_fn *fn)
{
    jmp_buf here, *outer = at->q->a->full;
    at->q->a->full = &here;
    if (setjmp(here)) {
        release(at);
        longjmp(*outer, 1);
    }
    enum err e = fn(at);
    at->q->a->full = outer;
    release(at);
    return e;
}

static const struct supply_view *hold(struct network_at *at, struct supply_view *v)
{
    MUST(at->held_n < COUNT(at->held));
    if (v) at->held[at->held_n++] = v;
    return v;
}

const struct supply_view *network_on(struct network_at *at, struct date day) { return hold(at, kept_on(at->q->instance->network, day)); }

enum err network_wait(struct network_at *at, Message what)
{
    if (at->q->as != AS_PAGE) return reply_fail(at->r, ERR_BUSY, what);
    reply_header(at->r, "Refresh", S("1"));
    html_leaf_class(&at->h, "p", "notice", net_say(at, what));
    return network_reply(at, "", net_tr(at, N_("Supply network")), (Str){ 0 });
}

/* ---- who may see it ------------------------------------------------------------------------- */

static bool sees_all(struct work *w)
{
    struct buf rows = buf_make(w->a);
    Val args[ROWS_ARGS];
    int n = 0;
    put_rows(&rows, w, &supply_link, args, &n);
    return may(w, &supply_link, MAY_READ) && !rows.n && !rows_in_c(w, &supply_link);
}

enum err network_page(struct request *q, struct reply *r, enum network_for who, network_fn *fn)
{
    struct network_at at = { .who = who, .q = q, .r = r, .w = desk_work(q), .h = html_make(q->a), .own = NO_NODE };
    r->cache = CACHE_NEVER;
    at.all = sees_all(&at.w);
    bool side = who == FOR_SIDES_TOO && q->actor.organisation && may(&at.w, &supply_link, MAY_READ);
    if (!at.all && !side && who != FOR_EVERYBODY)
        return reply_fail(r, ERR_DENIED, MSG(N_("The supply network is for those who may read all links. An enterprise sees its own.")));
    at.v = q->instance && q->instance->network ? hold(&at, kept_now(q->instance->network)) : NULL;
    if (!at.v) return network_wait(&at, MSG(N_("The supply network is being read. This page loads again by itself in a moment.")));
    if (q->actor.organisation) at.own = supply_node(at.v, false, q->actor.organisation);
    return run_held(&at, fn);
}

/* ---- the page ------------------------------------------------------------------------------- */

static void put_menu(struct html *h, struct network_at *at, const char *place)
{
    if (!at->all || at->who == FOR_EVERYBODY) return;
    html_open(h, "nav");
    html_class(h, "network-menu");
    html_attr(h, "aria-label", net_tr(at, N_("Supply network")));
    html_open(h, "ul");
    for (size_t i = 0; i < COUNT(sections); i++) {
        if (sections[i].keeps && !may_list(&at->w, sections[i].keeps)) continue;
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, "href", request_link(at->q, str_of(sections[i].path)));
        if (str_is(str_of(place), sections[i].path)) html_attr(h, "aria-current", S("page"));
        html_text(h, net_tr(at, sections[i].label));
        html_close(h, "a");
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_close(h, "nav");
}

static enum err public_reply(struct network_at *at, Str title, Str lead, Html content)
{
    struct html h = html_make(at->q->a);
    put_page_head(&h, title, lead);
    html_raw(&h, content);
    return shell_reply(at->q, at->r, &(struct page){ .title = title, .description = lead, .section = SECTION_PROGRAMME, .content = html_done(&h) });
}

enum err network_reply(struct network_at *at, const char *place, Str title, Str lead)
{
    struct html h = html_make(at->q->a);
    put_menu(&h, at, place);
    html_raw(&h, html_done(&at->h));
    if (at->who == FOR_EVERYBODY) return public_reply(at, title, lead, html_done(&h));
    return desk_reply(at->q, at->r, &(struct desk_page){ .title = title, .lead = lead, .place = DESK_NETWORK, .content = html_done(&h) });
}

/* ---- what figures rest on ------------------------------------------------------------------- */

enum { BASIS_FACTS = 5 };

static void facts_of(const struct network_at *at, struct grid_fact facts[BASIS_FACTS])
{
    const struct supply_view *v = at->v;
    struct arena *a = at->q->a;
    facts[0] = (struct grid_fact){ "day", N_("Day"), date_iso(a, v->day) };
    facts[1] = (struct grid_fact){ "version", N_("Version of the data"), str_f(a, "%llu", (unsigned long long)v->version) };
    facts[2] = (struct grid_fact){ "tolerance", N_("Tolerance of the index"), str_f(a, "%g", v->tolerance) };
    facts[3] = (struct grid_fact){ "steps", N_("Steps, at most"), str_f(a, "%u", v->steps) };
    facts[4] = (struct grid_fact){ "inferred_share", N_("Share of value that is inferred"), str_f(a, "%.4f", v->inferred_share) };
}

void network_basis(struct network_at *at)
{
    struct html *h = &at->h;
    struct buf day = buf_make(at->q->a);
    date_type.show(&day, &at->w, NULL, v_text(date_iso(at->q->a, at->v->day)));
    html_open(h, "p");
    html_class(h, "network-basis");
    html_text(h, net_say(at, MSG(N_("Network of {1}, version {2} of the data."), buf_str(&day), page_number(&at->w, (int64_t)at->v->version))));
    html_text(h, S(" "));
    html_text(h, net_say(at, MSG(N_("Index at tolerance {1}, up to T = {2} steps; scores at another tolerance are not comparable."),
                                 three_digits(at->q->a, at->q->lang, at->v->tolerance), page_number(&at->w, at->v->steps))));
    html_text(h, S(" "));
    html_text(h, net_say(at, MSG(N_("{1} of the value of all links is inferred, stated by nobody."), percent_str(at, at->v->inferred_share))));
    html_text(h, S(" "));
    html_link(h, request_link(at->q, S("/network/method")), NULL, net_tr(at, N_("How this is computed")));
    html_close(h, "p");
}

/* ---- tables --------------------------------------------------------------------------------- */

void network_table(struct network_at *at, const struct grid *g) { grid_section(&at->h, &at->w, g); }

enum err network_tables(struct network_at *at, const char *place, Str title, Str lead, struct grid *tables, size_t n)
{
    struct grid_fact facts[BASIS_FACTS];
    size_t which;
    facts_of(at, facts);
    if (at->q->as != AS_PAGE) {
        TRY(grid_asked(at->q, at->r, tables, n, &which));
        return grid_reply(at->r, &tables[which], facts, BASIS_FACTS);
    }
    for (size_t i = 0; i < n; i++) network_table(at, &tables[i]);
    network_basis(at);
    return network_reply(at, place, title, lead);
}

enum err network_file(struct network_at *at, struct grid *g, size_t rows, network_row *row, const void *with)
{
    enum { AT_ONCE = 500 };
    struct grid_fact facts[BASIS_FACTS];
    size_t which;
    TRY(grid_asked(at->q, at->r, g, 1, &which));
    facts_of(at, facts);
    TRY(grid_begin(at->r, g, facts, BASIS_FACTS));
    for (size_t i = 0; i < rows; i++) {
        row(at, g, with, i);
        if (i % AT_ONCE == AT_ONCE - 1) TRY(grid_send(g));
    }
    TRY(grid_send(g));
    return grid_end(at->r, g);
}
