/*
 * estimate_read.c - a sheet of the estimate that was sent back: what it would change, line by line, before and after; what is not certain is asked; then all of it
 * is saved at once, or nothing.
 *
 * Only quantity, price and who pays are taken over.  A line costs quantity × price; an amount beside it may be as it was downloaded or that product, anything else
 * is asked.  Who pays must add up to the line's cost.
 */
#include "pages/plan/estimate.h"

#include "base/file.h"
#include "base/number.h"
#include "model/desk/file.h"
#include "programme/money/money.h"

#include <math.h>

struct review {
    struct estimate_plan *e;
    struct upload         file;
    struct office_read    read;
    int64_t               downloaded;       /* the version of the plan's tasks when the sheet was; 0: it does not say */
    Message               refusal;
};

static struct at *at_of(struct review *v) { return &v->e->p.at; }
static struct work *work_of(struct review *v) { return &v->e->p.at.w; }
static const struct params *answers(struct review *v) { return &v->e->p.at.q->form; }
static Str money(struct review *v, int64_t amount) { return dong(work_of(v)->a, work_of(v)->lang, amount); }

static void ask_value(struct review *v, const struct office_read_row *row, int column, Message what)
{
    office_ask_value(work_of(v), &v->read, row->number, column, what);
}

static void ask_yes(struct review *v, const struct office_read_row *row, int column, Message what)
{
    office_ask_yes(work_of(v), &v->read, answers(v), row->number, column, what);
}

/* ---- what a row says -------------------------------------------------------------------------------------- */

static struct estimate_line *line_named(struct review *v, Str key)
{
    for (size_t i = 0; i < v->e->lines.n; i++)
        if (str_eq(key, line_key(work_of(v)->a, &v->e->lines.p[i]))) return &v->e->lines.p[i];
    return NULL;
}

static bool says_something(const struct office_read_row *row)
{
    for (int i = ROW_QUANTITY; i < ROW_KEY; i++)
        if (row->cells[i].has && row->cells[i].number != 0) return true;
    return false;
}

/* The cell's amount where it can be one; what was there before, and a question, where it cannot. */
static int64_t read_amount(struct review *v, const struct office_read_row *row, int column, int64_t was)
{
    const struct office_cell *c = &row->cells[column];
    if (!v->read.there[column]) return was;
    if (!c->has) return 0;
    if (c->number >= 0 && c->number <= (double)MONEY_MOST) return (int64_t)c->number;
    ask_value(v, row, column, c->number < 0 ? MSG(N_("{1} is less than nothing. How much is it?"), money(v, (int64_t)c->number))
                                            : MSG(N_("{1} is more than any plan could hold. How much is it?"), money(v, (int64_t)c->number)));
    return was;
}

static double read_quantity(struct review *v, const struct office_read_row *row, double was)
{
    const struct office_cell *c = &row->cells[ROW_QUANTITY];
    if (!v->read.there[ROW_QUANTITY]) return was;
    if (c->has && c->number >= 0 && c->number <= 1e9 && round(c->number * 1000) / 1000 == c->number) return c->number;
    if (c->has) ask_value(v, row, ROW_QUANTITY, MSG(N_("A quantity is not less than nothing and has at most three decimals. How many are there?")));
    else if (!c->text.n) ask_value(v, row, ROW_QUANTITY, MSG(N_("nothing stands there. How many are there?")));
    return was;
}

static int64_t total_of_row(struct review *v, const struct estimate_line *l, const struct office_read_row *row)
{
    struct record *as_told = record_copy(work_of(v)->a, l->cost);
    int64_t total;
    as_told->v[COST_QUANTITY] = v_real(l->then.quantity);
    as_told->v[COST_PRICE] = v_int(l->then.price);
    if (!cost_total(as_told, &total)) ask_value(v, row, ROW_PRICE, MSG(N_("Quantity times price is more than any plan could hold. How much is the price?")));
    return total;
}

static void check_total(struct review *v, const struct estimate_line *l, const struct office_read_row *row)
{
    const struct office_cell *c = &row->cells[ROW_TOTAL];
    if (!c->has || c->number == (double)l->then.total || c->number == (double)l->is.total) return;
    ask_yes(v, row, ROW_TOTAL, MSG(N_("quantity times price is {1}, but the sheet says {2}. Tick if quantity and price are right."), money(v, l->then.total),
                                   money(v, (int64_t)c->number)));
}

/* The column whose amount is asked for where who pays does not add up: of whoever pays the rest. */
static int rest_column(struct review *v, const struct estimate_line *l)
{
    const Val *cost = l->cost->v;
    return ROW_SOURCE + column_of_source(work_of(v), v_str(v_is(cost[COST_REST_SOURCE]) ? cost[COST_REST_SOURCE] : cost[COST_SOURCE]));
}

static void check_paid(struct review *v, const struct estimate_line *l, const struct office_read_row *row)
{
    int64_t sum = 0;
    int payers = 0, last = 0;
    for (int i = 0; i < SOURCES; i++) {
        sum += l->then.paid[i];
        if (l->then.paid[i]) payers++, last = i;
    }
    if (payers > 2) ask_value(v, row, ROW_SOURCE + last, MSG(N_("A line is paid from two sources at most; what a third one pays is a line of its own. How much is it from here?")));
    else if (sum != l->then.total)
        ask_value(v, row, rest_column(v, l), MSG(N_("the line costs {1}, but who pays adds up to {2}. How much is it from here?"), money(v, l->then.total), money(v, sum)));
}

static bool differs(const struct estimate_line *l)
{
    bool same = l->is.quantity == l->then.quantity && l->is.price == l->then.price;
    for (int i = 0; i < SOURCES; i++) same &= l->is.paid[i] == l->then.paid[i];
    return !same;
}

/* The row is of that line, whose task is as it was when the sheet was downloaded. */
static void check_line(struct review *v, const struct estimate_line *l, const struct office_read_row *row)
{
    Str called = row->cells[ROW_OF_WHAT].text, item = v_str(l->cost->v[COST_ITEM]);
    if (v->read.there[ROW_OF_WHAT] && !str_eq(called, item))
        ask_yes(v, row, ROW_OF_WHAT, MSG(N_("the sheet calls it “{1}”, the plan “{2}”. Only numbers are taken over: tick if they are of this line."), called, item));
    if (v->downloaded && l->task_of->seq > v->downloaded && differs(l))
        ask_yes(v, row, -1, MSG(N_("“{1}” was changed after this sheet was downloaded. Tick if what the sheet says is right all the same."), record_title(work_of(v), l->task_of)));
}

static void read_line(struct review *v, struct estimate_line *l, const struct office_read_row *row)
{
    size_t doubts = v->read.doubts.n;
    l->then.quantity = read_quantity(v, row, l->is.quantity);
    l->then.price = v->read.there[ROW_PRICE] && !row->cells[ROW_PRICE].has && !row->cells[ROW_PRICE].text.n
        ? (ask_value(v, row, ROW_PRICE, MSG(N_("nothing stands there. How much is it?"))), l->is.price) : read_amount(v, row, ROW_PRICE, l->is.price);
    for (int i = 0; i < SOURCES; i++) l->then.paid[i] = read_amount(v, row, ROW_SOURCE + i, l->is.paid[i]);
    l->then.total = total_of_row(v, l, row);
    check_total(v, l, row);
    if (v->read.doubts.n == doubts) check_paid(v, l, row);          /* once its amounts are certain   */
    check_line(v, l, row);
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

/* Cells the reader itself could not read are asked for already. */
static bool is_asked(const struct review *v, int row)
{
    for (size_t i = 0; i < v->read.doubts.n; i++)
        if (v->read.doubts.p[i].row == row) return true;
    return false;
}

static void read_line_row(struct review *v, const struct office_read_row *row)
{
    struct estimate_line *l = line_named(v, row->key);
    Str called = row->key.n ? row->key : row->cells[ROW_OF_WHAT].text, year = str_f(work_of(v)->a, "%d", plan_year(&v->e->p));
    if (!l && !says_something(row)) return;
    if (!l) ask_yes(v, row, -1, MSG(N_("“{1}” is no line of the plan of {2}. Add new lines to their tasks; tick to leave this row out."), called, year));
    else if (l->in_sheet) ask_yes(v, row, -1, MSG(N_("“{1}” stands in the sheet twice. Tick to leave this row out."), called));
    else if (l->in_sheet = true, !is_asked(v, row->number)) read_line(v, l, row);
}

/* As it was downloaded, or the sum of what the sheet says now. */
static void check_sum_row(struct review *v, const struct office_read_row *row, Str of)
{
    int64_t version;
    if (str_to_i64(of, &version)) of = (Str){ 0 };
    struct costed was = estimate_sum(v->e, of, false), now = estimate_sum(v->e, of, true);
    const struct office_cell *c = &row->cells[ROW_TOTAL];
    if (!c->has || c->number == (double)was.total || c->number == (double)now.total) return;
    ask_yes(v, row, ROW_TOTAL, MSG(N_("the sum is written as {1}, but its lines add up to {2}. Tick if the lines are right."), money(v, (int64_t)c->number), money(v, now.total)));
}

static void read_rows(struct review *v)
{
    Str of;
    for (size_t i = 0; i < v->read.rows.n; i++)
        if (is_sum_key(v->read.rows.p[i].key, &of)) str_to_i64(of, &v->downloaded);
    for (size_t i = 0; i < v->read.rows.n; i++)
        if (!is_sum_key(v->read.rows.p[i].key, &of)) read_line_row(v, &v->read.rows.p[i]);
    for (size_t i = 0; i < v->read.rows.n && !v->read.doubts.n; i++)       /* once its lines are certain     */
        if (is_sum_key(v->read.rows.p[i].key, &of)) check_sum_row(v, &v->read.rows.p[i], of);
}

static enum err read_sheet(struct review *v, Str hash, Message *why)
{
    struct work *w = work_of(v);
    Str folder = at_of(v)->q->instance->files, bytes;
    enum err e = file_mine(w, hash, &v->file);
    if (!e) e = file_map_stored(w, folder, hash, &bytes);
    if (e == ERR_MISSING) return *why = MSG(N_("This file is not there (any more). Send it again.")), e;
    TRY(e);
    e = office_sheet_read(w, bytes, estimate_columns, ESTIMATE_COLUMNS, answers(v), &v->read, why);
    file_unmap(bytes);
    if (!e) read_rows(v);
    return e;
}

/* ---- saving --------------------------------------------------------------------------------------------------- */

/* A source the line has already keeps its place, whoever else pays comes beside it. */
static void set_paid(const struct work *w, struct record *cost, const struct costed *c)
{
    Val was[2] = { cost->v[COST_SOURCE], cost->v[COST_REST_SOURCE] };
    int column[2] = { column_of_source(w, v_str(was[0])), v_is(was[1]) ? column_of_source(w, v_str(was[1])) : -1 }, first = column[0], rest = -1;
    for (int i = 0; i < SOURCES && !c->paid[first]; i++)
        if (c->paid[i]) first = i;
    for (int i = 0; i < SOURCES; i++)
        if (c->paid[i] && i != first) rest = i;
    cost->v[COST_SOURCE] = first == column[0] ? was[0] : first == column[1] ? was[1] : v_text(source_of_column(w, first));
    cost->v[COST_SUPPORT] = v_int(c->paid[first]);
    if (rest >= 0) cost->v[COST_REST_SOURCE] = rest == column[1] ? was[1] : rest == column[0] ? was[0] : v_text(source_of_column(w, rest));
    else if (first == column[1]) cost->v[COST_REST_SOURCE] = v_null();
}

/* ERR_CONFLICT: somebody changed the task since the page was shown; v->refusal says who. */
static enum err unchanged(struct work *w, struct review *v, const struct record *task_of)
{
    int64_t seen = 0;
    str_to_i64(params_get(answers(v), "seen"), &seen);
    return task_of->seq > seen ? record_changed_since(w, task_of, &v->refusal) : OK;
}

static enum err save_task(struct work *w, struct review *v, const struct record *task_of)
{
    struct saving s = { 0 };
    struct record *was;
    TRY(record_load(w, &task, task_of->id, &was));
    TRY(unchanged(w, v, was));
    s.was = was;
    s.now = record_copy(w->a, was);
    for (size_t i = 0; i < v->e->lines.n; i++) {
        const struct estimate_line *l = &v->e->lines.p[i];
        struct record *cost = l->task_of == task_of && differs(l) ? child_with_id(&s.now->children[TASK_COSTS], l->cost->id) : NULL;
        if (!cost) continue;
        cost->v[COST_QUANTITY] = v_real(l->then.quantity);
        cost->v[COST_PRICE] = v_int(l->then.price);
        set_paid(w, cost, &l->then);
    }
    enum err e = record_keep_inside(w, &s);
    if (e == ERR_INVALID && s.wrong.n) v->refusal = MSG(N_("{1}: {2}"), record_title(w, was), message_str(w->a, w->lang, s.wrong.p[0].what));
    return e;
}

static bool has_change(const struct review *v, const struct record *task_of)
{
    for (size_t i = 0; i < v->e->lines.n; i++)
        if (v->e->lines.p[i].task_of == task_of && differs(&v->e->lines.p[i])) return true;
    return false;
}

static enum err save_all(struct work *w, void *arg)
{
    struct review *v = arg;
    const struct records *tasks = &v->e->p.view.tasks;
    for (size_t i = 0; i < tasks->n; i++)
        if (has_change(v, tasks->p[i])) TRY(save_task(w, v, tasks->p[i]));
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------------------------------ */

static const struct grid_column columns[] = {
    { "task", N_("Task") }, { "item", N_("Item of cost") }, { "what", N_("What changes") }, { "was", N_("Before") }, { "then", N_("After") },
};

static void put_change(struct review *v, struct grid *g, const struct estimate_line *l, const char *what, double was, double then)
{
    if (was == then) return;
    grid_link(g, request_link(at_of(v)->q, task_path(work_of(v)->a, l->task_of->id)), record_title(work_of(v), l->task_of));
    grid_text(g, v_str(l->cost->v[COST_ITEM]));
    grid_text(g, at_tr(at_of(v), what));
    grid_exact(g, was);
    grid_exact(g, then);
}

static void put_changes(struct review *v)
{
    struct at *at = at_of(v);
    struct grid g = grid_make(at->q, (struct figure){ .id = "changes", .caption = N_("What would change") }, columns, COUNT(columns),
                              v->read.doubts.n ? N_("Nothing yet, but some of the sheet is not certain.") : N_("The sheet changes nothing: all lines are as they stand in the plan."));
    size_t left_out = 0;
    for (size_t i = 0; i < v->e->lines.n; i++) {
        const struct estimate_line *l = &v->e->lines.p[i];
        left_out += !l->in_sheet;
        put_change(v, &g, l, estimate_columns[ROW_QUANTITY].label, l->is.quantity, l->then.quantity);
        put_change(v, &g, l, estimate_columns[ROW_PRICE].label, (double)l->is.price, (double)l->then.price);
        put_change(v, &g, l, estimate_columns[ROW_TOTAL].label, (double)l->is.total, (double)l->then.total);
        for (int k = 0; k < SOURCES; k++) put_change(v, &g, l, estimate_columns[ROW_SOURCE + k].label, (double)l->is.paid[k], (double)l->then.paid[k]);
    }
    section_open(at, "changes", N_("What would change"));
    grid_html(&at->h, &g);
    struct costed was = estimate_sum(v->e, (Str){ 0 }, false), then = estimate_sum(v->e, (Str){ 0 }, true);
    html_leaf_class(&at->h, "p", "money-left", at_say(at, MSG(N_("The estimate altogether: {1} before, {2} after."), money(v, was.total), money(v, then.total))));
    if (left_out) html_leaf_class(&at->h, "p", "form-hint", at_say(at, MSG(N_("Lines of the plan that are not in the sheet stay as they are: {1}."), page_number(&at->w, (int64_t)left_out))));
    html_close(&at->h, "section");
}

static bool any_change(const struct review *v)
{
    for (size_t i = 0; i < v->e->lines.n; i++)
        if (differs(&v->e->lines.p[i])) return true;
    return false;
}

static void put_saving(struct review *v)
{
    struct at *at = at_of(v);
    if (!any_change(v) && !v->read.doubts.n) return;
    desk_form_open(&at->h, at->q, at->r, request_url(at->q, &at->q->query), "card desk-form", false);
    desk_hidden(&at->h, "seen", str_f(at->q->a, "%lld", (long long)v->e->seen));
    if (!v->read.doubts.n) desk_hidden(&at->h, "sure", S("1"));
    office_doubts_html(&at->h, &at->w, &v->read, answers(v));
    desk_submit(&at->h, at->q, "button", at_tr(at, v->read.doubts.n ? N_("Go on with these answers") : N_("Save all of it")));
    html_close(&at->h, "form");
}

static enum err review_reply(struct review *v)
{
    struct at *at = at_of(v);
    put_refusal(at, v->refusal);
    html_leaf_class(&at->h, "p", "notice", at_say(at, MSG(N_("By the sheet {1}. Nothing is saved yet."), v->file.name)));
    put_changes(v);
    put_saving(v);
    return planning_reply(&v->e->p, "estimate", N_("Estimate"), (Html){ { 0 } });
}

/* Whether it is still what was shown, as far as that can be told before it is saved. */
static enum err still_as_shown(struct review *v)
{
    const struct records *tasks = &v->e->p.view.tasks;
    for (size_t i = 0; i < tasks->n; i++)
        if (has_change(v, tasks->p[i])) TRY(unchanged(work_of(v), v, tasks->p[i]));
    return OK;
}

/* Saved is only what was shown without a doubt; answers lead to the page that shows what comes of them. */
static enum err save(struct review *v)
{
    struct at *at = at_of(v);
    enum err e = still_as_shown(v);
    if (!e && v->read.doubts.n) v->refusal = MSG(N_("Answer what is not certain first; then all of it is saved at once.")), e = ERR_INVALID;
    if (!e && !params_get(answers(v), "sure").n) return review_reply(v);
    if (!e) e = work_write(&at->w, save_all, v);
    if (!e) return desk_done(at->q, at->r, plan_path(at->q->a, at->record->id, "estimate"), "saved", 0, 0, 0);
    if (!v->refusal.id) return e;
    at->r->status = err_status(e);
    return review_reply(v);
}

enum err estimate_review(struct estimate_plan *e, Str hash, bool to_save)
{
    struct review v = { .e = e };
    Message why = NO_MESSAGE;
    enum err err = read_sheet(&v, hash, &why);
    if (err && why.id) return reply_fail(at_of(&v)->r, err, why);
    TRY(err);
    return to_save && (any_change(&v) || v.read.doubts.n) ? save(&v) : review_reply(&v);
}
