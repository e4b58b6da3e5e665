/*
 * post.c - posting: the one place where vouchers are made and the laws of docs/balance-laws.md are kept.
 *
 * A set of postings is taken as a whole: what its lines hold is read once, all amounts are laid over it, and the laws are asked of what comes of it.
 * So the order within a set does not matter, and a set that moves money from one line to another needs no step between.
 */
#include "programme/money/inside.h"

#include "model/check.h"
#include "programme/contract/contract.h"

/* What a line holds, or a contract or task on it: as it would be, and how much of that this set moves. */
struct holding { int64_t line, contract, task; int64_t now[MONEY_STAGES], moved[MONEY_STAGES]; };
struct holdings { struct holding *p; size_t n, cap; };

struct book {
    struct work          *w;
    const struct posting *p;
    size_t                n;
    struct records        lines, contracts, tasks, reversed;    /* that the set names          */
    struct holdings       by_line, by_share;
};

/* ---- what the set names ------------------------------------------------------------------------- */

typedef int64_t named_fn(const struct posting *p);
static int64_t line_named(const struct posting *p) { return p->line; }
static int64_t contract_named(const struct posting *p) { return p->contract; }
static int64_t task_named(const struct posting *p) { return p->task; }
static int64_t reversed_named(const struct posting *p) { return p->reverses; }

/* The records that the set names, each once; those that do not exist are left out. */
static enum err load_named(struct book *b, const struct entity *e, named_fn *named_by, struct records *out)
{
    struct { int64_t *p; size_t n, cap; } ids = { 0 };
    for (size_t i = 0; i < b->n; i++) {
        int64_t id = named_by(&b->p[i]);
        bool known = !id;
        for (size_t k = 0; k < ids.n && !known; k++) known = ids.p[k] == id;
        if (!known) *GROW(b->w->a, ids) = id;
    }
    return records_of(b->w, e, ids.p, ids.n, e == &contract, out);
}

/* What is a contract's is also of the contract's task, where the posting does not say so. */
static const struct posting *with_tasks(struct work *w, const struct posting *p, size_t n, const struct records *contracts)
{
    struct posting *all = NEW_ARRAY(w->a, struct posting, n);
    for (size_t i = 0; i < n; i++) {
        const struct record *under = child_with_id(contracts, p[i].contract);
        all[i] = p[i];
        if (under && !p[i].task) all[i].task = v_i64(under->v[CONTRACT_TASK]);
    }
    return all;
}

static enum err load_all_named(struct book *b)
{
    TRY(load_named(b, &budget_line, line_named, &b->lines));
    TRY(load_named(b, &contract, contract_named, &b->contracts));
    b->p = with_tasks(b->w, b->p, b->n, &b->contracts);
    TRY(load_named(b, &task, task_named, &b->tasks));
    return load_named(b, &voucher, reversed_named, &b->reversed);
}

/* ---- one posting by itself ------------------------------------------------------------------------ */

/* What is settled, and what comes back of what was paid, is known after the year (money.h). */
static bool comes_after(const struct posting *p) { return p->stage == MONEY_SETTLED || (p->stage == MONEY_DISBURSED && p->amount < 0); }

/* Estimates and allocations may be of the year before, payments of January after (money.h). */
static bool day_fits(int64_t year, const struct posting *p)
{
    bool before = p->stage <= MONEY_ALLOCATED && p->on.year == year - 1;
    bool january = p->stage == MONEY_DISBURSED && p->on.year == year + 1 && p->on.month == 1;
    return date_valid(p->on) && (p->on.year == year || before || january || (comes_after(p) && p->on.year > year && p->on.year <= year + SETTLED_WITHIN));
}

static Message check_day(struct work *w, const struct record *line, const struct posting *p)
{
    int64_t year = v_i64(line->v[LINE_YEAR]);
    struct buf day = buf_make(w->a);
    if (day_fits(year, p)) return NO_MESSAGE;
    date_type.show(&day, w, &voucher.fields[VOUCHER_ON], v_text(date_iso(w->a, p->on)));
    return MSG(p->stage <= MONEY_ALLOCATED ? N_("{1} does not belong to the budget year {2}. Estimates and allocations bear a day of that year or of the one before.")
               : p->stage == MONEY_COMMITTED ? N_("{1} does not belong to the budget year {2}. Commitments bear a day of that year.")
               : comes_after(p) ? N_("{1} does not belong to the budget year {2}. Settlements and refunds bear a day of that year or of the three after it.")
               : N_("{1} does not belong to the budget year {2}. Payments bear a day of that year, or of the January after it."),
               buf_str(&day), str_f(w->a, "%lld", (long long)year));
}

static bool is_same(Val named, int64_t id) { return v_i64(named) == id; }

static Message check_reversal(struct book *b, const struct posting *p)
{
    const struct record *v = child_with_id(&b->reversed, p->reverses);
    if (!v) return MSG(N_("There is no such voucher to take back."));
    if (v_is(v->v[VOUCHER_REVERSES])) return MSG(N_("“{1}” takes another voucher back itself. Enter the amount anew instead."), v_str(v->v[VOUCHER_DOCUMENT]));
    bool same = is_same(v->v[VOUCHER_LINE], p->line) && is_same(v->v[VOUCHER_TASK], p->task) && is_same(v->v[VOUCHER_CONTRACT], p->contract)
             && is_same(v->v[VOUCHER_REQUEST], p->request) && str_is(v_str(v->v[VOUCHER_STAGE]), money_stages[p->stage].code);
    if (!same || v_i64(v->v[VOUCHER_AMOUNT]) != -p->amount)
        return MSG(N_("“{1}” can only be taken back as it is: {2} đồng, on its own line and stage."), v_str(v->v[VOUCHER_DOCUMENT]), amount_str(b->w, v_i64(v->v[VOUCHER_AMOUNT])));
    if (str_cmp(v_str(v->v[VOUCHER_ON]), date_iso(b->w->a, p->on)) > 0) return MSG(N_("“{1}” cannot be taken back before its own day."), v_str(v->v[VOUCHER_DOCUMENT]));
    return NO_MESSAGE;
}

static Message check_posting(struct book *b, const struct posting *p)
{
    const struct record *line = child_with_id(&b->lines, p->line), *under = child_with_id(&b->contracts, p->contract);
    if (!line) return MSG(N_("There is no such budget line."));
    if ((p->contract && !under) || (p->task && !child_with_id(&b->tasks, p->task))) return MSG(N_("There is no such contract or task."));
    if (under && !is_same(under->v[CONTRACT_TASK], p->task)) return MSG(N_("The contract “{1}” is not for that task."), v_str(under->v[CONTRACT_TITLE]));
    if (!p->amount) return MSG(N_("An amount of nothing changes nothing. Say how much."));
    if (p->amount > MONEY_MOST || p->amount < -MONEY_MOST)
        return MSG(N_("{1} đồng is more than one entry may move: at most {2}. Look for a digit too many."), amount_str(b->w, p->amount), amount_str(b->w, MONEY_MOST));
    if (!str_trim(p->document).n) return MSG(N_("Say by which document: the number of the decision, order or minutes."));
    if (p->amount < 0 && p->stage != MONEY_SUBMITTED && !str_trim(p->reason).n) return MSG(N_("Say why it is reduced or taken back."));
    Message m = day_ahead(b->w, &voucher.fields[VOUCHER_ON], v_text(date_iso(b->w->a, p->on)));
    if (m.id) return MSG(N_("{1}: {2}"), tr(b->w->lang, voucher.fields[VOUCHER_ON].label), message_str(b->w->a, b->w->lang, m));
    m = check_day(b->w, line, p);
    return m.id || !p->reverses ? m : check_reversal(b, p);
}

/* A voucher that has been taken back, by an earlier one or twice in this set. */
static enum err check_taken_back(struct book *b, Message *why)
{
    for (size_t i = 0; i < b->n && !why->id; i++) {
        int64_t by = 0;
        if (!b->p[i].reverses) continue;
        for (size_t k = 0; k < i; k++) by |= b->p[k].reverses == b->p[i].reverses;
        if (!by) TRY(record_find(b->w, &voucher, VOUCHER_REVERSES, v_int(b->p[i].reverses), &by));
        if (by) *why = MSG(N_("“{1}” has been taken back already."), v_str(child_with_id(&b->reversed, b->p[i].reverses)->v[VOUCHER_DOCUMENT]));
    }
    return OK;
}

/* ---- what the lines hold ---------------------------------------------------------------------------- */

static struct holding *holding_of(struct arena *a, struct holdings *list, int64_t line, int64_t contract_id, int64_t task_id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i].line == line && list->p[i].contract == contract_id && list->p[i].task == task_id) return &list->p[i];
    struct holding *h = GROW(a, *list);
    *h = (struct holding){ .line = line, .contract = contract_id, .task = task_id };
    return h;
}

/* A contract's share is the contract's, whatever task it names; the rest is its task's, or the line's own. */
static void add(struct book *b, int64_t line, int64_t contract_id, int64_t task_id, enum money_stage stage, int64_t amount, bool moved)
{
    struct holding *each[] = { holding_of(b->w->a, &b->by_line, line, 0, 0), holding_of(b->w->a, &b->by_share, line, contract_id, contract_id ? 0 : task_id) };
    for (size_t i = 0; i < COUNT(each); i++) {
        each[i]->now[stage] += amount;
        if (moved) each[i]->moved[stage] += amount;
    }
}

static enum err read_line(struct book *b, int64_t line)
{
    struct rows r = db_query(b->w->db, b->w->a, SQL("SELECT contract, task, stage, CAST(sum(amount) AS bigint) FROM voucher WHERE line = $1 GROUP BY contract, task, stage"),
                             ARGS(v_int(line)));
    while (rows_next(&r)) add(b, line, row_int(&r, 0), row_int(&r, 1), money_stage_named(row_text(&r, 2)), row_int(&r, 3), false);
    return rows_end(&r);
}

static enum err lay_over(struct book *b)
{
    for (size_t i = 0; i < b->lines.n; i++) TRY(read_line(b, b->lines.p[i]->id));
    for (size_t i = 0; i < b->n; i++) add(b, b->p[i].line, b->p[i].contract, b->p[i].task, b->p[i].stage, b->p[i].amount, true);
    return OK;
}

/* ---- the laws ------------------------------------------------------------------------------------------ */

/* B1, B2, B4: at no time more of `less` than of `more`; what is said where more is asked for, and where what holds it up is cut. */
struct law { enum money_stage less, more; bool of_line; const char *asked, *cut; };
static const struct law laws[] = {
    { MONEY_COMMITTED, MONEY_ALLOCATED, true, N_("“{1}” has {2} đồng left to commit; {3} were asked for."),
      N_("The allocation of “{1}” cannot fall to {2} đồng: {3} are committed already.") },
    { MONEY_DISBURSED, MONEY_COMMITTED, false, N_("“{1}” has {2} đồng committed and not yet paid; {3} were asked for."),
      N_("What is committed for “{1}” cannot fall to {2} đồng: {3} are paid already.") },
    { MONEY_SETTLED, MONEY_DISBURSED, false, N_("“{1}” has {2} đồng paid and not yet settled; {3} were asked for."),
      N_("What is paid for “{1}” cannot fall to {2} đồng: {3} are settled already.") },
};

static Str name_of(struct book *b, const struct holding *h)
{
    const struct record *of = h->contract ? child_with_id(&b->contracts, h->contract) : h->task ? child_with_id(&b->tasks, h->task) : child_with_id(&b->lines, h->line);
    return of ? record_title(b->w, of) : (Str){ 0 };
}

static Message check_law(struct book *b, const struct law *l, const struct holding *h)
{
    int64_t less = h->now[l->less], more = h->now[l->more], asked = h->moved[l->less];
    if (less <= more) return NO_MESSAGE;
    return asked > 0 ? MSG(l->asked, name_of(b, h), amount_str(b->w, more - (less - asked)), amount_str(b->w, asked))
                     : MSG(l->cut, name_of(b, h), amount_str(b->w, more), amount_str(b->w, less));
}

/* B5, and what a sum of balances can hold.  What is submitted and allocated is the line's, the rest its shares' too. */
static Message check_bounds(struct book *b, const struct holding *h, bool of_line)
{
    for (int s = of_line ? MONEY_SUBMITTED : MONEY_COMMITTED; s < MONEY_STAGES; s++) {
        int64_t now = h->now[s], was = now - h->moved[s];
        if (now < 0) return MSG(N_("Of “{1}” no more than {2} đồng can be taken back; {3} were asked for."), name_of(b, h), amount_str(b->w, was), amount_str(b->w, was - now));
        if (now > MONEY_MOST) return MSG(N_("“{1}” would hold {2} đồng, more than a line can: at most {3}. Look for a digit too many."), name_of(b, h), amount_str(b->w, now), amount_str(b->w, MONEY_MOST));
    }
    return NO_MESSAGE;
}

/* Only what the set touches can have come to break a law. */
static bool is_touched(const struct holding *h)
{
    for (int s = 0; s < MONEY_STAGES; s++)
        if (h->moved[s]) return true;
    return false;
}

static Message check_holdings(struct book *b, const struct holdings *list, bool of_line)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct holding *h = &list->p[i];
        if (!is_touched(h)) continue;
        Message m = check_bounds(b, h, of_line);
        for (const struct law *l = laws; l < laws + COUNT(laws) && !m.id; l++)
            if (l->of_line == of_line) m = check_law(b, l, h);
        if (m.id) return m;
    }
    return NO_MESSAGE;
}

struct promise { int64_t line, share, committed, moved; };      /* of a contract on a line: its share, and what would be committed */
struct promises { struct promise *p; size_t n, cap; };

static struct promise *promise_of(struct arena *a, struct promises *list, int64_t line)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i].line == line) return &list->p[i];
    struct promise *p = GROW(a, *list);
    p->line = line;
    return p;
}

static enum err promises_of(struct book *b, const struct record *under, struct promises *out)
{
    const struct records *shares = &under->children[CONTRACT_SHARES];
    struct arena *a = b->w->a;
    struct rows r = db_query(b->w->db, a, SQL("SELECT line, CAST(sum(amount) AS bigint) FROM voucher WHERE contract = $1 AND " VOUCHER_IS("committed") " GROUP BY line"),
                             ARGS(v_int(under->id)));
    while (rows_next(&r)) promise_of(a, out, row_int(&r, 0))->committed = row_int(&r, 1);
    for (size_t i = 0; i < shares->n; i++) promise_of(a, out, v_i64(shares->p[i]->v[SHARE_LINE]))->share += v_i64(shares->p[i]->v[SHARE_AMOUNT]);
    for (size_t i = 0; i < b->n; i++) {
        if (b->p[i].contract != under->id || b->p[i].stage != MONEY_COMMITTED) continue;
        struct promise *p = promise_of(a, out, b->p[i].line);
        p->committed += b->p[i].amount;
        p->moved += b->p[i].amount;
    }
    return rows_end(&r);
}

/* B3: whoever commits for a contract leaves each of its shares committed as it is; whoever only takes back leaves no more than that. */
static enum err check_contract(struct book *b, const struct record *under, Message *why)
{
    struct promises list = { 0 };
    bool commits = false, touched = false;
    TRY(promises_of(b, under, &list));
    for (size_t i = 0; i < list.n; i++) commits |= list.p[i].moved > 0, touched |= list.p[i].moved != 0;
    for (size_t i = 0; i < list.n && touched && !why->id; i++) {
        const struct promise *p = &list.p[i];
        if (p->committed <= p->share && (!commits || p->committed == p->share)) continue;
        *why = MSG(N_("The contract “{1}” is worth {2} đồng on one of its budget lines; {3} would be committed there."), v_str(under->v[CONTRACT_TITLE]),
                   amount_str(b->w, p->share), amount_str(b->w, p->committed));
    }
    return OK;
}

/* ---- posting ------------------------------------------------------------------------------------------- */

static enum err check(struct book *b, Message *why)
{
    for (size_t i = 0; i < b->n && !why->id; i++) *why = check_posting(b, &b->p[i]);
    if (!why->id) TRY(check_taken_back(b, why));
    if (why->id) return OK;
    TRY(lay_over(b));
    *why = check_holdings(b, &b->by_line, true);
    if (!why->id) *why = check_holdings(b, &b->by_share, false);
    for (size_t i = 0; i < b->contracts.n && !why->id; i++) TRY(check_contract(b, b->contracts.p[i], why));
    return OK;
}

static Val named_or_null(int64_t id) { return id ? v_int(id) : v_null(); }
static Val said_or_null(Str s) { return str_trim(s).n ? v_text(str_trim(s)) : v_null(); }

static enum err write(struct work *w, const struct book *b, const struct posting *p)
{
    struct record *r = record_make(w->a, &voucher);
    bool changed;
    r->v[VOUCHER_DOCUMENT] = said_or_null(p->document);
    r->v[VOUCHER_LINE] = v_int(p->line);
    r->v[VOUCHER_YEAR] = child_with_id(&b->lines, p->line)->v[LINE_YEAR];
    r->v[VOUCHER_STAGE] = v_text(str_of(money_stages[p->stage].code));
    r->v[VOUCHER_AMOUNT] = v_int(p->amount);
    r->v[VOUCHER_ON] = v_text(date_iso(w->a, p->on));
    r->v[VOUCHER_TASK] = named_or_null(p->task);
    r->v[VOUCHER_CONTRACT] = named_or_null(p->contract);
    r->v[VOUCHER_REQUEST] = named_or_null(p->request);
    r->v[VOUCHER_REASON] = said_or_null(p->reason);
    r->v[VOUCHER_REVERSES] = named_or_null(p->reverses);
    r->v[VOUCHER_FILE] = said_or_null(p->file);
    return record_save(w, NULL, r, &changed);
}

enum err money_post(struct work *w, const struct posting *p, size_t n, Message *why)
{
    struct book b = { .w = w, .p = p, .n = n };
    *why = NO_MESSAGE;
    MUST(db_in_write(w->db) && n < MONEY_POSTINGS);
    TRY(load_all_named(&b));
    TRY(check(&b, why));
    if (why->id) return ERR_INVALID;
    for (size_t i = 0; i < n; i++) TRY(write(w, &b, &b.p[i]));
    return OK;
}
