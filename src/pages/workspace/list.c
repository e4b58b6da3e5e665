/*
 * list.c - the list of any entity: searched, filtered, ordered, in the columns its reader chose, and out again as files of
 * exactly what is shown.  The state is in the address, so that a view is a link.
 */
#include "pages/workspace/workspace.h"

#include "model/change.h"
#include "pages/pages.h"

#include <string.h>

/* Parameters of the page that are no part of the list's state. */
static const char others[] = "lang view said n change batch in_batch";

static bool has_state(const struct at *at)
{
    for (size_t i = 0; i < at->q->query.n; i++)
        if (!str_is(at->q->query.p[i].name, "lang")) return true;
    return false;
}

/* The view that opens when the list is opened with nothing asked. */
static const struct view *usual_view(const struct views *views)
{
    for (size_t i = 0; i < views->n; i++)
        if (views->p[i].usual && views->p[i].mine) return &views->p[i];
    return NULL;
}

static enum err open_view(struct at *at, const struct view *v)
{
    return reply_redirect(at->r, 303, str_f(at->q->a, "%.*s?%.*s%sview=%lld", FMT(at_url(at, NULL)), FMT(v->query), v->query.n ? "&" : "",
                                            (long long)v->id));
}

enum err narrow_to_batch(struct at *at, const struct params *from, struct list_query *query)
{
    int64_t batch;
    if (!str_to_i64(params_get(from, "in_batch"), &batch)) return OK;
    return batch_records(&at->w, at->e, batch, &query->among, &query->among_n);
}

static void put_batch(struct at *at)
{
    Str batch = params_get(&at->q->query, "in_batch");
    if (!batch.n) return;
    struct params all = params_without(at->q->a, &at->q->query, "in_batch");
    html_open(&at->h, "p");
    html_class(&at->h, "notice");
    html_text(&at->h, at_say(at, MSG(N_("Only what batch {1} has made or changed is shown."), batch)));
    html_text(&at->h, S(" "));
    html_link(&at->h, request_url(at->q, &all), NULL, at_tr(at, N_("Show all")));
    html_close(&at->h, "p");
}

/* ---- above the table ---------------------------------------------------------------------------- */

/* Words are looked for in the name: the filter "TITLE.like" of the list. */
static Str words_name(struct at *at) { return str_f(at->q->a, "%s.like", at->e->fields[at->e->title].name); }

static void put_search(struct at *at)
{
    struct html *h = &at->h;
    Str name = words_name(at);
    if (at->e->fields[at->e->title].type->stored != V_TEXT) return;
    html_open(h, "form");
    html_class(h, "desk-search");
    html_attr(h, "role", S("search"));
    html_attr(h, "aria-label", at_tr(at, at->e->many));
    html_href(h, "action", at_url(at, NULL));
    put_list_state(at, str_z(at->q->a, name));
    html_open(h, "label");
    html_class(h, "visually-hidden");
    html_attr(h, "for", S("words"));
    html_text(h, at_tr(at, N_("Words of the name")));
    html_close(h, "label");
    html_open(h, "input");
    html_attr(h, "type", S("search"));
    html_attr(h, "id", S("words"));
    html_attr(h, "name", name);
    html_attr(h, "value", params_get(&at->q->query, str_z(at->q->a, name)));
    html_attr(h, "placeholder", at_tr(at, N_("Words of the name")));
    desk_submit(h, at->q, "button button-quiet", at_tr(at, N_("Search")));
    html_close(h, "form");
}

static void put_format(struct at *at, enum as as, const char *label, const struct params *state)
{
    html_link(&at->h, url_of(at->q->a, at->q->lang, at_path(at, NULL), as, state), "format", str_of(label));
}

/* What is shown, as a file: the same state, and the columns as chosen. */
static void put_formats(struct at *at, const int *columns, size_t n)
{
    struct buf names = buf_make(at->q->a);
    for (size_t i = 0; i < n; i++) put_f(&names, "%s%s", i ? "," : "", at->e->fields[columns[i]].name);
    struct params state = params_without(at->q->a, &at->q->query, "after");
    state = params_with(at->q->a, &state, "columns", buf_str(&names));
    html_open(&at->h, "p");
    html_class(&at->h, "formats");
    html_link(&at->h, at_url(at, "columns"), "format", at_tr(at, N_("Columns")));
    if (may(&at->w, at->e, MAY_DELETE)) html_link(&at->h, at_url(at, "deleted"), "format", at_tr(at, N_("Deleted records")));
    put_format(at, AS_XLSX, "XLSX", &state);
    put_format(at, AS_CSV, "CSV", &state);
    html_close(&at->h, "p");
}

static enum err put_total(struct at *at, const struct list_query *query)
{
    enum { COUNTED = 1000 };                                /* more are not worth the time of every page */
    int64_t n;
    TRY(list_count(&at->w, at->e, query, COUNTED + 1, &n));
    if (n == COUNTED + 1)
        html_leaf_class(&at->h, "p", "results-total", at_say(at, MSG(N_("More than {1} records"), page_number(&at->w, COUNTED))));
    else
        html_leaf_class(&at->h, "p", "results-total",
                        n == 1 ? at_tr(at, N_("1 record")) : at_say(at, MSG(N_("{1} records"), page_number(&at->w, n))));
    return OK;
}

/* ---- the table ------------------------------------------------------------------------------------ */

static Str order_url(struct at *at)
{
    struct params state = params_without(at->q->a, &at->q->query, "after");
    state = params_without(at->q->a, &state, "sort");
    return str_f(at->q->a, "%.*s%ssort=", FMT(url_of(at->q->a, at->q->lang, at_path(at, NULL), AS_PAGE, &state)), state.n ? "&" : "?");
}

/* The boxes before the rows belong to a form that leads to the edit of many; the list's state goes with it, for "all that match". */
static void put_bulk_bar(struct at *at)
{
    struct html *h = &at->h;
    html_open(h, "div");
    html_class(h, "bulk-bar");
    put_check(h, "checkbox", ".all", S("1"), at_tr(at, N_("All that match, on every page")), false);
    desk_submit(h, at->q, "button button-quiet", at_tr(at, N_("Edit those chosen")));
    html_close(h, "div");
    put_list_state(at, NULL);
}

static void put_rows_table(struct at *at, const struct list *list, const int *columns, size_t n)
{
    bool many = may(&at->w, at->e, MAY_BULK | MAY_CHANGE);
    struct list_look look = { at_url(at, NULL), columns, n, many, order_url(at), params_get(&at->q->query, "sort") };
    if (many) {
        html_open(&at->h, "form");
        html_class(&at->h, "bulk-form");
        html_href(&at->h, "action", at_url(at, "bulk"));
    }
    html_raw(&at->h, list_table_html(&at->w, at->e, &list->records, &look));
    if (many) {
        put_bulk_bar(at);
        html_close(&at->h, "form");
    }
}

static void put_next_page(struct at *at, const struct list *list)
{
    struct params next = params_with(at->q->a, &at->q->query, "after", list->next);
    struct params first = params_without(at->q->a, &at->q->query, "after");
    bool later = params_get(&at->q->query, "after").n;
    if (!list->more && !later) return;
    html_open(&at->h, "nav");
    html_class(&at->h, "pages");
    html_attr(&at->h, "aria-label", at_tr(at, N_("Pages")));
    if (later) html_link(&at->h, request_url(at->q, &first), "button button-quiet", at_tr(at, N_("First page")));
    if (list->more) html_link(&at->h, request_url(at->q, &next), "button button-quiet", at_tr(at, N_("Next page")));
    html_close(&at->h, "nav");
}

static void put_nothing(struct at *at, bool narrowed)
{
    struct html *h = &at->h;
    html_open(h, "div");
    html_class(h, "empty");
    html_leaf(h, "p", narrowed ? at_tr(at, N_("Nothing matches. Remove a filter to see more."))
                               : at_say(at, MSG(N_("There is nothing in the list “{1}” yet."), at_tr(at, at->e->many))));
    if (narrowed) html_link(h, str_f(at->q->a, "%.*s?view=0", FMT(at_url(at, NULL))), "button button-quiet", at_tr(at, N_("Show all")));
    else if (may(&at->w, at->e, MAY_CREATE)) html_link(h, at_url(at, "new"), "button", at_tr(at, N_("Make the first one")));
    html_close(h, "div");
}

static Html list_actions(struct at *at)
{
    struct html h = html_make(at->q->a);
    if (may(&at->w, at->e, MAY_CREATE))
        html_link(&h, at_url(at, "new"), "button", at_say(at, MSG(N_("New: {1}"), at_tr(at, at->e->one))));
    return html_done(&h);
}

/* Records come without what is below them where no column shows or counts it. */
static bool shows_children(const struct entity *e, const int *columns, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (e->fields[columns[i]].type == &children_type || e->fields[columns[i]].is & DERIVED) return true;
    return false;
}

static enum err list_page(struct at *at, const struct list_query *query, const struct views *views)
{
    struct list list;
    const int *columns;
    size_t n;
    TRY(columns_chosen(at, &columns, &n));
    TRY(list_load(&at->w, at->e, query, shows_children(at->e, columns, n), &list));
    html_open(&at->h, "div");
    html_class(&at->h, "desk-tools");
    put_search(at);
    TRY(put_views(at, views));
    html_close(&at->h, "div");
    put_batch(at);
    put_filter_bar(at);
    html_open(&at->h, "div");
    html_class(&at->h, "results-head");
    TRY(put_total(at, query));
    put_formats(at, columns, n);
    html_close(&at->h, "div");
    if (list.records.n) put_rows_table(at, &list, columns, n);
    else put_nothing(at, query->filters > 0);
    put_next_page(at, &list);
    return at_reply(at, at_tr(at, at->e->many), at->e->about ? at_tr(at, at->e->about) : (Str){ 0 }, list_actions(at));
}

enum err workspace_list(struct request *q, struct reply *r)
{
    struct at at;
    struct list_query query;
    struct views views;
    Message why;
    size_t n;
    TRY(at_list(q, r, MAY_READ, &at));
    TRY(views_of(&at.w, at.e, &views));
    const struct view *usual = has_state(&at) || q->as != AS_PAGE ? NULL : usual_view(&views);
    if (usual) return open_view(&at, usual);
    const struct asked *asked = page_asked(q, &n);
    enum err err = list_read(&at.w, at.e, asked, n, others, &query, &why);
    if (err) return reply_fail(r, err, why);
    TRY(narrow_to_batch(&at, &q->query, &query));
    return q->as == AS_PAGE ? list_page(&at, &query, &views) : list_as_data(q, r, &at.w, at.e, &query);
}
