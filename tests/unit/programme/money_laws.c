/*
 * money_laws.c - random steps, good and bad, on random budgets: after each the balances are worked out anew from all vouchers by a plain model, which must
 * find every law of docs/balance-laws.md kept, every refused step without a trace, and every step refused that the model would not have taken.
 */
#include "purse.h"

enum { VOUCHERS = 2000, STEPS = 400, SET = 4 };

/* ---- the plain model ----------------------------------------------------------------------------------- */

struct entry { int64_t id, line, contract, task, amount, reverses; int stage, on; };      /* on: 20261122 */
struct ledger { struct entry p[VOUCHERS]; size_t n; };

static int number_of(struct date d) { return d.year * 10000 + d.month * 100 + d.day; }

static void read_ledger(struct work *w, struct ledger *out)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT id, line, contract, task, amount, reverses, stage, on_day FROM voucher ORDER BY id"), NO_ARGS);
    out->n = 0;
    while (rows_next(&r)) {
        struct entry e = { row_int(&r, 0), row_int(&r, 1), row_int(&r, 2), row_int(&r, 3), row_int(&r, 4), row_int(&r, 5), 0, 0 };
        Str stage = row_text(&r, 6);
        struct date on;
        CHECK(date_from_iso(row_text(&r, 7), &on));
        e.on = number_of(on);
        while (!str_is(stage, money_stages[e.stage].code)) e.stage++;
        CHECK(out->n < VOUCHERS);
        out->p[out->n++] = e;
    }
    CHECK_INT(rows_end(&r), OK);
}

static int64_t held(const struct ledger *l, int stage, int64_t line, int64_t contract_id, int64_t task_id, bool whole_line)
{
    int64_t sum = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct entry *e = &l->p[i];
        bool here = e->line == line && e->stage == stage && (whole_line || (e->contract == contract_id && (contract_id || e->task == task_id)));
        sum += here ? e->amount : 0;
    }
    return sum;
}

static const char *broken_on(const struct ledger *l, int64_t line, int64_t contract_id, int64_t task_id, bool whole_line)
{
    int64_t of[MONEY_STAGES];
    for (int s = 0; s < MONEY_STAGES; s++) {
        of[s] = held(l, s, line, contract_id, task_id, whole_line);
        if (!whole_line && s < MONEY_COMMITTED) continue;    /* of the line as a whole               */
        if (of[s] < 0) return "B5";
        if (of[s] > MONEY_MOST) return "bound";
    }
    if (whole_line && of[MONEY_COMMITTED] > of[MONEY_ALLOCATED]) return "B1";
    if (of[MONEY_DISBURSED] > of[MONEY_COMMITTED]) return "B2";
    return of[MONEY_SETTLED] > of[MONEY_DISBURSED] ? "B4" : NULL;
}

/* B3: of a contract nothing is committed beside its shares, and whoever committed last left them as they are. */
static const char *broken_contract(const struct purse *p, const struct ledger *l, int c, bool committing)
{
    for (int i = 0; i < PURSE_LINES; i++) {
        int64_t committed = held(l, MONEY_COMMITTED, p->line[i], p->contract[c], 0, false), share = p->share[c][i];
        if (committed > share || (committing && committed != share)) return "B3";
    }
    return NULL;
}

static const char *broken_reversal(const struct ledger *l)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct entry *of = NULL;
        for (size_t k = 0; k < l->n && l->p[i].reverses; k++) {
            if (l->p[k].id == l->p[i].reverses) of = &l->p[k];
            if (k != i && l->p[k].reverses == l->p[i].reverses) return "B6";
        }
        if (of && (of->amount != -l->p[i].amount || of->line != l->p[i].line || of->stage != l->p[i].stage || of->reverses)) return "B6";
    }
    return NULL;
}

static const char *broken(const struct purse *p, const struct ledger *l, const bool *committing)
{
    for (int i = 0; i < PURSE_LINES; i++) {
        const char *law = broken_on(l, p->line[i], 0, 0, true);
        for (int t = -1; t < PURSE_TASKS && !law; t++) law = broken_on(l, p->line[i], 0, t < 0 ? 0 : p->task[t], false);
        for (int c = 0; c < PURSE_CONTRACTS && !law; c++) law = broken_on(l, p->line[i], p->contract[c], 0, false);
        if (law) return law;
    }
    for (int c = 0; c < PURSE_CONTRACTS; c++)
        if (broken_contract(p, l, c, committing[c])) return "B3";
    return broken_reversal(l);
}

/* ---- random steps ---------------------------------------------------------------------------------------- */

struct dice { uint64_t state; };
static int roll(struct dice *d, int sides)                  /* SplitMix64                          */
{
    uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((z ^ (z >> 31)) % (uint64_t)sides);
}

static int64_t some_amount(struct dice *d)
{
    static const int64_t odd[] = { 0, 1, 500, -500, MONEY_MOST, -MONEY_MOST, MONEY_MOST + 1, INT64_MAX, INT64_MIN };
    return roll(d, 4) ? roll(d, 900) - 250 : odd[roll(d, COUNT(odd))];
}

/* Just what is left for the stage, or may still be taken back from it; or one more than that. */
static int64_t limit_of(struct dice *d, const struct ledger *l, const struct posting *one)
{
    int s = (int)one->stage;
    bool line = s <= MONEY_COMMITTED, back = !roll(d, 3);
    int64_t held_now = held(l, s, one->line, one->contract, one->task, line);
    int64_t before = s ? held(l, s - 1, one->line, one->contract, one->task, line) : 0;
    int64_t after = s + 1 < MONEY_STAGES ? held(l, s + 1, one->line, one->contract, one->task, line) : 0;
    return back ? after - held_now - roll(d, 2) : before - held_now + roll(d, 2);
}

static struct date some_day(struct dice *d)
{
    static const struct date odd[] = { { 2025, 12, 31 }, { 2027, 1, 1 }, { 2027, 1, 31 }, { 2027, 2, 1 }, { 2024, 6, 1 }, { 2026, 13, 1 }, { 0 } };
    return roll(d, 6) ? (struct date){ 2026, 1 + roll(d, 12), 1 + roll(d, 28) } : odd[roll(d, COUNT(odd))];
}

static struct posting some_posting(struct dice *d, const struct purse *p, const struct ledger *l)
{
    struct posting one = { .line = p->line[roll(d, PURSE_LINES)], .stage = (enum money_stage)roll(d, MONEY_STAGES), .amount = some_amount(d), .on = some_day(d),
                           .document = roll(d, 30) ? S("QĐ") : S(""), .reason = roll(d, 30) ? S("lý do") : S("") };
    int c = roll(d, 3 * PURSE_CONTRACTS);
    if (one.stage == MONEY_ALLOCATED && roll(d, 3)) one.amount = 1000 + roll(d, 2000), one.on = (struct date){ 2026, 1, 1 }, one.line = p->line[roll(d, 4)];
    if (c < PURSE_CONTRACTS) {
        one.contract = p->contract[c];
        if (roll(d, 4)) one.line = p->line[c];              /* on which it has a share for sure    */
    }
    if (!one.contract || !roll(d, 10)) one.task = roll(d, 4) ? p->task[roll(d, PURSE_TASKS)] : 0;
    if (!roll(d, 3)) one.amount = limit_of(d, l, &one);
    if (!roll(d, 40)) *(int64_t *[]){ &one.line, &one.task, &one.contract }[roll(d, 3)] = 4711;
    if (l->n && !roll(d, 6)) {
        const struct entry *e = &l->p[roll(d, (int)l->n)];
        one = (struct posting){ .line = e->line, .stage = (enum money_stage)e->stage, .amount = -e->amount + !roll(d, 10), .on = { 2026, 12, 31 }, .task = e->task, .contract = e->contract,
                                .reverses = e->id, .document = S("QĐ"), .reason = S("nhập sai") };
        if (!roll(d, 8)) one.line = p->line[roll(d, PURSE_LINES)];
    }
    return one;
}

/* A contract's commitment as its shares are, or nearly. */
static size_t some_contract(struct dice *d, const struct purse *p, const struct ledger *l, struct posting *set)
{
    int c = roll(d, PURSE_CONTRACTS);
    size_t n = 0;
    struct date on = some_day(d);
    for (int i = 0; i < PURSE_LINES; i++) {
        struct posting one = posting_of(p->line[i], MONEY_COMMITTED, p->share[c][i] - held(l, MONEY_COMMITTED, p->line[i], p->contract[c], 0, false) + !roll(d, 12));
        one.contract = p->contract[c], one.task = p->task[c], one.on = on;
        if (one.amount && roll(d, 12)) set[n++] = one;
    }
    return n;
}

static size_t some_set(struct dice *d, const struct purse *p, const struct ledger *l, struct posting *set)
{
    size_t n = roll(d, 3) ? 1 : (size_t)roll(d, SET);
    if (!roll(d, 5)) return some_contract(d, p, l, set);
    for (size_t i = 0; i < n; i++) set[i] = some_posting(d, p, l);
    return n;
}

/* ---- the model against the program ---------------------------------------------------------------------- */

static int contract_at(const struct purse *p, int64_t id)
{
    int at = -1;
    for (int c = 0; c < PURSE_CONTRACTS; c++) at = id == p->contract[c] ? c : at;
    return at;
}

/* What the postings themselves are wrong in, without what the ledger holds. */
static bool sound(const struct purse *p, const struct posting *one)
{
    int year = one->line == p->line[PURSE_LINES - 1] ? 2027 : 2026;
    bool known = false, known_task = !one->task;
    int c = contract_at(p, one->contract);
    for (int i = 0; i < PURSE_LINES; i++) known |= one->line == p->line[i];
    for (int i = 0; i < PURSE_TASKS; i++) known_task |= one->task == p->task[i];
    if (!known || !known_task || (one->contract && c < 0) || (c >= 0 && one->task && one->task != p->task[c])) return false;
    if (!one->amount || one->amount > MONEY_MOST || one->amount < -MONEY_MOST || !one->document.n || (one->amount < 0 && one->stage != MONEY_SUBMITTED && !one->reason.n) || !date_valid(one->on)) return false;
    return one->on.year == year || (one->stage <= MONEY_ALLOCATED && one->on.year == year - 1)
        || (one->stage == MONEY_DISBURSED && one->on.year == year + 1 && one->on.month == 1)
        || ((one->stage == MONEY_SETTLED || (one->stage == MONEY_DISBURSED && one->amount < 0)) && one->on.year > year && one->on.year <= year + 3);
}

static bool sound_reversal(const struct ledger *l, const struct posting *one)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->p[i].reverses == one->reverses) return false;
    for (size_t i = 0; i < l->n; i++)
        if (l->p[i].id == one->reverses)
            return l->p[i].amount == -one->amount && l->p[i].line == one->line && !l->p[i].reverses && l->p[i].on <= number_of(one->on);
    return false;
}

/* Contracts for which the set commits more on some line than it frees. */
static void find_committing(const struct purse *p, const struct posting *set, size_t n, bool *committing)
{
    for (int c = 0; c < PURSE_CONTRACTS; c++)
        for (int k = 0; k < PURSE_LINES; k++) {
            int64_t moved = 0;
            for (size_t i = 0; i < n; i++)
                if (set[i].contract == p->contract[c] && set[i].line == p->line[k] && set[i].stage == MONEY_COMMITTED) moved += set[i].amount;
            committing[c] |= moved > 0;
        }
}

/* Whether the model takes the set: what the ledger would be after it breaks nothing. */
static bool model_takes(const struct purse *p, const struct ledger *l, const struct posting *set, size_t n, bool *committing)
{
    static struct ledger after;
    after = *l;
    for (size_t i = 0; i < n; i++) {
        const struct posting *one = &set[i];
        int c = contract_at(p, one->contract);
        if (!sound(p, one) || (one->reverses && !sound_reversal(l, one))) return false;
        after.p[after.n++] = (struct entry){ -(int64_t)i - 1, one->line, one->contract, c < 0 ? one->task : p->task[c], one->amount, one->reverses, (int)one->stage, 0 };
    }
    find_committing(p, set, n, committing);
    return !broken(p, &after, committing);
}

/* The balances that the program tells are those of the model. */
static void check_balances(const struct purse *p, const struct ledger *l)
{
    for (int i = 0; i < PURSE_LINES; i++) {
        struct balance b;
        CHECK_INT(balance_of_line(p->w, p->line[i], &b), OK);
        for (int s = 0; s < MONEY_STAGES; s++) CHECK_INT(b.of[s], held(l, s, p->line[i], 0, 0, true));
    }
}

static void check_views(const struct purse *p, const struct ledger *l)
{
    for (int by = 0; by < MONEY_VIEWS; by++) {
        struct money_rows rows;
        struct money_row total, sum = { 0 };
        CHECK_INT(money_rows(p->w, &(struct money_asked){ .year = 2026, .by = (enum money_by)by }, &rows, &total), OK);
        for (size_t i = 0; i < rows.n; i++)
            for (int s = 0; s < MONEY_STAGES; s++) sum.balance.of[s] += rows.p[i].balance.of[s];
        for (int s = 0; s < MONEY_STAGES; s++) {
            int64_t all = 0;
            for (int i = 0; i < PURSE_LINES - 1; i++) all += held(l, s, p->line[i], 0, 0, true);
            CHECK_INT(total.balance.of[s], all);
            CHECK_INT(sum.balance.of[s], all);
        }
    }
}

static void walk(struct work *w, uint64_t seed)
{
    static struct ledger l, was;
    struct dice d = { seed };
    int64_t share[PURSE_CONTRACTS][PURSE_LINES] = { 0 };
    for (int c = 0; c < PURSE_CONTRACTS; c++)
        for (int i = 0; i < PURSE_LINES; i++) share[c][i] = i == c || (i < 3 && !roll(&d, 3)) ? 1 + roll(&d, 900) : 0;
    struct purse p = purse_with(w, (const int64_t(*)[PURSE_LINES])share);
    int taken = 0, refused = 0;
    read_ledger(w, &l);
    for (int step = 0; step < STEPS; step++) {
        struct posting set[PURSE_LINES + SET];
        bool committing[PURSE_CONTRACTS] = { 0 };
        size_t n = some_set(&d, &p, &l, set);
        bool takes = model_takes(&p, &l, set, n, committing);
        Message why;
        enum err e = post_all(w, set, n, &why);
        was = l;
        read_ledger(w, &l);
        if (e != (takes ? OK : ERR_INVALID) || !why.id != takes)
            test_fail(__FILE__, __LINE__, "seed %llu step %d: the model %s, the program says %d “%.*s”", (unsigned long long)seed, step, takes ? "takes it" : "does not", (int)e,
                      FMT(message_str(w->a, EN, why)));
        CHECK_INT(l.n, was.n + (e ? 0 : n));
        CHECK(!memcmp(l.p, was.p, was.n * sizeof *l.p));
        const char *law = broken(&p, &l, e ? (bool[PURSE_CONTRACTS]){ 0 } : committing);
        if (law) test_fail(__FILE__, __LINE__, "seed %llu step %d: %s", (unsigned long long)seed, step, law);
        *(e ? &refused : &taken) += 1;
    }
    check_balances(&p, &l);
    check_views(&p, &l);
    CHECK(taken > STEPS / 10 && refused > STEPS / 10);
    check_log(w);
}

TEST_REGISTER(random_postings_keep_every_law_and_are_taken_or_refused_as_a_plain_model_says) { walk(w, 20261122); }
TEST_REGISTER(random_postings_keep_every_law_with_other_dice_too) { walk(w, 6126); }
