/*
 * snapshot.h - what the portal shows at one moment: code lists and search index in memory, and cards of enterprises.
 * It never changes; a change of the data makes the next one beside it, cheap for a few records.  A change of what no visitor sees and no
 * indicator counts (a claim, an account) makes none, so that pages stay as they are.  Handlers find it as q->app.
 *
 * Its index may be kept in a file, from which the next start goes on: what changed since is read from the change log.  Such a file is only
 * taken when it was written by this version of the program, the log goes through the entry it names, and records asked at random are in it as they are.
 */
#ifndef PAGES_SNAPSHOT_H
#define PAGES_SNAPSHOT_H

#include "model/finder.h"
#include "pages/cards.h"

struct lists;                               /* code lists and thesaurus, shared by the snapshots that followed each other */
struct snapshot {
    int                  holders;
    uint64_t             version;           /* of the last change and the day                     */
    int64_t              seq;               /* the last change looked at                          */
    struct date          today;             /* of a file from another day: that day, until what is followed makes all anew */
    const struct model  *m;
    const struct codes  *codes;
    struct finder       *finder;            /* NULL: none, in tests                               */
    bool                 demo;
    struct arena         a;                 /* what it lives in itself                            */
    struct lists        *lists;
    struct cards        *cards;             /* NULL: none, in tests                               */
};

/* w: database, model, an arena for the making. */
enum err snapshot_make(struct work *w, struct snapshot **out) MUST_USE;
/* The next after old; the same one (held once more) when nothing changed that it shows.  One thread follows. */
enum err snapshot_follow(struct work *w, struct snapshot *old, struct snapshot **out) MUST_USE;
struct snapshot *snapshot_keep(struct snapshot *s);
void             snapshot_release(struct snapshot *s);

/* The index in a file.  ERR_MISSING: none that is this database's and agrees with it. */
enum err snapshot_open(struct work *w, const char *path, struct snapshot **out) MUST_USE;
enum err snapshot_save(struct work *w, const struct snapshot *s, const char *path) MUST_USE;
/* The same snapshot over an index merged from that of `base`, which it followed (search_adopt).  ERR_CONFLICT. */
enum err snapshot_adopt(const struct snapshot *now, const struct snapshot *base, const struct search *merged, struct snapshot **out) MUST_USE;

/* NULL where there is none, it is not public, or it cannot be read; w: of the page. */
const struct card  *snapshot_card(const struct snapshot *s, const struct work *w, int64_t id);
const struct card **snapshot_cards(const struct snapshot *s, const struct work *w, const int64_t *ids, size_t n);     /* in w->a */

#endif
