/* balance.c - balances as sums over vouchers, of a line, a contract or a task, and how an amount is split over shares. */
#include "programme/money/money.h"

__extension__ typedef unsigned __int128 Wide;

/* ---- sums ------------------------------------------------------------------------------------------- */

static enum err sum(struct work *w, Sql q, int64_t id, struct balance *out)
{
    struct rows r = db_query(w->db, w->a, q, ARGS(v_int(id)));
    *out = (struct balance){ 0 };
    while (rows_next(&r)) out->of[money_stage_named(row_text(&r, 0))] = row_int(&r, 1);
    return rows_end(&r);
}

#define SUM_WHERE(column) SQL("SELECT stage, CAST(sum(amount) AS bigint) FROM voucher WHERE " column " = $1 GROUP BY stage")

enum err balance_of_line(struct work *w, int64_t line, struct balance *out) { return sum(w, SUM_WHERE("line"), line, out); }
enum err balance_of_contract(struct work *w, int64_t contract_id, struct balance *out) { return sum(w, SUM_WHERE("contract"), contract_id, out); }
enum err balance_of_task(struct work *w, int64_t task_id, struct balance *out) { return sum(w, SUM_WHERE("task"), task_id, out); }

enum err shares_of(struct work *w, int64_t contract_id, int64_t task_id, struct shares *out)
{
    struct rows r = contract_id ? db_query(w->db, w->a, SQL("SELECT line, stage, CAST(sum(amount) AS bigint) FROM voucher WHERE contract = $1 GROUP BY line, stage ORDER BY line"),
                                           ARGS(v_int(contract_id)))
                                : db_query(w->db, w->a, SQL("SELECT line, stage, CAST(sum(amount) AS bigint) FROM voucher WHERE task = $1 AND contract IS NULL"
                                                            " GROUP BY line, stage ORDER BY line"), ARGS(v_int(task_id)));
    *out = (struct shares){ 0 };
    while (rows_next(&r)) {
        int64_t line = row_int(&r, 0);
        if (!out->n || out->p[out->n - 1].line != line) GROW(w->a, *out)->line = line;
        out->p[out->n - 1].balance.of[money_stage_named(row_text(&r, 1))] = row_int(&r, 2);
    }
    return rows_end(&r);
}

/* ---- splitting -------------------------------------------------------------------------------------- */

/* What may still come to, or be taken back from, a stage of one share; nothing where a plan was cut below what is there. */
static int64_t room_of(const struct balance *b, enum money_stage stage, bool back)
{
    int64_t upper = back ? b->of[stage] : b->of[stage - 1];
    int64_t lower = !back ? b->of[stage] : stage + 1 < MONEY_STAGES ? b->of[stage + 1] : 0;
    return upper > lower ? upper - lower : 0;
}

/*
 * Of an amount that is no more than all rooms together, each takes amount × room / all, which is no more than its room; where that is rounded
 * down, there is room for one more.
 */
bool shares_split(struct arena *a, const struct shares *s, enum money_stage stage, int64_t amount, int64_t *each)
{
    bool back = amount < 0;
    uint64_t all = 0, asked = (uint64_t)(back ? -amount : amount), given = 0;
    uint64_t *over = NEW_ARRAY(a, uint64_t, s->n);          /* remainders of the division         */
    MUST(stage >= MONEY_DISBURSED);
    for (size_t i = 0; i < s->n; i++) all += (uint64_t)room_of(&s->p[i].balance, stage, back);
    if (asked > all) return false;
    for (size_t i = 0; i < s->n; i++) {
        Wide share = (Wide)asked * (uint64_t)room_of(&s->p[i].balance, stage, back);
        each[i] = all ? (int64_t)(share / all) : 0;
        over[i] = all ? (uint64_t)(share % all) : 0;
        given += (uint64_t)each[i];
    }
    for (; given < asked; given++) {
        size_t most = 0;
        for (size_t i = 1; i < s->n; i++)
            if (over[i] > over[most]) most = i;
        each[most]++;
        over[most] = 0;
    }
    for (size_t i = 0; back && i < s->n; i++) each[i] = -each[i];
    return true;
}
