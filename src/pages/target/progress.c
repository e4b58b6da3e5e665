/*
 * progress.c - GET /progress?year=: the programme's year for everybody: activities, participations and enterprises side by side, money by source and content.
 * Each number opens its list, of which everybody reads what they may see.
 */
#include "pages/target/target_at.h"

#include "base/url.h"
#include "pages/pages.h"
#include "programme/money/money.h"

/* ---- activities ---------------------------------------------------------------------------------- */

static const struct grid_column activity_columns[] = {
    { "content", N_("Content of the programme"), "label" }, { "done", N_("Carried out"), "value" }, { "coming", N_("Still to come"), "value" }, { "cancelled", N_("Cancelled") },
};
enum { DONE, COMING, CANCELLED, STATES };

/* Of approved plans, as the public sees them. */
static enum err count_activities(struct target_at *t, Str content, int64_t out[STATES])
{
    struct rows r = db_query(t->at.w.db, t->at.w.a,
                             SQL("SELECT state, count(*) FROM activity WHERE year = $1 AND approved = 1 AND content = $2 GROUP BY state"),
                             ARGS(v_int(t->year), v_text(content)));
    memset(out, 0, STATES * sizeof *out);
    while (rows_next(&r)) {
        Str state = v_str(row_peek(&r, 0));
        out[str_is(state, "carried_out") ? DONE : str_is(state, "cancelled") ? CANCELLED : COMING] += row_int(&r, 1);
    }
    return rows_end(&r);
}

/* The open data of the activities that a number counts; content empty: of all. */
static Str activities_url(struct target_at *t, Str content, int state)
{
    static const char *const states[STATES] = { [DONE] = "&state=carried_out", [COMING] = "&state=planned&state=open", [CANCELLED] = "&state=cancelled" };
    struct arena *a = t->at.q->a;
    Str of = content.n ? str_f(a, "&content=%.*s", FMT(url_encoded(a, content))) : (Str){ 0 };
    return str_f(a, "%.*s?year=%d%.*s%s", FMT(request_link(t->at.q, place_of(a, &activity))), t->year, FMT(of), states[state]);
}

static enum err activities_grid(struct target_at *t, const struct code *const *contents, size_t n, struct grid *g)
{
    int64_t sums[STATES] = { 0 };
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "activities", .caption = N_("Activities") }, activity_columns, COUNT(activity_columns), NULL);
    for (size_t i = 0; i < n; i++) {
        int64_t counts[STATES];
        TRY(count_activities(t, contents[i]->key, counts));
        grid_text(g, str_f(t->at.q->a, "%.*s %.*s", FMT(contents[i]->code), FMT(contents[i]->name[t->at.w.lang])));
        for (int s = 0; s < STATES; s++) grid_whole(g, counts[s], activities_url(t, contents[i]->key, s)), sums[s] += counts[s];
    }
    grid_sum(g);
    grid_text(g, at_tr(&t->at, N_("Altogether")));
    for (int s = 0; s < STATES; s++) grid_whole(g, sums[s], activities_url(t, (Str){ 0 }, s));
    return OK;
}

/* ---- participations and enterprises ---------------------------------------------------------------- */

static const struct grid_column part_columns[] = {
    { "content", N_("Content of the programme"), "label" }, { "participations", N_("Participations"), "value" }, { "enterprises", N_("Different enterprises"), "value" },
    { "people", N_("People") },
};

/* The list of a measure's year, narrowed by a code of a list, or not at all; empty where no indicator is of just that measure. */
static Str counted_url(struct target_at *t, const struct records *indicators, const char *measure, const char *by, Str key)
{
    static const int narrowings[] = { INDICATOR_CONTENT, INDICATOR_ACTIVITY_KIND, INDICATOR_SOURCE_OF_FUNDS };
    struct arena *a = t->at.q->a;
    for (size_t i = 0; i < indicators->n; i++) {
        const struct record *r = indicators->p[i];
        bool fits = str_is(v_str(r->v[INDICATOR_MEASURE]), measure) && str_is(v_str(r->v[INDICATOR_OVER]), "year");
        for (size_t k = 0; k < COUNT(narrowings); k++) fits = fits && !v_is(r->v[narrowings[k]]);
        if (!fits) continue;
        Str url = indicator_url(t->at.q, r, "list", t->year);
        return key.n ? str_f(a, "%.*s&%s=%.*s", FMT(url), by, FMT(url_encoded(a, key))) : url;
    }
    return (Str){ 0 };
}

static void put_counts(struct target_at *t, struct grid *g, const struct records *indicators, Str label, const struct participation_counts *c, Str content)
{
    grid_text(g, label);
    grid_whole(g, c->participations, counted_url(t, indicators, "participations", "content", content));
    grid_whole(g, c->enterprises, counted_url(t, indicators, "participating_enterprises", "content", content));
    grid_whole(g, c->people, counted_url(t, indicators, "people", "content", content));
}

static enum err parts_grid(struct target_at *t, const struct records *indicators, const struct code *const *contents, size_t n, struct grid *g)
{
    struct participation_asked asked = { .from_year = t->year, .to_year = t->year };
    struct participation_counts counts;
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "participations", .caption = N_("Participations and enterprises"),
                       .lead = N_("A participation is an enterprise in one activity. An enterprise in three activities makes three participations, and is one enterprise: so there are never more enterprises than participations, and the enterprises of the contents add up to more than there are.") },
                   part_columns, COUNT(part_columns), NULL);
    for (size_t i = 0; i < n; i++) {
        asked.content = contents[i]->key;
        TRY(participations_count(&t->at.w, &asked, &counts));
        put_counts(t, g, indicators, str_f(t->at.q->a, "%.*s %.*s", FMT(contents[i]->code), FMT(contents[i]->name[t->at.w.lang])), &counts, contents[i]->key);
    }
    asked.content = (Str){ 0 };
    TRY(participations_count(&t->at.w, &asked, &counts));
    grid_sum(g);
    put_counts(t, g, indicators, at_tr(&t->at, N_("Altogether, each enterprise once")), &counts, (Str){ 0 });
    return OK;
}

/* ---- money ------------------------------------------------------------------------------------------ */

static const struct grid_column money_columns[] = {
    { "of", N_("Of what"), "label" }, { "allocated", N_("Allocated, đồng"), "value" }, { "committed", N_("Committed, đồng"), "value" },
    { "disbursed", N_("Disbursed, đồng"), "value" }, { "settled", N_("Settled, đồng"), "value" },
};
static const struct { enum money_stage stage; const char *measure; } stages[] = {
    { MONEY_ALLOCATED, "money_allocated" }, { MONEY_COMMITTED, "money_committed" }, { MONEY_DISBURSED, "money_disbursed" }, { MONEY_SETTLED, "money_settled" },
};
struct money_table { enum money_by by; const char *name, *list; };       /* name: as lists of indicators are narrowed by it */

static void put_stages(struct target_at *t, struct grid *g, const struct records *indicators, const struct balance *b, const char *by, Str key)
{
    for (size_t s = 0; s < COUNT(stages); s++) grid_whole(g, b->of[stages[s].stage], counted_url(t, indicators, stages[s].measure, by, key));
}

static enum err money_grid(struct target_at *t, const struct records *indicators, struct money_table of, struct figure look, struct grid *g)
{
    struct money_rows rows;
    struct money_row total;
    struct work *w = &t->at.w;
    *g = grid_make(t->at.q, look, money_columns, COUNT(money_columns), N_("No money has been allocated in this year yet."));
    TRY(money_rows(w, &(struct money_asked){ .year = t->year, .by = of.by }, &rows, &total));
    for (size_t i = 0; i < rows.n; i++) {
        const struct code *k = code_find(w->codes, str_of(of.list), rows.p[i].key);
        grid_text(g, k ? k->name[w->lang] : at_tr(&t->at, N_("Not said")));
        put_stages(t, g, indicators, &rows.p[i].balance, of.name, rows.p[i].key);
    }
    if (!rows.n) return OK;
    grid_sum(g);
    grid_text(g, at_tr(&t->at, N_("Altogether")));
    put_stages(t, g, indicators, &total.balance, of.name, (Str){ 0 });
    return OK;
}

/* ---- targets ---------------------------------------------------------------------------------------- */

static const struct grid_column target_columns[] = {
    { "indicator", N_("Indicator"), "label" }, { "value", N_("Counted") }, { "target", N_("Target") }, { "period", N_("Of") }, { "reached", N_("Reached of the target, %"), "value" },
    { "light", N_("Light") },
};

static enum err targets_grid(struct target_at *t, const struct records *indicators, struct grid *g)
{
    struct work *w = &t->at.w;
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "targets", .caption = N_("Targets") }, target_columns, COUNT(target_columns), NULL);
    for (size_t i = 0; i < indicators->n; i++) {
        struct standing s;
        const struct record *r = indicators->p[i];
        if (!target_of_year(r, t->year)) continue;
        TRY(standing_of(w, r, t->year, &s));
        if (!s.known) continue;
        grid_link(g, indicator_url(t->at.q, r, NULL, t->year), record_title(w, r));
        Str list = indicator_url(t->at.q, r, "list", t->year);
        grid_worded_link(g, s.value, value_text(w, r, s.value), list);
        grid_text(g, target_text(w, r, s.target));
        grid_text(g, target_period(w, r, s.target));
        double reached = s.value / v_f64(s.target->v[TARGET_LEAST]) * 100;
        grid_worded_link(g, reached, three_digits(w->a, w->lang, reached), list);
        grid_text(g, light_text(w, &s.against));
    }
    return OK;
}

/* ---- the page --------------------------------------------------------------------------------------- */

static void put_links(struct target_at *t)
{
    const struct { const char *path, *label; } links[] = {
        { "/targets", N_("All indicators, with forecast and method") }, { "/activities", N_("The activities of the year") }, { "/programme", N_("What the programme says") } };
    html_open(&t->at.h, "ul");
    for (size_t i = 0; i < COUNT(links); i++) {
        html_open(&t->at.h, "li");
        html_link(&t->at.h, request_link(t->at.q, str_of(links[i].path)), NULL, at_tr(&t->at, links[i].label));
        html_close(&t->at.h, "li");
    }
    html_close(&t->at.h, "ul");
}

enum err progress_page(struct request *q, struct reply *r)
{
    enum { TARGETS, ACTIVITIES, PARTS, BY_SOURCES, BY_CONTENTS, TABLES };
    struct target_at t;
    struct grid g[TABLES];
    struct records all;
    size_t n, which;
    TRY(target_begin(q, r, &t));
    const struct code *const *contents = codes_of(t.at.w.codes, S("programme_content"), &n);
    TRY(indicators_load(&t.at.w, &all));
    TRY(targets_grid(&t, &all, &g[TARGETS]));
    TRY(activities_grid(&t, contents, n, &g[ACTIVITIES]));
    TRY(parts_grid(&t, &all, contents, n, &g[PARTS]));
    TRY(money_grid(&t, &all, (struct money_table){ BY_SOURCE, "source", "fund_source" },
                   (struct figure){ .kind = "bars", .id = "sources", .caption = N_("Money by source") }, &g[BY_SOURCES]));
    TRY(money_grid(&t, &all, (struct money_table){ BY_CONTENT, "content", "programme_content" },
                   (struct figure){ .kind = "bars", .id = "contents", .caption = N_("Money by content") }, &g[BY_CONTENTS]));
    TRY(grid_asked(q, r, g, TABLES, &which));
    if (q->as != AS_PAGE) return grid_reply(r, &g[which], NULL, 0);
    put_years(&t);
    put_links(&t);
    for (size_t i = 0; i < TABLES; i++) grid_section(&t.at.h, &t.at.w, &g[i]);
    return target_reply(&t, at_say(&t.at, MSG(N_("Progress of the programme, {1}"), str_f(q->a, "%d", t.year))),
                        at_tr(&t.at, N_("What was done for enterprises, how many took part, and what became of the money; from the same records the offices work with.")));
}
