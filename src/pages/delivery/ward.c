/*
 * ward.c - a ward or commune and the programme: first what waits for its word, then its enterprises and what they took part in, then what was inspected and accepted on
 * its ground.  For an officer of a ward its own; the office chooses one with ward=.
 */
#include "pages/delivery/delivering.h"
#include "programme/filing.h"
#include "programme/inside.h"

#include <stdlib.h>

struct warding {
    struct at          at;
    const struct code *ward;                /* NULL: none is chosen yet                           */
    int                year;                /* whose contents are shown                           */
    struct records     acceptances, inspections, verifications;
};

/* ---- what is there ---------------------------------------------------------------------------------- */

static enum err of_ward(struct warding *t, const struct entity *e, int field, struct records *out)
{
    struct records all;
    *out = (struct records){ 0 };
    TRY(records_with(&t->at.w, e, field, v_text(t->ward->key), &all));
    for (size_t i = all.n; i > 0; i--)                       /* the newest first                   */
        if (record_visible(&t->at.w, all.p[i - 1])) *GROW(t->at.q->a, *out) = all.p[i - 1];
    return OK;
}

static enum err warding_at(struct request *q, struct reply *r, struct warding *out)
{
    *out = (struct warding){ .at = at_desk(q, r) };
    struct at *at = &out->at;
    bool office = at->w.actor.roles & (OFFICER | FINANCE | LEADER | ADMIN);
    Str asked = params_get(&q->query, "ward"), key = office && asked.n ? asked : at->w.actor.ward;
    int64_t year;
    out->year = str_to_i64(params_get(&q->query, "year"), &year) && year >= PROGRAMME_FROM && year <= PROGRAMME_LAST ? (int)year : at->w.today.year;
    out->ward = key.n ? code_match(at->w.codes, q->a, S("ward"), key, NULL) : NULL;
    if (asked.n && office && !out->ward) return reply_fail(r, ERR_MISSING, MSG(N_("There is no ward or commune {1}."), asked));
    if (!office && !out->ward) return reply_fail(r, ERR_DENIED, MSG(N_("Your account belongs to no ward or commune. The administrator enters it.")));
    if (!out->ward) return OK;
    TRY(of_ward(out, &acceptance, ACCEPTANCE_WARD, &out->acceptances));
    TRY(of_ward(out, &inspection, INSPECTION_WARD, &out->inspections));
    return of_ward(out, &verification, VERIFICATION_WARD, &out->verifications);
}

/* ---- what waits ---------------------------------------------------------------------------------------- */

static const struct grid_column waiting_columns[] = {
    { "what", N_("What waits") }, { "kind", N_("Kind") }, { "state", N_("State") }, { "due", N_("Until") }, { "id", N_("Number"), .files_only = true },
};

static void put_waiting(struct warding *t, struct grid *g, const struct records *list)
{
    struct at *at = &t->at;
    for (size_t i = 0; i < list->n; i++) {
        const struct record *r = list->p[i];
        if (!(waits_for(r) & WARD)) continue;
        grid_link(g, request_link(at->q, desk_path(at->q->a, r->e, r->id, NULL)), record_title(&at->w, r));
        grid_text(g, at_tr(at, r->e->one));
        grid_text(g, record_text(&at->w, r, r->e->workflow->state));
        grid_text(g, due_of(r).year ? at_day(at, due_of(r)) : (Str){ 0 });
        grid_text(g, public_id(at->q->a, r->e, r->id));
    }
}

static struct grid waiting_grid(struct warding *t)
{
    struct grid g = grid_make(t->at.q, (struct figure){ .id = "waiting", .caption = N_("Waits for the ward or commune") }, waiting_columns, COUNT(waiting_columns),
                              N_("Nothing waits. When something is delivered on the ward’s ground, the minutes of its acceptance come here to be confirmed."));
    put_waiting(t, &g, &t->acceptances);
    put_waiting(t, &g, &t->inspections);
    put_waiting(t, &g, &t->verifications);
    return g;
}

/* ---- participations ------------------------------------------------------------------------------------ */

static enum err counts_of(struct warding *t, int year, Str content, struct participation_counts *out)
{
    return participations_count(&t->at.w, &(struct participation_asked){ .from_year = year, .to_year = year, .content = content, .ward = t->ward->key }, out);
}

/* What of the ward's enterprises took part in a year, and in a content if one is named. */
static struct params took_part(struct warding *t, int year, Str content)
{
    struct arena *a = t->at.q->a;
    struct params state = params_with(a, &(struct params){ 0 }, "ward", t->ward->key);
    state = params_with(a, &state, "year", str_f(a, "%d", year));
    return content.n ? params_with(a, &state, "content", content) : state;
}

/* The lists a number is the length of: participations, and the enterprises they are of. */
static Str list_url(struct warding *t, int year, Str content)
{
    struct arena *a = t->at.q->a;
    struct params state = took_part(t, year, content);
    state = params_with(a, &state, "state", S("attended"));
    return url_of(a, t->at.q->lang, desk_path(a, &participation, 0, NULL), AS_PAGE, &state);
}

static Str firms_url(struct warding *t, int year, Str content)
{
    struct params state = took_part(t, year, content);
    return url_of(t->at.q->a, t->at.q->lang, S("/dashboard/participants"), AS_PAGE, &state);
}

static const struct grid_column year_columns[] = {
    { "year", N_("Year"), "label" }, { "participations", N_("Participations"), "value" }, { "enterprises", N_("Different enterprises"), "value" }, { "people", N_("People") },
};

static enum err year_grid(struct warding *t, struct grid *g)
{
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "years", .caption = N_("Participations of its enterprises, year by year"),
        .lead = N_("An enterprise counts once in each activity as a participation, and once in a year as an enterprise.") }, year_columns, COUNT(year_columns), NULL);
    for (int year = PROGRAMME_FROM; year <= t->at.w.today.year; year++) {
        struct participation_counts n;
        TRY(counts_of(t, year, (Str){ 0 }, &n));
        grid_text(g, str_f(t->at.q->a, "%d", year));
        grid_whole(g, n.participations, list_url(t, year, (Str){ 0 }));
        grid_whole(g, n.enterprises, firms_url(t, year, (Str){ 0 }));
        grid_whole(g, n.people, (Str){ 0 });
    }
    return OK;
}

static const struct grid_column content_columns[] = { { "content", N_("Content of the programme"), "label" }, { "participations", N_("Participations"), "value" }, { "enterprises", N_("Different enterprises") } };

static enum err content_grid(struct warding *t, struct grid *g)
{
    size_t n;
    const struct code *const *contents = codes_of(t->at.w.codes, S("programme_content"), &n);
    *g = grid_make(t->at.q, (struct figure){ .kind = "bars", .id = "contents", .caption = N_("Participations by content of the programme, this year") }, content_columns, COUNT(content_columns),
                   N_("None of its enterprises has taken part in an activity this year. What is held and when stands on the public list of activities."));
    for (size_t i = 0; i < n; i++) {
        struct participation_counts counted;
        TRY(counts_of(t, t->year, contents[i]->key, &counted));
        if (!counted.participations) continue;
        grid_text(g, contents[i]->name[t->at.q->lang]);
        grid_whole(g, counted.participations, list_url(t, t->year, contents[i]->key));
        grid_whole(g, counted.enterprises, firms_url(t, t->year, contents[i]->key));
    }
    return OK;
}

static enum err put_figures(struct warding *t)
{
    struct at *at = &t->at;
    struct list_query asked = { .filter = { { .field = ENTERPRISE_WARD, .op = FILTER_EQUAL, .v = v_text(t->ward->key) } }, .filters = 1, .sort = -1 };
    struct params state = params_with(at->q->a, &(struct params){ 0 }, "ward", t->ward->key);
    struct participation_counts n;
    int64_t firms;
    TRY(list_count(&at->w, &enterprise, &asked, 0, &firms));
    TRY(counts_of(t, t->year, (Str){ 0 }, &n));
    figures_open(at);
    put_figure(at, firms, N_("Enterprises of the register here"), (Str){ 0 }, url_of(at->q->a, at->q->lang, desk_path(at->q->a, &enterprise, 0, NULL), AS_PAGE, &state));
    put_figure(at, n.enterprises, N_("of them took part in the programme"), str_f(at->q->a, "%d", t->year), firms_url(t, t->year, (Str){ 0 }));
    put_figure(at, n.participations, N_("Participations"), str_f(at->q->a, "%d", t->year), list_url(t, t->year, (Str){ 0 }));
    figures_close(at);
    return OK;
}

/* ---- inspections and acceptances ------------------------------------------------------------------------- */

static const struct grid_column inspection_columns[] = {
    { "title", N_("What is inspected") }, { "planned_on", N_("Planned on") }, { "visited_on", N_("Visited on") }, { "open", N_("Findings not put right") }, { "state", N_("State") },
    { "id", N_("Number"), .files_only = true },
};

static int64_t open_findings(const struct record *r)
{
    const struct records *items = &r->children[INSPECTION_ITEMS];
    int64_t n = 0;
    for (size_t i = 0; i < items->n; i++) n += v_is(items->p[i]->v[CHECK_FINDING]) && !v_is(items->p[i]->v[CHECK_REMEDIED_ON]);
    return n;
}

static struct grid inspection_grid(struct warding *t)
{
    struct at *at = &t->at;
    struct grid g = grid_make(at->q, (struct figure){ .id = "inspections", .caption = N_("Inspections here") }, inspection_columns, COUNT(inspection_columns),
                              N_("No inspection yet. The office plans them, and the ward or commune takes part."));
    for (size_t i = 0; i < t->inspections.n; i++) {
        const struct record *r = t->inspections.p[i];
        grid_link(&g, request_link(at->q, inspection_path(at->q->a, r->id, NULL)), record_title(&at->w, r));
        grid_text(&g, record_text(&at->w, r, INSPECTION_PLANNED_ON));
        grid_text(&g, record_text(&at->w, r, INSPECTION_VISITED_ON));
        grid_whole(&g, open_findings(r), (Str){ 0 });
        grid_text(&g, record_text(&at->w, r, INSPECTION_STATE));
        grid_text(&g, public_id(at->q->a, &inspection, r->id));
    }
    return g;
}

static const struct grid_column acceptance_columns[] = {
    { "name", N_("What is accepted") }, { "held_on", N_("Held on") }, { "result", N_("Result") }, { "state", N_("State") }, { "id", N_("Number"), .files_only = true },
};

static struct grid acceptance_grid(struct warding *t)
{
    struct at *at = &t->at;
    struct grid g = grid_make(at->q, (struct figure){ .id = "acceptances", .caption = N_("Acceptances here") }, acceptance_columns, COUNT(acceptance_columns),
                              N_("No acceptance yet. They begin when something is delivered on the ward’s ground."));
    for (size_t i = 0; i < t->acceptances.n; i++) {
        const struct record *r = t->acceptances.p[i];
        grid_link(&g, request_link(at->q, acceptance_path(at->q->a, r->id, NULL)), record_title(&at->w, r));
        grid_text(&g, record_text(&at->w, r, ACCEPTANCE_ON));
        grid_text(&g, record_text(&at->w, r, ACCEPTANCE_RESULT));
        grid_text(&g, record_text(&at->w, r, ACCEPTANCE_STATE));
        grid_text(&g, public_id(at->q->a, &acceptance, r->id));
    }
    return g;
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

/* Which ward, for the office; and of which year. */
static void put_choice(struct warding *t)
{
    struct at *at = &t->at;
    size_t n;
    const struct code *const *wards = codes_of(at->w.codes, S("ward"), &n);
    html_open(&at->h, "form");
    html_class(&at->h, "network-filter");
    html_href(&at->h, "action", request_link(at->q, S("/ward")));
    if (at->w.actor.roles & (OFFICER | FINANCE | LEADER | ADMIN)) {
        open_labelled_select(&at->h, "ward", "form-label", at_tr(at, N_("Ward or commune")));
        for (size_t i = 0; i < n; i++) put_select_option(&at->h, wards[i]->key, wards[i]->name[at->q->lang], wards[i] == t->ward);
        html_close(&at->h, "select");
    }
    open_labelled_select(&at->h, "year", "form-label", at_tr(at, N_("Year")));
    for (int year = PROGRAMME_FROM; year <= at->w.today.year; year++) {
        Str text = str_f(at->q->a, "%d", year);
        put_select_option(&at->h, text, text, year == t->year);
    }
    html_close(&at->h, "select");
    desk_submit(&at->h, at->q, "button button-quiet", at_tr(at, N_("Show")));
    html_close(&at->h, "form");
}

enum { WAITING, YEARS, CONTENTS, INSPECTIONS, ACCEPTANCES, TABLES_N };

static enum err show(struct warding *t, const struct grid *tables)
{
    struct at *at = &t->at;
    if (t->ward) grid_section(&at->h, &at->w, &tables[WAITING]);
    put_choice(t);
    if (t->ward) TRY(put_figures(t));
    else put_empty(at, N_("Choose a ward or commune: what waits for it, its enterprises and what they took part in are shown then."));
    for (int i = YEARS; t->ward && i < TABLES_N; i++) grid_section(&at->h, &at->w, &tables[i]);
    return at_reply_as(at, DESK_WARD, t->ward ? t->ward->name[at->q->lang] : at_tr(at, N_("Wards and communes")),
                       at_tr(at, N_("What waits for the ward or commune, its enterprises in the programme, and what is carried out on its ground.")));
}

/* GET /ward */
enum err ward_page(struct request *q, struct reply *r)
{
    struct warding t;
    struct grid tables[TABLES_N];
    size_t which;
    TRY(warding_at(q, r, &t));
    if (!t.ward && q->as != AS_PAGE) return reply_fail(r, ERR_MISSING, MSG(N_("Say which ward or commune: ward=CODE.")));
    if (!t.ward) return show(&t, NULL);
    tables[WAITING] = waiting_grid(&t);
    TRY(year_grid(&t, &tables[YEARS]));
    TRY(content_grid(&t, &tables[CONTENTS]));
    tables[INSPECTIONS] = inspection_grid(&t);
    tables[ACCEPTANCES] = acceptance_grid(&t);
    if (q->as == AS_PAGE) return show(&t, tables);
    TRY(grid_asked(q, r, tables, COUNT(tables), &which));
    return grid_reply(r, &tables[which], NULL, 0);
}
