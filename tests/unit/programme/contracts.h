/*
 * contracts.h - a task of this year's approved plan whose money is allocated, and everybody who has a part in finding and paying whoever carries it out.
 *
 * It costs 340,000,001 đồng, on three budget lines: 144,000,000 and 96,000,000 for space (the city's, the participants'), 100,000,001 for stands.
 */
#ifndef PROGRAMME_CONTRACTS_H
#define PROGRAMME_CONTRACTS_H

#include "plans.h"
#include "programme/contract/contract.h"

enum { CONTRACT_PEOPLE = 11, TASK_COSTS_DONG = 340000001 };
struct contract_cast {
    struct work *officer, *finance, *leader, *ward, *agency, *admin, *chair, *secretary, *member, *one, *two;      /* chair is an officer, the other two are experts */
    struct record *plan, *task, *unit_one, *unit_two;
};
struct contract_cast contract_cast(struct work *w);
void           people_of(const struct contract_cast *c, struct work *out[CONTRACT_PEOPLE]);
void           on_day(struct contract_cast *c, const char *day);        /* for all of them; 22 November 2026 before */

/* A call for the task until 24 November, as a draft and open; "anybody" or "invited" (unit one). */
struct record *made_call(const struct contract_cast *c, const char *reach);
struct record *open_call(const struct contract_cast *c, const char *reach);
struct record *made_bid(struct work *by, const struct record *call_of, int64_t price);
struct record *sent_bid(struct work *by, const struct record *call_of, int64_t price);
/* All three members give a bid these points on both criteria. */
void           scored(const struct contract_cast *c, const struct record *bid_of, double chair, double secretary, double member);
enum err       scores(struct work *by, const struct record *bid_of, const char *criterion, double points, const char *comment);
struct deciding_as { int64_t bid, seq; const char *decision, *day, *reason; };
enum err       decided(struct work *by, const struct record *call_of, const struct deciding_as *as, int64_t *contract_id, Message *why);

/* The contract of a decided call for this price, on 26 November; the same in force, signed on 27 November. */
struct record *drafted_contract(struct contract_cast *c, int64_t price);
void           approved_and_signed(struct contract_cast *c, const struct record *contract_of);
struct record *contract_in_force(struct contract_cast *c, int64_t price);
struct record *only_milestone(struct work *w, const struct record *contract_of);
struct record *new_milestone(struct work *by, const struct record *contract_of, const char *title, int64_t amount);      /* not saved */
struct record *more_milestone(struct work *by, const struct record *contract_of, const char *title, int64_t amount);
/* Delivered by the unit and accepted, as programme/delivery does it. */
void           accepted(const struct contract_cast *c, const struct record *milestone_of);
struct record *new_payment(struct work *by, const struct record *milestone_of, int64_t amount);
void           paid(const struct contract_cast *c, const struct record *payment_of, const char *order);

/* What somebody is told who takes a step that is hindered; "" where nothing hinders it. */
Str            told_against(struct work *by, const struct record *r, const char *step);
/* Saves these fields of a record as a form does; NULL at the end of names.  What is wrong, or "". */
Str            set_field(struct work *by, const struct record *r, int field, Val v);
enum err       taken_by_program(struct work *w, const struct entity *e, int64_t id, const char *step);
Val            text_of(const char *z);

#endif
