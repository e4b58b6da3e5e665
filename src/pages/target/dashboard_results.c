/*
 * dashboard_results.c - who took part, participations beside the enterprises they were of, and how the targets stand.  The two counts are never mixed: the list behind both
 * has an enterprise in each row and its participations beside it.
 */
#include "pages/target/dashboard.h"

#include "pages/target/wording.h"

enum { ROWS = 100 };

static Str participants_url(struct dashboard *d, int year, Str content)
{
    struct arena *a = d->m.at.q->a;
    struct params state = { 0 };
    state = params_with(a, &state, "year", str_f(a, "%d", year));
    state = params_with(a, &state, "content", content);
    return money_url(&d->m, "/dashboard/participants", &state);
}

/* A ward sees its own enterprises alone; others those of the ward they ask for, or all. */
static Str ward_of(const struct dashboard *d) { return d->as == WARD ? d->m.at.w.actor.ward : params_get(&d->m.at.q->query, "ward"); }

/* ---- participations by content --------------------------------------------------------------------------- */

static const struct grid_column columns[] = {
    { "content", N_("Content"), "label" }, { "planned", N_("Participations planned"), "value" }, { "participations", N_("Participations"), "value" },
    { "enterprises", N_("Different enterprises"), "value" }, { "target", N_("Target of the programme") },
};

static enum err planned_of(struct dashboard *d, Str content, int64_t *out)
{
    *out = 0;
    return db_one_int(d->m.at.w.db, d->m.at.q->a, SQL("SELECT CAST(COALESCE(sum(participations), 0) AS bigint) FROM activity"
                                                      " WHERE year = $1 AND state <> 'cancelled' AND ($2 = '' OR content = $2)"),
                      ARGS(v_int(d->m.asked.year), v_text(content)), out);
}

/* "500 to 600, 2026–2030": of participations or enterprises of the content; empty: the programme has none. */
static Str target_of_content(struct dashboard *d, const struct records *indicators, Str content)
{
    struct work *w = &d->m.at.w;
    for (size_t i = 0; i < indicators->n; i++) {
        const struct record *r = indicators->p[i], *t = target_of_year(r, d->m.asked.year);
        Str measure = v_str(r->v[INDICATOR_MEASURE]);
        bool counts = str_is(measure, measure_choices[MEASURE_PARTICIPATIONS].code) || str_is(measure, measure_choices[MEASURE_PARTICIPATING].code);
        if (counts && t && str_eq(v_str(r->v[INDICATOR_CONTENT]), content))
            return str_f(w->a, "%.*s %.*s, %.*s", FMT(target_text(w, r, t)), FMT(unit_text(w, r)), FMT(target_period(w, r, t)));
    }
    return (Str){ 0 };
}

static enum err put_content(struct dashboard *d, struct grid *g, const struct records *indicators, Str content, Str name)
{
    struct participation_asked asked = { .from_year = d->m.asked.year, .to_year = d->m.asked.year, .content = content };
    struct participation_counts counts;
    int64_t planned;
    TRY(planned_of(d, content, &planned));
    TRY(participations_count(&d->m.at.w, &asked, &counts));
    Str list = participants_url(d, d->m.asked.year, content);
    grid_text(g, name);
    grid_whole(g, planned, (Str){ 0 });
    grid_whole(g, counts.participations, list);
    grid_whole(g, counts.enterprises, list);
    grid_text(g, target_of_content(d, indicators, content));
    return OK;
}

enum err part_participations(struct dashboard *d, struct grid *g)
{
    size_t n;
    struct records indicators;
    const struct code *const *contents = codes_of(d->m.at.w.codes, S("programme_content"), &n);
    TRY(indicators_load(&d->m.at.w, &indicators));
    *g = grid_make(d->m.at.q, (struct figure){ .kind = "bars", .id = "participations", .caption = N_("Who took part, by content") }, columns, COUNT(columns), NULL);
    for (size_t i = 0; i < n; i++) TRY(put_content(d, g, &indicators, contents[i]->key, contents[i]->name[d->m.at.q->lang]));
    grid_sum(g);
    return put_content(d, g, &indicators, (Str){ 0 }, at_tr(&d->m.at, N_("Altogether; an enterprise counts once")));
}

/* ---- a ward's years ------------------------------------------------------------------------------------------ */

static const struct grid_column year_columns[] = {
    { "year", N_("Year"), "label" }, { "participations", N_("Participations"), "value" }, { "enterprises", N_("Different enterprises"), "value" },
};

enum err part_ward_years(struct dashboard *d, struct grid *g)
{
    *g = grid_make(d->m.at.q, (struct figure){ .kind = "bars", .id = "years", .caption = N_("Who took part of your enterprises, by year") }, year_columns, COUNT(year_columns), NULL);
    for (int year = PROGRAMME_FROM; year <= PROGRAMME_LAST && year <= d->m.at.w.today.year; year++) {
        struct participation_asked asked = { .from_year = year, .to_year = year, .ward = ward_of(d) };
        struct participation_counts counts;
        Str list = participants_url(d, year, (Str){ 0 });
        TRY(participations_count(&d->m.at.w, &asked, &counts));
        grid_text(g, str_f(d->m.at.q->a, "%d", year));
        grid_whole(g, counts.participations, list);
        grid_whole(g, counts.enterprises, list);
    }
    return OK;
}

/* ---- the list behind ------------------------------------------------------------------------------------------- */

static const struct grid_column who_columns[] = {
    { "enterprise", N_("Enterprise") }, { "ward", N_("Ward or commune") }, { "participations", N_("Participations") }, { "id", N_("Number") },
};

struct who { int64_t *ids, *times; size_t n; };

static enum err load_who(struct dashboard *d, struct who *out)
{
    struct { int64_t *p; size_t n, cap; } ids = { 0 }, times = { 0 };
    struct arena *a = d->m.at.q->a;
    struct rows r = db_query(d->m.at.w.db, a, SQL("SELECT enterprise, count(DISTINCT identity) AS times FROM participation WHERE year = $1 AND state = 'attended'"
                                                  " AND ($2 = '' OR content = $2) AND ($3 = '' OR ward = $3) GROUP BY enterprise ORDER BY times DESC, enterprise"),
                             ARGS(v_int(d->m.asked.year), v_text(d->m.asked.content), v_text(ward_of(d))));
    while (rows_next(&r)) {
        *GROW(a, ids) = row_int(&r, 0);
        *GROW(a, times) = row_int(&r, 1);
    }
    *out = (struct who){ ids.p, times.p, ids.n };
    return rows_end(&r);
}

static enum err put_who(struct dashboard *d, struct grid *g, const struct who *who)
{
    struct at *at = &d->m.at;
    struct records list;
    size_t from = g->window.from;
    TRY(records_of(&at->w, &enterprise, who->ids + from, g->window.to - from, false, &list));
    for (size_t i = from; i < g->window.to; i++) {
        const struct record *r = child_with_id(&list, who->ids[i]);
        Str id = public_id(at->q->a, &enterprise, who->ids[i]);
        if (r) grid_link(g, request_link(at->q, str_f(at->q->a, "/enterprises/%.*s", FMT(id))), record_title(&at->w, r));
        else grid_text(g, at_tr(at, N_("No longer in the register")));
        grid_text(g, r ? record_text(&at->w, r, ENTERPRISE_WARD) : (Str){ 0 });
        grid_whole(g, who->times[i], (Str){ 0 });
        grid_text(g, id);
    }
    return OK;
}

static void put_all(struct dashboard *d, struct grid *g, int64_t times)
{
    grid_sum(g);
    grid_text(g, at_tr(&d->m.at, N_("Altogether")));
    grid_text(g, (Str){ 0 });
    grid_whole(g, times, (Str){ 0 });
    grid_text(g, (Str){ 0 });
}

/* GET /dashboard/participants?year=&content=&ward= */
enum err dashboard_participants(struct request *q, struct reply *r)
{
    struct dashboard d = { 0 };
    struct who who;
    int64_t times = 0;
    TRY(money_begin(q, r, &d.m));
    if (!(d.m.at.w.actor.roles & (OFFICER | FINANCE | LEADER | ADMIN))) d.as = WARD;
    const struct code *ward = code_find(d.m.at.w.codes, S("ward"), ward_of(&d));
    if (ward_of(&d).n && !ward) return reply_fail(r, ERR_MISSING, MSG(N_("There is no ward or commune {1}."), ward_of(&d)));
    TRY(load_who(&d, &who));
    for (size_t i = 0; i < who.n; i++) times += who.times[i];
    struct grid g = grid_make(q, (struct figure){ .id = "participants", .caption = N_("Enterprises that took part") }, who_columns, COUNT(who_columns),
                              N_("Nobody has taken part in this year yet. Attendance is written down at the desk of each activity."));
    g.window = window_asked(q, who.n, ROWS);
    if (who.n) TRY(put_who(&d, &g, &who));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    if (who.n) put_all(&d, &g, times);
    put_money_filter(&d.m);
    grid_section(&d.m.at.h, &d.m.at.w, &g);
    Str title = at_say(&d.m.at, MSG(N_("Who took part in {1}"), str_f(q->a, "%d", d.m.asked.year)));
    return desk_reply(q, r, &(struct desk_page){ .title = ward ? at_say(&d.m.at, MSG(N_("{1}: {2}"), title, ward->name[q->lang])) : title, .place = DESK_DASHBOARD,
        .lead = at_say(&d.m.at, MSG(N_("Participations: {1}; different enterprises: {2}."), page_number(&d.m.at.w, times), page_number(&d.m.at.w, (int64_t)who.n))),
        .content = html_done(&d.m.at.h), .crumbs = { { request_link(q, str_f(q->a, "/dashboard?year=%d", d.m.asked.year)), at_tr(&d.m.at, N_("Dashboard")) } } });
}

/* ---- the targets ------------------------------------------------------------------------------------------------- */

static const struct grid_column target_columns[] = {
    { "indicator", N_("Indicator") }, { "value", N_("As it is") }, { "target", N_("Target") }, { "period", N_("For") }, { "light", N_("Light") },
};

static enum err put_target(struct dashboard *d, struct grid *g, const struct record *r)
{
    struct at *at = &d->m.at;
    struct standing s;
    Str year = str_f(at->q->a, "%d", d->m.asked.year), code = v_str(r->v[INDICATOR_CODE]);
    TRY(standing_of(&at->w, r, d->m.asked.year, &s));
    grid_link(g, request_link(at->q, str_f(at->q->a, "/targets/%.*s?year=%.*s", FMT(code), FMT(year))), record_title(&at->w, r));
    if (s.known) grid_link(g, request_link(at->q, str_f(at->q->a, "/targets/%.*s/list?year=%.*s", FMT(code), FMT(year))), value_text(&at->w, r, s.value));
    else grid_text(g, (Str){ 0 });
    grid_text(g, target_text(&at->w, r, s.target));
    grid_text(g, target_period(&at->w, r, s.target));
    grid_text(g, light_text(&at->w, &s.against));
    return OK;
}

enum err part_targets(struct dashboard *d, struct grid *g)
{
    struct records indicators;
    TRY(indicators_load(&d->m.at.w, &indicators));
    *g = grid_make(d->m.at.q, (struct figure){ .id = "targets", .caption = N_("How the targets stand") }, target_columns, COUNT(target_columns),
                   N_("There are no targets for this year."));
    for (size_t i = 0; i < indicators.n; i++)
        if (target_of_year(indicators.p[i], d->m.asked.year)) TRY(put_target(d, g, indicators.p[i]));
    return OK;
}
