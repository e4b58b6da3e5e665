/*
 * public_activities.c - what the public may come to: the activities of approved plans, those to come first, each with when, where and for whom; as data and
 * for calendar programs too.
 */
#include "pages/plan/planning.h"

#include "format/icalendar.h"
#include "model/view.h"
#include "pages/pages.h"
#include "pages/plan/registering.h"

#define PLACE "/activities"
enum { LISTED_MOST = 200 };

static Str path_of(struct arena *a, const struct record *r) { return str_f(a, PLACE "/%.*s", FMT(public_id(a, &activity, r->id))); }

/* Those that end on that day or later (or before it), by their first day. */
static enum err load(struct work *w, enum filter_op op, struct date day, struct records *out)
{
    struct list_query query = { .filter = { { .field = ACTIVITY_ENDS, .op = op, .v = v_text(date_iso(w->a, day)) } }, .filters = 1, .sort = ACTIVITY_STARTS,
                                .descending = op == FILTER_MAX, .limit = LISTED_MOST };
    struct list list;
    TRY(list_load(w, &activity, &query, false, &list));
    *out = list.records;
    return OK;
}

static Str when(struct work *w, const struct record *r) { return days_text(w, r, ACTIVITY_STARTS, ACTIVITY_ENDS); }
static bool is_cancelled(const struct record *r) { return str_is(v_str(r->v[ACTIVITY_STATE]), "cancelled"); }

/* ---- the list ------------------------------------------------------------------------------------- */

static void put_one(struct html *h, struct request *q, struct work *w, const struct record *r)
{
    static const int shown[] = { ACTIVITY_PLACE, ACTIVITY_WARD, ACTIVITY_KIND, ACTIVITY_AGENCY };
    html_open(h, "li");
    html_class(h, "result");
    html_open(h, "h3");
    html_link(h, request_link(q, path_of(q->a, r)), NULL, record_title(w, r));
    html_close(h, "h3");
    html_open(h, "p");
    html_class(h, "result-meta");
    html_leaf(h, "strong", when(w, r));
    for (size_t i = 0; i < COUNT(shown); i++) {
        Str text = record_text(w, r, shown[i]);
        if (text.n) html_leaf(h, "span", text);
    }
    if (is_cancelled(r)) html_leaf_class(h, "span", "badge badge-bad", record_text(w, r, ACTIVITY_STATE));
    html_close(h, "p");
    Str text = v_str(r->v[ACTIVITY_TEXT]), first;
    if (str_next(&text, '\n', &first)) html_leaf(h, "p", first);        /* whom it is for             */
    html_close(h, "li");
}

static void put_list(struct html *h, struct request *q, struct work *w, const char *title, const struct records *list)
{
    if (!list->n) return;
    html_leaf(h, "h2", tr(q->lang, title));
    html_open(h, "ul");
    html_class(h, "result-list");
    for (size_t i = 0; i < list->n; i++) put_one(h, q, w, list->p[i]);
    html_close(h, "ul");
}

static void put_forms(struct html *h, struct request *q)
{
    html_open(h, "p");
    html_class(h, "formats");
    html_link(h, request_link(q, S(PLACE ".ics")), "format", tr(q->lang, N_("Calendar (.ics)")));
    html_link(h, request_url_as(q, AS_CSV), "format", S("CSV"));
    html_link(h, request_url_as(q, AS_XLSX), "format", S("XLSX"));
    html_link(h, request_url_as(q, AS_JSON), "format", S("JSON"));
    html_close(h, "p");
}

enum err activities_public(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct records coming, past;
    struct html h = html_make(q->a);
    Str title = tr(q->lang, N_("Activities of the programme"));
    if (q->as != AS_PAGE) return list_as_data(q, r, &w, &activity, &(struct list_query){ .sort = ACTIVITY_STARTS, .limit = LIST_LIMIT_MAX });
    TRY(load(&w, FILTER_MIN, w.today, &coming));
    TRY(load(&w, FILTER_MAX, date_from_days(date_days(w.today) - 1), &past));
    put_page_head(&h, title, tr(q->lang, N_("Fairs, classes, consulting and more for enterprises of supporting industry: when, where, for whom.")));
    if (coming.n + past.n) put_forms(&h, q);
    if (!coming.n)
        html_leaf_class(&h, "p", "empty", tr(q->lang, N_("No activity is announced at this moment. Those of the next year are shown here as soon as its plan is approved; come again then.")));
    put_list(&h, q, &w, N_("To come and under way"), &coming);
    put_list(&h, q, &w, N_("Earlier"), &past);
    return shell_reply(q, r, &(struct page){ .title = title, .section = SECTION_ACTIVITIES, .content = html_done(&h),
        .description = tr(q->lang, N_("What Hà Nội’s programme on supporting industry does for enterprises, and when.")) });
}

/* ---- one of them ------------------------------------------------------------------------------------ */

/* why: why its enterprise was not registered, or stays so. */
static enum err show(struct request *q, struct reply *r, const struct record *of, Message why)
{
    static const int shown[] = { ACTIVITY_CONTENT, ACTIVITY_KIND, ACTIVITY_PLACE, ACTIVITY_WARD, ACTIVITY_AGENCY, ACTIVITY_PARTICIPATIONS, ACTIVITY_PLACES, ACTIVITY_REGISTER_BY,
                                 ACTIVITY_STATE };
    struct work w = page_work(q);
    struct html h = html_make(q->a);
    html_open(&h, "nav");
    html_class(&h, "crumbs");
    html_attr(&h, "aria-label", tr(q->lang, N_("Breadcrumb")));
    html_link(&h, request_link(q, S(PLACE)), NULL, tr(q->lang, N_("Activities of the programme")));
    html_close(&h, "nav");
    put_page_head(&h, record_title(&w, of), when(&w, of));
    desk_said(&h, q, r);
    if (is_cancelled(of)) html_leaf_class(&h, "p", "notice", tr(q->lang, N_("This activity was cancelled.")));
    Str text = v_str(of->v[ACTIVITY_TEXT]), line;
    while (str_next(&text, '\n', &line))
        if (line.n) html_leaf(&h, "p", line);
    html_raw(&h, facts_html(&w, of, shown, COUNT(shown)));
    TRY(put_registration(&h, q, r, of, why));
    html_link(&h, request_link(q, str_f(q->a, "%.*s/calendar.ics", FMT(path_of(q->a, of)))), "button button-quiet", tr(q->lang, N_("Put it into my calendar")));
    return shell_reply(q, r, &(struct page){ .title = record_title(&w, of), .section = SECTION_ACTIVITIES, .content = html_done(&h),
        .description = str_f(q->a, "%.*s, %.*s", FMT(when(&w, of)), FMT(record_text(&w, of, ACTIVITY_PLACE))) });
}

enum err activity_public(struct request *q, struct reply *r)
{
    struct record *of;
    TRY(find_record(q, r, &activity, &of));
    if (!of) return OK;
    return q->as == AS_JSON ? record_as_json(q, r, of) : show(q, r, of, NO_MESSAGE);
}

static enum err act(struct request *q, struct reply *r, registration_act *does, const char *said)
{
    struct record *of;
    Message why = NO_MESSAGE;
    TRY(find_record(q, r, &activity, &of));
    if (!of) return OK;
    enum err e = does(q, of, &why);
    if (!e) return desk_done(q, r, path_of(q->a, of), said, 0, 0, 0);
    if (!why.id) return e;
    r->status = err_status(e);
    return show(q, r, of, why);
}

enum err activity_register(struct request *q, struct reply *r) { return act(q, r, register_own, "registered"); }
enum err activity_withdraw(struct request *q, struct reply *r) { return act(q, r, withdraw_own, "withdrawn"); }

/* ---- for calendar programs ---------------------------------------------------------------------------- */

static void put_event(struct buf *b, struct request *q, struct work *w, const struct record *r)
{
    struct icalendar_event e = {
        .uid = str_f(q->a, "%.*s@matxich", FMT(public_id(q->a, &activity, r->id))), .summary = record_title(w, r), .description = v_str(r->v[ACTIVITY_TEXT]),
        .place = v_str(r->v[ACTIVITY_PLACE]), .url = str_f(q->a, "%.*s%.*s", FMT(q->base_url), FMT(request_link(q, path_of(q->a, r)))),
        .changed_at = r->changed_at, .cancelled = is_cancelled(r) };
    if (date_from_iso(v_str(r->v[ACTIVITY_STARTS]), &e.from) && date_from_iso(v_str(r->v[ACTIVITY_ENDS]), &e.to)) put_icalendar_event(b, &e);
}

static enum err reply_calendar(struct request *q, struct reply *r, struct work *w, const struct records *list, Str name)
{
    struct buf b = buf_make(q->a);
    put_icalendar_begin(&b, tr(q->lang, N_("Activities of the programme")));
    for (size_t i = 0; i < list->n; i++) put_event(&b, q, w, list->p[i]);
    put_icalendar_end(&b);
    reply_attachment(q, r, name);
    return reply_body(r, TYPE_ICALENDAR, buf_str(&b));
}

/* Those to come; a calendar program that follows the address asks again. */
enum err activities_ics(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct records coming;
    TRY(load(&w, FILTER_MIN, w.today, &coming));
    return reply_calendar(q, r, &w, &coming, S("activities.ics"));
}

enum err activity_ics(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct record *of;
    TRY(find_record(q, r, &activity, &of));
    if (!of) return OK;
    return reply_calendar(q, r, &w, &(struct records){ &of, 1, 1 }, str_f(q->a, "%.*s.ics", FMT(public_id(q->a, &activity, of->id))));
}
