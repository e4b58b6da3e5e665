/*
 * money.h - the programme's money, exact in đồng (Decision 6126/QĐ-UBND part II.5): budget lines and the vouchers that all balances are sums of.
 *
 * A voucher is never changed or deleted; a mistake is taken back by a voucher of the opposite amount that names it.  money_post() is the only
 * way to make one, inside the transaction of what causes it, and refuses what would break a law of docs/balance-laws.md:
 *     B1  a line never has more committed than allocated
 *     B2  a line, and each contract or task on it, never has more disbursed than committed
 *     B3  a contract's commitments are its value, share by share (as its record is saved: save new shares first, then post; what only takes back may leave less)
 *     B4  a line, and each contract or task on it, never has more settled than disbursed
 *     B5  no balance is below nothing
 *     B6  a voucher takes back another at most once, by just its amount
 * Writers take turns (work_write), so no two see the same balance.  What is estimated is not posted: it is read from the plan (plan.h, estimates_of).
 */
#ifndef PROGRAMME_MONEY_H
#define PROGRAMME_MONEY_H

#include "programme/plan/plan.h"

extern const struct entity budget_line, voucher;

/* 10,000 tỷ đồng: the most that one voucher moves or a balance of one line holds, so that 900,000 of them still add up in 64 bits. */
#define MONEY_MOST INT64_C(10000000000000)
enum { SETTLED_WITHIN = 3 };                /* years after the budget year                        */

/* year × agency × source × content × kind: one record each (IDENTITY: KEY | COMPUTED). */
enum budget_line_field { LINE_NAME, LINE_IDENTITY, LINE_YEAR, LINE_AGENCY, LINE_SOURCE, LINE_CONTENT, LINE_KIND, LINE_ECONOMIC_CODE, LINE_NOTE, BUDGET_LINE_FIELD_COUNT };

enum money_stage { MONEY_SUBMITTED, MONEY_ALLOCATED, MONEY_COMMITTED, MONEY_DISBURSED, MONEY_SETTLED, MONEY_STAGES };
extern const struct choice money_stages[];  /* "submitted" ..., by enum                           */
enum money_stage money_stage_named(Str code);               /* of a voucher                        */

enum voucher_field {
    VOUCHER_DOCUMENT,                       /* number of the decision, order or minutes: what it is known by */
    VOUCHER_LINE, VOUCHER_YEAR,             /* year: the line's, computed, INDEXED                */
    VOUCHER_STAGE, VOUCHER_AMOUNT,          /* đồng, below nothing: taken back, reduced, refunded  */
    VOUCHER_ON, VOUCHER_TASK, VOUCHER_CONTRACT, VOUCHER_REQUEST,        /* references; the last to payment_request */
    VOUCHER_REASON,                         /* of adjustments and of what is taken back            */
    VOUCHER_REVERSES,                       /* reference to the voucher it takes back              */
    VOUCHER_FILE, VOUCHER_FIELD_COUNT,
};

struct posting {
    int64_t line, amount;                   /* amount is not 0                                    */
    enum money_stage stage;
    /* In the line's year; disbursed up to 31 January of the next (State Budget Law 83/2015/QH13, Article 64), settled and refunded within SETTLED_WITHIN years;
     * submitted and allocated also in the year before, in which estimates are made and decided (Article 44). */
    struct date on;
    int64_t task, contract, request, reverses;          /* 0: none; of a contract, the task is the contract's */
    Str document, reason, file;             /* reason: needed where the amount is below nothing, but for what is submitted anew; file may be empty */
};
enum { MONEY_POSTINGS = 10000 };            /* fewer in one set                                   */
/*
 * Inside a write.  All or nothing, whatever the order within the set.  ERR_INVALID: a law would be broken; *why names the line, the law's limit and the amount
 * that remains.  Rights are the caller's to ask.
 */
enum err money_post(struct work *w, const struct posting *p, size_t n, Message *why) MUST_USE;

/* Inside a write: the line of these, made where it is not there yet. */
enum err budget_line_of(struct work *w, int year, Str agency, Str source, Str content, Str kind, int64_t *id) MUST_USE;

/* ---- balances: sums over vouchers, read when asked ------------------------------------------------------ */

struct balance { int64_t of[MONEY_STAGES]; };
static inline int64_t balance_free(const struct balance *b) { return b->of[MONEY_ALLOCATED] - b->of[MONEY_COMMITTED]; }     /* may still be committed */
enum err balance_of_line(struct work *w, int64_t line, struct balance *out) MUST_USE;
enum err balance_of_contract(struct work *w, int64_t contract, struct balance *out) MUST_USE;
enum err balance_of_task(struct work *w, int64_t task, struct balance *out) MUST_USE;
/* A contract's, or with contract 0 a task's, share by share. */
struct share { int64_t line; struct balance balance; };
struct shares { struct share *p; size_t n, cap; };
enum err shares_of(struct work *w, int64_t contract, int64_t task, struct shares *out) MUST_USE;
/*
 * Splits what is to be posted at a stage (disbursed or settled) over shares, as what is left on each for that stage stands to what is left on all:
 * committed − disbursed, disbursed − settled; of an amount below nothing, what may still be taken back: disbursed − settled, settled.  Rounded down, what
 * is over to the largest remainders; adds up to the amount, and never more than is left on one.  False: all together have less.
 */
bool     shares_split(struct arena *a, const struct shares *s, enum money_stage stage, int64_t amount, int64_t *each) MUST_USE;

/* A year's money in one pass: rows by what is asked for, each with its estimate and balances; the sum of the rows is the year's total in every view. */
enum money_by { BY_LINE, BY_AGENCY, BY_SOURCE, BY_CONTENT, BY_KIND, BY_MONTH, BY_TASK, MONEY_VIEWS };
struct money_row { Str key; int64_t id; int64_t estimate; struct balance balance; };     /* key: code, "2026-03"; id: line or task */
struct money_rows { struct money_row *p; size_t n, cap; };
struct money_asked { int year; enum money_by by; Str agency, source, content, kind; int64_t task; };      /* empty: all */
enum err money_rows(struct work *w, const struct money_asked *asked, struct money_rows *out, struct money_row *total) MUST_USE;

/*
 * What the participants pay beside the budget's support (G04), for each task with both: what the plan says of each, what of it was paid, the participants' share of
 * all that was paid (of the plan, where nothing was paid yet), and the least share that norms leave to them: what a norm does not allow the budget to pay.
 */
struct counterpart { int64_t task, planned, came, support, support_paid; double share, share_asked; bool enough; };
struct counterparts { struct counterpart *p; size_t n, cap; };
enum err counterparts_of(struct work *w, int year, struct counterparts *out) MUST_USE;

/*
 * What was and will be paid when for the tasks of a year (G06): the year's months, from this one if the year is still to come, and those after it into which
 * something falls.  A contract is paid by its milestones on their days, a task without one at its end, as the plan says.  due falls due in that month; late fell
 * due before today and stands in this month; paid is what was paid in it.
 */
struct cash_month { int year, month; int64_t paid, due, late; };
/* What is to be paid: of a milestone, of a contract beyond its milestones, of a task without a contract.  month: of the forecast's, -1: on a day not known. */
struct cash_item { const struct entity *of; int64_t id, amount; int month; bool late; };
struct cash_forecast {
    struct cash_month *p; size_t n, cap;
    struct { struct cash_item *p; size_t n, cap; } items;   /* due and late are their sums         */
    int64_t without_day;
};
enum err cash_forecast_of(struct work *w, int year, struct cash_forecast *out) MUST_USE;

#endif
