/*
 * event_desk.c - the event desk (E07): every site that an event may have hit, how it stands, what it answered, whom to call; each
 * step is one click.  Counts and response rate are live: web/scripts/event.js asks for them as JSON, or the page loads again by itself.
 */
#include "pages/network/steering.h"

#include "base/date.h"
#include "format/json.h"
#include "pages/figure.h"
#include "programme/network/event.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS_SHOWN = 200 };                  /* of the sites on one page                           */

Str event_desk_path(struct arena *a, int64_t event_id) { return str_f(a, "/network/events/%.*s", FMT(public_id(a, &event, event_id))); }

/* ---- all events ----------------------------------------------------------------------------------- */

static const struct figure_column event_columns[] = { { N_("Event") }, { N_("Began on") }, { N_("State") }, { N_("Sites") }, { N_("Confirmed") },
                                                      { N_("Answered") } };
static const struct figure event_table = { NULL, "events", N_("Events"), COLUMNS(event_columns) };

static enum err put_event(struct at *at, const struct record *e)
{
    struct records sites;
    TRY(event_sites(&at->w, e->id, false, &sites));
    struct event_counts n = event_count(&sites);
    struct html *h = &at->h;
    figure_row(h);
    figure_link(h, at->q, &event_table, 0, request_link(at->q, event_desk_path(at->q->a, e->id)), record_title(&at->w, e), (Str){ 0 });
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
    TRY(list_load(&at.w, &event, &(struct list_query){ .sort = EVENT_STARTED, .descending = true, .limit = LIST_LIMIT }, false, &events));
    if (!events.records.n) {
        html_leaf_class(&at.h, "p", "empty",
                        at_tr(&at, N_("No event yet. Enter one as soon as something happens: its area finds the sites that may be hit.")));
    } else {
        figure_open(&at.h, q, &event_table);
        for (size_t i = 0; i < events.records.n; i++) TRY(put_event(&at, events.records.p[i]));
        figure_close(&at.h, &event_table);
    }
    struct html actions = html_make(q->a);
    if (may(&at.w, &event, MAY_CREATE)) html_link(&actions, request_link(q, S("/workspace/events/new")), "button", at_tr(&at, N_("New event")));
    return desk_reply(q, r, &(struct desk_page){ .title = at_tr(&at, N_("Event desk")), .place = DESK_EVENTS, .content = html_done(&at.h),
        .lead = at_tr(&at, N_("What happens, whom it hits, and who has said so.")), .actions = html_done(&actions) });
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
    SLOT(struct count, key), SLOT(struct count, label), SLOT(struct count, count), SLOT(struct count, url), SLOT(struct count, here), SLOT_END,
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
    struct live data = { d->open ? url_of(a, d->at.q->lang, here, AS_JSON, NULL) : (Str){ 0 }, str_f(a, "%lld", (long long)d->n.answered),
                         str_f(a, "%lld", (long long)(d->n.asked ? d->n.asked : 1)), rate_text(d), { counts, COUNT(counts) } };
    html_raw(&d->at.h, template_render(a, live_template, d->at.q->lang, &data));
}

static enum err counts_json(struct desk *d)
{
    struct buf b = buf_make(d->at.q->a);
    struct json j = json_make(&b);
    const int64_t n[] = { d->n.possible, d->n.confirmed, d->n.not_hit, d->n.restored };
    const struct choice *state = event_site.fields[EVENT_SITE_STATE].choices;
    json_open(&j, '{');
    for (size_t i = 0; i < COUNT(n); i++) json_name(&j, state[i].code), json_text(&j, page_number(&d->at.w, n[i]));
    json_name(&j, "rate"), json_text(&j, rate_text(d));
    json_name(&j, "asked"), json_int(&j, d->n.asked);
    json_name(&j, "answered"), json_int(&j, d->n.answered);
    json_close(&j, '}');
    return reply_body(d->at.r, TYPE_JSON, buf_str(&b));
}
