/*
 * rights.h - who may do what to which records, and which of their fields: all of it read from entity.rights, asked here and
 * nowhere else.  Whatever reads or writes for somebody goes through one of these, so that no page can forget it.
 *
 * A right of the table applies to an actor with one of its roles, and holds for a record when the record is among its rows.
 * What an actor may is the union of the rights that hold.  Children have the rights of the record they belong to.
 *
 * A list is what its reader works on: where rights other than to what is published apply, a list has the rows of those alone
 * (an enterprise lists itself, a ward its own), and shows no more of each row than may be seen of every row, so that a filter
 * or an order tells nothing about hidden fields.  A single record may still be opened by any right.
 */
#ifndef MODEL_RIGHTS_H
#define MODEL_RIGHTS_H

#include "model/record.h"

/* Which fields an actor reads, enters in a record being made, changes at once, or proposes to change. */
struct reach { unsigned may; enum depth reads, makes, changes, proposes; uint64_t sides; };     /* sides: the fields by which it is theirs, a bit each */

/* Of a record; nothing where the owner of a child is not loaded.  What a workflow has brought to its end is only read any more. */
struct reach reach_of(const struct work *w, const struct record *r);
/* On no record in particular: what the actor may on at least some, or in making a new one; reads: of each row of a list. */
struct reach reach_at_all(const struct work *w, const struct entity *e);
bool         may(const struct work *w, const struct entity *e, unsigned verbs);     /* on some record */
/* Children have a list too, of those of all records, where the field that holds them may be read. */
bool         may_list(const struct work *w, const struct entity *e);
/* Whether the record stands in lists of this reader; children by their owner. */
bool         record_listed(const struct work *w, const struct record *r);
bool         record_visible(const struct work *w, const struct record *r);

bool         field_seen(const struct field *f, enum depth depth);
bool         field_listed(const struct work *w, const struct field *f, const struct entity *e);   /* in lists, filters, exports */
/* In a form or through the API; fresh: the record is being made.  What may not be read may not be overwritten either. */
bool         field_written(const struct work *w, const struct field *f, struct reach reach, bool fresh);

/*
 * The last question before what somebody made (was NULL), changed, or deletes (now NULL) is saved in their name.  Each field that differs
 * must be theirs to write, and the record among their rows before and after, so that nobody makes a record for another
 * or moves one away.  ERR_DENIED: *field (may be NULL) is the one that is not theirs, NULL: the record is not.
 */
enum err     may_save(const struct work *w, const struct record *was, const struct record *now, const struct field **field) MUST_USE;
/* Puts a record being made among the maker's rows, where it is not yet: the maker's organisation, ward, association or account. */
void         rows_fill(const struct work *w, struct record *fresh);

/* Whether the record is among these rows for the actor; what flows and rights have in common. */
bool         among_rows(const struct work *w, const struct record *r, enum scope rows, int field);
/* The actor has one of its roles, and an organisation, ward, association or account where its rows ask for one. */
bool         right_applies(const struct work *w, const struct right *right);
bool         right_holds(const struct work *w, const struct right *right, const struct record *r);

/* The rows of lists as SQL, " AND (...)", or nothing where every row is listed or it takes C to tell (rows_in_c).
 * Values go to args from *n on. */
void         put_rows(struct buf *b, const struct work *w, const struct entity *e, Val *args, int *n);
bool         rows_in_c(const struct work *w, const struct entity *e);      /* record_listed() must be asked of each row */
/* The same of one scope, as steps of workflows name it; false: no row is among them for this actor. */
bool         put_scope(struct buf *b, const struct work *w, const struct entity *e, enum scope rows, int field, Val *args, int *n);
enum { ROWS_ARGS = 8 };                     /* at most so many values                             */

/* What tables of rights are made of, for people: N_() labels, NULL at the end of each. */
struct word { unsigned bit; const char *code, *label; };
extern const struct word role_words[], verb_words[];
extern const char *const depth_labels[], *const rows_labels[];
Str          role_names(struct arena *a, enum lang l, Roles roles);     /* "officer, ward" in words */
Roles        role_from(Str code);                                       /* 0: no such role        */

/* Whether a field of that kind can say whose rows. */
bool         scope_fits(enum scope rows, const struct type *t);
void         rights_must(const struct entity *e);           /* stops the program where a table makes no sense */

/* Common tables. */
extern const struct right rights_of_register[];     /* everybody reads what is published, staff all, officers write */
extern const struct right rights_of_lists[];        /* everybody reads, the administrator writes  */

#endif
