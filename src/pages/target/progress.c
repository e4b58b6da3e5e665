/*
 * progress.c - GET /progress?year=: the programme's year for everybody: activities, participations and enterprises side by side, money by source and content.
 * All of it sums; what each is the sum of, the public reads as far as it is public.
 */
#include "pages/target/target_at.h"

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

static enum err activities_grid(struct target_at *t, const struct code *const *contents, size_t n, struct grid *g)
{
    int64_t sums[STATES] = { 0 };
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "activities", .caption = N_("Activities") }, activity_columns, COUNT(activity_columns), NULL);
    for (size_t i = 0; i < n; i++) {
        int64_t counts[STATES];
        TRY(count_activities(t, contents[i]->key, counts));
        grid_text(g, str_f(t->at.q->a, "%.*s %.*s", FMT(contents[i]->code), FMT(contents[i]->name[t->at.w.lang])));
        for (int s = 0; s < STATES; s++) grid_whole(g, counts[s], (Str){ 0 }), sums[s] += counts[s];
    }
    grid_sum(g);
    grid_text(g, at_tr(&t->at, N_("Altogether")));
    for (int s = 0; s < STATES; s++) grid_whole(g, sums[s], (Str){ 0 });
    return OK;
}

/* ---- participations and enterprises ---------------------------------------------------------------- */

static const struct grid_column part_columns[] = {
    { "content", N_("Content of the programme"), "label" }, { "participations", N_("Participations"), "value" }, { "enterprises", N_("Different enterprises"), "value" },
    { "people", N_("People") },
};

/* The list of a count, where an indicator of that code is there. */
static enum err counted_url(struct target_at *t, const char *code, Str *url)
{
    struct record *r;
    *url = (Str){ 0 };
    enum err e = indicator_named(&t->at.w, str_of(code), &r);
    if (!e) *url = indicator_url(t->at.q, r, "list", t->year);
    return e == ERR_MISSING ? OK : e;
}

static void put_counts(struct grid *g, Str label, const struct participation_counts *c, Str participations, Str enterprises)
{
    grid_text(g, label);
    grid_whole(g, c->participations, participations);
    grid_whole(g, c->enterprises, enterprises);
    grid_whole(g, c->people, (Str){ 0 });
}

static enum err parts_grid(struct target_at *t, const struct code *const *contents, size_t n, struct grid *g)
{
    struct participation_asked asked = { .from_year = t->year, .to_year = t->year };
    struct participation_counts counts;
    Str participations, enterprises;
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "participations", .caption = N_("Participations and enterprises"),
                       .lead = N_("A participation is an enterprise in one activity. An enterprise in three activities makes three participations, and is one enterprise: so there are never more enterprises than participations, and the enterprises of the contents add up to more than there are.") },
                   part_columns, COUNT(part_columns), NULL);
    for (size_t i = 0; i < n; i++) {
        asked.content = contents[i]->key;
        TRY(participations_count(&t->at.w, &asked, &counts));
        put_counts(g, str_f(t->at.q->a, "%.*s %.*s", FMT(contents[i]->code), FMT(contents[i]->name[t->at.w.lang])), &counts, (Str){ 0 }, (Str){ 0 });
    }
    asked.content = (Str){ 0 };
    TRY(participations_count(&t->at.w, &asked, &counts));
    TRY(counted_url(t, "participations_yearly", &participations));
    TRY(counted_url(t, "participating_enterprises", &enterprises));
    grid_sum(g);
    put_counts(g, at_tr(&t->at, N_("Altogether, each enterprise once")), &counts, participations, enterprises);
    return OK;
}

/* ---- money ------------------------------------------------------------------------------------------ */

static const struct grid_column money_columns[] = {
    { "of", N_("Of what"), "label" }, { "allocated", N_("Allocated, đồng"), "value" }, { "committed", N_("Committed, đồng"), "value" },
    { "disbursed", N_("Disbursed, đồng"), "value" }, { "settled", N_("Settled, đồng"), "value" },
};
static const enum money_stage stages[] = { MONEY_ALLOCATED, MONEY_COMMITTED, MONEY_DISBURSED, MONEY_SETTLED };

static enum err money_grid(struct target_at *t, enum money_by by, const char *list, struct figure look, struct grid *g)
{
    struct money_rows rows;
    struct money_row total;
    struct work *w = &t->at.w;
    *g = grid_make(t->at.q, look, money_columns, COUNT(money_columns), N_("No money has been allocated in this year yet."));
    TRY(money_rows(w, &(struct money_asked){ .year = t->year, .by = by }, &rows, &total));
    for (size_t i = 0; i < rows.n; i++) {
        const struct code *k = code_find(w->codes, str_of(list), rows.p[i].key);
        grid_text(g, k ? k->name[w->lang] : at_tr(&t->at, N_("Not said")));
        for (size_t s = 0; s < COUNT(stages); s++) grid_whole(g, rows.p[i].balance.of[stages[s]], (Str){ 0 });
    }
    if (!rows.n) return OK;
    grid_sum(g);
    grid_text(g, at_tr(&t->at, N_("Altogether")));
    for (size_t s = 0; s < COUNT(stages); s++) grid_whole(g, total.balance.of[stages[s]], (Str){ 0 });
    return OK;
}

/* ---- targets ---------------------------------------------------------------------------------------- */

static const struct grid_column target_columns[] = {
    { "indicator", N_("Indicator"), "label" }, { "value", N_("Counted") }, { "target", N_("Target") }, { "period", N_("Of") }, { "reached", N_("Reached of the target, %"), "value" },
    { "light", N_("Light") },
};

static enum err targets_grid(struct target_at *t, struct grid *g)
{
    struct work *w = &t->at.w;
    struct records all;
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "targets", .caption = N_("Targets") }, target_columns, COUNT(target_columns), NULL);
    TRY(indicators_load(w, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct standing s;
        const struct record *r = all.p[i];
        if (!target_of_year(r, t->year)) continue;
        TRY(standing_of(w, r, t->year, &s));
        if (!s.known) continue;
        grid_link(g, indicator_url(t->at.q, r, NULL, t->year), record_title(w, r));
        grid_worded_link(g, s.value, value_text(w, r, s.value), indicator_url(t->at.q, r, "list", t->year));
        grid_text(g, target_text(w, r, s.target));
        grid_text(g, target_period(w, r, s.target));
        grid_number(g, s.value / v_f64(s.target->v[TARGET_LEAST]) * 100);
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
    size_t n, which;
    TRY(target_begin(q, r, &t));
    const struct code *const *contents = codes_of(t.at.w.codes, S("programme_content"), &n);
    TRY(targets_grid(&t, &g[TARGETS]));
    TRY(activities_grid(&t, contents, n, &g[ACTIVITIES]));
    TRY(parts_grid(&t, contents, n, &g[PARTS]));
    TRY(money_grid(&t, BY_SOURCE, "fund_source", (struct figure){ .kind = "bars", .id = "sources", .caption = N_("Money by source") }, &g[BY_SOURCES]));
    TRY(money_grid(&t, BY_CONTENT, "programme_content", (struct figure){ .kind = "bars", .id = "contents", .caption = N_("Money by content") }, &g[BY_CONTENTS]));
    TRY(grid_asked(q, r, g, TABLES, &which));
    if (q->as != AS_PAGE) return grid_reply(r, &g[which], NULL, 0);
    put_years(&t);
    put_links(&t);
    for (size_t i = 0; i < TABLES; i++) grid_section(&t.at.h, &t.at.w, &g[i]);
    return target_reply(&t, at_say(&t.at, MSG(N_("Progress of the programme, {1}"), str_f(q->a, "%d", t.year))),
                        at_tr(&t.at, N_("What was done for enterprises, how many took part, and what became of the money; from the same records the offices work with.")));
}
