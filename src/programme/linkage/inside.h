/* inside.h - what the entities of linkage share among themselves. */
#ifndef PROGRAMME_LINKAGE_INSIDE_H
#define PROGRAMME_LINKAGE_INSIDE_H

#include "model/people/account.h"
#include "programme/inside.h"
#include "programme/linkage/linkage.h"

extern const struct choice currencies[];

/* What invite() does once all is well, without telling anybody. */
enum err invitation_make(struct work *w, const struct record *demand_of, const struct record *firm, Str from, Str message, struct record **out) MUST_USE;

/* Who came by itself waits to be admitted; so does whom an officer found for a buyer that stays unnamed. */
bool buyer_decides(const struct record *invitation_of, const struct record *demand_of);
/* Whether the buyer knows of this supplier and lets it know who it is: it admitted it, or need not. */
bool buyer_knows(const struct record *invitation_of, const struct record *demand_of);
/* Whether a paper being made belongs to this invitation: by the enterprise that it names, or as its maker is the enterprise. */
bool belongs_to(const struct work *w, const struct record *paper, int enterprise_field, const struct record *invitation_of);
/* Whether the supplier may open drawings: it agreed to keep them confidential, the buyer knows of it, and they are not over. */
bool drawings_open(const struct work *w, const struct record *invitation_of, const struct record *demand_of);

/* Inside a write: nobody was chosen; what suppliers sent or were asked for comes to its end, and they are told. */
enum err demand_left(struct work *w, int64_t demand_id, Message *why) MUST_USE;

#endif
