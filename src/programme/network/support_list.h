/*
 * support_list.h - whom to strengthen first, as it was sent to the programme: the enterprises in the order of that day, with their
 * score and its terms, so that it can be read later why each is on it (first.h).
 */
#ifndef PROGRAMME_NETWORK_SUPPORT_LIST_H
#define PROGRAMME_NETWORK_SUPPORT_LIST_H

#include "programme/network/first.h"

extern const struct entity support_list, support_entry;

enum support_list_field { SUPPORT_NAME, SUPPORT_MADE_ON, SUPPORT_WEIGHTS, SUPPORT_BASIS, SUPPORT_NOTE, SUPPORT_ENTRIES, SUPPORT_LIST_FIELD_COUNT };
/* Terms 0 .. 100, as first.h gives them. */
enum support_entry_field {
    ENTRY_ENTERPRISE, ENTRY_RANK, ENTRY_SCORE, ENTRY_IMPORTANCE, ENTRY_SOLE_SUPPLY, ENTRY_PROFILE_GAP, ENTRY_CERTIFICATE_GAP, ENTRY_STALE, ENTRY_REASON,
    SUPPORT_ENTRY_FIELD_COUNT,
};

/*
 * A list made today of the n enterprises at these places of a ranking, with their terms and reasons; not saved, without name and note.
 * weight: those that the ranking was made with.
 */
struct record *support_list_of(struct work *w, const struct supply_view *v, const double *weight, const struct first *list, const size_t *place, size_t n);

#endif
