/*
 * event_desk.c - the event desk (E07): every site that an event may have hit, how it stands, what it answered, whom to call; each
 * step is one click.  Counts and response rate are live: web/scripts/event.js asks for them as JSON, or the page loads again by itself.
 */
#include "pages/network/steering.h"

#include "base/date.h"
#include "format/json.h"
#include "pages/figure.h"
#include "programme/network/event.h"
#include "programme/network/scenario.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS_SHOWN = 200 };                  /* of the sites on one page                           */

Str event_desk_path(struct arena *a, int64_t event_id)
{
    return str_f(a, "/network/events/%.*s", FMT(public_id(a, &event, event_id)));
}

/* ---- all events ----------------------------------------------------------------------------------- */

static const struct figure_column event_columns[] = { { N_("Event") }, { N_("Began on") },  { N_("State") },
                                                      { N_("Sites") }, { N_("Confirmed") }, { N_("Answered") } };
static const struct figure event_table = { NULL, "events", N_("Events"), COLUMNS(event_columns) };

static enum err put_event(struct at *at, const struct record *e)
{
    struct records sites;
    TRY(event_sites(&at->w, e->id, false, &sites));
    struct event_counts n = event_count(&sites);
    struct html *h = &at->h;
    figure_row(h);
    figure_link(h, at->q, &event_table, 0, request_link(at->q, event_desk_path(at->q->a, e->id)), record_title(&at->w, e),
                (Str){ 0 });
    figure_text(h, at->q, &event_table, 1, record_text(&at->w, e, EVENT_STARTED));
    figure_text(h, at->q, &event_table, 2, record_text(&at->w, e, EVENT_STATE));
    figure_number(h, at->q, &event_table, 3, page_number(&at->w, (int64_t)sites.n), (double)sites.n);
    figure_number(h, at->q, &event_table, 4, page_number(&at->w, n.confirmed), (double)n.confirmed);
    figure_number(h, at->q, &event_table, 5, page_number(&at->w, n.answered), (double)n.answered);
    figure_row_end(h);
    return OK;
}

enum err event_list(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct list events;
    TRY(list_load(&at.w, &event, &(struct list_query){ .sort = EVENT_STARTED, .descending = true, .limit = LIST_LIMIT }, false,
                  &events));
    if (!events.records.n) {
        html_leaf_class(
            &at.h, "p", "empty",
            at_tr(&at, N_("No event yet. Enter one as soon as something happens: its area finds the sites that may be hit.")));
    } else {
        figure_open(&at.h, q, &event_table);
        for (size_t i = 0; i < events.records.n; i++) TRY(put_event(&at, events.records.p[i]));
        figure_close(&at.h, &event_table);
    }
    struct html actions = html_make(q->a);
    if (may(&at.w, &event, MAY_CREATE))
        html_link(&actions, request_link(q, S("/workspace/events/new")), "button", at_tr(&at, N_("New event")));
    return desk_reply(q, r,
                      &(struct desk_page){ .title = at_tr(&at, N_("Event desk")),
                                           .place = DESK_EVENTS,
                                           .content = html_done(&at.h),
                                           .lead = at_tr(&at, N_("What happens, whom it hits, and who has said so.")),
                                           .actions = html_done(&actions) });
}

/* ---- one event: counts ---------------------------------------------------------------------------- */

struct desk {
    struct at      at;                      /* at.record: the event                               */
    struct records sites;                   /* with contacts                                      */
    struct event_counts n;
    bool           open;
};

struct count { Str key, label, count, url; bool here; };
static const struct slot count_slots[] = {
    SLOT(struct count, key), SLOT(struct count, label), SLOT(struct count, count),
    SLOT(struct count, url), SLOT(struct count, here),  SLOT_END,
};
struct live { Str state_url, answered, asked, rate; Items counts; };
static const struct slot live_slots[] = {
    SLOT(struct live, state_url), SLOT(struct live, answered), SLOT(struct live, asked), SLOT(struct live, rate),
    SLOT_ITEMS(struct live, counts, struct count, count_slots), SLOT_END,
};
static const struct template *live_template;

void event_desk_prepare(struct arena *forever) { live_template = template_load(forever, "event_live", live_slots); }

static Str rate_text(struct desk *d)
{
    Str answered = page_number(&d->at.w, d->n.answered), asked = page_number(&d->at.w, d->n.asked);
    if (!d->n.asked) return at_tr(&d->at, N_("Nobody has been asked by mail yet."));
    return at_say(&d->at, MSG(N_("{1} of {2} asked have answered: {3} %"), answered, asked,
                              page_number(&d->at.w, (100 * d->n.answered + d->n.asked / 2) / d->n.asked)));
}

static void put_live(struct desk *d)
{
    struct arena *a = d->at.q->a;
    Str wanted = params_get(&d->at.q->query, "state"), here = event_desk_path(a, d->at.record->id);
    const int64_t n[] = { d->n.possible, d->n.confirmed, d->n.not_hit, d->n.restored };
    const struct choice *state = event_site.fields[EVENT_SITE_STATE].choices;
    struct count counts[COUNT(n)];
    for (size_t i = 0; i < COUNT(n); i++) {
        Str code = str_of(state[i].code);
        bool chosen = str_eq(wanted, code);                 /* a second click shows all again      */
        Str url = request_link(d->at.q, chosen ? here : str_f(a, "%.*s?state=%.*s", FMT(here), FMT(code)));
        counts[i] = (struct count){ code, at_tr(&d->at, state[i].label), page_number(&d->at.w, n[i]), url, chosen };
    }
    struct live data = { d->open ? url_of(a, d->at.q->lang, here, AS_JSON, NULL) : (Str){ 0 },
                         str_f(a, "%lld", (long long)d->n.answered),
                         str_f(a, "%lld", (long long)(d->n.asked ? d->n.asked : 1)),
                         rate_text(d),
                         { counts, COUNT(counts) } };
    html_raw(&d->at.h, template_render(a, live_template, d->at.q->lang, &data));
}

static enum err counts_json(struct desk *d)
{
    struct buf b = buf_make(d->at.q->a);
    struct json_writer j = json_write_to(&b);
    const int64_t n[] = { d->n.possible, d->n.confirmed, d->n.not_hit, d->n.restored };
    const struct choice *state = event_site.fields[EVENT_SITE_STATE].choices;
    json_write_object(&j);
    for (size_t i = 0; i < COUNT(n); i++) {
        json_write_key(&j, str_of(state[i].code));
        json_write_string(&j, page_number(&d->at.w, n[i]));
    }
    json_write_key(&j, S("rate"));
    json_write_string(&j, rate_text(d));
    json_write_key(&j, S("asked"));
    json_write_int(&j, d->n.asked);
    json_write_key(&j, S("answered"));
    json_write_int(&j, d->n.answered);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(d->at.r, TYPE_JSON, buf_str(&b));
}

/* ---- its sites ------------------------------------------------------------------------------------ */

enum { NAME, SITE, STATE, ANSWER, CAPACITY, EXPECTED, PHONE, LAST_CONTACT, DO, EAST, NORTH };
static const struct figure_column site_columns[] = {
    [NAME] = { N_("Enterprise"), "label" }, [SITE] = { N_("Site") }, [STATE] = { N_("State") }, [ANSWER] = { N_("Answer") },
    [CAPACITY] = { N_("Remaining capacity") }, [EXPECTED] = { N_("Days") }, [PHONE] = { N_("Telephone") }, [LAST_CONTACT] = { N_("Last contact") },
    [DO] = { N_("Actions") }, [EAST] = { N_("East"), "x" }, [NORTH] = { N_("North"), "y" },
};
static const struct figure site_table = { "map", "event-sites", N_("Sites that may be hit"), COLUMNS(site_columns) };

static const char *const state_classes[] = { "badge badge-warn", "badge badge-bad", "badge badge-good", "badge badge-quiet" };

static void put_state(struct desk *d, const struct record *hit)
{
    const struct choice *state = state_of(hit);
    figure_cell_open(&d->at.h, d->at.q, &site_table, STATE);
    if (state)
        html_leaf_class(&d->at.h, "span", state_classes[state - event_site.fields[EVENT_SITE_STATE].choices],
                        at_tr(&d->at, state->label));
    html_close(&d->at.h, "td");
}

/* What it answered and when; or since when it has been asked. */
static Str answer_text(struct desk *d, const struct record *hit)
{
    Val asked = hit->v[EVENT_SITE_ASKED_AT], answered = hit->v[EVENT_SITE_ANSWERED_AT];
    if (v_is(answered))
        return str_f(d->at.q->a, "%.*s, %.*s", FMT(record_text(&d->at.w, hit, EVENT_SITE_ANSWER)),
                     FMT(at_time(&d->at, v_i64(answered))));
    return v_is(asked) ? at_say(&d->at, MSG(N_("asked {1}"), at_time(&d->at, v_i64(asked)))) : at_tr(&d->at, N_("not asked"));
}

static Str last_contact(struct desk *d, const struct record *hit)
{
    const struct records *all = &hit->children[EVENT_SITE_CONTACTS];
    if (!all->n) return (Str){ 0 };
    struct record *last = all->p[all->n - 1];
    return str_f(d->at.q->a, "%.*s %.*s: %.*s", FMT(record_text(&d->at.w, last, CONTACT_ON)), FMT(v_str(last->v[CONTACT_TIME])),
                 FMT(v_str(last->v[CONTACT_SAID])));
}

static Str act_url(struct desk *d, const struct record *hit, const char *action)
{
    struct arena *a = d->at.q->a;
    Str base = event_desk_path(a, d->at.record->id);
    return request_link(d->at.q, hit ? str_f(a, "%.*s/sites/%.*s/%s", FMT(base), FMT(public_id(a, &event_site, hit->id)), action)
                                     : str_f(a, "%.*s/%s", FMT(base), action));
}

static void put_site_actions(struct desk *d, const struct record *hit)
{
    struct html *h = &d->at.h;
    bool mine = reach_of(&d->at.w, hit).may & MAY_CHANGE;
    figure_cell_open(h, d->at.q, &site_table, DO);
    html_open(h, "div");
    html_class(h, "buttons row-buttons");
    for EACH_STEP(s, event_site.workflow)
        if (mine && step_open(&d->at.w, hit, s, NULL))
            desk_button(h, d->at.q, d->at.r, act_url(d, hit, s->name), "button button-quiet", at_tr(&d->at, s->label));
    if (mine && d->open) {
        html_link(h, act_url(d, hit, "contact"), "button button-quiet", at_tr(&d->at, N_("Contact")));
        if (!v_is(hit->v[EVENT_SITE_ANSWERED_AT]))
            desk_button(h, d->at.q, d->at.r, act_url(d, hit, "ask"), "button button-quiet", at_tr(&d->at, N_("Ask")));
    }
    html_close(h, "div");
    html_close(h, "td");
}

static void put_degrees(struct desk *d, size_t column, double degrees)
{
    struct buf b = buf_make(d->at.q->a);
    if (!isnan(degrees)) put_f(&b, "%.5f", degrees);
    figure_number(&d->at.h, d->at.q, &site_table, column, buf_str(&b), degrees);
}

static void put_site(struct desk *d, const struct record *hit, const struct record *firm)
{
    struct html *h = &d->at.h;
    struct request *q = d->at.q;
    struct spot place;
    spot_read(v_str(hit->v[EVENT_SITE_PLACE]), &place);
    figure_row(h);
    figure_link(h, q, &site_table, NAME, request_link(q, desk_path(q->a, &event_site, hit->id, NULL)),
                record_title(&d->at.w, hit), (Str){ 0 });
    figure_text(h, q, &site_table, SITE, record_text(&d->at.w, hit, EVENT_SITE_SITE));
    put_state(d, hit);
    figure_text(h, q, &site_table, ANSWER, answer_text(d, hit));
    figure_text(h, q, &site_table, CAPACITY, record_text(&d->at.w, hit, EVENT_SITE_CAPACITY));
    figure_text(h, q, &site_table, EXPECTED, record_text(&d->at.w, hit, EVENT_SITE_DAYS));
    figure_text(h, q, &site_table, PHONE, firm ? record_text(&d->at.w, firm, ENTERPRISE_PHONE) : (Str){ 0 });
    figure_text(h, q, &site_table, LAST_CONTACT, last_contact(d, hit));
    put_site_actions(d, hit);
    put_degrees(d, EAST, place.lon);
    put_degrees(d, NORTH, place.lat);
    figure_row_end(h);
}

/* Those that wait for somebody first: possibly hit, then confirmed; among them those that have not answered. */
static int before(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
    ptrdiff_t by_state = state_of(x) - state_of(y);
    int by_answer = v_is(x->v[EVENT_SITE_ANSWERED_AT]) - v_is(y->v[EVENT_SITE_ANSWERED_AT]);
    if (by_state) return by_state < 0 ? -1 : 1;
    return by_answer ? by_answer : (x->id > y->id) - (x->id < y->id);
}

/* The page of sites in the wanted state, and whether there are more. */
static struct records shown_sites(struct desk *d, int64_t from, bool *more)
{
    Str wanted = params_get(&d->at.q->query, "state");
    struct records shown = { 0 };
    if (d->sites.n) qsort(d->sites.p, d->sites.n, sizeof *d->sites.p, before);
    int64_t n = 0;
    for (size_t i = 0; i < d->sites.n; i++) {
        if (wanted.n && !str_eq(wanted, v_str(d->sites.p[i]->v[EVENT_SITE_STATE]))) continue;
        if (n >= from && n < from + ROWS_SHOWN) *GROW(d->at.q->a, shown) = d->sites.p[i];
        n++;
    }
    *more = n > from + ROWS_SHOWN;
    return shown;
}

static enum err firms_of(struct desk *d, const struct records *sites, struct records *out)
{
    int64_t *ids = NEW_ARRAY(d->at.q->a, int64_t, sites->n ? sites->n : 1);
    for (size_t i = 0; i < sites->n; i++) ids[i] = v_i64(sites->p[i]->v[EVENT_SITE_ENTERPRISE]);
    return records_of(&d->at.w, &enterprise, ids, sites->n, false, out);
}

static enum err put_sites(struct desk *d)
{
    struct records firms;
    int64_t from = 0;
    bool more;
    if (!str_to_i64(params_get(&d->at.q->query, "from"), &from) || from < 0) from = 0;
    struct records shown = shown_sites(d, from, &more);
    if (!shown.n) {
        html_leaf_class(&d->at.h, "p", "empty",
                        at_tr(&d->at, N_("No site here. Sites are found when the event is opened; more can be added.")));
        return OK;
    }
    TRY(firms_of(d, &shown, &firms));
    figure_open(&d->at.h, d->at.q, &site_table);
    for (size_t i = 0; i < shown.n; i++)
        put_site(d, shown.p[i], child_with_id(&firms, v_i64(shown.p[i]->v[EVENT_SITE_ENTERPRISE])));
    figure_close(&d->at.h, &site_table);
    if (more) {
        struct params next =
            params_with(d->at.q->a, &d->at.q->query, "from", str_f(d->at.q->a, "%lld", (long long)from + ROWS_SHOWN));
        html_link(&d->at.h, request_url(d->at.q, &next), "button button-quiet", at_tr(&d->at, N_("More sites")));
    }
    return OK;
}

/* ---- the page --------------------------------------------------------------------------------------- */

static Html desk_actions(struct desk *d)
{
    struct html h = html_make(d->at.q->a);
    struct arena *a = d->at.q->a;
    Str id = public_id(a, &event, d->at.record->id);
    bool mine = at_rights(&d->at) & MAY_CHANGE;
    if (mine && d->open) {
        desk_button(&h, d->at.q, d->at.r, act_url(d, NULL, "ask"), "button", at_tr(&d->at, N_("Ask all who have not answered")));
        desk_button(&h, d->at.q, d->at.r, act_url(d, NULL, "find"), "button button-quiet", at_tr(&d->at, N_("Find sites again")));
        html_link(&h, request_link(d->at.q, str_f(a, "/workspace/event-sites/new?event=%.*s", FMT(id))), "button button-quiet",
                  at_tr(&d->at, N_("Add a site")));
    }
    for EACH_STEP(s, event.workflow)
        if (step_open(&d->at.w, d->at.record, s, NULL))
            html_link(&h, request_link(d->at.q, desk_path(a, &event, d->at.record->id, str_z(a, str_f(a, "steps/%s", s->name)))),
                      "button button-quiet", at_tr(&d->at, s->label));
    html_link(&h, request_link(d->at.q, desk_path(a, &event, d->at.record->id, NULL)), "button button-quiet",
              at_tr(&d->at, N_("About the event")));
    if (may_list(&d->at.w, &scenario))
        html_link(&h, request_link(d->at.q, str_f(a, "/network/what-if?event=%.*s", FMT(id))), "button button-quiet",
                  at_tr(&d->at, N_("What follows from it")));
    return html_done(&h);
}

static enum err desk_at(struct request *q, struct reply *r, unsigned verbs, struct desk *d)
{
    *d = (struct desk){ .at = at_desk(q, r) };
    TRY(desk_record(q, r, &d->at.w, &event, verbs, &d->at.record));
    d->at.e = &event;
    d->open = str_is(v_str(d->at.record->v[EVENT_STATE]), "open");
    return OK;
}

static enum err desk_sites(struct desk *d)
{
    TRY(event_sites(&d->at.w, d->at.record->id, true, &d->sites));
    d->n = event_count(&d->sites);
    return OK;
}

enum err event_desk(struct request *q, struct reply *r)
{
    struct desk d;
    TRY(desk_at(q, r, MAY_READ, &d));
    TRY(desk_sites(&d));
    if (q->as == AS_JSON) return counts_json(&d);
    put_live(&d);
    TRY(put_sites(&d));
    Str lead = str_f(q->a, "%.*s · %.*s · %.*s", FMT(record_text(&d.at.w, d.at.record, EVENT_KIND)),
                     FMT(record_text(&d.at.w, d.at.record, EVENT_STARTED)), FMT(record_text(&d.at.w, d.at.record, EVENT_STATE)));
    return desk_reply(q, r,
                      &(struct desk_page){
                          .title = record_title(&d.at.w, d.at.record),
                          .lead = lead,
                          .place = DESK_EVENTS,
                          .content = html_done(&d.at.h),
                          .actions = desk_actions(&d),
                          .crumbs = { { request_link(q, S("/network/events")), at_tr(&d.at, N_("Event desk")) } },
                          .refresh = d.open ? S("30") : (Str){ 0 },
                      });
}

/* ---- what is done there ------------------------------------------------------------------------------- */

struct acting { const struct record *event; int64_t n, no_address; Message why; };

static enum err ask_all(struct work *w, void *arg)
{
    struct acting *x = arg;
    return event_ask_all(w, x->event, &x->n, &x->no_address);
}

static enum err find_again(struct work *w, void *arg)
{
    struct acting *x = arg;
    return event_find_sites(w, x->event, &x->n, &x->why);
}

static const struct {
    const char *name;
    work_fn *run;
    const char *said;
} acts[] = { { "ask", ask_all, "asked" }, { "find", find_again, "found" } };

/* POST /network/events/{id}/{act} */
enum err event_act(struct request *q, struct reply *r)
{
    struct desk d;
    size_t i = 0;
    TRY(desk_at(q, r, MAY_CHANGE, &d));
    while (i < COUNT(acts) && !str_is(request_capture(q, "act"), acts[i].name)) i++;
    if (i == COUNT(acts)) return reply_fail(r, ERR_MISSING, MSG(N_("There is no step “{1}” here."), request_capture(q, "act")));
    if (!d.open) return reply_fail(r, ERR_CONFLICT, MSG(N_("The event is not open.")));
    struct acting x = { .event = d.at.record };
    enum err e = work_write(&d.at.w, acts[i].run, &x);
    if (e && x.why.id) return reply_fail(r, e, x.why);
    TRY(e);
    return desk_done(q, r, event_desk_path(q->a, d.at.record->id), acts[i].said, x.n, 0, 0);
}

enum err event_site_at(struct request *q, struct reply *r, struct at *at, struct record **hit)
{
    struct desk d;
    int64_t id = 0;
    TRY(desk_at(q, r, MAY_READ, &d));
    *at = d.at;
    enum err e =
        public_id_read(&event_site, request_capture(q, "site"), &id) ? record_load(&at->w, &event_site, id, hit) : ERR_MISSING;
    if (e && e != ERR_MISSING) return e;
    bool there = !e && v_i64((*hit)->v[EVENT_SITE_EVENT]) == at->record->id && record_visible(&at->w, *hit);
    return there ? OK : reply_fail(r, ERR_MISSING, MSG(N_("This event has no such site, or it is not yours to see.")));
}

static enum err ask_one(struct work *w, void *arg) { return event_site_ask(w, arg); }

static enum err ask_site(struct at *at, struct record *hit)
{
    if (!(reach_of(&at->w, hit).may & MAY_CHANGE) || !str_is(v_str(at->record->v[EVENT_STATE]), "open"))
        return reply_fail(at->r, ERR_DENIED, MSG(N_("You may see {1}, but not do this with it."), request_capture(at->q, "site")));
    enum err e = work_write(&at->w, ask_one, hit);
    if (e == ERR_MISSING)
        return reply_fail(at->r, ERR_CONFLICT, MSG(N_("The profile has no e-mail address. Call instead, or enter one there.")));
    TRY(e);
    return desk_done(at->q, at->r, event_desk_path(at->q->a, at->record->id), "asked", 1, 0, 0);
}

/* POST /network/events/{id}/sites/{site}/{act}: a step of its workflow, or "ask". */
enum err event_site_act(struct request *q, struct reply *r)
{
    struct at at;
    struct record *hit;
    Message why;
    TRY(event_site_at(q, r, &at, &hit));
    if (str_is(request_capture(q, "act"), "ask")) return ask_site(&at, hit);
    const struct step *s = step_named(&event_site, request_capture(q, "act"));
    if (!s) return reply_fail(r, ERR_MISSING, MSG(N_("There is no step “{1}” here."), request_capture(q, "act")));
    enum err e = step_take(&at.w, &event_site, hit->id, 0, s, (Str){ 0 }, &why);
    if (e && why.id) return reply_fail(r, e, why);
    TRY(e);
    return desk_done(q, r, event_desk_path(q->a, at.record->id), "step", 0, 0, 0);
}
