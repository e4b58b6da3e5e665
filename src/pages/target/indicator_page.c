/*
 * indicator_page.c - GET /targets/{code}?year=: one indicator: how it stands, its years, its split, its forecast with the points it goes through, its
 * published editions and how it is worked out.
 */
#include "pages/target/target_at.h"

#include <math.h>

/* ---- how it stands --------------------------------------------------------------------------------- */

static void put_fact(struct html *h, Str label, Str text, Str url)
{
    if (!text.n) return;
    html_open(h, "div");
    html_leaf(h, "dt", label);
    html_open(h, "dd");
    if (url.n) html_link(h, url, NULL, text);
    else html_text(h, text);
    html_close(h, "dd");
    html_close(h, "div");
}

static void put_standing(struct target_at *t, const struct standing *s)
{
    struct work *w = &t->at.w;
    struct html *h = &t->at.h;
    const struct record *r = s->indicator;
    bool lit = s->against.light != LIGHT_NONE;
    html_open(h, "p");
    html_class(h, "badges");
    put_light(h, w, &s->against);
    html_close(h, "p");
    html_open(h, "dl");
    html_class(h, "facts");
    put_fact(h, period_text(w, r, s->period), s->known ? value_text(w, r, s->value) : at_tr(&t->at, N_("not published, and can no longer be measured")),
             s->known ? indicator_url(t->at.q, r, "list", t->year) : (Str){ 0 });
    if (s->target) put_fact(h, at_say(&t->at, MSG(N_("Target {1}"), target_period(w, r, s->target))), target_text(w, r, s->target), (Str){ 0 });
    if (lit) put_fact(h, at_tr(&t->at, N_("Asked for by now")), value_text(w, r, s->against.asked_today), (Str){ 0 });
    if (lit) put_fact(h, at_tr(&t->at, N_("More or less than asked for")), gap_text(w, r, s->against.gap), (Str){ 0 });
    put_fact(h, at_tr(&t->at, N_("Forecast of its end")), forecast_text(w, r, &s->forecast), (Str){ 0 });
    html_close(h, "dl");
}

/* ---- its years ------------------------------------------------------------------------------------- */

static const struct grid_column year_columns[] = {
    { "year", N_("Year"), "x" }, { "value", N_("Counted"), "value" }, { "target", N_("Target") , "value" }, { "gap", N_("More or less than asked for") },
    { "gap_unit", N_("Unit of the difference"), .files_only = true }, { "light", N_("Light") },
};

static enum err years_grid(struct target_at *t, struct grid *g)
{
    struct work *w = &t->at.w;
    const struct record *r = t->at.record;
    int last = t->year > w->today.year ? t->year : w->today.year;
    *g = grid_make(t->at.q, (struct figure){ .kind = "lines", .id = "years", .caption = N_("By year") }, year_columns, COUNT(year_columns), NULL);
    for (int year = PROGRAMME_FROM; year <= last; year++) {
        struct standing s;
        TRY(standing_of(w, r, year, &s));
        grid_text(g, str_f(w->a, "%d", year));
        if (s.known) grid_worded_link(g, s.value, value_text(w, r, s.value), indicator_url(t->at.q, r, "list", year));
        else grid_worded(g, NAN, (Str){ 0 });
        grid_worded(g, s.target ? s.against.least : NAN, s.target ? target_text(w, r, s.target) : (Str){ 0 });
        grid_worded(g, s.against.light ? s.against.gap : NAN, s.against.light ? gap_text(w, r, s.against.gap) : (Str){ 0 });
        grid_text(g, gap_unit_text(w, r));
        grid_text(g, light_text(w, &s.against));
    }
    return OK;
}

/* ---- its split and forecast ------------------------------------------------------------------------- */

static const struct grid_column split_columns[] = { { "of", N_("Of which"), "label" }, { "counted", N_("Counted"), "value" }, { "whole", N_("Of altogether") }, { "key", N_("Code"), .files_only = true } };

static void put_counted(struct target_at *t, struct grid *g, int64_t n, Str url) { grid_worded_link(g, (double)n, counted_text(&t->at.w, t->at.record, n), url); }

static struct grid split_grid(struct target_at *t, const struct measured *m)
{
    const struct record *r = t->at.record;
    struct grid g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "split", .caption = N_("Split") }, split_columns, COUNT(split_columns), NULL);
    for (size_t i = 0; i < m->splits.n; i++) {
        grid_text(&g, split_text(&t->at.w, r, m->splits.p[i].key));
        put_counted(t, &g, m->splits.p[i].part, (Str){ 0 });
        put_counted(t, &g, m->splits.p[i].whole, (Str){ 0 });
        grid_text(&g, m->splits.p[i].key);
    }
    if (!m->splits.n) return g;
    grid_sum(&g);
    grid_text(&g, at_tr(&t->at, N_("Altogether")));
    put_counted(t, &g, m->part, indicator_url(t->at.q, r, "list", t->year));
    put_counted(t, &g, m->whole, (Str){ 0 });
    grid_text(&g, (Str){ 0 });
    return g;
}

static const struct grid_column point_columns[] = { { "day", N_("By the end of"), "x" }, { "value", N_("Counted"), "value" } };

static struct grid points_grid(struct target_at *t, const struct forecast *f)
{
    struct grid g = grid_make(t->at.q, (struct figure){ .kind = "lines", .id = "points", .caption = N_("What the forecast is made of") }, point_columns, COUNT(point_columns), NULL);
    for (size_t i = 0; i < f->points.n; i++) {
        grid_text(&g, day_text(&t->at.w, f->points.p[i].day));
        grid_worded(&g, f->points.p[i].value, value_text(&t->at.w, t->at.record, f->points.p[i].value));
    }
    return g;
}

static void put_forecast(struct target_at *t, const struct standing *s, const struct grid *points)
{
    const struct forecast *f = &s->forecast;
    section_open(&t->at, "forecast", N_("Forecast"));
    if (f->has) html_leaf(&t->at.h, "p", at_say(&t->at, MSG(N_("If it goes on as so far: {1}."), forecast_text(&t->at.w, s->indicator, f))));
    else if (f->why.id) html_leaf(&t->at.h, "p", at_say(&t->at, f->why));
    html_leaf(&t->at.h, "p", at_tr(&t->at, N_("Method: the least-squares line through the points below, and the 80 % prediction interval of Student’s t. Sums grow from month to month, so their errors hang together; the true interval is somewhat wider.")));
    html_close(&t->at.h, "section");
    if (grid_rows(points)) grid_section(&t->at.h, &t->at.w, points);
}

/* ---- its agencies ------------------------------------------------------------------------------------ */

static const struct grid_column agency_columns[] = {
    { "agency", N_("Responsible unit"), "label" }, { "counted", N_("Counted"), "value" }, { "target", N_("Target"), "value" }, { "period", N_("Of") },
    { "gap", N_("More or less than asked for") },
    { "gap_unit", N_("Unit of the difference"), .files_only = true }, { "light", N_("Light") },
};

static Str agency_list_url(struct target_at *t, Str agency)
{
    return str_f(t->at.q->a, "%.*s&agency=%.*s", FMT(indicator_url(t->at.q, t->at.record, "list", t->year)), FMT(url_encoded(t->at.q->a, agency)));
}

/* Targets that name an agency, against what is that agency's. */
static enum err agencies_grid(struct target_at *t, struct grid *g)
{
    struct work *w = &t->at.w;
    const struct record *r = t->at.record;
    const struct records *targets = &r->children[INDICATOR_TARGETS];
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "agencies", .caption = N_("By responsible unit") }, agency_columns, COUNT(agency_columns), NULL);
    for (size_t i = 0; i < targets->n; i++) {
        Str agency = v_str(targets->p[i]->v[TARGET_AGENCY]);
        struct standing s;
        if (!agency.n || target_of_agency(r, t->year, agency) != targets->p[i]) continue;
        TRY(standing_of_agency(w, r, t->year, agency, &s));
        grid_text(g, record_text(w, targets->p[i], TARGET_AGENCY));
        grid_worded_link(g, s.known ? s.value : NAN, s.known ? value_text(w, r, s.value) : (Str){ 0 }, agency_list_url(t, agency));
        grid_worded(g, s.against.least, target_text(w, r, s.target));
        grid_text(g, target_period(w, r, s.target));
        grid_worded(g, s.against.gap, gap_text(w, r, s.against.gap));
        grid_text(g, gap_unit_text(w, r));
        grid_text(g, light_text(w, &s.against));
    }
    return OK;
}

/* ---- its editions ------------------------------------------------------------------------------------ */

static const struct grid_column edition_columns[] = {
    { "figure", N_("Published figure") }, { "value", N_("Value") }, { "measured_on", N_("Measured on") }, { "data_version", N_("Version of the data") }, { "reason", N_("Reason of the correction") },
};

static enum err editions_grid(struct target_at *t, struct grid *g)
{
    struct work *w = &t->at.w;
    struct records all;
    Str path = indicator_path(w->a, t->at.record, "editions");
    *g = grid_make(t->at.q, (struct figure){ .id = "editions", .caption = N_("Published editions") }, edition_columns, COUNT(edition_columns), N_("Nothing of it has been published yet."));
    TRY(figures_published(w, t->at.record->id, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct record *f = all.p[i];
        Str years = period_text(w, t->at.record, (struct period){ (int)v_i64(f->v[PUBLISHED_FROM_YEAR]), (int)v_i64(f->v[PUBLISHED_TO_YEAR]), w->today });
        if (str_is(v_str(t->at.record->v[INDICATOR_OVER]), "day")) years = record_text(w, f, PUBLISHED_TO_YEAR);
        grid_link(g, request_link(t->at.q, str_f(w->a, "%.*s/%.*s", FMT(path), FMT(public_id(w->a, &published_figure, f->id)))),
                  at_say(&t->at, MSG(N_("{1}, edition {2}"), years, record_text(w, f, PUBLISHED_EDITION))));
        grid_worded(g, v_f64(f->v[PUBLISHED_VALUE]), value_text(w, t->at.record, v_f64(f->v[PUBLISHED_VALUE])));
        grid_text(g, record_text(w, f, PUBLISHED_DAY));
        grid_exact(g, (double)v_i64(f->v[PUBLISHED_DATA_VERSION]));
        grid_text(g, v_str(f->v[PUBLISHED_REASON]));
    }
    return OK;
}

/* ---- how it is worked out ----------------------------------------------------------------------------- */

static void put_method(struct target_at *t, const struct standing *s)
{
    static const int fields[] = { INDICATOR_MEASURE, INDICATOR_CONTENT, INDICATOR_ACTIVITY_KIND, INDICATOR_SOURCE_OF_FUNDS, INDICATOR_OVER, INDICATOR_UNIT, INDICATOR_SPLIT,
                                  INDICATOR_OWNER, INDICATOR_FREQUENCY, INDICATOR_FROM, INDICATOR_TO, INDICATOR_START_YEAR, INDICATOR_START, INDICATOR_SOURCE, INDICATOR_NOTE };
    struct html *h = &t->at.h;
    section_open(&t->at, "method", N_("How it is worked out"));
    html_raw(h, facts_html(&t->at.w, s->indicator, fields, COUNT(fields)));
    html_leaf(h, "p", at_say(&t->at, MSG(N_("Version {1} of the formula."), str_f(t->at.q->a, "%lld", (long long)v_i64(s->indicator->v[INDICATOR_VERSION])))));
    if (s->measured.query.n) html_leaf_class(h, "pre", "query", s->measured.query);
    html_close(h, "section");
}

static void put_actions(struct target_at *t)
{
    struct request *q = t->at.q;
    if (!(t->at.w.actor.roles & (OFFICER | ADMIN))) return;
    html_open(&t->at.h, "p");
    html_link(&t->at.h, indicator_url(q, t->at.record, "publish", t->year), "button", at_tr(&t->at, N_("Publish this figure")));
    html_link(&t->at.h, request_link(q, desk_path(q->a, &indicator, t->at.record->id, NULL)), "button button-quiet", at_tr(&t->at, N_("Change the indicator")));
    html_close(&t->at.h, "p");
}

enum err indicator_page(struct request *q, struct reply *r)
{
    enum { YEARS, SPLITS, AGENCIES, POINTS, EDITIONS, TABLES };
    struct target_at t;
    struct standing s;
    struct grid g[TABLES];
    size_t which;
    TRY(indicator_begin(q, r, &t));
    TRY(standing_of(&t.at.w, t.at.record, t.year, &s));
    TRY(years_grid(&t, &g[YEARS]));
    g[SPLITS] = split_grid(&t, &s.measured);
    TRY(agencies_grid(&t, &g[AGENCIES]));
    g[POINTS] = points_grid(&t, &s.forecast);
    TRY(editions_grid(&t, &g[EDITIONS]));
    TRY(grid_asked(q, r, g, TABLES, &which));
    if (q->as != AS_PAGE) return grid_reply(r, &g[which], NULL, 0);
    put_years(&t);
    put_standing(&t, &s);
    put_actions(&t);
    grid_section(&t.at.h, &t.at.w, &g[YEARS]);
    if (measured_split_list(t.at.record) && grid_rows(&g[SPLITS])) grid_section(&t.at.h, &t.at.w, &g[SPLITS]);
    if (grid_rows(&g[AGENCIES])) grid_section(&t.at.h, &t.at.w, &g[AGENCIES]);
    put_forecast(&t, &s, &g[POINTS]);
    grid_section(&t.at.h, &t.at.w, &g[EDITIONS]);
    put_method(&t, &s);
    return target_reply(&t, record_title(&t.at.w, t.at.record), (Str){ 0 });
}
