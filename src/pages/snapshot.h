/*
 * snapshot.h - what the portal shows at one moment: code lists, search index and a card of each published enterprise, in memory.
 * It never changes; a change of the data makes the next one beside it, cheap for a few records.  A change of what no visitor sees
 * (a claim, an account) makes none, so that pages stay as they are.  Handlers find it as q->app.
 */
#ifndef PAGES_SNAPSHOT_H
#define PAGES_SNAPSHOT_H

#include "model/finder.h"

struct card {                               /* an enterprise as lists show it                     */
    int64_t id, changed_at;
    Str     public_id, name[LANGS], tax_code, ward[LANGS], zone[LANGS], zone_code, size_class[LANGS], products[LANGS], certificates, verified[LANGS];
    enum lang spoken[LANGS];                /* the language its name really is in                  */
    bool    international, stale;           /* verified: the day it was last found on site        */
};

enum { SNAPSHOT_PARTS = 48 };               /* after so many small changes they are made one, beside what was built whole */

struct part;                                /* memory shared by the snapshots that followed each other */
struct snapshot {
    int                  holders;
    uint64_t             version;           /* of the last change and the day                     */
    int64_t              seq;               /* the last change looked at; only for who follows    */
    struct date          today;
    const struct model  *m;
    const struct codes  *codes;
    struct finder       *finder;
    const struct card  **cards;             /* by id; NULL: none                                  */
    size_t               cards_n;
    bool                 demo;
    struct snapshot     *base;              /* the last one built whole, held; NULL: this one      */
    struct part         *parts[SNAPSHOT_PARTS];
    size_t               parts_n;
};

/* w: database, model, an arena for the making. */
enum err snapshot_make(struct work *w, struct snapshot **out) MUST_USE;
/* The next after old; the same one (held once more) when nothing changed that it shows.  One thread follows. */
enum err snapshot_follow(struct work *w, struct snapshot *old, struct snapshot **out) MUST_USE;
struct snapshot *snapshot_keep(struct snapshot *s);
void             snapshot_release(struct snapshot *s);

const struct card *snapshot_card(const struct snapshot *s, int64_t id);     /* NULL: none, or not public */

#endif
