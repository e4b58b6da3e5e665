/* forecast.c - what will be paid when: milestones of contracts on their days, tasks without a contract at their end; what should have been paid already stands in this month. */
#include "programme/money/inside.h"

#include "programme/contract/contract.h"
#include "programme/plan/plan.h"

struct forecasting { struct work *w; int year; struct cash_forecast *out; };

/* A contract that still is to be paid, and one that speaks for its task. */
#define LIVE_CONTRACT "contract.state || '' NOT IN ('dropped', 'terminated', 'settled')"

static int month_number(int year, int month) { return year * 12 + month - 1; }

static struct cash_month *month_of(struct forecasting *f, struct date day)
{
    int at = month_number(day.year, day.month) - month_number(f->out->p[0].year, f->out->p[0].month);
    return at < 0 || (size_t)at >= f->out->n ? NULL : &f->out->p[at];
}

/* The year's months and those in which something may fall: from January, or this month if that is before, to the December after the year. */
static void make_months(struct forecasting *f)
{
    struct date now = f->w->today;
    int first = month_number(now.year < f->year ? now.year : f->year, now.year < f->year ? now.month : 1);
    int last = month_number(f->year + 1, 12), this_month = month_number(now.year, now.month);
    for (int at = first; at <= last || at <= this_month; at++)
        *GROW(f->w->a, *f->out) = (struct cash_month){ .year = at / 12, .month = at % 12 + 1 };
}

/* The months after the year's December are there as far as something falls into one. */
static void leave_empty_months(struct forecasting *f)
{
    struct cash_month *last;
    while ((last = &f->out->p[f->out->n - 1])->year > f->year && !last->paid && !last->due && !last->late) f->out->n--;
}

/* Falls into the day's month; what should have been paid before today, into this one. */
static void add_due(struct forecasting *f, const struct entity *of, int64_t id, Str on, int64_t amount)
{
    struct date day, now = f->w->today;
    if (amount <= 0) return;
    bool known = date_from_iso(on, &day), late = known && date_days(day) < date_days(now);
    struct cash_month *m = known ? month_of(f, late ? now : day) : NULL;
    if (m) *(late ? &m->late : &m->due) += amount;
    else f->out->without_day += amount;
    *GROW(f->w->a, f->out->items) = (struct cash_item){ of, id, amount, m ? (int)(m - f->out->p) : -1, late };
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
    while (rows_next(&r)) add_due(f, &milestone, row_int(&r, 0), row_text(&r, 1), row_int(&r, 2) - sum_for(&paid, row_int(&r, 0)));
    return rows_end(&r);
}

/* What contracts are worth above all their milestones. */
static enum err add_rest_of_contracts(struct forecasting *f)
{
    struct rows r = db_query(f->w->db, f->w->a,
                             SQL("SELECT contract.id, contract.value, CAST(coalesce(sum(milestone.amount), 0) AS bigint) FROM task JOIN contract ON contract.task = task.id AND " LIVE_CONTRACT
                                 " LEFT JOIN milestone ON milestone.contract = contract.id AND milestone.state || '' <> 'cancelled' WHERE task.year = $1"
                                 " GROUP BY contract.id, contract.value"),
                             ARGS(v_int(f->year)));
    while (rows_next(&r)) add_due(f, &contract, row_int(&r, 0), (Str){ 0 }, row_int(&r, 1) - row_int(&r, 2));
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
    while (rows_next(&r)) add_due(f, &task, row_int(&r, 0), row_text(&r, 1), sum_for(&planned, row_int(&r, 0)) - sum_for(&paid, row_int(&r, 0)));
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
    TRY(add_paid(&f));
    leave_empty_months(&f);
    return OK;
}
