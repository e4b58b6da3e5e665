/*
 * criteria.h - what a buyer may ask for.  Each criterion is a row of one table, from which come the columns of a demand, the form, addresses,
 * demand files, what a sentence is understood as, the engine's question, and the explanation of an answer.
 */
#ifndef PROGRAMME_LINKAGE_CRITERIA_H
#define PROGRAMME_LINKAGE_CRITERIA_H

#include "engine/match/match.h"
#include "programme/linkage/quantity.h"
#include "programme/register.h"

/* Kinds of fact (fact.h) and what their numbers are.  `able.h` makes them of an enterprise. */
enum fact_kind {
    FACT_PROCESS,           /* code: process; also: materials; numbers below                      */
    FACT_MACHINE,           /* code: kind of machine                                              */
    FACT_PRODUCT,           /* code: product group                                                */
    FACT_FREE,              /* code: unit, the base of its quantity (list unit); number: free capacity a year in it */
    FACT_CERTIFICATE,       /* code: standard; days of validity                                   */
    FACT_INDUSTRY,          /* code: industry served                                              */
    FACT_EXPORT,            /* number: share exported, %                                          */
    FACT_FOREIGN,           /* a customer abroad, or with foreign capital; code: its country.  Vietnamese customers are no fact: lists
                             * of customers are never complete, so having none is not known        */
    FACT_PLACE,             /* of each site: code: ward; also: zone, province; [0], [1]: where it is */
    FACT_GRADE,             /* code: capability grade; days of validity                           */
    FACT_LANGUAGE,          /* code: language                                                     */
    FACT_CONFIRMED,         /* number: the day since when all key facts are confirmed, since 1970 */
};
/* Their numbers. */
enum { NUMBER_TOLERANCE, NUMBER_PART_SIZE, NUMBER_PART_WEIGHT };                                                /* of a process: mm, mm, kg */
enum { NUMBER_FORCE, NUMBER_AXES, NUMBER_TABLE_LENGTH, NUMBER_TABLE_WIDTH, NUMBER_TEMPERATURE };                /* of a machine: t, -, mm, mm, °C */
enum { NO_NUMBER = -1 };

struct criterion {
    const char     *name;                   /* "tolerance": column of a demand, name in addresses and files */
    const char     *label;                  /* N_()                                               */
    enum fact_kind  kind;
    const char     *list;                   /* whose codes are asked for; NULL: none              */
    bool            also;                   /* the codes are the fact's further ones (materials)  */
    bool            each;                   /* of several codes each is to be met; else one of them will do */
    bool            near;                   /* what is broader, or beside it in the list, counts a little */
    const char     *of;                     /* the criterion whose codes, where asked, narrow the facts that count: "process" of a tolerance; NULL */
    int             number;                 /* which of the fact's; NO_NUMBER: none is asked for   */
    enum match_rule rule;
    enum quantity   quantity;               /* what the number measures; QUANTITY_NONE: a plain number */
    float           slack;                  /* how far off, as a share of what is asked, still counts a little */
    bool            must;                   /* where the demand does not say                      */
    int             weight;                 /* 1 .. 100, where the demand does not say            */
};
/* In the order of forms. */
extern const struct criterion criteria[];
extern const size_t           criteria_n;
const struct criterion       *criterion_named(Str name);    /* NULL: none                          */

/* An amount in the base unit of its quantity, so that pieces and thousands of pieces compare; a unit without one is its own.  Keys. */
struct in_base { Str unit; double amount; };
struct in_base in_base(const struct codes *codes, Str unit, double amount);

#endif
