/* cash.c - what will be paid when (G06): paid so far, due by milestones, and what is late, month by month; and what a number of it is the sum of. */
#include "pages/money/money_at.h"

#include "pages/plan/plan_pages.h"
#include "programme/contract/contract.h"

enum { ROWS = 100 };

static const struct grid_column columns[] = {
    { "month", N_("Month"), "x" }, { "paid", N_("Paid, đồng"), "value" }, { "due", N_("Due, đồng"), "value" }, { "late", N_("Late, đồng"), "value" },
};

/* What falls due in a month (empty: in any; "none": on a day not known), or is late. */
static Str due_url(struct request *q, int year, Str month, bool late)
{
    return request_link(q, str_f(q->a, "/money/due?year=%d%s%.*s%s", year, month.n ? "&month=" : "", FMT(month), late ? "&late=yes" : ""));
}

struct grid cash_grid(struct request *q, int year, const struct cash_forecast *f)
{
    struct grid g = grid_make(q, (struct figure){ .kind = "lines", .id = "forecast", .caption = N_("Payments by month") }, columns, COUNT(columns),
                              N_("Nothing is to be paid: no contract has milestones yet."));
    int64_t paid = 0, due = 0, late = 0;
    for (size_t i = 0; i < f->n; i++) {
        const struct cash_month *m = &f->p[i];
        Str month = str_f(q->a, "%04d-%02d", m->year, m->month);
        Str vouchers = str_f(q->a, "/money/vouchers?year=%d&stage=disbursed&month=%.*s", year, FMT(month));
        grid_text(&g, str_f(q->a, "%02d/%d", m->month, m->year));
        grid_whole(&g, m->paid, request_link(q, vouchers));
        grid_whole(&g, m->due, due_url(q, year, month, false));
        grid_whole(&g, m->late, due_url(q, year, month, true));
        paid += m->paid;
        due += m->due;
        late += m->late;
    }
    if (!f->n) return g;
    grid_sum(&g);
    grid_text(&g, tr(q->lang, N_("Altogether")));
    grid_whole(&g, paid, request_link(q, str_f(q->a, "/money/vouchers?year=%d&stage=disbursed", year)));
    grid_whole(&g, due, due_url(q, year, S(""), false));
    grid_whole(&g, late, due_url(q, year, S(""), true));
    return g;
}

enum err money_forecast(struct request *q, struct reply *r)
{
    struct money_at m;
    struct cash_forecast f;
    size_t which;
    TRY(money_begin(q, r, &m));
    TRY(cash_forecast_of(&m.at.w, m.asked.year, &f));
    struct grid g = cash_grid(q, m.asked.year, &f);
    TRY(grid_asked(q, r, &g, 1, &which));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_money_menu(&m, "/money/forecast");
    put_money_filter(&m);
    grid_section(&m.at.h, &m.at.w, &g);
    if (f.without_day) {
        html_open(&m.at.h, "p");
        html_class(&m.at.h, "notice");
        html_link(&m.at.h, due_url(q, m.asked.year, S("none"), false), NULL,
                  at_say(&m.at, MSG(N_("{1} more is to be paid on days that are not known yet."), dong(q->a, q->lang, f.without_day))));
        html_close(&m.at.h, "p");
    }
    return money_reply(&m, at_say(&m.at, MSG(N_("Payments of {1} by month"), str_f(q->a, "%d", m.asked.year))),
                       at_tr(&m.at, N_("From the milestones of contracts and their days. What is late stands in this month.")), (Html){ 0 });
}

/* ---- what a number is the sum of -------------------------------------------------------------------------- */

static const struct grid_column item_columns[] = {
    { "what", N_("What is to be paid") }, { "kind", N_("Kind") }, { "on", N_("Due on") }, { "amount", N_("Amount, đồng") }, { "id", N_("Number"), .files_only = true },
};

struct due { struct money_at m; struct cash_forecast f; Str month; bool late; };

static enum err read_due(struct request *q, struct reply *r, struct due *d)
{
    TRY(money_begin(q, r, &d->m));
    TRY(money_month(&d->m, &d->month));
    d->late = str_is(params_get(&q->query, "late"), "yes");
    return cash_forecast_of(&d->m.at.w, d->m.asked.year, &d->f);
}

static bool is_asked(const struct due *d, const struct cash_item *item)
{
    if (item->month < 0) return str_is(d->month, "none");
    const struct cash_month *m = &d->f.p[item->month];
    return item->late == d->late && (!d->month.n || str_eq(d->month, str_f(d->m.at.q->a, "%04d-%02d", m->year, m->month)));
}

/* A milestone stands on the page of its contract. */
static Str path_of(struct due *d, const struct record *r)
{
    struct arena *a = d->m.at.q->a;
    if (r->e == &task) return money_task_path(a, r->id);
    return str_f(a, "/contracts/%.*s", FMT(public_id(a, &contract, r->e == &milestone ? v_i64(r->v[MILESTONE_CONTRACT]) : r->id)));
}

static enum err put_item(struct due *d, struct grid *g, const struct cash_item *item)
{
    struct at *at = &d->m.at;
    struct record *r;
    TRY(record_load(&at->w, item->of, item->id, &r));
    money_named(&d->m, g, r, path_of(d, r));
    grid_text(g, at_tr(at, r->e->one));
    grid_text(g, r->e == &contract ? (Str){ 0 } : record_text(&at->w, r, r->e == &task ? TASK_ENDS : MILESTONE_DUE_ON));
    grid_whole(g, item->amount, (Str){ 0 });
    grid_text(g, public_id(at->q->a, r->e, r->id));
    return OK;
}

static enum err put_items(struct due *d, struct grid *g)
{
    const struct cash_item **asked = NEW_ARRAY(d->m.at.q->a, const struct cash_item *, d->f.items.n + 1);
    size_t n = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < d->f.items.n; i++)
        if (is_asked(d, &d->f.items.p[i])) sum += (asked[n++] = &d->f.items.p[i])->amount;
    g->window = window_asked(d->m.at.q, n, ROWS);
    for (size_t i = g->window.from; i < g->window.to; i++) TRY(put_item(d, g, asked[i]));
    if (!n || d->m.at.q->as != AS_PAGE) return OK;
    grid_sum(g);
    grid_text(g, at_tr(&d->m.at, N_("Altogether")));
    grid_text(g, (Str){ 0 });
    grid_text(g, (Str){ 0 });
    grid_whole(g, sum, (Str){ 0 });
    grid_text(g, (Str){ 0 });
    return OK;
}

static Message due_title(const struct due *d)
{
    if (d->late) return MSG(N_("What should have been paid by now"));
    if (!d->month.n) return MSG(N_("What falls due"));
    if (str_is(d->month, "none")) return MSG(N_("What is to be paid on days that are not known yet"));
    return MSG(N_("What falls due in {1}"), str_f(d->m.at.q->a, "%.*s/%.*s", FMT(str_sub(d->month, 5, 2)), FMT(str_sub(d->month, 0, 4))));
}

enum err money_due(struct request *q, struct reply *r)
{
    struct due d = { 0 };
    TRY(read_due(q, r, &d));
    struct grid g = grid_make(q, (struct figure){ .id = "due", .caption = N_("What is to be paid") }, item_columns, COUNT(item_columns), N_("Nothing falls due there."));
    TRY(put_items(&d, &g));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_money_menu(&d.m, "/money/forecast");
    grid_section(&d.m.at.h, &d.m.at.w, &g);
    return money_reply(&d.m, at_say(&d.m.at, due_title(&d)), at_tr(&d.m.at, N_("Of a milestone what is not paid yet; of a task without a contract what its plan leaves.")), (Html){ 0 });
}
