/*
 * year_walk.c - a whole year at random: a plan with its costs, norms, sources and agencies, submitted, approved, adjusted and copied; allocations, contracts with amendments,
 * payments, settlements; attendance, merged enterprises, edits taken back; by the right people and the wrong ones, in order and out of it, with amounts and days that fit
 * and that do not.  After each step everything in year_laws.h holds, and whatever was refused has left no trace.
 *
 * YEARS=500 in the environment walks so many years instead of a few; what fails says its seed, and YEAR_SEED=7 walks that one alone (./dev soak walks 200).
 */
#include "year_laws.h"

#include "model/bulk.h"
#include "model/change.h"
#include "model/merge.h"
#include "model/save.h"
#include "model/type.h"
#include "programme/inside.h"

#include <stdlib.h>

enum { STEPS = 400, MEMORY = 256 << 20, YEAR = 2026 };

struct walk {
    struct work  *w;                        /* reads what comes of each step                      */
    struct work  *officer, *finance, *leader, *agency, *ward, *admin, *one, *two;
    struct arena  kept[2], moving;          /* the ledger before and after; what a step takes     */
    struct ledger l, was;
    int64_t       merged, begun;            /* batch of the last merge; the log's last entry before all */
    uint64_t      seed, dice;
    int           at, took, refused, versions, paid, settled, undone, merges;
    const char   *doing;
};

static int roll(struct walk *k, int sides)                  /* SplitMix64                          */
{
    uint64_t z = k->dice += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((z ^ (z >> 31)) % (uint64_t)sides);
}

NORETURN static void fails(const struct walk *k, Str what)
{
    test_fail(__FILE__, __LINE__, "YEAR_SEED=%llu, step %d, %s: %.*s", (unsigned long long)k->seed, k->at, k->doing, FMT(what));
}

/* ---- people, records, amounts, days -------------------------------------------------------------------------- */

enum { PEOPLE = 8 };
static void people_in(struct walk *k, struct work *out[PEOPLE])
{
    struct work *const all[PEOPLE] = { k->officer, k->finance, k->leader, k->one, k->admin, k->two, k->agency, k->ward };
    memcpy(out, all, sizeof all);
}

static struct work *anybody(struct walk *k)
{
    struct work *all[PEOPLE];
    people_in(k, all);
    return all[roll(k, PEOPLE)];
}

static struct work *mostly(struct walk *k, struct work *by) { return roll(k, 16) ? by : anybody(k); }

/* One of these, which there are. */
static struct record *one_of(struct walk *k, const struct records *list)
{
    CHECK(list->n);
    return list->p[roll(k, (int)list->n)];
}

/* NULL: there is none. */
static struct record *some(struct walk *k, const struct records *list) { return list->n ? one_of(k, list) : NULL; }

static bool is_now(const struct record *r, const char *state) { return str_is(v_str(r->v[r->e->workflow->state]), state); }

/* One in that state, now and then another; NULL: none. */
static struct record *some_in(struct walk *k, const struct records *list, const char *state)
{
    struct record *r = some(k, list);
    for (int tries = 0; tries < 20 && r && !is_now(r, state); tries++) r = some(k, list);
    return r && (is_now(r, state) || !roll(k, 8)) ? r : NULL;
}

static int64_t odd_amount(struct walk *k)
{
    return (int64_t[]){ 0, 1, -1, -5000000, 999, 333333333, MONEY_MOST, MONEY_MOST + 1, INT64_MAX, INT64_MIN, -MONEY_MOST }[roll(k, 11)];
}

/* Most often this one; or a little more than it, or any. */
static int64_t about(struct walk *k, int64_t amount) { return roll(k, 16) ? amount : roll(k, 2) ? amount + 1 + roll(k, 3) : odd_amount(k); }

static Val today_of(const struct walk *k) { return v_text(date_iso(k->officer->a, k->officer->today)); }

static Val some_day(struct walk *k, int year)
{
    static const char *const odd[] = { "2025-12-31", "2028-02-29", "2027-01-31", "2026-02-30", "1999-01-01" };
    if (!roll(k, 15)) return text_of(odd[roll(k, COUNT(odd))]);
    return v_text(str_f(k->officer->a, "%d-%02d-%02d", year, 1 + roll(k, 12), 1 + roll(k, 28)));
}

static Val code_in(struct walk *k, const char *list, const char *const *codes, int n) { return key_in(k->officer, list, codes[roll(k, n)]); }
static Val some_content(struct walk *k) { return code_in(k, "programme_content", (const char *const[]){ "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9" }, 1 + roll(k, 9)); }
static Val some_agency(struct walk *k) { return code_in(k, "agency", (const char *const[]){ "SCT", "SKHCN", "BQLKCN" }, 3); }
static Val some_source(struct walk *k) { return code_in(k, "fund_source", (const char *const[]){ "city_recurrent", "city_investment", "participants", "sponsorship", "other" }, 5); }
static Val some_kind(struct walk *k) { return code_in(k, "expense_kind", (const char *const[]){ "space", "stand", "experts" }, 3); }

static Val numbered(struct walk *k, const char *what) { return v_text(str_f(k->officer->a, "%d/%s", roll(k, 100000), what)); }
static Val a_file(struct walk *k) { return v_text(str_f(k->officer->a, "%064d giay.pdf", 1 + roll(k, 9))); }

/* Whether a form would take the value as it is typed. */
static bool is_typed(struct work *by, const struct field *f, Val v)
{
    Val read;
    bool amount = f->type == &money_type || f->type == &integer_type;
    if (!v_is(v) || !(amount || f->type == &date_type)) return true;
    return !f->type->read(by, f, SPELT_PLAIN, amount ? str_f(by->a, "%lld", (long long)v_i64(v)) : v_str(v), &read).id;
}

static bool all_typed(struct work *by, const struct record *r)
{
    bool good = true;
    for EACH_FIELD(f, i, r->e) {
        good &= is_typed(by, f, r->v[i]);
        for (size_t k = 0; f->type == &children_type && k < r->children[i].n; k++) good &= all_typed(by, r->children[i].p[k]);
    }
    return good;
}

/* As a form saves it. */
static enum err change(struct work *by, const struct record *was, struct record *now)
{
    struct saving s = { .was = was, .now = now };
    return all_typed(by, now) ? record_keep(by, &s) : ERR_INVALID;
}

static enum err keep(struct work *by, struct record *fresh) { return change(by, NULL, fresh); }

/* The same with one field set. */
static enum err set(struct work *by, const struct record *r, int field, Val v)
{
    struct record *now = record_copy(by->a, r);
    now->v[field] = v;
    return change(by, r, now);
}

/* ---- the plan -------------------------------------------------------------------------------------------------------- */

static void some_cost(struct walk *k, struct record *t)
{
    struct work *w = k->officer;
    int64_t price = 100000 + roll(k, 3000000) * 7, whole;
    struct record *c = add_cost(w, t, "Chi", roll(k, 4) ? 1 + roll(k, 40) : (1 + roll(k, 4000)) / 1000.0, price, 0);
    c->v[COST_ITEM] = v_text(str_f(w->a, "Khoản %d", roll(k, 1000)));
    c->v[COST_KIND] = some_kind(k);
    c->v[COST_SOURCE] = some_source(k);
    c->v[COST_REST_SOURCE] = some_source(k);
    CHECK(cost_total(c, &whole));
    c->v[COST_SUPPORT] = v_int(about(k, whole / (1 + roll(k, 3))));
    if (!roll(k, 30)) c->v[COST_PRICE] = v_int(odd_amount(k));
    if (roll(k, 10)) return;
    c->v[COST_NORM] = v_int(norm_with(w, roll(k, 2) ? "tt29-fair-home/2018" : "nd205-experts/2025")->id);
    c->v[COST_NORM_UNITS] = v_int(roll(k, 30));
}

static enum err add_activity(struct walk *k)
{
    const struct record *in = one_of(k, &k->l.plans);
    struct record *r = new_activity(k->officer, in, "Hoạt động", "3.1", "2026-01-01", "2026-12-31");
    r->v[ACTIVITY_CONTENT] = some_content(k);
    r->v[ACTIVITY_AGENCY] = some_agency(k);
    r->v[ACTIVITY_STARTS] = v_text(str_f(k->officer->a, "%d-01-01", (int)v_i64(in->v[PLAN_YEAR])));
    r->v[ACTIVITY_ENDS] = v_text(str_f(k->officer->a, "%d-12-31", (int)v_i64(in->v[PLAN_YEAR])));
    if (!roll(k, 8)) r->v[ACTIVITY_ENDS] = some_day(k, YEAR);
    return keep(mostly(k, k->officer), r);
}

static enum err add_task(struct walk *k)
{
    const struct record *in = some(k, &k->l.activities);
    if (!in) return add_activity(k);
    struct record *r = new_task(k->officer, in, "Nhiệm vụ");
    if (roll(k, 2)) r->v[TASK_AGENCY] = some_agency(k);
    r->v[TASK_MODE] = text_of(roll(k, 3) ? "provider" : "own");
    for (int n = roll(k, 4); n >= 0; n--) some_cost(k, r);
    return keep(mostly(k, k->officer), r);
}

static enum err change_task(struct walk *k)
{
    const struct record *was = some(k, &k->l.tasks);
    if (!was) return add_task(k);
    struct record *now = record_copy(k->officer->a, was);
    struct records *list = &now->children[TASK_COSTS];
    switch (roll(k, 4)) {
    case 0:  now->v[TASK_AGENCY] = some_agency(k); break;
    case 1:  now->v[TASK_MODE] = text_of(roll(k, 2) ? "own" : "provider"); break;
    case 2:  some_cost(k, now); break;
    default: if (list->n) list->n--;
    }
    return change(mostly(k, k->officer), was, now);
}

static enum err change_activity(struct walk *k)
{
    const struct record *was = some(k, &k->l.activities);
    if (!was) return add_activity(k);
    struct record *now = record_copy(k->officer->a, was);
    now->v[ACTIVITY_CONTENT] = some_content(k);
    return change(mostly(k, k->officer), was, now);
}

static enum err delete_inside(struct work *w, void *arg)
{
    TRY(may_save(w, arg, NULL, NULL));
    return record_delete(w, arg);
}

static enum err delete_some(struct walk *k)
{
    struct records *const lists[] = { &k->l.tasks, &k->l.activities, &k->l.lines, &k->l.vouchers, &k->l.contracts, &k->l.participations, &k->l.versions };
    struct record *r = some(k, lists[roll(k, COUNT(lists))]);
    return r ? work_write(mostly(k, k->officer), delete_inside, r) : OK;
}

struct copying { int64_t from, made; };
static enum err copy_inside(struct work *w, void *arg)
{
    struct copying *c = arg;
    Message why;
    return plan_copy(w, c->from, YEAR + 1, &c->made, &why);
}

static enum err copy_plan(struct walk *k) { return work_write(mostly(k, k->officer), copy_inside, &(struct copying){ .from = one_of(k, &k->l.plans)->id }); }

/* ---- money by hand -------------------------------------------------------------------------------------------------------- */

static enum err post_inside(struct work *w, void *arg)
{
    Message why;
    return money_post(w, arg, 1, &why);
}

/* What a line was asked for, or a little more or less, to begin with; later the rest, or some of it back. */
static enum err allocate(struct walk *k)
{
    const struct record *line = some(k, &k->l.lines);
    int64_t asked = 0, held = 0;
    if (!line) return OK;
    for (size_t i = 0; i < k->l.by_line.n; i++)
        if (k->l.by_line.p[i].line == line->id) asked = k->l.by_line.p[i].of[MONEY_SUBMITTED], held = k->l.by_line.p[i].of[MONEY_ALLOCATED];
    struct posting p = { .line = line->id, .amount = about(k, asked - held), .stage = MONEY_ALLOCATED, .on = k->finance->today, .document = S("45/QĐ"), .reason = S("điều chỉnh") };
    if (!roll(k, 6)) p.amount = -roll(k, 20000000);
    if (!roll(k, 12)) p.on.year += 1 - roll(k, 3);
    return work_write(k->finance, post_inside, &p);
}

/* For a task that the agency carries out itself. */
static enum err commit_by_hand(struct walk *k)
{
    const struct record *t = some(k, &k->l.tasks), *line = some(k, &k->l.lines);
    if (!t || !line || !str_is(v_str(t->v[TASK_MODE]), "own")) return OK;
    struct posting p = { .line = line->id, .amount = roll(k, 4) ? 1 + roll(k, 1000000) : odd_amount(k), .stage = MONEY_COMMITTED, .on = k->officer->today, .task = t->id, .document = S("QĐ") };
    return work_write(k->officer, post_inside, &p);
}

/* What is of no contract and no request may be taken back as it is; all else not. */
static enum err take_voucher_back(struct walk *k)
{
    if (!k->l.entries.n) return OK;
    const struct entry *e = &k->l.entries.p[roll(k, (int)k->l.entries.n)];
    if (e->contract || e->request || e->stage == MONEY_SUBMITTED) return OK;
    struct posting p = { .line = e->line, .amount = roll(k, 8) ? -e->amount : odd_amount(k), .stage = (enum money_stage)e->stage, .on = k->finance->today, .task = e->task,
                         .reverses = e->id, .document = S("QĐ"), .reason = S("nhập sai") };
    return work_write(k->finance, post_inside, &p);
}

/* ---- contracts ----------------------------------------------------------------------------------------------------------------- */

static const struct record *line_for(const struct walk *k, const struct record *t, Val source, Val kind)
{
    for (size_t i = 0; i < k->l.lines.n; i++) {
        const Val *v = k->l.lines.p[i]->v;
        if (val_eq(v[LINE_YEAR], t->v[TASK_YEAR]) && val_eq(v[LINE_AGENCY], t->v[TASK_AGENCY]) && val_eq(v[LINE_CONTENT], t->v[TASK_CONTENT]) && val_eq(v[LINE_SOURCE], source)
            && val_eq(v[LINE_KIND], kind)) return k->l.lines.p[i];
    }
    return NULL;
}

static void add_share(struct walk *k, struct record *r, const struct record *line, int64_t amount)
{
    for (size_t i = 0; i < r->children[CONTRACT_SHARES].n && roll(k, 20); i++)
        if (line && v_i64(r->children[CONTRACT_SHARES].p[i]->v[SHARE_LINE]) == line->id) return;
    if (!line || amount <= 0) return;
    struct record *s = record_add(k->officer->a, r, CONTRACT_SHARES);
    s->v[SHARE_LINE] = v_int(line->id);
    s->v[SHARE_AMOUNT] = v_int(about(k, amount));
}

static enum err write_contract(struct walk *k)
{
    const struct record *t = some_in(k, &k->l.tasks, "planned");
    struct records units;
    if (!t || !t->children[TASK_COSTS].n) return OK;
    CHECK_INT(records_load(k->officer, &provider, 0, 10, false, &units), OK);
    struct record *r = record_make(k->officer->a, &contract);
    r->v[CONTRACT_TITLE] = t->v[TASK_TITLE_VI];
    r->v[CONTRACT_TASK] = v_int(t->id);
    r->v[CONTRACT_PROVIDER] = v_int(one_of(k, &units)->id);
    r->v[CONTRACT_STARTS] = t->v[TASK_STARTS];
    r->v[CONTRACT_ENDS] = roll(k, 10) ? t->v[TASK_ENDS] : some_day(k, YEAR);
    for (size_t i = 0; i < t->children[TASK_COSTS].n; i++) {
        const Val *c = t->children[TASK_COSTS].p[i]->v;
        add_share(k, r, line_for(k, t, c[COST_SOURCE], c[COST_KIND]), v_i64(c[COST_SUPPORT]));
        add_share(k, r, line_for(k, t, c[COST_REST_SOURCE], c[COST_KIND]), v_i64(c[COST_REST]));
    }
    if (!roll(k, 6)) add_share(k, r, some(k, &k->l.lines), 1 + roll(k, 1000000));
    return keep(mostly(k, k->officer), r);
}

/* What the milestones of a contract leave of its value, most often in one or two parts. */
static enum err write_milestone(struct walk *k)
{
    const struct record *of = some_in(k, &k->l.contracts, roll(k, 3) ? "draft" : "in_force");
    if (!of) return write_contract(k);
    int64_t left = v_i64(of->v[CONTRACT_VALUE]);
    for (size_t i = 0; i < k->l.milestones.n; i++)
        if (v_i64(k->l.milestones.p[i]->v[MILESTONE_CONTRACT]) == of->id && !is_now(k->l.milestones.p[i], "cancelled")) left -= v_i64(k->l.milestones.p[i]->v[MILESTONE_AMOUNT]);
    struct record *r = new_milestone(k->officer, of, "Đợt", about(k, roll(k, 2) ? left : left / 2));
    r->v[MILESTONE_DUE_ON] = roll(k, 10) ? of->v[CONTRACT_ENDS] : some_day(k, YEAR);
    return keep(mostly(k, k->officer), r);
}

static enum err fit_milestone(struct walk *k)
{
    const struct record *m = some_in(k, &k->l.milestones, "planned"), *of = m ? child_with_id(&k->l.contracts, v_i64(m->v[MILESTONE_CONTRACT])) : NULL;
    int64_t others = 0;
    if (!of) return write_milestone(k);
    for (size_t i = 0; i < k->l.milestones.n; i++) {
        const struct record *other = k->l.milestones.p[i];
        if (other->id != m->id && val_eq(other->v[MILESTONE_CONTRACT], m->v[MILESTONE_CONTRACT]) && !is_now(other, "cancelled")) others += v_i64(other->v[MILESTONE_AMOUNT]);
    }
    return set(mostly(k, k->officer), m, MILESTONE_AMOUNT, v_int(about(k, v_i64(of->v[CONTRACT_VALUE]) - others)));
}

static enum err write_amendment(struct walk *k)
{
    const struct record *of = some_in(k, &k->l.contracts, "in_force");
    if (!of) return write_contract(k);
    struct record *r = record_make(k->officer->a, &amendment);
    r->v[AMENDMENT_CONTRACT] = v_int(of->id);
    r->v[AMENDMENT_NUMBER] = numbered(k, "PL");
    r->v[AMENDMENT_REASON] = text_of("Thêm việc");
    for (size_t i = 0; i < of->children[CONTRACT_SHARES].n; i++) {
        if (roll(k, 2)) continue;
        const Val *share = of->children[CONTRACT_SHARES].p[i]->v;
        struct record *s = record_add(k->officer->a, r, AMENDMENT_SHARES);
        s->v[AMENDMENT_SHARE_LINE] = roll(k, 12) ? share[SHARE_LINE] : v_int(one_of(k, &k->l.lines)->id);
        s->v[AMENDMENT_SHARE_AMOUNT] = v_int(about(k, roll(k, 2) ? -v_i64(share[SHARE_AMOUNT]) / (1 + roll(k, 3)) : 1 + roll(k, 5000)));
    }
    return keep(mostly(k, k->officer), r);
}

/* ---- payments and settlements --------------------------------------------------------------------------------------------------- */

static enum err ask_for_payment(struct walk *k)
{
    const struct record *m = some_in(k, &k->l.milestones, "accepted"), *t = some_in(k, &k->l.tasks, "under_way");
    struct record *r = record_make(k->officer->a, &payment_request);
    r->v[PAYMENT_INVOICE] = numbered(k, "HĐ");
    if (m && roll(k, 3)) {
        r->v[PAYMENT_MILESTONE] = v_int(m->id);
        r->v[PAYMENT_AMOUNT] = v_int(about(k, v_i64(m->v[MILESTONE_AMOUNT]) / (1 + roll(k, 2))));
        return keep(mostly(k, roll(k, 2) ? k->one : k->officer), r);
    }
    if (!t) return OK;
    r->v[PAYMENT_TASK] = v_int(t->id);
    r->v[PAYMENT_AMOUNT] = v_int(about(k, v_i64(t->v[TASK_TOTAL]) / (1 + roll(k, 3))));
    return keep(mostly(k, k->officer), r);
}

static enum err write_settlement(struct walk *k)
{
    const struct record *of = some_in(k, &k->l.contracts, roll(k, 3) ? "completed" : "terminated"), *t = some_in(k, &k->l.tasks, "accepted");
    struct record *r = record_make(k->officer->a, &settlement);
    int64_t spent = 0;
    if (of && roll(k, 4)) r->v[SETTLEMENT_CONTRACT] = v_int(of->id), spent = v_i64(of->v[CONTRACT_VALUE]);
    else if (t) r->v[SETTLEMENT_TASK] = v_int(t->id), spent = v_i64(t->v[TASK_TOTAL]);
    for (int n = roll(k, 3); n >= 0; n--) {
        struct record *item = record_add(k->officer->a, r, SETTLEMENT_ITEMS);
        int64_t actual = about(k, n ? roll(k, 1000) : spent);
        item->v[ITEM_TITLE] = text_of("Chi");
        item->v[ITEM_DOCUMENT] = numbered(k, "HĐ");
        item->v[ITEM_ACTUAL] = v_int(actual);
        item->v[ITEM_ELIGIBLE] = v_int(actual - (roll(k, 2) && actual > 1000 ? roll(k, 1000) : 0));
        item->v[ITEM_WHY] = text_of("Vượt định mức");
    }
    return keep(mostly(k, k->officer), r);
}

/* ---- attendance and merging ------------------------------------------------------------------------------------------------------- */

struct attending { int64_t of, firm; struct date day; int people; };
static enum err attend_inside(struct work *w, void *arg)
{
    const struct attending *t = arg;
    bool first;
    Message why;
    return participation_attend(w, t->of, t->firm, t->day, t->people, &first, &why);
}

static enum err attend(struct walk *k)
{
    const struct record *of = some(k, &k->l.activities);
    struct records firms;
    CHECK_INT(records_load(k->officer, &enterprise, 0, 10, false, &firms), OK);
    if (!of) return add_activity(k);
    struct attending t = { of->id, one_of(k, &firms)->id, k->officer->today, 1 + roll(k, 5) };
    if (!roll(k, 3)) t.day.day = 1 + roll(k, 28);
    return work_write(mostly(k, k->officer), attend_inside, &t);
}

/* Two enterprises or whatever else the workspace merges; parted again half of the time. */
static enum err merge_some(struct walk *k)
{
    static const struct entity *const which[] = { &enterprise, &enterprise, &task, &activity, &yearly_plan, &budget_line, &participation, &provider };
    struct records list;
    struct undone undone;
    int64_t batch = 0;
    if (k->merged && roll(k, 2)) {
        batch = k->merged, k->merged = 0;
        return batch_undo(k->admin, batch, &undone);
    }
    CHECK_INT(records_load(k->officer, which[roll(k, COUNT(which))], 0, 1000, true, &list), OK);
    if (!list.n) return OK;
    const struct record *from = one_of(k, &list), *into = one_of(k, &list);
    if (!(reach_of(k->officer, from).may & (MAY_DELETE | MAY_BULK))) return OK;
    enum err e = record_merge(k->officer, from->e, from->id, into->id, &batch);
    if (!e) k->merged = batch, k->merges++;
    return e;
}

static enum err agency_of_many(struct walk *k)
{
    int64_t ids[100];
    size_t n = 0;
    struct bulk_set set = { TASK_AGENCY, some_agency(k) };
    struct bulk_result result;
    for (size_t i = 0; i < k->l.tasks.n && n < COUNT(ids); i++)
        if (roll(k, 2)) ids[n++] = k->l.tasks.p[i]->id;
    return n ? bulk_edit(k->officer, &(struct bulk){ &task, ids, n, NULL, &set, 1 }, false, &result) : OK;
}

/* ---- taking back, and edits of anything ------------------------------------------------------------------------------------------- */

static enum err take_edit_back(struct walk *k)
{
    struct change entry;
    Message why = NO_MESSAGE;
    int64_t last = 0;
    CHECK_INT(change_last(k->officer, &last), OK);
    if (last == k->begun) return OK;
    enum err e = change_undo(mostly(k, roll(k, 2) ? k->officer : k->admin), last - roll(k, (int)(last - k->begun < 25 ? last - k->begun : 25)), &entry, &why);
    k->undone += !e;
    return e;
}

static struct records *some_list(struct walk *k)
{
    struct records *const lists[] = { &k->l.plans, &k->l.activities, &k->l.tasks, &k->l.contracts, &k->l.milestones, &k->l.amendments, &k->l.payments, &k->l.settlements, &k->l.lines, &k->l.vouchers };
    return lists[roll(k, COUNT(lists))];
}

static Val some_value(struct walk *k, const struct field *f, Val was)
{
    if (f->type == &money_type || f->type == &integer_type) return v_int(roll(k, 2) ? odd_amount(k) : v_i64(was) + 1 - 2 * roll(k, 2));
    if (f->type == &date_type) return some_day(k, YEAR + roll(k, 2));
    if (f->type == &reference_type) return v_int(1 + roll(k, 6));
    if (f->type == &choice_type || f->type == &state_type) return text_of(f->choices[roll(k, 2)].code);
    if (f->type == &year_type) return v_int(YEAR + roll(k, 3));
    if (f->type == &text_type || f->type == &long_text_type) return text_of("khác");
    return v_null();
}

/* Any field of any record, or of what is below it, by anybody. */
static enum err scribble(struct walk *k)
{
    const struct record *was = some(k, some_list(k));
    if (!was) return OK;
    struct record *now = record_copy(k->officer->a, was), *at = now;
    int i = roll(k, now->e->n);
    if (now->e->fields[i].type == &children_type && now->children[i].n) at = one_of(k, &now->children[i]), i = roll(k, at->e->n);
    if (has_column(&at->e->fields[i])) at->v[i] = some_value(k, &at->e->fields[i], at->v[i]);
    return change(roll(k, 2) ? anybody(k) : k->officer, was, now);
}

/* ---- steps of people ----------------------------------------------------------------------------------------------------------------- */

enum by { BY_OFFICER, BY_FINANCE, BY_LEADER, BY_PROGRAM };
/* What leads on, by whom; seldom: once in so many times. */
static const struct { const struct entity *e; const char *state, *step; enum by by; int seldom; } ways[] = {
    { &yearly_plan, "draft", "submit", BY_OFFICER, 3 }, { &yearly_plan, "returned", "submit", BY_OFFICER, 1 }, { &yearly_plan, "adjusting", "submit", BY_OFFICER, 3 },
    { &yearly_plan, "submitted", "approve", BY_LEADER, 1 }, { &yearly_plan, "approved", "adjust", BY_OFFICER, 8 }, { &yearly_plan, "approved", "close", BY_OFFICER, 20 },
    { &contract, "draft", "send", BY_OFFICER, 1 }, { &contract, "returned", "send", BY_OFFICER, 1 }, { &contract, "checking", "agree", BY_FINANCE, 1 },
    { &contract, "approving", "approve", BY_LEADER, 1 }, { &contract, "approved", "sign", BY_OFFICER, 1 }, { &contract, "in_force", "terminate", BY_LEADER, 15 },
    { &milestone, "planned", "deliver", BY_OFFICER, 1 }, { &milestone, "delivered", "accept", BY_PROGRAM, 1 },
    { &task, "planned", "begin", BY_OFFICER, 1 }, { &task, "under_way", "accept", BY_PROGRAM, 3 }, { &task, "planned", "cancel", BY_OFFICER, 20 }, { &activity, "planned", "open", BY_OFFICER, 1 },
    { &amendment, "draft", "send", BY_OFFICER, 1 }, { &amendment, "checking", "agree", BY_FINANCE, 1 }, { &amendment, "approving", "approve", BY_LEADER, 1 },
    { &payment_request, "draft", "send", BY_OFFICER, 1 }, { &payment_request, "returned", "send", BY_OFFICER, 1 }, { &payment_request, "sent", "agree", BY_OFFICER, 1 },
    { &payment_request, "programme_approved", "pay", BY_FINANCE, 1 },
    { &settlement, "draft", "submit", BY_OFFICER, 1 }, { &settlement, "returned", "submit", BY_OFFICER, 1 }, { &settlement, "submitted", "approve", BY_FINANCE, 1 },
    { &settlement, "approved", "close", BY_FINANCE, 1 },
};
/* What has to be written down before. */
static const struct { const struct entity *e; const char *state; int field; enum by by; enum { A_NUMBER, A_FILE, A_DAY } what; } papers[] = {
    { &yearly_plan, "submitted", PLAN_DECISION, BY_OFFICER, A_NUMBER }, { &yearly_plan, "submitted", PLAN_DECIDED_ON, BY_OFFICER, A_DAY },
    { &contract, "approved", CONTRACT_NUMBER, BY_OFFICER, A_NUMBER }, { &contract, "approved", CONTRACT_SIGNED_ON, BY_OFFICER, A_DAY }, { &contract, "approved", CONTRACT_FILE, BY_OFFICER, A_FILE },
    { &payment_request, "programme_approved", PAYMENT_ORDER, BY_FINANCE, A_NUMBER }, { &settlement, "approved", SETTLEMENT_MINUTES, BY_FINANCE, A_NUMBER },
    { &settlement, "approved", SETTLEMENT_FILE, BY_FINANCE, A_FILE }, { &settlement, "approved", SETTLEMENT_REFUNDED_ON, BY_FINANCE, A_DAY },
};

static struct work *person(struct walk *k, enum by by) { return (struct work *[]){ k->officer, k->finance, k->leader, k->officer }[by]; }

/* An adjustment is decided on by another decision than the plan was. */
static bool is_written(const struct walk *k, const struct record *r, int field)
{
    for (size_t i = 0; r->e == &yearly_plan && field == PLAN_DECISION && i < k->l.versions.n; i++)
        if (val_eq(k->l.versions.p[i]->v[VERSION_DECISION], r->v[PLAN_DECISION])) return false;
    return v_is(r->v[field]);
}

static enum err write_papers(struct walk *k, const struct record *r, bool *written)
{
    *written = true;
    for (size_t i = 0; i < COUNT(papers); i++) {
        if (papers[i].e != r->e || !is_now(r, papers[i].state) || is_written(k, r, papers[i].field)) continue;
        *written = false;
        Val v = papers[i].what == A_NUMBER ? numbered(k, "VB") : papers[i].what == A_FILE ? a_file(k) : today_of(k);
        return set(person(k, papers[i].by), r, papers[i].field, v);
    }
    return OK;
}

/* A record from which a way leads on; NULL: there is none just now. */
static struct record *some_on_its_way(struct walk *k, size_t *way)
{
    struct records *const lists[] = { &k->l.plans, &k->l.activities, &k->l.tasks, &k->l.contracts, &k->l.milestones, &k->l.amendments, &k->l.payments, &k->l.settlements };
    for (int tries = 0; tries < 40; tries++) {
        *way = (size_t)roll(k, COUNT(ways));
        for (size_t i = 0; i < COUNT(lists); i++) {
            struct record *r = lists[i]->n && lists[i]->p[0]->e == ways[*way].e ? some_in(k, lists[i], ways[*way].state) : NULL;
            if (r && is_now(r, ways[*way].state) && !roll(k, ways[*way].seldom)) return r;
        }
    }
    return NULL;
}

/* Or one of the papers it needs first. */
static enum err take_way(struct walk *k, const struct record *r, size_t i)
{
    bool written;
    Message why;
    enum err e = write_papers(k, r, &written);
    if (e || !written) return e;
    if (ways[i].by == BY_PROGRAM) return taken_by_program(k->officer, r->e, r->id, ways[i].step);
    e = step_take(mostly(k, person(k, ways[i].by)), r->e, r->id, roll(k, 3) ? r->seq : 0, step_named(r->e, str_of(ways[i].step)), S("vì sao"), &why);
    k->paid += !e && r->e == &payment_request && !strcmp(ways[i].step, "pay");
    k->settled += !e && r->e == &settlement && !strcmp(ways[i].step, "approve");
    k->versions += !e && r->e == &yearly_plan && !strcmp(ways[i].step, "approve");
    return e;
}

static enum err step_on(struct walk *k)
{
    size_t i;
    const struct record *r = some_on_its_way(k, &i);
    return r ? take_way(k, r, i) : OK;
}
/* Any step of any record by anybody, with the version of before where there was one: what is out of order, nobody's, or of a version that is over, is refused. */
static enum err step_wrongly(struct walk *k)
{
    const struct record *r = some(k, some_list(k));
    if (!r || !r->e->workflow) return OK;
    const struct workflow *flow = r->e->workflow;
    const struct step *s = &flow->steps[roll(k, flow->n)];
    struct work *by = anybody(k);
    Message why;
    bool stale = !roll(k, 3), theirs = by != k->ward && by != k->agency;
    enum err e = step_take(by, r->e, r->id, stale ? r->seq - 1 : 0, s, S("vì sao"), &why);
    if (!e && (stale || !theirs || !step_leaves(s, v_str(r->v[flow->state])) || s->is & STEP_AUTO)) fails(k, str_f(k->w->a, "%s %s was taken", r->e->name, s->name));
    return e;
}

static enum err go_on(struct walk *k)
{
    struct work *all[PEOPLE];
    people_in(k, all);
    struct date day = date_from_days(date_days(k->officer->today) + roll(k, 6));
    for (size_t i = 0; i < COUNT(all); i++) all[i]->today = day;
    k->w->today = day;
    return OK;
}

/* ---- the walk -------------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *name; enum err (*move)(struct walk *); int often; } moves[] = {
    { "a step", step_on, 70 }, { "a wrong step", step_wrongly, 6 }, { "an edit of anything", scribble, 6 }, { "taking an edit back", take_edit_back, 4 }, { "a day later", go_on, 4 },
    { "an activity", add_activity, 2 }, { "a task", add_task, 3 }, { "another task", change_task, 4 }, { "an activity under another content", change_activity, 1 },
    { "deleting", delete_some, 1 }, { "a copy of the plan", copy_plan, 1 }, { "many tasks at once", agency_of_many, 1 }, { "merging", merge_some, 4 }, { "attendance", attend, 3 },
    { "allocating", allocate, 8 }, { "committing by hand", commit_by_hand, 1 }, { "taking a voucher back", take_voucher_back, 1 },
    { "a contract", write_contract, 5 }, { "a milestone", write_milestone, 6 }, { "a milestone that fits", fit_milestone, 4 }, { "an amendment", write_amendment, 2 },
    { "a payment", ask_for_payment, 5 }, { "a settlement", write_settlement, 4 },
};

static enum err some_move(struct walk *k)
{
    int all = 0, at;
    size_t i = 0;
    for (size_t m = 0; m < COUNT(moves); m++) all += moves[m].often;
    for (at = roll(k, all); at >= moves[i].often; i++) at -= moves[i].often;
    k->doing = moves[i].name;
    return moves[i].move(k);
}

static enum err plan_on(struct walk *k)
{
    for (size_t i = 0; i < COUNT(ways); i++)
        if (ways[i].e == &yearly_plan && is_now(k->l.plans.p[0], ways[i].state)) return take_way(k, k->l.plans.p[0], i);
    return OK;
}

/* In the arena that is not the ledger's before. */
static void read_again(struct walk *k)
{
    k->was = k->l;
    k->w->a = &k->kept[k->at & 1];
    arena_reset(k->w->a);
    ledger_read(k->w, &k->l);
}

static void check_all(struct walk *k)
{
    Str broken = law_broken(k->w, &k->l);
    if (!broken.n) broken = view_broken(k->w, &k->l);
    if (broken.n) fails(k, broken);
}

static void check_submitted(struct walk *k)
{
    for (size_t i = 0; i < k->l.plans.n; i++) {
        const struct record *now = k->l.plans.p[i], *before = child_with_id(&k->was.plans, now->id);
        if (!before || !is_now(now, "submitted") || is_now(before, "submitted")) continue;
        Str broken = submitted_broken(k->w, &k->l, (int)v_i64(now->v[PLAN_YEAR]));
        if (broken.n) fails(k, broken);
    }
}

static void one_step(struct walk *k, enum err (*move)(struct walk *))
{
    int64_t before = 0, after = 0;
    k->at++;
    arena_reset(&k->moving);
    CHECK_INT(change_last(k->officer, &before), OK);
    enum err e = move(k);
    if (e != OK && e != ERR_INVALID && e != ERR_DENIED && e != ERR_CONFLICT && e != ERR_MISSING) fails(k, str_f(k->w->a, "error %d: %s", (int)e, db_why(k->w->db)));
    CHECK_INT(change_last(k->officer, &after), OK);
    read_again(k);
    if (e && (after != before || k->l.entries.n != k->was.entries.n)) fails(k, S("refused, and yet written"));
    if (!vouchers_stand(&k->was, &k->l)) fails(k, S("a voucher was changed"));
    if (!e && after == before) return;                      /* nothing was there to be done       */
    *(e ? &k->refused : &k->took) += 1;
    check_all(k);
    check_submitted(k);
}

static const char REGISTER[] = "Mã số thuế,Tên doanh nghiệp,Xã/phường\n0100233488,Công ty TNHH Cơ khí Một,Phường Ba Đình\n"
                               "0100109106,Công ty Cổ phần Hai,Phường Cửa Nam\n0101248141,Công ty Đúc Ba,Phường Ba Đình\n";

static void add_unit(const struct walk *k, const char *name, const struct work *account)
{
    struct record *r = record_make(k->officer->a, &provider);
    r->v[PROVIDER_NAME] = text_of(name);
    r->v[PROVIDER_KIND] = text_of("promotion");
    r->v[PROVIDER_ACCOUNT] = v_int(account->actor.account);
    kept(k->officer, r);
}

static void begin(struct walk *k, struct work *w)
{
    const struct plan_cast p = plan_cast(w);
    struct work *all[PEOPLE];
    import_text(w, REGISTER);
    fill_norms(w);
    k->officer = p.officer, k->finance = p.finance, k->leader = p.leader, k->agency = p.agency, k->ward = p.ward;
    k->admin = someone(w, "quantri@sct.example", "admin", 0, NULL);
    k->one = someone(w, "mot@donvi.example", "provider", 0, NULL);
    k->two = someone(w, "hai@donvi.example", "provider", 0, NULL);
    people_in(k, all);
    for (size_t i = 0; i < COUNT(all); i++) all[i]->a = &k->moving;
    for (size_t i = 0; i < COUNT(all); i++) all[i]->today = (struct date){ YEAR, 1, 5 };
    add_unit(k, "Trung tâm Một", k->one);
    add_unit(k, "Công ty Hai", k->two);
    kept(k->officer, new_plan(k->officer, YEAR));
    CHECK_INT(change_last(k->officer, &k->begun), OK);
    read_again(k);
}

/* Most years come to where their money is spent. */
static void plan_and_allocate(struct walk *k)
{
    k->doing = "planning";
    for (int n = 2 + roll(k, 4); n; n--) one_step(k, add_activity);
    for (int n = 3 + roll(k, 6); n; n--) one_step(k, add_task);
    for (int n = 0; n < 10 && !is_now(k->l.plans.p[0], "approved"); n++) one_step(k, plan_on);
    for (size_t n = 3 * k->l.lines.n; n; n--) one_step(k, allocate);
}

static struct { uint64_t seed; int took, refused, versions, paid, settled, undone, merges; } now;      /* of the walk that is going on, and of all */

static void a_year(struct arena *a, struct work *w)
{
    struct walk k = { .w = work_of(w, SYSTEM), .moving = arena_make(MEMORY, NULL), .kept = { arena_make(MEMORY, NULL), arena_make(MEMORY, NULL) }, .seed = now.seed, .dice = now.seed,
                      .doing = "the beginning" };
    begin(&k, w);
    plan_and_allocate(&k);
    for (int i = 0; i < STEPS; i++) one_step(&k, some_move);
    check_log(w);
    now.took += k.took, now.refused += k.refused, now.versions += k.versions, now.paid += k.paid, now.settled += k.settled, now.undone += k.undone, now.merges += k.merges;
    struct arena *const mine[] = { &k.moving, &k.kept[0], &k.kept[1] };
    for (size_t i = 0; i < COUNT(mine); i++) arena_free(mine[i]);
}

static int number_in(const char *name, int otherwise) { return getenv(name) ? atoi(getenv(name)) : otherwise; }

enum { ENOUGH = 4 };                        /* years in which everything that can be done comes to be done */

static void years(enum dialect d, int few)
{
    int first = number_in("YEAR_SEED", 1), n = getenv("YEAR_SEED") ? 1 : number_in("YEARS", few);
    memset(&now, 0, sizeof now);
    for (int i = 0; i < n; i++) {
        struct arena own = arena_make(MEMORY, NULL);
        now.seed = (uint64_t)(first + i);
        test_register_on(&own, d, a_year);
        arena_free(&own);
    }
    if (n < ENOUGH) return;
    CHECK(now.took > n * STEPS / 8 && now.refused > n * STEPS / 8);
    CHECK(now.versions > 1 && now.paid && now.settled && now.undone && now.merges);
}

TEST(random_years_keep_every_law_and_every_view_the_same_dong_on_sqlite) { years(SQLITE, ENOUGH); }
TEST(random_years_keep_every_law_and_every_view_the_same_dong_on_postgresql) { years(POSTGRES, 1); }
