/*
 * indicator_list.c - GET /targets/{code}/list?year=&of=part|whole&agency=&content=&source=: the records behind a number, in the order of their numbers.  Everybody sees of them what
 * they may see anyway, and is told how many are not shown.
 */
#include "pages/target/target_at.h"

#include <string.h>

enum { ROWS = 50 };

enum { ID, RECORD, DAY, PART, COUNTS, IN_PART, COLUMNS_N };
static const struct grid_column columns[COLUMNS_N] = {
    [ID] = { "id", N_("Number"), .files_only = true }, [RECORD] = { "record", N_("What is counted") }, [DAY] = { "day", N_("On") }, [PART] = { "part", N_("Of which") },
    [COUNTS] = { "counts", N_("Counts for") },         [IN_PART] = { "in_part", N_("In the share") },
};

/* rows: those asked for; columns: those that say nothing of this indicator are in files alone. */
struct shown { struct target_at *t; struct measured m; bool whole; struct grid_column columns[COLUMNS_N]; };

static void choose_columns(struct shown *s)
{
    Str unit = v_str(record_val(&s->t->at.w, s->t->at.record, INDICATOR_UNIT));
    memcpy(s->columns, columns, sizeof columns);
    s->columns[PART].files_only = !measured_split_list(s->t->at.record);
    s->columns[COUNTS].files_only = !str_is(unit, "person") && !str_is(unit, "dong");
    s->columns[IN_PART].files_only = !str_is(unit, "percent");
    s->columns[DAY].files_only = s->m.rows.n && !s->m.rows.p[0].day;
}

static Str record_url(struct target_at *t, const struct entity *e, int64_t id)
{
    Str path = e == &enterprise || e == &activity ? str_f(t->at.q->a, "/%s/%.*s", e->path, FMT(public_id(t->at.q->a, e, id))) : desk_path(t->at.q->a, e, id, NULL);
    return request_link(t->at.q, path);
}

static void put_row(struct grid *g, struct shown *s, const struct measured_row *row, const struct record *r)
{
    struct target_at *t = s->t;
    struct work *w = &t->at.w;
    const struct record *of = t->at.record;
    grid_text(g, public_id(w->a, r->e, r->id));
    grid_link(g, record_url(t, r->e, r->id), record_title(w, r));
    grid_text(g, row->day ? day_text(w, date_from_days(row->day)) : (Str){ 0 });
    grid_text(g, measured_split_list(of) ? split_text(w, of, row->split) : (Str){ 0 });
    grid_worded(g, (double)row->counts, counted_text(w, of, row->counts));
    grid_text(g, tr(w->lang, row->part ? N_("yes") : N_("no")));
}

/* ---- which of them the reader sees ---------------------------------------------------------------- */

static void keep_asked(struct shown *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->m.rows.n; i++)
        if (s->whole || s->m.rows.p[i].part) s->m.rows.p[kept++] = s->m.rows.p[i];
    s->m.rows.n = kept;
}

/* All of them, without looking at each. */
static bool sees_all(struct work *w, const struct entity *e)
{
    struct buf b = buf_make(w->a);
    Val args[ROWS_ARGS];
    int n = 0;
    if (!may(w, e, MAY_READ) || rows_in_c(w, e)) return false;
    put_rows(&b, w, e, args, &n);
    return !buf_str(&b).n;
}

static enum err load(struct shown *s, size_t from, size_t to, struct records *out)
{
    struct work *w = &s->t->at.w;
    int64_t *ids = NEW_ARRAY(w->a, int64_t, to - from + 1);
    for (size_t i = from; i < to; i++) ids[i - from] = s->m.rows.p[i].id;
    return records_of(w, measured_entity(s->t->at.record), ids, to - from, false, out);
}

/* Leaves the rows whose records the reader may see. */
static enum err keep_visible(struct shown *s)
{
    struct work *w = &s->t->at.w;
    const struct entity *e = measured_entity(s->t->at.record);
    struct records all = { 0 };
    size_t kept = 0, at = 0;
    if (sees_all(w, e)) return OK;
    if (may(w, e, MAY_READ)) TRY(load(s, 0, s->m.rows.n, &all));
    for (size_t i = 0; i < s->m.rows.n && at < all.n; i++) {
        if (all.p[at]->id != s->m.rows.p[i].id) continue;
        if (record_visible(w, all.p[at++])) s->m.rows.p[kept++] = s->m.rows.p[i];
    }
    s->m.rows.n = kept;
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------------- */

static enum err put_rows_of(struct shown *s, struct grid *g)
{
    struct request *q = s->t->at.q;
    struct records list;
    size_t at = 0;
    g->window = window_asked(q, s->m.rows.n, ROWS);
    TRY(load(s, g->window.from, g->window.to, &list));
    for (size_t i = g->window.from; i < g->window.to && at < list.n; i++)
        if (list.p[at]->id == s->m.rows.p[i].id) put_row(g, s, &s->m.rows.p[i], list.p[at++]);
    return OK;
}

static void put_hidden(struct shown *s, size_t counted)
{
    struct at *at = &s->t->at;
    size_t hidden = counted - s->m.rows.n;
    if (hidden)
        html_leaf_class(&at->h, "p", "notice", at_say(at, MSG(N_("Records not shown, as they are not public or not yours to see: {1} of {2}. They are counted all the same."),
                                                        page_number(&at->w, (int64_t)hidden), page_number(&at->w, (int64_t)counted))));
}

static void put_parts(struct target_at *t, const struct measured *m, bool whole)
{
    const struct { const char *of, *label; int64_t n; } parts[] = { { "part", N_("{1} at international standard"), m->part }, { "whole", N_("all {1}"), m->whole } };
    struct html *h = &t->at.h;
    html_open(h, "p");
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct params state = params_with(t->at.q->a, &t->at.q->query, "of", str_of(parts[i].of));
        Str label = at_say(&t->at, MSG(parts[i].label, page_number(&t->at.w, parts[i].n)));
        if (i) html_text(h, S(" · "));
        if (whole == (i == 1)) html_leaf(h, "strong", label);
        else html_link(h, request_url(t->at.q, &state), NULL, label);
    }
    html_close(h, "p");
}

/* What stood in another year is listed by its published edition alone. */
static enum err another_year(struct target_at *t, const struct standing *s)
{
    if (s->published) {
        Str path = indicator_path(t->at.q->a, t->at.record, "editions");
        return reply_redirect(t->at.r, 302, request_link(t->at.q, str_f(t->at.q->a, "%.*s/%.*s", FMT(path), FMT(public_id(t->at.q->a, &published_figure, s->published->id)))));
    }
    return reply_fail(t->at.r, ERR_MISSING, MSG(N_("What stood in {1} was not published, and can no longer be listed."), str_f(t->at.q->a, "%d", t->year)));
}

static enum err agency_asked(struct target_at *t, Str *out)
{
    Str said = params_get(&t->at.q->query, "agency");
    const struct code *k = said.n ? code_find(t->at.w.codes, S("agency"), said) : NULL;
    *out = k ? k->key : (Str){ 0 };
    if (!said.n || (k && measured_by_agency(t->at.record))) return OK;
    return reply_fail(t->at.r, ERR_INVALID, MSG(N_("What is counted cannot be narrowed to “{1}”."), said));
}

/* What the indicator itself is not narrowed to, the address may be. */
static enum err narrow(struct target_at *t, const char *name, int field, const char *list)
{
    Str said = params_get(&t->at.q->query, name);
    const struct code *k = said.n ? code_find(t->at.w.codes, str_of(list), said) : NULL;
    if (!said.n) return OK;
    if (!k || v_is(t->at.record->v[field]) || !measured_by(t->at.record, field))
        return reply_fail(t->at.r, ERR_INVALID, MSG(N_("What is counted cannot be narrowed to “{1}”."), said));
    t->at.record = record_copy(t->at.q->a, t->at.record);
    t->at.record->v[field] = v_text(k->key);
    html_leaf_class(&t->at.h, "p", "lead", at_say(&t->at, MSG(N_("{1}: {2}"), at_tr(&t->at, t->at.record->e->fields[field].label), k->name[t->at.w.lang])));
    return OK;
}

enum err indicator_list(struct request *q, struct reply *r)
{
    struct target_at t;
    struct standing standing;
    size_t which;
    Str agency;
    TRY(indicator_begin(q, r, &t));
    TRY(agency_asked(&t, &agency));
    TRY(narrow(&t, "content", INDICATOR_CONTENT, "programme_content"));
    TRY(narrow(&t, "source", INDICATOR_SOURCE_OF_FUNDS, "fund_source"));
    TRY(standing_of_agency(&t.at.w, t.at.record, t.year, agency, &standing));
    if (standing.published || !standing.known) return another_year(&t, &standing);
    struct shown s = { .t = &t, .m = standing.measured, .whole = str_is(params_get(&q->query, "of"), "whole") };
    keep_asked(&s);
    choose_columns(&s);
    struct grid g = grid_make(q, (struct figure){ .id = "counted", .caption = N_("What is counted") }, s.columns, COLUMNS_N, N_("There is nothing in this list that you may see."));
    size_t counted = s.m.rows.n;
    TRY(keep_visible(&s));
    TRY(put_rows_of(&s, &g));
    TRY(grid_asked(q, r, &g, 1, &which));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_years(&t);
    if (standing.measured.part != standing.measured.whole) put_parts(&t, &standing.measured, s.whole);
    put_hidden(&s, counted);
    grid_section(&t.at.h, &t.at.w, &g);
    html_open(&t.at.h, "p");
    html_link(&t.at.h, indicator_url(q, t.at.record, NULL, t.year), NULL, at_tr(&t.at, N_("The indicator: its formula, target and history")));
    html_close(&t.at.h, "p");
    Str value = value_text(&t.at.w, t.at.record, standing.value), period = period_text(&t.at.w, t.at.record, standing.period);
    return target_reply(&t, record_title(&t.at.w, t.at.record), at_say(&t.at, MSG(N_("{1}, {2}: the records that the number counts."), value, period)));
}
