/* award.c - the end of a demand: one quote is chosen, or none; the others are told, and not what the chosen one offered (C10). */
#include "programme/linkage/inside.h"

/* Quotes, then invitations, that are still under way come to their end. */
static enum err leave_all(struct work *w, const struct entity *e, int field, int64_t demand_id, Message *why)
{
    struct records list;
    TRY(records_with(w, e, field, v_int(demand_id), &list));
    for (size_t i = 0; i < list.n; i++) TRY(step_auto(w, e, list.p[i]->id, "leave", why));
    return OK;
}

enum err demand_left(struct work *w, int64_t demand_id, Message *why)
{
    TRY(leave_all(w, &quote, QUOTE_DEMAND, demand_id, why));
    return leave_all(w, &invitation, INVITATION_DEMAND, demand_id, why);
}
