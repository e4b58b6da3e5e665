/*
 * dealing.h - what the pages of a demand and of what follows from it share: where each is, what belongs to it, its steps as buttons.
 *
 * These are the desks of buyer, supplier and office.  Fields are edited and steps that need a note are taken on the screens of the workspace, which
 * lead back here: linkage_record stands at the workspace's address of a record and goes to the desk where the reader has one.
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
/* The records of the reader's lists whose field names this one; the oldest first, with their children. */
enum err related(struct at *at, const struct entity *e, int field, int64_t id, struct records *out) MUST_USE;
bool     in_state(const struct record *r, const char *state);
/* How an enterprise is called; empty: it is not there any more. */
Str      firm_name(struct at *at, int64_t id);
Str      firm_url(struct at *at, int64_t id);

/* A part of a page with a heading and the id that links lead to; html_close(h, "section") ends it. */
void section_open(struct at *at, const char *id, const char *title);
void put_empty(struct at *at, const char *sentence);
/*
 * The steps that the reader can take now: a button that posts to `path`/STEP where nothing is to be written, else a link to the step's own page.
 * hidden: a record of another kind is meant, and its id goes with the form by this name; or NULL.
 */
void put_steps(struct html *h, struct at *at, const struct record *r, Str path, const char *hidden);
/* Takes the step of that name.  ERR_MISSING: the entity has none; r says why it was not taken. */
enum err take_step(struct at *at, const struct record *r, Str name, Str note) MUST_USE;

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
