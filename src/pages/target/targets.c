/* targets.c - GET /targets?year=: every indicator in a year, against its target, with its light and forecast. */
#include "pages/target/target_at.h"

#include "format/chart.h"
#include "pages/measures.h"

#include <math.h>

static const struct grid_column columns[] = {
    { "code", N_("Code"), .files_only = true },
    { "indicator", N_("Indicator"), "label" },
    { "unit", N_("Unit") },
    { "value", N_("Counted") },
    { "target", N_("Target") },
    { "least", N_("Target, number"), .files_only = true },
    { "most", N_("At most"), .files_only = true },
    { "period", N_("Of") },
    { "reached", N_("Reached of the target, %"), "value" },
    { "asked", N_("Asked for by now") },
    { "gap", N_("More or less than asked for") },
    { "gap_unit", N_("Unit of the difference"), .files_only = true },
    { "light", N_("Light") },
    { "forecast", N_("Forecast of its end") },
    { "forecast_value", N_("Forecast, number"), .files_only = true },
    { "forecast_low", N_("Forecast, at least"), .files_only = true },
    { "forecast_high", N_("Forecast, at most"), .files_only = true },
    { "owner", N_("Responsible unit") },
    { "data_version", N_("Version of the data"), .files_only = true },
};

static void put_target(struct grid *g, struct work *w, const struct standing *s)
{
    const struct record *r = s->indicator, *t = s->target;
    bool lit = s->against.light != LIGHT_NONE;
    grid_text(g, t ? target_text(w, r, t) : (Str){ 0 });
    grid_exact(g, t ? s->against.least : NAN);
    grid_exact(g, s->against.most > 0 ? s->against.most : NAN);
    grid_text(g, t ? target_period(w, r, t) : (Str){ 0 });
    grid_exact(g, s->known && t ? round(s->value / v_f64(t->v[TARGET_LEAST]) * 1000) / 10 : NAN);
    grid_worded(g, lit ? s->against.asked_today : NAN, lit ? value_text(w, r, s->against.asked_today) : (Str){ 0 });
    grid_worded(g, lit ? s->against.gap : NAN, lit ? gap_text(w, r, s->against.gap) : (Str){ 0 });
    grid_text(g, gap_unit_text(w, r));
    grid_text(g, light_text(w, &s->against));
}

static void put_forecast(struct grid *g, struct work *w, const struct standing *s)
{
    const struct forecast *f = &s->forecast;
    grid_text(g, forecast_text(w, s->indicator, f));
    grid_exact(g, f->has ? f->value : NAN);
    grid_exact(g, f->has ? f->low : NAN);
    grid_exact(g, f->has ? f->high : NAN);
}

static void put_standing(struct grid *g, struct target_at *t, const struct standing *s)
{
    struct work *w = &t->at.w;
    const struct record *r = s->indicator;
    grid_text(g, v_str(r->v[INDICATOR_CODE]));
    grid_link(g, indicator_url(t->at.q, r, NULL, t->year), record_title(w, r));
    grid_text(g, unit_text(w, r));
    if (s->known) grid_worded_link(g, s->value, value_text(w, r, s->value), indicator_url(t->at.q, r, "list", t->year));
    else grid_worded(g, NAN, (Str){ 0 });
    put_target(g, w, s);
    put_forecast(g, w, s);
    grid_text(g, record_text(w, r, INDICATOR_OWNER));
    grid_exact(g, s->published ? (double)v_i64(s->published->v[PUBLISHED_DATA_VERSION]) : (double)s->measured.data_version);
}

/* ---- at a glance: those with a target ------------------------------------------------------------- */

static void put_card(struct target_at *t, const struct standing *s)
{
    struct work *w = &t->at.w;
    struct html *h = &t->at.h;
    const struct record *r = s->indicator;
    Str now = value_text(w, r, s->value), title = record_title(w, r);
    double least = v_f64(s->target->v[TARGET_LEAST]);
    html_open(h, "article");
    html_class(h, "measure");
    html_open(h, "h3");
    html_link(h, indicator_url(t->at.q, r, NULL, t->year), NULL, title);
    html_close(h, "h3");
    html_open(h, "p");
    html_class(h, "measure-now");
    html_link(h, indicator_url(t->at.q, r, "list", t->year), NULL, now);
    html_text(h, S(" "));
    html_leaf(h, "small", message_str(w->a, w->lang, MSG(N_("of {1}, {2}"), target_text(w, r, s->target), target_period(w, r, s->target))));
    html_close(h, "p");
    html_raw(h, chart_progress(w->a, str_f(w->a, "%.*s: %.*s", FMT(title), FMT(now)), s->value, fmax(s->value, least), s->against.asked_today));
    html_open(h, "p");
    html_class(h, "badges");
    put_light(h, w, &s->against);
    html_close(h, "p");
    html_close(h, "article");
}

static void put_cards(struct target_at *t, const struct standing *all, size_t n)
{
    section_open(&t->at, "glance", N_("At a glance"));
    html_open(&t->at.h, "div");
    html_class(&t->at.h, "measures");
    for (size_t i = 0; i < n; i++)
        if (all[i].known && all[i].target) put_card(t, &all[i]);
    html_close(&t->at.h, "div");
    html_close(&t->at.h, "section");
}

/* ---- the page ------------------------------------------------------------------------------------ */

static void put_explained(struct target_at *t)
{
    static const char *const lines[] = {
        N_("“Asked for by now” grows on a straight line to the target: of a year or of the whole phase from nothing on its first day, of what stands from where it stood when the programme began."),
        N_("✓ On course: the figure reaches what is asked for by now. ! Nearly on course: it reaches nine tenths of that. ✕ Behind: less. Without a target there is no light."),
        N_("A forecast is the straight line through the months or years so far (least squares), with the interval in which four of five fall (Student’s t). It tells what comes if all goes on as it did, and is no plan."),
    };
    section_open(&t->at, "how", N_("How to read it"));
    for (size_t i = 0; i < COUNT(lines); i++) html_leaf(&t->at.h, "p", at_tr(&t->at, lines[i]));
    html_close(&t->at.h, "section");
}

enum err targets_page(struct request *q, struct reply *r)
{
    struct target_at t;
    struct records all;
    size_t which;
    TRY(target_begin(q, r, &t));
    struct grid g = grid_make(q, (struct figure){ .kind = "bars", .id = "targets", .caption = N_("Indicators of the year"), .most = 10,
                       .lead = N_("How much of its target each indicator has reached; targets run to different years.") },
                   columns, COUNT(columns), N_("There are no indicators. An officer adds them in the workspace."));
    TRY(indicators_load(&t.at.w, &all));
    struct standing *standing = NEW_ARRAY(q->a, struct standing, all.n + 1);
    for (size_t i = 0; i < all.n; i++) {
        TRY(standing_of(&t.at.w, all.p[i], t.year, &standing[i]));
        put_standing(&g, &t, &standing[i]);
    }
    TRY(grid_asked(q, r, &g, 1, &which));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_years(&t);
    put_cards(&t, standing, all.n);
    grid_section(&t.at.h, &t.at.w, &g);
    put_explained(&t);
    return target_reply(&t, at_say(&t.at, MSG(N_("Targets of the programme, {1}"), str_f(q->a, "%d", t.year))),
                        at_tr(&t.at, N_("What is counted, against what the programme is to reach. Each number opens the list behind it.")));
}
