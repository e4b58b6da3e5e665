#include "pages/plan/estimate.h"

#include "model/desk/file.h"

const struct office_column estimate_columns[ESTIMATE_COLUMNS] = {
    [ROW_NUMBER] = { N_("No."), "A", OFFICE_TEXT, 7 },
    [ROW_OF_WHAT] = { N_("Content and item of cost"), "B", OFFICE_TEXT, 48 },
    [ROW_UNIT] = { N_("Unit of count"), "C", OFFICE_TEXT, 10 },
    [ROW_QUANTITY] = { N_("Quantity"), "1", OFFICE_QUANTITY, 10 },
    [ROW_PRICE] = { N_("Price a unit"), "2", OFFICE_AMOUNT, 16 },
    [ROW_TOTAL] = { N_("Amount"), "3 = 1 × 2", OFFICE_AMOUNT, 18 },
    [ROW_SOURCE] = { N_("City budget, recurrent"), "4", OFFICE_AMOUNT, 18 },
    [ROW_SOURCE + 1] = { N_("City budget, investment"), "5", OFFICE_AMOUNT, 18 },
    [ROW_SOURCE + 2] = { N_("Enterprises that take part"), "6", OFFICE_AMOUNT, 18 },
    [ROW_SOURCE + 3] = { N_("Sponsors"), "7", OFFICE_AMOUNT, 18 },
    [ROW_SOURCE + 4] = { N_("Other sources"), "8", OFFICE_AMOUNT, 18 },
    [ROW_KEY] = { N_("Number of the line"), "D", OFFICE_KEY, 18 },
};
static const char *const source_codes[SOURCES] = { "city_recurrent", "city_investment", "participants", "sponsorship", "other" };

int column_of_source(const struct work *w, Str source)
{
    const struct code *k = code_find(w->codes, S("fund_source"), source);
    for (int i = 0; k && i < SOURCES; i++)
        if (str_is(k->code, source_codes[i])) return i;
    return SOURCES - 1;
}

Str source_of_column(const struct work *w, int column)
{
    const struct code *k = code_find(w->codes, S("fund_source"), str_of(source_codes[column]));
    return k ? k->key : (Str){ 0 };
}

/* ---- the lines ---------------------------------------------------------------------------------------- */

static struct costed costed_of(const struct work *w, const struct record *cost)
{
    const Val *v = cost->v;
    struct costed c = { v_f64(v[COST_QUANTITY]), v_i64(v[COST_PRICE]), v_i64(v[COST_TOTAL]), { 0 } };
    c.paid[column_of_source(w, v_str(v[COST_SOURCE]))] += v_i64(v[COST_SUPPORT]);
    if (v_i64(v[COST_REST])) c.paid[column_of_source(w, v_str(v[COST_REST_SOURCE]))] += v_i64(v[COST_REST]);
    return c;
}

static void add_lines(struct estimate_plan *e, const struct record *activity_of, const struct record *task_of)
{
    const struct records *costs = &task_of->children[TASK_COSTS];
    if (task_of->seq > e->seen) e->seen = task_of->seq;
    for (size_t i = 0; i < costs->n; i++) {
        struct costed is = costed_of(&e->p.at.w, costs->p[i]);
        *GROW(e->p.at.q->a, e->lines) = (struct estimate_line){ activity_of, task_of, costs->p[i], is, is, false };
    }
}

enum err estimate_open(struct request *q, struct reply *r, struct estimate_plan *e)
{
    *e = (struct estimate_plan){ 0 };
    TRY(planning_at(q, r, &e->p));
    const struct plan_view *v = &e->p.view;
    for (size_t i = 0; i < v->activities.n; i++)
        for (size_t k = 0; k < v->tasks.n; k++)
            if (v_i64(v->tasks.p[k]->v[TASK_ACTIVITY]) == v->activities.p[i]->id) add_lines(e, v->activities.p[i], v->tasks.p[k]);
    return OK;
}

/* ---- keys and sums ---------------------------------------------------------------------------------------- */

Str line_key(struct arena *a, const struct estimate_line *l)
{
    return str_f(a, "%.*s/%lld", FMT(public_id(a, &task, l->task_of->id)), (long long)l->cost->id);
}

static Str sum_key(struct arena *a, Str of) { return str_f(a, "Σ %.*s", FMT(of)); }

bool is_sum_key(Str key, Str *of)
{
    if (!str_starts(key, S("Σ"))) return false;
    *of = str_trim(str_sub(key, S("Σ").n, key.n));
    return true;
}

static bool is_under(const struct estimate_line *l, Str of)
{
    int64_t id;
    if (!of.n || str_eq(of, v_str(l->activity_of->v[ACTIVITY_CONTENT]))) return true;
    return (public_id_read(&activity, of, &id) && id == l->activity_of->id) || (public_id_read(&task, of, &id) && id == l->task_of->id);
}

struct costed estimate_sum(const struct estimate_plan *e, Str of, bool then)
{
    struct costed sum = { 0 };
    for (size_t i = 0; i < e->lines.n; i++) {
        const struct costed *c = then ? &e->lines.p[i].then : &e->lines.p[i].is;
        if (!is_under(&e->lines.p[i], of)) continue;
        sum.total += c->total;
        for (int k = 0; k < SOURCES; k++) sum.paid[k] += c->paid[k];
    }
    return sum;
}

/* ---- the sheet ------------------------------------------------------------------------------------------------ */

static struct office_cell amount(int64_t dong) { return (struct office_cell){ .number = (double)dong, .has = true }; }
static struct office_cell text(Str s) { return (struct office_cell){ .text = s }; }

static struct office_cell *put_row(struct estimate_plan *e, struct office_sheet *s, Str number, Str of_what, Str key, const struct costed *c, bool is_sum)
{
    struct office_cell *cells = NEW_ARRAY(e->p.at.q->a, struct office_cell, ESTIMATE_COLUMNS);
    cells[ROW_NUMBER] = text(number);
    cells[ROW_OF_WHAT] = text(of_what);
    cells[ROW_KEY] = text(key);
    cells[ROW_TOTAL] = amount(c->total);
    for (int i = 0; i < SOURCES; i++)
        if (c->paid[i] || is_sum) cells[ROW_SOURCE + i] = amount(c->paid[i]);
    *GROW(e->p.at.q->a, s->rows) = (struct office_row){ cells, is_sum };
    return cells;
}

static void put_sums(struct estimate_plan *e, struct office_sheet *s, Str number, Str of_what, Str of)
{
    struct costed sum = estimate_sum(e, of, false);
    put_row(e, s, number, of_what, sum_key(e->p.at.q->a, of), &sum, true);
}

static void put_line(struct estimate_plan *e, struct office_sheet *s, Str number, const struct estimate_line *l)
{
    struct at *at = &e->p.at;
    struct office_cell *cells = put_row(e, s, number, v_str(l->cost->v[COST_ITEM]), line_key(at->q->a, l), &l->is, false);
    cells[ROW_UNIT] = text(record_text(&at->w, l->cost, COST_UNIT));
    cells[ROW_QUANTITY] = (struct office_cell){ .number = l->is.quantity, .has = true };
    cells[ROW_PRICE] = amount(l->is.price);
}

/* I contents, 1 activities, 1.1 tasks, 1.1.1 lines. */
static void put_rows_of(struct estimate_plan *e, struct office_sheet *s)
{
    struct at *at = &e->p.at;
    struct arena *a = at->q->a;
    const struct record *in = NULL, *of = NULL;
    Str content = { 0 };
    int contents = 0, activities = 0, tasks = 0, lines = 0;
    for (size_t i = 0; i < e->lines.n; i++) {
        const struct estimate_line *l = &e->lines.p[i];
        Str its_content = v_str(l->activity_of->v[ACTIVITY_CONTENT]);
        if (!str_eq(content, its_content))
            activities = 0, put_sums(e, s, office_roman(a, ++contents), record_text(&at->w, l->activity_of, ACTIVITY_CONTENT), content = its_content);
        if (in != l->activity_of) {
            tasks = 0, in = l->activity_of;
            put_sums(e, s, str_f(a, "%d", ++activities), record_title(&at->w, in), public_id(a, &activity, in->id));
        }
        if (of != l->task_of) {
            lines = 0, of = l->task_of;
            put_sums(e, s, str_f(a, "%d.%d", activities, ++tasks), record_title(&at->w, of), public_id(a, &task, of->id));
        }
        put_line(e, s, str_f(a, "%d.%d.%d", activities, tasks, ++lines), l);
    }
}

struct office_sheet estimate_sheet(struct estimate_plan *e)
{
    struct at *at = &e->p.at;
    struct costed all = estimate_sum(e, (Str){ 0 }, false);
    struct office_sheet s = {
        .office = at_tr(at, N_("DEPARTMENT OF INDUSTRY AND TRADE")),
        .title = at_say(at, MSG(N_("BUDGET ESTIMATE OF THE SUPPORTING-INDUSTRY PROGRAMME, {1}"), str_f(at->q->a, "%d", plan_year(&e->p)))),
        .basis = at_tr(at, N_("(Programme of Decision 6126/QĐ-UBND of 10 December 2025)")), .unit = at_tr(at, N_("Unit: đồng")), .signs = at_tr(at, N_("Drawn up by")),
        .columns = estimate_columns, .n = ESTIMATE_COLUMNS };
    put_row(e, &s, (Str){ 0 }, at_tr(at, N_("Altogether")), sum_key(at->q->a, str_f(at->q->a, "%lld", (long long)e->seen)), &all, true);
    put_rows_of(e, &s);
    return s;
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

bool may_send_estimate(const struct estimate_plan *e) { return plan_changeable(e->p.at.record) && may(&e->p.at.w, &task, MAY_CHANGE); }

static void put_sending(struct estimate_plan *e)
{
    struct at *at = &e->p.at;
    if (!may_send_estimate(e) || !e->lines.n) return;
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, at->q->path), "card desk-form", true);
    html_leaf(&at->h, "h2", at_tr(at, N_("Send the sheet back")));
    desk_file(&at->h, at_tr(at, N_("Sheet of the estimate")), ".xlsx,.csv",
              at_tr(at, N_("Change quantities, prices and who pays; rows may be sorted or left out. Nothing is saved before you have seen what changes.")));
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Look at it")));
    html_close(&at->h, "form");
}

enum err plan_estimate(struct request *q, struct reply *r)
{
    struct estimate_plan e;
    Str hash = params_get(&q->query, "sheet");
    struct html files = html_make(q->a);
    TRY(estimate_open(q, r, &e));
    if (hash.n && q->as == AS_PAGE && may_send_estimate(&e)) return estimate_review(&e, hash, false);
    struct office_sheet s = estimate_sheet(&e);
    if (q->as == AS_XLSX) return office_sheet_reply(q, r, &s, str_f(q->a, "estimate-%d.xlsx", plan_year(&e.p)));
    if (e.lines.n) {
        office_sheet_html(&e.p.at.h, q, &s);
        html_link(&files, request_url_as(q, AS_XLSX), "button button-quiet", S("XLSX"));
    } else put_empty(&e.p.at, N_("The plan has no line of cost yet. Add tasks to its activities, and to each task what it costs."));
    put_sending(&e);
    return planning_reply(&e.p, "estimate", N_("Estimate"), html_done(&files));
}

/* ---- what is sent back --------------------------------------------------------------------------------------------- */

struct sending { struct request *q; struct reply *r; struct upload file; Message why; };

static enum err store_sent(struct work *w, void *arg)
{
    struct sending *s = arg;
    return store_part(w, s->q, s->r, &s->q->files[0], &s->file, &s->why);
}

/* POST: a file, which is stored and then looked at; or, with sheet= in the address, what was answered there. */
enum err plan_estimate_send(struct request *q, struct reply *r)
{
    struct estimate_plan e;
    struct sending s = { .q = q, .r = r };
    TRY(estimate_open(q, r, &e));
    if (!may_send_estimate(&e)) return reply_fail(r, ERR_DENIED, MSG(N_("The estimate of this plan cannot be changed now, or not by you.")));
    if (params_get(&q->query, "sheet").n) return estimate_review(&e, params_get(&q->query, "sheet"), true);
    if (!q->files_n) return reply_fail(r, ERR_INVALID, MSG(N_("No file was chosen. Go back, choose a spreadsheet and send it again.")));
    enum err err = work_write(&e.p.at.w, store_sent, &s);
    if (err && s.why.id) return reply_fail(r, err, s.why);
    TRY(err);
    return reply_redirect(r, 303, str_f(q->a, "%.*s?sheet=%.*s", FMT(request_link(q, q->path)), FMT(s.file.hash)));
}
