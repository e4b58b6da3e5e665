/* cash.c - what will be paid when (G06): paid so far, due by milestones, and what is late, month by month. */
#include "pages/money/money_at.h"

#include "pages/plan/plan_pages.h"

static const struct grid_column columns[] = {
    { "month", N_("Month"), "x" }, { "paid", N_("Paid, đồng"), "value" }, { "due", N_("Due, đồng"), "value" }, { "late", N_("Late, đồng"), "value" },
};

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
        grid_whole(&g, m->due, (Str){ 0 });
        grid_whole(&g, m->late, (Str){ 0 });
        paid += m->paid;
        due += m->due;
        late += m->late;
    }
    if (!f->n) return g;
    grid_sum(&g);
    grid_text(&g, tr(q->lang, N_("Altogether")));
    grid_whole(&g, paid, (Str){ 0 });
    grid_whole(&g, due, (Str){ 0 });
    grid_whole(&g, late, (Str){ 0 });
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
    if (f.without_day)
        html_leaf_class(&m.at.h, "p", "notice", at_say(&m.at, MSG(N_("{1} more is to be paid on days that are not known yet."), dong(q->a, q->lang, f.without_day))));
    return money_reply(&m, at_say(&m.at, MSG(N_("Payments of {1} by month"), str_f(q->a, "%d", m.asked.year))),
                       at_tr(&m.at, N_("From the milestones of contracts and their days. What is late stands in this month.")), (Html){ 0 });
}
