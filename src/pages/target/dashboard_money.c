/* dashboard_money.c - the year's money as a role looks at it: from stage to stage, by source, agency or content, what is left, and when it will be paid. */
#include "pages/target/dashboard.h"

#include <stdlib.h>

enum { LINES_SHOWN = 10 };

/* ---- from stage to stage -------------------------------------------------------------------------------- */

static const struct grid_column stage_columns[] = { { "stage", N_("Stage"), "label" }, { "amount", N_("Amount, đồng"), "value" } };

enum err part_stages(struct dashboard *d, struct grid *g)
{
    static const int shown[] = { MONEY_ESTIMATED, MONEY_SUBMITTED, MONEY_ALLOCATED, MONEY_COMMITTED, MONEY_DISBURSED, MONEY_SETTLED, MONEY_FREE };
    struct money_asked asked = { .year = d->m.asked.year, .by = BY_SOURCE };
    struct money_rows rows;
    struct money_row total;
    TRY(money_rows(&d->m.at.w, &asked, &rows, &total));
    *g = grid_make(d->m.at.q, (struct figure){ .kind = "bars", .id = "stages", .caption = N_("Money from stage to stage") }, stage_columns, COUNT(stage_columns), NULL);
    for (size_t i = 0; i < COUNT(shown); i++) {
        grid_text(g, at_tr(&d->m.at, money_numbers[shown[i]].label));
        grid_whole(g, money_number(&total, shown[i]), money_number_url(&d->m, "", (Str){ 0 }, shown[i]));
    }
    return OK;
}

/* ---- by source, agency or content -------------------------------------------------------------------------- */

static const int shown[] = { MONEY_ALLOCATED, MONEY_COMMITTED, MONEY_DISBURSED, MONEY_FREE };
static const struct grid_column by_columns[] = {
    { "name", N_("Of what"), "label" }, { "allocated", N_("Allocated, đồng"), "value" }, { "committed", N_("Committed, đồng"), "value" },
    { "disbursed", N_("Disbursed, đồng"), "value" }, { "free", N_("Left to commit, đồng") },
};

static void put_row(struct dashboard *d, struct grid *g, const char *name, Str value, const struct money_row *row)
{
    for (size_t i = 0; i < COUNT(shown); i++) grid_whole(g, money_number(row, shown[i]), money_number_url(&d->m, name, value, shown[i]));
}

static enum err money_by(struct dashboard *d, struct grid *g, enum money_by by, const char *id, const char *caption)
{
    struct money_asked asked = { .year = d->m.asked.year, .by = by };
    const struct money_view *v = &money_views[by];
    struct money_rows rows;
    struct money_row total;
    TRY(money_rows(&d->m.at.w, &asked, &rows, &total));
    *g = grid_make(d->m.at.q, (struct figure){ .kind = "bars", .id = id, .caption = caption }, by_columns, COUNT(by_columns),
                   N_("There is no money in this year yet. It comes with the estimate of a plan, or with a budget line."));
    for (size_t i = 0; i < rows.n; i++) {
        struct params state = money_state_with(&d->m, v->code, rows.p[i].key);
        state = params_with(d->m.at.q->a, &state, "by", str_of(money_views[v->next].code));
        grid_link(g, money_url(&d->m, "/money", &state), money_code(&d->m.at, v->list, rows.p[i].key));
        put_row(d, g, v->code, rows.p[i].key, &rows.p[i]);
    }
    if (!rows.n) return OK;
    grid_sum(g);
    grid_text(g, at_tr(&d->m.at, N_("Altogether")));
    put_row(d, g, "", (Str){ 0 }, &total);
    return OK;
}

enum err part_sources(struct dashboard *d, struct grid *g) { return money_by(d, g, BY_SOURCE, "sources", N_("Money by source")); }
enum err part_agencies(struct dashboard *d, struct grid *g) { return money_by(d, g, BY_AGENCY, "agencies", N_("Money by agency")); }
enum err part_contents(struct dashboard *d, struct grid *g) { return money_by(d, g, BY_CONTENT, "contents", N_("Money by content")); }

/* ---- what is left --------------------------------------------------------------------------------------------- */

static int most_left_first(const void *a, const void *b)
{
    const struct money_row *x = a, *y = b;
    int64_t one = balance_free(&x->balance), two = balance_free(&y->balance);
    if (one != two) return one > two ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static const struct grid_column free_columns[] = { { "line", N_("Budget line"), "label" }, { "free", N_("Left to commit, đồng"), "value" }, { "id", N_("Number"), .files_only = true } };

enum err part_free(struct dashboard *d, struct grid *g)
{
    struct at *at = &d->m.at;
    struct money_asked asked = { .year = d->m.asked.year, .by = BY_LINE };
    struct money_rows rows;
    struct money_row total;
    TRY(money_rows(&at->w, &asked, &rows, &total));
    if (rows.n) qsort(rows.p, rows.n, sizeof *rows.p, most_left_first);
    *g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "free", .caption = N_("Where most is left to commit") }, free_columns, COUNT(free_columns),
                   N_("Nothing is left to commit."));
    for (size_t i = 0; i < rows.n && i < LINES_SHOWN && balance_free(&rows.p[i].balance) > 0; i++) {
        struct record *line;
        TRY(record_load(&at->w, &budget_line, rows.p[i].id, &line));
        grid_link(g, request_link(at->q, money_line_path(at->q->a, line->id, NULL)), record_title(&at->w, line));
        grid_whole(g, balance_free(&rows.p[i].balance), money_number_url(&d->m, "line", public_id(at->q->a, &budget_line, line->id), MONEY_FREE));
        grid_text(g, public_id(at->q->a, &budget_line, line->id));
    }
    return OK;
}

enum err part_forecast(struct dashboard *d, struct grid *g)
{
    struct cash_forecast f;
    TRY(cash_forecast_of(&d->m.at.w, d->m.asked.year, &f));
    *g = cash_grid(d->m.at.q, d->m.asked.year, &f);
    return OK;
}
