/* demo_parts.h - what the files that make up the demonstration share: its vocabulary, its dice, one enterprise in the making. */
#ifndef PROGRAMME_DEMO_PARTS_H
#define PROGRAMME_DEMO_PARTS_H

#include "base/hash.h"
#include "base/map.h"
#include "programme/register.h"

/* ---- vocabulary: a table of the data built into the program ----------------------------------- */

struct table {
    const Str *cell;                        /* rows * columns; the header is not among them       */
    const Str *header;
    size_t     rows, columns;
};
Str          table_text(const struct table *t, size_t row, const char *column);
double       table_number(const struct table *t, size_t row, const char *column);      /* empty: 0 */

enum demo_table {
    NAMES, PEOPLE, STREETS, FORMS, STATUSES, DISTRICTS, OLD_WARDS, PRODUCTS, PROCESSES, MACHINES, WORKSHOPS, CERTIFICATES,
    CERTIFIERS, BUYERS, DESCRIPTIONS, RAW_MATERIALS, NEEDS, ORIGINS, REMARKS, DEMO_TABLES,
};

/* An active account, not yet saved and without a password. */
struct record *demo_account(struct work *w, const char *email, const char *name, const char *role);

/* ---- one enterprise in the making -------------------------------------------------------------- */

enum detail { SPARSE, USUAL, FULL };        /* how much of the profile was filled in              */
enum { DEMO_PRODUCTS = 5 };

struct demo {
    struct work *w;                         /* w->a lives as long as one enterprise                */
    struct table tables[DEMO_TABLES];
    struct rng   rng;
    struct map   taken;                     /* keys of names given so far                          */
    int64_t      number;                    /* which enterprise, from 0                            */

    struct record *r;
    enum detail    detail;
    size_t         form;                    /* row of FORMS                                       */
    bool           foreign, service;        /* service: it makes nothing                           */
    Str            country;                 /* of the owner; empty: Viet Nam                       */
    Str            brand[LANGS], domain;    /* the proper part of its name; "kitamori.example"     */
    size_t         product[DEMO_PRODUCTS];  /* rows of PRODUCTS, the main one first                */
    size_t         products;
    int64_t        size;                    /* its place among all by employees, in thousandths    */
    int64_t        employees, founded;
};

void demo_vocabulary(struct demo *d, struct arena *a);      /* reads the tables                    */

/* In this order; each fills in a part of d->r. */
void demo_business(struct demo *d);         /* form, size, products                               */
void demo_name(struct demo *d);
void demo_place(struct demo *d);            /* addresses and sites                                */
void demo_people(struct demo *d);           /* and how to reach them                              */
void demo_workshop(struct demo *d);         /* processes and equipment                            */
void demo_certificates(struct demo *d);
void demo_trade(struct demo *d);            /* yearly figures, customers                          */
void demo_describe(struct demo *d);
void demo_imports(struct demo *d);

/* A drawing of a part as PDF; title and number in ASCII without parentheses. */
Str  demo_drawing(struct arena *a, const char *title, const char *number);
void demo_buyers_view(struct demo *d);    /* kinds of customers, languages, capability grades       */

/* ---- dice ------------------------------------------------------------------------------------- */

/* All in whole numbers, so that every machine and compiler comes to the same. */
int64_t between(struct demo *d, int64_t least, int64_t most);           /* both included          */
bool    chance(struct demo *d, int64_t percent);
/* The value at a place (in thousandths) of a distribution given by equally spaced quantiles. */
int64_t quantile(const int64_t *at, size_t n, int64_t place);
#define QUANTILE(table, place) quantile(table, COUNT(table), place)
/* A round number as people state one (1, 1.5, 2, 3 ...), at a place between two others. */
double  round_number(double least, double most, int64_t place);

size_t  pick_any(struct demo *d, enum demo_table t);                    /* a row                  */
size_t  pick_part(struct demo *d, enum demo_table t, const char *column, Str value);    /* among those that have it */
size_t  pick_weighted(struct demo *d, enum demo_table t);               /* by the column "weight" */
Str     pick_item(struct demo *d, Str list, char between_items);        /* of "a|b|c"             */
bool    any_part(const struct demo *d, enum demo_table t, const char *column, Str value);

/* ---- writing into records ---------------------------------------------------------------------- */

Str  demo_text(const struct demo *d, enum demo_table t, size_t row, const char *column);
void set(struct record *r, const char *field, Val v);
/* A code of the field's list, by bare code or by key; one that is not in the list leaves the field as it is. */
void set_code(struct demo *d, struct record *r, const char *field, Str code);
void add_code(struct demo *d, struct record *r, const char *field, Str code);
Str  uncapital(struct arena *a, Str s);     /* "Bánh răng" in the middle of a sentence; not "PEEK" */

#endif
