/*
 * dealing.h - what the pages of a demand and of what follows from it share: where each is, and for whom.
 *
 * These are the desks of buyer, supplier and office.  Fields are edited and steps that need a note are taken on the screens of the workspace, which
 * lead back here (desks.c).
 */
#ifndef PAGES_LINKAGE_DEALING_H
#define PAGES_LINKAGE_DEALING_H

#include "pages/linkage/linkage_pages.h"
#include "pages/workspace/workspace.h"

/* "/linkage/demands/NC-000001-3/quotes"; rest: NULL or what follows.  Without language. */
Str demand_desk_path(struct arena *a, int64_t id, const char *rest);
Str invitation_path(struct arena *a, int64_t id, const char *rest);
Str introduction_path(struct arena *a, int64_t id, const char *rest);

/* The demand {id} names, where the reader is its buyer or of the office; else r says 404. */
enum err demand_at(struct request *q, struct reply *r, struct at *out) MUST_USE;
/* How an enterprise is called; empty: it is not there any more. */
Str      firm_name(struct at *at, int64_t id);
Str      firm_url(struct at *at, int64_t id);

/* Where the record of at lies for its reader (desks.c), without language; empty: it has no desk for them. */
Str      linkage_desk(struct at *at);

/* quotes.c: those that were sent, in short, and the way to where they are compared. */
enum err put_quotes(struct at *at) MUST_USE;
/* drawings.c: whether a stored file can be marked, tried out; *why: what is wrong with it. */
enum err markable(struct at *at, Str stored, Message *why) MUST_USE;

/* demand_parts.c: the sections of a demand's desk */
enum err put_best(struct at *at, const struct records *invited, const struct wanted *d) MUST_USE;
void     put_invited(struct at *at, const struct records *invited);
enum err put_questions(struct at *at) MUST_USE;
enum err put_drawings(struct at *at) MUST_USE;

#endif
