/*
 * record.h - one record with its children, and the only ways to write it.  Every write validates nothing by itself (check.h
 * does) but always appends to the change log in the same transaction: a record and its children are one entry.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include "model/model.h"

struct records { struct record **p; size_t n, cap; };

struct record {
    const struct entity *e;
    int64_t              id;                /* 0: not yet saved                                   */
    int64_t              seq;               /* the log entry that last changed it: its version    */
    int64_t              changed_at;        /* microseconds UTC                                   */
    int64_t              parent;            /* children: the record they belong to                */
    const struct record *owner;             /* that record, in lists of children; else NULL       */
    Val                 *v;                 /* one for each field; null where there is no column  */
    struct records      *children;          /* one for each field; empty unless children_type     */
};

struct record *record_make(struct arena *a, const struct entity *e);
struct record *record_copy(struct arena *a, const struct record *r);       /* shares the texts    */
struct record *record_add(struct arena *a, struct record *r, int field);   /* a new child          */

struct record *child_with_id(const struct records *list, int64_t id);      /* NULL: none               */

/* ERR_MISSING: no such record. */
enum err record_load(struct work *w, const struct entity *e, int64_t id, struct record **out) MUST_USE;
/* Up to limit records with id > after, in the order of ids, with or without children. */
enum err records_load(struct work *w, const struct entity *e, int64_t after, int limit, bool children,
                      struct records *out) MUST_USE;
enum err records_count(struct work *w, const struct entity *e, int64_t *n) MUST_USE;
/* The records a query gives whose text begins with the shape's select_list. */
enum err records_query(struct work *w, const struct entity *e, Sql q, Args args, bool children, struct records *out) MUST_USE;
/* The records with these ids, in their order; those that are not there are left out. */
enum err records_of(struct work *w, const struct entity *e, const int64_t *ids, size_t n, bool children,
                    struct records *out) MUST_USE;
/* The record whose UNIQUE field has the value; *id = 0: none. */
enum err record_find(struct work *w, const struct entity *e, int field, Val v, int64_t *id) MUST_USE;

/*
 * Inside db_write.  Saves what differs from `was` (NULL: a new record) and logs it; children are told apart by id, those
 * missing from `now` are removed; a workflow sees to its state and deadline (flow/workflow.h).  Nothing differs: nothing is written, *changed = false.  Sets ids and seq in now.
 * ERR_CONFLICT: a unique value is taken.  ERR_DENIED: the entity is permanent, and the record is not a new one.
 */
enum err record_save(struct work *w, const struct record *was, struct record *now, bool *changed) MUST_USE;
enum err record_delete(struct work *w, const struct record *was) MUST_USE;

/* The value as people read it; derived fields are worked out. */
Val  record_val(const struct work *w, const struct record *r, int field);
Str  record_text(struct work *w, const struct record *r, int field);
Str  record_title(struct work *w, const struct record *r);      /* in w->lang, else the other     */

/*
 * Public ids: prefix, number, check digit: DN-000421-6.  The digit is Damm's (H. M. Damm, 2004): it finds every single wrong
 * digit and every swap of neighbours.  The number is the record's id, so it never changes and is never used again.
 */
Str  public_id(struct arena *a, const struct entity *e, int64_t id);
bool public_id_read(const struct entity *e, Str s, int64_t *id);    /* false: mistyped             */

#endif
