/*
 * api.h - /api/v1: every list of the model for programs, read from the same tables as the pages.
 *
 * Who asks shows a token (Authorization: Bearer mx_...) and may do what its account may, cut down to the token's verbs and lists;
 * without one it is a visitor and may read what is public.  Errors are problem details (RFC 9457).  A record's version is its
 * ETag; If-Match keeps a change from overwriting somebody else's (412).
 *
 * What changes something is one transaction: the change, and what was answered under its Idempotency-Key, so that a
 * program that does not know whether it arrived may send it again (draft-ietf-httpapi-idempotency-key-header).
 */
#ifndef PAGES_API_API_H
#define PAGES_API_API_H

#include "pages/pages.h"

/* api_read.c */
handler api_index, api_openapi, api_list, api_record, api_history, api_steps, api_changes;
/* api_write.c */
handler api_write, api_batch;

enum {
    API_BATCH_MAX = 100,                    /* changes of one batch                               */
    API_ANSWER_DAYS = 7,                    /* so long a request sent again with its key is answered as before */
};
enum err api_answers_forget(struct work *w) MUST_USE;       /* daily, inside a write: answers older than that */

/* Whether the token allows it; without a token what the account may is all there is to it. */
bool api_allows(const struct request *q, const struct entity *e, unsigned verbs);
/* The entity {list} names, if the reader may list it; else r says 404. */
enum err api_entity(struct request *q, struct reply *r, struct work *w, Str list, const struct entity **out) MUST_USE;
/* The record, if it may be seen; else r says 404. */
enum err api_load(struct request *q, struct reply *r, struct work *w, const struct entity *e, Str id, struct record **out) MUST_USE;
void     put_steps_json(struct json_writer *j, struct work *w, const struct record *r, enum err *err);
/* ETag of a record's version: "17". */
Str      api_version(struct arena *a, const struct record *r);

#endif
