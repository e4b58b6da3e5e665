/*
 * calendar.c - a month of the plan as a table of weeks: what begins and what ends on each day, and what goes on over all of it.  On a narrow screen it is a list
 * of the days on which something is.
 */
#include "pages/plan/planning.h"

static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };
static const char *const months[] = { N_("January {1}"), N_("February {1}"), N_("March {1}"), N_("April {1}"), N_("May {1}"), N_("June {1}"),
                                      N_("July {1}"), N_("August {1}"), N_("September {1}"), N_("October {1}"), N_("November {1}"), N_("December {1}") };
enum { WEEK = COUNT(weekdays), MONTHS = COUNT(months) };

/* An activity or a task with its days. */
struct entry { const struct record *of; Str path; int64_t from, to; };

struct month {
    struct planning p;
    int             month;
    int64_t         first, last;            /* its days since 1970                                */
    struct { struct entry *p; size_t n, cap; } entries;     /* that lie in it                     */
};

/* ---- which month ------------------------------------------------------------------------------------ */

static Str month_text(struct arena *a, int year, int month) { return str_f(a, "%04d-%02d", year, month); }

/* The one asked for ("2027-03"); else the one of today, or the first of the plan's year. */
static enum err month_asked(struct month *m)
{
    struct at *at = &m->p.at;
    Str said = params_get(&at->q->query, "month");
    int year = plan_year(&m->p);
    struct date day;
    m->month = at->w.today.year == year ? at->w.today.month : 1;
    if (!said.n) return OK;
    if (!date_from_iso(str_f(at->q->a, "%.*s-01", FMT(said)), &day) || day.year != year)
        return reply_fail(at->r, ERR_INVALID, MSG(N_("“{1}” is no month of {2}. Write it as {3}."), said, str_f(at->q->a, "%d", year), month_text(at->q->a, year, 1)));
    m->month = day.month;
    return OK;
}

static void add_entry(struct month *m, const struct record *r, Str path, int starts, int ends)
{
    struct date from, to;
    if (!date_from_iso(v_str(r->v[starts]), &from)) return;
    if (!date_from_iso(v_str(r->v[ends]), &to)) to = from;
    struct entry e = { r, path, date_days(from), date_days(to) };
    if (e.from <= m->last && e.to >= m->first) *GROW(m->p.at.q->a, m->entries) = e;
}

static enum err month_at(struct request *q, struct reply *r, struct month *m)
{
    *m = (struct month){ 0 };
    TRY(planning_at(q, r, &m->p));
    TRY(month_asked(m));
    int year = plan_year(&m->p);
    struct date first = { year, m->month, 1 }, next = { m->month == MONTHS ? year + 1 : year, m->month == MONTHS ? 1 : m->month + 1, 1 };
    m->first = date_days(first);
    m->last = date_days(next) - 1;
    const struct plan_view *v = &m->p.view;
    for (size_t i = 0; i < v->activities.n; i++) add_entry(m, v->activities.p[i], activity_path(q->a, v->activities.p[i]->id), ACTIVITY_STARTS, ACTIVITY_ENDS);
    for (size_t i = 0; i < v->tasks.n; i++) add_entry(m, v->tasks.p[i], task_path(q->a, v->tasks.p[i]->id), TASK_STARTS, TASK_ENDS);
    return OK;
}

static Str month_name(struct month *m, int month) { return at_say(&m->p.at, MSG(months[month - 1], str_f(m->p.at.q->a, "%d", plan_year(&m->p)))); }

/* ---- the months of the year ---------------------------------------------------------------------------- */

static void put_months(struct month *m)
{
    struct at *at = &m->p.at;
    struct html *h = &at->h;
    html_open(h, "nav");
    html_class(h, "network-menu");
    html_attr(h, "aria-label", at_tr(at, N_("Months")));
    html_open(h, "ul");
    for (int i = 1; i <= MONTHS; i++) {
        struct params state = params_with(at->q->a, &at->q->query, "month", month_text(at->q->a, plan_year(&m->p), i));
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, "href", request_url(at->q, &state));
        if (i == m->month) html_attr(h, "aria-current", S("date"));
        html_text(h, month_name(m, i));
        html_close(h, "a");
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_close(h, "nav");
}

/* ---- the days ---------------------------------------------------------------------------------------------- */

static const char *what_of(const struct entry *e, int64_t day)
{
    return e->from == e->to ? NULL : e->from == day ? N_("begins") : N_("ends");
}

static void put_entry(struct at *at, const struct entry *e, const char *what)
{
    html_open(&at->h, "li");
    html_link(&at->h, request_link(at->q, e->path), e->of->e == &activity ? "calendar-activity" : NULL, record_title(&at->w, e->of));
    if (what) html_leaf_class(&at->h, "span", "entry-meta", at_tr(at, what));
    html_close(&at->h, "li");
}

static void put_day(struct month *m, int64_t day)
{
    struct at *at = &m->p.at;
    bool any = false;
    html_open(&at->h, "td");
    if (day >= m->first && day <= m->last) {
        if (day == date_days(at->w.today)) html_class(&at->h, "calendar-today");
        for (size_t i = 0; i < m->entries.n; i++) any |= m->entries.p[i].from == day || m->entries.p[i].to == day;
        html_open(&at->h, "span");
        html_class(&at->h, any ? "calendar-day" : "calendar-day calendar-free");
        html_leaf_class(&at->h, "span", "calendar-name", at_tr(at, weekdays[(day + 3) % WEEK]));     /* 1 January 1970 was a Thursday */
        html_text(&at->h, str_f(at->q->a, " %d", date_from_days(day).day));
        html_close(&at->h, "span");
        if (any) html_open(&at->h, "ul");
        for (size_t i = 0; i < m->entries.n; i++) {
            const struct entry *e = &m->entries.p[i];
            if (e->from == day || e->to == day) put_entry(at, e, what_of(e, day));
        }
        if (any) html_close(&at->h, "ul");
    }
    html_close(&at->h, "td");
}

static void put_weeks(struct month *m)
{
    struct at *at = &m->p.at;
    struct html *h = &at->h;
    int64_t monday = m->first - (m->first + 3) % WEEK;
    html_open(h, "table");
    html_class(h, "calendar");
    html_leaf(h, "caption", month_name(m, m->month));
    html_open(h, "thead");
    html_open(h, "tr");
    for (int i = 0; i < WEEK; i++) table_heading(h, "col", at_tr(at, weekdays[i]));
    html_close(h, "tr");
    html_close(h, "thead");
    html_open(h, "tbody");
    for (; monday <= m->last; monday += WEEK) {
        html_open(h, "tr");
        for (int i = 0; i < WEEK; i++) put_day(m, monday + i);
        html_close(h, "tr");
    }
    html_close(h, "tbody");
    html_close(h, "table");
}

/* What neither begins nor ends in it. */
static void put_lasting(struct month *m)
{
    struct at *at = &m->p.at;
    bool any = false;
    for (size_t i = 0; i < m->entries.n; i++) {
        const struct entry *e = &m->entries.p[i];
        if (e->from >= m->first || e->to <= m->last) continue;
        if (!any) section_open(at, "lasting", N_("All month long")), html_open(&at->h, "ul");
        any = true;
        put_entry(at, e, NULL);
    }
    if (any) html_close(&at->h, "ul"), html_close(&at->h, "section");
}

enum err plan_calendar(struct request *q, struct reply *r)
{
    struct month m;
    TRY(month_at(q, r, &m));
    put_months(&m);
    if (!m.entries.n) put_empty(&m.p.at, N_("Nothing of the plan lies in this month. Choose another one, or add an activity to the plan."));
    put_weeks(&m);
    put_lasting(&m);
    return planning_reply(&m.p, "calendar", N_("Calendar"), (Html){ { 0 } });
}
