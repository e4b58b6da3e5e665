/*
 * rows.c - a year's money in one view.  The database sums the year's vouchers by line and stage (and by month or task, where the view asks for it); what a line
 * belongs to is looked up in memory.  Each voucher and each share of an estimate comes to exactly one row, so all views have the same total.
 */
#include "programme/money/inside.h"

#include "base/map.h"

#include <stdlib.h>

struct gathering {
    struct work        *w;
    struct money_asked  asked;
    Str                 only[LINE_PARTS];   /* keys that lines are narrowed to; empty: all        */
    struct records      lines;              /* of the year, by number                             */
    struct map          line_of;            /* identity → number                                  */
    struct map          at;                 /* key of a row → its place                           */
    struct money_rows  *out;
    struct money_row   *total;
};

/* ---- rows -------------------------------------------------------------------------------------------- */

/* What decides in which row an amount stands. */
struct place { Str part[LINE_PARTS]; int64_t line, task; Str month; };

static Str key_of(const struct gathering *g, const struct place *p)
{
    switch (g->asked.by) {
    case BY_LINE:    return line_identity(g->w->a, g->asked.year, p->part);
    case BY_AGENCY:  return p->part[0];
    case BY_SOURCE:  return p->part[1];
    case BY_CONTENT: return p->part[2];
    case BY_KIND:    return p->part[3];
    case BY_MONTH:   return p->month;
    case BY_TASK:    return str_f(g->w->a, "%020lld", (long long)p->task);
    case MONEY_VIEWS: break;
    }
    return (Str){ 0 };
}

static struct money_row *row_of(struct gathering *g, const struct place *p)
{
    bool added;
    Str key = key_of(g, p);
    int64_t *at = map_put(&g->at, key, (int64_t)g->out->n, &added);
    if (!added) return &g->out->p[*at];
    struct money_row *row = GROW(g->w->a, *g->out);
    *row = (struct money_row){ .key = key, .id = g->asked.by == BY_LINE ? p->line : g->asked.by == BY_TASK ? p->task : 0 };
    return row;
}

static bool is_asked_for(const struct gathering *g, const struct place *p)
{
    for (int i = 0; i < LINE_PARTS; i++)
        if (g->only[i].n && !str_eq(g->only[i], p->part[i])) return false;
    return !g->asked.task || g->asked.task == p->task;
}

/* ---- vouchers ------------------------------------------------------------------------------------------ */

static int by_number(const void *key, const void *element)
{
    int64_t id = *(const int64_t *)key, other = (*(struct record *const *)element)->id;
    return id < other ? -1 : id > other;
}

static const struct record *line_numbered(const struct gathering *g, int64_t id)
{
    struct record *const *found = g->lines.n ? bsearch(&id, g->lines.p, g->lines.n, sizeof *g->lines.p, by_number) : NULL;
    return found ? *found : NULL;
}

/* Line, stage, sum, and the task or month where the view or the narrowing needs it. */
static Sql sums_query(const struct gathering *g)
{
    const char *by = g->asked.by == BY_MONTH ? "substr(on_day, 1, 7)" : g->asked.by == BY_TASK || g->asked.task ? "task" : "year";
    struct buf b = buf_make(g->w->a);
    put_f(&b, "SELECT line, stage, CAST(sum(amount) AS bigint), %s FROM voucher WHERE year = $1%s GROUP BY line, stage, %s", by, g->asked.task ? " AND task = $2" : "", by);
    return sql_of(&b);
}

static enum err add_vouchers(struct gathering *g)
{
    const Val args[] = { v_int(g->asked.year), v_int(g->asked.task) };
    struct rows r = db_query(g->w->db, g->w->a, sums_query(g), (Args){ args, g->asked.task ? 2 : 1 });
    while (rows_next(&r)) {
        const struct record *line = line_numbered(g, row_int(&r, 0));
        enum money_stage stage = money_stage_named(row_text(&r, 1));
        struct place p = { .line = row_int(&r, 0), .task = g->asked.task };
        MUST(line);
        for (int i = 0; i < LINE_PARTS; i++) p.part[i] = v_str(line->v[line_parts[i]]);
        if (g->asked.by == BY_MONTH) p.month = row_text(&r, 3);
        else if (g->asked.by == BY_TASK) p.task = row_int(&r, 3);
        if (!is_asked_for(g, &p)) continue;
        row_of(g, &p)->balance.of[stage] += row_int(&r, 2);
        g->total->balance.of[stage] += row_int(&r, 2);
    }
    return rows_end(&r);
}

/* ---- estimates ------------------------------------------------------------------------------------------- */

static enum err add_estimates(struct gathering *g)
{
    struct estimates list;
    TRY(estimates_of(g->w, g->asked.year, &list));
    for (size_t i = 0; i < list.n; i++) {
        const struct estimate *e = &list.p[i];
        struct place p = { .part = { e->agency, e->source, e->content, e->kind }, .task = e->task };
        if (g->asked.by == BY_LINE) map_get(&g->line_of, line_identity(g->w->a, g->asked.year, p.part), &p.line);
        if (!is_asked_for(g, &p)) continue;
        row_of(g, &p)->estimate += e->amount;
        g->total->estimate += e->amount;
    }
    return OK;
}

/* ---- both -------------------------------------------------------------------------------------------------- */

static enum err load_lines(struct gathering *g)
{
    struct buf b = buf_make(g->w->a);
    put_f(&b, "%s WHERE year = $1 ORDER BY id", shape_of(g->w->m, &budget_line)->select_list.text);
    TRY(records_query(g->w, &budget_line, sql_of(&b), ARGS(v_int(g->asked.year)), false, &g->lines));
    for (size_t i = 0; i < g->lines.n; i++) map_put(&g->line_of, v_str(g->lines.p[i]->v[LINE_IDENTITY]), g->lines.p[i]->id, &(bool){ false });
    return OK;
}

static int by_key(const void *a, const void *b)
{
    const struct money_row *one = a, *other = b;
    return str_cmp(one->key, other->key);
}

enum err money_rows(struct work *w, const struct money_asked *asked, struct money_rows *out, struct money_row *total)
{
    const Str only[LINE_PARTS] = { asked->agency, asked->source, asked->content, asked->kind };
    struct gathering g = { .w = w, .asked = *asked, .line_of = map_make(w->a, 256), .at = map_make(w->a, 256), .out = out, .total = total };
    for (int i = 0; i < LINE_PARTS; i++) g.only[i] = line_part_key(w, i, only[i]);
    *out = (struct money_rows){ 0 };
    *total = (struct money_row){ 0 };
    TRY(load_lines(&g));
    TRY(add_vouchers(&g));
    TRY(add_estimates(&g));
    if (out->n) qsort(out->p, out->n, sizeof *out->p, by_key);
    for (size_t i = 0; i < out->n && asked->by == BY_TASK; i++) out->p[i].key = (Str){ 0 };
    return OK;
}
