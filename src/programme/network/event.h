/*
 * event.h - something happens, and the office finds out whom it hit (E06..E08): an event with its area, and for each site that
 * may be hit a record of its own, from "possibly hit" to "restored", with who was called and what was said.
 *
 * Opening an event finds the sites inside its area.  Each is asked by mail, through a link that opens one form for this one site
 * without an account: 256 random bits, of which the register has the SHA-256.  What the link's holder answers counts at once, may be
 * corrected, and is marked as theirs; with the event's end, or after ASKED_DAYS, the link is good for nothing more.
 */
#ifndef PROGRAMME_NETWORK_EVENT_H
#define PROGRAMME_NETWORK_EVENT_H

#include "model/flow/workflow.h"
#include "programme/network/area.h"

extern const struct entity event, event_site, event_contact;
extern const struct choice event_severities[];

enum event_field {
    EVENT_NAME, EVENT_KIND, EVENT_STARTED, EVENT_ENDED, EVENT_SEVERITY,
    EVENT_WARDS, EVENT_ZONES, EVENT_PROVINCES, EVENT_COUNTRIES,
    EVENT_CENTRE, EVENT_RADIUS, EVENT_POLYGON,
    EVENT_CAPACITY, EVENT_DAYS,             /* what is presumed of sites that nothing is known of yet */
    EVENT_NOTE, EVENT_STATE, EVENT_FIELD_COUNT,
};
enum event_site_field {
    EVENT_SITE_NAME, EVENT_SITE_EVENT, EVENT_SITE_ENTERPRISE, EVENT_SITE_SITE, EVENT_SITE_NUMBER, EVENT_SITE_WARD, EVENT_SITE_PLACE,
    EVENT_SITE_SEVERITY, EVENT_SITE_CAPACITY, EVENT_SITE_DAYS, EVENT_SITE_NOTE, EVENT_SITE_ANSWER, EVENT_SITE_ANSWER_NOTE,
    EVENT_SITE_CONTACTS, EVENT_SITE_ASKED_AT, EVENT_SITE_ANSWERED_AT, EVENT_SITE_TICKET, EVENT_SITE_STATE, EVENT_SITE_FIELD_COUNT,
};
enum event_contact_field {
    CONTACT_ON, CONTACT_TIME, CONTACT_CHANNEL, CONTACT_PERSON, CONTACT_SAID, CONTACT_ACCOUNT, CONTACT_FIELD_COUNT,
};
enum { ASKED_DAYS = 30,                     /* how long a link is good for                        */
       EVENT_SITES_MOST = 5000 };           /* of one event                                       */

struct area event_area(struct arena *a, const struct record *e);

/* Inside a write: the sites inside the area that the event does not have yet.  ERR_TOO_BIG: more than EVENT_SITES_MOST; *why. */
enum err    event_find_sites(struct work *w, const struct record *e, int64_t *added, Message *why) MUST_USE;
/* Those the actor may see, in the order of their numbers, with their contacts or without. */
enum err    event_sites(struct work *w, int64_t of, bool contacts, struct records *out) MUST_USE;

/* How many sites are in which state, were asked, and have answered. */
struct event_counts { int64_t possible, confirmed, not_hit, restored, asked, answered; };
struct event_counts event_count(const struct records *sites);

/* ---- asking and answering (E08) ------------------------------------------------------------------ */

/* Inside a write: a mail with a new link, which ends the one before.  ERR_MISSING: the enterprise has no e-mail address. */
enum err    event_site_ask(struct work *w, const struct record *hit) MUST_USE;
/* Inside a write: all sites of an open event that have not answered.  *no_address: who cannot be asked so. */
enum err    event_ask_all(struct work *w, const struct record *e, int64_t *asked, int64_t *no_address) MUST_USE;

struct asked_site { struct record *hit, *event; };          /* hit: the event_site, with contacts  */
/* ERR_MISSING: no such link, or it is over. */
enum err    event_site_by_ticket(struct work *w, Str ticket, struct asked_site *out) MUST_USE;

enum status_answer { NOT_AFFECTED, AFFECTED, STOPPED, STATUS_ANSWERS };
extern const struct choice status_answers[];                /* their codes and N_() labels, in this order */
struct status { enum status_answer answer; Val capacity, days, note; };     /* capacity: of AFFECTED only */
/* In a transaction of its own, as the program itself.  ERR_MISSING as above; ERR_INVALID: *why. */
enum err    event_site_answer(struct work *w, Str ticket, const struct status *s, Message *why) MUST_USE;

#endif
