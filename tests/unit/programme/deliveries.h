/* deliveries.h - an activity of this year with its tasks, one of them under a contract in the ward of Ba Đình, and everybody who has a part in carrying it out. */
#ifndef PROGRAMME_DELIVERIES_H
#define PROGRAMME_DELIVERIES_H

#include "linkages.h"
#include "programme/delivery/delivery.h"

#define BA_DINH "2025/00004"

struct delivery_cast {
    struct work *officer, *finance, *leader, *agency, *ward, *other_ward, *provider, *other_provider, *one, *two;       /* one, two work for the enterprises */
    int64_t firm[3];                        /* in Ba Đình, Cửa Nam, Ba Đình                       */
    struct record *fair, *training;         /* activities: 10 to 12 November 2026; 2 to 20 March 2026 */
    struct record *own, *provided;          /* tasks of the fair, under way, in Ba Đình: by the agency itself; by the provider */
    struct record *contract, *milestone;    /* of the provided one; the milestone is delivered    */
};
struct delivery_cast delivery_cast(struct work *w);

/* As it is made by the program, in whichever state; fails the test unless it succeeds. */
struct record *made(struct work *w, struct record *fresh);

enum err attended(struct work *by, const struct record *activity_of, int64_t enterprise_id, const char *day, int people, bool *first, Message *why);
struct participation_counts counted_in(struct work *w, const struct participation_asked *asked);
void     delivery_reminded_on(struct work *w, const char *day);
Str      said(struct work *w, Message m);    /* in English                                        */

#endif
