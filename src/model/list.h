/*
 * list.h - lists of records: filters, order, and paging by key, so that page 1,000 costs what page 1 does.
 *
 * The state of a list is name=value pairs, the same in a URL and on the command line:
 *     FIELD=VALUE             equal, or among the field's several; repeated: any of them
 *     FIELD.min= FIELD.max=   numbers, years, dates
 *     sort=FIELD or -FIELD    what is missing comes last; equal ones by number
 *     after=CURSOR            the page after
 *     limit=N                 1 .. 1,000; 50 if not said
 */
#ifndef MODEL_LIST_H
#define MODEL_LIST_H

#include "model/rights.h"

struct asked { Str name, value; };
bool asked_among(const char *names, Str name);      /* is it one of "lang q"?                     */

enum { LIST_LIMIT = 50, LIST_LIMIT_MAX = 1000, FILTERS_MAX = 32 };

enum filter_op { FILTER_EQUAL, FILTER_HAS, FILTER_MIN, FILTER_MAX };
struct filter { int field; enum filter_op op; Val v; };

struct list_query {
    struct filter filter[FILTERS_MAX];
    int           filters, sort, limit;     /* sort: a field, or -1: by number                    */
    bool          descending;
    int64_t       after;                    /* the last record of the page before; 0: none        */
    Val           after_value;              /* its value of the sort field                        */
    const int64_t *only;                    /* exports: these records, in this order; NULL: all   */
    size_t        only_n;
    const int64_t *among;                   /* ascending: no others than these; NULL: any         */
    size_t        among_n;
};

/* FIELD=VALUE, FIELD.min= or FIELD.max= as one more filter; or what is wrong with it. */
Message list_read_filter(const struct work *w, const struct entity *e, Str name, Str value, struct list_query *q);

/* Names the list does not know are refused with a sentence, except those in `others` ("lang q", by spaces). */
enum err list_read(const struct work *w, const struct entity *e, const struct asked *asked, size_t n, const char *others,
                   struct list_query *out, Message *why) MUST_USE;

/* Children bring their owner, without its children, and are seen where it is. */
struct list { struct records records; bool more; Str next; };               /* next: the cursor    */
/* Only what rights.h lets stand in lists of this reader. */
enum err list_load(struct work *w, const struct entity *e, const struct list_query *q, bool children, struct list *out) MUST_USE;

/* The numbers of all that the filters let through, ascending; of every record, published or not. */
enum err list_ids(struct work *w, const struct entity *e, const struct list_query *q, const int64_t **ids, size_t *n) MUST_USE;

#endif
