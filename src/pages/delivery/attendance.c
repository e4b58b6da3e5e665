/*
 * attendance.c - who takes part in an activity: whoever stands at the door types a number, tax code or name, or ticks who is registered, and the page counts.
 *
 * In one activity the participations (lượt) are as many as the enterprises; over a year they are not, so both stand here, each called what it is.
 * A ward and an enterprise see those of their own.
 */
#include "base/map.h"
#include "model/import/import.h"
#include "model/reference.h"
#include "pages/delivery/delivering.h"
#include "programme/inside.h"

#include <stdlib.h>

enum { ROWS = 50, TICKED_MOST = 300, CANDIDATES = 8 };      /* of a page; boxes of the form (PARAMS_MAX); enterprises that a name may mean */

struct row { const struct record *r, *firm; Str key; };     /* key: orders by name                */
struct rows_of { struct row *p; size_t n, cap; };

struct attending {
    struct at       at;                     /* its record is the activity                         */
    struct rows_of  all;                    /* participations that the reader may see, by name    */
    struct date     day;                    /* that is being written down                         */
    struct records  candidates;             /* of what was typed, where it can mean several       */
    Message         why;
};

/* ---- what is there ---------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : (x->r->id > y->r->id) - (x->r->id < y->r->id);
}

static const struct record *with_id(const struct records *list, int64_t id)
{
    for (size_t low = 0, high = list->n; low < high;) {     /* as ids_of() ordered them           */
        size_t middle = (low + high) / 2;
        if (list->p[middle]->id == id) return list->p[middle];
        if (list->p[middle]->id < id) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Three queries, however many there are. */
static enum err load_rows(struct attending *t)
{
    struct records all, firms;
    struct arena *a = t->at.q->a;
    TRY(records_with(&t->at.w, &participation, PARTICIPATION_ACTIVITY, v_int(t->at.record->id), &all));
    int64_t *ids = NEW_ARRAY(a, int64_t, all.n + 1);
    for (size_t i = 0; i < all.n; i++) ids[i] = v_i64(all.p[i]->v[PARTICIPATION_ENTERPRISE]);
    qsort(ids, all.n, sizeof *ids, by_id);
    TRY(records_of(&t->at.w, &enterprise, ids, all.n, false, &firms));
    for (size_t i = 0; i < all.n; i++) {
        const struct record *firm = with_id(&firms, v_i64(all.p[i]->v[PARTICIPATION_ENTERPRISE]));
        if (!firm || !record_visible(&t->at.w, all.p[i])) continue;
        *GROW(a, t->all) = (struct row){ all.p[i], firm, company_name_key(a, record_title(&t->at.w, firm)) };
    }
    if (t->all.n) qsort(t->all.p, t->all.n, sizeof *t->all.p, by_name);
    return OK;
}

static const struct record *day_in(const struct record *r, Str day)
{
    const struct records *days = &r->children[PARTICIPATION_DAYS];
    for (size_t i = 0; i < days->n; i++)
        if (str_eq(v_str(days->p[i]->v[ATTENDANCE_DAY]), day)) return days->p[i];
    return NULL;
}

/* Today while it is held, else its first or last day. */
static struct date usual_day(const struct at *at)
{
    struct date first = at->w.today, last = at->w.today;
    (void)date_from_iso(v_str(at->record->v[ACTIVITY_STARTS]), &first);
    (void)date_from_iso(v_str(at->record->v[ACTIVITY_ENDS]), &last);
    if (date_days(at->w.today) < date_days(first)) return first;
    return date_days(at->w.today) > date_days(last) ? last : at->w.today;
}

static enum err attending_at(struct request *q, struct reply *r, unsigned verbs, struct attending *out)
{
    *out = (struct attending){ .at = at_desk(q, r) };
    struct at *at = &out->at;
    at->e = &activity;
    TRY(desk_record(q, r, &at->w, &activity, MAY_READ, &at->record));
    if (!may(&at->w, &participation, verbs)) return reply_fail(r, ERR_DENIED, MSG(N_("Who takes part is written down by the office.")));
    Str day = params_get(request_changes(&q->head) ? &q->form : &q->query, "day");
    if (!date_from_iso(day, &out->day)) out->day = usual_day(at);
    return load_rows(out);
}

/* ---- figures ------------------------------------------------------------------------------------------ */

/* Those who were there: enterprises that were merged may have left two records of one participation. */
static int64_t attended(struct attending *t)
{
    struct map seen = map_make(t->at.q->a, t->all.n + 1);
    int64_t n = 0;
    for (size_t i = 0; i < t->all.n; i++) {
        bool added;
        if (!t->all.p[i].r->children[PARTICIPATION_DAYS].n) continue;
        map_put(&seen, v_str(t->all.p[i].r->v[PARTICIPATION_IDENTITY]), 0, &added);
        n += added;
    }
    return n;
}

static Str of_expected(struct at *at)
{
    Val expected = at->record->v[ACTIVITY_PARTICIPATIONS];
    return v_is(expected) ? at_say(at, MSG(N_("{1} expected"), page_number(&at->w, v_i64(expected)))) : (Str){ 0 };
}

/* The year's, for whoever sees all of it or all of a ward. */
static enum err put_year(struct at *at)
{
    struct participation_counts n;
    int year = (int)v_i64(at->record->v[ACTIVITY_YEAR]);
    Str called = str_f(at->q->a, "%d", year);
    bool of_ward = !(at->w.actor.roles & (STAFF & ~(Roles)WARD));
    if (of_ward && !at->w.actor.ward.n) return OK;
    TRY(participations_count(&at->w, &(struct participation_asked){ .from_year = year, .to_year = year, .ward = of_ward ? at->w.actor.ward : (Str){ 0 } }, &n));
    put_figure(at, n.participations, N_("Participations in all activities of the year"), called, (Str){ 0 });
    put_figure(at, n.enterprises, N_("Different enterprises among them"), called, (Str){ 0 });
    return OK;
}

static enum err put_figures(struct attending *t)
{
    struct at *at = &t->at;
    figures_open(at);
    put_figure(at, attended(t), N_("Participations: enterprises that were there"), of_expected(at), (Str){ 0 });
    put_figure(at, (int64_t)t->all.n, N_("Registered or there"), (Str){ 0 }, (Str){ 0 });
    TRY(put_year(at));
    figures_close(at);
    return OK;
}

/* ---- writing down ------------------------------------------------------------------------------------------ */

static void form_open(struct attending *t)
{
    struct at *at = &t->at;
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, attendance_path(at->q->a, at->record->id, "attend")), "desk-form attend-form", false);
}

static Str typed_or(struct at *at, const char *name, Str usual)
{
    Str typed = params_get(&at->q->form, name);
    return typed.n ? typed : usual;
}

/* What was typed can mean several: which of them. */
static void put_candidates(struct attending *t)
{
    struct at *at = &t->at;
    if (!t->candidates.n) return;
    html_open(&at->h, "fieldset");
    html_leaf(&at->h, "legend", at_tr(at, N_("Which of these?")));
    for (size_t i = 0; i < t->candidates.n; i++)
        put_check(&at->h, "radio", "e", public_id(at->q->a, &enterprise, t->candidates.p[i]->id), reference_text(&at->w, t->candidates.p[i]), false);
    html_close(&at->h, "fieldset");
}

static void put_one(struct attending *t)
{
    struct at *at = &t->at;
    section_open(at, "attend", N_("Who is here"));
    form_open(t);
    put_text_input(&at->h, "search", "who", at_tr(at, N_("Number, tax code or name of the enterprise")), params_get(&at->q->form, "who"));
    put_candidates(t);
    put_text_input(&at->h, "date", "day", at_tr(at, N_("Day")), typed_or(at, "day", date_iso(at->q->a, t->day)));
    put_text_input(&at->h, "number", "people", at_tr(at, N_("People")), typed_or(at, "people", S("1")));
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("They are here")));
    html_close(&at->h, "form");
    html_close(&at->h, "section");
}

/* Who is registered, or came on another day, and is not there on this one. */
static void put_ticks(struct attending *t)
{
    struct at *at = &t->at;
    Str day = date_iso(at->q->a, t->day);
    size_t n = 0;
    for (size_t i = 0; i < t->all.n; i++) n += !day_in(t->all.p[i].r, day);
    if (!n) return;
    section_open(at, "registered", N_("Registered, and not yet there on this day"));
    html_leaf_class(&at->h, "p", "form-hint", at_say(at, MSG(N_("Tick who is here on {1}."), at_day(at, t->day))));
    form_open(t);
    desk_hidden(&at->h, "day", day);
    html_open(&at->h, "div");
    html_class(&at->h, "ticks");
    for (size_t i = 0, shown = 0; i < t->all.n && shown < TICKED_MOST; i++) {
        if (day_in(t->all.p[i].r, day)) continue;
        put_check(&at->h, "checkbox", "e", public_id(at->q->a, &enterprise, t->all.p[i].firm->id), record_title(&at->w, t->all.p[i].firm), false);
        shown++;
    }
    html_close(&at->h, "div");
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Those ticked are here")));
    html_close(&at->h, "form");
    html_close(&at->h, "section");
}

static void put_sheets(struct at *at)
{
    Str import = request_link(at->q, str_f(at->q->a, "/workspace/import?list=%s", entity_path(&participation)));
    Str form = url_of(at->q->a, at->q->lang, str_f(at->q->a, "/workspace/import/%s/template", entity_path(&participation)), AS_XLSX, NULL);
    section_open(at, "sheet", N_("From a sheet"));
    html_leaf(&at->h, "p", at_say(at, MSG(N_("A list of participants with the columns activity ({1}), enterprise, day and people can be imported as often as you like: nobody is counted twice."),
                                          public_id(at->q->a, &activity, at->record->id))));
    html_open(&at->h, "p");
    html_class(&at->h, "formats");
    html_link(&at->h, import, "button button-quiet", at_tr(at, N_("Import a sheet")));
    html_text(&at->h, S(" "));
    html_link(&at->h, form, "button button-quiet", at_tr(at, N_("Template to fill in")));
    html_close(&at->h, "p");
    html_close(&at->h, "section");
}

/* ---- the list ---------------------------------------------------------------------------------------------- */

static const struct grid_column row_columns[] = {
    { "enterprise", N_("Enterprise") }, { "tax_code", N_("Tax code") }, { "ward", N_("Ward or commune") }, { "days", N_("Days, and people on each") }, { "people", N_("People") },
    { "state", N_("State") }, { "source", N_("Registered by") }, { "expected", N_("People who will come") }, { "message", N_("Message to the office") }, { "id", N_("Number"), .files_only = true }, { "enterprise_id", N_("Number of the enterprise"), .files_only = true },
};

static Str days_text_of(struct at *at, const struct record *r)
{
    const struct records *days = &r->children[PARTICIPATION_DAYS];
    struct buf b = buf_make(at->q->a);
    for (size_t i = 0; i < days->n; i++) {
        const Val *v = days->p[i]->v;
        put_f(&b, "%s%.*s", i ? "; " : "", FMT(record_text(&at->w, days->p[i], ATTENDANCE_DAY)));
        if (v_is(v[ATTENDANCE_PEOPLE])) put_f(&b, " (%lld)", (long long)v_i64(v[ATTENDANCE_PEOPLE]));
    }
    return buf_str(&b);
}

static struct grid row_grid(struct attending *t)
{
    struct at *at = &t->at;
    struct grid g = grid_make(at->q, (struct figure){ .id = "participations", .caption = N_("Who takes part") }, row_columns, COUNT(row_columns),
                              N_("Nobody yet. Write down above who is here, or import a list of participants."));
    g.window = window_asked(at->q, t->all.n, ROWS);
    bool reads_message = field_seen(&participation.fields[PARTICIPATION_MESSAGE], reach_at_all(&at->w, &participation).reads);
    for (size_t i = g.window.from; i < g.window.to; i++) {
        const struct row *row = &t->all.p[i];
        grid_link(&g, request_link(at->q, desk_path(at->q->a, &participation, row->r->id, NULL)), record_title(&at->w, row->firm));
        grid_text(&g, v_str(row->firm->v[ENTERPRISE_TAX_CODE]));
        grid_text(&g, record_text(&at->w, row->r, PARTICIPATION_WARD));
        grid_text(&g, days_text_of(at, row->r));
        grid_whole(&g, v_i64(row->r->v[PARTICIPATION_PEOPLE]), (Str){ 0 });
        grid_text(&g, record_text(&at->w, row->r, PARTICIPATION_STATE));
        grid_text(&g, record_text(&at->w, row->r, PARTICIPATION_SOURCE));
        grid_text(&g, record_text(&at->w, row->r, PARTICIPATION_EXPECTED));
        grid_text(&g, reads_message ? record_text(&at->w, row->r, PARTICIPATION_MESSAGE) : (Str){ 0 });
        grid_text(&g, public_id(at->q->a, &participation, row->r->id));
        grid_text(&g, public_id(at->q->a, &enterprise, row->firm->id));
    }
    return g;
}

struct day_count { Str day; int64_t enterprises, people; };
struct day_counts { struct day_count *p; size_t n, cap; };

static int by_day(const void *a, const void *b) { return str_cmp(((const struct day_count *)a)->day, ((const struct day_count *)b)->day); }

static struct day_count *count_of_day(struct arena *a, struct day_counts *list, Str day)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->p[i].day, day)) return &list->p[i];
    *GROW(a, *list) = (struct day_count){ .day = day };
    return &list->p[list->n - 1];
}

static const struct grid_column day_columns[] = { { "day", N_("Day"), "label" }, { "enterprises", N_("Enterprises that were there"), "value" }, { "people", N_("People") } };

static struct grid day_grid(struct attending *t)
{
    struct at *at = &t->at;
    struct day_counts list = { 0 };
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "days", .caption = N_("Day by day") }, day_columns, COUNT(day_columns), NULL);
    for (size_t i = 0; i < t->all.n; i++) {
        const struct records *days = &t->all.p[i].r->children[PARTICIPATION_DAYS];
        for (size_t k = 0; k < days->n; k++) {
            struct day_count *c = count_of_day(at->q->a, &list, v_str(days->p[k]->v[ATTENDANCE_DAY]));
            c->enterprises++;
            c->people += v_is(days->p[k]->v[ATTENDANCE_PEOPLE]) ? v_i64(days->p[k]->v[ATTENDANCE_PEOPLE]) : 1;
        }
    }
    if (list.n) qsort(list.p, list.n, sizeof *list.p, by_day);
    for (size_t i = 0; i < list.n; i++) {
        struct date d = { 0 };
        (void)date_from_iso(list.p[i].day, &d);
        grid_text(&g, at_day(at, d));
        grid_whole(&g, list.p[i].enterprises, (Str){ 0 });
        grid_whole(&g, list.p[i].people, (Str){ 0 });
    }
    return g;
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

static enum err show(struct attending *t)
{
    struct at *at = &t->at;
    struct grid days = day_grid(t), rows = row_grid(t);
    put_refusal(at, t->why);
    TRY(put_figures(t));
    if (may(&at->w, &participation, MAY_CHANGE)) {
        put_one(t);
        put_ticks(t);
    }
    if (grid_rows(&days)) grid_section(&at->h, &at->w, &days);
    grid_section(&at->h, &at->w, &rows);
    if (may(&at->w, &participation, MAY_BULK)) put_sheets(at);
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = at_say(at, MSG(N_("Who takes part: {1}"), record_title(&at->w, at->record))), .place = DESK_PLAN, .content = html_done(&at->h),
        .lead = at_say(at, MSG(N_("{1} to {2}"), record_text(&at->w, at->record, ACTIVITY_STARTS), record_text(&at->w, at->record, ACTIVITY_ENDS))),
        .crumbs = { { request_link(at->q, desk_path(at->q->a, &activity, at->record->id, NULL)), record_title(&at->w, at->record) } } });
}

/* GET /delivery/activities/{id} */
enum err attendance_page(struct request *q, struct reply *r)
{
    struct attending t;
    size_t which;
    TRY(attending_at(q, r, MAY_READ, &t));
    if (q->as == AS_PAGE) return show(&t);
    struct grid tables[] = { row_grid(&t), day_grid(&t) };
    TRY(grid_asked(q, r, tables, COUNT(tables), &which));
    return grid_reply(r, &tables[which], NULL, 0);
}

/* ---- POST ------------------------------------------------------------------------------------------------------ */

struct written { struct attending *t; int64_t ids[TICKED_MOST]; size_t n; int64_t people, fresh; };

static enum err attend_all(struct work *w, void *arg)
{
    struct written *x = arg;
    x->fresh = 0;
    for (size_t i = 0; i < x->n; i++) {
        bool first;
        TRY(participation_attend(w, x->t->at.record->id, x->ids[i], x->t->day, (int)x->people, &first, &x->t->why));
        x->fresh += first;
    }
    return OK;
}

/* Whom the boxes name, else whom the text names; *why where it is not one. */
static enum err whom(struct attending *t, struct written *x)
{
    struct at *at = &t->at;
    Str typed = str_trim(params_get(&at->q->form, "who")), one;
    for (size_t i = 0; x->n < TICKED_MOST && params_next(&at->q->form, "e", &i, &one);)
        if (public_id_read(&enterprise, one, &x->ids[x->n])) x->n++;
    if (x->n) return OK;
    TRY(records_named(&at->w, &enterprise, typed, CANDIDATES, &t->candidates));
    if (t->candidates.n == 1) return x->ids[x->n++] = t->candidates.p[0]->id, OK;
    if (!typed.n) t->why = MSG(N_("Type the number, tax code or name of an enterprise, or tick who is here."));
    else if (t->candidates.n) t->why = MSG(N_("“{1}” can mean several enterprises: choose one."), typed);
    else t->why = MSG(N_("No enterprise of the register has the number, tax code or name “{1}”. Enter it in the register first."), typed);
    return ERR_INVALID;
}

static enum err read_people(struct attending *t, struct written *x)
{
    Str typed = str_trim(params_get(&t->at.q->form, "people"));
    x->people = 1;
    if (!typed.n || (str_to_i64(typed, &x->people) && x->people >= 1 && x->people <= INT16_MAX)) return OK;
    t->why = MSG(N_("“{1}” is no number of people."), typed);
    return ERR_INVALID;
}

/* A day that was typed and is none must not become the usual one. */
static enum err read_day(struct attending *t)
{
    Str typed = str_trim(params_get(&t->at.q->form, "day"));
    Val v;
    t->why = typed.n ? date_type.read(&t->at.w, NULL, SPELT_PLAIN, typed, &v) : MSG(N_("Say on which day."));
    if (t->why.id) return ERR_INVALID;
    return date_from_iso(v_str(v), &t->day) ? OK : ERR_INVALID;
}

/* POST /delivery/activities/{id}/attend */
enum err attendance_act(struct request *q, struct reply *r)
{
    struct attending t;
    struct written x = { .t = &t };
    TRY(attending_at(q, r, MAY_CHANGE, &t));
    if (!str_is(request_capture(q, "act"), "attend")) return reply_fail(r, ERR_MISSING, MSG(N_("There is no step “{1}” here."), request_capture(q, "act")));
    enum err e = read_day(&t);
    if (!e) e = read_people(&t, &x);
    if (!e) e = whom(&t, &x);
    if (!e) e = work_write(&t.at.w, attend_all, &x);
    if (refused(&t.at, e, t.why)) return show(&t);
    TRY(e);
    Str back = str_f(q->a, "%.*s?day=%.*s", FMT(attendance_path(q->a, t.at.record->id, NULL)), FMT(date_iso(q->a, t.day)));
    return desk_done(q, r, back, "attended", x.fresh, 0, 0);
}
