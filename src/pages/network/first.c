/*
 * first.c - whom to strengthen first (E09): the ranking with its terms, weights that the address says, and the list of those chosen that
 * goes to the programme.
 */
#include "pages/network/network.h"

#include "model/save.h"
#include "pages/network/steering.h"
#include "programme/network/support_list.h"

#include <math.h>

enum { SHOWN = 50, LISTED_MOST = 100, WEIGHT_MOST = 1000 };

/* ---- weights --------------------------------------------------------------------------------------- */

/* What is said and no weight counts as usual, and is told. */
static Message read_weights(const struct network_at *at, double weight[FIRST_TERMS])
{
    Message wrong = NO_MESSAGE;
    for (int t = 0; t < FIRST_TERMS; t++) {
        Str said = params_get(&at->q->query, first_terms[t].key);
        bool good = str_to_f64(said, &weight[t]) && weight[t] >= 0 && weight[t] <= WEIGHT_MOST;
        if (good) continue;
        weight[t] = first_terms[t].usual;
        if (said.n)
            wrong = MSG(N_("“{1}” is no weight for “{2}”: enter a number from 0 to {3}. Here it counts as usual."), said,
                        net_tr(at, first_terms[t].label), str_f(at->q->a, "%d", WEIGHT_MOST));
    }
    return wrong;
}

static void put_weights(struct network_at *at, const double weight[FIRST_TERMS])
{
    struct html *h = &at->h;
    html_open(h, "form");
    html_class(h, "network-filter");
    html_attr(h, "aria-label", net_tr(at, N_("How much each term counts")));
    html_href(h, "action", request_link(at->q, at->q->path));
    for (int t = 0; t < FIRST_TERMS; t++) {
        Str said = params_get(&at->q->query, first_terms[t].key);
        put_text_input(h, "number", first_terms[t].key, net_tr(at, first_terms[t].label), said.n ? said : str_f(at->q->a, "%g", weight[t]));
    }
    desk_submit(h, at->q, "button button-quiet", net_tr(at, N_("Rank again")));
    html_close(h, "form");
}

/* ---- the ranking ------------------------------------------------------------------------------------------ */

static const struct grid_column columns[] = {
    { "rank", N_("Rank") }, { "name", N_("Enterprise"), "label" }, { "score", N_("Score"), "value" },
    { "means", N_("What it means to others") }, { "lacks", N_("What it lacks") }, { "importance", N_("Systemic importance") },
    { "sole", N_("Only source of others") }, { "profile", N_("Gaps of the profile") }, { "certificates", N_("Certificates missing") },
    { "stale", N_("Not confirmed for long") }, { "reason", N_("Why") }, { "id", N_("Number"), .files_only = true },
};

static struct grid ranking_grid(struct network_at *at, const struct first *list, size_t n)
{
    struct grid g =
        grid_make(at->q, (struct figure){ .kind = "bars", .id = "first", .caption = N_("Whom to strengthen first"), .most = 10 },
                  columns, COUNT(columns),
                  N_("No enterprise has links yet, so nobody's stop would cost others anything. Enter or import links first."));
    size_t shown = at->q->as == AS_PAGE && n > SHOWN ? SHOWN : n;
    for (size_t i = 0; i < shown; i++) {
        grid_number(&g, (double)i + 1);
        grid_link(&g, node_url(at, list[i].node, "why"), node_name(at, list[i].node));
        grid_number(&g, list[i].score);
        grid_number(&g, list[i].means);
        grid_number(&g, list[i].lacks);
        for (int t = 0; t < FIRST_TERMS; t++) grid_number(&g, list[i].term[t]);
        grid_text(&g, first_reason(&at->w, &list[i]));
        grid_text(&g, at->v->nodes[list[i].node].public_id);
    }
    return g;
}

/* Who of those shown goes on the list, and under which name. */
static void put_choosing(struct network_at *at, const struct first *list, size_t n)
{
    struct html *h = &at->h;
    if (!n || !may(&at->w, &support_list, MAY_CREATE)) return;
    desk_form_open(h, at->q, at->r, request_url(at->q, &at->q->query), "card support-form", false);
    html_leaf(h, "h2", net_tr(at, N_("Send to support")));
    html_open(h, "fieldset");
    html_leaf(h, "legend", net_tr(at, N_("Who goes on the list")));
    for (size_t i = 0; i < n && i < SHOWN; i++)
        put_check(h, "checkbox", "firm", at->v->nodes[list[i].node].public_id,
                  str_f(at->q->a, "%zu. %.*s", i + 1, FMT(node_name(at, list[i].node))),
                  params_has(&at->q->form, "firm", at->v->nodes[list[i].node].public_id));
    html_close(h, "fieldset");
    put_text_input(h, "text", "name", net_tr(at, N_("Name of the list")), params_get(&at->q->form, "name"));
    put_area(h, "note", net_tr(at, N_("Note")), (Str){ 0 }, params_get(&at->q->form, "note"), false);
    desk_submit(h, at->q, "button", net_tr(at, N_("Send the list to the programme")));
    html_close(h, "form");
}

static enum err first_of(struct network_at *at, Message wrong)
{
    double weight[FIRST_TERMS];
    struct first *list;
    size_t n;
    Message weights_wrong = read_weights(at, weight);
    if (!wrong.id) wrong = weights_wrong;
    TRY(first_rank(&at->w, at->v, weight, &list, &n));
    if (wrong.id) {
        at->r->status = 422;
        html_leaf_class(&at->h, "p", "alert alert-danger", net_say(at, wrong));
    }
    put_weights(at, weight);
    struct grid g = ranking_grid(at, list, n);
    Str title = net_tr(at, N_("Whom to strengthen first"));
    if (at->q->as != AS_PAGE) return network_tables(at, "/network/first", title, (Str){ 0 }, &g, 1);
    network_table(at, &g);
    put_choosing(at, list, n);
    network_basis(at);
    return network_reply(
        at, "/network/first", title,
        net_tr(
            at,
            N_("What an enterprise means to the others, joined with what its profile shows it lacks. Every term runs from 0 to 100.")));
}

static enum err show(struct network_at *at) { return first_of(at, NO_MESSAGE); }
enum err first_page(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, show); }

/* ---- sending ------------------------------------------------------------------------------------------------- */

/* Those ticked, by their place in the ranking. */
static struct record *list_asked(struct network_at *at, const double weight[FIRST_TERMS], const struct first *list, size_t n)
{
    size_t chosen[LISTED_MOST], count = 0;
    for (size_t i = 0; i < n && count < LISTED_MOST; i++)
        if (params_has(&at->q->form, "firm", at->v->nodes[list[i].node].public_id)) chosen[count++] = i;
    return support_list_of(&at->w, at->v, weight, list, chosen, count);
}

static enum err send(struct network_at *at)
{
    double weight[FIRST_TERMS];
    struct first *list;
    struct saving s = { 0 };
    size_t n;
    if (!may(&at->w, &support_list, MAY_CREATE))
        return reply_fail(at->r, ERR_DENIED, MSG(N_("You may look at this ranking, but not send a list.")));
    Message wrong = read_weights(at, weight);
    if (wrong.id) return first_of(at, wrong);
    TRY(first_rank(&at->w, at->v, weight, &list, &n));
    s.now = list_asked(at, weight, list, n);
    Message name =
        form_read_value(&at->w, &support_list.fields[SUPPORT_NAME], params_get(&at->q->form, "name"), &s.now->v[SUPPORT_NAME]);
    Message note =
        form_read_value(&at->w, &support_list.fields[SUPPORT_NOTE], params_get(&at->q->form, "note"), &s.now->v[SUPPORT_NOTE]);
    if (name.id || note.id) return first_of(at, name.id ? name : note);
    if (!s.now->children[SUPPORT_ENTRIES].n) return first_of(at, MSG(N_("Tick who goes on the list.")));
    enum err e = record_keep(&at->w, &s);
    if (e == ERR_INVALID) return first_of(at, MSG(N_("Give the list a name.")));
    TRY(e);
    return desk_done(at->q, at->r, desk_path(at->q->a, &support_list, s.saved->id, NULL), "made", 0, s.saved->seq, 0);
}

enum err first_send(struct request *q, struct reply *r) { return network_page(q, r, FOR_STAFF, send); }
