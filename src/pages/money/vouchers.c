/*
 * vouchers.c - what a number of the other pages is the sum of: the vouchers of a stage, narrowed as there.  What is left to commit is what was allocated less what
 * is committed.  An estimate is no voucher yet: it is the shares of tasks in the plan.
 */
#include "pages/money/money_at.h"

#include "pages/plan/plan_pages.h"
#include "programme/contract/contract.h"

enum { ROWS = 100, BLOCK = 500, ARGS_MOST = 12 };

struct listed {
    struct money_at m;
    int     number;                         /* of money_numbers; MONEY_NUMBERS: every voucher      */
    Str     month;                          /* "2026-03"; "none": of no voucher                   */
    int64_t line, contract;
    bool    without_task;
};

/* ---- what is asked ------------------------------------------------------------------------------------ */

static enum err read_reference(struct listed *l, const struct entity *e, const char *name, int64_t *id)
{
    Str said = params_get(&l->m.at.q->query, name);
    if (!said.n || public_id_read(e, said, id)) return OK;
    return reply_fail(l->m.at.r, ERR_MISSING, MSG(N_("There is no “{1}” here."), said));
}

static enum err read_asked(struct request *q, struct reply *r, struct listed *l)
{
    Str stage = params_get(&q->query, "stage");
    TRY(money_begin(q, r, &l->m));
    TRY(read_reference(l, &budget_line, "line", &l->line));
    TRY(read_reference(l, &contract, "contract", &l->contract));
    l->without_task = str_is(params_get(&q->query, "task"), "none");
    TRY(money_month(&l->m, &l->month));
    for (l->number = 0; l->number < MONEY_NUMBERS && !str_is(stage, money_numbers[l->number].code);) l->number++;
    return stage.n && l->number == MONEY_NUMBERS ? reply_fail(r, ERR_MISSING, MSG(N_("There is no “{1}” here."), stage)) : OK;
}

/* ---- the vouchers ---------------------------------------------------------------------------------------- */

static int put_condition(struct buf *b, const char *column, Val v, Val *args, int n)
{
    bool asked = v.type == V_TEXT ? v.s.n > 0 : v.i != 0;
    if (!asked) return n;
    args[n] = v;
    put_f(b, " AND %s = $%d", column, n + 1);
    return n + 1;
}

/* Along the index of the year: that of the stage would walk through all years. */
static int put_where(struct buf *b, const struct listed *l, Val *args)
{
    const struct money_asked *asked = &l->m.asked;
    int n = 1;
    args[0] = v_int(asked->year);
    put_z(b, " WHERE year = $1");
    if (asked->agency.n || asked->source.n || asked->content.n || asked->kind.n) {
        put_z(b, " AND line IN (SELECT id FROM budget_line WHERE year = $1");
        n = put_condition(b, "agency", v_text(asked->agency), args, n);
        n = put_condition(b, "source", v_text(asked->source), args, n);
        n = put_condition(b, "content", v_text(asked->content), args, n);
        n = put_condition(b, "kind", v_text(asked->kind), args, n);
        put_z(b, ")");
    }
    if (l->number < MONEY_STAGES) n = put_condition(b, "stage || ''", v_text(str_of(money_stages[l->number].code)), args, n);
    if (l->number == MONEY_FREE) put_z(b, " AND stage || '' IN ('allocated', 'committed')");
    if (l->without_task) put_z(b, " AND task IS NULL");
    n = put_condition(b, "substr(on_day, 1, 7)", v_text(l->month), args, n);
    n = put_condition(b, "line", v_int(l->line), args, n);
    n = put_condition(b, "task", v_int(asked->task), args, n);
    return put_condition(b, "contract", v_int(l->contract), args, n);
}

struct sum { size_t n; int64_t amount; };

static enum err sum_of(struct listed *l, struct sum *out)
{
    struct work *w = &l->m.at.w;
    struct buf b = buf_make(w->a);
    Val args[ARGS_MOST];
    put_f(&b, "SELECT count(*), CAST(sum(CASE WHEN stage = 'committed' THEN %s ELSE amount END) AS bigint) FROM voucher",
          l->number == MONEY_FREE ? "-amount" : "amount");
    int n = put_where(&b, l, args);
    struct rows r = db_query(w->db, w->a, sql_of(&b), (Args){ args, n });
    if (rows_next(&r)) *out = (struct sum){ (size_t)row_int(&r, 0), row_int(&r, 1) };
    return rows_end(&r);
}

static enum err vouchers_between(struct listed *l, size_t from, size_t to, struct records *out)
{
    struct work *w = &l->m.at.w;
    struct buf b = buf_make(w->a);
    Val args[ARGS_MOST];
    put_z(&b, shape_of(w->m, &voucher)->select_list.text);
    int n = put_where(&b, l, args);
    put_f(&b, " ORDER BY on_day DESC, id DESC LIMIT %zu OFFSET %zu", to - from, from);
    return records_query(w, &voucher, sql_of(&b), (Args){ args, n }, false, out);
}

static const struct grid_column voucher_columns[] = {
    { "on_day", N_("Day of the document") }, { "document", N_("Document") }, { "stage", N_("Stage") }, { "amount", N_("Amount, đồng") },
    { "line", N_("Budget line") }, { "task", N_("Task") }, { "contract", N_("Contract") }, { "reason", N_("Reason") },
    { "id", N_("Number"), .files_only = true },
};

/* The records that a field of these vouchers names. */
static enum err named_by(struct work *w, const struct records *vouchers, int field, const struct entity *e, struct records *out)
{
    int64_t *ids = NEW_ARRAY(w->a, int64_t, vouchers->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < vouchers->n; i++) {
        int64_t id = v_i64(vouchers->p[i]->v[field]);
        size_t k = 0;
        while (k < n && ids[k] != id) k++;
        if (id && k == n) ids[n++] = id;
    }
    return records_of(w, e, ids, n, false, out);
}

static void put_named(struct listed *l, struct grid *g, const struct records *list, Val id, Str path)
{
    money_named(&l->m, g, child_with_id(list, v_i64(id)), path);
}

static void put_voucher(struct listed *l, struct grid *g, const struct record *v, const struct records names[3])
{
    struct arena *a = l->m.at.q->a;
    bool less = l->number == MONEY_FREE && str_is(v_str(v->v[VOUCHER_STAGE]), money_stages[MONEY_COMMITTED].code);
    int64_t amount = v_i64(v->v[VOUCHER_AMOUNT]);
    grid_text(g, record_text(&l->m.at.w, v, VOUCHER_ON));
    grid_link(g, request_link(l->m.at.q, desk_path(a, &voucher, v->id, NULL)), v_str(v->v[VOUCHER_DOCUMENT]));
    grid_text(g, record_text(&l->m.at.w, v, VOUCHER_STAGE));
    grid_whole(g, less ? -amount : amount, (Str){ 0 });
    put_named(l, g, &names[0], v->v[VOUCHER_LINE], money_line_path(a, v_i64(v->v[VOUCHER_LINE]), NULL));
    put_named(l, g, &names[1], v->v[VOUCHER_TASK], money_task_path(a, v_i64(v->v[VOUCHER_TASK])));
    put_named(l, g, &names[2], v->v[VOUCHER_CONTRACT], str_f(a, "/contracts/%.*s", FMT(public_id(a, &contract, v_i64(v->v[VOUCHER_CONTRACT])))));
    grid_text(g, v_str(v->v[VOUCHER_REASON]));
    grid_text(g, public_id(a, &voucher, v->id));
}

static enum err put_vouchers(struct listed *l, struct grid *g, size_t from, size_t to)
{
    struct records list, names[3];
    struct work *w = &l->m.at.w;
    TRY(vouchers_between(l, from, to, &list));
    TRY(named_by(w, &list, VOUCHER_LINE, &budget_line, &names[0]));
    TRY(named_by(w, &list, VOUCHER_TASK, &task, &names[1]));
    TRY(named_by(w, &list, VOUCHER_CONTRACT, &contract, &names[2]));
    for (size_t i = 0; i < list.n; i++) put_voucher(l, g, list.p[i], names);
    return OK;
}

static enum err send_file(struct listed *l, struct grid *g, size_t n)
{
    TRY(grid_begin(l->m.at.r, g, NULL, 0));
    for (size_t from = 0; from < n; from += BLOCK) {
        TRY(put_vouchers(l, g, from, from + BLOCK));
        TRY(grid_send(g));
    }
    return grid_end(l->m.at.r, g);
}

static void put_sum(struct listed *l, struct grid *g, int64_t sum, size_t at)
{
    grid_sum(g);
    grid_text(g, at_tr(&l->m.at, N_("Altogether")));
    for (size_t i = 1; i < g->n; i++) {
        if (i == at) grid_whole(g, sum, (Str){ 0 });
        else grid_text(g, (Str){ 0 });
    }
}

/* ---- the estimate ------------------------------------------------------------------------------------------ */

static const struct grid_column estimate_columns[] = {
    { "task", N_("Task") }, { "agency", N_("Agency") }, { "source", N_("Source of money") }, { "content", N_("Content") }, { "kind", N_("Kind of expense") },
    { "amount", N_("Estimate, đồng") }, { "id", N_("Number"), .files_only = true },
};

static bool is_asked(const struct listed *l, const struct estimate *e, const struct record *line)
{
    const struct money_asked *asked = &l->m.asked;
    struct { Str want, is; } parts[] = { { asked->agency, e->agency }, { asked->source, e->source }, { asked->content, e->content }, { asked->kind, e->kind } };
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i].want.n && !str_eq(parts[i].want, parts[i].is)) return false;
    if (line && !(str_eq(v_str(line->v[LINE_AGENCY]), e->agency) && str_eq(v_str(line->v[LINE_SOURCE]), e->source)
                  && str_eq(v_str(line->v[LINE_CONTENT]), e->content) && str_eq(v_str(line->v[LINE_KIND]), e->kind))) return false;
    return (!asked->task || asked->task == e->task) && !l->without_task && (!l->month.n || str_is(l->month, "none")) && !l->contract;
}

static enum err estimate_grid(struct listed *l, struct grid *g, struct sum *sum)
{
    struct at *at = &l->m.at;
    struct estimates all;
    struct record *line = NULL;
    if (l->line) TRY(record_load(&at->w, &budget_line, l->line, &line));
    TRY(estimates_of(&at->w, l->m.asked.year, &all));
    *g = grid_make(at->q, (struct figure){ .id = "estimates", .caption = N_("What the estimate is made of") }, estimate_columns, COUNT(estimate_columns),
                   N_("Nothing is estimated here. The estimate comes from the cost lines of the plan’s tasks."));
    for (size_t i = 0; i < all.n; i++) {
        const struct estimate *e = &all.p[i];
        struct record *of;
        if (!is_asked(l, e, line)) continue;
        TRY(record_load(&at->w, &task, e->task, &of));
        grid_link(g, request_link(at->q, money_task_path(at->q->a, e->task)), record_title(&at->w, of));
        grid_text(g, money_code(at, "agency", e->agency));
        grid_text(g, money_code(at, "fund_source", e->source));
        grid_text(g, money_code(at, "programme_content", e->content));
        grid_text(g, money_code(at, "expense_kind", e->kind));
        grid_whole(g, e->amount, (Str){ 0 });
        grid_text(g, public_id(at->q->a, &task, e->task));
        sum->n++;
        sum->amount += e->amount;
    }
    return OK;
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

static void put_stages(struct listed *l)
{
    static const char *const passing[] = { "line", "month", "contract" };
    struct at *at = &l->m.at;
    struct tab tabs[MONEY_NUMBERS];
    for (int i = 0; i < MONEY_NUMBERS; i++) {
        struct params state = money_state_with(&l->m, "stage", str_of(money_numbers[i].code));
        for (size_t k = 0; k < COUNT(passing); k++) state = params_with(at->q->a, &state, passing[k], params_get(&at->q->query, passing[k]));
        tabs[i] = (struct tab){ money_url(&l->m, "/money/vouchers", &state), at_tr(at, money_numbers[i].label), i == l->number };
    }
    put_tabs(at, N_("Stage"), tabs, MONEY_NUMBERS, "true");
}

static enum err reply_page(struct listed *l, const struct grid *g, const struct sum *sum)
{
    struct at *at = &l->m.at;
    Str count = page_number(&at->w, (int64_t)sum->n);
    Str stage = l->number < MONEY_NUMBERS ? at_tr(at, money_numbers[l->number].label) : at_tr(at, N_("Vouchers"));
    Str lead = l->number < MONEY_NUMBERS ? at_say(at, MSG(N_("Entries: {1}, together {2}."), count, dong(at->q->a, at->q->lang, sum->amount)))
                                         : at_say(at, MSG(N_("Entries of all stages: {1}; a sum is of one stage."), count));
    put_money_menu(&l->m, "/money/vouchers");
    put_money_filter(&l->m);
    put_stages(l);
    grid_section(&at->h, &at->w, g);
    return money_reply(&l->m, at_say(at, MSG(N_("{1} in {2}"), stage, str_f(at->q->a, "%d", l->m.asked.year))), lead, (Html){ 0 });
}

static enum err estimates_page(struct listed *l)
{
    struct grid g;
    struct sum sum = { 0 };
    TRY(estimate_grid(l, &g, &sum));
    if (l->m.at.q->as != AS_PAGE) return grid_reply(l->m.at.r, &g, NULL, 0);
    if (sum.n) put_sum(l, &g, sum.amount, 5);
    return reply_page(l, &g, &sum);
}

static struct grid vouchers_grid(struct request *q)
{
    return grid_make(q, (struct figure){ .id = "vouchers", .caption = N_("Vouchers") }, voucher_columns, COUNT(voucher_columns),
                     N_("No voucher is like this. They are posted from the desks of budget lines, contracts and payments."));
}

enum err money_newest_vouchers(struct money_at *m, int64_t line, size_t most, struct grid *g)
{
    struct listed l = { .m = *m, .number = MONEY_NUMBERS, .line = line };
    *g = vouchers_grid(m->at.q);
    return put_vouchers(&l, g, 0, most);
}

enum err money_vouchers(struct request *q, struct reply *r)
{
    struct listed l = { 0 };
    struct sum sum = { 0 };
    TRY(read_asked(q, r, &l));
    if (l.number == MONEY_ESTIMATED) return estimates_page(&l);
    TRY(sum_of(&l, &sum));
    struct grid g = vouchers_grid(q);
    if (q->as != AS_PAGE) return send_file(&l, &g, sum.n);
    g.window = window_asked(q, sum.n, ROWS);
    TRY(put_vouchers(&l, &g, g.window.from, g.window.to));
    if (sum.n && l.number < MONEY_NUMBERS) put_sum(&l, &g, sum.amount, 3);
    return reply_page(&l, &g, &sum);
}
