/* flow.h - for tests of workflows: a fair, who has to do with stands on it, and a request as it travels. */
#ifndef FLOW_H
#define FLOW_H

#include "fixture.h"
#include "model/flow/workflow.h"

/* Each reads English; officer: lan@so.vn, owner: an@cokhi.vn, other: another enterprise, admin. */
struct people { struct work *w, *officer, *owner, *other, *admin; int64_t fair; Message owner_why; };
struct people people(struct work *w);
/* The tables made and the lists read, for tests that open the database themselves. */
struct work *work_ready(struct arena *a, struct db *db);
/* An account with these roles and whoever works for it. */
struct work *account_of(struct work *w, const char *email, const char *roles);

struct record *request(struct people *p);   /* a draft of the owner, with 18 m²                    */
struct record *sent(struct people *p);      /* the same, sent                                      */
/* Takes a step on the version in r; said() gives the sentence of the last refusal, in English. */
enum err step(struct work *w, const struct record *r, const char *name, const char *note);
Str      said(struct work *w);

#endif
