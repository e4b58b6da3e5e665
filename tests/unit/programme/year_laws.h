/*
 * year_laws.h - everything that must hold of the programme's money, whatever people do: the laws of docs/balance-laws.md and what follows from them for plans,
 * contracts, payments and settlements, and that every view shows the same đồng.  All is worked out anew from single rows by plain loops that know nothing of the
 * program's own sums.
 */
#ifndef PROGRAMME_YEAR_LAWS_H
#define PROGRAMME_YEAR_LAWS_H

#include "contracts.h"
#include "programme/delivery/delivery.h"

/* A voucher as far as balances ask of it. */
struct entry { int64_t id, line, task, contract, request, reverses, amount; int year, stage; struct date on; };
/* What a line holds, or (with a contract or task) a share of one. */
struct holding { int64_t line, contract, task; int64_t of[MONEY_STAGES]; };

struct ledger {
    struct records vouchers, lines, plans, versions, activities, tasks, contracts, milestones, amendments, payments, settlements, participations;
    struct { struct entry *p; size_t n, cap; } entries;
    struct { struct holding *p; size_t n, cap; } by_line, by_share;
};
void ledger_read(struct work *w, struct ledger *out);       /* all years; in w's arena            */
const struct holding *holding_on(const struct ledger *l, int64_t line, int64_t contract, int64_t task);     /* nothing, where there is none */

/* What does not hold, as "B1: …" with the record; empty: everything does. */
Str  law_broken(struct work *w, const struct ledger *l);
/* The same of what is shown: all views of each year's money, the balances of lines, contracts and tasks, participations and distinct enterprises. */
Str  view_broken(struct work *w, const struct ledger *l);
/* Right after a plan was submitted: each of its lines is asked for what the plan says. */
Str  submitted_broken(struct work *w, const struct ledger *l, int year);
/* Nothing that stood there has been changed or is gone. */
bool vouchers_stand(const struct ledger *was, const struct ledger *now);

#endif
