/* linkages.h - a buyer from Japan, three suppliers and everybody who may look over their shoulders. */
#ifndef PROGRAMME_LINKAGES_H
#define PROGRAMME_LINKAGES_H

#include "fixture.h"
#include "programme/linkage/linkage.h"

#define BUYER_NAME  "Sakura Seiki KK"
#define BUYER_EMAIL "tanaka@sakura-seiki.example"

struct linkage_cast {
    struct work *officer, *buyer, *other_buyer, *one, *two, *three, *leader, *finance, *agency;    /* one .. three work for the suppliers */
    int64_t supplier[3];
};
struct linkage_cast linkage_cast(struct work *w);

/* Saved as a form saves it; fails the test unless it succeeds. */
struct record *kept(struct work *by, struct record *fresh);
struct record *now_is(struct work *w, const struct record *r);
enum err       removed(struct work *by, const struct record *r, Message *why);         /* deleted in their name */
enum err       stepped(struct work *by, const struct record *r, const char *step, const char *note);
void           step(struct work *by, const struct record *r, const char *step);    /* succeeds       */

/* A draft with one drawing; and one that an officer has opened.  Quotes are due on 10 December 2026. */
struct record *made_demand(const struct linkage_cast *c, bool unnamed, const char *reach);
struct record *open_demand(const struct linkage_cast *c, bool unnamed, const char *reach);

/* Calls of linkage.h in transactions of their own. */
enum err       inviting(struct work *by, const struct record *demand_of, int64_t enterprise_id, const char *from, int64_t *id, Message *why);
struct record *invited_by(struct work *by, const struct record *demand_of, int64_t enterprise_id, const char *from);
void           agreed(struct work *by, const struct record *invitation_of);
enum err       drawing_opens(struct work *by, int64_t invitation_id, int64_t drawing_id, Str *file, Message *why);
struct record *sent_quote(struct work *by, const struct record *invitation_of, double price);
enum err       choosing(struct work *by, const struct record *demand_of, int64_t quote_id, const char *reason, int64_t *introduction_id, Message *why);
void           reminded_on(struct work *w, const char *day);

#endif
