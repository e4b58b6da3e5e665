/* counterpart.c - what those who take part in a task pay beside the budget's support, against the share that the norms leave to them. */
#include "programme/money/inside.h"

__extension__ typedef __int128 Wide;

struct task_money { struct counterpart c; int64_t total, left; };      /* total: the cost by the plan; left: what norms do not allow the budget */
struct task_moneys { struct task_money *p; size_t n, cap; };

static enum err load_tasks(struct work *w, int year, struct records *out)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE year = $1 AND state <> 'cancelled' ORDER BY id", shape_of(w->m, &task)->select_list.text);
    return records_query(w, &task, sql_of(&b), ARGS(v_int(year)), true, out);
}

/* ---- the plan --------------------------------------------------------------------------------------- */

static bool is_theirs(const struct work *w, Str source)
{
    const struct code *k = code_find(w->codes, S("fund_source"), source);
    return k && str_is(k->code, "participants");
}

static void add_planned(const struct work *w, struct counterpart *c, Val source, Val amount)
{
    if (is_theirs(w, v_str(source))) c->planned += v_i64(amount);
    else if (is_budget(w, v_str(source))) c->support += v_i64(amount);
}

static struct task_money planned_of(const struct work *w, const struct records *norms, const struct record *of)
{
    struct task_money m = { .c.task = of->id };
    struct date day = w->today;                             /* the version of the day the task begins holds */
    date_from_iso(v_str(of->v[TASK_STARTS]), &day);
    for (size_t i = 0; i < of->children[TASK_COSTS].n; i++) {
        const struct record *cost = of->children[TASK_COSTS].p[i];
        int64_t total = v_i64(cost->v[COST_TOTAL]);
        struct norm_answer a;
        norm_answer_in(w, norms, cost, day, &a);
        add_planned(w, &m.c, cost->v[COST_SOURCE], cost->v[COST_SUPPORT]);
        add_planned(w, &m.c, cost->v[COST_REST_SOURCE], cost->v[COST_REST]);
        m.total += total;
        if (a.in_force && a.allowed < total) m.left += total - a.allowed;
    }
    return m;
}

/* ---- what was paid ------------------------------------------------------------------------------------- */

static struct task_money *money_of(struct task_moneys *list, int64_t task_id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i].c.task == task_id) return &list->p[i];
    return NULL;
}

static enum err add_paid(struct work *w, int year, struct task_moneys *list)
{
    struct rows r = db_query(w->db, w->a,
                             SQL("SELECT voucher.task, budget_line.source, CAST(sum(voucher.amount) AS bigint) FROM voucher JOIN budget_line ON budget_line.id = voucher.line"
                                 " WHERE voucher.year = $1 AND " VOUCHER_IS("disbursed") " AND voucher.task IS NOT NULL GROUP BY voucher.task, budget_line.source"),
                             ARGS(v_int(year)));
    while (rows_next(&r)) {
        struct task_money *m = money_of(list, row_int(&r, 0));
        Str source = row_text(&r, 1);
        if (m && is_theirs(w, source)) m->c.came += row_int(&r, 2);
        else if (m && is_budget(w, source)) m->c.support_paid += row_int(&r, 2);
    }
    return rows_end(&r);
}

/* ---- both ---------------------------------------------------------------------------------------------- */

static struct counterpart judged(const struct task_money *m)
{
    struct counterpart c = m->c;
    bool paid = c.came + c.support_paid > 0;
    int64_t part = paid ? c.came : c.planned, whole = paid ? c.came + c.support_paid : c.planned + c.support;
    c.share = (double)part / (double)whole;
    c.share_asked = (double)m->left / (double)m->total;
    c.enough = (Wide)part * m->total >= (Wide)m->left * whole;
    return c;
}

enum err counterparts_of(struct work *w, int year, struct counterparts *out)
{
    struct records tasks, norms;
    struct task_moneys list = { 0 };
    *out = (struct counterparts){ 0 };
    TRY(norms_load(w, &norms));
    TRY(load_tasks(w, year, &tasks));
    for (size_t i = 0; i < tasks.n; i++) {
        struct task_money m = planned_of(w, &norms, tasks.p[i]);
        if (m.c.planned && m.c.support) *GROW(w->a, list) = m;
    }
    TRY(add_paid(w, year, &list));
    for (size_t i = 0; i < list.n; i++) *GROW(w->a, *out) = judged(&list.p[i]);
    return OK;
}
