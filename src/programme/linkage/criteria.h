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
    FACT_FREE,              /* code: unit; number: free capacity a year in it                     */
    FACT_CERTIFICATE,       /* code: standard; days of validity                                   */
    FACT_INDUSTRY,          /* code: industry served                                              */
    FACT_EXPORT,            /* number: share exported, %                                          */
    FACT_FOREIGN,           /* a customer abroad, or with foreign capital; code: its country      */
    FACT_PLACE,             /* of each site: code: ward; also: zone, province; [0], [1]: where it is */
    FACT_GRADE,             /* code: capability grade; days of validity                           */
    FACT_LANGUAGE,          /* code: language                                                     */
    FACT_CONFIRMED,         /* number: the day since when all key facts are confirmed, since 1970 */
};
enum { PROCESS_TOLERANCE, PROCESS_PART_SIZE, PROCESS_PART_WEIGHT };                             /* mm, mm, kg */
enum { MACHINE_FORCE, MACHINE_AXES, MACHINE_TABLE_LENGTH, MACHINE_TABLE_WIDTH, MACHINE_TOLERANCE, MACHINE_TEMPERATURE };     /* t, -, mm, mm, mm, °C */

struct criterion {
    const char     *name;                   /* "tolerance": column of a demand, name in addresses and files */
    const char     *label;                  /* N_()                                               */
    enum fact_kind  kind;
    const char     *list;                   /* whose codes are asked for; NULL: none              */
    bool            also;                   /* the codes are the fact's further ones (materials)  */
    const char     *of;                     /* the criterion whose codes, where asked, narrow the facts that count: "process" of a tolerance; NULL */
    int             number;                 /* which of the fact's; -1: none is asked for         */
    enum match_rule rule;
    enum quantity   quantity;               /* what the number measures; QUANTITY_NONE: a plain number */
    float           slack;                  /* how far off, as a share of what is asked, still counts a little */
    bool            must;                   /* where the demand does not say                      */
    int             weight;                 /* 1 .. 100, where the demand does not say            */
};
extern const struct criterion criteria[];
extern const size_t           criteria_n;
const struct criterion       *criterion_named(Str name);    /* NULL: none                          */

#endif
