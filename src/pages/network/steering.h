/*
 * steering.h - pages on which the office acts on what the supply network shows: what if something stopped, what to do while it
 * does (the event desk), whom to strengthen first; and how all of it is worked out.
 *
 * A visitor reaches two of them: the method, and the form behind the link that asks a site how it stands.
 */
#ifndef PAGES_NETWORK_STEERING_H
#define PAGES_NETWORK_STEERING_H

#include "pages/workspace/workspace.h"

/* event_desk.c: /network/events, /network/events/{id} */
void    event_desk_prepare(struct arena *forever);
handler event_list, event_desk, event_act, event_site_act;
/* event_contact.c: /network/events/{id}/sites/{site}: what was said, and how the site stands since */
handler event_contact_page, event_contact_post;
/* The event of {id} and its site of {site}; else r says 404. */
enum err event_site_at(struct request *q, struct reply *r, struct at *at, struct record **hit) MUST_USE;
Str      event_desk_path(struct arena *a, int64_t event_id);             /* without language         */

/* status.c: /status/{ticket}: the site behind the link answers */
handler status_page, status_post;

/* what_if.c: /network/what-if */
handler what_if_page, what_if_save;
/* what_if_compare.c: /network/what-if/compare */
handler what_if_compare;
/* first.c: /network/first */
handler first_page, first_send;
/* method.c: /network/method */
void    method_prepare(struct arena *forever);
handler method_page;

#endif
