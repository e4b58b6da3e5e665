/* council.h - the part of a call's desk on which its council works: scores of each member, the ranking that follows, the decision. */
#ifndef PAGES_CONTRACT_COUNCIL_H
#define PAGES_CONTRACT_COUNCIL_H

#include "pages/contract/contracting.h"

/* The call at->record; opened: its proposals, once they are opened. */
struct grid ranking_grid(struct at *at, const struct bid_ranks *ranks);

/* Sections, each nothing where it is not for the reader or not the time for it. */
enum err put_scoring(struct at *at, const struct records *opened) MUST_USE;
void     put_deciding(struct at *at, const struct bid_ranks *ranks);
enum err put_scores_given(struct at *at, const struct records *opened) MUST_USE;

/* What the forms post.  ERR_INVALID, ERR_CONFLICT: *why. */
enum err score_bid(struct at *at, Message *why) MUST_USE;
enum err decide(struct at *at, int64_t *contract_id, Message *why) MUST_USE;

#endif
