#include "year_laws.h"

#include <math.h>

/* ---- rows --------------------------------------------------------------------------------------------------- */

static void read_all(struct work *w, const struct entity *e, struct records *out) { CHECK_INT(records_load(w, e, 0, INT32_MAX, true, out), OK); }

static struct entry entry_of(const struct record *r)
{
    struct entry e = { r->id, v_i64(r->v[VOUCHER_LINE]), v_i64(r->v[VOUCHER_TASK]), v_i64(r->v[VOUCHER_CONTRACT]), v_i64(r->v[VOUCHER_REQUEST]), v_i64(r->v[VOUCHER_REVERSES]),
                       v_i64(r->v[VOUCHER_AMOUNT]), (int)v_i64(r->v[VOUCHER_YEAR]), 0, { 0 } };
    while (!str_is(v_str(r->v[VOUCHER_STAGE]), money_stages[e.stage].code)) e.stage++;
    CHECK(date_from_iso(v_str(r->v[VOUCHER_ON]), &e.on));
    return e;
}

static bool is_holding(const struct holding *h, int64_t line, int64_t contract_id, int64_t task_id)
{
    return h->line == line && h->contract == contract_id && h->task == task_id;
}

/* A contract's share is the contract's, whatever its task; the rest is its task's, or the line's own. */
static void add_entry(struct work *w, struct ledger *l, const struct entry *e)
{
    int64_t task_id = e->contract ? 0 : e->task;
    size_t line = 0, share = 0;
    while (line < l->by_line.n && l->by_line.p[line].line != e->line) line++;
    while (share < l->by_share.n && !is_holding(&l->by_share.p[share], e->line, e->contract, task_id)) share++;
    if (line == l->by_line.n) *GROW(w->a, l->by_line) = (struct holding){ .line = e->line };
    if (share == l->by_share.n) *GROW(w->a, l->by_share) = (struct holding){ .line = e->line, .contract = e->contract, .task = task_id };
    l->by_line.p[line].of[e->stage] += e->amount;
    l->by_share.p[share].of[e->stage] += e->amount;
}

void ledger_read(struct work *w, struct ledger *out)
{
    const struct { const struct entity *e; struct records *to; } lists[] = {
        { &voucher, &out->vouchers }, { &budget_line, &out->lines }, { &yearly_plan, &out->plans }, { &plan_version, &out->versions }, { &activity, &out->activities },
        { &task, &out->tasks }, { &contract, &out->contracts }, { &milestone, &out->milestones }, { &amendment, &out->amendments }, { &payment_request, &out->payments },
        { &settlement, &out->settlements }, { &participation, &out->participations },
    };
    *out = (struct ledger){ 0 };
    for (size_t i = 0; i < COUNT(lists); i++) read_all(w, lists[i].e, lists[i].to);
    for (size_t i = 0; i < out->vouchers.n; i++) {
        struct entry *e = GROW(w->a, out->entries);
        *e = entry_of(out->vouchers.p[i]);
        add_entry(w, out, e);
    }
}

const struct holding *holding_on(const struct ledger *l, int64_t line, int64_t contract_id, int64_t task_id)
{
    static const struct holding nothing;
    for (size_t i = 0; i < l->by_share.n; i++)
        if (is_holding(&l->by_share.p[i], line, contract_id, task_id)) return &l->by_share.p[i];
    return &nothing;
}

bool vouchers_stand(const struct ledger *was, const struct ledger *now)
{
    bool same = now->vouchers.n >= was->vouchers.n;
    for (size_t i = 0; same && i < was->vouchers.n; i++)
        for (int f = 0; f < VOUCHER_FIELD_COUNT; f++) same &= val_eq(was->vouchers.p[i]->v[f], now->vouchers.p[i]->v[f]) && was->vouchers.p[i]->id == now->vouchers.p[i]->id;
    return same;
}

static bool is_in(const struct record *r, const char *states)
{
    Str rest = str_of(states), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(v_str(r->v[r->e->workflow->state]), one)) return true;
    return false;
}

#define FAILS_IF(wrong, ...) do { if (wrong) return str_f(w->a, __VA_ARGS__); } while (0)
typedef Str law(struct work *w, const struct ledger *l);
typedef long long Shown;

/* ---- B1 to B6 ------------------------------------------------------------------------------------------------ */

static Str b1(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->by_line.n; i++)
        FAILS_IF(l->by_line.p[i].of[MONEY_COMMITTED] > l->by_line.p[i].of[MONEY_ALLOCATED], "B1: line %lld", (Shown)l->by_line.p[i].line);
    return (Str){ 0 };
}

static Str b2_and_b4(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->by_share.n; i++) {
        const struct holding *h = &l->by_share.p[i];
        FAILS_IF(h->of[MONEY_DISBURSED] > h->of[MONEY_COMMITTED], "B2: line %lld, contract %lld, task %lld", (Shown)h->line, (Shown)h->contract, (Shown)h->task);
        FAILS_IF(h->of[MONEY_SETTLED] > h->of[MONEY_DISBURSED], "B4: line %lld, contract %lld, task %lld", (Shown)h->line, (Shown)h->contract, (Shown)h->task);
    }
    return (Str){ 0 };
}

static int64_t share_on(const struct record *of, int64_t line)
{
    int64_t sum = 0;
    for (size_t i = 0; i < of->children[CONTRACT_SHARES].n; i++)
        if (v_i64(of->children[CONTRACT_SHARES].p[i]->v[SHARE_LINE]) == line) sum += v_i64(of->children[CONTRACT_SHARES].p[i]->v[SHARE_AMOUNT]);
    return sum;
}

/* To the đồng, share by share: what was signed is committed, and before that nothing is. */
static Str b3(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->contracts.n; i++) {
        const struct record *of = l->contracts.p[i];
        bool begun = is_in(of, "in_force|completed|terminated|settled");
        int64_t value = 0;
        for (size_t k = 0; k < l->lines.n; k++) {
            int64_t line = l->lines.p[k]->id, share = share_on(of, line), committed = holding_on(l, line, of->id, 0)->of[MONEY_COMMITTED];
            FAILS_IF(committed != (begun ? share : 0), "B3: contract %lld on line %lld", (Shown)of->id, (Shown)line);
            value += share;
        }
        FAILS_IF(v_i64(of->v[CONTRACT_VALUE]) != value, "the value of contract %lld is not its shares", (Shown)of->id);
    }
    return (Str){ 0 };
}

static Str b5(struct work *w, const struct ledger *l)
{
    for (int s = 0; s < MONEY_STAGES; s++) {
        for (size_t i = 0; i < l->by_line.n; i++)
            FAILS_IF(l->by_line.p[i].of[s] < 0 || l->by_line.p[i].of[s] > MONEY_MOST, "B5: line %lld, stage %d", (Shown)l->by_line.p[i].line, s);
        for (size_t i = 0; i < l->by_share.n; i++)
            FAILS_IF(s >= MONEY_COMMITTED && l->by_share.p[i].of[s] < 0, "B5: a share of line %lld, stage %d", (Shown)l->by_share.p[i].line, s);
    }
    return (Str){ 0 };
}

static Str b6(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->entries.n; i++) {
        const struct entry *e = &l->entries.p[i], *of = NULL;
        for (size_t k = 0; k < l->entries.n && e->reverses; k++) {
            if (l->entries.p[k].id == e->reverses) of = &l->entries.p[k];
            FAILS_IF(k != i && l->entries.p[k].reverses == e->reverses, "B6: voucher %lld is taken back twice", (Shown)e->reverses);
        }
        if (!e->reverses) continue;
        bool fits = of && of->amount == -e->amount && of->line == e->line && of->stage == e->stage && of->task == e->task && of->contract == e->contract && !of->reverses;
        FAILS_IF(!fits || date_days(e->on) < date_days(of->on), "B6: voucher %lld takes back another thing", (Shown)e->id);
    }
    return (Str){ 0 };
}

static Str days(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->entries.n; i++) {
        const struct entry *e = &l->entries.p[i];
        const struct record *line = child_with_id(&l->lines, e->line), *of = child_with_id(&l->contracts, e->contract);
        FAILS_IF(!line || v_i64(line->v[LINE_YEAR]) != e->year, "voucher %lld is not of its line's year", (Shown)e->id);
        FAILS_IF((e->task && !child_with_id(&l->tasks, e->task)) || (e->contract && (!of || v_i64(of->v[CONTRACT_TASK]) != e->task)), "voucher %lld names another task", (Shown)e->id);
        int late = e->on.year - e->year;
        bool fits = !late || (late == -1 && e->stage <= MONEY_ALLOCATED) || (late == 1 && e->stage == MONEY_DISBURSED && e->on.month == 1)
                 || (late > 0 && late <= 3 && (e->stage == MONEY_SETTLED || (e->stage == MONEY_DISBURSED && e->amount < 0)));
        FAILS_IF(!fits, "voucher %lld bears a day of another year", (Shown)e->id);
        FAILS_IF(!e->amount || e->amount > MONEY_MOST || e->amount < -MONEY_MOST, "voucher %lld moves too much", (Shown)e->id);
    }
    return (Str){ 0 };
}

/* ---- what follows from them -------------------------------------------------------------------------------------- */

static bool of_city(const struct work *w, Val source)
{
    const struct code *k = code_find(w->codes, S("fund_source"), v_str(source));
    return k && (str_is(k->code, "city_recurrent") || str_is(k->code, "city_investment"));
}

static Str costs(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->tasks.n; i++) {
        const struct record *t = l->tasks.p[i];
        int64_t total = 0, city = 0;
        for (size_t k = 0; k < t->children[TASK_COSTS].n; k++) {
            const Val *v = t->children[TASK_COSTS].p[k]->v;
            int64_t thousandths = llround(v_f64(v[COST_QUANTITY]) * 1000) * v_i64(v[COST_PRICE]), cost = thousandths / 1000 + (thousandths % 1000 >= 500);
            FAILS_IF(v_i64(v[COST_TOTAL]) != cost || v_i64(v[COST_SUPPORT]) + v_i64(v[COST_REST]) != cost, "a cost of task %lld is not quantity times price", (Shown)t->id);
            FAILS_IF(v_i64(v[COST_SUPPORT]) < 0 || v_i64(v[COST_REST]) < 0 || (v_i64(v[COST_REST]) && !v_is(v[COST_REST_SOURCE])), "a part of task %lld is nobody's", (Shown)t->id);
            total += cost;
            city += (of_city(w, v[COST_SOURCE]) ? v_i64(v[COST_SUPPORT]) : 0) + (of_city(w, v[COST_REST_SOURCE]) ? v_i64(v[COST_REST]) : 0);
        }
        FAILS_IF(v_i64(t->v[TASK_TOTAL]) != total || v_i64(t->v[TASK_SUPPORT]) != city, "task %lld costs something else than its lines", (Shown)t->id);
    }
    return (Str){ 0 };
}

/* A task and a participation stand in the year and under the content of their activity, whose year is its plan's. */
static Str places(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->tasks.n; i++) {
        const struct record *t = l->tasks.p[i], *in = child_with_id(&l->activities, v_i64(t->v[TASK_ACTIVITY])), *plan_of = in ? child_with_id(&l->plans, v_i64(in->v[ACTIVITY_PLAN])) : NULL;
        FAILS_IF(!plan_of, "task %lld is in no plan", (Shown)t->id);
        FAILS_IF(!val_eq(t->v[TASK_YEAR], plan_of->v[PLAN_YEAR]) || !val_eq(in->v[ACTIVITY_YEAR], plan_of->v[PLAN_YEAR]), "task %lld is of another year than its plan", (Shown)t->id);
        FAILS_IF(!val_eq(t->v[TASK_CONTENT], in->v[ACTIVITY_CONTENT]), "task %lld is of another content than its activity", (Shown)t->id);
    }
    for (size_t i = 0; i < l->participations.n; i++) {
        const struct record *p = l->participations.p[i], *in = child_with_id(&l->activities, v_i64(p->v[PARTICIPATION_ACTIVITY]));
        bool same = in && val_eq(p->v[PARTICIPATION_YEAR], in->v[ACTIVITY_YEAR]) && val_eq(p->v[PARTICIPATION_CONTENT], in->v[ACTIVITY_CONTENT]);
        FAILS_IF(!same, "participation %lld is of another year or content than its activity", (Shown)p->id);
    }
    return (Str){ 0 };
}

/* Each approval has left one version, numbered without a gap. */
static Str versions(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->plans.n; i++) {
        int64_t n = 0;
        for (size_t k = 0; k < l->versions.n; k++)
            if (v_i64(l->versions.p[k]->v[VERSION_PLAN]) == l->plans.p[i]->id) FAILS_IF(v_i64(l->versions.p[k]->v[VERSION_NUMBER]) != ++n, "versions of plan %lld", (Shown)l->plans.p[i]->id);
        FAILS_IF(v_i64(l->plans.p[i]->v[PLAN_VERSION]) != n, "plan %lld has %lld versions", (Shown)l->plans.p[i]->id, (Shown)n);
    }
    return (Str){ 0 };
}

/* What a request's vouchers moved at a stage. */
static int64_t of_request(const struct ledger *l, int64_t id, int stage)
{
    int64_t sum = 0;
    for (size_t i = 0; i < l->entries.n; i++) sum += l->entries.p[i].request == id && l->entries.p[i].stage == stage ? l->entries.p[i].amount : 0;
    return sum;
}

static Str payments(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->payments.n; i++) {
        const struct record *r = l->payments.p[i];
        int64_t paid = is_in(r, "paid") ? v_i64(r->v[PAYMENT_AMOUNT]) : 0;
        FAILS_IF(of_request(l, r->id, MONEY_DISBURSED) != paid, "payment request %lld is %lld đồng, its vouchers are not", (Shown)r->id, (Shown)paid);
    }
    for (size_t i = 0; i < l->milestones.n; i++) {
        const struct record *m = l->milestones.p[i];
        int64_t asked = 0, paid = 0;
        for (size_t k = 0; k < l->payments.n; k++) {
            const struct record *r = l->payments.p[k];
            if (v_i64(r->v[PAYMENT_MILESTONE]) != m->id) continue;
            asked += is_in(r, "sent|programme_approved|paid") ? v_i64(r->v[PAYMENT_AMOUNT]) : 0;
            paid += is_in(r, "paid") ? v_i64(r->v[PAYMENT_AMOUNT]) : 0;
        }
        FAILS_IF(asked > v_i64(m->v[MILESTONE_AMOUNT]), "more is asked for milestone %lld than it is worth", (Shown)m->id);
        FAILS_IF(is_in(m, "paid") != (paid && paid == v_i64(m->v[MILESTONE_AMOUNT])), "milestone %lld is paid, or not, against its requests", (Shown)m->id);
    }
    return (Str){ 0 };
}

/* What a contract, or a task without one, has at a stage; taken_back: something of it was by hand. */
static int64_t of_share(const struct ledger *l, int64_t contract_id, int64_t task_id, int stage, bool *taken_back)
{
    int64_t sum = 0;
    for (size_t i = 0; i < l->entries.n; i++) {
        const struct entry *e = &l->entries.p[i];
        if (contract_id ? e->contract != contract_id : e->contract || e->task != task_id) continue;
        sum += e->stage == stage ? e->amount : 0;
        *taken_back |= e->reverses != 0;
    }
    return sum;
}

static Str settlements(struct work *w, const struct ledger *l)
{
    for (size_t i = 0; i < l->settlements.n; i++) {
        const struct record *r = l->settlements.p[i];
        int64_t actual = 0, eligible = 0, paid = v_i64(r->v[SETTLEMENT_PAID]), refund = v_i64(r->v[SETTLEMENT_REFUND]);
        bool taken_back = false, closed = is_in(r, "closed");
        int64_t disbursed = of_share(l, v_i64(r->v[SETTLEMENT_CONTRACT]), v_i64(r->v[SETTLEMENT_TASK]), MONEY_DISBURSED, &taken_back);
        int64_t settled = of_share(l, v_i64(r->v[SETTLEMENT_CONTRACT]), v_i64(r->v[SETTLEMENT_TASK]), MONEY_SETTLED, &taken_back);
        for (size_t k = 0; k < r->children[SETTLEMENT_ITEMS].n; k++) {
            actual += v_i64(r->children[SETTLEMENT_ITEMS].p[k]->v[ITEM_ACTUAL]);
            eligible += v_i64(r->children[SETTLEMENT_ITEMS].p[k]->v[ITEM_ELIGIBLE]);
        }
        FAILS_IF(v_i64(r->v[SETTLEMENT_ACTUAL]) != actual || v_i64(r->v[SETTLEMENT_ELIGIBLE]) != eligible, "settlement %lld is not its items", (Shown)r->id);
        FAILS_IF(refund != (paid > eligible ? paid - eligible : 0), "settlement %lld asks back something else", (Shown)r->id);
        if (taken_back) continue;
        FAILS_IF(is_in(r, "approved|closed") && settled != (paid < eligible ? paid : eligible), "settlement %lld: settled %lld", (Shown)r->id, (Shown)settled);
        FAILS_IF(closed && disbursed != paid - refund, "settlement %lld: %lld đồng stay paid", (Shown)r->id, (Shown)disbursed);
        FAILS_IF(!is_in(r, "approved|closed") && settled, "settlement %lld: settled before it was approved", (Shown)r->id);
    }
    return (Str){ 0 };
}

Str law_broken(struct work *w, const struct ledger *l)
{
    static law *const laws[] = { b1, b2_and_b4, b3, b5, b6, days, costs, places, versions, payments, settlements };
    Str broken = { 0 };
    for (size_t i = 0; i < COUNT(laws) && !broken.n; i++) broken = laws[i](w, l);
    return broken;
}

/* ---- what is shown ------------------------------------------------------------------------------------------------ */

struct shown { Str key; int64_t estimate, of[MONEY_STAGES]; };
struct shown_rows { struct shown *p; size_t n, cap; };
/* What an amount is of. */
struct place { Str agency, source, content, kind, month; int64_t task; };

static Str key_of(struct work *w, int by, int year, const struct place *p)
{
    const Str keys[MONEY_VIEWS] = {
        [BY_LINE] = str_f(w->a, "%d|%.*s|%.*s|%.*s|%.*s", year, FMT(p->agency), FMT(p->source), FMT(p->content), FMT(p->kind)),
        [BY_AGENCY] = p->agency, [BY_SOURCE] = p->source, [BY_CONTENT] = p->content, [BY_KIND] = p->kind, [BY_MONTH] = p->month, [BY_TASK] = str_f(w->a, "%lld", (Shown)p->task),
    };
    return keys[by];
}

static struct shown *shown_at(struct work *w, struct shown_rows *rows, Str key)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->p[i].key, key)) return &rows->p[i];
    struct shown *fresh = GROW(w->a, *rows);
    *fresh = (struct shown){ .key = key };
    return fresh;
}

static void add_vouchers(struct work *w, const struct ledger *l, int by, int year, struct shown_rows *rows)
{
    for (size_t i = 0; i < l->entries.n; i++) {
        const struct entry *e = &l->entries.p[i];
        const Val *line = child_with_id(&l->lines, e->line)->v;
        if (e->year != year) continue;
        struct place p = { v_str(line[LINE_AGENCY]), v_str(line[LINE_SOURCE]), v_str(line[LINE_CONTENT]), v_str(line[LINE_KIND]), str_f(w->a, "%04d-%02d", e->on.year, e->on.month), e->task };
        shown_at(w, rows, key_of(w, by, year, &p))->of[e->stage] += e->amount;
    }
}

static void add_estimates(struct work *w, const struct ledger *l, int by, int year, struct shown_rows *rows)
{
    for (size_t i = 0; i < l->tasks.n; i++) {
        const struct record *t = l->tasks.p[i];
        if (v_i64(t->v[TASK_YEAR]) != year || is_in(t, "cancelled")) continue;
        for (size_t k = 0; k < t->children[TASK_COSTS].n; k++) {
            const Val *v = t->children[TASK_COSTS].p[k]->v;
            const struct { Val source, amount; } parts[] = { { v[COST_SOURCE], v[COST_SUPPORT] }, { v[COST_REST_SOURCE], v[COST_REST] } };
            for (size_t part = 0; part < COUNT(parts); part++) {
                struct place p = { v_str(t->v[TASK_AGENCY]), v_str(parts[part].source), v_str(t->v[TASK_CONTENT]), v_str(v[COST_KIND]), { 0 }, t->id };
                if (v_i64(parts[part].amount)) shown_at(w, rows, key_of(w, by, year, &p))->estimate += v_i64(parts[part].amount);
            }
        }
    }
}

static bool same_row(const struct money_row *got, const struct shown *want)
{
    bool same = got->estimate == want->estimate;
    for (int s = 0; s < MONEY_STAGES; s++) same &= got->balance.of[s] == want->of[s];
    return same;
}

/* Row by row, and their sum. */
static Str rows_broken(struct work *w, const struct ledger *l, int by, int year)
{
    struct shown_rows want = { 0 };
    struct money_rows got;
    struct money_row total;
    struct shown all = { 0 };
    add_vouchers(w, l, by, year, &want);
    add_estimates(w, l, by, year, &want);
    CHECK_INT(money_rows(w, &(struct money_asked){ .year = year, .by = (enum money_by)by }, &got, &total), OK);
    FAILS_IF(got.n != want.n, "view %d of %d has %zu rows instead of %zu", by, year, got.n, want.n);
    for (size_t i = 0; i < got.n; i++) {
        Str key = by == BY_TASK ? str_f(w->a, "%lld", (Shown)got.p[i].id) : got.p[i].key;
        FAILS_IF(!same_row(&got.p[i], shown_at(w, &want, key)), "view %d of %d differs at %.*s", by, year, FMT(key));
    }
    for (size_t i = 0; i < want.n; i++) {
        all.estimate += want.p[i].estimate;
        for (int s = 0; s < MONEY_STAGES; s++) all.of[s] += want.p[i].of[s];
    }
    FAILS_IF(!same_row(&total, &all), "view %d of %d has another sum", by, year);
    return (Str){ 0 };
}

static Str balances_broken(struct work *w, const struct ledger *l)
{
    const struct { const struct records *of; enum err (*ask)(struct work *, int64_t, struct balance *); } asked[] = {
        { &l->lines, balance_of_line }, { &l->contracts, balance_of_contract }, { &l->tasks, balance_of_task },
    };
    for (size_t i = 0; i < COUNT(asked); i++)
        for (size_t k = 0; k < asked[i].of->n; k++) {
            const struct record *r = asked[i].of->p[k];
            struct balance got, want = { { 0 } };
            for (size_t j = 0; j < l->entries.n; j++) {
                const struct entry *e = &l->entries.p[j];
                if ((int64_t[]){ e->line, e->contract, e->task }[i] == r->id) want.of[e->stage] += e->amount;
            }
            CHECK_INT(asked[i].ask(w, r->id, &got), OK);
            FAILS_IF(memcmp(&got, &want, sizeof got) != 0, "the balance of %s %lld", r->e->name, (Shown)r->id);
        }
    return (Str){ 0 };
}

/* Each pair of enterprise and activity with a day of attendance once, each enterprise once; of one activity, or of all (0). */
static struct participation_counts counted(const struct ledger *l, int64_t of, int year)
{
    struct participation_counts c = { 0 };
    const struct records *all = &l->participations;
    for (size_t i = 0; i < all->n; i++) {
        const Val *one = all->p[i]->v;
        bool pair = true, firm = true;
        if (!all->p[i]->children[PARTICIPATION_DAYS].n || v_i64(one[PARTICIPATION_YEAR]) != year || (of && v_i64(one[PARTICIPATION_ACTIVITY]) != of)) continue;
        for (size_t k = 0; k < i; k++) {
            const Val *other = all->p[k]->v;
            if (!all->p[k]->children[PARTICIPATION_DAYS].n || !val_eq(one[PARTICIPATION_ENTERPRISE], other[PARTICIPATION_ENTERPRISE]) || v_i64(other[PARTICIPATION_YEAR]) != year) continue;
            bool same = val_eq(one[PARTICIPATION_ACTIVITY], other[PARTICIPATION_ACTIVITY]);
            pair &= !same, firm &= of && !same;
        }
        c.participations += pair;
        c.enterprises += firm;
    }
    return c;
}

static Str counts_broken(struct work *w, const struct ledger *l, int year)
{
    for (size_t i = 0; i <= l->activities.n; i++) {
        int64_t of = i ? l->activities.p[i - 1]->id : 0;
        struct participation_counts got, want = counted(l, of, year);
        CHECK_INT(participations_count(w, &(struct participation_asked){ .from_year = year, .to_year = year, .activity = of }, &got), OK);
        FAILS_IF(got.participations != want.participations || got.enterprises != want.enterprises, "participations %lld and enterprises %lld of activity %lld in %d",
                 (Shown)got.participations, (Shown)got.enterprises, (Shown)of, year);
    }
    return (Str){ 0 };
}

Str view_broken(struct work *w, const struct ledger *l)
{
    Str broken = balances_broken(w, l);
    for (size_t i = 0; i < l->plans.n && !broken.n; i++) {
        int year = (int)v_i64(l->plans.p[i]->v[PLAN_YEAR]);
        for (int by = 0; by < MONEY_VIEWS && !broken.n; by++) broken = rows_broken(w, l, by, year);
        if (!broken.n) broken = counts_broken(w, l, year);
    }
    return broken;
}

Str submitted_broken(struct work *w, const struct ledger *l, int year)
{
    struct shown_rows want = { 0 };
    add_vouchers(w, l, BY_LINE, year, &want);
    add_estimates(w, l, BY_LINE, year, &want);
    for (size_t i = 0; i < want.n; i++)
        FAILS_IF(want.p[i].estimate != want.p[i].of[MONEY_SUBMITTED], "submitted is another amount than the plan's for %.*s", FMT(want.p[i].key));
    return (Str){ 0 };
}
