/* views.c - saved views of a list: its state by a name, for oneself or for all who work on the list. */
#include "pages/workspace/workspace.h"

/* What the address says of the list, without what belongs to this one look at it. */
static Str state_of_list(struct at *at)
{
    static const char *const passing[] = { "after", "view", "lang", "said", "n", "change", "batch" };
    struct params state = at->q->query;
    for (size_t i = 0; i < COUNT(passing); i++) state = params_without(at->q->a, &state, passing[i]);
    return params_str(at->q->a, &state);
}

static void put_view_link(struct at *at, const struct view *v, bool here)
{
    struct html *h = &at->h;
    html_open(h, "li");
    html_open(h, "a");
    html_href(h, "href", str_f(at->q->a, "%.*s?%.*s%sview=%lld", FMT(at_url(at, NULL)), FMT(v->query), v->query.n ? "&" : "", (long long)v->id));
    if (here) html_attr(h, "aria-current", S("true"));
    html_text(h, v->name);
    html_close(h, "a");
    if (v->shared) html_text(h, S(" ")), html_leaf_class(h, "span", "badge badge-quiet", at_tr(at, N_("shared")));
    if (v->mine) {
        desk_form_open(h, at->q, at->r, at_url(at, "views/drop"), "inline-form", false);
        desk_hidden(h, "id", str_f(at->q->a, "%lld", (long long)v->id));
        desk_submit(h, at->q, "link-button", at_say(at, MSG(N_("Remove “{1}”"), v->name)));
        html_close(h, "form");
    }
    html_close(h, "li");
}

static void put_keep_form(struct at *at)
{
    struct html *h = &at->h;
    desk_form_open(h, at->q, at->r, at_url(at, "views"), "view-keep", false);
    desk_hidden(h, "query", state_of_list(at));
    put_text_input(h, "text", "name", at_tr(at, N_("Keep this view under the name")), (Str){ 0 });
    put_check(h, "checkbox", "usual", S("1"), at_tr(at, N_("Open it whenever I open the list")), false);
    if (at->w.actor.roles & STAFF) put_check(h, "checkbox", "shared", S("1"), at_tr(at, N_("Share it with all who work on the list")), false);
    desk_submit(h, at->q, "button button-quiet", at_tr(at, N_("Keep the view")));
    html_close(h, "form");
}

enum err put_views(struct at *at, const struct views *views)
{
    struct html *h = &at->h;
    int64_t here = 0;
    if (!str_to_i64(params_get(&at->q->query, "view"), &here)) here = 0;
    html_open(h, "details");
    html_class(h, "views");
    html_leaf(h, "summary", views->n ? at_say(at, MSG(N_("Views ({1})"), str_f(at->q->a, "%zu", views->n))) : at_tr(at, N_("Views")));
    html_open(h, "div");
    html_class(h, "card");
    if (views->n) {
        html_open(h, "ul");
        html_class(h, "view-list");
        for (size_t i = 0; i < views->n; i++) put_view_link(at, &views->p[i], views->p[i].id == here);
        html_close(h, "ul");
    }
    put_keep_form(at);
    html_close(h, "div");
    html_close(h, "details");
    return OK;
}

static enum err keep(struct work *w, void *arg)
{
    struct at *at = arg;
    const struct params *form = &at->q->form;
    int64_t id;
    return view_keep(w, at->e, str_trim(params_get(form, "name")), params_get(form, "query"), params_get(form, "shared").n > 0,
                     params_get(form, "usual").n > 0, &id);
}

/* What is kept is what a list can be asked, so that a view never leads elsewhere. */
static Message check_state(struct at *at, Str query, struct params *state)
{
    struct list_query read;
    Message why = NO_MESSAGE;
    if (params_read(at->q->a, query, PARAMS_QUERY, state, &why)) return why;
    const struct asked *asked = (const struct asked *)(const void *)state->p;
    return list_read(&at->w, at->e, asked, state->n, "", &read, &why) ? why : NO_MESSAGE;
}

enum err workspace_view_keep(struct request *q, struct reply *r)
{
    struct at at;
    struct params state;
    TRY(at_list(q, r, MAY_READ, &at));
    Message why = check_state(&at, params_get(&q->form, "query"), &state);
    if (why.id) return reply_fail(r, ERR_INVALID, why);
    enum err err = work_write(&at.w, keep, &at);
    if (err == ERR_INVALID) return reply_fail(r, err, MSG(N_("A view needs a name.")));
    if (err == ERR_DENIED) return reply_fail(r, err, MSG(N_("Only staff can share views.")));
    TRY(err);
    Str query = params_str(q->a, &state);
    return desk_done(q, r, query.n ? str_f(q->a, "%.*s?%.*s", FMT(at_path(&at, NULL)), FMT(query)) : at_path(&at, NULL), "view", 0, 0, 0);
}

static enum err drop(struct work *w, void *arg)
{
    struct at *at = arg;
    int64_t id;
    return str_to_i64(params_get(&at->q->form, "id"), &id) ? view_drop(w, id) : ERR_MISSING;
}

enum err workspace_view_drop(struct request *q, struct reply *r)
{
    struct at at;
    TRY(at_list(q, r, MAY_READ, &at));
    TRY(work_write(&at.w, drop, &at));
    return desk_done(q, r, str_f(q->a, "%.*s?view=0", FMT(at_path(&at, NULL))), "gone", 0, 0, 0);
}
