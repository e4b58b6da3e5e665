/*
 * list.h - lists of records: filters, order, and paging by key, so that page 1,000 costs what page 1 does.
 *
 * The state of a list is name=value pairs, the same in a URL and on the command line:
 *     FIELD=VALUE             equal, or among the field's several; repeated: any of them
 *     FIELD.not=VALUE         neither equal nor among them; repeated: none of them
 *     FIELD.min= FIELD.max=   numbers, years, dates
 *     FIELD.like=TEXT         the text is in it, in small or capital letters; a letter without a mark stands for it with any
 *     FIELD.empty=1 or 0      nothing is there, or something
 *     gN.FIELD...=            a condition of group N, 1 .. 9: one condition of a group must hold, in each of the groups
 *     gN.match=all            all conditions of group N must hold
 *     match=any               one of the groups must hold; what is in no group must hold always
 *     sort=FIELD or -FIELD    what is missing comes last; equal ones by number, in the same direction
 *     columns=FIELD,FIELD     in exports: these, in this order
 *     after=CURSOR            the page after
 *     limit=N                 1 .. 1,000; 50 if not said
 */
#ifndef MODEL_LIST_H
#define MODEL_LIST_H

#include "model/rights.h"

struct asked { Str name, value; };
bool asked_among(const char *names, Str name);      /* is it one of "lang q"?                     */

enum { LIST_LIMIT = 50, LIST_LIMIT_MAX = 1000, FILTERS_MAX = 32, GROUPS_MAX = 9 };

/* FILTER_HAS and _HAS_NOT: of fields with several values; v is ";a;".  FILTER_LIKE: v is a pattern of the database's. */
enum filter_op { FILTER_EQUAL, FILTER_NOT, FILTER_HAS, FILTER_HAS_NOT, FILTER_MIN, FILTER_MAX, FILTER_LIKE, FILTER_EMPTY, FILTER_FILLED };
struct filter { int field; enum filter_op op; Val v; int group; bool common; };     /* group 0: none; common: list.c's own */

/* What people choose from: "is at least" is .min; NULL: without a suffix.  label NULL at the end. */
struct filter_operator { enum filter_op op; const char *suffix, *label; };
extern const struct filter_operator filter_operators[];
bool filter_takes(const struct field *f, enum filter_op op);

struct list_query {
    struct filter filter[FILTERS_MAX];
    int           filters, sort, limit;     /* sort: a field, or -1: by number                    */
    bool          group_all[GROUPS_MAX + 1], any_group;
    bool          descending;
    int64_t       after;                    /* the last record of the page before; 0: none        */
    Val           after_value;              /* its value of the sort field                        */
    const int    *columns;                  /* fields; NULL: all                                  */
    size_t        columns_n;
    const int64_t *only;                    /* exports: these records, in this order; NULL: all   */
    size_t        only_n;
    const int64_t *among;                   /* ascending: no others than these; NULL: any         */
    size_t        among_n;
};

/* A filter of the forms above, or match=, into q; or what is wrong with it. */
Message list_read_filter(const struct work *w, const struct entity *e, Str name, Str value, struct list_query *q);

/* Names the list does not know are refused with a sentence, except those in `others` ("lang q", by spaces). */
enum err list_read(const struct work *w, const struct entity *e, const struct asked *asked, size_t n, const char *others,
                   struct list_query *out, Message *why) MUST_USE;

/* Children bring their owner, without its children, and are seen where it is. */
struct list { struct records records; bool more; Str next; };               /* next: the cursor    */
/* Only what rights.h lets stand in lists of this reader. */
enum err list_load(struct work *w, const struct entity *e, const struct list_query *q, bool children, struct list *out) MUST_USE;

/* How many records the whole list has, all its pages together; counted up to `most` (0: to the end), beyond only where that costs nothing. */
enum err list_count(struct work *w, const struct entity *e, const struct list_query *q, int64_t most, int64_t *n) MUST_USE;

/* The numbers of all that the filters let through, ascending; for those who then look at each (it may be unpublished). */
enum err list_ids(struct work *w, const struct entity *e, const struct list_query *q, const int64_t **ids, size_t *n) MUST_USE;

#endif
