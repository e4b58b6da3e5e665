/*
 * lacks.c - what the city lacks, and what would unlock it (C14): things that demands and searches did not find, each with the demands behind
 * it; and the enterprises that lack nothing else, as a list that goes to the programme.
 *
 * Values of single demands are the office's: who may not read them sees sums of K_LEAST and more.
 */
#include "pages/linkage/linkage_pages.h"

#include "model/save.h"
#include "pages/network/grid.h"
#include "pages/workspace/workspace.h"
#include "programme/linkage/lack.h"
#include "programme/network/confidence.h"
#include "programme/network/support_list.h"

#include <math.h>
#include <stdlib.h>

struct lacks_at {
    struct request   *q;
    struct reply     *r;
    struct work       w;
    struct html       h;
    struct date       since;
    struct lackings   all;
    const struct lacking *thing;            /* the one that the address asks for; NULL: all       */
    bool              reads_values;
};

static Str say(const struct lacks_at *at, const char *sentence) { return tr(at->q->lang, sentence); }
static Str tell(const struct lacks_at *at, Message m) { return message_str(at->q->a, at->q->lang, m); }

/* ---- what is asked for ------------------------------------------------------------------------- */

static enum err read_since(struct lacks_at *at)
{
    Str said = params_get(&at->q->query, "since");
    at->since = at->w.today;
    at->since.year--;
    if (!said.n || date_from_iso(said, &at->since)) return OK;
    return reply_fail(at->r, ERR_INVALID, MSG(N_("“{1}” is no date. Write it as {2}."), said, date_iso(at->q->a, at->w.today)));
}

static enum err find_thing(struct lacks_at *at)
{
    Str said = params_get(&at->q->query, "thing");
    for (size_t i = 0; said.n && i < at->all.n; i++)
        if (str_eq(said, lacking_key(at->q->a, &at->all.p[i]))) at->thing = &at->all.p[i];
    if (!said.n || at->thing) return OK;
    return reply_fail(at->r, ERR_MISSING, MSG(N_("This is not missing (any more), or not since {1}."), date_iso(at->q->a, at->since)));
}

static enum err begin(struct request *q, struct reply *r, struct lacks_at *at)
{
    *at = (struct lacks_at){ .q = q, .r = r, .w = desk_work(q), .h = html_make(q->a) };
    r->cache = CACHE_NEVER;
    at->reads_values = field_seen(&demand.fields[DEMAND_VALUE], reach_at_all(&at->w, &demand).reads);
    TRY(read_since(at));
    TRY(lacking_of(&at->w, page_snapshot(q)->finder->index, at->since, &at->all));
    return find_thing(at);
}

/* ---- the tables -------------------------------------------------------------------------------------- */

static Str url_of_thing(const struct lacks_at *at, const struct lacking *x)
{
    struct params state = params_with(at->q->a, &at->q->query, "thing", lacking_key(at->q->a, x));
    return at->q->as == AS_PAGE ? request_url(at->q, &state) : (Str){ 0 };
}

static Str kind_of(const struct lacks_at *at, const struct lacking *x) { return x->is ? say(at, x->is->label) : say(at, N_("Words")); }

static double value_of(const struct lacks_at *at, const struct lack_sum *s)
{
    return s->valued && (at->reads_values || s->valued >= K_LEAST) ? s->dong : NAN;
}

/* By one column or the other, most first. */
struct order { const char *key, *label; double (*of)(const struct lacks_at *at, const struct lacking *x); };

static double missing_demands(UNUSED const struct lacks_at *at, const struct lacking *x) { return (double)x->missing.n; }
static double missing_searches(UNUSED const struct lacks_at *at, const struct lacking *x) { return (double)x->missing.searches; }
static double missing_value(const struct lacks_at *at, const struct lacking *x) { return value_of(at, &x->missing); }
static double unlocked_demands(UNUSED const struct lacks_at *at, const struct lacking *x) { return (double)x->unlocks.n; }
static double unlocked_searches(UNUSED const struct lacks_at *at, const struct lacking *x) { return (double)x->unlocks.searches; }
static double unlocked_value(const struct lacks_at *at, const struct lacking *x) { return value_of(at, &x->unlocks); }
static double suppliers(UNUSED const struct lacks_at *at, const struct lacking *x) { return (double)x->nearly_n; }

static const struct order lack_orders[] = {
    { "demands", N_("Demands"), missing_demands }, { "searches", N_("Searches in vain"), missing_searches },
    { "value", N_("Value a year, billion đồng"), missing_value }, { "suppliers", N_("Enterprises that lack only this"), suppliers }, { NULL, NULL, NULL },
};
static const struct order unlock_orders[] = {
    { "value", N_("Value it would unlock, billion đồng a year"), unlocked_value }, { "demands", N_("Demands it would unlock"), unlocked_demands },
    { "searches", N_("Searches it would answer"), unlocked_searches }, { "suppliers", N_("Enterprises that lack only this"), suppliers }, { NULL, NULL, NULL },
};

struct ranked { const struct lacking *x; double by; size_t place; };

static int most_first(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    double one = isnan(x->by) ? -1 : x->by, two = isnan(y->by) ? -1 : y->by;
    if (one != two) return one > two ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static const struct order *order_asked(const struct lacks_at *at, const struct order *orders)
{
    for (const struct order *o = orders; o->key; o++)
        if (str_is(params_get(&at->q->query, "sort"), o->key)) return o;
    return orders;
}

/* Those that the table has, in the order asked for. */
static struct ranked *rank(const struct lacks_at *at, const struct order *orders, bool unlocking, size_t *n)
{
    const struct order *by = order_asked(at, orders);
    struct ranked *list = NEW_ARRAY(at->q->a, struct ranked, at->all.n + 1);
    *n = 0;
    for (size_t i = 0; i < at->all.n; i++) {
        const struct lacking *x = &at->all.p[i];
        if (!unlocking ? x->missing.n || x->missing.searches : x->nearly_n > 0) list[(*n)++] = (struct ranked){ x, by->of(at, x), i };
    }
    if (*n) qsort(list, *n, sizeof *list, most_first);
    return list;
}

static const struct grid_column lack_columns[] = {
    { "thing", N_("What is missing"), "label" }, { "kind", N_("Kind") }, { "demands", N_("Demands"), "value" }, { "searches", N_("Searches in vain"), "value" },
    { "value", N_("Value a year, billion đồng") }, { "suppliers", N_("Enterprises that lack only this") }, { "key", N_("Key"), .files_only = true },
};
static const struct grid_column unlock_columns[] = {
    { "thing", N_("What would unlock them"), "label" }, { "kind", N_("Kind") }, { "value", N_("Value it would unlock, billion đồng a year"), "value" },
    { "demands", N_("Demands it would unlock") }, { "searches", N_("Searches it would answer") }, { "suppliers", N_("Enterprises that lack only this") },
    { "key", N_("Key"), .files_only = true },
};

static struct grid lack_grid(struct lacks_at *at)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "lacks", .caption = N_("What was missing"), .most = 10 }, lack_columns, COUNT(lack_columns),
                              N_("Every demand and search of this time has a good answer, or there was none. Open demands and searches in vain are gathered here by themselves."));
    size_t n;
    struct ranked *list = rank(at, lack_orders, false, &n);
    for (size_t i = 0; i < n; i++) {
        const struct lacking *x = list[i].x;
        grid_link(&g, url_of_thing(at, x), lacking_text(&at->w, x));
        grid_text(&g, kind_of(at, x));
        grid_number(&g, (double)x->missing.n);
        grid_number(&g, (double)x->missing.searches);
        grid_money(&g, value_of(at, &x->missing));
        grid_number(&g, (double)x->nearly_n);
        grid_text(&g, lacking_key(at->q->a, x));
    }
    return g;
}

static struct grid unlock_grid(struct lacks_at *at)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "unlock", .caption = N_("What would unlock most"), .most = 10 }, unlock_columns, COUNT(unlock_columns),
                              N_("No enterprise is one thing away from what was asked. What is missing altogether stands under “What the city lacks”."));
    size_t n;
    struct ranked *list = rank(at, unlock_orders, true, &n);
    for (size_t i = 0; i < n; i++) {
        const struct lacking *x = list[i].x;
        grid_link(&g, url_of_thing(at, x), lacking_text(&at->w, x));
        grid_text(&g, kind_of(at, x));
        grid_money(&g, value_of(at, &x->unlocks));
        grid_number(&g, (double)x->unlocks.n);
        grid_number(&g, (double)x->unlocks.searches);
        grid_number(&g, (double)x->nearly_n);
        grid_text(&g, lacking_key(at->q->a, x));
    }
    return g;
}

static const struct grid_column demand_columns[] = {
    { "title", N_("Demand") }, { "state", N_("State") }, { "quotes_by", N_("Quotes due on") }, { "value", N_("Value a year, billion đồng") }, { "id", N_("Number"), .files_only = true },
};

static double dong_of_demand(const struct lacks_at *at, const struct record *r)
{
    bool told = at->reads_values && v_is(r->v[DEMAND_VALUE]);
    return told ? dong_of(at->w.codes, v_f64(r->v[DEMAND_VALUE]), v_str(r->v[DEMAND_VALUE_CURRENCY])) : NAN;
}

static enum err demand_grid(struct lacks_at *at, const struct lack_sum *s, struct grid *g)
{
    struct records list;
    TRY(records_of(&at->w, &demand, s->demands, s->n, false, &list));
    *g = grid_make(at->q, (struct figure){ .id = "demands", .caption = N_("The demands behind it") }, demand_columns, COUNT(demand_columns),
                   N_("Only searches ask for it, no demand."));
    for (size_t i = 0; i < list.n; i++) {
        const struct record *r = list.p[i];
        grid_link(g, request_link(at->q, desk_path(at->q->a, &demand, r->id, NULL)), record_title(&at->w, r));
        grid_text(g, record_text(&at->w, r, DEMAND_STATE));
        grid_text(g, record_text(&at->w, r, DEMAND_QUOTES_BY));
        grid_money(g, dong_of_demand(at, r));
        grid_text(g, public_id(at->q->a, &demand, r->id));
    }
    return OK;
}

static const struct grid_column supplier_columns[] = { { "name", N_("Enterprise") }, { "ward", N_("Ward or commune") }, { "id", N_("Number") } };

static enum err supplier_grid(struct lacks_at *at, struct grid *g)
{
    struct records list;
    TRY(records_of(&at->w, &enterprise, at->thing->nearly, at->thing->nearly_n, false, &list));
    *g = grid_make(at->q, (struct figure){ .id = "enterprises", .caption = N_("Enterprises that lack only this") }, supplier_columns, COUNT(supplier_columns),
                   N_("No enterprise is this one thing away from what was asked."));
    for (size_t i = 0; i < list.n; i++) {
        Str id = public_id(at->q->a, &enterprise, list.p[i]->id);
        grid_link(g, request_link(at->q, str_f(at->q->a, "/enterprises/%.*s", FMT(id))), record_title(&at->w, list.p[i]));
        grid_text(g, record_text(&at->w, list.p[i], ENTERPRISE_WARD));
        grid_text(g, id);
    }
    return OK;
}

/* ---- parts of the pages ------------------------------------------------------------------------------- */

static void put_filter(struct lacks_at *at)
{
    struct html *h = &at->h;
    html_open(h, "form");
    html_class(h, "network-filter");
    html_attr(h, "aria-label", say(at, N_("From which day on")));
    html_href(h, "action", request_link(at->q, at->q->path));
    put_text_input(h, "date", "since", say(at, N_("Demands and searches since")), date_iso(at->q->a, at->since));
    desk_submit(h, at->q, "button button-quiet", say(at, N_("Show")));
    html_close(h, "form");
}

static void put_orders(struct lacks_at *at, const struct order *orders)
{
    struct html *h = &at->h;
    const struct order *by = order_asked(at, orders);
    html_open(h, "nav");
    html_class(h, "network-menu");
    html_attr(h, "aria-label", say(at, N_("Order")));
    html_open(h, "ul");
    for (const struct order *o = orders; o->key; o++) {
        struct params state = params_with(at->q->a, &at->q->query, "sort", str_of(o->key));
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, "href", request_url(at->q, &state));
        if (o == by) html_attr(h, "aria-current", S("true"));
        html_text(h, say(at, o->label));
        html_close(h, "a");
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_close(h, "nav");
}

static void put_basis(struct lacks_at *at)
{
    Str least = page_number(&at->w, WELL), most = page_number(&at->w, LACK_QUESTIONS), named = page_number(&at->w, NEARLY_MOST);
    html_leaf_class(&at->h, "p", "network-basis",
                    tell(at, MSG(N_("A good answer is a supplier that meets every must and has {1} of 100 points. Looked at are the newest {2} demands, open or ended "
                                    "without a choice, and the {2} most frequent searches; of who searched nothing is kept. At most {3} enterprises are named for each."),
                                 least, most, named)));
    html_leaf_class(&at->h, "p", "network-basis", tell(at, MSG(N_("Words that no demand asks for stand here once {1} searches in vain have asked for them."),
                                                               page_number(&at->w, LACK_WORDS_LEAST))));
    if (!at->reads_values)
        html_leaf_class(&at->h, "p", "network-basis", tell(at, MSG(N_("Values are shown as sums of {1} demands or more."), page_number(&at->w, K_LEAST))));
}

static Html link_to(struct lacks_at *at, const char *path, const char *label)
{
    struct html h = html_make(at->q->a);
    html_link(&h, request_link(at->q, str_of(path)), "button button-quiet", say(at, label));
    return html_done(&h);
}

static enum err reply_page(struct lacks_at *at, const struct desk_page *like)
{
    struct desk_page p = *like;
    Str place = at->q->path;
    p.place = DESK_LACKS;
    p.content = html_done(&at->h);
    if (at->thing) {
        p.title = lacking_text(&at->w, at->thing);
        p.crumbs[0].url = request_link(at->q, place);
        p.crumbs[0].label = like->title;
    }
    return desk_reply(at->q, at->r, &p);
}

/* The tables of a page, or the one that a file is to have. */
static enum err reply_tables(struct lacks_at *at, struct grid *tables, size_t n, bool *file)
{
    size_t which;
    *file = at->q->as != AS_PAGE;
    if (*file) {
        TRY(grid_asked(at->q, at->r, tables, n, &which));
        return grid_reply(at->r, &tables[which], NULL, 0);
    }
    for (size_t i = 0; i < n; i++) grid_section(&at->h, &at->w, &tables[i]);
    put_basis(at);
    return OK;
}

/* ---- what the city lacks ---------------------------------------------------------------------------------- */

enum err lacks_page(struct request *q, struct reply *r)
{
    struct lacks_at at;
    struct grid g;
    bool file;
    TRY(begin(q, r, &at));
    if (q->as == AS_PAGE && !at.thing) put_filter(&at), put_orders(&at, lack_orders);
    if (at.thing) TRY(demand_grid(&at, &at.thing->missing, &g));
    else g = lack_grid(&at);
    TRY(reply_tables(&at, &g, 1, &file));
    if (file) return OK;
    return reply_page(&at, &(struct desk_page){
        .title = say(&at, N_("What the city lacks")), .actions = link_to(&at, "/linkage/unlock", N_("What would unlock it")),
        .lead = say(&at, N_("What suppliers of the city did not have when buyers asked for it: for investment promotion.")) });
}

/* ---- what would unlock it --------------------------------------------------------------------------------- */

static void put_sending(struct lacks_at *at)
{
    struct html *h = &at->h;
    if (!at->thing->nearly_n || !may(&at->w, &support_list, MAY_CREATE)) return;
    desk_form_open(h, at->q, at->r, request_url(at->q, &at->q->query), "card support-form", false);
    html_leaf(h, "h2", say(at, N_("Send to support")));
    put_text_input(h, "text", "name", say(at, N_("Name of the list")), lacking_text(&at->w, at->thing));
    put_area(h, "note", say(at, N_("Note")), (Str){ 0 }, params_get(&at->q->form, "note"), false);
    desk_submit(h, at->q, "button", say(at, N_("Send the list to the programme")));
    html_close(h, "form");
}

static enum err unlock_of(struct lacks_at *at, Message wrong)
{
    struct grid tables[2];
    size_t n = 1;
    bool file;
    if (wrong.id) {
        at->r->status = 422;
        html_leaf_class(&at->h, "p", "alert alert-danger", tell(at, wrong));
    }
    if (at->q->as == AS_PAGE && !at->thing) put_filter(at), put_orders(at, unlock_orders);
    if (at->thing) {
        TRY(supplier_grid(at, &tables[0]));
        TRY(demand_grid(at, &at->thing->unlocks, &tables[n++]));
    } else tables[0] = unlock_grid(at);
    TRY(reply_tables(at, tables, n, &file));
    if (file) return OK;
    if (at->thing) put_sending(at);
    return reply_page(at, &(struct desk_page){
        .title = say(at, N_("What would unlock demands")), .actions = link_to(at, "/linkage/lacks", N_("What the city lacks")),
        .lead = say(at, N_("If the enterprises that lack just this one thing had it, these demands would be met: for support of enterprises.")) });
}

enum err unlock_page(struct request *q, struct reply *r)
{
    struct lacks_at at;
    TRY(begin(q, r, &at));
    return unlock_of(&at, NO_MESSAGE);
}

/* ---- the list for support ------------------------------------------------------------------------------------ */

static Str reason_of(struct lacks_at *at)
{
    return tell(at, MSG(N_("Lacks only: {1}. What would then have a good answer: demands {2}, searches {3}."), lacking_text(&at->w, at->thing),
                        page_number(&at->w, (int64_t)at->thing->unlocks.n), page_number(&at->w, at->thing->unlocks.searches)));
}

static struct record *list_for_support(struct lacks_at *at)
{
    struct arena *a = at->q->a;
    struct record *r = record_make(a, &support_list);
    Val reason = v_text(reason_of(at));
    r->v[SUPPORT_MADE_ON] = v_text(date_iso(a, at->w.today));
    r->v[SUPPORT_BASIS] = v_text(tell(at, MSG(N_("what would unlock demands and searches since {1}"), date_iso(a, at->since))));
    for (size_t i = 0; i < at->thing->nearly_n; i++) {
        struct record *e = record_add(a, r, SUPPORT_ENTRIES);
        e->v[ENTRY_ENTERPRISE] = v_int(at->thing->nearly[i]);
        e->v[ENTRY_RANK] = v_int((int64_t)i + 1);
        e->v[ENTRY_REASON] = reason;
    }
    return r;
}

enum err unlock_send(struct request *q, struct reply *r)
{
    struct lacks_at at;
    struct saving s = { 0 };
    TRY(begin(q, r, &at));
    if (!may(&at.w, &support_list, MAY_CREATE)) return reply_fail(r, ERR_DENIED, MSG(N_("You may look at this, but not send a list.")));
    if (!at.thing || !at.thing->nearly_n) return reply_fail(r, ERR_MISSING, MSG(N_("No enterprise is this one thing away from what was asked.")));
    s.now = list_for_support(&at);
    Message name = form_read_value(&at.w, &support_list.fields[SUPPORT_NAME], params_get(&q->form, "name"), &s.now->v[SUPPORT_NAME]);
    Message note = form_read_value(&at.w, &support_list.fields[SUPPORT_NOTE], params_get(&q->form, "note"), &s.now->v[SUPPORT_NOTE]);
    if (name.id || note.id) return unlock_of(&at, name.id ? name : note);
    enum err e = record_keep(&at.w, &s);
    if (e == ERR_INVALID) return unlock_of(&at, MSG(N_("Give the list a name.")));
    TRY(e);
    return desk_done(q, r, desk_path(q->a, &support_list, s.saved->id, NULL), "made", 0, s.saved->seq, 0);
}
