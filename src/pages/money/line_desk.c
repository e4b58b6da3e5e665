#include "pages/money/line_desk.h"

#include "pages/plan/plan_pages.h"

enum { SHOWN = 20 };                                        /* vouchers, on the desk itself        */

/* ---- what it holds ---------------------------------------------------------------------------------- */

static enum err load_holds(struct line_desk *d)
{
    struct work *w = &d->m.at.w;
    Val *v = d->line->v;
    struct money_rows rows;
    struct money_asked asked = { (int)v_i64(v[LINE_YEAR]), BY_LINE, v_str(v[LINE_AGENCY]), v_str(v[LINE_SOURCE]), v_str(v[LINE_CONTENT]), v_str(v[LINE_KIND]), 0 };
    TRY(money_rows(w, &asked, &rows, &d->holds));
    d->m.asked = (struct money_asked){ .year = asked.year };
    return db_one_int(w->db, w->a, SQL("SELECT COALESCE(max(id), 0) FROM voucher WHERE line = $1"), ARGS(v_int(d->line->id)), &d->seen);
}

static enum err load_tasks(struct line_desk *d)
{
    struct work *w = &d->m.at.w;
    struct rows r = db_query(w->db, w->a, SQL("SELECT task, stage, CAST(sum(amount) AS bigint) FROM voucher WHERE line = $1 AND contract IS NULL AND task IS NOT NULL"
                                              " GROUP BY task, stage ORDER BY task"), ARGS(v_int(d->line->id)));
    while (rows_next(&r)) {
        int64_t id = row_int(&r, 0);
        if (!d->tasks.n || d->tasks.p[d->tasks.n - 1].task != id) GROW(w->a, d->tasks)->task = id;
        d->tasks.p[d->tasks.n - 1].balance.of[money_stage_named(row_text(&r, 1))] = row_int(&r, 2);
    }
    return rows_end(&r);
}

enum err line_desk_open(struct request *q, struct reply *r, struct line_desk *d)
{
    *d = (struct line_desk){ .m = { .at = at_desk(q, r) } };
    d->m.at.e = &budget_line;
    TRY(desk_record(q, r, &d->m.at.w, &budget_line, MAY_READ, &d->line));
    d->m.at.record = d->line;
    TRY(load_holds(d));
    return load_tasks(d);
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static void put_figures(struct line_desk *d)
{
    static const int shown[] = { MONEY_ESTIMATED, MONEY_SUBMITTED, MONEY_ALLOCATED, MONEY_COMMITTED, MONEY_DISBURSED, MONEY_SETTLED, MONEY_FREE };
    struct at *at = &d->m.at;
    html_open(&at->h, "dl");
    html_class(&at->h, "facts");
    for (size_t i = 0; i < COUNT(shown); i++) {
        html_open(&at->h, "div");
        html_leaf(&at->h, "dt", at_tr(at, money_numbers[shown[i]].label));
        html_open(&at->h, "dd");
        html_link(&at->h, money_number_url(&d->m, "line", public_id(at->q->a, &budget_line, d->line->id), shown[i]), NULL,
                  dong(at->q->a, at->q->lang, money_number(&d->holds, shown[i])));
        html_close(&at->h, "dd");
        html_close(&at->h, "div");
    }
    html_close(&at->h, "dl");
}

static const struct grid_column task_columns[] = {
    { "task", N_("Task") }, { "committed", N_("Committed, đồng") }, { "disbursed", N_("Disbursed, đồng") }, { "settled", N_("Settled, đồng") },
    { "id", N_("Number"), .files_only = true },
};

static enum err put_tasks_without_contract(struct line_desk *d)
{
    struct at *at = &d->m.at;
    struct grid g = grid_make(at->q, (struct figure){ .id = "tasks", .caption = N_("Tasks that the agency carries out itself") }, task_columns, COUNT(task_columns), NULL);
    for (size_t i = 0; i < d->tasks.n; i++) {
        const struct line_task *t = &d->tasks.p[i];
        struct record *of;
        TRY(record_load(&at->w, &task, t->task, &of));
        grid_link(&g, request_link(at->q, money_task_path(at->q->a, t->task)), record_title(&at->w, of));
        for (enum money_stage s = MONEY_COMMITTED; s <= MONEY_SETTLED; s++) grid_whole(&g, t->balance.of[s], (Str){ 0 });
        grid_text(&g, public_id(at->q->a, &task, t->task));
    }
    if (!d->tasks.n) return OK;
    html_leaf(&at->h, "h2", at_tr(at, g.look.caption));
    grid_html(&at->h, &g);
    return OK;
}

static enum err put_newest(struct line_desk *d)
{
    struct at *at = &d->m.at;
    struct grid g;
    struct params state = money_state_with(&d->m, "line", public_id(at->q->a, &budget_line, d->line->id));
    TRY(money_newest_vouchers(&d->m, d->line->id, SHOWN, &g));
    section_open(at, "newest", N_("Newest vouchers"));
    grid_html(&at->h, &g);
    html_open(&at->h, "p");
    html_link(&at->h, money_url(&d->m, "/money/vouchers", &state), NULL, at_tr(at, N_("All vouchers of this line")));
    html_close(&at->h, "p");
    html_close(&at->h, "section");
    return OK;
}

enum err line_desk_reply(struct line_desk *d, const struct line_form *open)
{
    struct at *at = &d->m.at;
    struct html actions = html_make(at->q->a);
    put_form_summary(&at->h, &at->w, &d->wrong);
    put_refusal(at, d->refusal);
    put_figures(d);
    put_line_forms(d, open);
    if (open) TRY(put_line_form(d, open));
    TRY(put_tasks_without_contract(d));
    TRY(put_newest(d));
    html_link(&actions, request_link(at->q, str_f(at->q->a, "%.*s?all=1", FMT(desk_path(at->q->a, &budget_line, d->line->id, NULL)))), "button button-quiet",
              at_tr(at, N_("All of the record")));
    return money_reply(&d->m, record_title(&at->w, d->line), at_tr(at, N_("What the line holds; each number opens its vouchers.")), html_done(&actions));
}

enum err money_line(struct request *q, struct reply *r)
{
    struct line_desk d;
    TRY(line_desk_open(q, r, &d));
    const struct line_form *asked = line_form_named(params_get(&q->query, "do"));
    return line_desk_reply(&d, asked && line_form_theirs(&d, asked) ? asked : NULL);
}
