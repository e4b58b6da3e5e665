/*
 * demo_year.h - the programme's year in a demonstration, part by part.  Each part is a write of its own and finds what the parts before it made in the
 * database; its arg is the struct demo_year.  They run in this order (demo_year.c, `parts`):
 *
 *     plan        this year's plan approved, adjusted once and under way; next year's copied from it, being written
 *     money       allocation, commitments and payments of tasks that an agency carries out itself     demo_money.c
 *     contract    providers, calls, proposals, contracts, payments, settlements                        demo_contract.c
 *     delivery    participations, reports, inspections, acceptances                                     demo_delivery.c
 *     end         activities whose last day has passed were carried out
 *     targets     figures published                                                                     demo_target.c
 */
#ifndef PROGRAMME_DEMO_YEAR_H
#define PROGRAMME_DEMO_YEAR_H

#include "programme/demo_acting.h"

struct demo_year {
    struct demo_clock now;
    int               year;                 /* of the plan that is under way                      */
    int64_t           plan;                 /* that plan                                          */
    Str               ward;                 /* of the account ward@demo.example: key of its code  */
    Str               files;                /* the folder of files                                */
};

/* The parts in other files. */
work_fn demo_money, demo_contract, demo_delivery, demo_target;

/* Minutes of acceptance of that day, led to their end in the two days after (demo_delivery.c). */
enum err demo_accept(struct work *w, const struct demo_year *y, const struct record *milestone_of, struct date on) MUST_USE;

/* The day of that year; whether it has come. */
struct date demo_day(const struct demo_year *y, int month, int day);
bool        demo_reached(const struct demo_year *y, struct date d);

#endif
