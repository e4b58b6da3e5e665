/* forecast.c - what will be paid when: milestones of contracts on their days, tasks without a contract at their end; what should have been paid already stands in this month. */
#include "programme/money/inside.h"

struct forecasting { struct work *w; int year; struct cash_forecast *out; };

/* A contract that still is to be paid, and one that speaks for its task. */
#define LIVE_CONTRACT "contract.state || '' NOT IN ('dropped', 'terminated', 'settled')"

static int months_from(const struct work *w, int year, int month) { return (year - w->today.year) * 12 + month - w->today.month; }

/* The months there are: from this one to the December after the asked year. */
static void make_months(struct forecasting *f)
{
    int most = months_from(f->w, f->year + 1, 12);
    for (int i = 0; i == 0 || i <= most; i++) {
        int at = f->w->today.month - 1 + i;
        *GROW(f->w->a, *f->out) = (struct cash_month){ .year = f->w->today.year + at / 12, .month = at % 12 + 1 };
    }
}

static struct cash_month *month_of(struct forecasting *f, struct date day)
{
    int at = months_from(f->w, day.year, day.month);
    return at < 0 || (size_t)at >= f->out->n ? NULL : &f->out->p[at];
}

static void add_due(struct forecasting *f, Str on, int64_t amount)
{
    struct date day;
    struct cash_month *m = NULL;
    if (amount <= 0) return;
    if (date_from_iso(on, &day) && date_days(day) < date_days(f->w->today)) f->out->p[0].late += amount;
    else if (date_from_iso(on, &day) && (m = month_of(f, day))) m->due += amount;
    else f->out->without_day += amount;
}

/* ---- what was paid ---------------------------------------------------------------------------------------- */

/* đồng by the number of a milestone, or of a task. */
struct sum { int64_t id, amount; };
struct sums { struct sum *p; size_t n, cap; };

static int64_t sum_for(const struct sums *list, int64_t id)
{
    size_t from = 0, end = list->n;
    while (from < end) {
        size_t middle = (from + end) / 2;
        if (list->p[middle].id < id) from = middle + 1;
        else end = middle;
    }
    return from < list->n && list->p[from].id == id ? list->p[from].amount : 0;
}

static enum err read_sums(struct forecasting *f, Sql ordered_by_id, struct sums *out)
{
    struct rows r = db_query(f->w->db, f->w->a, ordered_by_id, ARGS(v_int(f->year)));
    while (rows_next(&r)) *GROW(f->w->a, *out) = (struct sum){ row_int(&r, 0), row_int(&r, 1) };
    return rows_end(&r);
}

static enum err add_paid(struct forecasting *f)
{
    struct rows r = db_query(f->w->db, f->w->a, SQL("SELECT substr(on_day, 1, 7), CAST(sum(amount) AS bigint) FROM voucher WHERE year = $1 AND " VOUCHER_IS("disbursed")
                                                    " GROUP BY substr(on_day, 1, 7)"), ARGS(v_int(f->year)));
    while (rows_next(&r)) {
        struct date day;
        struct cash_month *m = date_from_iso(str_f(f->w->a, "%.*s-01", FMT(row_text(&r, 0))), &day) ? month_of(f, day) : NULL;
        if (m) m->paid += row_int(&r, 1);
    }
    return rows_end(&r);
}

/* ---- what is to be paid ------------------------------------------------------------------------------------- */

static enum err add_milestones(struct forecasting *f)
{
    struct sums paid = { 0 };
    TRY(read_sums(f, SQL("SELECT payment_request.milestone, CAST(sum(voucher.amount) AS bigint) FROM voucher JOIN payment_request ON payment_request.id = voucher.request"
                         " WHERE voucher.year = $1 AND " VOUCHER_IS("disbursed") " AND payment_request.milestone IS NOT NULL"
                         " GROUP BY payment_request.milestone ORDER BY payment_request.milestone"), &paid));
    struct rows r = db_query(f->w->db, f->w->a,
                             SQL("SELECT milestone.id, milestone.due_on, milestone.amount FROM task JOIN contract ON contract.task = task.id AND " LIVE_CONTRACT
                                 " JOIN milestone ON milestone.contract = contract.id AND milestone.state || '' NOT IN ('paid', 'cancelled') WHERE task.year = $1"),
                             ARGS(v_int(f->year)));
    while (rows_next(&r)) add_due(f, row_text(&r, 1), row_int(&r, 2) - sum_for(&paid, row_int(&r, 0)));
    return rows_end(&r);
}

/* What contracts are worth above all their milestones. */
static enum err add_rest_of_contracts(struct forecasting *f)
{
    struct rows r = db_query(f->w->db, f->w->a,
                             SQL("SELECT contract.value, CAST(coalesce(sum(milestone.amount), 0) AS bigint) FROM task JOIN contract ON contract.task = task.id AND " LIVE_CONTRACT
                                 " LEFT JOIN milestone ON milestone.contract = contract.id AND milestone.state || '' <> 'cancelled' WHERE task.year = $1"
                                 " GROUP BY contract.id, contract.value"),
                             ARGS(v_int(f->year)));
    while (rows_next(&r)) add_due(f, (Str){ 0 }, row_int(&r, 0) - row_int(&r, 1));
    return rows_end(&r);
}

static enum err add_tasks_without_contract(struct forecasting *f)
{
    struct sums planned = { 0 }, paid = { 0 };
    TRY(read_sums(f, SQL("SELECT task.id, CAST(sum(cost_line.total) AS bigint) FROM task JOIN cost_line ON cost_line.task = task.id WHERE task.year = $1"
                         " GROUP BY task.id ORDER BY task.id"), &planned));
    TRY(read_sums(f, SQL("SELECT task, CAST(sum(amount) AS bigint) FROM voucher WHERE year = $1 AND " VOUCHER_IS("disbursed") " AND task IS NOT NULL GROUP BY task ORDER BY task"),
                  &paid));
    struct rows r = db_query(f->w->db, f->w->a,
                             SQL("SELECT id, ends FROM task WHERE year = $1 AND state || '' NOT IN ('cancelled', 'settled')"
                                 " AND NOT EXISTS (SELECT 1 FROM contract WHERE contract.task = task.id AND " LIVE_CONTRACT ")"),
                             ARGS(v_int(f->year)));
    while (rows_next(&r)) add_due(f, row_text(&r, 1), sum_for(&planned, row_int(&r, 0)) - sum_for(&paid, row_int(&r, 0)));
    return rows_end(&r);
}

enum err cash_forecast_of(struct work *w, int year, struct cash_forecast *out)
{
    struct forecasting f = { w, year, out };
    *out = (struct cash_forecast){ 0 };
    make_months(&f);
    TRY(add_milestones(&f));
    TRY(add_rest_of_contracts(&f));
    TRY(add_tasks_without_contract(&f));
    return add_paid(&f);
}
