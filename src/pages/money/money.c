/*
 * money.c - a year's money in one table, by whatever is asked: each number leads to the vouchers whose sum it is, each row to what it is made of, and the last
 * row is the same in every view.
 */
#include "pages/money/money_at.h"

/* In the order in which money goes its way; the chart has what happened to it. */
static const int shown[] = { MONEY_ESTIMATED, MONEY_SUBMITTED, MONEY_ALLOCATED, MONEY_COMMITTED, MONEY_DISBURSED, MONEY_SETTLED, MONEY_FREE };
static const struct grid_column columns[] = {
    { "name", N_("Of what"), "label" },
    { "key", N_("Code"), .files_only = true },
    { "estimated", N_("Estimate, đồng") },
    { "submitted", N_("Submitted, đồng") },
    { "allocated", N_("Allocated, đồng"), "value" },
    { "committed", N_("Committed, đồng"), "value" },
    { "disbursed", N_("Disbursed, đồng"), "value" },
    { "settled", N_("Settled, đồng"), "value" },
    { "free", N_("Left to commit, đồng"), "value" },
};

/* What is left is left of a line: no task or month has what was allocated for it. */
static size_t numbers_shown(const struct money_at *m)
{
    bool of_lines = m->asked.by != BY_TASK && m->asked.by != BY_MONTH && !m->asked.task;
    return COUNT(shown) - !of_lines;
}

/* ---- what a row is called, and what it opens ---------------------------------------------------------- */

enum { LINE_PARTS = 4 };
static const enum money_by line_parts[LINE_PARTS] = { BY_AGENCY, BY_SOURCE, BY_CONTENT, BY_KIND };

/* Of a row by line, whose key is "2026|AGENCY|SOURCE|CONTENT|KIND". */
static void split_line(Str key, Str part[LINE_PARTS])
{
    Str year;
    str_next(&key, '|', &year);
    for (int i = 0; i < LINE_PARTS; i++) str_next(&key, '|', &part[i]);
}

static Str line_name(struct money_at *m, Str key)
{
    struct buf b = buf_make(m->at.q->a);
    Str part[LINE_PARTS] = { { 0 } };
    split_line(key, part);
    for (int i = 0; i < LINE_PARTS; i++) put_f(&b, "%s%.*s", i ? " · " : "", FMT(money_code(&m->at, money_views[line_parts[i]].list, part[i])));
    return buf_str(&b);
}

static Str month_name(struct at *at, Str key)
{
    Str year, month;
    if (!str_cut(key, '-', &year, &month)) return at_tr(at, N_("Not posted yet"));
    return str_f(at->q->a, "%.*s/%.*s", FMT(month), FMT(year));
}

static enum err load_tasks(struct money_at *m, const struct money_rows *rows, struct records *out)
{
    int64_t *ids = NEW_ARRAY(m->at.q->a, int64_t, rows->n + 1);
    size_t n = 0;
    *out = (struct records){ 0 };
    for (size_t i = 0; i < rows->n; i++)
        if (rows->p[i].id) ids[n++] = rows->p[i].id;
    return m->asked.by == BY_TASK ? records_of(&m->at.w, &task, ids, n, false, out) : OK;
}

static Str row_name(struct money_at *m, const struct records *tasks, const struct money_row *row)
{
    const struct money_view *v = &money_views[m->asked.by];
    if (v->list) return money_code(&m->at, v->list, row->key);
    if (m->asked.by == BY_MONTH) return month_name(&m->at, row->key);
    if (m->asked.by == BY_LINE) return line_name(m, row->key);
    const struct record *r = child_with_id(tasks, row->id);
    return r ? record_title(&m->at.w, r) : at_tr(&m->at, N_("Without a task"));
}

/* What of the address narrows to this row alone. */
static struct params row_state(struct money_at *m, const struct money_row *row)
{
    const char *name = money_views[m->asked.by].code;
    Str part[LINE_PARTS] = { { 0 } };
    struct params state = money_state(m);
    if (m->asked.by == BY_TASK) return params_with(m->at.q->a, &state, name, row->id ? public_id(m->at.q->a, &task, row->id) : S("none"));
    if (m->asked.by != BY_LINE) return params_with(m->at.q->a, &state, name, row->key.n ? row->key : S("none"));
    split_line(row->key, part);
    for (int i = 0; i < LINE_PARTS; i++) state = params_with(m->at.q->a, &state, money_views[line_parts[i]].code, part[i]);
    return state;
}

static Str row_url(struct money_at *m, const struct params *state, const struct money_row *row)
{
    const struct money_view *v = &money_views[m->asked.by];
    if (m->asked.by == BY_LINE && row->id) return request_link(m->at.q, money_line_path(m->at.q->a, row->id, NULL));
    if (m->asked.by == BY_TASK && row->id) return request_link(m->at.q, money_task_path(m->at.q->a, row->id));
    if (!v->list) return money_url(m, "/money/vouchers", state);
    struct params next = params_with(m->at.q->a, state, "by", str_of(money_views[v->next].code));
    return money_url(m, "/money", &next);
}

/* What tells the row in files. */
static Str row_code(struct money_at *m, const struct money_row *row)
{
    if (m->asked.by == BY_LINE) return row->id ? public_id(m->at.q->a, &budget_line, row->id) : (Str){ 0 };
    return m->asked.by == BY_TASK && row->id ? public_id(m->at.q->a, &task, row->id) : row->key;
}

/* ---- the table ------------------------------------------------------------------------------------------ */

static void put_numbers(struct money_at *m, struct grid *g, const struct params *state, const struct money_row *row)
{
    for (size_t i = 0; i < numbers_shown(m); i++) grid_whole(g, money_number(row, shown[i]), money_list_url(m, state, shown[i]));
}

static enum err money_grid(struct money_at *m, struct grid *g)
{
    struct money_rows rows;
    struct money_row total;
    struct records tasks;
    TRY(money_rows(&m->at.w, &m->asked, &rows, &total));
    TRY(load_tasks(m, &rows, &tasks));
    *g = grid_make(m->at.q, (struct figure){ .kind = "bars", .id = "money", .caption = N_("The year’s money"), .most = 12,
                       .lead = N_("Each number opens the vouchers whose sum it is; the estimate opens the tasks it is for.") },
                   columns, COUNT(columns) - COUNT(shown) + numbers_shown(m), N_("There is no money in this year yet. It comes with the estimate of a plan, or with a budget line."));
    for (size_t i = 0; i < rows.n; i++) {
        struct params state = row_state(m, &rows.p[i]);
        grid_link(g, row_url(m, &state, &rows.p[i]), row_name(m, &tasks, &rows.p[i]));
        grid_text(g, row_code(m, &rows.p[i]));
        put_numbers(m, g, &state, &rows.p[i]);
    }
    if (!rows.n) return OK;
    struct params all = money_state(m);
    grid_sum(g);
    grid_text(g, at_tr(&m->at, N_("Altogether")));
    grid_text(g, (Str){ 0 });
    put_numbers(m, g, &all, &total);
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------------------- */

static void put_ways(struct money_at *m)
{
    static const enum money_by ways[] = { BY_AGENCY, BY_SOURCE, BY_CONTENT, BY_KIND, BY_LINE, BY_MONTH, BY_TASK };
    struct tab tabs[COUNT(ways)];
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct params state = money_state_with(m, "by", str_of(money_views[ways[i]].code));
        tabs[i] = (struct tab){ money_url(m, "/money", &state), at_tr(&m->at, money_views[ways[i]].label), ways[i] == m->asked.by };
    }
    put_tabs(&m->at, N_("Shown by"), tabs, COUNT(ways), "true");
}

enum err money_page(struct request *q, struct reply *r)
{
    struct money_at m;
    struct grid g;
    size_t which;
    TRY(money_begin(q, r, &m));
    TRY(money_grid(&m, &g));
    TRY(grid_asked(q, r, &g, 1, &which));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_money_menu(&m, "/money");
    put_money_filter(&m);
    put_ways(&m);
    grid_section(&m.at.h, &m.at.w, &g);
    return money_reply(&m, at_say(&m.at, MSG(N_("Money of {1}"), str_f(q->a, "%d", m.asked.year))),
                       at_tr(&m.at, N_("From estimate to settlement, exact to the đồng, of all sources.")), (Html){ 0 });
}
