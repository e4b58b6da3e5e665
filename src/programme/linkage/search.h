/* search.h - saved searches and alerts (C08), and searches that found nothing good (C14). */
#ifndef PROGRAMME_LINKAGE_SEARCH_H
#define PROGRAMME_LINKAGE_SEARCH_H

#include "programme/linkage/linkage.h"

extern const struct entity saved_search, unmet_search;

/* saved_search: kind "suppliers" (query: an address of /match) or "demands" (open demands that the account's enterprise fits). */
enum saved_search_field { SAVED_NAME, SAVED_KIND, SAVED_QUERY, SAVED_FREQUENCY, SAVED_ACCOUNT, SAVED_TICKET, SAVED_SEEN, SAVED_LAST, SAVED_FIELD_COUNT };
/* unmet_search: by day and what was asked; counts, never who. */
enum unmet_search_field { UNMET_QUERY, UNMET_WORDS, UNMET_DAY, UNMET_TIMES, UNMET_BEST, UNMET_KEY, UNMET_FIELD_COUNT };

/* In a transaction of its own: the actor's, a new one.  ERR_INVALID: *why says what is wrong. */
enum { SAVED_MOST = 100 };                  /* of one account                                     */
enum err saved_search_keep(struct work *w, struct record *fresh, Message *why) MUST_USE;
/* What a kept address of /match asks for; false: nothing, or nothing that this version understands. */
bool     wanted_again(struct work *w, Str query, struct wanted *out);
/* Daily, inside work_write: mails what is new since the last one, of those that are due; index: the suppliers. */
enum err saved_searches_tell(struct work *w, const struct search *index) MUST_USE;
/* The ticket of a mail ends its alert, in a transaction of its own.  ERR_MISSING. */
enum err saved_search_by_ticket(struct work *w, Str ticket, struct record **out) MUST_USE;
enum err saved_search_stop(struct work *w, Str ticket) MUST_USE;

/*
 * What was asked and badly met (no supplier with WELL of 100 points that meets every must), gathered in memory by all threads and written down once a minute;
 * no account, address or time of day.  Safe from all threads.
 */
enum { WELL = 60 };
struct unmet;
struct unmet *unmet_open(void);
void          unmet_close(struct unmet *u);
void          unmet_note(struct unmet *u, Str query, Str words, int best);
enum err      unmet_write(struct unmet *u, struct work *w) MUST_USE;       /* in a transaction of its own; what cannot be written is lost */

#endif
