/*
 * cards.h - a card of each published enterprise: what lists show of it.  Made when it is first asked for, then kept for all who ask,
 * from any thread.  Snapshots that follow each other share them; a card made before its record changed is made again.
 */
#ifndef PAGES_CARDS_H
#define PAGES_CARDS_H

#include "model/record.h"

struct card {                               /* an enterprise as lists show it                     */
    int64_t id, changed_at;
    Str     public_id, name[LANGS], tax_code, ward[LANGS], zone[LANGS], zone_code, size_class[LANGS], products[LANGS], certificates, verified[LANGS];
    enum lang spoken[LANGS];                /* the language its name really is in                  */
    bool    international, stale;           /* verified: the day it was last found on site        */
};

struct cards;                               /* counted                                            */
struct cards *cards_make(int64_t most);     /* of records with ids up to that                      */
struct cards *cards_keep(struct cards *c);
void          cards_release(struct cards *c);       /* NULL is fine                               */

/*
 * The cards for the snapshot that comes after these changes; new ones where an id is beyond them or too many are out of date.  Before
 * anybody asks for that snapshot's.
 */
struct cards *cards_follow(struct cards *c, int64_t seq, const int64_t *changed, size_t n);

/*
 * Of these records, in their order; NULL where there is none that a visitor may see.  w: of a visitor, with the codes and the day of
 * a snapshot that has all changes up to seq.
 */
enum err cards_of(struct cards *c, struct work *w, int64_t seq, const int64_t *ids, size_t n, const struct card **out) MUST_USE;

#endif
