/* purse.h - money to spend: budget lines of 2026 (and one of 2027), tasks of that year's plan, and contracts with shares on the lines; nothing is posted yet. */
#ifndef PROGRAMME_PURSE_H
#define PROGRAMME_PURSE_H

#include "fixture.h"
#include "programme/contract/contract.h"

enum { PURSE_LINES = 5, PURSE_TASKS = 3, PURSE_CONTRACTS = 2 };
struct purse {
    struct work *w;
    int64_t plan, activity, provider;
    int64_t line[PURSE_LINES];              /* the last is of 2027; the last but one the participants' own money */
    int64_t task[PURSE_TASKS], contract[PURSE_CONTRACTS];      /* contract i is for task i        */
    int64_t share[PURSE_CONTRACTS][PURSE_LINES];            /* of contract i on line k; 0: none    */
};
/* Contract 0: 600 on line 0 and 400 on line 1; contract 1: 500 on line 0. */
struct purse purse_make(struct work *w);
struct purse purse_with(struct work *w, const int64_t share[PURSE_CONTRACTS][PURSE_LINES]);

/* In a transaction of its own; what money_post gave. */
enum err post_all(struct work *w, const struct posting *p, size_t n, Message *why);
/* One posting; "" or what was said against it, in English. */
Str      post_one(struct work *w, struct posting p);
void     posted(struct work *w, struct posting p);          /* fails the test unless it succeeds  */
struct posting posting_of(int64_t line, enum money_stage stage, int64_t amount);      /* on 1 June 2026, with document and reason */
/* One record in a transaction of its own. */
int64_t  kept_record(struct work *w, struct record *r);
enum err deleted(struct work *w, const struct record *r);
int64_t  line_of(struct work *w, int year, const char *source, const char *content);        /* of SCT, for rent of space; made where it is not there */
int64_t  last_voucher(struct work *w);
void     check_balance(struct balance got, int64_t allocated, int64_t committed, int64_t disbursed, int64_t settled);

#endif
